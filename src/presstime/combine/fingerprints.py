"""A document → its words, folded, and the fingerprints by which copies of it are looked for.

In: a document. Out: `Words`, the words of its paragraphs alone, so that headlines, credits and share lines do not hide a
copy, with their places and whether they are quoted; and of these some numbers, chosen by winnowing (Schleimer, Wilkerson
and Aiken 2003): of every few runs of words in a row the one with the least hash. Two texts that share a long enough run
of words share a fingerprint, wherever it stands in them.

Example: "Six boats sank at Velm on Monday" in two papers → the same fingerprint in both.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from presstime.combine.quoted_words import quoted_stretches
from presstime.records import Document

__all__ = ["GRAIN", "SHINGLE", "Hashes", "Words", "fingerprints", "shingles", "text_ids", "winnowed"]

SHINGLE = 5
"""Words in a run that is hashed: of a passage of 25 words in which three were edited, such a run is nearly always left."""
WINDOW = 8
"""Of so many runs in a row the least is kept: any 12 words in a row that two texts share are found, at 2 runs in 9 kept."""
GRAIN = 3
"""Characters that count as a word in scripts without spaces: Chinese words have about two of them, Thai ones four."""

_UNSPACED = "぀-ヿ㐀-䶿一-鿿豈-﫿฀-๿຀-໿ༀ-༽ཀ-࿿က-႟ក-៿"
_MARKS = (
    "\\s!-/:-@\\[-`{-~\u00a0-\u00bf\u055a-\u055f\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u2010-\u206f\u2e00-\u2e7f"
    "\u3000-\u303f\uff01-\uff0f\uff1a-\uff20"
)
_CHARACTER = re.compile(f"[{_UNSPACED}]")
_SPACED = re.compile(f"[^{_MARKS}]+")
_MIXED = re.compile(f"[{_UNSPACED}]|[^{_MARKS}{_UNSPACED}]+")
"""A character of a script that is written without spaces, or a run of anything that is neither space nor mark."""
_MIX = np.uint64(0x9E3779B97F4A7C15)

Hashes = npt.NDArray[np.uint64]


class Words:
    """The words of a document's story, in order.

    `ids` are hashes of the folded words; `grain` is how many of them count as one word of a spaced script. Both may be given,
    where they are known.
    """

    def __init__(self, document: Document, known: tuple[Hashes, int] | None = None) -> None:
        self.ids: Hashes
        self.grain: int
        self._text = document.text
        self._stretches = [(p.start, p.end) for p in document.parts if p.kind == "paragraph"] or [(0, len(document.text))]
        self._pattern = _MIXED if _CHARACTER.search(document.text) else _SPACED
        if known is not None:
            self.ids, self.grain = known
            return
        found = [word for start, end in self._stretches for word in self._pattern.findall(self._text, start, end)]
        self.ids = np.array([_word_id(word) for word in found], dtype=np.uint64)
        unspaced = sum(map(_is_character, found)) if self._pattern is _MIXED else 0
        self.grain = GRAIN if unspaced * 2 > len(found) else 1

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """The characters of each word."""
        return [match.span() for start, end in self._stretches for match in self._pattern.finditer(self._text, start, end)]

    @cached_property
    def unquoted(self) -> npt.NDArray[np.bool_]:
        """Which words stand outside quotation marks."""
        found = np.ones(len(self.ids), dtype=np.bool_)
        quoted = [span for start, end in self._stretches for span in quoted_stretches(self._text, start, end)]
        if quoted:
            starts = [start for start, _ in self.spans]
            for opened, closed in quoted:
                found[bisect_left(starts, opened) : bisect_left(starts, closed)] = False
        return found


def _is_character(word: str) -> bool:
    return len(word) == 1 and _CHARACTER.match(word) is not None


@lru_cache(maxsize=100_000)
def _word_id(word: str) -> int:
    """A word's hash, whatever its case: the same in every process."""
    folded = word.lower().encode("utf-8", "surrogatepass")
    return zlib.crc32(folded) | zlib.adler32(folded) << 32


def shingles(ids: Hashes, size: int) -> Hashes:
    """The hash of every run of `size` words, by the place of its first."""
    count = len(ids) - size + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    found = np.zeros(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for i in range(size):
            found = (found ^ ids[i : i + count]) * _MIX
            found ^= found >> np.uint64(29)
    return found


def winnowed(ids: Hashes, size: int, window: int) -> list[int]:
    """Of every `window` runs of `size` words in a row the one with the least hash; a shorter text's all."""
    hashes = shingles(ids, size)
    if len(hashes) > window:
        windows = np.lib.stride_tricks.sliding_window_view(hashes, window)
        hashes = hashes[np.unique(windows.argmin(axis=1) + np.arange(len(windows)))]
    found: list[int] = np.unique(hashes).view(np.int64).tolist()
    return found


def text_ids(text: str) -> Hashes:
    """The hashes of a text's folded words."""
    pattern = _MIXED if _CHARACTER.search(text) else _SPACED
    return np.array([_word_id(word) for word in pattern.findall(text)], dtype=np.uint64)


def fingerprints(words: Words) -> npt.NDArray[np.int64]:
    """The fingerprints of a text, each once, in order of their values."""
    return np.array(winnowed(words.ids, SHINGLE * (2 if words.grain > 1 else 1), WINDOW), dtype=np.int64)
