"""When an event was, as far as its tellings agree: the days it can lie on, and the clock's time only where all give one.

In: an entry of the timeline. Out: a `When`, or None where no telling gives a day. No telling is preferred: where they differ, the
days are those of all of them together. A telling that only says less exactly what another says ("on Tuesday", "at 04:00") differs
from none.
Example: told at 03:20 and at 04:00 of 3 March, an event lies on 3 March, with no time of day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from presstime.findings import Telling, TimelineEntry
from presstime.show.material import Index
from presstime.show.moments import interval_words, timex_words

__all__ = ["When", "event_when", "parse_moment", "telling_words"]

LONGEST_MOMENT = timedelta(minutes=1)
"""An interval no longer than this is a time of day as a source tells it; a part of a day, a day or a month is longer."""


@dataclass(frozen=True, kw_only=True)
class When:
    """The first and last day an event can lie on. `at` is its moment, on the story's clock, where every narrowest telling gives it.

    `days` counts them; `differ` says that tellings contradict each other.
    """

    first: date
    last: date
    at: datetime | None
    differ: bool

    @property
    def days(self) -> int:
        """How many days the event can lie on."""
        return (self.last - self.first).days + 1


def parse_moment(iso: str | None, zone: ZoneInfo) -> datetime | None:
    """ISO 8601, a date or a moment, on a clock: a date is its first instant, a moment without offset is on that clock."""
    if iso is None:
        return None
    try:
        moment = datetime.fromisoformat(iso)
        return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        return None


def event_when(entry: TimelineEntry, time_zone: str) -> When | None:
    """When an entry's event was; None where no telling gives both ends of an interval."""
    zone = ZoneInfo(time_zone)
    told = {span for telling in entry.tellings if (span := _interval(telling.from_, telling.to, zone)) is not None}
    if not told:
        own = _interval(entry.from_, entry.to, zone)
        told = {own} if own else set()
    narrow = [one for one in told if not any(other != one and one[0] <= other[0] and other[1] <= one[1] for other in told)]
    if not narrow:
        return None
    begin, end = min(one[0] for one in narrow), max(one[1] for one in narrow)
    at = begin if len(narrow) == 1 and end - begin <= LONGEST_MOMENT else None
    last = (end - timedelta(microseconds=1)).date() if end > begin else begin.date()
    return When(first=begin.date(), last=max(last, begin.date()), at=at, differ=len(narrow) > 1)


def _interval(start: str | None, end: str | None, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    first, last = parse_moment(start, zone), parse_moment(end, zone)
    return (first, last) if first is not None and last is not None and first <= last else None


def telling_words(index: Index, telling: Telling) -> str:
    """When one telling puts its event, in words: by the source's own time where it names one, else by the interval."""
    event = index.events.get(telling.event)
    time = index.times.get(event.time) if event and event.time else None
    if time is not None and telling.from_ is not None and time.from_ == telling.from_:
        return timex_words(time.value, approximate=time.approximate) or ""
    return interval_words(telling.from_, telling.to, index.material.time_zone)
