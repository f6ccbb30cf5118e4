"""docs/exports.md says what the exports hold: every format, table, column and policy."""

from __future__ import annotations

from pathlib import Path

from presstime.exporting import FORMATS
from presstime.show.export import acled, ged
from presstime.show.export.shown import Shown
from presstime.show.export.tables import story_tables

PAPER = (Path(__file__).parents[3] / "docs" / "exports.md").read_text(encoding="utf-8")


def test_every_format_and_every_coded_column_is_described() -> None:
    assert not [name for name in (*FORMATS, *acled.COLUMNS, *ged.COLUMNS) if f"`{name}`" not in PAPER]


def test_every_column_of_every_table_is_described(empty: Shown) -> None:
    sections = {part.partition("`")[0]: part for part in PAPER.split("### `")[1:]}
    for table in story_tables(empty):
        assert table.name in sections and table.meaning in sections[table.name]
        assert not [c.name for c in table.columns if f"| `{c.name}` | {c.kind} | {c.meaning}" not in sections[table.name]]
