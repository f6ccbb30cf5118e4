"""Words of names → how they sound, as far as their letters tell, so that two spellings of one name meet.

In: a word of a name in any script. Out: its consonants (which many names share: for finding candidates), or whether two
words may be two spellings of one. The rules are of letters, after the common ways of writing Armenian, Arabic, Turkic,
Slavic and other names in English; there is no list of people.

Example: "Vardanyan" and "Wardanian" are alike; "Marin" and "Moran" are not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

__all__ = ["alike", "consonants", "sounds"]

_BEFORE = str.maketrans(
    {
        "ə": "a",
        "Ə": "a",
        "č": "ch",
        "Č": "ch",
        "ć": "ch",
        "ç": "ch",
        "Ç": "ch",
        "š": "sh",
        "Š": "sh",
        "ş": "sh",
        "Ş": "sh",
        "ș": "sh",
        "ž": "zh",
        "Ž": "zh",
    }
)
"""Letters whose sound is lost when they are written in plain Latin letters."""
_LETTERS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""),
        (r"tsch|tch|cz|ch", "C"),
        (r"shch|sch|sh", "S"),
        (r"dzh|dj|zh", "j"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"ck|q", "k"),
        (r"x", "ks"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"w", "v"),
        (r"^[yj](?=e)", ""),
        (r"ou|oo", "u"),
        (r"y|(?<![aeiou])j(?![aeiou])|j$", "i"),
        (r"(?<=[aeiou])h$", ""),
        (r"(?<=[oe])(?:ff|f$)", "v"),
        (r"(.)\1+", r"\1"),
        (r"ii+", "i"),
    )
)
_SILENT = re.compile(r"[aeiou]+")
_NEAR = (frozenset("ou"), frozenset("ae"), frozenset("ei"))
"""Vowels that one name is written with in different papers."""
_FIRST = ({"j", "y"}, {"j", "i"}, {"y", "i"})
_FIRST_AS = "y"
_FEWEST = 3
"""Consonants that a word must have for its vowels to be taken less strictly: "Hassan"/"Hussain" differ, "Ali"/"Eli" do."""
_LONG = 7
"""Sounds from which on two vowels may differ, as in "Mohammed" and "Muhammad"."""


@lru_cache(maxsize=50_000)
def sounds(word: str) -> str:
    """A word's sounds in a rough writing of our own: equal for spellings that differ by custom only."""
    found = anyascii(word.translate(_BEFORE)).lower()
    for pattern, sound in _LETTERS:
        found = pattern.sub(sound, found)
    return found


@lru_cache(maxsize=50_000)
def consonants(word: str) -> str:
    """A word's consonants, with a mark where it begins with a vowel."""
    found = re.sub("^j", "", sounds(word))
    left = re.sub(r"(.)\1+", r"\1", _SILENT.sub("", found)).replace("C", "S")
    return ("a" if found[:1] in tuple("aeiou") else "") + left


def alike(one: str, other: str, loose: bool = False) -> bool:
    """Whether two words may be two spellings of one name: the same sounds, or one near vowel apart in a longer word.

    `loose`, where another word of the name agrees, takes "ch" and "sh" for one ("Darvish", "Darvich").
    """
    if {one[:1], other[:1]} in _FIRST:  # "Jovan" and "Yovan"
        one, other = _FIRST_AS + one[1:], _FIRST_AS + other[1:]
    a, b = sounds(one), sounds(other)
    if loose:
        a, b = a.replace("C", "S"), b.replace("C", "S")
    if a == b:
        return bool(a)
    if consonants(one) != consonants(other) or len(_SILENT.sub("", a)) < _FEWEST:
        return False
    mine, theirs = _SILENT.findall(a), _SILENT.findall(b)
    if len(mine) != len(theirs) or _SILENT.split(a) != _SILENT.split(b):
        return False
    apart = [(x, y) for x, y in zip(mine, theirs, strict=True) if x != y]
    most = 1 if len(a) < _LONG else 2
    return len(apart) <= most and all(any({x, y} <= near for near in _NEAR) for x, y in apart)
