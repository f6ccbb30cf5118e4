"""Records with spans → those that touch a stretch of the text, without looking at every one each time.

In: records, and what spans each has. Out: a function from a start and an end to the records that touch that stretch,
in their own order. A text of thousands of paragraphs is then read in proportion to its length.

Example: `touching(times, lambda t: ((t.start, t.end),))(0, 80)` → the times of the first 80 characters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

__all__ = ["touching"]

_T = TypeVar("_T")
STRETCH = 512
"""Characters that are looked up together; a few sentences."""


def touching(records: Sequence[_T], spans_of: Callable[[_T], Iterable[tuple[int, int]]]) -> Callable[[int, int], list[_T]]:
    """A look-up of `records` by stretch of text. A span touches a stretch where the two share a character."""
    shelves: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, record in enumerate(records):
        for start, end in spans_of(record):
            for shelf in _shelves(start, end):
                shelves[shelf].append((start, end, number))

    def near(start: int, end: int) -> list[_T]:
        numbers = {n for shelf in _shelves(start, end) for a, b, n in shelves.get(shelf, ()) if a < end and start < b}
        return [records[n] for n in sorted(numbers)]

    return near


def _shelves(start: int, end: int) -> range:
    return range(start // STRETCH, max(start, end - 1) // STRETCH + 1)
