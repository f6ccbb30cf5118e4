"""What the rows of a log commit to, in its canonical form, for carrying it elsewhere.

Comes in: a ledger's connection. Goes out: payloads, in the order of the log. Example: the payload of a decision is
`["decision","decision-1","actor","same",…]`, and SHA-256 of its salt and that is what row 12 of the log commits to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from presstime.ledger.log import LOGGED, canonical
from presstime.records import Record

__all__ = ["Payload", "log_payloads"]


class Payload(Record, frozen=True):
    """What a row of the log commits to: `payload` is its canonical form; `erased_by` the row of the erasure that took it out."""

    number: int
    kind: str
    salt: str | None
    payload: str | None
    erased_by: int | None = None


def log_payloads(connection: sqlite3.Connection) -> Iterator[Payload]:
    """What each row commits to, from the first. What is neither there nor erased has no payload and no `erased_by`."""
    rows = connection.execute(
        "SELECT number, kind, entry, salt, payload, erased_by FROM log LEFT JOIN log_payload USING (number) ORDER BY number"
    )
    for number, kind, entry, salt, payload, erased_by in rows:
        if payload is None and kind in LOGGED and erased_by is None:
            table, name, columns, which, _ = LOGGED[kind]
            if kind == "reading":
                name, entry = "number", int(entry)
            elif kind == "input":
                name, (sha256, _, whence) = "sha256 = ? AND whence", entry.partition(" ")
            wanted = (sha256, whence) if kind == "input" else (entry,)
            found = connection.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {name} = ? AND {which}", wanted).fetchone()
            payload = None if found is None else canonical(kind, *found)
        yield Payload(number=number, kind=kind, salt=salt, payload=payload, erased_by=erased_by)
