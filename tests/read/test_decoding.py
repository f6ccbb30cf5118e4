"""Trees from scores: always a tree with one root, and the best there is."""

from __future__ import annotations

from itertools import product
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from presstime.read.decoding import best_tree

Scores = NDArray[np.float32]


def is_tree(heads: list[int]) -> bool:
    """One root, and from every word a way up to it."""
    if heads.count(-1) != 1:
        return False
    for word in range(len(heads)):
        steps = 0
        while word >= 0 and steps <= len(heads):
            word, steps = heads[word], steps + 1
        if steps > len(heads):
            return False
    return True


def total(scores: Scores, heads: list[int]) -> float:
    return float(sum(scores[word, head + 1] for word, head in enumerate(heads)))


def best_by_force(scores: Scores) -> float:
    n = len(scores)
    return max(total(scores, list(heads)) for heads in product(range(-1, n), repeat=n) if is_tree(list(heads)))


def tables(most: int, values: st.SearchStrategy[float]) -> st.SearchStrategy[Scores]:
    return st.integers(1, most).flatmap(lambda n: arrays.arrays(np.float32, (n, n + 1), elements=values))


PLAIN = st.floats(-30, 30, width=32)
TIED = st.sampled_from([0.0, 1.0, -1.0])
"""Scores with many ties, as a network never gives and a search may stumble over."""


@settings(max_examples=300)
@given(tables(12, PLAIN) | tables(12, TIED))
def test_scores_of_any_kind_give_a_tree(scores: Scores) -> None:
    assert is_tree(best_tree(scores))


@settings(max_examples=300)
@given(tables(4, PLAIN) | tables(4, TIED))
def test_no_tree_of_up_to_four_words_is_better(scores: Scores) -> None:
    assert total(scores, best_tree(scores)) == pytest.approx(best_by_force(scores), abs=1e-3)


def test_the_best_heads_are_kept_where_they_are_a_tree() -> None:
    # "Baku denied it": columns are the root, Baku, denied, it
    scores = np.array([[0, 0, 9, 1], [9, 1, 0, 1], [1, 2, 9, 0]], dtype=np.float32)
    assert best_tree(scores) == [1, -1, 1]


def test_a_cycle_is_broken_where_that_costs_least() -> None:
    # The first two words want each other; the second loses least by taking the root.
    scores = np.array([[1, 0, 9, 0], [8, 9, 0, 0], [0, 0, 5, 0]], dtype=np.float32)
    assert best_tree(scores) == [1, -1, 1]


def test_cycles_within_cycles_are_broken() -> None:
    rng = np.random.default_rng(7)
    for n in (5, 6):
        for _ in range(4):
            scores = rng.normal(size=(n, n + 1)).astype(np.float32)
            scores[:, 0] -= 6
            for word in range(n):
                scores[word, (word ^ 1) % n + 1] += 4
            assert total(scores, best_tree(scores)) == pytest.approx(best_by_force(scores), abs=1e-3)


def test_a_word_is_never_its_own_head_whatever_it_scores() -> None:
    scores = np.full((3, 4), -5, dtype=np.float32)
    for word in range(3):
        scores[word, word + 1] = 100
    assert is_tree(best_tree(scores))


def test_one_word_is_its_own_root() -> None:
    assert best_tree(np.array([[-50, 80]], dtype=np.float32)) == [-1]


def test_a_long_sentence_gives_a_tree() -> None:
    scores = np.random.default_rng(3).normal(size=(250, 251)).astype(np.float32)
    assert is_tree(best_tree(scores))


def test_a_thousand_words_without_order_take_no_minutes() -> None:
    """Thousands of quotation marks in a row are one "sentence" whose arcs make cycle upon cycle."""
    scores = np.random.default_rng(1).normal(size=(1000, 1001)).astype(np.float32)
    scores[np.arange(1, 1000), np.arange(1, 1000)] += 20  # each word under the one before it …
    scores[np.arange(0, 999, 2), np.arange(2, 1001, 2)] += 40  # … and every second under the one behind it: 500 cycles
    begun = process_time()
    assert is_tree(best_tree(scores))
    assert process_time() - begun < 4
