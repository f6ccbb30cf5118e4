"""ICS (RFC 5545): the timeline as a calendar, no more precise than what was told.

In: a `Shown`. Out: a calendar's bytes. An event with a time of day on which all tellings agree stands at that moment; one that is
told by day, part of a day, month, or at differing times takes the whole days it can lie on, as an all-day entry, and its description
gives every telling. One without a day is a journal entry without a date. No time is made up.
Example: "about 04:00 on 3 March" and "03:20 on 3 March" make an all-day entry on 3 March that says both.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from presstime.findings import TimelineEntry
from presstime.show.export.evidence import entry_evidence, evidence_lines
from presstime.show.export.geojson import located
from presstime.show.export.missing import library
from presstime.show.export.shown import Shown
from presstime.show.export.when import event_when, parse_moment, telling_words
from presstime.show.material import place_name
from presstime.show.passages import printable
from presstime.show.wording import WORDS, capital

__all__ = ["ics"]

_STATUS = {"planned": "TENTATIVE", "hypothetical": "TENTATIVE"}


def ics(shown: Shown) -> bytes:
    """The calendar. Raises InputError where icalendar is missing."""
    icalendar = library("icalendar")
    material = shown.material
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//presstime//presstime {material.presstime}//EN")
    calendar.add("version", "2.0")
    calendar.add("name", printable(material.title))
    calendar.add("x-wr-calname", printable(material.title))
    stamp = parse_moment(material.as_of, ZoneInfo(material.time_zone)) or datetime(1980, 1, 1, tzinfo=UTC)
    for entry in (*material.findings.timeline, *material.findings.background):
        calendar.add_component(_component(icalendar, shown, entry, stamp.astimezone(UTC)))
    return bytes(calendar.to_ical())


def _component(icalendar: Any, shown: Shown, entry: TimelineEntry, stamp: datetime) -> Any:
    when = event_when(entry, shown.material.time_zone)
    made = icalendar.Event() if when else icalendar.Journal()
    made.add("uid", f"{printable(entry.id)}@presstime")
    made.add("dtstamp", stamp)
    if when and when.at is not None:
        made.add("dtstart", when.at.astimezone(UTC))
    elif when:
        made.add("dtstart", when.first)
        made.add("dtend", when.last + timedelta(days=1))
    place = place_name(shown.index, entry.place)
    made.add("summary", printable(f"{capital(WORDS.event[entry.type])}{f', {place}' if place else ''} ({entry.standing})"))
    made.add("description", printable(_description(shown, entry)))
    made.add("categories", [entry.type])
    if when:
        if place:
            made.add("location", printable(place))
        point = located(shown, entry)
        if point is not None and point.precision == "town":
            made.add("geo", (point.lat, point.lon))
        made.add("transp", "TRANSPARENT")
        if entry.standing in _STATUS:
            made.add("status", _STATUS[entry.standing])
    return made


def _description(shown: Shown, entry: TimelineEntry) -> str:
    when = event_when(entry, shown.material.time_zone)
    lines = [f"Standing: {entry.standing}."]
    if when is None:
        lines.append("No telling gives a day.")
    elif when.differ or entry.times_differ:
        lines.append("The tellings differ on when; the entry covers the days that all of them name.")
    elif when.days > 1:
        lines.append("Some time within these days; the tellings are no more exact.")
    lines += dict.fromkeys(f"{telling_words(shown.index, one)}: {one.standing}, {one.giver}." for one in entry.tellings)
    lines += evidence_lines(entry_evidence(shown, entry))
    return "\n".join(lines)
