"""The base map's file: its form, and reading it.

Comes in: basemap.bin.xz, which basemap_build.py writes. Goes out: `World`, arcs as points on the unit sphere, rings by what they bound
("land", "lake", or a country's ISO 3166 code), and which arcs are borders.
Example: `load_world().rings["LI"]` are the outlines of one small country, each as the numbers of its arcs.
"""

from __future__ import annotations

import json
import lzma
import struct
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

__all__ = ["LATTICE", "MAGIC", "ORDER", "Array", "Ring", "World", "decode_world", "load_world", "sphere"]

MAGIC = b"presstime basemap 1\n"
LATTICE = 0.0036  # degrees; 400 m at the equator, what world-atlas has
ORDER = ("starts", "counts", "x", "y", "borders", "ring_counts", "ring_arcs", "ring_holes")
_TYPES = {"x": "<i2", "y": "<i2"}

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, kw_only=True)
class Ring:
    """A closed line: its arcs, ~n for arc n backwards; `hole` where it bounds what is not part of the area. `number` counts all rings."""

    number: int
    arcs: tuple[int, ...]
    hole: bool


@dataclass(frozen=True, kw_only=True)
class World:
    """All arcs' points on the unit sphere in one array; arc n has those from `first[n]` to `first[n + 1]`.

    `spans` are how far each arc gets from where it begins, in radians. `ring_arcs` are all rings' arcs in one array, forwards, and ring n
    has those from `ring_first[n]`.
    """

    points: Array
    first: Array
    spans: Array
    borders: tuple[int, ...]
    ring_arcs: Array
    ring_first: Array
    rings: dict[str, tuple[Ring, ...]]

    def arc(self, number: int) -> Array:
        """An arc's points; ~n gives arc n backwards."""
        if number < 0:
            return self.points[self.first[~number] : self.first[~number + 1]][::-1]
        return self.points[self.first[number] : self.first[number + 1]]

    def ring(self, ring: Ring) -> Array:
        """A ring's points."""
        return np.vstack([self.arc(arc) for arc in ring.arcs])


def sphere(lon: Array | float, lat: Array | float) -> Array:
    """Points on the unit sphere from degrees."""
    a, b = np.radians(lon), np.radians(lat)
    return np.stack([np.cos(b) * np.cos(a), np.cos(b) * np.sin(a), np.sin(b)], axis=-1)


@cache
def load_world() -> World:
    """The base map, read once."""
    data = lzma.decompress(files("presstime.show").joinpath("basemap.bin.xz").read_bytes())
    return decode_world(data)


def decode_world(data: bytes) -> World:
    """The base map from its bytes."""
    if not data.startswith(MAGIC):
        raise ValueError("not a base map of this version: run make basemap")
    at = len(MAGIC)
    (size,) = struct.unpack_from("<I", data, at)
    head = json.loads(data[at + 4 : at + 4 + size])
    at += 4 + size
    arrays: dict[str, Array] = {}
    for name in ORDER:
        kind = np.dtype(_TYPES.get(name, "<i4"))
        arrays[name] = np.frombuffer(data, dtype=kind, count=head["sizes"][name], offset=at)
        at += head["sizes"][name] * kind.itemsize
    lengths = arrays["counts"] + 1
    first = np.concatenate([[0], np.cumsum(lengths)])
    steps = np.zeros((int(first[-1]), 2))
    rest = np.ones(len(steps), dtype=bool)
    rest[first[:-1]] = False
    steps[rest, 0], steps[rest, 1] = arrays["x"], arrays["y"]
    walked = np.cumsum(steps, axis=0)
    start = arrays["starts"].reshape(-1, 2) - walked[first[:-1]]
    degrees = (walked + np.repeat(start, lengths, axis=0)) * LATTICE
    points = sphere(degrees[:, 0], degrees[:, 1])
    nearness = (points * np.repeat(points[first[:-1]], lengths, axis=0)).sum(axis=1)
    rings: dict[str, list[Ring]] = {}
    ends = np.cumsum(arrays["ring_counts"])
    arcs = arrays["ring_arcs"].tolist()
    told = zip(head["names"], arrays["ring_counts"].tolist(), ends.tolist(), arrays["ring_holes"].tolist(), strict=True)
    for number, (name, count, end, hole) in enumerate(told):
        rings.setdefault(name, []).append(Ring(number=number, arcs=tuple(arcs[end - count : end]), hole=bool(hole)))
    return World(
        points=points,
        first=first,
        spans=np.arccos(np.clip(np.minimum.reduceat(nearness, first[:-1]), -1, 1)),
        borders=tuple(int(arc) for arc in arrays["borders"]),
        ring_arcs=np.where(arrays["ring_arcs"] < 0, ~arrays["ring_arcs"], arrays["ring_arcs"]),
        ring_first=np.concatenate([[0], ends[:-1]]),
        rings={name: tuple(found) for name, found in rings.items()},
    )
