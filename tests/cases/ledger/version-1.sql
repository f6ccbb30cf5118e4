-- A ledger as version 1 left it: two documents, one of them read, its tables not filled in yet.
CREATE TABLE document (
  id TEXT PRIMARY KEY NOT NULL,
  number INTEGER NOT NULL UNIQUE,
  outlet TEXT,
  headline TEXT,
  published TEXT,
  gathered TEXT,
  dateline TEXT,
  byline TEXT,
  language TEXT,
  as_of TEXT,
  url TEXT,
  name TEXT,
  sha256 TEXT NOT NULL,
  text TEXT NOT NULL,
  credits TEXT NOT NULL,
  media TEXT NOT NULL,
  parts TEXT NOT NULL,
  provenance TEXT NOT NULL
);
CREATE INDEX document_published ON document (published);
CREATE INDEX document_outlet ON document (outlet);
CREATE TABLE reading (
  number INTEGER PRIMARY KEY,
  document TEXT NOT NULL REFERENCES document (id),
  current INTEGER NOT NULL,
  presstime TEXT NOT NULL,
  model TEXT NOT NULL,
  context TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  json TEXT NOT NULL,
  UNIQUE (document, sha256)
);
CREATE UNIQUE INDEX reading_current ON reading (document) WHERE current = 1;
CREATE TABLE actor (
  id TEXT PRIMARY KEY NOT NULL,
  document TEXT NOT NULL REFERENCES document (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  role TEXT,
  affiliation TEXT,
  country TEXT
);
CREATE INDEX actor_document ON actor (document);
CREATE INDEX actor_name ON actor (name);
CREATE TABLE mention (
  actor TEXT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end_ INTEGER NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (actor, position)
);
CREATE TABLE statement (
  id TEXT PRIMARY KEY NOT NULL,
  number INTEGER NOT NULL UNIQUE,
  document TEXT NOT NULL REFERENCES document (id),
  speaker TEXT,
  act TEXT NOT NULL,
  form TEXT NOT NULL,
  words TEXT NOT NULL,
  cue TEXT,
  medium TEXT,
  addressee TEXT,
  said_at TEXT,
  actor TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
  reported_by TEXT REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
  answers TEXT NOT NULL,
  speaker_start INTEGER,
  speaker_end INTEGER,
  speaker_how TEXT,
  speaker_confidence REAL,
  cue_start INTEGER,
  cue_end INTEGER,
  confidence REAL NOT NULL
);
CREATE INDEX statement_document ON statement (document);
CREATE INDEX statement_speaker ON statement (speaker);
CREATE INDEX statement_actor ON statement (actor);
CREATE INDEX statement_reported_by ON statement (reported_by);
CREATE TABLE content_span (
  statement TEXT NOT NULL REFERENCES statement (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end_ INTEGER NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (statement, position)
);
CREATE TABLE place (
  id TEXT PRIMARY KEY NOT NULL,
  document TEXT NOT NULL REFERENCES document (id),
  name TEXT NOT NULL,
  use TEXT NOT NULL,
  gazetteer TEXT,
  names TEXT NOT NULL,
  country TEXT,
  latitude REAL,
  longitude REAL,
  precision TEXT,
  start INTEGER NOT NULL,
  end_ INTEGER NOT NULL,
  confidence REAL NOT NULL
);
CREATE INDEX place_document ON place (document);
CREATE INDEX place_gazetteer ON place (gazetteer);
CREATE TABLE time (
  id TEXT PRIMARY KEY NOT NULL,
  document TEXT NOT NULL REFERENCES document (id),
  words TEXT NOT NULL,
  value TEXT NOT NULL,
  kind TEXT NOT NULL,
  from_ TEXT,
  to_ TEXT,
  approximate INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end_ INTEGER NOT NULL,
  confidence REAL NOT NULL
);
CREATE INDEX time_document ON time (document);
CREATE TABLE figure (
  id TEXT PRIMARY KEY NOT NULL,
  document TEXT NOT NULL REFERENCES document (id),
  measure TEXT NOT NULL,
  of TEXT,
  words TEXT NOT NULL,
  low INTEGER,
  high INTEGER,
  qualifier TEXT NOT NULL,
  certainty TEXT,
  group_ TEXT,
  cause TEXT,
  as_of TEXT,
  scope TEXT NOT NULL,
  part_of TEXT REFERENCES figure (id) DEFERRABLE INITIALLY DEFERRED,
  place TEXT REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED,
  statement TEXT REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
  start INTEGER NOT NULL,
  end_ INTEGER NOT NULL,
  confidence REAL NOT NULL
);
CREATE INDEX figure_document ON figure (document);
CREATE INDEX figure_part_of ON figure (part_of);
CREATE INDEX figure_place ON figure (place);
CREATE INDEX figure_statement ON figure (statement);
CREATE TABLE event (
  id TEXT PRIMARY KEY NOT NULL,
  document TEXT NOT NULL REFERENCES document (id),
  type TEXT NOT NULL,
  mode TEXT,
  words TEXT NOT NULL,
  standing TEXT NOT NULL,
  scope TEXT NOT NULL,
  actor_name TEXT,
  recipient_name TEXT,
  means TEXT,
  actor TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
  recipient TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
  place TEXT REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED,
  time TEXT REFERENCES time (id) DEFERRABLE INITIALLY DEFERRED,
  statement TEXT REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
  start INTEGER NOT NULL,
  end_ INTEGER NOT NULL,
  actor_start INTEGER,
  actor_end INTEGER,
  recipient_start INTEGER,
  recipient_end INTEGER,
  confidence REAL NOT NULL
);
CREATE INDEX event_document ON event (document);
CREATE INDEX event_actor ON event (actor);
CREATE INDEX event_recipient ON event (recipient);
CREATE INDEX event_place ON event (place);
CREATE INDEX event_time ON event (time);
CREATE INDEX event_statement ON event (statement);
CREATE TABLE unattributed (
  document TEXT NOT NULL REFERENCES document (id),
  position INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end_ INTEGER NOT NULL,
  words TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (document, position)
);
CREATE TABLE problem (
  id TEXT PRIMARY KEY NOT NULL,
  document TEXT REFERENCES document (id),
  where_ TEXT NOT NULL,
  what TEXT NOT NULL,
  why TEXT NOT NULL,
  start INTEGER,
  end_ INTEGER
);
CREATE INDEX problem_document ON problem (document);
CREATE TABLE findings (
  number INTEGER PRIMARY KEY CHECK (number = 1),
  as_of TEXT NOT NULL,
  kind TEXT NOT NULL,
  json TEXT NOT NULL
);
CREATE TABLE finding_document (
  id TEXT PRIMARY KEY NOT NULL,
  version_of TEXT,
  near_copy_of TEXT,
  origin TEXT
);
CREATE TABLE origin (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  how TEXT NOT NULL,
  independent_at_most INTEGER NOT NULL,
  documents TEXT NOT NULL,
  passages TEXT NOT NULL
);
CREATE TABLE found_actor (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  country TEXT,
  role TEXT,
  names TEXT NOT NULL,
  members TEXT NOT NULL,
  redirects TEXT NOT NULL
);
CREATE TABLE claim (
  id TEXT PRIMARY KEY NOT NULL,
  words TEXT NOT NULL,
  statements TEXT NOT NULL
);
CREATE TABLE dispute (
  id TEXT PRIMARY KEY NOT NULL,
  about TEXT NOT NULL,
  claim TEXT NOT NULL,
  claimed_by TEXT NOT NULL,
  denied_by TEXT NOT NULL,
  denials TEXT NOT NULL,
  no_response TEXT NOT NULL
);
CREATE TABLE series (
  id TEXT PRIMARY KEY NOT NULL,
  measure TEXT NOT NULL,
  of TEXT,
  group_ TEXT,
  place TEXT,
  event TEXT
);
CREATE TABLE series_point (
  series TEXT NOT NULL REFERENCES series (id),
  line INTEGER NOT NULL,
  position INTEGER NOT NULL,
  giver TEXT NOT NULL,
  figure TEXT NOT NULL,
  as_of TEXT,
  low INTEGER,
  high INTEGER,
  qualifier TEXT NOT NULL,
  superseded_by TEXT,
  PRIMARY KEY (series, line, position)
);
CREATE TABLE timeline (
  id TEXT PRIMARY KEY NOT NULL,
  type TEXT NOT NULL,
  place TEXT,
  standing TEXT NOT NULL,
  times_differ INTEGER NOT NULL
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
  statements TEXT NOT NULL
);
CREATE TABLE silence (
  position INTEGER PRIMARY KEY,
  actor TEXT NOT NULL,
  because TEXT NOT NULL,
  documents INTEGER NOT NULL,
  as_of TEXT NOT NULL
);
CREATE VIRTUAL TABLE document_words USING fts5 (
  headline, text, content="document", content_rowid="number", tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER document_words_in AFTER INSERT ON document BEGIN
  INSERT INTO document_words (rowid, headline, text) VALUES (new.number, new.headline, new.text);
END;
CREATE TRIGGER document_words_out AFTER DELETE ON document BEGIN
  INSERT INTO document_words (document_words, rowid, headline, text) VALUES ('delete', old.number, old.headline, old.text);
END;
CREATE TRIGGER document_words_anew AFTER UPDATE OF number, headline, text ON document BEGIN
  INSERT INTO document_words (document_words, rowid, headline, text) VALUES ('delete', old.number, old.headline, old.text);
  INSERT INTO document_words (rowid, headline, text) VALUES (new.number, new.headline, new.text);
END;
CREATE VIRTUAL TABLE statement_words USING fts5 (
  words, content="statement", content_rowid="number", tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER statement_words_in AFTER INSERT ON statement BEGIN
  INSERT INTO statement_words (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER statement_words_out AFTER DELETE ON statement BEGIN
  INSERT INTO statement_words (statement_words, rowid, words) VALUES ('delete', old.number, old.words);
END;
CREATE TRIGGER statement_words_anew AFTER UPDATE OF number, words ON statement BEGIN
  INSERT INTO statement_words (statement_words, rowid, words) VALUES ('delete', old.number, old.words);
  INSERT INTO statement_words (rowid, words) VALUES (new.number, new.words);
END;
CREATE VIEW v_statement AS
  SELECT s.id, s.speaker, a.kind AS speaker_kind, s.act, s.form, s.words, s.cue, s.medium, s.addressee, s.said_at,
         d.outlet, d.published, d.headline, d.id AS document, d.url
  FROM statement s JOIN document d ON d.id = s.document LEFT JOIN actor a ON a.id = s.actor;
CREATE VIEW v_figure AS
  SELECT f.id, f.measure, f.of, f.words, f.low, f.high, f.qualifier, f.certainty, f.group_, p.name AS place, f.as_of, f.scope,
         CASE WHEN f.statement IS NULL THEN d.outlet ELSE s.speaker END AS giver, f.statement, d.outlet, d.published, d.id AS document
  FROM figure f JOIN document d ON d.id = f.document LEFT JOIN statement s ON s.id = f.statement LEFT JOIN place p ON p.id = f.place;
CREATE VIEW v_event AS
  SELECT e.id, e.type, e.mode, e.words, e.actor_name, e.recipient_name, p.name AS place, t.value AS time, e.standing, e.scope,
         CASE WHEN e.statement IS NULL THEN d.outlet ELSE s.speaker END AS giver, e.statement, d.outlet, d.published, d.id AS document
  FROM event e JOIN document d ON d.id = e.document LEFT JOIN statement s ON s.id = e.statement
       LEFT JOIN place p ON p.id = e.place LEFT JOIN time t ON t.id = e.time;
CREATE VIEW v_document AS
  SELECT d.id, d.outlet, d.headline, d.published, d.gathered, d.language, length(d.text) AS characters,
         (SELECT count(*) FROM statement s WHERE s.document = d.id) AS statements,
         (SELECT count(*) FROM figure f WHERE f.document = d.id) AS figures,
         (SELECT count(*) FROM event e WHERE e.document = d.id) AS events,
         (SELECT count(*) FROM reading r WHERE r.document = d.id) AS readings, d.url
  FROM document d;
CREATE VIEW v_claim AS
  SELECT c.id AS claim, 'claim' AS side, s.id AS statement, s.speaker, s.act, s.words, s.outlet, s.published
  FROM claim c, json_each(c.statements) i JOIN v_statement s ON s.id = i.value
  UNION ALL
  SELECT d.claim, 'denial', s.id, s.speaker, s.act, s.words, s.outlet, s.published
  FROM dispute d, json_each(d.denials) i JOIN v_statement s ON s.id = i.value;
INSERT INTO document (number, id, sha256, text, name, url, outlet, headline, byline, dateline, published, gathered, as_of, language, credits, media, parts, provenance) VALUES
  (1, 'doc-1', '0000000000000000000000000000000000000000000000000000000000000001', 'Voss said at least 1 people were killed in Belcastro on Tuesday. The ministry denied that the bridge at Gëzim had fallen. ', NULL, NULL, 'Sarn Post', 'Report 1', NULL, NULL, '2023-09-19', '2023-09-20T08:00:00+04:00', NULL, NULL, '[]', '[]', '[]', '[]');
INSERT INTO document (number, id, sha256, text, name, url, outlet, headline, byline, dateline, published, gathered, as_of, language, credits, media, parts, provenance) VALUES
  (2, 'doc-2', '0000000000000000000000000000000000000000000000000000000000000002', 'Voss said at least 2 people were killed in Belcastro on Tuesday. The ministry denied that the bridge at Gëzim had fallen. ', NULL, NULL, 'Sarn Post', 'Report 2', NULL, NULL, '2023-09-19', '2023-09-20T08:00:00+04:00', NULL, NULL, '[]', '[]', '[]', '[]');
INSERT INTO reading (number, document, current, presstime, model, context, sha256, json) VALUES
  (1, 'doc-1', 1, '0.1.0', 'model-a', 'context-a', '8f72a82709910cbf872c35031317b275e5e2f2cd6737fd9cfcf0526fa7574f3c', '{"document":{"id":"doc-1","sha256":"0000000000000000000000000000000000000000000000000000000000000001","text":"Voss said at least 1 people were killed in Belcastro on Tuesday. The ministry denied that the bridge at Gëzim had fallen. ","name":null,"url":null,"outlet":"Sarn Post","headline":"Report 1","byline":null,"dateline":null,"published":"2023-09-19","gathered":"2023-09-20T08:00:00+04:00","as_of":null,"language":null,"credits":[],"media":[],"parts":[],"provenance":[]},"reader":{"presstime":"0.1.0","model":"model-a","context":"context-a"},"actors":[{"id":"actor-03ef32f7cbd6","name":"Ilan Voss","kind":"person","role":null,"affiliation":null,"country":null,"mentions":[{"start":0,"end":4}]},{"id":"actor-66ecea87b815","name":"Ostrian Defence Ministry","kind":"government","role":null,"affiliation":null,"country":null,"mentions":[]}],"statements":[{"id":"statement-8f401dfdd2e4","speaker":{"start":0,"end":4,"name":"Ilan Voss","actor":"actor-03ef32f7cbd6","how":"subject","confidence":0.9},"cue":{"start":5,"end":9},"content":[{"start":10,"end":63}],"form":"indirect","act":"claim","medium":null,"addressee":null,"said_at":null,"reported_by":null,"answers":[],"confidence":0.8},{"id":"statement-207eecac2ce3","speaker":{"start":65,"end":77,"name":"Ostrian Defence Ministry","actor":"actor-66ecea87b815","how":"subject","confidence":0.9},"cue":{"start":78,"end":84},"content":[{"start":90,"end":120}],"form":"indirect","act":"denial","medium":null,"addressee":null,"said_at":null,"reported_by":null,"answers":["statement-8f401dfdd2e4"],"confidence":0.8}],"figures":[{"id":"figure-436e1926c550","start":10,"end":27,"measure":"killed","of":null,"low":1,"high":null,"qualifier":"at-least","words":"at least 1 people","certainty":null,"group":null,"part_of":null,"place":"place-70caf76acabf","cause":null,"as_of":null,"scope":"event","statement":"statement-8f401dfdd2e4","confidence":0.9}],"events":[{"id":"event-655e598b0cd1","start":110,"end":120,"type":"ASSAULT","mode":null,"actor":{"start":65,"end":77,"name":"The ministry","actor":"actor-66ecea87b815"},"recipient":null,"place":"place-70caf76acabf","time":"time-58ce91192990","means":null,"scope":"event","standing":"denied","statement":"statement-207eecac2ce3","confidence":0.7}],"places":[{"id":"place-70caf76acabf","start":43,"end":52,"name":"Belcastro","use":"literal","gazetteer":null,"names":[],"country":null,"lat":null,"lon":null,"precision":null,"confidence":1.0},{"id":"place-5a2703f365c5","start":104,"end":109,"name":"Gëzim","use":"literal","gazetteer":null,"names":[],"country":null,"lat":null,"lon":null,"precision":null,"confidence":1.0}],"times":[{"id":"time-58ce91192990","start":56,"end":63,"value":"2023-09-19","kind":"date","from":null,"to":null,"approximate":false,"confidence":1.0}],"unattributed":[{"start":104,"end":109,"reason":"a title"}],"problems":[{"where":"doc-1","what":"quote","why":"no speaker near","start":null,"end":null}]}');
INSERT INTO place (id, document, name, use, names, start, end_, confidence, latitude, longitude) VALUES
  ('place-70caf76acabf', 'doc-1', 'Belcastro', 'literal', '[]', 43, 52, 1.0, 40.5, 44.5);
INSERT INTO problem (id, document, where_, what, why, start, end_) VALUES
  ('problem-1', NULL, 'a.bin', 'binary', 'it is no text; leave it out', NULL, NULL);
PRAGMA application_id = 1347703857;
PRAGMA user_version = 1;
