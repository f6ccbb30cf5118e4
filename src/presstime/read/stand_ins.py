"""Countries named in a text → the stand-ins that the language model reads in their place.

In: the words of a text. Out: as many words, each country, people and capital of one word exchanged for that of a
stand-in, the first country of a text always for the same one. A model has learned other things of one country than of
another, and must not read a sentence otherwise for it; all other steps see the words as written.

Example: "Baku accused the Armenian army ." is heard as "Ottawa accused the Brazilian army .".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from presstime.gazetteer import open_gazetteer
from presstime.read.lexicon import words as word_list

__all__ = ["stand_ins"]

SHORTEST = 4
"""Letters. Shorter names are often something else ("US", "Man")."""
FEWEST = 400_000
"""People. The capitals of smaller ones are mostly surnames ("Stanley", "Douglas")."""
_PEOPLES = ("an", "ese", "ish", "i", "ch", "ss", "ek", "ic", "no", "sh")
"""Endings of peoples' names; others ("Dane", "Pole", "Lombard") are surnames and common nouns as well."""
_REMEMBERED = 50_000


def stand_ins(words: Sequence[str]) -> list[str]:
    """The words as the model is to read them."""
    countries = _lists()[0]
    order: dict[str, int] = {}
    found = []
    for at, word in enumerate(words):
        told = _told(word) if word[:1].isupper() else None
        if told is not None and told[0] != 1 and _in_longer_name(words, at):
            told = None  # "New Mexico", "the London Bridge"
        if told is None:
            found.append(word)
            continue
        form, country = told
        number = order.setdefault(country, len(order))
        found.append(_as(word, countries[number], form) if number < len(countries) else word)
    return found


def _in_longer_name(words: Sequence[str], at: int) -> bool:
    behind = words[at + 1] if at + 1 < len(words) else ""
    before = words[at - 1] if at else ""
    return (behind[:1].isupper() and behind.isalpha()) or (before[:1].isupper() and before.isalpha() and before.lower() not in _lists()[2])


def _as(word: str, country: Sequence[str], form: int) -> str:
    several = form == 1 and word.endswith("s") and not word.endswith("ss")
    return country[form] + ("s" if several else "")


@lru_cache(maxsize=_REMEMBERED)
def _told(word: str) -> tuple[int, str] | None:
    """Whether a word is a country's name (0), its people's (1) or its capital's (2), and the country's code."""
    if len(word) < SHORTEST or word.isupper() or word.lower() in _lists()[1]:
        return None
    gazetteer = open_gazetteer()
    people = gazetteer.demonym(word)
    if people is not None and people.country and word.removesuffix("s").endswith(_PEOPLES):
        return 1, people.country
    government = gazetteer.government_of(word)
    if government is None or not government.country or (government.population or 0) < FEWEST:
        return None
    return (0 if government.name == word else 2), government.country


@cache
def _lists() -> tuple[tuple[tuple[str, ...], ...], frozenset[str], frozenset[str]]:
    table = word_list("stand_ins")
    return tuple(tuple(c) for c in table["countries"]), frozenset(table["ambiguous"]), frozenset(table["openers"])
