"""A second process changes nothing but the time that combining takes; and nothing depends on there being one."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from presstime.combine import combine, second
from presstime.findings import Findings
from presstime.ledger import Ledger, new_correction
from presstime.ledger.bench import BENCH_TABLES
from presstime.records import Span
from tests.worlds.scale import growing_context, growing_readings

LATE = datetime(2100, 1, 1, tzinfo=UTC)
NUMBER = 60


def combined(path: Path) -> tuple[Findings, dict[str, list[tuple[object, ...]]]]:
    """The findings of a ledger of some documents, one of them corrected, and its workbench."""
    with Ledger.open(path) as ledger:
        for reading in growing_readings(NUMBER):
            ledger.enter_reading(reading)
        figure, document = next((f, r.document) for r in ledger.readings() for f in r.figures)
        ledger.enter_correction(
            new_correction(
                document,
                "figure",
                (Span(start=figure.start, end=figure.end),),
                field="measure",
                before=figure.measure,
                after="missing",
                by="desk",
                at="2100-01-01",
                why="",
            )
        )
        findings = combine(ledger, moment=LATE, context=growing_context())
        with ledger.bench() as bench:
            return findings, {name: sorted(bench._connection.execute(f"SELECT * FROM {name}").fetchall()) for name in BENCH_TABLES}


@pytest.fixture
def worth_while(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Has a second process begin for few documents, on any machine; gives how each one ended."""
    ended: list[int] = []
    close = second.Second.close

    def closed(self: second.Second) -> None:
        close(self)
        ended.append(self._process.returncode)

    monkeypatch.setattr(second, "_FEWEST", 1)
    monkeypatch.setattr(second, "_processors", lambda: 2)
    monkeypatch.setattr(second.Second, "close", closed)
    return ended


def test_findings_and_bench_are_those_of_one_process(tmp_path: Path, worth_while: list[int]) -> None:
    two = combined(tmp_path / "two.db")
    assert worth_while == [0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(second, "_FEWEST", NUMBER + 1)
        assert combined(tmp_path / "one.db") == two
    assert worth_while == [0]


@pytest.mark.parametrize("broken", ["", "/nowhere/python", "false"])
def test_one_that_does_not_start_or_dies_is_done_without(
    tmp_path: Path, worth_while: list[int], monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(second, "_FEWEST", NUMBER + 1)
        alone = combined(tmp_path / "one.db")
    if broken == "false":
        dying = [sys.executable, "-c", "raise SystemExit(3)"]
        popen = subprocess.Popen
        monkeypatch.setattr(second.subprocess, "Popen", lambda _, **streams: popen(dying, **streams))
    else:
        monkeypatch.setattr(second.sys, "executable", broken)
    assert combined(tmp_path / "two.db") == alone


def test_it_is_not_begun_for_few_documents_or_on_one_processor(
    tmp_path: Path, worth_while: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second, "_processors", lambda: 1)
    combined(tmp_path / "ledger.db")
    assert worth_while == []
