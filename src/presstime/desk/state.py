"""What one running desk holds: the story, its ledger opened for looking, the accounts, and the work that goes on behind the pages.

Comes in: a story's folder and how the desk is reached. Goes out: a `Desk`. Example: `with desk.looking() as look:` lends one of the two
open ledgers to a page, and takes it back.
"""

from __future__ import annotations

import queue
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from presstime.desk.accounts import Accounts, Person
from presstime.desk.incoming import INCOMING, take_up
from presstime.desk.jobs import Jobs
from presstime.desk.limits import Attempts
from presstime.desk.recombining import Recombiner
from presstime.ledger import Ledger
from presstime.ledger.lookups import Everything, Lookups, Sight
from presstime.ledger.lookups_log import restricting
from presstime.problems import InputError
from presstime.story import LEDGER, Story, open_story

__all__ = ["ALONE", "LOOKERS", "Desk", "check_place"]

LOOKERS = 2
"""Ledgers open for looking, and so pages made at once: one for each core of a small machine. More only wait for each other."""
ALONE = "you"
"""What one person without an account goes by until they say otherwise (`--as NAME`)."""


class Desk:
    """A running desk. `alone` where there are no accounts: one person, on this machine, with a token."""

    def __init__(self, folder: Path, hosts: frozenset[str], *, as_name: str = ALONE, https: bool = False) -> None:
        self.folder = folder
        self.story: Story = open_story(folder)
        Ledger.open(folder / LEDGER, create=False).close()  # brings an older one to this version
        self.accounts = Accounts(folder)
        self.alone = not self.accounts.names()
        self.hosts = hosts
        self.https = https
        self.as_name = as_name
        self.attempts = Attempts()
        self.token: str | None = secrets.token_urlsafe(32) if self.alone else None
        self.working: set[str] = set()
        self.findings = Recombiner(folder)
        self.jobs = Jobs()
        self._token_lock = threading.Lock()
        self._work_lock = threading.Lock()
        self._lookers: queue.LifoQueue[Lookups] = queue.LifoQueue()
        self._opened = [Lookups.open(folder / LEDGER) for _ in range(LOOKERS)]
        for look in self._opened:
            self._lookers.put(look)
        if self.alone:
            self.accounts.close_lonely_sessions()
        if (folder / INCOMING).is_dir():
            take_up(self)

    @property
    def findings_busy(self) -> bool:
        """Whether findings are being brought up to date; pages say so and look again."""
        return self.findings.busy

    def close(self) -> None:
        """Close every file."""
        self.jobs.close()
        self.findings.close()
        for look in self._opened:
            look.close()
        self.accounts.close()

    @contextmanager
    def looking(self) -> Iterator[Lookups]:
        """One of the ledgers open for looking; waits where all are in use."""
        look = self._lookers.get()
        try:
            yield look
        finally:
            self._lookers.put(look)

    def take_token(self, token: str) -> bool:
        """Whether this is the token of the address that was opened; it is good once."""
        with self._token_lock:
            good = self.token is not None and secrets.compare_digest(self.token.encode(), token.encode("utf-8", "surrogatepass"))
            if good:
                self.token = None
            return good

    def sight(self, person: Person | None, look: Lookups) -> Sight:
        """What a person may see: editors and owners everything, readers what is neither confidential nor under embargo this minute.

        Where nobody has ever marked anything, there is nothing to keep from a reader.
        """
        if person is not None and (person.may("editor") or not restricting(look)):
            return Everything
        return Sight(now=datetime.now(UTC).replace(second=0, microsecond=0).isoformat(timespec="seconds"))

    def in_background(self, key: str, work: Callable[[], Any]) -> None:
        """Do a piece of work behind the pages, once at a time for each key. What fails is done again when next asked for."""
        with self._work_lock:
            if key in self.working:
                return
            self.working.add(key)

        def do() -> None:
            try:
                work()
            finally:
                with self._work_lock:
                    self.working.discard(key)

        threading.Thread(target=do, name=f"desk: {key[:40]}", daemon=True).start()

    def open_ledger(self) -> Ledger:
        """The ledger, for writing; use it in a `with`, in the thread that opened it."""
        return Ledger.open(self.folder / LEDGER, create=False)


def check_place(host: str, alone: bool) -> None:
    """Raise InputError where a desk without accounts would be open to others than this machine."""
    if alone and host not in ("127.0.0.1", "localhost", "::1"):
        raise InputError(
            f"a desk without accounts is for this machine only, not for {host}; "
            "make accounts first: presstime desk STORY --add-account NAME --role owner"
        )
