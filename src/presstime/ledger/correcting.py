"""Entering corrections: an entry that stays, and the tables of its document built anew as corrected.

In: a connection with a transaction open, and corrections. Out: rows of `correction`, and the rows of one document's records
as people have put them right. Entering one takes milliseconds whatever the ledger's size: no other document is touched.
Example: `low` of a figure is put right: its row in `figure` says 15, and its `review` says corrected.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import msgspec

from presstime.ledger.anchors import in_force
from presstime.ledger.corrected import DOCUMENT_FIELDS, corrected_and_reviewed
from presstime.ledger.entries import Correction
from presstime.ledger.marks import Marks, marks_of
from presstime.ledger.rows import CHILDREN_FIRST, Row, document_row, problem_row, reading_rows
from presstime.problems import LedgerError
from presstime.records import Document, Part, Problem, Reading, Span

__all__ = [
    "correction_row",
    "corrections_of",
    "delete_records",
    "document_fields",
    "insert",
    "insert_records",
    "next_number",
    "read_corrections",
    "rewrite_document",
    "rewrite_fields",
    "table_fault",
    "utc",
]

_REVIEWED = ("actor", "statement", "place", "time", "figure", "event")
"""The tables with a column `review`."""
_MARKED = ("statement", "figure", "event")
"""The tables of records with the columns `confidential` and `embargo`."""
_PARENTS = {"mention": "actor", "content_span": "statement"}
"""Tables whose rows go with a record's: theirs is its id."""


def insert(connection: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> int:
    """Insert rows of equal columns; those that are there already are left. Gives how many were inserted."""
    if not rows:
        return 0
    columns = ", ".join(rows[0])
    values = ", ".join(f":{column}" for column in rows[0])
    return connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT DO NOTHING", rows).rowcount


def next_number(connection: sqlite3.Connection, table: str) -> int:
    """The number after the highest that `table` has."""
    return int(connection.execute(f"SELECT coalesce(max(number), 0) + 1 FROM {table}").fetchone()[0])


# ---------------------------------------------------------------- entries


def correction_row(correction: Correction) -> Row:
    """A correction as a row of `correction`."""
    row = msgspec.structs.asdict(correction)
    row["spans"] = msgspec.json.encode(correction.spans).decode("utf-8")
    row["by_"] = row.pop("by")
    return row


def read_corrections(connection: sqlite3.Connection, where: str = "1", *parameters: object) -> tuple[Correction, ...]:
    """The corrections that an SQL condition holds for, in the order in which they came."""
    cursor = connection.execute(f"SELECT * FROM correction WHERE {where} ORDER BY rowid", parameters)
    names = [{"by_": "by"}.get(column[0], column[0]) for column in cursor.description]
    return tuple(_correction(dict(zip(names, row, strict=True))) for row in cursor)


def _correction(row: Row) -> Correction:
    row["spans"] = msgspec.json.decode(row["spans"], type=tuple[Span, ...])
    return Correction(**row)


def corrections_of(connection: sqlite3.Connection, document: str) -> tuple[Correction, ...]:
    """The corrections of one document, in the order in which they came."""
    return read_corrections(connection, "document = ?", document)


# ---------------------------------------------------------------- a document's tables


def rewrite_document(connection: sqlite3.Connection, document: str) -> None:
    """Build one document's rows anew from its current reading and its corrections. A statement that stays keeps its number."""
    corrections = corrections_of(connection, document)
    rewrite_fields(connection, document, corrections)
    row = connection.execute("SELECT json FROM reading WHERE document = ? AND current = 1", (document,)).fetchone()
    if row is None:
        return
    reading = msgspec.json.decode(row[0], type=Reading)
    numbers = dict(connection.execute("SELECT id, number FROM statement WHERE document = ?", (document,)).fetchall())
    _replace_rows(connection, document, _rows_of(connection, reading, corrections, numbers))


def _replace_rows(connection: sqlite3.Connection, document: str, rows: dict[str, list[Row]]) -> None:
    """Puts a document's rows in the place of those that are there; rows that are the same stay as they are.

    Putting right a figure of a document of 220 records writes its one row, in 4 to 24 ms instead of 65 (two busy cores, a ledger
    of 100,000 statements, the disk waited for).
    """
    # records refer to each other both ways: what is not there at the end of the transaction is told then
    connection.execute("PRAGMA defer_foreign_keys = ON")
    kept: dict[str, set[tuple[Any, ...]]] = {}
    for table in CHILDREN_FIRST:
        if table in _PARENTS:
            continue
        columns = ", ".join(rows[table][0]) if rows[table] else "rowid"
        new = {tuple(row.values()) for row in rows[table]}
        found = connection.execute(f"SELECT rowid, {columns} FROM {table} WHERE document = ?", (document,)).fetchall()
        kept[table] = {tuple(values) for _, *values in found if tuple(values) in new}
        stale = [(rowid,) for rowid, *values in found if tuple(values) not in new]
        connection.executemany(f"DELETE FROM {table} WHERE rowid = ?", stale)
    written: dict[str, set[str]] = {}
    for table in reversed(CHILDREN_FIRST):
        if table in _PARENTS:
            parent = _PARENTS[table]
            insert(connection, table, [row for row in rows[table] if row[parent] in written[parent]])
        else:
            anew = [row for row in rows[table] if tuple(row.values()) not in kept[table]]
            written[table] = {row.get("id", "") for row in anew}
            _insert_all(connection, table, anew, document)


def rewrite_fields(connection: sqlite3.Connection, document: str, corrections: Sequence[Correction]) -> None:
    """Puts right the fields of the document itself; those as gathered stay beside them."""
    names = (*DOCUMENT_FIELDS, "as_gathered", "translates", "confidential", "embargo")
    found = connection.execute(f"SELECT {', '.join(names)} FROM document WHERE id = ?", (document,)).fetchone()
    if found is None:
        raise LedgerError(f"there is no document {document!r} in the ledger; enter the document first")
    there = dict(zip(names, found, strict=True))
    raw = {name: there[name] for name in DOCUMENT_FIELDS} | msgspec.json.decode(there["as_gathered"] or "{}")
    said = document_fields(corrections)
    put_right = {name: said[name] for name in DOCUMENT_FIELDS if name in said}
    marks = marks_of(corrections)
    wanted = raw | put_right
    wanted["as_gathered"] = msgspec.json.encode({name: raw[name] for name in put_right}).decode() if put_right else None
    wanted["translates"] = said.get("translates")
    wanted["confidential"] = int(document in marks.confidential)
    wanted["embargo"] = utc(marks.embargoes.get(document))
    changed = {name: value for name, value in wanted.items() if value != there[name]}
    if changed:  # setting a headline that is the same would index all of the text's words anew
        columns = ", ".join(f"{name} = :{name}" for name in changed)
        connection.execute(f"UPDATE document SET {columns} WHERE id = :id", changed | {"id": document})


def document_fields(corrections: Iterable[Correction]) -> dict[str, str | None]:
    """What people say of a document's own fields, and of what it is a translation; what cannot be read is left out."""
    found: dict[str, str | None] = {}
    for one in in_force(corrections):
        if one.kind == "document" and one.field in (*DOCUMENT_FIELDS, "translates"):
            with suppress(msgspec.MsgspecError):
                found[one.field] = msgspec.json.decode(one.after or "null", type=str | None)
    return found


def utc(moment: str | None) -> str | None:
    """A moment (ISO 8601) in UTC, so that moments compare as text; what cannot be read never comes."""
    if moment is None:
        return None
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return "9999-12-31T23:59:59+00:00"
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")


def insert_records(connection: sqlite3.Connection, reading: Reading, corrections: Sequence[Correction] = ()) -> None:
    """Spread a reading, as corrected, over the tables. A record whose id another document's has becomes a problem."""
    rows = _rows_of(connection, reading, corrections, {})
    for table in reversed(CHILDREN_FIRST):
        _insert_all(connection, table, rows[table], reading.document.id)


def _insert_all(connection: sqlite3.Connection, table: str, rows: list[Row], document: str) -> None:
    inserted = insert(connection, table, rows)
    if inserted < len(rows) and table != "problem":
        why = f"{len(rows) - inserted} records of {table} have ids that other documents' records have; the reading is kept whole"
        fault = Problem(where=document, what="reader-fault", why=f"{why}, please report this as a bug of the reader")
        insert(connection, "problem", [problem_row(fault, document)])


def _rows_of(
    connection: sqlite3.Connection, reading: Reading, corrections: Sequence[Correction], numbers: dict[str, int]
) -> dict[str, list[Row]]:
    """The rows of a reading as corrected. `numbers` are those of statements that were there: they keep them."""
    reading, review = corrected_and_reviewed(reading, corrections)
    rows = reading_rows(reading)
    following = max((next_number(connection, "statement"), *(number + 1 for number in numbers.values())))
    for row in rows["statement"]:
        if row["id"] in numbers:
            row["rowid"] = row["number"] = numbers[row["id"]]
        else:
            row["rowid"] = row["number"] = following
            following += 1
    marks = marks_of(corrections)
    for table in _REVIEWED:
        for row in rows[table]:
            row["review"] = review.states.get(row["id"], "machine")
            if table in _MARKED:
                row["confidential"], row["embargo"] = 0, None
    if corrections:
        _mark(rows, reading.document, marks)
    return rows


def _mark(rows: dict[str, list[Row]], document: Document, marks: Marks) -> None:
    """Marks the records that stand in the same paragraph as words that are kept out; all of them where the document is."""
    whole = document.id in marks.confidential
    until = utc(marks.embargoes.get(document.id))
    hidden = [span for p in marks.passages if p.until is None for span in _paragraphs(document, p.spans)]
    later = [(span, utc(p.until)) for p in marks.passages if p.until is not None for span in _paragraphs(document, p.spans)]
    within: dict[str, list[tuple[int, int]]] = {}
    for row in rows["content_span"]:
        within.setdefault(row["statement"], []).append((row["start"], row["end_"]))
    for row in rows["statement"]:
        if row["cue_start"] is not None:
            within.setdefault(row["id"], []).append((row["cue_start"], row["cue_end"]))
    for table in _MARKED:
        for row in rows[table]:
            spans = within.get(row["id"], []) if table == "statement" else [(row["start"], row["end_"])]
            untils = [moment for hole, moment in later if moment and _touched(spans, hole)]
            row["confidential"] = int(whole or any(_touched(spans, hole) for hole in hidden))
            row["embargo"] = max([*untils, *([until] if until else [])], default=None)


def _paragraphs(document: Document, spans: Iterable[Span]) -> list[Span]:
    parts: list[Span | Part] = []
    for span in spans:
        parts += [span, *(part for part in document.parts if part.start < span.end and span.start < part.end)]
    return [Span(start=part.start, end=part.end) for part in parts]


def _touched(spans: Iterable[tuple[int, int]], hole: Span) -> bool:
    return any(start < hole.end and hole.start < end for start, end in spans)


def delete_records(connection: sqlite3.Connection, document: str) -> None:
    """Take the records of a document's current reading out of the tables."""
    for table in CHILDREN_FIRST:
        if table not in _PARENTS:  # these go with their actor or statement
            connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))


# ---------------------------------------------------------------- whether the tables say what they should


def table_fault(connection: sqlite3.Connection, reading: Reading) -> str | None:
    """What a document's tables say otherwise than its reading as corrected; None where they say the same."""
    document = reading.document.id
    corrections = corrections_of(connection, document)
    said = document_fields(corrections)
    expected = document_row(reading.document) | {name: said[name] for name in DOCUMENT_FIELDS if name in said}
    there = connection.execute(f"SELECT {', '.join(expected)} FROM document WHERE id = ?", (document,)).fetchone()
    for (name, value), found in zip(expected.items(), there, strict=True):
        if value != found:
            return f"its {name.rstrip('_')} in the table of documents is not the one that was read or put right"
    if connection.execute("SELECT 1 FROM problem WHERE document = ? AND what = 'reader-fault'", (document,)).fetchone():
        return None  # two documents' records have one id: which has the row is told there
    numbers = dict(connection.execute("SELECT id, number FROM statement WHERE document = ?", (document,)).fetchall())
    rows = _rows_of(connection, reading, corrections, numbers)
    for table in CHILDREN_FIRST:
        if table == "problem":
            continue
        parent = _PARENTS.get(table)
        which = f"{parent} IN (SELECT id FROM {parent} WHERE document = ?)" if parent else "document = ?"
        columns = ", ".join(rows[table][0]) if rows[table] else "1"
        held = {tuple(row) for row in connection.execute(f"SELECT {columns} FROM {table} WHERE {which}", (document,))}
        wanted = {tuple(row.values()) for row in rows[table]}
        if held != wanted:
            odd = next(iter(held ^ wanted))
            return f"the table {table} does not say what was read and put right (see the row {', '.join(map(str, odd[:3]))})"
    return None
