"""Scales and ticks: from numbers and moments to pixels and to what stands beside the axes.

Comes in: the largest number, or the first and last moment and the story's zone. Goes out: ticks, each with its position and words; for
time, the days too, so that every clock time stands under its day.
Example: 3 March 06:00 to 4 March 09:00 gives ticks at 06:00, 12:00, 18:00, 00:00 and 06:00, and two days.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from presstime.combine.moments import Interval, interval
from presstime.records import Record
from presstime.show.moments import date_words

__all__ = ["Interval", "Tick", "TimeScale", "local_interval", "number_ticks", "time_scale", "zone_of"]

_NICE = (1, 2, 5, 10)
_HOURS = (1, 2, 3, 6, 12)
_DAYS = (1, 2, 5, 7, 14)
_WITH_OFFSET = re.compile(r"T.*(?:Z|[+-]\d\d:?\d\d)$")
_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?")


class Tick(Record, frozen=True):
    """A place on an axis, in pixels, and its words."""

    at: float
    words: str


class TimeScale(Record, frozen=True):
    """A stretch of time over some pixels. `ticks` are clock times or days, `days` what stands below them; `bands` every other day."""

    first: datetime
    last: datetime
    left: float
    right: float
    ticks: tuple[Tick, ...]
    days: tuple[Tick, ...]
    bands: tuple[tuple[float, float], ...]

    def at(self, moment: datetime) -> float:
        """Where a moment is; outside the stretch, its nearer end."""
        share = (moment - self.first) / (self.last - self.first)
        return round(self.left + min(1.0, max(0.0, share)) * (self.right - self.left), 1)


def zone_of(name: str) -> tzinfo:
    """The zone of that name, or UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def local_interval(value: str | None, zone: str) -> Interval | None:
    """What a date, a moment or a TIMEX value covers; one without an offset is in the story's zone. None where it names no time.

    A month or a year is the whole of it.
    """
    found = interval(value)
    try:
        if found is None:
            match = _MONTH.fullmatch(value or "")
            if match is None:
                return None
            year, month = int(match[1]), int(match[2] or 1)
            years, months = (year, month + 1) if match[2] else (year + 1, 1)
            found = (datetime(year, month, 1, tzinfo=UTC), datetime(years + months // 13, (months - 1) % 12 + 1, 1, tzinfo=UTC))
        if value and not _WITH_OFFSET.search(value):
            there = zone_of(zone)
            found = (found[0].replace(tzinfo=there), found[1].replace(tzinfo=there))
        return found[0].astimezone(UTC), found[1].astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def number_ticks(most: int, top: float, bottom: float) -> tuple[tuple[Tick, ...], float]:
    """Three to five round numbers from nought up, and how many pixels one is."""
    rough = max(1, most) / 4
    power = 10 ** math.floor(math.log10(rough)) if rough >= 1 else 1
    step = next(nice * power for nice in _NICE if nice * power >= rough)
    count = max(1, math.ceil(max(1, most) / step))
    pixels = (bottom - top) / (count * step)
    return tuple(Tick(at=round(bottom - number * step * pixels, 1), words=f"{number * step:,.0f}") for number in range(count + 1)), pixels


def time_scale(first: datetime, last: datetime, zone: str, left: float, right: float, *, room: float = 56.0) -> TimeScale:
    """The scale from a bit before the first moment to a bit after the last; `room` are the pixels that a tick's words need."""
    there = zone_of(zone)
    length = max(last - first, timedelta(hours=2))
    try:
        first, last = (first - length * 0.04).astimezone(there), (first + length * 1.04).astimezone(there)
    except OverflowError:
        first, last = first.astimezone(UTC), last.astimezone(UTC) + timedelta(hours=2)
    most = max(2, int((right - left) / room))
    bare = TimeScale(first=first, last=last, left=left, right=right, ticks=(), days=(), bands=())
    midnights = _midnights(first, last, there)
    hours = next((hours for hours in _HOURS if (last - first) / timedelta(hours=hours) <= most), None)
    if hours is not None:
        moments = [moment for day in midnights for moment in _clock(day, hours, there) if first <= moment <= last]
        ticks = tuple(Tick(at=bare.at(moment), words=f"{moment.hour:02}:{moment.minute:02}") for moment in moments)
        days = tuple(
            Tick(at=bare.at(max(day, first)), words=_day(day, short=False))
            for number, day in enumerate(midnights)
            if day <= last and _shown(bare, midnights, number, first, last) > room
        )
    else:
        ticks, days = _day_ticks(bare, first, last, there, midnights, most), ()
    many = len(midnights) > most * 3
    edges = [bare.at(day) for day in midnights] if not many else []
    bands = tuple((a, round(b - a, 1)) for number, (a, b) in enumerate(pairwise(edges)) if number % 2 == 0 and b > a)
    return TimeScale(first=first, last=last, left=left, right=right, ticks=ticks, days=days, bands=bands)


def _shown(scale: TimeScale, midnights: list[datetime], number: int, first: datetime, last: datetime) -> float:
    after = midnights[number + 1] if number + 1 < len(midnights) else last
    return scale.at(after) - scale.at(max(midnights[number], first))


def _midnights(first: datetime, last: datetime, there: tzinfo) -> list[datetime]:
    """The beginning of every day from the first's to the one after the last's; none for stretches of many years."""
    if last - first > timedelta(days=400):
        return []
    day = first.date()
    found = []
    while day <= last.date() + timedelta(days=1):
        found.append(datetime.combine(day, time(), there))
        day += timedelta(days=1)
    return found


def _clock(day: datetime, hours: int, there: tzinfo) -> list[datetime]:
    return [datetime.combine(day.date(), time(hour), there) for hour in range(0, 24, hours)]


def _day_ticks(scale: TimeScale, first: datetime, last: datetime, there: tzinfo, midnights: list[datetime], most: int) -> tuple[Tick, ...]:
    step = next((step for step in _DAYS if (last - first) / timedelta(days=step) <= most), None)
    if step is not None:
        return tuple(Tick(at=scale.at(day), words=_day(day, short=True)) for day in midnights[::step] if first <= day <= last)
    months = [(year, month) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    starts = [datetime(year, month, 1, tzinfo=there) for year, month in months]
    starts = [start for start in starts if first <= start <= last]
    if len(starts) <= 12 and starts:
        kept = starts[:: math.ceil(len(starts) / most)]
        return tuple(Tick(at=scale.at(start), words=f"{date_words(start.date()).split()[1][:3]} {start.year}") for start in kept)
    years = [start for start in starts if start.month == 1]
    kept = years[:: max(1, math.ceil(len(years) / most))]
    return tuple(Tick(at=scale.at(start), words=str(start.year)) for start in kept)


def _day(day: datetime, *, short: bool) -> str:
    words = date_words(day.date()).split()
    return f"{words[0]} {words[1][:3] if short else words[1]}"
