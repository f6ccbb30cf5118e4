"""Spokespersons → the bodies whose voice they are, and ministers → what they are ministers of, wherever they are quoted.

In: readings in which somebody is told to be one, and who everybody is. Out: for each of a person's records a `Voice`: the
body, the country whose it is, and the minister's field. A paper that quotes the person without the role is told by one
that has it.

Example: "Mila Dron, spokeswoman for the Lake Board" in one paper → in another, what Mila Dron says is the Lake Board's word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from presstime.combine.identity import IDENTITY
from presstime.combine.ministries import field_headed
from presstime.combine.stages import Known, Note, Settled, Stage, World
from presstime.combine.who import VOICES as _NAME
from presstime.combine.who import Voice, Who, named
from presstime.records import Actor, Reading

__all__ = ["VOICES"]

_BODY = re.compile(r"\b(?:of|for|at)\s+(?:the\s+)?(?P<body>[^,;]+)", re.IGNORECASE)


def _notes(reading: Reading, known: Known) -> Iterator[Note[Voice]]:
    """Every person of a reading, with the body whose voice the reading says it is."""
    for actor in reading.actors:
        if actor.kind != "person":
            continue
        for me in known.of(IDENTITY, actor.id)[:1]:
            body = _body(reading, actor, known) if "spokes" in (actor.role or "").lower() else None
            speaks = body is not None and body.actor != me.actor
            voice = Voice(body=body.actor, nation=body.nation) if body is not None and speaks else Voice(heads=field_headed(actor.role))
            yield Note(me.actor, actor.id, known.at(actor.mentions[0].start if actor.mentions else 0), voice)


def _body(reading: Reading, actor: Actor, known: Known) -> Who | None:
    """The body that a spokesperson's role or affiliation names, or that stands before the role ("ministry spokesman")."""
    match = _BODY.search(actor.role or "")
    before = re.split(r"\bspokes", actor.role or "", flags=re.IGNORECASE)[0].strip()
    for words in (match["body"] if match else None, actor.affiliation, before):
        found = named(known, reading.document.id, words)
        if found is not None and found.kind != "person":
            return found
    return None


def _settle(key: str, notes: Sequence[Note[Voice]], world: World) -> Settled[Voice, None]:
    """The first body and the first field that are told for a person, for all records of the person."""
    told = next((n.data for n in notes if n.data.body is not None), Voice())
    voice = msgspec.structs.replace(told, heads=next((n.data.heads for n in notes if n.data.heads), ""))
    return Settled() if voice == Voice() else Settled(None, {n.record: voice for n in notes})


VOICES: Stage[Voice, Voice, None] = Stage(name=_NAME, data=Voice, fact=Voice, found=type(None), notes=_notes, settle=_settle)
