"""Readings → what every step settles, on a bench: all of it at first, and later only what a change touches.

In: a bench, the readings that count, the steps in order. Out: nothing; the bench holds notes, outcomes and facts. A
document that is new, changed or gone has its notes taken anew; the keys of the notes that differ are settled anew; and
documents about whose records a fact changed are noted anew by later steps. Every step is pure (`stages`), so the bench
is the same in the end as if it had been made at once.

Example: ten papers come into a ledger of ten thousand: a few dozen keys are settled, and the rest stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from presstime.combine.chained import Chained
from presstime.combine.keyed import Keyed
from presstime.combine.linked import Linked
from presstime.combine.noted import Entry, Group, decode_entries, encode, entries_of
from presstime.combine.stages import Known, Stage, World
from presstime.ledger.bench import Bench
from presstime.records import Reading

__all__ = ["AnyStage", "Beside", "Facts", "Finder", "Source", "run", "take_level"]

AnyStage = Stage[Any, Any, Any]
_REMEMBERED = 200_000
"""Facts that are kept decoded: many are equal."""
_BATCH = 2_000
"""Documents whose notes, and keys whose outcomes, are written together."""


class Source(Protocol):
    """Where the readings that count come from."""

    def signatures(self) -> Mapping[str, tuple[str, str]]:
        """The documents that count: id → (a hash of the reading and its corrections, its place in the order)."""
        ...

    def readings(self, documents: Sequence[str]) -> Iterator[Reading]:
        """The readings of some documents, in the order asked for."""
        ...


class Finder(Protocol):
    """A step that keeps its own books on the bench: the finding of copies. Gives the documents about which facts changed."""

    def __call__(self, bench: Bench, source: Source, gone: Sequence[str], come: Sequence[str]) -> set[str]:
        """`gone` and `come` are ids, the latter in order; a changed document is in both."""
        ...


class Beside(Protocol):
    """A second process that takes some of the steps, on a fresh bench only: such as need no facts but one another's."""

    def takes(self, stage: AnyStage) -> bool:
        """Whether a step is one of its own."""
        ...

    def finish(self, bench: Bench) -> bool:
        """Waits for its steps of the next level, and puts what they settled on the bench; false where it failed and did not."""
        ...

    def close(self) -> None:
        """Lets it end."""
        ...


def run(
    bench: Bench,
    source: Source,
    world: World,
    first: Finder,
    levels: Sequence[Sequence[AnyStage]],
    kinds: Mapping[str, type],
    decided: Sequence[str] = (),
    beside: Callable[[Mapping[str, tuple[str, str]]], Beside | None] = lambda _: None,
) -> bool:
    """Brings the bench up to date; false where nothing had changed.

    The steps of one level need facts of earlier levels only. `kinds` are the types of facts by step, that of `first`
    among them. `decided` are the ids about which people have decided otherwise than when the bench was last brought up
    to date. `beside` gives, for the documents that count, a second process where everything is to be combined.
    """
    was, now = bench.documents(), source.signatures()
    gone = [d for d in was if now.get(d) != was[d]]
    come = sorted((d for d in now if now[d] != was.get(d)), key=lambda d: (now[d][1], d))
    if not gone and not come and not decided:
        return False
    bench.drop(gone)
    bench.take_in((d, *now[d]) for d in come)
    facts = Facts(bench, kinds)
    second = beside(now) if bench.fresh else None
    try:
        dirty = {*gone, *come} | first(bench, source, gone, come)
        for number in range(len(levels) + 1):
            if second is not None and number and not second.finish(bench):  # it is waited for where its facts are wanted
                rest = [stage for stage in levels[number - 1] if second.takes(stage)]
                second.close()
                second = None
                dirty |= take_level(bench, source, world, rest, dirty, now, facts, decided)
            here = [stage for level in levels[number : number + 1] for stage in level if second is None or not second.takes(stage)]
            dirty |= take_level(bench, source, world, here, dirty, now, facts, decided)
    finally:
        if second is not None:
            second.close()
    bench.fresh = False
    return True


class Facts:
    """The facts about a document's records, decoded. Equal ones are decoded once."""

    def __init__(self, bench: Bench, kinds: Mapping[str, type]) -> None:
        self._bench = bench
        self._decoders: dict[str, Callable[[bytes], Any]] = {s: msgspec.msgpack.Decoder(kind).decode for s, kind in kinds.items()}
        self._decoded: dict[tuple[str, bytes], Any] = {}

    def of(self, document: str) -> dict[str, dict[str, tuple[Any, ...]]]:
        """Step → record → facts, in order of their keys."""
        if len(self._decoded) > _REMEMBERED:
            self._decoded.clear()
        return {
            stage: {record: tuple(self._decode(stage, fact) for fact in own) for record, own in records.items()}
            for stage, records in self._bench.facts_of(document).items()
        }

    def _decode(self, stage: str, fact: bytes) -> Any:
        at = stage, fact
        if at not in self._decoded:
            self._decoded[at] = self._decoders[stage](fact)
        return self._decoded[at]


def take_level(
    bench: Bench,
    source: Source,
    world: World,
    level: Sequence[AnyStage],
    dirty: set[str],
    now: Mapping[str, tuple[str, str]],
    facts: Facts,
    decided: Sequence[str],
) -> set[str]:
    """One pass through the dirty documents for all steps of a level; gives the documents about which facts changed."""
    if not level:
        return set()
    works = [_Work(bench, stage) for stage in level]
    for document in sorted(dirty - now.keys()):
        for work in works:
            work.note(document, [])
    there = sorted((d for d in dirty if d in now), key=lambda d: (now[d][1], d))
    for reading in source.readings(there):
        document = reading.document.id
        known = Known(world, now[document][1], facts.of(document))
        for work in works:
            work.note(document, entries_of(work.stage.notes(reading, known), work.stage.linked))
    changed: set[str] = set()
    for work in works:
        changed |= work.settle(world, decided)
    return changed


class _Work:
    """One step's work in one level."""

    def __init__(self, bench: Bench, stage: AnyStage) -> None:
        self.stage = stage
        self._bench = bench
        self._notes: Keyed | Linked = (Linked if stage.linked else Chained if stage.chained else Keyed)(bench, stage)
        self._noted: list[tuple[str, bytes]] = []

    def note(self, document: str, entries: list[Entry]) -> None:
        """Puts a document's notes in the place of its earlier ones; the keys of those that differ are touched."""
        name, bench = self.stage.name, self._bench
        kept = None if bench.fresh else bench.noted(name, document)
        data = encode(self._notes.kept(entries)) if entries else None
        if data == kept:
            return
        self._notes.change(document, decode_entries(kept) if kept is not None else [], entries)
        if data is None:
            bench.remove_noted(name, [document])
            return
        self._noted.append((document, data))
        if len(self._noted) >= _BATCH:
            self._write_noted()

    def settle(self, world: World, decided: Sequence[str]) -> set[str]:
        """Settles what is touched and keeps what comes of it; gives the documents about whose records a fact changed."""
        self._write_noted()
        touched = [key for one in decided for key in self._bench.keys_with(self.stage.name, one)] if self.stage.decided else []
        return self._bench.replace_facts(self.stage.name, self._settled(world, self._notes.groups(touched)))

    def _write_noted(self) -> None:
        self._bench.put_noted(self.stage.name, sorted(self._noted))
        self._noted.clear()

    def _settled(self, world: World, groups: Iterator[Group]) -> Iterator[tuple[str, dict[str, tuple[str, bytes]]]]:
        """The facts of each group; writes its outcome."""
        outcomes: list[tuple[str, bytes]] = []
        empty: list[str] = []
        encoded: dict[int, tuple[Any, bytes]] = {}
        for key, notes, lines in groups:
            settled = self.stage.settle(key, notes, world) if notes else None
            if isinstance(self._notes, Chained) and settled is not None:
                outcomes.append((key, self._notes.hand_on(settled.handed_on)))
            elif settled is not None and settled.found is not None:
                outcomes.append((key, encode(settled.found)))
            elif not self._bench.fresh:
                empty.append(key)
            if settled is not None and settled.facts:
                document_of = {line[1]: line[2] for line in lines}
                encoded.clear()  # many records of a key have one and the same fact
                for fact in settled.facts.values():
                    if id(fact) not in encoded:
                        encoded[id(fact)] = fact, encode(fact)
                yield key, {record: (document_of[record], encoded[id(fact)][1]) for record, fact in settled.facts.items()}
            elif not self._bench.fresh:
                yield key, {}
            if len(outcomes) >= _BATCH:
                self._bench.put_outcomes(self.stage.name, outcomes)
                outcomes.clear()
        self._bench.put_outcomes(self.stage.name, outcomes)
        self._bench.remove_outcomes(self.stage.name, empty)
