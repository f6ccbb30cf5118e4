"""The notes of one step under their keys: taken in, and given out key by key to be settled.

In: the entries of documents, as they were and as they are. Out: the keys of notes that came, changed or went, each with
all its notes. On a fresh bench everything stays in memory until it is given out; later only the touched keys are read.

Example: a new paper notes a figure of the killed → the key "killed", with the figures of all papers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import msgspec

from presstime.combine.noted import Entry, Group, Line, decode_entries, decode_lines, encode, is_with_keys, lines_of, shortened
from presstime.combine.stages import Note, Stage
from presstime.ledger.bench import Bench

__all__ = ["Keyed"]

_BATCH = 500
"""Keys that are written together."""
_in_order = itemgetter(0, 1)


class Keyed:
    """One step's notes in one level."""

    inline = True
    """Whether the data of a record that stands under a few keys only is kept with these."""

    def __init__(self, bench: Bench, stage: Stage[Any, Any, Any]) -> None:
        self._bench, self._name = bench, stage.name
        self._decode = msgspec.msgpack.Decoder(stage.data).decode
        self._decoded: dict[bytes, Any] = {}
        """Data by their bytes: copies give equal ones."""
        self._fresh: dict[str, list[tuple[Line, Any]]] = defaultdict(list)
        self._touched: set[str] = set()
        self._gone: dict[str, set[tuple[str, str]]] = defaultdict(set)
        """Lines that are to be taken from a key, by record and document."""
        self._come: dict[str, list[Line]] = defaultdict(list)
        self._entries: dict[str, dict[str, Any]] = {}
        self._several: dict[tuple[str, str, str], Any] = {}

    def kept(self, entries: Sequence[Entry]) -> list[Entry]:
        """Entries as they are kept for a document."""
        return shortened(entries, False, self.inline)

    def change(self, document: str, old: Iterable[Entry], new: Sequence[Entry]) -> None:
        """Takes a document's notes in, in the place of those that it had, which are given as they were kept."""
        if self._bench.fresh:
            for record, order, data, keys in new:
                line = (order, record, document, data if self.inline and is_with_keys(keys) else None), self._data(data)
                for key in keys:
                    self._fresh[key].append(line)
            return
        before = {(key, line[1]): (line, data) for key, line, data in lines_of(document, old, self.inline)}
        after = {(key, line[1]): (line, data) for key, line, data in lines_of(document, self.kept(new), self.inline)}
        whole = {(key, line[1]): line for key, line, _ in lines_of(document, new, self.inline)}
        for at in before.keys() | after.keys():
            was, now = before.get(at), after.get(at)
            if was is None or now is None or was[1] != now[1] or was[0][0] != now[0][0]:
                self._touched.add(at[0])
            if was is not None and (now is None or now[0] != was[0]):
                self._gone[at[0]].add((at[1], document))
            if now is not None and (was is None or now[0] != was[0]):
                self._come[at[0]].append(whole[at])

    def groups(self, touched: Iterable[str]) -> Iterator[Group]:
        """The touched keys with their notes, which may be none; on a fresh bench every key. `touched` are some more."""
        yield from self._all() if self._bench.fresh else self._some({*touched, *self._touched})

    def _all(self) -> Iterator[Group]:
        rows: list[tuple[str, bytes]] = []
        for key in sorted(self._fresh):
            own = self._fresh.pop(key)
            own.sort(key=lambda pair: _in_order(pair[0]))
            lines = [line for line, _ in own]
            rows.append((key, encode(lines)))
            if len(rows) >= _BATCH:
                self._bench.put_keys(self._name, rows)
                rows.clear()
            yield key, [Note(key, line[1], line[0], data) for line, data in own], lines
        self._bench.put_keys(self._name, rows)

    def _some(self, touched: set[str]) -> Iterator[Group]:
        for key in sorted(touched | self._gone.keys() | self._come.keys()):
            lines = self._lines(key)
            if key in touched:
                yield key, self._notes(key, lines), lines

    def _notes(self, key: str, lines: Sequence[Line]) -> list[Note[Any]]:
        decoded = self._decoded  # a key may have ten thousand lines: nothing is called for those whose data are known
        return [
            Note(key, line[1], line[0], decoded[line[3]] if line[3] is not None and line[3] in decoded else self._of(key, line))
            for line in lines
        ]

    def _lines(self, key: str) -> list[Line]:
        """The lines of a key as they now are; writes them where they have changed."""
        kept = self._bench.key(self._name, key)
        lines = decode_lines(kept) if kept is not None else []
        if key in self._gone or key in self._come:
            gone = self._gone.get(key, ())
            lines = [line for line in lines if line[1:3] not in gone] if gone else lines
            lines = sorted([*lines, *self._come.get(key, ())], key=_in_order)
            self._bench.put_keys(self._name, [(key, encode(lines))] if lines else [])
            self._bench.remove_keys(self._name, [] if lines else [key])
        return lines

    def _data(self, data: bytes) -> Any:
        if data not in self._decoded:
            self._decoded[data] = self._decode(data)
        return self._decoded[data]

    def _of(self, key: str, line: Line) -> Any:
        """The data of a line, from the line itself or from its document's entry."""
        _, record, document, data = line
        if data is not None:
            return self._data(data)
        if document not in self._entries:
            self._entries[document] = self._looked_up(document)
        found = self._entries[document].get(record)
        return found if found is not None else self._several[key, record, document]

    def _looked_up(self, document: str) -> dict[str, Any]:
        """The data of a document's records. A record that has different data under different keys is put elsewhere."""
        found: dict[str, Any] = {}
        entries = decode_entries(self._bench.noted(self._name, document) or encode([]))
        times = Counter(entry.record for entry in entries)
        for record, _, data, keys in entries:
            if self.inline and is_with_keys(keys):
                continue  # its data stand with its keys
            if times[record] > 1:
                self._several.update({(key, record, document): self._data(data) for key in keys})
            else:
                found[record] = self._data(data)
        return found
