"""The bench lies beside the ledger: whoever works on it keeps nobody from the ledger, and it can be thrown away."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import pytest
from looking import ask
from made_readings import made_reading

from presstime.ledger import BusyError, Correction, Ledger, new_correction, opening
from presstime.ledger.bench_file import bench_path
from presstime.ledger.folding import add_functions
from presstime.problems import LedgerError
from presstime.records import Reading, Span

VERSION_1 = Path(__file__).parent.parent / "cases" / "ledger" / "version-1.sql"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "story.db"
    with Ledger.open(path) as ledger:
        ledger.enter_reading(made_reading(1, rounds=1))
    return path


def correction(reading: Reading) -> Correction:
    figure = reading.figures[0]
    where = (Span(start=figure.start, end=figure.end),)
    return new_correction(
        reading.document, "figure", where, field="high", before=str(figure.high), after="9", by="Ana", at="2031-05-06T09:00:00Z", why=""
    )


def test_a_correction_is_entered_while_somebody_combines(path: Path) -> None:
    with Ledger.open(path) as combining, Ledger.open(path) as desk:
        desk.wait_at_most(0)
        with combining.bench() as bench:
            bench.remember("made_with", "something")
            assert desk.enter_correction(correction(made_reading(1, rounds=1)))
            assert desk.enter_reading(made_reading(2, rounds=1)).added
            assert len(desk.corrections()) == 1
        assert len(combining.corrections()) == 1
        with desk.bench() as bench:
            assert bench.state("made_with") == "something"


def test_the_ledger_is_read_as_it_stood_when_the_work_began(path: Path) -> None:
    with Ledger.open(path) as combining, Ledger.open(path) as other:
        with combining.bench():
            before = [s.reading for s in combining.signatures()]
            newer = msgspec.structs.replace(
                made_reading(1, rounds=1), reader=msgspec.structs.replace(made_reading(1).reader, presstime="99.0")
            )
            assert other.enter_reading(newer).added
            other.enter_reading(made_reading(2, rounds=1))
            assert [s.reading for s in combining.signatures()] == before
            assert list(combining.readings_of(["doc-1", "doc-2"])) == [made_reading(1, rounds=1)]
        assert list(combining.readings_of(["doc-1", "doc-2"])) == [newer, made_reading(2, rounds=1)]


def test_one_works_on_a_bench_at_a_time(path: Path) -> None:
    with Ledger.open(path) as one, Ledger.open(path) as other:
        other.wait_at_most(0)
        with one.bench() as bench:
            bench.remember("decisions", "[]")
            with pytest.raises(BusyError, match="wait for the other process"), other.bench():
                pass
        with other.bench() as bench:
            assert bench.state("decisions") == "[]"


def test_work_that_fails_or_gives_way_leaves_no_trace(path: Path) -> None:
    with Ledger.open(path) as ledger:
        with ledger.bench() as bench:
            bench.remember("made_with", "before")
        with pytest.raises(ZeroDivisionError), ledger.bench() as bench:
            bench.remember("made_with", "after")
            raise ZeroDivisionError
        with pytest.raises(BusyError), ledger.giving_way(lambda: True), ledger.bench() as bench:
            for number in range(100_000):
                bench.remember(f"{number}", "after")
        with ledger.bench() as bench:
            assert (bench.state("made_with"), bench.state("7")) == ("before", None)
        assert ledger.enter_reading(made_reading(2, rounds=1)).added


def test_a_bench_of_another_form_is_made_anew(path: Path) -> None:
    with sqlite3.connect(bench_path(path)) as connection:
        connection.executescript("CREATE TABLE bench_state (old TEXT); CREATE TABLE bench_older (one TEXT); PRAGMA user_version = 7")
    connection.close()
    with Ledger.open(path) as ledger, ledger.bench() as bench:
        assert bench.fresh
        bench.remember("made_with", "now")
    assert ask(bench_path(path), "SELECT * FROM bench_state") == [("made_with", "now")]
    assert ask(bench_path(path), "SELECT name FROM sqlite_master WHERE name = 'bench_older'") == []


def test_a_bench_that_is_thrown_away_leaves_nothing_behind(path: Path) -> None:
    with Ledger.open(path) as ledger, Ledger.open(path) as other:
        with ledger.bench() as bench:
            bench.remember("made_with", "words of a document")
            other.wait_at_most(0)
            with pytest.raises(BusyError):
                other.throw_bench_away()
        other.throw_bench_away()
        assert [p.name for p in path.parent.iterdir() if "bench" in p.name] == []
        with ledger.bench() as bench:
            assert bench.fresh


def test_a_damaged_bench_is_thrown_away_and_the_ledger_stays(path: Path) -> None:
    bench_path(path).write_bytes(b"this is a text and no database, however long it may be" * 100)
    with Ledger.open(path) as ledger:
        with pytest.raises(LedgerError, match="was damaged and is thrown away; nothing was lost, run again"), ledger.bench():
            pass
        with ledger.bench() as bench:
            assert bench.fresh
        assert list(ledger.readings()) == [made_reading(1, rounds=1)]


def test_a_ledger_that_had_its_bench_inside_gives_up_its_room(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    add_functions(connection)
    for script in (VERSION_1.read_text(encoding="utf-8"), *opening._steps(1)[:4]):
        connection.executescript(script)
    connection.executescript("CREATE TABLE bench_state (name TEXT); CREATE TABLE bench_note (stage TEXT); PRAGMA user_version = 5")
    connection.close()
    with Ledger.open(path) as ledger:
        assert list(ledger.readings()) == [made_reading(1, rounds=1)]
    assert ask(path, "SELECT name FROM sqlite_master WHERE name LIKE 'bench%'") == []
