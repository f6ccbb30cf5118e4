"""Words → the pieces and shapes the language model takes in.

In: a word as it stands in the text and whether a space stands before it. Out: the ids of its pieces in the
shipped vocabulary (lower-cased, accents stripped, longest match first, as BERT's WordPiece does) and one shape
id, which keeps what lower-casing throws away. Training and reading both use this module, so they cannot differ.

Example: "Khankendi", after a space → pieces ["khan", "##ken", "##di"], shape "capitalised, space before".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

__all__ = ["SHAPES", "WordPieces", "shape_id"]

_KINDS = ("special", "lower", "capitalised", "upper", "initial", "mixed", "digits", "alphanumeric", "other")
SHAPES = len(_KINDS) * 2
"""How many shape ids there are: each kind of word, with and without a space before it."""

_LONGEST_WORD = 60
"""Characters of a word that are cut into pieces; what is longer is a blob, and is one unknown piece."""


@lru_cache(maxsize=100_000)
def shape_id(word: str, space_before: bool) -> int:
    """The shape of a word: how it is cased and what it is made of, and whether a space stands before it."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        kind = "digits" if any(c.isdigit() for c in word) else "other"
    elif any(c.isdigit() for c in word):
        kind = "alphanumeric"
    elif all(c.isupper() for c in letters):
        kind = "initial" if len(letters) == 1 else "upper"
    elif letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        kind = "capitalised"
    elif any(c.isupper() for c in letters):
        kind = "mixed"
    else:
        kind = "lower"
    return _KINDS.index(kind) * 2 + space_before


class WordPieces:
    """A WordPiece vocabulary: a word's pieces by longest match.

    `vocabulary` holds the pieces in the order of their ids; a piece that continues a word begins with "##".
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self.unknown = self._ids["[UNK]"]
        self.start = self._ids["[CLS]"]
        self.end = self._ids["[SEP]"]
        self.mask = self._ids["[MASK]"]
        self.pieces = lru_cache(maxsize=100_000)(self._pieces)

    @classmethod
    def load(cls, path: Path) -> WordPieces:
        """Reads a vocabulary file, one piece a line."""
        return cls(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))

    def __len__(self) -> int:
        return len(self._ids)

    def _pieces(self, word: str) -> tuple[int, ...]:
        plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
        if not plain or len(plain) > _LONGEST_WORD:
            return (self.unknown,)
        found: list[int] = []
        for part in _split_punctuation(plain):
            found.extend(self._longest_match(part))
        return tuple(found) or (self.unknown,)

    def _longest_match(self, part: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(part):
            for end in range(len(part), start, -1):
                number = self._ids.get(("##" if start else "") + part[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self.unknown]
        return found


def _split_punctuation(word: str) -> list[str]:
    """BERT's vocabulary has every mark, and every CJK character, as a piece of its own."""
    parts: list[str] = []
    run = ""
    for c in word:
        category = unicodedata.category(c)
        if category[0] in "PS" or "一" <= c <= "鿿":
            if run:
                parts.append(run)
                run = ""
            parts.append(c)
        elif category[0] not in "CZ":
            run += c
    if run:
        parts.append(run)
    return parts
