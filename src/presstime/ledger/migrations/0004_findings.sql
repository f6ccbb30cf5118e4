-- From version 3 to 4: findings say more (origins of single statements, sides of disputes, summaries of series,
-- background), people's decisions get a table, editions know what they were made of, and combining a workbench (bench.sql).

DROP VIEW v_claim;
DROP TABLE series_point;
DROP TABLE telling;
DROP TABLE finding_document;
DROP TABLE origin;
DROP TABLE found_actor;
DROP TABLE claim;
DROP TABLE dispute;
DROP TABLE series;
DROP TABLE timeline;
DROP TABLE reaction;
DROP TABLE silence;

CREATE TABLE finding_document (
  id TEXT PRIMARY KEY NOT NULL,
  version_of TEXT,
  near_copy_of TEXT,
  same_text_as TEXT,
  origin TEXT,
  how TEXT,
  carried TEXT NOT NULL,
  changes TEXT NOT NULL
);

CREATE TABLE origin (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  how TEXT NOT NULL,
  independent_at_most INTEGER NOT NULL,
  documents TEXT NOT NULL,
  passages TEXT NOT NULL
);

CREATE TABLE trace (
  record TEXT PRIMARY KEY NOT NULL,
  origin TEXT NOT NULL,
  how TEXT NOT NULL
);

CREATE TABLE found_actor (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  country TEXT,
  role TEXT,
  names TEXT NOT NULL,
  members TEXT NOT NULL,
  redirects TEXT NOT NULL,
  affiliation TEXT
);

CREATE TABLE candidate (
  position INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  one TEXT NOT NULL,
  other TEXT NOT NULL,
  names TEXT NOT NULL,
  why TEXT NOT NULL,
  score REAL NOT NULL
);

CREATE TABLE claim (
  id TEXT PRIMARY KEY NOT NULL,
  words TEXT NOT NULL,
  statements TEXT NOT NULL,
  origins TEXT NOT NULL,
  independent_at_most INTEGER NOT NULL,
  counted TEXT NOT NULL
);

CREATE TABLE dispute (
  id TEXT PRIMARY KEY NOT NULL,
  about TEXT NOT NULL,
  claim TEXT NOT NULL,
  claimed_by TEXT NOT NULL,
  denied_by TEXT NOT NULL,
  denials TEXT NOT NULL,
  no_response TEXT NOT NULL,
  sides TEXT NOT NULL
);

CREATE TABLE series (
  id TEXT PRIMARY KEY NOT NULL,
  measure TEXT NOT NULL,
  of TEXT,
  group_ TEXT,
  place TEXT,
  event TEXT,
  scope TEXT NOT NULL,
  latest TEXT NOT NULL,
  lowest TEXT,
  highest TEXT,
  conflicts TEXT NOT NULL
);

CREATE TABLE series_point (
  series TEXT NOT NULL REFERENCES series (id),
  line INTEGER NOT NULL,
  position INTEGER NOT NULL,
  giver TEXT NOT NULL,
  actor TEXT,
  figure TEXT NOT NULL,
  as_of TEXT,
  low INTEGER,
  high INTEGER,
  qualifier TEXT NOT NULL,
  superseded_by TEXT,
  also TEXT NOT NULL,
  PRIMARY KEY (series, line, position)
);

CREATE TABLE timeline (
  id TEXT PRIMARY KEY NOT NULL,
  type TEXT NOT NULL,
  place TEXT,
  standing TEXT NOT NULL,
  times_differ INTEGER NOT NULL,
  from_ TEXT,
  to_ TEXT,
  precision TEXT,
  origins TEXT NOT NULL,
  independent_at_most INTEGER NOT NULL,
  counted TEXT NOT NULL,
  redirects TEXT NOT NULL,
  recalled INTEGER NOT NULL
);

CREATE TABLE telling (
  entry TEXT NOT NULL REFERENCES timeline (id),
  position INTEGER NOT NULL,
  event TEXT NOT NULL,
  from_ TEXT,
  to_ TEXT,
  standing TEXT NOT NULL,
  giver TEXT NOT NULL,
  origin TEXT,
  PRIMARY KEY (entry, position)
);

CREATE TABLE reaction (
  position INTEGER PRIMARY KEY,
  actor TEXT NOT NULL,
  country TEXT,
  act TEXT NOT NULL,
  towards TEXT,
  statements TEXT NOT NULL,
  first TEXT,
  latest TEXT
);

CREATE TABLE silence (
  position INTEGER PRIMARY KEY,
  actor TEXT NOT NULL,
  because TEXT NOT NULL,
  documents INTEGER NOT NULL,
  as_of TEXT NOT NULL
);

CREATE VIEW v_claim AS
  SELECT c.id AS claim, 'claim' AS side, s.id AS statement, s.speaker, s.act, s.words, s.outlet, s.published
  FROM claim c, json_each(c.statements) i JOIN v_statement s ON s.id = i.value
  UNION ALL
  SELECT d.claim, 'denial', s.id, s.speaker, s.act, s.words, s.outlet, s.published
  FROM dispute d, json_each(d.denials) i JOIN v_statement s ON s.id = i.value;

CREATE TABLE decision (
  id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL,
  verdict TEXT NOT NULL,
  one TEXT NOT NULL,
  other TEXT NOT NULL,
  by_ TEXT NOT NULL,
  at TEXT NOT NULL,
  why TEXT NOT NULL,
  takes_back TEXT
);
CREATE TRIGGER decision_once BEFORE INSERT ON decision
  WHEN EXISTS (SELECT 1 FROM decision WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'a decision is never replaced: enter a new one'); END;
CREATE TRIGGER decision_kept BEFORE DELETE ON decision
  BEGIN SELECT raise(ABORT, 'a decision is never removed: enter a new one that takes it back'); END;
CREATE TRIGGER decision_unchanged BEFORE UPDATE ON decision
  BEGIN SELECT raise(ABORT, 'a decision is never changed: enter a new one'); END;

ALTER TABLE edition ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE edition ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'UTC';
ALTER TABLE edition ADD COLUMN made_with TEXT NOT NULL DEFAULT '';
ALTER TABLE edition ADD COLUMN inputs TEXT NOT NULL DEFAULT '{}';
ALTER TABLE edition ADD COLUMN correction TEXT;
ALTER TABLE event ADD COLUMN sub_event TEXT;
