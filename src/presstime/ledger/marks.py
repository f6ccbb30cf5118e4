"""Corrections → what people have marked as not to be shown, and whom they have let through.

In: corrections, in the order in which they came. Out: `Marks`, of those in force. A statement's mark holds for its words,
not for the record that was found there: whatever a later reading finds in them, or nothing, they stay kept out.
Example: a statement is marked confidential, then one half of it is cleared: the other half stays confidential.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from presstime.ledger.anchors import ANCHORED, in_force, overlap
from presstime.ledger.entries import Correction
from presstime.records import Record, Span

__all__ = ["Marks", "Passage", "marks_of"]


class Passage(Record, frozen=True):
    """Characters of a document that are confidential or, with `until` (ISO 8601), under embargo to that moment."""

    document: str
    spans: tuple[Span, ...]
    until: str | None = None


class Marks(Record, frozen=True):
    """What is kept out, by the ids of documents and by passages, and the names that are let through."""

    confidential: frozenset[str] = frozenset()
    embargoes: Mapping[str, str] = msgspec.field(default_factory=dict)
    passages: tuple[Passage, ...] = ()
    let_through: frozenset[str] = frozenset()


def marks_of(corrections: Iterable[Correction]) -> Marks:
    """The marks in force; the last word on a document, a passage or a name holds."""
    confidential: set[str] = set()
    embargoes: dict[str, str] = {}
    passages: dict[str, list[Passage]] = {"confidential": [], "embargo": []}
    let_through: set[str] = set()
    for one in in_force(corrections):
        if one.field not in ("let_through", *passages):
            continue
        value = _value(one)
        if one.kind == "name":
            (let_through.add if value else let_through.discard)(one.words)
        elif one.document is None:
            continue
        elif one.kind == "document" and one.field == "confidential":
            (confidential.add if value else confidential.discard)(one.document)
        elif one.kind == "document":
            embargoes.pop(one.document, None)
            if value is not None:
                embargoes[one.document] = str(value)
        else:
            left = [each for earlier in passages[one.field] for each in _without(earlier, one)]
            if value:
                left.append(Passage(document=one.document, spans=one.spans, until=str(value) if one.field == "embargo" else None))
            passages[one.field] = left
    every = (*passages["confidential"], *passages["embargo"])
    return Marks(confidential=frozenset(confidential), embargoes=embargoes, passages=every, let_through=frozenset(let_through))


def _value(one: Correction) -> Any:
    """What is said; of what cannot be read, that it is kept out."""
    try:
        return msgspec.json.decode(one.after or "null")
    except msgspec.DecodeError:
        return one.field != "let_through"


def _without(passage: Passage, later: Correction) -> list[Passage]:
    """An earlier mark without the characters on which a later one has the last word: none where both are of one record."""
    if passage.document != later.document:
        return [passage]
    if overlap(passage.spans, later.spans) >= ANCHORED:
        return []
    spans = list(passage.spans)
    for cut in later.spans:
        spans = [piece for span in spans for piece in _cut(span, cut)]
    return [msgspec.structs.replace(passage, spans=tuple(spans))] if spans else []


def _cut(span: Span, hole: Span) -> list[Span]:
    if hole.end <= span.start or span.end <= hole.start:
        return [span]
    pieces = (Span(start=span.start, end=min(span.end, hole.start)), Span(start=max(span.start, hole.end), end=span.end))
    return [piece for piece in pieces if piece.start < piece.end]
