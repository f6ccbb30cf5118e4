"""A text with what was found in it, to ask what stands where.

In: the text, its sentences, frames and quotes. Out: look-ups by offset. Example: `page.place[0]` is (0, 0, 0), the first
word of the first sentence in the first block.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from presstime.read.frames import Frame
from presstime.read.quotes import Quote
from presstime.read.tree import Sentence

__all__ = ["Page"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """A text with what was found in it. `place` gives the sentence, the word and the block of what begins at an offset."""

    text: str
    sentences: Sequence[Sentence]
    place: dict[int, tuple[int, int, int]]
    frames: dict[tuple[int, int], Frame]
    quotes_near: Callable[[int, int], Sequence[Quote]]

    def words_of(self, cue: Span) -> list[tuple[int, int]]:
        """The words of a cue, as (sentence, word)."""
        return [self.place[at][:2] for at in range(*cue) if at in self.place]
