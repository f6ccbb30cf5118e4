"""The figures section: series as tables, a line per giver, nothing summed or averaged.

In: a view. Out: `FigureTable`s, and the latest figure of every giver for the first screen.
Example: "At least 12 killed, Ministry of Health, the evening of 3 March 2026", after "5 killed", marked as superseded.
"""

from __future__ import annotations

import re

from msgspec import structs

from presstime.findings import Line, Series
from presstime.records import MEASURES, Figure, Record
from presstime.show.material import Index, outlet_name, place_names, series_place, speaker_name
from presstime.show.moments import moment_words, timex_words
from presstime.show.reviews import Mark, review_mark
from presstime.show.rows import Quote, Source, View, line_anchors, origin_words, quote_span, sources
from presstime.show.wording import WORDS, amount_words, capital, series_title

__all__ = ["FigureRow", "FigureTable", "figure_giver", "figure_tables", "is_past", "latest_rows", "series_order", "spread"]

LATEST_TABLES = 5  # what fits a first screen; the rest is one section further down
LATEST_EACH = 2  # tables of one measure
LATEST_ROWS = 4
SHORT_WORDS = 40  # characters of a vague figure's words there
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SCOPES = ("event", "part", "more", "total", "past")


class FigureRow(Record, frozen=True):
    """A giver's figure. `later` is the line of the figure that replaced it; `part_of` the line of its whole.

    `short` is the amount for the first screen: of a figure without a number, its words.
    """

    lines: tuple[str, ...]
    giver: str
    amount: str
    quote: Quote
    as_of: str | None
    published: str | None
    moment: str
    remarks: tuple[str, ...]
    part_of: str | None
    part_of_words: str | None
    superseded: bool
    later: str | None
    sources: tuple[Source, ...]
    origins: str = ""
    figure: str = ""
    short: str = ""
    certainty: str | None = None
    review: Mark | None = None


class FigureTable(Record, frozen=True):
    """A series. `names` are the other spellings of its place; `more` counts the rows left out; `note` says which event, where it is
    told apart from others. `conflicts` are pairs of latest figures that cannot both be true, in words. `key` is its series' id.
    """

    title: str
    measure: str
    past: bool
    names: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    disagree: bool = False
    more: int = 0
    note: str | None = None
    conflicts: tuple[str, ...] = ()
    scope: str = "event"
    key: str = ""


def figure_giver(index: Index, figure: Figure) -> str:
    """Who gives a figure: the speaker of its statement, else the outlet in its own voice."""
    statement = index.statements.get(figure.statement) if figure.statement else None
    name = speaker_name(index, statement) if statement else None
    return name or outlet_name(index.documents[index.document_of[figure.id]])


def series_order(index: Index, series: Series) -> tuple[int, int, int, int]:
    """The order of series: this event before others, by measure, the whole before its groups, the most told first."""
    return (
        _SCOPES.index("past" if is_past(index, series) else series.scope),
        MEASURES.index(series.measure),
        series.group is not None,
        -sum(len(line.points) for line in series.lines),
    )


def is_past(index: Index, series: Series) -> bool:
    """Whether a series is of another event, before this one."""
    figures = [index.figures[point.figure] for line in series.lines for point in line.points if point.figure in index.figures]
    return bool(figures) and all(figure.scope == "past" for figure in figures)


def _which_event(index: Index, series: Series) -> str | None:
    """Which incident a series counts, where it is told apart: by its moment, or by a note."""
    if series.event and series.event not in index.events:
        day, _, clock = series.event.partition(" ")
        if not _DAY.fullmatch(day):
            return series.event
        return f"incident of {timex_words(f'{day}T{clock}' if clock else day)}"
    return "another event" if is_past(index, series) else None


def _conflicts(view: View, series: Series) -> tuple[str, ...]:
    """Each pair of latest figures that cannot both be true, with who gives them."""
    index = view.index
    givers = {figure: line.giver for line in series.lines for point in line.points for figure in (point.figure, *point.also)}

    def told(figure: str) -> str:
        return f"{amount_words(index.figures[figure])} ({givers.get(figure) or figure_giver(index, index.figures[figure])})"

    pairs = [(pair.one, pair.other) for pair in series.conflicts if pair.one in index.figures and pair.other in index.figures]
    return tuple(f"{told(one)} and {told(other)}" for one, other in pairs)


def figure_tables(view: View) -> tuple[FigureTable, ...]:
    """Every series as a table, and last one of the figures that stand in no series."""
    index = view.index
    tables = []
    seen: set[str] = set()
    for series in sorted(index.material.findings.series, key=lambda series: series_order(index, series)):
        rows = [row for line in series.lines for row in _rows(view, line)]
        seen.update(figure for line in series.lines for point in line.points for figure in (point.figure, *point.also))
        current = {row.amount for row in rows if not row.superseded}
        tables.append(
            FigureTable(
                title=series_title(series, series_place(index, series)),
                measure=series.measure,
                past=is_past(index, series),
                note=_which_event(index, series),
                names=place_names(index, series.place) if series_place(index, series) else (),
                rows=tuple(rows),
                disagree=len(current) > 1 and len(series.lines) > 1,
                conflicts=_conflicts(view, series),
                scope=series.scope,
                key=series.id,
            )
        )
    rest = [figure for figure in index.figures.values() if figure.id not in seen]
    if rest:
        rows = [_row(view, figure_giver(index, figure), [figure], None) for figure in rest]
        tables.append(FigureTable(title="Figures in no series", measure="", past=False, names=(), rows=tuple(rows)))
    return tuple(tables)


def spread(series: list[Series], most: int) -> list[Series]:
    """The first few series, so that one measure's many places do not crowd out the others."""
    kept: list[Series] = []
    for one in series:
        if sum(other.measure == one.measure for other in kept) < LATEST_EACH and len(kept) < most:
            kept.append(one)
    return kept


def latest_rows(tables: tuple[FigureTable, ...]) -> tuple[FigureTable, ...]:
    """For the first screen: what each giver last said, of this event, newest first."""
    kept: list[FigureTable] = []
    for table in tables:
        if not table.measure or table.past or table.scope != "event" or len(kept) == LATEST_TABLES:
            continue
        if sum(other.measure == table.measure for other in kept) < LATEST_EACH:
            rows = sorted((row for row in table.rows if not row.superseded), key=lambda row: row.moment, reverse=True)
            kept.append(structs.replace(table, rows=tuple(rows[:LATEST_ROWS]), more=max(0, len(rows) - LATEST_ROWS)))
    return tuple(kept)


def _cut(words: str) -> str:
    return words if len(words) <= SHORT_WORDS else f"{words[:SHORT_WORDS].rsplit(' ', 1)[0]} …"


def _rows(view: View, line: Line) -> list[FigureRow]:
    """A giver's points; the same amount as of the same moment is one row with several sources."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    later: dict[tuple[object, ...], str | None] = {}
    for point in line.points:
        figure = view.index.figures.get(point.figure)
        if figure is None:
            continue
        published = view.index.documents[view.index.document_of[figure.id]].published or ""
        # A reading that found no moment gives the publication's: reprints of one figure differ in it and in nothing else.
        told = None if published.startswith(figure.as_of or "") else figure.as_of
        key = (point.low, point.high, point.qualifier, told, figure.certainty, point.superseded_by is None)
        groups.setdefault(key, []).extend([figure, *(view.index.figures[one] for one in point.also if one in view.index.figures)])
        later.setdefault(key, point.superseded_by)
    return [_row(view, line.giver, figures, later[key]) for key, figures in groups.items()]


def _row(view: View, giver: str, figures: list[Figure], superseded_by: str | None) -> FigureRow:
    index = view.index
    figure = figures[0]
    document = index.documents[index.document_of[figure.id]]
    remarks = [WORDS.certainty[figure.certainty]] if figure.certainty else []
    if figure.scope != "event":
        remarks.append({"total": "running total", "past": "another event"}[figure.scope])
    if figure.cause:
        remarks.append(f"cause given: {figure.cause}")
    whole = index.figures.get(figure.part_of) if figure.part_of else None
    return FigureRow(
        lines=line_anchors(view, *(one.id for one in figures)),
        giver=giver,
        amount=capital(amount_words(figure)),
        quote=quote_span(view, document, figure.start, figure.end),
        as_of=timex_words(figure.as_of),
        published=moment_words(document.published, view.time_zone),
        moment=document.published or "",
        remarks=tuple(remarks),
        part_of=view.line_of.get(whole.id) if whole else None,
        part_of_words=f"part of {amount_words(whole)} {WORDS.measure[whole.measure].verb}" if whole else None,
        superseded=superseded_by is not None,
        later=view.line_of.get(superseded_by) if superseded_by else None,
        sources=sources(view, (one.id for one in figures)),
        origins=origin_words(view, (one.id for one in figures)),
        figure=figure.id,
        review=review_mark(view, (one.id for one in figures)),
        short=f"“{_cut(figure.words)}”" if figure.low is None and figure.high is None else capital(amount_words(figure)),
        certainty=WORDS.certainty[figure.certainty] if figure.certainty else None,
    )
