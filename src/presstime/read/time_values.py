"""One mention and what is known so far → its TIMEX3 value.

In: a mention, the state of the telling, and whether its clause speaks of what is to come. Out: a value, or None where
the words name no time after all.

Example: weekday "Tuesday" in the past, published on Wednesday 2023-09-20 → "2023-09-19"
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Literal

from presstime.read.durations import adverb, every, half_span, long, per, span, vague
from presstime.read.shifts import ago, day_before, deictic, end_of, following, same, weekend
from presstime.read.time_rules import Mention
from presstime.read.time_state import Groups, State, Tense, Value, direction, rests_on
from presstime.read.timex import easter, full_year, nearest_year, thanksgiving, time_table, valid_day

__all__ = ["resolve"]


def resolve(mention: Mention, state: State, tense: Tense) -> Value | None:
    """The value of a mention; None where its words name no time. Never raises on odd dates."""
    groups = {key: " ".join(words.lower().replace("’", "'").split()) for key, words in mention.groups.items()}
    try:
        return _RULES[mention.rule](groups, state, tense)
    except (ValueError, OverflowError):
        return None


def _month_number(groups: Groups) -> int:
    return int(time_table()["months"][groups["month"].rstrip(".")])


def _ordinal(words: str) -> int:
    return int(words[:-2]) if words[0].isdigit() else int(time_table()["ordinals"][words])


def _year_for(month: int, day: int | None, state: State, tense: Tense) -> int | None:
    """The year of a date that names none."""
    if state.anchor:
        return nearest_year(month, day, state.anchor, tense)
    if state.year is None:
        return None
    if state.month and state.month >= 11 and month <= 2:
        return state.year + (0 if state.before_christ else 1)
    return state.year


def _written_year(
    groups: Groups, month: int, day: int | None, state: State, tense: Tense
) -> tuple[int | None, Literal["written", "anchor", "story"]]:
    if "y" in groups:
        return full_year(groups["y"]), "written"
    if "which" in groups and (state.told_year() is not None):
        told = state.year if groups["which"].startswith(("that", "the")) and state.year else state.told_year()
        return (told or 0) + direction(groups["which"]), rests_on(state)
    return _year_for(month, day, state, tense), rests_on(state)


def _iso(groups: Groups, state: State, tense: Tense) -> Value | None:
    day = valid_day(int(groups["y"]), int(groups["m"]), int(groups["d"]))
    if not day:
        return None
    if "clock" in groups:
        return Value(f"{day}T{groups['clock']}{groups.get('zone', '').upper()}", "time")
    return Value(day)


def _slash(groups: Groups, state: State, tense: Tense) -> Value | None:
    month, day = int(groups["a"]), int(groups["b"])
    if month > 12:
        month, day = day, month
    found = valid_day(full_year(groups["y"]), month, day)
    return Value(found) if found else None


def _date(groups: Groups, state: State, tense: Tense) -> Value | None:
    month = _month_number(groups)
    day = int(groups["d"].rstrip("stndrh"))
    if "by" in groups:
        return Value(f"BC{int(groups['by']):04d}-{month:02d}-{day:02d}")
    year, by = _written_year(groups, month, day, state, tense)
    if year is None:
        return Value(f"XXXX-{month:02d}-{day:02d}", by="story")
    first = valid_day(year, month, int(groups["d1"].rstrip("stndrh"))) if "d1" in groups else None
    found = valid_day(year, month, day)
    return Value(found, earlier=first, by=by) if found else None


def _the_day(groups: Groups, state: State, tense: Tense) -> Value | None:
    year, month = (state.year, state.month) if state.month else ((state.anchor.year, state.anchor.month) if state.anchor else (None, None))
    if not year or not month or state.before_christ:
        return None
    if groups.get("which") == "last":
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    found = valid_day(year, month, int(groups["d"].rstrip("stndrh")))
    return Value(found, by="story") if found else None


def _month(groups: Groups, state: State, tense: Tense) -> Value | None:
    month = _month_number(groups)
    if "by" in groups:
        return Value(f"BC{int(groups['by']):04d}-{month:02d}")
    year, by = _written_year(groups, month, None, state, tense)
    rough = bool(groups.get("near"))
    if year is None:
        return Value(f"XXXX-{month:02d}", approximate=rough, by="story")
    prefix = "BC" if state.before_christ and "y" not in groups else ""
    return Value(f"{prefix}{year:04d}-{month:02d}", approximate=rough, by=by)


def _which_month(groups: Groups, state: State, tense: Tense) -> Value | None:
    month, which = _month_number(groups), groups["which"]
    told = (state.anchor.year, state.anchor.month) if state.anchor else ((state.year, state.month or 1) if state.year else None)
    if told is None:
        return Value(f"XXXX-{month:02d}", by="story")
    year, now = told
    if direction(which) < 0:
        year -= month >= now
    elif direction(which) > 0:
        year += month <= now
    return Value(f"{year:04d}-{month:02d}", by=rests_on(state))


def _year_range(groups: Groups, state: State, tense: Tense) -> Value | None:
    first, last = int(groups["y1"]), groups["y"]
    year = int(last) if len(last) == 4 else first - first % 100 + int(last)
    return Value(f"{year:04d}", earlier=f"{first:04d}") if year > first else None


def _year(groups: Groups, state: State, tense: Tense) -> Value | None:
    if "by" in groups:
        return Value(f"BC{int(groups['by']):04d}", approximate=bool(groups.get("near")))
    return Value(f"{full_year(groups['y']):04d}", approximate=bool(groups.get("near")))


def _decade(groups: Groups, state: State, tense: Tense) -> Value | None:
    if "decade" in groups:
        return Value(f"{groups['decade'][:3]}X", approximate=any(groups.get(key) for key in ("near", "near2", "near3")))
    tens = int(groups["short"][0]) if "short" in groups else int(time_table()["decades"][groups["word"]])
    century = 19 if state.told_year() is None or (state.told_year() or 0) >= 1920 else (state.told_year() or 0) // 100
    return Value(f"{century}{tens}X", by="story")


def _century(groups: Groups, state: State, tense: Tense) -> Value | None:
    number = _ordinal(groups["nth"]) - 1
    return Value(f"{'BC' if 'bc' in groups else ''}{number:02d}") if 0 <= number <= 29 else None


def _quarter(groups: Groups, state: State, tense: Tense) -> Value | None:
    if "q" in groups or "q2" in groups:
        return Value(f"{groups.get('y2') or groups.get('y3')}-Q{groups.get('q') or groups.get('q2')}")
    year = int(groups["y"]) if "y" in groups else state.told_year()
    if year is None:
        return None
    year += direction(groups.get("which", "")) if "y" not in groups else 0
    letter, most = ("H", 2) if groups["what"] == "half" else ("Q", 4)
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": most, "final": most}[groups["nth"]]
    return Value(f"{year:04d}-{letter}{number}", by="written" if "y" in groups else rests_on(state)) if number <= most else None


def _season(groups: Groups, state: State, tense: Tense) -> Value | None:
    code = time_table()["seasons"][groups["season"]]
    middle = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}[code]
    if "by" in groups:
        return Value(f"BC{int(groups['by']):04d}-{code}")
    if "y" in groups:
        return Value(f"{groups['y']}-{code}")
    told = state.told_year()
    if told is None:
        return Value(f"XXXX-{code}", by="story")
    month = state.anchor.month if state.anchor else state.month
    which = groups.get("which", "")
    if "which2" in groups:
        told += direction(groups["which2"])
    elif direction(which) < 0:
        told -= month is not None and (middle + 1 >= month if state.anchor else True)
    elif direction(which) > 0:
        told += month is not None and (middle - 1 <= month)
    elif code == "WI" and month is not None and month >= 9 and not state.before_christ:
        told += 1
    return Value(f"{'BC' if state.before_christ and not state.anchor else ''}{told:04d}-{code}", by=rests_on(state))


def _weekday(groups: Groups, state: State, tense: Tense) -> Value | None:
    number = int(time_table()["weekdays"][groups["weekday"].rstrip(".")])
    part = time_table()["day_parts"].get(groups.get("part", ""))
    base = state.anchor or state.day
    if base is None:
        return Value(f"XXXX-WXX-{number}" + (f"T{part}" if part else ""), by="story")
    which, week = groups.get("which", ""), groups.get("week")
    back = (base.isoweekday() - number) % 7
    ahead = (number - base.isoweekday()) % 7 or 7
    if week:
        day = base - dt.timedelta(days=base.isoweekday() - number) + dt.timedelta(weeks=direction(week))
    elif direction(which) < 0:
        day = base - dt.timedelta(days=back or 7)
    elif direction(which) > 0 or (tense == "future" and not (back == 0 and part)):
        day = base + dt.timedelta(days=ahead)
    else:
        day = base - dt.timedelta(days=back)
    return Value(day.isoformat() + (f"T{part}" if part else ""), by=rests_on(state))


def _day_word(groups: Groups, state: State, tense: Tense) -> Value | None:
    base = state.anchor or state.day
    word = groups["word"]
    days = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}[word]
    if base is None:
        return Value("PRESENT_REF") if days == 0 else None
    part = time_table()["day_parts"].get(groups.get("part", "night" if word == "tonight" else ""))
    return Value((base + dt.timedelta(days=days)).isoformat() + (f"T{part}" if part else ""), by=rests_on(state))


def _this_part(groups: Groups, state: State, tense: Tense) -> Value | None:
    part, which = time_table()["day_parts"][groups["part"]], groups["which"]
    told = which.startswith(("that", "the"))
    base = state.told_day() if told else state.anchor or state.day
    if base is None:
        return Value(f"XXXX-XX-XXT{part}", by="story")
    return Value(f"{(base + dt.timedelta(days=direction(which))).isoformat()}T{part}", by="story" if told else rests_on(state))


def _in_part(groups: Groups, state: State, tense: Tense) -> Value | None:
    base = state.anchor or state.day
    if base is None:
        return None
    if groups["part"] == "day":
        return Value(base.isoformat(), by=rests_on(state))
    return Value(f"{base.isoformat()}T{time_table()['day_parts'][groups['part']]}", by=rests_on(state))


def _holiday(groups: Groups, state: State, tense: Tense) -> Value | None:
    rule = time_table()["holidays"][groups["holiday"]]
    year = int(groups["y"]) if "y" in groups else state.told_year()
    if year is None:
        return Value(f"XXXX-{rule}") if rule[0].isdigit() else None

    def day(of: int) -> dt.date:
        if rule == "thanksgiving":
            return thanksgiving(of)
        if rule.startswith(("easter", "good")):
            return easter(of) - dt.timedelta(days=2 if rule == "good-friday" else 0)
        return dt.date(of, int(rule[:2]), int(rule[3:]))

    if "y" not in groups and state.anchor:
        shift = direction(groups.get("which", ""))
        if shift < 0:
            year -= day(year) >= state.anchor
        elif shift > 0:
            year += day(year) <= state.anchor
        else:
            year = nearest_year(day(year).month, day(year).day, state.anchor)
    part = time_table()["day_parts"].get(groups.get("part", ""))
    return Value(day(year).isoformat() + (f"T{part}" if part else ""), by="written" if "y" in groups else rests_on(state))


def _reference(groups: Groups, state: State, tense: Tense) -> Value | None:
    return Value(time_table()["references"][groups["word"]])


def _nothing(groups: Groups, state: State, tense: Tense) -> Value | None:
    return None


_RULES: dict[str, Callable[[Groups, State, Tense], Value | None]] = {
    "iso": _iso,
    "slash": _slash,
    "dotted": _slash,
    "month-range": _date,
    "month-day": _date,
    "day-range": _date,
    "day-month": _date,
    "day-of-month": _the_day,
    "the-day": _the_day,
    "month": _month,
    "which-month": _which_month,
    "year-range": _year_range,
    "bc": _year,
    "year": _year,
    "short-year": _year,
    "decade": _decade,
    "century": _century,
    "quarter": _quarter,
    "season": _season,
    "year-season": _season,
    "weekday": _weekday,
    "every": every,
    "adverb": adverb,
    "per": per,
    "day-word": _day_word,
    "this-part": _this_part,
    "in-part": _in_part,
    "the-part-of": _nothing,
    "weekend": weekend,
    "day-month-short": _date,
    "same": same,
    "next": following,
    "day-before": day_before,
    "deictic": deictic,
    "end-of": end_of,
    "week-of": _nothing,
    "span": span,
    "span-one": span,
    "span-some": vague,
    "ago": ago,
    "plural-ago": vague,
    "half-span": half_span,
    "number-span": span,
    "one-span": span,
    "few-span": vague,
    "long": long,
    "plural": vague,
    "clock": _nothing,
    "holiday": _holiday,
    "reference": _reference,
}
