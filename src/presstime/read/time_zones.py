"""The words of a clock time's zone, or a place → a time zone.

In: words such as "GMT", "EDT", "UTC+3", "Moscow time", "local time"; or a gazetteer's place. Out: an IANA name, or an
offset such as "-04:00"; None where the words name no zone of their own.

Example: stated_zone("3 p.m. Moscow time") → "Europe/Moscow"
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from presstime.gazetteer import Candidate, Gazetteer
from presstime.records import Place, Span

__all__ = ["UNIVERSAL", "stated_zone", "tz", "zone_of_dateline", "zone_of_place"]

UNIVERSAL = "UTC"
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)$")
_FROM_UNIVERSAL = re.compile(r"\b(?:GMT|UTC)\s?([+-])\s?(\d{1,2})(?::?([0-5]\d))?\b", re.IGNORECASE)
_TOWN = re.compile(r"\b([a-z]{3,12})\s+time\b", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-z]+")
LONGEST_LETTERS = 4
"""Zones' abbreviations have no more letters, and are in capitals ("AEST"); "Eastern" is a word."""
MOST_HOURS = 14
"""No clock is further from universal time."""


@cache
def _table() -> dict[str, Any]:
    """words/en/zones.toml, read once."""
    return tomllib.loads((files("presstime.read") / "words/en/zones.toml").read_text(encoding="utf-8"))


def stated_zone(words: str) -> str | None:
    """The zone that the words of a clock time state; "local time" states none."""
    shift = _FROM_UNIVERSAL.search(words)
    if shift:
        hours = int(shift[2])
        return f"{shift[1]}{hours:02d}:{shift[3] or '00'}" if hours <= MOST_HOURS else UNIVERSAL
    town = _TOWN.search(words)
    if town and town[1].lower() in _table()["towns"]:
        return str(_table()["towns"][town[1].lower()])
    for word in _LETTERS.findall(words):
        if word.lower() in _table()["stated"] and (word.isupper() or len(word) > LONGEST_LETTERS):
            return str(_table()["stated"][word.lower()])
    return None


def zone_of_place(place: Candidate | None) -> str | None:
    """The zone of a gazetteer's town or region; of a country where all of it has one."""
    if place is None or place.country is None or (place.kind == "country" and place.country in _divided()):
        return None
    regions = _table()["regions"]
    zone = regions.get(place.admin1) or regions.get(place.id) or _table()["countries"].get(place.country)
    return str(zone) if zone else None


@cache
def _divided() -> frozenset[str]:
    """The countries whose clocks differ from region to region."""
    return frozenset(region.partition(":")[2][:2] for region in _table()["regions"])


def zone_of_dateline(span: Span | None, places: Sequence[Place], gazetteer: Gazetteer) -> str | None:
    """The zone of the place that a dateline names; None where it names none that is known."""
    if span is None:
        return None
    for place in places:
        if span.start <= place.start < span.end and place.gazetteer is not None:
            zone = zone_of_place(gazetteer.by_id(place.gazetteer))
            if zone is not None:
                return zone
    return None


@cache
def tz(zone: str) -> dt.tzinfo:
    """The zone of an IANA name or an offset; universal time where there is none of that name."""
    offset = _OFFSET.match(zone)
    if offset:
        return dt.timezone(dt.timedelta(hours=int(offset[2]), minutes=int(offset[3])) * (-1 if offset[1] == "-" else 1))
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return ZoneInfo(UNIVERSAL)
