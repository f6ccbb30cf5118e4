"""Numbers: digits, words, both, ranges and qualifiers, and words of any kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstime.read.numbers import bounds, find_numbers

CASES = json.loads((Path(__file__).parents[1] / "cases" / "numbers.json").read_text(encoding="utf-8"))
UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = st.sampled_from(
    [
        "at",
        "least",
        "more",
        "than",
        "5",
        "12",
        "1,200",
        "1.2",
        "million",
        "hundred",
        "thousand",
        "and",
        "-",
        "–",
        "to",
        "or",
        "a",
        "dozen",
        "of",
        "between",
        "five",
        "twenty",
        "no",
        "one",
        "none",
        "up",
        "as",
        "many",
        "few",
        "several",
        "tens",
        "thousands",
        "people",
        "dead",
        "half",
        "so",
        "+",
        "odd",
        "0",
        "00",
        "19",
        "99999999999999",
        "two",
        "three",
        "about",
        ".",
        ",",
        "from",
    ]
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_cases(case: dict[str, Any]) -> None:
    words = case["text"].split()
    found = [
        {"words": " ".join(words[n.first : n.behind]), "low": n.low, "high": n.high, "qualifier": n.qualifier} for n in find_numbers(words)
    ]
    assert found == case["numbers"]


def spelled(value: int) -> list[str]:
    """A number below a million in English words, hyphens apart, as the tokeniser gives them."""
    if value < 20:
        return [UNITS[value]]
    if value < 100:
        return [TENS[value // 10], *(["-", UNITS[value % 10]] if value % 10 else [])]
    if value < 1000:
        return [UNITS[value // 100], "hundred", *(["and", *spelled(value % 100)] if value % 100 else [])]
    return [*spelled(value // 1000), "thousand", *(spelled(value % 1000) if value % 1000 else [])]


@given(st.integers(1, 999_999))
def test_every_number_reads_back_from_words_and_digits(value: int) -> None:
    for words in (spelled(value), [str(value)], [f"{value:,}"]):
        (number,) = find_numbers([*words, "people"])
        assert (number.low, number.high, number.first, number.behind) == (value, value, 0, len(words))


@given(
    st.integers(2, 999_999),
    st.sampled_from([("at least", "at-least"), ("more than", "more-than"), ("fewer than", "less-than"), ("about", "about")]),
)
def test_a_qualifier_bounds_its_number(value: int, phrase: tuple[str, str]) -> None:
    (number,) = find_numbers([*phrase[0].split(), str(value), "people"])
    assert number.qualifier == phrase[1]
    assert (number.low, number.high) == bounds(value, number.qualifier)


@given(st.lists(WORDS | st.text(max_size=8), max_size=14))
def test_numbers_stand_in_order_and_never_overlap(words: list[str]) -> None:
    at = 0
    for number in find_numbers(words):
        assert at <= number.first <= number.core[0] < number.core[1] <= number.behind <= len(words)
        assert number.low is None or number.high is None or number.low <= number.high
        at = number.behind
