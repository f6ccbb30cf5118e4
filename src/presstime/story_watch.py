"""What story.toml says of watching: which feeds are polled, and what counts as being on topic.

Comes in: the [[feeds]] tables and the [filter] table. Goes out: `Feed`s and a `Filter`, checked. Example: `every = "90s"`
in a feed is 90 seconds between two polls; `every = "soon"` is a StoryError that says how to write it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from presstime.problems import StoryError
from presstime.records import Record

__all__ = ["Feed", "Filter", "check_feeds", "check_filter", "seconds_of"]

Text = Annotated[str, msgspec.Meta(min_length=1)]

_DURATION = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(s|m|min|h|d)")
_SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}
SHORTEST = 1.0
LONGEST = 7 * 86400.0
_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class Feed(Record, frozen=True, forbid_unknown_fields=True):
    """A [[feeds]] table of story.toml: a feed (RSS, Atom, JSON Feed) or a sitemap that is polled.

    `outlet` is who publishes it, where the feed's own title is not the name wanted. `every` is the time between two polls
    ("5s", "10m", "2h"; None: by how often it has something new). `pages` says what an entry's text is: the page it links to,
    or what the feed gives of it.
    """

    url: Text
    outlet: Text | None = None
    every: Text | None = None
    pages: Literal["full", "summary"] = "full"


class Filter(Record, frozen=True, forbid_unknown_fields=True):
    """The [filter] table of story.toml: what is on topic. Without any of it, everything is.

    `words` are words and phrases ("evacuat*" stands for all that begins so); `places` and `actors` names, with all the
    other names that the story's own tables give them. `match` says whether one hit among them all is enough, or one in
    each list that is there is wanted. What has one of the words `without` is never on topic; what is in a language that is
    not among `languages` (where there are any) is not.
    """

    words: tuple[Text, ...] = ()
    places: tuple[Text, ...] = ()
    actors: tuple[Text, ...] = ()
    match: Literal["any", "all"] = "any"
    without: tuple[Text, ...] = ()
    languages: tuple[Text, ...] = ()


def seconds_of(duration: str) -> float | None:
    """The seconds of a duration such as "5s", "10m", "1.5h" or "2d"; None for what is none, or is out of bounds."""
    match = _DURATION.fullmatch(duration.strip().lower())
    seconds = float(match[1]) * _SECONDS[match[2]] if match else 0.0
    return seconds if SHORTEST <= seconds <= LONGEST else None


def check_feeds(feeds: Sequence[Feed], where: str) -> None:
    """Raises StoryError for an address that is none, one that comes twice, or a duration that is none."""
    first: dict[str, int] = {}
    for number, feed in enumerate(feeds, 1):
        at = f"{where}: feeds {number} ({feed.url})"
        if not _ADDRESS.fullmatch(feed.url):
            raise StoryError(f"{at}, url: this is no address of the web; write it in full, such as https://harrowpost.example/feed.xml")
        if feed.every is not None and seconds_of(feed.every) is None:
            raise StoryError(f"{at}, every: {feed.every!r} is no time between one second and a week; write it like '30s', '10m' or '2h'")
        if (other := first.setdefault(feed.url, number)) != number:
            raise StoryError(f"{at} is feeds {other} already; take one of them out")


def check_filter(given: Filter, where: str) -> None:
    """Raises StoryError for a word that holds none, or a language that is written otherwise than as a code."""
    for key in ("words", "places", "actors", "without"):
        for number, word in enumerate(getattr(given, key), 1):
            if not any(char.isalnum() for char in word):
                raise StoryError(f"{where}: filter, {key} {number}: {word!r} holds no letter to look for; mend it, or take it out")
    for code in given.languages:
        if not _LANGUAGE.fullmatch(code):
            raise StoryError(f"{where}: filter, languages: {code!r} is no language's code; use ISO 639 codes such as 'en'")
