"""Moments in words: from ISO 8601 and TIMEX3 values to plain English.

In: "2026-03-03T20:00:00+01:00" and a time zone, or a TIMEX value such as "2026-03-03TEV". Out: "20:00, 3 March 2026", "the evening of
3 March 2026". What is coarse stays coarse; a value of a kind not known here is given as it stands.
Example: "as of 2023-09-19TNI" is worded "the night of 19 September 2023".
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from presstime.show.wording import WORDS

__all__ = ["clock_words", "date_words", "day_words", "interval_words", "moment_words", "timex_words"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}


def date_words(day: date) -> str:
    """A day: "3 March 2026"."""
    return f"{day_words(day)} {day.year}"


def day_words(day: date) -> str:
    """A day of the year at hand: "3 March"."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def clock_words(moment: datetime) -> str:
    """A time of day: "20:00"."""
    return f"{moment.hour:02}:{moment.minute:02}"


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _parse(iso: str, time_zone: str) -> date | datetime | None:
    if _DATE.fullmatch(iso):
        try:
            return date.fromisoformat(iso)
        except ValueError:
            return None
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    zone = _zone(time_zone)
    try:
        return moment.astimezone(zone) if zone and moment.tzinfo else moment
    except OverflowError:
        return moment


def moment_words(iso: str | None, time_zone: str = "UTC", *, style: str = "comma") -> str | None:
    """An ISO date or moment in the story's zone: "20:00, 3 March 2026", or with style "on": "20:00 on 3 March 2026".

    None for None; what is no ISO 8601 is given as it stands.
    """
    if iso is None:
        return None
    found = _parse(iso, time_zone)
    if found is None:
        return iso
    if isinstance(found, datetime):
        joint = " on " if style == "on" else ", "
        return f"{clock_words(found)}{joint}{date_words(found.date())}"
    return date_words(found)


def _duration(value: str) -> str:
    amounts = re.findall(r"(T?)(\d+(?:\.\d+)?|X+)([YMWDHS])", re.sub(r"T(?=\d)", "T", value[1:]))
    words = []
    in_time = False
    for t, amount, unit in amounts:
        in_time = in_time or bool(t)
        name = _UNITS.get(("T" if in_time else "") + unit)
        if name is None:
            return value
        many = "some" if amount.startswith("X") else amount
        words.append(f"{many} {name}{'' if amount == '1' else 's'}")
    return " and ".join(words) or value


def timex_words(value: str | None, *, approximate: bool = False) -> str | None:
    """A TIMEX3 value in words: "2026-03-03TAF" is "the afternoon of 3 March 2026". None for None."""
    if value is None:
        return None
    about = "about " if approximate else ""
    if value.startswith("P") and value[1:2] in set("0123456789XT"):
        return about + _duration(value)
    if "/" in value:
        first, _, last = value.partition("/")
        return f"{about}{timex_words(first)} to {timex_words(last)}"
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return f"{about}the {WORDS.season[match[2]]} of {match[1]}"
    if match := re.fullmatch(r"(\d{4})-W(\d{2})", value):
        return f"{about}week {int(match[2])} of {match[1]}"
    if match := re.fullmatch(r"(\d{4})(?:-(\d{2}))?", value):
        month = int(match[2]) if match[2] else 0
        return about + (f"{_MONTHS[month - 1]} {match[1]}" if 1 <= month <= 12 else value)
    day, _, rest = value.partition("T")
    if not _DATE.fullmatch(day):
        return about + value
    try:
        day = date_words(date.fromisoformat(day))
    except ValueError:
        return about + value
    if not rest:
        return about + day
    if rest in WORDS.part_of_day:
        return f"{about}the {WORDS.part_of_day[rest]} of {day}"
    if match := re.match(r"(\d{2})(?::(\d{2}))?", rest):
        return f"{about}{match[1]}:{match[2] or '00'}, {day}"
    return about + value


def interval_words(start: str | None, end: str | None, time_zone: str = "UTC") -> str:
    """An interval, end exclusive, in words: a whole day is its date, what begins and ends within an hour its beginning."""
    if start is None and end is None:
        return "time not given"
    first, last = (_parse(side, time_zone) if side else None for side in (start, end))
    if first is None or last is None:
        one = moment_words(start or end, time_zone) or ""
        return one if start and end else (f"from {one}" if start else f"until {one}")
    opening = first if isinstance(first, datetime) else datetime.combine(first, datetime.min.time())
    closing = last if isinstance(last, datetime) else datetime.combine(last, datetime.min.time())
    if (opening.tzinfo is None) != (closing.tzinfo is None):
        return f"{moment_words(start, time_zone)} to {moment_words(end, time_zone)}"
    length = closing - opening
    midnight = (opening.hour, opening.minute) == (0, 0)
    if midnight and length == timedelta(days=1):
        return date_words(opening.date())
    if length <= timedelta(hours=1):
        return f"{clock_words(opening)}, {date_words(opening.date())}"
    if midnight and (closing.hour, closing.minute) == (0, 0):
        return f"{date_words(opening.date())} to {date_words((closing - timedelta(days=1)).date())}"
    if opening.date() == (closing - timedelta(seconds=1)).date():
        return f"{clock_words(opening)} to {clock_words(closing)}, {date_words(opening.date())}"
    return f"{clock_words(opening)}, {date_words(opening.date())} to {clock_words(closing)}, {date_words(closing.date())}"
