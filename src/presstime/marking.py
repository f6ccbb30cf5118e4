"""What people say that no reader knows: marks on documents and statements, whose an account is, whose name may be published.

In: an open ledger, the id of a document or statement, a handle or a name, a value, who and why. Out: `Correction`s. A mark that
stands already is not entered twice: the earlier entry is given. Raises InputError, and Conflict as `corrections` does.

Example: `mark(ledger, "doc-4f…", "embargo", "2026-03-04T06:00+02:00", by="Ana Lind")` keeps it out of everything until then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from presstime.correction_act import Act, acting, find_record, refuse_unseen
from presstime.correction_values import document_value, moment_value
from presstime.ledger import Check, Correction, Ledger, Translation
from presstime.ledger.anchors import in_force
from presstime.ledger.beside import handle_key
from presstime.ledger.corrected import DOCUMENT_FIELDS
from presstime.problems import InputError
from presstime.records import Document, Span

__all__ = ["DOCUMENT_MARKS", "STATEMENT_MARKS", "check_handle", "let_be", "let_through", "mark", "mark_all", "own_handle"]

DOCUMENT_MARKS = (*DOCUMENT_FIELDS, "translates", "check", "confidential", "embargo")
"""What can be said of a document."""
STATEMENT_MARKS = ("check", "confidential", "embargo", "translation")
"""What can be said of a statement, beside putting its fields right."""


def mark(
    ledger: Ledger,
    ref: str,
    field: str,
    value: Any,
    *,
    by: str,
    why: str = "",
    seen: str | None = None,
    now: datetime | None = None,
) -> Correction:
    """Marks a document or a statement, by its id.

    `confidential` is true or false; `embargo` a moment with its offset, or null; `check` has by, how, result and perhaps note;
    `translation` has language and words, or is null; `translates` is the id of the document of which this one is a
    translation. A document's outlet, published, headline, byline, language and url are put right here too.
    """
    return mark_all(ledger, ref, {field: value}, by=by, why=why, seen=seen, now=now)[0]


def mark_all(
    ledger: Ledger,
    ref: str,
    marks: Mapping[str, Any],
    *,
    by: str,
    why: str = "",
    seen: str | None = None,
    now: datetime | None = None,
) -> tuple[Correction, ...]:
    """Marks a document or a statement in several fields as one act, undone together; values as for `mark`, an entry for each."""
    if not marks:
        raise InputError("say what is to be marked: nothing was given")
    with acting(ledger, by, why, now, several=len(marks) > 1) as act:
        document = ledger.document(ref)
        if document is not None:
            if unknown := next((field for field in marks if field not in DOCUMENT_MARKS), None):
                raise InputError(f"a document is not marked with {unknown!r}; use one of: {', '.join(DOCUMENT_MARKS)}")
            held = [c for c in ledger.corrections(ref) if c.kind == "document"]
            refuse_unseen(held[-1] if held else None, seen)
            entries = in_force(held)
            made = {field: _value(ledger, document, field, value) for field, value in marks.items()}
            return tuple(
                _put(act, document, "document", (), "", field, _standing(entries, field, getattr(document, field, None)), value, entries)
                for field, value in made.items()
            )
        target = find_record(ledger, ref)
        if target.kind != "statement":
            raise InputError(f"{ref} is a {target.kind}; documents and statements are marked, a {target.kind} is corrected or withdrawn")
        if unknown := next((field for field in marks if field not in STATEMENT_MARKS), None):
            raise InputError(f"a statement is not marked with {unknown!r}; use one of: {', '.join(STATEMENT_MARKS)}, or correct the field")
        refuse_unseen(target.review.last.get(ref), seen)
        said = target.review.heeded.get(ref, ())
        made = {field: _value(ledger, target.document, field, value) for field, value in marks.items()}
        return tuple(
            _put(act, target.document, "statement", target.spans, target.words, field, _standing(said, field, None), value, said)
            for field, value in made.items()
        )


def let_be(ledger: Ledger, document: str, start: int, end: int, *, by: str, why: str = "", now: datetime | None = None) -> Correction:
    """Says that quoted words of nobody (`unattributed`) are looked at and no statement. Raises InputError where there are none there."""
    with acting(ledger, by, why, now) as act:
        found = ledger.reviewed_reading(document)
        span = Span(start=start, end=end)
        if found is None or not any((one.start, one.end) == (start, end) for one in found[0].unattributed):
            raise InputError(f"there are no quoted words of nobody at {start}-{end} of {document!r} now; look at the document again")
        source = found[0].document
        same = in_force(c for c in ledger.corrections(document) if c.kind == "unattributed" and c.spans == (span,))
        earlier = next((c for c in reversed(same) if c.field == "checked"), None)
        return earlier or act.put(source, "unattributed", (span,), source.text[start:end], "checked", False, True)


def own_handle(ledger: Ledger, handle: str, owner: str | None, *, by: str, why: str = "", now: datetime | None = None) -> Correction:
    """Says whose account a handle is: an actor's name, or null to say that it is not known."""
    name = " ".join(owner.split()) if owner else None
    with acting(ledger, by, why, now) as act:
        entries, words = _of_handle(ledger, handle)
        return _put(act, None, "handle", (), words, "owner", _standing(entries, "owner", None), name, entries)


def check_handle(
    ledger: Ledger, handle: str, check: Mapping[str, Any], *, by: str, why: str = "", now: datetime | None = None
) -> Correction:
    """Says that somebody checked an account: by, how, result and perhaps note."""
    with acting(ledger, by, why, now) as act:
        entries, words = _of_handle(ledger, handle)
        return _put(act, None, "handle", (), words, "check", None, _check(check), entries)


def let_through(ledger: Ledger, name: str, through: bool = True, *, by: str, why: str = "", now: datetime | None = None) -> Correction:
    """Says that a private person's name may be published, or, with `through` false, that it may not (any more)."""
    words = " ".join(name.split())
    if not words:
        raise InputError("give the name of the person, as the report has it")
    with acting(ledger, by, why, now) as act:
        entries = in_force(c for c in ledger.corrections() if c.kind == "name" and c.words == words)
        return _put(act, None, "name", (), words, "let_through", _standing(entries, "let_through", False), bool(through), entries)


def _put(
    act: Act,
    document: Document | None,
    kind: str,
    spans: tuple[Span, ...],
    words: str,
    field: str,
    before: Any,
    after: Any,
    entries: Sequence[Correction],
) -> Correction:
    """Enters what is said, unless that stands already: then the earlier entry."""
    same = [c for c in entries if c.field == field and msgspec.json.decode(c.after or "null") == after]
    last = next((c for c in reversed(entries) if c.field == field), None)
    if same and (field == "check" or last is same[-1]):
        return same[-1]
    return act.put(document, kind, spans, words, field, None if field == "check" else before, after)


def _standing(entries: Sequence[Correction], field: str, otherwise: Any) -> Any:
    last = next((c for c in reversed(entries) if c.field == field), None)
    return otherwise if last is None else msgspec.json.decode(last.after or "null")


def _of_handle(ledger: Ledger, handle: str) -> tuple[tuple[Correction, ...], str]:
    """The entries of an account that are in force, and its handle: as it was written first, else with an @ before a bare name."""
    words = handle.strip()
    if not words.removeprefix("@") or any(character.isspace() for character in words):
        raise InputError(f"{handle!r} is no handle; give one such as @stepa")
    mine = [c for c in ledger.corrections() if c.kind == "handle" and handle_key(c.words) == handle_key(words)]
    return in_force(mine), mine[0].words if mine else f"@{words}" if words.replace("_", "").isalnum() else words


def _value(ledger: Ledger, document: Document, field: str, value: Any) -> Any:
    if field == "confidential":
        if not isinstance(value, bool):
            raise InputError(f"confidential is true or false, not {value!r}")
        return value
    if field == "embargo":
        return None if value is None else moment_value(value, "embargo")
    if field == "check":
        return _check(value)
    if field == "translation":
        return None if value is None else _translation(value)
    if field == "translates":
        if value is not None and (value == document.id or ledger.document(str(value)) is None):
            raise InputError(f"translates is the id of another document of this ledger, or null; there is no other document {value!r}")
        return value
    return document_value(field, value)


def _check(value: Any) -> dict[str, str]:
    try:
        check = msgspec.convert(msgspec.to_builtins(value), Check)
    except msgspec.ValidationError:
        check = None
    if check is None or not (check.by.strip() and check.how.strip() and check.result.strip()):
        raise InputError("a check says by whom it was made, how, and with what result: give by, how, result and perhaps a note")
    return {"by": check.by.strip(), "how": check.how.strip(), "result": check.result.strip(), "note": check.note.strip()}


def _translation(value: Any) -> dict[str, str]:
    try:
        made = msgspec.convert(msgspec.to_builtins(value), Translation)
    except msgspec.ValidationError:
        made = None
    if made is None or not made.words.strip():
        raise InputError("a translation has the language it is in (an ISO 639 code, such as en) and the words")
    return {"language": document_value("language", made.language) or "", "words": made.words.strip()}
