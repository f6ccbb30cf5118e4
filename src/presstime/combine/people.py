"""A person's name → its parts, and whether two names may be one person's.

In: a name as written, with or without titles, initials, a hyphen or a comma. Out: the given names, the surname and the
titles; how two names fit together. A surname alone fits every bearer: which it is, `identity` decides.

Example: "Foreign Minister Anahit K. Vardanyan" → ("anahit", "k"), "vardanyan", titles "foreign minister".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from anyascii import anyascii

from presstime.combine.identity_words import lists
from presstime.combine.transliteration import alike, consonants

__all__ = ["Fit", "PersonName", "fit", "incompatible", "person_name", "public_office", "roles_of", "surname_key"]

Fit = Literal["same", "initial", "surname", "reversed", "no"]
"""How two names fit: all parts; a given name's initial; by the surname alone; in the other order of words; not at all."""

_WORD = re.compile(r"[^\W\d_]+(?:['’`ʼ-][^\W\d_]+)*\.?")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name: given names (or initials) and surname as they are written, without case; titles as they stood before."""

    given: tuple[str, ...]
    surname: str
    titles: tuple[str, ...] = ()

    @property
    def full(self) -> bool:
        """Whether there is more than a surname."""
        return bool(self.given)


@lru_cache(maxsize=50_000)
def person_name(name: str) -> PersonName:
    """The parts of a name. A single word is taken for a surname."""
    if "," in name:  # "Vardanyan, Anahit"
        before, _, after = name.partition(",")
        if len(_WORD.findall(before)) == 1 and 1 <= len(_WORD.findall(after)) <= 2:
            name = f"{after} {before}"
        else:
            name = before
    words = [re.sub(r"['’]s?$", "", w) for w in _WORD.findall(name)]
    words = [w.lower() for w in words if w]
    listed = lists()
    while len(words) > 1 and words[-1].rstrip(".") in listed.suffixes:
        words.pop()
    titles: list[str] = []
    while len(words) > 1 and (_bare(words[0]) in listed.titles or words[0] == "the"):
        titles.append(_bare(words.pop(0)))
    if not words:
        return PersonName((), "", tuple(titles))
    given = [w for w in words[:-1] if _bare(w) not in listed.particles]
    return PersonName(tuple(given), words[-1].rstrip("."), tuple(t for t in titles if t != "the"))


def _bare(word: str) -> str:
    return anyascii(word).rstrip(".").lower()


def surname_key(name: str) -> str:
    """A key under which all names with one surname meet, however it is written."""
    surname = person_name(name).surname.rsplit("-", 1)[-1]
    return consonants(surname) or surname


@lru_cache(maxsize=100_000)
def fit(one: str, other: str) -> Fit:
    """How two names fit together."""
    a, b = person_name(one), person_name(other)
    if not a.surname or not b.surname:
        return "no"
    if "-" in a.surname + b.surname and (_doubled(a) == b.surname or _doubled(b) == a.surname):
        return "surname"  # "Adel Moro" may be "Pia Adel-Moro", the hyphen left out
    if _surnames_fit(a.surname, b.surname):
        return _given_fit(a.given, b.given) if a.given and b.given else "surname"
    if a.given and b.given and alike(a.surname, b.surname, loose=True) and alike(a.given[0], b.given[0]):
        return "same"
    if len(a.given) == 1 and len(b.given) == 1 and alike(a.given[0], b.surname) and alike(a.surname, b.given[0]):
        return "reversed"
    return "no"


def _doubled(name: PersonName) -> str:
    return "-".join((*name.given, name.surname)) if len(name.given) == 1 else ""


def _surnames_fit(one: str, other: str) -> bool:
    """A part of a name with a hyphen fits the whole."""
    if alike(one, other):
        return True
    return ("-" in one) != ("-" in other) and any(alike(x, y) for x in one.split("-") for y in other.split("-"))


def _given_fit(one: tuple[str, ...], other: tuple[str, ...]) -> Fit:
    a, b = one[0], other[0]
    if _is_initial(a) or _is_initial(b):
        return "initial" if a[0] == b[0] else "no"
    if alike(a, b) or lists().nicknames.get(a, a) == lists().nicknames.get(b, b):
        middle = [(x, y) for x, y in zip(one[1:], other[1:], strict=False) if x[0] != y[0]]
        return "no" if middle else "same"
    if any(alike(a, y) for y in other[1:]) or any(alike(x, b) for x in one[1:]):  # known by a middle name
        return "initial"
    return "no"


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1


# ---------------------------------------------------------------- roles


@lru_cache(maxsize=20_000)
def roles_of(words: str) -> frozenset[str]:
    """The nouns in a role, or in the titles before a name, that say what somebody is."""
    found = {w.rstrip(".") for w in re.findall(r"[^\W\d_]+", words.lower())}
    listed = lists()
    return frozenset(found & (listed.private | listed.offices))


def incompatible(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of roles are hardly one person's: both told, none shared, and at least one no office."""
    if not one or not other or one & other:
        return False
    return bool((one | other) & lists().private)


def public_office(role: str | None) -> bool:
    """Whether a role is a public office, whose holder answers in public for what is done in it."""
    return bool(set(re.findall(r"[^\W\d_]+", (role or "").lower())) & lists().public)
