"""words/en/places.toml as look-ups: what tells places from other names, and one place from another.

Comes in: nothing. Goes out: `WordLists`, read once. Example: `word_lists().generic["province"]` is "region", so that
"Kandahar province" is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from presstime.read.lexicon import words

__all__ = ["WordLists", "word_lists"]


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of words/en/places.toml, as look-ups."""

    links: frozenset[str]
    generic: dict[str, str]
    before: dict[str, str]
    parts: frozenset[str]
    streets: frozenset[str]
    never: frozenset[str]
    seldom: frozenset[str]
    bodies: frozenset[str]
    governs: frozenset[str]
    positions: frozenset[str]
    dealings: frozenset[str]
    urging: frozenset[str]
    sides: frozenset[str]
    matches: frozenset[str]
    given: frozenset[str]
    titles: frozenset[str]
    things: frozenset[str]
    campaigns: frozenset[str]
    waters: frozenset[str]
    rivers: frozenset[str]
    moods: frozenset[str]
    divisions_first: frozenset[str]
    divisions_last: frozenset[str]
    region_heads: frozenset[str]
    traded: frozenset[str]
    aides: frozenset[str]
    features: frozenset[str]
    divided: frozenset[str]
    undivided: frozenset[str]
    parted: frozenset[str]


@cache
def word_lists() -> WordLists:
    """words/en/places.toml, read once."""
    table = words("places")
    generic = {word: kind for kind, listed in table["generic"].items() for word in listed}
    before = {word: kind for kind, listed in table["before"].items() for word in listed}
    listed = {name: frozenset(entries) for name, entries in table["words"].items()}
    return WordLists(generic=generic, before=before, **listed)
