"""What the watch knows of feeds and pages: what is due, and what became of it.

In: an open `State`, and what a poll or a look at a page brought. Out: `KnownFeed`s and `KnownPage`s, those due first. Every
function is one transaction. `due_pages(state, now, busy=…)` gives a few pages of every host, so that a host with a thousand
pages to catch up on never keeps the others waiting.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from presstime.gather.content import Content
from presstime.gather.fetched import Conditions
from presstime.records import Record
from presstime.watch.state import State

__all__ = [
    "PAST",
    "Entry",
    "KnownFeed",
    "KnownPage",
    "PageState",
    "due_feeds",
    "due_pages",
    "feed",
    "keep_feeds",
    "keep_page",
    "lost_again",
    "news_in",
    "next_due",
    "page",
    "put_feed",
    "waiting_again",
]

PageState = Literal["waiting", "kept", "off-topic", "unread", "gone"]
PAST = "It is from before the watch. Give its address to presstime compile, if it is wanted."
DATED_ANEW = 600.0
"""Seconds from one look at a page until it is looked at because its entry has another date and the same words."""
PER_HOST = 3
"""Pages of one host under way at once: two are asked for, and one waits for its turn."""


class Entry(Record, frozen=True):
    """What a feed has: `key` is the page's address, or a name of its own where it stands for itself; `mark` a hash of it.

    The mark has a hash of the entry's words and, after a space, one of its dates. `content` is None where a sitemap gives no
    more than an address. `page` says whether there is a page to fetch; `raw` is the
    SHA-256 of the feed's bytes that had it; `past` says that it is from before the watch and is left unread.
    """

    key: str
    mark: str
    page: bool
    content: Content | None = None
    published: str | None = None
    outlet: str | None = None
    raw: str | None = None
    past: bool = False


class KnownFeed(Record, frozen=True):
    """A feed's row in watch.db; state.sql says what each value is."""

    url: str
    etag: str | None = None
    modified: str | None = None
    due: float = 0.0
    pace: float = 0.0
    fresh: float = 0.0
    wished: float = 0.0
    polled: str | None = None
    answered: str | None = None
    renewed: str | None = None
    entries: int = 0
    failures: int = 0
    fault: str | None = None


class KnownPage(Record, frozen=True):
    """A page's row in watch.db; state.sql says what each value is. `pending` is (hash of a text, when it was first seen)."""

    url: str
    feed: str
    state: PageState
    found: str
    entry: Entry | None = None
    document: str | None = None
    pending: tuple[str, str] | None = None
    etag: str | None = None
    modified: str | None = None
    seen: str | None = None
    due: float | None = None
    failures: int = 0
    missing: int = 0
    fault: str | None = None


def keep_feeds(state: State, urls: Sequence[str]) -> None:
    """Make feeds known. One that story.toml names no longer stays known and is no longer polled."""
    with state.together():
        state.connection.executemany("INSERT OR IGNORE INTO feed (url) VALUES (?)", [(url,) for url in urls])


def feed(state: State, url: str) -> KnownFeed:
    """What is known of a feed."""
    row = state.connection.execute("SELECT * FROM feed WHERE url = ?", (url,)).fetchone()
    return KnownFeed(**dict(row)) if row is not None else KnownFeed(url=url)


def due_feeds(state: State, urls: Collection[str], now: float) -> list[KnownFeed]:
    """The feeds among these that are due, the longest due first."""
    rows = state.connection.execute("SELECT * FROM feed WHERE due <= ? ORDER BY due, url", (now,))
    return [KnownFeed(**dict(row)) for row in rows if row["url"] in urls]


def put_feed(state: State, after: KnownFeed, entries: Iterable[Entry] = (), *, found: str = "", due: float = 0.0) -> int:
    """Keep what a poll brought, and its entries with it; how many of them were new or had changed.

    A new entry waits from `due` on. One whose mark has changed is looked at again: its page was altered, perhaps.
    """
    fields = msgspec.structs.asdict(after)
    changed = 0
    with state.together():
        for entry in entries:
            changed += _put_entry(state.connection, after.url, entry, found, due)
        columns = ", ".join(fields)
        marks = ", ".join(f":{name}" for name in fields)
        state.connection.execute(f"INSERT OR REPLACE INTO feed ({columns}) VALUES ({marks})", fields)
    return changed


def _put_entry(connection: sqlite3.Connection, feed_url: str, entry: Entry, found: str, due: float) -> int:
    row = connection.execute("SELECT feed, state, mark, seen, due FROM page WHERE url = ?", (entry.key,)).fetchone()
    data = msgspec.json.encode(entry)
    if row is None:
        sql = "INSERT INTO page (url, feed, host, state, entry, mark, found, due, fault) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        host = urlsplit(entry.key).netloc.lower()
        state, when, fault = ("unread", None, PAST) if entry.past else ("waiting", due, None)
        connection.execute(sql, (entry.key, feed_url, host, state, data, entry.mark, found, when, fault))
        return 0 if entry.past else 1
    if row["mark"] == entry.mark or row["feed"] != feed_url:  # of a page that two feeds have, the first to name it is heard
        return 0
    if row["seen"] is not None and _words_of(row["mark"]) == _words_of(entry.mark):
        # Some feeds date every entry anew with every poll: that is no reason to ask for fifty pages.
        due = max(due, datetime.fromisoformat(row["seen"]).timestamp() + DATED_ANEW)
        due = min(due, row["due"]) if row["due"] is not None else due
    # An entry that stands for itself is its own page: it has to be taken in anew.
    state = row["state"] if entry.page else "waiting"
    soonest = min(due, row["due"]) if row["due"] is not None and row["state"] == "waiting" else due
    sql = "UPDATE page SET entry = ?, mark = ?, state = ?, due = ? WHERE url = ?"
    connection.execute(sql, (data, entry.mark, state, soonest, entry.key))
    return 1


def _words_of(mark: str | None) -> str:
    return (mark or "").partition(" ")[0]


def page(state: State, url: str) -> KnownPage | None:
    """What is known of a page."""
    row = state.connection.execute("SELECT * FROM page WHERE url = ?", (url,)).fetchone()
    return _page(row) if row is not None else None


def due_pages(state: State, now: float, *, busy: Collection[str], waiting_only: bool = False) -> list[KnownPage]:
    """Pages that are due: a few of every host, what is new before what is looked at again; none that is `busy`."""
    sql = (
        "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY host ORDER BY state != 'waiting', due, url) AS place FROM page "
        "WHERE due <= ?) WHERE place <= ? ORDER BY state != 'waiting', due, url"
    )
    hosts: dict[str, int] = {}
    for url in busy:
        host = urlsplit(url).netloc.lower()
        hosts[host] = hosts.get(host, 0) + 1
    found = []
    for row in state.connection.execute(sql, (now, 2 * PER_HOST)):
        if row["url"] in busy or hosts.get(row["host"], 0) >= PER_HOST or (waiting_only and row["state"] != "waiting"):
            continue
        hosts[row["host"]] = hosts.get(row["host"], 0) + 1
        found.append(_page(row))
    return found


def news_in(state: State, feed_url: str, entries: Iterable[Entry]) -> int:
    """How many of a feed's entries are new, or have changed."""
    sql = "SELECT 1 FROM page WHERE url = ? AND (mark = ? OR feed != ?)"
    return sum(1 for entry in entries if state.connection.execute(sql, (entry.key, entry.mark, feed_url)).fetchone() is None)


def keep_page(state: State, after: KnownPage, conditions: Conditions | None = None) -> None:
    """Keep what became of a page; with `conditions` what to ask for it with the next time.

    An entry that a poll has renewed meanwhile stays due.
    """
    fields = msgspec.structs.asdict(after)
    fields["pending"] = " ".join(after.pending) if after.pending else None
    if conditions is not None:
        fields |= {"etag": conditions.etag, "modified": conditions.last_modified}
    entry = fields.pop("entry")
    fields["mark_seen"] = entry.mark if entry is not None else None
    names = ("state", "document", "pending", "etag", "modified", "seen", "failures", "missing", "fault")
    sets = ", ".join(f"{name} = :{name}" for name in names)
    sql = f"UPDATE page SET {sets}, due = CASE WHEN mark IS :mark_seen THEN :due ELSE due END WHERE url = :url"
    with state.together():
        state.connection.execute(sql, fields)


def waiting_again(state: State, now: float) -> int:
    """Have everything that was off topic looked at again, because the filter has changed; how many pages that are."""
    with state.together():
        return state.connection.execute("UPDATE page SET due = ?, state = 'waiting' WHERE state = 'off-topic'", (now,)).rowcount


def lost_again(state: State, documents: Collection[str], now: float) -> int:
    """Have every page taken in anew whose document is not in the ledger (any more); how many those are.

    After a power cut the ledger may lack what watch.db says it has; or an older copy of it was put back.
    """
    rows = state.connection.execute("SELECT url, document FROM page WHERE document IS NOT NULL").fetchall()
    lost = [(now, row["url"]) for row in rows if row["document"] not in documents]
    anew = "state = 'waiting', document = NULL, pending = NULL, seen = NULL, etag = NULL, modified = NULL"
    sql = f"UPDATE page SET {anew}, due = ? WHERE url = ?"
    with state.together():
        state.connection.executemany(sql, lost)
    return len(lost)


def next_due(state: State, urls: Collection[str]) -> float | None:
    """When the next of these feeds, or the next page, is due; None where nothing ever is."""
    rows = state.connection.execute("SELECT url, due FROM feed").fetchall()
    moments = [row["due"] for row in rows if row["url"] in urls]
    earliest = state.connection.execute("SELECT min(due) FROM page WHERE due IS NOT NULL").fetchone()[0]
    return min([*moments, *([earliest] if earliest is not None else [])], default=None)


def _page(row: sqlite3.Row) -> KnownPage:
    fields: dict[str, Any] = {name: row[name] for name in KnownPage.__struct_fields__ if name not in ("entry", "pending")}
    entry = msgspec.json.decode(row["entry"], type=Entry) if row["entry"] is not None else None
    pending = tuple(row["pending"].split(" ", 1)) if row["pending"] else None
    return KnownPage(**fields, entry=entry, pending=pending)
