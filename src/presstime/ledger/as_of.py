"""Which documents count as of a moment.

Comes in: a document, the moment and the clock's zone. Goes out: by what the document counts, or None. Example: as of
19 September 2023 at 14:00 in Yerevan, "published 2023-09-19" counts, by its whole day; "published 2023-09-20" does not.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

__all__ = ["Counted", "counts_as_of"]

Counted = Literal["published", "whole-day", "gathered"]
"""By what a document counts: its time of publishing; its day, on which it may have come later than the moment; or,
undated, the time at which it was gathered."""


class _Dated(Protocol):
    """What has a time of publishing and one of gathering: a document, or its signature."""

    @property
    def published(self) -> str | None: ...

    @property
    def gathered(self) -> str | None: ...


def counts_as_of(document: _Dated, as_of: datetime, time_zone: str = "UTC") -> Counted | None:
    """By what `document` counts as of a moment, or None where it came later or nothing says when it came.

    Published no later than the moment or, undated, gathered by it. A document with only a date counts on its whole
    day. Moments without an offset are on `time_zone`'s clock; a date that cannot be read is as good as none.
    """
    zone = ZoneInfo(time_zone)
    moment = as_of if as_of.tzinfo else as_of.replace(tzinfo=zone)
    published = _when(document.published, zone)
    if published is not None:
        if isinstance(published, datetime):
            return "published" if published <= moment else None
        return "whole-day" if published <= moment.astimezone(zone).date() else None
    gathered = _when(document.gathered, zone)
    if gathered is None:
        return None
    by = moment if isinstance(gathered, datetime) else moment.astimezone(zone).date()
    return "gathered" if gathered <= by else None


def _when(written: str | None, zone: tzinfo) -> datetime | date | None:
    """An ISO 8601 date, or date and time; None where there is none or it is neither."""
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
