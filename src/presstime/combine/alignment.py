"""The words of two documents → the stretches that one has from the other, also where a few words of them were edited.

In: two documents' `Words`. Out: `Match`es: runs of equal words, joined where only a few words lie between them on either
side. Runs are found by their first words and extended (seed and extend); no table of all pairs of words is made.

Example: "six boats sank at the old quay" and "six boats went down at the old quay" → one match, of five words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from presstime.combine.fingerprints import Hashes, Words, shingles

__all__ = ["Index", "Match", "align", "index_of"]

SEED = 3
"""Words in a row that begin a run: light editing leaves few longer ones."""
GAP = 7
"""Words, on either side, that may lie between two runs of one stretch: an inserted clause; a sentence is longer."""
DENSE = 0.5
"""The share of a stretch's words that must be equal in both."""
FEWEST = 8
"""Shorter stretches (in equal words) prove nothing: a title and a name, "said on Tuesday that"."""
_PLACES = 6
"""So many places where a run may continue are tried; more have only phrases that every report repeats."""
_MANY = 16
"""Words that are compared at once: copies have long runs."""
_OPEN = 4
"""So many of the latest stretches a run may continue."""

_STRETCH, _SEEDS = 20, 10
"""Runs are looked for only where of 20 beginnings in a row 10 stand in the other text too: light editing (one word in five)
leaves as many. Phrases that all reports of one event share are passed over: without it aligning 2,000 made ones took 2.5 times as long."""


@dataclass(frozen=True, slots=True)
class Index:
    """The runs of a text that may begin a match, in order of their hashes, and where each of them stands.

    `at` are the runs in the order of the text.
    """

    at: Hashes
    runs: Hashes
    places: npt.NDArray[np.int64]


@dataclass(slots=True)
class Match:
    """A stretch of words of one document and where it stands in the other; ends exclusive, numbers of words.

    `same` of its words are equal in both, and `own` of these stand outside quotation marks in both. `places` are the equal
    runs: first word here, first word there, length.
    """

    start: int
    end: int
    of_start: int
    of_end: int
    same: int
    own: int
    places: list[tuple[int, int, int]]


def index_of(words: Words) -> Index:
    """The index of a text, for `align`."""
    runs = shingles(words.ids, SEED * words.grain)
    places = np.argsort(runs, kind="stable")
    return Index(runs, runs[places], places)


def align(one: Words, other: Words, own: Index, index: Index) -> list[Match]:
    """The stretches of `one` that stand in `other`, in order of `one`. `own` is the index of `one`, `index` that of `other`."""
    runs = own.at
    if one.grain != other.grain or not len(runs) or not len(index.runs):
        return []
    begins = np.searchsorted(index.runs, runs)
    worth_while = _worth_while(index.runs[np.minimum(begins, len(index.runs) - 1)] == runs)
    if not worth_while:
        return []
    here, there = one.ids.tolist(), other.ids.tolist()
    ends = np.searchsorted(index.runs, runs, side="right")
    gap = GAP * one.grain
    open_: list[Match] = []
    done: list[Match] = []
    past = 0
    for at in worth_while:
        if at < past:
            continue
        places = index.places[begins[at] : min(ends[at], begins[at] + _PLACES)].tolist()
        place, length = max(((p, _length(here, there, at, p)) for p in places), key=lambda found: (found[1], -found[0]))
        _join(open_, done, Match(at, at + length, place, place + length, length, 0, [(at, place, length)]), gap)
        past = at + length
    found = []
    for match in (*done, *open_):
        if match.same < FEWEST * one.grain or match.same < DENSE * max(match.end - match.start, match.of_end - match.of_start):
            continue
        match.own = sum(int(np.count_nonzero(one.unquoted[a : a + n] & other.unquoted[b : b + n])) for a, b, n in match.places)
        found.append(match)
    return sorted(found, key=lambda m: (m.start, m.of_start))


def _worth_while(found: npt.NDArray[np.bool_]) -> list[int]:
    """Of the beginnings of runs that were found in another text, those close enough together to be of a stretch."""
    window = min(_STRETCH, len(found))
    sums = np.cumsum(np.concatenate(([0], found)))
    dense = sums[window:] - sums[:-window] >= min(_SEEDS, window)
    near = np.zeros(len(found) + 1, dtype=np.int64)
    begins = np.flatnonzero(dense)
    np.add.at(near, begins, 1)
    np.add.at(near, begins + window, -1)
    places: list[int] = np.flatnonzero(found & (np.cumsum(near)[:-1] > 0)).tolist()
    return places


def _length(here: list[int], there: list[int], at: int, place: int) -> int:
    """How many words from two places on are the same."""
    n, most = 0, min(len(here) - at, len(there) - place)
    while n + _MANY <= most and here[at + n : at + n + _MANY] == there[place + n : place + n + _MANY]:
        n += _MANY
    while n < most and here[at + n] == there[place + n]:
        n += 1
    return n


def _join(open_: list[Match], done: list[Match], run: Match, gap: int) -> None:
    """Adds a run to the stretch that it continues, else begins one."""
    near = [m for m in open_ if run.start - m.end <= gap and 0 <= run.of_start - m.of_end <= gap]
    if near:
        best = min(near, key=lambda m: (run.start - m.end + run.of_start - m.of_end, -m.same))
        best.end, best.of_end = run.end, run.of_end
        best.same += run.same
        best.places += run.places
        return
    open_.append(run)
    if len(open_) > _OPEN:
        done.append(open_.pop(0))
