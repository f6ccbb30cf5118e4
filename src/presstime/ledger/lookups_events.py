"""Looking up the timeline: events as they were told, once or often, and one of them with all its tellings.

Comes in: an open `Lookups` and what is asked for. Goes out: records. Example: the assaults that are disputed, the latest first, each
with the words of its first telling and who tells of it.
"""

from __future__ import annotations

from typing import Any

from presstime.ledger.lookups import PAGE, Everything, Lookups, Page, Sight, where_seen
from presstime.ledger.lookups_documents import Choice
from presstime.records import Record

__all__ = ["EventRow", "TellingRow", "event", "event_choices", "event_rows", "telling_rows"]


class EventRow(Record, frozen=True):
    """An event in a list. `words` are those of its first telling; `from_` and `to_` the narrowest time that is told."""

    id: str
    type: str
    place: str | None
    place_name: str | None
    standing: str
    times_differ: bool
    from_: str | None
    to_: str | None
    precision: str | None
    independent_at_most: int
    counted: str
    recalled: bool
    tellings: int
    words: str
    giver: str | None
    event: str | None


class TellingRow(Record, frozen=True):
    """One document's telling of an event."""

    event: str
    from_: str | None
    to_: str | None
    standing: str
    giver: str
    origin: str | None
    words: str
    document: str
    outlet: str | None
    headline: str | None
    published: str | None
    start: int
    end_: int
    statement: str | None
    actor_name: str | None
    recipient_name: str | None
    means: str | None
    confidence: float
    review: str


_PLACE_NAME = "coalesce((SELECT name FROM place WHERE id = t.place), (SELECT name FROM place WHERE gazetteer = t.place LIMIT 1), t.place)"
_ROW = f"""
SELECT t.id, t.type, t.place, {_PLACE_NAME} AS place_name, t.standing, t.times_differ, t.from_, t.to_, t.precision,
       t.independent_at_most, t.counted, t.recalled, (SELECT count(*) FROM telling g WHERE g.entry = t.id) AS tellings,
       coalesce((SELECT e.words FROM telling g JOIN event e ON e.id = g.event WHERE g.entry = t.id AND {{seen}}
         ORDER BY g.position LIMIT 1), '') AS words,
       (SELECT g.giver FROM telling g WHERE g.entry = t.id ORDER BY g.position LIMIT 1) AS giver,
       (SELECT g.event FROM telling g WHERE g.entry = t.id ORDER BY g.position LIMIT 1) AS event
FROM timeline t
"""


def _visible(sight: Sight) -> str:
    """An event is shown whole or not at all: its time, standing and place rest on all its tellings."""
    if sight.now is None:
        return "1"
    return (
        "EXISTS (SELECT 1 FROM telling g WHERE g.entry = t.id) AND NOT EXISTS (SELECT 1 FROM telling g LEFT JOIN event e ON e.id = g.event "
        f"WHERE g.entry = t.id AND (e.id IS NULL OR NOT ({where_seen(sight, 'e')})))"
    )


def event_rows(
    look: Lookups,
    sight: Sight = Everything,
    *,
    type: str | None = None,
    standing: str | None = None,
    place: str | None = None,
    day: str | None = None,
    recalled: bool = False,
    number: int = 1,
    size: int = PAGE,
) -> Page[EventRow]:
    """A page of the timeline, the latest first, those without a time at the end. `recalled` asks for background instead."""
    equal = {"type": type, "standing": standing}
    conditions = [
        "t.recalled = :recalled",
        _visible(sight),
        *(f"t.{column} = :{column}" for column, value in equal.items() if value is not None),
    ]
    if place is not None:
        conditions.append(
            "(t.place = :place OR t.place IN (SELECT id FROM place WHERE gazetteer = :place UNION ALL "
            "SELECT id FROM place WHERE use = 'literal' AND gazetteer IS NULL AND name = :place))"
        )
    if day is not None:
        conditions.append("substr(t.from_, 1, 10) <= :day AND (substr(t.from_, 1, 10) = :day OR t.to_ > :day)")
    where = " AND ".join(conditions)
    values: dict[str, Any] = {**equal, "place": place, "day": day, "recalled": int(recalled), "now": sight.now}
    total = look.counted(f"SELECT count(*) FROM timeline t WHERE {where}", **values)
    order = "t.from_ DESC, t.id"
    chosen = f"SELECT t.id FROM timeline t WHERE {where} ORDER BY {order} LIMIT {size} OFFSET {(number - 1) * size}"
    sql = f"{_ROW.format(seen=where_seen(sight, 'e'))} WHERE t.id IN ({chosen}) ORDER BY {order}"
    return Page(items=look.rows(EventRow, sql, **values), total=total, number=number, size=size)


def event(look: Lookups, identifier: str, sight: Sight = Everything) -> EventRow | None:
    """One entry of the timeline, by its id, one of its older ids, or the id of an event that tells it."""
    found = look.value("SELECT entry FROM telling WHERE event = :id", id=identifier) or identifier
    sql = f"{_ROW.format(seen=where_seen(sight, 'e'))} WHERE t.id = :id AND {_visible(sight)}"
    return look.row(EventRow, sql, id=found, now=sight.now) or look.row(
        EventRow,
        sql.replace("t.id = :id", "t.id = (SELECT o.id FROM timeline o, json_each(o.redirects) r WHERE r.value = :id)"),
        id=identifier,
        now=sight.now,
    )


def telling_rows(look: Lookups, identifier: str, sight: Sight = Everything) -> tuple[TellingRow, ...]:
    """How one event was told, by each document."""
    sql = f"""
    SELECT g.event, g.from_, g.to_, g.standing, g.giver, o.name AS origin, e.words, e.document, d.outlet, d.headline, d.published,
           e.start, e.end_, e.statement, e.actor_name, e.recipient_name, e.means, e.confidence, e.review
    FROM telling g JOIN event e ON e.id = g.event JOIN document d ON d.id = e.document LEFT JOIN origin o ON o.id = g.origin
    WHERE g.entry = :id AND {where_seen(sight, "e")} ORDER BY g.position
    """
    return look.rows(TellingRow, sql, id=identifier, now=sight.now)


def event_choices(look: Lookups, column: str, sight: Sight = Everything, *, recalled: bool = False) -> tuple[Choice, ...]:
    """The types or standings there are, and how many events have each."""
    if column not in ("type", "standing"):
        raise ValueError(f"events are not counted by {column}")
    sql = (
        f"SELECT t.{column} AS value, count(*) AS count FROM timeline t WHERE t.recalled = :recalled AND {_visible(sight)} "
        "GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return look.kept(("events by", column, sight, recalled), lambda: look.rows(Choice, sql, recalled=int(recalled), now=sight.now))
