"""Figures → series: one measure of one group, over time, a line per giver.

In: readings, the shown names of actors, the origin of each document. Out: `Series`. A figure's giver is its
statement's speaker, else (in the outlet's voice) the document's origin. Givers stand side by side; nothing is added
or averaged; running totals, recalled events and parts of other figures are series of their own.

Example: the ministry's "five dead" at 18:00 and "seven dead" at 20:00 → one line, the first point superseded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from presstime.combine.names import name_key
from presstime.findings import Line, Point, Series
from presstime.ids import make_id
from presstime.records import Figure, Reading

__all__ = ["find_series"]

_NARROW = ("town", "district", "area")
"""Precisions of places that tell one toll from another; a region or country is where all of it happens."""
_SCOPES = {"event": None, "total": "running totals", "past": "earlier events"}


@dataclass(frozen=True, slots=True)
class _Given:
    figure: Figure
    giver: str
    as_of: str | None
    published: str
    order: int


def find_series(readings: Sequence[Reading], name_of: Mapping[str, str], origin_of: Mapping[str, str]) -> tuple[Series, ...]:
    """Every series. `origin_of` gives the name of a document's origin."""
    groups: dict[tuple[str, ...], list[_Given]] = {}
    order = 0
    for reading in readings:
        speakers = {s.id: name_of.get(s.speaker.actor or "", s.speaker.name) for s in reading.statements if s.speaker is not None}
        places = {p.id: p for p in reading.places}
        for figure in reading.figures:
            order += 1
            place = places.get(figure.place or "")
            where = (place.gazetteer or place.name) if place is not None and place.precision in _NARROW else ""
            group = figure.group or ("part of another figure" if figure.part_of else "")
            key = (figure.measure, _thing(figure.of), name_key(group), where, figure.scope, "part" if figure.part_of else "")
            giver = speakers.get(figure.statement or "") or origin_of.get(reading.document.id, reading.document.outlet or reading.document.id)
            published = reading.document.published or ""
            groups.setdefault(key, []).append(_Given(figure, giver, figure.as_of or reading.document.as_of or reading.document.published, published, order))
    return tuple(_series(key, given) for key, given in groups.items())


def _thing(of: str | None) -> str:
    return name_key(of or "").removesuffix("s")


def _series(key: tuple[str, ...], given: list[_Given]) -> Series:
    first = given[0].figure
    lines: dict[str, list[_Given]] = {}
    for g in given:
        lines.setdefault(g.giver, []).append(g)
    return Series(
        id=make_id("series", *key),
        measure=first.measure,
        of=first.of,
        group=first.group,
        place=key[3] or None,
        event=_SCOPES[key[4]],
        lines=tuple(Line(giver=giver, points=_points(own)) for giver, own in lines.items()),
    )


def _points(given: list[_Given]) -> tuple[Point, ...]:
    """A giver's figures, oldest first; the next one that says something else supersedes those before it."""
    # a bare date in a story told later that day is no later than the story: order by publication, then by the text
    given = sorted(given, key=lambda g: (g.published, g.order))
    points = []
    for i, g in enumerate(given):
        f = g.figure
        later = next((x.figure for x in given[i + 1 :] if x.published > g.published and _value(x.figure) != _value(f)), None)
        points.append(
            Point(figure=f.id, as_of=g.as_of, low=f.low, high=f.high, qualifier=f.qualifier, superseded_by=later.id if later else None)
        )
    return tuple(points)


def _value(figure: Figure) -> tuple[object, ...]:
    return figure.low, figure.high, figure.qualifier
