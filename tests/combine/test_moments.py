"""Times as documents give them: the intervals they cover, and the order of publication."""

from __future__ import annotations

import pytest

from presstime.combine.moments import interval, is_clock, order_of


@pytest.mark.parametrize(
    ("value", "start", "hours"),
    [
        ("2031-05-04", "2031-05-04T00:00:00+00:00", 24),
        ("2031-05-04TAF", "2031-05-04T12:00:00+00:00", 6),
        ("2031-05-04TNI", "2031-05-04T18:00:00+00:00", 12),
        ("2031-05-04T10:00:00+02:00", "2031-05-04T08:00:00+00:00", 1 / 60),
    ],
)
def test_intervals(value: str, start: str, hours: float) -> None:
    found = interval(value)
    assert found is not None and found[0].isoformat() == start and (found[1] - found[0]).total_seconds() == hours * 3600


@pytest.mark.parametrize("value", [None, "", "P9M", "2031", "2031-13-01", "2031-05-04T99:00", "9999-12-31", "0001-01-01T00:00+23:00"])
def test_what_names_no_day_covers_nothing_or_ends_in_time(value: str | None) -> None:
    assert interval(value) is None and not (is_clock(value) and interval(value))


def test_order_puts_a_bare_date_at_its_end_and_the_undated_last() -> None:
    morning, bare, night, undated = (
        order_of("2031-05-04T09:00:00+02:00"),
        order_of("2031-05-04"),
        order_of("2031-05-04", "2031-05-04TNI"),
        order_of(None),
    )
    assert morning < bare < undated and morning < night < undated
