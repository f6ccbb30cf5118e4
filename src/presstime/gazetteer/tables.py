"""The gazetteer's tables, as the shipped file has them, and what a file made of a GeoNames dump has besides.

Comes in: nothing. Goes out: SQL, and the numbers that both builds share. A look-up works on either kind of file.
Example: in a loaded file "Leningrad" stands in `dated` with 1924 and 1991; the shipped file has no such table.
"""

from __future__ import annotations

__all__ = ["FIRST_OF_OURS", "LOADED", "SCHEMA", "SHOWN"]

SHOWN = 10
"""So many other names are shown of a place; it is found under all of them."""
FIRST_OF_OURS = 1_000_000_000
"""Rows without a GeoNames number are numbered from here."""
SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- A place. n is its GeoNames number where id is NULL; names are its other names, shown, with | between them.
CREATE TABLE place (n INTEGER PRIMARY KEY, id TEXT, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, admin1 TEXT,
    lat REAL NOT NULL, lon REAL NOT NULL, population INTEGER NOT NULL, capital_of TEXT, names TEXT);
CREATE INDEX place_id ON place (id) WHERE id IS NOT NULL;
-- A folded name (names.fold) and a place that bears it; match: 0 as its name, 1 as another, 2 abbreviated, 3 as demonym.
CREATE TABLE key (key TEXT NOT NULL, n INTEGER NOT NULL, match INTEGER NOT NULL, PRIMARY KEY (key, n)) WITHOUT ROWID;
"""
LOADED = """
-- Its class and code in GeoNames ("S.AIRP") where the place is only in the dump that the user loaded; else NULL.
ALTER TABLE place ADD COLUMN feature TEXT;
-- A name that was borne for a time, or no longer is. since and until are GeoNames' own words: a year, a day, or NULL.
CREATE TABLE dated (n INTEGER NOT NULL, name TEXT NOT NULL, since TEXT, until TEXT, historic INTEGER NOT NULL,
    PRIMARY KEY (n, name)) WITHOUT ROWID;
"""
"""What a loaded file has beyond the shipped one. It stays apart from SCHEMA, whose text is part of the shipped version."""
