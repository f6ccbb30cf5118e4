"""What people put right in the record: any field, a missed statement, a split, a merger, a withdrawal; and taking it back.

In: an open ledger, the id of a record, a value, who and why. Out: `Correction`s, entered in one transaction with the look at
what is there; text is never changed. `seen` is the id of the record's newest entry when it was looked at ("" where there was
none): where another has come since, Conflict is raised and nothing is entered. Marks (confidential, embargo, checks, handles,
names let through) are in `marking`, and named here too.

Example: `correct(ledger, "figure-1f…", "low", 15, by="Ana Lind", why="a slip of the keys")`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

import msgspec

from presstime.correction_act import Act, Conflict, Target, acting, find_record, put_changes, refuse_unseen
from presstime.correction_values import check_record, fitted
from presstime.ids import record_id
from presstime.ledger import Correction, Ledger
from presstime.ledger.anchors import KINDS, overlap, spans_of, standing, words_at
from presstime.ledger.beside import handle_key
from presstime.ledger.corrected import SAME
from presstime.ledger.entries import Review
from presstime.ledger.references import anchored_value
from presstime.marking import check_handle, let_through, mark, own_handle
from presstime.problems import InputError
from presstime.records import Reading, Span, Statement

__all__ = [
    "Conflict",
    "accept",
    "add_record",
    "add_statement",
    "check_handle",
    "correct",
    "correct_all",
    "let_through",
    "list_corrections",
    "mark",
    "merge",
    "own_handle",
    "split",
    "undo_correction",
    "withdraw",
]


def correct(
    ledger: Ledger, ref: str, field: str, value: Any, *, by: str, why: str = "", seen: str | None = None, now: datetime | None = None
) -> Correction:
    """Puts one field of a record right; where that person's word stands already, gives that entry. Raises InputError, Conflict."""
    return correct_all(ledger, ref, {field: value}, by=by, why=why, seen=seen, now=now)[-1]


def correct_all(
    ledger: Ledger,
    ref: str,
    fields: Mapping[str, Any],
    *,
    by: str,
    why: str = "",
    seen: str | None = None,
    now: datetime | None = None,
) -> tuple[Correction, ...]:
    """Puts several fields of a record right as one act: low and high, or a place's gazetteer id and point."""
    with acting(ledger, by, why, now, several=len(fields) > 1) as act:
        target = find_record(ledger, ref)
        last = target.review.last.get(ref)
        made = target.record
        for field, value in fields.items():
            made = fitted(replace(target, record=made), field, value)
        refuse_unseen(last, seen)
        check_record(target.kind, made, target.document, target.find)
        entered = put_changes(act, target, made)
        if entered:
            return entered
        stands = [c for c in target.review.heeded.get(ref, ()) if c.field in (*fields, "added")]
        if not stands:
            named = ", ".join(fields)
            raise InputError(f"{named} of {ref} is that already, as read; accept the record to say that it is right")
        return (stands[-1],)


def accept(ledger: Ledger, ref: str, *, by: str, why: str = "", seen: str | None = None, now: datetime | None = None) -> Correction:
    """Says that a record is right as it stands; where that was said already, gives that entry."""
    with acting(ledger, by, why, now) as act:
        target = find_record(ledger, ref)
        refuse_unseen(target.review.last.get(ref), seen)
        earlier = target.review.heeded.get(ref, ())
        if earlier and earlier[-1].field == "checked":
            return earlier[-1]
        return act.put(target.document, target.kind, target.spans, target.words, "checked", False, True)


def withdraw(ledger: Ledger, ref: str, *, by: str, why: str = "", seen: str | None = None, now: datetime | None = None) -> Correction:
    """Takes a record out of what is known; what referred to it refers to nothing any more. Its words stay in the document."""
    with acting(ledger, by, why, now) as act:
        target = find_record(ledger, ref)
        refuse_unseen(target.review.last.get(ref), seen)
        return act.put(target.document, target.kind, target.spans, target.words, "withdrawn", False, True)


def add_record(
    ledger: Ledger, document: str, kind: str, fields: Mapping[str, Any], *, by: str, why: str = "", now: datetime | None = None
) -> Correction:
    """Adds a record that the reader missed: `fields` as the interchange format has them, without an id. Raises InputError."""
    with acting(ledger, by, why, now) as act:
        reading = _reading(ledger, document)
        record = _made(reading, kind, fields)
        _refuse_twice(reading, kind, record)
        return _put_added(act, reading, kind, record)


def add_statement(
    ledger: Ledger,
    document: str,
    start: int,
    end: int,
    speaker: str | None = None,
    *,
    by: str,
    act: str = "claim",
    form: str | None = None,
    cue: tuple[int, int] | None = None,
    why: str = "",
    now: datetime | None = None,
) -> Correction:
    """Adds a missed statement by its words: `start` to `end` of the text, blanks at the ends left out.

    `speaker` is a name; `form` is told by the quotation marks unless given. Raises InputError.
    """
    with acting(ledger, by, why, now) as done:
        reading = _reading(ledger, document)
        span = _trimmed(reading.document.text, start, end)
        fields = {
            "content": [msgspec.to_builtins(span)],
            "cue": None if cue is None else {"start": cue[0], "end": cue[1]},
            "form": form or _form(reading.document.text[span.start : span.end]),
            "act": act,
            "speaker": None,
        }
        record = _made(reading, "statement", fields)
        if speaker:
            record = fitted(Target("statement", record, (span,), "", reading, Review()), "speaker", speaker)
        _refuse_twice(reading, "statement", record)
        return _put_added(done, reading, "statement", record)


def split(
    ledger: Ledger, ref: str, at: Sequence[int], *, by: str, why: str = "", seen: str | None = None, now: datetime | None = None
) -> tuple[Correction, ...]:
    """Splits a statement, figure or event at positions of the text into parts that have its other fields. Raises InputError."""
    with acting(ledger, by, why, now, several=True) as act:
        target = find_record(ledger, ref)
        refuse_unseen(target.review.last.get(ref), seen)
        if target.kind not in ("statement", "figure", "event"):
            raise InputError(f"a {target.kind} is not split; put its start and end right instead")
        parts = _parts(target, sorted(set(at)))
        entered = [act.put(target.document, target.kind, target.spans, target.words, "withdrawn", False, True)]
        for part in parts:
            check_record(target.kind, part, target.document, target.find)
            entered.append(_put_added(act, target.reading, target.kind, part))
        return tuple(entered)


def merge(
    ledger: Ledger, refs: Sequence[str], *, by: str, why: str = "", seen: str | None = None, now: datetime | None = None
) -> tuple[Correction, ...]:
    """Makes one record of several of a kind in one document: the first, with the words or mentions of the others.

    `seen` is of the first. What referred to the others refers to it. Raises InputError and Conflict.
    """
    with acting(ledger, by, why, now, several=True) as act:
        targets = [find_record(ledger, ref) for ref in dict.fromkeys(refs)]
        first = targets[0] if targets else None
        if first is None or len(targets) < 2:
            raise InputError("merging takes two records and more; give their ids")
        refuse_unseen(first.review.last.get(first.record.id), seen)
        if any((t.kind, t.document.id) != (first.kind, first.document.id) for t in targets):
            raise InputError(
                "only records of one kind in one document are merged; of actors across documents, decide that they are the same"
            )
        made = first.record
        if first.kind == "statement":
            made = msgspec.structs.replace(made, content=_joined([span for t in targets for span in t.record.content]))
        elif first.kind in ("actor", "event"):
            mentions = [span for t in targets for span in (t.record.mentions or spans_of(t.record))]
            made = msgspec.structs.replace(made, mentions=tuple(sorted(set(mentions), key=lambda s: (s.start, s.end))))
        others = {t.record.id for t in targets[1:]}
        if first.kind == "statement":
            made = msgspec.structs.replace(
                made,
                answers=tuple(one for one in made.answers if one not in others),
                reported_by=None if made.reported_by in others else made.reported_by,
            )
        entered = list(put_changes(act, first, made))
        if not entered:
            entered.append(act.put(first.document, first.kind, first.spans, first.words, "checked", False, True))
        entered += [act.put(t.document, t.kind, t.spans, t.words, "withdrawn", False, True) for t in targets[1:]]
        return tuple(entered)


def undo_correction(ledger: Ledger, ref: str, *, by: str, why: str = "", now: datetime | None = None) -> tuple[Correction, ...]:
    """Takes back a correction, with all entries of its act, or a whole act by its batch; undoing that restores it.

    Raises InputError where there is none, or where it is taken back already.
    """
    with acting(ledger, by, why, now) as act:
        held = ledger.corrections()
        found = [c for c in held if ref in (c.id, c.batch)]
        if not found:
            raise InputError(f"there is no correction {ref!r}; presstime corrections lists them")
        whole = found[0].batch
        found = [c for c in held if c.batch == whole] if whole is not None else found
        still = {c.id for c in standing(held)}
        if not any(c.id in still for c in found):
            last = next((c for c in reversed(held) if c.takes_back in (ref, whole) and c.takes_back is not None), found[-1])
            raise InputError(f"{ref} is taken back already, by {last.by} at {last.at} ({last.id}); undo that entry to restore it")
        entered = []
        for document in dict.fromkeys(c.document for c in found):
            one = next(c for c in found if c.document == document)
            owner = ledger.document(document) if document is not None else None
            entered.append(act.put(owner, one.kind, one.spans, one.words, "undone", msgspec.UNSET, msgspec.UNSET, whole or one.id))
        return tuple(entered)


def list_corrections(ledger: Ledger, ref: str | None = None, *, orphans: bool = False) -> tuple[tuple[Correction, bool], ...]:
    """The ledger's corrections, oldest first, each with whether it is in force; of one document, record, handle or name where
    `ref` is given; with `orphans` those only that fit no record of the newest reading any more."""
    held = ledger.corrections()
    still = {c.id for c in standing(held)}
    if orphans:
        documents = dict.fromkeys(c.document for c in held if c.document is not None)
        reviewed = [found[1] for each in documents if (found := ledger.reviewed_reading(each)) is not None]
        lost = {c.id for review in reviewed for c in review.orphans}
        held = tuple(c for c in held if c.id in lost)
    if ref is not None:
        held = _about(ledger, held, ref)
    return tuple((c, c.id in still) for c in held)


def _about(ledger: Ledger, held: Sequence[Correction], ref: str) -> tuple[Correction, ...]:
    if ledger.document(ref) is not None:
        return tuple(c for c in held if c.document == ref)
    named = tuple(c for c in held if c.document is None and handle_key(c.words) == handle_key(ref))
    if named:
        return named
    target = find_record(ledger, ref)
    return tuple(c for c in held if c.document == target.document.id and c.kind == target.kind and c.spans == target.spans)


# ---------------------------------------------------------------- what the acts are made of


def _reading(ledger: Ledger, document: str) -> Reading:
    """A document's current reading, as corrected."""
    found = ledger.reviewed_reading(document)
    if found is None:
        known = ledger.document(document) is not None
        raise InputError(f"{document!r} {'has not been read yet' if known else 'is no document of the ledger'}; compile the story first")
    return found[0]


def _finder(reading: Reading) -> Any:
    return Target("", None, (), "", reading, Review()).find


def _put_added(act: Act, reading: Reading, kind: str, record: Any) -> Correction:
    """The entry of an added record: the whole of it, its references anchored."""
    find = _finder(reading)
    whole = {name: anchored_value(kind, name, value, find, reading.document) for name, value in msgspec.to_builtins(record).items()}
    spans = spans_of(record)
    words = words_at(reading.document.text, spans) if spans else str(getattr(record, "name", ""))
    return act.put(reading.document, kind, spans, words, "added", msgspec.UNSET, whole)


def _made(reading: Reading, kind: str, fields: Mapping[str, Any]) -> Any:
    """A record made of fields, with its id; checked."""
    if kind not in KINDS:
        raise InputError(f"there are no records of the kind {kind!r}; use one of: {', '.join(KINDS)}")
    given: dict[str, Any] = {"confidence": 1.0, **fields, "id": "new"}
    if kind == "figure" and {"start", "end"} <= given.keys():
        given["words"] = reading.document.text[max(0, int(given["start"])) : max(0, int(given["end"]))]
    try:
        record = msgspec.convert(given, KINDS[kind][1])
    except msgspec.ValidationError as error:
        raise InputError(f"this is no {kind}: {error}; docs/reading.md has the fields of every record") from None
    check_record(kind, record, reading.document, _finder(reading))
    return _with_id(reading.document.id, kind, record)


def _with_id(document: str, kind: str, record: Any) -> Any:
    return msgspec.structs.replace(record, id=record_id(kind, document, *((span.start, span.end) for span in spans_of(record))))


def _refuse_twice(reading: Reading, kind: str, record: Any) -> None:
    for other in getattr(reading, KINDS[kind][0]):
        if other.id == record.id or overlap(spans_of(other), spans_of(record)) >= SAME:
            raise InputError(f"a {kind} stands at these words already, {other.id}; put that one right instead")


def _parts(target: Target, at: Sequence[int]) -> list[Any]:
    """The parts of a record, cut at positions of the text."""
    text, record = target.document.text, target.record
    content = record.content if isinstance(record, Statement) else spans_of(record)
    later = {span.start for span in content[1:]}
    inside = [position for position in at if position in later or any(span.start < position < span.end for span in content)]
    if any(_in_word(text[position - 1]) and _in_word(text[position]) for position in inside):
        raise InputError("a record is split between words, not within one; give a position before or after a blank")
    if not inside or len(inside) != len(at):
        lines = ", ".join(f"{span.start} and {span.end}" for span in content)
        raise InputError(f"a {target.kind} is split within its own words; give positions between {lines}")
    pieces: list[list[Span]] = []
    edges = [content[0].start, *inside, content[-1].end]
    for first, last in pairwise(edges):
        cut = [(max(span.start, first), min(span.end, last)) for span in content if span.start < last and first < span.end]
        pieces.append([_trimmed(text, start, end) for start, end in cut if text[start:end].strip()])
    if not all(pieces):
        raise InputError("each part needs words of its own; choose other positions")
    made = []
    for piece in pieces:
        if isinstance(record, Statement):
            part: Any = msgspec.structs.replace(record, content=tuple(piece))
        else:
            part = msgspec.structs.replace(record, start=piece[0].start, end=piece[-1].end)
            if target.kind == "figure":
                part = msgspec.structs.replace(part, words=text[part.start : part.end])
            elif record.mentions:
                kept = tuple(span for span in record.mentions if part.start <= span.start and span.end <= part.end)
                part = msgspec.structs.replace(part, mentions=kept)
        made.append(_with_id(target.document.id, target.kind, part))
    return made


def _in_word(character: str) -> bool:
    """A digit, or a letter of a script that parts its words by blanks (those with small letters do)."""
    return character.isdigit() or character.lower() != character.upper()


def _trimmed(text: str, start: int, end: int) -> Span:
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise InputError(f"{start}–{end} holds no words of the text, which has {len(text)} characters; select some")
    words = text[start:end]
    return Span(start=start + len(words) - len(words.lstrip()), end=end - len(words) + len(words.rstrip()))


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap joined."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(start=joined[-1].start, end=max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _form(words: str) -> str:
    """The form of words that are said, by their quotation marks: all of them quoted, some, or none."""
    quoted = '“”"„«»'
    inside = words.strip(" .,;!?")
    if inside[:1] in quoted and inside[-1:] in quoted and len(inside) > 1 and not any(mark in inside[1:-1] for mark in quoted):
        return "direct"
    return "mixed" if any(mark in words for mark in quoted) else "indirect"
