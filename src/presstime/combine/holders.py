"""Fingerprints → the documents that hold them first.

In: the fingerprints of documents, either of all at once or as they lie on the bench. Out: for a document the earlier ones
that it may have words from, and for single fingerprints their earliest holders. Only the earliest count, so that the
work does not grow with the number of copies.

Example: ten papers print one story → for the nine later ones the first is the one candidate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from presstime.ledger.bench import Bench

__all__ = ["EARLIEST", "BenchHolders", "FreshHolders", "Holders"]

EARLIEST = 3
"""So many of the earliest holders of a fingerprint are looked at: three papers that share nothing else have it from nowhere."""
CANDIDATES = 4
"""A document is compared with so many earlier ones: those that hold most of its fingerprints first."""
FEWEST = 2
"""Fingerprints that two longer texts must share to be compared. A passage of 25 words has four or five."""
SHORT = 15
"""Texts of fewer fingerprints are compared where they share one."""

Fingerprints = npt.NDArray[np.int64]


class Holders(Protocol):
    """What the comparing of documents asks."""

    def candidates(self, document: str, fingerprints: Fingerprints) -> list[str]:
        """The earlier documents that a document may have words from, likeliest first."""
        ...

    def earliest(self, fingerprints: Sequence[int]) -> list[list[str]]:
        """The earliest holders of each fingerprint, in order."""
        ...


def _best(counts: Sequence[tuple[int, int]], size: int) -> list[int]:
    """Of (document, how many fingerprints it holds first), documents as numbers in order: the likeliest."""
    enough = [(-n, at) for at, n in counts if n >= (FEWEST if size >= SHORT else 1)]
    return [at for _, at in sorted(enough)[:CANDIDATES]]


class FreshHolders:
    """The fingerprints of all documents, added in order and then closed; two arrays of them are kept."""

    def __init__(self, documents: Sequence[str]) -> None:
        self._documents = documents
        self._places = {document: at for at, document in enumerate(documents)}
        self._each: list[Fingerprints] = []
        self._hashes = np.empty(0, dtype=np.int64)
        self._holders = np.empty(0, dtype=np.int32)
        self._firsts: Mapping[int, list[tuple[int, int]]] = {}

    def add(self, fingerprints: Fingerprints) -> None:
        """The next document's fingerprints."""
        self._each.append(fingerprints)

    def close(self) -> None:
        """Sorts what was added; nothing can be added any more."""
        sizes = [len(f) for f in self._each]
        hashes = np.concatenate(self._each) if self._each else self._hashes
        holders = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._holders = hashes[order], holders[order]
        if not len(hashes):
            return
        new = np.empty(len(hashes), dtype=bool)
        new[0] = True
        np.not_equal(self._hashes[1:], self._hashes[:-1], out=new[1:])
        begins = np.flatnonzero(new)
        first = np.repeat(self._holders[begins], np.diff(np.append(begins, len(hashes))))
        later = first != self._holders
        pairs, counts = np.unique(self._holders[later].astype(np.int64) << 32 | first[later], return_counts=True)
        found: dict[int, list[tuple[int, int]]] = {}
        for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
            found.setdefault(pair >> 32, []).append((pair & 0xFFFFFFFF, count))
        self._firsts = found

    def of(self, document: str) -> Fingerprints:
        """A document's fingerprints."""
        return self._each[self._places[document]]

    def all(self) -> Iterator[tuple[int, str]]:
        """Every fingerprint with each of its holders, in order."""
        for at in range(0, len(self._hashes), 100_000):
            part = self._hashes[at : at + 100_000].tolist(), self._holders[at : at + 100_000].tolist()
            yield from ((print_, self._documents[holder]) for print_, holder in zip(*part, strict=True))

    def candidates(self, document: str, fingerprints: Fingerprints) -> list[str]:
        """See `Holders`."""
        at = self._places[document]
        return [self._documents[i] for i in _best(self._firsts.get(at, ()), len(fingerprints))]

    def earliest(self, fingerprints: Sequence[int]) -> list[list[str]]:
        """See `Holders`."""
        wanted = np.array(fingerprints, dtype=np.int64)
        begins = np.searchsorted(self._hashes, wanted, side="left").tolist()
        ends = np.searchsorted(self._hashes, wanted, side="right").tolist()
        return [[self._documents[i] for i in self._holders[a : min(b, a + EARLIEST)].tolist()] for a, b in zip(begins, ends, strict=True)]


class BenchHolders:
    """The fingerprints on the bench. `orders` are the documents' places in the order."""

    def __init__(self, bench: Bench, orders: Mapping[str, str]) -> None:
        self._bench, self._orders = bench, orders

    def candidates(self, document: str, fingerprints: Fingerprints) -> list[str]:
        """See `Holders`."""
        firsts = Counter(held[0] for held in self._bench.earliest_holders(fingerprints.tolist(), 1) if held)
        own = self._orders[document]
        order, names = sorted(held for held in firsts if held[0] < own), dict(firsts)
        best = _best([(at, names[held]) for at, held in enumerate(order)], len(fingerprints))
        return [order[at][1] for at in best]

    def earliest(self, fingerprints: Sequence[int]) -> list[list[str]]:
        """See `Holders`."""
        return [[document for _, document in held] for held in self._bench.earliest_holders(fingerprints, EARLIEST)]
