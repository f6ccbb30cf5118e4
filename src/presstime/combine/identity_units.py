"""The sightings under one key → units: what is certainly one, before anything is compared; and the joining of units.

In: sightings, in order. Out: a unit for each name form, or for each document where a form stands for whoever that
document means ("Rin", "the ministry"); and where one full name was seen with roles that are hardly one person's, a unit
for each. `Joined` joins units and keeps apart what people decided is apart.

Example: two papers with "Edda Rin" → one unit; two papers with a bare "Rin" → two units.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from presstime.combine.bodies import has_head, is_acronym, is_generic
from presstime.combine.identity_records import Sighting, Unsure
from presstime.combine.names import is_named
from presstime.combine.people import incompatible, person_name, roles_of
from presstime.combine.stages import Note
from presstime.ids import make_id

__all__ = ["Joined", "Unit", "units_of"]

_MOST_PAIRS = 200
"""Pairs proposed to a person under one key."""


@dataclass(slots=True, eq=False)
class Unit:
    """Sightings that are one. `document` is set where they are only their document's."""

    number: int
    id: str
    name: str
    form: str
    document: str | None
    person: bool
    known: str | None
    nation: str | None
    rank: int = 0
    also: str | None = None
    """The id that its form has where nothing is known of it: it redirects, too, but nobody goes by it."""
    home: str | None = None
    full: set[str] = field(default_factory=set)
    blocked: bool = False
    """Its document has several bearers, so that it is none of them for certain."""
    names: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    where: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    sightings: list[int] = field(default_factory=list)


def units_of(notes: Sequence[Note[Sighting]]) -> list[Unit]:
    """Units in order of their first sighting."""
    parts = _parts(notes)
    units: dict[tuple[str, str | None, str], Unit] = {}
    for number, note in enumerate(notes):
        s = note.data
        document = s.document if _is_local(s) else None
        part = parts.get((s.form, s.document), "") if document is None else ""
        if part == "?":
            document, part = s.document, ""
        elif document is None and s.full:
            part = s.full
        unit = units.get((s.form, document, part))
        if unit is None:
            plain = make_id("found", "name", s.form)
            id_ = make_id("found", "apart", document, s.form) if document else make_id("found", "name", s.form, part) if part else plain
            name = s.reads or s.name
            unit = Unit(len(units), id_, name, s.form, document, s.kind == "person", s.known, s.nation, _rank(s))
            units[s.form, document, part] = unit
            unit.also = plain if part and part == s.full else None
        unit.sightings.append(number)
        unit.names.add(s.name)
        unit.where.update(s.where)
        unit.documents.add(s.document)
        unit.nation = unit.nation or s.nation
        unit.home = unit.home or s.home
        unit.known = unit.known or s.known
        unit.person = unit.person or s.kind == "person"
        if s.role or s.kind == "person":
            unit.roles |= roles_of(s.role or "")
            unit.titles.update(person_name(s.name).titles)
            unit.titles.update((s.role or "").lower().split())
            unit.titles.update(s.titles)
        if s.full:
            unit.full.add(s.full)
        unit.blocked = unit.blocked or s.full == ""
    return list(units.values())


def _is_local(s: Sighting) -> bool:
    """Whether a name stands for whoever its document means: a surname alone, a word for any body, a description."""
    if s.known is not None or s.sort == "government":
        return False
    if s.sort == "local":
        return True
    if s.sort == "body":
        return is_generic(s.name) or not is_named(s.name)
    return s.kind == "person" and not person_name(s.name).given and not is_acronym(s.name)


def _rank(s: Sighting) -> int:
    """How good a name is to be shown."""
    if s.sort == "name" and s.kind == "person":
        if s.name.split()[-1][:1].islower():
            return 0
        parts = person_name(s.name)
        return (2 if parts.given and len(parts.given[0].rstrip(".")) > 1 else 1 if parts.given else 0) * 2 + (not parts.titles)
    return 0 if is_acronym(s.name) or not is_named(s.name) else 1 + has_head(s.name)


def _parts(notes: Sequence[Note[Sighting]]) -> dict[tuple[str, str], str]:
    """For full names borne by people whose roles or countries cannot be one's: form and document → which of them.

    The first has "", the next the role or country that tells it; "?" where the document does not tell which.
    """
    told: dict[str, dict[str, tuple[set[str], set[str]]]] = {}
    for note in notes:
        s = note.data
        if s.sort == "name" and s.kind == "person" and s.known is None and person_name(s.name).given:
            roles, lands = told.setdefault(s.form, {}).setdefault(s.document, (set(), set()))
            roles |= roles_of(f"{s.role or ''} {' '.join(person_name(s.name).titles)}")
            lands.update(x for x in (s.country, s.nation) if x)
    found: dict[tuple[str, str], str] = {}
    for form, documents in told.items():
        bearers: list[tuple[set[str], set[str], str]] = []
        for document, (roles, lands) in documents.items():
            if not roles and not lands:
                continue
            for bearer in bearers:
                if not incompatible(frozenset(roles), frozenset(bearer[0])) and (not lands or not bearer[1] or lands & bearer[1]):
                    bearer[0].update(roles)
                    bearer[1].update(lands)
                    break
            else:
                bearer = (set(roles), set(lands), " ".join(sorted(roles or lands)) if bearers else "")
                bearers.append(bearer)
            found[form, document] = bearer[2]
        if len(bearers) > 1:
            found.update(((form, d), "?") for d, (roles, lands) in documents.items() if not roles and not lands)
    return found


# ---------------------------------------------------------------- joining


class Joined:
    """Which units are one. Decided pairs are never joined by a rule."""

    def __init__(self, units: Sequence[Unit], apart: Iterable[tuple[str, str]]) -> None:
        self._units = units
        self._parent = list(range(len(units)))
        by_id = {i: u.number for u in reversed(units) for i in (u.also, u.id) if i}
        self._apart = [(by_id[a], by_id[b]) for a, b in sorted(apart) if a in by_id and b in by_id]
        self._unsure: dict[tuple[int, int], tuple[str, float]] = {}

    def top(self, unit: Unit) -> int:
        """The number of the first unit of what a unit is joined with."""
        n = unit.number
        while self._parent[n] != n:
            self._parent[n] = self._parent[self._parent[n]]
            n = self._parent[n]
        return n

    def join(self, one: Unit, other: Unit, forced: bool = False) -> bool:
        """Joins two units and what they are joined with; False where people decided otherwise."""
        a, b = sorted((self.top(one), self.top(other)))
        if a == b:
            return True
        if not forced and any({self.top(self._units[x]), self.top(self._units[y])} == {a, b} for x, y in self._apart):
            return False
        self._parent[b] = a
        return True

    def propose(self, one: Unit, other: Unit, why: str, score: float) -> None:
        """Leaves two units apart, to be decided by a person."""
        pair = (min(one.number, other.number), max(one.number, other.number))
        if len(self._unsure) < _MOST_PAIRS and pair not in self._unsure:
            self._unsure[pair] = (why, score)

    def groups(self) -> list[list[Unit]]:
        """Units by what they are joined in, in order."""
        found: dict[int, list[Unit]] = {}
        for unit in self._units:
            found.setdefault(self.top(unit), []).append(unit)
        return list(found.values())

    def unsure(self, ids: dict[int, str], shown: set[str]) -> tuple[Unsure, ...]:
        """The proposed pairs that are still two, under their actors' ids; those that people keep apart are left out."""
        decided = {frozenset((ids[a], ids[b])) for a, b in self._apart}
        found: dict[tuple[str, str], Unsure] = {}
        for (a, b), (why, score) in self._unsure.items():
            one, other = ids[a], ids[b]
            if one != other and {one, other} <= shown and frozenset((one, other)) not in decided:
                found.setdefault((one, other), Unsure(one=one, other=other, why=why, score=score))
        return tuple(found.values())
