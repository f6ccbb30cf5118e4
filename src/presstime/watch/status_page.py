"""The state of a watch as a piece of a page, for the desk.

In: a `Status`. Out: HTML without scripts or styles of its own, everything in it escaped: a heading, what is wrong, a table of
the feeds, the pages by how they stand, the latest changes. Example: a feed that failed three times has its fault in its row.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from presstime.watch.status import FeedStatus, Status

__all__ = ["status_html"]


def status_html(status: Status) -> str:
    """The state as HTML, from a heading of the second level on."""
    running = "This story is being watched." if status.running else "This story is not being watched now."
    started = f" Started {_time(status.started)}." if status.started else ""
    failing = sum(1 for each in status.feeds if each.failures)
    counts = ", ".join(f"{number} {escape(state)}" for state, number in status.pages.items()) or "none yet"
    parts = [
        "<h2>Watch</h2>",
        f"<p>{running}{started} {len(status.feeds)} feeds, {failing} of them failing. Pages: {counts}; due now: {status.due}.</p>",
        _table(
            "Feeds",
            ("Feed", "How it stands", "Answered last", "Asked next"),
            (_feed(each) for each in sorted(status.feeds, key=lambda one: (-one.failures, one.url))),
        ),
    ]
    if status.faults:
        rows = ((escape(each.url), escape(each.fault), _time(each.next)) for each in status.faults)
        parts.append(_table("Pages that could not be had as they should", ("Page", "Why", "Asked next"), rows))
    if status.last:
        told = ((_time(each.at), escape(each.words)) for each in reversed(status.last))
        parts.append(_table(f"Latest of {status.changes} changes", ("Found", "Change"), told))
    return "\n".join(parts)


def _feed(each: FeedStatus) -> tuple[str, ...]:
    name = f"{escape(each.outlet)}<br>{escape(each.url)}" if each.outlet else escape(each.url)
    how = escape(each.fault or "well") if each.polled else "not asked yet"
    return name, how, _time(each.answered), _time(each.next)


def _time(moment: str | None) -> str:
    return f'<time datetime="{escape(moment)}">{escape(moment[:16].replace("T", " "))}</time>' if moment else "–"


def _table(caption: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
