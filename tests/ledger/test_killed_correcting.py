"""Killed at any moment of a correction, the ledger holds each one that it said it has, and its tables are as corrected."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import correct_many
from looking import sound
from made_readings import made_reading

from presstime.ledger import Ledger

KILLS = 10


def test_no_acknowledged_correction_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        for number in range(1, 6):
            ledger.enter_reading(made_reading(number))
    chance = random.Random(7)
    told: list[str] = []
    for _ in range(KILLS):
        process = subprocess.Popen([sys.executable, correct_many.__file__, str(path)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        told += [process.stdout.readline().strip() for _ in range(chance.randrange(1, 6))]
        process.kill()
        rest, _ = process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
        told += rest.split()
        with Ledger.open(path) as ledger:
            kept = [correction.id for correction in ledger.corrections()]
            assert kept[: len(told)] == told, "an entry that was told as kept is gone"
            assert len(kept) <= len(told) + 1, "only the entry that was under way may be there untold"
            told = kept
            high = dict(ledger._connection.execute("SELECT id, high FROM figure").fetchall())
            assert high == {figure.id: figure.high for reading in ledger.corrected_readings() for figure in reading.figures}
        assert sound(path)
    assert len(told) >= KILLS
