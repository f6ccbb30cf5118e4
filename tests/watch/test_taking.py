"""Pages that come, change, vanish and cannot be had: what enters the ledger, and what is told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from loopback_web import Web, answer
from papers import HOURS, NOON, Paper, documents, story_of, watch_once

from presstime.ledger import Ledger
from presstime.story import LEDGER
from presstime.watch.known import page
from presstime.watch.state import State
from presstime.watch.status import status_of

DAMMED = "The road to Velm stayed closed on Wednesday. Buses were led round the town."
TOLL = "In Velm, {} people were killed in the flood, the Velm fire service said on Wednesday."


def test_a_page_is_entered_with_what_its_feed_says_of_it(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        paper.publish("a", "Road closed", DAMMED, published="2026-03-04T09:00:00+00:00")
        paper.alter("a", "Road closed", DAMMED, published="2026-03-04")
        story = story_of(tmp_path, web, feed_keys='outlet = "The Harrow Post"')
        watch_once(story)
        found = documents(story)
    assert [(each.outlet, each.published, each.headline) for each in found] == [
        ("The Harrow Post", "2026-03-04T09:00:00+00:00", "Road closed")
    ]
    assert {each.field: each.source for each in found[0].provenance}["outlet"] == "story.toml"
    kept = {entry.whence for entry in Ledger.open(story / LEDGER).inputs()}
    assert {web.url("/a"), web.url("/feed.xml")} <= kept, "the bytes of the page and of the feed are in the archive"


def test_a_toll_that_moves_and_a_denial_are_told_once(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        paper.publish("a", "Flood", f"{TOLL.format(3)}\nThe Ledovian army shelled the market of Velm on Tuesday, the Keldan army said.")
        story = story_of(tmp_path, web)
        first = watch_once(story)
        paper.publish("b", "Flood, later", TOLL.format(7), published="2026-03-04T13:00:00+00:00")
        denied = "The Ledovian army denied that it had shelled the market of Velm on Tuesday."
        paper.publish("c", "Denied", denied, published="2026-03-04T13:05:00+00:00")
        second = watch_once(story, NOON + 2 * HOURS)
        third = watch_once(story, NOON + 3 * HOURS)
    assert [(each.kind, each.words) for each in first if each.kind == "figure-moved"] == [
        ("figure-moved", "New: Velm fire service, killed: Velm: 3.")
    ]
    moved = next(each for each in second if each.kind == "figure-moved")
    assert moved.words == "Changed: Velm fire service, killed: Velm: 7; before: Velm fire service, killed: Velm: 3."
    assert (moved.before, moved.after) == (("Velm fire service, killed: Velm: 3",), ("Velm fire service, killed: Velm: 7",))
    urls = {each.id: each.url for each in documents(story)}
    assert [urls[document] for document in moved.documents] == [web.url("/a"), web.url("/b")]
    assert len(moved.figures) == 2
    denial = next(each for each in second if each.kind == "denial")
    assert denial.words.startswith("Newly denied by Ledovian army: “The Ledovian army shelled the market of Velm on Tuesday”")
    assert {web.url("/a"), web.url("/c")} == {urls[document] for document in denial.documents}
    assert sorted(each.kind for each in second) == ["denial", "figure-moved"]
    assert third == []


def test_two_steps_that_came_while_nobody_watched_are_both_told(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        paper.publish("a", "Flood", TOLL.format(3))
        story = story_of(tmp_path, web)
        watch_once(story)
        paper.publish("b", "Flood, later", TOLL.format(7), published="2026-03-04T10:00:00+00:00")
        paper.publish("c", "Flood, later still", TOLL.format(12), published="2026-03-04T11:00:00+00:00")
        found = watch_once(story, NOON + HOURS)
    assert sorted(each.after for each in found) == [("Velm fire service, killed: Velm: 12",), ("Velm fire service, killed: Velm: 7",)]


def test_an_altered_page_is_a_version_that_counts_from_when_it_changed(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        paper.publish("a", "Road closed", DAMMED)
        story = story_of(tmp_path, web)
        watch_once(story)
        paper.alter("a", "Road closed", DAMMED + " A bridge was looked at by engineers.")
        found = watch_once(story, NOON + HOURS)
        again = watch_once(story, NOON + 2 * HOURS)
        first, second = documents(story)
    assert [(each.kind, each.before, each.after) for each in found] == [("document-changed", (), ("A bridge was looked at by engineers.",))]
    assert found[0].words == "Altered after publication: “Road closed”, Harrow Post: 1 sentence added."
    assert found[0].documents == (first.id, second.id)
    assert (first.published, second.published) == ("2026-03-04T09:00:00+00:00", (NOON + HOURS).isoformat())
    assert first.url == second.url
    assert again == []


def test_other_spacing_and_marks_are_no_change(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        paper.publish("a", "Road closed", DAMMED)
        story = story_of(tmp_path, web)
        watch_once(story)
        paper.alter("a", "Road closed", DAMMED.replace("Wednesday. ", "Wednesday.\n"))
        assert watch_once(story, NOON + HOURS) == []
        assert len(documents(story)) == 1


def test_a_page_is_gone_when_it_is_missing_twice_and_stays_in_the_record(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        paper.publish("a", "Road closed", DAMMED)
        story = story_of(tmp_path, web)
        watch_once(story)
        shown = web.routes["/a"]
        web.routes["/a"] = answer("404 Not Found")
        assert watch_once(story, NOON + HOURS) == []
        found = watch_once(story, NOON + HOURS + timedelta(minutes=3))
        assert watch_once(story, NOON + 200 * HOURS) == []
        web.routes["/a"] = shown
        back = watch_once(story, NOON + 400 * HOURS)
    assert [(each.kind, each.words) for each in found] == [
        (
            "document-gone",
            "Removed after publication: “Road closed”, Harrow Post: its address answers 404; last seen 2026-03-04T12:00:00+00:00. "
            "It stays in the record.",
        )
    ]
    assert [each.words for each in back] == ["There again after it was removed: “Road closed”, Harrow Post, as it was."]
    assert len(documents(story)) == 1
    with Ledger.open(story / LEDGER) as ledger:
        assert [(problem.where, problem.what) for problem in ledger.problems()] == [(documents(story)[0].id, "removed")]


def test_a_page_that_leads_to_the_front_page_or_holds_no_article_is_gone(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        paper.publish("a", "Road closed", DAMMED)
        paper.publish("b", "Bridge closed", DAMMED.replace("road", "bridge"))
        story = story_of(tmp_path, web)
        watch_once(story)
        web.routes["/a"] = answer("302 Found", Location="/")
        web.routes["/"] = web.routes["/b"]
        web.routes["/b"] = answer("200 OK", b"<html><body><nav>Home</nav></body></html>", Content_Type="text/html")
        watch_once(story, NOON + HOURS)
        found = watch_once(story, NOON + HOURS + timedelta(minutes=3))
    assert sorted((each.kind, each.words.split(": ")[2].split(";")[0]) for each in found) == [
        ("document-gone", "its address leads to the site's front page"),
        ("document-gone", "its address shows no article any more (not-an-article)"),
    ]


def test_what_is_off_topic_is_left_out_until_the_filter_changes(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        paper.publish("a", "Road closed", DAMMED)
        paper.publish("b", "Library", "The council of Kestel met on Wednesday to talk about a new library.")
        story = story_of(tmp_path, web, '[filter]\nwords = ["flood", "Velm"]')
        watch_once(story)
        assert [each.url for each in documents(story)] == [web.url("/a")]
        with State.open(story) as state:
            left = page(state, web.url("/b"))
            assert left is not None
            assert (left.state, left.fault) == ("off-topic", "it has none of the words")
        path = story / "story.toml"
        path.write_text(path.read_text(encoding="utf-8").replace('["flood", "Velm"]', '["Kestel"]'), encoding="utf-8")
        watch_once(story, NOON + HOURS)
        assert {each.url for each in documents(story)} == {web.url("/a"), web.url("/b")}


def test_where_a_page_may_not_be_fetched_what_the_feed_gives_stands_for_it(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        web.routes["/robots.txt"] = answer("200 OK", b"User-agent: *\nDisallow: /hidden\n", Content_Type="text/plain")
        paper.publish("hidden", "Flood", TOLL.format(9), summary=TOLL.format(3))
        story = story_of(tmp_path, web)
        watch_once(story)
        (document,) = documents(story)
        assert "/hidden" not in web.paths()
        assert TOLL.format(3) in document.text
        assert "asks not to fetch" in status_of(story).faults[0].fault


def test_what_the_ledger_has_lost_is_taken_in_anew_and_not_told_twice(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        paper.publish("a", "Flood", TOLL.format(3))
        story = story_of(tmp_path, web)
        assert len(watch_once(story)) == 1
        before = documents(story)
        for each in story.glob("ledger.db*"):
            each.unlink()
        said: list[str] = []
        assert watch_once(story, NOON + HOURS, said) == []
        assert said == ["the ledger lacks the documents of 1 pages that were taken in: they are fetched anew"]
        assert [each.id for each in documents(story)] == [each.id for each in before]


def test_a_feed_of_summaries_is_taken_as_it_is_and_its_changes_are_told(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        paper.publish("a", "Road closed", DAMMED, summary="The road to Velm is closed. Buses are led round it.")
        story = story_of(tmp_path, web, feed_keys='pages = "summary"')
        watch_once(story)
        assert web.paths() == ["/feed.xml"]
        paper.publish("a", "Road closed", "", summary="The road to Velm is closed. Buses are led round it. A crane came.")
        found = watch_once(story, NOON + HOURS)
        assert [(each.kind, each.after) for each in found] == [("document-changed", ("A crane came.",))]
        assert len(documents(story)) == 2


def test_a_page_that_breaks_what_reads_it_costs_no_other_page(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        paper.publish("a", "Nothing", "")
        web.routes["/a"] = answer("200 OK", b"\x00\x01\x02" * 1000, Content_Type="application/octet-stream")
        paper.publish("b", "Road closed", DAMMED)
        paper.publish("c", "Never there", "")
        story = story_of(tmp_path, web)
        watch_once(story)
        assert web.url("/b") in {each.url for each in documents(story)}
        with State.open(story) as state:
            waiting = page(state, web.url("/c"))
            assert waiting is not None
            assert (waiting.state, waiting.failures) == ("waiting", 1), "a page that a feed has just named may be there in a minute"
