"""A story's folder: story.toml, the ledger, the archive of raw files and the editions.

Comes in: a folder's path. Goes out: a `Story` with its `Context`, which is what reading may know beforehand.
Example: `open_story(Path("offensive"))` of a folder whose story.toml says `time_zone = "Asia/Yerevan"` gives a story
whose context reads "Tuesday night" on Yerevan's clock. What is wrong in story.toml is a StoryError, never a guess.
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from presstime.mappings import Mapping
from presstime.problems import StoryError
from presstime.records import Context, KnownActor, KnownPlace, Record
from presstime.settings import Fetching
from presstime.story_file import STORY_FILE, StoryFile, check_time_zone, parse_story
from presstime.story_notify import Mail, Notify
from presstime.story_watch import Feed, Filter
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

LEDGER = "ledger.db"
ARCHIVE = "archive"
EDITIONS = "editions"

MAX_NAME_BYTES = 100
"""Longest folder name taken: file systems allow 255 bytes, of which files inside an archive need some."""

RESERVED_NAMES = frozenset({"con", "prn", "aux", "nul", *(f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10))})
"""Names that Windows keeps for devices, with any ending."""

_T = TypeVar("_T", bound=msgspec.Struct)


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
    mappings: tuple[Mapping, ...] = ()
    fetch: Fetching = Fetching()
    feeds: tuple[Feed, ...] = ()
    filter: Filter = Filter()
    notify: tuple[Notify, ...] = ()
    mail: Mail | None = None


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
    check_time_zone(time_zone, "the time zone")
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
        mappings=file.mappings,
        fetch=file.fetch,
        feeds=file.feeds,
        filter=file.filter,
        notify=file.notify,
        mail=file.mail,
    )


def _plain(type_: type[_T], entry: Any) -> _T:
    return type_(**{field: getattr(entry, field) for field in type_.__struct_fields__})


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
