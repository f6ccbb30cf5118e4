"""One process that reads documents, and the limits that each of them has there.

In: a document and a context, through a pipe. Out: its reading; or, where the process ended, why. The process loads the language model
once, reads on one thread, and sets itself the limits: the operating system ends it where a document takes more than its time, and gives
it no more memory than its share. It ends by itself when nobody talks to it any more.

Example: with 5 seconds a document, a text of a million words comes back as `Ended("time", …)`, and the next worker reads what follows.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

import msgspec

from presstime.problems import InputError, ModelError
from presstime.records import Context, Document, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Ended", "Limits", "Worker", "main"]

_LENGTH = 8
"""Bytes that tell a message's length."""
_STALLED = 10
"""A worker that gets no processor is ended after so many times its limit by the clock: eight others on the same cores are no fault."""
_STARTING = 120.0
"""Seconds by the clock for a worker to load the model; it takes half a second where nobody else wants the processors."""
_ROOM = 100
"""Megabytes a worker must have for a document, over what it holds before the first: one of 20,000 characters took 40."""
_WARM = "The ministry said on Tuesday that five people were killed in the town."
"""Read before the first document, so that its time is its own: the model, the gazetteer and the word lists are loaded by it."""
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may cost: `seconds` of a processor, and the `megabytes` that a worker may hold, with the model (130).

    One of 1,000,000 characters, half of what is read at most, took 66 seconds and 345 megabytes.
    """

    seconds: float = 300.0
    megabytes: int = 2_000


@dataclass(frozen=True, slots=True)
class Ended:
    """Why a worker gave no reading. `words` are its own last ones, or what ended it."""

    why: Literal["time", "memory", "stalled", "died"]
    words: str = ""


class _Task(msgspec.Struct, frozen=True):
    """A document to read. Without a context it is that of the document before."""

    document: Document
    context: Context | None


class _Ready(msgspec.Struct, frozen=True):
    """The worker has loaded all it needs, and holds so many megabytes; or it could not."""

    megabytes: int = 0
    fault: str | None = None


class _Answer(msgspec.Struct, frozen=True):
    """A reading; None where the memory did not suffice."""

    reading: Reading | None


class Worker:
    """A process that reads, as this one sees it. One thread at a time may use it; any may `kill` it."""

    def __init__(self, limits: Limits) -> None:
        """Starts it and waits until it is ready. Raises ModelError where it cannot start, InputError where the limits are too low."""
        self.limits = limits
        self._told: Context | None = None
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # closed by `end`
        code = f"import sys; sys.path[:] = {sys.path!r}; from presstime.read.worker import main; main()"
        command = [sys.executable, "-c", code, str(limits.seconds), str(limits.megabytes)]
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said, env={**os.environ, **_ONE_THREAD}
            )
        except OSError as error:
            self._said.close()
            raise ModelError(f"no worker can be started ({error.strerror}); give fewer --workers") from None
        assert self._process.stdin is not None and self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout
        with self._ended_after(_STARTING):
            message = _receive(self._from)
        ready = msgspec.msgpack.decode(message, type=_Ready) if message is not None else _Ready(fault=self._last_words())
        if ready.fault is not None:
            self.end()
            raise ModelError(f"a worker could not load what it reads with ({ready.fault}); try without --workers")
        if ready.megabytes + _ROOM > limits.megabytes:
            self.end()
            told = f"a worker holds {ready.megabytes} MB before it reads anything; give --memory-limit {ready.megabytes + _ROOM} or more"
            raise InputError(told)

    @property
    def process(self) -> int:
        """The process's id."""
        return self._process.pid

    def read(self, document: Document, context: Context) -> Reading | Ended:
        """The document's reading. After an `Ended` the worker is of no more use."""
        task = _Task(document, None if context == self._told else context)
        with self._ended_after(self.limits.seconds * _STALLED) as stalled:
            try:
                _send(self._to, msgspec.msgpack.encode(task))
                message = _receive(self._from)
            except (OSError, ValueError):  # it is gone
                message = None
        if message is None:
            return Ended("stalled") if stalled.is_set() else self._end_of()
        self._told = context
        reading = msgspec.msgpack.decode(message, type=_Answer).reading
        return Ended("memory") if reading is None else reading

    def kill(self) -> None:
        """Ends the process, whatever it is doing; a thread that waits for it gets an `Ended`."""
        with suppress(OSError):
            self._process.kill()

    def end(self) -> None:
        """Ends the process, waits for its end and closes what led to it."""
        self.kill()
        self._process.wait()
        for stream in (self._to, self._from, self._said):
            with suppress(OSError, ValueError):
                stream.close()

    def _end_of(self) -> Ended:
        status = self._process.wait()
        if status == -signal.SIGPROF:
            return Ended("time")
        words = self._last_words()
        if "bad_alloc" in words:
            return Ended("memory")
        how = f"it was ended by {signal.Signals(-status).name}" if status < 0 else f"its exit status was {status}"
        return Ended("died", f"{how}: {words}" if words else how)

    def _last_words(self) -> str:
        try:
            self._said.seek(0)
            lines = self._said.read().decode(errors="replace").split("\n")
        except (OSError, ValueError):
            return ""
        return next((line.strip()[:200] for line in reversed(lines) if line.strip()), "")

    @contextmanager
    def _ended_after(self, seconds: float) -> Iterator[threading.Event]:
        """Ends the process where what is done inside takes longer; the event tells that it did."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            yield late
        finally:
            timer.cancel()


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(len(message).to_bytes(_LENGTH, "little"))
    stream.write(message)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    """The next message; None where there is none, or it is not whole."""
    length = stream.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    size = int.from_bytes(length, "little")
    message = stream.read(size)
    return message if len(message) == size else None


# ---------------------------------------------------------------- inside the process


def main() -> None:
    """What the process does: load, then read what it is given until there is no more."""
    to = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the messages
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the process that talks to this one
    with suppress(BrokenPipeError):  # nobody is there any more
        _serve(sys.stdin.buffer, to, float(sys.argv[1]), int(sys.argv[2]))
        to.close()


def _serve(given: IO[bytes], to: IO[bytes], seconds: float, megabytes: int) -> None:
    from presstime.read.reading import failed, read_document

    context = Context()
    try:
        read_document(Document(id="first", sha256="", text=_WARM), context)
    except Exception as error:
        _send(to, msgspec.msgpack.encode(_Ready(fault=str(error) or type(error).__name__)))
        return
    _send(to, msgspec.msgpack.encode(_Ready(megabytes=_held())))
    _allow(megabytes)
    while (message := _receive(given)) is not None:
        _give(seconds)
        try:
            task = msgspec.msgpack.decode(message, type=_Task)
            context = context if task.context is None else task.context
            try:
                reading = read_document(task.document, context)
            except Exception as error:
                if _starved(error):
                    raise MemoryError from None
                reading = failed(task.document, context, error)
            answer = msgspec.msgpack.encode(_Answer(reading))
        except MemoryError:
            _allow(None)
            _send(to, msgspec.msgpack.encode(_Answer(None)))
            return
        _give(0)
        _send(to, answer)


def _give(seconds: float) -> None:
    """From now on so many seconds of a processor; the system ends the process after them. 0: no limit."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _allow(megabytes: int | None) -> None:
    """What the process may hold from now on. Linux keeps to it; other systems do not."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = hard if megabytes is None else megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _held() -> int:
    """The megabytes that count for the limit; 0 where the system does not tell."""
    try:
        told: dict[str, Any] = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
        return int(told["VmData"].split()[0]) // 1024
    except (OSError, KeyError, ValueError):
        return 0


def _starved(error: Exception) -> bool:
    """onnxruntime raises classes of its own where it gets no memory."""
    return isinstance(error, MemoryError) or "alloc" in str(error)
