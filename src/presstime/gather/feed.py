"""A feed to its entries: RSS 0.9x, 1.0 and 2.0, Atom, and JSON Feed.

In: raw bytes and a name. Out: a `Content` an entry, with its own date, address and outlet. An entry with its whole text is
the article; one with only a summary (or only a title) is that and says so in where its text came from: "rss description:
summary only". `<item><title>Five die</title><description>Shells fell.</description></item>` gives "Five die", "Shells fell."
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from presstime.gather.content import Content
from presstime.gather.pieces import Piece, fragment_pieces, one_line, plain_pieces
from presstime.gather.stated import Stated, array, text_at, web_address
from presstime.gather.xml import clean_markup
from presstime.records import Problem, Provenance

__all__ = ["FeedEntry", "json_feed_contents", "xml_feed_contents"]

MAX_ENTRIES = 5_000
"""Entries of one feed. Feeds have 10 to 200; feedparser takes a second for 1,000."""
MAX_TAGS = 200_000
"""Tags of one feed, those within its articles too. feedparser takes 5 s for so many; a feed of 200 articles has 40,000."""
_CUT = re.compile(r"</(?:rss|feed|(?:\w+:)?RDF)\s*>\s*$", re.IGNORECASE)
_BEGINS = re.compile(r"<(?:item|entry)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,2000}>")

FeedEntry = Content | Problem


def xml_feed_contents(data: bytes, name: str) -> Iterator[FeedEntry]:
    """The entries of an RSS or Atom feed, in its order, numbered from 1."""
    import feedparser

    text = clean_markup(data, name)
    if isinstance(text, Problem):
        yield text
        return
    if text.markup.count("<") > MAX_TAGS:
        why = f"The feed has more than the {MAX_TAGS:,} tags allowed. Have it give fewer entries, or give its pages."
        yield Problem(where=name, what="too-large", why=why)
        return
    begins = [found.start() for _, found in zip(range(MAX_ENTRIES + 1), _BEGINS.finditer(text.markup), strict=False)]
    many = len(begins) > MAX_ENTRIES
    markup = text.markup[: begins[-1]] if many else text.markup
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        feed = feedparser.parse(BytesIO(markup.encode("utf-8", "replace")), response_headers=headers)
    except Exception as error:  # a library's fault on a hostile feed must not end the run
        why = f"The feed cannot be taken apart ({type(error).__name__}). Get it again, or give its pages."
        yield Problem(where=name, what="broken", why=why)
        return
    for number, entry in enumerate(feed.entries[:MAX_ENTRIES], 1):
        yield _xml_entry(
            entry, feed.feed, f"{name}:{number}", f":{number}", "atom" if feed.version.startswith("atom") else "rss", text.provenance
        )
    yield from text.problems
    if many:
        yield Problem(where=name, what="too-large", why=f"The feed has more than {MAX_ENTRIES:,} entries: the first were read. Split it.")
    elif not _CUT.search(text.markup[-200:]):
        why = "The feed is cut short: its entries up to there were read. Get it again."
        yield Problem(where=name, what="broken", why=why)
    elif not feed.entries:
        yield Problem(where=name, what="empty", why="The feed has no entries. Get it again later, or leave it out.")


def _xml_entry(entry: Any, feed: Any, where: str, place: str, kind: str, notes: tuple[Provenance, ...]) -> FeedEntry:
    stated = Stated(where)
    stated.take("url", entry.get("link"), f"{kind} link")
    stated.take("outlet", _plain(entry.get("source"), "title"), f"{kind} source")
    stated.take("outlet", _plain(feed, "title"), f"{kind} title")
    stated.take("byline", entry.get("author"), f"{kind} author")
    stated.take("language", entry.get("language") or feed.get("language"), f"{kind} language")
    _dates(entry, stated, kind)
    title = _plain(entry, "title")
    stated.take("headline", title, f"{kind} entry title")
    full = [part for part in entry.get("content") or () if _value(part)]
    if full:
        pieces = _pieces(full[0], where)
        stated.note("text", f"{kind} content")
    elif _value(summary := entry.get("summary_detail") or {"value": entry.get("summary")}):
        pieces = _pieces(summary, where)
        stated.note("text", "atom summary: summary only" if kind == "atom" else "rss description: summary only")
    else:
        pieces = []
        stated.note("text", f"{kind} title: title only")
    for link in entry.get("enclosures") or ():
        if address := web_address(link.get("href")):
            stated.note("media", f"{kind} enclosure {address}")
    return _entry(title, pieces, stated, place, entry.get("id"), notes)


def _entry(
    title: str | None, pieces: list[Piece] | Problem, stated: Stated, place: str, identity: str | None, notes: tuple[Provenance, ...] = ()
) -> FeedEntry:
    if isinstance(pieces, Problem):
        return pieces
    if title and not (pieces and " ".join(pieces[0].text.split()) == title):
        pieces = [Piece(text=title, kind="headline"), *pieces]
    elif title:
        pieces = [Piece(text=pieces[0].text, kind="headline"), *pieces[1:]]
    if not pieces:
        why = "The entry has neither title nor text. Look at the page it links to, or leave it out."
        return Problem(where=stated.where, what="empty", why=why)
    stated.provenance.extend(notes)
    return stated.content(pieces, place=place, whence=identity or None)


def _dates(entry: Any, stated: Stated, kind: str) -> None:
    for field, source in (("published", "pubDate" if kind == "rss" else "published"), ("updated", "updated"), ("created", "created")):
        # Asked in its own way, feedparser gives one date under two names.
        value, parsed = dict.get(entry, field), dict.get(entry, f"{field}_parsed")
        before = len(stated.problems)
        stated.date(value, f"{kind} {source}")
        if "published" not in stated.fields and parsed is not None:
            # feedparser knows more spellings of dates than we do, and gives them in UTC.
            try:
                moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat()
            except (TypeError, ValueError, OverflowError, OSError):
                continue
            del stated.problems[before:]
            stated.take("published", moment, f"{kind} {source}")
    first, last = dict.get(entry, "published"), dict.get(entry, "updated")
    if first and last and first != last:
        stated.note("edited", f"{kind} updated {one_line(str(last)[:80])}")


def _value(part: Any) -> str:
    """The words of a part of an entry, which feedparser gives as None where a damaged feed has none."""
    value = part.get("value")
    return value.strip() if isinstance(value, str) else ""


def _pieces(part: Any, where: str) -> list[Piece] | Problem:
    value = _value(part)
    return plain_pieces(value) if part.get("type") == "text/plain" else fragment_pieces(value, where)


def _plain(holder: Any, field: str) -> str | None:
    """A title, which may be HTML, as plain words."""
    value = holder.get(field) if isinstance(holder, dict) else None
    if not isinstance(value, str):
        return None
    detail = holder.get(f"{field}_detail") or {}
    if "<" in value or (detail.get("type") != "text/plain" and "&" in value):
        import html

        value = html.unescape(_TAG.sub("", value))
    return one_line(value)


def json_feed_contents(feed: dict[str, Any], name: str) -> Iterator[FeedEntry]:
    """The items of a JSON Feed (version 1 or 1.1), in its order, numbered from 1."""
    items = array(feed, "items")
    for number, item in enumerate(items[:MAX_ENTRIES], 1):
        if isinstance(item, dict):
            yield _json_entry(item, feed, f"{name}:{number}", f":{number}")
        else:
            why = "The item is no object. Get the feed again, or give the page."
            yield Problem(where=f"{name}:{number}", what="bad-line", why=why)
    if not items:
        yield Problem(where=name, what="empty", why="The feed has no items. Get it again later, or leave it out.")
    if len(items) > MAX_ENTRIES:
        yield Problem(where=name, what="too-large", why=f"The feed has more than {MAX_ENTRIES:,} items: the first were read. Split it.")


def _json_entry(item: dict[str, Any], feed: dict[str, Any], where: str, place: str) -> FeedEntry:
    stated = Stated(where)
    stated.take("url", item.get("url"), "json feed url")
    stated.take("url", item.get("external_url"), "json feed external_url")
    stated.take("outlet", feed.get("title"), "json feed title")
    for holder in (item, feed):
        authors = [*array(holder, "authors"), *array(holder, "author")]
        names = [text_at(author, "name") for author in authors]
        stated.take("byline", ", ".join(name for name in names if name), "json feed authors")
    stated.take("language", item.get("language") or feed.get("language"), "json feed language")
    stated.date(item.get("date_published"), "json feed date_published")
    if "published" in stated.fields and text_at(item, "date_modified") not in ("", text_at(item, "date_published")):
        stated.note("edited", f"json feed date_modified {text_at(item, 'date_modified')[:80]}")
    stated.date(item.get("date_modified"), "json feed date_modified")
    title = one_line(text_at(item, "title"))
    stated.take("headline", title, "json feed item title")
    pieces: list[Piece] | Problem
    if text_at(item, "content_html").strip():
        pieces = fragment_pieces(text_at(item, "content_html"), where)
        stated.note("text", "json feed content_html")
    elif text_at(item, "content_text").strip():
        pieces = plain_pieces(text_at(item, "content_text"))
        stated.note("text", "json feed content_text")
    elif text_at(item, "summary").strip():
        pieces = plain_pieces(text_at(item, "summary"))
        stated.note("text", "json feed summary: summary only")
    else:
        pieces = []
        stated.note("text", "json feed title: title only")
    for attachment in array(item, "attachments"):
        if address := web_address(text_at(attachment, "url")):
            stated.note("media", f"json feed attachment {address}")
    identity = item.get("id")
    return _entry(title, pieces, stated, place, str(identity) if isinstance(identity, str | int) else None)
