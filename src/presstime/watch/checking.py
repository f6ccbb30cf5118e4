"""Looking at pages again: how often, and what a look says.

In: what is known of a page and what it answered now. Out: whether it is as it was, altered, gone or not to be told, and
`WatchedChange`s for the latter two. A page of this hour is looked at every ten minutes, one of yesterday every six hours. A
page counts as gone when it answers 410, or 404 twice, two minutes apart: servers have slips.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from presstime.combine.page_address import page_key
from presstime.combine.versions import changes
from presstime.findings import Change
from presstime.gather.fetched import Fetched
from presstime.ids import make_id
from presstime.records import Document, Part, Problem, Record
from presstime.watch.changes import WatchedChange

__all__ = ["AGAIN", "Look", "altered_change", "back_change", "gone_change", "gone_problem", "look_at", "next_look", "page_again"]

SOONEST = 600.0
"""Seconds between two looks at a new page: most corrections to a breaking report come within the hour."""
SHARE = 0.25
"""Of a page's age: a page of a day is looked at every six hours."""
LONGEST = 86400.0
LATER = 7 * 86400.0
OLD = 30 * 86400.0
"""A page older than this is looked at once a week."""
AGAIN = 120.0
"""Seconds after which a page that was not there is looked at once more, before it counts as gone."""
LONGEST_AWAY = 6 * 3600.0

_LINE = re.compile(r"[^\n]+")

Verdict = Literal["same", "altered", "missing", "gone"]


class Look(Record, frozen=True):
    """What a look at a page says, and why where it is not there."""

    verdict: Verdict
    why: str = ""


def next_look(age: float) -> float:
    """Seconds until a page is looked at again that is `age` seconds old."""
    return LATER if age > OLD else min(max(age * SHARE, SOONEST), LONGEST)


def page_again(failures: int) -> float:
    """Seconds until a page is asked for again that could not be had so often in a row."""
    return min(60.0 * 2.0 ** min(failures, 20), LONGEST_AWAY)


def look_at(fetched: Fetched, document: Document | None, problems: tuple[Problem, ...], before: Document, missing: int) -> Look:
    """What an answer says of a page whose newest version is `before`; `missing` is how many looks in a row it was not there."""
    why = _not_there(fetched, document, problems)
    if why is not None:
        return Look(verdict="gone" if fetched.status == 410 or missing else "missing", why=why)
    if document is None or document.text == before.text or not changes(_in_lines(before), _in_lines(document)):
        return Look(verdict="same")
    return Look(verdict="altered")


def _not_there(fetched: Fetched, document: Document | None, problems: tuple[Problem, ...]) -> str | None:
    """Why a page's text is not at its address any more; None where it is."""
    if fetched.status == 304:
        return None
    if fetched.status in (404, 410):
        return f"its address answers {fetched.status}"
    if page_key(fetched.url) is not None and page_key(fetched.final_url) is None:
        return "its address leads to the site's front page"
    if document is None and 200 <= fetched.status < 300:
        return f"its address shows no article any more ({problems[0].what})" if problems else "its address shows no article any more"
    return None


# ---------------------------------------------------------------- the changes


def altered_change(before: Document, after: Document, at: str) -> WatchedChange:
    """That a page was altered after publication: how much, and its sentences before and after."""
    found = changes(_in_lines(before), _in_lines(after))
    counts = [(sum(1 for each in found if each.kind == kind), kind) for kind in ("changed", "added", "withdrawn")]
    told = ", ".join(f"{number} {'sentence' if number == 1 else 'sentences'} {kind}" for number, kind in counts if number)
    return WatchedChange(
        id=make_id("change", "document-changed", after.id),
        kind="document-changed",
        words=f"Altered after publication: {_name(after)}: {told}.",
        at=at,
        documents=(before.id, after.id),
        before=_sentences(before, found, "before"),
        after=_sentences(after, found, "after"),
    )


def gone_change(document: Document, seen: str, why: str, at: str) -> WatchedChange:
    """That a page is not there any more, last seen when. Its document stays in the record."""
    return WatchedChange(
        id=make_id("change", "document-gone", document.id, seen),
        kind="document-gone",
        words=f"Removed after publication: {_name(document)}: {why}; last seen {seen}. It stays in the record.",
        at=at,
        documents=(document.id,),
        before=(_name(document),),
    )


def back_change(document: Document, seen: str, at: str) -> WatchedChange:
    """That a page which was gone is there again, as it was."""
    return WatchedChange(
        id=make_id("change", "document-back", document.id, seen),
        kind="document-changed",
        words=f"There again after it was removed: {_name(document)}, as it was.",
        at=at,
        documents=(document.id,),
        after=(_name(document),),
    )


def gone_problem(document: Document, seen: str, why: str, at: str) -> Problem:
    """The same for the record: the ledger's word on a document whose page is gone."""
    told = f"The page was removed after publication: {why} ({at}); last seen {seen}. Its text and bytes as gathered are kept."
    return Problem(where=document.id, what="removed", why=told)


def _in_lines(document: Document) -> Document:
    """A document whose parts are the lines of its text: one that was read has other parts than one that is about to be."""
    parts = tuple(Part(kind="paragraph", start=found.start(), end=found.end()) for found in _LINE.finditer(document.text))
    return msgspec.structs.replace(document, parts=parts)


def _name(document: Document) -> str:
    headline = " ".join((document.headline or "").split())
    return ", ".join(part for part in (f"“{headline}”" if headline else document.url or document.name, document.outlet) if part)


def _sentences(document: Document, found: tuple[Change, ...], side: Literal["before", "after"]) -> tuple[str, ...]:
    spans = [span for each in found if (span := getattr(each, side)) is not None]
    return tuple(" ".join(document.text[span.start : span.end].split()) for span in sorted(spans, key=lambda span: span.start))
