"""Accusations and calls → silences: who was accused or called upon and of whom no statement was found.

In: readings and the cast. Out: `Silence`s, each with the number of documents gathered and the moment: a silence is
always that, never a refusal. "Did not comment" is a finding about somebody, so it is no silence; nor is one whose
country's government or spokesperson was quoted. Private people are not listed.

Example: a contractor is accused in one paper and quoted nowhere → a silence, because of that accusation.
"""

from __future__ import annotations

from collections.abc import Sequence

from presstime.combine.accused import called_upon, sides_that_spoke, spoke
from presstime.combine.identity import Cast, is_generic
from presstime.combine.names import is_named, name_key
from presstime.findings import FoundActor, Silence
from presstime.records import Reading

__all__ = ["find_silences", "unanswered"]


def find_silences(readings: Sequence[Reading], cast: Cast, as_of: str) -> tuple[Silence, ...]:
    """Every silence, in the order in which its actor was first called upon."""
    found: dict[str, Silence] = {}
    silent = unanswered(readings, cast)
    for reading in readings:
        for s in reading.statements:
            for actor in called_upon(reading, s, cast):
                if actor.id in silent and actor.id not in found:
                    found[actor.id] = Silence(actor=actor.name, because=s.id, documents=len(readings), as_of=as_of)
    return tuple(found.values())


def unanswered(readings: Sequence[Reading], cast: Cast) -> frozenset[str]:
    """The ids of the actors, persons left out, of whom, or of whose side, no statement was found."""
    spoken = spoke(readings, cast)
    nations, names = sides_that_spoke(spoken, cast)
    press = {name_key(n) for r in readings for n in (r.document.outlet, *r.document.credits) if n}
    asked = (
        a
        for a in (*cast.actors, *cast.others)
        if a.id not in spoken and a.kind != "person" and is_named(a.name) and not is_generic(a.name) and name_key(a.name) not in press
    )
    return frozenset(a.id for a in asked if not _sided(a, nations, names, cast))


def _sided(actor: FoundActor, nations: set[str], names: list[set[str]], cast: Cast) -> bool:
    """Whether its country's bodies spoke, or somebody under a longer form of its name."""
    nation = cast.nation(actor)
    own = set(name_key(actor.name).split())
    return (nation is not None and nation.key in nations) or any(own <= n for n in names)
