"""Papers on loopback for tests of the watch: a feed, its pages, and a story that follows them.

`paper = Paper(web); paper.publish("a", "Toll rises", "Three people were killed…")` puts a page into the feed at /feed.xml.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

from loopback_web import Asked, Web, answer, page

from presstime.gather.politeness import Clock
from presstime.ledger import Ledger
from presstime.records import Document
from presstime.story import LEDGER, new_story, open_story
from presstime.watch.changes import WatchedChange
from presstime.watch.loop import Watcher

__all__ = ["NOON", "Paper", "at", "documents", "story_of", "watch_once"]

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@dataclass
class Paper:
    """One feed and its pages; whatever is published changes what the server says at once."""

    web: Web
    path: str = "/feed.xml"
    items: dict[str, tuple[str, str, str | None]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.web.routes[self.path] = self._feed

    def publish(self, name: str, title: str, text: str, *, published: str | None = "2026-03-04T09:00:00+00:00", summary: str = "") -> str:
        """Put a page (or another text for one) up and name it in the feed; its address. A page without text is named only."""
        self.items[name] = (title, summary, published)
        url = self.web.url(f"/{name}")
        if text:
            self.alter(name, title, text, published)
        return url

    def alter(self, name: str, title: str, text: str, published: str | None = "2026-03-04T09:00:00+00:00") -> None:
        """Put another text at a page's address; the feed says nothing of it."""
        date = f"<meta property='article:published_time' content='{published}'>" if published else ""
        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n"))
        head = f"<title>{escape(title)}</title><meta property='og:site_name' content='Harrow Post'>{date}"
        self.web.routes[f"/{name}"] = page(
            f"<html><head>{head}</head><body><article><h1>{escape(title)}</h1>{paragraphs}</article></body></html>"
        )

    def _feed(self, asked: Asked) -> bytes:
        items = ""
        for name, (title, summary, published) in reversed(self.items.items()):
            date = f"<pubDate>{format_datetime(datetime.fromisoformat(published))}</pubDate>" if published else ""
            words = f"<description>{escape(summary)}</description>" if summary else ""
            url = self.web.url(f"/{name}")
            items += f"<item><title>{escape(title)}</title><link>{url}</link><guid>{url}</guid>{date}{words}</item>"
        body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Harrow Post</title>{items}</channel></rss>"
        return answer("200 OK", body.encode(), Content_Type="application/rss+xml", **self.headers)


def story_of(folder: Path, web: Web, more: str = "", feeds: Sequence[str] = ("/feed.xml",), feed_keys: str = "") -> Path:
    """A story that follows feeds of the server."""
    story = folder / "flood"
    new_story(story, "The flood")
    tables = "".join(f'[[feeds]]\nurl = "{web.url(path)}"\n{feed_keys}\n' for path in feeds)
    told = f'[fetch]\nallow = ["{web.host}"]\npause = 0\n{tables}\n{more}\n'
    path = story / "story.toml"
    path.write_text(path.read_text(encoding="utf-8") + told, encoding="utf-8")
    return story


def at(moment: datetime) -> Clock:
    """A clock that stands at a moment and waits for next to nothing."""
    return replace(Clock(), now=lambda: moment, sleep=lambda seconds: asyncio.sleep(min(seconds, 0.01)), lot=lambda: 0.0)


def watch_once(story: Path, moment: datetime = NOON, said: list[str] | None = None) -> list[WatchedChange]:
    """Poll and look at everything that is due at a moment, once; the changes found."""
    found: list[WatchedChange] = []
    say = said.append if said is not None else lambda line: None
    asyncio.run(Watcher(open_story(story), clock=at(moment), found=found.append, say=say).run(once=True))
    return found


def documents(story: Path) -> list[Document]:
    with Ledger.open(story / LEDGER, create=False) as ledger:
        return list(ledger.documents())


HOURS = timedelta(hours=1)
