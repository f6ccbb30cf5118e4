"""Lines of GeoNames' files → rows whose columns have been checked.

Comes in: a line as bytes. Goes out: a `PlaceRow`, `NameRow` or `CodeRow`; ValueError, with the reason, where the line
cannot be one. Example: the line of "Gyumri" gives its number, names, point, "P.PPLA", "AM", "07" and its population.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from presstime.gazetteer.tables import FIRST_OF_OURS

__all__ = ["CodeRow", "Features", "NameRow", "PlaceRow", "code_row", "country_row", "features", "name_row", "place_row"]

HERE = Path(__file__).parent
LONGEST_NAME = 200
"""Letters. GeoNames' own limit for a name."""
MOST_PEOPLE = 10**10
LONGEST_DATE = 30


class PlaceRow(NamedTuple):
    """A place of the dump. `others` are its other names as GeoNames has them, with commas between."""

    n: int
    name: str
    plain: str
    others: str
    lat: float
    lon: float
    feature: str
    country: str | None
    admin1: str
    population: int


class NameRow(NamedTuple):
    """Another name of place `n`. `since` and `until` are GeoNames' own words."""

    n: int
    language: str
    name: str
    preferred: bool
    colloquial: bool
    historic: bool
    since: str | None
    until: str | None


class CodeRow(NamedTuple):
    """A division's or country's code ("AM.07", "AM"), its names, and its number where it has one."""

    code: str
    names: tuple[str, ...]
    n: int | None


class Features(NamedTuple):
    """features.toml, as look-ups. `kinds` are of codes that are always kept, `with_names` of those kept for their names."""

    kinds: dict[str, str]
    with_names: dict[str, str]
    no_names: frozenset[str]


@cache
def features() -> Features:
    """Which codes are loaded as which kind of place."""
    table = tomllib.loads((HERE / "features.toml").read_text(encoding="utf-8"))

    def codes(*sections: tuple[str, str]) -> dict[str, str]:
        return {f"{letter}.{code}": kind for section, kind in sections for letter, listed in table[section].items() for code in listed}

    kinds = codes(("site", "site"), ("terrain", "terrain"))
    kinds |= {code: kind for kind, listed in table["kinds"].items() for code in listed}
    named = codes(("site_with_names", "site"), ("terrain_with_names", "terrain"))
    return Features(kinds, named, frozenset(table["no_names"]["languages"]))


def number(word: str, what: str) -> int:
    """A GeoNames number."""
    if not (word.isascii() and word.isdigit() and len(word) < 11 and 0 < int(word) < FIRST_OF_OURS):
        raise ValueError(f"{what} {word[:20]!r} is no GeoNames number")
    return int(word)


def clean(name: str) -> str:
    """A name without marks that do not print or that the file needs for itself. ValueError where nothing is left."""
    plain = name.strip()
    if not plain.isprintable() or "|" in plain:
        plain = " ".join("".join(c for c in plain.replace("|", "/") if c.isprintable() or c.isspace()).split())
    if not plain or len(plain) > LONGEST_NAME:
        raise ValueError(f"the name {name[:30]!r} is {'too long' if plain else 'empty'}")
    return plain


def columns(line: bytes, *counts: int) -> list[str]:
    """A line's columns, if there are as many as there should be."""
    try:
        cut = line.decode("utf-8").split("\t")
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8 (byte {error.start + 1})") from None
    if len(cut) not in counts:
        raise ValueError(f"it has {len(cut)} columns instead of {counts[0]}")
    return cut


def place_row(line: bytes) -> PlaceRow:
    """A line of allCountries.txt or a country's file."""
    c = columns(line, 19)
    n = number(c[0], "its number")
    try:
        lat, lon = float(c[4]), float(c[5])
    except ValueError:
        raise ValueError(f"its point {c[4][:20]!r}, {c[5][:20]!r} is not two numbers") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"its point {c[4][:20]}, {c[5][:20]} is not on the earth")
    people = c[14]
    if people and not (people.isascii() and people.isdigit() and len(people) < 12 and int(people) < MOST_PEOPLE):
        raise ValueError(f"its population {people[:20]!r} is not a whole number")
    country = c[8]
    if country and not (len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()):
        raise ValueError(f"its country {country[:20]!r} is not a code of two letters")
    name = clean(c[1])
    plain = c[2] if c[2].isprintable() and len(c[2]) <= LONGEST_NAME else ""
    point = round(lat, 4), round(lon, 4)
    return PlaceRow(n, name, plain, c[3], *point, f"{c[6]}.{c[7]}", country or None, c[10], int(people or 0))


def name_row(line: bytes) -> NameRow:
    """A line of alternateNamesV2.txt, or of the older alternateNames.txt, which has no dates."""
    c = columns(line, 10, 8)
    n = number(c[1], "the place's number")
    for flag in c[4:8]:
        if flag not in ("", "0", "1"):
            raise ValueError(f"{flag[:20]!r} stands where 1 or nothing should")
    since, until = (c[8].strip(), c[9].strip()) if len(c) == 10 else ("", "")
    if len(since) > LONGEST_DATE or len(until) > LONGEST_DATE or not (since + until).isprintable():
        raise ValueError("what should be dates is too long")
    historic = c[7] == "1" or bool(until)
    name = clean(c[3]) if c[2] not in features().no_names else ""
    return NameRow(n, c[2], name, c[4] == "1", c[6] == "1", historic, since or None, until or None)


def code_row(line: bytes) -> CodeRow:
    """A line of admin1CodesASCII.txt or admin2Codes.txt."""
    c = columns(line, 4)
    if "." not in c[0]:
        raise ValueError(f"{c[0][:20]!r} is no division's code")
    names = tuple(dict.fromkeys(clean(name) for name in c[1:3] if name.strip()))
    return CodeRow(c[0], names, number(c[3], "its number") if c[3] else None)


def country_row(line: bytes) -> CodeRow:
    """A line of countryInfo.txt that is no comment."""
    c = columns(line, 17, 18, 19, 20)
    if not (len(c[0]) == 2 and c[0].isascii() and c[0].isupper()):
        raise ValueError(f"{c[0][:20]!r} is not a country's code of two letters")
    return CodeRow(c[0], (clean(c[4]),), number(c[16], "its number") if c[16] else None)
