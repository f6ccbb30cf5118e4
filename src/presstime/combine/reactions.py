"""Statements → reactions by actor and country, and silences.

In: readings and the actors across them. Out: `Reaction`s (who condemned, backed, demanded… towards whom) and
`Silence`s: an actor accused or called upon of whom no statement was found in what was gathered. A silence is always
that, never a refusal: the number of documents and the moment stand beside it. "Did not comment" is a statement of an
outlet's and no silence.

Example: a ministry is accused in one paper and quoted nowhere → a silence, because of that accusation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from presstime.combine.names import name_key
from presstime.findings import FoundActor, Reaction, Silence
from presstime.records import Act, Reading, Statement

__all__ = ["find_reactions", "find_silences"]

_REACTING: frozenset[Act] = frozenset(
    {"condemnation", "support", "demand", "appeal", "concern", "warning", "threat", "offer", "refusal", "no-comment", "denial", "accusation"}
)
_CALLING: frozenset[Act] = frozenset({"demand", "appeal", "accusation"})
_HOSTILE = ("ASSAULT", "COERCE", "THREATEN")


def find_reactions(readings: Sequence[Reading], actors: Mapping[str, FoundActor]) -> tuple[Reaction, ...]:
    """What governments, organisations and their people did in words. `actors` maps a reading's actor ids."""
    groups: dict[tuple[str, Act, str], list[Statement]] = {}
    shown: dict[str, FoundActor] = {}
    for reading in readings:
        for s in reading.statements:
            actor = actors.get(s.speaker.actor or "") if s.speaker else None
            if actor is None or s.act not in _REACTING:
                continue
            shown[actor.id] = actor
            groups.setdefault((actor.id, s.act, " ".join((s.addressee or "").split())), []).append(s)
    return tuple(
        Reaction(actor=shown[a].name, country=shown[a].country, act=act, towards=towards or None, statements=tuple(s.id for s in group))
        for (a, act, towards), group in groups.items()
    )


def find_silences(readings: Sequence[Reading], actors: Mapping[str, FoundActor], as_of: str) -> tuple[Silence, ...]:
    """Actors accused or called upon who are quoted nowhere: nor anyone of their country's government for a government."""
    spoke = {actors[s.speaker.actor or ""].id for r in readings for s in r.statements if s.speaker and (s.speaker.actor or "") in actors}
    names_spoke = [set(name_key(a.name).split()) for a in actors.values() if a.id in spoke]
    countries = {a.country for a in actors.values() if a.id in spoke and a.country and a.kind in ("government", "organisation")}
    by_name = {name_key(n): a for a in actors.values() for n in (a.name, *a.names)}
    found: dict[str, Silence] = {}
    for reading in readings:
        for s in reading.statements:
            for actor in _called(reading, s, actors, by_name):
                own = set(name_key(actor.name).split())
                answered = actor.id in spoke or (actor.country in countries and actor.kind != "person") or any(own <= n for n in names_spoke)
                if not answered and actor.kind != "person" and actor.id not in found:
                    found[actor.id] = Silence(actor=actor.name, because=s.id, documents=len(readings), as_of=as_of)
    return tuple(found.values())


def _called(reading: Reading, s: Statement, actors: Mapping[str, FoundActor], by_name: Mapping[str, FoundActor]) -> list[FoundActor]:
    """Whom a statement accuses or calls upon: the doers of what it alleges, and its addressee."""
    called = []
    speaker = actors.get(s.speaker.actor or "") if s.speaker else None
    if s.act == "accusation":
        for event in reading.events:
            doer = event.actor.actor if event.actor else None
            if event.statement == s.id and event.type in _HOSTILE and doer in actors:
                called.append(actors[doer])
    if s.act in _CALLING and s.addressee:
        named = by_name.get(name_key(s.addressee))
        if named is not None:
            called.append(named)
    return [a for a in called if speaker is None or a.id != speaker.id]
