"""The notes of one linked step: taken in, and given out as what hangs together by links, to be settled as one.

In: the entries of documents, as they were and as they are; their keys are links. Out: groups of notes, under the first
record of each, of all that is new or was together with what changed.

Example: a denial names the claim that it answers → the claim, the denial and whatever else is linked with either, together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from presstime.combine.noted import Entry, Group, shortened
from presstime.combine.stages import Note, Stage
from presstime.ledger.bench import Bench, NoteRow

__all__ = ["Linked"]

_in_order = attrgetter("order", "record")


class Linked:
    """One step's notes in one level."""

    def __init__(self, bench: Bench, stage: Stage[Any, Any, Any]) -> None:
        self._bench, self._name = bench, stage.name
        self._decode = msgspec.msgpack.Decoder(stage.data).decode
        self._touched: set[str] = set()
        self._come: list[NoteRow] = []
        self._new: set[str] = set()
        self._links: dict[str, set[str]] = defaultdict(set)
        self._given: list[tuple[str, str]] = []

    def kept(self, entries: Sequence[Entry]) -> list[Entry]:
        """Entries as they are kept for a document."""
        return shortened(entries, True, True)

    def change(self, document: str, old: Iterable[Entry], new: Sequence[Entry]) -> None:
        """Takes a document's notes in, in the place of those that it had, which are given as they were kept."""
        before, after = {e.record: e for e in old}, {e.record: e for e in new}
        same = {e.record for e in self.kept(new) if before.get(e.record) == e} if before else set()
        for record in sorted((before.keys() | after.keys()) - same):
            was, now = before.get(record), after.get(record)
            if now is not None:
                self._come.append(NoteRow("", now.order, record, document, now.data))
            if self._bench.fresh and now is not None:
                for other in now.keys:
                    self._given.append((record, other))
                    self._links[record].add(other)
                    self._links[other].add(record)
                continue
            if was is not None and (row := self._bench.node(self._name, record)) is not None:
                self._touched.add(row.key)
                self._bench.remove_nodes(self._name, [record])
            links_then, links_now = set(was.keys if was is not None else ()), set(now.keys if now is not None else ())
            self._bench.remove_links(self._name, [(record, other) for other in links_then - links_now])
            self._bench.add_links(self._name, [(record, other) for other in links_now - links_then])

    def groups(self, touched: Iterable[str]) -> Iterator[Group]:
        """What hangs together. Writes the nodes; keys under which nothing is left come first, without notes. `touched` are more keys."""
        self._touched.update(touched)
        nodes = {row.record: row for row in self._come}
        self._new = set(nodes)
        neighbours = self._links if self._bench.fresh else self._reached(nodes)
        groups: dict[str, list[NoteRow]] = {}
        seen: set[str] = set()
        for first in sorted(nodes.values(), key=_in_order):
            if first.record in seen:
                continue
            seen.add(first.record)
            together, waiting = [first], [first.record]
            while waiting:
                for other in neighbours.get(waiting.pop(), ()):
                    if other in nodes and other not in seen:
                        seen.add(other)
                        waiting.append(other)
                        together.append(nodes[other])
            together.sort(key=_in_order)
            groups[first.record] = [
                n if n.key == first.record else NoteRow(first.record, n.order, n.record, n.document, n.data) for n in together
            ]
        moved = (n for group in groups.values() for n in group if n is not nodes[n.record] or n.record in self._new)
        self._bench.put_nodes(self._name, sorted(moved, key=lambda n: n.record))
        if self._bench.fresh:
            self._bench.add_links(self._name, sorted(self._given))
        for key in sorted(self._touched - groups.keys()):
            yield key, [], []
        for key, group in groups.items():
            yield (
                key,
                [Note(key, n.record, n.order, self._decode(n.data)) for n in group],
                [(n.order, n.record, n.document, None) for n in group],
            )

    def _reached(self, nodes: dict[str, NoteRow]) -> dict[str, set[str]]:
        """Adds to some nodes all that hangs together with them, or did; gives the neighbours of each."""
        neighbours: dict[str, set[str]] = defaultdict(set)
        waiting = set(self._touched)
        for record in list(nodes):
            for other in self._bench.neighbours(self._name, record):
                neighbours[record].add(other)
                neighbours[other].add(record)
                there = None if other in nodes else self._bench.node(self._name, other)
                if there is not None:
                    waiting.add(there.key)
        for key in sorted(waiting):
            self._touched.add(key)
            for row in self._bench.nodes(self._name, key):
                nodes.setdefault(row.record, row)
            for one, other in self._bench.links_within(self._name, key):
                neighbours[one].add(other)
                neighbours[other].add(one)
        return neighbours
