"""What enters the ledger comes out equal, once, wholly or not at all."""

from __future__ import annotations

import sqlite3
import tempfile
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from looking import ask, content, dump, sound
from made_readings import READER, made_document, made_reading, record_count
from strategies import documents, problems, readings

from presstime.ledger import Input, Ledger
from presstime.problems import LedgerError
from presstime.records import Document, Problem, Reader, Reading

OLDER = Reader(presstime="0.0.9", model="model-a", context="context-a")
NEWER = Reader(presstime="0.10.0", model="model-a", context="context-a")
OTHER = Reader(presstime="0.1.0", model="model-a", context="context-b")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


# ---------------------------------------------------------------- equal


@settings(max_examples=25)
@given(st.lists(readings(), max_size=3, unique_by=lambda reading: reading.document.id))
def test_readings_come_out_equal(made: list[Reading]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ledger.db")
        with Ledger.open(path) as ledger:
            for reading in made:
                entered = ledger.enter_reading(reading)
                assert (entered.added, entered.problem) == (True, None)
        before = dump(path)
        with Ledger.open(path) as ledger:
            assert list(ledger.readings()) == made
            assert list(ledger.documents()) == [reading.document for reading in made]
            for reading in made:
                assert ledger.reading_of(reading.document.id, reading.reader) == reading
                assert not ledger.enter_reading(reading).added
                assert not ledger.enter_document(reading.document).added
        assert dump(path) == before
        assert sound(path)
        assert not [row for row in before["problem"] if "reader-fault" in row]


@settings(max_examples=30)
@given(documents(), st.lists(problems(), max_size=3))
def test_documents_and_problems_come_out_equal(document: Document, bad: list[Problem]) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder, "ledger.db")) as ledger:
        assert ledger.enter_document(document).added
        assert [ledger.enter_problem(problem) for problem in bad] == [problem not in bad[:n] for n, problem in enumerate(bad)]
        assert ledger.documents() == (document,)
        assert ledger.problems() == tuple(dict.fromkeys(bad))
        assert list(ledger.readings()) == []
        assert ledger.reading_of(document.id) is None


def test_the_tables_hold_the_words(path: Path) -> None:
    reading = made_reading(7)
    assert record_count(reading) == 27
    with Ledger.open(path) as ledger:
        ledger.enter_reading(reading)
    rows = ask(path, "SELECT speaker, cue, words, outlet, published FROM v_statement WHERE act = 'claim' ORDER BY words")
    assert rows[0] == ("Ilan Voss", "said", "at least 7 people were killed in Belcastro on Tuesday", "Sarn Post", "2023-09-19")
    figures = ask(path, "SELECT words, low, high, giver, place FROM v_figure ORDER BY low")
    assert figures[0] == ("at least 7 people", 7, None, "Ilan Voss", "Belcastro")
    events = ask(path, "SELECT type, words, actor_name, place, time, standing, giver FROM v_event")
    assert events[0] == ("ASSAULT", "had fallen", "The ministry", "Belcastro", "2023-09-19", "denied", "Ostrian Defence Ministry")
    assert ask(path, "SELECT statements, figures, events, readings FROM v_document") == [(6, 3, 3, 1)]
    for table in ("mention", "content_span", "time", "event", "unattributed"):
        joined = {
            "mention": "JOIN actor o ON o.id = x.actor",
            "content_span": "JOIN statement o ON o.id = x.statement",
        }.get(table, "JOIN document o ON o.id = x.document")
        rows = ask(
            path,
            f"SELECT x.words, substr(d.text, x.start + 1, x.end_ - x.start) FROM {table} x {joined} "
            f"JOIN document d ON d.id = {'o.document' if 'actor' in joined or 'statement' in joined else 'o.id'}",
        )
        assert rows
        assert all(words == of_text and words for words, of_text in rows)


# ---------------------------------------------------------------- once


def test_the_same_input_twice_changes_no_row(path: Path) -> None:
    def enter() -> None:
        with Ledger.open(path) as ledger:
            for number in range(5):
                ledger.enter_document(made_document(100 + number))
                ledger.enter_reading(made_reading(number))
            ledger.enter_problem(Problem(where="a.bin", what="binary", why="it is no text; leave it out"))
            ledger.enter_input(Input(sha256="0" * 64, whence="a.bin", gathered="2023-09-20"))

    enter()
    before = dump(path)
    enter()
    assert dump(path) == before
    assert len(before["document"]) == 10


def test_gathering_again_later_keeps_the_first_moment_and_changes_nothing(path: Path) -> None:
    first = made_reading(1)
    later = made_reading(1, gathered="2023-09-25T08:00:00+04:00", name="elsewhere/report.txt", sha256="f" * 64)
    with Ledger.open(path) as ledger:
        ledger.enter_reading(first)
    before = dump(path)
    with Ledger.open(path) as ledger:
        assert not ledger.enter_reading(later).added
        assert ledger.reading_of("doc-1") == first
    assert dump(path) == before


def test_a_document_gets_what_its_reading_found(path: Path) -> None:
    reading = made_reading(1, dateline="SARN", credits=("Sarn Wire",), headline="A new headline")
    gathered = made_document(1, reading.document.text, headline=None)
    with Ledger.open(path) as ledger:
        assert ledger.enter_document(gathered).added
        assert ledger.documents() == (gathered,)
        ledger.enter_reading(reading)
        assert ledger.documents() == (reading.document,)
        assert [hit.document for hit in ledger.search("new headline")] == ["doc-1"]
    assert sound(path)


# ---------------------------------------------------------------- newest


def test_the_newest_readers_reading_is_current_and_older_ones_stay(path: Path) -> None:
    old, new = made_reading(1, reader=READER), msgspec.structs.replace(made_reading(1, reader=NEWER), statements=(), figures=(), events=())
    oldest = made_reading(1, reader=OLDER)
    with Ledger.open(path) as ledger:
        for reading, current in ((old, old), (new, new), (oldest, new), (old, new)):
            ledger.enter_reading(reading)
            assert ledger.reading_of("doc-1") == current
            assert list(ledger.readings()) == [current]
        for reading in (old, new, oldest):
            assert ledger.reading_of("doc-1", reading.reader) == reading
        assert ledger.reading_of("doc-1", OTHER) is None
    assert ask(path, "SELECT count(*) FROM statement") == [(0,)]
    assert ask(path, "SELECT count(*) FROM content_span") == [(0,)]
    assert ask(path, "SELECT count(*), sum(current) FROM reading") == [(3, 1)]
    assert sound(path)


def test_a_story_changed_and_changed_back_makes_the_first_reading_current_again(path: Path) -> None:
    first, second = made_reading(1), msgspec.structs.replace(made_reading(1), reader=OTHER, actors=(), statements=(), events=(), figures=())
    with Ledger.open(path) as ledger:
        assert [ledger.enter_reading(reading).added for reading in (first, second, first, first)] == [True, True, True, False]
        assert ledger.reading_of("doc-1") == first
    assert ask(path, "SELECT count(*) FROM statement") == [(6,)]
    assert ask(path, "SELECT count(*) FROM reading") == [(2,)]


def test_a_reader_in_the_making_replaces_its_own_reading(path: Path) -> None:
    first, second = made_reading(1), msgspec.structs.replace(made_reading(1), times=(), events=())
    with Ledger.open(path) as ledger:
        ledger.enter_reading(first)
        ledger.enter_reading(second)
        assert ledger.reading_of("doc-1") == second == ledger.reading_of("doc-1", READER)


# ---------------------------------------------------------------- nothing in silence


def test_an_id_that_another_text_has_is_a_problem_and_the_first_text_stays(path: Path) -> None:
    with Ledger.open(path) as ledger:
        ledger.enter_reading(made_reading(1))
        other = made_document(1, "Other words.", name="b.jsonl:3")
        for entered in (ledger.enter_document(other), ledger.enter_reading(made_reading(1, 4))):
            assert not entered.added
            assert entered.problem is not None
            assert entered.problem.what == "id-taken"
            assert entered.problem in ledger.problems()
        assert "give b.jsonl:3 an id of its own" in ledger.problems()[1].why
        assert list(ledger.readings()) == [made_reading(1)]


def test_a_faulty_reading_is_kept_whole_with_a_problem(path: Path) -> None:
    reading = made_reading(1)
    figure = msgspec.structs.replace(reading.figures[0], statement="statement-nowhere", end=9999, low=2**63)
    faulty = msgspec.structs.replace(reading, figures=(figure, figure), statements=reading.statements)
    with Ledger.open(path) as ledger:
        assert ledger.enter_reading(faulty).added
        assert list(ledger.readings()) == [faulty]
        (fault,) = [problem for problem in ledger.problems() if problem.what == "reader-fault"]
        assert "two records of figure have the id" in fault.why
        assert "(and 3 more)" in fault.why
    assert ask(path, "SELECT low, statement FROM figure") == [(None, None)]
    assert sound(path)


def test_ids_that_two_documents_share_are_a_problem(path: Path) -> None:
    first, second = made_reading(1), made_reading(2)
    second = msgspec.structs.replace(second, times=first.times, events=())
    with Ledger.open(path) as ledger:
        ledger.enter_reading(first)
        ledger.enter_reading(second)
        assert list(ledger.readings()) == [first, second]
        assert any("3 records of time have ids that other documents' records have" in problem.why for problem in ledger.problems())


@pytest.mark.parametrize("change", [{"headline": "half a pair \ud83d"}, {"id": "doc-\ud83d"}, {"text": "\ud83d"}])
def test_what_cannot_be_stored_is_a_problem_and_the_rest_goes_on(path: Path, change: dict[str, str]) -> None:
    document = msgspec.structs.replace(made_document(1), **change)
    with Ledger.open(path) as ledger:
        for entered in (ledger.enter_document(document), ledger.enter_reading(Reading(document=document, reader=READER))):
            assert not entered.added
            assert entered.problem is not None
            assert entered.problem.what == "not-storable"
        assert ledger.enter_reading(made_reading(2)).added
        assert {problem.what for problem in ledger.problems()} == {"not-storable", "quote"}
        assert [document.id for document in ledger.documents()] == ["doc-2"]


def test_a_confidence_that_is_no_number_is_a_problem(path: Path) -> None:
    reading = made_reading(1)
    time = msgspec.structs.replace(reading.times[0], confidence=float("nan"))
    with Ledger.open(path) as ledger:
        entered = ledger.enter_reading(msgspec.structs.replace(reading, times=(time,), events=()))
        assert entered.problem is not None
        assert list(ledger.readings()) == []
        assert ledger.documents() == ()


def test_a_strange_file_name_in_a_problem_is_kept_readable(path: Path) -> None:
    with Ledger.open(path) as ledger:
        assert ledger.enter_problem(Problem(where="caf\udce9.txt", what="encoding", why="not UTF-8"))
        assert ledger.problems()[0].where == "caf\\udce9.txt"


# ---------------------------------------------------------------- as of, rebuilding, closing


def test_readings_as_of_a_moment(path: Path) -> None:
    with Ledger.open(path) as ledger:
        for number, published in enumerate(["2023-09-18", "2023-09-19T12:00:00+04:00", "2023-09-19T16:00:00+04:00", "2023-09-19", None]):
            ledger.enter_reading(made_reading(number, published=published))
        moment = datetime.fromisoformat("2023-09-19T14:00:00+04:00")
        assert [reading.document.id for reading in ledger.readings(moment, "Asia/Yerevan")] == ["doc-0", "doc-1", "doc-3"]
        assert len(list(ledger.readings(datetime.fromisoformat("2023-09-20T09:00:00+04:00")))) == 5
        assert len(list(ledger.readings())) == 5


def test_the_ledger_may_be_written_to_while_its_readings_are_gone_through(path: Path) -> None:
    with Ledger.open(path) as ledger:
        for number in range(3):
            ledger.enter_reading(made_reading(number))
        for reading in ledger.readings():
            ledger.enter_reading(msgspec.structs.replace(reading, reader=NEWER))
        assert {reading.reader for reading in ledger.readings()} == {NEWER}


def test_every_table_can_be_rebuilt_from_what_is_kept(path: Path) -> None:
    with Ledger.open(path) as ledger:
        for number in range(4):
            ledger.enter_reading(made_reading(number))
        ledger.enter_problem(Problem(where="a", what="empty", why="nothing in it"))
    before = {name: sorted(map(repr, rows)) for name, rows in content(path).items() if name != "problem"}
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM event")
        connection.execute("UPDATE statement SET words = 'spoilt'")
    connection.close()
    with Ledger.open(path) as ledger:
        ledger.rebuild()
        assert len(ledger.problems()) == 5
        assert ledger.search("spoilt") == ()
        assert any(hit.statement for hit in ledger.search("Belcastro"))
    after = {name: sorted(map(repr, rows)) for name, rows in content(path).items() if name != "problem"}
    assert after == before
    assert sound(path)


def test_a_closed_ledger_says_so(path: Path) -> None:
    ledger = Ledger.open(path)
    ledger.close()
    ledger.close()
    with pytest.raises(LedgerError, match="closed; open it again"):
        ledger.enter_reading(made_reading(1))


def test_two_that_write_at_once_wait_for_each_other(path: Path) -> None:
    with Ledger.open(path) as one, Ledger.open(path) as other:
        for number in range(6):
            (one, other)[number % 2].enter_reading(made_reading(number))
        assert len(list(one.readings())) == len(list(other.readings())) == 6
