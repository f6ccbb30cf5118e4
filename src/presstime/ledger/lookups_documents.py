"""Looking up documents: lists of them, one of them, and everything that was read in it.

Comes in: an open `Lookups` and what is asked for. Goes out: records. Example: the documents of one outlet, newest first, each with
how many statements, figures and events were read in it, and whose copy it is.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from presstime.ledger.lookups import PAGE, Everything, Lookups, Page, Sight, where_seen
from presstime.ledger.search import match_expression
from presstime.records import Part, Provenance, Record

__all__ = [
    "Choice",
    "DocumentRow",
    "Mark",
    "OneDocument",
    "choices",
    "document",
    "document_rows",
    "document_rows_by_id",
    "marks",
    "problem_rows",
    "reading_rows",
]


class DocumentRow(Record, frozen=True):
    """A document in a list. `origin` is the name of its own origin; `near_copy_of` and `version_of` are ids of documents."""

    id: str
    number: int
    outlet: str | None
    headline: str | None
    name: str | None
    url: str | None
    published: str | None
    gathered: str | None
    language: str | None
    confidential: bool
    embargo: str | None
    origin: str | None
    near_copy_of: str | None
    version_of: str | None
    statements: int
    figures: int
    events: int
    characters: int


class OneDocument(Record, frozen=True):
    """One document whole, with where it stands among the others."""

    id: str
    number: int
    sha256: str
    text: str
    outlet: str | None
    headline: str | None
    name: str | None
    url: str | None
    byline: str | None
    dateline: str | None
    published: str | None
    gathered: str | None
    as_of: str | None
    language: str | None
    credits: tuple[str, ...]
    parts: tuple[Part, ...]
    provenance: tuple[Provenance, ...]
    translates: str | None
    confidential: bool
    embargo: str | None
    origin: str | None
    origin_how: str | None
    near_copy_of: str | None
    same_text_as: str | None
    version_of: str | None


class Mark(Record, frozen=True):
    """Words of a document that a record claims. `what` says in a few words what was read there; `of` is the record's id."""

    kind: Literal["statement", "speaker", "cue", "figure", "event", "place", "time", "actor", "unattributed", "problem"]
    of: str
    start: int
    end: int
    what: str
    review: str = "machine"


class Choice(Record, frozen=True):
    """A value that a filter may have, and how many records have it."""

    value: str
    count: int


class ReadingRow(Record, frozen=True):
    """One reading of a document: by what it was read, and whether it is the one that counts."""

    number: int
    current: bool
    presstime: str
    model: str
    context: str
    sha256: str


class ProblemRow(Record, frozen=True):
    """Bad news about the material. `document` is None where it could not be kept at all."""

    document: str | None
    where: str
    what: str
    why: str
    start: int | None
    end: int | None


_ROW = """
SELECT d.id, d.number, d.outlet, d.headline, d.name, d.url, d.published, d.gathered, d.language, d.confidential, d.embargo,
       o.name AS origin, f.near_copy_of, f.version_of,
       (SELECT count(*) FROM statement s WHERE s.document = d.id) AS statements,
       (SELECT count(*) FROM figure x WHERE x.document = d.id) AS figures,
       (SELECT count(*) FROM event e WHERE e.document = d.id) AS events, length(d.text) AS characters
FROM ({chosen}) c JOIN document d ON d.id = c.id LEFT JOIN finding_document f ON f.id = d.id LEFT JOIN origin o ON o.id = f.origin
ORDER BY d.published DESC, d.number DESC
"""


def document_rows(
    look: Lookups,
    sight: Sight = Everything,
    *,
    outlet: str | None = None,
    language: str | None = None,
    day: str | None = None,
    copies: Literal["", "copy", "own", "version"] = "",
    q: str = "",
    since: int | None = None,
    number: int = 1,
    size: int = PAGE,
) -> Page[DocumentRow]:
    """A page of documents, newest first. `since` leaves out those whose number is not above it; `q` searches headline and text."""
    tables = "document d INDEXED BY document_newest"
    conditions = [where_seen(sight, "d")]
    if outlet is not None:
        tables = "document d"
        conditions.append("d.outlet IS :outlet" if outlet else "d.outlet IS NULL")
    if language is not None:
        conditions.append("d.language IS :language")
    if day is not None:
        conditions.append("substr(d.published, 1, 10) = :day")
    if since is not None:
        conditions.append("d.number > :since")
    if copies:
        tables += " LEFT JOIN finding_document f ON f.id = d.id"
        conditions.append(_COPIES[copies])
    expression = match_expression(q)
    if q:
        conditions.append("d.number IN (SELECT rowid FROM document_folded WHERE document_folded MATCH :match)" if expression else "0")
    where = " AND ".join(conditions)
    values: dict[str, Any] = {"outlet": outlet, "language": language, "day": day, "since": since, "match": expression, "now": sight.now}
    total = look.counted(f"SELECT count(*) FROM {tables} WHERE {where}", **values)
    chosen = f"SELECT d.id FROM {tables} WHERE {where} ORDER BY d.published DESC, d.number DESC LIMIT {size} OFFSET {(number - 1) * size}"
    return Page(items=look.rows(DocumentRow, _ROW.format(chosen=chosen), **values), total=total, number=number, size=size)


def document_rows_by_id(look: Lookups, identifiers: tuple[str, ...], sight: Sight = Everything) -> tuple[DocumentRow, ...]:
    """Some documents, newest first; those that are not there, or may not be seen, are left out."""
    chosen = f"SELECT d.id FROM document d WHERE d.id IN (SELECT value FROM json_each(:ids)) AND {where_seen(sight, 'd')}"
    return look.rows(DocumentRow, _ROW.format(chosen=chosen), ids=msgspec.json.encode(identifiers).decode(), now=sight.now)


_COPIES = {
    "copy": "f.near_copy_of IS NOT NULL",
    "own": "f.near_copy_of IS NULL AND f.version_of IS NULL",
    "version": "f.version_of IS NOT NULL",
}


def document(look: Lookups, identifier: str, sight: Sight = Everything) -> OneDocument | None:
    """One document; None where there is none, or none that may be seen."""
    return look.row(
        OneDocument,
        "SELECT d.*, o.name AS origin, f.how AS origin_how, f.near_copy_of, f.same_text_as, f.version_of FROM document d "
        "LEFT JOIN finding_document f ON f.id = d.id LEFT JOIN origin o ON o.id = f.origin "
        f"WHERE d.id = :id AND {where_seen(sight, 'd')}",
        id=identifier,
        now=sight.now,
    )


_MARKS = """
SELECT 'statement' AS kind, s.id AS of, c.start, c.end_ AS "end", coalesce(s.speaker, 'nobody named') || ': ' || s.act AS what, s.review
  FROM statement s JOIN content_span c ON c.statement = s.id WHERE s.document = :document AND {seen_s}
UNION ALL SELECT 'speaker', s.id, s.speaker_start, s.speaker_end, s.speaker, s.review
  FROM statement s WHERE s.document = :document AND s.speaker_start IS NOT NULL AND {seen_s}
UNION ALL SELECT 'cue', s.id, s.cue_start, s.cue_end, s.act, s.review
  FROM statement s WHERE s.document = :document AND s.cue_start IS NOT NULL AND {seen_s}
UNION ALL SELECT 'figure', x.id, x.start, x.end_, x.measure, x.review FROM figure x WHERE x.document = :document AND {seen_x}
UNION ALL SELECT 'event', e.id, e.start, e.end_, e.type || ', ' || e.standing, e.review
  FROM event e WHERE e.document = :document AND {seen_e}
UNION ALL SELECT 'place', p.id, p.start, p.end_,
  p.name || CASE WHEN p.gazetteer IS NULL AND p.lat IS NULL THEN ', not in the gazetteer' ELSE '' END, p.review
  FROM place p WHERE p.document = :document
UNION ALL SELECT 'time', t.id, t.start, t.end_, t.value, t.review FROM time t WHERE t.document = :document
UNION ALL SELECT 'actor', a.id, m.start, m.end_, a.name, a.review
  FROM actor a JOIN mention m ON m.actor = a.id WHERE a.document = :document
UNION ALL SELECT 'unattributed', 'unattributed-' || u.position, u.start, u.end_, u.reason, 'machine'
  FROM unattributed u WHERE u.document = :document
UNION ALL SELECT 'problem', b.id, b.start, b.end_, b.why, 'machine'
  FROM problem b WHERE b.document = :document AND b.start IS NOT NULL AND b.end_ IS NOT NULL
"""


def marks(look: Lookups, identifier: str, sight: Sight = Everything) -> tuple[Mark, ...]:
    """Everything that was read in a document, by where it stands."""
    seen = {f"seen_{alias}": where_seen(sight, alias) for alias in "sxe"}
    return look.rows(Mark, f'SELECT * FROM ({_MARKS.format(**seen)}) ORDER BY start, "end" DESC', document=identifier, now=sight.now)


def choices(look: Lookups, column: Literal["outlet", "language"]) -> tuple[Choice, ...]:
    """The outlets or languages there are, most documents first."""
    sql = f"SELECT coalesce({column}, '') AS value, count(*) AS count FROM document GROUP BY 1 ORDER BY 2 DESC, 1"
    return look.kept(("choices", column), lambda: look.rows(Choice, sql))


def reading_rows(look: Lookups, identifier: str) -> tuple[ReadingRow, ...]:
    """The readings of a document, newest first."""
    return look.rows(
        ReadingRow,
        "SELECT number, current, presstime, model, context, sha256 FROM reading WHERE document = :id ORDER BY current DESC, number DESC",
        id=identifier,
    )


def problem_rows(
    look: Lookups, sight: Sight = Everything, *, document: str | None = None, number: int = 1, size: int = PAGE
) -> Page[ProblemRow]:
    """A page of problems: those of gathering first."""
    tables = "problem b LEFT JOIN document d ON d.id = b.document"
    where = "1" if sight.now is None else f"(b.document IS NULL AND b.where_ NOT IN ({_HIDDEN_NAMES}) OR {where_seen(sight, 'd')})"
    if document is not None:
        where += " AND b.document = :document"
    values: dict[str, Any] = {"document": document, "now": sight.now}
    total = look.counted(f"SELECT count(*) FROM {tables} WHERE {where}", **values)
    sql = (
        f'SELECT b.document, b.where_ AS "where", b.what, b.why, b.start, b.end_ AS "end" FROM {tables} WHERE {where} '
        "ORDER BY b.document IS NOT NULL, b.rowid"
    )
    return Page(items=look.rows(ProblemRow, sql, limit=size, offset=(number - 1) * size, **values), total=total, number=number, size=size)


_HIDDEN_NAMES = "SELECT id FROM document h WHERE h.confidential = 1 OR h.embargo > :now"
