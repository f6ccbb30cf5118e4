"""One mention and what is known so far → its TIMEX3 value.

In: a mention, the state of the telling, and whether its clause speaks of what is to come. Out: a value, or None where
the words name no time after all.

Example: weekday "Tuesday" in the past, published on Wednesday 2023-09-20 → "2023-09-19"
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Literal

from presstime.read.durations import adverb, every, half_span, long, per, span, vague
from presstime.read.shifts import ago, day_before, deictic, end_of, following, overnight, same, that_time, weekend
from presstime.read.time_periods import century, decade, ordinal, quarter, season, short_year, year_range, year_written
from presstime.read.time_rules import Mention
from presstime.read.time_state import Groups, State, Tense, Value, direction, rests_on
from presstime.read.timex import easter, election_day, full_year, nearest_year, thanksgiving, time_table, valid_day

__all__ = ["resolve"]

_FIVE_DIGITS = re.compile(r"\d{5}")


def resolve(mention: Mention, state: State, tense: Tense) -> Value | None:
    """The value of a mention; None where its words name no time. Never raises on odd dates."""
    groups = {key: " ".join(words.lower().replace("’", "'").split()) for key, words in mention.groups.items()}
    try:
        value = _RULES[mention.rule](groups, state, tense)
    except (ValueError, OverflowError):
        return None
    return None if value is not None and _FIVE_DIGITS.match(value.value) else value


def _month_number(groups: Groups) -> int:
    return int(time_table()["months"][groups["month"].rstrip(".")])


def _year_for(month: int, day: int | None, state: State, tense: Tense) -> int | None:
    """The year of a date that names none."""
    if state.anchor and not state.in_the_past():
        return nearest_year(month, day, state.anchor, tense)
    if state.story_year is None:
        return None
    if state.story_month and state.story_month >= 11 and month <= 2:
        return state.story_year + (0 if state.before_christ else 1)
    return state.story_year


def _written_year(
    groups: Groups, month: int, day: int | None, state: State, tense: Tense
) -> tuple[int | None, Literal["written", "anchor", "story"]]:
    if "y" in groups:
        return full_year(groups["y"]), "written"
    if "ly" in groups:  # "from July to September 1936"
        last = int(time_table()["months"][groups["lm"].rstrip(".")])
        return full_year(groups["ly"]) - (month > last), "written"
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
    number = int(groups["d"].rstrip("stndrh"))
    if not year or not month or state.before_christ:
        return Value(f"XXXX-XX-{number:02d}", by="story") if 1 <= number <= 31 else None
    bare = not state.month and state.anchor is not None and "which" not in groups
    if groups.get("which") == "last" or (bare and tense == "past" and state.anchor and number > state.anchor.day):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    elif bare and tense == "future" and state.anchor and number < state.anchor.day:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    found = valid_day(year, month, number)
    return Value(found, by="story") if found else None


def _day_of_month(groups: Groups, state: State, tense: Tense) -> Value | None:
    """The first or last day of May."""
    month = _month_number(groups)
    year, by = _written_year(groups, month, None, state, tense)
    if year is None or state.before_christ:
        return Value(f"XXXX-{month:02d}" + ("-01" if groups["nth"] == "first" else "-XX"), by="story")
    first = dt.date(year, month, 1)
    last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    return Value((first if groups["nth"] == "first" else last).isoformat(), by=by)


def _week_of_month(groups: Groups, state: State, tense: Tense) -> Value | None:
    """The last week of August: a week that its month gives."""
    month = _month_number(groups)
    year, by = _written_year(groups, month, None, state, tense)
    if year is None or state.before_christ:
        return Value("P1W", "duration", by="story")
    first = dt.datetime(year, month, 1)
    if groups["nth"] in ("last", "final"):
        end = dt.datetime(year + month // 12, month % 12 + 1, 1)
        return Value("P1W", "duration", by=by, covers=(end - dt.timedelta(days=7), end))
    start = first + dt.timedelta(weeks=ordinal(groups["nth"]) - 1)
    return Value("P1W", "duration", by=by, covers=(start, start + dt.timedelta(weeks=1)))


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


def _weekday(groups: Groups, state: State, tense: Tense) -> Value | None:
    number = int(time_table()["weekdays"][groups["weekday"].rstrip(".")])
    part = time_table()["day_parts"].get(groups.get("part", ""))
    which, week = groups.get("which", ""), groups.get("week")
    story = state.anchor is None or which.startswith("the")
    base = state.told_day() if story else state.anchor
    rough = groups.get("mod") in ("early", "late")
    if base is None:
        return Value(f"XXXX-WXX-{number}" + (f"T{part}" if part else ""), approximate=rough, by="story")
    back = (base.isoweekday() - number) % 7
    ahead = (number - base.isoweekday()) % 7 or 7
    if week:
        day = base - dt.timedelta(days=base.isoweekday() - number) + dt.timedelta(weeks=direction(week))
    elif direction(which) < 0:
        day = base - dt.timedelta(days=back or 7)
    elif direction(which) > 0 or (tense == "future" and not (back == 0 and part)):
        day = base + dt.timedelta(days=ahead)
    elif state.anchor is None:
        day = base + dt.timedelta(days=ahead % 7)  # a history goes on
    else:
        day = base - dt.timedelta(days=back)
    return Value(day.isoformat() + (f"T{part}" if part else ""), approximate=rough, by="story" if story else "anchor")


def _day_word(groups: Groups, state: State, tense: Tense) -> Value | None:
    base = state.anchor or state.day
    word = groups["word"]
    if "generic" in groups:
        return None
    days = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}[word]
    if base is None:
        return Value("PRESENT_REF") if days == 0 else Value("XXXX-XX-XX", by="story")
    part = time_table()["day_parts"].get(groups.get("part", "night" if word == "tonight" else ""))
    return Value((base + dt.timedelta(days=days)).isoformat() + (f"T{part}" if part else ""), by=rests_on(state))


def _this_part(groups: Groups, state: State, tense: Tense) -> Value | None:
    part, which = time_table()["day_parts"][groups["part"]], groups["which"]
    told = which.startswith(("that", "the"))
    base = state.told_day(tense) if told else state.anchor or state.day
    if base is None:
        return Value(f"XXXX-XX-XXT{part}", by="story")
    return Value(f"{(base + dt.timedelta(days=direction(which))).isoformat()}T{part}", by="story" if told else rests_on(state))


def _in_part(groups: Groups, state: State, tense: Tense) -> Value | None:
    if "mod2" in groups:
        groups = {**groups, "part": groups["part2"]}
    if "mod" not in groups and (state.day is None or state.day_told_in != state.paragraph or groups["part"] == "day"):
        return None  # "in the morning" of any day
    rough = "rough" in groups or groups.get("mod") in ("early", "late")
    base, part = state.told_day(tense), time_table()["day_parts"].get(groups["part"])
    if base is None or (state.day is None and state.anchor is None):
        return Value("XXXX-XX-XX" + (f"T{part}" if part else ""), by="story")
    return Value(base.isoformat() + (f"T{part}" if part else ""), approximate=rough, by="story" if state.day else "anchor")


def _at_night(groups: Groups, state: State, tense: Tense) -> Value | None:
    return None if state.anchor else Value(f"{'BC' if state.before_christ else ''}XXXX-XX-XXTNI", by="story")


def _named_day(groups: Groups, state: State, tense: Tense) -> Value | None:
    return Value(time_table()["named_days"][groups["name"]])


def _holiday(groups: Groups, state: State, tense: Tense) -> Value | None:
    rule = time_table()["holidays"][groups["holiday"]]
    year = int(groups["y"]) if "y" in groups else state.told_year()
    if year is None:
        return Value(f"XXXX-{rule}") if rule[0].isdigit() else None

    def day(of: int) -> dt.date:
        if rule in ("thanksgiving", "election"):
            return thanksgiving(of) if rule == "thanksgiving" else election_day(of)
        if rule.startswith(("easter", "good")):
            return easter(of) - dt.timedelta(days=2 if rule == "good-friday" else 0)
        return dt.date(of, int(rule[:2]), int(rule[3:]))

    if "y" not in groups and state.anchor:
        shift = direction(groups.get("which", ""))
        if shift < 0:
            year -= day(year) >= state.anchor
        elif shift > 0:
            year += day(year) <= state.anchor
        elif state.day is not None and state.day_told_in == state.paragraph and state.day.year < state.anchor.year:
            year = state.day.year + (day(state.day.year) < state.day)  # "In October 2020 … By Christmas"
        else:
            year = nearest_year(day(year).month, day(year).day, state.anchor, tense)
    part = time_table()["day_parts"].get(groups.get("part", ""))
    if "unit" in groups:  # "Easter week"
        weekend_or_not = "-WE" if groups["unit"] == "weekend" else ""
        return Value("{:04d}-W{:02d}".format(*day(year).isocalendar()) + weekend_or_not, by=rests_on(state))
    return Value(day(year).isoformat() + (f"T{part}" if part else ""), by="written" if "y" in groups else rests_on(state))


def _reference(groups: Groups, state: State, tense: Tense) -> Value | None:
    if state.anchor and (groups["word"] in time_table()["lists"]["of_histories"] or "opens" in groups):
        return None
    return Value(time_table()["references"][groups["word"]])


def _span(groups: Groups, state: State, tense: Tense) -> Value | None:
    """A duration; in a history, "two days after the siege", where the paragraph has told of the siege's day, is a day."""
    history = state.anchor is None or state.in_the_past()
    known = state.day is not None and state.day_told_in == state.paragraph
    if "event" in groups and history and known and not {"half", "half2"} & groups.keys():
        return ago({"n": groups.get("n", "a"), "units": groups.get("units") or groups["unit"], "which": "later"}, state, tense)
    return span(groups, state, tense)


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
    "year-range": year_range,
    "bc": year_written,
    "bc-range": year_written,
    "year": year_written,
    "short-year": short_year,
    "decade": decade,
    "century": century,
    "quarter": quarter,
    "season": season,
    "year-season": season,
    "weekday": _weekday,
    "every": every,
    "adverb": adverb,
    "per": per,
    "day-word": _day_word,
    "this-part": _this_part,
    "in-part": _in_part,
    "the-part-of": _nothing,
    "hours-of": _nothing,
    "idiom": _nothing,
    "weekend": weekend,
    "day-month-short": _date,
    "same": same,
    "next": following,
    "day-before": day_before,
    "deictic": deictic,
    "end-of": end_of,
    "week-of": _nothing,
    "counted-from": _nothing,
    "that-time": that_time,
    "overnight": overnight,
    "week-of-month": _week_of_month,
    "first-day": _day_of_month,
    "at-night": _at_night,
    "named-day": _named_day,
    "span": span,
    "span-one": span,
    "span-some": vague,
    "ago": ago,
    "plural-ago": vague,
    "half-span": half_span,
    "number-span": _span,
    "one-span": _span,
    "few-span": vague,
    "long": long,
    "plural": vague,
    "clock": _nothing,
    "holiday": _holiday,
    "reference": _reference,
}
