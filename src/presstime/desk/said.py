"""What people have said of a document or a record beside correcting it: checks, translations, and the history of its corrections.

Comes in: an `Ask`, a document's id and a record's spans. Goes out: records. Example: "checked by Adela Morn, by telephone: it is theirs".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from presstime.desk.asking import Ask
from presstime.ledger import Correction
from presstime.ledger.anchors import in_force, overlap
from presstime.ledger.lookups_log import document_corrections
from presstime.records import Record, Span

__all__ = ["HistoryRow", "SaidCheck", "checks_of", "history_of", "in_force_of", "translation_of"]


class SaidCheck(Record, frozen=True):
    """That somebody checked something: by whom, how, with what result; who entered that and when."""

    by: str
    how: str
    result: str
    note: str
    entered_by: str
    at: str


class HistoryRow(Record, frozen=True):
    """A correction of a record; `holds` where nobody has taken it back."""

    correction: Correction
    holds: bool


_PRIVATE = ("confidential", "embargo")


def in_force_of(ask: Ask, document: str) -> tuple[Correction, ...]:
    """A document's corrections that hold."""
    return in_force(document_corrections(ask.look, document))


def _of(correction: Correction, kind: str, spans: Sequence[Span]) -> bool:
    return correction.kind == kind and (kind == "document" or overlap(correction.spans, spans) > 0)


def checks_of(corrections: Iterable[Correction], kind: str, spans: Sequence[Span]) -> tuple[SaidCheck, ...]:
    """The checks of a document (`kind` "document") or of a record at some spans."""
    found = []
    for one in corrections:
        if one.field == "check" and _of(one, kind, spans) and one.after:
            told = msgspec.json.decode(one.after)
            if isinstance(told, dict):
                words = {field: str(told.get(field) or "") for field in ("by", "how", "result", "note")}
                found.append(SaidCheck(**words, entered_by=one.by, at=one.at))
    return tuple(found)


def translation_of(corrections: Iterable[Correction], spans: Sequence[Span]) -> tuple[str, str, str] | None:
    """A statement's translation: its language, its words and who entered it; the last that holds."""
    for one in reversed(tuple(corrections)):
        if one.field == "translation" and _of(one, "statement", spans):
            told = msgspec.json.decode(one.after or "null")
            return (str(told.get("language", "")), str(told.get("words", "")), one.by) if isinstance(told, dict) else None
    return None


def history_of(ask: Ask, document: str, kind: str, spans: Sequence[Span]) -> tuple[HistoryRow, ...]:
    """Everything that people have done to a record, the latest first. Marks of confidence are for editors."""
    every = document_corrections(ask.look, document)
    holding = {one.id for one in in_force(every)}
    own = {one.id for one in every if _of(one, kind, spans)}
    acts = {one.batch for one in every if one.id in own and one.batch}
    return tuple(
        HistoryRow(correction=one, holds=one.id in holding or one.field == "undone")
        for one in reversed(every)
        if (one.id in own or one.takes_back in own | acts) and (ask.sight.now is None or one.field not in _PRIVATE)
    )
