"""An event loop in which waiting takes no time: its clock stands still while anything is under way, and jumps while nothing is.

`loop = JumpingLoop(TimeFile(path))` goes on at the time that the file has and writes each jump there, so that another process
(a server, a test) sees the same time, and a process that was killed goes on where it was.
"""

from __future__ import annotations

import asyncio
import mmap
import selectors
import struct
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import httpcore

from presstime.gather.politeness import Clock

__all__ = ["DAY", "CountingBackend", "JumpingLoop", "TimeFile", "clock_of"]

DAY = datetime(2026, 3, 4, tzinfo=UTC)
_T = TypeVar("_T")


class TimeFile:
    """A moment (seconds of the day) that processes share."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(struct.pack("d", 0.0))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 8)

    @property
    def now(self) -> float:
        return float(struct.unpack("d", self._map[:8])[0])

    @now.setter
    def now(self, value: float) -> None:
        self._map[:8] = struct.pack("d", value)


class _Selector(selectors.DefaultSelector):
    loop: JumpingLoop

    def select(self, timeout: float | None = None) -> Any:
        found = super().select(0)
        if found or (timeout is not None and timeout <= 0):
            return found
        if self.loop.under_way or timeout is None:
            return super().select(0.05)
        self.loop.times.now += timeout
        return []


class JumpingLoop(asyncio.SelectorEventLoop):
    """`under_way` counts connections being read and threads at work: while there are any, time stands still."""

    def __init__(self, times: TimeFile) -> None:
        self.times, self.under_way = times, 0
        selector = _Selector()
        selector.loop = self
        super().__init__(selector)

    def time(self) -> float:
        return self.times.now

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> Any:  # type: ignore[override]
        self.under_way += 1
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(lambda _: self._done())
        return future

    def _done(self) -> None:
        self.under_way -= 1

    async def counted(self, doing: Awaitable[_T]) -> _T:
        """Await something that takes real time."""
        self.under_way += 1
        try:
            return await doing
        finally:
            self.under_way -= 1


class CountingBackend(httpcore.AsyncNetworkBackend):
    """Connections whose reading and writing stop the clock."""

    def __init__(self, loop: JumpingLoop) -> None:
        self._loop, self._inner = loop, httpcore.AnyIOBackend()

    async def connect_tcp(self, *given: Any, **more: Any) -> httpcore.AsyncNetworkStream:
        return _Stream(await self._loop.counted(self._inner.connect_tcp(*given, **more)), self._loop)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class _Stream(httpcore.AsyncNetworkStream):
    def __init__(self, inner: httpcore.AsyncNetworkStream, loop: JumpingLoop) -> None:
        self._inner, self._loop = inner, loop

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._loop.counted(self._inner.read(max_bytes, timeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._loop.counted(self._inner.write(buffer, timeout))

    async def aclose(self) -> None:
        await self._loop.counted(self._inner.aclose())

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def clock_of(loop: JumpingLoop, seed: int) -> Clock:
    """The loop's time as a Clock, its lots always drawn alike."""
    lots: Callable[[], float] = Random(seed).random
    return Clock(now=lambda: DAY + timedelta(seconds=loop.time()), monotonic=loop.time, sleep=asyncio.sleep, lot=lots)
