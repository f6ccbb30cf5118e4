"""GeoJSON (RFC 7946): the events and places of a story as points, with how precise they are and every name.

In: a `Shown`. Out: a FeatureCollection in WGS 84, UTF-8. A point stands for a town, a district, a region or a country, as
`precision` says: draw it as an area of that size. Only places named as places are there, not "Paris said"; an event without a
located place is counted in `events_without_a_point` and not placed. No border is drawn and no name preferred: `name` is the source's.
Example: a feature of kind "event" with the properties `type`, `standing`, `place`, `names`, `precision`, `tellings`.
"""

from __future__ import annotations

import json
from typing import Any

from presstime.findings import TimelineEntry
from presstime.records import Place
from presstime.show.export.cells import storable
from presstime.show.export.evidence import entry_evidence
from presstime.show.export.shown import Shown
from presstime.show.export.when import event_when, telling_words
from presstime.show.material import place_name

__all__ = ["geojson", "located"]


def geojson(shown: Shown) -> bytes:
    """The features: events first, then places."""
    findings = shown.material.findings
    entries = [(entry, False) for entry in findings.timeline] + [(entry, True) for entry in findings.background]
    spellings = _spellings(shown)
    events = [
        _event(shown, entry, place, background, spellings) for entry, background in entries if (place := located(shown, entry)) is not None
    ]
    made = {
        "type": "FeatureCollection",
        "title": shown.material.title,
        "as_of": shown.material.as_of,
        "note": "Points stand for places of the size that precision tells. Names are the sources' own; no border or name is a verdict.",
        "events_without_a_point": len(entries) - len(events),
        "features": [*events, *_places(shown, spellings)],
    }
    return (storable(json.dumps(made, ensure_ascii=False, indent=1)) + "\n").encode("utf-8")


def located(shown: Shown, entry: TimelineEntry) -> Place | None:
    """The place of an event, where it has a point: the entry's own, else that of its first telling that has one."""
    index = shown.index
    own = [index.places.get(entry.place or ""), index.places_by_gazetteer.get(entry.place or "")]
    told = [index.places.get(event.place or "") for t in entry.tellings if (event := index.events.get(t.event))]
    return next((p for p in (*own, *told) if p is not None and p.use == "literal" and p.lat is not None and p.lon is not None), None)


def _feature(kind: str, ident: str, place: Place, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": ident,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {"kind": kind} | properties,
    }


def _spellings(shown: Shown) -> dict[str, set[str]]:
    """The spellings that the documents use for each entry of the gazetteer."""
    found: dict[str, set[str]] = {}
    for place in shown.index.places.values():
        if place.gazetteer is not None and place.use == "literal":
            found.setdefault(place.gazetteer, set()).add(place.name)
    return found


def _placed(place: Place, spellings: dict[str, set[str]]) -> dict[str, Any]:
    names = spellings.get(place.gazetteer or "", set()) | set(place.names)
    return {
        "names": sorted(names - {place.name}),
        "gazetteer": place.gazetteer,
        "country": place.country,
        "province": place.province,
        "precision": place.precision,
        "place_kind": place.kind,
    }


def _event(shown: Shown, entry: TimelineEntry, place: Place, background: bool, spellings: dict[str, set[str]]) -> dict[str, Any]:
    when = event_when(entry, shown.material.time_zone)
    tellings = [
        {"event": t.event, "when": telling_words(shown.index, t), "from": t.from_, "to": t.to, "standing": t.standing, "giver": t.giver}
        for t in entry.tellings
    ]
    evidence = [
        {"document": e.document, "start": e.start, "end": e.end, "words": e.words, "outlet": e.outlet, "origin": e.origin_name}
        for e in entry_evidence(shown, entry)
    ]
    properties: dict[str, Any] = {
        "type": entry.type,
        "standing": entry.standing,
        "background": background,
        "place": place_name(shown.index, entry.place) or place.name,
        **_placed(place, spellings),
        "first_day": when.first.isoformat() if when else None,
        "last_day": when.last.isoformat() if when else None,
        "times_differ": entry.times_differ or bool(when and when.differ),
        "independent_at_most": entry.independent_at_most or None,
        "tellings": tellings,
        "evidence": evidence,
    }
    return _feature("event", entry.id, place, properties)


def _places(shown: Shown, spellings: dict[str, set[str]]) -> list[dict[str, Any]]:
    """Each place once: those of one gazetteer entry are one, under the spelling that was read first."""
    groups: dict[str, list[Place]] = {}
    for place in shown.index.places.values():
        if place.use == "literal" and place.lat is not None and place.lon is not None:
            groups.setdefault(place.gazetteer or f"{place.name} {place.lat} {place.lon}", []).append(place)
    index = shown.index
    return [
        _feature(
            "place",
            group[0].id,
            group[0],
            {
                "name": group[0].name,
                **_placed(group[0], spellings),
                "mentions": [{"document": index.document_of[p.id], "start": p.start, "end": p.end, "name": p.name} for p in group],
            },
        )
        for group in groups.values()
    ]
