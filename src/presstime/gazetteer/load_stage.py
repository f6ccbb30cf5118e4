"""Checked rows of a dump → a working file from which the gazetteer is then made (load_merge.py).

Comes in: `Source`s, the shipped gazetteer attached as `old`. Goes out: the tables `stage.raw` (places that news names)
and `stage.spelt` (their other names). Little is held in memory: two bits for each place's number, and the divisions.
Example: the row of a first-level division of Armenia adds its names to the shipped "iso:AM-SH" and makes no new place.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import TypeVar

from presstime.gazetteer.load_files import WHERE_FROM, Source, lines
from presstime.gazetteer.load_rows import NameRow, PlaceRow, code_row, country_row, features, name_row, place_row
from presstime.gazetteer.names import fold
from presstime.gazetteer.spellings import MANY_SCRIPTS, SCRIPTS, script, slug, usable
from presstime.gazetteer.tables import FIRST_OF_OURS
from presstime.problems import InputError
from presstime.records import Problem

__all__ = ["STAGE", "Progress", "Stage", "Tally"]

Progress = Callable[[str, int, int], None]
"""Told now and then: what is done, how much of it is, and how much it is in all (bytes of a file, or places)."""
STAGE = """
CREATE TABLE stage.raw (n INTEGER PRIMARY KEY, name TEXT NOT NULL, plain TEXT, others TEXT, kind TEXT NOT NULL, feature TEXT NOT NULL,
    country TEXT, admin1 TEXT, lat REAL NOT NULL, lon REAL NOT NULL, population INTEGER NOT NULL);
CREATE TABLE stage.spelt (n INTEGER NOT NULL, rank INTEGER NOT NULL, name TEXT NOT NULL, hidden INTEGER NOT NULL,
    since TEXT, until TEXT, historic INTEGER NOT NULL);
CREATE TABLE stage.keyed (key TEXT NOT NULL, n INTEGER NOT NULL, match INTEGER NOT NULL);
"""
BATCH = 20_000
"""Rows written at once."""
TOLD = 5
"""So many unreadable lines of a file are named; all are counted."""
TOO_MANY = 0.5
"""Where more of a file's lines than this cannot be read it is some other file."""
ENOUGH = 1000
"""Lines after which that is asked."""
COVERED = {"town": 0.3, "area": 5.0}
"""Degrees within which a town, or a sea or a range, of the dump is the one of that name in our own tables."""


class Tally:
    """What one file gave: lines read, kept, and not readable, and of these the first ones as problems."""

    def __init__(self, source: Source) -> None:
        """Nothing yet."""
        self.source, self.rows, self.kept, self.bad = source, 0, 0, 0
        self.problems: list[Problem] = []

    def wrong(self, line: int, why: str) -> None:
        """One line that cannot be read. InputError where it is most of them."""
        self.bad += 1
        if len(self.problems) < TOLD:
            told = f"line {line} was left out: {why}; correct it, or download the file again from {WHERE_FROM}"
            self.problems.append(Problem(where=self.source.name, what="bad-row", why=told))
        if self.rows >= ENOUGH and self.bad > TOO_MANY * self.rows:
            self.another_file(why)

    def another_file(self, why: str) -> None:
        """InputError: most lines cannot be read."""
        told = f"{self.source.name}: {self.bad} of its first {self.rows} lines cannot be read (the last: {why})"
        raise InputError(f"{told}; nothing was changed: download it again from {WHERE_FROM}")


class Bits:
    """A set of place numbers, a bit for each."""

    def __init__(self) -> None:
        """Empty."""
        self.bytes = bytearray(1 << 21)

    def add(self, n: int) -> None:
        """Put a number in."""
        at = n >> 3
        if at >= len(self.bytes):
            self.bytes.extend(bytes(max(at + 1 - len(self.bytes), len(self.bytes))))
        self.bytes[at] |= 1 << (n & 7)

    def __contains__(self, n: int) -> bool:
        at = n >> 3
        return at < len(self.bytes) and bool(self.bytes[at] & (1 << (n & 7)))


_Row = TypeVar("_Row")


def _rows(source: Source, parse: Callable[[bytes], _Row], tally: Tally) -> Iterator[tuple[_Row, int]]:
    """A file's rows, each with how much of the file is read; those that cannot be read are told to the tally."""
    done = 0
    for number, line in lines(source):
        done += len(line) + 1
        if not line:
            continue
        tally.rows += 1
        try:
            yield parse(line), done
        except ValueError as error:
            tally.wrong(number, str(error))


class Stage:
    """The working tables while the files are read. `old` is attached; what is shipped comes first everywhere."""

    def __init__(self, file: sqlite3.Connection, progress: Progress) -> None:
        """Take from the shipped places what the dump's rows are compared with."""
        self.file, self.progress = file, progress
        self.kept, self.big = Bits(), Bits()
        self.region_of: dict[int, str] = {}
        self.ours: dict[str, int] = {}
        self.english: set[int] = set()
        self.tables: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
        for n, id, kind, admin1, population in file.execute("SELECT n, id, kind, admin1, population FROM old.place"):
            if n < FIRST_OF_OURS:
                self.kept.add(n)
                if population >= MANY_SCRIPTS:
                    self.big.add(n)
                if admin1:
                    self.region_of[n] = admin1
            elif kind in ("country", "region", "district"):
                self.ours[id] = n
                if kind != "district":  # "Island" is Iceland in German: countries and regions learn English names only
                    self.english.add(n)
        own = "SELECT key, lat, lon, kind FROM old.key JOIN old.place USING (n) WHERE n >= ? AND kind IN ('area', 'town') AND match < 2"
        for key, lat, lon, kind in file.execute(own, (FIRST_OF_OURS,)):
            self.tables[kind, key].append((lat, lon))
        self.same: dict[int, int] = {}
        self.divisions: list[PlaceRow] = []
        self.votes: dict[str, Counter[str]] = defaultdict(Counter)
        self.regions: dict[str, str] = {}
        self.left: Counter[str] = Counter()
        self.covered = 0

    # ------------------------------------------------------------ places

    def places(self, source: Source) -> Tally:
        """Every place of a file that news may name goes into stage.raw; the divisions wait until all files are read."""
        tally, batch = Tally(source), []
        for row, done in _rows(source, place_row, tally):
            kind = self.kind(row)
            if kind is None:
                self.left[row.feature] += 1
                continue
            tally.kept += 1
            if self.covers(row, kind):
                self.covered += 1
                continue
            if row.admin1 and (region := self.region_of.get(row.n)) is not None:
                self.votes[f"{row.country}.{row.admin1}"][region] += 1
            if kind in ("country", "region") or row.feature == "A.ADM2":
                self.divisions.append(row)
                continue
            batch.append(self.raw(row, kind))
            if len(batch) >= BATCH:
                self.write_raw(batch)
                self.progress(source.name, done, source.size)
        self.write_raw(batch)
        self.check(tally)
        return tally

    def kind(self, row: PlaceRow) -> str | None:
        """What kind of place a row is; None where it is not loaded."""
        known = features()
        kind = known.kinds.get(row.feature)
        if kind is None and row.feature[0] in "PA":
            kind = "town" if row.feature[0] == "P" else "district"
        if kind is None and row.others:
            kind = known.with_names.get(row.feature)
        return kind

    def covers(self, row: PlaceRow, kind: str) -> bool:
        """Whether one of our own tables (supplements.toml) has the place already, under the same name."""
        if row.n in self.kept or kind not in ("town", "site", "terrain"):
            return False
        own = "town" if kind == "town" else "area"
        reach = COVERED[own]
        return any(abs(lat - row.lat) < reach and abs(lon - row.lon) < reach for lat, lon in self.tables.get((own, fold(row.name)), ()))

    def raw(self, row: PlaceRow, kind: str) -> tuple[object, ...]:
        """The row for stage.raw, marked as kept."""
        self.kept.add(row.n)
        if row.population >= MANY_SCRIPTS:
            self.big.add(row.n)
        admin1 = f"{row.country}.{row.admin1}" if row.country and row.admin1 else None
        point = (row.lat, row.lon, row.population)
        return (row.n, row.name, row.plain, row.others, kind, row.feature, row.country, admin1, *point)

    def write_raw(self, batch: list[tuple[object, ...]]) -> None:
        """Write the rows and forget them. Of two rows with one number the later counts."""
        self.file.executemany("INSERT OR REPLACE INTO stage.raw VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", batch)
        batch.clear()

    def settle(self) -> None:
        """Say which of the dump's divisions and countries are the shipped ones; the others become places of their own."""
        for code, found in self.votes.items():
            self.regions[code] = min(found, key=lambda id: (-found[id], id))
        batch = []
        for row in self.divisions:
            code = f"{row.country}.{row.admin1}"
            if row.feature == "A.ADM1":
                if not self.identify(row.n, self.region(code)):
                    self.regions[code] = f"geonames:{row.n}"
                    self.english.add(row.n)
                    batch.append(self.raw(row, "region"))
                    continue
            elif row.feature == "A.ADM2":
                if not self.district(row.n, row.country or "", row.admin1, (row.name, row.plain)):
                    batch.append(self.raw(row, "district"))
                    continue
            elif not (self.bears(f"iso:{row.country}", row.name) and self.identify(row.n, f"iso:{row.country}")):
                batch.append(self.raw(row, "terrain"))
                continue
            self.add_names(row.n, (row.name, row.plain))
        self.write_raw(batch)
        self.divisions.clear()

    def region(self, code: str) -> str | None:
        """The id of the shipped region that GeoNames' code "AM.07" stands for."""
        found = self.regions.get(code)
        return found if found is not None else f"presstime:{code}" if f"presstime:{code}" in self.ours else None

    def identify(self, n: int | None, id: str | None) -> bool:
        """Whether the dump's place is a shipped one; it is remembered under its number."""
        ours = self.ours.get(id or "")
        if ours is None or n is None:
            return ours is not None
        self.same[n] = ours
        return True

    def district(self, n: int | None, country: str, admin1: str, names: tuple[str, ...]) -> bool:
        """Whether a second-level division is a shipped district."""
        return any(self.identify(n, f"presstime:{slug(country, admin1 or 'x', name)}") for name in names if name)

    def bears(self, id: str, name: str) -> bool:
        """Whether a shipped country bears a name."""
        found = self.file.execute("SELECT 1 FROM old.key WHERE key = ? AND n = ?", (fold(name), self.ours.get(id)))
        return found.fetchone() is not None

    # ------------------------------------------------------------ codes, names

    def codes(self, source: Source) -> Tally:
        """The names in admin1CodesASCII.txt, admin2Codes.txt and countryInfo.txt go to the shipped divisions."""
        tally = Tally(source)
        for line_number, line in lines(source):
            if not line.strip() or line.startswith(b"#"):
                continue
            tally.rows += 1
            try:
                row = country_row(line) if source.kind == "countries" else code_row(line)
            except ValueError as error:
                tally.wrong(line_number, str(error))
                continue
            country, _, rest = row.code.partition(".")
            if source.kind == "countries":
                known = self.identify(row.n, f"iso:{row.code}")
            elif source.kind == "admin1":
                known = self.identify(row.n, self.region(row.code))
            else:
                known = self.district(row.n, country, rest.partition(".")[0], row.names)
            if known and row.n is not None:
                self.add_names(row.n, row.names)
                tally.kept += 1
        self.check(tally)
        return tally

    def add_names(self, n: int, names: tuple[str, ...]) -> None:
        """Further names of a shipped place, by the number that the dump has for it."""
        rows = [(self.same[n], 1, name, 0, None, None, 0) for name in dict.fromkeys(names) if usable(name)]
        self.file.executemany("INSERT INTO stage.spelt VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def names(self, source: Source) -> Tally:
        """The other names of every place that is kept go into stage.spelt, with their dates."""
        tally, batch = Tally(source), []
        for row, done in _rows(source, name_row, tally):
            spelt = self.spelt(row)
            if spelt is not None:
                tally.kept += 1
                batch.append(spelt)
            if len(batch) >= BATCH:
                self.write_spelt(batch)
                self.progress(source.name, done, source.size)
        self.write_spelt(batch)
        self.check(tally)
        return tally

    def spelt(self, row: NameRow) -> tuple[object, ...] | None:
        """The row for stage.spelt; None for a name of no place that is kept, and one that no English text may use."""
        n = self.same.get(row.n, row.n)
        if (n < FIRST_OF_OURS and n not in self.kept) or not row.name or not usable(row.name):
            return None
        english = row.language == "en"
        if n in self.english and not (english and not row.colloquial):
            return None
        written = "LATIN" if row.name.isascii() else script(row.name)
        if written != "LATIN" and not (written in SCRIPTS and n in self.big):
            return None
        dated = row.historic or row.since is not None
        rank = 0 if english and row.preferred else 1 if english and not dated else 2 if dated else 3 if row.preferred else 4
        return (n, rank, row.name, int(written != "LATIN" or row.colloquial), row.since, row.until, int(row.historic))

    def write_spelt(self, batch: list[tuple[object, ...]]) -> None:
        """Write the names and forget them."""
        self.file.executemany("INSERT INTO stage.spelt VALUES (?, ?, ?, ?, ?, ?, ?)", batch)
        batch.clear()

    def check(self, tally: Tally) -> None:
        """InputError where most of a whole file cannot be read."""
        if tally.bad > TOO_MANY * tally.rows:
            tally.another_file(tally.problems[-1].why)
        self.progress(tally.source.name, tally.source.size, tally.source.size)
