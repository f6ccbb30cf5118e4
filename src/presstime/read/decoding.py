"""Arc scores → a tree: every word one head, exactly one root, no cycle.

The best head of every word is a tree already nine times out of ten; only where it is not do we pay for the maximum
spanning arborescence (Chu and Liu 1965, Edmonds 1967) with one root (Stanojević and Cohen 2021).

Example: scores of "Baku denied it" where every word's best head is right → heads [1, -1, 1].
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_tree"]

Scores = NDArray[np.float32]
Weights = NDArray[np.float64]
_NEVER = np.float32(-1e9)


def best_tree(scores: Scores) -> list[int]:
    """Heads for n words from their scores (n rows, n + 1 columns: the root, then the words); -1 is the root."""
    n = scores.shape[0]
    if n == 1:
        return [-1]
    table = np.full((n + 1, n + 1), _NEVER, dtype=np.float32)
    table[1:] = scores
    np.fill_diagonal(table, _NEVER)
    heads: list[int] = table.argmax(1).tolist()
    heads[0] = 0
    if heads[1:].count(0) != 1 or _cycle(heads) is not None:
        heads = _search(table)
    return [h - 1 for h in heads[1:]]


def _search(table: Scores) -> list[int]:
    """The best tree with one root: a second one would cost more than all other arcs can win (Stanojević and Cohen 2021)."""
    given = table[1:][table[1:] > _NEVER]
    weighted = table.astype(np.float64)
    weighted[1:, 0] -= len(table) * (float(given.max()) - float(given.min())) + 1
    return _edmonds(weighted)


def _cycle(heads: list[int]) -> list[int] | None:
    """The first cycle among heads (0 is the root), or None."""
    state = [0] * len(heads)
    for begin in range(1, len(heads)):
        path = []
        w = begin
        while w != 0 and state[w] == 0:
            state[w] = begin
            path.append(w)
            w = heads[w]
        if w != 0 and state[w] == begin and w in path:
            return path[path.index(w) :]
        for seen in path:
            state[seen] = -1
    return None


def _edmonds(table: Weights) -> list[int]:
    """The maximum spanning arborescence over rows (dependents) and columns (heads), node 0 its root."""
    heads: list[int] = table.argmax(1).tolist()
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    rest = np.setdiff1d(np.arange(len(heads)), cycle)
    joined = len(rest)  # the cycle as one node of the smaller graph
    smaller = np.full((joined + 1, joined + 1), _NEVER, dtype=np.float64)
    smaller[:joined, :joined] = table[np.ix_(rest, rest)]
    kept = table[cycle, [heads[w] for w in cycle]]
    out, into = table[np.ix_(rest, cycle)], table[np.ix_(cycle, rest)] - kept[:, None]
    leaves = [cycle[c] for c in out.argmax(1)]
    enters = [cycle[c] for c in into.argmax(0)]
    smaller[:joined, joined] = out.max(1)
    smaller[joined, :joined] = kept.sum() + into.max(0)
    np.fill_diagonal(smaller, _NEVER)
    found = _edmonds(smaller)
    own: list[int] = rest.tolist()
    for a, w in enumerate(own):
        if w != 0:
            heads[w] = leaves[a] if found[a] == joined else own[found[a]]
    heads[enters[found[joined]]] = own[found[joined]]
    return heads
