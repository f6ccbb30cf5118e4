"""Countries are heard under stand-ins, so that no sentence is read otherwise for the country it names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstime.read.language import parse
from presstime.read.stand_ins import stand_ins


def heard(text: str) -> str:
    return " ".join(stand_ins(text.split(" ")))


def test_the_first_country_is_always_heard_as_the_same_one() -> None:
    assert heard("Norway accused Sweden") == heard("Sweden accused Norway") == heard("Morocco accused Chile")


def test_a_country_its_people_and_its_capital_go_together() -> None:
    first, second = (
        heard("Norway said Norwegians in Oslo heard the Swedish army"),
        heard("Chile said Chileans in Santiago heard the Moroccan army"),
    )
    assert first.split()[:3] == second.split()[:3]
    assert first.split()[-3:] == second.split()[-3:]
    assert first.split()[2].endswith("s")


@pytest.mark.parametrize("text", ["Michael Jordan left", "the US said", "a Washington man", "a turkey", "norway", "Bel said no"])
def test_what_may_be_something_else_is_read_as_it_stands(text: str) -> None:
    assert heard(text) == text


@given(st.lists(st.text(min_size=1, max_size=12), max_size=20))
def test_as_many_words_as_were_given(words: list[str]) -> None:
    assert len(stand_ins(words)) == len(words)


def test_the_words_of_a_parse_are_the_texts_own() -> None:
    text = "Norway accused Sweden of shelling Oslo."
    (sentence,) = parse(text)
    assert all(text[a:b] == w for a, b, w in zip(sentence.starts, sentence.ends, sentence.words, strict=True))
    other = parse("Sweden accused Norway of shelling Stockholm.")[0]
    assert (sentence.heads, sentence.relations, sentence.fine) == (other.heads, other.relations, other.fine)
