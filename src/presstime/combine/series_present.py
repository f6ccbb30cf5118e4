"""What the series step has settled → the series as findings show them.

In: for each measure its series, whose givers are references, and the book of names. Out: `Series`: of this event before
parts, totals and recalled events; the main place before others; killed before injured before missing (the order of
measures), the whole before its groups; then by place and by first figure.

Example: the dead of Velm, of whom most are told, then the injured of Velm, then the dead of Osk, then those of 1998.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from presstime.combine.book import Book
from presstime.combine.series_told import Drawn, Found
from presstime.findings import Extreme, Line, Series
from presstime.records import MEASURES

__all__ = ["present_series"]

_SCOPES = ("event", "part", "more", "total", "past")


def present_series(found: Iterable[Found], book: Book) -> tuple[Series, ...]:
    """Every series with its givers' names, in the order that the module's text tells."""
    drawn = sorted((d for f in found for d in f.drawn), key=_rank)
    return tuple(_named(d.series, book) for d in drawn)


def _rank(d: Drawn) -> tuple[object, ...]:
    s = d.series
    return _SCOPES.index(s.scope), not d.main, MEASURES.index(s.measure), s.group is not None, s.place or "", d.order, s.id


def _named(series: Series, book: Book) -> Series:
    return replace(
        series,
        lines=tuple(_line(x, book) for x in series.lines),
        lowest=_extreme(series.lowest, book),
        highest=_extreme(series.highest, book),
    )


def _line(line: Line, book: Book) -> Line:
    return Line(giver=book.name(line.giver), points=line.points, actor=line.actor if line.actor in book.actors else None)


def _extreme(extreme: Extreme | None, book: Book) -> Extreme | None:
    if extreme is None:
        return None
    return replace(extreme, givers=tuple(dict.fromkeys(book.name(g) for g in extreme.givers)))
