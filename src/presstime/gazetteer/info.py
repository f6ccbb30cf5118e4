"""The gazetteer in use → plain facts about it, and about the places that bear a name, for people to look at.

Comes in: nothing, or a name or an id. Goes out: dictionaries for JSON. Nothing here is used in reading.
Example: `found("Leningrad")` gives Saint Petersburg, with the years in which it was called so, where they were loaded.
"""

from __future__ import annotations

from typing import Any

import msgspec

from presstime.gazetteer.in_use import VARIABLE
from presstime.gazetteer.lookup import open_gazetteer
from presstime.gazetteer.unpack import packed_version
from presstime.problems import InputError

__all__ = ["about", "found"]


def about() -> dict[str, Any]:
    """The file in use, its version, its counts; `note` where it was made over another shipped gazetteer than this one."""
    gazetteer = open_gazetteer()
    facts = gazetteer.facts()
    told: dict[str, Any] = {
        "gazetteer": "loaded from GeoNames' files" if gazetteer.loaded else "as it comes with presstime",
        "file": str(gazetteer.path),
        "version": gazetteer.version,
        **facts,
    }
    base = told.pop("base", None)
    if base is not None and base != packed_version():
        told["note"] = f"made over version {base} of the shipped gazetteer, which is now {packed_version()}: load the files again"
    told["undo"] = f"presstime gazetteer reset, or {VARIABLE}=shipped for one run" if gazetteer.loaded else "nothing was loaded"
    return told


def found(name: str) -> list[dict[str, Any]]:
    """The places that bear a name or have an id, the most populous first. InputError where there is none."""
    gazetteer = open_gazetteer()
    one = gazetteer.by_id(name) if ":" in name else None
    places = (one,) if one else gazetteer.candidates(name, short=True)
    if not places:
        raise InputError(f"no place bears the name {name!r}; add it to a story's story.toml as a [[places]] table")
    listed = []
    for place in places:
        told = msgspec.to_builtins(place)
        told["names"] = [
            msgspec.to_builtins(each) for each in gazetteer.names(place.id) if each.name != place.name or each.since or each.until
        ]
        listed.append(told)
    return listed
