"""Giving a place its entry of the gazetteer: the candidates for a name, and what an entry puts into a place's fields.

Comes in: a name, or what somebody typed instead. Goes out: `PlaceChoice`s, the most populous first, told apart by province and country.
Example: "Velm" gives a town in the one country and a village in the other; the first's point, country and province go into the record.
"""

from __future__ import annotations

from typing import Any

from presstime.gazetteer import Candidate, Gazetteer, open_gazetteer
from presstime.problems import InputError
from presstime.records import Record
from presstime.show.wording import country_words

__all__ = ["MOST", "PlaceChoice", "place_choices", "place_fields"]

MOST = 12
"""Candidates in a list; who means another one types more of the name, or its id."""
_PRECISIONS = ("town", "district", "region", "country", "area")
_COARSE = {"site": "town", "terrain": "area"}
NAMES = 12


class PlaceChoice(Record, frozen=True):
    """A candidate: its id, its name, where it lies, how many people live there."""

    id: str
    name: str
    kind: str
    within: str
    population: int
    lat: float | None
    lon: float | None


def place_choices(name: str) -> tuple[PlaceChoice, ...]:
    """The places that bear a name, or the one of an id."""
    gazetteer = open_gazetteer()
    name = name.strip()[:200]
    by_id = gazetteer.by_id(name) if ":" in name else None
    found = (by_id,) if by_id is not None else gazetteer.candidates(name)
    return tuple(
        PlaceChoice(
            id=one.id, name=one.name, kind=one.kind, within=_within(one, gazetteer), population=one.population, lat=one.lat, lon=one.lon
        )
        for one in found[:MOST]
    )


def place_fields(identifier: str, name: str) -> dict[str, Any]:
    """The fields that a gazetteer's entry gives to a place of a name. Raises InputError where there is no such entry."""
    gazetteer = open_gazetteer()
    entry = gazetteer.by_id(identifier)
    if entry is None:
        raise InputError(f"the gazetteer has no entry {identifier[:60]!r}; choose one that is listed, or look for another name")
    coarse = entry.kind if entry.kind in _PRECISIONS else _COARSE.get(entry.kind)
    return {
        "gazetteer": entry.id,
        "names": [one for one in dict.fromkeys((entry.name, *entry.names)) if one != name][:NAMES],
        "country": entry.country,
        "lat": entry.lat,
        "lon": entry.lon,
        "precision": coarse,
        "kind": coarse,
        "province": _province(entry, gazetteer),
    }


def _province(entry: Candidate, gazetteer: Gazetteer) -> str | None:
    division = entry if entry.kind == "region" else gazetteer.by_id(entry.admin1) if entry.admin1 else None
    return division.name if division is not None else None


def _within(entry: Candidate, gazetteer: Gazetteer) -> str:
    province = _province(entry, gazetteer) if entry.kind != "region" else None
    country = country_words(entry.country) if entry.kind != "country" else None
    return ", ".join(one for one in (province, country) if one)
