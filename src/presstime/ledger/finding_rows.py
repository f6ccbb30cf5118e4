"""Findings as rows of the ledger's tables.

Comes in: `Findings`. Goes out: rows by table. Example: a series of two givers with three figures is one row of
`series` and three of `series_point`. Findings' JSON is kept whole beside them.
"""

from __future__ import annotations

from typing import Any

import msgspec

from presstime.findings import Findings
from presstime.ledger.rows import COLUMNS
from presstime.problems import LedgerError
from presstime.records import Record

__all__ = ["FINDING_TABLES", "finding_rows"]

FINDING_TABLES = (
    "series_point",
    "telling",
    "finding_document",
    "origin",
    "trace",
    "found_actor",
    "candidate",
    "claim",
    "dispute",
    "series",
    "timeline",
    "reaction",
    "silence",
)
"""The tables that hold findings, each before those it refers to."""

PLAIN = (
    ("finding_document", "documents"),
    ("origin", "origins"),
    ("found_actor", "actors"),
    ("claim", "claims"),
    ("dispute", "disputes"),
    ("series", "series"),
)
"""Tables whose rows are records with an id, and the field of Findings that holds them."""


def finding_rows(findings: Findings) -> dict[str, list[dict[str, Any]]]:
    """The rows of findings by table. Raises LedgerError where two findings of a kind have one id."""
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in FINDING_TABLES}
    for table, field in PLAIN:
        seen: set[str] = set()
        for record in getattr(findings, field):
            if record.id in seen:
                raise LedgerError(f"findings hold two {field} with the id {record.id}; ids must differ, report this as a bug of combine")
            seen.add(record.id)
            rows[table].append(_row(record, "lines", "tellings"))
    for series in findings.series:
        for number, line in enumerate(series.lines):
            for position, point in enumerate(line.points):
                key = {"series": series.id, "line": number, "position": position, "giver": line.giver, "actor": line.actor}
                rows["series_point"].append({**key, **_row(point)})
    seen = set()
    for recalled, entries in ((0, findings.timeline), (1, findings.background)):
        for entry in entries:
            if entry.id in seen:
                raise LedgerError(f"findings hold two events with the id {entry.id}; ids must differ, report this as a bug of combine")
            seen.add(entry.id)
            rows["timeline"].append({**_row(entry, "tellings"), "recalled": recalled})
            for position, telling in enumerate(entry.tellings):
                rows["telling"].append({"entry": entry.id, "position": position, **_row(telling)})
    rows["trace"] = [_row(trace) for trace in findings.traces]
    numbered = (("reaction", findings.reactions), ("silence", findings.silences), ("candidate", findings.candidates))
    for table, records in numbered:
        rows[table] = [{"position": position, **_row(record)} for position, record in enumerate(records)]
    return rows


def _row(record: Record, *without: str) -> dict[str, Any]:
    row = {}
    for field in record.__struct_fields__:
        if field not in without:
            value = getattr(record, field)
            row[COLUMNS.get(field, field)] = msgspec.json.encode(value).decode("utf-8") if isinstance(value, tuple | Record) else value
    return row
