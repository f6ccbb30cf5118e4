"""The shipped gazetteer and the working tables of a dump → the user's own gazetteer file.

Comes in: a connection to the new file, with the shipped one attached as `old` and the working file as `stage`. Goes out:
its rows, written in the order of their numbers, so that neither all places nor all names are ever in memory; and its
version, a hash of them. Example: the shipped "St. Petersburg" keeps its row and learns that it was Leningrad until 1991.
"""

from __future__ import annotations

import hashlib
import heapq
import sqlite3
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from presstime.gazetteer.load_stage import BATCH, Progress
from presstime.gazetteer.lookup import SEPARATOR
from presstime.gazetteer.names import fold
from presstime.gazetteer.spellings import MANY_SCRIPTS, SCRIPTS, script, usable
from presstime.gazetteer.tables import LOADED, SCHEMA, SHOWN

__all__ = ["Merged", "merge"]

RULES = 1
"""Raised with every change to what is loaded or how: the same dump then gives another version."""
BEHIND = frozenset({"P.PPLX"})
"""Parts of towns; like divisions below the region they bear their names behind the settlements (match 1)."""
Row = tuple[Any, ...]
"""A row of a table, as SQLite gives it."""
Spelt = tuple[str, int, str | None, str | None, int]
"""A name, whether it is found and not shown, since when, until when, whether it is historic."""


class Merged(NamedTuple):
    """What was written: the version, how many places, of them new ones, names, and names with dates or historic."""

    version: str
    places: int
    added: int
    names: int
    dated: int


class Names(NamedTuple):
    """A place's names: shown, found but not shown, and those that are dated or historic."""

    shown: list[str]
    keys: dict[str, int]
    dated: list[tuple[str, str | None, str | None, int]]


def merge(file: sqlite3.Connection, base: str, region: Callable[[str], str | None], progress: Progress) -> Merged:
    """Write the tables. `base` is the shipped version; `region` gives a region's id for GeoNames' code "AM.07"."""
    digest = hashlib.blake2b(repr((SCHEMA, LOADED, RULES, base)).encode(), digest_size=8)
    total = file.execute("SELECT (SELECT count(*) FROM old.place) + (SELECT count(*) FROM stage.raw)").fetchone()[0]
    places: list[Row] = []
    keyed: list[Row] = []
    dated: list[Row] = []
    written = added = with_dates = 0
    for n, old, raw, mains, spelt in by_place(file):
        written += 1
        if len(places) >= BATCH:
            with_dates += len(dated)
            flush(file, places, keyed, dated)
            progress("putting places and names together", written, total)
        if old is not None and raw is None and not spelt:  # as it is shipped: `base` tells it already
            places.append((*old, None))
            continue
        if old is not None:
            place, names = of_ours(old, raw, mains, spelt)
        else:
            assert raw is not None
            place, names = of_dump(raw, spelt, region)
            added += 1
        places.append(place)
        keyed += [(key, n, match) for key, match in names.keys.items()]
        dated += [(n, *each) for each in names.dated]
        digest.update(repr((place, names.keys, names.dated)).encode("utf-8", "surrogatepass"))
    with_dates += len(dated)
    flush(file, places, keyed, dated)
    progress("sorting the names", 0, 1)
    both = "SELECT key, n, match FROM old.key UNION ALL SELECT key, n, match FROM stage.keyed"
    file.execute(f"INSERT INTO main.key SELECT key, n, min(match) FROM ({both}) GROUP BY key, n ORDER BY key, n")
    names_in_all = file.execute("SELECT count(*) FROM main.key").fetchone()[0]
    told = (("licence", "CC BY 4.0, after GeoNames (geonames.org)"), ("version", digest.hexdigest()), ("base", base))
    file.executemany("INSERT INTO main.meta VALUES (?, ?)", told)
    progress("sorting the names", 1, 1)
    return Merged(digest.hexdigest(), written, added, names_in_all, with_dates)


def flush(file: sqlite3.Connection, places: list[Row], keyed: list[Row], dated: list[Row]) -> None:
    """Write what has been gathered and forget it."""
    file.executemany("INSERT INTO main.place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", places)
    file.executemany("INSERT INTO stage.keyed VALUES (?, ?, ?)", keyed)
    file.executemany("INSERT OR IGNORE INTO main.dated VALUES (?, ?, ?, ?, ?)", dated)
    for rows in (places, keyed, dated):
        rows.clear()


def by_place(file: sqlite3.Connection) -> Iterator[tuple[int, Row | None, Row | None, list[str], list[Spelt]]]:
    """Each place's number, shipped row, row of the dump, shipped main keys, and names of the dump, by the number."""
    old = file.execute("SELECT n, 0, p.* FROM (SELECT * FROM old.place) p ORDER BY n")
    raw = file.execute("SELECT n, 1, r.* FROM (SELECT * FROM stage.raw) r ORDER BY n")
    mains = groups(file.execute("SELECT n, key FROM old.key WHERE match = 0 ORDER BY n"))
    spelt = groups(file.execute("SELECT n, name, hidden, since, until, historic FROM stage.spelt ORDER BY n, rank, rowid"))
    main_at, spelt_at = next(mains, None), next(spelt, None)
    for n, group in groupby(heapq.merge(old, raw, key=itemgetter(0, 1)), key=itemgetter(0)):
        rows = {row[1]: row[2:] for row in group}
        while main_at is not None and main_at[0] < n:
            main_at = next(mains, None)
        while spelt_at is not None and spelt_at[0] < n:
            spelt_at = next(spelt, None)
        own = [row[1] for row in main_at[1]] if main_at is not None and main_at[0] == n else []
        given = [row[1:] for row in spelt_at[1]] if spelt_at is not None and spelt_at[0] == n else []
        yield n, rows.get(0), rows.get(1), own, given


def groups(rows: sqlite3.Cursor) -> Iterator[tuple[int, list[Row]]]:
    """Rows that begin with the same number, together."""
    for n, group in groupby(rows, key=itemgetter(0)):
        yield n, list(group)


def of_ours(old: Row, raw: Row | None, mains: list[str], spelt: list[Spelt]) -> tuple[Row, Names]:
    """A shipped place: its row stands, it learns further names. Of the names shown the hand-given come first, then dated ones."""
    name, listed = old[2], old[10].split(SEPARATOR) if old[10] else []
    many = old[8] >= MANY_SCRIPTS
    others = split_names(raw[3] or "", many) if raw is not None and old[3] == "town" else []
    first: list[Spelt] = [(other, 0, None, None, 0) for other in listed if fold(other) in mains]
    then: list[Spelt] = [(other, 0, None, None, 0) for other in listed]
    dates = [each for each in spelt if each[4] or each[2]]
    names = collected(name, [*first, *dates, *then, *spelt, *others], frozenset(listed))
    return (*old[:10], SEPARATOR.join(names.shown) or None, None), names


def of_dump(raw: Row, spelt: list[Spelt], region: Callable[[str], str | None]) -> tuple[Row, Names]:
    """A place that only the dump has."""
    n, name, plain, others, kind, feature, country, admin1, lat, lon, population = raw
    further = [] if kind == "region" else split_names(others or "", population >= MANY_SCRIPTS)
    bare: list[Spelt] = [(plain, 1, None, None, 0)] if plain and usable(plain) else []
    names = collected(name, [*spelt, *bare, *further])
    if main := fold(name):
        names.keys[main] = 1 if kind == "district" or feature in BEHIND else 0
    within = region(admin1) if admin1 and kind != "region" else None
    place = (n, None, name, kind, country, within, lat, lon, population, None, SEPARATOR.join(names.shown) or None, feature)
    return place, names


def split_names(others: str, many: bool) -> list[Spelt]:
    """The names of the places file's own list that are to be kept. `many`: other scripts too."""
    found: list[Spelt] = []
    for name in others.split(","):
        name = name.strip()
        if not name or not usable(name) or SEPARATOR in name or not name.isprintable():
            continue
        written = "LATIN" if name.isascii() and not any(c.isdigit() for c in name) else script(name)
        if written == "LATIN" or (many and written in SCRIPTS):
            found.append((name, int(written != "LATIN"), None, None, 0))
    return found


def collected(main: str, given: list[Spelt], shipped: frozenset[str] = frozenset()) -> Names:
    """Names in their order, of several that fold together the first (all where `shipped`): shown, as keys, with dates."""
    names = Names([], {}, [])
    seen, own = {main}, fold(main)
    for name, hidden, since, until, historic in given:
        key = fold(name)
        if not key:
            continue
        if (since or until or historic) and all(name != known[0] for known in names.dated):
            names.dated.append((name, since, until, historic))
        known = key == own or key in names.keys
        if not known:
            names.keys[key] = 1
        if not hidden and name not in seen and len(names.shown) < SHOWN and (not known or name in shipped):
            seen.add(name)
            names.shown.append(name)
    return names
