"""Killed at any moment, the ledger holds each document wholly or not at all, and the same run again completes it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import enter_many
from looking import content, sound

from presstime.ledger import Ledger

PROGRAM = Path(enter_many.__file__)
KILLS = 6
Content = dict[str, list[tuple[Any, ...]]]


def start(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, str(PROGRAM), str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "entering\n"
    return process


def run_to_the_end(path: Path) -> float:
    process = start(path)
    began = time.monotonic()
    assert process.communicate(timeout=120)[0] == "done\n"
    assert process.returncode == 0
    return time.monotonic() - began


def first_documents(whole: Content, count: int) -> Content:
    """What an uninterrupted run's ledger held when `count` documents were in it: every row came with its document."""
    documents = {f"doc-{number}" for number in range(count)}
    parents = {row[1] for table in ("actor", "statement") for row in whole[table] if documents & set(map(str, row))}
    owners = {"mention": 1, "content_span": 1}
    return {
        table: [row for row in rows if (row[owners[table]] in parents if table in owners else documents & set(map(str, row)))]
        for table, rows in whole.items()
    }


def test_killed_at_random_moments(tmp_path: Path) -> None:
    seconds = run_to_the_end(tmp_path / "whole.db")
    whole = content(tmp_path / "whole.db")
    assert len(whole["document"]) == enter_many.DOCUMENTS
    assert first_documents(whole, enter_many.DOCUMENTS) == whole
    path = tmp_path / "killed.db"
    chance = random.Random(19)
    counts = []
    for kill in range(KILLS):
        process = start(path)
        time.sleep(chance.uniform(0.02, 0.25) * seconds * (1 + kill / 3))
        process.kill()
        process.communicate(timeout=60)
        assert process.returncode in (-signal.SIGKILL, 0)
        assert sound(path)
        count = len(content(path)["document"])
        assert content(path) == first_documents(whole, count)
        with Ledger.open(path) as ledger:
            assert len(list(ledger.readings())) == count
        counts.append(count)
    assert any(0 < count < enter_many.DOCUMENTS for count in counts), f"no kill fell in the middle: {counts}"
    assert counts == sorted(counts)
    run_to_the_end(path)
    assert content(path) == whole
    assert sound(path)
