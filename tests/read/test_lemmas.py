"""Lemmas: pairs of word and base form by tag, capitals, and words of any kind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstime.read.lemmas import lemma

CASES = json.loads((Path(__file__).parents[1] / "cases" / "lemmas.json").read_text(encoding="utf-8"))
TAGS = [
    "VB",
    "VBD",
    "VBG",
    "VBN",
    "VBP",
    "VBZ",
    "MD",
    "NN",
    "NNS",
    "NNP",
    "NNPS",
    "JJ",
    "JJR",
    "JJS",
    "RB",
    "RBR",
    "RBS",
    "PRP",
    "POS",
    "CD",
    "",
]


@pytest.mark.parametrize(("word", "tag", "base"), CASES, ids=lambda value: str(value))
def test_cases(word: str, tag: str, base: str) -> None:
    assert lemma(word, tag) == base


@pytest.mark.parametrize(("word", "tag", "base"), [c for c in CASES if c[1].startswith(("VB", "NN"))][::3], ids=lambda value: str(value))
def test_capitals_change_nothing(word: str, tag: str, base: str) -> None:
    assert lemma(word.upper(), tag) == base


@given(st.text(max_size=60), st.sampled_from(TAGS))
def test_any_word_has_a_lemma_of_its_own_letters(word: str, tag: str) -> None:
    found = lemma(word, tag)
    assert found == lemma(word, tag)
    assert bool(found) == bool(word)


@given(st.sampled_from(["walk", "protest", "bomb", "report", "detain", "attack"]))
def test_a_regular_verb_s_forms_meet(verb: str) -> None:
    assert {lemma(verb + "ed", "VBD"), lemma(verb + "ing", "VBG"), lemma(verb + "s", "VBZ")} == {verb}
