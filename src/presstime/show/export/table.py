"""What a table is: named columns with their meaning, and rows.

In: nothing. Out: `Table` and `Column`, which the exports of tables share. A cell is text, a number, a truth value, a tuple of
texts, or None where nothing is known.
Example: the column `low` of the table `figures` is an integer, None where the words bound nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from presstime.records import Record

__all__ = ["Cell", "Column", "Kind", "Table", "make_table"]

Kind = Literal["text", "integer", "real", "boolean", "list", "moment"]
"""`moment` is ISO 8601: a date, or a date and time with its offset. `list` is of texts."""

Cell = str | int | float | bool | tuple[str, ...] | None


class Column(Record, frozen=True):
    """A column. `refers` names the table whose `id` it holds; of a list, the table of each."""

    name: str
    kind: Kind
    meaning: str
    refers: str | None = None


class Table(Record, frozen=True):
    """A table. `keyed` says that `id` is its key; `record` is what one row is called."""

    name: str
    record: str
    meaning: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keyed: bool


def make_table(name: str, record: str, meaning: str, columns: str, rows: Iterable[tuple[Cell, ...]]) -> Table:
    """A table from its columns, one a line: `name kind[>table] meaning`. A second row with the same id is left out."""
    made = []
    for line in columns.strip().splitlines():
        column, kind, words = line.split(maxsplit=2)
        kind, _, refers = kind.partition(">")
        made.append(Column(name=column, kind=kind, meaning=words, refers=refers or None))  # type: ignore[arg-type]
    keyed = made[0].name == "id"
    found = list(rows)
    if keyed:
        once: dict[Cell, tuple[Cell, ...]] = {}
        for row in found:
            once.setdefault(row[0], row)
        found = list(once.values())
    return Table(name=name, record=record, meaning=meaning, columns=tuple(made), rows=tuple(found), keyed=keyed)
