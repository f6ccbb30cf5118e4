"""A text → the times named in it, with TIMEX3 values and the intervals they cover.

In: a text, the day it was published (and the dateline's day, if it gives one), the zone its times are told in, its
parts and, if there are any, the parser's sentences. Out: times in order. Without a published day the text is read as
a history: a date without a year is of the year last spoken of.

Example: "On Tuesday night, shelling resumed", published on Wednesday 20 September 2023 → 2023-09-19TNI
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from presstime.ids import record_id
from presstime.read.time_rules import Mention, find_mentions
from presstime.read.time_state import State, Tense, Value
from presstime.read.time_values import resolve
from presstime.read.timex import day_of, interval, time_table
from presstime.records import Part, Time

__all__ = ["find_times"]

SURE, LIKELY, GUESSED = 0.95, 0.8, 0.5
"""Confidence in a value that is written out, one that hangs on the day of publication, and one that hangs on the story."""
_GLUE = re.compile(r"(?:,?\s{0,2}(?:\(?(?:on|of|at|in the|the)\s)?\s?|\s?\()", re.IGNORECASE)
GLUE_WITHIN = 9
"""A clock time and its day, or a weekday and its date, stand no further apart."""
_OWN_CLOCK = re.compile(r"(?:at|around|about|shortly|just)\s", re.IGNORECASE)
"""After a comma, "at around 1 pm" is a time of its own, though of the day named before it."""
_BREAK = re.compile(r"\n[ \t\r]*\n|[.!?][\"”’')]*\s+(?=[\"“‘'(]?[A-Z])")
_WORDS = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_SOON = re.compile(
    r"\b(?:as (?:soon|early|late) as|no later than|set (?:to|for)|is to|are to|due(?: to)?)[^.;]{0,30}$"
    r"|\b(?:starting|beginning|effective|from)\s(?:on\s)?$",
    re.IGNORECASE,
)
TENSE_BEFORE, TENSE_AFTER = 70, 60
"""How many characters before and after a mention tell of its tense."""
_FULL = ("iso", "slash", "dotted", "month-range", "month-day", "day-range", "day-month", "day-month-short")
_DAYS = (*_FULL, "weekday", "day-word", "holiday", "same", "next", "the-day", "day-of-month", "day-before")


@dataclass(frozen=True)
class _Group:
    """Mentions that name one time together: "9 a.m." and "Tuesday"."""

    start: int
    end: int
    day: Mention | None
    part: str | None = None
    clock: Mention | None = None


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
    day of publication. `sentences` are the parser's, or empty. Boilerplate is read only where it gives a full date.
    """
    anchor = day_of(dateline_date) or day_of(published)
    state = State(anchor)
    starts = _sentence_starts(text, sentences)
    skipped = [(part.start, part.end) for part in parts if part.kind == "boilerplate"]
    found: list[Time] = []
    for group in _grouped(find_mentions(text), text):
        at = bisect.bisect_right(starts, group.start) - 1
        first = starts[at] if at >= 0 else 0
        last = starts[at + 1] if at + 1 < len(starts) else len(text)
        if any(a <= group.start < b for a, b in skipped) and not (group.day and group.day.rule in _FULL):
            continue
        for start, end, value in _values(group, state, text, first, last):
            found.append(_record(document_id, start, end, value, time_zone))
    return tuple(found)


def _sentence_starts(text: str, sentences: Sequence[Any]) -> list[int]:
    """Where sentences begin: the parser's, else by their marks."""
    if sentences:
        return sorted({sentence.starts[0] for sentence in sentences if sentence.starts})
    return [0] + [match.end() for match in _BREAK.finditer(text)]


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
                continue
        if mention.rule == "the-part-of":
            groups.append(_Group(mention.start, mention.end, None, part=mention.groups["part"]))
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
        if last.day is None and (last.clock is not None or last.part):
            return replace(last, end=mention.end, day=mention)
        if last.day is not None and last.clock is None and last.day.rule == "weekday" and mention.rule in _FULL:
            return _Group(last.start, mention.end, mention, part=last.day.groups.get("part"))
    if mention.rule == "in-part" and last.clock is not None and last.day is None:
        return replace(last, end=mention.end)
    return None


def _values(group: _Group, state: State, text: str, first: int, last: int) -> list[tuple[int, int, Value]]:
    """The values of a group; a range of days or years has two, each with its own words."""
    words = text[group.start : group.end]
    if group.day is None and group.clock is None:
        return []  # "the night of" and no day
    if group.clock is not None:
        day: Value | None = resolve(group.day, state, _tense(text, group.day, first, last)) if group.day else None
        date = day.value[:10] if day and day_of(day.value) else state.day_for_clock()
        clock = _clock(group.clock.groups)
        if clock is None:
            return [(group.start, group.end, day)] if day else []
        value = Value(
            f"{date}T{clock}",
            "time",
            approximate=bool(re.match(r"(?:at\s)?(?:around|about|approx|rough|shortly|just|by\b)", words, re.IGNORECASE)),
        )
        state.note(value.value)
        return [(group.start, group.end, value)]
    assert group.day is not None
    value_of_day = resolve(group.day, state, _tense(text, group.day, first, last))
    if value_of_day is None:
        return []
    results: list[tuple[int, int, Value]] = []
    earlier = value_of_day.earlier
    start = group.start
    if earlier:
        key = next((key for key in ("d1", "y1") if key in group.day.groups), None)
        at = words.find(group.day.groups[key]) if key else -1
        if key and at >= 0:
            stop = group.start + at + len(group.day.groups[key])
            results.append((group.start, stop, Value(earlier, "date")))
            rest = words.find(group.day.groups.get("d") or group.day.groups.get("y") or "", at + len(group.day.groups[key]))
            start = group.start + rest if rest > at else stop
    if group.part and day_of(value_of_day.value):
        code = time_table()["day_parts"][group.part.lower()]
        value_of_day = replace(value_of_day, value=f"{value_of_day.value[:10]}T{code}")
    state.note(value_of_day.value)
    results.append((start, group.end, value_of_day))
    return results


def _clock(groups: dict[str, str]) -> str | None:
    """HH:MM of a clock's words, with the offset where they give UTC; None where there is no such hour."""
    word = (groups.get("word") or groups.get("word2") or "").lower()
    if word:
        return {"noon": "12:00", "midnight": "00:00", "midday": "MI"}[word]
    if "n" in groups:
        number = groups["n"].lower()
        hour = int(number) if number.isdigit() else time_table()["numbers"].get(number, 99)
    else:
        hour = int(groups["h"])
    minute = int(groups.get("mi") or 0)
    part = groups.get("part", "").lower()
    if groups.get("ap", "").lower() == "p" or part in ("afternoon", "evening"):
        hour = hour + 12 if hour < 12 else hour
    elif groups.get("ap") or part == "morning":
        hour = 0 if hour == 12 else hour
    if hour > 24 or minute > 59:
        return None
    universal = re.search(r"GMT|UTC|\bZ\b", groups.get("zone", "")) and not re.search(r"[+-]\d", groups.get("zone", ""))
    return f"{hour % 24:02d}:{minute:02d}{'Z' if universal else ''}"


def _tense(text: str, mention: Mention, first: int, last: int) -> Tense:
    """What the clause around a mention speaks of, by the nearest telling word before it in its sentence; None where nothing tells."""
    lists = time_table()["lists"]
    opening = text[max(first, mention.start - TENSE_BEFORE) : mention.start]
    if _SOON.search(opening):
        return "future"
    if text[mention.end - 2 : mention.end] in ("'s", "’s"):
        return "past"
    before = [word.replace("’", "'") for word in _WORDS.findall(opening)]
    after = _WORDS.findall(text[mention.end : min(last, mention.end + TENSE_AFTER)])
    if after[:1] in (["was"], ["were"]):
        return "past"
    for number, word in reversed(list(enumerate(before))):
        if word == "until" and number > 1:
            return "past" if before[number - 1] == "not" else "future"
        if word in lists["future"] or word.endswith("'ll"):
            return "future"
        if (word in lists["past"] or (word.endswith("ed") and len(word) > 4 and word[0].islower())) and before[max(0, number - 1)] != "be":
            return "past"
    near = after[:4] if len(before) > 1 else after
    for word in near:
        if word in ("will", "shall", "plans", "plan"):
            return "future"
        if word in lists["past"] or (word.endswith("ed") and len(word) > 4 and word[0].islower()):
            return "past"
    return None


def _record(document_id: str, start: int, end: int, value: Value, time_zone: str) -> Time:
    covered = interval(value.value, time_zone) if value.kind in ("date", "time") else None
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
