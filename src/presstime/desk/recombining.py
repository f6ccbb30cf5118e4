"""Findings brought up to date behind the pages, after people have changed something, giving way to whoever saves.

Comes in: word that something has changed. Goes out: nothing; the ledger's findings are as of now. One thread does it, a moment after the
last change, so that ten corrections in a row are combined once. Writing the findings holds the ledger's one place for a writer;
whoever saves meanwhile goes before: what was going on, and would be out of date, is broken off without a trace and done again.
Example: `recombiner.changed()` after a correction; pages say "Findings are being brought up to date" while `recombiner.busy`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from presstime.ledger import BusyError, Ledger
from presstime.problems import PresstimeError
from presstime.story import LEDGER, open_story

__all__ = ["AFTER", "PATIENCE", "Recombiner"]

AFTER = 1.0
"""Seconds without a change before findings are made anew: whoever works through the queue makes one every few seconds."""
PATIENCE = 45.0
"""Seconds for which findings give way to savers; then they are made, and a save waits for them once: somebody who corrects without a
pause must not keep them from everybody else."""


class Recombiner:
    """Brings a story's findings up to date. Threads may share it; `close` it."""

    def __init__(
        self, folder: Path, *, after: float = AFTER, patience: float = PATIENCE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder = folder
        self._after = after
        self._patience = patience
        self._clock = clock
        self._state = threading.Condition()
        self._thread: threading.Thread | None = None
        self._wanted = 0
        """Counts the changes there were; `_done` is how many of them are in the findings."""
        self._done = 0
        self._changed_at = 0.0
        self._waiting_since = 0.0
        self._savers = 0
        self._closed = False
        self.broken_off = 0
        """How often combining gave way: for tests and for whoever wonders."""
        self.fault: str | None = None
        """Why findings could not be brought up to date the last time; None where they could."""

    @property
    def busy(self) -> bool:
        """Whether something has changed that is not in the findings yet."""
        return self._wanted != self._done and self.fault is None

    def changed(self) -> None:
        """Say that something has changed: a correction, a decision, a document."""
        with self._state:
            if self._closed:
                return
            now = self._clock()
            if self._wanted == self._done:
                self._waiting_since = now
            self._wanted += 1
            self._changed_at = now
            self.fault = None
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="desk: findings", daemon=True)
                self._thread.start()
            self._state.notify_all()

    @contextmanager
    def going_before(self) -> Iterator[None]:
        """While inside, combining gives way."""
        with self._state:
            self._savers += 1
        try:
            yield
        finally:
            with self._state:
                self._savers -= 1
                self._state.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is left to do; false where it takes longer."""
        with self._state:
            return self._state.wait_for(lambda: self._wanted == self._done or self.fault is not None, seconds)

    def close(self) -> None:
        """Break off what goes on, and end the thread. What was left to do is done when the desk is opened again."""
        with self._state:
            self._closed = True
            self._state.notify_all()
        if self._thread is not None:
            self._thread.join(10)

    def _work(self) -> None:
        while True:
            with self._state:
                self._state.wait_for(lambda: self._closed or (self._wanted != self._done and self.fault is None))
                while not self._closed and (left := self._left()) > 0:
                    self._state.wait(left)
                if self._closed:
                    return
                wanted = self._wanted
            fault = None
            try:
                self._combine()
            except BusyError:
                self.broken_off += 1
                with self._state:
                    self._changed_at = self._clock()  # waits again: whoever saves once mostly saves again
                continue
            except PresstimeError as error:
                fault = str(error)
            except Exception as error:  # a page must say so, and the next correction must be tried
                fault = f"{type(error).__name__}: {error}"
            with self._state:
                self._done = self._wanted if fault else wanted
                self._waiting_since = self._clock()
                self.fault = fault
                self._state.notify_all()

    def _left(self) -> float:
        """Seconds to wait still."""
        if self._clock() - self._waiting_since > self._patience:
            return 0.0
        return self._after if self._savers else self._changed_at + self._after - self._clock()

    def _asked(self) -> bool:
        """Whether combining must give way."""
        return self._closed or (self._savers > 0 and self._clock() - self._waiting_since <= self._patience)

    def _combine(self) -> None:
        from presstime.combine import combine  # takes a while to import, and many a desk is only looked at

        story = open_story(self._folder)
        with Ledger.open(self._folder / LEDGER, create=False) as ledger:
            ledger.wait_at_most(5)
            now = datetime.now(ZoneInfo(story.time_zone))
            with ledger.giving_way(self._asked):
                findings = combine(ledger, moment=now, context=story.context, time_zone=story.time_zone)
                ledger.enter_findings(findings)
