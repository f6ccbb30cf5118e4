"""What a reader of a text knows of its times so far: the day it was published, and the dates last spoken of.

In: every value found, in order. Out: the day, month and year that "that day", "the next month" or a date without a
year hang on.

Example: after "5 August 1914", a bare "10 August" is of 1914
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["Groups", "Span", "State", "Tense", "Value", "direction", "rests_on"]

ASIDE = 10
"""In a history, a bare year this far from the year the story is at is an aside, and the story stays where it is."""
_VALUE = re.compile(r"(BC)?(\d{4})(?:-(\d\d|SP|SU|FA|WI))?(?:-(\d\d))?(?!\d)")
_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_MONTHS = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}


Tense = Literal["past", "future", "perfect"] | None
"""What a clause speaks of; "perfect" of a stretch that lasts until now; None where nothing tells."""
Groups = dict[str, str]
"""A mention's groups, in lower case."""
Span = tuple[dt.datetime, dt.datetime]
"""Two moments on the clocks of the telling, without a zone; the end is exclusive."""


@dataclass(frozen=True)
class Value:
    """A TIMEX value; `earlier` is the first of a range's two; `by` is what it rests on.

    `covers` is the interval of a duration that has one; `zone` the zone that the words state.
    """

    value: str
    kind: Literal["date", "time", "duration", "set"] = "date"
    approximate: bool = False
    earlier: str | None = None
    by: Literal["written", "anchor", "story"] = "written"
    covers: Span | None = None
    zone: str | None = None


class State:
    """The dates spoken of. `anchor` is None in a history, where every date hangs on the one before it.

    `year`, `month` and `day` are those last spoken of; `story_year` and `story_month` are where the story is at, which
    an aside ("unlike in the previous year") does not move; `clock` is the clock time last spoken of, `told_in` the number of
    the paragraph that spoke of all these. `moment` is the end of what is known as past; `history` says
    that a text with a day of publication tells of years gone by from end to end.
    """

    def __init__(self, anchor: dt.date | None, moment: dt.datetime | None = None, *, history: bool = False) -> None:
        self.anchor = anchor
        self.history = history
        self.to_the_minute = moment is not None
        self.moment = moment
        if moment is None and anchor is not None and anchor < dt.date.max:
            self.moment = dt.datetime.combine(anchor + dt.timedelta(days=1), dt.time())
        self.year: int | None = None
        self.month: int | None = None
        self.day: dt.date | None = None
        self.before_christ = False
        self.story_year: int | None = None
        self.story_month: int | None = None
        self.paragraph = 0
        self.day_told_in: int | None = None
        self.told_in: int | None = None
        self.clock: dt.datetime | None = None
        self._past_day: dt.date | None = None
        self._told_in: int | None = None

    def note(self, value: str, *, moves: bool = True, opens: bool = False) -> None:
        """Remember a value; what is no date leaves everything as it was. `moves`: the story goes there; `opens` its sentence."""
        match = _VALUE.match(value)
        if not match:
            return
        year, era = int(match[2]), bool(match[1])
        if self.anchor is None and not match[3] and self.year is not None and abs(year - self.year) > ASIDE and era == self.before_christ:
            return
        self.before_christ = era
        self.told_in = self.paragraph
        self.clock = _clock_of(value)
        self.year = year
        self.month = _month_of(match[3])
        self.day = None
        if match[4] and self.month is not None and not era:
            try:
                self.day = dt.date(year, self.month, int(match[4]))
                self.day_told_in = self.paragraph
                if self.anchor is None or self.day <= self.anchor:
                    self._past_day = self.day
            except ValueError:
                self.day = None
        if moves:
            if match[3] or self.story_year != year:
                self.story_month = self.month
            self.story_year = year
            if self.anchor is not None and opens and year < self.anchor.year and not era:
                self._told_in = self.paragraph

    def leave_story(self) -> None:
        """The text speaks of the days around its publication again."""
        self._told_in = None

    def told_here(self) -> str | None:
        """The date last spoken of in this paragraph, as fine as it is known."""
        if self.told_in != self.paragraph or self.year is None:
            return None
        if self.day is not None:
            return self.day.isoformat()
        return f"{'BC' if self.before_christ else ''}{self.year:04d}" + (f"-{self.month:02d}" if self.month else "")

    def told_day(self, tense: Tense = None) -> dt.date | None:
        """The day the story is at: the one last spoken of (what was is never of a day to come), else that of publication."""
        if tense == "past" and self.day is not None and self.anchor is not None and self.day > self.anchor:
            return self._past_day or self.anchor
        return self.day or self.anchor

    def told_year(self) -> int | None:
        """The year the story is at: in a history the one last spoken of, else that of publication."""
        if self.anchor is not None and not self.in_the_past():
            return self.anchor.year
        return self.story_year

    def in_the_past(self) -> bool:
        """Whether news tells, in this paragraph, of a year gone by ("In 1994 a truce was signed. In May …"), or does so throughout."""
        return self.anchor is not None and (self._told_in == self.paragraph or (self.history and self.story_year is not None))

    def day_for_clock(self, tense: Tense = None) -> str:
        """The day a clock time without one is of."""
        day = self.told_day(tense)
        return day.isoformat() if day else "XXXX-XX-XX"


def _clock_of(value: str) -> dt.datetime | None:
    """The moment of a value that has a clock time."""
    try:
        return dt.datetime.fromisoformat(value[:16]) if _CLOCK.match(value) else None
    except ValueError:
        return None


def _month_of(code: str | None) -> int | None:
    if code is None:
        return None
    return _MONTHS[code] if code in _MONTHS else int(code)


def rests_on(state: State) -> Literal["anchor", "story"]:
    """What a value that names no year or day of its own rests on."""
    return "anchor" if state.anchor and not state.in_the_past() else "story"


def direction(which: str) -> int:
    """-1 for "last" and its like, 1 for "next" and its like, else 0."""
    if any(word in which for word in ("last", "previous", "preceding", "before", "earlier", "past", "prior")):
        return -1
    if any(word in which for word in ("next", "following", "coming", "subsequent", "after", "later")):
        return 1
    return 0
