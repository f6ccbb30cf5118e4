"""The outbox, and what is due."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import pytest

from presstime.problems import LedgerError, StoryError
from presstime.watch.changes import WatchedChange
from presstime.watch.known import Entry, KnownFeed, due_pages, feed, keep_page, page, put_feed
from presstime.watch.lock import watch_lock, watching
from presstime.watch.state import WATCH_DB, State

AT = "2026-03-04T12:00:00+00:00"


def change(name: str, kind: str = "denial") -> WatchedChange:
    return WatchedChange(id=name, kind=kind, words=f"{name}.", at=AT)  # type: ignore[arg-type]


def test_a_change_is_kept_once_and_told_to_each_rule_once(tmp_path: Path) -> None:
    with State.open(tmp_path) as state:
        state.enter_changes([change("old")])
        assert state.begin_rule("desk")
        assert not state.begin_rule("desk")
        assert [each.id for each in state.enter_changes([change("a"), change("a"), change("old"), change("b", "figure-moved")])] == [
            "a",
            "b",
        ]
        assert [each.id for each in state.untold("desk")] == ["a", "b"], "a rule hears of nothing that was found before it came"
        assert [each.id for each in state.untold("desk", {"denial"})] == ["a"]
        assert state.untold("nobody") == ()
        state.told("desk", ["a"], AT)
        assert state.last_told("desk") == AT
    with State.open(tmp_path, create=False) as state:
        assert [each.id for each in state.untold("desk")] == ["b"]
        assert [each.id for each in state.changes()] == ["old", "a", "b"]
        assert [each.id for each in state.changes(2)] == ["a", "b"]


def test_what_was_being_sent_is_unsure_until_it_is_told_or_taken_back(tmp_path: Path) -> None:
    with State.open(tmp_path) as state:
        state.begin_rule("desk")
        state.enter_changes([change("a"), change("b")])
        state.sending("desk", ["a", "b"], AT)
    with State.open(tmp_path) as state:
        assert state.untold("desk") == ()
        assert [each.id for each in state.unsure("desk")] == ["a", "b"]
        state.told("desk", ["a"], AT)
        state.unsent("desk", ["a", "b"])
        assert [each.id for each in state.untold("desk")] == ["b"], "what was told is not taken back"
        assert state.unsure("desk") == ()


def test_nothing_of_a_transaction_that_broke_is_kept(tmp_path: Path) -> None:
    entries = [Entry(key="https://harrowpost.example/a", mark="1", page=True)]
    with State.open(tmp_path) as state:
        with pytest.raises(RuntimeError), state.together():
            put_feed(state, KnownFeed(url="https://harrowpost.example/rss", etag='"7"'), entries, found=AT)
            state.enter_changes([change("a")])
            raise RuntimeError
        assert feed(state, "https://harrowpost.example/rss").etag is None, "an ETag without its entries would lose them"
        assert page(state, "https://harrowpost.example/a") is None
        assert state.changes() == ()


def test_a_host_with_much_to_catch_up_on_does_not_keep_others_waiting(tmp_path: Path) -> None:
    many = [Entry(key=f"https://big.example/{n:03}", mark="1", page=True) for n in range(200)]
    few = [Entry(key="https://small.example/a", mark="1", page=True)]
    with State.open(tmp_path) as state:
        put_feed(state, KnownFeed(url="https://big.example/rss"), many, found=AT, due=1.0)
        put_feed(state, KnownFeed(url="https://small.example/rss"), few, found=AT, due=2.0)
        due = [each.url for each in due_pages(state, 10.0, busy=())]
        assert "https://small.example/a" in due
        assert sum(url.startswith("https://big.example") for url in due) == 3
        assert [each.url for each in due_pages(state, 10.0, busy=due)] == []


def test_a_page_that_its_feed_renewed_while_it_was_looked_at_stays_due(tmp_path: Path) -> None:
    url = "https://harrowpost.example/a"
    known = KnownFeed(url="https://harrowpost.example/rss")
    with State.open(tmp_path) as state:
        put_feed(state, known, [Entry(key=url, mark="1", page=True)], found=AT, due=1.0)
        (looked_at,) = due_pages(state, 1.0, busy=())
        put_feed(state, known, [Entry(key=url, mark="2", page=True)], found=AT, due=5.0)
        keep_page(state, msgspec.structs.replace(looked_at, due=900.0))
        after = page(state, url)
        assert after is not None
        assert after.due is not None
        assert after.due <= 5.0


def test_an_entry_that_is_only_dated_anew_is_looked_at_later_and_another_feeds_wording_not_at_all(tmp_path: Path) -> None:
    url, seen = "https://harrowpost.example/a", 1_772_625_600.0
    known = KnownFeed(url="https://harrowpost.example/rss")

    def named(state: State, mark: str, feed_url: str = known.url, now: float = seen + 60) -> float | None:
        put_feed(state, KnownFeed(url=feed_url), [Entry(key=url, mark=mark, page=True)], found=AT, due=now)
        after = page(state, url)
        return after.due if after is not None else None

    with State.open(tmp_path) as state:
        named(state, "words dates", now=seen)
        (looked_at,) = due_pages(state, seen, busy=())
        keep_page(state, msgspec.structs.replace(looked_at, state="kept", seen=AT, due=seen + 9000))
        assert named(state, "others dates", "https://harrowpost.example/sport.rss") == seen + 9000
        assert named(state, "words later") == seen + 600
        assert named(state, "words later-still") == seen + 600
        assert named(state, "altered later-still") == seen + 60


def test_two_watches_of_one_story_are_an_error_with_what_to_do(tmp_path: Path) -> None:
    assert not watching(tmp_path)
    with watch_lock(tmp_path):
        assert watching(tmp_path)
        with pytest.raises(StoryError, match=r"process \d+ is watching .* already; stop it first"), watch_lock(tmp_path):
            pass
    with watch_lock(tmp_path):
        pass


def test_a_file_that_is_not_the_watchs_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / WATCH_DB) as other:
        other.execute("CREATE TABLE mine (x)")
    other.close()
    with pytest.raises(LedgerError, match="not the watch's file"):
        State.open(tmp_path)


def test_a_story_that_was_never_watched_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="presstime watch"):
        State.open(tmp_path, create=False)
