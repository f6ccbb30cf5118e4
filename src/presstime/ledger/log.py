"""The log: a chain of hashes over every entry that is kept for good, in the order in which they came.

Comes in: a ledger's connection. Goes out: rows of `log`, added by triggers in the transaction of the entry itself, and the chain's
head. A row holds no content, only a salted commitment to it, so that content can be erased and the chain still be checked.
Example: a correction by Ana Lind is row 41; its hash is over its number, moment, kind, commitment and the hash of row 40.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from presstime.records import Record

__all__ = [
    "CHAIN_START",
    "LOGGED",
    "LOG_SINCE",
    "Head",
    "add_log_functions",
    "append_log",
    "canonical",
    "chain_entry",
    "chain_held",
    "commitment",
    "head_file",
    "head_of",
    "note_head",
    "row_hash",
]

LOG_SINCE = 7
"""The first version of the ledger with a log."""

CHAIN_START = "0" * 64
"""What stands for the hash of the row before the first."""

LOGGED = {
    "document": ("document", "id", ("id", "name", "sha256", "gathered", "text"), "1", "number"),
    "reading": ("reading", "CAST(number AS TEXT)", ("document", "presstime", "model", "context", "sha256"), "1", "number"),
    "problem": ("problem", "id", ("id", "where_", "what", "why", "start", "end_"), "document IS NULL", "rowid"),
    "input": ("input", "sha256 || ' ' || whence", ("sha256", "whence", "gathered"), "1", "rowid"),
    "correction": (
        "correction",
        "id",
        ("id", "document", "kind", "spans", "words", "field", "before", "after", "by_", "at", "why", "takes_back", "batch"),
        "1",
        "rowid",
    ),
    "decision": ("decision", "id", ("id", "kind", "verdict", "one", "other", "by_", "at", "why", "takes_back"), "1", "rowid"),
    "edition": (
        "edition",
        "id",
        ("id", "kind", "as_of", "made_at", "sha256", "json", "title", "time_zone", "made_with", "inputs", "correction"),
        "json <> ''",
        "rowid",
    ),
}
"""Kind → (table, how an entry is named in log_payload, the columns committed to, which rows, their order). As in schema.sql."""

_SALT_BYTES = 16


class Head(Record, frozen=True):
    """The last row of a log: its number (0: the log is empty) and its hash."""

    number: int
    hash: str


def canonical(kind: str, *values: object) -> str:
    """An entry's canonical form: a JSON list of its kind and values, no space between, letters as they are; hashed as UTF-8."""
    return json.dumps([kind, *values], ensure_ascii=False, separators=(",", ":"))


def commitment(salt: str, payload: str) -> str:
    """SHA-256, in hexadecimal digits, of a salt and a canonical form. Who has neither learns nothing from it."""
    return hashlib.sha256(f"{salt}{payload}".encode()).hexdigest()


def row_hash(number: int, at: str, kind: str, committed: str, previous: str) -> str:
    """The hash of a row of the log: SHA-256 of its other columns as a JSON list without spaces."""
    row = json.dumps([number, at, kind, committed, previous], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(row.encode()).hexdigest()


def add_log_functions(connection: sqlite3.Connection) -> None:
    """Give a connection what the log's triggers call; a program that lacks them cannot add an entry."""
    connection.create_function("log_salt", 0, lambda: secrets.token_hex(_SALT_BYTES))
    connection.create_function("log_now", 0, lambda: datetime.now(UTC).isoformat(timespec="milliseconds"))
    connection.create_function("log_start", 0, lambda: CHAIN_START, deterministic=True)
    connection.create_function("log_hash", 5, row_hash, deterministic=True)
    connection.create_function(
        "log_commitment", -1, lambda salt, kind, *values: commitment(salt, canonical(kind, *values)), deterministic=True
    )


def append_log(connection: sqlite3.Connection, kind: str, entry: str | None, content: str) -> int:
    """Add a row for something that is no row of another table and is kept beside the log, in a transaction that is open.

    Gives the row's number.
    """
    salt, payload = secrets.token_hex(_SALT_BYTES), canonical(kind, content)
    connection.execute("INSERT INTO log_payload (entry, salt, payload) VALUES (?, ?, ?)", (entry, salt, payload))
    connection.execute(
        "INSERT INTO log (number, at, kind, commitment) SELECT max(number), log_now(), ?, ? FROM log_payload",
        (kind, commitment(salt, payload)),
    )
    return int(connection.execute("SELECT max(number) FROM log").fetchone()[0])


def chain_held(connection: sqlite3.Connection, version: int) -> None:
    """Put what an older ledger holds into the log, in a transaction that is open; the first row says that it was chained later."""
    held = f"what follows, up to row {1 + _count(connection)}, was held by a ledger of version {version}, which had no log"
    append_log(connection, "chained", None, held)
    for kind, (table, entry, columns, which, order) in LOGGED.items():
        named = ", ".join(columns)
        rows = connection.execute(f"SELECT {entry}, {named} FROM {table} WHERE {which} ORDER BY {order}")
        for name, *values in rows:
            chain_entry(connection, kind, name, values)


def chain_entry(connection: sqlite3.Connection, kind: str, name: str, values: Sequence[object]) -> None:
    """Add a row for an entry that is in its table already, with the columns of it that the log commits to."""
    salt = secrets.token_hex(_SALT_BYTES)
    connection.execute("INSERT INTO log_payload (entry, salt) VALUES (?, ?)", (name, salt))
    connection.execute(
        "INSERT INTO log (number, at, kind, commitment) SELECT max(number), log_now(), ?, ? FROM log_payload",
        (kind, commitment(salt, canonical(kind, *values))),
    )


def _count(connection: sqlite3.Connection) -> int:
    return sum(
        int(connection.execute(f"SELECT count(*) FROM {table} WHERE {which}").fetchone()[0]) for table, _, _, which, _ in LOGGED.values()
    )


# ---------------------------------------------------------------- the head, outside the database


def head_of(connection: sqlite3.Connection) -> Head:
    """The last row of the log."""
    row = connection.execute("SELECT number, hash FROM log ORDER BY number DESC LIMIT 1").fetchone()
    return Head(number=row[0], hash=row[1]) if row else Head(number=0, hash=CHAIN_START)


def head_file(ledger: Path) -> Path:
    """Where the heads of a ledger's log are kept: beside it, one JSON object a line, only ever added to."""
    return ledger.with_name("head.jsonl")


def note_head(ledger: Path, head: Head) -> None:
    """Add the log's head to the file beside the ledger. Each line is written whole; where it cannot be, the ledger still has it."""
    line = json.dumps(
        {"ledger": ledger.name, "number": head.number, "hash": head.hash, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    )
    with head_file(ledger).open("ab") as file:
        file.write(line.encode() + b"\n")
