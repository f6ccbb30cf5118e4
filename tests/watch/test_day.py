"""A day of fifty papers, watched by a process that is killed twice. `python -m bench.watch` runs it with 2,000 pages.

The day's clock jumps over what is waited for, so that it passes in seconds; requests, files and processes are real.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from tests.watch.day.running import Outcome, watch_day
from tests.watch.day.script import HOUR


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return watch_day(tmp_path_factory.mktemp("day"), papers=50, pages=120, towns=8, kills=(8, 16), every="1h", limit=600)


def test_every_change_is_told_and_nothing_else_is(day: Outcome) -> None:
    assert sum(day.script.expected.values()) > 30
    assert day.script.expected - day.told == Counter(), "missed"
    assert day.told - day.script.expected == Counter(), "told twice, or told though nothing changed"
    assert set(day.ids.values()) == {1}
    assert len(day.restarts) == 2


def test_every_page_is_taken_in_or_known_to_be_off_topic(day: Outcome) -> None:
    # On topic are four pages a town (three tolls and a road), ten of the armies, and the four roads that are hard to have;
    # those that lead elsewhere and the hidden one have a title only, which is off topic.
    on_topic = 8 * 4 + 5 * 2 + 4
    gone = sum(number for (kind, _), number in day.script.expected.items() if kind == "document-gone")
    assert day.pages == {"kept": on_topic - gone, "gone": gone, "off-topic": 120 - on_topic}
    versions = sum(number for (kind, _), number in day.script.expected.items() if kind == "document-changed")
    assert day.documents == on_topic + versions


def test_the_server_was_asked_politely(day: Outcome) -> None:
    for host, begun in day.served.begun.items():
        assert day.served.most[host] <= 2
        for (earlier, _), (later, path) in pairwise(begun):
            assert later - earlier >= 1.0 or later in day.restarts, f"{host}{path} at {later}, {later - earlier:.2f} s after another"
    assert day.served.spared > day.served.requests() / 3


def test_what_a_host_forbids_or_asks_for_is_heeded(day: Outcome) -> None:
    asked = {f"http://{host}{path}" for host, begun in day.served.begun.items() for _, path in begun}
    assert day.script.forbidden and not day.script.forbidden & asked
    host, (first, last, _) = next((host, failing) for host, failing in day.script.failing.items() if failing[2] == "wait")
    during = [path for moment, path in day.served.begun[host] if first <= moment < last and path != "/robots.txt"]
    assert during == ["/feed.xml"], "after Retry-After a host is left alone for as long as it asked"


def test_nothing_was_dialled_that_the_story_does_not_allow(day: Outcome) -> None:
    # Addresses beyond loopback would have ended the process: loopback_guard lets none be dialled.
    assert day.silent == 0


def test_a_feed_that_failed_is_told_of_once_and_asked_more_rarely(day: Outcome) -> None:
    for host, (first, last, _) in day.script.failing.items():
        failed = re.findall(rf"^(\d+) http://{host}/feed.xml: ", day.output, re.MULTILINE)
        again = re.findall(rf"^(\d+) http://{host}/feed.xml answers again", day.output, re.MULTILINE)
        assert len(failed) == len(again) == 1
        assert first <= int(failed[0]) < last <= int(again[0]) < last + 6 * HOUR
