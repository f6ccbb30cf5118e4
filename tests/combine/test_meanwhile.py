"""What is entered while a ledger is combined: it is entered at once, leaves those findings alone, and is in the next ones."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

import presstime.combine
from presstime.combine import combine, second
from presstime.combine.steps import bring_up_to_date
from presstime.findings import Findings
from presstime.ledger import Correction, Ledger, new_correction
from presstime.records import Reading, Span
from tests.worlds.scale import growing_context, growing_readings

LATE = datetime(2100, 1, 1, tzinfo=UTC)
NUMBER = 60


def findings_of(ledger: Ledger) -> Findings:
    return combine(ledger, moment=LATE, context=growing_context())


def made(path: Path) -> Ledger:
    ledger = Ledger.open(path)
    for reading in growing_readings(NUMBER):
        ledger.enter_reading(reading)
    return ledger


def put_right(ledger: Ledger) -> Correction:
    """A correction of the first figure of all: it is of the missing."""
    reading, figure = next((r, f) for r in ledger.readings() for f in r.figures)
    where = (Span(start=figure.start, end=figure.end),)
    return new_correction(
        reading.document, "figure", where, field="measure", before=figure.measure, after="missing", by="Ana", at="2100-01-01", why=""
    )


def newer(ledger: Ledger) -> Reading:
    """The first reading as a later version of presstime reads it: without statements, and what hangs on these."""
    reading = next(iter(ledger.readings()))
    reader = msgspec.structs.replace(reading.reader, presstime="99.0")
    return msgspec.structs.replace(reading, reader=reader, statements=(), figures=(), events=())


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is to be done, once, when combining has looked at what there is and has begun to read it."""
    waiting: list[Any] = []

    def brought(*given: Any) -> bool:
        if waiting:
            waiting.pop()()
        return bring_up_to_date(*given)

    monkeypatch.setattr(presstime.combine, "bring_up_to_date", brought)
    return waiting


@pytest.mark.parametrize("processes", [1, 2])
def test_findings_are_of_the_ledger_as_it_stood_and_the_next_ones_of_what_came(
    tmp_path: Path, meanwhile: list[Any], monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    monkeypatch.setattr(second, "_FEWEST", 1)
    monkeypatch.setattr(second, "_processors", lambda: processes)
    with made(tmp_path / "alone.db") as ledger:
        before = findings_of(ledger)
        ledger.enter_correction(put_right(ledger))
        ledger.enter_reading(newer(ledger))
        after = findings_of(ledger)
    assert before != after
    with made(tmp_path / "ledger.db") as ledger, Ledger.open(tmp_path / "ledger.db") as desk:
        desk.wait_at_most(0)

        def enter() -> None:
            assert desk.enter_correction(put_right(desk))
            assert desk.enter_reading(newer(desk)).added

        meanwhile.append(enter)
        assert findings_of(ledger) == before
        assert not meanwhile
        assert findings_of(ledger) == after
