"""Land, borders, lakes and countries of a region as paths, in Lambert's azimuthal equal-area projection around the region's middle.

Comes in: the middle, how far to show, the picture's size. Goes out: a `Frame` that puts degrees where they belong in the picture, and
`Ground`: path data, cut to the picture. The projection has no seam, so the antimeridian and the poles are like any other place.
Example: a frame around an invented town at 179.9° east shows the coast beyond 180° in one piece.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from presstime.show.basemap_data import Array, Ring, World, load_world, sphere

__all__ = ["EARTH_KM", "Frame", "Ground", "draw_ground", "make_frame", "path_of", "simplified"]

EARTH_KM = 6371.0
WIDEST = math.radians(100)
"""From the middle to the farthest point shown: beyond it the projection distorts too much to be read."""
_MARGIN = 8.0  # pixels that are drawn beyond the picture, so that no cut edge shows
_BEYOND = math.radians(1.5)
_OPPOSITE = math.radians(120)
_FAR = math.radians(150)  # what is farther away is drawn at this distance: it lies outside every picture
_GRAIN = 0.8  # pixels
_TURN = 0.6  # pixels; smaller turns of a line are not drawn
_LEAST = 1.6  # pixels; what is smaller is not drawn


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A picture of a region. `pixels` are pixels per radian at the middle, x to the right and y down."""

    lat: float
    lon: float
    width: float
    height: float
    pixels: float

    @property
    def km(self) -> float:
        """Kilometres per pixel at the middle."""
        return EARTH_KM / self.pixels

    def place(self, points: Array) -> Array:
        """Points on the sphere as x and y in the picture."""
        east, north, towards = self._axes(points)
        distance = np.arccos(np.clip(towards, -1, 1))
        radius = 2 * np.sin(np.minimum(distance, _FAR) / 2)
        flat = np.hypot(east, north)
        safe = np.where(flat > 1e-12, flat, 1)
        away = np.stack([east / safe * radius, -north / safe * radius], axis=-1) * self.pixels
        return np.asarray(away + np.array([self.width / 2, self.height / 2]))

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a place is in the picture."""
        x, y = self.place(sphere(np.array([lon]), np.array([lat])))[0]
        return float(x), float(y)

    def reach(self) -> float:
        """How far the picture's corners are from its middle, in radians."""
        return 2 * math.asin(min(1.0, math.hypot(self.width, self.height) / 2 / self.pixels / 2))

    def _axes(self, points: Array) -> tuple[Array, Array, Array]:
        lat, lon = math.radians(self.lat), math.radians(self.lon)
        east = points @ np.array([-math.sin(lon), math.cos(lon), 0.0])
        north = points @ np.array([-math.sin(lat) * math.cos(lon), -math.sin(lat) * math.sin(lon), math.cos(lat)])
        towards = points @ np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])
        return east, north, towards


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Path data of what the map stands on; `countries` are outlines by ISO 3166 code, as points of the picture."""

    land: str
    lakes: str
    borders: str
    countries: dict[str, list[Array]]


def make_frame(middle: tuple[float, float], radians: float, width: float, height: float) -> Frame:
    """The frame that shows what is within `radians` of the middle (degrees), and more where it is wider than high."""
    shown = 2 * math.sin(min(radians, WIDEST) / 2)
    return Frame(lat=middle[0], lon=middle[1], width=width, height=height, pixels=min(width, height) / 2 / shown)


def draw_ground(frame: Frame, *, outlines: bool = True) -> Ground:
    """The land, lakes and borders in a frame, and the countries seen in it; without `outlines`, land and borders only."""
    world = load_world()
    towards = world.points @ sphere(frame.lon, frame.lat)
    near = np.maximum.reduceat(towards, world.first[:-1]) >= math.cos(min(math.pi, frame.reach() * 1.1 + _BEYOND))
    # A ring concerns the picture where its line comes near, or where it is long enough to lie around it.
    spans = np.add.reduceat(world.spans[world.ring_arcs], world.ring_first)
    concerns = (np.logical_or.reduceat(near[world.ring_arcs], world.ring_first) | (spans > frame.reach() + _BEYOND)).tolist()
    cut: dict[str, list[Array]] = {}
    for name, rings in world.rings.items() if outlines else [("land", world.rings["land"])]:
        parts = [part for ring in rings if concerns[ring.number] for part in _cut_ring(world, frame, ring)]
        cut[name] = parts if len(name) == 2 else [line for part in parts if len(np.unique(line := simplified(part), axis=0)) >= 3]
    return Ground(
        land="".join(_closed_path(part) for part in cut.get("land", ())),
        lakes="".join(_closed_path(part) for part in cut.get("lake", ())),
        borders="".join(_open_path(frame, world.arc(arc)) for arc in world.borders if near[arc]),
        countries={name: parts for name, parts in cut.items() if len(name) == 2 and parts},
    )


def _cut_ring(world: World, frame: Frame, ring: Ring) -> list[Array]:
    """A ring as it is seen in the picture: nothing, or its points, and the picture's edge where it is inside out."""
    sphere_points = world.ring(ring)
    towards = sphere_points @ sphere(frame.lon, frame.lat)
    if towards.max() < math.cos(WIDEST):
        return []
    points = _filled(frame, sphere_points, towards)
    parts = []
    if not ring.hole and towards.min() < math.cos(_OPPOSITE):
        # A ring around the point opposite the middle comes out inside out, which shows in the way round it goes.
        x, y = points[:, 0] - points[0, 0], points[:, 1] - points[0, 1]
        if float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) < 0:
            parts.append(_edge(frame))
    cut = _clip(points, frame)
    if len(cut) >= 3:
        parts.append(cut)
    return parts


def _filled(frame: Frame, points: Array, towards: Array) -> Array:
    """A ring in the picture, with points put in where, far off, a straight line would cut across the picture."""
    flat = frame.place(points)
    far = towards < math.cos(WIDEST)
    both = far & np.roll(far, -1)
    if not both.any():
        return flat
    middle = np.array([frame.width / 2, frame.height / 2])
    around = flat - middle
    angle, radius = np.arctan2(around[:, 1], around[:, 0]), np.hypot(around[:, 0], around[:, 1])
    turn = (np.roll(angle, -1) - angle + math.pi) % (2 * math.pi) - math.pi
    parts = np.where(both, np.maximum(1, np.ceil(np.abs(turn) / math.radians(5))), 1).astype(int)
    if parts.max() == 1:
        return flat
    index = np.repeat(np.arange(len(parts)), parts)
    share = (np.arange(len(index)) - np.repeat(np.cumsum(parts) - parts, parts)) / parts[index]
    radii = radius[index] + share * (np.roll(radius, -1) - radius)[index]
    angles = angle[index] + share * turn[index]
    round_ = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=-1) + middle
    return np.where((share == 0)[:, None], flat[index], round_)


def _edge(frame: Frame) -> Array:
    a, b, right, bottom = -_MARGIN, -_MARGIN, frame.width + _MARGIN, frame.height + _MARGIN
    return np.array([[a, b], [right, b], [right, bottom], [a, bottom]])


def _clip(points: Array, frame: Frame) -> Array:
    """A ring cut to the picture (Sutherland and Hodgman), side by side; runs beyond a side are first reduced to their ends."""
    for axis, bound, sign in ((0, -_MARGIN, 1), (0, frame.width + _MARGIN, -1), (1, -_MARGIN, 1), (1, frame.height + _MARGIN, -1)):
        if len(points) < 3:
            return points[:0]
        depth = (points[:, axis] - bound) * sign
        inside = depth >= 0
        if inside.all():
            continue
        if not inside.any():
            return points[:0]
        after = np.roll(points, -1, axis=0)
        depth_after = np.roll(depth, -1)
        crosses = inside != np.roll(inside, -1)
        share = np.where(crosses, depth / np.where(crosses, depth - depth_after, 1), 0)
        crossing = points + share[:, None] * (after - points)
        both = np.stack([points, crossing], axis=1).reshape(-1, 2)
        points = both[np.stack([inside, crosses], axis=1).reshape(-1)]
    return _thin(points)


def _thin(points: Array) -> Array:
    """A ring on the grid, each of its points once; empty where too little is left to see."""
    if np.ptp(points, axis=0).max(initial=0) < _LEAST:
        return points[:0]
    grid = _gridded(points)
    return grid if len(grid) >= 3 and len(np.unique(grid, axis=0)) >= 3 else grid[:0]


def _gridded(points: Array) -> Array:
    grid = np.rint(points / _GRAIN)
    keep = np.ones(len(grid), dtype=bool)
    keep[1:] = (grid[1:] != grid[:-1]).any(axis=1)
    return np.asarray(grid[keep] * _GRAIN)


def simplified(points: Array) -> Array:
    """A line on the grid, without the points that lie closer than a grain to the line without them (Douglas and Peucker)."""
    line = _gridded(points)
    kept = np.zeros(len(line), dtype=bool)
    kept[[0, -1]] = True
    stack = [(0, len(line) - 1)]
    while stack:
        low, high = stack.pop()
        if high - low < 2:
            continue
        between, chord = line[low + 1 : high] - line[low], line[high] - line[low]
        length = float(np.hypot(*chord))
        if length > 0:
            along = np.clip(between @ chord / length, 0, length)
            apart = np.hypot(*(between - along[:, None] * (chord / length)).T)
        else:
            apart = np.hypot(*between.T)
        widest = int(np.argmax(apart))
        if apart[widest] > _TURN:
            kept[low + 1 + widest] = True
            stack += [(low, low + 1 + widest), (low + 1 + widest, high)]
    return np.asarray(line[kept])


def _open_path(frame: Frame, points: Array) -> str:
    """A line, cut to the picture roughly: runs of points in it, and the first beyond it on either side."""
    flat = frame.place(points)
    high = (frame.width + _MARGIN, frame.height + _MARGIN)
    inside: Array = np.all((flat > -_MARGIN) & (flat < high), axis=1)
    wide = inside.copy()
    wide[1:] |= inside[:-1]
    wide[:-1] |= inside[1:]
    edges = np.flatnonzero(np.diff(np.concatenate([[False], wide, [False]]).astype(int)))
    return "".join(path_of(simplified(flat[a:b])) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 1)


def path_of(points: Array) -> str:
    """Path data of a line, in steps from point to point."""
    if len(points) < 2:
        return ""
    steps = np.diff(points, axis=0)
    first = f"M{_short(points[0][0])} {_short(points[0][1])}l"
    return first + " ".join(f"{_short(x)} {_short(y)}" for x, y in steps.tolist())


def _closed_path(points: Array) -> str:
    path = path_of(points)
    return path + "z" if path else ""


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0") if number else "0"
