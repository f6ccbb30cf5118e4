"""Fields as a machine-readable source states them: gathered one by one, each with where it came from.

In: a value and the name of the key it stood under. Out: the fields of a `Content`, their provenance, and Problems for
values that are not understood. `stated.date("published", "Tomorow", "rss pubDate")` gives a Problem "published" and no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from presstime.gather.content import Content
from presstime.gather.dates import published_date
from presstime.gather.pieces import Piece, joined, one_line
from presstime.records import Problem, Provenance

__all__ = ["Stated", "array", "at", "from_seconds", "text_at", "web_address"]

_BY = re.compile(r"by:?\s+", re.IGNORECASE)
LONGEST_SHOWN = 80
LATEST_SECONDS = 253_402_300_799
"""The last second of the year 9999, past which there is no date."""


class Stated:
    """What is stated of one text, as it is being found. The first statement of a field that can be used is taken."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.fields: dict[str, str] = {}
        self.provenance: list[Provenance] = []
        self.problems: list[Problem] = []

    def take(self, field: str, value: object, source: str) -> None:
        """`value` as `field`, where it is text (or a number) with anything in it and the field has none yet."""
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        words = one_line(value) if isinstance(value, str) else None
        if words is not None and field == "url" and web_address(words) is None:
            return
        if words is not None and field == "byline":
            words = _BY.sub("", words, count=1) if _BY.match(words) else words
        if words is not None and field not in self.fields:
            self.fields[field] = words
            self.provenance.append(Provenance(field=field, source=source))

    def date(self, value: object, source: str) -> None:
        """`value` as the time of publication; what is not understood is a Problem."""
        if not isinstance(value, str) or not value.strip() or "published" in self.fields:
            return
        moment = published_date(value)
        if moment is None:
            why = f'The date "{value.strip()[:LONGEST_SHOWN]}" ({source}) is not understood and was left out. Write it as 2026-03-04.'
            self.problems.append(Problem(where=self.where, what="published", why=why))
            return
        self.take("published", moment, source)

    def note(self, field: str, source: str) -> None:
        """Where something came from, or of what it is a repeat, beside the fields."""
        self.provenance.append(Provenance(field=field, source=source))

    def problem(self, what: str, why: str) -> None:
        """A Problem of this text."""
        self.problems.append(Problem(where=self.where, what=what, why=why))

    def content(self, pieces: Iterable[Piece], *, marked: bool = False, **more: Any) -> Content:
        """The content of `pieces` with the fields found; the headline and the deck in front of it only where they are among them."""
        text, parts, media = joined(pieces, marked=marked)
        named = {"text": text, "parts": parts, "media": media, **self.fields, **more}
        return Content(provenance=tuple(self.provenance), problems=tuple(self.problems), **named)


def web_address(value: object) -> str | None:
    """`value` where it is the address of a page on the web."""
    if not isinstance(value, str):
        return None
    try:
        parts = urlsplit(value.strip())
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return value.strip() if known and not any(char.isspace() for char in value.strip()) else None


def at(value: Any, *steps: str) -> Any:
    """What stands at a path of keys in nested objects, None where it is not there."""
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def text_at(value: Any, *steps: str) -> str:
    """The text at a path of keys, empty where there is none."""
    found = at(value, *steps)
    return found if isinstance(found, str) else ""


def array(value: Any, *steps: str) -> list[Any]:
    """The list at a path of keys, empty where there is none; one object alone counts as a list of it."""
    found = at(value, *steps) if steps else value
    return found if isinstance(found, list) else [found] if isinstance(found, dict) else []


def from_seconds(value: object) -> str | None:
    """Seconds since 1970, a number or its digits, as ISO 8601 in UTC."""
    try:
        seconds = int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError):
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat() if 0 < seconds <= LATEST_SECONDS else None
