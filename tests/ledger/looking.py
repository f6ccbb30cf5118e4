"""Looking into a ledger's file from outside, as another program would."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, shadow tables of the words' indexes too, with its rowid where it has one."""
    with sqlite3.connect(path) as connection:
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        found = {}
        for name, sql in tables:
            columns = "*" if "WITHOUT ROWID" in sql else "rowid, *"
            found[name] = connection.execute(f"SELECT {columns} FROM {name} ORDER BY 1, 2").fetchall()
    connection.close()
    return found


def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the log, whose salts and moments are each ledger's own, and the words' indexes, whose inner order
    depends on when they were merged."""
    apart = ("_words", "_folded", "log")
    return {name: rows for name, rows in dump(path).items() if not any(part in name for part in apart)}


def sound(path: Path) -> bool:
    """Whether the file is whole, every reference holds, and the words' indexes are those of the texts."""
    connection = sqlite3.connect(path)
    try:
        for index in ("document_words", "statement_words"):
            connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return whole and connection.execute("PRAGMA foreign_key_check").fetchall() == []
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()


def ask(path: Path, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql, parameters).fetchall()
    finally:
        connection.close()
