"""The map of the places that a story names, drawn as in the report, with ways into the desk.

Comes in: places as the ledger counts them. Goes out: a `MapRow` of show/map.py. It is drawn anew only where the places have changed.
Example: two invented towns, one with 3 figures, are two rings, and the 3 leads to the figures of that town.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from presstime.desk.asking import Ask, link
from presstime.ledger.lookups_names import PlaceRow, place_uses, places_on_map

if TYPE_CHECKING:
    from presstime.show.map import MapRow

__all__ = ["SHOWN", "story_map"]

SHOWN = 400
"""Places drawn, the most named first: the labels of more do not fit."""
_KEPT = 8
_MOST = 999
_drawn: OrderedDict[int, MapRow | None] = OrderedDict()
_lock = threading.Lock()


def story_map(ask: Ask) -> MapRow | None:
    """The map of everything this person may see; None where no place has a point."""
    places = places_on_map(ask.look, ask.sight)[:SHOWN]
    if not places:
        return None
    uses = {use.key: (use.figures, use.events) for use in place_uses(ask.look, ask.sight)}
    key = hash((places, tuple(sorted(uses.items()))))
    with _lock:
        if key not in _drawn:
            _drawn[key] = _draw(places, uses)
            while len(_drawn) > _KEPT:
                _drawn.popitem(last=False)
        return _drawn[key]


def _draw(places: tuple[PlaceRow, ...], uses: dict[str, tuple[int, int]]) -> MapRow | None:
    from presstime.show.map import draw_map
    from presstime.show.map_places import Link, MapPlace

    found = []
    for one in places:
        assert one.lat is not None and one.lon is not None
        figures, events = uses.get(one.key, (0, 0))
        of_figures = Link(anchor=link("figures", place=one.key), words=f"{figures:,} figures")
        of_events = Link(anchor=link("events", place=one.key), words=f"{events:,} events")
        found.append(
            MapPlace(
                key=one.key,
                name=one.name,
                names=tuple(name for name in one.names if name != one.name),
                precision=one.precision or "town",
                country=one.country,
                lat=one.lat,
                lon=one.lon,
                documents=one.documents,
                figures=(of_figures,) * min(figures, _MOST),
                events=(of_events,) * min(events, _MOST),
            )
        )
    return draw_map(tuple(sorted(found, key=lambda place: (-place.weight, place.name, place.key))))
