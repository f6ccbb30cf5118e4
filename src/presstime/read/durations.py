"""A mention of a stretch of time or of its return → its TIMEX3 value.

In: a mention's groups. Out: a duration ("P9M") or a set ("P1D" for "daily"); None where the words name none.

Example: "five and a half hours" → "PT5H30M"
"""

from __future__ import annotations

from presstime.read.time_state import Groups, State, Tense, Value
from presstime.read.timex import time_table

__all__ = ["adverb", "every", "half_span", "long", "number_of", "per", "span", "vague"]


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
    unit = groups.get("units") or groups.get("unit") or groups.get("unit2") or ""
    number = number_of(groups["n"]) if "n" in groups else (None if "few" in groups else 1.0)
    if "n" in groups and number is None:
        return None
    value = _period(number, unit, half="half" in groups or "half2" in groups)
    return Value(value, "duration") if value else None


def vague(groups: Groups, state: State, tense: Tense) -> Value | None:
    """A duration without a number, such as "weeks" or "the coming months"."""
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
