"""JSON Lines: every row of every table as one object a line, with its type.

In: a `Shown`. Out: UTF-8, one JSON object a line; `type` says what it is (statement, figure, event, origin, entry…), the other keys
are the columns of its table. Lists are arrays, what is not known is null. The first line is of the type "about".
Example: `{"type":"figure","id":"figure-…","document":"doc-…","start":120,"end":149,"words":"At least 12 people",…}`.
"""

from __future__ import annotations

import json

from presstime.show.export.cells import storable
from presstime.show.export.shown import Shown
from presstime.show.export.table import Cell, Table
from presstime.show.export.tables import story_tables

__all__ = ["json_lines", "table_lines"]


def json_lines(shown: Shown) -> bytes:
    """Everything that may be shown, a record a line."""
    return b"".join(table_lines(table, typed=True) for table in story_tables(shown))


def table_lines(table: Table, *, typed: bool = False) -> bytes:
    """One table, a row a line; `typed` puts the type of record first."""
    names = [column.name for column in table.columns]
    head = {"type": table.record} if typed else {}
    return "".join(
        json.dumps(head | dict(zip(names, map(_value, row), strict=True)), ensure_ascii=False, separators=(",", ":")) + "\n"
        for row in table.rows
    ).encode("utf-8")


def _value(cell: Cell) -> object:
    if isinstance(cell, tuple):
        return [storable(item) for item in cell]
    return storable(cell) if isinstance(cell, str) else cell
