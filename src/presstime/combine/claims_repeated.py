"""Statements of all documents → which of them only tell again, word for word, what an earlier one has told.

In: readings and whom their names stand for. Out: facts: for every statement that several documents carry in the same words of
the same speaker the first of them. Ten reprints of one story are compared with others' statements once, not ten times.

Example: "no gate was opened", said the board, in an agency's story and in nine papers → nine repeat the agency's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from presstime.combine.claims_told import ASSERTING
from presstime.combine.stages import Known, Note, Settled, Stage, World
from presstime.combine.who import reference
from presstime.ids import make_id
from presstime.records import Reading

__all__ = ["REPEATED", "RepeatFact"]


class Nothing(msgspec.Struct, frozen=True, array_like=True):
    """A note that says no more than that it is there."""


class RepeatFact(msgspec.Struct, frozen=True, array_like=True):
    """The first statement in the same words of the same speaker."""

    first: str


def _notes(reading: Reading, known: Known) -> Iterator[Note[Nothing]]:
    document = reading.document
    for s in reading.statements:
        if s.speaker is None or not s.content or not (s.act in ASSERTING or s.act in ("denial", "refusal")):
            continue
        speaker = reference(known, document.id, s.speaker)
        if speaker is None:
            continue
        words = " ".join(" ".join(document.text[c.start : c.end].split()) for c in s.content).casefold().strip(" .,;:“”\"'")
        yield Note(make_id("said", speaker, s.act, s.form == "narrated", words), s.id, known.at(s.content[0].start), Nothing())


def _settle(key: str, notes: Sequence[Note[Nothing]], world: World) -> Settled[RepeatFact, None]:
    if len(notes) < 2:
        return Settled()
    first = RepeatFact(notes[0].record)
    return Settled(facts={n.record: first for n in notes})


REPEATED = Stage(name="claims_repeated", data=Nothing, fact=RepeatFact, found=type(None), notes=_notes, settle=_settle)
