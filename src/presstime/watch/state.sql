-- The watch's own file, watch.db: what is known of feeds and pages, and the outbox of changes.
-- Moments are ISO 8601 with their offset; `due` is seconds since 1970, for comparing.

CREATE TABLE feed (
    url      TEXT PRIMARY KEY,
    etag     TEXT,
    modified TEXT,
    due      REAL NOT NULL DEFAULT 0,   -- when it is polled next
    pace     REAL NOT NULL DEFAULT 0,   -- seconds between polls now
    fresh    REAL NOT NULL DEFAULT 0,   -- seconds for which its headers call it fresh
    wished   REAL NOT NULL DEFAULT 0,   -- seconds between polls that it proposes itself
    polled   TEXT,                      -- asked last
    answered TEXT,                      -- answered last, be it "not modified"
    renewed  TEXT,                      -- had something new last
    entries  INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0, -- in a row
    fault    TEXT
) STRICT;

CREATE TABLE page (
    url      TEXT PRIMARY KEY,          -- the address, or for an entry that stands for itself, its name within the feed
    feed     TEXT NOT NULL,
    host     TEXT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('waiting', 'kept', 'off-topic', 'unread', 'gone')),
    entry    BLOB,                      -- what the feed gave of it, JSON
    mark     TEXT,                      -- a hash of that: another one says that the page may have changed
    document TEXT,                      -- the id of its newest version in the ledger
    pending  TEXT,                      -- a new version about to enter: the hash of its text and when it was first seen
    etag     TEXT,
    modified TEXT,
    found    TEXT NOT NULL,
    seen     TEXT,                      -- when it was there last
    due      REAL,                      -- when it is looked at next; never where null
    failures INTEGER NOT NULL DEFAULT 0,
    missing  INTEGER NOT NULL DEFAULT 0, -- looks in a row at which it was not there
    fault    TEXT
) STRICT;
CREATE INDEX page_due ON page (host, due) WHERE due IS NOT NULL;

CREATE TABLE change (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id     TEXT NOT NULL UNIQUE,
    kind   TEXT NOT NULL,
    at     TEXT NOT NULL,
    json   BLOB NOT NULL
) STRICT;

CREATE TABLE rule (
    name  TEXT PRIMARY KEY,
    after INTEGER NOT NULL              -- the number of the last change that was there when the rule came
) STRICT;

CREATE TABLE told (
    rule   TEXT NOT NULL,
    change TEXT NOT NULL,
    at     TEXT NOT NULL,
    sent   INTEGER NOT NULL,            -- 0 while it is being sent: after a crash nobody knows whether it went out
    PRIMARY KEY (rule, change)
) STRICT;

CREATE TABLE note (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;
