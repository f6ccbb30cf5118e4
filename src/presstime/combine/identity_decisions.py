"""People's decisions about actors → which ids are one and which are not, as of the last word on each.

In: decisions, in any order. Out: the pairs that hold. A later decision about the same two takes the place of an earlier
one, and one that was undone counts no more, so that what was before comes back exactly.

Example: "same A B", later undone → nothing; "apart A B", later "same A B" → A and B are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from presstime.combine.moments import order_of
from presstime.findings import Decision

__all__ = ["Decided", "decided"]


@dataclass(frozen=True, slots=True)
class Decided:
    """What holds: pairs that are apart, and for every id that is one with others the least of them, as their root."""

    same: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()
    roots: dict[str, str] = field(default_factory=dict)

    def root(self, ids: Iterable[str]) -> str | None:
        """The id under which actors with these ids are joined by decision; None where no decision joins them."""
        return min((self.roots[i] for i in ids if i in self.roots), default=None)

    def joined(self, root: str | None) -> list[str]:
        """All ids that decisions join under a root."""
        return sorted(i for i, r in self.roots.items() if r == root)


_seen: dict[tuple[Decision, ...], Decided] = {}


def decided(decisions: Sequence[Decision]) -> Decided:
    """The decisions about actors that hold. Remembered for the latest decisions asked about."""
    given = tuple(decisions)
    if given not in _seen:
        _seen.clear()
        _seen[given] = _decided(given)
    return _seen[given]


def _decided(decisions: Sequence[Decision]) -> Decided:
    taken_back: set[str | None] = set()
    last: dict[tuple[str, str], str] = {}
    for d in sorted(decisions, key=lambda d: (order_of(d.at), d.at, d.id), reverse=True):
        if d.kind != "actor" or d.id in taken_back:
            continue
        if d.verdict == "undone" and d.takes_back:
            taken_back.add(d.takes_back)
        else:
            last.setdefault(_pair(d.one, d.other), d.verdict)
    same = {pair for pair, verdict in last.items() if verdict == "same"}
    parent: dict[str, str] = {}

    def top(id_: str) -> str:
        while parent.get(id_, id_) != id_:
            id_ = parent[id_]
        return id_

    for one, other in sorted(same):
        a, b = sorted((top(one), top(other)))
        parent[a] = parent[b] = a
    ids = {i for pair in same for i in pair}
    return Decided(frozenset(same), frozenset(pair for pair, verdict in last.items() if verdict == "apart"), {i: top(i) for i in ids})


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
