"""Figures of one measure → figures by place.

In: notes of a measure, with one reference for each place. Out: `Scene`s of one place each. A place counts where a
figure's own words or its paragraph name it, or where the document tells of something that happened there. Figures of no
place go where their giver's others are, else with the place that most are of, unless a document tells the two apart.

Example: 12 dead "in Velm", 3 "at Osk", and "at least 15" that one minister gives beside the 12 → Velm, Osk, everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from msgspec.structs import replace as with_fields

from presstime.combine.incidents import OWN, PARAGRAPH
from presstime.combine.series_told import List, Scene, Told, Value, value_of
from presstime.combine.stages import Note

__all__ = ["EVERYWHERE", "by_place"]

_NO_NUMBER = 1e9
_FEWEST = 3
"""The least number that, given twice by one giver, shows two names to be of one place: ones and twos meet by chance."""
_RARE = 10
"""The least number that one giver hardly gives of two places, where no words name either."""
_MORE = 3
"""How many times the last number the next may be, for a count that no word says to go on."""
_DAY = 24 * 60
EVERYWHERE = ""
"""The place of figures that are of no place, and not of the one that most are of."""


@dataclass(slots=True)
class _Where:
    """What is told of places: for each the origins that tell of it, and the pairs that a document tells apart."""

    origins: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    scenes: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    wide: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def by_place(notes: List) -> list[Scene]:
    """Notes by place. Those of no place go with the place that most are of, unless one document tells them apart."""
    notes = _unsaid_places(_same_places(notes))
    known = _Where()
    for n in notes:
        if n.data.place and n.data.sure >= PARAGRAPH:
            if n.data.sure == OWN:
                known.own.add(n.data.place)
            if n.data.wide:
                known.wide[n.data.place].add(n.data.origin)
                continue
            known.origins[n.data.place].add(n.data.origin)
            if n.data.scene:
                known.scenes.add(n.data.place)
    places = {n.record: _told_place(n.data, known) for n in notes}
    apart, pairs = _told_apart(notes, places)
    lone = {p for p in known.origins if p not in known.scenes and p not in known.own and p not in pairs}
    main = _main({p: len(o) for p, o in known.origins.items() if p not in lone})
    wides_apart = sum(p in pairs for p in known.wide) > 1
    own = _of_givers(notes, places, lone)
    lines, everywhere = _of_lines(notes, places, lone)
    away = _away(notes, places, main)
    groups: dict[str, List] = {}
    for n in notes:
        place = places[n.record]
        if place in known.wide and not (wides_apart and place in pairs):
            place = None
        line = lines.get((n.data.giver, n.data.group), {})
        nowhere = everywhere.get((n.data.giver, n.data.group), {})
        if place is not None and n.data.sure < OWN and n.data.giver in apart and nowhere:
            place = _nearest(n.data, nowhere | line) or None
        elif place is not None and n.data.sure < OWN and n.data.giver not in apart and place not in pairs and place not in line:
            # told only by what stands around, while the giver counts at a place that the document names too
            place = _nearest(n.data, {p: v for p, v in line.items() if p in n.data.towns and _goes_on(n.data, v)}) or place
        if place is None or place in lone:
            wide = n.data.wide
            giver = None if n.data.giver in apart or (wide and apart) else own.get((n.data.giver, n.data.group)) or _nearest(n.data, line)
            place = giver or (EVERYWHERE if apart or n.data.giver in away else main)
        groups.setdefault(place, []).append(n)
    most = max(groups, key=lambda p: (p == (EVERYWHERE if apart else main), len({n.data.origin for n in groups[p]}), p), default="")
    return [Scene(groups[p], (p,), place=_shown(p, groups[p]), main=p == most) for p in sorted(groups)]


def _same_places(notes: List) -> List:
    """The notes with one place for two names of one scene: a giver's same number is told of both, and both are named together.

    "When the Osk Dam broke and flooded Velm" is of the dam in one text and of Velm in the next.
    """
    told: dict[tuple[str, str, Value], dict[str, Told]] = {}
    origins: dict[str, set[str]] = defaultdict(set)
    for n in notes:
        if n.data.place and n.data.sure == OWN and not n.data.wide and not n.data.earlier:
            origins[n.data.place].add(n.data.origin)
            if (n.data.low or n.data.high or 0) >= _FEWEST:
                told.setdefault((n.data.giver, n.data.group, value_of(n.data)), {}).setdefault(n.data.place, n.data)
    same: dict[str, str] = {}
    for by_place in told.values():
        for (a, one), (b, other) in pairwise(sorted(by_place.items())):
            if (b in one.towns or a in other.towns) and abs(one.published - other.published) < _DAY:
                to, of = sorted((a, b), key=lambda p: (-len(origins[p]), p))
                same.setdefault(of, to)
    if not same:
        return notes
    return [_at(n, same[n.data.place], PARAGRAPH) if n.data.place in same and same[n.data.place] not in same else n for n in notes]


def _unsaid_places(notes: List) -> List:
    """The notes without places that only stand around a number which the same giver has elsewhere with another place or none."""
    told: dict[tuple[str, str, Value], dict[str, int]] = {}
    for n in notes:
        if (n.data.low or n.data.high or 0) >= _RARE and not n.data.wide and not n.data.part:
            sure = told.setdefault((n.data.giver, n.data.group, value_of(n.data)), {})
            sure[n.data.place] = max(n.data.sure, sure.get(n.data.place, 0))
    unsaid = {line: [p for p, sure in by_place.items() if p and sure < OWN] for line, by_place in told.items() if len(by_place) > 1}
    found: List = []
    for n in notes:
        weak = not n.data.wide and n.data.place in unsaid.get((n.data.giver, n.data.group, value_of(n.data)), ())
        found.append(_at(n, "", 0) if weak else n)
    return found


def _at(note: Note[Told], place: str, sure: int) -> Note[Told]:
    return Note(note.key, note.record, note.order, with_fields(note.data, place=place, sure=sure), note.links)


def _told_place(told: Told, known: _Where) -> str | None:
    """The place that a note tells, where it can be taken at its word: a dateline's only where something happened there."""
    if not told.place:
        return None
    return told.place if told.sure >= PARAGRAPH or told.place in known.scenes or told.place in known.origins else None


def _told_apart(notes: List, places: Mapping[str, str | None]) -> tuple[set[str], set[str]]:
    """The givers that have a number for a town beside another for everywhere, in one document; and places so paired."""
    told: dict[tuple[str, str, str], dict[str, set[Value]]] = {}
    documents: dict[tuple[str, str], dict[str, set[Value]]] = {}
    wide = {n.data.place for n in notes if n.data.wide} | {EVERYWHERE}
    of_wide = {n.data.giver for n in notes if n.data.wide}
    for n in notes:
        if n.data.earlier:
            continue
        place = places[n.record]
        sure = n.data.sure if place else 0
        if place and (sure < OWN and not n.data.scene):
            continue
        if sure < PARAGRAPH:
            place = None
        at = EVERYWHERE if place is None else place
        if n.data.wide and place is None:
            documents.setdefault((n.data.document, n.data.group), {}).setdefault(EVERYWHERE, set()).add(value_of(n.data))
        told.setdefault((n.data.document, n.data.group, n.data.giver), {}).setdefault(at, set()).add(value_of(n.data))
        if place is not None:
            documents.setdefault((n.data.document, n.data.group), {}).setdefault(place, set()).add(value_of(n.data))
    apart: set[str] = set()
    pairs: set[str] = set()
    for (_, _, giver), by_place in told.items():
        everywhere = by_place.get(EVERYWHERE)
        if everywhere is not None and any(v.isdisjoint(everywhere) for p, v in by_place.items() if p != EVERYWHERE):
            apart.add(giver)
    for by_place in documents.values():
        values = list(by_place.values())
        if any(a.isdisjoint(b) for a, b in pairwise(values)):
            pairs.update(by_place.keys() - {EVERYWHERE})
            if any(p in wide for p in by_place) and any(p not in wide for p in by_place):
                apart.update(of_wide)
    return apart, pairs


def _main(counts: Mapping[str, int]) -> str:
    """The place that more than half of the placed figures' origins tell of, or twice as many as of any other; "" for none."""
    if not counts:
        return ""
    (place, most), *others = sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    return place if 2 * most > sum(counts.values()) or not others or most >= 2 * others[0][1] else ""


def _of_givers(notes: List, places: Mapping[str, str | None], lone: set[str]) -> dict[tuple[str, str], str]:
    """Givers all of whose placed figures of a group are of one place → that place."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for n in notes:
        place = places[n.record]
        if place and place not in lone and not n.data.wide and n.data.sure >= PARAGRAPH:
            found[n.data.giver, n.data.group].add(place)
    return {line: next(iter(own)) for line, own in found.items() if len(own) == 1}


_Lines = dict[tuple[str, str], dict[str, set[int]]]


def _of_lines(notes: List, places: Mapping[str, str | None], lone: set[str]) -> tuple[_Lines, _Lines]:
    """For each giver and group the places that its figures' own words name, with the numbers given there; and those of none."""
    found: _Lines = {}
    nowhere: _Lines = {}
    for n in notes:
        place = places[n.record]
        numbers = {v for v in (n.data.low, n.data.high) if v is not None}
        line = n.data.giver, n.data.group
        if place and place not in lone and not n.data.wide and n.data.sure == OWN:
            found.setdefault(line, {}).setdefault(place, set()).update(numbers)
        elif not place or n.data.wide:
            nowhere.setdefault(line, {}).setdefault(EVERYWHERE, set()).update(numbers)
    return found, nowhere


def _nearest(told: Told, line: Mapping[str, set[int]]) -> str | None:
    """The place of a giver's line whose numbers a figure's is nearest to; None where there is no place."""
    number = next((v for v in (told.low, told.high) if v is not None), None)
    if number is None or not line:
        return next(iter(line)) if len(line) == 1 else None
    return min(line, key=lambda p: (min((_times(number, v) for v in line[p]), default=_NO_NUMBER), p))


def _goes_on(told: Told, numbers: set[int]) -> bool:
    """Whether a figure goes on a count: it says so, or is some more than the most that was given."""
    number = next((v for v in (told.low, told.high) if v is not None), None)
    most = max(numbers, default=0)
    return told.moved or (number is not None and most <= number <= _MORE * most)


def _times(one: int, other: int) -> float:
    return (max(one, other) + 1) / (min(one, other) + 1)


def _away(notes: List, places: Mapping[str, str | None], main: str) -> set[str]:
    """Givers of whose figures without a place some stand in a document that names towns, and not the main place."""
    return {n.data.giver for n in notes if not places[n.record] and n.data.towns and main not in n.data.towns}


def _shown(place: str, notes: List) -> str:
    """The place that may be named for all: at least half of the origins tell of it; for everywhere, the one region told of."""
    if place == EVERYWHERE:
        wide = {n.data.place if n.data.wide else "" for n in notes}
        return next(iter(wide)) if len(wide) == 1 else ""
    own = {n.data.origin for n in notes if n.data.place and not n.data.wide and n.data.sure >= PARAGRAPH}
    return place if 2 * len(own) >= len({n.data.origin for n in notes}) else ""
