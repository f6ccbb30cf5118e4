"""A word's stem → the stems that are used much like it in English, with how near they are.

In: terms (numbers of stems, `claim_words.term`). Out: a nearness between 0 and 1. words/near_words.txt is made by
model/near_words.py from the vectors that the language model has for its words, so that no list of ours decides what is near.
Opposites are near one another too ("open", "shut"): nearness says that two words are of one matter, not that they agree.

Example: "infirmary" is near "hospital" (0.51), "boat" near "vessel" (0.48); "gate" and "ballot" are not near.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from presstime.combine.claim_words import term

__all__ = ["near", "neighbours"]

_NONE: dict[int, float] = {}


@cache
def _table() -> dict[int, dict[int, float]]:
    """Both ways: what is near a word has the word near it."""
    found: dict[int, dict[int, float]] = {}
    for line in (files("presstime.combine") / "words/near_words.txt").read_text(encoding="utf-8").splitlines():
        stem, *others = line.split()
        one = term(f"={stem}")
        for each in others:
            name, _, hundredths = each.rpartition(":")
            other, value = term(f"={name}"), int(hundredths) / 100
            found.setdefault(one, {})[other] = value
            found.setdefault(other, {})[one] = value
    return found


def near(stem: int) -> dict[int, float]:
    """The terms near a stem's, with how near they are."""
    return _table().get(stem, _NONE)


@cache
def neighbours(stem: int, most: int, least: float) -> tuple[int, ...]:
    """The nearest few terms to a stem's, the nearest first."""
    ranked = sorted(near(stem).items(), key=lambda n: (-n[1], n[0]))
    return tuple(other for other, value in ranked[:most] if value >= least)
