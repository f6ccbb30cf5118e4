"""Entering documents and readings: whole or not at all, and twice changes nothing.

Comes in: a connection with a transaction open, a document or a reading. Goes out: what entering did. Example: a newer reader's
reading becomes current, the rows of the older one go out and its own come in, people's corrections heeded in them.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3

import msgspec

from presstime.ledger.correcting import delete_records, insert, insert_records, next_number, rewrite_document
from presstime.ledger.entries import Entered
from presstime.ledger.rows import document_of, document_row, problem_row
from presstime.records import Document, Problem, Reading

__all__ = ["enter_document", "enter_reading"]


def enter_document(connection: sqlite3.Connection, document: Document) -> Entered:
    """Keeps a document that is not (yet) read; one that is there already is left as it is."""
    known = _known(connection, document.id)
    if known is None:
        _insert_document(connection, document)
        return Entered(document=document.id, added=True)
    return _taken(connection, document, known) or Entered(document=document.id, added=False)


def enter_reading(connection: sqlite3.Connection, reading: Reading) -> Entered:
    """Keeps a reading, and its document; the newest reader's becomes the current one."""
    document = reading.document
    known = _known(connection, document.id)
    if known is not None:
        if taken := _taken(connection, document, known):
            return taken
        document = msgspec.structs.replace(document, sha256=known.sha256, name=known.name, gathered=known.gathered)
        reading = msgspec.structs.replace(reading, document=document)
    json = msgspec.json.encode(reading).decode("utf-8")
    if msgspec.json.decode(json, type=Reading) != reading:
        raise OverflowError("it does not read back equal: is a confidence not a number?")
    sha256 = hashlib.sha256(json.encode("utf-8")).hexdigest()
    same = connection.execute("SELECT number, current FROM reading WHERE document = ? AND sha256 = ?", (document.id, sha256)).fetchone()
    current = connection.execute("SELECT presstime FROM reading WHERE document = ? AND current = 1", (document.id,)).fetchone()
    newest = current is None or _version(reading.reader.presstime) >= _version(current[0])
    if same is not None and (same[1] or not newest):
        return Entered(document=document.id, added=False)
    if known is None:
        _insert_document(connection, document)
    elif newest and known != document:
        columns = document_row(document)
        settings = ", ".join(f"{column} = :{column}" for column in columns if column not in ("id", "text"))
        connection.execute(f"UPDATE document SET {settings}, as_gathered = NULL WHERE id = :id", columns)
    if newest and current is not None:
        connection.execute("UPDATE reading SET current = 0 WHERE document = ? AND current = 1", (document.id,))
    if same is not None:
        connection.execute("UPDATE reading SET current = 1 WHERE number = ?", (same[0],))
    else:
        row = {"document": document.id, "current": int(newest), "sha256": sha256, "json": json}
        insert(connection, "reading", [{**row, **msgspec.structs.asdict(reading.reader)}])
    if newest and connection.execute("SELECT 1 FROM correction WHERE document = ? LIMIT 1", (document.id,)).fetchone():
        rewrite_document(connection, document.id)
    elif newest:
        delete_records(connection, document.id)
        insert_records(connection, reading)
    return Entered(document=document.id, added=True)


def _known(connection: sqlite3.Connection, document: str) -> Document | None:
    """A document that is there, as it was gathered."""
    cursor = connection.execute("SELECT * FROM document WHERE id = ?", (document,))
    names = [column[0] for column in cursor.description]
    found = cursor.fetchone()
    if found is None:
        return None
    row = dict(zip(names, found, strict=True))
    return document_of(row | msgspec.json.decode(row["as_gathered"] or "{}"))


def _taken(connection: sqlite3.Connection, document: Document, known: Document) -> Entered | None:
    if known.text == document.text:
        return None
    problem = Problem(
        where=document.id,
        what="id-taken",
        why=f"another text has the id {document.id!r} in the ledger ({known.name or known.headline or 'no name'}); "
        f"give {document.name or 'this document'} an id of its own, and gather it again",
    )
    insert(connection, "problem", [problem_row(problem, None)])
    return Entered(document=document.id, added=False, problem=problem)


def _insert_document(connection: sqlite3.Connection, document: Document) -> None:
    number = next_number(connection, "document")
    insert(connection, "document", [{"rowid": number, "number": number, **document_row(document)}])


def _version(written: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", written))
