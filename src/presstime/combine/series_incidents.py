"""Figures of one place → figures by incident: of different hours, or of causes that do not go together.

In: a `Scene` of one place. Out: a `Scene` for each incident; the same where there is but one. Two hours far apart are two
incidents, and so are two hours that one document tells different numbers of; a count that goes on ("the toll has risen
to 15") joins them. A figure told without an hour goes where its giver and its number are, else to the
incident whose numbers are nearest, never to what came after it.

Example: Velm shelled at 06:20, 12 dead, and at 19:10, 5 dead → two incidents; the mayor's 12 at noon is of the first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from presstime.combine.incidents import SAME_HOURS
from presstime.combine.measures import clash
from presstime.combine.series_told import List, Scene, Told, Value, value_of

__all__ = ["by_incident"]

_CLOCK = 2 * 60
"""Minutes that a time told by the clock covers at most; parts of a day are longer."""
_PART = 6 * 60
"""Minutes between a part of a day and other hours of one deed at most: the part's own length."""
_DAY = 24 * 60
_FAR = 1e9
Hours = tuple[int, int]


def by_incident(scene: Scene) -> list[Scene]:
    """The figures of one place by incident: of different hours or causes."""
    found = []
    for index, own in enumerate(_split(scene.notes, _by_hours(scene.notes))):
        parts = _split(own, _by_cause(own))
        found += [(index, i, p) for i, p in enumerate(parts)]
    if len(found) == 1:
        return [scene]
    most = max(found, key=lambda f: (len({n.data.origin for n in f[2]}), -f[0], -f[1]))
    return [
        replace(scene, notes=own, key=(*scene.key, _incident(own)), label=_label(own), main=scene.main and (index, i) == most[:2])
        for index, i, own in found
    ]


def _incident(notes: List) -> str:
    """What makes an incident this one, besides its place."""
    first = min((n.data.begins for n in notes if n.data.begins), default=0)
    cause = min((n.data.cause for n in notes if n.data.cause), default="")
    return f"{first}" if first else cause


def _label(notes: List) -> str:
    """An incident as a reader is told of it: its cause and its hour as the first of its figures has them."""
    when = next((n.data.when for n in notes if n.data.when and n.data.ends - n.data.begins <= _CLOCK), "")
    when = when or next((n.data.when for n in notes if n.data.when), "")
    cause = next((n.data.cause for n in notes if n.data.cause), "")
    return ", ".join(w for w in (cause, when.replace("T", " ")) if w)


@dataclass(frozen=True, slots=True)
class _Sides:
    """Two incidents or more: which of them a figure may be of by its own words, and when each began where that is known."""

    of: Callable[[Told], Sequence[int]]
    begins: tuple[int, ...]


def _split(notes: List, incidents: _Sides | None) -> list[List]:
    """Notes by the incident that each tells; those that tell none by what their giver and their numbers show."""
    if incidents is None:
        return [notes]
    may_be: dict[str, Sequence[int]] = {}
    for n in notes:
        may = incidents.of(n.data)
        # what was printed before an incident began is of an earlier one
        may_be[n.record] = may if len(may) == 1 else [i for i in may if incidents.begins[i] <= n.data.published] or may
    groups: list[List] = [[] for _ in incidents.begins]
    givers: dict[str, set[int]] = defaultdict(set)
    valued: dict[tuple[str, Value], set[int]] = defaultdict(set)
    values: dict[Value, set[int]] = defaultdict(set)
    origins: dict[int, set[str]] = defaultdict(set)
    numbers: dict[int, set[int]] = defaultdict(set)
    for n in notes:
        if len(may_be[n.record]) == 1:
            at = may_be[n.record][0]
            givers[n.data.giver].add(at)
            valued[n.data.giver, value_of(n.data)].add(at)
            values[value_of(n.data)].add(at)
            origins[at].add(n.data.origin)
            numbers[at].update(_number(n.data)[:1])
    ordered = {i: sorted(numbers[i]) for i in numbers}
    given: dict[tuple[str, Value], set[int]] = defaultdict(set)
    for n in sorted(notes, key=lambda n: n.data.earlier):  # what is named as known goes where it was given
        may = may_be[n.record]
        value = value_of(n.data)
        told = given if n.data.earlier else valued
        choices = (told.get((n.data.giver, value), ()), givers.get(n.data.giver, ()), values.get(value, ()))
        known = next((own for c in choices if len(own := [i for i in may if i in c]) == 1), None)
        near = known or [min(may, key=lambda i: (_far(n.data, ordered.get(i, [])), -len(origins[i]), -i))]
        at = may[0] if len(may) == 1 else near[0]
        groups[at].append(n)
        if not n.data.earlier:
            given[n.data.giver, value].add(at)
    return [sorted(g, key=lambda n: (n.order, n.record)) for g in groups if g]


def _number(told: Told) -> list[int]:
    return [v for v in (told.low, told.high) if v is not None]


def _far(told: Told, numbers: Sequence[int]) -> float:
    """How many times a figure's number is that of the nearest of an incident's sorted ones: nine is nearer to seven than to two."""
    own = _number(told)[:1]
    if not own or not numbers:
        return _FAR
    at = bisect_left(numbers, own[0])
    return min(max(own[0] + 1, x + 1) / min(own[0] + 1, x + 1) for x in numbers[max(0, at - 1) : at + 1])


def _by_hours(notes: List) -> _Sides | None:
    """Clusters of the hours that figures are told of; None where there are not two."""
    hours = {(n.data.begins, n.data.ends) for n in notes if n.data.begins}
    if len(hours) < 2:
        return None
    fine = sorted(h for h in hours if h[1] - h[0] <= _CLOCK)
    coarse = sorted(h for h in hours if h[1] - h[0] > _CLOCK and not any(h[0] < b and a < h[1] for a, b in fine))
    base = sorted(fine + coarse)
    cuts = _cuts(base, _both_told(notes))
    if not cuts:
        return None
    clusters: list[list[Hours]] = [[]]
    for i, h in enumerate(base):
        if i in cuts:
            clusters.append([])
        clusters[-1].append(h)
    clusters = _joined(clusters, notes)
    if len(clusters) < 2:
        return None
    spans = [(c[0][0], max(b for _, b in c)) for c in clusters]

    every = range(len(spans))

    def side(told: Told) -> Sequence[int]:
        return [i for i, (a, b) in enumerate(spans) if told.begins and told.begins < b and a < told.ends] or every

    return _Sides(side, tuple(a for a, _ in spans))


def _both_told(notes: List) -> list[tuple[Hours, Hours]]:
    """Hours that one document tells different figures of: two hours in one mouth are two incidents."""
    documents: dict[str, dict[Hours, set[Value]]] = {}
    for n in notes:
        if n.data.begins and n.data.ends - n.data.begins <= _CLOCK and not n.data.earlier:
            documents.setdefault(n.data.document, {}).setdefault((n.data.begins, n.data.ends), set()).add(value_of(n.data))
    found: set[tuple[Hours, Hours]] = set()
    for told in documents.values():
        if len(told) > 1:
            ordered = sorted(told)
            found.update((a, b) for a, b in pairwise(ordered) if a[1] <= b[0] and told[a].isdisjoint(told[b]))
    return sorted(found)


def _cuts(base: Sequence[Hours], both: Sequence[tuple[Hours, Hours]]) -> set[int]:
    """Where a list of hours is cut: at long gaps (longer ones beside mere parts of a day), and at the longest gap between
    two that one document tells of."""
    gaps: dict[int, int] = {}
    end = base[0][1]
    for i, (begins, ends) in enumerate(base[1:], 1):
        gaps[i] = begins - end
        end = max(end, ends)
    cuts = set()
    for i, gap in gaps.items():
        longest = max(b - a for a, b in (base[i - 1], base[i]))
        if gap >= (_DAY if longest >= _DAY else SAME_HOURS if longest <= _CLOCK else _PART):
            cuts.add(i)
    at = {h: i for i, h in enumerate(base)}
    cut_before = [0]  # how many cuts there are up to each place
    for i in range(1, len(base)):
        cut_before.append(cut_before[-1] + (i in cuts))
    for one, other in both:
        i, j = at[one], at[other]
        if cut_before[i] == cut_before[j]:
            cuts.add(max(range(i + 1, j + 1), key=lambda k: (gaps[k], -k)))
    return cuts


def _joined(clusters: list[list[Hours]], notes: List) -> list[list[Hours]]:
    """Clusters of hours, but those joined that a giver's count goes on through: "the toll has risen to 15"."""
    of: dict[Hours, int] = {h: i for i, c in enumerate(clusters) for h in c}
    most: dict[tuple[int, str], int] = {}
    for n in notes:
        at = of.get((n.data.begins, n.data.ends))
        if at is not None:
            most[at, n.data.giver] = max([most.get((at, n.data.giver), 0), *_number(n.data)])
    through = set()
    for n in notes:
        at = of.get((n.data.begins, n.data.ends))
        before = most.get((at - 1, n.data.giver)) if at and n.data.moved and not n.data.earlier else None
        # a count that has "risen" to less is another
        if at and before is not None and (not n.data.rising or before <= max(_number(n.data), default=before)):
            through.add(at)
    found: list[list[Hours]] = []
    for i, c in enumerate(clusters):
        if i in through:
            found[-1] += c
        else:
            found.append(list(c))
    return found


def _by_cause(notes: List) -> _Sides | None:
    """Classes of causes that do not go together; None where there are not two.

    Where one giver's same number, or one document and giver, is told under both, they are one incident.
    """
    causes = sorted({n.data.cause for n in notes if n.data.cause and not n.data.single and not n.data.part})
    parent = {c: c for c in causes}

    def top(c: str) -> str:
        while parent[c] != c:
            c = parent[c]
        return c

    for i, a in enumerate(causes):
        for b in causes[i + 1 :]:
            if not clash(a, b):
                parent[top(b)] = top(a)
    same: dict[tuple[str, Value], str] = {}
    for n in notes:
        if n.data.cause in parent:
            known = same.setdefault((n.data.giver, value_of(n.data)), n.data.cause)
            parent[top(n.data.cause)] = top(known)
    tops = sorted({top(c) for c in causes})
    if len(tops) < 2:
        return None
    index = {c: tops.index(top(c)) for c in causes}

    every = range(len(tops))

    def side(told: Told) -> Sequence[int]:
        return (index[told.cause],) if told.cause in index else every

    return _Sides(side, (0,) * len(tops))
