"""Findings, corrections, editions and inputs: what stands beside the readings."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from looking import ask, content, dump, sound
from made_readings import made_reading
from strategies import findings

from presstime.findings import Claim, Dispute, Findings, Line, Point, Series, Telling, TimelineEntry
from presstime.ledger import Correction, Edition, Input, Ledger, new_correction
from presstime.problems import LedgerError
from presstime.records import Span


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@settings(max_examples=40)
@given(findings(), findings())
def test_findings_come_out_equal_and_take_the_place_of_the_last(first: Findings, second: Findings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ledger.db")
        with Ledger.open(path) as ledger:
            assert ledger.findings() is None
            ledger.enter_findings(first)
            assert ledger.findings() == first
            ledger.enter_findings(second)
            assert ledger.findings() == second
        before = dump(path)
        with Ledger.open(path) as ledger:
            ledger.enter_findings(second)
        assert dump(path) == before
        kept = content(path)
        with Ledger.open(path) as ledger:
            ledger.rebuild()
        assert content(path) == kept
        assert len(before["claim"]) == len(second.claims)
        assert len(before["series_point"]) == sum(len(line.points) for series in second.series for line in series.lines)
        assert len(before["telling"]) == sum(len(entry.tellings) for entry in second.timeline)


def test_findings_can_be_looked_into(path: Path) -> None:
    reading = made_reading(1, rounds=1)
    said, denied = (statement.id for statement in reading.statements)
    with Ledger.open(path) as ledger:
        ledger.enter_reading(reading)
        ledger.enter_findings(
            Findings(
                as_of="2023-09-19T20:00:00+04:00",
                claims=(Claim(id="claim-1", statements=(said,), words="at least 1"),),
                disputes=(Dispute(id="d", about="x", claim="claim-1", claimed_by=("Voss",), denied_by=("M",), denials=(denied,)),),
                series=(
                    Series(
                        id="s",
                        measure="killed",
                        group="civilians",
                        lines=(Line(giver="Voss", points=(Point(figure="f", as_of=None, low=1, high=None, qualifier="at-least"),)),),
                    ),
                ),
                timeline=(
                    TimelineEntry(
                        id="t", type="ASSAULT", place=None, tellings=(Telling(event="e", standing="denied", giver="M"),), standing="denied"
                    ),
                ),
            )
        )
    assert ask(path, "SELECT side, speaker, outlet FROM v_claim") == [
        ("claim", "Ilan Voss", "Sarn Post"),
        ("denial", "Ostrian Defence Ministry", "Sarn Post"),
    ]
    assert ask(path, "SELECT s.group_, p.giver, p.low, p.high FROM series_point p JOIN series s ON s.id = p.series") == [
        ("civilians", "Voss", 1, None)
    ]
    assert ask(path, "SELECT entry, giver, standing FROM telling") == [("t", "M", "denied")]


def test_findings_with_one_id_twice_are_refused_and_the_last_ones_stay(path: Path) -> None:
    claim = Claim(id="c", statements=(), words="")
    with Ledger.open(path) as ledger:
        ledger.enter_findings(Findings(as_of="2023"))
        with pytest.raises(LedgerError, match="two claims with the id c"):
            ledger.enter_findings(Findings(as_of="2024", claims=(claim, claim)))
        assert ledger.findings() == Findings(as_of="2023")


def slip(after: str = "15", why: str = "a slip of the keys") -> Correction:
    reading = made_reading(1, rounds=1)
    figure = reading.figures[0]
    return new_correction(
        reading.document,
        "figure",
        (Span(start=figure.start, end=figure.end),),
        field="low",
        before="51",
        after=after,
        by="an editor",
        at="2023-09-19T19:00:00+04:00",
        why=why,
    )


def test_corrections_are_entries_that_stay(path: Path) -> None:
    with Ledger.open(path) as ledger:
        ledger.enter_reading(made_reading(1, rounds=1))
        assert ledger.enter_correction(slip())
        assert not ledger.enter_correction(slip())
        assert ledger.enter_correction(slip(after="16"))
        assert ledger.corrections() == (slip(), slip(after="16"))
        assert ledger.corrections("doc-1") == ledger.corrections()
        assert ledger.corrections("doc-2") == ()
        assert ledger.corrections()[0].words == "at least 1 people"
        with pytest.raises(LedgerError, match=r"another correction has the id .* enter it under a new id"):
            ledger.enter_correction(msgspec.structs.replace(slip(), why="another reason"))
        with pytest.raises(LedgerError, match="is of no document in the ledger; enter the document first"):
            ledger.enter_correction(msgspec.structs.replace(slip(), id="c", document="doc-2"))
        ledger.rebuild()
        assert ledger.corrections() == (slip(), slip(after="16"))


def test_editions_are_entries_that_stay(path: Path) -> None:
    edition = Edition(id="e", kind="draft", as_of="2023-09-19", made_at="2023-09-20", sha256="0" * 64, json='{"as_of":"2023-09-19"}')
    with Ledger.open(path) as ledger:
        assert ledger.enter_edition(edition)
        assert not ledger.enter_edition(edition)
        with pytest.raises(LedgerError, match="another edition has the id 'e'"):
            ledger.enter_edition(msgspec.structs.replace(edition, kind="published"))
        assert ledger.editions() == (edition,)


@pytest.mark.parametrize("table", ["correction", "edition"])
@pytest.mark.parametrize(
    "sql", ["UPDATE {table} SET at = 'x'", "DELETE FROM {table}", "INSERT OR REPLACE INTO {table} SELECT * FROM {table}"]
)
def test_no_program_can_change_or_remove_them(path: Path, table: str, sql: str) -> None:
    with Ledger.open(path) as ledger:
        ledger.enter_reading(made_reading(1, rounds=1))
        ledger.enter_correction(slip())
        ledger.enter_edition(Edition(id="e", kind="draft", as_of="2023", made_at="2023", sha256="", json="{}"))
    before = dump(path)
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.Error, match=r"never|no such function: log_"):  # no other program can chain a new row
        connection.execute(sql.format(table=table).replace("SET at", "SET at" if table == "correction" else "SET made_at"))
    connection.close()
    assert dump(path) == before
    assert sound(path)


def test_an_input_keeps_its_first_moment(path: Path) -> None:
    with Ledger.open(path) as ledger:
        first = Input(sha256="a", whence="report.txt", gathered="2023-09-19")
        assert ledger.enter_input(first)
        assert not ledger.enter_input(Input(sha256="a", whence="report.txt", gathered="2023-09-20"))
        assert ledger.enter_input(Input(sha256="b", whence="report.txt", gathered="2023-09-20"))
        assert ledger.inputs()[0] == first
        assert len(ledger.inputs()) == 2
