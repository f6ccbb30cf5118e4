"""References within a reading: which fields hold the id of another record, and how they outlast a new reading.

In: records, or the JSON of a field. Out: the same with every reference turned into an anchor (id, spans, words) as it is kept
in a correction, or back into the id of the record that now stands there. Ids come from spans, so a newer reader's differ.
Example: the figure's `place` "place-1a…" is kept with the words "Sarn" at 61:65; later it is "place-9c…", at 61:65 or near.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from presstime.ledger.anchors import overlap, spans_of, words_at
from presstime.records import Document, Span, Statement

__all__ = ["REFERENCES", "LostReferenceError", "anchored_value", "resolved_value", "without_gone"]

REFERENCES: dict[str, dict[str, str]] = {
    "statement": {"speaker": "actor", "reported_by": "statement", "answers": "statement"},
    "figure": {"part_of": "figure", "place": "place", "statement": "statement"},
    "event": {"actor": "actor", "recipient": "actor", "place": "place", "time": "time", "statement": "statement"},
    "actor": {},
    "place": {},
    "time": {},
}
"""By kind: the fields that refer to another record, and to which kind. Speakers and participants hold theirs in `actor`."""
_WITHIN = ("speaker", "actor", "recipient")
"""Fields that are records of their own, with a reference inside."""


class LostReferenceError(Exception):
    """What a value refers to is not in the reading any more."""


def anchored_value(kind: str, field: str, value: Any, find: Callable[[str, str], Any | None], document: Document) -> Any:
    """A field's value, as builtins, with every reference in it as an anchor. `find` gives a record of a kind by its id."""
    target = REFERENCES[kind].get(field)

    def anchor(reference: Any) -> Any:
        record = find(target or "", reference) if isinstance(reference, str) else None
        if record is None:
            return reference
        spans = spans_of(record)
        return {
            "id": reference,
            "spans": msgspec.to_builtins(spans),
            "words": words_at(document.text, spans) or getattr(record, "name", ""),
        }

    return _mapped(field, value, anchor) if target else value


def resolved_value(kind: str, field: str, value: Any, find: Callable[[str, str, tuple[Span, ...], str], str | None]) -> Any:
    """A field's value with every anchor in it as an id. `find` gives the id of the record of a kind that was at an anchor.

    Raises LostReferenceError where there is none any more.
    """
    target = REFERENCES[kind].get(field)

    def resolve(reference: Any) -> Any:
        if reference is None:
            return None
        given = reference if isinstance(reference, dict) else {"id": reference, "spans": [], "words": ""}
        found = find(target or "", str(given["id"]), msgspec.convert(given["spans"], tuple[Span, ...]), str(given["words"]))
        if found is None:
            raise LostReferenceError(str(given["id"]))
        return found

    return _mapped(field, value, resolve) if target else value


def _mapped(field: str, value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, list | tuple):
        return [change(each) for each in value]
    if field in _WITHIN:
        return {**value, "actor": change(value.get("actor"))} if isinstance(value, dict) else value
    return change(value)


def without_gone(kind: str, record: Any, gone: Mapping[str, Sequence[Any]]) -> Any:
    """A record without references to records that are gone: `gone` has for the id of each those that took its place.

    A figure, an event or a statement within goes with the statement that holds its words best; whatever answers a
    statement that was split answers all its parts. Where nothing took the place, nothing is referred to.
    """
    changes: dict[str, Any] = {}
    for field, target in REFERENCES[kind].items():
        value = getattr(record, field)
        if field == "answers":
            left = [heir for one in value for heir in ([each.id for each in gone[one]] if one in gone else [one])]
            kept = tuple(dict.fromkeys(one for one in left if one != record.id))
            if kept != value:
                changes[field] = kept
        elif field in _WITHIN:
            if value is not None and value.actor in gone:
                changes[field] = msgspec.structs.replace(value, actor=_heir(gone[value.actor], record, target))
        elif value in gone:
            changes[field] = _heir(gone[value], record, target)
    return msgspec.structs.replace(record, **changes) if changes else record


def _heir(heirs: Sequence[Any], record: Any, target: str) -> str | None:
    others = [each for each in heirs if each.id != record.id]
    if target != "statement" or not others:
        return others[0].id if others else None
    own = record.content if isinstance(record, Statement) else spans_of(record)
    best: str = max(others, key=lambda each: overlap(each.content, own)).id
    return best
