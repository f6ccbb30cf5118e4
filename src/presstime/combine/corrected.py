"""A reading and people's corrections of it → the reading as corrected.

In: a reading, and corrections anchored to kind, spans and words. Out: a reading with the corrected fields in the records
that overlap the anchors best, by characters; a correction that fits no record any more changes nothing (the desk shows
it as an orphan). The reading in the ledger stays as it was.

Example: "killed: 15, not 51", anchored to the words "51 people died" → the figure there has low and high 15.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from presstime.ledger import Correction
from presstime.records import Actor, Event, Figure, Place, Reading, Span, Statement, Time

__all__ = ["ANCHORED", "all_corrected", "anchored", "by_document", "corrected"]

ANCHORED = 0.5
"""The character F1 from which on a record is the one that a correction was made of (DESIGN's rule)."""
_KINDS: dict[str, tuple[str, type[Any]]] = {
    "actor": ("actors", Actor),
    "statement": ("statements", Statement),
    "figure": ("figures", Figure),
    "event": ("events", Event),
    "place": ("places", Place),
    "time": ("times", Time),
}


def corrected(reading: Reading, corrections: Iterable[Correction]) -> Reading:
    """The reading with corrections heeded, the last word on a field winning."""
    for correction in corrections:
        found = anchored(reading, correction)
        if found is None:
            continue
        group, kind = _KINDS[correction.kind]
        records = getattr(reading, group)
        reading = msgspec.structs.replace(reading, **{group: tuple(_put_right(r, correction, kind) if r is found else r for r in records)})
    return reading


def all_corrected(readings: Iterable[Reading], corrections: Iterable[Correction]) -> Iterator[Reading]:
    """Readings, each with its own corrections heeded."""
    own = by_document(corrections)
    return (corrected(reading, own.get(reading.document.id, ())) for reading in readings)


def by_document(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    """Corrections by the document that they are of, in order."""
    found: dict[str, list[Correction]] = defaultdict(list)
    for correction in corrections:
        found[correction.document].append(correction)
    return dict(found)


def anchored(reading: Reading, correction: Correction) -> Any | None:
    """The record that a correction is of: the one of its kind that overlaps its spans best; None where none does enough."""
    if correction.kind not in _KINDS:
        return None
    text = reading.document.text
    where = _characters(correction.spans)
    if " … ".join(text[s.start : s.end] for s in correction.spans) != correction.words:
        return None  # the words are gone
    records: Sequence[Any] = getattr(reading, _KINDS[correction.kind][0])
    best = max(records, key=lambda r: _overlap(_spans(r), where), default=None)
    return best if best is not None and _overlap(_spans(best), where) >= ANCHORED else None


def _put_right(record: Any, correction: Correction, kind: type[Any]) -> Any:
    """The record with one field put right; as it was where the value cannot be one of that field."""
    try:
        fields = msgspec.to_builtins(record) | {correction.field: msgspec.json.decode(correction.after or "null")}
        return msgspec.convert(fields, kind)
    except msgspec.MsgspecError:
        return record


def _spans(record: Any) -> tuple[Span, ...]:
    if isinstance(record, Statement):
        return (*record.content, *((record.cue,) if record.cue else ()))
    if isinstance(record, Actor):
        return record.mentions[:1]
    return (Span(start=record.start, end=record.end),)


def _characters(spans: Iterable[Span]) -> set[int]:
    return {i for s in spans for i in range(s.start, s.end)}


def _overlap(spans: Iterable[Span], where: set[int]) -> float:
    own = _characters(spans)
    return 2 * len(own & where) / (len(own) + len(where)) if own and where else 0.0
