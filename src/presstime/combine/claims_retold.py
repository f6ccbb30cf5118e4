"""Statements that only repeat an earlier one → what is shown of them, under the statement that they repeat.

In: readings and what is known of their statements. Out: for every statement that is told again word for word those who tell it
again; and claims with these put beside the first of them. What is true of the first is true of them, so they need not be compared;
but one that its own document answers, or that answers another there, stands for itself (`claims`).

Example: a denial in an agency's story and in nine papers → the agency's is compared, and nine stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from presstime.combine.claim_pairs import is_repeated
from presstime.combine.claims_repeated import REPEATED
from presstime.combine.claims_sayings import saying_of
from presstime.combine.disputes import ClaimsFound, Matter, Saying
from presstime.combine.stages import Known, Note, Settled, Stage, World
from presstime.records import Reading

__all__ = ["RETOLD", "Retold", "answers_in", "retold_in", "with_retold"]


class Retold(msgspec.Struct, frozen=True, array_like=True):
    """A statement, and those that repeat it, in order."""

    first: str
    again: tuple[Saying, ...]


def answers_in(reading: Reading) -> dict[str, tuple[str, ...]]:
    """What each denial of a document answers there."""
    there = {s.id for s in reading.statements}
    found = {s.id: tuple(a for a in s.answers if a in there) for s in reading.statements if s.act == "denial"}
    return {denial: targets for denial, targets in found.items() if targets}


def retold_in(reading: Reading, known: Known) -> set[str]:
    """The statements of a document that only repeat an earlier one, and neither answer another there nor are answered."""
    answers = answers_in(reading)
    linked = {*answers, *(a for targets in answers.values() for a in targets)}
    return {s.id for s in reading.statements if s.id not in linked and is_repeated(known, s.id)}


def _notes(reading: Reading, known: Known) -> Iterator[Note[Saying]]:
    retold = retold_in(reading, known)
    for statement in reading.statements:
        if statement.id in retold:
            saying = saying_of(reading, known, statement, None)
            yield Note(known.of(REPEATED, statement.id)[0].first, statement.id, saying.order, saying)


def _settle(key: str, notes: Sequence[Note[Saying]], world: World) -> Settled[None, Retold]:
    return Settled(Retold(key, tuple(n.data for n in notes)))


def with_retold(found: Iterable[ClaimsFound], retold: Iterable[Retold]) -> tuple[ClaimsFound, ...]:
    """Claims and denials with those that repeat them; without claims that nobody denies and only one document makes."""
    again = {each.first: each.again for each in retold}
    whole = ((_whole(matter, again) for matter in each.matters) for each in found)
    return tuple(ClaimsFound(tuple(m for m in matters if m.denials or len({s.document for s in m.claims}) > 1)) for matters in whole)


def _whole(matter: Matter, again: Mapping[str, Sequence[Saying]]) -> Matter:
    return msgspec.structs.replace(matter, claims=_beside(matter.claims, again), denials=_beside(matter.denials, again))


def _beside(said: Sequence[Saying], again: Mapping[str, Sequence[Saying]]) -> tuple[Saying, ...]:
    more = [r for s in said for r in again.get(s.record, ())]
    return tuple(sorted((*said, *more), key=lambda s: (s.order, s.record))) if more else tuple(said)


RETOLD = Stage(name="claims_retold", data=Saying, fact=type(None), found=Retold, notes=_notes, settle=_settle)
