"""A reading and people's corrections of it → the reading as corrected, and what people have done to each record of it.

In: what the newest reader read, and the entries about the document, in the order in which they came. Out: the reading with what
people put right, took out and added, anew every time, so that it outlasts any new reading; and a `Review`: whose word each
record is, and the entries that fit no record any more (orphans), which change nothing and are shown, never dropped.

Example: "killed: 15, not 51", anchored to the words "51 people died" → the figure there has low and high 15.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from presstime.ledger.anchors import KINDS, best_match, by_document, in_force, overlap, spans_of, words_at
from presstime.ledger.entries import Correction, Review, State
from presstime.ledger.references import REFERENCES, LostReferenceError, resolved_value, without_gone
from presstime.records import Provenance, Reading, Span, Statement

__all__ = [
    "BESIDE",
    "DOCUMENT_FIELDS",
    "SAME",
    "all_corrected",
    "anchored",
    "by_document",
    "corrected",
    "corrected_and_reviewed",
    "reviewed",
]

SAME = 0.9
"""The character F1 from which on a record that a person added, and one that a newer reader found, are one record. Of two
statements of the example's readings, one within the other, the nearest reach 0.75; forty characters, once with quotation
marks and a "that" and once without, 0.93."""

DOCUMENT_FIELDS = ("outlet", "published", "headline", "byline", "language", "url")
"""The fields of a document that people can put right. Its text is never changed."""
BESIDE = frozenset({"check", "confidential", "embargo", "translation", "translates"})
"""What people say beside the record: it changes no field of it."""


@dataclass(slots=True)
class _Slot:
    """One record while corrections are heeded: as read or added, as it now is, and what was entered about it."""

    kind: str
    origin: Any
    now: Any
    added: bool = False
    gone: bool = False
    checked: bool = False
    changed: bool = False
    batches: set[str | None] = field(default_factory=set)
    gone_by: str | None = None
    heeded: list[Correction] = field(default_factory=list)
    entries: list[Correction] = field(default_factory=list)


def corrected(reading: Reading, corrections: Iterable[Correction]) -> Reading:
    """The reading with the corrections of its document heeded, the last word on a field winning."""
    return corrected_and_reviewed(reading, corrections)[0]


def reviewed(reading: Reading, corrections: Iterable[Correction]) -> Review:
    """What people have done to each record of a reading, and the entries that fit none any more."""
    return corrected_and_reviewed(reading, corrections)[1]


def all_corrected(readings: Iterable[Reading], corrections: Iterable[Correction]) -> Iterator[Reading]:
    """Readings, each with its own corrections heeded."""
    own = by_document(corrections)
    return (corrected(reading, own.get(reading.document.id, ())) for reading in readings)


def anchored(reading: Reading, correction: Correction) -> Any | None:
    """The record of a reading that a correction is of; None where no record overlaps it enough, or the words are gone."""
    if correction.kind not in KINDS or not _words_stand(reading, correction):
        return None
    return best_match(getattr(reading, KINDS[correction.kind][0]), correction.spans, correction.words)


def corrected_and_reviewed(reading: Reading, corrections: Iterable[Correction]) -> tuple[Reading, Review]:
    """`corrected` and `reviewed` at once."""
    own = [c for c in corrections if c.document == reading.document.id]
    if not own:
        return reading, _review(_slots(reading), ())
    work = _Work(reading, own)
    for correction in own:
        work.take(correction)
    return work.reading(), _review(work.slots, work.orphans)


class _Work:
    """Takes entries one by one."""

    def __init__(self, reading: Reading, own: Sequence[Correction]) -> None:
        self._read = reading
        self._force = {c.id for c in in_force(own)}
        self._document: dict[str, Any] = {}
        self._of_entry: dict[str | None, list[_Slot]] = defaultdict(list)
        self._absent: set[tuple[str, tuple[Span, ...]]] = set()
        self.slots = _slots(reading)
        self.orphans: list[Correction] = []

    def take(self, one: Correction) -> None:
        """Heeds one entry."""
        if one.field == "undone":
            for taken in self._of_entry[one.takes_back]:
                taken.entries.append(one)
                self._of_entry[one.id].append(taken)
            return
        holds = one.id in self._force
        if one.kind == "document":
            self.orphans += [one] if holds and not self._of_document(one) else []
            return
        if one.kind == "unattributed":
            self.orphans += [one] if holds and not any(overlap(one.spans, (_span(q),)) for q in self._read.unattributed) else []
            return
        if one.kind not in KINDS or not _words_stand(self._read, one):
            self.orphans += [one] if holds else []
            return
        slot = self._added(one, holds) if one.field == "added" else self._slot(one)
        if slot is None:
            self.orphans += [one] if holds else []
            return
        slot.entries.append(one)
        for key in {one.id, one.batch} - {None}:
            self._of_entry[key].append(slot)
        if not holds:
            return
        if one.field == "added" or self._changes(slot, one):
            slot.heeded.append(one)
            slot.batches.add(one.batch)
        else:
            self.orphans.append(one)

    def _of_document(self, one: Correction) -> bool:
        """Puts one field of the document right; false where that cannot be its value."""
        if one.field in DOCUMENT_FIELDS:
            try:
                self._document[one.field] = msgspec.json.decode(one.after or "null", type=str | None)
            except msgspec.MsgspecError:
                return False
        return one.field in DOCUMENT_FIELDS or one.field in BESIDE

    def reading(self) -> Reading:
        """The reading as corrected."""
        gone = self._gone()
        groups: dict[str, tuple[Any, ...]] = {}
        for kind, (group, _) in KINDS.items():
            left = [slot for slot in self.slots[kind] if not slot.gone]
            records = [without_gone(kind, slot.now, gone) if gone else slot.now for slot in left if not slot.added]
            for slot in left:
                if slot.added:
                    record = without_gone(kind, slot.now, gone) if gone else slot.now
                    records.insert(next((i for i, each in enumerate(records) if _start(each) > _start(record)), len(records)), record)
            groups[group] = tuple(records)
        said = [span for slot in self.slots["statement"] if slot.added and not slot.gone for span in slot.now.content]
        quotes = self._read.unattributed
        if said:
            quotes = tuple(q for q in quotes if not any(s.start < q.end and q.start < s.end for s in said))
        return msgspec.structs.replace(self._read, document=self._corrected_document(), unattributed=quotes, **groups)

    def _corrected_document(self) -> Any:
        document = self._read.document
        if not self._document:
            return document
        kept = tuple(each for each in document.provenance if each.field not in self._document)
        told = tuple(Provenance(field=name, source="correction") for name in self._document)
        return msgspec.structs.replace(document, **self._document, provenance=kept + told)

    def _slot(self, one: Correction) -> _Slot | None:
        """The record that an entry is of: one that a person added at just these words, else the one read that overlaps it best."""
        slots = self.slots[one.kind]
        added = next((s for s in slots if s.added and spans_of(s.origin) == one.spans), None)
        if added is not None:
            return added
        read = [s for s in slots if not s.added]
        if (one.kind, one.spans) in self._absent and not any(spans_of(s.origin) == one.spans for s in read):
            return None
        found = best_match([s.origin for s in read], one.spans, one.words)
        return next((s for s in read if s.origin is found), None)

    def _added(self, one: Correction, holds: bool) -> _Slot | None:
        """The record that a person added; it takes the place of one that a newer reader has found at the same words."""
        if not holds:
            self._absent.add((one.kind, one.spans))
            return None
        self._absent.discard((one.kind, one.spans))
        try:
            fields = msgspec.json.decode(one.after or "null")
            record = msgspec.convert(self._resolved(one.kind, fields), KINDS[one.kind][1])
        except (msgspec.MsgspecError, LostReferenceError, TypeError):
            return None
        slot = _Slot(one.kind, record, record, added=True)
        for other in self.slots[one.kind]:
            same = not other.gone and overlap(spans_of(other.origin), spans_of(record)) >= SAME
            if same or (other.origin.id == record.id and not other.gone):
                other.gone, other.gone_by = True, one.id
                slot.batches.add(one.id)
                slot.heeded += other.heeded
        self.slots[one.kind].append(slot)
        return slot

    def _changes(self, slot: _Slot, one: Correction) -> bool:
        """Puts one field right; false where the value cannot be one of that field any more."""
        try:
            value = msgspec.json.decode(one.after or "null")
            if one.field == "withdrawn":
                slot.gone, slot.gone_by = bool(value), one.batch or one.id
            elif one.field == "checked":
                slot.checked = bool(value)
            elif one.field not in BESIDE:
                fields = msgspec.to_builtins(slot.now)
                if one.field not in fields:
                    return False
                fields |= self._resolved(slot.kind, {one.field: value})
                slot.now = msgspec.convert(fields, KINDS[slot.kind][1])
                slot.changed = True
        except (msgspec.MsgspecError, LostReferenceError):
            return False
        return True

    def _resolved(self, kind: str, fields: dict[str, Any]) -> dict[str, Any]:
        refer = REFERENCES[kind]
        return {name: resolved_value(kind, name, value, self._id_of) if name in refer else value for name, value in fields.items()}

    def _id_of(self, kind: str, id_: str, spans: tuple[Span, ...], words: str) -> str | None:
        """The id of the record that a reference means now."""
        slots = self.slots[kind]
        if any(slot.now.id == id_ for slot in slots):
            return id_
        found = best_match([slot.now for slot in slots if not slot.gone], spans, words)
        return found.id if found is not None else None

    def _gone(self) -> dict[str, list[Any]]:
        """For the id of every record that is out: the records that took its place, in the same act."""
        gone: dict[str, list[Any]] = {}
        for slots in self.slots.values():
            there = {slot.now.id for slot in slots if not slot.gone}
            for slot in slots:
                if slot.gone and slot.now.id not in there:
                    gone[slot.now.id] = [o.now for o in slots if not o.gone and slot.gone_by in o.batches]
        return gone


def _slots(reading: Reading) -> dict[str, list[_Slot]]:
    return {kind: [_Slot(kind, r, r) for r in getattr(reading, group)] for kind, (group, _) in KINDS.items()}


def _review(slots: dict[str, list[_Slot]], orphans: Sequence[Correction]) -> Review:
    states: dict[str, State] = {}
    last: dict[str, Correction] = {}
    heeded: dict[str, tuple[Correction, ...]] = {}
    for group in slots.values():
        for slot in sorted(group, key=lambda slot: not slot.gone):  # of two with one id, the one that stands has the last word
            states[slot.now.id] = _state(slot)
            if slot.heeded:
                heeded[slot.now.id] = (*heeded.get(slot.now.id, ()), *slot.heeded)
            if slot.entries:
                last[slot.now.id] = slot.entries[-1]
    return Review(states=states, last=last, heeded=heeded, orphans=tuple(orphans))


def _state(slot: _Slot) -> State:
    if slot.gone:
        return "withdrawn"
    if slot.added:
        return "added"
    if slot.changed:
        return "corrected"
    return "checked" if slot.checked else "machine"


def _words_stand(reading: Reading, one: Correction) -> bool:
    """Whether the text still has the words; an actor who is mentioned nowhere has none there."""
    return not one.spans or words_at(reading.document.text, one.spans) == one.words


def _span(quote: Any) -> Span:
    return Span(start=quote.start, end=quote.end)


def _start(record: Any) -> int:
    spans = record.content if isinstance(record, Statement) else spans_of(record)
    return min((span.start for span in spans), default=0)
