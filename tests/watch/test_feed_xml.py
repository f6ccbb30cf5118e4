"""feed.xml in the story's folder: every change once, and nothing that may not be shown."""

from __future__ import annotations

from pathlib import Path

import feedparser
from loopback_web import Web
from papers import HOURS, NOON, Paper, documents, story_of, watch_once

from presstime.corrections import mark
from presstime.ledger import Ledger
from presstime.story import LEDGER
from presstime.watch.showing import shown_changes
from presstime.watch.state import State

TOLL = "In Velm, {} people were killed in the flood, the Velm fire service said on Wednesday."
OTHER = "In Kestel, 5 people were killed in the flood, the Kestel hospital said on Wednesday."


def test_the_feed_has_each_change_newest_first(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        paper.publish("a", "Flood <in> Velm", TOLL.format(3))
        story = story_of(tmp_path, web)
        watch_once(story)
        paper.publish("b", "Flood, later", TOLL.format(7), published="2026-03-04T13:00:00+00:00")
        watch_once(story, NOON + 2 * HOURS)
    feed = feedparser.parse((story / "feed.xml").read_bytes())
    assert not feed.bozo
    assert feed.feed.title == "The flood: what changed"
    assert [entry.title for entry in feed.entries] == [
        "Changed: Velm fire service, killed: Velm: 7; before: Velm fire service, killed: Velm: 3.",
        "New: Velm fire service, killed: Velm: 3.",
    ]
    assert feed.entries[0].updated == "2026-03-04T14:00:00Z"
    assert feed.entries[0].content[0].value == "Before: Velm fire service, killed: Velm: 3\nNow: Velm fire service, killed: Velm: 7"
    assert len({entry.id for entry in feed.entries}) == 2


def test_a_change_that_rests_on_what_is_confidential_or_under_embargo_stays_here(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        paper.publish("a", "Flood in Velm", TOLL.format(3))
        paper.publish("b", "Flood in Kestel", OTHER)
        story = story_of(tmp_path, web)
        watch_once(story)
        by_url = {each.url: each.id for each in documents(story)}
        with Ledger.open(story / LEDGER) as ledger:
            mark(ledger, by_url[web.url("/a")], "confidential", True, by="desk")
        with Ledger.open(story / LEDGER) as ledger, State.open(story) as state:
            every = state.changes()
            assert len(every) == 2
            assert [each.words for each in shown_changes(every, ledger, NOON)] == ["New: Kestel hospital, killed: Kestel: 5."]
            mark(ledger, by_url[web.url("/b")], "embargo", "2026-03-04T18:00:00+00:00", by="desk")
            assert shown_changes(every, ledger, NOON) == ()
            assert len(shown_changes(every, ledger, NOON + 7 * HOURS)) == 1
        watch_once(story, NOON + HOURS)
    assert feedparser.parse((story / "feed.xml").read_bytes()).entries == []
