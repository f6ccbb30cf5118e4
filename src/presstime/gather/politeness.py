"""Politeness: when a host may be asked again.

In: hosts that are to be asked. Out: a turn each, at most so many at once and a pause between their starts, and none
while a host has said to wait. Three pages of one host with a pause of a second are asked for at 0, 1 and 2 seconds.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["Clock", "Turns", "retry_after"]


@dataclass(frozen=True)
class Clock:
    """What tells the time, waits and draws lots (0 to 1); a test gives its own and waits for nothing."""

    now: Callable[[], datetime] = lambda: datetime.now().astimezone()
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    lot: Callable[[], float] = random.random


@dataclass
class _Host:
    """A host: whose turn it is, when the next may start, and how long it said to wait."""

    places: asyncio.Semaphore
    starting: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_start: float = 0.0
    held_until: float = 0.0
    pause: float = 0.0


class Turns:
    """Who may ask which host when. `at_once` requests to a host at most, `pause` seconds between their starts."""

    def __init__(self, clock: Clock, *, at_once: int, pause: float) -> None:
        self._clock, self._at_once, self._pause = clock, at_once, pause
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn, and have it."""
        known = self._host(host)
        async with known.places:
            async with known.starting:
                while (wait := max(known.next_start, known.held_until) - self._clock.monotonic()) > 0:
                    await self._clock.sleep(wait)
                known.next_start = self._clock.monotonic() + max(self._pause, known.pause)
            yield

    def slow(self, host: str, pause: float) -> None:
        """Keep at least `pause` seconds between the starts of requests to a host, as it asks for."""
        self._host(host).pause = pause

    def hold(self, host: str, seconds: float) -> None:
        """Ask a host nothing for so long."""
        known = self._host(host)
        known.held_until = max(known.held_until, self._clock.monotonic() + seconds)

    def held(self, host: str) -> float:
        """Seconds for which a host is asked nothing, because it said so; 0 where it may be asked."""
        known = self._hosts.get(host)
        return max(0.0, known.held_until - self._clock.monotonic()) if known is not None else 0.0

    def _host(self, host: str) -> _Host:
        if host not in self._hosts:
            self._hosts[host] = _Host(asyncio.Semaphore(self._at_once))
        return self._hosts[host]


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3), none below 0; None where it asks for nothing clear."""
    if value is None:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        moment = parsedate_to_datetime(value.strip())
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
