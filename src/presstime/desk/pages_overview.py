"""The first pages: what the record holds, what is new since one last looked, what went wrong, the search, the log, and help.

Comes in: an `Ask`. Goes out: a page. Example: on the overview the tolls on which givers differ stand first, each with who gives what.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec
from starlette.responses import RedirectResponse, Response

from presstime.desk.asking import Ask, filters
from presstime.desk.pages_documents import PageNumber
from presstime.desk.pages_events import ListFilters
from presstime.desk.rendering import news_of, render
from presstime.desk.routing import Route
from presstime.ledger.lookups_disputes import dispute_rows, disputes_by_id
from presstime.ledger.lookups_documents import document_rows, problem_rows
from presstime.ledger.lookups_figures import point_rows, points_of, series_rows
from presstime.ledger.lookups_log import Mark, log_rows, mark_now, new_disputes, overview_counts
from presstime.ledger.lookups_search import search_everything
from presstime.records import Record

__all__ = ["ROUTES", "LogFilters", "SearchFilters"]

Text = Annotated[str, msgspec.Meta(max_length=500)]
FEW = 6


class SearchFilters(Record, frozen=True):
    """What the search takes."""

    q: Text = ""
    kind: Literal["actor", "place", "statement", "document", "figure"] | None = None
    page: PageNumber = 1


class LogFilters(Record, frozen=True):
    """What the log takes: one kind of entry, those of one person, those of one document."""

    entry: Literal["correction", "decision", "edition", "document"] | None = None
    by: Text | None = None
    document: Text | None = None
    page: PageNumber = 1


def overview_page(ask: Ask) -> Response:
    """What the record holds."""
    tolls = series_rows(ask.look, ask.sight, disputed=True, size=FEW)
    return render(
        ask,
        "overview.html",
        "Overview",
        counts=overview_counts(ask.look, ask.sight),
        tolls=tolls,
        points=points_of(point_rows(ask.look, tuple(one.id for one in tolls.items), ask.sight, latest=True)),
        disputes=dispute_rows(ask.look, ask.sight, size=4),
        documents=document_rows(ask.look, ask.sight, size=FEW),
        problems=problem_rows(ask.look, ask.sight, size=4),
        entries=log_rows(ask.look, ask.sight, entry="correction", size=4),
    )


def new_page(ask: Ask) -> Response:
    """What has come since this person last said that they had looked."""
    mark, _ = news_of(ask)
    since = mark or Mark()
    own = ask.person.name if ask.person is not None and mark is not None else None  # what one did oneself is no news
    disputes = new_disputes(ask.look, since)
    return render(
        ask,
        "new.html",
        "New since you last looked",
        mark=mark,
        documents=document_rows(ask.look, ask.sight, since=since.document, size=20),
        corrections=log_rows(ask.look, ask.sight, entry="correction", but=own, since=since.correction, size=20),
        decisions=log_rows(ask.look, ask.sight, entry="decision", but=own, since=since.decision, size=20),
        editions=log_rows(ask.look, ask.sight, entry="edition", since=since.edition, size=20),
        disputes=disputes_by_id(ask.look, disputes[:20], ask.sight),
        more_disputes=max(0, len(disputes) - 20),
    )


def looked(ask: Ask) -> Response:
    """Keep that this person has looked, up to here."""
    assert ask.person is not None
    mark = mark_now(ask.look, datetime.now(UTC).isoformat(timespec="seconds"))
    ask.desk.accounts.set_seen(ask.person.name, msgspec.json.encode(mark).decode())
    return RedirectResponse("/", 303)


def problems_page(ask: Ask) -> Response:
    """What could not be read or kept."""
    return render(ask, "problems.html", "Problems", page=problem_rows(ask.look, ask.sight, number=filters(ask, ListFilters).page))


def search_page(ask: Ask) -> Response:
    """The search over everything."""
    wanted = filters(ask, SearchFilters)
    size = 30 if wanted.kind else 8
    found = search_everything(ask.look, wanted.q, ask.sight, kind=wanted.kind, number=wanted.page if wanted.kind else 1, size=size)
    return render(ask, "search.html", "Search", found=found, wanted=wanted, size=size)


def log_page(ask: Ask) -> Response:
    """Who did what, when, why, and what stood before."""
    wanted = filters(ask, LogFilters)
    page = log_rows(ask.look, ask.sight, entry=wanted.entry, by=wanted.by, document=wanted.document, number=wanted.page)
    return render(ask, "log.html", "Log", page=page, wanted=wanted)


def help_page(ask: Ask) -> Response:
    """The keys, and what the marks mean."""
    return render(ask, "help.html", "Help")


ROUTES = (
    Route(method="GET", path="/", role="reader", page=overview_page),
    Route(method="GET", path="/new", role="reader", page=new_page),
    Route(method="POST", path="/seen", role="reader", page=looked),
    Route(method="GET", path="/problems", role="reader", page=problems_page),
    Route(method="GET", path="/search", role="reader", page=search_page),
    Route(method="GET", path="/log", role="reader", page=log_page),
    Route(method="GET", path="/help", role="reader", page=help_page),
)
