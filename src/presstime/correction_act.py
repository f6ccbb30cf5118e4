"""One act of a person on the record: its entries, and what it is done to, looked at in the transaction that enters them.

In: an open ledger, the id of a record or document, who acts and why. Out: `Correction`s in the ledger. Raises InputError where
there is no such record, and Conflict where somebody else has put it right since it was looked at.
Example: two editors open one figure; the second who saves is shown what the first has saved, and asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from presstime.ids import make_id
from presstime.ledger import Correction, Ledger, new_correction
from presstime.ledger.anchors import KINDS, spans_of, words_at
from presstime.ledger.entries import Review
from presstime.ledger.references import anchored_value
from presstime.problems import InputError
from presstime.records import Document, Reading, Span

__all__ = ["Act", "Conflict", "Target", "acting", "find_record", "put_changes", "refuse_unseen"]


class Conflict(InputError):
    """Somebody has put the record right since it was looked at; `earlier` is that entry, `seen` what was looked at."""

    def __init__(self, message: str, earlier: Correction) -> None:
        super().__init__(message)
        self.earlier = earlier


@dataclass(frozen=True, slots=True)
class Target:
    """A record that is to be put right: as it now stands, the anchor by which it is found again, and the reading it is in."""

    kind: str
    record: Any
    spans: tuple[Span, ...]
    words: str
    reading: Reading
    review: Review

    @property
    def document(self) -> Document:
        """The document it is in."""
        return self.reading.document

    def find(self, kind: str, record: str) -> Any | None:
        """Another record of the same reading by its id."""
        return next((r for r in getattr(self.reading, KINDS[kind][0]) if r.id == record), None) if kind in KINDS else None


@dataclass(slots=True)
class Act:
    """An act while it is entered."""

    ledger: Ledger
    enter: Callable[[Correction], bool]
    by: str
    at: str
    why: str
    batch: str | None
    number: int

    def several(self) -> None:
        """Gives the act a batch, by which its entries are undone together."""
        self.batch = make_id("batch", self.number, self.by, self.at)

    def put(
        self,
        document: Document | None,
        kind: str,
        spans: tuple[Span, ...],
        words: str,
        field: str,
        before: Any,
        after: Any,
        takes_back: str | None = None,
    ) -> Correction:
        """Enters one correction of the act."""
        made = new_correction(
            document,
            kind,
            spans,
            field=field,
            before=_json(before),
            after=_json(after),
            by=self.by,
            at=self.at,
            why=self.why,
            words=words,
            takes_back=takes_back,
            batch=self.batch,
            number=self.number,
        )
        self.number += 1
        self.enter(made)
        return made


@contextmanager
def acting(ledger: Ledger, by: str, why: str, now: datetime | None, *, several: bool = False) -> Iterator[Act]:
    """An act: all of its entries or none. `several` gives them a batch, by which they are undone together."""
    if not by.strip():
        raise InputError("say who puts it right: a correction without a name is not kept")
    at = (now or datetime.now().astimezone()).isoformat(timespec="seconds")
    try:
        with ledger.correcting() as enter:
            number = ledger.correction_count()
            act = Act(ledger, enter, by.strip(), at, why.strip(), None, number)
            if several:
                act.several()
            yield act
    except (OverflowError, UnicodeEncodeError) as error:
        raise InputError(f"this cannot be kept ({error}); give smaller numbers, and text without half characters") from None


def find_record(ledger: Ledger, reference: str) -> Target:
    """The record with an id, as it now stands. Raises InputError where there is none."""
    for kind, (group, _) in KINDS.items():
        document = ledger.document_of_record(kind, reference)
        found = ledger.reviewed_reading(document) if document is not None else None
        if document is None or found is None:
            continue
        reading, review = found
        record = next((r for r in getattr(reading, group) if r.id == reference), None)
        if record is None:
            continue
        added = next((c for c in review.heeded.get(reference, ()) if c.field == "added"), None)
        raw = ledger.reading_of(document)
        read = next((r for r in getattr(raw, group) if r.id == reference), record)
        spans = added.spans if added is not None else spans_of(read)
        words = words_at(reading.document.text, spans) if spans else str(getattr(read, "name", ""))
        return Target(kind, record, spans, words, reading, review)
    raise InputError(f"there is no record {reference!r} in what the ledger now holds; take an id from the report, the desk or an export")


def put_changes(act: Act, target: Target, made: Any) -> tuple[Correction, ...]:
    """An entry for each field in which a record has been changed."""
    before, after = msgspec.to_builtins(target.record), msgspec.to_builtins(made)
    changed = [field for field in after if after[field] != before[field]]
    if len(changed) > 1 and act.batch is None:
        act.several()
    return tuple(
        act.put(
            target.document,
            target.kind,
            target.spans,
            target.words,
            field,
            *(anchored_value(target.kind, field, each[field], target.find, target.document) for each in (before, after)),
        )
        for field in changed
    )


def refuse_unseen(last: Correction | None, seen: str | None) -> None:
    """Raises Conflict where the newest entry is not the one that was seen. `seen` None: nobody asks; "": none was seen."""
    if seen is not None and last is not None and last.id != seen:
        words = f"{last.by} changed this at {last.at} ({last.field}: {last.before or 'nothing'} → {last.after or 'nothing'})"
        raise Conflict(f"{words} after you looked; look at that first, then save again", last)


def _json(value: Any) -> str | None:
    return None if value is msgspec.UNSET else msgspec.json.encode(value).decode()
