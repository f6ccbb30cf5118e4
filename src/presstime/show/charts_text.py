"""How wide words are in a picture, and how to shorten and to break them: estimates, because no font is at hand.

Comes in: words and a size in pixels. Goes out: pixels, or lines of words. The estimate is on the wide side, so that nothing is cut off.
Example: "Velm Town Council" at 12 pixels is about 105 wide, and breaks into "Velm Town" and "Council" where 70 are free.
"""

from __future__ import annotations

import unicodedata

__all__ = ["shorten", "text_width", "wrap"]

# Shares of the font's size, from the widths of DejaVu Sans, the widest of the fonts that the report's style names.
_NARROW, _SMALL, _NORMAL, _LARGE, _WIDE = 0.32, 0.40, 0.60, 0.72, 1.0
_NARROW_LETTERS = frozenset("iljI.,:;'’|!‘`")
_SMALL_LETTERS = frozenset('ftr()[]/-“”" ')
_LARGE_LETTERS = frozenset("mwMW@%—…")


def text_width(words: str, size: float) -> float:
    """About how many pixels wide words are."""
    return sum(_share(character) for character in words) * size


def _share(character: str) -> float:
    if character in _NARROW_LETTERS:
        return _NARROW
    if character in _SMALL_LETTERS:
        return _SMALL
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    if unicodedata.combining(character):
        return 0.0
    if character in _LARGE_LETTERS:
        return 0.95
    return _LARGE if character.isupper() else _NORMAL


def shorten(words: str, size: float, room: float) -> str:
    """The words, cut with an ellipsis where they are wider than the room."""
    if text_width(words, size) <= room:
        return words
    left = room - text_width("…", size)
    kept = 0
    for character in words:
        left -= _share(character) * size
        if left < 0:
            break
        kept += 1
    return words[:kept].rstrip() + "…"


def wrap(words: str, size: float, room: float, lines: int) -> tuple[str, ...]:
    """The words in at most so many lines; what is left over is cut with an ellipsis."""
    found: list[str] = []
    rest = words.split()
    while rest and len(found) < lines - 1:
        line = rest.pop(0)
        while rest and text_width(f"{line} {rest[0]}", size) <= room:
            line = f"{line} {rest.pop(0)}"
        found.append(shorten(line, size, room))
    if rest:
        found.append(shorten(" ".join(rest), size, room))
    return tuple(found)
