from __future__ import annotations

import pytest

from presstime.gather.dates import date_in_url, published_date


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03-04", "2026-03-04"),
        ("20260304", "2026-03-04"),
        ("2026-03-04T18:20:00+02:00", "2026-03-04T18:20:00+02:00"),
        ("2026-03-04T18:20:00Z", "2026-03-04T18:20:00+00:00"),
        ("2026-03-04 18:20 ", "2026-03-04"),
        ("Wed, 04 Mar 2026 18:20:00 +0200", "2026-03-04T18:20:00+02:00"),
        ("4 March 2026", "2026-03-04"),
        ("Wednesday, March 4, 2026", "2026-03-04"),
        ("4th Mar 2026", "2026-03-04"),
        ("31 February 2026", None),
        ("4 Brumaire 2026", None),
        ("March 2026", None),
        ("today", None),
        ("", None),
        ("9" * 1000, None),
    ],
)
def test_dates_as_they_are_written(written, read):
    assert published_date(written) == read


def test_the_date_in_an_address():
    assert date_in_url("https://a.example/2026/03/04/velmora") == "2026-03-04"
    assert date_in_url("https://a.example/2026/33/04/velmora") is None
    assert date_in_url("https://a.example/velmora-12345") is None
