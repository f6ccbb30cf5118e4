"""Blame laid in other words than "blamed" or "accused", and steps away from what another said: own sentences, read whole."""

from __future__ import annotations

import pytest

from presstime.read.reading import read_document
from presstime.records import Context, Document, Statement


def only(text: str) -> Statement:
    (statement,) = statements(text)
    return statement


def statements(text: str) -> tuple[Statement, ...]:
    return read_document(Document(id="d", sha256="", text=text, published="2031-05-12"), Context()).statements


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Orland holds Tarn responsible for the shelling of the market.", "holds", "Tarn responsible for the shelling of the market"),
        ("Tarn holds Orland responsible for the shelling of the market.", "holds", "Orland responsible for the shelling of the market"),
        (
            "The ministry held the rebels responsible for the deaths of two nurses.",
            "held",
            "the rebels responsible for the deaths of two nurses",
        ),
        ("Villagers laid the blame on the army for the fire.", "laid", "the blame on the army for the fire"),
        ("The union laid the blame for the crash on the operator.", "laid", "the blame for the crash on the operator"),
        ("The union blamed the operator for the crash.", "blamed", "the operator for the crash"),
        ("The opposition laid the blame squarely on the ministry.", "laid", "the blame squarely on the ministry"),
        ("Mr Voss pointed the finger at the railway.", "pointed", "the finger at the railway"),
    ],
)
def test_blame_is_an_accusation(text: str, cue: str, content: str) -> None:
    found = only(text)
    assert (found.act, found.form) == ("accusation", "narrated")
    assert found.cue is not None and text[found.cue.start : found.cue.end] == cue
    assert [text[c.start : c.end] for c in found.content] == [content]
    assert found.speaker is not None and found.speaker.start == 0


def test_who_holds_whom_responsible_is_not_turned_by_the_names() -> None:
    one, other = only("Orland holds Tarn responsible for the leak."), only("Tarn holds Orland responsible for the leak.")
    assert one.speaker is not None and other.speaker is not None
    assert (one.speaker.name, other.speaker.name) == ("Orland", "Tarn")
    assert (one.act, one.form) == (other.act, other.form)


@pytest.mark.parametrize("text", ["The bishops distanced themselves from the letter.", "The party dissociated itself from his remarks."])
def test_a_step_away_is_a_denial(text: str) -> None:
    assert only(text).act == "denial"


@pytest.mark.parametrize(
    "text",
    [
        "The regulator did not hold the company responsible for the leak.",
        "The dean distanced the chairs from the wall.",
        "The hall holds 300 people.",
        "The guards held the door.",
        "She laid the letter on the table.",
    ],
)
def test_no_blame_no_statement(text: str) -> None:
    assert not [s for s in statements(text) if s.act in ("accusation", "denial")]


def test_a_noun_keeps_its_infinitive() -> None:
    text = "Ms Tarr stressed the need to use the northern road."
    assert [text[c.start : c.end] for c in only(text).content] == ["the need to use the northern road"]
