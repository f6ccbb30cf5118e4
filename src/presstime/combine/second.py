"""A second process for combining a whole ledger: it takes about half of the steps of each level.

In: a ledger's path, what the steps' world is made of, and for each level the facts that this process settled. Out: the rows
that its steps would have written here; they are the same to the byte. Where it cannot be started, or fails, the engine does
its steps itself. It reads the ledger and writes nothing.

Example: while this process looks for copies, the second one takes notes of names and of newsrooms.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import msgspec

from presstime.combine.corrected import by_document, corrected
from presstime.combine.engine import AnyStage, Facts, take_level
from presstime.combine.nations import Nations
from presstime.combine.stages import World
from presstime.combine.steps import BESIDE, KINDS, LEVELS
from presstime.findings import Decision
from presstime.ledger import Bench, Correction, Ledger
from presstime.records import Context, Reading

__all__ = ["Second", "main"]

_FEWEST = 400
"""Documents from which on a second process is worth its start, which takes about as long as combining 60."""
_LENGTH = 8
"""Bytes that tell a message's length."""


class _Setting(msgspec.Struct, frozen=True):
    """What a second process must know. `documents` are ids with their places in the order."""

    path: str
    context: Context
    decisions: tuple[Decision, ...]
    corrections: tuple[Correction, ...]
    documents: tuple[tuple[str, str], ...]


class _Task(msgspec.Struct, frozen=True):
    """A level, and the facts that its steps may need: rows of the bench."""

    level: int
    facts: list[tuple[str, str, bytes]]


class Second:
    """The second process, as this one sees it."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._told: set[str] = set()

    @classmethod
    def begin(cls, path: Path, world: World, corrections: Sequence[Correction], documents: Mapping[str, tuple[str, str]]) -> Second | None:
        """Starts it for documents given as id → (signature, order); None where that is not worth while or cannot be."""
        if len(documents) < _FEWEST or _processors() < 2 or not sys.executable:
            return None
        code = f"import sys; sys.path[:] = {sys.path!r}; from presstime.combine.second import main; main()"
        orders = tuple((document, order) for document, (_, order) in documents.items())
        setting = _Setting(str(path.resolve()), world.context, world.decisions, tuple(corrections), orders)
        try:
            process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        except OSError:
            return None
        second = cls(process)
        return second if second._tell(setting) else None

    def takes(self, stage: AnyStage) -> bool:
        """Whether a step is one of those that it takes."""
        return stage.name in BESIDE

    def start(self, level: int, bench: Bench) -> None:
        """Begins a level; whatever was settled here until now is told first."""
        settled = [name for name in KINDS if name not in BESIDE and name not in self._told]
        rows = [row for name in settled for row in bench.known(name)]
        self._told.update(stage for _, stage, _ in rows)
        self._tell(_Task(level, rows))

    def finish(self, bench: Bench) -> bool:
        """Waits for a level and puts its rows on the bench; false where it failed, and nothing of its level is to be kept."""
        assert self._process.stdout is not None
        written = False
        while (message := _read(self._process.stdout)) is not None:
            if not message:
                return True
            bench.put_rows(*msgspec.msgpack.decode(message, type=tuple[str, list[list[Any]]]))
            written = True
        if written:
            raise RuntimeError("the second process of combining ended before its time; combine again")
        return False

    def close(self) -> None:
        """Lets it end."""
        for stream in (self._process.stdin, self._process.stdout):
            try:
                if stream is not None:
                    stream.close()
            except OSError:
                pass
        self._process.wait()

    def _tell(self, message: _Setting | _Task) -> bool:
        assert self._process.stdin is not None
        try:
            _write(self._process.stdin, msgspec.msgpack.encode(message))
        except OSError:
            return False
        return True


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _write(stream: IO[bytes], message: bytes) -> None:
    stream.write(len(message).to_bytes(_LENGTH, "big"))
    stream.write(message)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes | None:
    """The next message; None where there is none any more."""
    head = stream.read(_LENGTH)
    length = int.from_bytes(head, "big")
    message = stream.read(length) if len(head) == _LENGTH else b""
    return message if len(head) == _LENGTH and len(message) == length else None


# ---------------------------------------------------------------- the second process itself


class _Readings:
    """A ledger's readings, with people's corrections in them."""

    def __init__(self, ledger: Ledger, setting: _Setting) -> None:
        self._ledger = ledger
        self._signatures = {document: ("", order) for document, order in setting.documents}
        self._corrections = by_document(setting.corrections)

    def signatures(self) -> Mapping[str, tuple[str, str]]:
        return self._signatures

    def readings(self, documents: Sequence[str]) -> Iterator[Reading]:
        for reading in self._ledger.readings_of(documents):
            yield corrected(reading, self._corrections.get(reading.document.id, ()))


def main() -> None:
    """Does what it is told on its standard input, and answers on its standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends when its input ends
    gc.disable()  # as where it was started
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    setting = msgspec.msgpack.decode(_read(given) or b"", type=_Setting)
    world = World(setting.context, Nations(setting.context), setting.decisions)
    bench = Bench.in_memory()
    facts = Facts(bench, KINDS)
    try:
        with Ledger.open(setting.path, create=False) as ledger:
            source = _Readings(ledger, setting)
            now = source.signatures()
            while message := _read(given):
                task = msgspec.msgpack.decode(message, type=_Task)
                bench.put_rows("bench_known", task.facts)
                stages: list[AnyStage] = [stage for stage in LEVELS[task.level] if stage.name in BESIDE]
                take_level(bench, source, world, stages, set(now), now, facts, ())
                for stage in stages:
                    for table, rows in bench.rows(stage.name):
                        _write(answers, msgspec.msgpack.encode((table, rows)))
                    bench.let_go(stage.name)
                _write(answers, b"")
    except BrokenPipeError:
        pass


if __name__ == "__main__":
    main()
