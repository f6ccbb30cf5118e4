"""Figures: cases read through the real parser, statements and times beside them, and text of any kind."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstime.read import figures
from presstime.read.counted import find_counts
from presstime.read.figures import find_figures
from presstime.read.language import parse
from presstime.read.reading import read_document
from presstime.records import MEASURES, Context, Document, Figure, Place, Span, Statement, Time

CASES = json.loads((Path(__file__).parents[1] / "cases" / "figures.json").read_text(encoding="utf-8"))
PIECES = st.sampled_from(
    [
        "5",
        "12",
        "a",
        "dozen",
        "at",
        "least",
        "about",
        "no",
        "one",
        "people",
        "soldiers",
        "killed",
        "wounded",
        "and",
        "were",
        "was",
        "the",
        "toll",
        "rose",
        "to",
        "from",
        "dead",
        "of",
        "them",
        "civilians",
        "including",
        "missing",
        "arrested",
        ".",
        ",",
        "“",
        "”",
        "\n\n",
        "KILLED",
        "FIVE",
        "homes",
        "destroyed",
        "if",
        "could",
        "fled",
        "eight",
        "children",
        "é",
        "—",
        "%",
        "$",
        "2020",
        "-",
        "since",
        "May",
    ]
)


def read(text: str, **given_: Any) -> tuple[Figure, ...]:
    found = {"statements": (), "places": (), "times": (), "as_of": None} | given_
    return find_figures("d", text, parse(text), **found)


def told(figure: Figure) -> dict[str, Any]:
    """A figure as the cases write it."""
    got = {"words": figure.words, "measure": figure.measure, "low": figure.low, "high": figure.high, "qualifier": figure.qualifier}
    got |= {key: value for key in ("group", "of", "cause", "certainty") if (value := getattr(figure, key)) is not None}
    got |= {"scope": figure.scope} if figure.scope != "event" else {}
    return got | ({"part": True} if figure.part_of else {})


def in_order(figures_: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(figures_, key=lambda figure: json.dumps(figure, sort_keys=True))


@pytest.mark.parametrize("case", [case for case in CASES if "published" not in case], ids=lambda case: case["text"][:60])
def test_cases(case: dict[str, Any]) -> None:
    assert in_order([told(f) for f in read(case["text"])]) == in_order(case["figures"])


@pytest.mark.parametrize("case", [case for case in CASES if "published" in case], ids=lambda case: case["text"][:60])
def test_cases_of_whole_readings(case: dict[str, Any]) -> None:
    """What a figure has from the rest of the reading: its scope by a day, its speaker, place and moment, where the case names them."""
    reading = read_document(Document(id="d", sha256="", text=case["text"], published=case["published"]), Context())
    speakers = {s.id: s.speaker.name if s.speaker else None for s in reading.statements}
    places = {p.id: p.name for p in reading.places}
    found = []
    for figure in reading.figures:
        want: dict[str, Any] = next((w for w in case["figures"] if w["words"] == figure.words), {})
        given = {"speaker": speakers.get(figure.statement or ""), "place": places.get(figure.place or ""), "as_of": figure.as_of}
        found.append(told(figure) | {key: value for key, value in given.items() if key in want})
    assert in_order(found) == in_order(case["figures"])


def test_every_measure_has_a_case() -> None:
    assert {f["measure"] for case in CASES for f in case["figures"]} == set(MEASURES)


def test_a_part_names_its_whole() -> None:
    whole, part = read("Police arrested 15 protesters, including two students.")
    assert part.part_of == whole.id and whole.part_of is None


def test_a_part_before_its_whole() -> None:
    part, whole = read("Fifteen of the 80 wounded are civilians.")
    assert part.part_of == whole.id


def test_a_part_in_the_next_sentence() -> None:
    whole, part = read("The blast wounded 80 people. Fifteen of them are children.")
    assert (part.part_of, part.measure, part.group) == (whole.id, "injured", "children")


def test_one_number_of_two_measures_is_two_figures() -> None:
    found = read("The storm killed and displaced 40 people.")
    assert {f.measure for f in found} == {"killed", "displaced"}
    assert len({f.id for f in found}) == 2


def test_one_span_with_two_measures_has_two_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = find_counts(parse("Police arrested 15 protesters.")[0], [])
    twice = [*counts, *(replace(count, measure="injured") for count in counts)]
    monkeypatch.setattr(figures, "find_counts", lambda sentence, taken: twice)
    first, second = read("Police arrested 15 protesters.")
    assert (first.start, first.end) == (second.start, second.end)
    assert (first.measure, second.measure) == ("detained", "injured")
    assert first.id != second.id


def statement(id_: str, start: int, end: int) -> Statement:
    return Statement(id=id_, speaker=None, cue=None, content=(Span(start=start, end=end),), form="indirect", act="claim", confidence=1.0)


def test_a_figure_stands_in_the_smallest_statement_that_holds_it() -> None:
    text = "Five people died. The army said the ministry said that six soldiers were killed."
    outer, inner = statement("outer", 32, len(text) - 1), statement("inner", 54, len(text) - 1)
    own, held = read(text, statements=(outer, inner))
    assert (own.statement, held.statement) == (None, "inner")


def time(text: str, words: str, value: str) -> Time:
    start = text.index(words)
    interval = {"from": f"{value}-01-01T00:00+00:00", "to": f"{int(value) + 1}-01-01T00:00+00:00"}
    return Time(
        id=words, start=start, end=start + len(words), value=value, kind="date", from_=interval["from"], to=interval["to"], confidence=1.0
    )


def test_an_earlier_event_is_past() -> None:
    text = "In the 1998 war, 30,000 people were killed."
    (figure,) = read(text, times=(time(text, "1998", "1998"),), as_of="2031-06-02")
    assert (figure.scope, figure.low, figure.as_of) == ("past", 30000, "1998")


def test_the_place_nearest_behind() -> None:
    text = "Near Varna, troops killed six miners in Oremi."
    places = tuple(
        Place(id=name, start=text.index(name), end=text.index(name) + 5, name=name, use="literal", confidence=1.0)
        for name in ("Varna", "Oremi")
    )
    (figure,) = read(text, places=places)
    assert figure.place == "Oremi"


@pytest.mark.parametrize("text", ["The home team won by 3 to 1.", "The clinic opened at 10 with 12 beds.", "She turned 40 in 2019.", ""])
def test_other_numbers_are_no_figures(text: str) -> None:
    assert read(text) == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=60))
def test_offsets_hold_the_words_and_ids_are_single(text: str) -> None:
    found = read(text)
    ids = {f.id for f in found}
    assert len(ids) == len(found)
    for figure in found:
        assert text[figure.start : figure.end] == figure.words and figure.words
        assert figure.part_of is None or figure.part_of in ids - {figure.id}
        assert figure.group is None or figure.group in text
        assert figure.low is None or figure.high is None or figure.low <= figure.high


def test_a_number_before_its_own_verb_is_that_verbs_whatever_the_tree_says() -> None:
    """Parsers now and then hang "52" on "died"."""
    sentence = parse("Seventeen people have died and 52 were injured.")[0]
    at, died = sentence.words.index("52"), sentence.words.index("died")
    for relation in ("nsubj", "conj"):
        heads = (*sentence.heads[:at], died, *sentence.heads[at + 1 :])
        relations = (*sentence.relations[:at], relation, *sentence.relations[at + 1 :])
        below = tuple(tuple(w for w, head in enumerate(heads) if head == up) for up in range(len(heads)))
        counts = find_counts(replace(sentence, heads=heads, relations=relations, below=below))
        assert [(c.measure, c.number.low if c.number else None) for c in counts] == [("killed", 17), ("injured", 52)]


def test_a_toll_told_of_an_earlier_event_in_a_relative_clause_is_past() -> None:
    text = "The clashes of 2011 on the same stretch of the river, in which more than 60 people died, ended with a truce."
    (figure,) = read(text, times=(time(text, "2011", "2011"),), as_of="2031-06-02")
    assert (figure.words, figure.scope) == ("more than 60 people died", "past")
