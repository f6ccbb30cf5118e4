"""The shape of a step of combining: what it notes of each reading, and what it settles for all that meets under one key.

In: readings, and what earlier steps found of their records. Out: notes, then for each key a finding and facts for later
steps. Both functions of a step are pure: what is noted depends on one reading and on facts about its own records, and
what is settled on the notes under one key (and on the story's `World`). So a few new documents touch a few keys only,
and combining piece by piece gives what combining at once gives.

Example: every figure of the killed is noted under "killed"; settling that key gives the series of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from presstime.combine.nations import Nations
from presstime.findings import Decision
from presstime.records import Context, Reading

__all__ = ["Known", "Note", "Settled", "Stage", "World"]

T = TypeVar("T")
F = TypeVar("F")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class World:
    """What is the same for the whole story: its context, the countries it may name, and what people have said.

    `handles` are accounts, as `handle_key` has them, with their owners' names.
    """

    context: Context
    nations: Nations
    decisions: tuple[Decision, ...] = ()
    handles: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)  # not frozen: making one then takes three times as long, and a story of 10,000 documents makes millions
class Note(Generic[T]):
    """What a step compares of one record. `order` sorts notes as the story tells them: by their documents' times.

    `links` are other records of the same step that this one belongs together with: only for steps that are `linked`.
    `earlier`: an earlier day handed it on, and settled it: only for steps that are `chained`.
    """

    key: str
    record: str
    order: str
    data: T
    links: tuple[str, ...] = ()
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Settled(Generic[F, R]):
    """What comes of one key: a finding, and for later steps a fact about each record it concerns.

    `handed_on` are those of the notes' records that the next day under this key is compared with: only for `chained` steps.
    """

    found: R | None = None
    facts: Mapping[str, F] = field(default_factory=dict)
    handed_on: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What a step may know of the reading it takes notes of. `order` is its document's, `position` that within it."""

    world: World
    order: str
    facts: Mapping[str, Mapping[str, tuple[Any, ...]]] = field(default_factory=dict)

    def of(self, stage: Stage[Any, F, Any], record: str) -> tuple[F, ...]:
        """The facts that an earlier step has about a record of this reading (or about the document, under its id)."""
        return self.facts.get(stage.name, {}).get(record, ())

    def all_of(self, stage: Stage[Any, F, Any]) -> Mapping[str, tuple[F, ...]]:
        """All facts that an earlier step has about this reading's records, by record."""
        return self.facts.get(stage.name, {})

    def at(self, position: int) -> str:
        """The order of a record that begins at a position of the text."""
        return f"{self.order}:{position:08d}"


@dataclass(frozen=True, kw_only=True)
class Stage(Generic[T, F, R]):
    """One step. `data`, `fact` and `found` are the msgspec types of its notes' data, of its facts and of its findings.

    The notes of a `linked` step are not grouped by their key but by their links: what hangs together is settled as one.
    Those of a `chained` step are settled day by day under each key, behind the notes that the day before handed on; it finds
    nothing, and gives facts only. A `decided` step heeds people's decisions.
    """

    name: str
    data: type[T]
    fact: type[F]
    found: type[R]
    notes: Callable[[Reading, Known], Iterable[Note[T]]]
    settle: Callable[[str, Sequence[Note[T]], World], Settled[F, R]]
    linked: bool = False
    chained: bool = False
    decided: bool = False
