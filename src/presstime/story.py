"""A story's folder: story.toml, the ledger, the archive of raw files and the editions.

Comes in: a folder's path. Goes out: a `Story` with its `Context`, which is what reading may know beforehand.
Example: `open_story(Path("offensive"))` of a folder whose story.toml says `time_zone = "Asia/Yerevan"` gives a story
whose context reads "Tuesday night" on Yerevan's clock. What is wrong in story.toml is a StoryError, never a guess.
"""

from __future__ import annotations

import difflib
import functools
import json
import re
import tomllib
import zoneinfo
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec

from presstime.problems import StoryError
from presstime.records import Context, KnownActor, KnownPlace, Record
from presstime.version import context_hash

__all__ = [
    "ARCHIVE",
    "EDITIONS",
    "LEDGER",
    "STORY_FILE",
    "Story",
    "StoryFile",
    "context_hash",
    "new_story",
    "open_story",
    "parse_story",
]

STORY_FILE = "story.toml"
LEDGER = "ledger.db"
ARCHIVE = "archive"
EDITIONS = "editions"

NEAR = 0.6
"""How alike (difflib's ratio) a key or a zone must be to be suggested; difflib's own default."""

MAX_NAME_BYTES = 100
"""Longest folder name taken: file systems allow 255 bytes, of which files inside an archive need some."""

USER_ASSIGNED_COUNTRIES = frozenset({"XK"})
"""Codes that ISO 3166 leaves to users and that gazetteers use all the same: Kosovo."""

COUNTRY_SLIPS = {"UK": "GB", "EL": "GR"}
"""Codes often written for another: neither is in ISO 3166 as a country's code."""

RESERVED_NAMES = frozenset({"con", "prn", "aux", "nul", *(f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10))})
"""Names that Windows keeps for devices, with any ending."""

_T = TypeVar("_T", bound=msgspec.Struct)
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


class Story(Record, frozen=True):
    """A story's folder and what its story.toml says. `inputs` are as written there, relative to `folder`."""

    folder: Path
    title: str
    time_zone: str
    region: tuple[str, ...]
    actors: tuple[KnownActor, ...]
    places: tuple[KnownPlace, ...]
    inputs: tuple[str, ...]
    context: Context


def new_story(folder: Path, title: str | None = None, time_zone: str = "UTC") -> Story:
    """Make `folder` with a commented story.toml, an archive and a place for editions; gives the story.

    `title` is the folder's name where none is given. Raises StoryError where the folder's name could do harm, where
    it is a file, or where a story is there already: none is ever overwritten.
    """
    fault = _folder_fault(folder.name)
    if fault:
        raise StoryError(f"cannot make a story in {str(folder)!r}: its name {fault}; choose a plain name such as 'offensive-2023'")
    heading = _one_line(folder.name if title is None else title)
    if not heading:
        raise StoryError("the title is empty; give a few words, or leave it out to use the folder's name")
    _check_time_zone(time_zone, "the time zone")
    target = folder / STORY_FILE
    template = resources.files("presstime").joinpath("story_template.toml").read_text(encoding="utf-8")
    text = template.replace("@TIME_ZONE@", time_zone).replace("@TITLE@", _toml_escaped(heading))
    try:
        for part in (folder, folder / ARCHIVE, folder / EDITIONS):
            part.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        if target.exists():
            raise StoryError(f"{folder} is a story already; open it, or choose another name for the new one") from None
        raise StoryError(f"cannot make a story in {folder}: a file of that name is there; choose another name") from None
    except OSError as error:
        raise StoryError(f"cannot make a story in {folder}: {error.strerror or error}; choose a folder you may write to") from None
    return open_story(folder)


def open_story(folder: Path) -> Story:
    """The story of a folder. Raises StoryError, with the key and what to do, where story.toml is not as it must be."""
    path = folder / STORY_FILE
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise StoryError(f"{folder} holds no {STORY_FILE}; make a story with: presstime new {folder}") from None
    except OSError as error:
        raise StoryError(f"{path} cannot be read: {error.strerror or error}; check that it is a file you may read") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise StoryError(f"{STORY_FILE}: line {line} is not UTF-8; save the file as UTF-8") from None
    file = parse_story(text)
    actors = tuple(_plain(KnownActor, actor) for actor in file.actors)
    places = tuple(_plain(KnownPlace, place) for place in file.places)
    context = Context(time_zone=file.time_zone, region=file.region, actors=actors, places=places)
    return Story(
        folder=folder,
        title=file.title,
        time_zone=file.time_zone,
        region=file.region,
        actors=actors,
        places=places,
        inputs=file.inputs,
        context=context,
    )


def parse_story(text: str) -> StoryFile:
    """The settings that story.toml's text gives, checked strictly. Raises StoryError."""
    try:
        tables = tomllib.loads(text + "\n")
    except tomllib.TOMLDecodeError as error:
        raise StoryError(f"{STORY_FILE} is not TOML: {error}; mend that place (text stands between double quotes)") from None
    _check_keys(tables, StoryFile, "the top level")
    for key, type_ in (("actors", StoryActor), ("places", StoryPlace)):
        entries = tables.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise StoryError(f"{STORY_FILE}: {key!r} must be tables, each under a line [[{key}]]")
        for number, entry in enumerate(entries, 1):
            _check_keys(entry, type_, _entry_name(key, number, entry))
    try:
        file = msgspec.convert(tables, StoryFile)
    except msgspec.ValidationError as error:
        raise StoryError(_type_fault(str(error), tables)) from None
    _check_time_zone(file.time_zone, f"{STORY_FILE}: time_zone")
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
    _check_distinct(file.actors, "actors")
    _check_distinct(file.places, "places")
    return file


# ---------------------------------------------------------------- checks


def _plain(type_: type[_T], entry: Any) -> _T:
    return type_(**{field: getattr(entry, field) for field in type_.__struct_fields__})


def _entry_name(key: str, number: int, entry: dict[str, Any]) -> str:
    name = entry.get("name")
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
    if limit := re.match(r"Expected `float` ([<>]=) (-?[\d.]+)", what):
        words = "at least" if limit[1] == ">=" else "at most"
        return f"{STORY_FILE}: {where} must be {words} {limit[2].removesuffix('.0')}; points are in degrees"
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
        elif key in ("actors", "places"):
            words.append(_entry_name(key, int(index) + 1, tables[key][int(index)]))
        else:
            words.append(f"{key} {int(index) + 1}")
    return ", ".join(words)


def _choices(where: str) -> list[str]:
    key = where.rpartition(", ")[2]
    entry = StoryActor if key == "kind" else StoryPlace
    choice = next(field.type for field in msgspec.inspect.type_info(entry).fields if field.name == key)  # type: ignore[attr-defined]
    return list(choice.values)


def _check_distinct(entries: Sequence[StoryActor | StoryPlace], key: str) -> None:
    owner: dict[str, int] = {}
    for number, entry in enumerate(entries, 1):
        for name in (entry.name, *entry.names):
            first = owner.setdefault(" ".join(name.casefold().split()), number)
            if first != number:
                other = _entry_name(key, first, {"name": entries[first - 1].name})
                this = _entry_name(key, number, {"name": entry.name})
                raise StoryError(f"{STORY_FILE}: {other} and {this} both go by {name!r}; join them, or take the name from one")


def _check_time_zone(name: str, where: str) -> None:
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


def _folder_fault(name: str) -> str | None:
    """Why a folder of this name could do harm, or None."""
    if name in ("", ".", ".."):
        return "is not a name of its own"
    if name.startswith(("-", ".", "~")):
        return f"starts with {name[0]!r}"
    if name.endswith((".", " ")) or name.startswith(" "):
        return "starts or ends with a space, or ends with a dot"
    if bad := next((char for char in name if char in '/\\:*?"<>|$`%' or not char.isprintable()), None):
        return f"holds {bad!r}"
    if name.split(".")[0].casefold() in RESERVED_NAMES:
        return "is kept for a device on Windows"
    if len(name.encode("utf-8", "surrogatepass")) > MAX_NAME_BYTES:
        return f"is longer than {MAX_NAME_BYTES} bytes"
    return None


def _one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _toml_escaped(text: str) -> str:
    """Printable `text` as it stands between double quotes in TOML; a JSON string's escapes are TOML's too."""
    return json.dumps(text, ensure_ascii=False)[1:-1]
