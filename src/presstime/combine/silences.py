"""Accusations and calls → silences: who was accused or called upon, and of whom no statement was found.

In: readings, and who everybody is. Out: silences, each because of the statement that first called for an answer. "Did
not comment" is a finding about somebody, and so no silence; nor is it one where somebody of that side was quoted: the
body's spokesperson, or the government or a body of its country. Where nothing of a country was gathered (nothing
published or datelined there, nobody of it quoted), its silence says nothing about it and is left out. Private people are
never listed.

Example: a contractor is accused in one paper and quoted nowhere → a silence, because of that accusation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from presstime.combine.accused import actor_at_start, called_upon
from presstime.combine.book import Book
from presstime.combine.identity import IDENTITY as IDENTITY_STEP
from presstime.combine.identity_lands import land_of_body
from presstime.combine.identity_notes import home_of
from presstime.combine.names import name_key
from presstime.combine.stages import Known, Note, Settled, Stage, World
from presstime.combine.who import IDENTITY, Who, named, speaker_of
from presstime.findings import Silence
from presstime.ids import make_id
from presstime.records import Reading, Statement

__all__ = ["SILENCES", "Silent", "Voiced", "present_silences", "silent_ids"]


_OF = re.compile(r"\b(?:of|for|at|with)\s+(?:the\s+)?(?P<body>[A-Z][^,;]+)")
"""Whose somebody is: "lawyer for Delvan Works"."""


_FOR_A_BODY = frozenset({"offer", "promise", "refusal"})
"""What only somebody of a body says of it: "the mission is ready to send two nurses"."""


class Voiced(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What one document has of one side.

    `called` are those called upon, with the statement and its place in the order; None stands for a country whose forces
    are named and no body of it. `government` is its government's id, `spoke` tells that somebody of it was heard, and
    `gathered` that the document comes from there.
    """

    called: tuple[tuple[str | None, str, str], ...] = ()
    government: str | None = None
    spoke: bool = False
    gathered: bool = False


class Silent(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """Those of one side who were called upon and not heard: actor, the statement that called, and its place in the order."""

    actors: tuple[tuple[str, str, str], ...]


def _notes(reading: Reading, known: Known) -> Iterator[Note[Voiced]]:
    """Who is called upon in a document, who speaks, and from which country it comes: a note a side."""
    document = reading.document.id
    called: dict[str, list[tuple[str | None, str, str]]] = {}
    heard: set[str] = set()
    for name in (reading.document.outlet, *reading.document.credits):
        heard |= _sides(named(known, document, name))
    for s in reading.statements:
        heard |= _sides(speaker_of(known, document, s))
        spoken_for = actor_at_start(reading, s) if s.act in _FOR_A_BODY else None
        for one in known.of(IDENTITY_STEP, spoken_for.id)[:1] if spoken_for else ():
            heard |= _sides(one)
        for name in _bodies_of(reading, s):
            ids = (a.id for a in reading.actors if name_key(a.name) == name_key(name))
            for body in (named(known, document, name), *(w for id_ in ids for w in known.of(IDENTITY_STEP, id_))):
                heard |= _sides(body)
        for target in called_upon(reading, s, known):
            if target.public:
                actor = target.who.actor if target.who else None
                at = known.at(s.content[0].start if s.content else 0)
                called.setdefault(_side(actor, target.nation), []).append((actor, s.id, at))
    outlet = named(known, document, reading.document.outlet)
    homes = {_nation(n) for n in (home_of(reading, known), outlet.nation if outlet else None, _land_of(reading, known)) if n}
    everyone = (w for facts in known.facts.get(IDENTITY, {}).values() for w in facts)
    governments = {_nation(w.nation): w.actor for w in everyone if w.kind == "government" and w.nation}
    for side in sorted(called.keys() | heard | homes | governments.keys()):
        voiced = Voiced(called=tuple(called.get(side, ())), government=governments.get(side), spoke=side in heard, gathered=side in homes)
        yield Note(side, make_id("side", document, side), known.at(0), voiced)


def _sides(one: Who | None) -> set[str]:
    """The sides that are heard when somebody speaks: their own, and that of the body whose voice they are."""
    if one is None or one.standing != "named":
        return set()
    return {_side(one.actor, one.nation), *([_side(one.voice, one.nation), f"actor {one.voice}"] if one.voice else [])}


def _bodies_of(reading: Reading, statement: Statement) -> tuple[str, ...]:
    """The bodies that somebody who speaks belongs to, or whose lawyer or head a description says it is."""
    speaker = statement.speaker
    actor = next((a for a in reading.actors if speaker is not None and a.id == speaker.actor), None)
    if actor is None or actor.kind != "person":
        return ()
    found = [actor.affiliation, *(m["body"] for words in (actor.role, actor.name) if words for m in _OF.finditer(words))]
    return tuple(name for name in found if name)


def _land_of(reading: Reading, known: Known) -> str | None:
    """The country after which an outlet is named."""
    name = reading.document.outlet
    told = known.world.nations.in_name(name) if name else None
    return told[0].key if told else land_of_body(name, "organisation", None, known.world) if name else None


def _side(actor: str | None, nation: str | None) -> str:
    return _nation(nation) if nation else f"actor {actor}"


def _nation(nation: str) -> str:
    return f"nation {nation}"


def _settle(key: str, notes: Sequence[Note[Voiced]], world: World) -> Settled[None, Silent]:
    """Those of one side who were called upon, where nobody of it was heard."""
    if any(n.data.spoke for n in notes) or (key.startswith("nation ") and not any(n.data.gathered for n in notes)):
        return Settled()
    government = next((n.data.government for n in notes if n.data.government), None)
    found: dict[str, tuple[str, str, str]] = {}
    for n in notes:
        for actor, statement, order in n.data.called:
            if actor or government:
                found.setdefault(actor or str(government), (actor or str(government), statement, order))
    return Settled(Silent(actors=tuple(found.values()))) if found else Settled()


SILENCES: Stage[Voiced, None, Silent] = Stage(name="silences", data=Voiced, fact=type(None), found=Silent, notes=_notes, settle=_settle)


def silent_ids(found: Iterable[Silent]) -> frozenset[str]:
    """The ids of all actors of whom an answer was wanted and no statement was found."""
    return frozenset(actor for silent in found for actor, _, _ in silent.actors)


def present_silences(found: Iterable[Silent], book: Book) -> tuple[Silence, ...]:
    """Every silence, in the order in which its actor was first called upon."""
    every = sorted((order, actor, because) for silent in found for actor, because, order in silent.actors)
    return tuple(
        Silence(actor=book.name(actor), because=because, documents=book.documents, as_of=book.as_of) for order, actor, because in every
    )
