"""story.toml: the shape of what it may hold, and the checks that it is so.

Comes in: the file's text. Goes out: a `StoryFile`, or a StoryError that names the key, says what is wrong and what to do.
Example: `time_zome = "UTC"` is the StoryError "unknown key 'time_zome' in the top level; did you mean 'time_zone'?"
"""

from __future__ import annotations

import codecs
import difflib
import functools
import re
import tomllib
import zoneinfo
from collections.abc import Sequence
from datetime import datetime
from importlib import resources
from typing import Annotated, Any

import msgspec

from presstime.mappings import MappedFields, MappedValues, Mapping
from presstime.problems import StoryError
from presstime.records import KnownActor, KnownPlace, Record
from presstime.settings import Fetching
from presstime.story_notify import Mail, Notify, check_notify
from presstime.story_watch import Feed, Filter, check_feeds, check_filter

__all__ = ["STORY_FILE", "StoryActor", "StoryFile", "StoryPlace", "check_time_zone", "parse_story"]

STORY_FILE = "story.toml"

NEAR = 0.6
"""How alike (difflib's ratio) a key or a zone must be to be suggested; difflib's own default."""

USER_ASSIGNED_COUNTRIES = frozenset({"XK"})
"""Codes that ISO 3166 leaves to users and that gazetteers use all the same: Kosovo."""

COUNTRY_SLIPS = {"UK": "GB", "EL": "GR"}
"""Codes often written for another: neither is in ISO 3166 as a country's code."""

Text = Annotated[str, msgspec.Meta(min_length=1)]


class StoryActor(KnownActor, frozen=True, forbid_unknown_fields=True):
    """An [[actors]] table of story.toml."""

    name: Text
    names: tuple[Text, ...] = ()


class StoryPlace(KnownPlace, frozen=True, forbid_unknown_fields=True):
    """A [[places]] table of story.toml. `lat` and `lon` are degrees, both or neither."""

    name: Text
    names: tuple[Text, ...] = ()
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)] | None = None
    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)] | None = None


class StoryFile(Record, frozen=True, forbid_unknown_fields=True):
    """What story.toml may hold: the shape that is checked and published as JSON Schema."""

    title: Text
    time_zone: Text = "UTC"
    region: tuple[Text, ...] = ()
    inputs: tuple[Text, ...] = ()
    actors: tuple[StoryActor, ...] = ()
    places: tuple[StoryPlace, ...] = ()
    mappings: tuple[Mapping, ...] = ()
    fetch: Fetching = Fetching()
    feeds: tuple[Feed, ...] = ()
    filter: Filter = Filter()
    notify: tuple[Notify, ...] = ()
    mail: Mail | None = None


def parse_story(text: str) -> StoryFile:
    """The settings that story.toml's text gives, checked strictly. Raises StoryError."""
    try:
        tables = tomllib.loads(text + "\n")
    except tomllib.TOMLDecodeError as error:
        raise StoryError(f"{STORY_FILE} is not TOML: {error}; mend that place (text stands between double quotes)") from None
    _check_keys(tables, StoryFile, "the top level")
    for single, single_type in SINGLE.items():
        if isinstance(held := tables.get(single), dict):
            _check_keys(held, single_type, f"[{single}]")
    for key, type_ in TABLES.items():
        entries = tables.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise StoryError(f"{STORY_FILE}: {key!r} must be tables, each under a line [[{key}]]")
        for number, entry in enumerate(entries, 1):
            _check_keys(entry, type_, _entry_name(key, number, entry))
            for inner, inner_type in WITHIN.get(key, {}).items():
                if isinstance(held := entry.get(inner), dict):
                    _check_keys(held, inner_type, f"{_entry_name(key, number, entry)}, {inner}")
    try:
        file = msgspec.convert(tables, StoryFile)
    except msgspec.ValidationError as error:
        raise StoryError(_type_fault(str(error), tables)) from None
    check_time_zone(file.time_zone, f"{STORY_FILE}: time_zone")
    for code in file.region:
        _check_country(code, "region")
    for number, actor in enumerate(file.actors, 1):
        if actor.country is not None:
            _check_country(actor.country, f"{_entry_name('actors', number, {'name': actor.name})}, country")
    for number, place in enumerate(file.places, 1):
        if place.country is not None:
            _check_country(place.country, f"{_entry_name('places', number, {'name': place.name})}, country")
        if (place.lat is None) != (place.lon is None):
            have, lack = ("lat", "lon") if place.lon is None else ("lon", "lat")
            where = _entry_name("places", number, {"name": place.name})
            raise StoryError(f"{STORY_FILE}: {where} has {have!r} without {lack!r}; give both or neither")
    for number, mapping in enumerate(file.mappings, 1):
        _check_mapping(mapping, _entry_name("mappings", number, {"files": mapping.files}))
    check_feeds(file.feeds, STORY_FILE)
    check_filter(file.filter, STORY_FILE)
    check_notify(file.notify, file.mail, STORY_FILE)
    _check_distinct(file.actors, "actors")
    _check_distinct(file.places, "places")
    return file


# ---------------------------------------------------------------- checks


def _entry_name(key: str, number: int, entry: dict[str, Any]) -> str:
    name = entry.get(NAMED_BY.get(key, "name"))
    return f"{key} {number}" + (f" ({name})" if isinstance(name, str) and name else "")


def _check_keys(table: dict[str, Any], type_: type[msgspec.Struct], where: str) -> None:
    known = type_.__struct_encode_fields__
    for key in table:
        if key not in known:
            raise StoryError(f"{STORY_FILE}: unknown key {key!r} in {where}; {_key_advice(key, known)}")


def _key_advice(key: str, known: tuple[str, ...]) -> str:
    folded = key.casefold().replace("-", "_").replace(" ", "_")
    near = difflib.get_close_matches(folded, known, n=1, cutoff=NEAR)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"take it out, or use one of: {', '.join(known)}"


TABLES: dict[str, type[msgspec.Struct]] = {"actors": StoryActor, "places": StoryPlace, "mappings": Mapping, "feeds": Feed, "notify": Notify}
"""The tables that story.toml may have many of, each under a line [[key]]."""
NAMED_BY = {"mappings": "files", "feeds": "url"}
"""Under which key such a table has what it goes by, where that is not its name."""
SINGLE: dict[str, type[msgspec.Struct]] = {"fetch": Fetching, "filter": Filter, "mail": Mail}
"""The tables that there is one of, under a line [key]."""
WITHIN: dict[str, dict[str, type[msgspec.Struct]]] = {"mappings": {"fields": MappedFields, "values": MappedValues}}
"""The tables within those."""

TYPE_WORDS = {
    "str": "text in double quotes",
    "float": "a number",
    "int": "a whole number",
    "bool": "true or false",
    "array": "a list in square brackets",
    "object": "a table",
    "null": "nothing",
    "datetime": "a date",
    "date": "a date",
    "time": "a time of day",
}


def _type_fault(message: str, tables: dict[str, Any]) -> str:
    """msgspec's message in words of story.toml: which key of which entry, what it must be, what it is."""
    what, _, path = message.partition(" - at `$")
    where = _path_words(path.rstrip("`"), tables)
    if missing := re.match(r"Object missing required field `(\w+)`", what):
        inside = where or "the top level"
        return f'{STORY_FILE}: {inside} has no {missing[1]!r}; add a line {missing[1]} = "…"'
    if wrong := re.match(r"Expected `([^`]+)`, got `([^`]+)`", what):
        return f"{STORY_FILE}: {where} must be {_type_words(wrong[1])}, not {_type_words(wrong[2])}"
    if limit := re.match(r"Expected `(?:float|int)` ([<>]=?) (-?[\d.]+)", what):
        words = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}[limit[1]]
        advice = "; points are in degrees" if where.endswith((", lat", ", lon")) else ""
        return f"{STORY_FILE}: {where} must be {words} {limit[2].removesuffix('.0')}{advice}"
    if "length >= 1" in what:
        return f"{STORY_FILE}: {where} is empty; write something in it, or take it out"
    if value := re.match(r"Invalid enum value '(.*)'", what):
        choices = _choices(where)
        near = difflib.get_close_matches(value[1].casefold(), choices, n=1, cutoff=NEAR)
        advice = f"did you mean {near[0]!r}? It must be" if near else "it must be"
        return f"{STORY_FILE}: {where} is {value[1]!r}; {advice} one of: {', '.join(choices)}"
    return f"{STORY_FILE}: {where or 'the top level'}: {what}; mend that value"


def _type_words(types: str) -> str:
    words = [TYPE_WORDS.get(name, name) for name in types.split(" | ") if name != "null" or types == "null"]
    return " or ".join(words)


def _path_words(path: str, tables: dict[str, Any]) -> str:
    """`.actors[0].names[1]` as "actors 1 (Ilan Voss), names 2"."""
    words = []
    for step in re.finditer(r"\.?(\w+)(?:\[(\d+)\])?", path):
        key, index = step[1], step[2]
        if index is None:
            words.append(key)
        elif key in TABLES:
            words.append(_entry_name(key, int(index) + 1, tables[key][int(index)]))
        else:
            words.append(f"{key} {int(index) + 1}")
    return ", ".join(words)


def _choices(where: str) -> list[str]:
    key = where.rpartition(", ")[2].split(" ", 1)[0]
    entry = {**TABLES, **SINGLE}[where.split(" ", 1)[0].rstrip(",")]
    field = next(field.type for field in msgspec.inspect.type_info(entry).fields if field.name == key)  # type: ignore[attr-defined]
    held = getattr(field, "item_type", field)
    choice = next(each for each in getattr(held, "types", (held,)) if isinstance(each, msgspec.inspect.LiteralType))
    return [str(value) for value in choice.values]


def _check_distinct(entries: Sequence[StoryActor | StoryPlace], key: str) -> None:
    owner: dict[str, int] = {}
    for number, entry in enumerate(entries, 1):
        for name in (entry.name, *entry.names):
            first = owner.setdefault(" ".join(name.casefold().split()), number)
            if first != number:
                other = _entry_name(key, first, {"name": entries[first - 1].name})
                this = _entry_name(key, number, {"name": entry.name})
                raise StoryError(f"{STORY_FILE}: {other} and {this} both go by {name!r}; join them, or take the name from one")


def _check_mapping(mapping: Mapping, where: str) -> None:
    if mapping.time_zone is not None:
        check_time_zone(mapping.time_zone, f"{STORY_FILE}: {where}, time_zone")
    if mapping.encoding is not None:
        try:
            codecs.lookup(mapping.encoding)
        except LookupError:
            raise StoryError(
                f"{STORY_FILE}: {where}, encoding: {mapping.encoding!r} is none that is known; use one such as 'cp1251'"
            ) from None
    if mapping.date_format is not None:
        try:
            told = datetime.strptime(datetime(2026, 3, 4, 18, 20).strftime(mapping.date_format), mapping.date_format)
        except ValueError:
            told = None
        if told is None or (told.year, told.month, told.day) != (2026, 3, 4):
            advice = "it must give day, month and year, such as '%d/%m/%Y' or '%Y-%m-%d %H:%M'"
            raise StoryError(f"{STORY_FILE}: {where}, date_format: {mapping.date_format!r} is no form of a date; {advice}")


def check_time_zone(name: str, where: str) -> None:
    """Raises StoryError, with the zones nearest to it, where `name` is no IANA time zone."""
    zones = _time_zones()
    if name in zones:
        return
    by_fold = {zone.casefold(): zone for zone in sorted(zones)}
    by_town = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(zones) if "/" in zone}
    folded = name.casefold().strip().replace(" ", "_")
    near = [by_town[town] for town in difflib.get_close_matches(folded.rpartition("/")[2], by_town, n=3, cutoff=0.75)]
    near += [by_fold[zone] for zone in difflib.get_close_matches(folded, by_fold, n=3, cutoff=NEAR)]
    near = list(dict.fromkeys(near))[:3]
    advice = f"did you mean {' or '.join(repr(zone) for zone in near)}?" if near else "use an IANA name such as 'Asia/Yerevan' or 'UTC'"
    raise StoryError(f"{where} {name!r} is no time zone; {advice}")


@functools.cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones() - {"localtime", "Factory", "posixrules"})


def _check_country(code: str, where: str) -> None:
    countries = _countries()
    if code in countries or code in USER_ASSIGNED_COUNTRIES:
        return
    upper = code.strip().upper()
    by_name = {name.casefold(): known for known, name in countries.items()}
    near = difflib.get_close_matches(code.strip().casefold(), by_name, n=1, cutoff=0.75)
    guess = COUNTRY_SLIPS.get(upper) or (upper if upper in countries else None) or (by_name[near[0]] if near else None)
    advice = f"did you mean {guess!r}?" if guess else "use an ISO 3166 code of two letters, such as 'AM'"
    raise StoryError(f"{STORY_FILE}: {where}: {code!r} is no country's code; {advice}")


@functools.cache
def _countries() -> dict[str, str]:
    """ISO 3166 codes and names, from the table that the time zone data carry."""
    table = resources.files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}
