"""Writing rows: what the ledger does inside a transaction that is open.

Comes in: a connection, and readings or findings. Goes out: nothing; the tables hold them. Example: when a newer
reader's reading becomes current, the rows of the older one go out and its own come in, the words' index with them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from typing import Any

import msgspec

from presstime.findings import Findings
from presstime.ledger.finding_rows import FINDING_TABLES, finding_rows
from presstime.ledger.rows import CHILDREN_FIRST, problem_row, reading_rows
from presstime.records import Problem, Reading

__all__ = ["delete_records", "insert", "insert_records", "next_number", "rebuild_tables", "replace_findings"]


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


def insert_records(connection: sqlite3.Connection, reading: Reading) -> None:
    """Spread a reading over the tables. A record whose id another document's has becomes a problem."""
    rows = reading_rows(reading)
    first = next_number(connection, "statement")
    for number, row in enumerate(rows["statement"], first):
        row["rowid"] = row["number"] = number
    for table in reversed(CHILDREN_FIRST):
        inserted = insert(connection, table, rows[table])
        if inserted < len(rows[table]) and table != "problem":
            why = f"{len(rows[table]) - inserted} records of {table} have ids that other documents' records have; the reading is kept whole"
            fault = Problem(where=reading.document.id, what="reader-fault", why=f"{why}, please report this as a bug of the reader")
            insert(connection, "problem", [problem_row(fault, reading.document.id)])


def delete_records(connection: sqlite3.Connection, document: str) -> None:
    """Take the records of a document's current reading out of the tables."""
    for table in CHILDREN_FIRST:
        if table not in ("mention", "content_span"):  # these go with their actor or statement
            connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))


def replace_findings(connection: sqlite3.Connection, findings: Findings, json: str, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Put findings, as JSON and as rows, in the place of the last ones. Rows that are there already are left as they are."""
    connection.execute("PRAGMA defer_foreign_keys = ON")  # a series may change while its points stay
    connection.execute("DELETE FROM findings")
    new = {table: {tuple(row.values()) for row in rows[table]} for table in FINDING_TABLES}
    kept: dict[str, set[tuple[Any, ...]]] = {}
    for table in FINDING_TABLES:
        columns = ", ".join(rows[table][0]) if rows[table] else "*"
        stale = []
        kept[table] = set()
        for rowid, *values in connection.execute(f"SELECT rowid, {columns} FROM {table}"):
            if tuple(values) in new[table]:
                kept[table].add(tuple(values))
            else:
                stale.append((rowid,))
        connection.executemany(f"DELETE FROM {table} WHERE rowid = ?", stale)
    for table in reversed(FINDING_TABLES):
        insert(connection, table, [row for row in rows[table] if tuple(row.values()) not in kept[table]])
    insert(connection, "findings", [{"number": 1, "as_of": findings.as_of, "kind": findings.kind, "json": json}])


def rebuild_tables(connection: sqlite3.Connection) -> None:
    """Build every table that can be rebuilt anew, from the JSON of the current readings and the last findings.

    The JSON of a current reading is written as this version writes it, so that the same reading entered again is known.
    """
    for (document,) in connection.execute("SELECT id FROM document ORDER BY number").fetchall():
        delete_records(connection, document)
    current = connection.execute(
        "SELECT r.number, r.json FROM reading r JOIN document d ON d.id = r.document WHERE r.current = 1 ORDER BY d.number"
    ).fetchall()
    for number, json in current:
        reading = msgspec.json.decode(json, type=Reading)
        insert_records(connection, reading)
        written = msgspec.json.encode(reading)
        row = (written.decode("utf-8"), hashlib.sha256(written).hexdigest(), number)
        connection.execute("UPDATE OR IGNORE reading SET json = ?, sha256 = ? WHERE number = ?", row)
    for (json,) in connection.execute("SELECT json FROM findings").fetchall():
        findings = msgspec.json.decode(json, type=Findings)
        replace_findings(connection, findings, json, finding_rows(findings))
    for index in ("document_words", "statement_words"):
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
