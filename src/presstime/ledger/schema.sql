-- The ledger: everything a story's documents were read to say, and what people put right.
--
-- This file is the ledger as it is now, version 7. A ledger of an older version is brought here by the steps in
-- migrations/. Every reading is kept twice: whole and as it was read, as JSON, in `reading`; and the current one, as people
-- have corrected it, spread over the tables below it, which can be rebuilt from the JSON and the corrections.
--
-- What cannot be rebuilt: document, reading, problem (rows without a document), correction, decision, input, edition, and the
-- log of all these (log, log_payload, erased_document).
-- What can: every other table, and both indexes of words. The workbench of combining (bench.sql) is in a file of its own.
--
-- Offsets (start, end_) are Unicode code points into document.text, end exclusive: substr(text, start + 1, end_ - start)
-- gives the words. A name that SQL keeps for itself ends in "_" (end_, from_, to_, where_, by_). JSON columns hold
-- JSON text, so that json_each(column) opens them.

-- ------------------------------------------------------------------ documents and their readings

-- One published text. A document is never removed, and its text never changes.
CREATE TABLE document (
  id TEXT PRIMARY KEY NOT NULL,            -- from its outlet, whence, date and text, or as it was given
  number INTEGER NOT NULL UNIQUE,          -- counts documents as they came; ties the row to document_words
  outlet TEXT,                             -- who published it
  headline TEXT,
  published TEXT,                          -- ISO 8601, a date or a date and time with its offset
  gathered TEXT,                           -- ISO 8601, when it was first gathered
  dateline TEXT,                           -- the place's words, e.g. YEREVAN
  byline TEXT,
  language TEXT,                           -- ISO 639 code
  as_of TEXT,                              -- TIMEX value of the moment the document says it was written for
  url TEXT,
  name TEXT,                               -- whence: a path, a member of an archive, a line of a file
  sha256 TEXT NOT NULL,                    -- of the raw bytes as first gathered; see input
  text TEXT NOT NULL,                      -- the clean text into which every offset points
  credits TEXT NOT NULL,                   -- JSON list of the names credited
  media TEXT NOT NULL,                     -- JSON list of photographs and videos: caption's span, credit
  parts TEXT NOT NULL,                     -- JSON list of the blocks of the page: kind, start, end
  provenance TEXT NOT NULL,                -- JSON list of where each field came from
  as_gathered TEXT,                        -- JSON: the fields that people have put right, as they were gathered
  translates TEXT,                         -- the document of which it is a translation, as people say
  confidential INTEGER NOT NULL DEFAULT 0, -- 1 where people have marked it so
  embargo TEXT                             -- ISO 8601 in UTC: it is kept out until then
);
CREATE INDEX document_published ON document (published);
CREATE INDEX document_outlet ON document (outlet);

-- One reading of one document by one reader. The newest reader's is current; the older ones stay.
CREATE TABLE reading (
  number INTEGER PRIMARY KEY,              -- counts readings as they came
  document TEXT NOT NULL REFERENCES document (id),
  current INTEGER NOT NULL,                -- 1 for the reading that the tables below hold, else 0
  presstime TEXT NOT NULL,                 -- the reader: presstime's version
  model TEXT NOT NULL,                     -- the reader: the language model's hash
  context TEXT NOT NULL,                   -- the reader: the hash of what the story knew beforehand
  sha256 TEXT NOT NULL,                    -- of `json`
  json TEXT NOT NULL,                      -- the whole reading in the interchange format, docs/schema/reading.json
  UNIQUE (document, sha256)
);
CREATE UNIQUE INDEX reading_current ON reading (document) WHERE current = 1;

-- ------------------------------------------------------------------ what the current readings hold
-- As corrected: what people withdrew is not here. `review` says whose word a record is: machine, checked, corrected, added.
-- `confidential` (0 or 1) and `embargo` (ISO 8601 in UTC) are those of the paragraph a record stands in, or of its document.

-- Someone who speaks or acts in one document.
CREATE TABLE actor (
  id TEXT PRIMARY KEY NOT NULL,
  document TEXT NOT NULL REFERENCES document (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,                      -- person, organisation, government, group
  role TEXT,                               -- e.g. local journalist
  affiliation TEXT,
  country TEXT,                            -- ISO 3166 code
  review TEXT NOT NULL DEFAULT 'machine'   -- machine, checked, corrected, added
);
CREATE INDEX actor_document ON actor (document);
CREATE INDEX actor_name ON actor (name);

-- Where an actor is named or stood for in the text.
CREATE TABLE mention (
  actor TEXT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,               -- counts the actor's mentions from 0
  start INTEGER NOT NULL,
  end_ INTEGER NOT NULL,
  words TEXT NOT NULL,                     -- the text's own words
  PRIMARY KEY (actor, position)
);

-- A speaker says content. The spans of the content are in content_span.
CREATE TABLE statement (
  id TEXT PRIMARY KEY NOT NULL,
  number INTEGER NOT NULL UNIQUE,          -- ties the row to statement_words
  document TEXT NOT NULL REFERENCES document (id),
  speaker TEXT,                            -- the name of who says it; null where it could not be told
  act TEXT NOT NULL,                       -- denial, accusation, threat … claim
  form TEXT NOT NULL,                      -- direct, mixed, indirect, narrated
  words TEXT NOT NULL,                     -- the words of the content, spans joined by " … "
  cue TEXT,                                -- the words that introduce it, e.g. said
  medium TEXT,                             -- X, statement, interview …
  addressee TEXT,                          -- whom it was told to or asked of
  said_at TEXT,                            -- TIMEX value
  actor TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,            -- the speaker as an actor
  reported_by TEXT REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,  -- the statement that says this was said
  answers TEXT NOT NULL,                   -- JSON list of the ids of the statements it denies or answers
  speaker_start INTEGER,                   -- the mention of the speaker in the text ("It", "the diplomat")
  speaker_end INTEGER,
  speaker_how TEXT,                        -- by what the speaker was found: subject, pronoun, colon …
  speaker_confidence REAL,                 -- 0 to 1
  cue_start INTEGER,
  cue_end INTEGER,
  confidence REAL NOT NULL,                -- 0 to 1
  review TEXT NOT NULL DEFAULT 'machine',  -- machine, checked, corrected, added
  confidential INTEGER NOT NULL DEFAULT 0, -- 1 where it is kept out
  embargo TEXT                             -- until when it is kept out
);
CREATE INDEX statement_document ON statement (document);
CREATE INDEX statement_speaker ON statement (speaker);
CREATE INDEX statement_actor ON statement (actor);
CREATE INDEX statement_reported_by ON statement (reported_by);

-- The spans of a statement's content, in order.
CREATE TABLE content_span (
  statement TEXT NOT NULL REFERENCES statement (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,               -- counts from 0
  start INTEGER NOT NULL,
  end_ INTEGER NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (statement, position)
);

-- A place named in the text. It has no point where the gazetteer has no entry.
CREATE TABLE place (
  id TEXT PRIMARY KEY NOT NULL,
  document TEXT NOT NULL REFERENCES document (id),
  name TEXT NOT NULL,                      -- the source's own spelling
  use TEXT NOT NULL,                       -- literal, metonym, demonym; only literal ones are plotted
  gazetteer TEXT,                          -- e.g. geonames:616052
  names TEXT NOT NULL,                     -- JSON list of its other names
  country TEXT,                            -- ISO 3166 code
  lat REAL,                                -- degrees
  lon REAL,
  precision TEXT,                          -- how coarse the point is: town, district, region, country, area
  start INTEGER NOT NULL,
  end_ INTEGER NOT NULL,
  confidence REAL NOT NULL,
  province TEXT,                           -- the first-level division it lies in, as the gazetteer names it
  kind TEXT,                               -- what is named: town … area, or front, corridor, camp, facility
  review TEXT NOT NULL DEFAULT 'machine'   -- machine, checked, corrected, added
);
CREATE INDEX place_document ON place (document);
CREATE INDEX place_gazetteer ON place (gazetteer);

-- A time named in the text, and the interval it covers.
CREATE TABLE time (
  id TEXT PRIMARY KEY NOT NULL,
  document TEXT NOT NULL REFERENCES document (id),
  words TEXT NOT NULL,
  value TEXT NOT NULL,                     -- TIMEX3 value, e.g. 2023-09-19TAF
  kind TEXT NOT NULL,                      -- date, time, duration, set
  from_ TEXT,                              -- ISO 8601; null where there is no interval one can name
  to_ TEXT,                                -- ISO 8601, exclusive
  approximate INTEGER NOT NULL,            -- 0 or 1
  start INTEGER NOT NULL,
  end_ INTEGER NOT NULL,
  confidence REAL NOT NULL,
  review TEXT NOT NULL DEFAULT 'machine'   -- machine, checked, corrected, added
);
CREATE INDEX time_document ON time (document);

-- A count of people, or of things destroyed. low and high are null where the words bound nothing.
CREATE TABLE figure (
  id TEXT PRIMARY KEY NOT NULL,
  document TEXT NOT NULL REFERENCES document (id),
  measure TEXT NOT NULL,                   -- killed, injured, missing …
  of TEXT,                                 -- what was destroyed: homes, a school
  words TEXT NOT NULL,                     -- the words themselves: "at least 80"
  low INTEGER,
  high INTEGER,
  qualifier TEXT NOT NULL,                 -- exact, about, at-least, more-than, at-most, less-than, range, vague
  certainty TEXT,                          -- preliminary, confirmed, feared
  group_ TEXT,                             -- civilians, children …
  cause TEXT,
  as_of TEXT,                              -- TIMEX value
  scope TEXT NOT NULL,                     -- event, total, past
  part_of TEXT REFERENCES figure (id) DEFERRABLE INITIALLY DEFERRED,         -- the figure this is a part of
  place TEXT REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED,
  statement TEXT REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,    -- null in the outlet's own voice
  start INTEGER NOT NULL,
  end_ INTEGER NOT NULL,
  confidence REAL NOT NULL,
  review TEXT NOT NULL DEFAULT 'machine',  -- machine, checked, corrected, added
  confidential INTEGER NOT NULL DEFAULT 0, -- 1 where it is kept out
  embargo TEXT                             -- until when it is kept out
);
CREATE INDEX figure_document ON figure (document);
CREATE INDEX figure_part_of ON figure (part_of);
CREATE INDEX figure_place ON figure (place);
CREATE INDEX figure_statement ON figure (statement);

-- Something done, by a PLOVER 2.0 type.
CREATE TABLE event (
  id TEXT PRIMARY KEY NOT NULL,
  document TEXT NOT NULL REFERENCES document (id),
  type TEXT NOT NULL,                      -- AGREE … ASSAULT
  mode TEXT,
  words TEXT NOT NULL,
  standing TEXT NOT NULL,                  -- reported, claimed, denied, disputed, planned, hypothetical
  scope TEXT NOT NULL,                     -- event, past
  actor_name TEXT,                         -- who did it, in the text's words
  recipient_name TEXT,                     -- to whom
  means TEXT,
  actor TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
  recipient TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
  place TEXT REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED,
  time TEXT REFERENCES time (id) DEFERRABLE INITIALLY DEFERRED,
  statement TEXT REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,    -- null in the outlet's own voice
  start INTEGER NOT NULL,
  end_ INTEGER NOT NULL,
  actor_start INTEGER,
  actor_end INTEGER,
  recipient_start INTEGER,
  recipient_end INTEGER,
  confidence REAL NOT NULL,
  sub_event TEXT,                          -- ACLED's name of the sub-event
  review TEXT NOT NULL DEFAULT 'machine',  -- machine, checked, corrected, added
  confidential INTEGER NOT NULL DEFAULT 0, -- 1 where it is kept out
  embargo TEXT                             -- until when it is kept out
);
CREATE INDEX event_document ON event (document);
CREATE INDEX event_actor ON event (actor);
CREATE INDEX event_recipient ON event (recipient);
CREATE INDEX event_place ON event (place);
CREATE INDEX event_time ON event (time);
CREATE INDEX event_statement ON event (statement);

-- Quoted words that are no statement, and why.
CREATE TABLE unattributed (
  document TEXT NOT NULL REFERENCES document (id),
  position INTEGER NOT NULL,               -- counts from 0 in the document
  start INTEGER NOT NULL,
  end_ INTEGER NOT NULL,
  words TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (document, position)
);

-- Bad news about the material. Nothing is dropped in silence: what could not be read or kept stands here.
CREATE TABLE problem (
  id TEXT PRIMARY KEY NOT NULL,
  document TEXT REFERENCES document (id),  -- for problems of a current reading; null for those of gathering
  where_ TEXT NOT NULL,                    -- the file, or the document's id
  what TEXT NOT NULL,                      -- a short kind: empty, binary, encoding …
  why TEXT NOT NULL,                       -- what was found and what to do
  start INTEGER,
  end_ INTEGER
);
CREATE INDEX problem_document ON problem (document);

-- ------------------------------------------------------------------ what people and machines put beside it

-- What people put right or say: an entry of its own, anchored to document, kind, spans and words. Never changed, never removed.
CREATE TABLE correction (
  id TEXT PRIMARY KEY NOT NULL,
  document TEXT REFERENCES document (id),  -- null for a handle or a name
  kind TEXT NOT NULL,                      -- of what: statement, figure, event, place, time, actor; document; handle, name
  spans TEXT NOT NULL,                     -- JSON list of {start, end}: where the record stood
  words TEXT NOT NULL,                     -- the words there, to find the record again after a new reading; the handle, the name
  field TEXT NOT NULL,                     -- the field put right; checked, withdrawn, added, undone; what is said beside it
  before TEXT,                             -- its value before, as JSON
  after TEXT,                              -- its value after, as JSON
  by_ TEXT NOT NULL,                       -- who put it right
  at TEXT NOT NULL,                        -- when, ISO 8601
  why TEXT NOT NULL,                       -- the reason given
  takes_back TEXT,                         -- the correction or batch that this one undoes
  batch TEXT                               -- shared by the entries of one act
);
CREATE INDEX correction_document ON correction (document);
CREATE TRIGGER correction_once BEFORE INSERT ON correction
  WHEN EXISTS (SELECT 1 FROM correction WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'a correction is never replaced: enter a new one'); END;
CREATE TRIGGER correction_kept BEFORE DELETE ON correction
  WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT raise(ABORT, 'a correction is never removed: enter a new one that takes it back'); END;
CREATE TRIGGER correction_unchanged BEFORE UPDATE ON correction
  BEGIN SELECT raise(ABORT, 'a correction is never changed: enter a new one'); END;

-- A person's word that two actors or two events are the same, or are not. Never changed, never removed.
CREATE TABLE decision (
  id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL,                      -- actor, event
  verdict TEXT NOT NULL,                   -- same, apart, undone
  one TEXT NOT NULL,                       -- ids in found_actor or timeline, old ones included
  other TEXT NOT NULL,
  by_ TEXT NOT NULL,
  at TEXT NOT NULL,                        -- ISO 8601
  why TEXT NOT NULL,
  takes_back TEXT                          -- the decision that this one undoes
);
CREATE TRIGGER decision_once BEFORE INSERT ON decision
  WHEN EXISTS (SELECT 1 FROM decision WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'a decision is never replaced: enter a new one'); END;
CREATE TRIGGER decision_kept BEFORE DELETE ON decision
  WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT raise(ABORT, 'a decision is never removed: enter a new one that takes it back'); END;
CREATE TRIGGER decision_unchanged BEFORE UPDATE ON decision
  BEGIN SELECT raise(ABORT, 'a decision is never changed: enter a new one'); END;

-- A raw file that was gathered. Its bytes lie in the story's archive under their hash.
CREATE TABLE input (
  sha256 TEXT NOT NULL,
  whence TEXT NOT NULL,                    -- path, URL, or member of an archive
  gathered TEXT NOT NULL,                  -- ISO 8601, when these bytes were first gathered from there
  PRIMARY KEY (sha256, whence)
);

-- A report frozen as of a moment. Never changed, never removed.
CREATE TABLE edition (
  id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL,                      -- draft, published
  as_of TEXT NOT NULL,                     -- ISO 8601
  made_at TEXT NOT NULL,                   -- ISO 8601
  sha256 TEXT NOT NULL,                    -- of `json`
  json TEXT NOT NULL,                      -- the findings it was made of, docs/schema/findings.json
  title TEXT NOT NULL DEFAULT '',          -- the story's, as it then was
  time_zone TEXT NOT NULL DEFAULT 'UTC',
  made_with TEXT NOT NULL DEFAULT '',      -- the versions of presstime and its model, and the context's hash
  inputs TEXT NOT NULL DEFAULT '{}',       -- JSON: its documents with hashes, the corrections and decisions heeded, problems
  correction TEXT                          -- the note on what changed since the edition published before it
);
CREATE TRIGGER edition_once BEFORE INSERT ON edition
  WHEN EXISTS (SELECT 1 FROM edition WHERE id = new.id)
  BEGIN SELECT raise(ABORT, 'an edition is never replaced: make a new one'); END;
CREATE TRIGGER edition_kept BEFORE DELETE ON edition
  BEGIN SELECT raise(ABORT, 'an edition is never removed'); END;
CREATE TRIGGER edition_unchanged BEFORE UPDATE ON edition
  WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT raise(ABORT, 'an edition is never changed: make a new one'); END;

-- ------------------------------------------------------------------ the log

-- One row for every entry that is kept for good, in the order in which they came: the chain. Never changed, never removed.
-- It holds no content: `commitment` is SHA-256 of a salt and the entry's canonical bytes (docs/custody.md), both kept apart.
CREATE TABLE log (
  number INTEGER PRIMARY KEY,              -- from 1, without a gap
  at TEXT NOT NULL,                        -- ISO 8601 in UTC, by this machine's clock
  kind TEXT NOT NULL,                      -- document, fields, reading, problem, input, correction, decision, edition, files, erasure, chained
  commitment TEXT NOT NULL,
  previous TEXT NOT NULL DEFAULT '',       -- the hash of the row before; 64 zeros in the first
  hash TEXT NOT NULL DEFAULT ''            -- SHA-256 of the row's other columns, as a JSON list
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

-- What a row of the log commits to. Erasing empties such a row, and the log's own row stays.
CREATE TABLE log_payload (
  number INTEGER PRIMARY KEY,              -- the row of log
  entry TEXT,                              -- the entry's id; of a reading its number, of an input its hash and whence
  salt TEXT,                               -- 32 random hexadecimal digits
  payload TEXT,                            -- what was committed to, where it is no row of another table
  erased_by INTEGER                        -- the row of log that says when, by whom and why it was erased
);
CREATE INDEX log_payload_entry ON log_payload (entry);
CREATE TRIGGER log_payload_kept BEFORE DELETE ON log_payload
  BEGIN SELECT raise(ABORT, 'the log is never shortened'); END;
CREATE TRIGGER log_payload_unchanged BEFORE UPDATE ON log_payload
  WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT raise(ABORT, 'what the log commits to is never changed; to take it out: presstime erase'); END;

-- Holds a row only inside the transaction of an erasure, which alone may take out what is kept for good.
CREATE TABLE erasing (
  number INTEGER PRIMARY KEY
);

-- Documents that were erased, or parts of which were, so that none comes back: a salted hash of each id.
CREATE TABLE erased_document (
  salt TEXT NOT NULL,
  key TEXT PRIMARY KEY NOT NULL            -- SHA-256 of salt and id
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

-- ------------------------------------------------------------------ what was last combined
-- Derived from many readings. Ids of records here may be of an older reading until combine runs again.

-- The last findings, whole. One row at most.
CREATE TABLE findings (
  number INTEGER PRIMARY KEY CHECK (number = 1),
  as_of TEXT NOT NULL,                     -- ISO 8601
  kind TEXT NOT NULL,                      -- draft, published
  json TEXT NOT NULL                       -- docs/schema/findings.json
);

-- A document among the others.
CREATE TABLE finding_document (
  id TEXT PRIMARY KEY NOT NULL,            -- the document's id
  version_of TEXT,                         -- the document it is a later version of
  near_copy_of TEXT,                       -- the document it nearly repeats
  same_text_as TEXT,                       -- the document whose text it has
  origin TEXT,                             -- its own origin
  how TEXT,                                -- how that is known
  carried TEXT NOT NULL,                   -- JSON list of the passages that stand in an earlier document
  changes TEXT NOT NULL                    -- JSON list of what it changed in the version before it
);

-- Whoever reported something first-hand.
CREATE TABLE origin (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,                      -- report, agency, statement
  how TEXT NOT NULL,                       -- how we know
  independent_at_most INTEGER NOT NULL,    -- how many independent origins there can be among the documents
  documents TEXT NOT NULL,                 -- JSON list of document ids
  passages TEXT NOT NULL                   -- JSON list of the passages carried
);

-- The origin of a statement or figure, where it is not its document's.
CREATE TABLE trace (
  record TEXT PRIMARY KEY NOT NULL,        -- id in statement or figure
  origin TEXT NOT NULL,
  how TEXT NOT NULL                        -- how we know
);

-- One actor across documents.
CREATE TABLE found_actor (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  country TEXT,
  role TEXT,
  names TEXT NOT NULL,                     -- JSON list of every name it goes by
  members TEXT NOT NULL,                   -- JSON list of the ids in actor that it joins
  redirects TEXT NOT NULL,                 -- JSON list of its older ids
  affiliation TEXT                         -- the country or body it belongs to
);

-- Two findings that may be one and were left apart, for a person to decide.
CREATE TABLE candidate (
  position INTEGER PRIMARY KEY,            -- counts from 0
  kind TEXT NOT NULL,                      -- actor, event
  one TEXT NOT NULL,
  other TEXT NOT NULL,
  names TEXT NOT NULL,                     -- JSON list of both names
  why TEXT NOT NULL,
  score REAL NOT NULL                      -- 0 to 1
);

-- Statements that assert the same thing.
CREATE TABLE claim (
  id TEXT PRIMARY KEY NOT NULL,
  words TEXT NOT NULL,                     -- of the first of them
  statements TEXT NOT NULL,                -- JSON list of statement ids
  origins TEXT NOT NULL,                   -- JSON list of the origins behind them
  independent_at_most INTEGER NOT NULL,    -- how many of these there can be that are independent
  counted TEXT NOT NULL                    -- how they were counted, in words
);

-- A claim and the statements that deny it.
CREATE TABLE dispute (
  id TEXT PRIMARY KEY NOT NULL,
  about TEXT NOT NULL,
  claim TEXT NOT NULL,                     -- id in claim
  claimed_by TEXT NOT NULL,                -- JSON list of names
  denied_by TEXT NOT NULL,                 -- JSON list of names
  denials TEXT NOT NULL,                   -- JSON list of statement ids
  no_response TEXT NOT NULL,               -- JSON list of names of whom no response was found
  sides TEXT NOT NULL                      -- JSON list of both sides: names, statements, words, at, origins
);

-- One measure of one group at one place in one event, over time.
CREATE TABLE series (
  id TEXT PRIMARY KEY NOT NULL,
  measure TEXT NOT NULL,
  of TEXT,
  group_ TEXT,
  place TEXT,
  event TEXT,
  scope TEXT NOT NULL,                     -- event, total, past, part, more
  latest TEXT NOT NULL,                    -- JSON list of the figures that nobody has superseded
  lowest TEXT,                             -- JSON: the lowest of these, and by whom
  highest TEXT,                            -- JSON: the highest of these, and by whom
  conflicts TEXT NOT NULL                  -- JSON list of pairs of these that cannot both be true
);

-- A figure in a series: one giver's word at one moment. Givers stand side by side and are never averaged.
CREATE TABLE series_point (
  series TEXT NOT NULL REFERENCES series (id),
  line INTEGER NOT NULL,                   -- counts the series' givers from 0
  position INTEGER NOT NULL,               -- counts the giver's points from 0, oldest first
  giver TEXT NOT NULL,
  actor TEXT,                              -- the giver's id in found_actor, where it is an actor
  figure TEXT NOT NULL,                    -- id in figure
  as_of TEXT,
  low INTEGER,
  high INTEGER,
  qualifier TEXT NOT NULL,
  superseded_by TEXT,                      -- the figure with which the giver later replaced it
  also TEXT NOT NULL,                      -- JSON list of the giver's figures that say the same
  PRIMARY KEY (series, line, position)
);

-- An event as it was told, once or often.
CREATE TABLE timeline (
  id TEXT PRIMARY KEY NOT NULL,
  type TEXT NOT NULL,
  place TEXT,
  standing TEXT NOT NULL,
  times_differ INTEGER NOT NULL,           -- 1 where its tellings put it at different times
  from_ TEXT,                              -- the narrowest time that is told
  to_ TEXT,
  precision TEXT,                          -- time, part of a day, day, longer
  origins TEXT NOT NULL,                   -- JSON list of the origins that tell it
  independent_at_most INTEGER NOT NULL,    -- how many of these there can be that are independent
  counted TEXT NOT NULL,                   -- how they were counted, in words
  redirects TEXT NOT NULL,                 -- JSON list of its other ids
  recalled INTEGER NOT NULL                -- 1 for background: an earlier event that is only recalled
);

-- One document's telling of an event of the timeline.
CREATE TABLE telling (
  entry TEXT NOT NULL REFERENCES timeline (id),
  position INTEGER NOT NULL,               -- counts from 0
  event TEXT NOT NULL,                     -- id in event
  from_ TEXT,
  to_ TEXT,
  standing TEXT NOT NULL,
  giver TEXT NOT NULL,
  origin TEXT,
  PRIMARY KEY (entry, position)
);

-- What an actor did in words towards another.
CREATE TABLE reaction (
  position INTEGER PRIMARY KEY,            -- counts from 0
  actor TEXT NOT NULL,
  country TEXT,
  act TEXT NOT NULL,
  towards TEXT,
  statements TEXT NOT NULL,                -- JSON list of statement ids
  first TEXT,                              -- when it was first said or published
  latest TEXT                              -- and last
);

-- An actor accused or called upon of whom no statement was found in what was gathered: never a refusal.
CREATE TABLE silence (
  position INTEGER PRIMARY KEY,            -- counts from 0
  actor TEXT NOT NULL,
  because TEXT NOT NULL,                   -- the statement that called for an answer
  documents INTEGER NOT NULL,              -- how many documents were gathered by as_of
  as_of TEXT NOT NULL
);

-- Which actor of the findings an actor is. This and the next two are filled by triggers from the lists of ids above, for
-- looking up without opening every list.
CREATE TABLE actor_of (
  member TEXT PRIMARY KEY NOT NULL,        -- id in actor
  found TEXT NOT NULL,                     -- id in found_actor
  name TEXT NOT NULL                       -- its name
) WITHOUT ROWID;
CREATE INDEX actor_of_found ON actor_of (found);
CREATE TRIGGER actor_of_in AFTER INSERT ON found_actor BEGIN
  INSERT OR IGNORE INTO actor_of (member, found, name) SELECT value, new.id, new.name FROM json_each(new.members);
END;
CREATE TRIGGER actor_of_out AFTER DELETE ON found_actor BEGIN
  DELETE FROM actor_of WHERE found = old.id;
END;
-- Which claims and disputes a statement is in.
CREATE TABLE statement_in (
  finding TEXT NOT NULL,                   -- id in claim or dispute
  statement TEXT NOT NULL,                 -- id in statement
  kind TEXT NOT NULL,                      -- claim, dispute
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
-- Which series a figure is in.
CREATE TABLE figure_in (
  series TEXT NOT NULL,                    -- with line and position: a row of series_point
  line INTEGER NOT NULL,
  position INTEGER NOT NULL,
  figure TEXT NOT NULL,                    -- id in figure: the point's, or one that says the same
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

-- ------------------------------------------------------------------ words, for searching

-- The words of headlines and texts; case and accents do not matter.
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

-- The words of statements' content.
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

-- The same words folded (folding.py: plain Latin letters, one case), so that Şuşa, Susa and Шуша meet. fold, broad and word_key are
-- presstime's own functions: these tables can be read with any program, and only presstime's connections fill them.
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

-- The words of statements' content, folded.
CREATE VIRTUAL TABLE statement_folded USING fts5 (words, tokenize="unicode61");
CREATE TRIGGER statement_folded_in AFTER INSERT ON statement BEGIN
  INSERT INTO statement_folded (rowid, words) VALUES (new.number, fold(new.words));
END;
CREATE TRIGGER statement_folded_out AFTER DELETE ON statement BEGIN
  DELETE FROM statement_folded WHERE rowid = old.number;
END;

-- A row of figure, place or found_actor is tied to its words by a number made of its id. Of a place each name stands once.
CREATE VIRTUAL TABLE figure_folded USING fts5 (words, id UNINDEXED, tokenize="unicode61");
CREATE TRIGGER figure_folded_in AFTER INSERT ON figure BEGIN
  INSERT INTO figure_folded (rowid, words, id)
    VALUES (word_key(new.id), fold(concat_words(new.words, new.measure, new.group_, new.of, new.cause)), new.id);
END;
CREATE TRIGGER figure_folded_out AFTER DELETE ON figure BEGIN
  DELETE FROM figure_folded WHERE rowid = word_key(old.id);
END;

-- The names of places, folded.
CREATE VIRTUAL TABLE place_folded USING fts5 (words, name UNINDEXED, gazetteer UNINDEXED, tokenize="unicode61");
CREATE TRIGGER place_folded_in AFTER INSERT ON place
  WHEN NOT EXISTS (SELECT 1 FROM place_folded WHERE rowid = word_key(concat_words(new.gazetteer, new.name))) BEGIN
  INSERT INTO place_folded (rowid, words, name, gazetteer)
    VALUES (word_key(concat_words(new.gazetteer, new.name)), broad(concat_words(new.name, new.names)), new.name, new.gazetteer);
END;

-- The names of actors, folded.
CREATE VIRTUAL TABLE actor_folded USING fts5 (words, id UNINDEXED, tokenize="unicode61");
CREATE TRIGGER actor_folded_in AFTER INSERT ON found_actor BEGIN
  INSERT INTO actor_folded (rowid, words, id) VALUES (word_key(new.id), broad(concat_words(new.name, new.names)), new.id);
END;
CREATE TRIGGER actor_folded_out AFTER DELETE ON found_actor BEGIN
  DELETE FROM actor_folded WHERE rowid = word_key(old.id);
END;

-- ------------------------------------------------------------------ for looking up, page by page

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

-- ------------------------------------------------------------------ views, for reading

-- Who said what, in which document.
CREATE VIEW v_statement AS
  SELECT s.id, s.speaker, a.kind AS speaker_kind, s.act, s.form, s.words, s.cue, s.medium, s.addressee, s.said_at,
         d.outlet, d.published, d.headline, d.id AS document, d.url
  FROM statement s JOIN document d ON d.id = s.document LEFT JOIN actor a ON a.id = s.actor;

-- Every figure with who gave it: a speaker, or the outlet in its own voice.
CREATE VIEW v_figure AS
  SELECT f.id, f.measure, f.of, f.words, f.low, f.high, f.qualifier, f.certainty, f.group_, p.name AS place, f.as_of, f.scope,
         CASE WHEN f.statement IS NULL THEN d.outlet ELSE s.speaker END AS giver, f.statement, d.outlet, d.published, d.id AS document
  FROM figure f JOIN document d ON d.id = f.document LEFT JOIN statement s ON s.id = f.statement LEFT JOIN place p ON p.id = f.place;

-- Every event with its place, time and who tells of it.
CREATE VIEW v_event AS
  SELECT e.id, e.type, e.mode, e.words, e.actor_name, e.recipient_name, p.name AS place, t.value AS time, e.standing, e.scope,
         CASE WHEN e.statement IS NULL THEN d.outlet ELSE s.speaker END AS giver, e.statement, d.outlet, d.published, d.id AS document
  FROM event e JOIN document d ON d.id = e.document LEFT JOIN statement s ON s.id = e.statement
       LEFT JOIN place p ON p.id = e.place LEFT JOIN time t ON t.id = e.time;

-- Each document with how much was found in it.
CREATE VIEW v_document AS
  SELECT d.id, d.outlet, d.headline, d.published, d.gathered, d.language, length(d.text) AS characters,
         (SELECT count(*) FROM statement s WHERE s.document = d.id) AS statements,
         (SELECT count(*) FROM figure f WHERE f.document = d.id) AS figures,
         (SELECT count(*) FROM event e WHERE e.document = d.id) AS events,
         (SELECT count(*) FROM reading r WHERE r.document = d.id) AS readings, d.url
  FROM document d;

-- The statements of each claim, and the denials of each dispute.
CREATE VIEW v_claim AS
  SELECT c.id AS claim, 'claim' AS side, s.id AS statement, s.speaker, s.act, s.words, s.outlet, s.published
  FROM claim c, json_each(c.statements) i JOIN v_statement s ON s.id = i.value
  UNION ALL
  SELECT d.claim, 'denial', s.id, s.speaker, s.act, s.words, s.outlet, s.published
  FROM dispute d, json_each(d.denials) i JOIN v_statement s ON s.id = i.value;
