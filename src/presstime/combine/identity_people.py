"""Units under one surname → which are one person, by given names, initials, spellings and roles.

In: units whose last words sound alike: full names, initials, surnames alone, and other names without a body's head. Out:
nothing; units are joined, or proposed. Two people of one surname stay two; a surname alone joins the only bearer, or
the only one whose role it is given.

Example: "J. Marsh" joins "Jane Marsh" unless there is a "John Marsh".
"""

from __future__ import annotations

from collections.abc import Sequence

from presstime.combine.bodies import plain_words
from presstime.combine.identity_units import Joined, Unit
from presstime.combine.identity_words import lists
from presstime.combine.people import fit, incompatible, person_name
from presstime.combine.transliteration import alike, consonants, sounds

__all__ = ["join_people"]

_HEADS = 30
"""Full names that each full name of one surname and first letter is compared with."""


def join_people(units: Sequence[Unit], joined: Joined) -> None:
    """Joins the names of each person (and of each body without a head) under one surname."""
    _same_words(units, joined)
    wide = [u for u in units if u.document is None]
    _own_fuller(wide, joined)
    full = [u for u in wide if person_name(u.name).given]
    blocks: dict[str, list[Unit]] = {}
    for unit in full:
        given = person_name(unit.name).given[0]
        if len(given.rstrip(".")) > 1:
            heads = blocks.setdefault(sounds(lists().nicknames.get(given, given))[:1], [])
            if not _meet(unit, heads, joined) and len(heads) < _HEADS:
                heads.append(unit)
    bearers = _bearers([u for heads in blocks.values() for u in heads], joined)
    for unit in full:
        if len(person_name(unit.name).given[0].rstrip(".")) == 1:
            _place(unit, [b for b in bearers if fit(unit.name, b.name) in ("initial", "same")], joined, "initial", 0.5)
    bearers = _bearers([*bearers, *(u for u in full if person_name(u.name).given[0].rstrip(".")[1:] == "")], joined)
    for unit in full:
        hyphens = [b for b in bearers if b is not unit and "-" in b.name and fit(unit.name, b.name) == "surname"]
        if hyphens:
            _place(unit, hyphens, joined, "surname", 0.6)
    single = [u for u in wide if not person_name(u.name).given]
    by_form = {u.form: u for u in wide}
    for unit in units:
        if unit.document is not None:
            _short(unit, bearers, single, by_form, joined)


def _same_words(units: Sequence[Unit], joined: Joined) -> None:
    """The same words, but for titles and company endings."""
    first: dict[tuple[str, ...], Unit] = {}
    for unit in units:
        if unit.document is None and (" " in unit.form or not unit.person):
            parts = person_name(unit.name)
            words = (*parts.given, parts.surname) if unit.person and parts.given else plain_words(unit.name)
            other = first.setdefault(tuple(w.rstrip(".") for w in words), unit)
            if not _against(unit, other):
                joined.join(other, unit)
            else:
                joined.propose(other, unit, "the same name, with roles or countries that are hardly one person's", 0.4)


def _own_fuller(wide: Sequence[Unit], joined: Joined) -> None:
    """Short names and initials that their own document, or the only one that explains them, leads back to a fuller one."""
    by_form = {u.form: u for u in reversed(wide)}
    for unit in wide:
        for form in sorted(unit.full):
            if form in by_form:
                joined.join(by_form[form], unit)


def _meet(unit: Unit, heads: Sequence[Unit], joined: Joined) -> bool:
    """Joins a full name with the first that it is; proposes what may be."""
    for head in heads:
        if joined.top(head) == joined.top(unit):
            return True
        how = fit(unit.name, head.name)
        if how == "same":
            if _against(unit, head):
                joined.propose(head, unit, "two spellings of one name, with roles or countries that are hardly one person's", 0.4)
            elif joined.join(head, unit):
                return True
        elif how == "no" and _one_office(unit, head) and not _against(unit, head) and joined.join(head, unit):
            return True
        elif how == "initial":
            joined.propose(head, unit, "a given name of one may be another given name of the other", 0.4)
    return False


def _one_office(one: Unit, other: Unit) -> bool:
    """Whether two names of the same consonants are those of one office: "Governor Tavon Rin", "Governor Thavone Rin"."""
    a, b = person_name(one.name), person_name(other.name)
    if not {w for w in one.titles if w in lists().offices} & other.titles or not alike(a.surname, b.surname):
        return False
    return consonants(a.given[0]) == consonants(b.given[0])


def _against(one: Unit, other: Unit) -> bool:
    """Whether roles or countries speak against two names being one person's."""
    if one.nation and other.nation and one.nation != other.nation:
        return True
    return one.id != other.id and incompatible(frozenset(one.roles), frozenset(other.roles))


def _bearers(units: Sequence[Unit], joined: Joined) -> list[Unit]:
    """One unit for each person among some."""
    return list({joined.top(u): u for u in reversed(units)}.values())[::-1]


def _place(unit: Unit, bearers: Sequence[Unit], joined: Joined, what: str, score: float) -> None:
    """Joins a short name with its one bearer, or the one whose role it has; else proposes them all."""
    fitting = [b for b in bearers if not _against(unit, b)]
    if len(fitting) > 1:
        told = {w for w in unit.titles if w in lists().offices or w in lists().private}
        by_role = [b for b in fitting if told & b.titles]
        fitting = by_role if len(by_role) == 1 else fitting
    if len(fitting) == 1 and not unit.blocked and joined.join(fitting[0], unit):
        return
    for bearer in fitting:
        joined.propose(
            bearer, unit, f"the {what} fits, and another too" if len(fitting) > 1 else f"the {what} fits", score / max(1, len(fitting))
        )


def _short(unit: Unit, bearers: Sequence[Unit], single: Sequence[Unit], by_form: dict[str, Unit], joined: Joined) -> None:
    """A surname alone: its document's bearer, else the story's."""
    own = [by_form[f] for f in sorted(unit.full) if f in by_form]
    own = own or [b for b in bearers if unit.full and any(fit(f, b.name) in ("same", "initial") for f in unit.full)]
    office = {w for w in unit.titles if w in lists().offices}
    if own and office and not office & own[0].titles:  # "President Rin" where the document's own Rin is a teacher
        other = _bearers([b for b in bearers if office & b.titles and fit(unit.name, b.name) == "surname"], joined)
        if len(other) == 1 and joined.join(other[0], unit):
            return
    if own and joined.join(own[0], unit):
        return
    same = [s for s in single if s.form == unit.form]
    if same:
        joined.join(same[0], unit)
        return
    _place(unit, [b for b in bearers if b.person and fit(unit.name, b.name) != "no"], joined, "surname", 0.6)
