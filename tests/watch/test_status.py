"""The state of a watch, in lines and as a piece of a page."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from loopback_web import Web, answer
from papers import NOON, Paper, story_of, watch_once

from presstime.watch.status import status_lines, status_of
from presstime.watch.status_page import status_html


def test_a_story_that_was_never_watched_has_its_feeds_and_nothing_else(tmp_path: Path) -> None:
    with Web() as web:
        story = story_of(tmp_path, web)
        found = status_of(story)
    assert not found.running
    assert [(each.url, each.polled, each.fault) for each in found.feeds] == [(web.url("/feed.xml"), None, None)]
    assert "not polled yet" in "\n".join(status_lines(found))
    assert "not asked yet" in status_html(found)


def test_what_is_wrong_comes_first_and_is_escaped(tmp_path: Path) -> None:
    with Web() as web:
        paper = Paper(web)
        paper.publish("a", "Flood <b>", "In Velm, 3 people were killed in the flood, the Velm fire service said on Wednesday.")
        web.routes["/page"] = answer("200 OK", b"<html><body>Home</body></html>", Content_Type="text/html")
        story = story_of(tmp_path, web, feeds=("/feed.xml", "/page"), feed_keys='outlet = "Harrow & Sons <Post>"')
        watch_once(story)
        found = status_of(story, NOON)
    lines = status_lines(found)
    assert [each.failures for each in found.feeds] == [0, 1]
    assert "/page: failed once: This is no feed" in lines[2]
    assert "answered last 2026-03-04T12:00:00+00:00" in lines[3]
    assert (found.pages, found.changes) == ({"kept": 1}, 1)
    page = ElementTree.fromstring(f"<div>{status_html(found).replace('<br>', '<br/>')}</div>".replace("–", "-"))
    words = "".join(page.itertext())
    assert "Harrow & Sons <Post>" in words
    assert "New: Velm fire service, killed: Velm: 3." in words
