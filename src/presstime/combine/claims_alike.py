"""Two statements → whether they assert the same, or the one the opposite of the other.

In: what is compared of them (`Told`). Out: yes or no, and for a meeting of units how much they share. Numbers, places, days,
doers and other names that differ keep claims apart, however alike their words are.

Example: "Keldan forces shelled the granary in Osk" and "the grain store in Osk was hit by Keldan artillery" → the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from presstime.combine.claim_words import NAME_WEIGHT, Unit, claim_list, term
from presstime.combine.claims_told import Told

__all__ = ["Meeting", "Ready", "apart", "far", "meeting", "opposed", "ready", "same", "unlike"]

SAME = 0.62
"""The share of the shorter statement's weight that must stand in the other. This and what follows was chosen on made worlds
and on stories written by hand: 36 of 36 and 18 of 37 disputes found, 25 unrelated reports without one across documents."""
SAME_LONGER = 0.34
"""… and of the longer one's: a clause in a speech is not the speech."""
LEAST = 26
"""What they must share at the least, in tenths: about two words and a name."""
LEAST_MATTER = 16
"""… of which so much in words that are no names."""
_APART = timedelta(hours=4)
"""Between two clock times from which on they are of two things: two outlets' times for one thing may be two hours apart."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A `Told` with sets made of its tuples."""

    told: Told
    terms: frozenset[int]
    denied: frozenset[int]
    """The terms that stand under a "not"."""
    weight: int
    speaker: frozenset[str]
    parties: frozenset[str]
    doers: frozenset[str]
    places: frozenset[str]
    towns: frozenset[str]
    numbers: frozenset[str]
    owner: frozenset[str]
    voices: frozenset[str]
    called: frozenset[int]
    owner_called: frozenset[int]
    sided: frozenset[int]
    """Its terms of which only one of two can be ("open", "shut"); under a "not" the other one."""

    objects: frozenset[int]
    """The terms of the names in it other than the doers' and the speaker's."""
    names: frozenset[int]
    stems: frozenset[int]


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the units of one statement share with another's: their weight, that of names, of those negated in only one of them."""

    weight: int
    names: int
    against: int

    @property
    def matter(self) -> int:
        """The weight of what is no name."""
        return self.weight - self.names


def ready(told: Told) -> Ready:
    """A statement, ready to be compared."""
    terms = frozenset(t for u in told.units for t in u[2:])
    return Ready(
        told,
        terms,
        frozenset(t for u in told.units if u[1] for t in u[2:]),
        sum(u[0] for u in told.units),
        frozenset(told.speaker),
        frozenset(told.parties),
        frozenset(told.doers),
        frozenset(told.places),
        frozenset(told.towns),
        frozenset(told.numbers),
        frozenset(told.owner),
        frozenset(told.voices),
        frozenset(told.called),
        frozenset(told.owner_called),
        _sided(told.units),
        frozenset(u[2] for u in told.units if u[0] == NAME_WEIGHT) - {term(k) for k in (*told.doers, *told.speaker)},
        frozenset(u[2] for u in told.units if u[0] == NAME_WEIGHT and len(u) == 3),
        frozenset(u[2] for u in told.units),
    )


def meeting(units: Sequence[Unit], other: Ready) -> Meeting:
    """What some units share with another statement's."""
    weight = names = against = 0
    for unit in units:
        met = [t for t in unit[2:] if t in other.terms]
        if not met:
            continue
        weight += unit[0]
        if unit[0] == NAME_WEIGHT and len(unit) == 3:
            names += unit[0]
        elif bool(unit[1]) != any(t in other.denied for t in met):
            against += unit[0]
    return Meeting(weight, names, against)


def apart(a: Ready, b: Ready) -> bool:
    """Whether two statements cannot be of one thing: other numbers, places, days, or another doer."""
    if a.numbers and b.numbers and not a.numbers & b.numbers:
        return True
    if a.towns and b.towns and not a.towns & b.towns:
        return True
    if a.doers and b.doers and not a.doers & b.doers:
        return True
    return far(a, b)


def far(a: Ready, b: Ready) -> bool:
    """Whether two statements are of times that are far from one another."""
    return a.told.hours is not None and b.told.hours is not None and _far(a.told.hours, b.told.hours)


def unlike(a: Ready, b: Ready) -> bool:
    """Whether two claims cannot be one: they are apart, or what they name besides who did it is quite other."""
    return bool(a.objects and b.objects and not a.objects & b.objects) or apart(a, b)


@lru_cache(maxsize=50_000)
def _moment(value: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found.replace(tzinfo=None)


def _far(a: tuple[str, str], b: tuple[str, str]) -> bool:
    ends = [_moment(v) for v in (*a, *b)]
    if any(e is None for e in ends):
        return False
    start_a, end_a, start_b, end_b = (e for e in ends if e is not None)
    return max(start_a, start_b) - min(end_a, end_b) > (timedelta() if a[0][:10] != b[0][:10] else _APART)


def same(a: Ready, b: Ready) -> bool:
    """Whether two statements assert the same, as far as their words show."""
    fewest = min(a.weight, b.weight)
    if not fewest or not a.terms & b.terms:
        return False
    if _accuses(a, b) or _accuses(b, a):
        return False
    short, long = (a, b) if a.weight <= b.weight else (b, a)
    met = meeting(short.told.units, long)
    if met.against or met.weight < LEAST or met.matter < LEAST_MATTER or met.weight < SAME * fewest:
        return False
    back = meeting(long.told.units, short)
    return back.weight >= SAME_LONGER * long.weight and not opposed(a, b) and not unlike(a, b)


def _accuses(one: Ready, other: Ready) -> bool:
    """Whether one statement accuses who makes the other: he does not say the same of himself."""
    return one.told.accusing and not one.speaker & other.speaker and bool(other.speaker & one.doers)


def opposed(a: Ready, b: Ready) -> bool:
    """Whether two statements say things of which only one can be ("open", "shut")."""
    if not a.sided or not b.sided:
        return False
    sides = _sides()
    return any((y := sides[x]) in b.sided and y not in a.sided and x not in b.sided for x in a.sided)


@lru_cache(maxsize=1)
def _sides() -> dict[int, int]:
    """Each side and the other one."""
    pairs = [(term(f"opposite {name} 0"), term(f"opposite {name} 1")) for name in claim_list("opposites")]
    return {one: other for x, y in pairs for one, other in ((x, y), (y, x))}


def _sided(units: Sequence[Unit]) -> frozenset[int]:
    sides = _sides()
    return frozenset(sides[t] if u[1] else t for u in units for t in u[2:] if t in sides)
