-- From version 6 to 7: a log, to which every entry that is kept for good is chained, and triggers that keep what is kept.

DROP TRIGGER correction_kept;
DROP TRIGGER decision_kept;
DROP TRIGGER edition_unchanged;
CREATE TRIGGER correction_kept BEFORE DELETE ON correction
  WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT raise(ABORT, 'a correction is never removed: enter a new one that takes it back'); END;
CREATE TRIGGER decision_kept BEFORE DELETE ON decision
  WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT raise(ABORT, 'a decision is never removed: enter a new one that takes it back'); END;
CREATE TRIGGER edition_unchanged BEFORE UPDATE ON edition
  WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT raise(ABORT, 'an edition is never changed: make a new one'); END;

CREATE TABLE log (
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  commitment TEXT NOT NULL,
  previous TEXT NOT NULL DEFAULT '',
  hash TEXT NOT NULL DEFAULT ''
);
CREATE TRIGGER log_chained AFTER INSERT ON log BEGIN
  UPDATE log SET
    previous = coalesce((SELECT hash FROM log WHERE number = new.number - 1), log_start()),
    hash = log_hash(new.number, new.at, new.kind, new.commitment, coalesce((SELECT hash FROM log WHERE number = new.number - 1), log_start()))
    WHERE number = new.number;
END;
CREATE TRIGGER log_once BEFORE INSERT ON log
  WHEN new.hash <> '' OR EXISTS (SELECT 1 FROM log WHERE number >= new.number)
  BEGIN SELECT raise(ABORT, 'the log is only added to, at its end'); END;
CREATE TRIGGER log_kept BEFORE DELETE ON log
  BEGIN SELECT raise(ABORT, 'the log is never shortened'); END;
CREATE TRIGGER log_unchanged BEFORE UPDATE ON log WHEN old.hash <> ''
  BEGIN SELECT raise(ABORT, 'the log is never changed'); END;

CREATE TABLE log_payload (
  number INTEGER PRIMARY KEY,
  entry TEXT,
  salt TEXT,
  payload TEXT,
  erased_by INTEGER
);
CREATE INDEX log_payload_entry ON log_payload (entry);
CREATE TRIGGER log_payload_kept BEFORE DELETE ON log_payload
  BEGIN SELECT raise(ABORT, 'the log is never shortened'); END;
CREATE TRIGGER log_payload_unchanged BEFORE UPDATE ON log_payload
  WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT raise(ABORT, 'what the log commits to is never changed; to take it out: presstime erase'); END;

CREATE TABLE erasing (
  number INTEGER PRIMARY KEY
);

CREATE TABLE erased_document (
  salt TEXT NOT NULL,
  key TEXT PRIMARY KEY NOT NULL
);

CREATE TRIGGER document_kept BEFORE DELETE ON document
  WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT raise(ABORT, 'a document is never removed; to take it out: presstime erase'); END;
CREATE TRIGGER document_unchanged BEFORE UPDATE OF id, name, sha256, gathered, text ON document
  WHEN (new.id <> old.id OR new.name IS NOT old.name OR new.sha256 <> old.sha256 OR new.gathered IS NOT old.gathered
        OR new.text <> old.text) AND NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT raise(ABORT, 'a document is never changed'); END;
CREATE TRIGGER reading_kept BEFORE DELETE ON reading
  WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT raise(ABORT, 'a reading is never removed'); END;
CREATE TRIGGER reading_unchanged BEFORE UPDATE OF number, document, presstime, model, context, sha256, json ON reading
  WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT raise(ABORT, 'a reading is never changed: enter a new one'); END;
CREATE TRIGGER problem_kept BEFORE DELETE ON problem
  WHEN old.document IS NULL AND NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT raise(ABORT, 'a problem of gathering is never removed'); END;
CREATE TRIGGER problem_unchanged BEFORE UPDATE ON problem
  WHEN old.document IS NULL AND NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT raise(ABORT, 'a problem of gathering is never changed'); END;
CREATE TRIGGER input_kept BEFORE DELETE ON input
  WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT raise(ABORT, 'an input is never removed'); END;
CREATE TRIGGER input_unchanged BEFORE UPDATE ON input
  WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT raise(ABORT, 'an input is never changed'); END;

CREATE TRIGGER document_logged AFTER INSERT ON document BEGIN
  INSERT INTO log_payload (entry, salt) VALUES (new.id, log_salt());
  INSERT INTO log (number, at, kind, commitment)
    SELECT number, log_now(), 'document', log_commitment(salt, 'document', new.id, new.name, new.sha256, new.gathered, new.text)
    FROM log_payload ORDER BY number DESC LIMIT 1;
END;
CREATE TRIGGER reading_logged AFTER INSERT ON reading BEGIN
  INSERT INTO log_payload (entry, salt) VALUES (CAST(new.number AS TEXT), log_salt());
  INSERT INTO log (number, at, kind, commitment)
    SELECT number, log_now(), 'reading',
           log_commitment(salt, 'reading', new.document, new.presstime, new.model, new.context, new.sha256)
    FROM log_payload ORDER BY number DESC LIMIT 1;
END;
CREATE TRIGGER problem_logged AFTER INSERT ON problem WHEN new.document IS NULL BEGIN
  INSERT INTO log_payload (entry, salt) VALUES (new.id, log_salt());
  INSERT INTO log (number, at, kind, commitment)
    SELECT number, log_now(), 'problem', log_commitment(salt, 'problem', new.id, new.where_, new.what, new.why, new.start, new.end_)
    FROM log_payload ORDER BY number DESC LIMIT 1;
END;
CREATE TRIGGER input_logged AFTER INSERT ON input BEGIN
  INSERT INTO log_payload (entry, salt) VALUES (new.sha256 || ' ' || new.whence, log_salt());
  INSERT INTO log (number, at, kind, commitment)
    SELECT number, log_now(), 'input', log_commitment(salt, 'input', new.sha256, new.whence, new.gathered)
    FROM log_payload ORDER BY number DESC LIMIT 1;
END;
CREATE TRIGGER correction_logged AFTER INSERT ON correction BEGIN
  INSERT INTO log_payload (entry, salt) VALUES (new.id, log_salt());
  INSERT INTO log (number, at, kind, commitment)
    SELECT number, log_now(), 'correction',
           log_commitment(salt, 'correction', new.id, new.document, new.kind, new.spans, new.words, new.field, new.before, new.after,
                          new.by_, new.at, new.why, new.takes_back, new.batch)
    FROM log_payload ORDER BY number DESC LIMIT 1;
END;
CREATE TRIGGER decision_logged AFTER INSERT ON decision BEGIN
  INSERT INTO log_payload (entry, salt) VALUES (new.id, log_salt());
  INSERT INTO log (number, at, kind, commitment)
    SELECT number, log_now(), 'decision',
           log_commitment(salt, 'decision', new.id, new.kind, new.verdict, new.one, new.other, new.by_, new.at, new.why, new.takes_back)
    FROM log_payload ORDER BY number DESC LIMIT 1;
END;
CREATE TRIGGER edition_logged AFTER INSERT ON edition BEGIN
  INSERT INTO log_payload (entry, salt) VALUES (new.id, log_salt());
  INSERT INTO log (number, at, kind, commitment)
    SELECT number, log_now(), 'edition',
           log_commitment(salt, 'edition', new.id, new.kind, new.as_of, new.made_at, new.sha256, new.json, new.title, new.time_zone,
                          new.made_with, new.inputs, new.correction)
    FROM log_payload ORDER BY number DESC LIMIT 1;
END;
