"""Which documents count as of a moment."""

from __future__ import annotations

from datetime import datetime

import pytest
from made_readings import made_document

from presstime.ledger import counts_as_of

MOMENT = "2023-09-19T14:00:00+04:00"


@pytest.mark.parametrize(
    ("published", "gathered", "counted"),
    [
        ("2023-09-19T13:59:59+04:00", None, "published"),
        ("2023-09-19T14:00:00+04:00", None, "published"),
        ("2023-09-19T14:00:01+04:00", None, None),
        ("2023-09-19T10:00:00Z", None, "published"),
        ("2023-09-19T10:30:00Z", None, None),
        ("2023-09-19T13:00", None, "published"),
        ("2023-09-19T15:00", None, None),
        ("2023-09-18", None, "whole-day"),
        ("2023-09-19", None, "whole-day"),
        ("2023-09-19", "2023-09-25", "whole-day"),
        ("2023-09-20", "2023-09-19T08:00:00Z", None),
        (None, "2023-09-19T09:00:00Z", "gathered"),
        (None, "2023-09-19T11:00:00Z", None),
        (None, "2023-09-19", "gathered"),
        (None, "2023-09-20", None),
        ("", "2023-09-19", "gathered"),
        ("last Tuesday", "2023-09-19", "gathered"),
        ("2023-13-45", None, None),
        (None, None, None),
    ],
)
def test_what_counts(published: str | None, gathered: str | None, counted: str | None) -> None:
    document = made_document(1, published=published, gathered=gathered)
    assert counts_as_of(document, datetime.fromisoformat(MOMENT), "Asia/Yerevan") == counted


def test_a_day_is_the_days_of_the_storys_clock() -> None:
    document = made_document(1, published="2023-09-20")
    moment = datetime.fromisoformat("2023-09-19T22:00:00+00:00")
    assert counts_as_of(document, moment, "Asia/Yerevan") == "whole-day"
    assert counts_as_of(document, moment, "UTC") is None


def test_a_moment_without_an_offset_is_on_the_storys_clock() -> None:
    document = made_document(1, published="2023-09-19T12:00:00+00:00")
    assert counts_as_of(document, datetime(2023, 9, 19, 16, 0), "Asia/Yerevan") == "published"
    assert counts_as_of(document, datetime(2023, 9, 19, 15, 59), "Asia/Yerevan") is None
