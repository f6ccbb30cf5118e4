"""A text's parts → the moment the report says it stands at.

In: the text, its parts, when it was published. Out: a TIMEX value and the span of the words, or None.

Example: "(Press time is Tuesday night)" in a report of Tuesday 19 September 2023 → "2023-09-19TNI"
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from presstime.read.layout_words import LayoutWords
from presstime.read.times import find_times
from presstime.read.timex import day_of
from presstime.records import Part, Time

__all__ = ["find_as_of"]

REACH = 12
"""A time follows its cue within this many characters ("press time was around 9 p.m.")."""
WINDOW = 90
"""The words after a cue in which its time is looked for."""
MOST_CUES = 40
"""No honest report speaks of its own moment more often; the rest is not looked at."""
DAYS_OFF = 2
"""A bare "as of" dates the whole report only when its time is within so many days of publication."""


def find_as_of(text: str, parts: Sequence[Part], published: str | None, time_zone: str, layout: LayoutWords) -> tuple[str, int, int] | None:
    """The TIMEX value of the report's own moment, and its words' start and end; words in quotation marks are not the report's."""
    day = day_of(published)
    without_time: tuple[str, int, int] | None = None
    tried = 0
    told = [(p.start, text[p.start : p.end]) for p in parts if p.kind in ("paragraph", "credit", "deck")]
    told = [(at, words) for at, words in told if layout.any_as_of.search(words)]
    for cue in layout.as_of:
        for at, words in told:
            for match in cue.pattern.finditer(words):
                tried += 1
                if tried > MOST_CUES:
                    return without_time
                if _quoted(words, match.start()):
                    continue
                time = _time_after(words, match.end(), published, time_zone)
                start = at + match.start()
                if time and (not cue.plain or _near(time.value, day)):
                    return time.value, start, at + time.end
                if not cue.must and not time and without_time is None and day:
                    without_time = (day.isoformat(), start, at + match.end())
    return without_time


def _time_after(words: str, at: int, published: str | None, time_zone: str) -> Time | None:
    """The date or time that starts straight after the cue, with offsets into `words`."""
    found = find_times("", words[at : at + WINDOW], (), published=published, time_zone=time_zone)
    first = next((time for time in found if time.kind in ("date", "time")), None)
    if first is None or first.start > REACH or not first.value[:4].isdigit() or words[at : at + first.start].strip(" ,\n").count(".") > 0:
        return None
    return Time(id="", start=at + first.start, end=at + first.end, value=first.value, kind=first.kind, confidence=first.confidence)


def _near(value: str, day: dt.date | None) -> bool:
    named = day_of(value)
    return named is not None and day is not None and abs((named - day).days) <= DAYS_OFF


def _quoted(words: str, at: int) -> bool:
    """Whether the place lies inside quotation marks."""
    before = words[:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
