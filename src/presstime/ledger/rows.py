"""A reading's records as rows of the ledger's tables.

Comes in: a `Reading`. Goes out: rows by table, and the faults that keep a record out of them. Example: the statement
"Voss said the bridge had fallen" is one row of `statement` (speaker Voss, words "the bridge had fallen") and one of
`content_span`. The reading's JSON is kept whole whatever the faults, so nothing is lost by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from presstime.ids import make_id
from presstime.records import Document, Participant, Problem, Reading, Record, Span

__all__ = ["CHILDREN_FIRST", "COLUMNS", "Row", "document_of", "document_row", "encodable", "problem_row", "reading_rows"]

Row = dict[str, Any]

CHILDREN_FIRST = ("event", "figure", "content_span", "statement", "mention", "actor", "place", "time", "unattributed", "problem")
"""The tables that hold the current readings' records, each before those it refers to."""

LARGEST = 2**63 - 1
"""SQLite's largest whole number."""

COLUMNS = {"group": "group_", "to": "to_"}
"""Fields whose names SQL keeps for itself."""

DOCUMENT_LISTS = ("credits", "media", "parts", "provenance")


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode("utf-8")


def document_row(document: Document) -> Row:
    """A document as a row of `document`, without its number."""
    return {
        field: _json(getattr(document, field)) if field in DOCUMENT_LISTS else getattr(document, field)
        for field in Document.__struct_fields__
    }


def document_of(row: Row) -> Document:
    """The document of a row of `document`: equal to the one it was made from, but for what people have put right."""
    lists = {field: msgspec.json.decode(row[field]) for field in DOCUMENT_LISTS}
    plain = {field: row[field] for field in Document.__struct_fields__ if field not in lists}
    return msgspec.convert({**plain, **lists}, Document)


def problem_row(problem: Problem, document: str | None) -> Row:
    """A problem as a row; `document` where it belongs to the document's current reading. Equal problems, equal ids."""
    row = {
        "document": document,
        "where_": encodable(problem.where),
        "what": problem.what,
        "why": encodable(problem.why),
        "start": problem.start,
        "end_": problem.end,
    }
    return {"id": make_id("problem", *row.values()), **row}


def encodable(text: str) -> str:
    """`text` with what UTF-8 cannot hold (half a surrogate pair, as in a strange file name) written as \\udc80."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


class _Faults:
    """Collects what keeps a record, or a reference of one, out of the tables."""

    def __init__(self, reading: Reading) -> None:
        self.found: list[str] = []
        self.length = len(reading.document.text)
        self.known: dict[str, set[str]] = {}

    def distinct(self, table: str, records: Iterable[Any]) -> Iterator[Any]:
        """The records whose id is not another's in the same table."""
        seen = self.known.setdefault(table, set())
        for record in records:
            if record.id in seen:
                self.found.append(f"two records of {table} have the id {record.id}, the second is not in the tables")
            else:
                seen.add(record.id)
                yield record

    def reference(self, owner: str, table: str, target: str | None) -> str | None:
        if target is None or target in self.known.get(table, ()):
            return target
        self.found.append(f"{owner} names the {table} {target}, which is not in the reading")
        return None

    def whole(self, owner: str, value: int | None) -> int | None:
        if value is None or -LARGEST <= value <= LARGEST:
            return value
        self.found.append(f"{owner} has a number too large for the tables, {value}")
        return None

    def span(self, owner: str, start: int, end: int) -> tuple[int, int]:
        if not 0 <= start <= end <= self.length:
            self.found.append(f"{owner} stands at {start}–{end}, outside the text or backwards")
            limit = min(max(start, 0), self.length)
            return limit, min(max(end, limit), self.length)
        return start, end


def reading_rows(reading: Reading) -> dict[str, list[Row]]:
    """The rows of one reading by table. A fault in it is a row of `problem` of the kind "reader-fault"."""
    text = reading.document.text
    document = reading.document.id
    faults = _Faults(reading)
    rows: dict[str, list[Row]] = {table: [] for table in CHILDREN_FIRST}

    def place(owner: str, record: Record | Span) -> Row:
        start, end = faults.span(owner, record.start, record.end)  # type: ignore[union-attr]
        return {"start": start, "end_": end, "words": text[start:end]}

    actors = list(faults.distinct("actor", reading.actors))
    statements = list(faults.distinct("statement", reading.statements))
    places = list(faults.distinct("place", reading.places))
    times = list(faults.distinct("time", reading.times))
    figures = list(faults.distinct("figure", reading.figures))
    events = list(faults.distinct("event", reading.events))

    for actor in actors:
        rows["actor"].append({**_fields(actor, "mentions"), "document": document})
        for position, mention in enumerate(actor.mentions):
            rows["mention"].append({"actor": actor.id, "position": position, **place(actor.id, mention)})

    for statement in statements:
        spans = [place(statement.id, span) for span in statement.content]
        for position, span in enumerate(spans):
            rows["content_span"].append({"statement": statement.id, "position": position, **span})
        cue = place(statement.id, statement.cue) if statement.cue else None
        speaker = statement.speaker
        mention_row = place(statement.id, speaker) if speaker else None
        rows["statement"].append(
            {
                **_fields(statement, "speaker", "cue", "content"),
                "document": document,
                "speaker": speaker.name if speaker else None,
                "actor": faults.reference(statement.id, "actor", speaker.actor if speaker else None),
                "speaker_start": mention_row["start"] if mention_row else None,
                "speaker_end": mention_row["end_"] if mention_row else None,
                "speaker_how": speaker.how if speaker else None,
                "speaker_confidence": speaker.confidence if speaker else None,
                "words": " … ".join(span["words"] for span in spans),
                "cue": cue["words"] if cue else None,
                "cue_start": cue["start"] if cue else None,
                "cue_end": cue["end_"] if cue else None,
                "reported_by": faults.reference(statement.id, "statement", statement.reported_by),
                "answers": _json(statement.answers),
            }
        )

    for named in places:
        start, end = faults.span(named.id, named.start, named.end)
        names = _json(named.names)
        rows["place"].append({**_fields(named, "end"), "document": document, "start": start, "end_": end, "names": names})

    for time in times:
        where = place(time.id, time)
        rows["time"].append({**_fields(time, "end"), **where, "document": document, "approximate": int(time.approximate)})

    for figure in figures:
        start, end = faults.span(figure.id, figure.start, figure.end)
        rows["figure"].append(
            {
                **_fields(figure, "end"),
                "document": document,
                "start": start,
                "end_": end,
                "low": faults.whole(figure.id, figure.low),
                "high": faults.whole(figure.id, figure.high),
                "part_of": faults.reference(figure.id, "figure", figure.part_of),
                "place": faults.reference(figure.id, "place", figure.place),
                "statement": faults.reference(figure.id, "statement", figure.statement),
            }
        )

    for event in events:
        rows["event"].append(
            {
                **_fields(event, "end", "mentions"),
                **place(event.id, event),
                "document": document,
                **_participant(faults, event.id, "actor", event.actor),
                **_participant(faults, event.id, "recipient", event.recipient),
                "place": faults.reference(event.id, "place", event.place),
                "time": faults.reference(event.id, "time", event.time),
                "statement": faults.reference(event.id, "statement", event.statement),
            }
        )

    for position, quote in enumerate(reading.unattributed):
        where = place(f"unattributed {position + 1}", quote)
        rows["unattributed"].append({"document": document, "position": position, **where, "reason": quote.reason})

    rows["problem"] = [problem_row(problem, document) for problem in (*reading.problems, *_reported(faults, document))]
    return rows


def _fields(record: Record, *without: str) -> Row:
    return {COLUMNS.get(field, field): getattr(record, field) for field in record.__struct_fields__ if field not in without}


def _participant(faults: _Faults, owner: str, role: str, participant: Participant | None) -> Row:
    if participant is None:
        return {role: None, f"{role}_name": None, f"{role}_start": None, f"{role}_end": None}
    start, end = faults.span(owner, participant.start, participant.end)
    return {
        role: faults.reference(owner, "actor", participant.actor),
        f"{role}_name": participant.name,
        f"{role}_start": start,
        f"{role}_end": end,
    }


def _reported(faults: _Faults, document: str) -> Iterator[Problem]:
    if faults.found:
        more = f" (and {len(faults.found) - 1} more)" if len(faults.found) > 1 else ""
        why = f"{faults.found[0]}{more}; the reading is kept whole, please report this as a bug of the reader"
        yield Problem(where=document, what="reader-fault", why=why)
