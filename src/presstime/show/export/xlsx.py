"""XLSX: the same tables as sheets of one workbook, for people.

In: a `Shown`. Out: the workbook's bytes. Header rows are bold and stay in sight, every column has its filter and its meaning as a
comment, dates are dates. A workbook knows no time zones: moments stand in the story's, and the sheet `about` names it. A cell holds
32,767 characters at most; longer text is cut and says so, and is whole in the other formats.
Example: `published` of "2026-03-03T09:10:00+01:00" is the date and time 2026-03-03 09:10 in a story of Europe/Berlin.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from presstime.problems import InputError
from presstime.show.export.cells import join_list, neutral
from presstime.show.export.missing import library
from presstime.show.export.packing import repack
from presstime.show.export.shown import Shown
from presstime.show.export.table import Cell, Column, Table
from presstime.show.export.tables import story_tables
from presstime.show.passages import printable

__all__ = ["LONGEST_CELL", "xlsx"]

LONGEST_CELL = 32767
"""UTF-16 units in a cell, and rows in a sheet: Excel's published limits."""
MOST_ROWS = 1048576
_CUT = "… [cut here: too long for a cell; whole in CSV, Parquet, SQLite and JSON Lines]"
_WIDTHS = {"text": 24, "list": 24, "moment": 19, "integer": 9, "real": 9, "boolean": 9}
_WIDE = {"words": 60, "why": 60, "about": 40, "id": 24}
_EXCEL_BEGINS = date(1900, 3, 1)
"""Earlier days are other days in Excel, which takes 1900 for a leap year."""


def xlsx(shown: Shown) -> bytes:
    """The workbook. Raises InputError where openpyxl is missing, or a table has more rows than a sheet."""
    openpyxl = library("openpyxl")
    zone = ZoneInfo(shown.material.time_zone)
    book = openpyxl.Workbook(write_only=True)
    for table in story_tables(shown):
        if len(table.rows) >= MOST_ROWS:
            raise InputError(f"{table.name} has {len(table.rows):,} rows, more than a sheet holds; export csv, parquet or sqlite instead")
        _sheet(openpyxl, book, table, zone)
    made = io.BytesIO()
    book.save(made)
    return repack(made.getvalue(), {"docProps/core.xml": _properties(shown)})


def _sheet(openpyxl: Any, book: Any, table: Table, zone: ZoneInfo) -> None:
    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    last = openpyxl.utils.get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    for number, column in enumerate(table.columns, 1):
        width = _WIDE.get(column.name, _WIDTHS[column.kind])
        sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].width = width
    sheet.append([_head(openpyxl, sheet, column) for column in table.columns])
    for row in table.rows:
        sheet.append([_made(openpyxl, sheet, column, cell, zone) for column, cell in zip(table.columns, row, strict=True)])


def _head(openpyxl: Any, sheet: Any, column: Column) -> Any:
    cell = openpyxl.cell.WriteOnlyCell(sheet, value=column.name)
    cell.font = openpyxl.styles.Font(bold=True)
    cell.comment = openpyxl.comments.Comment(column.meaning, "presstime")
    return cell


def _made(openpyxl: Any, sheet: Any, column: Column, cell: Cell, zone: ZoneInfo) -> Any:
    """A value, or a cell where the value alone would be taken for something else."""
    if cell is None or isinstance(cell, bool | int | float):
        return cell
    text = join_list(cell) if isinstance(cell, tuple) else cell
    if column.kind == "moment" and (moment := _moment(text, zone)) is not None:
        return moment
    held = openpyxl.cell.WriteOnlyCell(sheet, value=_short(neutral(printable(text))))
    held.data_type = "s"  # "#N/A" is text here, no error
    return held


def _short(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    return units[: 2 * (LONGEST_CELL - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def _moment(iso: str, zone: ZoneInfo) -> date | datetime | None:
    """A date, or a moment on the story's clock; None for what is neither, or too early for a workbook."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", iso):
            found: date | datetime = date.fromisoformat(iso)
        else:
            moment = datetime.fromisoformat(iso)
            found = (moment.astimezone(zone) if moment.tzinfo else moment).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
    return found if (found.date() if isinstance(found, datetime) else found) >= _EXCEL_BEGINS else None


def _properties(shown: Shown) -> bytes:
    """The workbook's properties: made at the moment it is as of, so that equal material gives equal bytes."""
    from xml.sax.saxutils import escape

    material = shown.material
    try:
        as_of = datetime.fromisoformat(material.as_of).astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        as_of = "1980-01-01T00:00:00Z"
    dates = "".join(f'<dcterms:{what} xsi:type="dcterms:W3CDTF">{as_of}</dcterms:{what}>' for what in ("created", "modified"))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties'
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(printable(material.title))}</dc:title><dc:creator>presstime {escape(material.presstime)}</dc:creator>"
        f"{dates}</cp:coreProperties>"
    ).encode()
