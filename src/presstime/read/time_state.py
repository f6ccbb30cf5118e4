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

__all__ = ["Groups", "State", "Tense", "Value", "direction", "rests_on"]

ASIDE = 10
"""In a history, a bare year this far from the year the story is at is an aside, and the story stays where it is."""
_VALUE = re.compile(r"(BC)?(\d{4})(?:-(\d\d|SP|SU|FA|WI))?(?:-(\d\d))?(?!\d)")


Tense = Literal["past", "future"] | None
"""What a clause speaks of; None where nothing tells."""
Groups = dict[str, str]
"""A mention's groups, in lower case."""


@dataclass(frozen=True)
class Value:
    """A TIMEX value; `earlier` is the first of a range's two; `by` is what it rests on."""

    value: str
    kind: Literal["date", "time", "duration", "set"] = "date"
    approximate: bool = False
    earlier: str | None = None
    by: Literal["written", "anchor", "story"] = "written"


class State:
    """The dates spoken of. `anchor` is None in a history, where every date hangs on the one before it."""

    def __init__(self, anchor: dt.date | None) -> None:
        self.anchor = anchor
        self.year: int | None = None
        self.month: int | None = None
        self.day: dt.date | None = None
        self.before_christ = False
        self.last = ""

    def note(self, value: str) -> None:
        """Remember a value; what is no date leaves everything as it was."""
        match = _VALUE.match(value)
        if not match:
            return
        if (
            self.anchor is None
            and not match[3]
            and self.year is not None
            and abs(int(match[2]) - self.year) > ASIDE
            and bool(match[1]) == self.before_christ
        ):
            return
        self.last = value
        self.before_christ = bool(match[1])
        self.year = int(match[2])
        season = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}
        self.month = (season[match[3]] if match[3] in season else int(match[3])) if match[3] else None
        self.day = None
        if match[4] and not self.before_christ:
            try:
                self.day = dt.date(self.year, int(match[3]), int(match[4]))
            except ValueError:
                self.day = None

    def told_day(self) -> dt.date | None:
        """The day the story is at: the one last spoken of, else that of publication."""
        return self.day or self.anchor

    def told_year(self) -> int | None:
        """The year the story is at: in a history the one last spoken of, else that of publication."""
        if self.anchor is not None:
            return self.anchor.year
        return self.year

    def day_for_clock(self) -> str:
        """The day a clock time without one is of."""
        day = self.told_day()
        return day.isoformat() if day else "XXXX-XX-XX"


def rests_on(state: State) -> Literal["anchor", "story"]:
    """What a value that names no year or day of its own rests on."""
    return "anchor" if state.anchor else "story"


def direction(which: str) -> int:
    """-1 for "last" and its like, 1 for "next" and its like, else 0."""
    if any(word in which for word in ("last", "previous", "preceding", "before", "earlier", "past")):
        return -1
    if any(word in which for word in ("next", "following", "coming", "subsequent", "after", "later")):
        return 1
    return 0
