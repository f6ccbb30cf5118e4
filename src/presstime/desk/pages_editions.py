"""The editions' pages: the list, one edition, and what changed between two.

Comes in: an `Ask`. Goes out: a page. To compare two editions every reading of both is gone through, which takes seconds in a large story:
it is done behind the page, once, and kept, since editions never change. Example: /compare?one=2026-03-03T2000-5f3a9c&other=….
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import msgspec
from starlette.responses import Response

from presstime.desk.asking import Ask, RefusedError, filters
from presstime.desk.pages_events import ListFilters
from presstime.desk.rendering import render
from presstime.desk.routing import Route
from presstime.desk.state import Desk
from presstime.ledger.lookups_log import EditionRow, edition_row, edition_rows, marks_counted
from presstime.problems import PresstimeError
from presstime.records import Record
from presstime.story import EDITIONS

__all__ = ["ROUTES", "Changed", "ChangedLine", "CompareFilters", "compared", "one_edition"]

Text = Annotated[str, msgspec.Meta(max_length=200)]


class CompareFilters(Record, frozen=True):
    """Which editions are compared: `one` is the earlier."""

    one: Text = ""
    other: Text = ""


class ChangedLine(Record, frozen=True):
    """One difference: new, changed, withdrawn, newly denied or newly corroborated; of what; and in words."""

    kind: str
    of: str
    words: str


class Changed(Record, frozen=True):
    """What differs between two editions, or why that cannot be told."""

    lines: tuple[ChangedLine, ...] = ()
    fault: str | None = None


def editions_page(ask: Ask) -> Response:
    """The list."""
    page = edition_rows(ask.look, number=filters(ask, ListFilters).page)
    return render(ask, "editions.html", "Editions", page=page)


def one_edition(ask: Ask, identifier: str) -> EditionRow:
    """The edition, or a refusal."""
    found = edition_row(ask.look, identifier)
    if found is None:
        raise RefusedError(404, "there is no such edition; see the list of editions")
    return found


def edition_page(ask: Ask) -> Response:
    """One edition."""
    found = one_edition(ask, ask.path["id"])
    everyone = edition_rows(ask.look, size=200).items
    return render(ask, "edition.html", "Edition", edition=found, others=[one for one in everyone if one.id != found.id], folder=EDITIONS)


def compared(ask: Ask, one: str, other: str) -> Changed | None:
    """What differs between two editions; None while that is being worked out."""
    first, second = one_edition(ask, one).id, one_edition(ask, other).id
    desk = ask.desk
    hour = datetime.now(UTC).isoformat(timespec="hours")  # an embargo may end: what is kept out then is told anew
    key = f"compare {first} {second}, {marks_counted(ask.look)} marks, {hour}"
    kept = desk.accounts.kept(key)
    if kept is None:
        desk.in_background(key, lambda: desk.accounts.keep(key, msgspec.json.encode(_worked_out(desk, first, second)).decode()))
        return None
    return msgspec.json.decode(kept, type=Changed)


def _worked_out(desk: Desk, one: str, other: str) -> Changed:
    from presstime.editions import lines_between, open_edition

    folder = desk.folder / EDITIONS
    try:  # what is confidential or under embargo is in neither: open_edition leaves it out
        lines = lines_between(open_edition(folder / one), open_edition(folder / other))
    except PresstimeError as error:
        return Changed(fault=str(error))
    return Changed(lines=tuple(ChangedLine(kind=line.kind, of=line.of, words=line.words) for line in lines))


def compare_page(ask: Ask) -> Response:
    """What changed between two editions."""
    wanted = filters(ask, CompareFilters)
    if not wanted.one or not wanted.other:
        raise RefusedError(400, "name two editions to compare; the page of an edition has a list to choose the other from")
    one, other = one_edition(ask, wanted.one), one_edition(ask, wanted.other)
    changed = compared(ask, one.id, other.id)
    return render(ask, "compare.html", "What changed", one=one, other=other, changed=changed)


ROUTES = (
    Route(method="GET", path="/editions", role="reader", page=editions_page),
    Route(method="GET", path="/editions/{id:path}", role="reader", page=edition_page),
    Route(method="GET", path="/compare", role="reader", page=compare_page),
)
