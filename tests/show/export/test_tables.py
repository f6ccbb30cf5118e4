"""The exports of tables, read back by what people open them with: equal, cell for cell."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from presstime.show.export.cells import plain, split_list, storable
from presstime.show.export.csv_tables import csv_files, csv_zip
from presstime.show.export.json_lines import json_lines
from presstime.show.export.parquet import parquet_files
from presstime.show.export.shown import Shown, shown_material
from presstime.show.export.sqlite import sqlite
from presstime.show.export.table import Cell, Column, Table
from presstime.show.export.tables import story_tables
from presstime.show.export.xlsx import LONGEST_CELL, xlsx
from presstime.show.passages import printable

from ..story import story
from .conftest import LONG, hostile_material

STORIES = ("example", "flood", "hostile", "empty")


@pytest.fixture(params=STORIES)
def shown(request: pytest.FixtureRequest) -> Shown:
    found: Shown = request.getfixturevalue(request.param)
    return found


def held(cell: Cell) -> Any:
    """A cell as JSON has it."""
    if isinstance(cell, tuple):
        return [storable(item) for item in cell]
    return storable(cell) if isinstance(cell, str) else cell


def test_every_record_of_the_readings_is_a_row(example: Shown) -> None:
    tables = {table.name: table for table in story_tables(example)}
    for name in ("statements", "figures", "events", "places", "times", "unattributed"):
        assert len(tables[name].rows) == sum(len(getattr(reading, name)) for reading in example.material.readings), name
    findings = example.material.findings
    for name in ("documents", "origins", "actors", "claims", "disputes", "series", "reactions", "silences"):
        assert len(tables[name].rows) == len(getattr(findings, name)), name
    assert len(tables["statements"].rows) > 100 and len(tables["figures"].rows) > 40
    assert len(tables["series_points"].rows) == sum(len(line.points) for series in findings.series for line in series.lines)


def test_words_are_the_characters_that_the_offsets_name(example: Shown) -> None:
    for table in story_tables(example):
        names = [column.name for column in table.columns]
        if {"document", "start", "end", "words"} <= set(names) and table.name != "statements":
            for row in table.rows:
                cells = dict(zip(names, row, strict=True))
                text = example.index.documents[str(cells["document"])].text
                assert cells["words"] == text[cells["start"] : cells["end"]]  # type: ignore[misc]


def csv_value(cell: str, column: Column) -> Cell:
    if column.kind == "list":
        return split_list(plain(cell))
    if cell == "":
        return None
    numbers = {"integer": int, "real": float, "boolean": lambda word: {"true": True, "false": False}[word]}
    return numbers[column.kind](cell) if column.kind in numbers else plain(cell)  # type: ignore[no-any-return, operator]


def test_csv_comes_back(shown: Shown) -> None:
    files = csv_files(shown)
    for table in story_tables(shown):
        data = files[f"{table.name}.csv"]
        assert not data.startswith(b"\xef\xbb\xbf")
        header, *rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
        assert header == [column.name for column in table.columns]
        expected = [tuple(_storable(cell) for cell in row) for row in table.rows]
        assert [tuple(csv_value(cell, column) for cell, column in zip(row, table.columns, strict=True)) for row in rows] == expected


def _storable(cell: Cell) -> Cell:
    if isinstance(cell, tuple):
        return tuple(storable(item) for item in cell)
    return (storable(cell) or None) if isinstance(cell, str) else cell


def test_no_csv_cell_starts_a_formula_and_numbers_stay_numbers(hostile: Shown) -> None:
    for table in story_tables(hostile):
        _, *rows = csv.reader(io.StringIO(csv_files(hostile)[f"{table.name}.csv"].decode("utf-8"), newline=""))
        for row in rows:
            for cell, column in zip(row, table.columns, strict=True):
                assert cell[:1] not in ("=", "+", "@", "\t", "\r") and (cell[:1] != "-" or column.kind in ("integer", "real"))


def test_duckdb_reads_csv(example: Shown, tmp_path: Path) -> None:
    (tmp_path / "statements.csv").write_bytes(csv_files(example)["statements.csv"])
    found = duckdb.sql(f"SELECT id, speaker FROM read_csv('{tmp_path}/statements.csv', header = true, all_varchar = true)").fetchall()
    table = next(table for table in story_tables(example) if table.name == "statements")
    speaker = [column.name for column in table.columns].index("speaker")
    assert found == [(row[0], row[speaker]) for row in table.rows]


def test_csv_for_excel_begins_with_the_mark(flood: Shown) -> None:
    assert all(data.startswith(b"\xef\xbb\xbf") for data in csv_files(flood, bom=True).values())
    with zipfile.ZipFile(io.BytesIO(csv_zip(flood))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == csv_files(flood)


def test_parquet_comes_back(shown: Shown, tmp_path: Path) -> None:
    for name, data in parquet_files(shown).items():
        (tmp_path / name).write_bytes(data)
    for table in story_tables(shown):
        with duckdb.connect() as connection:
            cursor = connection.execute(f"SELECT * FROM '{tmp_path}/{table.name}.parquet'")
            assert [each[0] for each in cursor.description] == [column.name for column in table.columns]
            expected = [tuple(held(cell) for cell in row) for row in table.rows]
            assert cursor.fetchall() == expected


def test_sqlite_comes_back_with_keys_full_text_and_views(shown: Shown, tmp_path: Path) -> None:
    path = tmp_path / "story.sqlite"
    path.write_bytes(sqlite(shown))
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for table in story_tables(shown):
            rows = connection.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid').fetchall()
            assert rows == [tuple(_sql(cell) for cell in row) for row in table.rows]
        for view in ("latest_figures", "said", "denied", "unfolding"):
            connection.execute(f"SELECT * FROM {view}").fetchall()
    connection.close()


def _sql(cell: Cell) -> Any:
    value = held(cell)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else int(value) if isinstance(value, bool) else value


def test_sqlite_keys_hold_and_words_are_found(example: Shown, tmp_path: Path) -> None:
    path = tmp_path / "story.sqlite"
    path.write_bytes(sqlite(example))
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        found = connection.execute(
            "SELECT passages.words FROM passages JOIN passages_fts f ON f.rowid = passages.rowid WHERE f.passages_fts MATCH 'mortars'"
        )
        passages = [words for (words,) in found]
        assert passages and all("mortars" in words.lower() for words in passages)
        latest = connection.execute("SELECT giver, low FROM latest_figures WHERE measure = 'killed'").fetchall()
        assert ("Maravelian Interior Ministry", 16) in latest
        assert connection.execute("SELECT count(*) FROM columns WHERE meaning = ''").fetchone() == (0,)
    connection.close()


def test_json_lines_come_back(shown: Shown) -> None:
    lines = [json.loads(line) for line in json_lines(shown).decode("utf-8").split("\n")[:-1]]
    expected = [
        {"type": table.record} | {c.name: held(cell) for c, cell in zip(table.columns, row, strict=True)}
        for table in story_tables(shown)
        for row in table.rows
    ]
    assert lines == expected


def _sheet_value(table: Table, column: Column, cell: Any) -> Any:
    if column.kind == "list":
        return split_list(plain(cell)) if cell is not None else ()
    return plain(cell) if isinstance(cell, str) else cell


def test_xlsx_comes_back(shown: Shown) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(shown)))
    assert book.sheetnames == [table.name for table in story_tables(shown)]
    for table in story_tables(shown):
        sheet = book[table.name]
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:")
        header, *rows = sheet.iter_rows()
        assert [cell.value for cell in header] == [column.name for column in table.columns]
        assert len(rows) == len(table.rows)
        for made, row in zip(rows, table.rows, strict=True):
            for cell, column, value in zip(made, table.columns, row, strict=True):
                assert cell.data_type not in ("f", "e"), cell.value
                found = _sheet_value(table, column, cell.value)
                if isinstance(found, date | datetime):
                    assert column.kind == "moment"
                elif isinstance(value, str) and len(value) > LONGEST_CELL:
                    assert found.startswith(value[:1000]) and "cut here" in found and len(found) <= LONGEST_CELL
                elif isinstance(value, tuple):
                    assert found == tuple(map(printable, value)) or any(len(item) > 1000 for item in value)
                else:
                    assert found == ((printable(value) or None) if isinstance(value, str) else value)


def test_dates_are_dates_on_the_storys_clock(flood: Shown) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx(flood)))["documents"]
    names = [cell.value for cell in next(sheet.iter_rows())]
    found = {row[0].value: row[names.index("published")].value for row in sheet.iter_rows(min_row=2)}
    assert found["doc-wire"] == datetime(2026, 3, 3, 9, 10)
    assert found["doc-harbour"] == datetime(2026, 3, 3)
    assert sheet.cell(2, names.index("published") + 1).is_date


def test_long_statements_are_whole_where_a_cell_can_hold_them(hostile: Shown) -> None:
    rows = [json.loads(line) for line in json_lines(hostile).splitlines() if line.startswith(b'{"type":"statement"')]
    assert any(row["words"] == LONG for row in rows)


@pytest.mark.parametrize("make", [csv_zip, xlsx, sqlite, json_lines])
def test_the_same_material_gives_the_same_bytes(make: Any) -> None:
    assert make(shown_material(story())) == make(shown_material(story()))
    assert make(shown_material(hostile_material())) == make(shown_material(hostile_material()))


def test_parquet_is_the_same_each_time(flood: Shown) -> None:
    assert parquet_files(flood) == parquet_files(flood)
