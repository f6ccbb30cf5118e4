"""A process that watches a story through a day that passes as quickly as it can: python -m tests.watch.day.watching STORY TIMES UNTIL."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from presstime.gather.fetcher import Fetcher
from presstime.story import open_story
from presstime.watch.loop import Watcher
from tests.watch.day.jumping import CountingBackend, JumpingLoop, TimeFile, clock_of


async def _loopback(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"] if host.endswith(".example") else []


def main(folder: str, times: str, until: str) -> None:
    loop = JumpingLoop(TimeFile(Path(times)))
    clock = clock_of(loop, seed=7)
    story = open_story(Path(folder))

    async def watch() -> None:
        fetcher = Fetcher(story.fetch, clock=clock, resolver=_loopback, backend=CountingBackend(loop))
        watcher = Watcher(story, clock=clock, fetcher=fetcher, say=lambda line: print(f"{loop.time():.0f} {line}", flush=True))
        await watcher.run(seconds=float(until) - loop.time())

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(watch())


if __name__ == "__main__":
    main(*sys.argv[1:])
