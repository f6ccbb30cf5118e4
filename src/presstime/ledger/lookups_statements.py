"""Looking up statements: lists of them by who speaks, what is done and in what form, and one of them with all that hangs on it.

Comes in: an open `Lookups` and what is asked for. Goes out: records. Example: the denials of one actor, those of the newest documents
first, each with its words, its document and whether a person has checked it.
"""

from __future__ import annotations

import json
from typing import Any

from presstime.ledger.lookups import PAGE, Everything, Lookups, Page, Sight, where_seen
from presstime.ledger.lookups_documents import Choice
from presstime.ledger.search import match_expression
from presstime.records import Record, Span

__all__ = ["OneStatement", "StatementRow", "statement", "statement_choices", "statement_rows", "statements_by_id"]


class StatementRow(Record, frozen=True):
    """A statement in a list. `found` is the id of its speaker among the actors of all documents; `origin` the name of its origin."""

    id: str
    document: str
    outlet: str | None
    headline: str | None
    published: str | None
    speaker: str | None
    found: str | None
    found_name: str | None
    act: str
    form: str
    words: str
    cue: str | None
    said_at: str | None
    origin: str | None
    confidence: float
    review: str
    confidential: bool
    embargo: str | None


class OneStatement(StatementRow, frozen=True):
    """One statement with everything that was read of it."""

    medium: str | None
    addressee: str | None
    actor: str | None
    speaker_how: str | None
    speaker_confidence: float | None
    reported_by: str | None
    answers: tuple[str, ...]
    content: tuple[Span, ...]
    speaker_start: int | None
    speaker_end: int | None
    cue_start: int | None
    cue_end: int | None
    origin_how: str | None
    claim: str | None
    disputes: tuple[str, ...]
    figures: tuple[str, ...]
    answered_by: tuple[str, ...]


_FIELDS = """s.id, s.document, d.outlet, d.headline, d.published, s.speaker, m.found, m.name AS found_name, s.act, s.form, s.words, s.cue,
       s.said_at, coalesce(o.name, p.name) AS origin, s.confidence, s.review, s.confidential, s.embargo"""
_JOINS = """JOIN document d ON d.id = s.document LEFT JOIN actor_of m ON m.member = s.actor
  LEFT JOIN trace r ON r.record = s.id LEFT JOIN origin o ON o.id = r.origin
  LEFT JOIN finding_document f ON f.id = s.document LEFT JOIN origin p ON p.id = f.origin"""


_FOUND = "s.number IN (SELECT rowid FROM statement_folded WHERE statement_folded MATCH :match)"


def statement_rows(
    look: Lookups,
    sight: Sight = Everything,
    *,
    actor: str | None = None,
    speaker: str | None = None,
    act: str | None = None,
    form: str | None = None,
    document: str | None = None,
    claim: str | None = None,
    review: str | None = None,
    q: str = "",
    number: int = 1,
    size: int = PAGE,
) -> Page[StatementRow]:
    """A page of statements, those of the newest documents first. `actor` is an id in found_actor; `speaker` "" asks for those of nobody."""
    conditions = [where_seen(sight, "s")]
    equal = {"act": act, "form": form, "review": review, "document": document}
    conditions += [f"s.{column} = :{column}" for column, value in equal.items() if value is not None]
    if actor is not None:
        conditions.append("s.actor IN (SELECT member FROM actor_of WHERE found = :actor)")
    if claim is not None:
        conditions.append("s.id IN (SELECT statement FROM statement_in WHERE finding = :claim)")
    if speaker is not None:
        conditions.append("s.speaker IS NULL" if speaker == "" else "s.speaker = :speaker")
    expression = match_expression(q)
    if q:
        conditions.append(_FOUND if expression else "0")
    where = " AND ".join(conditions)
    values: dict[str, Any] = {**equal, "actor": actor, "claim": claim, "speaker": speaker, "match": expression, "now": sight.now}
    total = look.counted(f"SELECT count(*) FROM statement s WHERE {where}", **values)
    if not total:
        return Page(items=(), total=0, number=number, size=size)
    tables = "statement s JOIN document d ON d.id = s.document" if document is not None or total < NARROW else _IN_ORDER
    order = "d.published DESC, d.number DESC, s.number"
    if q and total >= NARROW:  # so many hits are not put in order of their documents: those entered last come first
        tables = "statement_folded w CROSS JOIN statement s ON s.number = w.rowid"
        where, order = where.replace(_FOUND, "statement_folded MATCH :match"), "s.number DESC"
    chosen = f"SELECT s.rowid FROM {tables} WHERE {where} ORDER BY {order} LIMIT {size} OFFSET {(number - 1) * size}"
    sql = f"SELECT {_FIELDS} FROM statement s {_JOINS} WHERE s.rowid IN ({chosen}) ORDER BY {order}"
    return Page(items=look.rows(StatementRow, sql, **values), total=total, number=number, size=size)


NARROW = 3_000
"""Of fewer statements all are found first and then put in order; of more the documents are gone through, newest first, until a page is
full. With 100,000 statements the first takes 12 ms for 3,000, the second 2 ms for one in thirty."""
_IN_ORDER = "document d INDEXED BY document_newest CROSS JOIN statement s INDEXED BY statement_listed ON s.document = d.id"


def statements_by_id(look: Lookups, identifiers: tuple[str, ...], sight: Sight = Everything) -> tuple[StatementRow, ...]:
    """Statements by their ids, the earliest published first; those that are not there or may not be seen are left out."""
    return look.rows(
        StatementRow,
        f"SELECT {_FIELDS} FROM statement s {_JOINS} WHERE s.id IN (SELECT value FROM json_each(:ids)) AND {where_seen(sight, 's')} "
        "ORDER BY d.published, d.number, s.number",
        ids=json.dumps(identifiers),
        now=sight.now,
    )


def statement(look: Lookups, identifier: str, sight: Sight = Everything) -> OneStatement | None:
    """One statement; None where there is none, or none that may be seen."""
    return look.row(
        OneStatement,
        f"""SELECT {_FIELDS}, s.medium, s.addressee, s.actor, s.speaker_how, s.speaker_confidence, s.reported_by, s.answers,
              s.speaker_start, s.speaker_end, s.cue_start, s.cue_end, coalesce(r.how, f.how) AS origin_how,
              (SELECT finding FROM statement_in WHERE statement = s.id AND kind = 'claim' LIMIT 1) AS claim,
              (SELECT json_group_array(finding) FROM statement_in WHERE statement = s.id AND kind = 'dispute') AS disputes,
              (SELECT json_group_array(x.id) FROM figure x WHERE x.statement = s.id) AS figures,
              (SELECT json_group_array(b.id) FROM statement b, json_each(b.answers) a
                WHERE b.document = s.document AND a.value = s.id AND {where_seen(sight, "b")}) AS answered_by,
              (SELECT json_group_array(json_object('start', c.start, 'end', c.end_)) FROM content_span c
                WHERE c.statement = s.id) AS content
            FROM statement s {_JOINS} WHERE s.id = :id AND {where_seen(sight, "s")}""",
        id=identifier,
        now=sight.now,
    )


def statement_choices(look: Lookups, column: str, sight: Sight = Everything) -> tuple[Choice, ...]:
    """The acts, forms or states of review there are, and how many statements have each."""
    if column not in ("act", "form", "review"):
        raise ValueError(f"statements are not counted by {column}")
    seen = where_seen(sight, "s")
    sql = f"SELECT s.{column} AS value, count(*) AS count FROM statement s WHERE {seen} GROUP BY 1 ORDER BY 2 DESC, 1"
    return look.kept(("statements by", column, sight), lambda: look.rows(Choice, sql, now=sight.now))
