"""Looking up disputes, claims, reactions and silences: who says what, who says that it is not so, and of whom nothing was found.

Comes in: an open `Lookups` and what is asked for. Goes out: records. Example: a dispute with both sides in their own words, each with how
many independent origins there can be at most. Whoever may not see all of what a finding rests on does not see the finding.
"""

from __future__ import annotations

import json

from presstime.findings import Side
from presstime.ledger.folding import fold
from presstime.ledger.lookups import PAGE, Everything, Lookups, Page, Sight, where_seen
from presstime.records import Record

__all__ = [
    "ClaimRow",
    "DisputeRow",
    "ReactionRow",
    "SilenceRow",
    "claim",
    "dispute",
    "dispute_rows",
    "disputes_by_id",
    "reaction_rows",
    "silence_rows",
]


class DisputeRow(Record, frozen=True):
    """A dispute: both sides, those who claim first. `last` is when it was last spoken to."""

    id: str
    about: str
    claim: str
    claimed_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    no_response: tuple[str, ...]
    sides: tuple[Side, ...]
    last: str | None


class ClaimRow(Record, frozen=True):
    """A claim: statements that assert the same thing, and how many independent origins are behind it at most."""

    id: str
    words: str
    statements: tuple[str, ...]
    independent_at_most: int
    counted: str


class ReactionRow(Record, frozen=True):
    """What an actor did in words towards another."""

    actor: str
    country: str | None
    act: str
    towards: str | None
    statements: tuple[str, ...]
    first: str | None
    latest: str | None


class SilenceRow(Record, frozen=True):
    """An actor of whom no response was found in what was gathered; `words` are of the statement that called for one."""

    actor: str
    because: str
    words: str
    speaker: str | None
    documents: int
    as_of: str


def _visible(sight: Sight, finding: str) -> str:
    if sight.now is None:
        return "1"
    return (
        "NOT EXISTS (SELECT 1 FROM statement_in i LEFT JOIN statement s ON s.id = i.statement "
        f"WHERE i.finding = {finding} AND (s.id IS NULL OR NOT ({where_seen(sight, 's')})))"
    )


_DISPUTE = """
SELECT t.id, t.about, t.claim, t.claimed_by, t.denied_by, t.no_response, t.sides,
       (SELECT max(side.value ->> 'at') FROM json_each(t.sides) side) AS last FROM dispute t
"""


def dispute_rows(
    look: Lookups, sight: Sight = Everything, *, actor: str | None = None, q: str = "", number: int = 1, size: int = PAGE
) -> Page[DisputeRow]:
    """A page of disputes, those last spoken to first. `actor` is a name on either side; `q` is looked for in what it is about."""
    conditions = [_visible(sight, "t.id"), _visible(sight, "t.claim")]
    if actor is not None:
        conditions.append(
            "(EXISTS (SELECT 1 FROM json_each(t.claimed_by) n WHERE n.value = :actor) OR "
            "EXISTS (SELECT 1 FROM json_each(t.denied_by) n WHERE n.value = :actor))"
        )
    if q:
        conditions.append("instr(fold(t.about || ' ' || t.sides), :q) > 0")
    where = " AND ".join(conditions)
    values = {"actor": actor, "q": fold(q), "now": sight.now}
    order = "(SELECT max(side.value ->> 'at') FROM json_each(t.sides) side) DESC, t.id"
    key = ("disputes", where, tuple(values.items()))
    identifiers = look.kept(key, lambda: look.column(f"SELECT t.id FROM dispute t WHERE {where} ORDER BY {order}", **values))
    shown = identifiers[(number - 1) * size : number * size]
    return Page(items=disputes_by_id(look, tuple(shown), sight), total=len(identifiers), number=number, size=size)


def disputes_by_id(look: Lookups, identifiers: tuple[str, ...], sight: Sight = Everything) -> tuple[DisputeRow, ...]:
    """Disputes by their ids, in the order asked for."""
    if not identifiers:
        return ()
    sql = f"{_DISPUTE} WHERE t.id IN (SELECT value FROM json_each(:ids)) AND {_visible(sight, 't.id')} AND {_visible(sight, 't.claim')}"
    found = {one.id: one for one in look.rows(DisputeRow, sql, ids=json.dumps(identifiers), now=sight.now)}
    return tuple(found[one] for one in identifiers if one in found)


def dispute(look: Lookups, identifier: str, sight: Sight = Everything) -> DisputeRow | None:
    """One dispute; None where there is none, or not all of it may be seen."""
    return next(iter(disputes_by_id(look, (identifier,), sight)), None)


def claim(look: Lookups, identifier: str, sight: Sight = Everything) -> ClaimRow | None:
    """One claim; None where there is none, or not all of it may be seen."""
    sql = (
        f"SELECT t.id, t.words, t.statements, t.independent_at_most, t.counted FROM claim t WHERE t.id = :id AND {_visible(sight, 't.id')}"
    )
    return look.row(ClaimRow, sql, id=identifier, now=sight.now)


def reaction_rows(look: Lookups, sight: Sight = Everything, *, number: int = 1, size: int = PAGE) -> Page[ReactionRow]:
    """A page of reactions, by actor."""
    where = "1"
    if sight.now is not None:
        where = (
            "NOT EXISTS (SELECT 1 FROM json_each(t.statements) i LEFT JOIN statement s ON s.id = i.value "
            f"WHERE s.id IS NULL OR NOT ({where_seen(sight, 's')}))"
        )
    total = look.counted(f"SELECT count(*) FROM reaction t WHERE {where}", now=sight.now)
    sql = f"SELECT t.actor, t.country, t.act, t.towards, t.statements, t.first, t.latest FROM reaction t WHERE {where} ORDER BY t.position"
    return Page(
        items=look.rows(ReactionRow, sql, limit=size, offset=(number - 1) * size, now=sight.now), total=total, number=number, size=size
    )


def silence_rows(look: Lookups, sight: Sight = Everything, *, number: int = 1, size: int = PAGE) -> Page[SilenceRow]:
    """A page of silences: of whom no response was found, and what called for one."""
    tables = "silence t JOIN statement s ON s.id = t.because"
    where = where_seen(sight, "s")
    total = look.counted(f"SELECT count(*) FROM {tables} WHERE {where}", now=sight.now)
    sql = f"SELECT t.actor, t.because, s.words, s.speaker, t.documents, t.as_of FROM {tables} WHERE {where} ORDER BY t.position"
    return Page(
        items=look.rows(SilenceRow, sql, limit=size, offset=(number - 1) * size, now=sight.now), total=total, number=number, size=size
    )
