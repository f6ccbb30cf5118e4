"""Polling: what a feed's answer holds, and when it is asked the next time.

In: an answer to a poll. Out: its `Entry`s, or why it is no feed; and the seconds until the next poll: as story.toml says, else
by how often the feed has something new and by its <ttl>, never sooner than its headers call it stale, and later after every
failure. A feed that has failed three times in a row at a pace of a minute is asked again after about eight.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urldefrag, urljoin

import msgspec

from presstime.gather.content import Content
from presstime.gather.fetch import page_input
from presstime.gather.fetched import Fetched, header_of
from presstime.gather.formats import HEAD, format_of
from presstime.records import Problem
from presstime.story_watch import Feed, seconds_of
from presstime.watch.known import Entry, KnownFeed

__all__ = ["SPREAD", "after_failure", "entries_of", "fresh_for", "pace_after", "wished_by"]

QUICKEST = 60.0
"""Seconds between polls of a feed that story.toml gives no pace, while it keeps bringing something new: whoever is on duty should
learn of it within a minute."""
SLOWEST = 900.0
FIRST = 120.0
QUICKER = 0.5
SLOWER = 1.25
"""By how much the pace changes with a poll that brought something, or nothing: from quickest to slowest takes two hours."""
LONGEST_ASKED = 3600.0
"""A feed whose headers call it fresh for longer than an hour is polled every hour."""
SOONEST = 5.0
"""Seconds before a feed that failed is asked again, at the least."""
LONGEST_AWAY = 6 * 3600.0
"""A feed that fails is asked again after so long at the most."""
RECENT = timedelta(days=2)
"""A page that a sitemap dates earlier than this before its poll is left unread: a news sitemap holds two days."""
SPREAD = 0.1
"""Up to this share is added to a pace, as the lot falls, so that fifty feeds are not asked in the same second."""

_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"no-(?:cache|store)", re.IGNORECASE)
_TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_PERIOD = re.compile(rb"<(?:\w+:)updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*<", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<(?:\w+:)updateFrequency>\s*(\d{1,5})\s*<", re.IGNORECASE)
_PERIODS = {b"hourly": 3600.0, b"daily": 86400.0, b"weekly": 604800.0, b"monthly": 2592000.0, b"yearly": 31536000.0}
_ALTERNATE = re.compile(rb"<link\b[^>]{0,500}\btype\s*=\s*[\"']application/(?:rss|atom|feed)\+(?:xml|json)[\"'][^>]{0,500}>", re.IGNORECASE)
_HREF = re.compile(rb"\bhref\s*=\s*[\"']([^\"'\s]{1,500})", re.IGNORECASE)


def entries_of(fetched: Fetched, feed: Feed, *, first: bool = False) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """What a feed has now, in its order, each once; and what is wrong with it, or that it is none. `first` at its first poll."""
    given = page_input(fetched, fetched.fetched)
    kind = format_of(fetched.content[:HEAD], given.file_name, given.media_type)
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    if kind == "listing":
        from presstime.gather.listing import listing_of

        listing = listing_of(fetched.content, feed.url)
        if isinstance(listing, Problem):
            return (), (listing,)
        for link in listing.links:
            if link.kind == "page":
                mark = f"{_hash(link.title)} {_hash(link.published, link.changed)}"
                past = _past(link.published or link.changed, fetched.fetched, first)
                entry = Entry(key=_page_address(link.url), mark=mark, page=True, published=link.published, outlet=link.outlet, past=past)
                entries.setdefault(entry.key, entry)
        if listing.links and not entries:
            why = f"This lists other feeds or sitemaps, no pages. Put the one you need under [[feeds]]: {listing.links[0].url} …"
            problems.append(Problem(where=feed.url, what="not-a-feed", why=why))
        return tuple(entries.values()), (*problems, *listing.problems)
    contents = _contents(fetched, kind, feed.url)
    if contents is None:
        return (), (_no_feed(fetched, kind, feed.url),)
    for item in contents:
        if isinstance(item, Problem):
            if item.what != "empty":  # a feed may well be empty for a while
                problems.append(item)
            continue
        entry = _entry(item, feed)
        entries.setdefault(entry.key, entry)
    return tuple(entries.values()), tuple(problems)


def _past(dated: str | None, now: str, first: bool) -> bool:
    """Whether a sitemap's page is from before the watch: many list all that a paper ever published."""
    if dated is None:
        return first
    return dated[:10] < (datetime.fromisoformat(now) - RECENT).date().isoformat()


def _contents(fetched: Fetched, kind: str | None, where: str) -> Iterator[Content | Problem] | None:
    from presstime.gather.feed import json_feed_contents, xml_feed_contents

    if kind == "feed":
        return xml_feed_contents(fetched.content, where)
    if kind == "jsonl":
        try:
            value = msgspec.json.decode(fetched.content.removeprefix(b"\xef\xbb\xbf"))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None
        if isinstance(value, dict) and isinstance(value.get("items"), list):
            return json_feed_contents(value, where)
    return None


def _entry(content: Content, feed: Feed) -> Entry:
    page = content.url is not None and feed.pages == "full"
    dates = (content.published, *(p.source for p in content.provenance if p.field == "edited"))
    mark = f"{_hash(content.headline, content.text)} {_hash(*dates)}"
    if page and content.url is not None:
        key = _page_address(content.url)
    else:
        key = f"{feed.url}#{content.whence or content.url or _hash(content.headline, content.published)}"
    plain = msgspec.structs.replace(content, place="", raw=None)
    return Entry(key=key, mark=mark, page=page, content=plain, published=content.published, outlet=content.outlet)


def _page_address(url: str) -> str:
    return urldefrag(url)[0]


def _no_feed(fetched: Fetched, kind: str | None, where: str) -> Problem:
    """What an answer is instead of a feed; a page that names its feed is helped on."""
    found = _ALTERNATE.search(fetched.content[:HEAD])
    href = _HREF.search(found[0]) if found else None
    if href:
        own = urljoin(fetched.final_url, href[1].decode("utf-8", "replace").replace("&amp;", "&"))
        why = f"This is a page, not a feed. Its own feed is {own}: put that under [[feeds]]."
    else:
        what = "a page" if kind == "html" else "none"
        why = f"This is no feed (RSS, Atom, JSON Feed or sitemap) but {what}. Look for the outlet's feed and put that under [[feeds]]."
    return Problem(where=where, what="not-a-feed", why=why)


def _hash(*parts: str | None) -> str:
    return hashlib.sha256("\x1f".join(part or "" for part in parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


# ---------------------------------------------------------------- when next


def pace_after(known: KnownFeed, feed: Feed, changed: int) -> float:
    """Seconds between two polls from now on. What story.toml says counts, but a copy that is still fresh is not asked for again."""
    stated = seconds_of(feed.every) if feed.every is not None else None
    if stated is None:
        before = known.pace or FIRST
        stated = max(QUICKEST, before * QUICKER) if changed and known.answered else min(SLOWEST, before * SLOWER)
        stated = max(stated, min(known.wished, SLOWEST))
    return max(stated, known.fresh)


def after_failure(known: KnownFeed, feed: Feed, held: float) -> float:
    """Seconds until a feed that has failed (once more) is asked again. `held` is how long its host asks to be left alone."""
    stated = seconds_of(feed.every) if feed.every is not None else None
    first = max(stated or known.pace or FIRST, SOONEST)
    return max(held, min(first * 2.0 ** min(known.failures, 20), LONGEST_AWAY))


def fresh_for(fetched: Fetched) -> float:
    """Seconds for which an answer is fresh by its cache headers, up to an hour; 0 where they say nothing."""
    control = header_of(fetched, "cache-control") or ""
    age = _AGE.search(control)
    if age is None or _NOT_KEPT.search(control):
        return 0.0
    told = header_of(fetched, "age") or ""
    return min(max(float(age[1]) - (float(told) if told.isascii() and told.isdigit() else 0.0), 0.0), LONGEST_ASKED)


def wished_by(fetched: Fetched) -> float:
    """Seconds between polls that a feed itself proposes (ttl, updatePeriod); 0 where it proposes none."""
    head = fetched.content[:HEAD]
    ttl, period, every = _TTL.search(head), _PERIOD.search(head), 0.0
    if period:
        often = _FREQUENCY.search(head)
        every = _PERIODS[period[1].lower()] / max(1, int(often[1]) if often else 1)
    return max(float(ttl[1]) * 60 if ttl else 0.0, every)
