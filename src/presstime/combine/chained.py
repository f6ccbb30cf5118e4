"""The notes of one chained step under their keys, day by day: what a day hands on stands before the notes of the next.

In: the entries of documents, as they were and as they are. Out: the days of touched keys, in order, each with the notes that the
day before it handed on and with its own. A later day is given out again only where what is handed to it has changed: a word that
everybody uses every day costs one day's notes, not those of all days.

Example: a paper of Tuesday notes "road" → Tuesday under "road", behind the last eight statements of Monday that have the word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from presstime.combine.keyed import Keyed
from presstime.combine.noted import Entry, Group, Line, digest_of, encode
from presstime.combine.stages import Note, Stage
from presstime.ledger.bench import Bench

__all__ = ["Chained"]

_BETWEEN = "\x1f"
"""Stands between a key and its day: nothing sorts before it, so that the days of a key follow one another."""
_DAY = 10
"""Characters of an order that tell the day."""


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a day that was settled: a digest of what was handed to it, and what it hands on.

    The last field of each line is a digest of the note's data, so that the line of a note that has changed has changed, too.
    """

    before: bytes
    handed_on: list[Line]


_decode_kept = msgspec.msgpack.Decoder(_Kept).decode


class Chained(Keyed):
    """One step's notes in one level."""

    inline = False

    def __init__(self, bench: Bench, stage: Stage[Any, Any, Any]) -> None:
        super().__init__(bench, stage)
        self._waiting: tuple[str, list[Note[Any]], Sequence[Line]] = "", [], ()
        self._before: list[tuple[Line, Note[Any]]] = []

    def change(self, document: str, old: Iterable[Entry], new: Sequence[Entry]) -> None:
        """Takes a document's notes in, in the place of those that it had."""
        super().change(document, [_with_days(e) for e in old], [_with_days(e) for e in new])

    def groups(self, touched: Iterable[str]) -> Iterator[Group]:
        """The touched days of keys with their notes, which may be none; on a fresh bench every day of every key."""
        yield from self._every_day() if self._bench.fresh else self._some_days({*touched, *self._touched})

    def hand_on(self, records: Sequence[str]) -> bytes:
        """What the day that was given out last hands on; gives what is to be kept of it."""
        _, notes, lines = self._waiting
        before = _digest([line for line, _ in self._before])
        wanted = set(records)
        self._before = [
            ((line[0], line[1], line[2], digest_of(encode(note.data))), replace(note, earlier=True))
            for note, line in zip(notes, lines, strict=True)
            if note.record in wanted
        ]
        return encode(_Kept(before, [line for line, _ in self._before]))

    def _every_day(self) -> Iterator[Group]:
        last = ""
        for key, notes, lines in self._all():
            if _bare(key) != last:
                self._before, last = [], _bare(key)
            yield self._given_out(key, notes, lines)

    def _some_days(self, touched: set[str]) -> Iterator[Group]:
        waiting: dict[str, set[str]] = defaultdict(set)
        for key in touched | self._gone.keys() | self._come.keys():
            waiting[_bare(key)].add(key)
        for bare in sorted(waiting):
            days = waiting[bare]
            while days:
                day: str | None = min(days)
                assert day is not None
                self._before = self._handed_before(day)
                while day is not None:
                    days.discard(day)
                    lines = self._lines(day)
                    kept = self._bench.outcome(self._name, day)
                    before = _digest([line for line, _ in self._before])
                    if kept is not None and lines and day not in touched and _decode_kept(kept).before == before:
                        break
                    if lines:
                        notes = [Note(day, line[1], line[0], self._of(day, line)) for line in lines]
                        yield self._given_out(day, notes, lines)
                    else:  # the next day stands behind the one before this
                        yield day, [], []
                    later = self._bench.next_key(self._name, day, bare + _BETWEEN)
                    day = min([*days, *([later] if later is not None else [])], default=None)

    def _given_out(self, key: str, notes: list[Note[Any]], lines: Sequence[Line]) -> Group:
        all_notes = [*(note for _, note in self._before), *notes]
        all_lines = [*(line for line, _ in self._before), *lines]
        self._waiting = key, all_notes, all_lines
        return self._waiting

    def _handed_before(self, day: str) -> list[tuple[Line, Note[Any]]]:
        """What the day before a day hands on."""
        before = self._bench.previous_key(self._name, day, _bare(day) + _BETWEEN)
        kept = self._bench.outcome(self._name, before) if before is not None else None
        if before is None or kept is None:
            return []
        lines = _decode_kept(kept).handed_on
        found = []
        for line in lines:
            data = self._of(before, (line[0], line[1], line[2], None))
            found.append((line, Note(before, line[1], line[0], data, earlier=True)))
        return found

    def _of(self, key: str, line: Line) -> Any:
        return super()._of(_bare(key), line)


def _with_days(entry: Entry) -> Entry:
    return entry._replace(keys=tuple(f"{key}{_BETWEEN}{entry.order[:_DAY]}" for key in entry.keys))


def _bare(key: str) -> str:
    return key.partition(_BETWEEN)[0]


def _digest(lines: Sequence[Line]) -> bytes:
    return digest_of(encode(lines)) if lines else b""
