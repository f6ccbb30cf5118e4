"""The figures' pages: series by what cannot agree, one series with a line for each giver, all figures, and one figure.

Comes in: an `Ask`. Goes out: a page. Example: /series?measure=killed&disputed=1 lists the tolls of which givers differ.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from starlette.responses import Response

from presstime.desk.asking import Ask, RefusedError, filters
from presstime.desk.marking import passage, seen_stretches
from presstime.desk.pages_documents import PageNumber
from presstime.desk.pages_statements import ReviewState
from presstime.desk.rendering import render
from presstime.desk.routing import Route
from presstime.desk.said import history_of
from presstime.ledger.lookups_documents import document
from presstime.ledger.lookups_figures import figure, figure_choices, figure_rows, point_rows, points_of, series, series_choices, series_rows
from presstime.ledger.lookups_statements import statement
from presstime.records import Measure, Record, Span

__all__ = ["ROUTES", "FigureFilters", "SeriesFilters"]

Text = Annotated[str, msgspec.Meta(max_length=500)]


class FigureFilters(Record, frozen=True):
    """What the list of figures takes. `low` is a number that is given; `place` a gazetteer's id or a name."""

    measure: Measure | None = None
    scope: Literal["event", "total", "past"] | None = None
    review: ReviewState | None = None
    document: Text | None = None
    place: Text | None = None
    low: Annotated[int, msgspec.Meta(ge=0, le=2**53)] | None = None
    q: Text = ""
    page: PageNumber = 1


class SeriesFilters(Record, frozen=True):
    """What the list of series takes. `disputed` asks for those in which latest figures cannot all be true."""

    measure: Measure | None = None
    scope: Literal["event", "total", "past", "part", "more"] | None = None
    place: Text | None = None
    disputed: bool = False
    page: PageNumber = 1


def figures_page(ask: Ask) -> Response:
    """All figures."""
    wanted = filters(ask, FigureFilters)
    chosen = {name: value for name, value in msgspec.structs.asdict(wanted).items() if name != "page"}
    page = figure_rows(ask.look, ask.sight, **chosen, number=wanted.page)
    lists = {column: figure_choices(ask.look, column, ask.sight) for column in ("measure", "scope", "review")}
    return render(ask, "figures.html", "All figures", page=page, wanted=wanted, lists=lists)


def figure_page(ask: Ask) -> Response:
    """One figure."""
    found = figure(ask.look, ask.path["id"], ask.sight)
    if found is None:
        raise RefusedError(404, "there is no such figure now: a person may have withdrawn it, or its document was read again; see the log")
    source = document(ask.look, found.document, ask.sight)
    spans = (Span(start=found.start, end=found.end_),)
    return render(
        ask,
        "figure.html",
        f"{found.words}: {found.measure}",
        figure=found,
        pieces=passage(source, spans, seen_stretches(ask, source)) if source else (),
        said=statement(ask.look, found.statement, ask.sight) if found.statement else None,
        whole=figure(ask.look, found.part_of, ask.sight) if found.part_of else None,
        series=series(ask.look, found.series, ask.sight) if found.series else None,
        history=history_of(ask, found.document, "figure", spans),
    )


def series_list_page(ask: Ask) -> Response:
    """Series."""
    wanted = filters(ask, SeriesFilters)
    chosen = {name: value for name, value in msgspec.structs.asdict(wanted).items() if name != "page"}
    page = series_rows(ask.look, ask.sight, **chosen, number=wanted.page)
    points = points_of(point_rows(ask.look, tuple(one.id for one in page.items), ask.sight, latest=True))
    lists = {column: series_choices(ask.look, column, ask.sight) for column in ("measure", "scope")}
    return render(ask, "series_list.html", "Figures by giver", page=page, wanted=wanted, points=points, lists=lists)


def series_page(ask: Ask) -> Response:
    """One series, a line for each giver."""
    found = series(ask.look, ask.path["id"], ask.sight)
    if found is None:
        raise RefusedError(404, "there is no such series now: findings may have been brought up to date since; see the list of figures")
    points = point_rows(ask.look, (found.id,), ask.sight)
    lines: dict[int, list[object]] = {}
    for point in points:
        lines.setdefault(point.line, []).append(point)
    return render(
        ask, "series.html", "Figures by giver", series=found, lines=list(lines.values()), by_figure={one.figure: one for one in points}
    )


ROUTES = (
    Route(method="GET", path="/figures", role="reader", page=figures_page),
    Route(method="GET", path="/figures/{id:path}", role="reader", page=figure_page),
    Route(method="GET", path="/series", role="reader", page=series_list_page),
    Route(method="GET", path="/series/{id:path}", role="reader", page=series_page),
)
