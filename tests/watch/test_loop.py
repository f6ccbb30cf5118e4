"""What the loop does when something breaks that nobody foresaw, and while others write in the ledger."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from loopback_web import Web
from papers import HOURS, NOON, Paper, at, documents, story_of, watch_once

from presstime.compile import compile_story
from presstime.corrections import mark
from presstime.ledger import Ledger
from presstime.story import LEDGER, open_story
from presstime.watch import polls, taking
from presstime.watch.loop import Watcher
from presstime.watch.state import State
from presstime.watch.status import status_of

TOLL = "In Velm, {} people were killed in the flood, the Velm fire service said on Wednesday."
DRY = "The road to Velm stayed closed on Wednesday. Buses were led round the town."


def breaking(function: Any, words: str) -> Any:
    """The function, but for what it is given with these words in it."""

    def broken(*given: Any, **more: Any) -> Any:
        if words in str(given):
            raise ZeroDivisionError("nobody foresaw this")
        return function(*given, **more)

    return broken


def test_a_page_and_a_feed_that_break_the_program_are_left_for_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Web() as web:
        paper, other = Paper(web), Paper(web, "/other.xml")
        paper.publish("poison", "Poison", DRY)
        paper.publish("b", "Road closed", DRY)
        other.publish("c", "Flood", TOLL.format(3))
        story = story_of(tmp_path, web, feeds=("/feed.xml", "/other.xml"))
        monkeypatch.setattr(taking, "document_of_answer", breaking(taking.document_of_answer, "/poison"))
        monkeypatch.setattr(polls, "entries_of", breaking(polls.entries_of, "/other.xml"))
        said: list[str] = []
        watch_once(story, NOON, said)
        assert {each.url for each in documents(story)} == {web.url("/b")}
        assert any("/poison: ZeroDivisionError: nobody foresaw this" in line for line in said)
        status = status_of(story, NOON)
        assert [each.failures for each in status.feeds] == [0, 1]
        assert status.faults[0].fault == "ZeroDivisionError: nobody foresaw this"
        monkeypatch.undo()
        watch_once(story, NOON + HOURS)
        assert {each.url for each in documents(story)} == {web.url("/b"), web.url("/poison"), web.url("/c")}


def test_what_a_compile_enters_meanwhile_is_told_and_what_was_there_before_is_not(tmp_path: Path) -> None:
    with Web() as web:
        Paper(web)
        story = story_of(tmp_path, web)
        (tmp_path / "a.txt").write_text(TOLL.format(3), encoding="utf-8")
        (tmp_path / "b.txt").write_text(TOLL.format(7), encoding="utf-8")
        compile_story([tmp_path / "a.txt"], story, now=NOON - HOURS)
        assert watch_once(story) == [], "what is in the record before the first watch is no news"
        compile_story([tmp_path / "b.txt"], story, now=NOON + HOURS / 2)
        assert [each.after for each in watch_once(story, NOON + HOURS)] == [("Velm fire service, killed: Velm: 7",)]


def test_a_teller_is_begun_before_anything_is_found_and_asked_again_when_it_wishes(tmp_path: Path) -> None:
    heard: list[tuple[str, int]] = []

    class Told:
        def begin(self, state: State) -> None:
            state.begin_rule("desk")
            heard.append(("begun", len(state.changes())))

        async def tell(self, state: State, now: datetime) -> float | None:
            untold = state.untold("desk")
            heard.append(("told", len(untold)))
            state.told("desk", [each.id for each in untold], now.isoformat())
            return 0.2

    with Web() as web:
        Paper(web).publish("a", "Flood", TOLL.format(3))
        story = story_of(tmp_path, web)
        asyncio.run(Watcher(open_story(story), clock=at(NOON), teller=Told()).run(once=True))
    assert heard[0] == ("begun", 0)
    assert sum(number for what, number in heard if what == "told") == 1


def test_what_is_marked_confidential_while_it_runs_leaves_the_feed(tmp_path: Path) -> None:
    with Web() as web:
        Paper(web).publish("a", "Flood", TOLL.format(3))
        story = story_of(tmp_path, web)
        watch_once(story)
        assert "killed: Velm: 3" in (story / "feed.xml").read_text(encoding="utf-8")

        async def marked_while_running() -> None:
            watcher = Watcher(open_story(story))
            running = asyncio.ensure_future(watcher.run(seconds=60))
            await asyncio.sleep(1.5)
            with Ledger.open(story / LEDGER) as ledger:
                mark(ledger, ledger.documents()[0].id, "confidential", True, by="desk")
            watcher._peek_at = 0.0  # a minute has passed
            watcher._wake.set()
            for _ in range(100):
                await asyncio.sleep(0.1)
                if "Velm" not in (story / "feed.xml").read_text(encoding="utf-8"):
                    break
            watcher.stop()
            await running

        asyncio.run(marked_while_running())
    assert "killed" not in (story / "feed.xml").read_text(encoding="utf-8")
