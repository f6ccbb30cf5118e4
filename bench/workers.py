"""How fast worker processes read: `python -m bench.workers [--documents 200] [--workers 1 2]` prints the table of docs/scale.md.

Comes in: made articles of some 600 words, of one growing story (`tests/worlds/scale.py`: our own prose). Goes out, for each number of
workers: words a second by the clock, loading not counted; words for each second of a processor, that of the process which hands out and
takes back counted in; the most memory of a worker and of that process; and how many processes wanted a processor meanwhile, without
which the clock tells nothing.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import msgspec

from presstime.read.pool import ReadingPool
from presstime.records import Context, Document
from tests.worlds.scale import growing_readings

__all__ = ["main"]

WANTED = 7_000
"""Words a second on two cores: a million articles of 600 words a day."""
LENGTH = range(500, 751)
"""Words of an article that is taken, of those that are made."""
MADE = 1_000_000
"""More than will be asked for; they are made one at a time."""
EVERY = 0.2
"""Seconds between two looks at memory and load."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.workers", description="How fast worker processes read.")
    parser.add_argument("--documents", type=int, default=200, help="made articles (200)")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="numbers of workers to try (1 2)")
    chosen = parser.parse_args(arguments)
    documents = list(islice(_articles(), chosen.documents))
    words = sum(len(each.text.split()) for each in documents)
    print(f"{len(documents)} made articles, {words} words ({words / len(documents):.0f} each); {len(os.sched_getaffinity(0))} cores")
    print(f"wanted on two cores: {WANTED} words/s\n")
    print(f"{'workers':>7} {'words/s':>8} {'words/s of a processor':>23} {'this process':>12} {'a worker':>9} {'others that ran':>15}")
    for workers in chosen.workers:
        _measure(workers, documents, words)
    return 0


def _articles() -> Iterator[Document]:
    """Made articles of about 600 words as they were gathered: what a reader finds out is left out."""
    for each in growing_readings(MADE):
        if len(each.document.text.split()) in LENGTH:
            yield _unread(each.document)


def _unread(document: Document) -> Document:
    return msgspec.structs.replace(document, headline=None, dateline=None, as_of=None, credits=(), media=(), parts=())


def _measure(workers: int, documents: Sequence[Document], words: int) -> None:
    before = _processor_seconds(resource.RUSAGE_CHILDREN)
    with ReadingPool(workers) as pool:
        for each in [pool.submit(documents[0], Context()) for _ in range(workers * 2)]:
            each.result()
        loaded = sum(_seconds_of(process) for process in pool.processes())
        own = _processor_seconds(resource.RUSAGE_SELF)
        with _watched(pool) as seen:
            begun = time.perf_counter()
            read = sum(1 for _ in pool.read(documents, Context()))
            took = time.perf_counter() - begun
        own = _processor_seconds(resource.RUSAGE_SELF) - own
    spent = _processor_seconds(resource.RUSAGE_CHILDREN) - before - loaded + own
    assert read == len(documents)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    others = seen.running / max(seen.looks, 1)
    print(f"{workers:7} {words / took:8.0f} {words / spent:23.0f} {most:9.0f} MB {seen.megabytes:6.0f} MB {others:15.1f}", flush=True)


class _Seen:
    megabytes = 0.0
    running = 0
    looks = 0


@contextmanager
def _watched(pool: ReadingPool) -> Iterator[_Seen]:
    """The most that a worker held, and how many processes besides the workers were running or waiting for a processor."""
    seen, over = _Seen(), threading.Event()

    def look() -> None:
        while not over.wait(EVERY):
            own = pool.processes()
            seen.megabytes = max([seen.megabytes, *(_held(process) for process in own)])
            running = int(Path("/proc/loadavg").read_text().split()[3].split("/")[0])
            seen.running += max(0, running - len(own) - 1)
            seen.looks += 1

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def _held(process: int) -> float:
    status = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0]) / 1024


def _seconds_of(process: int) -> float:
    user, system = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _processor_seconds(whose: int) -> float:
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
