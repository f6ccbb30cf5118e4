"""Writing findings, and building anew every table that can be, inside a transaction that is open.

Comes in: a connection, and findings. Goes out: nothing; the tables hold them. Example: a series of the last findings that
is in the new ones too keeps its rows, and only what differs is written.
"""

from __future__ import annotations

import hashlib
import sqlite3
from typing import Any

import msgspec

from presstime.findings import Findings
from presstime.ledger.correcting import corrections_of, delete_records, insert, insert_records, rewrite_fields
from presstime.ledger.finding_rows import FINDING_TABLES, finding_rows
from presstime.ledger.search import refill_folded
from presstime.records import Reading

__all__ = ["rebuild_tables", "replace_findings"]


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

    A current reading whose JSON this version writes otherwise is entered once more as it does: the same reading entered again is known.
    """
    for (document,) in connection.execute("SELECT id FROM document ORDER BY number").fetchall():
        delete_records(connection, document)
    for (document,) in connection.execute("SELECT DISTINCT document FROM correction WHERE document IS NOT NULL").fetchall():
        rewrite_fields(connection, document, corrections_of(connection, document))
    current = connection.execute(
        "SELECT r.number, r.json FROM reading r JOIN document d ON d.id = r.document WHERE r.current = 1 ORDER BY d.number"
    ).fetchall()
    for number, json in current:
        reading = msgspec.json.decode(json, type=Reading)
        insert_records(connection, reading, corrections_of(connection, reading.document.id))
        written = msgspec.json.encode(reading).decode("utf-8")
        if written != json:
            _write_anew(connection, number, reading, written)
    for (json,) in connection.execute("SELECT json FROM findings").fetchall():
        findings = msgspec.json.decode(json, type=Findings)
        replace_findings(connection, findings, json, finding_rows(findings))
    for index in ("document_words", "statement_words"):
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    refill_folded(connection)


def _write_anew(connection: sqlite3.Connection, number: int, reading: Reading, written: str) -> None:
    """Make the JSON that this version writes the current reading; the one it is read from stays, as every reading does."""
    sha256 = hashlib.sha256(written.encode()).hexdigest()
    connection.execute("UPDATE reading SET current = 0 WHERE number = ?", (number,))
    row = {"document": reading.document.id, "current": 1, "sha256": sha256, "json": written}
    if not insert(connection, "reading", [row | msgspec.structs.asdict(reading.reader)]):
        connection.execute("UPDATE reading SET current = 1 WHERE document = ? AND sha256 = ?", (reading.document.id, sha256))
