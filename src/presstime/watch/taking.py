"""One page at a time: fetched, looked at, entered, and noted; every way that this can go.

In: a page that is due. Out: nothing; what became of it stands in the ledger, the archive and watch.db, in this order, so that
a watch killed in between does the same once more, with the same ids. Example: a page that was kept and answers 404 for the
second time is noted as gone, and the change is put into the outbox in the same transaction.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from presstime.gather.fetch import answer_problem
from presstime.gather.fetched import Conditions, Fetched, conditions_of
from presstime.gather.fetcher import Fetcher
from presstime.gather.politeness import Clock
from presstime.records import Document, Problem
from presstime.story import Story
from presstime.story_watch import Feed
from presstime.watch.arriving import Intake, as_arrived, as_version, document_of_answer, document_of_entry
from presstime.watch.changes import WatchedChange
from presstime.watch.checking import (
    AGAIN,
    LATER,
    altered_change,
    back_change,
    gone_change,
    gone_problem,
    look_at,
    next_look,
    page_again,
)
from presstime.watch.known import KnownPage, keep_page
from presstime.watch.state import State
from presstime.watch.topic import topic_of

__all__ = ["Taking"]

TRIES = {"gone": 4, **dict.fromkeys(("busy", "timeout", "connection", "no-such-host"), 10)}
"""Faults that may pass, and how often a page is asked for before what the feed itself gives stands for it: one that a feed has
just named may take some minutes until it is there (7 in all), and a server may be down for a day (17 hours in all)."""

Do = Callable[..., Awaitable[Any]]
"""Does something in the thread that has the ledger."""


class Taking:
    """Takes pages in. `entered` is called when the ledger has a document more, `changed` when the outbox has a change more."""

    def __init__(
        self,
        story: Story,
        state: State,
        intake: Intake,
        fetcher: Fetcher,
        *,
        clock: Clock,
        do: Do,
        entered: Callable[[], None],
        changed: Callable[[], None],
    ) -> None:
        self._story, self._state, self._intake, self._fetcher, self._clock, self._do = story, state, intake, fetcher, clock, do
        self._entered, self._changed = entered, changed
        self._feeds: Mapping[str, Feed] = {feed.url: feed for feed in story.feeds}
        self._topic = topic_of(story.filter, story.actors, story.places)

    async def take(self, page: KnownPage) -> None:
        """Look at a page that is due, be it for the first time or again."""
        # A page that never answered with its text has nothing to be compared with.
        if page.state in ("kept", "gone") and page.document is not None and page.seen is not None and _has_page(page):
            await self._check(page, page.document)
        else:
            await self._arrive(page)

    # ------------------------------------------------------------ the first time

    async def _arrive(self, page: KnownPage) -> None:
        feed = self._feeds.get(page.feed) or Feed(url=page.feed)
        document: Document | None = None
        fetched: Fetched | None = None
        problems: tuple[Problem, ...] = ()
        fault: Problem | None = None
        if _has_page(page):
            answer = await self._fetcher.get(page.url)
            fault = answer if isinstance(answer, Problem) else answer_problem(answer)
            if fault is None and isinstance(answer, Fetched):
                fetched = answer
                document, problems = await asyncio.to_thread(document_of_answer, answer, self._story)
                if document is None:
                    fault = problems[0] if problems else Problem(where=page.url, what="empty", why="The page holds no text.")
            if fault is not None and page.failures + 1 < TRIES.get(fault.what, 0):
                self._later(page, fault)
                return
        if document is None:
            fetched = None
            document = document_of_entry(page.entry, feed, page.found) if page.entry is not None else None
        if document is None:
            why = fault.why if fault is not None else "The feed gives no words of it."
            keep_page(self._state, replace(page, state="unread", due=None, failures=page.failures + 1, fault=why))
            return
        document = as_arrived(document, page.entry, feed, page.found, self._story.time_zone)
        if page.document is None and (off := self._topic(document)) is not None:
            keep_page(self._state, replace(page, state="off-topic", due=None, failures=0, fault=off), _conditions(fetched))
            return
        if page.document is not None:
            await self._renewed(page, page.document, document, fetched, problems)
            return
        problem = await self._do(self._intake.enter, document, fetched, (*problems, *((fault,) if fault is not None else ())))
        self._kept(page, document.id, fetched, fault or problem)

    async def _renewed(
        self, page: KnownPage, known: str, document: Document, fetched: Fetched | None, problems: tuple[Problem, ...]
    ) -> None:
        """An entry that the feed gives otherwise now, or a page that is there at last."""
        before = await self._do(self._intake.ledger.document, known)
        if before is None or before.text == document.text:
            self._kept(page, known, fetched, None)
        else:
            await self._version(page, before, document, fetched, problems, told=not _has_page(page))

    # ------------------------------------------------------------ again

    async def _check(self, page: KnownPage, known: str) -> None:
        before: Document | None = await self._do(self._intake.ledger.document, known)
        conditions = Conditions(etag=page.etag, last_modified=page.modified) if page.state == "kept" else None
        fetched = await self._fetcher.get(page.url, conditions)
        if isinstance(fetched, Problem) or before is None:
            self._later(page, fetched if isinstance(fetched, Problem) else _no_document(page))
            return
        fault = answer_problem(fetched)
        if fault is not None and fault.what in ("forbidden", "no-page"):
            self._later(page, fault)
            return
        document: Document | None = None
        problems: tuple[Problem, ...] = ()
        if 200 <= fetched.status < 300:
            document, problems = await asyncio.to_thread(document_of_answer, fetched, self._story)
        look = look_at(fetched, document, problems, before, page.missing)
        if look.verdict == "altered" and document is not None:
            await self._version(page, before, document, fetched, problems, told=True)
        elif look.verdict == "missing":
            after = replace(page, missing=page.missing + 1, due=self._now() + AGAIN, failures=0, fault=look.why)
            keep_page(self._state, after)
        elif look.verdict == "gone":
            await self._gone(page, before, fetched, look.why)
        else:
            changes = (back_change(before, page.seen or page.found, self._moment()),) if page.state == "gone" else ()
            self._kept(page, known, fetched, None, changes)

    async def _gone(self, page: KnownPage, document: Document, fetched: Fetched, why: str) -> None:
        after = replace(page, state="gone", missing=page.missing + 1, due=self._now() + LATER, failures=0, fault=why)
        if page.state == "gone":
            keep_page(self._state, after)
            return
        at, seen = self._moment(), page.seen or page.found
        await self._do(self._intake.keep, fetched)
        await self._do(self._intake.ledger.enter_problem, gone_problem(document, seen, why, at))
        with self._state.together():
            keep_page(self._state, after)
            self._state.enter_changes([gone_change(document, seen, why, at)])
        self._changed()

    async def _version(
        self, page: KnownPage, before: Document, document: Document, fetched: Fetched | None, problems: tuple[Problem, ...], *, told: bool
    ) -> None:
        """Enter a later version. When it was first seen is noted before, so that a second try gives it the same id."""
        digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
        if page.pending is None or page.pending[0] != digest:
            page = replace(page, pending=(digest, self._moment()))
            keep_page(self._state, page)
        assert page.pending is not None
        version = as_version(document, before, page.seen or page.found, page.pending[1])
        problem = await self._do(self._intake.enter, version, fetched, problems)
        changes = (altered_change(before, version, page.pending[1]),) if told else ()
        self._kept(page, version.id, fetched, problem, changes)

    # ------------------------------------------------------------ noted

    def _kept(
        self, page: KnownPage, document: str, fetched: Fetched | None, fault: Problem | None, changes: tuple[WatchedChange, ...] = ()
    ) -> None:
        """Note that a page's newest version is in the ledger; what a feed alone gave is not looked at again."""
        due = None
        if fetched is not None:
            age = self._now() - datetime.fromisoformat(page.found).timestamp()
            due = self._now() + next_look(age)
        after = replace(
            page,
            state="kept",
            document=document,
            pending=None,
            seen=self._moment() if fetched is not None else page.seen,
            due=due,
            failures=0,
            missing=0,
            fault=fault.why if fault is not None else None,
        )
        conditions = _conditions(fetched) if fetched is not None and fetched.status != 304 else None
        with self._state.together():
            keep_page(self._state, after, conditions)
            self._state.enter_changes(changes)
        if document != page.document:
            self._entered()
        if changes:
            self._changed()

    def failed(self, page: KnownPage, why: str) -> None:
        """Leave a page for later, for a fault that nobody foresaw."""
        self._later(page, Problem(where=page.url, what="failed", why=why))

    def _later(self, page: KnownPage, fault: Problem) -> None:
        wait = max(page_again(page.failures), self._fetcher.held(page.url))
        keep_page(self._state, replace(page, due=self._now() + wait, failures=page.failures + 1, fault=fault.why))

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _moment(self) -> str:
        return self._clock.now().isoformat(timespec="seconds")


def _has_page(page: KnownPage) -> bool:
    return page.entry is None or page.entry.page


def _conditions(fetched: Fetched | None) -> Conditions | None:
    return (conditions_of(fetched) or Conditions()) if fetched is not None else None


def _no_document(page: KnownPage) -> Problem:
    why = "The ledger has no document of this page any more. Put back the ledger that was watched, or remove watch.db."
    return Problem(where=page.url, what="no-document", why=why)
