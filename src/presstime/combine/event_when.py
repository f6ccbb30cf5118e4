"""A time of a reading → when an event told with it was: a day to compare it on, and the hours where they are told.

In: the time that a reading gives an event, and the text between them. Out: a `When`. A time in another sentence than its
event gives only the day: "At 11:10 a siren sounded. Shells hit the school." does not say that they did at 11:10. A year
gives no day; nor does what is told without any time, which was at most on the day of publication.

Example: "shelled at about 13:00 on 3 May" → day 2031-05-03, from 12:30 to 13:31.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from presstime.combine.moments import interval
from presstime.read.lexicon import words
from presstime.records import Time

__all__ = ["How", "When", "ahead", "when_of"]

MOST_DAYS = 31
"""Days that a time may cover and still say on which a deed was done; a year says no more than that it is past."""
LOOSE = 30
"""Minutes that "about" or "shortly after" an hour may be off."""
_DAY = 24 * 60
_BREAK = re.compile(r"\n|[^\s.]*[.!?][”\"’')]*\s+(?=[“\"‘'(]?[A-Z0-9])")
_NO_BREAK = re.compile(r"(?:[ap]\.?)?m\.|[a-z]\.")

How = Literal["own", "span", "carried", "none"]
"""How a day is known: told with the event; several days told; from another sentence; not at all, but for the publication's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time. `last` ends the days where there are several; `begin` and `end` are minutes since 1970 where hours are told,
    and `ahead` is how far their clock is ahead of UTC. `from_` and `to` are what is shown."""

    day: str = ""
    last: str = ""
    how: How
    from_: str | None = None
    to: str | None = None
    year: str = ""
    begin: int = 0
    end: int = 0
    ahead: int = 0


def when_of(time: Time | None, text: str, spans: Iterable[tuple[int, int]], published: str) -> When:
    """When an event was. `spans` are where the text tells it; `published` is the day of publication, "" where unknown."""
    year = time.value[:4] if time is not None and time.value[:4].isdigit() else ""
    if time is None or time.kind not in ("date", "time"):
        return When(day=published, how="none", year=year)
    start = time.from_ or (time.value if interval(time.value) else None)
    covered = _covered(start, time.to)
    if start is None or covered is None or covered[1] - covered[0] > MOST_DAYS * _DAY:
        return When(day=published, how="none", from_=start, to=time.to, year=year)
    begin, end = covered
    if not any(not _broken(text[min(b, time.end) : max(a, time.start)]) for a, b in spans):
        return When(day=start[:10], how="carried", from_=_midnight(start), to=_midnight(start, 1), year=year)
    if end - begin >= _DAY:
        last = (date.fromisoformat(start[:10]) + timedelta(days=(end - begin - 1) // _DAY)).isoformat()
        return When(day=start[:10], last=last, how="own" if last == start[:10] else "span", from_=start, to=time.to, year=year)
    fast = ahead(start)
    day, last = _day_at(begin + fast), _day_at(end - 1 + fast)
    loose = LOOSE if time.approximate and end - begin <= 1 else 0
    return When(
        day=day,
        last=last,
        how="own" if last == day else "span",
        from_=start,
        to=time.to,
        year=year,
        begin=begin - loose,
        end=end + loose,
        ahead=fast,
    )


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(words("tokens")["abbreviations"])


def _broken(between: str) -> bool:
    """Whether a sentence ends in some words."""
    for match in _BREAK.finditer(between):
        word = match.group().strip().rstrip("”\"’')").lower()
        if not word or (word not in _abbreviations() and not _NO_BREAK.fullmatch(word.lstrip('“"('))):
            return True
    return False


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


@lru_cache(maxsize=20_000)
def _covered(start: str | None, end: str | None) -> tuple[int, int] | None:
    """The minutes that a time covers."""
    first, last = interval(start), interval(end)
    if first is None:
        return None
    begin, until = _minutes(first[0]), _minutes(first[1])
    if last is not None and last[0] > first[0]:
        until = _minutes(last[0])
    return begin, until


@lru_cache(maxsize=20_000)
def ahead(start: str | None) -> int:
    """The minutes by which a time's own clock is ahead of UTC."""
    zone = re.search(r"([+-])(\d\d):?(\d\d)$", (start or "")[10:])
    return (-1 if zone[1] == "-" else 1) * (int(zone[2]) * 60 + int(zone[3])) if zone else 0


@lru_cache(maxsize=20_000)
def _day_at(minute: int) -> str:
    return datetime.fromtimestamp(minute * 60, UTC).date().isoformat()


def _midnight(start: str, days: int = 0) -> str:
    """The beginning of a time's day, or of the one after, on its own clock."""
    day = (date.fromisoformat(start[:10]) + timedelta(days=days)).isoformat()
    zone = re.search(r"(Z|[+-]\d\d:?\d\d)$", start[10:])
    return f"{day}T00:00{zone.group()}" if zone else day
