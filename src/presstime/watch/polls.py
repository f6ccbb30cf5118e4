"""One feed at a time: asked, taken apart, its news noted.

In: a feed that is due. Out: nothing; its new entries stand in watch.db together with the ETag that stands for them, and the
feed's bytes in the archive where it had something new. A feed that fails keeps its entries and is asked again later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from msgspec.structs import replace

from presstime.gather.fetch import answer_problem
from presstime.gather.fetched import Conditions, conditions_of
from presstime.gather.fetcher import Fetcher
from presstime.gather.politeness import Clock
from presstime.records import Problem
from presstime.story_watch import Feed
from presstime.watch.arriving import Intake
from presstime.watch.known import KnownFeed, news_in, put_feed
from presstime.watch.polling import SPREAD, after_failure, entries_of, fresh_for, pace_after, wished_by
from presstime.watch.state import State
from presstime.watch.taking import Do

__all__ = ["Polls"]


class Polls:
    """Polls feeds. `say` is told, once, when a feed begins to fail and when it answers again."""

    def __init__(self, state: State, intake: Intake, fetcher: Fetcher, *, clock: Clock, do: Do, say: Callable[[str], None]) -> None:
        self._state, self._intake, self._fetcher, self._clock, self._do, self._say = state, intake, fetcher, clock, do, say

    async def poll(self, known: KnownFeed, feed: Feed) -> None:
        """Ask a feed for what is new, and note it."""
        asked = self._clock.now().isoformat(timespec="seconds")
        fetched = await self._fetcher.get(feed.url, Conditions(etag=known.etag, last_modified=known.modified))
        fault = fetched if isinstance(fetched, Problem) else answer_problem(fetched)
        if fault is not None or isinstance(fetched, Problem):
            self.failed(known, feed, fault.why if fault is not None else "", asked)
            return
        if known.failures and fetched.status == 304:
            self._say(f"{feed.url} answers again")
        answered = replace(known, polled=asked, answered=asked, failures=0, fault=None, fresh=fresh_for(fetched))
        if fetched.status == 304:
            self._put(answered, feed, 0)
            return
        entries, problems = await asyncio.to_thread(entries_of, fetched, feed, first=known.answered is None)
        if not entries and problems:
            self.failed(known, feed, problems[0].why, asked)
            return
        if known.failures:
            self._say(f"{feed.url} answers again")
        news = news_in(self._state, feed.url, entries)
        if news:
            await self._do(self._intake.keep, fetched)
        conditions = conditions_of(fetched) or Conditions()
        after = replace(
            answered,
            etag=conditions.etag,
            modified=conditions.last_modified,
            wished=wished_by(fetched),
            renewed=asked if news else known.renewed,
            entries=len(entries),
            fault=problems[0].why if problems else None,
        )
        pace = pace_after(replace(after, answered=known.answered), feed, news)
        now = self._clock.now()
        due = now.timestamp() + pace * (1 + SPREAD * self._clock.lot())
        found = now.isoformat(timespec="seconds")
        put_feed(self._state, replace(after, pace=pace, due=due), entries, found=found, due=now.timestamp())

    def failed(self, known: KnownFeed, feed: Feed, why: str, asked: str) -> None:
        """Note that a poll brought nothing that can be used, and why."""
        if not known.failures:
            self._say(f"{feed.url}: {why}")
        wait = after_failure(known, feed, self._fetcher.held(feed.url)) * (1 + SPREAD * self._clock.lot())
        due = self._clock.now().timestamp() + wait
        put_feed(self._state, replace(known, polled=asked, failures=known.failures + 1, fault=why, due=due))

    def _put(self, after: KnownFeed, feed: Feed, news: int) -> None:
        pace = pace_after(after, feed, news)
        due = self._clock.now().timestamp() + pace * (1 + SPREAD * self._clock.lot())
        put_feed(self._state, replace(after, pace=pace, due=due))
