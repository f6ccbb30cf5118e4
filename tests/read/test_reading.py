"""A whole reading: pure, safe on any text, and every record's offsets give its words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import texts

from presstime.gather import documents_from_jsonl
from presstime.read import reading as reading_module
from presstime.read.reading import read_document, read_safely, reader_of
from presstime.records import Context, Document, KnownActor, KnownPlace, Reading, Record

EXAMPLE = Path(__file__).parents[2] / "examples" / "corrow-dam" / "documents"
CONTEXT = Context(
    time_zone="Europe/Athens",
    actors=(
        KnownActor(name="Government of Ostria", names=("Ostria", "Sarn"), kind="government"),
        KnownActor(name="Ilan Voss", kind="person"),
    ),
    places=(KnownPlace(name="Belcastro", names=("Belkast",), lat=1.0, lon=2.0),),
)


def document(text: str, **fields: Any) -> Document:
    return Document(id="d", sha256="", text=text, **{"published": "2026-03-03T20:00:00+02:00", "language": "en", **fields})


def spans(record: object, path: str = "") -> Iterator[tuple[str, int, int]]:
    """Every start and end within a record and its parts, with the way to it."""
    if isinstance(record, Record):
        start, end = getattr(record, "start", None), getattr(record, "end", None)
        if isinstance(start, int) and isinstance(end, int):
            yield path, start, end
        for field in record.__struct_fields__:
            yield from spans(getattr(record, field), f"{path}.{field}")
    elif isinstance(record, tuple):
        for number, each in enumerate(record):
            yield from spans(each, f"{path}[{number}]")


def check(reading: Reading, source: Document) -> None:
    text = source.text
    assert reading.document.text == text and reading.document.id == source.id
    for path, start, end in spans(reading):
        assert 0 <= start < end <= len(text), path
    ids = {kind: [each.id for each in getattr(reading, kind)] for kind in ("actors", "statements", "figures", "events", "places", "times")}
    assert all(len(set(found)) == len(found) for found in ids.values()), "ids come once"
    at = 0
    for part in reading.document.parts:
        assert at <= part.start < part.end
        at = part.end
    for figure in reading.figures:
        assert text[figure.start : figure.end] == figure.words
        assert figure.statement is None or figure.statement in ids["statements"]
        assert figure.part_of is None or (figure.part_of in ids["figures"] and figure.part_of != figure.id)
        assert figure.place is None or figure.place in ids["places"]
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert figure.low is None or any(char.isalnum() for char in figure.words)
    for place in reading.places:
        assert text[place.start : place.end] == place.name
    for event in reading.events:
        assert event.place is None or event.place in ids["places"]
        assert event.time is None or event.time in ids["times"]
        assert event.statement is None or event.statement in ids["statements"]
        for who in (event.actor, event.recipient):
            assert who is None or who.actor is None or who.actor in ids["actors"]
    for statement in reading.statements:
        at = 0
        for span in statement.content:
            assert at <= span.start, "content stands in order"
            at = span.end
            assert text[span.start : span.end].strip() == text[span.start : span.end]
        assert statement.content or statement.cue
        assert set(statement.answers) <= set(ids["statements"]) - {statement.id}
        assert statement.reported_by is None or statement.reported_by in ids["statements"]
        if statement.speaker is not None:
            assert statement.speaker.name.strip()
            assert statement.speaker.actor is None or statement.speaker.actor in ids["actors"]
    for actor in reading.actors:
        assert actor.name.strip() and actor.mentions
    for time in reading.times:
        assert (time.from_ is None) == (time.to is None)
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading


CLAUSES = (
    "“We have no troops there,” Ilan Voss told reporters.",
    "At least 15 people were killed in Belcastro and dozens injured, the mayor said on Tuesday night.",
    "SARN (Combined Sources) —",
    "Ostria denied it.",
    "According to the ministry, “it is a lie",
    "He said: “No.” She said",
    "”",
    "Photo: the bridge (Sarn TV)",
    "of the 15, three to 4 children",
    "on Feb. 30, 9999, at 25:61,",
    "(Stories from Sarn TV, Norrel Press were used in this report.)",
    "Sign up to our newsletter!",
    "NEITHER SIDE COMMENTED.",
    "\n",
    "\n\n",
)
NEWS = st.lists(st.sampled_from(CLAUSES), max_size=9).map(" ".join)
HOSTILE = st.text(st.sampled_from("aB7.,:'’“”\"—()-  \n\t\u00a0\u2028\u200b\u200f\u0301\x00砂🚒İß½"), max_size=80)


@settings(max_examples=120)
@given(NEWS | texts() | HOSTILE | st.text(max_size=60), st.sampled_from([None, "2026-03-03", "2026-03-03T20:00:00+02:00"]))
@example("", None)
@example("“", None)
@example("\u2028“1 killed”, said\u2028", "2026-03-03")
@example("000$deny 1 that \x1bJ(", None)
@example('00=000000\x1bF"sAY “', None)
def test_any_text_is_read_and_every_offset_gives_its_words(text: str, published: str | None) -> None:
    source = document(text, published=published)
    check(read_document(source, CONTEXT), source)


@settings(max_examples=20)
@given(st.text(st.sampled_from("aB 1“”.\ud800\udc00\udfff"), max_size=40))
def test_lone_surrogates_are_borne(text: str) -> None:
    """They cannot be written as JSON, so gather never gives them; a caller of the API may."""
    found = read_document(document(text), Context())
    assert all(0 <= start < end <= len(text) for _, start, end in spans(found))


@pytest.mark.parametrize(
    "text",
    [
        "said Voss " * 300,
        "“We deny it,” " * 150,
        "5 killed, " * 200,
        "Sarn, Belcastro, Paris, " * 100,
        "Tuesday " * 400,
        "(" * 400,
        "x" * 50_000,
        "A.\n" * 400,
        "\n" * 5_000,
    ],
    ids=lambda text: repr(text[:14]),
)
def test_repetition_is_borne(text: str) -> None:
    source = document(text)
    check(read_document(source, CONTEXT), source)


@pytest.mark.parametrize("path", sorted(EXAMPLE.glob("*.txt")), ids=lambda path: path.stem)
def test_the_examples_documents_hold_their_offsets(path: Path) -> None:
    source = document(path.read_text(encoding="utf-8"))
    check(read_document(source, CONTEXT), source)


def test_the_same_document_and_context_give_the_same_reading() -> None:
    source = document((EXAMPLE / "01-norrel-press-morning.txt").read_text(encoding="utf-8"))
    first = read_document(source, CONTEXT)
    read_document(document("Nine died in Sarn, Voss said."), Context())
    assert read_document(source, CONTEXT) == first
    assert first.reader == reader_of(CONTEXT) != reader_of(Context())


def test_a_document_in_another_language_is_kept_and_not_read() -> None:
    source = document("El alcalde dijo que quince personas murieron.", language="es", name="gaceta.txt")
    found = read_document(source, CONTEXT)
    assert found.document == source
    assert [problem.what for problem in found.problems] == ["language"]
    assert not found.statements and not found.places
    line = json.dumps({"id": "d", "text": source.text * 3, "language": "es"})
    (gathered, problem) = documents_from_jsonl([line], whence="gaceta.jsonl", now="2026-03-04T00:00:00+00:00")
    assert isinstance(gathered, Document)
    assert read_document(gathered, CONTEXT).problems == (problem,), "gather and read say the same, so that it is told once"


def test_a_text_of_more_than_two_million_characters_is_kept_and_not_read() -> None:
    found = read_document(document("a " * 1_000_001), Context())
    assert [problem.what for problem in found.problems] == ["too-large"]


def test_a_reading_that_fails_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a broken step")

    monkeypatch.setattr(reading_module, "find_figures", fail)
    found = read_safely(document("Five died, Voss said."), Context())
    assert found.document.text == "Five died, Voss said."
    assert [(problem.where, problem.what) for problem in found.problems] == [("d", "reader-failed")]
    assert "ZeroDivisionError: a broken step" in found.problems[0].why
