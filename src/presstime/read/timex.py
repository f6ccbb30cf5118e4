"""TIMEX3 values: the day a few words name, and the interval a value covers.

In: a value such as "2023-09-19TAF" and a time zone, or the words of a date. Out: the interval's two ends in ISO 8601
with their offset, end exclusive; or a value.

Example: interval("1990-01-09TEV", "UTC") → ("1990-01-09T18:00+00:00", "1990-01-10T00:00+00:00")
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from presstime.read.time_zones import tz

__all__ = ["day_of", "easter", "election_day", "interval", "nearest_year", "read_date", "thanksgiving", "time_table", "valid_day"]

PARTS_OF_DAY = {"MO": (6, 12), "MI": (12, 13), "AF": (12, 18), "EV": (18, 24), "NI": (18, 30), "DT": (6, 18)}
"""The hours of each part of a day, counted from its midnight."""
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The month in which each season begins, as meteorologists count it."""
TENSE_GIVES_WAY = 60
"""A date so few days from the anchor is the nearest one whatever its clause's tense."""
PIVOT = 50
"""A year of two digits below this is of the twenty-first century."""

_CLOCK = re.compile(r"T(\d\d)(?::(\d\d)(?::(\d\d))?)?(Z|[+-]\d\d(?::?\d\d)?)?$")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)$")


@cache
def time_table() -> dict[str, Any]:
    """words/en/times.toml, read once."""
    return tomllib.loads((files("presstime.read") / "words/en/times.toml").read_text(encoding="utf-8"))


@cache
def _date_patterns() -> tuple[re.Pattern[str], ...]:
    names = sorted(time_table()["months"], key=len, reverse=True)
    month = rf"(?P<month>{'|'.join(names)})\b\.?"
    day, year = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4}|'?\d\d(?![\d:]))"
    patterns = (
        r"\b(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)\b",
        rf"\b{month}\s{{1,3}}{day}\b(?:,?\s{{1,3}}{year})?",
        rf"\b{day}(?:\s{{1,3}}of)?[\s-]{{1,3}}{month}(?:,?[\s-]{{1,3}}{year})?",
        rf"\b{month},?\s{{1,3}}(?P<year>\d{{4}})\b",
        r"\b(?P<number>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d\d)\b",
        r"\b(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})\b",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def full_year(digits: str) -> int:
    """A year of two or four digits."""
    number = int(digits.lstrip("'’"))
    if len(digits.lstrip("'’")) == 4:
        return number
    return number + (2000 if number < PIVOT else 1900)


def valid_day(year: int, month: int, day: int) -> str | None:
    """YYYY-MM-DD where there is such a day."""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def day_of(moment: str | None) -> dt.date | None:
    """The day of an ISO 8601 moment or date; None where it is none."""
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)", moment or "")
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def nearest_year(month: int, day: int | None, anchor: dt.date, tense: str | None = None) -> int:
    """The year that brings a month (and day) closest to the anchor, on the side the tense tells; the past one if both are as far."""
    now, then = anchor.month * 31 + anchor.day, month * 31 + (day if day is not None else (anchor.day if month == anchor.month else 15))
    best = min((-1, 0, 1), key=lambda shift: (abs(shift * 372 + then - now), shift))
    ahead = best * 372 + then - now
    if tense == "past" and ahead > TENSE_GIVES_WAY:
        best -= 1
    elif tense == "future" and ahead < (-TENSE_GIVES_WAY if day is not None else 0):
        best += 1
    return min(9998, max(1, anchor.year + best))


def read_date(words: str, published: str | None) -> str | None:
    """The first date in the words: YYYY-MM-DD, or YYYY-MM where no day is named; a lacking year is that nearest to `published`."""
    for pattern in _date_patterns():
        match = pattern.search(words)
        if not match:
            continue
        groups = match.groupdict()
        month = int(groups["number"]) if groups.get("number") else time_table()["months"][groups["month"].lower()]
        day = int(groups["day"]) if groups.get("day") else None
        if "number" in groups and month > 12 and day is not None:
            month, day = day, month
        anchor = day_of(published)
        if groups.get("year"):
            year = full_year(groups["year"])
        elif anchor:
            year = nearest_year(month, day, anchor)
        else:
            continue
        if day is None:
            return f"{year:04d}-{month:02d}"
        found = valid_day(year, month, day) if year else None
        if found or groups.get("year"):
            return found
    return None


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    L = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * L) // 433
    month = (h + L - 7 * m + 90) // 25
    return dt.date(year, month, (h + L - 7 * m + 33 * month + 19) % 32)


def thanksgiving(year: int) -> dt.date:
    """The fourth Thursday of November."""
    first = dt.date(year, 11, 1)
    return first + dt.timedelta(days=(3 - first.weekday()) % 7 + 21)


def election_day(year: int) -> dt.date:
    """The Tuesday after the first Monday of November, on which the United States votes."""
    first = dt.date(year, 11, 1)
    return first + dt.timedelta(days=(7 - first.weekday()) % 7 + 1)


def _month(year: int, month: int) -> dt.datetime:
    """The first moment of a month, where months after December run on into the next year."""
    return dt.datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def interval(value: str, time_zone: str) -> tuple[str, str] | None:
    """The interval that a date's or time's value covers; None for what covers none that can be named.

    The zone is an IANA name or an offset such as "+04:00".
    """
    try:
        ends = _ends(value)
        zone = tz(time_zone)
    except (ValueError, OverflowError):
        return None
    if ends is None:
        return None
    start, end = (moment if moment.tzinfo else moment.replace(tzinfo=zone) for moment in ends)
    return start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes")


def _ends(value: str) -> tuple[dt.datetime, dt.datetime] | None:
    """The two ends of a value's interval, without a zone unless the value has one; ValueError where a part is out of range."""
    date, mark, _ = value.partition("T")
    day = _DAY.match(date)
    if mark and day:
        midnight = dt.datetime(int(day[1]), int(day[2]), int(day[3]))
        part = PARTS_OF_DAY.get(value[len(date) + 1 :])
        if part:
            return midnight + dt.timedelta(hours=part[0]), midnight + dt.timedelta(hours=part[1])
        clock = _CLOCK.match(value[len(date) :])
        if not clock or int(clock[1]) > 23 or int(clock[2] or 0) > 59:
            return None
        start = midnight + dt.timedelta(hours=int(clock[1]), minutes=int(clock[2] or 0), seconds=int(clock[3] or 0))
        if clock[4]:
            sign = clock[4].replace("Z", "+00").replace(":", "")
            offset = dt.timedelta(hours=int(sign[1:3]), minutes=int(sign[3:5] or 0)) * (-1 if sign[0] == "-" else 1)
            start = start.replace(tzinfo=dt.timezone(offset))
        return start, start + (dt.timedelta(hours=1) if clock[2] is None else dt.timedelta(minutes=1))
    if mark:
        return None
    if day:
        start = dt.datetime(int(day[1]), int(day[2]), int(day[3]))
        return start, start + dt.timedelta(days=1)
    match = re.fullmatch(r"(\d{4})(?:-(\d\d|W\d\d(?:-WE)?|Q[1-4]|H[12]|SP|SU|FA|WI))?", date)
    if match:
        return _coarse(int(match[1]), match[2])
    if re.fullmatch(r"\d{3}X", date):
        return _month(int(date[:3]) * 10 or 1, 1), _month(int(date[:3]) * 10 + 10, 1)
    if re.fullmatch(r"\d\d", date):
        return _month(int(date) * 100 or 1, 1), _month(int(date) * 100 + 100, 1)
    return None


def _coarse(year: int, part: str | None) -> tuple[dt.datetime, dt.datetime]:
    """The ends of a year, or of a part of it."""
    if part is None:
        return _month(year, 1), _month(year, 13)
    if part[0] == "W" and part != "WI":
        monday = dt.datetime.combine(dt.date.fromisocalendar(year, int(part[1:3]), 1), dt.time())
        return monday + dt.timedelta(days=5 if part.endswith("WE") else 0), monday + dt.timedelta(days=7)
    if part[0] == "Q":
        return _month(year, 3 * int(part[1]) - 2), _month(year, 3 * int(part[1]) + 1)
    if part[0] == "H":
        return _month(year, 6 * int(part[1]) - 5), _month(year, 6 * int(part[1]) + 1)
    if part in SEASONS:
        return (_month(year - 1, 12), _month(year, 3)) if part == "WI" else (_month(year, SEASONS[part]), _month(year, SEASONS[part] + 3))
    if not 1 <= int(part) <= 12:
        raise ValueError(part)
    return _month(year, int(part)), _month(year, int(part) + 1)
