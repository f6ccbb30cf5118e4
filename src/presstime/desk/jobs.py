"""What takes longer than a page may: adding material, publishing an edition. One after another, behind the pages, with how far it is.

Comes in: a job and its work. Goes out: the job as it stands, for a page that looks again until it is over. Example: three files were
dropped; the page says "reading, 2 of 3", and the readings of the first two can be looked at already.
"""

from __future__ import annotations

import queue
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from presstime.problems import PresstimeError
from presstime.records import Problem, Record

__all__ = ["Job", "JobKind", "JobRow", "JobState", "Jobs", "job_row"]

JobKind = Literal["material", "edition"]
JobState = Literal["waiting", "running", "done", "failed", "stopped"]
KEPT = 100
"""Jobs that are remembered until the desk is closed: what they did is in the ledger in any case."""
MOST_WAITING = 50
SHOWN = 200
"""Documents and problems of a job that are told; an archive may hold thousands."""


@dataclass(kw_only=True)
class Job:
    """Something that is being done. Its own thread writes it, pages read it.

    `step` says in words what goes on; `total` is None as long as nobody knows. `documents` are the ids that it entered, `known` those
    that were there already; `made` is the id of the edition.
    """

    kind: JobKind
    title: str
    by: str
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    at: str = field(default_factory=lambda: datetime.now().astimezone().isoformat(timespec="seconds"))
    state: JobState = "waiting"
    step: str = "waiting for what was asked for before"
    done: int = 0
    total: int | None = None
    documents: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    fault: str | None = None
    made: str | None = None
    stopping: bool = False

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed", "stopped")


class JobRow(Record, frozen=True):
    """A job as the API tells it: what it is, how far, which documents it entered (the first 200), what went wrong."""

    id: str
    kind: JobKind
    title: str
    by: str
    at: str
    state: JobState
    step: str
    done: int
    total: int | None
    documents: tuple[str, ...]
    known: tuple[str, ...]
    problems: tuple[Problem, ...]
    fault: str | None
    edition: str | None


def job_row(job: Job) -> JobRow:
    """A job as it stands now."""
    return JobRow(
        id=job.id,
        kind=job.kind,
        title=job.title,
        by=job.by,
        at=job.at,
        state=job.state,
        step=job.step,
        done=job.done,
        total=job.total,
        documents=tuple(job.documents[:SHOWN]),
        known=tuple(job.known[:SHOWN]),
        problems=tuple(job.problems[:SHOWN]),
        fault=job.fault,
        edition=job.made,
    )


class Jobs:
    """The jobs of a desk, done one after another by one thread. Threads may share it; `close` it."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: queue.SimpleQueue[tuple[Job, Callable[[Job], None]] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether the desk is being closed."""
        return self._closed

    def start(self, job: Job, work: Callable[[Job], None]) -> bool:
        """Do a job as soon as those before it are over; false where too many wait already, and nothing is kept of it."""
        with self._lock:
            if self._closed or sum(not one.over for one in self._jobs.values()) >= MOST_WAITING:
                return False
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT and (old := next((one for one in self._jobs.values() if one.over), None)) is not None:
                del self._jobs[old.id]
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="desk: jobs", daemon=True)
                self._thread.start()
        self._queue.put((job, work))
        return True

    def get(self, identifier: str) -> Job | None:
        """A job by its id."""
        with self._lock:
            return self._jobs.get(identifier)

    def last(self, kind: JobKind | None = None) -> tuple[Job, ...]:
        """The jobs, the latest first."""
        with self._lock:
            return tuple(one for one in reversed(self._jobs.values()) if kind is None or one.kind == kind)

    def close(self) -> None:
        """Stop what goes on, and end the thread."""
        with self._lock:
            self._closed = True
            for one in self._jobs.values():
                one.stopping = True
        self._queue.put(None)
        if self._thread is not None:
            self._thread.join(15)

    def _work(self) -> None:
        while (given := self._queue.get()) is not None:
            job, work = given
            if not job.stopping:
                job.state = "running"
                try:
                    work(job)
                except PresstimeError as error:
                    job.fault = str(error)
                except Exception as error:  # a page must say so, and the next job must be done
                    job.fault = f"{type(error).__name__}: {error}"
            job.state = "stopped" if job.stopping else "failed" if job.fault is not None else "done"
