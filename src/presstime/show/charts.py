"""Figures over time: one small chart a series, one step line a giver, nothing summed, joined or averaged.

In: a view. Out: `ChartRow`s: first the main series of this event (the whole of a measure at a place), then, apart, totals, parts, groups
and earlier events. A series with fewer than two numbers has no chart: its table says all there is.
Example: an invented ministry's line steps from a hollow 3 ("at least 3") to 7 and 14, beside an outlet's bar from 10 to 12.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from presstime.findings import Line, Point, Series
from presstime.records import Qualifier, Record
from presstime.show.charts_axis import Interval, Tick, TimeScale, local_interval, number_ticks, time_scale
from presstime.show.charts_text import shorten, text_width, wrap
from presstime.show.figures import is_past, series_order
from presstime.show.material import Index, series_place
from presstime.show.moments import moment_words, timex_words
from presstime.show.passages import printable
from presstime.show.rows import View
from presstime.show.wording import bound_words, capital, number_words, plural, series_title

__all__ = ["ChartLine", "ChartPoint", "ChartRow", "Charts", "EndLabel", "chart_rows"]

WIDTH = 400
GUTTER = 132  # for the givers' names at the lines' ends
LEFT = 30.0  # at least; the numbers' room is added where they are longer
TOP = 14
PLOT = 150  # pixels from top to bottom, before many givers need more
LABEL = 11.0
GIVERS = 8
"""Lines in one chart, those with most figures first: there are eight marks that can be told apart without colour."""
MOST = {"main": 12, "apart": 12}
_LINE = LABEL * 1.15
_NEAR = 7.0  # pixels; nearer marks of different givers are set side by side
_VAGUE_STRIP = 16.0
_WORDS = 22  # characters of a vague figure's words

_HOLLOW: frozenset[Qualifier] = frozenset({"at-least", "more-than", "at-most", "less-than"})


class ChartPoint(Record, frozen=True):
    """A mark. `bar` are the top and bottom of a range, `span` the left and right of a moment that is told coarsely."""

    x: float
    y: float
    hollow: bool
    about: bool
    arrow: int
    bar: tuple[float, float] | None
    span: tuple[float, float] | None
    superseded: bool
    words: str


class EndLabel(Record, frozen=True):
    """A giver's name at its line's end. `from_` is where the line ends."""

    y: float
    lines: tuple[tuple[float, str], ...]
    from_x: float
    from_y: float


class ChartLine(Record, frozen=True):
    """A giver: its path of steps, its marks, its name; `number` chooses mark, dashes and colour."""

    number: int
    giver: str
    path: str
    points: tuple[ChartPoint, ...]
    label: EndLabel


class Vague(Record, frozen=True):
    """A figure without a number: a cross at its moment, with its words."""

    x: float
    y: float
    anchor: str
    words: str


class ChartRow(Record, frozen=True):
    """One chart."""

    key: str
    title: str
    note: str | None
    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    numbers: tuple[Tick, ...]
    time: TimeScale
    lines: tuple[ChartLine, ...]
    vague: tuple[Vague, ...]
    description: str
    more: int


class Charts(Record, frozen=True):
    """The charts of the main series, and those of what is apart; `more` were left out."""

    main: tuple[ChartRow, ...]
    apart: tuple[ChartRow, ...]
    more: int


class _Dated(Record, frozen=True):
    point: Point
    when: Interval


def chart_rows(view: View) -> Charts:
    """A chart for each series that has at least two numbers to compare or to follow."""
    index = view.index
    main: list[ChartRow] = []
    apart: list[ChartRow] = []
    for number, series in enumerate(sorted(index.material.findings.series, key=lambda series: series_order(index, series))):
        is_main = series.scope == "event" and series.group is None and not is_past(index, series)
        row = _chart(view, series, f"chart-{number + 1}")
        if row is not None:
            (main if is_main else apart).append(row)
    shown = tuple(main[: MOST["main"]]), tuple(apart[: MOST["apart"]])
    return Charts(main=shown[0], apart=shown[1], more=len(main) + len(apart) - len(shown[0]) - len(shown[1]))


def _numbers(point: Point) -> list[int]:
    return [number for number in (point.low, point.high) if number is not None]


def _dated(view: View, line: Line) -> list[_Dated]:
    """The points whose moment is known, in order; equal ones at one moment once."""
    index, zone = view.index, view.time_zone
    found: dict[tuple[object, ...], _Dated] = {}
    for point in line.points:
        figure = index.figures.get(point.figure)
        published = index.documents[index.document_of[figure.id]].published if figure else None
        when = local_interval(point.as_of, zone) or local_interval(published, zone)
        if when is not None:
            found.setdefault((when, point.low, point.high, point.qualifier), _Dated(point=point, when=when))
    return sorted(found.values(), key=lambda dated: (_middle(dated.when), _numbers(dated.point)))


def _middle(when: Interval) -> datetime:
    """Where a coarse moment's mark stands: in its middle; what is told to the minute stands there."""
    length = when[1] - when[0]
    return when[0] if length <= timedelta(minutes=1) else when[0] + length / 2


def _chart(view: View, series: Series, key: str) -> ChartRow | None:
    index = view.index
    given = [(line, dated) for line in series.lines if (dated := _dated(view, line))]
    numbered = [(line, [one for one in dated if _numbers(one.point)]) for line, dated in given]
    numbered = sorted((pair for pair in numbered if pair[1]), key=lambda pair: (-len(pair[1]), pair[0].giver))
    if sum(len(dated) for _, dated in numbered) < 2:
        return None
    kept = numbered[:GIVERS]
    vague = [(line, one) for line, dated in given for one in dated if not _numbers(one.point)]
    moments = [moment for _, dated in kept for one in dated for moment in one.when] + [one.when[0] for _, one in vague]
    texts = {line.giver: wrap(printable(line.giver), LABEL, GUTTER - 14, 2) for line, _ in kept}
    needed = sum(len(lines) + 1 for lines in texts.values()) * _LINE + 4 * len(kept)
    bottom = TOP + max(PLOT, needed)
    right = float(WIDTH - GUTTER)
    most = max(number for _, dated in kept for one in dated for number in _numbers(one.point))
    ticks, pixels = number_ticks(most, TOP, bottom)
    left = max(LEFT, *(text_width(tick.words, LABEL) + 8 for tick in ticks))
    scale = time_scale(min(moments), max(moments), view.time_zone, left, right)
    taken: list[tuple[float, float]] = []
    drawn = [_line(view, number, line, dated, scale, pixels, bottom, taken) for number, (line, dated) in enumerate(kept)]
    labels = _end_labels(
        [(path_points[-1], dated[-1].point, texts[line.giver]) for (line, dated), (_, path_points) in zip(kept, drawn, strict=True)], bottom
    )
    crosses = _vague(view, vague, scale, bottom)
    axis = 30.0 if scale.days else 18.0
    title = printable(series_title(series, series_place(index, series)))
    return ChartRow(
        key=key,
        title=title,
        note=_note(index, series),
        width=WIDTH,
        height=int(bottom + axis + (len(crosses) and _VAGUE_STRIP + 2) + 4),
        left=round(left, 1),
        right=right,
        top=TOP,
        bottom=round(bottom, 1),
        numbers=ticks,
        time=scale,
        lines=tuple(
            ChartLine(number=number, giver=printable(line.giver), path=path, points=points, label=label)
            for number, ((line, _), (path, points), label) in enumerate(zip(kept, drawn, labels, strict=True))
        ),
        vague=crosses,
        description=_description(view, title, kept, vague, len(numbered) - len(kept)),
        more=len(numbered) - len(kept),
    )


def _note(index: Index, series: Series) -> str | None:
    if is_past(index, series) or series.scope == "past":
        return "another event"
    return {"total": "running total", "part": "part of another figure", "more": "on top of another figure"}.get(series.scope)


def _line(
    view: View,
    number: int,
    line: Line,
    dated: list[_Dated],
    scale: TimeScale,
    pixels: float,
    bottom: float,
    taken: list[tuple[float, float]],
) -> tuple[str, tuple[ChartPoint, ...]]:
    """A giver's steps and marks. Where another's mark is already, this one stands beside it."""
    points = []
    for one in dated:
        numbers = _numbers(one.point)
        heights = [round(bottom - value * pixels, 1) for value in numbers]
        x, y = scale.at(_middle(one.when)), round(sum(heights) / len(heights), 1)
        while any(abs(x - other) < _NEAR and abs(y - height) < _NEAR for other, height in taken):
            x = round(x + _NEAR, 1)
        taken.append((x, y))
        left, right = scale.at(one.when[0]), scale.at(one.when[1])
        qualifier = one.point.qualifier
        points.append(
            ChartPoint(
                x=x,
                y=y,
                hollow=qualifier in _HOLLOW,
                about=qualifier == "about",
                arrow=1 if qualifier in ("at-least", "more-than") else -1 if qualifier in ("at-most", "less-than") else 0,
                bar=(min(heights), max(heights)) if max(heights) > min(heights) else None,
                span=(left, right) if right - left > 3 else None,
                superseded=one.point.superseded_by is not None,
                words=printable(f"{line.giver}: {_point_words(view, one)}"),
            )
        )
    path = f"M{points[0].x} {points[0].y}" + "".join(f"H{point.x}V{point.y}" for point in points[1:])
    return path, tuple(points)


def _point_words(view: View, one: _Dated) -> str:
    told = timex_words(one.point.as_of) if one.point.as_of and "+" not in one.point.as_of else moment_words(one.point.as_of, view.time_zone)
    return f"{bound_words(one.point)}, {told or 'time not told'}{', later replaced' if one.point.superseded_by else ''}"


def _end_labels(ends: list[tuple[ChartPoint, Point, tuple[str, ...]]], bottom: float) -> list[EndLabel]:
    """The names beside the lines' ends, pushed apart from the top down and, where that runs over, up again."""
    heights = [(len(lines) + 1) * _LINE + 4 for _, _, lines in ends]
    order = sorted(range(len(ends)), key=lambda number: (ends[number][0].y, number))
    tops: dict[int, float] = {}
    floor = 0.0
    for number in order:
        tops[number] = max(floor, ends[number][0].y - heights[number] / 2)
        floor = tops[number] + heights[number]
    ceiling = bottom + 8
    for number in reversed(order):
        tops[number] = min(tops[number], ceiling - heights[number])
        ceiling = tops[number]
    labels = []
    for number, (end, point, lines) in enumerate(ends):
        words = (_short_amount(point), *lines)
        first = tops[number] + LABEL
        placed = tuple((round(first + row * _LINE, 1), line) for row, line in enumerate(words))
        labels.append(EndLabel(y=round(first - LABEL * 0.35, 1), lines=placed, from_x=end.x, from_y=end.y))
    return labels


def _short_amount(point: Point) -> str:
    low, high = point.low, point.high
    if low is not None and high is not None and low != high:
        return f"{number_words(low)}–{number_words(high)}"
    return shorten(capital(bound_words(point)), LABEL, GUTTER - 14)


def _vague(view: View, vague: list[tuple[Line, _Dated]], scale: TimeScale, bottom: float) -> tuple[Vague, ...]:
    """Crosses in a strip below the axis; words only where they do not run into the ones before."""
    axis = 30.0 if scale.days else 18.0
    found = []
    for line, one in vague[:3]:
        figure = view.index.figures.get(one.point.figure)
        words = printable(f"“{figure.words if figure else ''}”, {line.giver}")
        x = scale.at(_middle(one.when))
        found.append((x, words))
    rows: list[Vague] = []
    if found:
        x, words = found[0]
        rest = f" and {len(vague) - 1} more without a number" if len(vague) > 1 else ""
        room = WIDTH - scale.left - 20
        text = shorten(words, LABEL, room - len(rest) * LABEL * 0.6) + rest
        rows.append(Vague(x=scale.left, y=round(bottom + axis + _VAGUE_STRIP, 1), anchor="start", words=text))
        rows += [Vague(x=x, y=round(bottom - 4, 1), anchor="", words=words) for x, words in found]
    return tuple(rows)


def _description(view: View, title: str, kept: list[tuple[Line, list[_Dated]]], vague: list[tuple[Line, _Dated]], more: int) -> str:
    """The chart in words: every giver with its figures in order."""
    lines = [f"{printable(line.giver)}: {'; '.join(_point_words(view, one) for one in dated[-6:])}." for line, dated in kept]
    if vague:
        lines.append(f"{plural(len(vague), 'figure')} without a number.")
    if more:
        lines.append(f"{plural(more, 'more giver')} in the table.")
    return f"{title}, over time, by giver. {' '.join(lines)}"
