"""Combining piece by piece gives what combining at once gives: the same findings, and the same workbench under them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from presstime.combine import combine, combine_readings
from presstime.findings import Decision, Findings
from presstime.ledger import Ledger
from presstime.ledger.bench import BENCH_TABLES
from presstime.records import Reading
from tests.worlds.scale import growing_context, growing_readings

NUMBER = 60
TABLES = tuple(table for table in BENCH_TABLES if table != "bench_state")


@cache
def story() -> tuple[Reading, ...]:
    return tuple(growing_readings(NUMBER))


def last_moment() -> datetime:
    return max(datetime.fromisoformat(r.document.published or "") for r in story()) + timedelta(hours=1)


def found(ledger: Ledger, moment: datetime | None = None, changed: Iterable[str] | None = None) -> Findings:
    return combine(ledger, changed, moment=moment or last_moment(), context=growing_context())


def bench(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    with ledger.bench() as bench:
        return {t: sorted(bench._connection.execute(f"SELECT * FROM {t}").fetchall()) for t in TABLES}


def at_once(readings: Sequence[Reading], moment: datetime | None = None) -> tuple[Findings, dict[str, list[tuple[object, ...]]]]:
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        for reading in readings:
            ledger.enter_reading(reading)
        return found(ledger, moment), bench(ledger)


@settings(max_examples=6, deadline=None)
@given(st.randoms(use_true_random=False), st.lists(st.integers(1, NUMBER - 1), max_size=4))
def test_in_any_order_and_in_any_batches(random: object, cuts: list[int]) -> None:
    readings = list(story())
    random.shuffle(readings)  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        before = 0
        for cut in sorted({*cuts, NUMBER}):
            batch = readings[before:cut]
            for reading in batch:
                ledger.enter_reading(reading)
            findings = found(ledger, changed=[r.document.id for r in batch])
            before = cut
        once, tables = at_once(story())
        assert findings == once
        assert bench(ledger) == tables


def test_a_reading_that_changes_and_one_that_goes(tmp_path: Path) -> None:
    readings = story()
    bare = replace(readings[7], figures=(), statements=(), events=(), reader=replace(readings[7].reader, presstime="9.0.0"))
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        for reading in readings:
            ledger.enter_reading(reading)
        found(ledger)
        ledger.enter_reading(bare)
        changed = found(ledger)
        once, tables = at_once([bare if r.document.id == bare.document.id else r for r in readings])
        assert changed == once
        assert bench(ledger) == tables


def test_an_earlier_moment_and_back_again(tmp_path: Path) -> None:
    readings = story()
    days = sorted(datetime.fromisoformat(r.document.published or "") for r in readings)
    for moment in (days[-6], days[len(days) // 2]):
        with Ledger.open(tmp_path / f"{moment.timestamp()}.db") as ledger:
            for reading in readings:
                ledger.enter_reading(reading)
            whole, tables = found(ledger), bench(ledger)
            earlier = found(ledger, moment)
            counted = [r for r in readings if datetime.fromisoformat(r.document.published or "") <= moment]
            assert earlier == combine_readings(counted, as_of=earlier.as_of, context=growing_context())
            assert found(ledger) == whole
            assert bench(ledger) == tables


def test_nothing_new_changes_nothing_and_is_quick(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        for reading in story()[:20]:
            ledger.enter_reading(reading)
        first, tables = found(ledger), bench(ledger)
        assert found(ledger) == first
        assert bench(ledger) == tables


def test_the_same_readings_given_in_any_order_are_the_same_findings() -> None:
    readings = story()
    as_of = last_moment().isoformat()
    one = combine_readings(readings, as_of=as_of, context=growing_context())
    assert combine_readings(reversed(readings), as_of=as_of, context=growing_context()) == one


@pytest.mark.parametrize("kind", ["actor", "event"])
def test_a_decision_is_heeded_and_undone_piece_by_piece_as_at_once(tmp_path: Path, kind: str) -> None:
    readings = story()
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        for reading in readings:
            ledger.enter_reading(reading)
        before = found(ledger)
        ids = [a.id for a in before.actors if a.kind == "person"] if kind == "actor" else [e.id for e in before.timeline]
        same = Decision(id="d1", kind=kind, verdict="same", one=ids[0], other=ids[1], by="desk", at="2031-05-04", why="")  # type: ignore[arg-type]
        ledger.enter_decision(same)
        joined = found(ledger)
        assert joined == combine_readings(readings, as_of=joined.as_of, context=growing_context(), decisions=[same])
        assert len(joined.actors if kind == "actor" else joined.timeline) < len(before.actors if kind == "actor" else before.timeline)
        known = {i for a in (*joined.actors, *joined.timeline) for i in (a.id, *a.redirects)}
        assert {ids[0], ids[1]} <= known  # no id is ever lost
        ledger.enter_decision(replace(same, id="d2", verdict="undone", takes_back="d1"))
        assert found(ledger) == before
