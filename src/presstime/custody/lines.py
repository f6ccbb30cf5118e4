"""The ledger as JSON Lines: the log with what it commits to, and the same entries as objects that any tool can read.

Comes in: rows of a log and their payloads. Goes out: log.jsonl, and one file for each kind of entry, which follow from it to the
byte. Example: a decision is a line of log.jsonl with its salt, its payload and its hash, and a line of decisions.jsonl with named fields.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import msgspec

from presstime.ledger.log import LOGGED
from presstime.ledger.log_checking import LogRow
from presstime.records import Record

__all__ = ["FILES", "LOG", "READINGS", "Line", "encode_line", "entry_lines", "parse_lines", "row_of"]

LOG = "ledger/log.jsonl"
READINGS = "ledger/readings.jsonl"
FILES = {kind: f"ledger/{kind}s.jsonl" for kind in LOGGED if kind != "reading"}
"""Kinds of entries → their files; the readings' own lines are the readings, in the interchange format."""


class Line(Record, frozen=True, omit_defaults=True):
    """A row of the log, and what it commits to: `salt` and `payload`; or that it was erased by another row; or left out here."""

    number: int
    at: str
    kind: str
    commitment: str
    previous: str
    hash: str
    salt: str | None = None
    payload: str | None = None
    erased_by: int | None = None
    left_out: bool = False


def row_of(line: Line) -> LogRow:
    """The row of the log alone."""
    return LogRow(number=line.number, at=line.at, kind=line.kind, commitment=line.commitment, previous=line.previous, hash=line.hash)


def encode_line(line: Line) -> bytes:
    """A line of log.jsonl."""
    return msgspec.json.encode(line) + b"\n"


def parse_lines(data: bytes) -> Iterator[Line]:
    """The lines of log.jsonl. Raises msgspec.MsgspecError for what is none."""
    for line in data.split(b"\n")[:-1]:
        yield msgspec.json.decode(line, type=Line, strict=True)


def entry_lines(lines: Iterable[Line]) -> dict[str, bytes]:
    """The files of entries that follow from the log: each kind's, with named fields. Raises ValueError for a payload that is none."""
    found: dict[str, list[str]] = {name: [] for name in FILES.values()}
    for line in lines:
        if line.payload is None or line.kind not in FILES:
            continue
        kind, *values = json.loads(line.payload)
        columns = [column.rstrip("_") for column in LOGGED[line.kind][2]]
        if kind != line.kind or len(values) != len(columns):
            raise ValueError(f"the payload of row {line.number} is not that of a {line.kind}")
        entry = {"log": line.number, **dict(zip(columns, values, strict=True))}
        found[FILES[line.kind]].append(json.dumps(entry, ensure_ascii=False))
    return {name: "".join(f"{entry}\n" for entry in entries).encode() for name, entries in found.items()}
