"""GeoJSON, ICS, Atom and JSON-LD, read back by shapely, icalendar, feedparser and rdflib."""

from __future__ import annotations

import html
import json
from datetime import UTC, date, datetime
from typing import Any

import feedparser
import icalendar
import pytest
import rdflib
from shapely.geometry import Point, shape

from presstime.findings import Findings, Telling, TimelineEntry
from presstime.show.differences import DifferenceLine
from presstime.show.export.atom import atom
from presstime.show.export.geojson import geojson
from presstime.show.export.ics import ics
from presstime.show.export.json_ld import json_ld
from presstime.show.export.shown import Shown, shown_material
from presstime.show.export.when import event_when
from presstime.show.material import Material

from ..story import Desk

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
STORIES = ("example", "flood", "hostile", "empty")


@pytest.fixture(params=STORIES)
def shown(request: pytest.FixtureRequest) -> Shown:
    found: Shown = request.getfixturevalue(request.param)
    return found


def told(*spans: tuple[str | None, str | None]) -> Shown:
    """A story of one event, told once for each span."""
    desks, tellings = [], []
    for number, (start, end) in enumerate(spans):
        desk = Desk(f"doc-{number}", f"Paper {number}", [("paragraph", "Shells fell on Velm.")], published="2026-03-03")
        place = desk.place("Velm", "geonames:1", lat=45.5, lon=12.25, precision="town", country="AM")
        tellings.append(
            Telling(event=desk.event("Shells fell", "ASSAULT", place=place), from_=start, to=end, standing="reported", giver=f"P{number}")
        )
        desks.append(desk)
    entry = TimelineEntry(
        id="entry-1", type="ASSAULT", place="geonames:1", tellings=tuple(tellings), standing="reported", times_differ=False
    )
    return shown_material(
        Material(
            title="Velm",
            as_of="2026-03-03T20:00:00+01:00",
            time_zone="Europe/Berlin",
            findings=Findings(as_of="2026-03-03T20:00:00+01:00", timeline=(entry,)),
            readings=tuple(desk.reading() for desk in desks),
        )
    )


# ---------------------------------------------------------------- GeoJSON


def test_points_come_back(example: Shown) -> None:
    features = json.loads(geojson(example))["features"]
    found = {feature["properties"]["name"]: shape(feature["geometry"]) for feature in features if feature["properties"]["kind"] == "place"}
    located = {p.name: Point(p.lon, p.lat) for p in example.index.places.values() if p.use == "literal" and p.lat is not None}
    assert found and all(located[name].equals(point) for name, point in found.items())
    assert found["Harnoy"].equals(Point(-128.10, -44.80))
    assert len(features) == len({feature["id"] for feature in features})


def test_an_event_has_its_place_names_precision_and_evidence() -> None:
    (event, place) = json.loads(geojson(told(("2026-03-03", "2026-03-04"))))["features"]
    assert event["geometry"] == {"type": "Point", "coordinates": [12.25, 45.5]}
    properties = event["properties"]
    assert (properties["place"], properties["precision"], properties["first_day"]) == ("Velm", "town", "2026-03-03")
    assert properties["evidence"][0] | {"origin": None} == {
        "document": "doc-0",
        "start": 0,
        "end": 11,
        "words": "Shells fell",
        "outlet": "Paper 0",
        "origin": None,
    }
    assert place["properties"]["name"] == "Velm"


def test_what_cannot_be_placed_is_counted_and_not_placed(shown: Shown) -> None:
    made = json.loads(geojson(shown))
    events = [feature for feature in made["features"] if feature["properties"]["kind"] == "event"]
    findings = shown.material.findings
    assert len(events) + made["events_without_a_point"] == len(findings.timeline) + len(findings.background)
    assert all(shape(feature["geometry"]).is_valid for feature in made["features"])


# ---------------------------------------------------------------- ICS


def components(shown: Shown) -> list[Any]:
    calendar = icalendar.Calendar.from_ical(ics(shown))
    return [each for each in calendar.walk() if each.name in ("VEVENT", "VJOURNAL")]


@pytest.mark.parametrize(
    ("spans", "start", "end"),
    [
        ([("2026-03-03T04:00:00+01:00", "2026-03-03T04:01:00+01:00")], datetime(2026, 3, 3, 3, 0, tzinfo=UTC), None),
        ([("2026-03-03", "2026-03-04")], date(2026, 3, 3), date(2026, 3, 4)),
        ([("2026-03-03T18:00:00+01:00", "2026-03-04T00:00:00+01:00")], date(2026, 3, 3), date(2026, 3, 4)),
        ([("2026-03-03T18:00:00+01:00", "2026-03-04T06:00:00+01:00")], date(2026, 3, 3), date(2026, 3, 5)),
        ([("2026-03-01", "2026-04-01")], date(2026, 3, 1), date(2026, 4, 1)),
        # the day, and a moment in it: the moment says it all
        ([("2026-03-03", "2026-03-04"), ("2026-03-03T04:00", "2026-03-03T04:01")], datetime(2026, 3, 3, 3, 0, tzinfo=UTC), None),
        # two moments of one day: the day
        ([("2026-03-03T03:20", "2026-03-03T03:21"), ("2026-03-03T04:00", "2026-03-03T04:01")], date(2026, 3, 3), date(2026, 3, 4)),
        # two days: both
        ([("2026-03-02", "2026-03-03"), ("2026-03-03", "2026-03-04")], date(2026, 3, 2), date(2026, 3, 4)),
    ],
)
def test_a_calendar_is_no_more_exact_than_what_was_told(spans: Any, start: Any, end: Any) -> None:
    (event,) = components(told(*spans))
    assert event.name == "VEVENT"
    assert event["dtstart"].dt == start
    assert (event["dtend"].dt if "dtend" in event else None) == end


def test_differing_times_are_in_the_description() -> None:
    (event,) = components(told(("2026-03-03T03:20", "2026-03-03T03:21"), ("2026-03-03T04:00", "2026-03-03T04:01")))
    words = str(event["description"])
    assert "03:20, 3 March 2026: reported, P0." in words and "04:00, 3 March 2026: reported, P1." in words and "differ" in words


def test_what_has_no_day_has_no_date() -> None:
    (journal,) = components(told((None, None)))
    assert journal.name == "VJOURNAL" and "dtstart" not in journal and "No telling gives a day." in str(journal["description"])


def test_the_calendar_holds_the_timeline(shown: Shown) -> None:
    found = components(shown)
    entries = (*shown.material.findings.timeline, *shown.material.findings.background)
    assert [str(each["uid"]) for each in found] == [f"{entry.id}@presstime" for entry in entries]
    for each, entry in zip(found, entries, strict=True):
        when = event_when(entry, shown.material.time_zone)
        if when is not None and when.at is None:
            assert (each["dtstart"].dt, each["dtend"].dt.toordinal()) == (when.first, when.last.toordinal() + 1)
    assert ics(shown) == ics(shown)
    assert all(len(line) <= 75 for line in ics(shown).split(b"\r\n"))


# ---------------------------------------------------------------- Atom


def test_a_feed_of_everything(shown: Shown) -> None:
    feed = feedparser.parse(atom(shown))
    assert not feed.bozo, feed.get("bozo_exception")
    findings = shown.material.findings
    figures = sum(p.superseded_by is None and p.figure in shown.index.figures for s in findings.series for li in s.lines for p in li.points)
    assert len(feed.entries) == figures + len(findings.disputes) + len(findings.timeline)
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    dates = [entry.updated for entry in feed.entries]
    assert dates == sorted(dates, reverse=True)
    assert atom(shown) == atom(shown)


def test_a_feed_of_what_is_new(flood: Shown) -> None:
    lines = (
        DifferenceLine(kind="new", of="figure", words="New: Ledovian Health Ministry, killed, Velm: 19", before=None, after="19"),
        DifferenceLine(kind="newly denied", of="dispute", words="Newly denied: <gates> & “purpose”", before="claimed", after="denied"),
    )
    feed = feedparser.parse(atom(flood, lines))
    assert [html.unescape(entry.title) for entry in feed.entries] == [line.words for line in lines]
    assert "Before: claimed" in feed.entries[1].content[0].value
    assert feed.feed.title == "Flood at Velm: what is new" and feed.feed.updated == "2026-03-03T19:00:00Z"


# ---------------------------------------------------------------- JSON-LD


def graph(shown: Shown) -> rdflib.Graph:
    found = rdflib.Graph()
    found.parse(data=json_ld(shown).decode("utf-8"), format="json-ld")
    return found


def test_annotations_come_back_with_their_words(example: Shown) -> None:
    found = graph(example)
    annotations = set(found.subjects(rdflib.RDF.type, OA.Annotation))
    records = sum(len(r.statements) + len(r.figures) + len(r.events) for r in example.material.readings)
    assert len(annotations) == records
    documents = {str(s): str(o) for s, o in found.subject_objects(rdflib.DCTERMS.identifier)}
    checked = 0
    for target in found.objects(None, OA.hasTarget):
        document = documents[str(found.value(target, OA.hasSource))]
        text = example.index.documents[document].text
        selectors = list(found.objects(target, OA.hasSelector))
        position = next(s for s in selectors if (s, rdflib.RDF.type, OA.TextPositionSelector) in found)
        quoted = next(s for s in selectors if (s, rdflib.RDF.type, OA.TextQuoteSelector) in found)
        start, end = (int(found.value(position, one)) for one in (OA.start, OA.end))
        assert str(found.value(quoted, OA.exact)) == text[start:end]
        before, after = (str(found.value(quoted, one) or "") for one in (OA.prefix, OA.suffix))
        assert text[:start].endswith(before) and text[end:].startswith(after)
        checked += 1
    assert checked >= records


def test_provenance_names_reader_and_outlet(flood: Shown) -> None:
    found = graph(flood)
    assert len(set(found.subjects(rdflib.RDF.type, PROV.Entity))) == len(flood.index.documents)
    assert len(set(found.subjects(rdflib.RDF.type, PROV.Activity))) == len(flood.index.documents)
    assert len(set(found.subjects(rdflib.RDF.type, PROV.SoftwareAgent))) == 1
    labels = {str(found.value(agent, rdflib.RDFS.label)) for agent in found.objects(None, PROV.wasAttributedTo)}
    assert labels == {document.outlet for document in flood.index.documents.values()}


@pytest.mark.parametrize("name", ["hostile", "empty"])
def test_any_text_makes_a_graph(name: str, request: pytest.FixtureRequest) -> None:
    shown: Shown = request.getfixturevalue(name)
    assert "http" not in json.dumps([v for v in json.loads(json_ld(shown))["@context"].values() if isinstance(v, list)])
    found = graph(shown)
    assert len(set(found.subjects(rdflib.RDF.type, OA.Annotation))) == 3 * len(shown.index.documents)
