"""Names and mentions in one reading → who they are across documents, as the identity step has settled it.

In: what is known of a reading's records. Out: a `Who`, or a reference: an actor's id where it is known who it is, else the
words. References are turned into names when findings are written (`book`), so that a new spelling touches nothing else.

Example: "the ministry" in one paper, an actor of its reading → the same `Who.actor` as "Keldan Defence Ministry" in another.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from presstime.combine.names import is_pronoun, name_key
from presstime.combine.stages import Known
from presstime.ids import make_id
from presstime.records import ActorKind, Participant, Speaker, Statement

__all__ = ["IDENTITY", "VOICES", "Voice", "Who", "named", "passing_id", "reference", "speaker_of", "who"]

IDENTITY = "identity"
"""The name of the step whose facts these are."""
VOICES = "voices"
"""The name of the step that tells whose voice a spokesperson is."""


class Who(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """Whom a record of one reading stands for.

    `actor` is the id of the actor across documents; `nation` the key of the country whose government or body it is
    (`Nation.key`), `voice` the id of the body that it speaks for, where it is a spokesperson. `standing` tells a proper
    name from a mere description ("three witnesses"), which never leaves its document.
    """

    actor: str
    kind: ActorKind
    nation: str | None = None
    voice: str | None = None
    standing: Literal["named", "described"] = "named"


class Voice(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """The body whose voice a spokesperson is, and the key of its country; `heads` is the field that a minister is the minister of."""

    body: str | None = None
    nation: str | None = None
    heads: str = ""


def passing_id(document: str, name: str) -> str:
    """The record id under which the identity step knows a name that is no actor of the reading: an addressee, an outlet."""
    return make_id("passing", document, name_key(name))


def who(known: Known, document: str, someone: Speaker | Participant | None) -> Who | None:
    """Whom a speaker or participant stands for; None where that could not be told."""
    if someone is None:
        return None
    facts = known.facts.get(IDENTITY, {})
    found = facts.get(someone.actor or "") or facts.get(passing_id(document, someone.name))
    if not found:
        return None
    voices: tuple[Voice, ...] = known.facts.get(VOICES, {}).get(someone.actor or "", ())
    one: Who = found[0]
    return msgspec.structs.replace(one, voice=voices[0].body, nation=one.nation or voices[0].nation) if voices else one


def named(known: Known, document: str, name: str | None) -> Who | None:
    """Whom a name stands for that the document uses (or its outlet, or whom it credits); None where that could not be told."""
    found = known.facts.get(IDENTITY, {}).get(passing_id(document, name)) if name else None
    return found[0] if found else None


def speaker_of(known: Known, document: str, statement: Statement) -> Who | None:
    """Who makes a statement."""
    return who(known, document, statement.speaker)


def reference(known: Known, document: str, someone: Speaker | Participant | None) -> str | None:
    """An actor's id, else the words for it; None where there is nobody, or only a pronoun whose bearer was not found."""
    found = who(known, document, someone)
    if found is not None:
        return found.actor
    return None if someone is None or is_pronoun(someone.name) else someone.name
