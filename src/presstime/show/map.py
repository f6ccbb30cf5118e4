"""The map: places where they are, as exact as they are told, with the events and figures that are put there.

In: a view. Out: a `MapRow`, everything that map.html draws, or None where no place has a point. A town is a ring, a district, a region or
an area a circle as wide as it may be off, a country hatched over. Borders are drawn alike and are no verdict.
Example: two invented towns 6 km apart stand as two rings with two labels, and "Karsa", a country, as hatched land.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from presstime.records import Record
from presstime.show.basemap import EARTH_KM, Frame, draw_ground, make_frame, path_of
from presstime.show.basemap_data import Array
from presstime.show.charts_text import text_width, wrap
from presstime.show.map_labels import Align, Box, Spot, Wanted, place_labels
from presstime.show.map_places import AREA_KM, Link, MapPlace, map_places, region
from presstime.show.rows import View
from presstime.show.wording import country_words, plural

__all__ = ["Layer", "Locator", "MapLabel", "MapMark", "MapRow", "PlaceRow", "draw_map", "map_row"]

WIDTH, HEIGHT = 760.0, 540.0
LABELS = {"wide": 40, "narrow": 16}
SIZES = {"wide": 13.0, "narrow": 25.0}
"""Two sets of labels for one picture: on a phone it is shown at less than half its size, and its words must be twice as large."""
HATCHED = 3
LOCATOR = (150, 110)
LOCATED_KM = 1500.0  # a map that reaches farther shows by itself where it is
LISTED = 60
NAMES = 2  # beside the first on a label; the list has them all
LINKS_EACH = 6
_RING = 5.0
_HATCH_GAP = 9.0
_SCALES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


class MapMark(Record, frozen=True):
    """A small mark beside a label: so many events or figures, with the way to the first of them."""

    kind: str
    x: float
    y: float
    size: float
    count: int
    text_x: float
    anchor: str | None
    words: str


class MapLabel(Record, frozen=True):
    """A place's name on the map."""

    x: float
    align: Align
    lines: tuple[tuple[float, str], ...]
    leader: tuple[float, float, float, float] | None
    marks: tuple[MapMark, ...]


class Layer(Record, frozen=True):
    """The words on the map at one size. `lands` are names of countries, for finding one's way only."""

    name: str
    size: float
    labels: tuple[MapLabel, ...]
    lands: tuple[tuple[float, float, str], ...]
    scale_y: float


class PlaceRow(Record, frozen=True):
    """A place in the list below the map."""

    name: str
    names: tuple[str, ...]
    precision: str
    where: str | None
    documents: int
    figures: tuple[Link, ...]
    events: tuple[Link, ...]
    more: int


class Locator(Record, frozen=True):
    """A small map in a corner that shows where in the world the map is; `here` is the map's outline on it (x, y, width, height)."""

    x: float
    y: float
    width: int
    height: int
    land: str
    borders: str
    here: tuple[float, float, float, float]


class MapRow(Record, frozen=True):
    """The map. `areas` are x, y and radius; `rings` x and y; `hatch` and the rest path data."""

    width: int
    height: int
    land: str
    lakes: str
    borders: str
    hatch: str
    areas: tuple[tuple[float, float, float], ...]
    rings: tuple[tuple[float, float], ...]
    layers: tuple[Layer, ...]
    locator: Locator | None
    scale: float
    scale_words: str
    title: str
    description: str
    places: tuple[PlaceRow, ...]
    more: int


def map_row(view: View) -> MapRow | None:
    """The map of everything literally named that has a point."""
    return draw_map(map_places(view))


def draw_map(places: tuple[MapPlace, ...]) -> MapRow | None:
    """The map of places, the most told first; None where there are none."""
    if not places:
        return None
    middle, reach = region(places)
    frame = make_frame(middle, reach, WIDTH, HEIGHT)
    ground = draw_ground(frame)
    shown: list[MapPlace] = []
    outside: list[MapPlace] = []
    for place in places:
        (shown if _in_picture(frame, frame.at(place.lat, place.lon)) else outside).append(place)
    countries = [place for place in shown if place.precision == "country"]
    hatched = [place for place in countries if (place.events or place.figures) and place.country in ground.countries][:HATCHED]
    shown.sort(key=lambda place: place.precision == "country")
    spots = {place.key: frame.at(place.lat, place.lon) for place in shown}
    for place in countries:
        if place.country in ground.countries and (inner := _inside(ground.countries[place.country], frame)):
            spots[place.key] = inner
    scale_km = max((km for km in _SCALES if km / frame.km <= WIDTH / 4), default=_SCALES[0])
    exact = [place for place in shown if place.precision not in ("country", *AREA_KM)]
    named = {place.country for place in countries}
    lands = {code: parts for code, parts in ground.countries.items() if code not in named}
    marked = [(*spots[place.key], max(40.0, AREA_KM.get(place.precision, 0.0) / frame.km)) for place in shown if place not in countries]
    insides = {code: spot for code, parts in lands.items() if (spot := _inside(parts, frame, marked)) is not None}
    locator = _locator(middle, reach, frame, list(spots.values()))
    return MapRow(
        width=int(WIDTH),
        height=int(HEIGHT),
        land=ground.land,
        lakes=ground.lakes,
        borders=ground.borders,
        hatch="".join(_hatch(ground.countries[place.country]) for place in hatched if place.country),
        areas=tuple(
            (*_rounded(*spots[place.key]), round(AREA_KM[place.precision] / frame.km, 1)) for place in shown if place.precision in AREA_KM
        ),
        rings=tuple(_rounded(*spots[place.key]) for place in exact),
        layers=tuple(_layer(name, shown, spots, frame, insides, locator if name == "wide" else None) for name in LABELS),
        locator=locator,
        scale=round(scale_km / frame.km, 1),
        scale_words=f"{scale_km:,} km",
        title="Map of the places named",
        description=_description(shown, outside),
        places=tuple(_place_row(place, place in outside) for place in places[:LISTED]),
        more=max(0, len(places) - LISTED),
    )


def _locator(middle: tuple[float, float], reach: float, frame: Frame, spots: list[tuple[float, float]]) -> Locator | None:
    """The small map, in a corner without a place; None where every corner has one, or the map shows much of the world itself."""
    if reach * EARTH_KM > LOCATED_KM:
        return None
    width, height = LOCATOR
    edge = 8.0
    for x, y in ((WIDTH - width - edge, edge), (edge, edge), (WIDTH - width - edge, HEIGHT - height - edge)):
        if any(x - 30 <= a <= x + width + 30 and y - 30 <= b <= y + height + 30 for a, b in spots):
            continue
        small = make_frame(middle, max(reach * 9, 900 / EARTH_KM), width, height)
        ground = draw_ground(small, outlines=False)
        w, h = (max(6.0, round(side * frame.km / small.km, 1)) for side in (WIDTH, HEIGHT))
        here = (round(width / 2 - w / 2, 1), round(height / 2 - h / 2, 1), w, h)
        return Locator(x=x, y=y, width=width, height=height, land=ground.land, borders=ground.borders, here=here)
    return None


def _rounded(x: float, y: float) -> tuple[float, float]:
    return round(x, 1), round(y, 1)


def _in_picture(frame: Frame, spot: tuple[float, float]) -> bool:
    return 0 <= spot[0] <= frame.width and 0 <= spot[1] <= frame.height


def _layer(
    name: str,
    shown: list[MapPlace],
    spots: dict[str, tuple[float, float]],
    frame: Frame,
    insides: dict[str, tuple[float, float]],
    locator: Locator | None,
) -> Layer:
    size = SIZES[name]
    step, room = size * 1.2, WIDTH * (0.28 if name == "wide" else 0.42)
    wanted, texts = [], []
    for place in shown:
        names = " / ".join((place.name, *place.names[:NAMES]))
        lines = wrap(names + (" / …" if len(place.names) > NAMES else ""), size, room, 3)
        has_marks = bool(place.figures or place.events)
        width = max(*(text_width(line, size) for line in lines), _marks_width(place, size), 1)
        height = step * (len(lines) + has_marks) + 2
        x, y = spots[place.key]
        reach = 0.0 if place.precision == "country" else 2.0 if place.precision in AREA_KM else _RING + 1
        wanted.append(Wanted(x=x, y=y, reach=reach, width=width, height=height, centred=place.precision == "country", far=has_marks))
        texts.append(lines)
    scale_y = HEIGHT - size * 0.9
    taken = [Box(left=0, top=scale_y - size * 1.4, right=WIDTH / 4 + 14 + size * 5, bottom=HEIGHT)]
    if locator is not None:
        taken.append(Box(left=locator.x, top=locator.y, right=locator.x + locator.width, bottom=locator.y + locator.height))
    points = {key: Box(left=x - _RING, top=y - _RING, right=x + _RING, bottom=y + _RING) for key, (x, y) in spots.items()}
    unnamed = [points[place.key] for place in shown[LABELS[name] :]]
    chosen = place_labels(wanted[: LABELS[name]], WIDTH, HEIGHT, taken, unnamed)
    labels = [_label(place, spot, lines, size) for place, spot, lines in zip(shown, chosen, texts, strict=False) if spot is not None]
    return Layer(
        name=name,
        size=size,
        labels=tuple(labels),
        lands=_lands(insides, size * 0.85, [*taken, *points.values()] + [spot.box for spot in chosen if spot is not None]),
        scale_y=scale_y,
    )


def _marks_width(place: MapPlace, size: float) -> float:
    return sum(size * 1.3 + text_width(str(len(links)), size * 0.9) for links in (place.figures, place.events) if links)


def _label(place: MapPlace, spot: Spot, lines: tuple[str, ...], size: float) -> MapLabel:
    step = size * 1.2
    placed = tuple((round(spot.box.top + size * 0.95 + number * step, 1), line) for number, line in enumerate(lines))
    width = _marks_width(place, size)
    edge = {"start": spot.box.left, "middle": (spot.box.left + spot.box.right) / 2, "end": spot.box.right}[spot.align]
    marks, x = [], edge - {"start": 0.0, "middle": width / 2, "end": width}[spot.align]
    y = spot.box.top + step * len(lines) + size * 0.62
    for kind, links in (("figure", place.figures), ("event", place.events)):
        if not links:
            continue
        words = f"{place.name}: {plural(len(links), kind)}. {links[0].words}"
        text_x = x + size * 0.95
        marks.append(
            MapMark(
                kind=kind,
                x=round(x + size * 0.36, 1),
                y=round(y, 1),
                size=round(size * 0.34, 1),
                count=len(links),
                text_x=round(text_x, 1),
                anchor=next((link.anchor for link in links if link.anchor), None),
                words=words,
            )
        )
        x = text_x + text_width(str(len(links)), size * 0.9) + size * 0.35
    leader = spot.leader
    return MapLabel(
        x=round(edge, 1),
        align=spot.align,
        lines=placed,
        leader=(*_rounded(*leader[:2]), *_rounded(*leader[2:])) if leader else None,
        marks=tuple(marks),
    )


def _lands(insides: dict[str, tuple[float, float]], size: float, taken: list[Box]) -> tuple[tuple[float, float, str], ...]:
    """Names of countries where there is room, so that one knows where one is."""
    boxes, found = list(taken), []
    for code, (x, y) in sorted(insides.items()):
        words = country_words(code) or code
        width = text_width(words, size) * 1.12
        for dy in (0.0, -size * 2, size * 2, -size * 4, size * 4):
            box = Box(left=x - width / 2, top=y + dy - size * 0.7, right=x + width / 2, bottom=y + dy + size * 0.5)
            clear = box.left > 2 and box.right < WIDTH - 2 and box.top > 2 and box.bottom < HEIGHT - 2
            if clear and not any(box.meets(other) for other in boxes):
                boxes.append(box)
                found.append((round(x, 1), round(y + dy + size * 0.3, 1), words))
                break
    return tuple(found)


def _inside(parts: list[Array], frame: Frame, marked: Sequence[tuple[float, float, float]] = ()) -> tuple[float, float] | None:
    """A point well inside what is seen of a country and away from what is marked: no name of a country is written over a place.

    None where that leaves too little to write on.
    """
    step = 20.0
    xs, ys = np.arange(step / 2, frame.width, step), np.arange(step / 2, frame.height, step)
    cells = np.array([_covered(parts, float(y), xs) for y in ys])
    for x, y, radius in marked:
        cells &= np.hypot(xs[None, :] - x, ys[:, None] - y) > radius
    depth = np.zeros(cells.shape)
    left = np.pad(cells, 1)
    while left.any():
        depth += left[1:-1, 1:-1]
        core = left[1:-1, 1:-1]
        left = np.pad(core & left[:-2, 1:-1] & left[2:, 1:-1] & left[1:-1, :-2] & left[1:-1, 2:], 1)
    if depth.max(initial=0) < 2:
        return None
    deepest = np.argwhere(depth == depth.max())
    row, column = deepest[np.argmin(np.abs(deepest - deepest.mean(axis=0)).sum(axis=1))]
    return float(xs[column]), float(ys[row])


def _covered(parts: list[Array], y: float, xs: Array) -> Array:
    """Which of the xs lie inside the outlines at height y (even-odd)."""
    crossings = np.sort(np.concatenate([_crossings(part, y) for part in parts]))
    return np.asarray(np.searchsorted(crossings, xs) % 2 == 1)


def _crossings(points: Array, y: float) -> Array:
    x, height = points[:, 0], points[:, 1]
    x_after, height_after = np.roll(x, -1), np.roll(height, -1)
    cut = (height > y) != (height_after > y)
    share = (y - height[cut]) / (height_after - height)[cut]
    return np.asarray(x[cut] + share * (x_after - x)[cut])


def _hatch(parts: list[Array]) -> str:
    """Slanted lines over an area: level ones over the area turned by 45 degrees, and turned back."""
    turn = np.array([[math.cos(math.pi / 4), -math.sin(math.pi / 4)], [math.sin(math.pi / 4), math.cos(math.pi / 4)]])
    turned = [part @ turn for part in parts]
    low, high = min(part[:, 1].min() for part in turned), max(part[:, 1].max() for part in turned)
    path = []
    for y in np.arange(math.ceil(low / _HATCH_GAP) * _HATCH_GAP + 0.01, high, _HATCH_GAP):
        crossings = np.sort(np.concatenate([_crossings(part, float(y)) for part in turned]))
        for a, b in zip(crossings[::2], crossings[1::2], strict=False):
            if b - a > 2:
                path.append(path_of(np.round(np.array([[a, y], [b, y]]) @ turn.T, 1)))
    return "".join(path)


def _description(shown: list[MapPlace], outside: list[MapPlace]) -> str:
    first = "; ".join(_told(place) for place in shown[:12])
    more = f"; and {plural(len(shown) - 12, 'more place')}" if len(shown) > 12 else ""
    beyond = f" Beyond the map: {', '.join(place.name for place in outside[:12])}." if outside else ""
    return f"On the map, most told first: {first}{more}.{beyond} The list below has them all."


def _told(place: MapPlace) -> str:
    parts = [plural(len(place.figures), "figure")] if place.figures else []
    parts += [plural(len(place.events), "event")] if place.events else []
    return f"{place.name} ({', '.join(parts)})" if parts else place.name


def _place_row(place: MapPlace, outside: bool) -> PlaceRow:
    figures, events = place.figures[:LINKS_EACH], place.events[:LINKS_EACH]
    return PlaceRow(
        name=place.name,
        names=place.names,
        precision=place.precision,
        where="beyond the map" if outside else None,
        documents=place.documents,
        figures=figures,
        events=events,
        more=len(place.figures) + len(place.events) - len(figures) - len(events),
    )
