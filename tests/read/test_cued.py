"""Cues from the model's shares: where they begin, which words play a role, and what one word's tags cannot say alone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from presstime.read.cued import LIKELY, cue_runs, cued_words

ROLES = ["O", "B-SOURCE", "I-SOURCE", "B-CONTENT", "I-CONTENT", "ADDRESSEE", "MEDIUM"]
ACTS = ["claim", "denial"]
WORDS = ["The", "board", "told", "reporters", "on", "Monday", "that", "it", "had", "rained", ",", "though", "not", "much", "."]


def spans(words: list[str]) -> list[tuple[int, int]]:
    found, at = [], 0
    for w in words:
        found.append((at, at + len(w)))
        at += len(w) + 1
    return found


def roles(tags: str) -> np.ndarray:
    """Shares for one cue from one letter a word: s, S begin and go on a source, t, T a content, a, m, and . for none."""
    shares = np.full((1, len(tags), len(ROLES)), 0.02, dtype=np.float32)
    for i, letter in enumerate(tags):
        shares[0, i, ".sStTam".index(letter)] = 0.9
    return shares


def heard(tags: str) -> tuple[str | None, list[str]]:
    text = " ".join(WORDS)
    (one,) = cued_words(spans(WORDS), [(2, 3, 0.9)], roles(tags), np.array([[0.9, 0.1]], dtype=np.float32), ROLES, ACTS)
    return (text[slice(*one.source)] if one.source else None), [text[a:b] for a, b in one.content]


def test_the_roles_are_spans_of_the_text() -> None:
    assert heard("sS.a...tTTTTTT.") == ("The board", ["it had rained , though not much"])


def test_a_word_missing_from_the_midst_of_a_content_is_taken_in() -> None:
    assert heard("sS.a...tTT.tTT.") == ("The board", ["it had rained , though not much"])


def test_a_content_never_closes_over_its_cue_or_its_speaker() -> None:
    assert heard("t.....s.......t"[:15]) == ("that", ["The", "."])
    assert heard(".t.t..........."[:15])[1] == ["board", "reporters"]


def test_an_inside_without_a_beginning_is_mended() -> None:
    source, content = heard("SS.a...TTTTTTT.")
    assert source in (None, "The board", "board")
    assert len(content) <= 1


def test_of_two_sources_the_surer_is_kept() -> None:
    shares = roles("sS...s.tTT.....")
    shares[0, 5] = 0.08
    shares[0, 5, 1] = 0.5
    text = " ".join(WORDS)
    (one,) = cued_words(spans(WORDS), [(2, 3, 0.9)], shares, np.array([[0.9, 0.1]], dtype=np.float32), ROLES, ACTS)
    assert one.source is not None
    assert text[slice(*one.source)] == "The board"


def test_a_cue_of_several_words_is_one() -> None:
    shares = np.array([[0.9, 0.05, 0.05], [0.1, 0.85, 0.05], [0.1, 0.1, 0.8], [0.9, 0.05, 0.05]], dtype=np.float32)
    ((first, end, share),) = cue_runs(shares)
    assert (first, end) == (1, 3)
    assert share > LIKELY


@given(
    arrays(np.float32, (1, 9, 7), elements=st.floats(0.0009765625, 1, width=32)),
    arrays(np.float32, (9, 3), elements=st.floats(0.0009765625, 1, width=32)),
)
def test_any_shares_give_spans_in_order_that_do_not_overlap(shares: np.ndarray, cues: np.ndarray) -> None:
    words = spans(WORDS[:9])
    for run in cue_runs(cues):
        (one,) = cued_words(words, [run], shares, np.array([[0.5, 0.5]], dtype=np.float32), ROLES, ACTS)
        taken = sorted([*one.content, one.cue, *([one.source] if one.source else [])])
        assert all(a < b for a, b in taken)
        assert all(before[1] <= after[0] for before, after in pairwise(taken))
