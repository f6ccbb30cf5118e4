"""Statements → whom they accuse or call upon.

In: a reading, one of its statements, and who everybody is. Out: those at whom it points: the doers of the harm it
alleges, the one it says did wrong ("accused X of…", "X had opened the gates"), the one it demands from or appeals to. A
country's forces or guns point at the country, whose government is then called upon.

Example: "The mayor accused Delvan Works of leaving the wall unfinished" → Delvan Works.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from presstime.combine.accused_names import accused_head, names_accused
from presstime.combine.bodies import has_head, is_generic
from presstime.combine.identity import IDENTITY
from presstime.combine.identity_hints import HINTS
from presstime.combine.identity_lands import land_of_body
from presstime.combine.identity_words import lists
from presstime.combine.names import is_named, name_key
from presstime.combine.people import public_office
from presstime.combine.stages import Known
from presstime.combine.who import Who, named, passing_id, speaker_of, who
from presstime.records import Actor, Event, Participant, Reading, Statement

__all__ = ["Target", "actor_at_start", "addressed", "called_upon"]

_HARMFUL = frozenset({"ASSAULT", "COERCE", "THREATEN"})
_AT = frozenset({"ACCUSE", "REQUEST", "THREATEN"})
_CALLING = frozenset({"demand", "appeal", "accusation"})
_TOLD = re.compile(r"\b(?:told|tells?|telling|spoke|speaking|interview|informed|reporters|journalists)\b", re.IGNORECASE)
"""Cues whose addressee is who heard it, not who is called upon: "told the Echo"."""
_LEAD = re.compile(r"(?:that|the|a|an|on|upon|for|to|of|both|it was|how)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\s+(?:(?:should|must|to|had|has|have)\s+)?(?:be|is|are|was|were|been|being|gets?)\b", re.IGNORECASE)
"""What follows somebody to whom something is done, not who does it."""
_LEADING = 3
"""Small words that may stand before the one called upon: "on the"."""


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody called upon: who it is, or where only a country's forces are named, the key of the country.

    `public` is false for persons who hold no public office: they are never listed.
    """

    who: Who | None
    nation: str | None
    name: str
    public: bool = True


def called_upon(reading: Reading, statement: Statement, known: Known) -> tuple[Target, ...]:
    """Whom a statement accuses or calls upon, its own speaker left out."""
    if statement.act not in _CALLING:
        return ()
    speaker = speaker_of(known, reading.document.id, statement)
    own = {speaker.actor, speaker.voice} if speaker else set()
    found: dict[str, Target] = {}
    for target in _targets(reading, statement, known):
        id_ = target.who.actor if target.who else f"nation {target.nation}"
        if id_ not in own and not (speaker and target.who is None and target.nation == speaker.nation):
            found.setdefault(id_, target)
    return tuple(found.values())


def _targets(reading: Reading, statement: Statement, known: Known) -> Iterator[Target]:
    document = reading.document.id
    for event in reading.events:
        if _told_in(event, statement):
            side = event.recipient if event.type in _AT else event.actor if _alleged(event, statement) else None
            if side is not None:
                yield from _participant(reading, side, known)
    heard = addressed(reading, statement, known)
    if heard is not None:
        yield _target(reading, heard, statement.addressee or "", known)
    if statement.act == "accusation":
        head = accused_head(reading, statement)
        inside = _actors_in(reading, *head) if head else []
        if inside:
            yield from (_target(reading, w, a.name, known) for a in inside[:1] for w in known.of(IDENTITY, a.id)[:1])
    else:
        inside = []
    for name in () if inside else names_accused(reading, statement):
        one = named(known, document, name)
        if one is not None:
            yield _target(reading, one, name, known)
    start = actor_at_start(reading, statement, doing=True)
    for one in known.of(IDENTITY, start.id)[:1] if start and not _is_place(reading, start) else ():
        yield _target(reading, one, start.name if start else "", known)


def _is_place(reading: Reading, actor: Actor) -> bool:
    """Whether a name is read as a place, too: "Velm" in "Velm has come under fire" is no doer."""
    first = actor.mentions[:1]
    return any(p.use == "literal" and p.start < m.end and m.start < p.end for p in reading.places for m in first)


def addressed(reading: Reading, statement: Statement, known: Known) -> Who | None:
    """Whom a statement is addressed to, where that is not merely who heard it."""
    cue = statement.cue
    if not statement.addressee or (cue and _TOLD.search(reading.document.text[cue.start : cue.end])):
        return None
    return named(known, reading.document.id, statement.addressee)


def _told_in(event: Event, statement: Statement) -> bool:
    """Whether a statement tells an event, be it first or once more."""
    again = any(c.start <= m.start and m.end <= c.end for m in event.mentions[1:] for c in statement.content)
    return event.statement == statement.id or again


def _alleged(event: Event, statement: Statement) -> bool:
    return statement.act == "accusation" and event.type in _HARMFUL


def _participant(reading: Reading, side: Participant, known: Known) -> Iterator[Target]:
    """A participant, or the country whose forces or guns its words name ("Keldan mortars")."""
    found = who(known, reading.document.id, side)
    if found is not None and found.standing == "named":
        yield _target(reading, found, side.name, known)
        return
    told = known.world.nations.in_name(side.name)
    nation = told[0].key if told else land_of_body(side.name, "group", None, known.world)
    if nation is not None:
        yield Target(None, nation, side.name)


def _target(reading: Reading, one: Who, name: str, known: Known) -> Target:
    roles = [a.role for a in reading.actors if a.name == name]
    public = one.kind != "person" or any(public_office(r) for r in roles)
    if not _of_nation(one.nation) and _is_place_somewhere(reading, name, known):
        public = False  # a place does not answer
    told = known.world.nations.in_name(name) if one.nation is None and one.kind == "group" else None  # "Ostrian troops"
    nation = told[0].key if told else one.nation
    if one.kind != "government" and (
        is_generic(name) or _is_description(name, one)
    ):  # "Soldiers", "the Supreme Court": their country, if anybody
        return Target(None, nation, name, nation is not None)
    return Target(one, nation, name, public and one.standing == "named" and is_named(name))


def _is_place_somewhere(reading: Reading, name: str, known: Known) -> bool:
    """Whether this document or another one has a place of this name."""
    ids = (passing_id(reading.document.id, name), *(a.id for a in reading.actors if a.name == name))
    told = any(h.what == "placed" for id_ in ids for h in known.of(HINTS, id_))
    return told or any(name_key(p.name) == name_key(name) and p.use == "literal" for p in reading.places)


def _of_nation(nation: str | None) -> bool:
    """Whether somebody is a country's that the gazetteer or the story knows, not only by what a text calls a government."""
    return nation is not None and not nation.startswith("land:")


def _is_description(name: str, one: Who) -> bool:
    """Whether a name only says what somebody is ("Soldiers", "Gunmen on trucks", "Public Defender"), or is a court's."""
    if one.kind == "person":
        return False
    words = re.findall(r"[^\W\d_]+", re.sub(r"^[Tt]he\s+", "", name))
    if not words:
        return False
    last = name_key(words[-1])
    if (last in lists().titles and last not in lists().heads) or last in lists().courts:
        return True
    if one.kind != "group" or has_head(name):
        return False
    return words[0].endswith(("s", "men")) or any(w[0].islower() and w not in lists().small for w in words)


def actor_at_start(reading: Reading, statement: Statement, doing: bool = False) -> Actor | None:
    """The actor with whom a statement's words begin; with `doing`, only where something is said that it did or should do."""
    if not statement.content:
        return None
    text, span = reading.document.text, statement.content[0]
    at = span.start
    for _ in range(_LEADING):
        while at < span.end and not text[at].isalnum():
            at += 1
        match = _LEAD.match(text, at, span.end)
        if match is None:
            break
        at = match.end()
    while at < span.end and not text[at].isalnum():
        at += 1
    for actor in reading.actors:
        for mention in actor.mentions:
            if mention.start <= at < mention.end and mention.end <= span.end:
                return None if doing and _PASSIVE.match(text, mention.end) else actor
    return None


def _actors_in(reading: Reading, start: int, end: int) -> list[Actor]:
    """The actors mentioned in some characters, the nearest to the end first."""
    there = [(m.end, a) for a in reading.actors for m in a.mentions if start <= m.start and m.end <= end]
    return [a for _, a in sorted(there, key=lambda x: -x[0])]
