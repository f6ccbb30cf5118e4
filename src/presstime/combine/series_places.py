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

from presstime.combine.incidents import OWN, PARAGRAPH
from presstime.combine.series_told import List, Scene, Told, Value, value_of

__all__ = ["EVERYWHERE", "by_place"]

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
    away = _away(notes, places, main)
    groups: dict[str, List] = {}
    for n in notes:
        place = places[n.record]
        if place in known.wide and not (wides_apart and place in pairs):
            place = None
        if place is None or place in lone:
            wide = n.data.wide
            giver = None if n.data.giver in apart or (wide and apart) else own.get(n.data.giver)
            place = giver or (EVERYWHERE if apart or n.data.giver in away else main)
        groups.setdefault(place, []).append(n)
    most = max(groups, key=lambda p: (p == (EVERYWHERE if apart else main), len({n.data.origin for n in groups[p]}), p), default="")
    return [Scene(groups[p], (p,), place=_shown(p, groups[p]), main=p == most) for p in sorted(groups)]


def _told_place(told: Told, known: _Where) -> str | None:
    """The place that a note tells, where it can be taken at its word: a dateline's only where something happened there."""
    if not told.place:
        return None
    return told.place if told.sure >= PARAGRAPH or told.place in known.scenes or told.place in known.origins else None


def _told_apart(notes: List, places: Mapping[str, str | None]) -> tuple[set[str], set[str]]:
    """The givers that have a number for a town beside another for everywhere, in one document; and places so paired."""
    told: dict[tuple[str, str], dict[str, set[Value]]] = {}
    documents: dict[str, dict[str, set[Value]]] = {}
    wide = {n.data.place for n in notes if n.data.wide} | {EVERYWHERE}
    of_wide = {n.data.giver for n in notes if n.data.wide}
    for n in notes:
        if n.data.earlier:
            continue
        place = places[n.record]
        sure = n.data.sure if place else 0
        if place and (sure < OWN and not n.data.scene):
            continue
        at = EVERYWHERE if place is None else place
        if n.data.wide and place is None:
            documents.setdefault(n.data.document, {}).setdefault(EVERYWHERE, set()).add(value_of(n.data))
        told.setdefault((n.data.document, n.data.giver), {}).setdefault(at, set()).add(value_of(n.data))
        if place is not None:
            documents.setdefault(n.data.document, {}).setdefault(place, set()).add(value_of(n.data))
    apart: set[str] = set()
    pairs: set[str] = set()
    for (_, giver), by_place in told.items():
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


def _of_givers(notes: List, places: Mapping[str, str | None], lone: set[str]) -> dict[str, str]:
    """Givers all of whose placed figures are of one place → that place."""
    found: dict[str, set[str]] = defaultdict(set)
    for n in notes:
        place = places[n.record]
        if place and place not in lone and not n.data.wide and n.data.sure >= PARAGRAPH:
            found[n.data.giver].add(place)
    return {giver: next(iter(own)) for giver, own in found.items() if len(own) == 1}


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
