"""The same look-ups over HTTP as JSON, for scripts.

Comes in: an `Ask`. Goes out: JSON: a record, or a page of records with how many there are. Faults are JSON too: {"error": {"status": 404,
"message": "…"}}. Example: `curl -H "Authorization: Bearer KEY" http://127.0.0.1:8642/api/v1/statements?act=denial`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from starlette.responses import Response

from presstime.desk.accounts import Role
from presstime.desk.asking import Ask, RefusedError, filters
from presstime.desk.marking import cut_marks, seen_stretches
from presstime.desk.pages_documents import DocumentFilters, PageNumber
from presstime.desk.pages_editions import Changed, CompareFilters, compared
from presstime.desk.pages_events import DisputeFilters, EventFilters, ListFilters
from presstime.desk.pages_figures import FigureFilters, SeriesFilters
from presstime.desk.pages_names import ActorFilters, PlaceFilters
from presstime.desk.pages_overview import LogFilters, SearchFilters
from presstime.desk.pages_statements import StatementFilters
from presstime.desk.routing import Route
from presstime.ledger.lookups import Page
from presstime.ledger.lookups_disputes import (
    ClaimRow,
    DisputeRow,
    ReactionRow,
    SilenceRow,
    claim,
    dispute,
    dispute_rows,
    reaction_rows,
    silence_rows,
)
from presstime.ledger.lookups_documents import DocumentRow, Mark, OneDocument, ProblemRow, document, document_rows, marks, problem_rows
from presstime.ledger.lookups_events import EventRow, TellingRow, event, event_rows, telling_rows
from presstime.ledger.lookups_figures import FigureRow, PointRow, SeriesRow, figure, figure_rows, point_rows, series, series_rows
from presstime.ledger.lookups_log import Counts, EditionRow, LogRow, edition_row, edition_rows, log_rows, overview_counts
from presstime.ledger.lookups_names import (
    ActorRow,
    CandidateRow,
    MemberRow,
    PlaceNaming,
    PlaceRow,
    actor,
    actor_rows,
    candidate_rows,
    member_rows,
    naming_rows,
    place,
    place_rows,
)
from presstime.ledger.lookups_search import Found, search_everything
from presstime.ledger.lookups_statements import OneStatement, StatementRow, statement, statement_rows
from presstime.records import Record

__all__ = ["BASE", "LOOKUPS", "ROUTES", "Listed", "Lookup", "Nothing", "SizedPage", "lookup_route"]

BASE = "/api/v1"
T = TypeVar("T")
Size = Annotated[int, msgspec.Meta(ge=1, le=200)]


class Nothing(Record, frozen=True):
    """A look-up that takes no parameters."""


class SizedPage(Record, frozen=True):
    """Which page, of how many records."""

    page: PageNumber = 1


class Listed(Record, Generic[T], frozen=True):
    """A page of records. `total` is how many there are on all pages."""

    items: tuple[T, ...]
    total: int
    page: int
    pages: int


class SeriesWhole(Record, frozen=True):
    """A series with all its points."""

    series: SeriesRow
    points: tuple[PointRow, ...]


class EventWhole(Record, frozen=True):
    """An event with all its tellings."""

    event: EventRow
    tellings: tuple[TellingRow, ...]


class DocumentWhole(Record, frozen=True):
    """A document with everything read in it. A reader of a document of which something is kept out is given its text with gaps (█)."""

    document: OneDocument
    marks: tuple[Mark, ...]


class Lookup(Record, frozen=True):
    """A look-up: its path under /api/v1, what it takes and gives, and a sentence on it. `make` gives None where there is nothing."""

    path: str
    summary: str
    takes: Any
    gives: Any
    make: Callable[[Ask, Any], Any]
    role: Role = "reader"


def _without_page(wanted: Any) -> dict[str, Any]:
    return {name: value for name, value in msgspec.structs.asdict(wanted).items() if name != "page"}


def _list(rows: Callable[..., Page[Any]]) -> Callable[[Ask, Any], Any]:
    return lambda ask, wanted: rows(ask.look, ask.sight, **_without_page(wanted), number=wanted.page)


def _one(row: Callable[..., Any]) -> Callable[[Ask, Any], Any]:
    return lambda ask, wanted: row(ask.look, ask.path["id"], ask.sight)


def _of(rows: Callable[..., Page[Any]], row: Callable[..., Any]) -> Callable[[Ask, Any], Any]:
    def make(ask: Ask, wanted: Any) -> Any:
        found = row(ask.look, ask.path["id"], ask.sight)
        identifier = getattr(found, "key", None) or getattr(found, "id", None)
        return None if found is None else rows(ask.look, identifier, ask.sight, number=wanted.page)

    return make


def _document(ask: Ask, wanted: Any) -> DocumentWhole | None:
    found = document(ask.look, ask.path["id"], ask.sight)
    if found is None:
        return None
    shown = seen_stretches(ask, found)
    masked = ["█"] * len(found.text)
    for span in shown:
        masked[span.start : span.end] = found.text[span.start : span.end]
    text = found.text if len(shown) == 1 and shown[0].end - shown[0].start == len(found.text) else "".join(masked)
    every = cut_marks(marks(ask.look, found.id, ask.sight), shown)
    return DocumentWhole(document=msgspec.structs.replace(found, text=text), marks=every)


def _series(ask: Ask, wanted: Any) -> SeriesWhole | None:
    found = series(ask.look, ask.path["id"], ask.sight)
    return SeriesWhole(series=found, points=point_rows(ask.look, (found.id,), ask.sight)) if found else None


def _event(ask: Ask, wanted: Any) -> EventWhole | None:
    found = event(ask.look, ask.path["id"], ask.sight)
    return EventWhole(event=found, tellings=telling_rows(ask.look, found.id, ask.sight)) if found else None


def _search(ask: Ask, wanted: SearchFilters) -> tuple[Found, ...]:
    return search_everything(
        ask.look, wanted.q, ask.sight, kind=wanted.kind, number=wanted.page if wanted.kind else 1, size=30 if wanted.kind else 8
    )


def _compare(ask: Ask, wanted: CompareFilters) -> Changed | None:
    if not wanted.one or not wanted.other:
        raise RefusedError(400, "name two editions: one and other")
    changed = compared(ask, wanted.one, wanted.other)
    if changed is None:
        raise RefusedError(503, "the editions are being compared; ask again in some seconds", wait=2)
    return changed


LOOKUPS = (
    Lookup(
        path="/overview",
        summary="How much there is of everything",
        takes=Nothing,
        gives=Counts,
        make=lambda a, w: overview_counts(a.look, a.sight),
    ),
    Lookup(
        path="/documents", summary="Documents, newest first", takes=DocumentFilters, gives=Listed[DocumentRow], make=_list(document_rows)
    ),
    Lookup(path="/documents/{id}", summary="One document with everything read in it", takes=Nothing, gives=DocumentWhole, make=_document),
    Lookup(
        path="/statements",
        summary="Statements, newest first",
        takes=StatementFilters,
        gives=Listed[StatementRow],
        make=_list(statement_rows),
    ),
    Lookup(path="/statements/{id}", summary="One statement", takes=Nothing, gives=OneStatement, make=_one(statement)),
    Lookup(path="/figures", summary="Figures, newest first", takes=FigureFilters, gives=Listed[FigureRow], make=_list(figure_rows)),
    Lookup(path="/figures/{id}", summary="One figure", takes=Nothing, gives=FigureRow, make=_one(figure)),
    Lookup(
        path="/series", summary="Series, those in conflict first", takes=SeriesFilters, gives=Listed[SeriesRow], make=_list(series_rows)
    ),
    Lookup(path="/series/{id}", summary="One series with its points by giver", takes=Nothing, gives=SeriesWhole, make=_series),
    Lookup(path="/events", summary="The timeline, latest first", takes=EventFilters, gives=Listed[EventRow], make=_list(event_rows)),
    Lookup(path="/events/{id}", summary="One event with its tellings", takes=Nothing, gives=EventWhole, make=_event),
    Lookup(
        path="/disputes",
        summary="Disputes, those last spoken to first",
        takes=DisputeFilters,
        gives=Listed[DisputeRow],
        make=_list(dispute_rows),
    ),
    Lookup(path="/disputes/{id}", summary="One dispute", takes=Nothing, gives=DisputeRow, make=_one(dispute)),
    Lookup(path="/claims/{id}", summary="One claim", takes=Nothing, gives=ClaimRow, make=_one(claim)),
    Lookup(path="/reactions", summary="Reactions", takes=ListFilters, gives=Listed[ReactionRow], make=_list(reaction_rows)),
    Lookup(
        path="/silences",
        summary="Actors of whom no response was found",
        takes=ListFilters,
        gives=Listed[SilenceRow],
        make=_list(silence_rows),
    ),
    Lookup(path="/places", summary="Places, the most named first", takes=PlaceFilters, gives=Listed[PlaceRow], make=_list(place_rows)),
    Lookup(path="/places/{id}", summary="One place", takes=Nothing, gives=PlaceRow, make=_one(place)),
    Lookup(
        path="/places/{id}/namings", summary="Where it is named", takes=SizedPage, gives=Listed[PlaceNaming], make=_of(naming_rows, place)
    ),
    Lookup(path="/actors", summary="Actors, the most heard first", takes=ActorFilters, gives=Listed[ActorRow], make=_list(actor_rows)),
    Lookup(path="/actors/{id}", summary="One actor", takes=Nothing, gives=ActorRow, make=_one(actor)),
    Lookup(
        path="/actors/{id}/members", summary="The actors it joins", takes=SizedPage, gives=Listed[MemberRow], make=_of(member_rows, actor)
    ),
    Lookup(
        path="/candidates",
        summary="Pairs that may be one",
        takes=SizedPage,
        gives=Listed[CandidateRow],
        make=_list(candidate_rows),
        role="editor",
    ),
    Lookup(path="/search", summary="Everything that holds the words", takes=SearchFilters, gives=tuple[Found, ...], make=_search),
    Lookup(
        path="/editions",
        summary="Editions, latest first",
        takes=ListFilters,
        gives=Listed[EditionRow],
        make=lambda a, w: edition_rows(a.look, number=w.page),
    ),
    Lookup(
        path="/editions/{id}", summary="One edition", takes=Nothing, gives=EditionRow, make=lambda a, w: edition_row(a.look, a.path["id"])
    ),
    Lookup(path="/compare", summary="What changed between two editions", takes=CompareFilters, gives=Changed, make=_compare),
    Lookup(path="/log", summary="Who did what, latest first", takes=LogFilters, gives=Listed[LogRow], make=_list(log_rows)),
    Lookup(
        path="/problems", summary="What could not be read or kept", takes=ListFilters, gives=Listed[ProblemRow], make=_list(problem_rows)
    ),
)
"""Every look-up. The routes, the OpenAPI description and the tests of who may ask are made from this table."""


def lookup_route(lookup: Lookup) -> Route:
    """The route of a look-up."""

    def answer(ask: Ask) -> Response:
        found = lookup.make(ask, filters(ask, lookup.takes, strict=True))
        if found is None:
            raise RefusedError(404, "there is nothing by that id")
        if isinstance(found, Page):
            found = Listed(items=found.items, total=found.total, page=found.number, pages=found.pages)
        return Response(msgspec.json.encode(found), 200, media_type="application/json")

    path = BASE + lookup.path
    path = path.replace("{id}", "{id:path}") if path.endswith("{id}") else path
    return Route(method="GET", path=path, role=lookup.role, page=answer)


def _no_such(ask: Ask) -> Response:
    raise RefusedError(404, "there is no such look-up; /api/openapi.json names them all")


def _openapi(ask: Ask) -> Response:
    from presstime.desk.openapi import description

    return Response(description(), 200, media_type="application/json")


# what ends in a word after the id comes before what ends in the id, which may hold a slash
ROUTES = (
    *(lookup_route(lookup) for lookup in sorted(LOOKUPS, key=lambda lookup: lookup.path.endswith("{id}"))),
    Route(method="GET", path="/api/openapi.json", role="reader", page=_openapi),
    Route(method="GET", path="/api/{rest:path}", role="reader", page=_no_such),
)
