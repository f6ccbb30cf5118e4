"""The record's own words: complete, and one for each act whoever speaks."""

from __future__ import annotations

import typing

import pytest

from presstime.records import ACTS, EVENT_TYPES, MEASURES, ActorKind, Certainty, Figure, Form, Qualifier, Standing
from presstime.show.tolls import toll_phrase
from presstime.show.wording import WORDS, amount_words, country_words, join_words, plural


def test_every_word_of_the_records_has_its_words() -> None:
    assert set(WORDS.act) == set(ACTS)
    assert set(WORDS.measure) == set(MEASURES)
    assert set(WORDS.event) == set(EVENT_TYPES)
    for words, kind in (
        (WORDS.qualifier, Qualifier),
        (WORDS.certainty, Certainty),
        (WORDS.standing, Standing),
        (WORDS.form, Form),
        (WORDS.kind, ActorKind),
    ):
        assert set(words) == set(typing.get_args(kind))


@pytest.mark.parametrize(
    ("qualifier", "low", "high", "wanted"),
    [
        ("exact", 5, 5, "5"),
        ("about", 80, 80, "about 80"),
        ("at-least", 1200, None, "at least 1,200"),
        ("more-than", 80, None, "more than 80"),
        ("at-most", None, 80, "at most 80"),
        ("less-than", None, 80, "fewer than 80"),
        ("range", 10, 12, "10 to 12"),
        ("vague", None, None, "no number given"),
        ("about", None, None, "no number given"),
    ],
)
def test_amount_words(qualifier: Qualifier, low: int | None, high: int | None, wanted: str) -> None:
    figure = Figure(id="f", start=0, end=1, measure="killed", low=low, high=high, qualifier=qualifier, words="x", confidence=1)
    assert amount_words(figure) == wanted


@pytest.mark.parametrize(
    ("words", "low", "wanted"),
    [
        ("several insurgents", 3, "“several insurgents” (at least 3)"),
        ("wounded a number of civilians", 3, "“wounded a number of civilians” (at least 3)"),
        ("at least three insurgents", 3, "at least 3"),
        ("3 or more insurgents", 3, "at least 3"),
        ("at least a dozen insurgents", 12, "at least 12"),
    ],
)
def test_a_bound_without_a_numeral_stands_behind_its_words(words: str, low: int, wanted: str) -> None:
    figure = Figure(id="f", start=0, end=1, measure="killed", low=low, high=None, qualifier="at-least", words=words, confidence=1)
    assert amount_words(figure) == wanted
    assert (words in toll_phrase(figure)) == ("“" in wanted)


def test_small_numbers_are_spelled_in_running_text() -> None:
    figure = Figure(id="f", start=0, end=1, measure="killed", low=5, high=5, qualifier="exact", words="x", confidence=1)
    assert amount_words(figure, spelled=True) == "five"


def test_countries() -> None:
    assert country_words("DE") == "Germany"
    assert country_words("Ledovia") == "Ledovia"
    assert country_words(None) is None


def test_lists_and_plurals() -> None:
    assert join_words(["a", "b", "c"]) == "a, b and c"
    assert (plural(1, "document"), plural(1400, "document")) == ("1 document", "1,400 documents")
