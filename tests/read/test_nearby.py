"""Records by the stretch of text they touch: the same as looking at every one, in the same order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from presstime.read.nearby import STRETCH, touching

SPANS = st.tuples(st.integers(0, 3 * STRETCH), st.integers(1, 2 * STRETCH)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(st.lists(SPANS, max_size=3), max_size=20), SPANS)
def test_it_finds_what_looking_at_every_one_finds(records: list[list[tuple[int, int]]], stretch: tuple[int, int]) -> None:
    start, end = stretch
    looked_at = [r for r in records if any(a < end and start < b for a, b in r)]
    assert touching(records, lambda spans: spans)(start, end) == looked_at
