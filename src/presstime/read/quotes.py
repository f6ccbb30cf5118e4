"""Text → its quoted stretches.

In: a text and its paragraphs. Out: `Quote`s in order, marks included, of every style of mark (curly, straight,
guillemets, low, single, doubled), an inner quote left inside its outer one, one left open at a paragraph's end
closed there. An odd number of marks is never an error.

Example: `“It is over,” she said. “Go home.”` → two quotes, “It is over,” and “Go home.”
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Quote", "find_quotes"]

_CLOSERS = {"“": "”“\"", "„": "“”\"", "«": "»", "»": "«", "‹": "›", "‘": "’", "「": "」", "『": "』"}
_STRAIGHT = ("\"", "``", "''")
_YEAR = re.compile(r"\d\ds?\b")
"""What stands behind the mark of a shortened year ("'89"), which opens nothing."""
_OPENING_CONTEXT = " \t\n([{—–-:,“‘«„/"


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted stretch: its offsets with the marks (`start`, `end`) and without (`inner_start`, `inner_end`).

    `closed` is False where the paragraph ended before the closing mark did; `continues` where it goes on a quote
    that the paragraph before left open. `block` is the index of its paragraph.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    continues: bool
    block: int


def find_quotes(text: str, blocks: Sequence[tuple[int, int]]) -> list[Quote]:
    """Every quoted stretch of the blocks, in order; none overlaps another."""
    found: list[Quote] = []
    open_before = False
    for number, (start, end) in enumerate(blocks):
        own = _in_block(text, start, end, number)
        if own and open_before and own[0].start == _first_character(text, start, end):
            first = own[0]
            own[0] = Quote(first.start, first.end, first.inner_start, first.inner_end, first.closed, True, number)
        open_before = bool(own) and not own[-1].closed
        found.extend(own)
    return found


def _first_character(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _in_block(text: str, start: int, end: int, block: int) -> list[Quote]:
    found: list[Quote] = []
    at = start
    while at < end:
        mark = _opening(text, at, start, end)
        if mark is None:
            at += 1
            continue
        close = _closing(text, at, len(mark), mark, end)
        if close is None:
            stop = end
            while stop > at and text[stop - 1].isspace():
                stop -= 1
            if mark in ("‘", "'") or stop <= at + len(mark):
                at += len(mark)  # an apostrophe, or a lone mark: no quote
                continue
            found.append(Quote(at, stop, at + len(mark), stop, False, False, block))
            break
        inner_end, stop = close
        if text[at + len(mark) : inner_end].strip():
            found.append(Quote(at, stop, at + len(mark), inner_end, True, False, block))
        at = stop
    return found


def _opening(text: str, at: int, start: int, end: int) -> str | None:
    """The mark that opens a quote at `at`, or None."""
    c = text[at]
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if c in "‘'" and _YEAR.match(text, at + 1):
        return None
    if c in _CLOSERS:
        if c in "‘»":
            return c if not before.isalnum() and not after.isspace() and before in _OPENING_CONTEXT else None
        return c
    for mark in _STRAIGHT:
        if text.startswith(mark, at):
            behind = text[at + len(mark)] if at + len(mark) < end else " "
            return mark if not behind.isspace() and not before.isalnum() else None
    if c == "'" and before in _OPENING_CONTEXT and after.isalnum():
        return c
    return None


def _closing(text: str, at: int, length: int, mark: str, end: int) -> tuple[int, int] | None:
    """(end of the inside, end of the quote) for the quote opened at `at`, or None where it stays open."""
    i = at + length
    depth = 0
    while i < end:
        c = text[i]
        if mark in _STRAIGHT:
            if (c == "\"" and mark == "\"") or (mark != "\"" and text.startswith("''", i)):
                stop = i + (1 if mark == "\"" else 2)
                before, behind = text[i - 1], text[stop] if stop < end else " "
                if not before.isspace() or not behind.isalnum():
                    return i, stop
            elif mark == "\"" and c == "”":
                return i, i + 1
        elif mark in ("‘", "'"):
            if c in "’'" and (i + 1 >= end or not text[i + 1].isalnum()) and not text[i - 1].isspace() and _ends_single(text, i, end):
                return i, i + 1
        elif c == mark and text[i - 1] in _OPENING_CONTEXT and not text[i + 1 : i + 2].isspace():
            depth += 1
        elif c in _CLOSERS[mark]:
            if depth == 0:
                return i, i + 1
            depth -= 1
        i += 1
    return None


def _ends_single(text: str, i: int, end: int) -> bool:
    """Whether a single mark closes a quote rather than marks a plural's possessive ("the victims' kin")."""
    if text[i - 1] != "s" or i + 2 >= end or not text[i + 1].isspace() or not text[i + 2].isalnum():
        return True
    for j in range(i + 1, end):
        if _opening(text, j, i, end) in ("‘", "'"):
            return True
        if text[j] in "’'" and text[j - 1] != "s" and not text[j - 1].isspace() and not text[j + 1 : j + 2].isalnum():
            return False  # a later mark closes it
    return True
