"""Where labels go on the map, so that none covers another or a place.

Comes in: for each place its point, its symbol's radius and its label's size, the most important first. Goes out: the corner of each label
and, where it had to go some way off, a line back to the place; None where no room was left.
Example: two towns 20 pixels apart get one label to the left and one to the right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from presstime.records import Record

__all__ = ["Align", "Box", "Spot", "Wanted", "place_labels"]

_GAP = 4.0
_APART = 0.5  # pixels between two labels: where they stand is rounded to tenths
_AROUND = tuple((dx, dy) for dy in (0, -2, 2, -4, 4, -6, 6) for dx in (0, -1, 1, -3, 3))
_FAR_STEPS = (14.0, 30.0, 50.0, 75.0, 105.0, 140.0)  # pixels away from the symbol, where nothing nearer is free
_FEW = 2

Align = Literal["start", "middle", "end"]


class Box(Record, frozen=True):
    """Some room in the picture that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two boxes have any room in common."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


class Wanted(Record, frozen=True):
    """A label to be placed: its point, how far its symbol reaches, and its size.

    `centred` is for land, whose name stands on it; without `far` a label is left out rather than put a long way off.
    """

    x: float
    y: float
    reach: float
    width: float
    height: float
    centred: bool = False
    far: bool = True


class Spot(Record, frozen=True):
    """Where a label is, and how its lines are set; `leader` is the line from the place to it (x1, y1, x2, y2)."""

    box: Box
    align: Align = "start"
    leader: tuple[float, float, float, float] | None = None


def place_labels(wanted: list[Wanted], width: float, height: float, taken: list[Box], unnamed: Sequence[Box] = ()) -> list[Spot | None]:
    """A spot for each label that finds room, in the order given: the first ones choose.

    Nothing goes over what is `taken`, and no label over `unnamed`, the symbols of places that get no label.
    """
    boxes = list(taken)
    symbols = [Box(left=one.x - one.reach, top=one.y - one.reach, right=one.x + one.reach, bottom=one.y + one.reach) for one in wanted]
    leaders: list[tuple[float, float, float, float]] = []
    spots: list[Spot | None] = []
    for number, one in enumerate(wanted):
        others = [*symbols[:number], *symbols[number + 1 :], *unnamed]
        spot = next((spot for spot in _candidates(one) if _fits(spot, width, height, boxes, others, leaders)), None)
        spots.append(spot)
        if spot is not None:
            box = spot.box
            boxes.append(Box(left=box.left - _APART, top=box.top - _APART, right=box.right + _APART, bottom=box.bottom + _APART))
            if spot.leader is not None:
                leaders.append(spot.leader)
    return spots


def _box(left: float, top: float, one: Wanted) -> Box:
    return Box(left=left, top=top, right=left + one.width, bottom=top + one.height)


def _candidates(one: Wanted) -> list[Spot]:
    near, w, h = one.reach + _GAP, one.width, one.height
    if one.centred:
        return [Spot(box=_box(one.x - w / 2 + dx * w / 4, one.y - h / 2 + dy * h / 2, one), align="middle") for dx, dy in _AROUND]
    corner = near * 0.75
    right, left, middle = one.x + corner, one.x - corner - w, one.x - w / 2
    found = [
        Spot(box=_box(one.x + near, one.y - h / 2, one)),
        Spot(box=_box(one.x - near - w, one.y - h / 2, one), align="end"),
        Spot(box=_box(right, one.y - corner - h, one)),
        Spot(box=_box(right, one.y + corner, one)),
        Spot(box=_box(left, one.y - corner - h, one), align="end"),
        Spot(box=_box(left, one.y + corner, one), align="end"),
        Spot(box=_box(middle, one.y - near - h, one), align="middle"),
        Spot(box=_box(middle, one.y + near, one), align="middle"),
    ]
    for step in _FAR_STEPS if one.far else _FAR_STEPS[:_FEW]:
        for turn in range(16):
            angle = turn * math.pi / 8
            dx, dy = math.cos(angle), math.sin(angle)
            x, y = one.x + dx * (near + step), one.y + dy * (near + step)
            corner_x = x if dx > 0.4 else x - w if dx < -0.4 else x - w / 2
            top = y if dy > 0.4 else y - h if dy < -0.4 else y - h / 2
            align: Align = "start" if dx > 0.4 else "end" if dx < -0.4 else "middle"
            found.append(Spot(box=_box(corner_x, top, one), align=align, leader=(one.x + dx * one.reach, one.y + dy * one.reach, x, y)))
    return found


def _fits(
    spot: Spot, width: float, height: float, boxes: list[Box], symbols: list[Box], leaders: list[tuple[float, float, float, float]]
) -> bool:
    box = spot.box
    if box.left < 2 or box.top < 2 or box.right > width - 2 or box.bottom > height - 2:
        return False
    if any(box.meets(other) for other in boxes) or any(box.meets(other) for other in symbols):
        return False
    if any(_crosses(line, box) for line in leaders):
        return False
    leader = spot.leader
    return leader is None or not (any(_crosses(leader, other) for other in boxes) or any(_meet(leader, other) for other in leaders))


def _crosses(line: tuple[float, float, float, float], box: Box) -> bool:
    """Whether a line goes through a box (Liang and Barsky)."""
    x1, y1, x2, y2 = line
    low, high = 0.0, 1.0
    for step, start, near, far in ((x2 - x1, x1, box.left, box.right), (y2 - y1, y1, box.top, box.bottom)):
        if abs(step) < 1e-9:
            if not near < start < far:
                return False
            continue
        a, b = sorted(((near - start) / step, (far - start) / step))
        low, high = max(low, a), min(high, b)
    return low < high


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    def side(line: tuple[float, float, float, float], x: float, y: float) -> float:
        return (line[2] - line[0]) * (y - line[1]) - (line[3] - line[1]) * (x - line[0])

    apart = side(one, *other[:2]) * side(one, *other[2:]) < 0
    return apart and side(other, *one[:2]) * side(other, *one[2:]) < 0
