"""Arriving: an answer, or an entry that stands for itself, to a document of the story: on topic, read, entered.

In: a page's answer with what its feed says of it. Out: the `Document` as it is to enter, with its outlet and its time; then
its reading in the ledger and its bytes in the archive, before anything else is noted of it. A page that states only its day
gets the hour that the feed gives: "2026-03-04" and the feed's "2026-03-04T16:05Z" give the latter.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from presstime.gather.archive import gathered_files, open_archive
from presstime.gather.content import document_of
from presstime.gather.fetch import Kept, keep_fetched, page_input
from presstime.gather.fetched import Fetched
from presstime.gather.inputs import MAX_BYTES
from presstime.gather.jsonl import with_language
from presstime.gather.opening import Run, opened
from presstime.ids import document_id
from presstime.ledger import Input, Ledger
from presstime.read.reading import read_safely, reader_of
from presstime.records import Document, Problem, Provenance
from presstime.story import ARCHIVE, LEDGER, Story
from presstime.story_watch import Feed
from presstime.watch.known import Entry

__all__ = ["Intake", "as_arrived", "as_version", "document_of_answer", "document_of_entry"]


def document_of_answer(fetched: Fetched, story: Story) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document that a page's answer holds, and what is to be said of it; None where it holds no text that can be read."""
    run = Run(keep=None, now=fetched.fetched, max_bytes=MAX_BYTES, mappings=story.mappings)
    found = list(opened(page_input(fetched, fetched.fetched), run))
    document = next((item for item in found if isinstance(item, Document)), None)
    return document, tuple(item for item in found if isinstance(item, Problem))


def document_of_entry(entry: Entry, feed: Feed, found: str) -> Document | None:
    """The document that an entry of a feed is by itself; None where the feed gives no words of it."""
    if entry.content is None or not entry.content.text.strip():
        return None
    document = document_of(entry.content, name=feed.url, file_name=entry.key, data=entry.raw or entry.content.text.encode(), now=found)
    return with_language(document, entry.content.language)[0]


def as_arrived(document: Document, entry: Entry | None, feed: Feed, found: str, time_zone: str) -> Document:
    """A document with the outlet that story.toml names and, where it does not tell its hour, the one that its feed does.

    A document without a date, or of the day on which the feed first had it, counts as published at that moment.
    """
    fields: dict[str, str] = {}
    sources: dict[str, str] = {}
    outlet, whose = (feed.outlet, "story.toml") if feed.outlet else (document.outlet or (entry.outlet if entry else None), "the feed")
    if outlet is not None and outlet != document.outlet:
        fields["outlet"], sources["outlet"] = outlet, whose
    published = _published(document.published, entry.published if entry else None, found, time_zone)
    if published is not None and published[0] != document.published:
        fields["published"], sources["published"] = published
    if entry is not None and entry.content is not None and document.headline is None and entry.content.headline is not None:
        fields["headline"], sources["headline"] = entry.content.headline, "the feed"
    return _with(document, fields, sources)


def _published(stated: str | None, fed: str | None, found: str, time_zone: str) -> tuple[str, str] | None:
    """When a document counts as published, and who says so; None where what it states stands."""
    if stated is not None and len(stated) > 10:
        return None
    if fed is not None and len(fed) > 10 and (stated is None or stated in (fed[:10], _day(fed, time_zone))):
        return fed, "the feed"
    day = stated or fed
    if day is None or day == _day(found, time_zone):
        return found, "when the feed first had it"
    return (day, "the feed") if stated is None else None


def _day(moment: str, time_zone: str) -> str:
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(time_zone)).date().isoformat()


def as_version(document: Document, before: Document, since: str, moment: str) -> Document:
    """A later version of a page: it counts as published when it was seen to have changed, so that no moment before shows it.

    `since` is when the version before was seen last. A time that the page states for its change is taken where it can be
    true: between the two.
    """
    stated = document.published
    seen = datetime.fromisoformat(moment)
    when = moment
    if stated is not None and len(stated) > 10:
        told = datetime.fromisoformat(stated)
        if told.tzinfo is not None and datetime.fromisoformat(since) < told <= seen:
            when = stated
    fields = {"published": when}
    source = f"seen changed at {moment}, last seen as it was at {since}" + (f"; the page states {stated}" if stated else "")
    for name in ("url", "outlet"):
        if (value := getattr(before, name)) is not None and value != getattr(document, name):
            fields[name] = value
    return _with(document, fields, {"published": source, "url": "its address before", "outlet": "the version before"})


def _with(document: Document, fields: dict[str, str], sources: dict[str, str]) -> Document:
    if not fields:
        return document
    others = tuple(each for each in document.provenance if each.field not in fields)
    stated = tuple(Provenance(field=name, source=sources[name]) for name in fields)
    changed = msgspec.structs.replace(document, provenance=(*others, *stated), **fields)
    whence = changed.url or changed.name
    return msgspec.structs.replace(changed, id=document_id(changed.outlet, whence, changed.published, changed.text))


class Intake:
    """The story's ledger and archive while it is watched. Everything of it is called from one thread, which opens it."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._entered = 0
        self.ledger = Ledger.open(story.folder / LEDGER)
        archive = story.folder / ARCHIVE
        self._kept = Kept.in_folder(open_archive(archive, datetime.now().astimezone().isoformat(timespec="seconds")), archive)
        self._reader = reader_of(story.context)  # loads the language model, so that the first page need not wait for it

    def close(self) -> None:
        """Close the ledger."""
        self.ledger.close()

    def keep(self, fetched: Fetched) -> None:
        """Keep an answer in the archive; what is wrong with the archive stands in the ledger."""
        for problem in keep_fetched(fetched, self._kept):
            self.ledger.enter_problem(problem)

    def enter(self, document: Document, fetched: Fetched | None, problems: tuple[Problem, ...] = ()) -> Problem | None:
        """Keep the answer, read the document and enter it; a Problem where it could not be kept as it is."""
        if fetched is not None:
            self.keep(fetched)
        known = self.ledger.reading_of(document.id, self._reader)
        found = None
        if known is None or known.document.text != document.text:
            found = self.ledger.enter_reading(read_safely(document, self._story.context)).problem
        for problem in problems:
            self.ledger.enter_problem(problem)
        return found

    def note_inputs(self) -> None:
        """Enter in the ledger what has come into the archive since the last time."""
        files = gathered_files(self._story.folder / ARCHIVE)
        for raw in files[self._entered :]:
            self.ledger.enter_input(Input(sha256=raw.sha256, whence=raw.whence, gathered=raw.gathered))
        self._entered = len(files)

    def documents(self) -> frozenset[str]:
        """The ids of the documents that the ledger has, with a reading."""
        return frozenset(signature.document for signature in self.ledger.signatures())

    def counts(self) -> tuple[int, int]:
        """How many documents have a reading, and how many corrections there are: whether others have written in the ledger."""
        return sum(1 for _ in self.ledger.signatures()), self.ledger.correction_count()
