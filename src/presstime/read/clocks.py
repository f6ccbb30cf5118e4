"""The words of a clock time → hour, minute and zone; two clock times of one moment → the day of the second.

In: a mention's groups. Out: a `Clock`, or None where there is no such hour.

Example: "3 p.m. GMT" → 15:00, "UTC"; "01:30 (2130 GMT)" on 5 May → the second is of 4 May, and the first's zone is +04:00
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from presstime.read.time_zones import UNIVERSAL, stated_zone, tz
from presstime.read.timex import time_table

__all__ = ["Clock", "clock_of", "same_moment"]

EARLIEST, LATEST = dt.timedelta(hours=-12), dt.timedelta(hours=14)
"""How far clocks are from universal time."""
EVENING = 6
"""From this hour on, "at night" is before midnight."""
QUARTER = dt.timedelta(minutes=15)
"""Zones differ by whole quarters of an hour."""


@dataclass(frozen=True)
class Clock:
    """A time of day. `code` is what follows T in a TIMEX value; `zone` is the one stated, None where none is."""

    hour: int
    minute: int
    code: str
    zone: str | None = None
    next_day: bool = False


def clock_of(groups: dict[str, str]) -> Clock | None:
    """The time of day that a clock's words give."""
    zone = stated_zone(groups.get("zone", ""))
    mark = "Z" if zone == UNIVERSAL else ""
    word = (groups.get("word") or groups.get("word2") or "").lower()
    if word == "midday":
        return Clock(12, 0, "MI", zone)
    if word:
        return Clock(12 if word == "noon" else 0, 0, f"{'12:00' if word == 'noon' else '00:00'}{mark}", zone)
    if "n" in groups:
        number = groups["n"].lower()
        hour = int(number) if number.isdigit() else int(time_table()["numbers"].get(number, 99))
    else:
        hour = int(groups["h"])
    minute = int(groups.get("mi") or 0)
    spoken = (groups.get("minutes") or groups.get("minutes2") or "").lower().split()
    if spoken:
        minute = int(time_table()["spoken_minutes"][spoken[-1]])
        if groups.get("side2"):  # "a quarter to six"
            hour, minute = (hour or 12) - 1 or 12, 60 - minute
    part = groups.get("part", "").lower()
    if groups.get("ap", "").lower() == "p" or part in ("afternoon", "evening") or ("night" in groups and hour >= EVENING):
        hour = hour + 12 if hour < 12 else hour
    elif groups.get("ap") or part == "morning":
        hour = 0 if hour == 12 else hour
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return Clock(hour % 24, minute, f"{hour % 24:02d}:{minute:02d}{mark}", zone, next_day=hour == 24)


def same_moment(day: dt.date, first: Clock, second: Clock, time_zone: str) -> tuple[dt.date, str | None] | None:
    """The day of the second of two clock times of one moment, and the zone that both tell for the one without.

    One of them is on universal time; None where neither or both are, or where no zone on earth makes them one moment.
    """
    if (first.zone == UNIVERSAL) == (second.zone == UNIVERSAL):
        return None
    began = dt.datetime(day.year, day.month, day.day, first.hour, first.minute)
    found: list[tuple[bool, dt.timedelta, dt.date, dt.timedelta]] = []
    for shift in (0, -1, 1):
        then = began.date() + dt.timedelta(days=shift)
        other = dt.datetime(then.year, then.month, then.day, second.hour, second.minute)
        apart = other - began if first.zone == UNIVERSAL else began - other
        if EARLIEST <= apart <= LATEST and not apart % QUARTER:
            local = other if first.zone == UNIVERSAL else began
            known = tz(time_zone)
            found.append((local.replace(tzinfo=known).utcoffset() != apart, abs(apart), then, apart))
    if not found:
        return None
    _, _, then, apart = min(found, key=lambda one: one[:2])
    sign, minutes = ("-", -apart) if apart < dt.timedelta() else ("+", apart)
    total = int(minutes.total_seconds()) // 60
    return then, f"{sign}{total // 60:02d}:{total % 60:02d}"
