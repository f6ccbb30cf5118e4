"""What people put right: kept for good, found again after a new reading, undone exactly, and never silently overwritten."""

from __future__ import annotations

import multiprocessing
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from presstime import corrections
from presstime.corrections import Conflict, accept, add_record, add_statement, correct, correct_all, merge, split, undo_correction, withdraw
from presstime.ids import record_id
from presstime.ledger import Ledger
from presstime.ledger.anchors import KINDS, spans_of, standing
from presstime.ledger.references import REFERENCES
from presstime.problems import InputError
from presstime.records import Actor, Figure, Place, Reader, Reading, Span, Speaker, Statement

TEXT = (
    "Fire chief Ana Lind said 51 people died at Sarn and the depot burned down. "
    "The mayor denied that the depot was locked. “We warned them in May,” the keeper said."
)


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def span(words: str) -> Span:
    return Span(start=at(words)[0], end=at(words)[1])


def made(shift: int = 0, model: str = "model-a") -> Reading:
    """The reading of the text; a later model's has ends that are off by `shift` characters, and therefore other ids."""
    from tests.ledger.made_readings import made_document  # the ledger's tests' own

    document = made_document(1, TEXT, headline="Fire at Sarn")

    def where(kind: str, words: str) -> dict[str, Any]:
        start, end = at(words)
        return {"id": record_id(kind, document.id, (start, end - shift)), "start": start, "end": end - shift}

    lind = Actor(id=record_id("actor", document.id, at("Ana Lind")), name="Ana Lind", kind="person", mentions=(span("Ana Lind"),))
    sarn = Place(**where("place", "Sarn"), name="Sarn", use="literal", confidence=1.0)

    def said(words: str, cue: str, act: str, speaker: str | None, **fields: Any) -> Statement:
        content = Span(start=at(words)[0], end=at(words)[1] - shift)
        who = None
        if speaker is not None:
            actor = lind.id if speaker == "Ana Lind" else None
            who = Speaker(start=at(speaker)[0], end=at(speaker)[1], name=speaker, actor=actor, how="subject", confidence=0.9)
        id_ = record_id("statement", document.id, (content.start, content.end), at(cue))
        return Statement(
            id=id_,
            speaker=who,
            cue=span(cue),
            content=(content,),
            form="indirect",
            act=act,  # type: ignore[arg-type]
            confidence=0.8,
            **fields,
        )

    claim = said("51 people died at Sarn and the depot burned down", "said", "claim", "Ana Lind")
    denial = said("the depot was locked", "denied", "denial", "The mayor", answers=(claim.id,))
    toll = Figure(
        **where("figure", "51 people died"),
        measure="killed",
        low=51,
        high=51,
        qualifier="exact",
        words=TEXT[at("51 people died")[0] : at("51 people died")[1] - shift],
        place=sarn.id,
        statement=claim.id,
        confidence=0.9,
    )
    reader = Reader(presstime="0.1.0", model=model, context="c")
    return Reading(document=document, reader=reader, actors=(lind,), statements=(claim, denial), figures=(toll,), places=(sarn,))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.db") as opened:
        opened.enter_reading(made())
        yield opened


def now(ledger: Ledger) -> Reading:
    return next(ledger.corrected_readings())


def states(ledger: Ledger) -> dict[str, str]:
    found = ledger.reviewed_reading("doc-1")
    assert found is not None
    return dict(found[1].states)


def tables(ledger: Ledger) -> list[tuple[Any, ...]]:
    return ledger._connection.execute("SELECT words, low, high, place, statement, review FROM figure").fetchall()


# ---------------------------------------------------------------- putting right


def test_a_field_put_right_stands_in_the_tables_and_the_reading_stays_as_it_was(ledger: Ledger) -> None:
    figure = made().figures[0]
    entered = correct_all(ledger, figure.id, {"low": 15, "high": "15"}, by="Ana", why="a slip of the keys")
    assert [(c.field, c.before, c.after, c.by, c.why) for c in entered] == [
        ("low", "51", "15", "Ana", "a slip of the keys"),
        ("high", "51", "15", "Ana", "a slip of the keys"),
    ]
    assert entered[0].batch == entered[1].batch is not None
    assert now(ledger).figures == (replace(figure, low=15, high=15),)
    assert tables(ledger) == [("51 people died", 15, 15, figure.place, figure.statement, "corrected")]
    assert next(ledger.readings()) == made()
    assert states(ledger)[figure.id] == "corrected"
    ledger.rebuild()
    assert tables(ledger)[0][1:3] == (15, 15)


def test_the_same_word_twice_is_entered_once(ledger: Ledger) -> None:
    figure = made().figures[0].id
    first = correct(ledger, figure, "qualifier", "about", by="Ana")
    assert correct(ledger, figure, "qualifier", "about", by="Ana") == first
    assert accept(ledger, figure, by="Ana") == accept(ledger, figure, by="Ana")
    assert len(ledger.corrections()) == 2
    with pytest.raises(InputError, match="is that already, as read; accept the record"):
        correct(ledger, figure, "measure", "killed", by="Ana")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("measure", "dead", "must be one of .*killed"),
        ("low", "many", "must be a whole number or null"),
        ("low", -1, "0 or more"),
        ("high", 3, r"low \(51\) is above high \(3\)"),
        ("id", "x", "no field 'id' that can be put right"),
        ("words", "15 people", "no field 'words'"),
        ("place", "place-nowhere", "there is no other place 'place-nowhere' in this document"),
        ("part_of", None, "is that already"),
        ("end", 10_000, "not within the text"),
        ("colour", "red", "use one of: start, end, measure"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_and_nothing_is_entered(ledger: Ledger, field: str, value: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        correct(ledger, made().figures[0].id, field, value, by="Ana")
    assert ledger.corrections() == ()


def test_a_speaker_is_given_by_the_name_and_keeps_the_mention(ledger: Ledger) -> None:
    denial = made().statements[1]
    correct(ledger, denial.id, "speaker", "Ana Lind", by="Ana")
    speaker = now(ledger).statements[1].speaker
    assert speaker is not None
    assert (speaker.name, speaker.actor, TEXT[speaker.start : speaker.end]) == ("Ana Lind", made().actors[0].id, "The mayor")
    correct(ledger, denial.id, "speaker", None, by="Ana")
    assert now(ledger).statements[1].speaker is None


def test_a_missed_statement_is_added_by_its_words(ledger: Ledger) -> None:
    start, end = at(" “We warned them in May,”")
    entry = add_statement(ledger, "doc-1", start, end, "the keeper", by="Ana", act="accusation")
    added = now(ledger).statements[2]
    assert (TEXT[added.content[0].start : added.content[0].end], added.form, added.act) == (
        "“We warned them in May,”",
        "direct",
        "accusation",
    )
    assert added.speaker is not None
    assert TEXT[added.speaker.start : added.speaker.end] == "the keeper"
    assert states(ledger)[added.id] == "added"
    assert (entry.field, entry.before) == ("added", None)
    with pytest.raises(InputError, match="stands at these words already"):
        add_statement(ledger, "doc-1", start + 1, end, by="Bo")
    correct(ledger, added.id, "act", "warning", by="Bo")
    assert (now(ledger).statements[2].act, states(ledger)[added.id]) == ("warning", "added")
    newer = replace(made(model="model-b"), statements=(*made().statements, replace(added, act="claim", speaker=None)))
    ledger.enter_reading(newer)
    assert len(now(ledger).statements) == 3, "a model that finds it itself does not make it two"
    assert now(ledger).statements[2].act == "warning"


def test_any_kind_of_record_can_be_added(ledger: Ledger) -> None:
    start, end = at("the depot burned down")
    fields = {"start": start, "end": end, "type": "ASSAULT", "standing": "claimed", "statement": made().statements[0].id}
    add_record(ledger, "doc-1", "event", fields, by="Ana")
    assert [(TEXT[e.start : e.end], e.statement) for e in now(ledger).events] == [("the depot burned down", made().statements[0].id)]
    with pytest.raises(InputError, match="this is no figure"):
        add_record(ledger, "doc-1", "figure", {"start": start, "end": end}, by="Ana")


def test_what_referred_to_a_withdrawn_record_refers_to_nothing(ledger: Ledger) -> None:
    reading = made()
    withdraw(ledger, reading.statements[0].id, by="Ana", why="a caption")
    withdraw(ledger, reading.places[0].id, by="Ana")
    left = now(ledger)
    assert [s.id for s in left.statements] == [reading.statements[1].id]
    assert left.statements[0].answers == ()
    assert (left.figures[0].statement, left.figures[0].place) == (None, None)
    assert states(ledger)[reading.statements[0].id] == "withdrawn"
    with pytest.raises(InputError, match="there is no record"):
        correct(ledger, reading.statements[0].id, "act", "threat", by="Ana")


def test_a_split_keeps_the_words_and_what_hangs_on_them(ledger: Ledger) -> None:
    claim = made().statements[0]
    where = TEXT.index(" and the depot")
    entered = split(ledger, claim.id, [where], by="Ana")
    one, two, denial = now(ledger).statements
    assert [TEXT[s.content[0].start : s.content[0].end] for s in (one, two)] == ["51 people died at Sarn", "and the depot burned down"]
    assert one.speaker == two.speaker == claim.speaker
    assert now(ledger).figures[0].statement == one.id, "the toll stands in the first part"
    assert set(denial.answers) == {one.id, two.id}
    with pytest.raises(InputError, match="between words"):
        split(ledger, one.id, [at("people died at Sarn")[0] + 2], by="Ana")
    with pytest.raises(InputError, match="within its own words"):
        split(ledger, one.id, [3], by="Ana")
    undo_correction(ledger, entered[1].id, by="Bo")
    assert now(ledger) == made()


def test_a_merger_makes_one_of_two(ledger: Ledger) -> None:
    claim, denial = made().statements
    merge(ledger, [denial.id, claim.id], by="Ana")
    (one,) = now(ledger).statements
    assert (one.id, one.act, len(one.content), one.answers) == (denial.id, "denial", 2, ())
    assert now(ledger).figures[0].statement == denial.id
    with pytest.raises(InputError, match="of one kind in one document"):
        merge(ledger, [denial.id, made().figures[0].id], by="Ana")


# ---------------------------------------------------------------- undoing


def test_undoing_and_undoing_that(ledger: Ledger) -> None:
    figure = made().figures[0].id
    first = correct(ledger, figure, "low", 15, by="Ana")
    second = correct(ledger, figure, "low", 16, by="Bo")
    (back,) = undo_correction(ledger, second.id, by="Bo")
    assert now(ledger).figures[0].low == 15
    with pytest.raises(InputError, match="taken back already, by Bo"):
        undo_correction(ledger, second.id, by="Bo")
    undo_correction(ledger, back.id, by="Ana")
    assert now(ledger).figures[0].low == 16
    undo_correction(ledger, second.id, by="Ana")
    undo_correction(ledger, first.id, by="Ana")
    assert now(ledger) == made()
    assert tables(ledger)[0][-1] == "machine"
    assert len(ledger.corrections()) == 6, "nothing is ever removed"
    assert [holds for _, holds in corrections.list_corrections(ledger)] == [False, False, False, True, True, True]


# ---------------------------------------------------------------- new readings


def test_corrections_outlast_a_newer_model_whose_ids_are_others(ledger: Ledger) -> None:
    figure, claim = made().figures[0], made().statements[0]
    correct_all(ledger, figure.id, {"low": 15, "high": 15}, by="Ana")
    correct(ledger, claim.id, "act", "accusation", by="Ana")
    correct(ledger, made().statements[1].id, "answers", [], by="Ana")
    correct(ledger, made().statements[1].id, "answers", [claim.id], by="Ana")
    newer = made(shift=2, model="model-b")
    assert newer.figures[0].id != figure.id
    ledger.enter_reading(newer)
    left = now(ledger)
    assert (left.figures[0].id, left.figures[0].low) == (newer.figures[0].id, 15)
    assert left.statements[0].act == "accusation"
    assert left.statements[1].answers == (newer.statements[0].id,), "a reference follows the record to its new id"
    assert tables(ledger)[0][1] == 15


def test_what_fits_no_record_any_more_is_an_orphan_and_comes_back(ledger: Ledger) -> None:
    entry = correct(ledger, made().figures[0].id, "low", 15, by="Ana")
    ledger.enter_reading(replace(made(model="model-b"), figures=()))
    found = ledger.reviewed_reading("doc-1")
    assert found is not None
    assert found[1].orphans == (entry,)
    assert corrections.list_corrections(ledger, orphans=True) == ((entry, True),)
    ledger.enter_reading(made(model="model-c"))
    assert now(ledger).figures[0].low == 15


# ---------------------------------------------------------------- two people at once


def test_the_later_of_two_saves_is_shown_the_earlier(ledger: Ledger) -> None:
    figure = made().figures[0].id
    with Ledger.open(ledger.path) as other:
        first = correct(other, figure, "low", 15, by="Bo", seen="")
        with pytest.raises(Conflict, match=r"Bo changed this at .* after you looked") as told:
            correct(ledger, figure, "low", 16, by="Ana", seen="")
        assert told.value.earlier == first
        assert len(ledger.corrections()) == 1
        second = correct(ledger, figure, "low", 16, by="Ana", seen=first.id)
        (back,) = undo_correction(other, second.id, by="Bo")
        with pytest.raises(Conflict):
            correct(ledger, figure, "high", 60, by="Ana", seen=second.id)
        correct(ledger, figure, "high", 60, by="Ana", seen=back.id)


def _save(path: Path, value: int, ready: Any) -> None:
    with Ledger.open(path) as ledger:
        ready.wait()
        try:
            correct(ledger, made().figures[0].id, "low", value, by=f"editor {value}", seen="")
        except Conflict:
            raise SystemExit(9) from None


def test_of_two_processes_that_save_at_once_one_is_told(ledger: Ledger) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(2)
    saving = [context.Process(target=_save, args=(ledger.path, value, ready)) for value in (15, 16)]
    for process in saving:
        process.start()
    for process in saving:
        process.join(60)
    assert sorted(process.exitcode or 0 for process in saving) == [0, 9]
    assert len(ledger.corrections()) == 1


def test_an_acknowledged_correction_is_on_the_disk(ledger: Ledger) -> None:
    seen = []
    ledger._connection.set_trace_callback(lambda sql: seen.append(sql) if sql.startswith(("PRAGMA sync", "BEGIN", "COMMIT")) else None)
    correct(ledger, made().figures[0].id, "low", 15, by="Ana")
    assert seen == ["PRAGMA synchronous = FULL", "BEGIN IMMEDIATE", "COMMIT", "PRAGMA synchronous = NORMAL"]


def test_an_entry_is_never_changed_nor_removed(ledger: Ledger) -> None:
    correct(ledger, made().figures[0].id, "low", 15, by="Ana")
    for sql in ("DELETE FROM correction", "UPDATE correction SET after = '3'"):
        with pytest.raises(sqlite3.IntegrityError, match="a correction is never"):
            ledger._connection.execute(sql)


def test_a_correction_without_a_name_is_not_kept(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="say who"):
        accept(ledger, made().figures[0].id, by=" ")


# ---------------------------------------------------------------- whatever people do

DOINGS = ("correct", "accept", "withdraw", "split", "merge", "add", "undo", "mark", "read again")


def _do(ledger: Ledger, doing: str, number: int) -> None:
    reading = now(ledger)
    every = [r for group, _ in KINDS.values() for r in getattr(reading, group)]
    record = every[number % len(every)] if every else None
    if doing == "undo" and (held := ledger.corrections()):
        undo_correction(ledger, held[number % len(held)].id, by="Ana")
    elif doing == "add":
        start = number % (len(TEXT) - 12)
        add_statement(ledger, "doc-1", start, start + 12, "the keeper", by="Ana")
    elif doing == "read again":
        ledger.enter_reading(made(shift=number % 4, model=f"model-{number}"))
    elif doing == "mark":
        corrections.mark(ledger, "doc-1", "outlet", f"Paper {number}", by="Ana")
    elif record is None:
        return
    elif doing == "correct" and isinstance(record, Figure):
        correct(ledger, record.id, "high", 60 + number, by="Ana")
    elif doing == "correct" and isinstance(record, Statement):
        correct(ledger, record.id, "speaker", f"Speaker {number}", by="Ana")
    elif doing in ("accept", "withdraw"):
        getattr(corrections, doing)(ledger, record.id, by="Ana")
    elif doing == "split":
        blanks = [i for i, c in enumerate(TEXT) if c == " " and any(s.start < i < s.end for s in spans_of(record))]
        split(ledger, record.id, blanks[number % len(blanks) :][:1] if blanks else [0], by="Ana")
    elif doing == "merge":
        merge(ledger, [s.id for s in reading.statements[:2]], by="Ana")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(DOINGS), st.integers(0, 200)), max_size=8))
def test_whatever_people_do_the_record_stays_whole(doings: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder, "ledger.db")) as ledger:
        ledger.enter_reading(made())
        entered = 0
        for doing, number in doings:
            try:
                _do(ledger, doing, number)
            except InputError:
                assert len(ledger.corrections()) == entered, "what is refused enters nothing"
            assert len(ledger.corrections()) >= entered
            entered = len(ledger.corrections())
            found = ledger.reviewed_reading("doc-1")
            assert found is not None
            _check_whole(ledger, *found)
        held = {c.id for c in standing(ledger.corrections()) if c.field != "undone"}
        before = {c.id for c in ledger.corrections()}
        while held:
            undo_correction(ledger, next(c.id for c in reversed(ledger.corrections()) if c.id in held), by="Bo")
            held = {c.id for c in standing(ledger.corrections()) if c.field != "undone"}
        assert now(ledger) == next(ledger.readings()), "all taken back, it is as it was read"
        assert before <= {c.id for c in ledger.corrections()}


def _check_whole(ledger: Ledger, reading: Reading, review: Any) -> None:
    assert reading.document.text == TEXT
    ids = {kind: [r.id for r in getattr(reading, group)] for kind, (group, _) in KINDS.items()}
    for kind, (group, _) in KINDS.items():
        assert len(set(ids[kind])) == len(ids[kind])
        for record in getattr(reading, group):
            for each in spans_of(record):
                assert 0 <= each.start < each.end <= len(TEXT)
            for field, target in REFERENCES[kind].items():
                value = getattr(record, field)
                value = getattr(value, "actor", value) if field in ("speaker", "actor", "recipient") else value
                for one in value if isinstance(value, tuple) else (value,):
                    assert one is None or one in ids[target], (kind, field)
        rows = ledger._connection.execute(f"SELECT id, review FROM {kind}").fetchall()
        assert dict(rows) == {one: review.states[one] for one in ids[kind]}
    for figure in reading.figures:
        assert figure.words == TEXT[figure.start : figure.end]
    heeded = {c.id for entries in review.heeded.values() for c in entries} | {c.id for c in review.orphans}
    in_force = {c.id for c, holds in corrections.list_corrections(ledger) if holds and c.field != "undone" and c.kind != "document"}
    assert in_force <= heeded, "an entry in force is heeded, or shown as an orphan"
    assert ledger._connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_entering_one_takes_milliseconds_whatever_else_the_ledger_holds(tmp_path: Path) -> None:
    from tests.ledger.made_readings import made_reading

    with Ledger.open(tmp_path / "large.db") as ledger:
        for number in range(2, 300):
            ledger.enter_reading(made_reading(number, rounds=8))
        ledger.enter_reading(made())
        plan = []
        ledger._connection.set_trace_callback(plan.append)
        began = time.perf_counter()
        correct(ledger, made().figures[0].id, "low", 15, by="Ana", now=datetime.fromisoformat("2031-05-05T10:00:00+02:00"))
        took = time.perf_counter() - began
        ledger._connection.set_trace_callback(None)
    assert not any("json FROM reading WHERE current" in sql for sql in plan), "no other document's reading is looked at"
    assert took < 1, "a second is a hundred times what it takes on an idle machine"
