"""feed.xml: the story's changes as an Atom feed (RFC 4287), kept in its folder while it is watched.

In: changes that may be shown. Out: the feed's bytes, newest first. An entry's id is its change's, so that a feed reader shows
each once. Example: the title of an entry is "Changed: Ministry of Health, killed, Velm: 7; before: 3."
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from presstime.show.passages import printable
from presstime.version import __version__
from presstime.watch.changes import WatchedChange

__all__ = ["FEED_XML", "MOST", "changes_feed"]

FEED_XML = "feed.xml"
"""The file, in the story's folder."""
MOST = 200
"""Changes in it: feed readers ask a few times a day at least."""
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:presstime:change")


def changes_feed(changes: Sequence[WatchedChange], title: str, identity: str, now: datetime) -> bytes:
    """The feed of changes, given in the order in which they were found. `identity` tells this story's feed from others'."""
    shown = list(reversed(changes[-MOST:]))
    updated = max((each.at for each in shown), key=datetime.fromisoformat, default=now.isoformat())
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"  <id>{uuid.uuid5(_SPACE, identity).urn}</id>",
        f"  <title>{escape(printable(title))}: what changed</title>",
        f"  <updated>{_stamp(updated)}</updated>",
        f"  <author><name>presstime {escape(__version__)}</name></author>",
        "  <subtitle>Who says what, as of press time; who is right is not said.</subtitle>",
    ]
    return "\n".join([*head, *(_entry(each) for each in shown), "</feed>", ""]).encode("utf-8")


def _entry(change: WatchedChange) -> str:
    lines = [*(f"Before: {line}" for line in change.before), *(f"Now: {line}" for line in change.after)]
    return (
        f"  <entry>\n    <id>{uuid.uuid5(_SPACE, change.id).urn}</id>\n    <title>{escape(printable(change.words))}</title>\n"
        f"    <updated>{_stamp(change.at)}</updated>\n    <category term={quoteattr(change.kind)}/>\n"
        f'    <content type="text">{escape(printable(chr(10).join(lines or [change.words])))}</content>\n  </entry>'
    )


def _stamp(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
