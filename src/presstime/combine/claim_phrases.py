"""Words of a statement → whether they deny, point at what another said, or leave it open; and the units they hold.

In: tokens. Out: yes or no, and `Unit`s. Example: in "the accusation made by Velmor" the first noun points at what was said.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache

from presstime.combine.claim_words import (
    NAME_WEIGHT,
    Token,
    Unit,
    claim_list,
    is_name,
    is_small,
    lemmas_of,
    name_term,
    negated_at,
    term,
    unit_of,
)
from presstime.read.lexicon import words

__all__ = ["is_denying", "is_denying_cue", "is_pointer", "is_unsure", "number_of", "pointers", "points", "units_of"]

_MOST_UNITS = 24
"""Units of a statement that are compared."""


@lru_cache(maxsize=1)
def pointers() -> frozenset[str]:
    """Nouns for what another has said, or for all that he may have said."""
    table = words("answers")["pointers"]
    return frozenset({*table["nouns"], *table["blanket"], *claim_list("pointers")})


def is_unsure(found: Sequence[Token]) -> bool:
    """Whether words leave it open: "it is not clear whether …"."""
    if any(t.low == "whether" for t in found[:6]):
        return True
    no = negated_at(found)
    return any(i in no and found[i].low in claim_list("unsure") for i in range(len(found)))


def units_of(found: Sequence[Token], no: frozenset[int], timed: Set[int], left_out: frozenset[int], denies: bool) -> tuple[Unit, ...]:
    """The units of some words. A denial's own words of denying, and whose claims it denies, are no matter."""
    units: dict[Unit, None] = {}
    for i, token in enumerate(found):
        if i in timed or i in left_out or not token.surface[0].isalnum():
            continue
        if is_name(token):
            if token.low not in claim_list("bodies"):
                units[(NAME_WEIGHT, 0, term(name_term(token.surface)))] = None
            continue
        if denies and (is_denying(token.low) or is_pointer(token.low)):
            continue
        unit = unit_of(token.low, i in no)
        if unit is not None:
            units[unit] = None
    return tuple(units)[:_MOST_UNITS]


@lru_cache(maxsize=20_000)
def is_pointer(low: str) -> bool:
    """Whether a word is a noun for what another has said."""
    return any(form in pointers() for form in lemmas_of(low))


@lru_cache(maxsize=20_000)
def is_denying(low: str) -> bool:
    """Whether a word only tells that something is denied, or calls it untrue."""
    return (low in claim_list("denying") and not is_small(low)) or low in ("any", "called", "calls")


def is_denying_cue(cue: str) -> bool:
    """Whether a cue is one of denying, so that what it introduces is what is denied."""
    stems = words("answers")["falsity"]["cues"]
    return any(word.startswith(stem) for word in cue.split() for stem in stems)


def points(found: Sequence[Token]) -> bool:
    """Whether a denial takes up what another said, or only "that"."""
    low = [t.low for t in found if t.surface[0].isalnum()]
    if not low or all(w in words("answers")["pointers"]["pronouns"] for w in low):
        return True
    return any(is_pointer(w) for w in low) or "what" in low[:3]


@lru_cache(maxsize=20_000)
def _value(low: str) -> str | None:
    known = claim_list("numbers").get(low)
    if known is not None:
        return str(known) if known > 1 else None
    return low.replace(",", "") if low[0].isdigit() else None


def number_of(token: Token) -> str | None:
    """The number that a word is, as digits; None for any other word."""
    return _value(token.low) if token.surface[0].isalnum() else None
