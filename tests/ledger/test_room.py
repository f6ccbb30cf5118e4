"""The ledger's room: what it may know, and what docs/ledger.md promises of it."""

from __future__ import annotations

import ast
import re
import sqlite3
from pathlib import Path

from made_readings import made_reading

import presstime.ledger
from presstime.ledger import Ledger

ROOM = Path(presstime.ledger.__file__).parent
DOCS = Path(__file__).parent.parent.parent / "docs" / "ledger.md"
MAY_KNOW = {"records", "findings", "ids", "problems", "ledger"}


def test_the_ledger_knows_records_only() -> None:
    known = set()
    for module in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "presstime":
                known.add(f"{node.module}.{node.names[0].name}".split(".")[1])
            assert not (isinstance(node, ast.ImportFrom) and node.level), module
    assert "records" in known
    assert known <= MAY_KNOW


def test_the_queries_of_the_docs_run_and_its_tables_are_there(tmp_path: Path) -> None:
    text = DOCS.read_text(encoding="utf-8")
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.enter_reading(made_reading(1))
    connection = sqlite3.connect(tmp_path / "ledger.db")
    queries = re.findall(r'sqlite3 -readonly \S+ "(SELECT [^"]+)"', text)
    block = re.search(r"```sql\n(.*?)```", text, re.DOTALL)
    assert block is not None
    queries += [query for query in block[1].split(";") if query.strip()]
    assert len(queries) == 8
    for query in queries:
        connection.execute(query).fetchall()
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    connection.close()
    told = set(re.findall(r"`(\w+)`", text))
    assert {name for name in there if not re.search(r"_words_|_folded_|sqlite_", name)} <= told
