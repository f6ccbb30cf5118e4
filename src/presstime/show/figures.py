"""The figures section: series as tables, a line per giver, nothing summed or averaged.

In: a view. Out: `FigureTable`s, and the latest figure of every giver for the first screen.
Example: "At least 12 killed, Ministry of Health, the evening of 3 March 2026", after "5 killed", marked as superseded.
"""

from __future__ import annotations

from presstime.findings import Line, Series
from presstime.records import MEASURES, Figure, Record
from presstime.show.material import Index, outlet_name, place_name, place_names, speaker_name
from presstime.show.moments import moment_words, timex_words
from presstime.show.rows import Quote, Source, View, line_anchors, quote_span, source
from presstime.show.wording import WORDS, amount_words, capital, series_title

__all__ = ["FigureRow", "FigureTable", "figure_giver", "figure_tables", "latest_rows", "series_order"]

LATEST_TABLES = 6  # what fits a first screen; the rest is one section further down


class FigureRow(Record, frozen=True):
    """A giver's figure. `later` are the lines of the figures that replaced it; `part_of` the line of its whole."""

    lines: tuple[str, ...]
    giver: str
    amount: str
    quote: Quote
    as_of: str | None
    published: str | None
    remarks: tuple[str, ...]
    part_of: str | None
    part_of_words: str | None
    superseded: bool
    later: str | None
    sources: tuple[Source, ...]


class FigureTable(Record, frozen=True):
    """A series. `names` are the other spellings of its place."""

    title: str
    measure: str
    past: bool
    names: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    disagree: bool = False


def figure_giver(index: Index, figure: Figure) -> str:
    """Who gives a figure: the speaker of its statement, else the outlet in its own voice."""
    statement = index.statements.get(figure.statement) if figure.statement else None
    name = speaker_name(index, statement) if statement else None
    return name or outlet_name(index.documents[index.document_of[figure.id]])


def series_order(index: Index, series: Series) -> tuple[int, int, int, int]:
    """The order of series: this event before others, by measure, the whole before its groups, many givers first."""
    return (is_past(index, series), MEASURES.index(series.measure), series.group is not None, -len(series.lines))


def is_past(index: Index, series: Series) -> bool:
    """Whether a series is of another event, before this one."""
    figures = [index.figures[point.figure] for line in series.lines for point in line.points if point.figure in index.figures]
    return bool(figures) and all(figure.scope == "past" for figure in figures)


def figure_tables(view: View) -> tuple[FigureTable, ...]:
    """Every series as a table, and last one of the figures that stand in no series."""
    index = view.index
    tables = []
    seen: set[str] = set()
    for series in sorted(index.material.findings.series, key=lambda series: series_order(index, series)):
        rows = [row for line in series.lines for row in _rows(view, line)]
        seen.update(point.figure for line in series.lines for point in line.points)
        current = {row.amount for row in rows if not row.superseded}
        tables.append(
            FigureTable(
                title=series_title(series, place_name(index, series.place)),
                measure=series.measure,
                past=is_past(index, series),
                names=place_names(index, series.place),
                rows=tuple(rows),
                disagree=len(current) > 1 and len(series.lines) > 1,
            )
        )
    rest = [figure for figure in index.figures.values() if figure.id not in seen]
    if rest:
        rows = [_row(view, figure_giver(index, figure), [figure], None) for figure in rest]
        tables.append(FigureTable(title="Figures in no series", measure="", past=False, names=(), rows=tuple(rows)))
    return tuple(tables)


def latest_rows(tables: tuple[FigureTable, ...]) -> tuple[FigureTable, ...]:
    """For the first screen: what each giver last said, of this event."""
    now = [table for table in tables if table.measure and not table.past]
    return tuple(
        FigureTable(
            title=table.title,
            measure=table.measure,
            past=False,
            names=table.names,
            rows=tuple(row for row in table.rows if not row.superseded),
            disagree=table.disagree,
        )
        for table in now[:LATEST_TABLES]
    )


def _rows(view: View, line: Line) -> list[FigureRow]:
    """A giver's points; the same amount as of the same moment is one row with several sources."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    later: dict[tuple[object, ...], str | None] = {}
    for point in line.points:
        figure = view.index.figures.get(point.figure)
        if figure is None:
            continue
        key = (point.low, point.high, point.qualifier, figure.as_of, figure.certainty, point.superseded_by is None)
        groups.setdefault(key, []).append(figure)
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
        quote=quote_span(document, figure.start, figure.end),
        as_of=timex_words(figure.as_of),
        published=moment_words(document.published, view.time_zone),
        remarks=tuple(remarks),
        part_of=view.line_of.get(whole.id) if whole else None,
        part_of_words=f"part of {amount_words(whole)} {WORDS.measure[whole.measure].verb}" if whole else None,
        superseded=superseded_by is not None,
        later=view.line_of.get(superseded_by) if superseded_by else None,
        sources=tuple(source(view, one.id) for one in figures),
    )
