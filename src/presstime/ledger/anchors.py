"""Where a correction belongs: which entries are in force, and which record of a reading each one is of.

In: corrections, in the order in which they came, and a reading's records. Out: the entries that nobody has taken back, and
for an anchor (kind, spans, words) the record that overlaps it best by characters. Offsets are code points.
Example: "low" was corrected at "51 people died"; a newer reading has the figure at "51 people": it is the same one (F1 0.78).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from presstime.ledger.entries import Correction
from presstime.records import Actor, Event, Figure, Place, Span, Statement, Time

__all__ = ["ANCHORED", "KINDS", "best_match", "by_document", "in_force", "overlap", "spans_of", "standing", "words_at"]

ANCHORED = 0.5
"""The character F1 from which on a record is the one that a correction was made of (DESIGN's rule)."""

KINDS: dict[str, tuple[str, type[Any]]] = {
    "actor": ("actors", Actor),
    "statement": ("statements", Statement),
    "figure": ("figures", Figure),
    "event": ("events", Event),
    "place": ("places", Place),
    "time": ("times", Time),
}
"""The kinds of records that can be corrected: the field of `Reading` that holds them, and their type."""


def in_force(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The entries that hold, in order: without those taken back, and without those that only take others back."""
    return tuple(one for one in standing(corrections) if one.field != "undone")


def standing(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The entries that nobody has taken back by an entry that stands itself, in order.

    An entry takes back earlier ones only, by their id or their batch; one that takes back such an entry restores them.
    """
    taken: set[str | None] = set()
    kept: list[Correction] = []
    for one in reversed(tuple(corrections)):
        if one.id in taken or (one.batch is not None and one.batch in taken):
            continue
        if one.field == "undone":
            taken.add(one.takes_back)
        kept.append(one)
    return tuple(reversed(kept))


def by_document(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    """Corrections by the document that they are of, in order; those of none are left out."""
    found: dict[str, list[Correction]] = defaultdict(list)
    for correction in corrections:
        if correction.document is not None:
            found[correction.document].append(correction)
    return dict(found)


def spans_of(record: Any) -> tuple[Span, ...]:
    """The characters by which a record is known: a statement's content and cue, an actor's first mention, else its own."""
    if isinstance(record, Statement):
        return (*record.content, *((record.cue,) if record.cue else ()))
    if isinstance(record, Actor):
        return record.mentions[:1]
    return (Span(start=record.start, end=record.end),)


def words_at(text: str, spans: Iterable[Span]) -> str:
    """The words at some spans, as they stand in an anchor."""
    return " … ".join(text[span.start : span.end] for span in spans)


def overlap(one: Iterable[Span], other: Iterable[Span]) -> float:
    """How far two sets of characters are the same: F1, 0 to 1; 0 where one is empty."""
    one, other = tuple(one), tuple(other)
    ends = [(min(s.start for s in spans), max(s.end for s in spans)) for spans in (one, other) if spans]
    if len(ends) < 2 or ends[0][1] <= ends[1][0] or ends[1][1] <= ends[0][0]:
        return 0.0  # most are far apart, and this is quicker
    a, b = _characters(one), _characters(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def best_match(records: Sequence[Any], spans: tuple[Span, ...], words: str) -> Any | None:
    """The record that overlaps an anchor best, the first of equals; None where none does enough.

    An actor is the one of whose mentions one does, since a newer reader may find an earlier mention; one who is
    mentioned nowhere is known by the name.
    """
    if not spans:
        return next((r for r in records if isinstance(r, Actor) and not r.mentions and r.name == words), None)
    best, most = None, 0.0
    for record in records:
        if isinstance(record, Actor):
            found = max((overlap((mention,), spans) for mention in record.mentions), default=0.0)
        else:
            found = overlap(spans_of(record), spans)
        if found > most:
            best, most = record, found
    return best if most >= ANCHORED else None


def _characters(spans: Iterable[Span]) -> set[int]:
    return {i for span in spans for i in range(span.start, span.end)}
