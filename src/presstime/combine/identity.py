"""Readings' actors → actors across documents.

In: readings and the story's known actors. Out: `FoundActor`s. A first version: the same folded name and kind is the
same actor, and what story.toml lists as one actor's names is one; everything else stays apart.

Example: "The Ferry Board" in one paper and "Ferry Board" in another → one actor with two names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from presstime.combine.names import name_key
from presstime.findings import FoundActor
from presstime.ids import make_id
from presstime.records import Actor, KnownActor, Reading

__all__ = ["find_actors"]


def find_actors(readings: Sequence[Reading], known: Sequence[KnownActor] = ()) -> tuple[FoundActor, ...]:
    """Every actor who spoke or is named in any reading, in order of the first mention."""
    listed = {name_key(n): actor for actor in known for n in (actor.name, *actor.names)}
    groups: dict[tuple[str, str], list[Actor]] = {}
    for reading in readings:
        for actor in reading.actors:
            story = listed.get(name_key(actor.name))
            key = ("known", name_key(story.name)) if story else (actor.kind, name_key(actor.name))
            groups.setdefault(key, []).append(actor)
    return tuple(_found(kind, key, members, listed.get(key)) for (kind, key), members in groups.items())


def _found(kind: str, key: str, members: list[Actor], story: KnownActor | None) -> FoundActor:
    names = _by_count(m.name for m in members)
    shown = story.name if story and kind == "known" else names[0]
    return FoundActor(
        id=make_id("found", kind, key),
        name=shown,
        names=tuple(n for n in names if n != shown),
        kind=story.kind if story and kind == "known" else members[0].kind,
        country=(story.country if story else None) or next((m.country for m in members if m.country), None),
        role=(story.role if story else None) or next((m.role for m in members if m.role), None),
        members=tuple(dict.fromkeys(m.id for m in members)),
    )


def _by_count(names: Iterable[str]) -> list[str]:
    return [n for n, _ in Counter(names).most_common()]
