"""The word lists that tell what figures count and what sets two counts apart, ready to be looked up.

In: words/series.toml. Out: `SeriesWords`. Example: "servicemen" is among the soldiers, "down from" makes a number an earlier one.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from presstime.combine.names import singular_key

__all__ = ["SeriesWords", "series_words"]


@dataclass(frozen=True, slots=True)
class SeriesWords:
    """Lists as sets and mappings of folded words, phrases as patterns."""

    heads: dict[str, str]
    adjectives: dict[str, str]
    persons: frozenset[str]
    articles: frozenset[str]
    anybody: frozenset[str]
    causes: dict[str, str]
    together: frozenset[tuple[str, str]]
    earlier: re.Pattern[str]
    beside: re.Pattern[str]
    everywhere: re.Pattern[str]
    summed: re.Pattern[str]
    both: re.Pattern[str]
    taken_to: re.Pattern[str]
    elsewhere: re.Pattern[str]
    accounted: re.Pattern[str]
    moved: frozenset[str]
    rising: frozenset[str]
    taken_back: frozenset[str]


@cache
def series_words() -> SeriesWords:
    """The lists, read once."""
    lists = tomllib.loads((files("presstime.combine") / "words/series.toml").read_text(encoding="utf-8"))
    return SeriesWords(
        heads={singular_key(noun): group for group, nouns in lists["groups"].items() for noun in nouns},
        adjectives={word: group for group, words in lists["adjectives"].items() for word in words},
        persons=frozenset(lists["single"]["persons"]),
        articles=frozenset(lists["single"]["articles"]),
        anybody=frozenset(singular_key(w) for w in lists["single"]["anybody"]),
        causes={word: cause for cause, words in lists["causes"].items() for word in words},
        together=frozenset((a, b) for a, others in lists["together"].items() for b in others),
        earlier=_at_the_end(lists["earlier"]["before"]),
        beside=_at_the_end(lists["earlier"]["beside"]),
        everywhere=_any_of(lists["scope"]["everywhere"]),
        summed=_any_of(lists["scope"]["summed"]),
        both=_any_of(lists["scope"]["both"]),
        taken_to=_any_of(lists["scope"]["taken_to"]),
        elsewhere=_at_the_end(lists["scope"]["elsewhere"]),
        accounted=_behind(lists["accounted"]["behind"]),
        moved=frozenset(lists["earlier"]["moved"] + lists["earlier"]["rising"]),
        rising=frozenset(lists["earlier"]["rising"]),
        taken_back=frozenset(lists["earlier"]["taken_back"]),
    )


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})s?\b", re.IGNORECASE)


def _behind(phrases: list[str]) -> re.Pattern[str]:
    """One of some phrases behind a form of "to be" in the clause that a figure opens."""
    told = r"\b(?:ha(?:d|ve|s)\s+(?:not\s+|never\s+)?been|(?:are|were|is|was)(?:\s+not)?)\s+(?:wrongly\s+|mistakenly\s+|already\s+)?"
    return re.compile(rf"[^.,;:\n]{{0,60}}?{told}(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)


def _at_the_end(phrases: list[str]) -> re.Pattern[str]:
    """One of some phrases at the end of what stands before a figure."""
    longest = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    return re.compile(rf"\b(?:{longest})(?:\s+(?:a|an|the|its|about|some|at least))?\s+[“\"‘]?$", re.IGNORECASE)
