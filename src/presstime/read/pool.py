"""Many documents at once, each in a worker process: in order, in bounded memory, and a poisonous one costs itself only.

In: documents, one after the other as they are gathered, and a context. Out: their readings, in the same order. What else stands among
the documents (a Problem, a reading that is there already) comes out at its place. A document that takes more than its time or memory, or
at which a worker ends, comes back as a reading without records and with a Problem; another worker takes the place of the ended one.

Example: `with ReadingPool(2) as pool: readings = list(pool.read(documents, Context()))` reads on two cores.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from queue import LifoQueue
from threading import Lock
from types import TracebackType
from typing import Self, TypeVar

from presstime.problems import InputError
from presstime.read.reading import unread
from presstime.read.worker import Ended, Limits, Worker
from presstime.records import Context, Document, Reading

__all__ = ["GIVEN_UP", "Limits", "ReadingPool", "given_up"]

GIVEN_UP = ("too-slow", "too-much-memory", "worker-ended")
"""The kinds of Problems with which a document comes back that cost more than it may."""
_AHEAD = 8
"""Documents for each worker that are taken in before the first of them is read: one that takes eight times as long as the
others holds none of them up."""
_AHEAD_CHARACTERS = 4_000_000
"""… and the characters of all of them together: two of the longest texts that are read. Readings take some ten times as many bytes."""
_ATTEMPTS = 2
"""A worker that ends may have been ended from outside, or have been full of an earlier document: a fresh one tries once more."""

Other = TypeVar("Other")


class ReadingPool:
    """So many worker processes, each started when there is a document for it and kept until `close`. Any thread may use it."""

    def __init__(self, workers: int, limits: Limits | None = None) -> None:
        """Raises InputError where there would be no worker, or the limits are none."""
        if not hasattr(signal, "setitimer"):
            raise InputError("workers need Linux or macOS; read without --workers here")
        self.limits = limits or Limits()
        if workers < 1 or self.limits.seconds <= 0 or self.limits.megabytes <= 0:
            raise InputError("workers, and a document's time and memory, must be more than nothing")
        self._workers = workers
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reading")
        self._idle: LifoQueue[Worker | None] = LifoQueue()  # the last one first: three documents need no eight workers
        for _ in range(workers):
            self._idle.put(None)
        self._running: set[Worker] = set()
        self._lock = Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends every worker, whatever it is doing; what was not read yet is cancelled."""
        with self._lock:
            self._closed = True
            running = tuple(self._running)
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in running:
            worker.kill()
        self._threads.shutdown(wait=True)
        for worker in running:
            worker.end()

    def processes(self) -> tuple[int, ...]:
        """The ids of the worker processes there are now."""
        with self._lock:
            return tuple(sorted(worker.process for worker in self._running))

    def submit(self, document: Document, context: Context) -> Future[Reading]:
        """One document, to be read when a worker is free. What is submitted without waiting lies in memory: `read` bounds it."""
        return self._threads.submit(self._read, document, context)

    def read(self, items: Iterable[Document | Other], context: Context) -> Iterator[Reading | Other]:
        """The documents' readings, and what else is among them, in order. Items are taken a bounded way ahead."""
        ahead: deque[tuple[Future[Reading] | Other, int]] = deque()
        characters = 0
        try:
            for item in items:
                size = len(item.text) if isinstance(item, Document) else 0
                while ahead and (_there(ahead[0][0]) or len(ahead) >= self._workers * _AHEAD or characters + size > _AHEAD_CHARACTERS):
                    first, its_size = ahead.popleft()
                    characters -= its_size
                    yield _of(first)
                ahead.append((self.submit(item, context) if isinstance(item, Document) else item, size))
                characters += size
            while ahead:
                yield _of(ahead.popleft()[0])
        finally:
            for waiting, _ in ahead:
                if isinstance(waiting, Future):
                    waiting.cancel()

    def _read(self, document: Document, context: Context) -> Reading:
        worker = self._idle.get()
        ended: Ended | None = None
        try:
            for _ in range(_ATTEMPTS):
                if ended is not None and ended.why in ("time", "stalled"):
                    break
                worker = worker or self._started()
                found = worker.read(document, context)
                if isinstance(found, Reading):
                    return found
                ended = found
                self._ended(worker)
                worker = None
            assert ended is not None
            return unread(document, context, *_told(ended, self.limits))
        finally:
            self._idle.put(worker)

    def _started(self) -> Worker:
        worker = Worker(self.limits)
        with self._lock:
            if not self._closed:
                self._running.add(worker)
                return worker
        worker.end()
        raise CancelledError

    def _ended(self, worker: Worker) -> None:
        with self._lock:
            if self._closed:
                raise CancelledError
            self._running.discard(worker)
        worker.end()


def given_up(reading: Reading) -> bool:
    """Whether a document was not read because it cost more than it may; with more, it may be read after all."""
    return any(problem.what in GIVEN_UP for problem in reading.problems)


def _there(item: object) -> bool:
    return not isinstance(item, Future) or item.done()


def _of(item: Future[Reading] | Other) -> Reading | Other:
    return item.result() if isinstance(item, Future) else item


def _told(ended: Ended, limits: Limits) -> tuple[str, str]:
    """A Problem's kind and words."""
    kept = "the document is kept and was not read"
    if ended.why == "time":
        return "too-slow", f"reading took more than {limits.seconds:g} s of a processor; {kept}: allow more with --time-limit, or split it"
    if ended.why == "stalled":
        return "too-slow", f"reading did not end, and hardly used a processor; {kept}: try again when the machine is less busy"
    if ended.why == "memory":
        return "too-much-memory", f"reading took more than {limits.megabytes} MB; {kept}: allow more with --memory-limit, or split it"
    why = f"the process that read it ended twice ({ended.words}); {kept}: please report this with its text"
    return "worker-ended", why
