"""A name → the places that bear it; a demonym → its country; a capital → the government it stands for.

Comes in: a name as a text spells it. Goes out: `Candidate`s, the most populous first. Nothing is chosen here: that a
text's "Paris" is the one in Texas is for read/places.py to say.
Example: `open_gazetteer().candidates("Stepanakert")` gives one town, "geonames:146970".
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Literal

import msgspec

from presstime.gazetteer.in_use import in_use
from presstime.gazetteer.names import fold
from presstime.problems import GazetteerError

__all__ = ["Candidate", "DatedName", "Gazetteer", "Kind", "Match", "open_gazetteer"]

Kind = Literal["town", "district", "region", "country", "area", "site", "terrain"]
"""`site` and `terrain` are only in a file that the user loaded: spots (an airport, a camp) and what stretches (a river)."""
Match = Literal["name", "other", "short", "demonym"]
MATCHES: tuple[Match, ...] = ("name", "other", "short", "demonym")
"""How a name is borne, by the number the file has for it: as the main name, another name, an abbreviation, a demonym."""
MOST = 80
"""Of a name that hundreds of hamlets bear, only this many of the most populous are given."""
OF_EACH = 3
"""In a loaded file, besides, so many of each country."""
SEPARATOR = "|"
COLUMNS = "n, id, name, kind, country, admin1, lat, lon, population, capital_of, names"


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A place that bears a name. `names` are its other names; `country` is ISO 3166-1; `admin1` the id of its region.

    `capital_of` is the country whose capital it is; `match` says how it bears the name that was looked up. `feature` is
    GeoNames' class and code ("S.AIRP") of a place that only a loaded dump has, None for every place that is shipped.
    """

    id: str
    name: str
    names: tuple[str, ...] = ()
    kind: Kind
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    capital_of: str | None = None
    match: Match = "name"
    feature: str | None = None


class DatedName(msgspec.Struct, frozen=True, kw_only=True):
    """A name of a place. `since` and `until` are a year or a day, as GeoNames has it; `historic`: it is no longer borne."""

    name: str
    since: str | None = None
    until: str | None = None
    historic: bool = False


class Gazetteer:
    """A read-only file of places. Look-ups are exact on a folded key (names.fold) and remembered."""

    def __init__(self, path: Path) -> None:
        """Open the SQLite file at `path`; GazetteerError where it is not one of ours."""
        self.path = path
        try:
            self._file = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self.version: str = self._file.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()[0]
            self.loaded = any(row[1] == "feature" for row in self._file.execute("PRAGMA table_info(place)"))
        except (sqlite3.Error, TypeError) as error:
            raise GazetteerError(f"The gazetteer's file is broken ({path.name}): delete it and run again.") from error
        self._columns = f"{COLUMNS}, feature" if self.loaded else COLUMNS
        self._found: dict[str, tuple[Candidate, ...]] = {}
        self._by_id: dict[str, Candidate | None] = {}

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _rows(self, key: str) -> tuple[Candidate, ...]:
        found = self._found.get(key)
        if found is None:
            rows = self._file.execute(f"SELECT match, {self._columns} FROM key JOIN place USING (n) WHERE key = ?", (key,)).fetchall()
            candidates = sorted((candidate(row[1:], MATCHES[row[0]]) for row in rows), key=lambda c: (-c.population, c.id))
            found = tuple(candidates[:MOST]) + (of_each_country(candidates[MOST:]) if self.loaded else ())
            if len(self._found) > 100_000:
                self._found.clear()
            self._found[key] = found
        return found

    def candidates(self, name: str, short: bool = False) -> tuple[Candidate, ...]:
        """Every place that bears the name, the most populous first. `short`: by an abbreviation too ("Calif.")."""
        rows = self._rows(fold(name))
        return rows and tuple(c for c in rows if c.match in ("name", "other") or (short and c.match == "short"))

    def by_id(self, id: str) -> Candidate | None:
        """The place of an id such as "geonames:146970" or "iso:AM"; None where there is none."""
        if id not in self._by_id:
            if id.startswith("geonames:") and id[9:].isascii() and id[9:].isdigit() and len(id) < 20:
                row = self._file.execute(f"SELECT {self._columns} FROM place WHERE n = ? AND id IS NULL", (int(id[9:]),)).fetchone()
            else:
                row = self._file.execute(f"SELECT {self._columns} FROM place WHERE id = ?", (id,)).fetchone()
            self._by_id[id] = candidate(row, "name") if row else None
        return self._by_id[id]

    def names(self, id: str) -> tuple[DatedName, ...]:
        """Every name that is listed of a place, its main one first, with dates where a loaded dump gave some; else none."""
        place = self.by_id(id)
        if place is None:
            return ()
        listed = {name: DatedName(name=name) for name in (place.name, *place.names)}
        if self.loaded:
            told, number = (id[9:], "n = ?") if id.startswith("geonames:") else (id, "n = (SELECT n FROM place WHERE id = ?)")
            query = f"SELECT name, since, until, historic FROM dated WHERE {number} ORDER BY since, until, name"
            for name, since, until, historic in self._file.execute(query, (told,)):
                listed[name] = DatedName(name=name, since=since, until=until, historic=bool(historic))
        return tuple(listed.values())

    def facts(self) -> dict[str, object]:
        """What the file says of itself, and how many places of each kind, names and dated names it holds."""
        ask = self._file.execute
        told: dict[str, object] = dict(ask("SELECT name, value FROM meta WHERE name != 'version'").fetchall())
        told["places"] = dict(ask("SELECT kind, count(*) FROM place GROUP BY kind ORDER BY count(*) DESC").fetchall())
        told["names"] = ask("SELECT count(*) FROM key").fetchone()[0]
        if self.loaded:
            told["dated_names"] = ask("SELECT count(*) FROM dated").fetchone()[0]
        return told

    def demonym(self, word: str) -> Candidate | None:
        """The place whose people or things a word names: "Greek", "Greeks" → Greece. Countries before other places."""
        for form in demonym_forms(word):
            found = [c for c in self._rows(fold(form)) if c.match == "demonym"]
            if found:
                return min(found, key=lambda c: (c.kind != "country", -c.population))
        return None

    def government_of(self, name: str) -> Candidate | None:
        """The country whose government a capital's or a country's name may stand for: "Baku" → Azerbaijan."""
        found = [c for c in self._rows(fold(name)) if c.match in ("name", "other")]
        for place in found:
            if place.kind == "country":
                return place
        for place in found:
            if place.capital_of:
                return self.by_id(f"iso:{place.capital_of}")
        return None


def of_each_country(rest: list[Candidate]) -> tuple[Candidate, ...]:
    """Of thousands of hamlets of one name, the first OF_EACH of each country: which is meant may depend on the country."""
    counts: Counter[str | None] = Counter()
    kept = []
    for each in rest:
        counts[each.country] += 1
        if counts[each.country] <= OF_EACH:
            kept.append(each)
    return tuple(kept)


def demonym_forms(word: str) -> tuple[str, ...]:
    """A demonym and its singular: "Greeks" → "Greeks", "Greek"."""
    return (word, word[:-1]) if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else (word,)


def candidate(row: tuple[object, ...], match: Match) -> Candidate:
    """One row of the table `place` as a Candidate."""
    n, id, name, kind, country, admin1, lat, lon, population, capital_of, names, *loaded = row
    given = {
        "id": id or f"geonames:{n}",
        "name": name,
        "names": tuple(str(names).split(SEPARATOR)) if names else (),
        "kind": kind,
        "country": country,
        "admin1": admin1,
        "lat": lat,
        "lon": lon,
        "population": population or 0,
        "capital_of": capital_of,
        "match": match,
        "feature": loaded[0] if loaded else None,
    }
    return Candidate(**given)  # type: ignore[arg-type]


_open: dict[int, Gazetteer] = {}


def open_gazetteer() -> Gazetteer:
    """The gazetteer in use: the one that comes with presstime, or what was loaded (in_use.py); one per process."""
    process = os.getpid()
    if process not in _open:
        _open[process] = Gazetteer(in_use())
    return _open[process]
