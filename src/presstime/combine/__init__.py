"""Combine: readings → findings, step by step, each finding in a module of its own.

In: a ledger, or readings in any order, that count as of a moment. Out: `Findings`, derived and nothing else: they can
be made again at any time. The same readings, moment, context and decisions give the same findings, whether they came at
once or one after the other. docs/combining.md says what each finding means and what it can get wrong.

Example: `combine_readings(readings, as_of="2026-03-03T20:00:00+02:00", context=Context()).disputes`.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Literal

import msgspec

from presstime.combine.moments import order_of
from presstime.combine.nations import Nations
from presstime.combine.presenting import present_findings
from presstime.combine.second import Second
from presstime.combine.stages import World
from presstime.combine.steps import bring_up_to_date
from presstime.findings import Decision, Findings
from presstime.ledger import Bench, Correction, Ledger, Signature, counts_as_of
from presstime.ledger.anchors import in_force
from presstime.ledger.beside import handle_key, owners
from presstime.ledger.corrected import BESIDE, by_document, corrected
from presstime.records import Context, Reading

__all__ = ["combine", "combine_readings"]

_HANDLES = "handles"
"""Under what the bench remembers the accounts and their owners."""


def combine(
    ledger: Ledger,
    changed: Iterable[str] | None = None,
    corrections: Iterable[Correction] | None = None,
    *,
    moment: datetime,
    context: Context,
    time_zone: str = "UTC",
    kind: Literal["draft", "published"] = "draft",
) -> Findings:
    """Everything that can be found in a ledger's documents as of a moment; only what a change touches is found anew.

    `changed` are the ids of the documents to look at (None: all of them are looked at, which takes a moment only);
    `corrections` those to heed (None: the ledger's own). People's decisions are the ledger's. What was settled stays on
    the ledger's bench; the findings are given back and not entered. Raises LedgerError.
    """
    heeded = tuple(ledger.corrections() if corrections is None else corrections)
    world = World(context, Nations(context), ledger.decisions(), _handles(heeded))
    with _no_search_for_cycles(), ledger.bench() as bench:
        looked_at = None if changed is None or bench.fresh else set(changed)
        if looked_at is not None:
            looked_at |= _of_changed_handles(ledger, bench, world)
        kept = _Kept(ledger, bench, looked_at, heeded, world, moment, time_zone)
        bring_up_to_date(bench, kept, world, lambda documents: Second.begin(ledger.path, world, heeded, documents))
        bench.remember(_HANDLES, msgspec.json.encode(world.handles).decode())
        return present_findings(bench, world, moment.isoformat(timespec="seconds"), kind)


def combine_readings(
    readings: Iterable[Reading],
    *,
    as_of: str,
    context: Context,
    kind: Literal["draft", "published"] = "draft",
    decisions: Sequence[Decision] = (),
    corrections: Iterable[Correction] = (),
) -> Findings:
    """Everything that can be found in these readings. `as_of` is ISO 8601 with its offset. Of two readings of one document one counts.

    The readings are given as corrected; of `corrections` only those of handles are heeded here.
    """
    world = World(context, Nations(context), tuple(decisions), _handles(corrections))
    bench = Bench.in_memory()
    with _no_search_for_cycles():
        bring_up_to_date(bench, _Given(readings), world)
        return present_findings(bench, world, as_of, kind)


def _handles(corrections: Iterable[Correction]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((handle_key(handle), owner) for handle, owner in owners(corrections).items()))


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Python looks through all that is alive for cycles, again and again; combining makes many small records and no cycles.

    Without it the findings of 10,000 documents are written in 1.1 s instead of 1.5 s.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            if not gc.get_freeze_count():  # among the old ones at once, else the next search goes through all that was made here
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def _order(document: str, published: str | None, as_of: str | None) -> str:
    """Where a document stands among the others: by its time of publication, the undated last; equals by their ids."""
    return f"{order_of(published, as_of).isoformat()} {document}"


def _tells(correction: Correction) -> bool:
    """Whether an entry changes what is combined: not one that only says what a person thinks of a record."""
    return correction.field not in BESIDE and correction.field != "checked"


def _of_changed_handles(ledger: Ledger, bench: Bench, world: World) -> set[str]:
    """The documents that name an account whose owner is another than when the bench was last brought up to date."""
    before = msgspec.json.decode(bench.state(_HANDLES) or "[]", type=tuple[tuple[str, str], ...])
    return {document for handle, _ in set(before) ^ set(world.handles) for document in ledger.documents_naming(handle)}


class _Given:
    """Readings that are given and not kept."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._readings: dict[str, tuple[str, Reading]] = {}
        for reading in readings:
            signature = hashlib.sha256(msgspec.json.encode(reading)).hexdigest()
            known = self._readings.get(reading.document.id)
            # a ledger gives one reading a document; should there be two, the choice must not depend on their order
            if known is None or known[0] < signature:
                self._readings[reading.document.id] = signature, reading

    def signatures(self) -> Mapping[str, tuple[str, str]]:
        return {d: (s, _order(d, r.document.published, r.document.as_of)) for d, (s, r) in self._readings.items()}

    def readings(self, documents: Sequence[str]) -> Iterator[Reading]:
        return (self._readings[d][1] for d in documents)


class _Kept:
    """A ledger's readings as of a moment, with people's corrections in them."""

    def __init__(
        self,
        ledger: Ledger,
        bench: Bench,
        looked_at: set[str] | None,
        corrections: Sequence[Correction],
        world: World,
        moment: datetime,
        time_zone: str,
    ) -> None:
        self._ledger = ledger
        self._corrections = by_document(corrections)
        self._heeded = {document: "".join(c.id for c in in_force(own) if _tells(c)) for document, own in self._corrections.items()}
        self._handles: dict[str, str] = {}
        for handle, owner in world.handles:
            for document in ledger.documents_naming(handle):
                self._handles[document] = f"{self._handles.get(document, '')} @{handle}={owner}"
        signed = ledger.signatures(looked_at)
        counted = {s.document: self._signature(s) for s in signed if counts_as_of(s, moment, time_zone)}
        kept = {} if looked_at is None else {d: s for d, s in bench.documents().items() if d not in looked_at}
        self._signatures = kept | counted

    def _signature(self, signed: Signature) -> tuple[str, str]:
        said = f"{self._heeded.get(signed.document, '')}{self._handles.get(signed.document, '')}"
        return f"{signed.reading} {said}", _order(signed.document, signed.published, signed.as_of)

    def signatures(self) -> Mapping[str, tuple[str, str]]:
        return self._signatures

    def readings(self, documents: Sequence[str]) -> Iterator[Reading]:
        for reading in self._ledger.readings_of(documents):
            yield corrected(reading, self._corrections.get(reading.document.id, ()))
