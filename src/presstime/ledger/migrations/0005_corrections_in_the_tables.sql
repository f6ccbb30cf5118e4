-- From version 4 to 5: corrections say more (of handles and names, of one act, taken back), and the tables hold the
-- current readings as corrected, with whose word each record is and what is kept out.

CREATE TABLE correction_of_5 (
  id TEXT PRIMARY KEY NOT NULL,
  document TEXT REFERENCES document (id),
  kind TEXT NOT NULL,
  spans TEXT NOT NULL,
  words TEXT NOT NULL,
  field TEXT NOT NULL,
  before TEXT,
  after TEXT,
  by_ TEXT NOT NULL,
  at TEXT NOT NULL,
  why TEXT NOT NULL,
  takes_back TEXT,
  batch TEXT
);
INSERT INTO correction_of_5 (rowid, id, document, kind, spans, words, field, before, after, by_, at, why)
  SELECT rowid, id, document, kind, spans, words, field, before, after, by_, at, why FROM correction ORDER BY rowid;
DROP TABLE correction;
ALTER TABLE correction_of_5 RENAME TO correction;
CREATE INDEX correction_document ON correction (document);
CREATE TRIGGER correction_once BEFORE INSERT ON correction
  WHEN EXISTS (SELECT 1 FROM correction WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'a correction is never replaced: enter a new one'); END;
CREATE TRIGGER correction_kept BEFORE DELETE ON correction
  BEGIN SELECT raise(ABORT, 'a correction is never removed: enter a new one that takes it back'); END;
CREATE TRIGGER correction_unchanged BEFORE UPDATE ON correction
  BEGIN SELECT raise(ABORT, 'a correction is never changed: enter a new one'); END;

ALTER TABLE document ADD COLUMN as_gathered TEXT;
ALTER TABLE document ADD COLUMN translates TEXT;
ALTER TABLE document ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN embargo TEXT;
ALTER TABLE actor ADD COLUMN review TEXT NOT NULL DEFAULT 'machine';
ALTER TABLE place ADD COLUMN review TEXT NOT NULL DEFAULT 'machine';
ALTER TABLE time ADD COLUMN review TEXT NOT NULL DEFAULT 'machine';
ALTER TABLE statement ADD COLUMN review TEXT NOT NULL DEFAULT 'machine';
ALTER TABLE statement ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0;
ALTER TABLE statement ADD COLUMN embargo TEXT;
ALTER TABLE figure ADD COLUMN review TEXT NOT NULL DEFAULT 'machine';
ALTER TABLE figure ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0;
ALTER TABLE figure ADD COLUMN embargo TEXT;
ALTER TABLE event ADD COLUMN review TEXT NOT NULL DEFAULT 'machine';
ALTER TABLE event ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN embargo TEXT;

-- Which finding a record is in. Rebuilding fills it.
CREATE TABLE actor_of (
  member TEXT PRIMARY KEY NOT NULL,
  found TEXT NOT NULL,
  name TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX actor_of_found ON actor_of (found);
CREATE TRIGGER actor_of_in AFTER INSERT ON found_actor BEGIN
  INSERT OR IGNORE INTO actor_of (member, found, name) SELECT value, new.id, new.name FROM json_each(new.members);
END;
CREATE TRIGGER actor_of_out AFTER DELETE ON found_actor BEGIN
  DELETE FROM actor_of WHERE found = old.id;
END;
CREATE TABLE statement_in (
  finding TEXT NOT NULL,
  statement TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (finding, statement, kind)
) WITHOUT ROWID;
CREATE INDEX statement_in_statement ON statement_in (statement, kind);
CREATE TRIGGER claim_in AFTER INSERT ON claim BEGIN
  INSERT OR IGNORE INTO statement_in (finding, statement, kind) SELECT new.id, value, 'claim' FROM json_each(new.statements);
END;
CREATE TRIGGER claim_out AFTER DELETE ON claim BEGIN
  DELETE FROM statement_in WHERE finding = old.id AND kind = 'claim';
END;
CREATE TRIGGER dispute_in AFTER INSERT ON dispute BEGIN
  INSERT OR IGNORE INTO statement_in (finding, statement, kind) SELECT new.id, value, 'dispute' FROM json_each(new.denials);
  INSERT OR IGNORE INTO statement_in (finding, statement, kind)
    SELECT new.id, s.value, 'dispute' FROM json_each(new.sides) side, json_each(side.value, '$.statements') s;
END;
CREATE TRIGGER dispute_out AFTER DELETE ON dispute BEGIN
  DELETE FROM statement_in WHERE finding = old.id AND kind = 'dispute';
END;
CREATE TABLE figure_in (
  series TEXT NOT NULL,
  line INTEGER NOT NULL,
  position INTEGER NOT NULL,
  figure TEXT NOT NULL,
  PRIMARY KEY (series, line, position, figure)
) WITHOUT ROWID;
CREATE INDEX figure_in_figure ON figure_in (figure);
CREATE TRIGGER figure_in_in AFTER INSERT ON series_point BEGIN
  INSERT OR IGNORE INTO figure_in (series, line, position, figure) VALUES (new.series, new.line, new.position, new.figure);
  INSERT OR IGNORE INTO figure_in (series, line, position, figure)
    SELECT new.series, new.line, new.position, value FROM json_each(new.also);
END;
CREATE TRIGGER figure_in_out AFTER DELETE ON series_point BEGIN
  DELETE FROM figure_in WHERE series = old.series AND line = old.line AND position = old.position;
END;

-- Words folded for searching, and indexes for looking up page by page. Rebuilding fills them.
CREATE VIRTUAL TABLE document_folded USING fts5 (headline, text, content="", tokenize="unicode61");
CREATE TRIGGER document_folded_in AFTER INSERT ON document BEGIN
  INSERT INTO document_folded (rowid, headline, text) VALUES (new.number, fold(new.headline), fold(new.text));
END;
CREATE TRIGGER document_folded_out AFTER DELETE ON document BEGIN
  INSERT INTO document_folded (document_folded, rowid, headline, text)
    VALUES ('delete', old.number, fold(old.headline), fold(old.text));
END;
CREATE TRIGGER document_folded_anew AFTER UPDATE OF number, headline, text ON document
  WHEN new.number <> old.number OR new.headline IS NOT old.headline OR new.text <> old.text BEGIN
  INSERT INTO document_folded (document_folded, rowid, headline, text)
    VALUES ('delete', old.number, fold(old.headline), fold(old.text));
  INSERT INTO document_folded (rowid, headline, text) VALUES (new.number, fold(new.headline), fold(new.text));
END;

CREATE VIRTUAL TABLE statement_folded USING fts5 (words, tokenize="unicode61");
CREATE TRIGGER statement_folded_in AFTER INSERT ON statement BEGIN
  INSERT INTO statement_folded (rowid, words) VALUES (new.number, fold(new.words));
END;
CREATE TRIGGER statement_folded_out AFTER DELETE ON statement BEGIN
  DELETE FROM statement_folded WHERE rowid = old.number;
END;

CREATE VIRTUAL TABLE figure_folded USING fts5 (words, id UNINDEXED, tokenize="unicode61");
CREATE TRIGGER figure_folded_in AFTER INSERT ON figure BEGIN
  INSERT INTO figure_folded (rowid, words, id)
    VALUES (word_key(new.id), fold(concat_words(new.words, new.measure, new.group_, new.of, new.cause)), new.id);
END;
CREATE TRIGGER figure_folded_out AFTER DELETE ON figure BEGIN
  DELETE FROM figure_folded WHERE rowid = word_key(old.id);
END;

CREATE VIRTUAL TABLE place_folded USING fts5 (words, name UNINDEXED, gazetteer UNINDEXED, tokenize="unicode61");
CREATE TRIGGER place_folded_in AFTER INSERT ON place
  WHEN NOT EXISTS (SELECT 1 FROM place_folded WHERE rowid = word_key(concat_words(new.gazetteer, new.name))) BEGIN
  INSERT INTO place_folded (rowid, words, name, gazetteer)
    VALUES (word_key(concat_words(new.gazetteer, new.name)), broad(concat_words(new.name, new.names)), new.name, new.gazetteer);
END;

CREATE VIRTUAL TABLE actor_folded USING fts5 (words, id UNINDEXED, tokenize="unicode61");
CREATE TRIGGER actor_folded_in AFTER INSERT ON found_actor BEGIN
  INSERT INTO actor_folded (rowid, words, id) VALUES (word_key(new.id), broad(concat_words(new.name, new.names)), new.id);
END;
CREATE TRIGGER actor_folded_out AFTER DELETE ON found_actor BEGIN
  DELETE FROM actor_folded WHERE rowid = word_key(old.id);
END;


CREATE INDEX document_newest ON document (published DESC, number DESC, id, confidential, embargo);
CREATE INDEX document_gathered ON document (gathered DESC, number DESC, confidential, embargo);
CREATE INDEX statement_listed ON statement (document, number, act, form, review, actor, confidential, embargo);
CREATE INDEX statement_act ON statement (act, form, review, confidential, embargo);
CREATE INDEX figure_listed ON figure (document, start, measure, scope, review, confidential, embargo, low, high);
CREATE INDEX event_listed ON event (document, start, type, standing, review, confidential, embargo);
CREATE INDEX place_listed ON place (use, gazetteer, name, document, precision, country, lat, lon);
CREATE INDEX timeline_listed ON timeline (recalled, from_, id);
CREATE INDEX telling_event ON telling (event);
CREATE INDEX point_figure ON series_point (figure);
