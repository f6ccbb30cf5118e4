"""From a page's publication to the message about it: a real watch, a real clock, a feed that is polled every five seconds."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from loopback_web import Web
from papers import Paper

from presstime.story import STORY_FILE
from tests.watch.servers import Hook, MailServer

pytestmark = pytest.mark.skipif(importlib.util.find_spec("apprise") is None, reason="needs presstime[watch]")

SOON = 10.0
"""Seconds from publication to message."""
FIRST = "The Velm Ministry of Health said on Wednesday that three people were killed in the flood in Sarn."
SECOND = "The Velm Ministry of Health said on Wednesday that seven people were killed in the flood in Sarn."


def until(there: Callable[[], object], seconds: float, process: subprocess.Popen[str]) -> float:
    """Wait until something is there; how long it took."""
    began = time.monotonic()
    while not there():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() - began < seconds
        time.sleep(0.05)
    return time.monotonic() - began


def test_from_publication_to_message_in_under_ten_seconds(tmp_path: Path) -> None:
    story = tmp_path / "flood"
    with Web() as web, Hook() as hook, MailServer() as post:
        paper = Paper(web)
        paper.publish("first", "Three killed in Sarn", FIRST, published="2026-03-04T09:00:00+00:00")
        text = (
            f'title = "The flood"\n[fetch]\nallow = ["{web.host}", "{hook.host}", "{post.host}"]\npause = 0.2\n'
            f'[[feeds]]\nurl = "{web.url("/feed.xml")}"\nevery = "5s"\n'
            f'[mail]\nserver = "{post.host}"\nsecurity = "none"\nfrom = "presstime@post.example"\nto = ["desk@post.example"]\n'
            f'[[notify]]\nname = "desk"\nto = ["mail", "{hook.url}"]\nwhat = ["figure-moved"]\n'
        )
        story.mkdir()
        (story / STORY_FILE).write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "presstime", "watch", str(story), "--for", "90s"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            until(lambda: len(hook.told) == 1 and len(post.mails) == 1, 60, process)
            polls = web.paths().count("/feed.xml")
            until(lambda: web.paths().count("/feed.xml") > polls, 10, process)  # the longest wait: just after a poll
            published = time.monotonic()
            paper.publish("second", "Seven killed in Sarn", SECOND, published="2026-03-04T11:00:00+00:00")
            until(lambda: len(hook.told) == 2 and len(post.mails) == 2, 30, process)
            took = hook.at[1] - published
            assert took < SOON, f"{took:.1f} s"
            told = hook.told[1]["message"]
            assert re.search(r"Changed: Velm Ministry of Health, .*7; before: .*3\.", told)
            assert f"{web.url('/second')}#:~:text=seven%20people%20were%20killed" in told
            assert told.count("seven people were killed") == 1
            assert "7; before: " in post.mails[1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
            print(f"from publication to message: {took:.1f} s")
        finally:
            process.terminate()
            process.communicate(timeout=30)
