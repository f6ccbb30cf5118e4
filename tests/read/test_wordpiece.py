"""Pieces and shapes: longest match over a vocabulary, and what lower-casing would throw away."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstime.read.wordpiece import SHAPES, WordPieces, shape_id

SMALL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "khan", "##ken", "##di", "##kendi", "k", "##h", "-", "’", "s", "elan", "砂"]


def pieces(word: str) -> list[str]:
    return [SMALL[number] for number in WordPieces(SMALL).pieces(word)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Khankendi", ["khan", "##kendi"]),  # the longest piece wins
        ("khanken", ["khan", "##ken"]),
        ("kh", ["k", "##h"]),
        ("khan-k’s", ["khan", "-", "k", "’", "s"]),  # marks are pieces of their own
        ("Élan", ["elan"]),  # accents are stripped
        ("砂砂", ["砂", "砂"]),
        ("khanx", ["[UNK]"]),
        ("khan-x", ["khan", "-", "[UNK]"]),  # what is unknown costs its own part only
        ("", ["[UNK]"]),
        ("\u200b", ["[UNK]"]),
        ("k" * 61, ["[UNK]"]),
    ],
)
def test_words_are_cut_by_longest_match(word: str, expected: list[str]) -> None:
    assert pieces(word) == expected


def test_a_vocabulary_file_has_a_piece_a_line(tmp_path: Path) -> None:
    (tmp_path / "v.txt").write_text("\n".join(SMALL) + "\n", encoding="utf-8")
    loaded = WordPieces.load(tmp_path / "v.txt")
    assert len(loaded) == len(SMALL)
    assert (loaded.unknown, loaded.start, loaded.end, loaded.mask) == (1, 2, 3, 4)


def test_shapes_tell_apart_what_lower_casing_joins() -> None:
    words = ["said", "Said", "SAID", "S", "sAid", "15", "G20", "—"]
    assert len({shape_id(word, True) for word in words}) == len(words)
    assert all(shape_id(word, True) != shape_id(word, False) for word in words)


def test_shapes_are_alike_where_words_are() -> None:
    assert shape_id("Sarn", True) == shape_id("Belcastro", True) == shape_id("O’hara", True)
    assert shape_id("U.N.", True) == shape_id("NATO", True)
    assert shape_id("1,200", True) == shape_id("15", True)


@given(st.text(max_size=80), st.booleans())
def test_any_word_has_pieces_and_a_shape(word: str, space: bool) -> None:
    vocabulary = WordPieces(SMALL)
    found = vocabulary.pieces(word)
    assert found and all(0 <= number < len(SMALL) for number in found)
    assert 1 <= shape_id(word, space) < SHAPES or not word
    assert found == vocabulary.pieces(word)
