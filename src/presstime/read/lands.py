"""A name or adjective → the country it tells: "French", "the United States", "Ohio", "Ministry of Health of Chile".

In: words as the text has them. Out: the country's name and ISO code, or None. Only the words themselves count, never
where somebody speaks.

Example: `country_in("US State Department")` is ("United States", "US").
"""

from __future__ import annotations

import re
from functools import lru_cache

from presstime.gazetteer import open_gazetteer
from presstime.read.place_words import word_lists

__all__ = ["Country", "country_in", "country_named", "nationality", "region_named"]

Country = tuple[str, str]
"""A country's name and ISO code."""

_LONGEST_COUNTRY = 3
"""Words of a country's name that are looked for together ("Papua New Guinea")."""
_OUTWEIGHS = 5
"""How many times as many people a place must have as its namesakes abroad to be meant without a word more."""


@lru_cache(maxsize=20_000)
def nationality(word: str) -> Country | None:
    """The country whose adjective or people a capitalised word names: "French" → France; None where a border parts the people."""
    found = open_gazetteer().demonym(word) if word[:1].isupper() and word.lower() not in word_lists().divided else None
    return None if found is None or found.country is None else (found.name, found.country)


@lru_cache(maxsize=20_000)
def country_named(name: str, capitals: bool = False) -> Country | None:
    """The country that bears a name; with `capitals`, also the one whose capital does."""
    bare = re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)
    gazetteer = open_gazetteer()
    if not bare[:1].isupper():
        return None
    found = gazetteer.government_of(bare) if bare.lower() not in word_lists().undivided else None
    if found is None or found.country is None:
        return None
    if not capitals and not any(c.kind == "country" for c in gazetteer.candidates(bare)):
        return None
    return found.name, found.country


@lru_cache(maxsize=20_000)
def country_in(name: str) -> Country | None:
    """The country that a body's name tells: by its adjective, its name before others, or "of" it at the end."""
    match = re.search(r"\b(?:of|for|to) (?:the )?([A-Z][\w.-]+(?: [A-Z][\w-]+)*)$|^([A-Z][\w.-]+(?: [A-Z][\w-]+){0,2})['’]s(?: |$)", name)
    if match and (found := country_named(match[1] or match[2], capitals=True)):
        return found
    parts = re.findall(r"[^\W\d_](?:\.[^\W\d_])+\.?|[^\W\d_]+", name)
    for number, word in enumerate(parts):
        pair = nationality(f"{word} {parts[number + 1]}") if number + 1 < len(parts) else None
        if (adjective := pair or nationality(word)) is not None:  # "North Korean", "South Sudanese" before "Sudanese"
            return adjective
    if parts and parts[0].lower() == "the":
        parts = parts[1:]
    for length in range(min(_LONGEST_COUNTRY, len(parts)), 0, -1):
        if (found := country_named(" ".join(parts[:length]))) is not None:
            return found
    return None


@lru_cache(maxsize=20_000)
def region_named(name: str) -> Country | None:
    """The country of a place whose name no other of any weight bears ("Ohio", "Osaka")."""
    found = open_gazetteer().candidates(name, short=True)
    first = max(found, key=lambda c: c.population, default=None)
    if first is None or first.country is None:
        return None
    if any(c.population * _OUTWEIGHS > first.population for c in found if c.country != first.country):
        return None
    return name, first.country
