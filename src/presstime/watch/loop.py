"""The watch's loop: what is due is done, what came in is combined, what changed is told, until it is stopped.

In: a story. Out: documents in its ledger and changes in its outbox. Feeds and pages are asked at once, each host at its own
pace; reading and combining happen one after the other in a thread of their own. Whatever fails ends one feed or one page
for now, never the loop. Example: `await Watcher(open_story(folder)).run(seconds=600)` watches for ten minutes.
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import msgspec

from presstime.combine import combine
from presstime.compile import write_whole
from presstime.findings import Findings
from presstime.gather.fetcher import Fetcher
from presstime.gather.politeness import Clock
from presstime.problems import LedgerError, StoryError
from presstime.story import Story
from presstime.watch.arriving import Intake
from presstime.watch.changes import WatchedChange
from presstime.watch.comparing import find_changes
from presstime.watch.feed_xml import FEED_XML, MOST, changes_feed
from presstime.watch.known import due_feeds, due_pages, feed, keep_feeds, lost_again, next_due, page, waiting_again
from presstime.watch.lock import watch_lock
from presstime.watch.polls import Polls
from presstime.watch.showing import shown_changes
from presstime.watch.state import State
from presstime.watch.taking import Taking

__all__ = ["Teller", "Watcher"]

AT_ONCE = 24
"""Pages under way at once, over all hosts."""
SETTLING = 0.5
"""Seconds after a document before combining begins, so that those that come together are combined together."""
LONGEST_SETTLING = 30.0
"""While combining takes long, as long as it took last: with ten thousand documents, more come in meanwhile."""
PEEK = 60.0
"""Seconds between looks at whether others have entered or corrected something, or a document's time has come."""
RETELL = 900.0
"""Seconds after which feed.xml is written anew even if nothing changed: an embargo may have ended."""
LONGEST_NAP = 3600.0
_FINDINGS, _FILTER, _STARTED = "findings", "filter", "started"
_SAID = "said"
"""What stands for a rule: `found` has been given the change."""


class Teller(Protocol):
    """Tells people of changes. Both are called in the loop's thread."""

    def begin(self, state: State) -> None:
        """Make its rules known, before anything is found."""

    async def tell(self, state: State, now: datetime) -> float | None:
        """Tell what is to be told now; the seconds until there may be something to tell even if nothing changes, None for never."""


class Watcher:
    """Watches one story. `found` is given every change, once; `say` is told in a line what goes wrong; `teller` tells people."""

    def __init__(
        self,
        story: Story,
        *,
        clock: Clock | None = None,
        fetcher: Fetcher | None = None,
        teller: Teller | None = None,
        say: Callable[[str], None] = lambda line: None,
        found: Callable[[WatchedChange], None] = lambda change: None,
    ) -> None:
        if not story.feeds:
            raise StoryError("story.toml names no feed to watch; put one under [[feeds]] (presstime new shows how)")
        self._story, self._clock, self._teller, self._say, self._found = story, clock or Clock(), teller, say, found
        self._fetcher = fetcher or Fetcher(story.fetch, clock=self._clock)
        self._feeds = {each.url: each for each in story.feeds}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._dirty, self._tell_at = False, 0.0
        self._cost, self._peek_at = 0.0, 0.0
        self._stopped = False

    def stop(self) -> None:
        """End the watch: what is under way in the ledger is finished, what is being fetched is left for the next time."""
        self._stopped = True
        if hasattr(self, "_wake"):
            self._wake.set()

    async def run(self, *, once: bool = False, seconds: float | None = None) -> int:
        """Watch until stopped, for so many seconds, or (`once`) until every feed was polled and all that it brought is in.

        Gives how many feeds failed last time they were asked. Raises StoryError where the story is being watched already,
        LedgerError where its files cannot be used.
        """
        self._wake = asyncio.Event()
        with watch_lock(self._story.folder), State.open(self._story.folder) as self._state:
            self._executor = ThreadPoolExecutor(1, "presstime-watch")
            try:
                self._intake: Intake = await self._do(Intake, self._story)
                try:
                    await self._begin(once)
                    await self._go(once, seconds)
                finally:
                    await self._end()
                    await self._do(self._intake.close)
            finally:
                await self._fetcher.aclose()
                self._executor.shutdown()
            return sum(1 for url in self._feeds if feed(self._state, url).failures)

    async def _do(self, function: Callable[..., Any], *given: Any) -> Any:
        """Do something in the thread that has the ledger, after all that it was given before."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, functools.partial(function, *given))

    async def _begin(self, once: bool) -> None:
        state, now = self._state, self._clock.now()
        keep_feeds(state, list(self._feeds))
        chosen = hashlib.sha256(msgspec.json.encode((self._story.filter, self._story.actors, self._story.places))).digest()
        if (before := state.note(_FILTER)) != chosen:
            with state.together():
                if before is not None and (again := waiting_again(state, now.timestamp())):
                    self._say(f"the filter has changed: {again} pages that were off topic are looked at again")
                state.put_note(_FILTER, chosen)
        state.begin_rule(_SAID)
        state.put_note(_STARTED, now.isoformat(timespec="seconds").encode())
        if self._teller is not None:
            self._teller.begin(state)
        if state.note(_FINDINGS) is None:
            # what is in the record before the first watch is no news
            state.put_note(_FINDINGS, msgspec.json.encode(await self._do(self._combined, now)))
        self._before = msgspec.json.decode(state.note(_FINDINGS) or b"", type=Findings)
        if lost := lost_again(state, await self._do(self._intake.documents), now.timestamp()):
            self._say(f"the ledger lacks the documents of {lost} pages that were taken in: they are fetched anew")
        self._counts = await self._do(self._intake.counts)
        self._dirty = True  # a watch that was killed may have left documents that were entered and not combined
        do = self._do
        self._polls = Polls(state, self._intake, self._fetcher, clock=self._clock, do=do, say=self._say)
        self._taking = Taking(
            self._story, state, self._intake, self._fetcher, clock=self._clock, do=do, entered=self._has_entered, changed=self._has_changed
        )
        self._to_poll = set(self._feeds) if once else set()
        for url in self._to_poll.copy():
            known = feed(state, url)
            if known.failures and known.due > now.timestamp():
                self._to_poll.discard(url)
                until = datetime.fromtimestamp(known.due, ZoneInfo(self._story.time_zone)).isoformat(timespec="minutes")
                self._say(f"{url} is left alone until {until}, after {known.failures} failures: {known.fault}")

    async def _go(self, once: bool, seconds: float | None) -> None:
        end = self._clock.monotonic() + seconds if seconds is not None else None
        while not self._stopped:
            now = self._clock.now().timestamp()
            self._launch(now, once)
            if once and not self._running and not self._to_poll and not self._dirty and self._tell_at > now:
                return
            left = end - self._clock.monotonic() if end is not None else LONGEST_NAP
            if left <= 0:
                return
            due = next_due(self._state, self._feeds)
            waits = [left, LONGEST_NAP]
            waits += [max(self._tell_at - now, 0.0)] if "telling" not in self._running else []
            waits += [max(self._peek_at - now, 0.0)] if not {"peeking", "combining"} & self._running.keys() else []
            if due is not None and due > now:
                waits.append(due - now)
            await self._nap(min(waits) if not self._full() else left)

    async def _nap(self, seconds: float) -> None:
        """Sleep, or until something is done."""
        if not self._wake.is_set():
            sleeping = asyncio.ensure_future(self._clock.sleep(max(seconds, 0.01)))
            waking = asyncio.ensure_future(self._wake.wait())
            _, pending = await asyncio.wait({sleeping, waking}, return_when=asyncio.FIRST_COMPLETED)
            for each in pending:
                each.cancel()
        self._wake.clear()

    async def _end(self) -> None:
        for task in self._running.values():
            task.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    # ------------------------------------------------------------ what is under way

    def _full(self) -> bool:
        return sum(1 for name in self._running if name.startswith("page ")) >= AT_ONCE

    def _launch(self, now: float, once: bool) -> None:
        for known in due_feeds(self._state, self._feeds, now if not self._to_poll else float("inf")):
            if not self._to_poll or known.url in self._to_poll or known.due <= now:
                self._start(f"feed {known.url}", functools.partial(self._poll, known.url))
        busy = [name.removeprefix("page ") for name in self._running if name.startswith("page ")]
        if len(busy) <= AT_ONCE * 3 // 4:
            for each in due_pages(self._state, now, busy=busy)[: AT_ONCE - len(busy)]:
                self._start(f"page {each.url}", functools.partial(self._take, each.url))
        if self._dirty:
            self._start("combining", self._combine)
        elif self._peek_at <= now:
            self._start("peeking", self._peek)
        if self._tell_at <= now:
            self._start("telling", self._tell)

    def _start(self, name: str, job: Callable[[], Coroutine[Any, Any, None]]) -> None:
        if name in self._running:
            return
        task = asyncio.ensure_future(job())
        self._running[name] = task

        def done(_: asyncio.Task[None]) -> None:
            self._running.pop(name, None)
            self._wake.set()
            if not task.cancelled() and (error := task.exception()) is not None:
                self._broken(name, error)

        task.add_done_callback(done)

    def _broken(self, name: str, error: BaseException) -> None:
        """One feed, page or message that breaks in a way nobody foresaw is left for later, and told."""
        self._say(f"{name}: {type(error).__name__}: {error}")
        kind, _, url = name.partition(" ")
        try:
            if kind == "feed":
                known = feed(self._state, url)
                self._polls.failed(known, self._feeds[url], f"{type(error).__name__}: {error}", self._clock.now().isoformat())
            elif kind == "page" and (known_page := page(self._state, url)) is not None:
                self._taking.failed(known_page, f"{type(error).__name__}: {error}")
        except LedgerError as other:
            self._say(str(other))
        if name == "combining":
            self._cost = LONGEST_SETTLING
        elif name == "telling":
            self._tell_at = self._clock.now().timestamp() + LONGEST_SETTLING

    # ------------------------------------------------------------ the jobs

    async def _poll(self, url: str) -> None:
        try:
            await self._polls.poll(feed(self._state, url), self._feeds[url])
        finally:
            self._to_poll.discard(url)

    async def _take(self, url: str) -> None:
        known = page(self._state, url)
        if known is not None:
            await self._taking.take(known)

    def _has_entered(self) -> None:
        self._dirty = True

    def _has_changed(self) -> None:
        self._tell_at = 0.0

    async def _combine(self) -> None:
        """Combine, put what changed into the outbox together with the findings it was found against, and say it."""
        await self._clock.sleep(max(SETTLING, min(self._cost, LONGEST_SETTLING)))
        self._dirty = False
        started = time.monotonic()
        now = self._clock.now()
        try:
            findings, changes, data = await self._do(self._compared, self._before, now)
        except BaseException:
            self._dirty = True
            raise
        with self._state.together():
            new = self._state.enter_changes(changes)
            self._state.put_note(_FINDINGS, data)
        self._before, self._cost = findings, time.monotonic() - started
        if new:
            self._has_changed()
        await self._do(self._intake.ledger.enter_findings, findings)

    async def _peek(self) -> None:
        """Combine where the record is another than the one that was combined last."""
        self._peek_at = self._clock.now().timestamp() + PEEK
        found = await self._do(self._intake.counts)
        if found != self._counts or found[0] != len(self._before.documents):
            self._counts, self._dirty = found, True
            self._has_changed()  # what has been marked as confidential leaves feed.xml

    def _combined(self, now: datetime) -> Findings:
        story = self._story
        moment = now.astimezone(ZoneInfo(story.time_zone))
        return combine(self._intake.ledger, moment=moment, context=story.context, time_zone=story.time_zone)

    def _compared(self, before: Findings, now: datetime) -> tuple[Findings, tuple[WatchedChange, ...], bytes]:
        """The findings of now, what changed since those before, and the findings as they are noted."""
        findings = self._combined(now)
        self._intake.note_inputs()
        known = {found.id for found in before.documents}
        changes: tuple[WatchedChange, ...] = ()
        if any(found.id not in known for found in findings.documents):
            readings = tuple(self._intake.ledger.corrected_readings_of(found.id for found in findings.documents))
            at = now.isoformat(timespec="seconds")
            changes = find_changes(before, findings, readings, title=self._story.title, time_zone=self._story.time_zone, at=at)
        return findings, changes, msgspec.json.encode(findings)

    async def _tell(self) -> None:
        now = self._clock.now()
        self._tell_at = now.timestamp() + RETELL
        for each in self._state.untold(_SAID):
            self._found(each)
            self._state.told(_SAID, [each.id], each.at)
        await self._do(self._write_feed, self._state.changes(MOST), now)
        wait = await self._teller.tell(self._state, now) if self._teller is not None else None
        if wait is not None:
            self._tell_at = min(self._tell_at, now.timestamp() + wait)

    def _write_feed(self, changes: tuple[WatchedChange, ...], now: datetime) -> None:
        story = self._story
        shown = shown_changes(changes, self._intake.ledger, now)
        write_whole(story.folder / FEED_XML, changes_feed(shown, story.title, str(story.folder.resolve()), now))
