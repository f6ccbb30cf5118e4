"""A mention of a stretch of time or of its return → its TIMEX3 value.

In: a mention's groups, and what is known of the telling. Out: a duration ("P9M"), with the interval it covers where
that ends or begins with the day of publication, or a set ("P1D" for "daily"); None where the words name none.

Example: "the past nine months", published on 19 September 2023 → "P9M", 20 December 2022 to 19 September 2023
"""

from __future__ import annotations

import calendar
import datetime as dt

from presstime.read.time_state import Groups, Span, State, Tense, Value, direction
from presstime.read.timex import time_table

__all__ = ["adverb", "every", "half_span", "long", "number_of", "per", "span", "vague"]

_DAYS = {"D": 1, "W": 7}
_SECONDS = {"TH": 3600, "TM": 60, "TS": 1}
_MONTHS = {"M": 1, "Q": 3, "Y": 12}


def number_of(words: str) -> float | None:
    """The number that words or digits give; None for words that are no one number."""
    numbers = time_table()["numbers"]
    if words in ("a", "an"):
        return 1
    if words[0].isdigit():
        return float(words)
    pieces = words.replace("-", " ").split()
    if len(pieces) == 2 and pieces[1] == "hundred":
        return float(numbers[pieces[0]] * 100)
    if len(pieces) == 2 and not (numbers[pieces[0]] >= 20 and numbers[pieces[1]] < 10):
        return None
    return float(sum(numbers[piece] for piece in pieces))


def _period(number: float | None, unit: str, *, half: bool = False) -> str:
    """ISO 8601's duration of a number of units; X where the number is not given."""
    code = time_table()["units"][unit]
    if code == "WE":
        code = "2D" if number == 1 else "WE"
    scale = 1
    if len(code) > 1 and code[0].isdigit():
        scale, code = int(code[:-1]), code[-1]
    time = "T" if code[0] == "T" else ""
    code = code.removeprefix("T")
    if number is None:
        return f"P{time}X{code}"
    if half and time == "T" and code == "H":
        return f"PT{int(number)}H30M" if number else "PT30M"
    amount = (number + (0.5 if half else 0)) * scale
    return f"P{time}{int(amount) if amount == int(amount) else amount}{code}"


def span(groups: Groups, state: State, tense: Tense) -> Value | None:
    """A duration, such as "nine months" or "the past two weeks"."""
    unit = next(groups[key] for key in ("units", "units2", "unit", "unit2") if key in groups)
    words = groups.get("n") or groups.get("n2")
    number = number_of(words) if words else (None if "few" in groups else 1.0)
    if words and number is None:
        return None
    half = "half" in groups or "half2" in groups
    value = _period(number, unit, half=half)
    which = groups.get("which", "") + groups.get("which2", "")
    side = -1 if tense == "perfect" and not which else 0 if which in ("first", "final") else direction(which)
    covers = None
    if number is not None and side and not half and not state.in_the_past():
        told = state.day if any(word in which for word in ("previous", "following", "preceding", "subsequent")) else None
        covers = _beside(number, unit, side, state.moment if which == "" or told is None else _edge(told, side), state.to_the_minute)
    return Value(value, "duration", approximate="few" in groups, by="anchor" if covers else "written", covers=covers) if value else None


def _edge(day: dt.date, side: int) -> dt.datetime:
    """The moment a day begins, or that it ends."""
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(days=side > 0)


def _beside(number: float, unit: str, side: int, now: dt.datetime | None, to_the_minute: bool) -> Span | None:
    """The stretch of so many units up to a moment, or from it on.

    Hours and minutes need a telling that is dated to the minute: nothing tells when in its day the text was written.
    """
    code = time_table()["units"][unit]
    scale = int(code.rstrip("DWMQY")) if code[0].isdigit() else 1
    code = code.lstrip("0123456789")
    if now is None or number != int(number):
        return None
    count = side * int(number) * scale
    try:
        if code in _SECONDS and (to_the_minute or (code == "TH" and number % 24 == 0)):
            other = now + dt.timedelta(seconds=_SECONDS[code] * count)
        elif code in _DAYS:
            other = now + dt.timedelta(days=_DAYS[code] * count)
        elif code in _MONTHS:
            other = _months_on(now, _MONTHS[code] * count)
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return (other, now) if side < 0 else (now, other)


def _months_on(moment: dt.datetime, count: int) -> dt.datetime:
    """So many months later; the month's last day where it has no such day."""
    total = moment.year * 12 + moment.month - 1 + count
    year, month = total // 12, total % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1]))


def vague(groups: Groups, state: State, tense: Tense) -> Value | None:
    """A duration without a number, such as "weeks" or "the coming months"; of years news says it without measuring ("for decades")."""
    if state.anchor and "unit2" in groups and groups["unit2"] in ("year", "decade"):
        return None
    value = _period(None, groups.get("unit") or groups.get("unit2") or groups["units"])
    return Value(value, "duration", approximate=True) if value else None


def half_span(groups: Groups, state: State, tense: Tense) -> Value | None:
    """A duration such as "half a year"."""
    value = {"hour": "PT30M", "year": "P6M", "day": "PT12H", "century": "P50Y", "decade": "P5Y", "month": "P15D"}[groups["unit"]]
    return Value(value, "duration")


def long(groups: Groups, state: State, tense: Tense) -> Value | None:
    """A duration such as "month-long" or "years-long"."""
    value = _period(None if "s" in groups else 1, groups["unit"])
    return Value(value, "duration") if value else None


def every(groups: Groups, state: State, tense: Tense) -> Value | None:
    """A set such as "every two weeks" or "each Friday"."""
    if "weekdays" in groups:
        return Value(f"XXXX-WXX-{time_table()['weekdays'][groups['weekdays'].removesuffix('s')]}", "set")
    if "weekday" in groups:
        return Value(f"XXXX-WXX-{time_table()['weekdays'][groups['weekday'].rstrip('.')]}", "set")
    if "unit" in groups and groups["unit"] in time_table()["day_parts"]:
        return Value(f"XXXX-XX-XXT{time_table()['day_parts'][groups['unit']]}", "set")
    number = number_of(groups["n"]) if "n" in groups else 1.0
    value = _period(number, groups.get("units") or groups["unit"])
    return Value(value, "set") if value else None


def adverb(groups: Groups, state: State, tense: Tense) -> Value | None:
    """A set such as "weekly"."""
    return Value(time_table()["adverbs"][groups["word"]], "set")


def per(groups: Groups, state: State, tense: Tense) -> Value | None:
    """A set such as "twice a day" or "per month"."""
    value = _period(1, groups.get("unit") or groups["unit2"])
    return Value(value, "set") if value else None
