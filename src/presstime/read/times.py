"""A text → the times named in it, with TIMEX3 values and the intervals they cover.

In: a text, the moment it was published (and the dateline's day, if it gives one), the zone its times are told in, its
parts and, if there are any, the parser's sentences. Out: times in order. Without a published day the text is read as
a history: a date without a year is of the year last spoken of.

Example: "On Tuesday night, shelling resumed", published on Wednesday 20 September 2023 → 2023-09-19TNI
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from presstime.ids import record_id
from presstime.read.clocks import Clock, clock_of, same_moment
from presstime.read.shifts import counted_from
from presstime.read.tenses import tense_of
from presstime.read.time_rules import Mention, find_mentions
from presstime.read.time_state import State, Tense, Value
from presstime.read.time_values import resolve
from presstime.read.time_zones import tz
from presstime.read.timex import day_of, interval, time_table
from presstime.records import Part, Time

__all__ = ["find_times"]

SURE, LIKELY, GUESSED = 0.95, 0.8, 0.5
"""Confidence in a value that is written out, one that hangs on the day of publication, and one that hangs on the story."""
_GLUE = re.compile(r"(?:,?\s{0,2}(?:\(?(?:on|of|at|in the|the)\s)?\s?|\s?\()", re.IGNORECASE)
_ASIDE = re.compile(r"\s?[(\[][^()\[\]]{0,40}[)\]],?\s{0,2}(?:on\s)?", re.IGNORECASE)
GLUE_WITHIN = 9
"""A clock time and its day, or a weekday and its date, stand no further apart."""
_RANGE = re.compile(r"\s?(?:and|to|until|till|or|[-–—])\s?", re.IGNORECASE)
_OWN_CLOCK = re.compile(r"(?:at|around|about|shortly|just)\s", re.IGNORECASE)
"""After a comma, "at around 1 pm" is a time of its own, though of the day named before it."""
_BREAK = re.compile(r"\n[ \t\r]*\n|[.!?][\"”’')]*\s+(?=[\"“‘'(]?[A-Z])")
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")
_ROUGHLY = re.compile(
    r"(?:\b(?:around|about|approximately|roughly|circa|nearly|almost|sometime (?:in|on|around)|some(?=\s$))\s(?:the\s)?|\bc\.\s?|~\s?)$",
    re.IGNORECASE,
)
_OR_SO = re.compile(r"\s(?:or so|or thereabouts)\b", re.IGNORECASE)
_ROUGH_CLOCK = re.compile(r"(?:at\s)?(?:around|about|approx|rough|shortly|just|by\b)", re.IGNORECASE)
GONE_YEARS = 3
"""So many years gone by, and none of now, make a history of a text that has a day of publication."""
ROUGH_WITHIN = 18
"""Characters before a mention in which "around the" stands."""
_LEADING = re.compile(r"\W*(?:(?:back |early |late )?(?:in|on|by|during|since|from|until|after|before)\s(?:the\s)?)?", re.IGNORECASE)
"""What stands before a year that opens a sentence."""
OPENS_WITHIN = 24
"""A mention so near its sentence's start tells where the story goes: "In the following year, …"."""
_FULL = ("iso", "slash", "dotted", "month-range", "month-day", "day-range", "day-month", "day-month-short")
_DAYS = (*_FULL, "weekday", "day-word", "holiday", "same", "next", "the-day", "day-of-month", "day-before")
_DATED = (*_FULL, "month", "the-day", "year", "bc", "bc-range", "year-range", "short-year", "week-of-month", "year-season", "quarter")
"""Rules whose mentions stand in the story's own time; what other words name may be an aside."""
_LEADS = ("week-of", "hours-of", "counted-from")
_NOW = ("weekday", "day-word", "deictic", "this-part")
"""Rules whose mentions show that news is at the days around its publication."""


@dataclass(frozen=True)
class _Group:
    """Mentions that name one time together: "9 a.m." and "Tuesday"."""

    start: int
    end: int
    day: Mention | None
    part: str | None = None
    clock: Mention | None = None
    leads: Mention | None = None
    """Words that lead to the day: "the week of", "the early hours of", "a week from"."""


@dataclass(frozen=True)
class _Scene:
    """What stands around a group: the text, its sentence's ends and parse, the zone of its clocks, and the clock beside it."""

    text: str
    first: int
    last: int
    sentence: Any
    time_zone: str
    beside: Clock | None = None
    told: tuple[dt.date, Clock] | None = None


def find_times(
    document_id: str,
    text: str,
    sentences: Sequence[Any],
    *,
    published: str | None,
    time_zone: str = "UTC",
    dateline_date: str | None = None,
    parts: Sequence[Part] = (),
) -> tuple[Time, ...]:
    """Every time the text names, in order.

    `published` and `dateline_date` are ISO 8601; the dateline's day, being nearer to the telling, goes before the
    day of publication. `sentences` are the parser's, or empty. Boilerplate is read only where it gives a full date or
    is nothing but a time.
    """
    anchor = day_of(dateline_date) or day_of(published)
    parsed = sorted((s for s in sentences if s.starts), key=lambda s: s.starts[0])
    starts = [s.starts[0] for s in parsed] or [0] + [match.end() for match in _BREAK.finditer(text)]
    paragraphs = [match.end() for match in _PARAGRAPH.finditer(text)]
    skipped = sorted((part.start, part.end) for part in parts if part.kind == "boilerplate")
    found: list[Time] = []
    groups = [group for group in _grouped(find_mentions(text), text) if not _passed_over(group, skipped)]
    state = State(anchor, _moment(published, anchor, time_zone), history=_is_history(groups, anchor))
    told: tuple[int, dt.date, Clock] | None = None
    for number, group in enumerate(groups):
        at = bisect.bisect_right(starts, group.start) - 1
        scene = _Scene(
            text,
            starts[at] if at >= 0 else 0,
            starts[at + 1] if at + 1 < len(starts) else len(text),
            parsed[at] if parsed and at >= 0 and group.start < parsed[at].ends[-1] else None,
            time_zone,
            beside=_bracketed(groups, number, text),
            told=told[1:] if told is not None and _opens_bracket(text, told[0], group.start) else None,
        )
        state.paragraph = bisect.bisect_right(paragraphs, group.start)
        values = _values(group, state, scene)
        for start, end, value in values:
            found.append(_record(document_id, start, end, _roughly(value, text, start, end, group), time_zone))
        clock = clock_of(group.clock.groups) if group.clock is not None else None
        day = day_of(values[-1][2].value) if values else None
        told = (group.end, day, clock) if clock is not None and day is not None else None
    return tuple(found)


def _is_history(groups: Sequence[_Group], anchor: dt.date | None) -> bool:
    """Whether a text names years gone by again and again, and no time that is near its publication."""
    if anchor is None or any(group.day is not None and group.day.rule in _NOW for group in groups):
        return False
    years = [
        int(group.day.groups["y"]) for group in groups if group.day is not None and re.fullmatch(r"\d{4}", group.day.groups.get("y", ""))
    ]
    gone = [year for year in years if year < anchor.year - 1]
    return len(gone) >= GONE_YEARS and len(gone) == len(years)


def _moment(published: str | None, anchor: dt.date | None, time_zone: str) -> dt.datetime | None:
    """The moment of publication on the story's clocks, where it is given to the minute and is of the anchor's day."""
    if published is None or anchor is None or "T" not in published:
        return None
    try:
        given = dt.datetime.fromisoformat(published)
        local = given.astimezone(tz(time_zone)).replace(tzinfo=None) if given.tzinfo else given
    except (ValueError, OverflowError):
        return None
    return local if abs(local.date() - anchor) <= dt.timedelta(days=1) else None


def _passed_over(group: _Group, skipped: Sequence[tuple[int, int]]) -> bool:
    """Whether a group stands in boilerplate, and is neither a full date nor all that stands there."""
    at = bisect.bisect_right(skipped, (group.start, 1 << 62)) - 1
    if at < 0 or group.start >= skipped[at][1] or (group.day is not None and group.day.rule in _FULL):
        return False
    return group.start > skipped[at][0] + 1 or group.end < skipped[at][1] - len(" 0000 ")


def _grouped(mentions: Sequence[Mention], text: str) -> list[_Group]:
    """Mentions joined to the times they name: weekday and date, clock and day, part of day and day."""
    groups: list[_Group] = []
    for mention in mentions:
        last = groups[-1] if groups else None
        gap = text[last.end : mention.start] if last is not None and mention.start - last.end <= GLUE_WITHIN else None
        if last is not None and gap is not None and _GLUE.fullmatch(gap):
            joined = None if "," in gap and _OWN_CLOCK.match(text, mention.start) and mention.rule == "clock" else _join(last, mention)
            if joined:
                groups[-1] = joined
                if joined.clock is not None and joined.day is mention and len(groups) > 1:
                    groups[-2] = _of_the_same_day(groups[-2], joined, text)
                continue
        before = groups[-2] if len(groups) > 1 else None
        waits = before is not None and before.clock is not None and before.day is None and mention.rule in _DAYS
        if before is not None and waits and _ASIDE.fullmatch(text, before.end, mention.start):  # "10:35 a.m. (0735 GMT) Friday"
            groups[-2] = replace(before, day=mention)
        if mention.rule == "the-part-of":
            groups.append(_Group(mention.start, mention.end, None, part=mention.groups["part"]))
        elif mention.rule in _LEADS:
            groups.append(_Group(mention.start, mention.end, None, leads=mention))
        elif mention.rule == "clock":
            groups.append(_Group(mention.start, mention.end, None, clock=mention))
        else:
            groups.append(_Group(mention.start, mention.end, mention))
    return groups


def _join(last: _Group, mention: Mention) -> _Group | None:
    """Both as one time, or None where they are two."""
    if mention.rule == "clock" and last.clock is None and last.day is not None and last.day.rule in (*_DAYS, "this-part"):
        return replace(last, end=mention.end, clock=mention)
    if mention.rule in _DAYS or mention.rule == "this-part":
        if last.day is None and (last.clock is not None or last.part or last.leads):
            return replace(last, end=mention.end, day=mention)
        if last.day is not None and last.day.rule == "weekday" and mention.rule in _FULL:
            return _Group(last.start, mention.end, mention, part=last.day.groups.get("part"), clock=last.clock)
        if last.day is not None and "part2" in last.day.groups and mention.rule in _DAYS:  # "at dawn on Tuesday"
            return _Group(last.start, mention.end, mention, part=last.day.groups["part2"])
    if mention.rule == "the-part-of" and last.clock is not None and last.day is None:
        return replace(last, end=mention.end)
    if mention.rule == "in-part" and last.clock is not None and last.day is None:
        return replace(last, end=mention.end)
    return None


def _of_the_same_day(before: _Group, group: _Group, text: str) -> _Group:
    """The clock time that a range of two begins with: "between 8 a.m. and 6 p.m. on Sunday"."""
    if before.clock is None or before.day is not None or _RANGE.fullmatch(text, before.end, group.start) is None:
        return before
    return replace(before, day=group.day)


def _opens_bracket(text: str, end: int, start: int) -> bool:
    """Whether only a bracket, or a stroke, stands between two clock times: "14:30 (1030 GMT)"."""
    return start - end <= GLUE_WITHIN and text[end:start].strip() in ("(", "[", "/", ", or", "or", "[or", "(or")


def _bracketed(groups: Sequence[_Group], number: int, text: str) -> Clock | None:
    """The clock time that stands in brackets behind a group."""
    if groups[number].clock is None or number + 1 == len(groups):
        return None
    following = groups[number + 1]
    if following.clock is None or not _opens_bracket(text, groups[number].end, following.start):
        return None
    return clock_of(following.clock.groups)


def _values(group: _Group, state: State, scene: _Scene) -> list[tuple[int, int, Value]]:
    """The values of a group; a range of days or years has two, each with its own words."""
    if group.day is None and group.clock is None:
        return []  # "the night of" and no day
    leads = group.leads.rule if group.leads is not None else None
    tense = _tense(group.day, scene) if group.day is not None else None
    if leads == "counted-from" and group.leads is not None:
        tense = "future" if "which2" in group.leads.groups else "past" if group.leads.groups.get("which", "").lower() == "ago" else tense
    resolved = resolve(group.day, state, tense) if group.day is not None else None
    if group.clock is not None:
        return _clock_values(group, group.clock, resolved, state, scene)
    if group.day is None or resolved is None:
        return []
    results, start = _first_of_two(group, group.day, resolved, scene.text)
    day = day_of(resolved.value)
    code = time_table()["day_parts"][group.part.lower()] if group.part else None
    if code and results:  # "the night of June 9-10" begins on the first
        results = [(a, b, replace(value, value=f"{value.value}T{code}") if day_of(value.value) else value) for a, b, value in results]
    elif code and day is not None:
        resolved = replace(resolved, value=f"{day.isoformat()}T{code}")
    if leads == "week-of" and day is not None:
        resolved = replace(resolved, value="{:04d}-W{:02d}".format(*day.isocalendar()))
    if leads == "counted-from" and group.leads is not None and day is not None:
        resolved = replace(resolved, value=_counted(group.leads, day) or resolved.value)
    if leads == "hours-of":
        resolved = replace(resolved, approximate=True)
    _note(group.day, resolved.value, group, state, scene)
    return [*results, (start, group.end, resolved)]


def _counted(leads: Mention, day: dt.date) -> str | None:
    """The value of "a week from" and its like before a day; None where there is no such day."""
    try:
        return counted_from(leads.groups, day)
    except (ValueError, OverflowError):
        return None


def _first_of_two(group: _Group, day: Mention, resolved: Value, text: str) -> tuple[list[tuple[int, int, Value]], int]:
    """The first of a range's two times, and where the second's words start."""
    words, start = text[group.start : group.end], group.start
    key = next((key for key in ("d1", "y1") if key in day.groups), None)
    at = words.find(day.groups[key]) if key else -1
    if not resolved.earlier or key is None or at < 0:
        return [], start
    stop = group.start + at + len(day.groups[key])
    rest = words.find(day.groups.get("d") or day.groups.get("y") or "", at + len(day.groups[key]))
    return [(start, stop, Value(resolved.earlier, "date"))], group.start + rest if rest > at else stop


def _clock_values(group: _Group, mention: Mention, day: Value | None, state: State, scene: _Scene) -> list[tuple[int, int, Value]]:
    """The value of a clock time, of the day that stands with it or that the text last spoke of."""
    clock = clock_of(mention.groups)
    if clock is None:
        return [(group.start, group.end, day)] if day else []
    date, zone = day.value[:10] if day and day_of(day.value) else state.day_for_clock(_tense(mention, scene)), clock.zone
    known = day_of(date)
    if known is not None and clock.next_day and known < dt.date.max:
        known = known + dt.timedelta(days=1)
    if known is not None and scene.beside is not None:
        pair = same_moment(known, clock, scene.beside, scene.time_zone)
        zone = zone or (pair[1] if pair else None)
    if known is not None and scene.told is not None and day is None:
        pair = same_moment(scene.told[0], scene.told[1], clock, scene.time_zone)
        known, zone = (pair[0], zone or pair[1]) if pair else (scene.told[0], zone)
    date = known.isoformat() if known is not None else date
    by = "written" if day is not None and day.by == "written" else day.by if day is not None else "story"
    rough = _ROUGH_CLOCK.match(scene.text, group.start) is not None or (day is not None and day.approximate)
    value = Value(f"{date}T{clock.code}", "time", approximate=rough, zone=zone, by=by)
    if scene.told is None:
        _note(group.day, value.value, group, state, scene)
    return [(group.start, group.end, value)]


def _note(mention: Mention | None, value: str, group: _Group, state: State, scene: _Scene) -> None:
    """Remember a value, and whether the story goes there."""
    opens = group.start - scene.first <= OPENS_WITHIN
    leads = opens and _LEADING.fullmatch(scene.text, scene.first, group.start) is not None
    rule = mention.rule if mention is not None else "clock"
    if state.in_the_past() and rule in _NOW and state.anchor is not None and value[:4] == f"{state.anchor.year:04d}":
        state.leave_story()
    dated = rule in _DATED and (mention is None or "which" not in mention.groups)
    written = mention is not None and bool({"y", "by", "ly", "lby"} & mention.groups.keys() or rule in ("iso", "slash", "dotted"))
    state.note(value, moves=dated or written or opens, opens=leads and written)


def _tense(mention: Mention, scene: _Scene) -> Tense:
    return tense_of(scene.text, mention.start, mention.end, scene.first, scene.last, scene.sentence)


def _roughly(value: Value, text: str, start: int, end: int, group: _Group) -> Value:
    """The value, approximate where "around", "about" and their like stand before the words, or "or so" behind them."""
    if value.approximate or value.kind == "set":
        return value
    before = _ROUGHLY.search(text[max(0, start - ROUGH_WITHIN) : start])
    concerning = before is not None and before[0].lower().startswith("about") and value.kind == "date" and not _countable(group)
    rough = (before is not None and not concerning) or _OR_SO.match(text, end) is not None
    return replace(value, approximate=True) if rough else value


def _countable(group: _Group) -> bool:
    """Whether "about" before a date says how near it is ("about 10 May"), not what is spoken of ("about Tuesday's vote")."""
    return group.day is not None and group.day.rule in (*_FULL, "the-day", "year", "bc", "decade", "century")


def _record(document_id: str, start: int, end: int, value: Value, time_zone: str) -> Time:
    zone = value.zone or time_zone
    covered = interval(value.value, zone) if value.kind in ("date", "time") else None
    if value.covers is not None:
        first, last = (moment.replace(tzinfo=tz(time_zone)).isoformat(timespec="minutes") for moment in value.covers)
        covered = first, last
    return Time(
        id=record_id("time", document_id, (start, end)),
        start=start,
        end=end,
        value=value.value,
        kind=value.kind,
        from_=covered[0] if covered else None,
        to=covered[1] if covered else None,
        approximate=value.approximate,
        confidence={"written": SURE, "anchor": LIKELY, "story": GUESSED}[value.by],
    )
