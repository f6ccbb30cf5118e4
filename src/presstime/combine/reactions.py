"""Statements → reactions by actor and country.

In: readings, the cast and each document's origin. Out: `Reaction`s: who condemned, backed, demanded, accused, denied…
and towards whom. The same words from one origin stand once, however many outlets carry them. Somebody who is only
described ("three witnesses") is no actor of the story and does not stand here.

Example: "Norrel condemned the attack" → Norrel, condemnation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from presstime.combine.identity import Cast
from presstime.combine.names import is_named
from presstime.combine.words import folded, words_of
from presstime.findings import FoundActor, Reaction
from presstime.records import Act, Reading, Statement

__all__ = ["find_reactions"]

_PLAIN: frozenset[Act] = frozenset({"claim", "confirmation", "promise", "retraction"})
"""Acts that are no reaction to anybody; all others are."""


def find_reactions(readings: Sequence[Reading], cast: Cast, origin_of: Mapping[str, str]) -> tuple[Reaction, ...]:
    """What named actors did in words, in order. `origin_of` gives the id of a document's origin."""
    groups: dict[tuple[str, Act, str], dict[tuple[str, str], Statement]] = {}
    shown: dict[str, FoundActor] = {}
    for reading in readings:
        document = reading.document.id
        for s in reading.statements:
            actor = cast.speaker(s, document)
            if actor is None or s.act in _PLAIN or not is_named(actor.name):
                continue
            shown[actor.id] = actor
            group = groups.setdefault((actor.id, s.act, _towards(s, document, cast)), {})
            group.setdefault((origin_of[document], _wording(reading, s)), s)
    return tuple(
        Reaction(
            actor=shown[a].name,
            country=_country(shown[a], cast),
            act=act,
            towards=towards or None,
            statements=tuple(s.id for s in group.values()),
        )
        for (a, act, towards), group in groups.items()
    )


def _wording(reading: Reading, statement: Statement) -> str:
    """What tells one statement of an actor from the next: its words, with its cue where it has no other."""
    cue = statement.cue
    words = words_of(reading, statement) or (reading.document.text[cue.start : cue.end] if cue else "")
    return folded(words) or statement.id


def _towards(statement: Statement, document: str, cast: Cast) -> str:
    """Whom a statement is addressed to: the actor, else the words."""
    found = cast.named(statement.addressee, document) if statement.addressee else None
    return found.name if found else " ".join((statement.addressee or "").split())


def _country(actor: FoundActor, cast: Cast) -> str | None:
    nation = cast.nation(actor) or cast.nation(cast.voice(actor))
    return nation.name if nation else None
