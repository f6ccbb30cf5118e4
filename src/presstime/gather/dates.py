"""When something was published, as the material writes it.

In: a date as a header, a meta tag, a URL or a file name has it. Out: ISO 8601, a date or a date and time with its
offset, or None. "Wed, 04 Mar 2026 18:20:00 +0200" gives "2026-03-04T18:20:00+02:00"; "March 4, 2026" gives
"2026-03-04". A time without an offset cannot be placed, so only its date is kept.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

__all__ = ["date_in_name", "date_in_url", "published_date"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MAX_LENGTH = 80
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY_MONTH = re.compile(_WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})", re.IGNORECASE)
_MONTH_DAY = re.compile(_WEEKDAY + r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_IN_NAME = re.compile(r"^(\d{4}-\d{2}-\d{2})(?=[^0-9a-zA-Z]|$)|(?:^|[^0-9a-zA-Z])(\d{4}-\d{2}-\d{2})$")
_IN_URL = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/.?#-]|$)")


def published_date(value: str) -> str | None:
    """`value` as ISO 8601, or None where it is no full date. A time without an offset gives its date alone."""
    value = value.strip()
    if not value or len(value) > _MAX_LENGTH:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    try:
        return _moment(datetime.fromisoformat(value))
    except ValueError:
        pass
    for pattern, day, month in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        if found := pattern.fullmatch(value):
            return _date(int(found[3]), _month(found[month]), int(found[day]))
    if ":" in value and "," in value:
        try:
            return _moment(parsedate_to_datetime(value))
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return None


def date_in_name(file_name: str) -> str | None:
    """The ISO date a file's name begins or ends with, before its extension."""
    stem = file_name.rsplit(".", 1)[0] if "." in file_name[1:] else file_name
    found = _IN_NAME.search(stem)
    return _date(*(int(number) for number in (found[1] or found[2]).split("-"))) if found else None


def date_in_url(url: str) -> str | None:
    """The date in a URL's path, as in /2026/03/04/."""
    found = _IN_URL.search(url)
    return _date(int(found[1]), int(found[2]), int(found[3])) if found else None


def _moment(moment: datetime) -> str:
    return moment.date().isoformat() if moment.tzinfo is None else moment.isoformat()


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1 if word[:3].lower() in _MONTHS else 0


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
