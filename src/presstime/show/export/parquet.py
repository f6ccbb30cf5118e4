"""Parquet: one file a table, typed, written by DuckDB.

In: a `Shown`. Out: names and bytes, for a folder or for one zip. Lists are lists; moments stay texts in ISO 8601, since some are days
and some are instants, and a column has one type.
Example: `SELECT giver, low FROM 'series_points.parquet' WHERE latest` in DuckDB, pandas or R.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from presstime.show.export.json_lines import table_lines
from presstime.show.export.missing import library
from presstime.show.export.packing import pack
from presstime.show.export.shown import Shown
from presstime.show.export.table import Table
from presstime.show.export.tables import story_tables

__all__ = ["parquet_files", "parquet_zip"]

_TYPES = {"text": "VARCHAR", "moment": "VARCHAR", "integer": "BIGINT", "real": "DOUBLE", "boolean": "BOOLEAN", "list": "VARCHAR[]"}
_LEAST_ROOM = 1 << 24
"""Bytes that DuckDB takes for one line unless told of a longer one."""


def parquet_files(shown: Shown) -> dict[str, bytes]:
    """Every table as a Parquet file, by its name. Raises InputError where DuckDB is missing."""
    duckdb = library("duckdb")
    with tempfile.TemporaryDirectory(prefix="presstime-") as made, duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("SET autoinstall_known_extensions = false; SET preserve_insertion_order = true")
        return {f"{table.name}.parquet": _file(connection, table, Path(made)) for table in story_tables(shown)}


def parquet_zip(shown: Shown) -> bytes:
    """Every table as a Parquet file, in one zip."""
    return pack(parquet_files(shown))


def _file(connection: Any, table: Table, folder: Path) -> bytes:
    lines, to = folder / f"{table.name}.jsonl", folder / f"{table.name}.parquet"
    data = table_lines(table)
    lines.write_bytes(data)
    columns = {column.name: _TYPES[column.kind] for column in table.columns}
    if data:
        shape = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
        room = max(_LEAST_ROOM, 2 * max(len(line) for line in data.splitlines()))
        source = f"SELECT * FROM read_json('{lines}', columns = {{{shape}}}, format = 'newline_delimited', maximum_object_size = {room})"
    else:
        source = "SELECT " + ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in columns.items()) + " WHERE false"
    connection.execute(f"COPY ({source}) TO '{to}' (FORMAT parquet, COMPRESSION zstd)")
    return to.read_bytes()
