"""Words of a deed → its kinds, and whether two deeds can be one by their words. In: words/deeds.toml. Out: look-ups.

A deed has several names: what one paper calls shelling, another has as guns that opened fire. Words are met by their stems,
so that "shelled" and "shelling" are one. A word of no list is a kind of its own.

Example: the kinds of "opened fire on" are fire and shooting, those of "struck" fire; so they can be one deed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from presstime.read.kinship import SMALL_WORDS, stem
from presstime.read.lexicon import words
from presstime.records import EventType

__all__ = ["DeedWords", "deed_words", "family_of", "fitting", "kin_deeds", "kinds_of", "single", "things_in", "unlisted"]

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
GENERIC = "generic"
"""The kind of words that say no more than "attack"."""


@dataclass(frozen=True, slots=True)
class DeedWords:
    """The lists of words/deeds.toml, each explained there."""

    families: Mapping[str, str]
    kinds: Mapping[str, frozenset[str]]
    types: Mapping[str, frozenset[str]]
    violent: frozenset[str]
    outcomes: frozenset[str]
    single: frozenset[str]
    causeless: frozenset[str]
    light: frozenset[str]
    vague: frozenset[str]
    harm: frozenset[str]
    held: frozenset[str]
    causes: frozenset[str]
    wide: frozenset[str]
    another: frozenset[str]
    owner: frozenset[str]
    speaker: frozenset[str]


@cache
def deed_words() -> DeedWords:
    """The lists, loaded once."""
    table = tomllib.loads((files("presstime.combine") / "words/deeds.toml").read_text(encoding="utf-8"))
    kinds: dict[str, set[str]] = {}
    for kind, listed in {**table["kinds"], GENERIC: table["groups"][GENERIC]}.items():
        for word in listed.split():
            kinds.setdefault(stem(word), set()).add(kind)
    sets = {name: frozenset(listed.split()) for part in ("groups", "tolls", "places", "phrases") for name, listed in table[part].items()}
    sets.pop(GENERIC)
    families = {type_: family for family, listed in table["families"].items() for type_ in listed.split()}
    types = {kind: frozenset(listed.split()) for kind, listed in table["types"].items()}
    return DeedWords(families=families, kinds={w: frozenset(k) for w, k in kinds.items()}, types=types, **sets)


def family_of(type_: EventType) -> str | None:
    """The family of types a deed may be read as; None for what is done in words."""
    return deed_words().families.get(type_)


@lru_cache(maxsize=20_000)
def kinds_of(told: str) -> tuple[str, ...]:
    """The kinds of the words that tell a deed, sorted; a word of no list is a kind of its own, "=" and its stem."""
    lists = deed_words()
    said = _WORD.findall(told.lower())
    telling = sorted((w for w in said if len(w) > 1), key=lambda w: w in lists.light)  # "took captive" is told by "captive"
    found = next((kinds for w in telling if (kinds := lists.kinds.get(stem(w)))), None)
    return tuple(sorted(found or {f"={stem(w)}" for w in said if w not in SMALL_WORDS and len(w) > 2}))


def fitting(kinds: Collection[str], type_: EventType, told: str) -> tuple[str, ...]:
    """The kinds of a deed's words that its type may be; where none is, its words are a kind of their own."""
    types = deed_words().types
    found = tuple(kind for kind in kinds if type_ in types.get(kind, (type_,)))
    if found or not kinds:
        return found
    return tuple(sorted({f"={stem(w)}" for w in _WORD.findall(told.lower()) if w not in SMALL_WORDS and len(w) > 2})) or tuple(kinds)


def kin_deeds(a: Collection[str], b: Collection[str]) -> bool:
    """Whether two deeds can be one by their kinds: they share one, or one says no more than that there was violence."""
    if not set(a).isdisjoint(b):
        return True
    lists = deed_words()
    loose = lists.outcomes | {GENERIC}
    violent = lists.violent | {GENERIC}
    return any(not loose.isdisjoint(x) and not violent.isdisjoint(y) for x, y in ((a, b), (b, a)))


def unlisted(kinds: Collection[str]) -> bool:
    """Whether a deed is told by words of no list, so that its kind is not known."""
    return all(kind.startswith("=") for kind in kinds)


def single(a: Collection[str], b: Collection[str]) -> bool:
    """Whether there is one deed of what two tellings tell at a place at a time, so that neither doer nor target need be told."""
    return set(a) & set(b) <= deed_words().single


@lru_cache(maxsize=50_000)
def things_in(name: str) -> frozenset[str]:
    """The things and people in some words: what one word may stand for another with ("shepherds", "herdsmen"), else stems."""
    found: set[str] = set()
    vague = deed_words().vague
    for word in _WORD.findall(name.lower()):
        if word not in SMALL_WORDS and word not in vague and len(word) > 2:
            base = word.removesuffix("s")
            found |= _things().get(word) or _things().get(base) or {stem(f"{base[:-2]}an" if base.endswith("men") else word)}
    return frozenset(found)


@cache
def _things() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind, listed in words("answers")["things"].items():
        for word in listed:
            if " " not in word:
                found.setdefault(word, set()).add(f"+{kind}")
    return found
