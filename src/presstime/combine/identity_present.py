"""Identity as settled → the actors and candidates of the findings.

In: everyone under every key. Out: `FoundActor`s in order of their first sighting, each once: what people joined across
keys is one row; and `Candidate`s, the likeliest first.

Example: two keys that give one id by a person's decision → one actor with the names of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from presstime.combine.bodies import land_stem
from presstime.combine.identity_lands import land_key
from presstime.combine.identity_records import Found, People
from presstime.combine.identity_words import lists
from presstime.combine.names import name_key
from presstime.combine.stages import World
from presstime.findings import Candidate, FoundActor

__all__ = ["present_actors", "present_candidates", "present_lands"]


def present_actors(found: Iterable[People], world: World) -> tuple[FoundActor, ...]:
    """Every actor, in order of the first sighting."""
    rows: dict[str, list[Found]] = {}
    for people in found:
        for each in people.actors:
            if each.shown:
                rows.setdefault(each.id, []).append(each)
    ordered = sorted(
        (sorted(parts, key=lambda p: (not p.known, p.order, p.names)) for parts in rows.values()), key=lambda p: (p[0].order, p[0].id)
    )
    return tuple(_actor(parts) for parts in ordered)


def _actor(parts: list[Found]) -> FoundActor:
    first = parts[0]
    names = list(dict.fromkeys(name for p in parts for name, count in p.names))
    return FoundActor(
        id=first.id,
        name=names[0],
        names=tuple(names[1:]),
        kind=first.kind,
        country=next((p.country for p in parts if p.country), None),
        role=next((p.role for p in parts if p.role), None),
        affiliation=next((p.affiliation for p in parts if p.affiliation), None),
        members=tuple(dict.fromkeys(m for p in parts for m in p.members)),
        redirects=tuple(sorted({r for p in parts for r in p.redirects} - {first.id})),
    )


def present_lands(found: Iterable[People]) -> dict[str, str]:
    """The names of the countries that only the texts tell, by their keys: the land's name before its people's."""
    names: dict[str, set[str]] = {}
    for people in found:
        for each in people.actors:
            if each.nation and each.nation.startswith("land:"):
                names.setdefault(each.nation, set()).update(n for name, _ in each.names if (n := land_in(name, each.nation)))
    return {key: min(them, key=_plainness) for key, them in names.items() if them}


def land_in(name: str, nation: str) -> str | None:
    """The word or words in a name that are a land's: "Government of Ostria" → "Ostria"."""
    words = [re.sub(r"['’]s?$", "", w) for w in name.split()]
    for length in (2, 1):
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            if run[:1].isupper() and name_key(run) == run.lower() and land_key(land_stem(run)) == nation:
                return run
    return None


def _plainness(name: str) -> tuple[bool, int, str]:
    """A land's own name rather than its people's."""
    return name.endswith(lists().peoples), len(name), name


def present_candidates(found: Iterable[People], actors: Mapping[str, FoundActor]) -> tuple[Candidate, ...]:
    """Pairs of actors that may be one, for a person to decide; `actors` are those presented, by id."""
    pairs = (
        Candidate(kind="actor", one=u.one, other=u.other, names=(actors[u.one].name, actors[u.other].name), why=u.why, score=u.score)
        for people in found
        for u in people.unsure
        if u.one in actors and u.other in actors
    )
    return tuple(sorted(pairs, key=lambda c: (-c.score, c.one, c.other)))
