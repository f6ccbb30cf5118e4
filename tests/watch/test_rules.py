"""When a rule's message goes out: pace, digests, quiet hours in the story's zone, over changes of the clock; tries again."""

from __future__ import annotations

from datetime import datetime

import pytest

from presstime.story_notify import Notify
from presstime.watch.rules import after_failures, goes_out

ZONE = "Europe/Berlin"


def rule(**fields: str) -> Notify:
    return Notify(name="desk", to="mail", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "first", "last", "now", "expected"),
    [
        # at once, and at once what was found while the watch was stopped
        ({}, "2031-05-04T10:20", None, "2031-05-04T10:20", "2031-05-04T10:20"),
        ({}, "2031-05-04T10:20", None, "2031-05-04T12:00", "2031-05-04T12:00"),
        # no oftener than every ten minutes
        ({"every": "10m"}, "2031-05-04T10:20", None, "2031-05-04T10:20", "2031-05-04T10:20"),
        ({"every": "10m"}, "2031-05-04T10:20", "2031-05-04T10:15", "2031-05-04T10:20", "2031-05-04T10:25"),
        ({"every": "10m"}, "2031-05-04T10:20", "2031-05-04T08:00", "2031-05-04T10:20", "2031-05-04T10:20"),
        # digests: the full hour after the first, the time of day
        ({"digest": "hourly"}, "2031-05-04T10:20", None, "2031-05-04T10:50", "2031-05-04T11:00"),
        ({"digest": "hourly"}, "2031-05-04T23:59", None, "2031-05-04T23:59", "2031-05-05T00:00"),
        ({"digest": "hourly"}, "2031-05-04T10:20", None, "2031-05-04T13:05", "2031-05-04T13:05"),
        ({"digest": "daily"}, "2031-05-04T06:59", None, "2031-05-04T06:59", "2031-05-04T07:00"),
        ({"digest": "daily"}, "2031-05-04T07:00", None, "2031-05-04T07:00", "2031-05-05T07:00"),
        ({"digest": "daily", "at": "18:30"}, "2031-05-04T07:00", None, "2031-05-04T07:00", "2031-05-04T18:30"),
        # quiet hours, over midnight and within a day; their end is outside
        ({"quiet": "22:00-06:30"}, "2031-05-04T23:10", None, "2031-05-04T23:10", "2031-05-05T06:30"),
        ({"quiet": "22:00-06:30"}, "2031-05-04T02:00", None, "2031-05-04T02:00", "2031-05-04T06:30"),
        ({"quiet": "22:00-06:30"}, "2031-05-04T21:59", None, "2031-05-04T21:59", "2031-05-04T21:59"),
        ({"quiet": "22:00-06:30"}, "2031-05-04T21:00", None, "2031-05-04T06:30", "2031-05-04T21:00"),
        ({"quiet": "12:00-13:00"}, "2031-05-04T12:30", None, "2031-05-04T12:30", "2031-05-04T13:00"),
        ({"quiet": "22:00-06:30", "digest": "hourly"}, "2031-05-04T21:40", None, "2031-05-04T21:40", "2031-05-05T06:30"),
        ({"quiet": "22:00-08:00", "digest": "daily"}, "2031-05-04T21:40", None, "2031-05-04T21:40", "2031-05-05T08:00"),
        # on 30 March 2031 the clock jumps from 02:00 to 03:00, on 26 October it shows 02:30 twice
        ({"digest": "daily", "at": "02:30"}, "2031-03-30T00:10", None, "2031-03-30T00:10", "2031-03-30T03:30"),
        ({"digest": "hourly"}, "2031-03-30T01:10", None, "2031-03-30T01:10", "2031-03-30T03:00"),
        ({"quiet": "22:00-06:00"}, "2031-10-26T01:00", None, "2031-10-26T01:00", "2031-10-26T06:00"),
    ],
)
def test_when_it_goes_out(fields: dict[str, str], first: str, last: str | None, now: str, expected: str) -> None:
    def moment(words: str) -> datetime:
        from zoneinfo import ZoneInfo

        return datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(ZONE))

    found = goes_out(rule(**fields), moment(first), moment(last) if last else None, moment(now), ZONE)
    assert found.isoformat()[:16] == expected


def test_the_clock_is_the_storys() -> None:
    """23:10 in Berlin is 02:10 of the next day in Yerevan: quiet there until 06:30."""
    found = datetime.fromisoformat("2031-01-04T23:10:00+01:00")
    until = goes_out(rule(quiet="22:00-06:30"), found, None, found, "Asia/Yerevan")
    assert until.isoformat() == "2031-01-05T06:30:00+04:00"


def test_tries_again_come_ever_more_seldom() -> None:
    assert [after_failures(n) for n in (1, 2, 3)] == [15, 30, 60]
    assert after_failures(50) == 1800
