"""The timeline as a picture: an event a row, what is coarse as wide as it is, differing times joined by a thin line.

In: a view and the entries of the list. Out: a `WhenPicture` in two widths, or None where fewer than two events have a time. Events far from
the rest in time would press the rest together: they are counted at the edges and stay in the list.
Example: the shelling of an invented town has one mark at 13:00, "Velm Post", joined to one at 13:30, "Defence Ministry".
"""

from __future__ import annotations

from datetime import datetime, timedelta

from presstime.findings import TimelineEntry
from presstime.records import Record
from presstime.show.charts_axis import Interval, TimeScale, local_interval, time_scale
from presstime.show.charts_text import shorten, text_width
from presstime.show.passages import printable
from presstime.show.rows import View
from presstime.show.timeline import EntryRow
from presstime.show.wording import plural

__all__ = ["WhenMark", "WhenPicture", "WhenRow", "when_pictures"]

MOST = 30
"""Rows; those whose times differ come first into the choice, then the most told."""
SIZE = 12.0
ROW, LABELLED = 28.0, 14.0  # the height of an event, and of each line of givers' names below its marks
WIDTHS = {"wide": 760, "narrow": 372}
_NAMES = {"wide": 236.0, "narrow": 0.0}
_COARSE = timedelta(minutes=61)
_LEAP = 1.5  # spans of the middle half of all events, beyond which an event lies outside the picture
_LEAST = timedelta(days=2)


class WhenMark(Record, frozen=True):
    """A time that is told. `width` is 0 for a clock time; `plumb` is where its label's line begins."""

    x: float
    plumb: float
    width: float
    label: str
    label_x: float
    label_y: float
    hollow: bool


class WhenRow(Record, frozen=True):
    """An event: its name, the way to its line, its marks, and the line that joins them."""

    y: float
    height: float
    name: str
    name_x: float
    name_y: float
    anchor: str
    marks: tuple[WhenMark, ...]
    join: tuple[float, float] | None


class WhenPicture(Record, frozen=True):
    """The picture at one width."""

    name: str
    width: int
    height: int
    left: float
    time: TimeScale
    rows: tuple[WhenRow, ...]
    bottom: float
    description: str
    outside: str | None


class _Told(Record, frozen=True):
    row: EntryRow
    entry: TimelineEntry
    times: tuple[tuple[Interval, tuple[str, ...], bool], ...]


def when_pictures(view: View, rows: tuple[EntryRow, ...]) -> tuple[WhenPicture, ...]:
    """The picture, wide and narrow; empty where there are fewer than two events with a time."""
    entry_of = {
        view.line_of[telling.event]: entry
        for entry in view.index.material.findings.timeline
        for telling in entry.tellings
        if telling.event in view.line_of
    }
    told = [one for row in rows if not row.past and (one := _told(view, row, entry_of)) is not None]
    if len(told) < 2:
        return ()
    first, last = _window(told)
    inside = [one for one in told if any(when[0] < last and when[1] > first for when, _, _ in one.times)]
    chosen = sorted(inside, key=lambda one: (not one.row.times_differ, -len(one.entry.tellings), one.times[0][0]))[:MOST]
    shown = sorted(chosen, key=lambda one: (one.times[0][0], one.row.anchor))
    outside = _outside(len(told) - len(inside), len(inside) - len(shown), len(rows) - len(told))
    return tuple(_picture(view, name, shown, (first, last), outside) for name in WIDTHS)


def _outside(far: int, more: int, without: int) -> str | None:
    parts = [plural(far, "event") + " at other times"] if far else []
    parts += [plural(more, "event") + " told less often"] if more else []
    parts += [plural(without, "event") + " without a time, or before this"] if without else []
    return f"Not in the picture: {'; '.join(parts)}. The list has them." if parts else None


def _told(view: View, row: EntryRow, entry_of: dict[str, TimelineEntry]) -> _Told | None:
    """An entry's times, earliest first, each with who gives it."""
    entry = next((entry_of[line] for telling in row.tellings for line in telling.lines if line in entry_of), None)
    if entry is None:
        return None
    givers: dict[Interval, dict[str, bool]] = {}
    for telling in entry.tellings:
        if telling.event in view.index.events and (when := _interval(telling.from_, telling.to, view.time_zone)) is not None:
            reported = telling.standing == "reported"
            givers.setdefault(when, {}).setdefault(printable(telling.giver), reported)
    if not givers:
        return None
    times = tuple((when, tuple(givers[when]), any(givers[when].values())) for when in sorted(givers))
    return _Told(row=row, entry=entry, times=times)


def _interval(start: str | None, end: str | None, zone: str) -> Interval | None:
    first, last = local_interval(start, zone), local_interval(end, zone)
    if first is None:
        return None
    if last is None:
        return first
    return (first[0], last[0]) if last[0] > first[0] else first


def _window(told: list[_Told]) -> tuple[datetime, datetime]:
    """From when to when the picture goes: the middle half of the events, and what lies within a few such spans of it."""
    middles = sorted(
        when[0] + (when[1] - when[0]) / 2 for one in told for when, _, _ in one.times if when[1] - when[0] < timedelta(days=32)
    )
    if not middles:
        ends = [moment for one in told for when, _, _ in one.times for moment in when]
        return min(ends), max(ends)
    low, high = middles[len(middles) // 4], middles[(3 * len(middles)) // 4]
    slack = max((high - low) * _LEAP, _LEAST)
    near = [
        when
        for one in told
        for when, _, _ in one.times
        if when[1] - when[0] < timedelta(days=32) and low - slack <= when[0] + (when[1] - when[0]) / 2 <= high + slack
    ]
    return min(when[0] for when in near), max(when[1] for when in near)


def _picture(view: View, name: str, shown: list[_Told], window: tuple[datetime, datetime], outside: str | None) -> WhenPicture:
    width, names = WIDTHS[name], _NAMES[name]
    left, right = names + 8, width - 10.0
    scale = time_scale(*window, view.time_zone, left, right)
    y = 8.0
    rows: list[WhenRow] = []
    for one in shown:
        rows.append(_row(view, one, scale, y, names, width))
        y += rows[-1].height
    axis = 34 if scale.days else 20
    return WhenPicture(
        name=name,
        width=width,
        height=int(y + axis),
        left=left,
        time=scale,
        rows=tuple(rows),
        bottom=y,
        description=f"{plural(len(shown), 'event')} in order of time. The list below tells each with its times and who gives them.",
        outside=outside,
    )


def _row(view: View, one: _Told, scale: TimeScale, top: float, names: float, width: int) -> WhenRow:
    title = _title(view, one)
    y = top + 14 + (0 if names else 14)
    spans = [(scale.at(when[0]), scale.at(when[1]), when[1] - when[0] > _COARSE) for when, _, _ in one.times]
    ends = [(left + right) / 2 if coarse else left for left, right, coarse in spans]
    plumb = [left + 5 if coarse else left for left, _, coarse in spans]
    words = []
    for (when, givers, _), (_, _, coarse) in zip(one.times, spans, strict=True):
        clock = "" if coarse else f"{when[0].astimezone(scale.first.tzinfo):%H:%M} "
        words.append(shorten(clock + _names(givers), SIZE - 1, width * 0.45))
    placed = _stack(plumb, [text_width(label, SIZE - 1) for label in words], float(width)) if one.row.times_differ else []
    marks = []
    for number, ((_, _, reported), (left, right, coarse)) in enumerate(zip(one.times, spans, strict=True)):
        label_x, line = placed[number] if placed else (0.0, 0)
        marks.append(
            WhenMark(
                x=round(left, 1),
                plumb=round(plumb[number], 1),
                width=round(max(6.0, right - left), 1) if coarse else 0.0,
                label=words[number] if placed else "",
                label_x=round(label_x, 1),
                label_y=round(y + 19 + line * LABELLED, 1),
                hollow=not reported,
            )
        )
    lines = 1 + max(line for _, line in placed) if placed else 0
    join = (round(min(ends), 1), round(max(ends), 1)) if one.row.times_differ and len(ends) > 1 else None
    return WhenRow(
        y=round(y, 1),
        height=ROW + (0 if names else 14) + lines * LABELLED,
        name=shorten(title, SIZE, names - 4 if names else width - 12.0),
        name_x=0 if names else scale.left,
        name_y=round(y + 4 if names else top + 10, 1),
        anchor=one.row.anchor,
        marks=tuple(marks),
        join=join,
    )


def _stack(ends: list[float], rooms: list[float], width: float) -> list[tuple[float, int]]:
    """Where the names stand, and on which line: each beside a plumb line from its mark, so that no line crosses a name.

    Names go to the right of their marks, or, where one would run over the edge, all to the left.
    """
    rightward = all(end + 4 + room <= width - 2 for end, room in zip(ends, rooms, strict=True))
    order = sorted(range(len(ends)), key=lambda number: (-ends[number] if rightward else ends[number], number))
    taken: list[float] = []
    found: dict[int, tuple[float, int]] = {}
    for number in order:
        room = rooms[number]
        start = min(max(ends[number] + 4 if rightward else ends[number] - 4 - room, 2.0), max(2.0, width - room - 2))
        near, far = (start, start + room + 8) if rightward else (-start - room, -start + 8)
        line = next((line for line, edge in enumerate(taken) if far <= edge), len(taken))
        taken[line : line + 1] = [near]
        found[number] = (start, line)
    return [found[number] for number in range(len(ends))]


def _title(view: View, one: _Told) -> str:
    """What was done and where; where no place is told, the first telling's own words."""
    title = f"{one.row.title[:1].upper()}{one.row.title[1:]}"
    if one.row.place:
        return printable(f"{title}, {one.row.place}")
    event = view.index.events[next(telling.event for telling in one.entry.tellings if telling.event in view.index.events)]
    text = view.index.documents[view.index.document_of[event.id]].text
    return printable(f"{title}: “{' '.join(text[event.start : event.end].split())}”")


def _names(givers: tuple[str, ...]) -> str:
    return givers[0] if len(givers) == 1 else f"{givers[0]} and {plural(len(givers) - 1, 'other')}"
