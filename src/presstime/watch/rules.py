"""When a rule's next message goes out: at once, no oftener than so, at the full hour, once a day, never in quiet hours.

In: a [[notify]] table, when the first change that it has still to tell was found, when it last told something. Out: the moment.
Example: with `digest = "hourly"` what was found at 10:20 goes out at 11:00; with `quiet = "22:00-06:30"` what was found at
23:10 goes out at 06:30.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from presstime.problems import StoryError
from presstime.story_notify import Notify, clock_of, quiet_of
from presstime.story_watch import seconds_of

__all__ = ["after_failures", "goes_out"]

MORNING = time(7)
"""When a daily digest goes out that names no time."""
FIRST_AGAIN = 15.0
"""Seconds after a message that did not go out until it is tried again; whoever is on duty should learn within a minute."""
LONGEST_AGAIN = 1800.0


def goes_out(rule: Notify, first: datetime, last: datetime | None, now: datetime, time_zone: str) -> datetime:
    """The moment at which a rule's next message goes out, `now` where it is over already."""
    zone = ZoneInfo(time_zone)
    moment = max(_by_pace(rule, first.astimezone(zone), last), now.astimezone(zone))
    return _after_quiet(rule, moment, zone)


def after_failures(failures: int) -> float:
    """Seconds until a message is tried again that did not go out so often in a row."""
    return min(FIRST_AGAIN * 2.0 ** max(min(failures, 20) - 1, 0), LONGEST_AGAIN)


def _by_pace(rule: Notify, first: datetime, last: datetime | None) -> datetime:
    if rule.digest == "hourly":
        return (first.replace(minute=0, second=0, microsecond=0).astimezone(UTC) + timedelta(hours=1)).astimezone(first.tzinfo)
    if rule.digest == "daily":
        at = clock_of(rule.at) if rule.at is not None else MORNING
        return _next(first, at or MORNING)
    seconds = seconds_of(rule.every) if rule.every is not None else None
    return max(first, last.astimezone(first.tzinfo) + timedelta(seconds=seconds)) if seconds and last is not None else first


def _next(moment: datetime, at: time) -> datetime:
    """The next time that the clock shows so, after a moment."""
    today = _on(moment.date(), at, moment)
    return today if today > moment else _on(moment.date() + timedelta(days=1), at, moment)


def _on(day: date, at: time, like: datetime) -> datetime:
    found = datetime.combine(day, at, like.tzinfo)
    return found.astimezone(UTC).astimezone(like.tzinfo)  # a time that the clock jumps over comes after the jump


def _after_quiet(rule: Notify, moment: datetime, zone: ZoneInfo) -> datetime:
    if rule.quiet is None:
        return moment
    span = quiet_of(rule.quiet)
    if span is None:
        raise StoryError(f"story.toml: notify ({rule.name}), quiet: {rule.quiet!r} is no span of the day; write it like '22:00-06:30'")
    start, end = span
    clock = moment.timetz().replace(tzinfo=None)
    quiet = start <= clock < end if start < end else clock >= start or clock < end
    return _next(moment, end).astimezone(zone) if quiet else moment
