"""SQLite: the same tables as one database, with keys, full text and views; Datasette opens it as it is.

In: a `Shown`. Out: the database's bytes. It is no ledger: it holds what may be shown and nothing can be entered through it. Lists are
JSON arrays, which Datasette facets. `statements_fts` and `passages_fts` are full-text indexes; the views join what one asks first.
Example: `SELECT * FROM latest_figures WHERE measure = 'killed'`.
"""

from __future__ import annotations

import json
import sqlite3
from importlib.resources import files

from presstime.show.export.cells import storable
from presstime.show.export.shown import Shown
from presstime.show.export.table import Cell, Column, Table
from presstime.show.export.tables import story_tables

__all__ = ["sqlite"]

_TYPES = {"text": "TEXT", "moment": "TEXT", "integer": "INTEGER", "real": "REAL", "boolean": "INTEGER", "list": "TEXT"}


def sqlite(shown: Shown) -> bytes:
    """The database file."""
    tables = story_tables(shown)
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("PRAGMA page_size = 4096")
        for table in tables:
            _enter(connection, table)
        connection.executescript(files("presstime.show.export").joinpath("views.sql").read_text(encoding="utf-8"))
        connection.execute(
            "CREATE TABLE columns (table_name TEXT, column_name TEXT, kind TEXT, meaning TEXT, PRIMARY KEY (table_name, column_name))"
        )
        meanings = [(table.name, column.name, column.kind, column.meaning) for table in tables for column in table.columns]
        connection.executemany("INSERT INTO columns VALUES (?, ?, ?, ?)", meanings)
        connection.commit()
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


def _enter(connection: sqlite3.Connection, table: Table) -> None:
    lines = [_definition(column, table) for column in table.columns]
    lines += [
        f'FOREIGN KEY ("{column.name}") REFERENCES "{column.refers}" (id)'
        for column in table.columns
        if column.refers is not None and column.kind != "list"
    ]
    connection.execute(f'CREATE TABLE "{table.name}" ({", ".join(lines)})')
    marks = ", ".join("?" * len(table.columns))
    connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', ([_value(cell) for cell in row] for row in table.rows))
    for column in table.columns:
        if column.refers is not None and column.kind != "list":
            connection.execute(f'CREATE INDEX "{table.name}_{column.name}" ON "{table.name}" ("{column.name}")')


def _definition(column: Column, table: Table) -> str:
    key = " PRIMARY KEY" if table.keyed and column.name == "id" else ""
    return f'"{column.name}" {_TYPES[column.kind]}{key}'


def _value(cell: Cell) -> str | int | float | None:
    if isinstance(cell, tuple):
        return json.dumps([storable(item) for item in cell], ensure_ascii=False)
    return storable(cell) if isinstance(cell, str) else cell
