"""A scripted day, watched by a real process that is killed on the way; and what came of it.

`watch_day(folder, papers=50, pages=2000, kills=(8, 16), …)` serves the day, watches it, kills the watch with SIGKILL at those
hours, and gives an `Outcome`: what was told of which page, how often, and what the server saw.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from presstime.ledger import Ledger
from presstime.story import LEDGER, new_story
from presstime.watch.state import State
from tests.gather.loopback_web import Asked, Silent, Web
from tests.watch.day.jumping import TimeFile
from tests.watch.day.script import HOUR, Script

__all__ = ["Outcome", "Served", "watch_day"]

ROOT = Path(__file__).parents[3]
DAY_SECONDS = 24 * HOUR


@dataclass
class Served:
    """What the server saw, by host: (moment, path) of each request begun, how many at once, and how many were spared by a condition."""

    begun: dict[str, list[tuple[float, str]]] = field(default_factory=lambda: defaultdict(list))
    most: Counter[str] = field(default_factory=Counter)
    now: Counter[str] = field(default_factory=Counter)
    spared: int = 0

    def requests(self) -> int:
        return sum(map(len, self.begun.values()))


@dataclass
class Outcome:
    """What came of a day. `told` counts (kind, page's address); `restarts` are the moments at which the watch was begun anew."""

    script: Script
    served: Served
    told: Counter[tuple[str, str]]
    ids: Counter[str]
    documents: int
    pages: dict[str, int]
    silent: int
    restarts: list[float]
    seconds: float
    output: str


def watch_day(folder: Path, *, papers: int, pages: int, towns: int, kills: Sequence[float], every: str, limit: float) -> Outcome:
    """Serve and watch the day in real time of at most `limit` seconds. `kills` are hours of the day."""
    times = TimeFile(folder / "times")
    served, lock, started = Served(), threading.Lock(), time.monotonic()
    with Silent() as silent, Web() as web:
        script = Script.of(port=web.port, silent=silent.port, papers=papers, pages=pages, towns=towns)

        def serve(asked: Asked) -> bytes:
            host, now = asked.headers.get("host", ""), times.now
            with lock:
                served.begun[host].append((now, asked.path))
                served.now[host] += 1
                served.most[host] = max(served.most[host], served.now[host])
            try:
                found = script.answer(host, asked.path, now, asked.headers)
                served.spared += found.startswith(b"HTTP/1.1 304")
                return found
            finally:
                with lock:
                    served.now[host] -= 1

        web.routes = _Every(serve)
        story = folder / "collapse"
        _write_story(story, script, every)
        restarts, output = _run(story, folder, times, [hour * HOUR for hour in kills], started + limit)
        silence = silent.spoken_to
    with State.open(story, create=False) as state, Ledger.open(story / LEDGER) as ledger:
        url = {document.id: document.url or "" for document in ledger.documents()}
        changes = state.changes()
        told: Counter[tuple[str, str]] = Counter((each.kind, url[each.documents[-1]]) for each in changes)
        standing = dict(state.connection.execute("SELECT state, count(*) FROM page GROUP BY state").fetchall())
    return Outcome(
        script,
        served,
        told,
        Counter(each.id for each in changes),
        len(url),
        standing,
        silence,
        restarts,
        time.monotonic() - started,
        output,
    )


class _Every(dict[str, Any]):
    def __init__(self, serve: Any) -> None:
        super().__init__()
        self._serve = serve

    def get(self, path: str, default: Any = None) -> Any:
        return self._serve


def _write_story(story: Path, script: Script, every: str) -> None:
    new_story(story, "The collapse")
    allow = ", ".join(f'"{host}"' for host in script.hosts)
    feeds = "".join(f'[[feeds]]\nurl = "{script.feed_url(n)}"\noutlet = "Paper {n}"\nevery = "{every}"\n' for n in range(script.papers))
    told = f'[fetch]\nallow = [{allow}]\n{feeds}[filter]\nwords = ["collapse"]\n'
    path = story / "story.toml"
    path.write_text(path.read_text(encoding="utf-8") + told, encoding="utf-8")


def _run(story: Path, folder: Path, times: TimeFile, kills: list[float], deadline: float) -> tuple[list[float], str]:
    """Watch until the day is over; every process but the last is killed at its moment, and time passes until the next begins."""
    restarts: list[float] = []
    command = [sys.executable, "-m", "tests.watch.day.watching", str(story), str(folder / "times"), str(DAY_SECONDS)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))}
    with (folder / "output.txt").open("wb") as output:
        for kill in (*kills, None):
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
            try:
                while process.poll() is None and (kill is None or times.now < kill):
                    if time.monotonic() > deadline:
                        raise AssertionError(f"the day is not over in time; it is {times.now / HOUR:.1f} h")
                    time.sleep(0.005)
                if kill is not None and process.poll() is not None:
                    raise AssertionError(f"the watch ended by itself: {(folder / 'output.txt').read_text()[-2000:]}")
            finally:
                process.kill()
                process.wait()
            if kill is None:
                assert process.returncode == 0, (folder / "output.txt").read_text()[-3000:]
            else:
                times.now += 60
                restarts.append(times.now)
    return restarts, (folder / "output.txt").read_text()
