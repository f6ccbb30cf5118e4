"""Looking up figures and series: who gives what number of what, when, and where they cannot both be true.

Comes in: an open `Lookups` and what is asked for. Goes out: records. Example: the killed of one town, a line for each giver, with the
pairs of latest figures that conflict.
"""

from __future__ import annotations

import json
from typing import Any

from presstime.ledger.lookups import PAGE, Everything, Lookups, Page, Sight, where_seen
from presstime.ledger.lookups_documents import Choice
from presstime.ledger.search import match_expression
from presstime.records import Measure, Qualifier, Record

__all__ = [
    "FigureRow",
    "PointRow",
    "SeriesRow",
    "figure",
    "figure_choices",
    "figure_rows",
    "point_rows",
    "points_of",
    "series",
    "series_choices",
    "series_rows",
]


class FigureRow(Record, frozen=True):
    """A figure in a list: who gives it, its words and its bounds. `series` is the id of a series it is in."""

    id: str
    document: str
    outlet: str | None
    headline: str | None
    published: str | None
    measure: Measure
    of: str | None
    words: str
    low: int | None
    high: int | None
    qualifier: Qualifier
    certainty: str | None
    group_: str | None
    cause: str | None
    scope: str
    as_of: str | None
    part_of: str | None
    place: str | None
    place_name: str | None
    statement: str | None
    giver: str | None
    series: str | None
    start: int
    end_: int
    confidence: float
    review: str
    confidential: bool
    embargo: str | None


class SeriesRow(Record, frozen=True):
    """A series in a list. `place` is the place's name where the series has one; `conflicts` counts pairs that cannot both be true."""

    id: str
    measure: Measure
    of: str | None
    group_: str | None
    place: str | None
    place_name: str | None
    scope: str
    givers: int
    figures: int
    conflicts: int
    first: str | None
    last: str | None


class PointRow(Record, frozen=True):
    """One giver's figure at one moment. `latest` where the giver has not replaced it; `conflicts` are figures that it cannot agree with."""

    series: str
    line: int
    giver: str
    actor: str | None
    figure: str
    as_of: str | None
    low: int | None
    high: int | None
    qualifier: Qualifier
    superseded_by: str | None
    also: tuple[str, ...]
    words: str
    certainty: str | None
    document: str
    outlet: str | None
    published: str | None
    statement: str | None
    review: str
    latest: bool
    conflicts: tuple[str, ...]


_FIGURE = """
SELECT x.id, x.document, d.outlet, d.headline, d.published, x.measure, x.of, x.words, x.low, x.high, x.qualifier, x.certainty, x.group_,
       x.cause, x.scope, x.as_of, x.part_of, x.place, p.name AS place_name, x.statement,
       CASE WHEN x.statement IS NULL THEN d.outlet ELSE coalesce(m.name, s.speaker) END AS giver,
       (SELECT series FROM figure_in i WHERE i.figure = x.id LIMIT 1) AS series, x.start, x.end_, x.confidence, x.review,
       x.confidential, x.embargo
FROM figure x JOIN document d ON d.id = x.document LEFT JOIN statement s ON s.id = x.statement
  LEFT JOIN actor_of m ON m.member = s.actor LEFT JOIN place p ON p.id = x.place
"""


def figure_rows(
    look: Lookups,
    sight: Sight = Everything,
    *,
    measure: str | None = None,
    scope: str | None = None,
    review: str | None = None,
    document: str | None = None,
    place: str | None = None,
    low: int | None = None,
    q: str = "",
    number: int = 1,
    size: int = PAGE,
) -> Page[FigureRow]:
    """A page of figures, those of the newest documents first. `place` is a gazetteer's id or a name, `low` a number that is given."""
    equal = {"measure": measure, "scope": scope, "review": review, "document": document}
    conditions = [where_seen(sight, "x"), *(f"x.{column} = :{column}" for column, value in equal.items() if value is not None)]
    if place is not None:
        conditions.append(
            "x.place IN (SELECT id FROM place WHERE gazetteer = :place UNION ALL SELECT id FROM place "
            "WHERE use = 'literal' AND gazetteer IS NULL AND name = :place)"
        )
    if low is not None:
        conditions.append("(x.low = :low OR x.high = :low)")
    expression = match_expression(q)
    if q:
        conditions.append("x.id IN (SELECT id FROM figure_folded WHERE figure_folded MATCH :match)" if expression else "0")
    where = " AND ".join(conditions)
    values: dict[str, Any] = {**equal, "place": place, "low": low, "match": expression, "now": sight.now}
    total = look.counted(f"SELECT count(*) FROM figure x WHERE {where}", **values)
    if not total:
        return Page(items=(), total=0, number=number, size=size)
    tables = "figure x JOIN document d ON d.id = x.document" if document is not None or total < NARROW else _IN_ORDER
    order = "d.published DESC, d.number DESC, x.start"
    chosen = f"SELECT x.rowid FROM {tables} WHERE {where} ORDER BY {order} LIMIT {size} OFFSET {(number - 1) * size}"
    sql = f"{_FIGURE} WHERE x.rowid IN ({chosen}) ORDER BY {order}"
    return Page(items=look.rows(FigureRow, sql, **values), total=total, number=number, size=size)


NARROW = 3_000
"""As for statements: of fewer, all are found first and then put in order."""
_IN_ORDER = "document d INDEXED BY document_newest CROSS JOIN figure x INDEXED BY figure_listed ON x.document = d.id"


def figure(look: Lookups, identifier: str, sight: Sight = Everything) -> FigureRow | None:
    """One figure; None where there is none, or none that may be seen."""
    return look.row(FigureRow, f"{_FIGURE} WHERE x.id = :id AND {where_seen(sight, 'x')}", id=identifier, now=sight.now)


def figure_choices(look: Lookups, column: str, sight: Sight = Everything) -> tuple[Choice, ...]:
    """The measures, scopes or states of review there are, and how many figures have each."""
    if column not in ("measure", "scope", "review"):
        raise ValueError(f"figures are not counted by {column}")
    sql = f"SELECT x.{column} AS value, count(*) AS count FROM figure x WHERE {where_seen(sight, 'x')} GROUP BY 1 ORDER BY 2 DESC, 1"
    return look.kept(("figures by", column, sight), lambda: look.rows(Choice, sql, now=sight.now))


# ---------------------------------------------------------------- series

_PLACE_NAME = "coalesce((SELECT name FROM place WHERE id = r.place), (SELECT name FROM place WHERE gazetteer = r.place LIMIT 1), r.place)"
_SERIES = f"""
SELECT r.id, r.measure, r.of, r.group_, r.place, {_PLACE_NAME} AS place_name, r.scope,
       (SELECT count(DISTINCT p.line) FROM series_point p {{seen}} WHERE p.series = r.id {{and_seen}}) AS givers,
       (SELECT count(*) FROM series_point p {{seen}} WHERE p.series = r.id {{and_seen}}) AS figures,
       {{conflicts}} AS conflicts,
       (SELECT min(p.as_of) FROM series_point p {{seen}} WHERE p.series = r.id {{and_seen}}) AS first,
       (SELECT max(p.as_of) FROM series_point p {{seen}} WHERE p.series = r.id {{and_seen}}) AS last
FROM series r
"""
_GRAVITY = (
    "CASE r.measure WHEN 'killed' THEN 0 WHEN 'missing' THEN 1 WHEN 'injured' THEN 2 WHEN 'detained' THEN 3 WHEN 'displaced' THEN 4 "
    "WHEN 'evacuated' THEN 5 WHEN 'destroyed' THEN 6 ELSE 7 END"
)


def _series_sql(sight: Sight) -> str:
    if sight.now is None:
        return _SERIES.format(seen="", and_seen="", conflicts="json_array_length(r.conflicts)")
    conflicts = (
        "(SELECT count(*) FROM json_each(r.conflicts) k JOIN figure a ON a.id = k.value ->> 'one' "
        "JOIN figure b ON b.id = k.value ->> 'other' "
        f"WHERE {where_seen(sight, 'a', 'b')})"
    )
    return _SERIES.format(seen="JOIN figure x ON x.id = p.figure", and_seen=f"AND {where_seen(sight, 'x')}", conflicts=conflicts)


def series_rows(
    look: Lookups,
    sight: Sight = Everything,
    *,
    measure: str | None = None,
    scope: str | None = None,
    place: str | None = None,
    disputed: bool = False,
    number: int = 1,
    size: int = PAGE,
) -> Page[SeriesRow]:
    """A page of series: those in which latest figures conflict first, the gravest measure first, then those with the most givers."""
    conditions = ["r.measure = :measure"] if measure is not None else []
    if scope is not None:
        conditions.append("r.scope = :scope")
    if disputed:
        conditions.append("r.conflicts <> '[]'")
    if place is not None:
        conditions.append("(r.place = :place OR r.place IN (SELECT id FROM place WHERE gazetteer = :place))")
    if sight.now is not None:
        seen = where_seen(sight, "x")
        conditions.append(f"EXISTS (SELECT 1 FROM series_point p JOIN figure x ON x.id = p.figure WHERE p.series = r.id AND {seen})")
    where = " AND ".join(conditions) or "1"
    values: dict[str, Any] = {"measure": measure, "scope": scope, "place": place, "now": sight.now}
    order = f"r.conflicts = '[]', r.scope = 'past', {_GRAVITY}, json_array_length(r.latest) DESC, r.id"
    chosen = f"SELECT r.id FROM series r WHERE {where} ORDER BY {order}"
    every = look.kept((chosen, tuple(values.items())), lambda: look.column(chosen, **values))
    identifiers = every[(number - 1) * size : number * size]
    sql = f"{_series_sql(sight)} WHERE r.id IN (SELECT value FROM json_each(:ids)) ORDER BY {order}"
    return Page(items=look.rows(SeriesRow, sql, ids=json.dumps(identifiers), now=sight.now), total=len(every), number=number, size=size)


def series(look: Lookups, identifier: str, sight: Sight = Everything) -> SeriesRow | None:
    """One series; None where there is none, or nothing of it may be seen."""
    found = look.row(SeriesRow, f"{_series_sql(sight)} WHERE r.id = :id", id=identifier, now=sight.now)
    return found if found is not None and found.figures else None


def point_rows(look: Lookups, identifiers: tuple[str, ...], sight: Sight = Everything, *, latest: bool = False) -> tuple[PointRow, ...]:
    """The figures of some series: by giver, each giver's oldest first. With `latest`, only those that nobody has replaced."""
    sql = f"""
    SELECT p.series, p.line, p.giver, p.actor, p.figure, p.as_of, p.low, p.high, p.qualifier, p.superseded_by, p.also, x.words,
           x.certainty, x.document, d.outlet, d.published, x.statement, x.review,
           EXISTS (SELECT 1 FROM json_each(r.latest) l WHERE l.value = p.figure) AS latest,
           (SELECT json_group_array(CASE WHEN k.value ->> 'one' = p.figure THEN k.value ->> 'other' ELSE k.value ->> 'one' END)
              FROM json_each(r.conflicts) k WHERE p.figure IN (k.value ->> 'one', k.value ->> 'other')) AS conflicts
    FROM series_point p JOIN series r ON r.id = p.series JOIN figure x ON x.id = p.figure JOIN document d ON d.id = x.document
    WHERE p.series IN (SELECT value FROM json_each(:ids)) AND {where_seen(sight, "x")} {"AND p.superseded_by IS NULL" if latest else ""}
    ORDER BY p.series, p.line, p.position
    """
    return look.rows(PointRow, sql, ids=json.dumps(identifiers), now=sight.now)


def points_of(points: tuple[PointRow, ...]) -> dict[str, tuple[PointRow, ...]]:
    """The points by their series."""
    found: dict[str, list[PointRow]] = {}
    for point in points:
        found.setdefault(point.series, []).append(point)
    return {identifier: tuple(each) for identifier, each in found.items()}


def series_choices(look: Lookups, column: str, sight: Sight = Everything) -> tuple[Choice, ...]:
    """The measures or scopes there are, and how many series have each."""
    if column not in ("measure", "scope"):
        raise ValueError(f"series are not counted by {column}")
    sql = f"SELECT r.{column} AS value, count(*) AS count FROM series r GROUP BY 1 ORDER BY 2 DESC, 1"
    return look.kept(("series by", column, sight.now is None), lambda: look.rows(Choice, sql))
