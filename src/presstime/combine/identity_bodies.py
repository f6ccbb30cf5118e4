"""Units of bodies with one head → which are one body.

In: units whose names end in the same two words ("water board"), in one order of words. Out: nothing; units are joined,
or proposed. A land's body goes by the land's name and by its people's ("Keldany", "Keldan"); a short form joins the only
body that it shortens; a name that any land has ("Foreign Ministry") joins only where its document tells of the same
places.

Example: "the Water Board" joins "Tamsin Water Board" unless the story has another water board.
"""

from __future__ import annotations

from collections.abc import Sequence

from presstime.combine.bodies import body_words, land_stem
from presstime.combine.identity_units import Joined, Unit
from presstime.combine.identity_words import lists
from presstime.combine.transliteration import alike

__all__ = ["join_bodies"]

_HEADS = 30
"""Bodies that each body is compared with."""


_LAND_WORDS = 3
"""Words that a land's name in a body's name has at most."""


def join_bodies(units: Sequence[Unit], joined: Joined) -> None:
    """Joins the names of each body."""
    first: dict[tuple[str, ...], Unit] = {}
    wide: list[Unit] = []
    for unit in units:
        if unit.document is None and not unit.also:
            other = first.setdefault(_canonical(unit), unit)
            joined.join(other, unit)
            if other is unit:
                wide.append(unit)
    _spellings(wide, joined)
    for unit in sorted(wide, key=lambda u: (-len(body_words(u.name)), u.number)):
        longer = _tops([b for b in wide[:_HEADS] if b is not unit and _shortens(unit, b)], joined)
        if len(longer) == 1:
            joined.join(longer[0], unit)
        else:
            for each in longer:
                joined.propose(each, unit, "a short form that fits, and another too", 0.6 / len(longer))
    by_form = {u.form: u for u in reversed(units) if u.document is None}
    loose: list[Unit] = []
    for unit in units:
        own = [by_form[f] for f in sorted(unit.full) if f in by_form and by_form[f] is not unit]
        if (not own or not joined.join(own[0], unit)) and unit.document is not None:
            loose.append(unit)
    _by_places(loose, wide, joined)


def _canonical(unit: Unit) -> tuple[str, ...]:
    """The words of a body in no order, a land's name reduced to what it shares with its people's name."""
    words = body_words(unit.name)
    national = words[-1] in lists().national
    rest = tuple(w for w in words if w in lists().generic)
    if unit.nation is not None and national and len(words) - len(rest) <= _LAND_WORDS:
        return (unit.nation, *sorted(rest))
    return tuple(sorted(land_stem(w) if national and w not in lists().generic and n == 0 else w for n, w in enumerate(words)))


def _spellings(wide: Sequence[Unit], joined: Joined) -> None:
    for number, unit in enumerate(wide):
        words = body_words(unit.name)
        for other in wide[: min(number, _HEADS)]:
            theirs = body_words(other.name)
            if len(words) == len(theirs) and all(alike(a, b) for a, b in zip(words, theirs, strict=True)) and not _against(unit, other):
                joined.join(other, unit)
                break


def _against(one: Unit, other: Unit) -> bool:
    return bool(one.nation and other.nation and one.nation != other.nation)


def _shortens(short: Unit, unit: Unit) -> bool:
    return _shorter(body_words(short.name), short, unit)


def _shorter(words: Sequence[str], short: Unit, unit: Unit) -> bool:
    whole = body_words(unit.name)
    return len(words) < len(whole) and whole[len(whole) - len(words) :] == tuple(words) and not _against(short, unit)


def _tops(units: Sequence[Unit], joined: Joined) -> list[Unit]:
    return list({joined.top(u): u for u in reversed(units)}.values())[::-1]


def _by_places(loose: Sequence[Unit], wide: Sequence[Unit], joined: Joined) -> None:
    """Names that any land has: joined with the only body they shorten, or with each other, where the places are the same."""
    where: dict[int, set[str]] = {}
    of = {u.number: joined.top(u) for u in wide}
    for unit in wide:
        where.setdefault(of[unit.number], set()).update(unit.where)
    longer: dict[tuple[str, ...], list[Unit]] = {}
    seen: dict[tuple[tuple[str, ...], str], Unit] = {}
    for unit in loose:
        words = body_words(min(unit.full - {""}, default=unit.name))
        if words not in longer:
            longer[words] = _tops([b for b in wide[:_HEADS] if _shorter(words, unit, b) or body_words(b.name) == words], joined)
        bearers = longer[words]
        one = None if unit.blocked else _bearer(unit, bearers, [where[of[b.number]] for b in bearers])
        if one is not None and joined.join(one, unit):
            continue
        for bearer in bearers:
            joined.propose(bearer, unit, "a name that any land has", 0.4 / len(bearers))
        if bearers or unit.blocked:
            continue
        for place in sorted(unit.where):
            joined.join(seen.setdefault((words, place), unit), unit)


def _bearer(unit: Unit, bearers: Sequence[Unit], where: Sequence[set[str]]) -> Unit | None:
    """The body that a name stands for: that of the country its document is datelined from, else the only one, with a reason."""
    at_home = [b for b in bearers if unit.home and b.nation == unit.home]
    if len(at_home) == 1:
        return at_home[0]
    if len(bearers) != 1:
        return None
    words = body_words(unit.name)
    proper = unit.name[:1].isupper() and len(words) > 1 and not set(words) & lists().states and bearers[0].nation is None
    return bearers[0] if proper or unit.where & where[0] else None
