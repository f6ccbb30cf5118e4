"""A second process for combining a whole ledger: it takes the steps that need nothing of the others, about half of the work.

In: a ledger's path, and what the steps' world is made of. Out, level by level: the rows that its steps would have written here; they
are the same to the byte. It never waits: its rows lie in a file until this process wants them. Where it cannot be started, or fails,
the engine does its steps itself. It reads the ledger and writes nothing there.

Example: while this process looks for copies, the second one finds out who is who, and goes on to claims.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import msgspec

from presstime.combine.engine import AnyStage, Facts, take_level
from presstime.combine.nations import Nations
from presstime.combine.stages import World
from presstime.combine.steps import BESIDE, KINDS, LEVELS
from presstime.findings import Decision
from presstime.ledger import Bench, Correction, Ledger
from presstime.ledger.corrected import by_document, corrected
from presstime.records import Context, Reading

__all__ = ["Second", "main"]

_FEWEST = 400
"""Documents from which on a second process is worth its start, which takes about as long as combining 60."""
_LENGTH = 8
"""Bytes that tell a message's length."""
_BUFFER = 1_000_000
"""Bytes that are read and written together."""


class _Setting(msgspec.Struct, frozen=True):
    """What a second process must know. `documents` are ids, each with its place in the order and its reading's hash; `rows` is the file
    for its rows."""

    path: str
    context: Context
    decisions: tuple[Decision, ...]
    corrections: tuple[Correction, ...]
    handles: tuple[tuple[str, str], ...]
    documents: tuple[tuple[str, str, str], ...]
    rows: str


class Second:
    """The second process, as this one sees it."""

    def __init__(self, process: subprocess.Popen[bytes], path: Path, rows: IO[bytes]) -> None:
        self._process, self._path, self._rows = process, path, rows
        self._levels = len(LEVELS)
        """Levels that it has not finished yet."""

    @classmethod
    def begin(cls, path: Path, world: World, corrections: Sequence[Correction], documents: Mapping[str, tuple[str, str]]) -> Second | None:
        """Starts it for documents given as id → (signature, order); None where that is not worth while or cannot be.

        A signature begins with the hash of the reading: others may write to the ledger meanwhile, and both must read the same.
        """
        if len(documents) < _FEWEST or _processors() < 2 or not sys.executable:
            return None
        code = f"import sys; sys.path[:] = {sys.path!r}; from presstime.combine.second import main; main()"
        given = tuple((document, order, signature.split(" ")[0]) for document, (signature, order) in documents.items())
        try:
            number, name = tempfile.mkstemp(prefix="presstime-")
        except OSError:
            return None
        file, rows = Path(name), os.fdopen(number, "rb", buffering=_BUFFER)
        try:
            process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        except OSError:
            rows.close()
            file.unlink()
            return None
        second = cls(process, file, rows)
        setting = _Setting(str(path.resolve()), world.context, world.decisions, tuple(corrections), world.handles, given, name)
        return second if second._tell(setting) else None

    def takes(self, stage: AnyStage) -> bool:
        """Whether a step is one of those that it takes."""
        return stage.name in BESIDE

    def finish(self, bench: Bench) -> bool:
        """Waits for the next of its levels and puts its rows on the bench; false where it failed, and nothing of that level is kept."""
        assert self._process.stdout is not None
        if _read(self._process.stdout) is None:
            return False
        self._levels -= 1
        while message := _read(self._rows):
            bench.put_rows(*msgspec.msgpack.decode(message, type=tuple[str, list[list[Any]]]))
        if message is None:
            raise RuntimeError("the rows of the second process of combining are not whole; combine again")
        return True

    def close(self) -> None:
        """Lets it end, or ends it where it is not done."""
        if self._levels:
            self._process.terminate()
        for stream in (self._process.stdin, self._process.stdout, self._rows):
            try:
                if stream is not None:
                    stream.close()
            except OSError:
                pass
        self._process.wait()
        self._path.unlink(missing_ok=True)

    def _tell(self, message: _Setting) -> bool:
        assert self._process.stdin is not None
        try:
            _write(self._process.stdin, msgspec.msgpack.encode(message))
            self._process.stdin.flush()
        except OSError:
            return False
        return True


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _write(stream: IO[bytes], message: bytes) -> None:
    stream.write(len(message).to_bytes(_LENGTH, "big"))
    stream.write(message)


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
        self._signatures = {document: (reading, order) for document, order, reading in setting.documents}
        self._corrections = by_document(setting.corrections)

    def signatures(self) -> Mapping[str, tuple[str, str]]:
        return self._signatures

    def readings(self, documents: Sequence[str]) -> Iterator[Reading]:
        for document in documents:
            reading = self._ledger.reading_with(document, self._signatures[document][0])
            if reading is None:
                raise LookupError(f"the reading of {document} that is to be combined is no longer there")
            yield corrected(reading, self._corrections.get(reading.document.id, ()))


def main() -> None:
    """Does what it is told on its standard input, and tells on its standard output after each level that its rows are there."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends when its input ends
    gc.disable()  # as where it was started
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    setting = msgspec.msgpack.decode(_read(given) or b"", type=_Setting)
    world = World(setting.context, Nations(setting.context), setting.decisions, setting.handles)
    bench = Bench.in_memory()
    facts = Facts(bench, KINDS)
    try:
        with Ledger.open(setting.path, create=False) as ledger:
            source = _Readings(ledger, setting)
            now = source.signatures()
            with Path(setting.rows).open("wb", buffering=_BUFFER) as file:
                Path(setting.rows).unlink()  # the other process has it open; so nothing is left, however they end
                for level in LEVELS:
                    stages: list[AnyStage] = [stage for stage in level if stage.name in BESIDE]
                    take_level(bench, source, world, stages, set(now), now, facts, ())
                    for stage in stages:
                        for table, rows in bench.rows(stage.name):
                            _write(file, msgspec.msgpack.encode((table, rows)))
                        bench.let_go(stage.name)
                    _write(file, b"")
                    file.flush()
                    _write(answers, b"")
                    answers.flush()
    except BrokenPipeError:
        pass


if __name__ == "__main__":
    main()
