-- From version 1 to 2: what people put right, what was gathered and what was published get tables of their own,
-- and a place's point has the interchange format's names.

ALTER TABLE place RENAME COLUMN latitude TO lat;
ALTER TABLE place RENAME COLUMN longitude TO lon;

CREATE TABLE correction (
  id TEXT PRIMARY KEY NOT NULL,
  document TEXT NOT NULL REFERENCES document (id),
  kind TEXT NOT NULL,
  spans TEXT NOT NULL,
  words TEXT NOT NULL,
  field TEXT NOT NULL,
  before TEXT,
  after TEXT,
  by_ TEXT NOT NULL,
  at TEXT NOT NULL,
  why TEXT NOT NULL
);
CREATE INDEX correction_document ON correction (document);
CREATE TRIGGER correction_once BEFORE INSERT ON correction
  WHEN EXISTS (SELECT 1 FROM correction WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'a correction is never replaced: enter a new one'); END;
CREATE TRIGGER correction_kept BEFORE DELETE ON correction
  BEGIN SELECT raise(ABORT, 'a correction is never removed: enter a new one that takes it back'); END;
CREATE TRIGGER correction_unchanged BEFORE UPDATE ON correction
  BEGIN SELECT raise(ABORT, 'a correction is never changed: enter a new one'); END;

CREATE TABLE input (
  sha256 TEXT NOT NULL,
  whence TEXT NOT NULL,
  gathered TEXT NOT NULL,
  PRIMARY KEY (sha256, whence)
);

CREATE TABLE edition (
  id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL,
  as_of TEXT NOT NULL,
  made_at TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  json TEXT NOT NULL
);
CREATE TRIGGER edition_once BEFORE INSERT ON edition
  WHEN EXISTS (SELECT 1 FROM edition WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'an edition is never replaced: make a new one'); END;
CREATE TRIGGER edition_kept BEFORE DELETE ON edition
  BEGIN SELECT raise(ABORT, 'an edition is never removed'); END;
CREATE TRIGGER edition_unchanged BEFORE UPDATE ON edition
  BEGIN SELECT raise(ABORT, 'an edition is never changed: make a new one'); END;
