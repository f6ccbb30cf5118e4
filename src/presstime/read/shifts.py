"""A mention that counts from another day → its TIMEX3 value.

In: a mention's groups ("last", "week"; "two", "days", "earlier") and what is known of the telling. Out: a value, or
None where there is nothing to count from.

Example: "three weeks earlier", after "2 March 2021" → "2021-W06"
"""

from __future__ import annotations

import calendar
import datetime as dt

from presstime.read.durations import number_of, span
from presstime.read.time_state import Groups, State, Tense, Value, direction, rests_on
from presstime.read.timex import time_table

__all__ = ["ago", "counted_from", "day_before", "deictic", "end_of", "following", "overnight", "same", "that_time", "weekend"]


def same(groups: Groups, state: State, tense: Tense) -> Value | None:
    """That day, that month: the one last spoken of."""
    return _step(state, groups["unit"], 0)


def following(groups: Groups, state: State, tense: Tense) -> Value | None:
    """The next day, the previous year: counted from the one last spoken of."""
    return _step(state, groups["unit"], direction(groups["which"]))


def day_before(groups: Groups, state: State, tense: Tense) -> Value | None:
    """A day later, the day before: counted from the day last spoken of."""
    return _step(state, "day", direction(groups["which"]))


def _step(state: State, unit: str, count: int) -> Value | None:
    """So many units from the date last spoken of; what is not known of it stays X."""
    era = "BC" if state.before_christ else ""
    if unit == "day":
        if state.day is None and (state.anchor is None or state.month is not None):
            known = f"{era}{state.year:04d}-{state.month:02d}" if state.year is not None and state.month else f"{era}XXXX-XX"
            return Value(f"{known}-XX", by="story")
        day = state.told_day()
        return Value((day + dt.timedelta(days=count)).isoformat(), by="story") if day else None
    if unit in ("week", "weekend"):
        day = state.told_day()
        if day is None:
            return Value("XXXX-WXX" + ("-WE" if unit == "weekend" else ""), by="story")
        return Value(_week(day, count) + ("-WE" if unit == "weekend" else ""), by="story")
    year = state.year or (state.anchor.year if state.anchor else None)
    if year is None:
        return Value({"month": "XXXX-XX", "decade": "XXXX", "century": "XXXX"}.get(unit, "XXXX"), by="story")
    if era:
        count = -count
    if unit == "month":
        month = state.month or (state.anchor.month if state.anchor and state.year is None else None)
        if month is None or era:
            return Value(f"{era}{year:04d}-XX", by="story")
        return Value(_months(year, month, count), by="story")
    if unit == "decade":
        return Value(f"{era}{(year // 10 + count):03d}X", by="story")
    if unit == "century":
        return Value(f"{era}{(year // 100 + count):02d}", by="story")
    return Value(f"{era}{_written(year + count)}", by="story")


def _written(year: int) -> str:
    """A year of four digits; ValueError where there is none such."""
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise ValueError(year)
    return f"{year:04d}"


def _week(day: dt.date, count: int) -> str:
    year, week, _ = (day + dt.timedelta(weeks=count)).isocalendar()
    return f"{year:04d}-W{week:02d}"


def _months(year: int, month: int, count: int) -> str:
    total = year * 12 + month - 1 + count
    return f"{_written(total // 12)}-{total % 12 + 1:02d}"


def deictic(groups: Groups, state: State, tense: Tense) -> Value | None:
    """Last week, this month, next year: counted from the day of publication."""
    unit, count = groups["unit"], direction(groups["which"])
    base = state.anchor or state.day
    if base is None:
        return _step(state, unit, count) if unit != "quarter" else None
    by = rests_on(state)
    rough = groups.get("mod") in ("early", "late", "sometime") or bool(groups.get("near"))
    if unit in ("week", "weekend"):
        return Value(_week(base, count) + ("-WE" if unit == "weekend" else ""), approximate=rough, by=by)
    if unit == "month":
        return Value(_months(base.year, base.month, count), approximate=rough, by=by)
    if unit == "quarter":
        total = base.year * 4 + (base.month - 1) // 3 + count
        return Value(f"{total // 4:04d}-Q{total % 4 + 1}", by=by)
    if unit == "decade":
        return Value("P10Y", "duration", by=by) if count < 0 else Value(f"{base.year // 10 + count:03d}X", by=by)
    if unit == "century":
        return Value(f"{base.year // 100 + count:02d}", by=by)
    return Value(_written(base.year + count), approximate=rough, by=by)


def weekend(groups: Groups, state: State, tense: Tense) -> Value | None:
    """The weekend that is, or that was last."""
    if state.anchor is None:
        return _step(state, "weekend", 0)
    ahead = tense == "future" or ("ahead" in groups and tense != "past") or state.anchor.isoweekday() > 5
    return Value(_week(state.anchor, 0 if ahead else -1) + "-WE", by="anchor")


def that_time(groups: Groups, state: State, tense: Tense) -> Value | None:
    """At that time: when the text last spoke of, in this paragraph; else some time gone by."""
    told = state.told_here()
    if told is None:
        return None if tense == "future" else Value("PAST_REF", approximate=True, by="story")
    return Value(told, approximate=True, by="story")


def overnight(groups: Groups, state: State, tense: Tense) -> Value | None:
    """Overnight: the night before publication, the one to come, or that of the day the paragraph is at."""
    if state.anchor is None:
        return None
    if "weekday" in groups:
        day = state.anchor - dt.timedelta(days=(state.anchor.isoweekday() - int(time_table()["weekdays"][groups["weekday"]])) % 7)
        day -= dt.timedelta(days=groups.get("lead", "").startswith("into"))
        return Value(f"{day.isoformat()}TNI", by="anchor")
    if state.day is not None and state.day_told_in == state.paragraph and state.day < state.anchor:
        return Value(f"{state.day.isoformat()}TNI", by="story")
    return Value(f"{(state.anchor - dt.timedelta(days=tense != 'future')).isoformat()}TNI", by="anchor")


def counted_from(groups: Groups, day: dt.date) -> str | None:
    """The value of so many units from a day that is named: "a week from Friday", "a year ago today", "the day before Easter"."""
    unit = groups.get("units") or groups.get("units2") or groups["unit"]
    number = number_of((groups.get("n") or groups.get("n2") or "a").lower())
    which = (groups.get("which") or groups.get("which2") or groups["which3"]).lower()
    if number is None or number != int(number):
        return None
    count = int(number) * (1 if which in ("after", "from", "following") else -1)
    code = time_table()["units"][unit.lower()]
    if "unit" in groups and code in ("W", "M", "Y"):
        return {"W": _week(day, count), "M": _months(day.year, day.month, count), "Y": f"{day.year + count:04d}"}[code]
    if code in ("D", "W", "2W"):
        return (day + dt.timedelta(days=count * {"D": 1, "W": 7, "2W": 14}[code])).isoformat()
    months = count * (1 if code == "M" else 12 * _YEARS[code])
    year, month = (int(part) for part in _months(day.year, day.month, months).split("-"))
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1])).isoformat()


def end_of(groups: Groups, state: State, tense: Tense) -> Value | None:
    """The end of the year, later in the week: the year or week the story is at; of "that year" the one last spoken of."""
    unit = groups.get("unit") or groups["unit2"]
    told = groups.get("which", "").lower() == "that" and state.year is not None
    value = deictic({"unit": unit, "which": "this"}, state, tense) if state.anchor and not told else _step(state, unit, 0)
    return Value(value.value, approximate=True, by=value.by) if value else None


def ago(groups: Groups, state: State, tense: Tense) -> Value | None:
    """Two years ago, three days earlier: counted from publication or from the day last spoken of."""
    words, unit, which = groups["n"], groups["units"], groups["which"]
    known = words.replace("-", " ").split()[0] in time_table()["numbers"] or words[0].isdigit() or words in ("a", "an")
    number = number_of(words) if known else None
    sign = 1 if direction(which) > 0 or which in ("hence", "from now") else -1
    from_now = which in ("ago", "from now", "hence")
    base = (state.anchor if from_now else None) or state.told_day()
    code = time_table()["units"][unit]
    if number is None or number != int(number):
        return Value("PAST_REF" if sign < 0 else "FUTURE_REF", approximate=True)
    count = sign * int(number)
    if code in ("TH", "TM") and not from_now and state.clock is not None and state.told_in == state.paragraph:
        moment = state.clock + count * dt.timedelta(minutes=60 if code == "TH" else 1)
        return Value(moment.isoformat(timespec="minutes"), "time", approximate="rough" in groups, by="story")
    if code in ("TH", "TM", "TS") or (unit == "night"):
        return span({"n": words, "units": unit}, state, tense)
    by = rests_on(state) if which == "ago" else "story"
    if not from_now and state.day is None and (state.month is not None or state.anchor is None):
        return _from_month(words, unit, count, state, tense)
    if base is not None and code == "D":
        return Value((base + dt.timedelta(days=count)).isoformat(), by=by)
    if base is not None and code in ("W", "2W"):
        return Value(_week(base, count * (2 if code == "2W" else 1)), by=by)
    if base is not None and code == "M":
        return Value(_months(base.year, base.month, count), by=by)
    if code in _YEARS:
        told = (state.anchor.year if state.anchor and which == "ago" else state.year) or (state.anchor.year if state.anchor else None)
        if told is not None:
            year = told + count * _YEARS[code]
            return Value(_written(year), by=by) if year >= dt.MINYEAR else Value("PAST_REF", approximate=True, by=by)
    return span({"n": words, "units": unit}, state, tense)


_YEARS = {"Y": 1, "10Y": 10, "100Y": 100}


def _from_month(words: str, unit: str, count: int, state: State, tense: Tense) -> Value | None:
    """So many units from a month or a year, no day of which is known."""
    code = time_table()["units"][unit]
    if state.year is None:
        return span({"n": words, "units": unit}, state, tense)
    era = "BC" if state.before_christ else ""
    if code in _YEARS:
        return Value(f"{era}{_written(state.year + count * _YEARS[code] * (-1 if era else 1))}", by="story")
    if code == "M" and state.month is not None and not era:
        return Value(_months(state.year, state.month, count), by="story")
    if code == "M":
        return Value(f"{era}{state.year:04d}-XX", by="story")
    if code == "D":
        return Value(f"{era}{state.year:04d}-XX-XX", by="story")
    return span({"n": words, "units": unit}, state, tense)
