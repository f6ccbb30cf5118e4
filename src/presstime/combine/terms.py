"""Statements → their words, and whether two of them assert the same thing.

In: the words of two statements. Out: yes or no. Both are cut to the words that carry their matter; nearly all of the
shorter one's must stand in the other in the same order, with the same names in the same order and the same "not".
So "Ardan shelled Velm" and "Velm shelled Ardan" stay apart, and so do "a siren sounded" and "no siren sounded".

Example: "boats turned back two rescuers at Velm" and "patrol boats had turned back two rescuers at noon" → the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from presstime.read.answers import SMALL_WORDS, stem
from presstime.records import Reading, Statement

__all__ = ["FEWEST_TERMS", "Terms", "common", "folded", "same_matter", "terms_of", "words_of"]

SAME = 0.7
"""The share of the shorter statement's terms that must stand in the other in order. Chosen on invented pairs: two deeds
of one kind at two places share half of them."""
FEWEST_TERMS = 3
"""Terms that two statements must share."""
_NOT = frozenset({"not", "no", "never", "none", "neither", "nor", "cannot", "n't", "nobody", "nothing", "denied"})
_WORD = re.compile(r"n['’]t\b|[^\W_]+(?=n['’]t\b)|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a statement that carry its matter, in order; those of them that are names; whether it says "not"."""

    stems: tuple[str, ...]
    names: tuple[str, ...]
    numbers: frozenset[str]
    negated: bool


def words_of(reading: Reading, statement: Statement) -> str:
    """A statement's content as its document has it, parts joined by an ellipsis."""
    return " … ".join(" ".join(reading.document.text[c.start : c.end].split()) for c in statement.content)


def folded(words: str) -> str:
    """Words without case, marks and spacing."""
    return " ".join(re.findall(r"\w+", words.lower()))


@lru_cache(maxsize=20_000)
def terms_of(words: str) -> Terms:
    """The terms of some words."""
    found = [w.replace("’", "'") for w in _WORD.findall(words)]
    kept = [w for w in found if w.lower() not in SMALL_WORDS and w.lower() not in _NOT and (len(w) > 2 or w.isdigit())]
    first = found[0] if found else ""
    return Terms(
        stems=tuple(stem(w.lower()) for w in kept),
        names=tuple(stem(w.lower()) for w in kept if w[0].isupper() and w != first),
        numbers=frozenset(w for w in kept if w.isdigit()),
        negated=any(w.lower() in _NOT for w in found),
    )


def same_matter(a: Terms, b: Terms, share: float = SAME) -> bool:
    """Whether two statements' words say the same, as far as their words show."""
    fewest = min(len(a.stems), len(b.stems))
    if fewest < FEWEST_TERMS or a.negated != b.negated or (a.numbers and b.numbers and not a.numbers & b.numbers):
        return False
    if _shared_in_order(a.names, b.names) is None:
        return False
    alike = common(a.stems, b.stems)
    return alike >= FEWEST_TERMS and alike / fewest >= share


def _shared_in_order(a: tuple[str, ...], b: tuple[str, ...]) -> list[str] | None:
    """The names that both have, where they come first in the same order; else None."""
    mine = list(dict.fromkeys(x for x in a if x in b))
    theirs = list(dict.fromkeys(x for x in b if x in a))
    return mine if mine == theirs else None


def common(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for x in a:
        before = 0
        for j, y in enumerate(b):
            kept = row[j + 1]
            row[j + 1] = before + 1 if x == y else max(kept, row[j])
            before = kept
    return row[-1]
