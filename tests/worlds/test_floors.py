"""How well combine does on worlds of the wording that it is not tuned on, at least; docs/fidelity.md has what it reaches."""

from __future__ import annotations

import pytest

from tests.worlds.metrics import METRICS, Tally
from tests.worlds.score import judge_world

SEEDS = (61, 62, 63)
FLOORS = {
    "origin pairs": (0.95, 0.95),
    "actors": (0.9, 0.9),
    "disputes": (0.8, 0.75),
    "series points": (0.85, 0.85),
    "timeline": (0.75, 0.85),
}
"""Least precision and recall, over all the worlds together."""


@pytest.fixture(scope="module")
def found() -> dict[str, Tally]:
    total = {name: Tally() for name in METRICS}
    for seed in SEEDS:
        for name, tally in judge_world(seed, "testing").items():
            total[name].add(tally)
    return total


@pytest.mark.parametrize("metric", FLOORS)
def test_combine_keeps_what_it_reaches_on_worlds_it_was_not_tuned_on(found: dict[str, Tally], metric: str) -> None:
    precision, recall = FLOORS[metric]
    tally = found[metric]
    assert tally.precision >= precision, tally.errors[:10]
    assert tally.recall >= recall, tally.errors[:10]
