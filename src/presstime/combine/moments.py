"""Times as documents and TIMEX values give them → intervals that can be compared.

In: ISO 8601 dates and times, with or without an offset, and TIMEX 3 values ("2026-03-03TEV"). Out: the interval they
cover in UTC. What gives no date at all covers nothing (None). A date alone is its whole day, so that a report which
tells only its date is never taken for the first of that day.

Example: "2026-03-03TAF" covers 12:00 to 18:00 of that day; "2026-03-03" ends with the day.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

__all__ = ["Interval", "day_of", "interval", "is_clock", "order_of"]

Interval = tuple[datetime, datetime]

_VALUE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](?:(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?|(MO|MI|AF|EV|NI|DT))?(Z|[+-]\d\d:?\d\d)?)?")
_PARTS = {"MO": (6, 6), "MI": (12, 1), "AF": (12, 6), "EV": (18, 6), "NI": (18, 12), "DT": (6, 12)}
"""The hour at which a part of the day begins and how many hours it has: DESIGN's words for TMO, TMI, TAF, TEV, TNI."""
_LAST = datetime.max.replace(tzinfo=UTC)


@lru_cache(maxsize=20_000)
def interval(value: str | None) -> Interval | None:
    """The interval that a date, a time or a TIMEX value covers; None where it names no day. A bare time has no offset: UTC."""
    match = _VALUE.fullmatch(value or "")
    if match is None:
        return None
    year, month, day, hour, minute, part, zone = match.groups()
    try:
        start = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), tzinfo=UTC)
        if part:
            begins, hours = _PARTS[part]
            start, length = start + timedelta(hours=begins), timedelta(hours=hours)
        else:
            length = timedelta(minutes=1) if hour else timedelta(days=1)
        start -= _offset(zone)
        return start, start + length
    except (ValueError, OverflowError):
        return None


def _offset(zone: str | None) -> timedelta:
    if zone in (None, "Z"):
        return timedelta()
    assert zone is not None
    sign = -1 if zone[0] == "-" else 1
    return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))


def is_clock(value: str | None) -> bool:
    """Whether a value gives the time of day, and not a day or a part of one alone."""
    match = _VALUE.fullmatch(value or "")
    return match is not None and match[4] is not None


def day_of(value: str | None) -> str | None:
    """The calendar day that a value names, as its source has it; None where it names none."""
    return value[:10] if value and _VALUE.fullmatch(value) else None


def order_of(published: str | None, as_of: str | None = None) -> datetime:
    """Where a document stands in the order of publication: its time, else its as-of, else the day's end; undated last."""
    for value in (published if is_clock(published) else None, as_of, published):
        covered = interval(value)
        if covered is not None:
            return covered[0] if is_clock(value) else covered[1]
    return _LAST
