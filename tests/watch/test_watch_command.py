"""The command, as a process of its own: told in time, stopped cleanly, one to a story, its state visible."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from click.testing import CliRunner
from loopback_web import Web, answer
from papers import Paper, story_of

from presstime.cli_watch import watch_command
from presstime.watch.status import status_of

TOLL = "In Velm, {} people were killed in the flood, the Velm fire service said on Wednesday."


class Lines:
    """What a process says, line by line, as it comes."""

    def __init__(self, stream: Iterator[str]) -> None:
        self.lines: list[tuple[float, str]] = []
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: Iterator[str]) -> None:
        for line in stream:
            self.lines.append((time.monotonic(), line))

    def wait(self, words: str, seconds: float) -> float:
        """When a line with some words came; waits for it."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if found := next((moment for moment, line in self.lines if words in line), None):
                return found
            time.sleep(0.02)
        raise AssertionError(f"{words!r} is not among {self.lines}")


@contextmanager
def watching_process(story: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], Lines]]:
    command = [sys.executable, "-m", "presstime", "watch", str(story), *options]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            yield process, Lines(process.stdout)
        finally:
            process.kill()


def test_from_publication_to_the_line_takes_less_than_ten_seconds_and_sigterm_ends_it(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        paper.publish("a", "Flood", TOLL.format(3))
        web.routes["/broken.xml"] = answer("200 OK", b"this is no feed", Content_Type="application/xml")
        story = story_of(tmp_path, web, feeds=("/broken.xml", "/feed.xml"), feed_keys='every = "5s"')
        # the manners that a story has unless it says otherwise
        path = story / "story.toml"
        path.write_text(path.read_text(encoding="utf-8").replace("pause = 0", ""), encoding="utf-8")
        with watching_process(story, "--json") as (process, lines):
            lines.wait("killed: Velm: 3", 60)
            status = status_of(story)
            assert status.running
            assert [each.failures > 0 for each in status.feeds] == [True, False]
            second = CliRunner().invoke(watch_command, [str(story), "--once"])
            assert "is watching" in str(second.exception)
            published = time.monotonic()
            paper.publish("b", "Flood, later", TOLL.format(7), published="2026-03-04T13:00:00+00:00")
            told = lines.wait("killed: Velm: 7", 30) - published
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0
        assert told < 10, f"{told:.1f} s"
        changes = [json.loads(line) for _, line in lines.lines if line.startswith("{")]
        assert [each["kind"] for each in changes] == ["figure-moved", "figure-moved"]
    assert not status_of(story).running


def test_what_is_told_while_killed_is_told_by_the_next(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        paper.publish("a", "Flood", TOLL.format(3))
        story = story_of(tmp_path, web)
        with watching_process(story) as (process, _):
            while "/a" not in web.paths():
                time.sleep(0.002)
            process.kill()  # the page has been asked for: it is lost on the way into the record, or not
            process.wait()
        done = CliRunner().invoke(watch_command, [str(story), "--once"])
        assert done.exit_code == 0
        assert done.stdout.count("New: Velm fire service, killed: Velm: 3.") == 1
        again = CliRunner().invoke(watch_command, [str(story), "--once"])
        assert again.stdout == ""


def test_once_says_which_feeds_failed(tmp_path: Path) -> None:
    with Web() as web:
        Paper(web)
        story = story_of(tmp_path, web, feeds=("/feed.xml", "/none.xml"))
        done = CliRunner().invoke(watch_command, [str(story), "--once"])
        assert done.exit_code == 3
        assert "/none.xml: The page is not there (404)" in done.stderr
        told = CliRunner().invoke(watch_command, [str(story), "--status"]).stdout
        assert "feeds: 2, failing: 1" in told
        assert "/none.xml: failed once" in told
        found = json.loads(CliRunner().invoke(watch_command, [str(story), "--status", "--json"]).stdout)
        assert {each["url"]: each["failures"] for each in found["feeds"]} == {web.url("/feed.xml"): 0, web.url("/none.xml"): 1}


def test_a_story_without_feeds_and_a_time_that_is_none_say_what_to_do(tmp_path: Path) -> None:
    with Web() as web:
        story = story_of(tmp_path, web, feeds=())
    assert "[[feeds]]" in str(CliRunner().invoke(watch_command, [str(story), "--once"]).exception)
    wrong = CliRunner().invoke(watch_command, [str(story), "--for", "soon"])
    assert wrong.exit_code == 2
    assert "90s, 10m or 8h" in wrong.stderr
