"""Looking up what people decided: which actors or events are the same, which are not, and what of it holds.

Comes in: an open `Lookups` and the id of an actor or event. Goes out: records. Example: "same: Ministry of Rivers, Rivers Ministry, by
Adela Morn" at the actor that the two became.
"""

from __future__ import annotations

from typing import Literal

from presstime.ledger.folding import broad
from presstime.ledger.lookups import PAGE, Everything, Lookups, Page, Sight
from presstime.ledger.lookups_names import ActorRow
from presstime.records import Record

__all__ = ["DecisionRow", "alike_names", "decision_row", "decision_rows"]


class DecisionRow(Record, frozen=True):
    """A decision that holds. The names are those that the two go by now, or their ids where there is none."""

    id: str
    kind: Literal["actor", "event"]
    verdict: Literal["same", "apart"]
    one: str
    other: str
    one_name: str
    other_name: str
    by: str
    at: str
    why: str


_NAME = """coalesce((SELECT f.name FROM found_actor f WHERE f.id = c.{side}),
  (SELECT f.name FROM found_actor f, json_each(f.redirects) r WHERE r.value = c.{side} LIMIT 1),
  (SELECT e.words FROM telling g JOIN event e ON e.id = g.event WHERE g.entry = c.{side} ORDER BY g.position LIMIT 1), c.{side})"""
_ROW = f"""
SELECT c.id, c.kind, c.verdict, c.one, c.other, {_NAME.format(side="one")} AS one_name, {_NAME.format(side="other")} AS other_name,
       c.by_ AS "by", c.at, c.why FROM decision c
"""
_HOLDS = "c.verdict <> 'undone' AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.takes_back = c.id AND u.verdict = 'undone')"
_IDS = """
SELECT :of UNION SELECT r.value FROM found_actor f, json_each(f.redirects) r WHERE f.id = :of
UNION SELECT r.value FROM timeline t, json_each(t.redirects) r WHERE t.id = :of
"""


def decision_rows(
    look: Lookups, sight: Sight = Everything, *, of: str | None = None, kind: str | None = None, number: int = 1, size: int = PAGE
) -> Page[DecisionRow]:
    """A page of the decisions that hold, the latest first; those on one actor or event, under any of its ids, where `of` is given.

    They name what editors have joined or kept apart: whoever does not see everything is told none.
    """
    conditions = [_HOLDS]
    if of is not None:
        conditions.append(f"(c.one IN ({_IDS}) OR c.other IN ({_IDS}))")
    if kind is not None:
        conditions.append("c.kind = :kind")
    if sight.now is not None:
        conditions.append("0")
    where = " AND ".join(conditions)
    total = look.counted(f"SELECT count(*) FROM decision c WHERE {where}", of=of, kind=kind)
    sql = f"{_ROW} WHERE {where} ORDER BY c.rowid DESC"
    return Page(
        items=look.rows(DecisionRow, sql, limit=size, offset=(number - 1) * size, of=of, kind=kind), total=total, number=number, size=size
    )


def alike_names(look: Lookups, actor: ActorRow, sight: Sight = Everything) -> tuple[str, ...]:
    """The names of other actors that share a word of four letters and more with a name of this one; none for readers."""
    if sight.now is not None:
        return ()
    words = sorted({word for name in actor.names for word in broad(name).split() if len(word) >= LEAST_WORD and word.isalnum()})
    if not words:
        return ()
    sql = (
        "SELECT f.name FROM actor_folded a JOIN found_actor f ON f.id = a.id WHERE actor_folded MATCH :match AND f.id <> :id "
        f"ORDER BY a.rank, f.name LIMIT {ALIKE}"
    )
    match = " OR ".join(f'"{word}"' for word in words[:WORDS_TRIED])
    return tuple(look.column(f"SELECT name FROM ({sql})", match=match, id=actor.id))


ALIKE = 20
LEAST_WORD = 4
WORDS_TRIED = 8


def decision_row(look: Lookups, identifier: str) -> DecisionRow | None:
    """One decision that holds."""
    return look.row(DecisionRow, f"{_ROW} WHERE c.id = :id AND {_HOLDS}", id=identifier)
