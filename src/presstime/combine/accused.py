"""Statements → whom they accuse or call upon, and who has spoken at all.

In: readings and the cast. Out: per statement the actors it points at: the doers of the deeds it alleges, the one of
whom it says "accused X of", the one it demands from or appeals to. A country's forces or guns point at its government.

Example: "The mayor accused Delvane Works of leaving the wall unfinished" → Delvane Works.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from presstime.combine.identity import Cast
from presstime.combine.names import name_key
from presstime.findings import FoundActor
from presstime.records import Event, Participant, Reading, Statement

__all__ = ["accused_nations", "called_upon", "sides_that_spoke", "spoke"]

_HARMFUL = frozenset({"ASSAULT", "COERCE", "THREATEN"})
_AT = frozenset({"ACCUSE", "REQUEST", "THREATEN"})
_CALLING = frozenset({"demand", "appeal", "accusation"})
_ACCUSED_OF = re.compile(r"\bof\s+(?:not\s+)?\w+ing\b")
_TOLD = re.compile(r"\b(?:told|tells?|telling|spoke|speaking|interview|informed)\b", re.IGNORECASE)
"""Cues whose addressee is who heard it, not who is called upon: "told the Echo"."""
_NAME = re.compile(r"[^\W\d_]\S*")
_LONGEST = 6
"""Words of an actor's name that are looked for in an accusation."""


def called_upon(reading: Reading, statement: Statement, cast: Cast) -> tuple[FoundActor, ...]:
    """Whom a statement accuses or calls upon, its own speaker and persons' pronouns left out."""
    if statement.act not in _CALLING:
        return ()
    document = reading.document.id
    found: list[FoundActor | None] = []
    for event in reading.events:
        if _told_in(event, statement):
            found.append(_pointed_at(event, statement, document, cast))
    cue = statement.cue
    if statement.addressee and not (cue and _TOLD.search(reading.document.text[cue.start : cue.end])):
        found.append(cast.named(statement.addressee, document))
    if statement.act == "accusation":
        found.append(_accused_of(reading, statement, cast))
    speaker = cast.speaker(statement, document)
    own = {speaker.id, cast.voice(speaker).id} if speaker else set()
    return tuple({a.id: a for a in found if a is not None and a.id not in own}.values())


def accused_nations(reading: Reading, statement: Statement, cast: Cast) -> frozenset[str]:
    """The keys of the countries whose forces, guns or bodies an accusation makes the doers of a harm."""
    events = (e for e in reading.events if _told_in(e, statement) and e.type in _HARMFUL and e.actor is not None)
    told = (cast.nations.in_name(e.actor.name) for e in events if e.actor is not None)
    return frozenset(found[0].key for found in told if found is not None)


def _told_in(event: Event, statement: Statement) -> bool:
    """Whether a statement tells an event, be it first or once more."""
    again = any(c.start <= m.start and m.end <= c.end for m in event.mentions[1:] for c in statement.content)
    return event.statement == statement.id or again


def _pointed_at(event: Event, statement: Statement, document: str, cast: Cast) -> FoundActor | None:
    if event.type in _AT:
        return _whom(event.recipient, document, cast)
    if statement.act == "accusation" and event.type in _HARMFUL:
        return _whom(event.actor, document, cast)
    return None


def _whom(participant: Participant | None, document: str, cast: Cast) -> FoundActor | None:
    """A participant, or the government of the country that its words name ("Keldan mortars")."""
    found = cast.who(participant, document)
    if found is not None or participant is None:
        return found
    told = cast.nations.in_name(participant.name)
    if told is None:
        return None
    return next((a for a in (*cast.actors, *cast.others) if a.kind == "government" and cast.nation(a) == told[0]), None)


def _accused_of(reading: Reading, statement: Statement, cast: Cast) -> FoundActor | None:
    """The name that stands before "of …ing" at the head of an accusation's words."""
    if not statement.content:
        return None
    span = statement.content[0]
    words = reading.document.text[span.start : span.end]
    match = _ACCUSED_OF.search(words)
    if match is None:
        return None
    head = _NAME.findall(words[: match.start()].split(",")[0])
    for start in range(len(head)):
        for end in range(min(len(head), start + _LONGEST), start, -1):
            run = " ".join(head[start:end])
            actor = cast.named(run, reading.document.id) if run[:1].isupper() else None
            if actor is not None:
                return actor
    return None


def spoke(readings: Sequence[Reading], cast: Cast) -> dict[str, FoundActor]:
    """Everyone of whom a statement was found, by id, and those for whom a spokesperson spoke."""
    found: dict[str, FoundActor] = {}
    for reading in readings:
        for s in reading.statements:
            actor = cast.speaker(s, reading.document.id)
            for one in (actor, cast.voice(actor)) if actor else ():
                found[one.id] = one
        own = cast.named(reading.document.outlet)
        if own is not None:
            found[own.id] = own
    return found


def sides_that_spoke(spoken: dict[str, FoundActor], cast: Cast) -> tuple[set[str], list[set[str]]]:
    """Countries for which a government or body spoke, and the folded names of all who spoke, as sets of words."""
    nations = {n.key for a in spoken.values() if a.kind != "person" and (n := cast.nation(a))}
    return nations, [set(name_key(n).split()) for a in spoken.values() for n in (a.name, *a.names)]
