"""The places of a story as the map needs them, and the region to show.

Comes in: a view. Goes out: `MapPlace`s, the most told first, each with the events and figures that are put there; and the middle and the
reach of the region in which most of it happens.
Example: a town named in six documents with two figures comes before a capital that is named once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from presstime.records import Place, Record
from presstime.show.basemap import EARTH_KM, WIDEST
from presstime.show.basemap_data import Array, sphere
from presstime.show.figures import figure_giver
from presstime.show.passages import printable
from presstime.show.rows import View, normal
from presstime.show.wording import WORDS, amount_words, capital

__all__ = ["AREA_KM", "Link", "MapPlace", "map_places", "region"]

LEAST_KM = 40.0  # from the middle of the map to its nearer edge: less than this the base map has nothing to tell
CORE = 0.7  # of what is told happens in the region shown
LEAP = 2.5  # times as far from the core as the rest of it, and a place is listed and not shown
AREA_KM = {"district": 12.0, "region": 45.0, "area": 8.0}
"""How wide a circle stands for a place that has no one point: half the width of a middling one."""
_ALWAYS_KM = 120.0  # nearer than this, a place is always shown
_WEIGHT = 4  # of an event or a figure, beside a mention


class Link(Record, frozen=True):
    """A line of the report that is put at a place."""

    anchor: str | None
    words: str


class MapPlace(Record, frozen=True):
    """A place: the source's own spelling first, then the others in use, and what is put there."""

    key: str
    name: str
    names: tuple[str, ...]
    precision: str
    country: str | None
    lat: float
    lon: float
    documents: int
    figures: tuple[Link, ...]
    events: tuple[Link, ...]

    @property
    def weight(self) -> int:
        """How much is told of it."""
        return self.documents + _WEIGHT * (len(self.figures) + len(self.events))


@dataclass(kw_only=True)
class _Gathered:
    places: list[Place] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    figures: dict[str, Link] = field(default_factory=dict)
    events: dict[str, Link] = field(default_factory=dict)


def _key(place: Place) -> str:
    own = place.gazetteer or f"{place.lat:.3f} {place.lon:.3f} {normal(place.name)}"
    return f"{own} {normal(place.name)}" if place.kind in ("camp", "facility") else own


def map_places(view: View) -> tuple[MapPlace, ...]:
    """Every place with a point that something literally names, the most told first."""
    index = view.index
    found: dict[str, _Gathered] = {}
    key_of: dict[str, str] = {}
    for place in index.places.values():
        if place.use != "literal" or place.lat is None or place.lon is None or not _on_earth(place.lat, place.lon):
            continue
        key = key_of[place.id] = _key(place)
        gathered = found.setdefault(key, _Gathered())
        gathered.places.append(place)
        gathered.documents.add(index.document_of[place.id])
    for figure in index.figures.values():
        if figure.place in key_of and figure.scope != "past":
            words = f"{capital(amount_words(figure))} {WORDS.measure[figure.measure].verb}, {figure_giver(index, figure)}"
            link = Link(anchor=view.line_of.get(figure.id), words=printable(words))
            found[key_of[figure.place]].figures.setdefault(words, link)
    lines: set[str | None] = set()
    for event in index.events.values():
        if event.place in key_of and event.scope != "past":
            anchor = view.line_of.get(event.id)
            document = index.documents[index.document_of[event.id]]
            told = " ".join(document.text[event.start : event.end].split())
            words = printable(f"{capital(WORDS.event[event.type])}: “{told[:80]}{'…' if len(told) > 80 else ''}”")
            if anchor not in lines:
                found[key_of[event.place]].events.setdefault(normal(words), Link(anchor=anchor, words=words))
            lines.add(anchor)
    made = [_made(key, gathered) for key, gathered in found.items()]
    return tuple(sorted(made, key=lambda place: (-place.weight, place.name, place.key)))


def _on_earth(lat: float, lon: float) -> bool:
    return -90 <= lat <= 90 and -180 <= lon <= 360


def _made(key: str, gathered: _Gathered) -> MapPlace:
    counts: dict[str, int] = {}
    for place in gathered.places:
        counts[place.name] = counts.get(place.name, 0) + 1
    names = sorted(counts, key=lambda name: (-counts[name], name))
    distinct = {normal(name): name for name in sorted(names, key=str.isupper, reverse=True)}
    first = gathered.places[0]
    shown = [printable(_cased(name, first)) for name in names if distinct[normal(name)] == name]
    assert first.lat is not None and first.lon is not None
    return MapPlace(
        key=key,
        name=shown[0],
        names=tuple(shown[1:]),
        precision=first.precision or "town",
        country=first.country,
        lat=first.lat,
        lon=first.lon,
        documents=len(gathered.documents),
        figures=tuple(gathered.figures.values()),
        events=tuple(gathered.events.values()),
    )


def _cased(name: str, place: Place) -> str:
    """A dateline's capitals as the gazetteer writes the name."""
    if not name.isupper() or len(name) < 4:
        return name
    return next((other for other in place.names if normal(other) == normal(name)), name.title())


def region(places: tuple[MapPlace, ...]) -> tuple[tuple[float, float], float]:
    """The middle (degrees) of the region to show, and how far it reaches from there, in radians."""
    told = [place for place in places if place.figures or place.events]
    exact = [place for place in told if place.precision != "country"] or [place for place in places if place.precision != "country"]
    exact = sorted((exact or list(places))[:200], key=lambda place: (place.lat, place.lon))  # names must not move the map
    points = np.array([sphere(place.lon, place.lat) for place in exact])
    weights = np.array([float(place.weight) for place in exact])
    apart = np.arccos(np.clip(points @ points.T, -1, 1))
    middle = int(np.argmin(apart @ weights))
    order = np.argsort(apart[middle], kind="stable")
    kept: list[int] = []
    weight = 0.0
    for one in order:
        distance = float(apart[middle][one])
        leap = kept and distance > max(LEAP * float(apart[middle][kept[-1]]), _ALWAYS_KM / EARTH_KM)
        if kept and weight >= CORE * weights.sum() and leap:
            break
        kept.append(int(one))
        weight += float(weights[one])
    centre, _ = _cap(points[kept])
    own = np.array([AREA_KM.get(exact[one].precision, 0.0) * 0.8 / EARTH_KM for one in kept])
    reach = float((np.arccos(np.clip(points[kept] @ centre, -1, 1)) + own).max())
    lat = math.degrees(math.asin(max(-1.0, min(1.0, float(centre[2])))))
    lon = math.degrees(math.atan2(float(centre[1]), float(centre[0])))
    return (lat, lon), min(WIDEST * 0.8, max(reach * 1.3, LEAST_KM / EARTH_KM))


def _cap(points: Array) -> tuple[Array, float]:
    """About the smallest cap around points: its middle and its reach (Badoiu and Clarkson)."""
    centre = points[0] if len(points) == 1 else points.mean(axis=0)
    if float(np.linalg.norm(centre)) < 1e-6:
        centre = points[0]
    centre = centre / np.linalg.norm(centre)
    for step in range(1, 60):
        farthest = points[int(np.argmin(points @ centre))]
        centre = centre + (farthest - centre) / (step + 1)
        centre = centre / np.linalg.norm(centre)
    return centre, float(np.arccos(np.clip((points @ centre).min(), -1, 1)))
