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
_NEW, _ON_PATH, _DONE = range(3)


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
    """The maximum spanning arborescence over rows (dependents) and columns (heads), node 0 its root.

    From each node the best arcs are followed up; a cycle on the way becomes one node, in place, so that n nodes take
    about n² steps (Tarjan 1977).
    """
    n = len(table)
    table = np.where(table <= _NEVER, -np.inf, table)
    every = np.arange(n)
    dependents, heads = np.indices((n, n))  # which words an arc between joined nodes joins
    node_at = list(range(n))  # row → its node: a word, or, from n on, a cycle that was joined
    parent: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    arc: dict[int, tuple[int, int]] = {}
    gain = np.zeros(n)
    state = [_NEW] * n
    state[0] = _DONE
    for begin in range(1, n):
        path = [begin] if state[begin] == _NEW else []
        while path:
            row = path[-1]
            state[row] = _ON_PATH
            up = int(table[row].argmax())
            arc[node_at[row]] = int(dependents[row, up]), int(heads[row, up])
            gain[row] = table[row, up]
            if state[up] == _NEW:
                path.append(up)
                continue
            if state[up] == _DONE:
                for seen in path:
                    state[seen] = _DONE
                break
            cycle = np.array(path[path.index(up) :])
            del path[path.index(up) + 1 :]
            joined = n + len(members)
            members[joined] = [node_at[c] for c in cycle]
            parent.update(dict.fromkeys(members[joined], joined))
            node_at[up] = joined
            into = table[cycle] - gain[cycle, None]
            best = cycle[into.argmax(0)]
            table[up], dependents[up], heads[up] = into.max(0), dependents[best, every], heads[best, every]
            out = table[:, cycle]
            best = cycle[out.argmax(1)]
            table[:, up], dependents[:, up], heads[:, up] = out.max(1), dependents[every, best], heads[every, best]
            table[up, cycle] = -np.inf
            for gone in cycle[cycle != up]:
                table[gone], table[:, gone], state[gone] = -np.inf, -np.inf, _DONE
    found = [0] * n
    open_ = [node for node in arc if node not in parent]
    while open_:
        node = open_.pop()
        word, head = arc[node]
        found[word] = head
        while word != node:  # the arc that enters a cycle breaks it where it enters; the rest of it stays
            open_.extend(other for other in members[parent[word]] if other != word)
            word = parent[word]
    return found
