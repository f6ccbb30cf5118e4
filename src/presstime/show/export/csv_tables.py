"""CSV: one file a table, in RFC 4180's form, UTF-8.

In: a `Shown`. Out: names and bytes, for a folder or for one zip. Lists are one cell, parted by "; "; truth values are true and
false; cells that a spreadsheet could take for a formula have an apostrophe before them. With `bom`, each file begins with the byte
order mark by which Excel knows UTF-8.
Example: `csv_files(shown)["figures.csv"]` begins with `id,document,start,end,words,…`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from presstime.show.export.cells import join_list, neutral, storable
from presstime.show.export.packing import pack
from presstime.show.export.shown import Shown
from presstime.show.export.table import Cell, Table
from presstime.show.export.tables import story_tables

__all__ = ["csv_bytes", "csv_files", "csv_zip"]

_BOM = "\ufeff"


def csv_files(shown: Shown, *, bom: bool = False) -> dict[str, bytes]:
    """Every table as a CSV file, by its name."""
    return {f"{table.name}.csv": csv_of_table(table, bom=bom) for table in story_tables(shown)}


def csv_zip(shown: Shown, *, bom: bool = False) -> bytes:
    """Every table as a CSV file, in one zip."""
    return pack(csv_files(shown, bom=bom))


def csv_of_table(table: Table, *, bom: bool = False) -> bytes:
    """One table."""
    return csv_bytes([column.name for column in table.columns], table.rows, bom=bom)


def csv_bytes(header: Sequence[str], rows: Sequence[Sequence[Cell]], *, bom: bool = False) -> bytes:
    """A header and rows as CSV."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return ((_BOM if bom else "") + made.getvalue()).encode("utf-8")


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return cell
    return neutral(storable(join_list(cell) if isinstance(cell, tuple) else cell))
