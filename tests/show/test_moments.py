from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstime.show.moments import interval_words, moment_words, timex_words


@pytest.mark.parametrize(
    ("iso", "zone", "wanted"),
    [
        ("2026-03-03T20:00:00+01:00", "Europe/Berlin", "20:00, 3 March 2026"),
        ("2026-03-03T23:30:00Z", "Europe/Berlin", "00:30, 4 March 2026"),
        ("2026-03-03", "Europe/Berlin", "3 March 2026"),
        ("2026-03-03T20:00:00Z", "No/Where", "20:00, 3 March 2026"),
        ("last week", "UTC", "last week"),
        (None, "UTC", None),
    ],
)
def test_moment_words(iso: str | None, zone: str, wanted: str | None) -> None:
    assert moment_words(iso, zone) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2026-03-03", "3 March 2026"),
        ("2026-03-03TAF", "the afternoon of 3 March 2026"),
        ("2026-03-03T04:00", "04:00, 3 March 2026"),
        ("2026-03", "March 2026"),
        ("2026", "2026"),
        ("2026-W10", "week 10 of 2026"),
        ("P9M", "9 months"),
        ("PT1H", "1 hour"),
        ("P1Y6M", "1 year and 6 months"),
        ("2025-12/2026-03", "December 2025 to March 2026"),
        ("PRESENT_REF", "PRESENT_REF"),
        ("2026-99-99", "2026-99-99"),
        (None, None),
    ],
)
def test_timex_words(value: str | None, wanted: str | None) -> None:
    assert timex_words(value) == wanted


def test_approximate_times_say_so() -> None:
    assert timex_words("2026-03-03T04:00", approximate=True) == "about 04:00, 3 March 2026"


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("2026-03-03", "2026-03-04", "3 March 2026"),
        ("2026-03-03T00:00:00+01:00", "2026-03-04T00:00:00+01:00", "3 March 2026"),
        ("2026-03-03T04:00:00+01:00", "2026-03-03T04:01:00+01:00", "04:00, 3 March 2026"),
        ("2026-03-03T12:00:00+01:00", "2026-03-03T18:00:00+01:00", "12:00 to 18:00, 3 March 2026"),
        ("2026-03-01", "2026-03-04", "1 March 2026 to 3 March 2026"),
        ("2026-03-03", None, "from 3 March 2026"),
        (None, None, "time not given"),
    ],
)
def test_interval_words(start: str | None, end: str | None, wanted: str) -> None:
    assert interval_words(start, end, "Europe/Berlin") == wanted


@given(st.text(alphabet="0123456789-:TPMYDWXAFNIEV/+Z ", max_size=24), st.text(alphabet="0123456789-:TZ+", max_size=24))
def test_no_value_breaks_the_wording(value: str, other: str) -> None:
    assert timex_words(value) is not None
    assert moment_words(value, "Europe/Berlin") is not None
    assert interval_words(value, other)
