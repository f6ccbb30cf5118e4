-- The workbench of combining: what it noted of each reading, what it settled, and the facts that its steps hand on.
--
-- All of it can be made again from the readings, and is whenever presstime or the story's context changes. What `data`
-- holds (msgpack) is combining's own. These tables are also made in memory, where readings are combined without a ledger.

-- What the bench was made with: a hash of the program and the context, the decisions it heeds.
CREATE TABLE bench_state (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- The documents that are combined.
CREATE TABLE bench_document (
  document TEXT PRIMARY KEY NOT NULL,
  signature TEXT NOT NULL,                 -- of the reading and its corrections
  order_ TEXT NOT NULL                     -- where it stands among the others: its time, then its id
) WITHOUT ROWID;

-- What the finding of copies noted of a document, under the key at which it meets others.
CREATE TABLE bench_note (
  stage TEXT NOT NULL,
  key TEXT NOT NULL,
  order_ TEXT NOT NULL,
  record TEXT NOT NULL,
  document TEXT NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (stage, key, order_, record)
) WITHOUT ROWID;
CREATE INDEX bench_note_document ON bench_note (document, stage);

-- All that a step noted of one document: records, their places in the order, data, and the keys (or links) of each.
CREATE TABLE bench_noted (
  document TEXT NOT NULL,
  stage TEXT NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (document, stage)
) WITHOUT ROWID;

-- Which notes meet under one key, of all documents. One row a key: a step's work reads and writes a key as a whole.
CREATE TABLE bench_key (
  stage TEXT NOT NULL,
  key TEXT NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (stage, key)
) WITHOUT ROWID;

-- The notes of steps that group records by what hangs together, one a record; `key` is the first record of its group.
CREATE TABLE bench_node (
  stage TEXT NOT NULL,
  record TEXT NOT NULL,
  key TEXT NOT NULL,
  order_ TEXT NOT NULL,
  document TEXT NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (stage, record)
) WITHOUT ROWID;
CREATE INDEX bench_node_key ON bench_node (stage, key);

-- By what they hang together.
CREATE TABLE bench_link (
  stage TEXT NOT NULL,
  one TEXT NOT NULL,                       -- the record whose note has the link
  other TEXT NOT NULL,
  PRIMARY KEY (stage, one, other)
) WITHOUT ROWID;
CREATE INDEX bench_link_other ON bench_link (stage, other);

-- What a step settled of a key.
CREATE TABLE bench_outcome (
  stage TEXT NOT NULL,
  key TEXT NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (stage, key)
) WITHOUT ROWID;

-- What later steps need to know of records, by the key that it was settled under, and by the records' documents.
CREATE TABLE bench_fact (
  stage TEXT NOT NULL,
  key TEXT NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (stage, key)
) WITHOUT ROWID;
CREATE TABLE bench_known (
  document TEXT NOT NULL,
  stage TEXT NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (document, stage)
) WITHOUT ROWID;

-- Hashes of runs of words, by which copied passages are found.
CREATE TABLE bench_fingerprint (
  hash INTEGER NOT NULL,
  order_ TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (hash, order_, document)
) WITHOUT ROWID;
