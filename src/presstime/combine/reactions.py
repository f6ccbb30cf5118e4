"""Statements → reactions: what each named actor did in words, towards whom, first and latest.

In: readings, who everybody is, and each document's origin. Out: reactions by actor: who condemned, backed, demanded,
accused, denied, or was reported to say nothing. The same words of one origin stand once, however many outlets carry
them. Somebody who is only described ("three witnesses") is no actor of the story and does not stand here.

Example: "Norrel condemned the attack" → Norrel, condemnation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from presstime.combine.accused import actor_at_start, addressed, called_upon
from presstime.combine.bodies import has_head
from presstime.combine.book import Book
from presstime.combine.identity import IDENTITY
from presstime.combine.identity_names import parts_of
from presstime.combine.moments import order_of
from presstime.combine.names import is_named, is_pronoun
from presstime.combine.stages import Known, Note, Settled, Stage, World
from presstime.combine.terms import folded, words_of
from presstime.combine.who import Who, named, speaker_of
from presstime.findings import Reaction
from presstime.ids import make_id
from presstime.records import Act, Reading, Statement

__all__ = ["REACTIONS", "Acted", "Reacted", "Said", "present_reactions"]

_PLAIN: frozenset[Act] = frozenset({"claim", "confirmation", "retraction"})
"""Acts that are no reaction to anybody; all others are."""
_TOWARDS_START: frozenset[Act] = frozenset({"support", "condemnation", "threat", "refusal", "offer", "warning"})
"""Acts whose words may begin with the one they are towards: "backed Norrel"."""


class Said(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One statement of an actor: the act, towards whom (an actor's id or words), its wording, origin and time."""

    actor: str
    nation: str | None
    act: Act
    towards: str | None
    wording: str
    origin: str
    at: str | None


class Acted(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One act towards one other, with the statements that show it, in order."""

    act: Act
    towards: str | None
    statements: tuple[str, ...]
    first: str | None
    latest: str | None
    order: str


class Reacted(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """All reactions of one actor."""

    actor: str
    nation: str | None
    acts: tuple[Acted, ...]


def _notes(reading: Reading, known: Known) -> Iterator[Note[Said]]:
    """Every statement of a named actor that does something towards others."""
    document = reading.document
    origin = next((fact.origin for fact in known.facts.get("origins", {}).get(document.id, ())), document.id)
    for s in reading.statements:
        for speaker in () if s.act in _PLAIN else _speakers(reading, s, known):
            said = Said(
                actor=speaker.actor,
                nation=speaker.nation,
                act=s.act,
                towards=_towards(reading, s, known),
                wording=make_id("words", _wording(reading, s)),
                origin=origin,
                at=s.said_at if s.said_at and order_of(s.said_at).year < _NEVER else document.published or document.as_of,
            )
            yield Note(speaker.actor, s.id, known.at(s.content[0].start if s.content else s.cue.start if s.cue else 0), said)


def _speakers(reading: Reading, statement: Statement, known: Known) -> list[Who]:
    """Who reacts: each of several speakers ("Ostria and Keldany"), if they are named or a body ("the drivers' union")."""
    document = reading.document.id
    several = parts_of(statement.speaker.name) if statement.speaker else []
    each = [w for name in several if (w := named(known, document, name))] if len(several) > 1 else []
    if statement.speaker is not None and _is_crowd(statement.speaker.name):
        return []
    body = statement.speaker is not None and has_head(statement.speaker.name)
    found = each if len(each) == len(several) else [speaker_of(known, document, statement)]
    return [w for w in found if w is not None and (w.standing == "named" or (body and w.kind in ("organisation", "government")))]


_NEVER = 9999


def _is_crowd(name: str) -> bool:
    """Whether words are for several people without a name: "Three witnesses", with its capital where a sentence begins."""
    first, *rest = re.findall(r"[^\W\d_]+", name) or [""]
    return (
        bool(rest)
        and all(w.islower() for w in rest)
        and first[:1].isupper()
        and rest[-1].endswith(("s", "men", "people"))
        and not has_head(name)
    )


def _wording(reading: Reading, statement: Statement) -> str:
    """What tells one statement of an actor from the next: its words, with its cue where it has no other."""
    cue = statement.cue
    words = words_of(reading, statement) or (reading.document.text[cue.start : cue.end] if cue else "")
    return folded(words) or statement.id


def _towards(reading: Reading, statement: Statement, known: Known) -> str | None:
    """Whom a statement is towards: the one addressed or called upon, as an id, else the words for the one addressed."""
    if statement.act == "no-comment":
        return None
    heard = addressed(reading, statement, known)
    if heard is not None:
        return heard.actor
    for target in called_upon(reading, statement, known):
        if target.who is not None:
            return target.who.actor
    start = actor_at_start(reading, statement) if statement.act in _TOWARDS_START else None
    for one in known.of(IDENTITY, start.id)[:1] if start else ():
        speaker = speaker_of(known, reading.document.id, statement)
        if speaker is None or one.actor != speaker.actor:
            return str(one.actor)
    words = " ".join((statement.addressee or "").split())
    if is_pronoun(words) or (has_head(words) and not is_named(words)):  # whose "the ministry" is, was not found
        return None
    return words or None


def _settle(key: str, notes: Sequence[Note[Said]], world: World) -> Settled[None, Reacted]:
    """The reactions of one actor."""
    groups: dict[tuple[Act, str | None], dict[tuple[str, str], Note[Said]]] = {}
    for note in notes:
        groups.setdefault((note.data.act, note.data.towards), {}).setdefault((note.data.origin, note.data.wording), note)
    acts = []
    for (act, towards), kept in groups.items():
        told = list(kept.values())
        times = sorted((order_of(n.data.at), n.data.at) for n in told if n.data.at)
        first, latest = (times[0][1], times[-1][1]) if times else (None, None)
        acts.append(
            Acted(act=act, towards=towards, statements=tuple(n.record for n in told), first=first, latest=latest, order=told[0].order)
        )
    nation = next((n.data.nation for n in notes if n.data.nation), None)
    return Settled(Reacted(actor=key, nation=nation, acts=tuple(acts)))


REACTIONS: Stage[Said, None, Reacted] = Stage(name="reactions", data=Said, fact=type(None), found=Reacted, notes=_notes, settle=_settle)


def present_reactions(found: Iterable[Reacted], book: Book) -> tuple[Reaction, ...]:
    """Every reaction, in order of its first statement."""
    every = sorted(((act.order, each, act) for each in found for act in each.acts), key=lambda x: (x[0], x[1].actor, x[2].act))
    return tuple(
        Reaction(
            actor=book.name(each.actor),
            country=book.nations.get(each.nation or ""),
            act=act.act,
            towards=book.name(act.towards) if act.towards else None,
            statements=act.statements,
            first=act.first,
            latest=act.latest,
        )
        for _, each, act in every
    )
