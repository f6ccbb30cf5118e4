"""Looking up what people and presstime did: corrections, decisions, editions, documents as they came; and what is new since a mark.

Comes in: an open `Lookups` and what is asked for. Goes out: records. Example: "14:02, Adela Morn, figure, low: 51 → 15, a slip of the
keys", with the words it was about.
"""

from __future__ import annotations

from presstime.ledger.correcting import corrections_of, read_corrections
from presstime.ledger.entries import Correction
from presstime.ledger.lookups import PAGE, Everything, Lookups, Page, Sight, where_seen
from presstime.records import Record

__all__ = [
    "Counts",
    "EditionRow",
    "LogRow",
    "Mark",
    "edition_rows",
    "log_rows",
    "mark_now",
    "new_disputes",
    "news_counts",
    "overview_counts",
    "restricting",
]


class LogRow(Record, frozen=True):
    """One entry: what was done (correction, decision, edition, document), by whom, when, why, and what stood before. JSON stays JSON."""

    id: str
    entry: str
    at: str
    by: str | None
    what: str
    words: str
    field: str | None
    before: str | None
    after: str | None
    why: str
    document: str | None
    takes_back: str | None
    batch: str | None


class EditionRow(Record, frozen=True):
    """An edition in a list. `documents` is how many it was made of."""

    id: str
    kind: str
    as_of: str
    made_at: str
    title: str
    time_zone: str
    made_with: str
    correction: str | None
    documents: int


class Counts(Record, frozen=True):
    """How much there is of everything, and as of when findings are."""

    documents: int
    outlets: int
    statements: int
    unattributed: int
    figures: int
    events: int
    disputes: int
    series: int
    series_disputed: int
    actors: int
    places_unresolved: int
    candidates: int
    silences: int
    reactions: int
    problems: int
    corrections: int
    editions: int
    as_of: str | None


class Mark(Record, frozen=True):
    """Where the ledger stood: numbers of the last document, correction, decision and edition, and the disputes there were."""

    document: int = 0
    correction: int = 0
    decision: int = 0
    edition: int = 0
    disputes: tuple[str, ...] = ()
    at: str | None = None


class _Last(Record, frozen=True):
    document: int
    correction: int
    decision: int
    edition: int


_CORRECTIONS = """
SELECT c.id, 'correction' AS entry, c.at, c.by_ AS "by", c.kind AS what, c.words, c.field, c.before, c.after, c.why, c.document,
       c.takes_back, c.batch, c.rowid AS number FROM correction c
"""
_OTHERS = {
    "decision": """
SELECT c.id, 'decision' AS entry, c.at, c.by_ AS "by", c.kind || ' ' || c.verdict AS what,
       coalesce((SELECT name FROM found_actor WHERE id = c.one), c.one) || ', ' ||
         coalesce((SELECT name FROM found_actor WHERE id = c.other), c.other) AS words, NULL AS field, NULL AS before, NULL AS after,
       c.why, NULL AS document, c.takes_back, NULL AS batch, c.rowid AS number
FROM decision c
""",
    "edition": """
SELECT c.id, 'edition' AS entry, c.made_at AS at, NULL AS "by", c.kind AS what, 'as of ' || c.as_of AS words, NULL AS field, NULL AS before,
       NULL AS after, coalesce(c.correction, '') AS why, NULL AS document, NULL AS takes_back, NULL AS batch,
       c.rowid AS number FROM edition c
""",
    "document": """
SELECT c.id, 'document' AS entry, coalesce(c.gathered, '') AS at, NULL AS "by", 'gathered' AS what, coalesce(c.headline, c.name,
       c.id) AS words,
       NULL AS field, NULL AS before, NULL AS after, coalesce(c.outlet, '') AS why, c.id AS document, NULL AS takes_back, NULL AS batch,
       c.number AS number FROM document c
""",
}
_OF_SEEN = """NOT EXISTS (SELECT 1 FROM document d WHERE d.id = c.document AND NOT ({seen})) AND NOT EXISTS
  (SELECT 1 FROM statement s WHERE s.document = c.document AND (s.confidential = 1 OR s.embargo > :now)) AND c.field NOT IN
  ('confidential', 'embargo')"""


def log_rows(
    look: Lookups,
    sight: Sight = Everything,
    *,
    entry: str | None = None,
    by: str | None = None,
    document: str | None = None,
    but: str | None = None,
    since: int = 0,
    number: int = 1,
    size: int = PAGE,
) -> Page[LogRow]:
    """A page of the log, the latest first. `since` leaves out entries whose number is not above it (of one kind of entry), `but` those
    of one person."""
    chosen = [entry] if entry is not None else ["correction", "decision", "edition", "document"]
    values = {"by": by, "but": but, "document": document, "since": since, "now": sight.now}
    parts = []
    for each in chosen:
        conditions = ["c.rowid > :since" if each != "document" else "c.number > :since"]
        if by is not None:
            conditions.append("c.by_ = :by" if each in ("correction", "decision") else "0")
        if but is not None and each in ("correction", "decision"):
            conditions.append("c.by_ <> :but")
        if document is not None:
            conditions.append("c.document = :document" if each == "correction" else "c.id = :document" if each == "document" else "0")
        if sight.now is not None:
            own = {"correction": _OF_SEEN.format(seen=where_seen(sight, "d")), "document": where_seen(sight, "c")}
            conditions.append(own.get(each, "1"))
        parts.append(((_CORRECTIONS if each == "correction" else _OTHERS[each]), " AND ".join(conditions), each))
    total = sum(look.counted(f"SELECT count(*) FROM {each} c WHERE {where}", **values) for _, where, each in parts)
    wanted = number * size
    # each kind gives its last entries only: a log of 100,000 documents is not put in order to show forty
    last = {"document": "c.gathered DESC, c.number DESC"}
    union = " UNION ALL ".join(
        f"SELECT * FROM ({sql} WHERE {where} ORDER BY {last.get(each, 'c.rowid DESC')} LIMIT {wanted})" for sql, where, each in parts
    )
    sql = f"SELECT * FROM ({union}) ORDER BY datetime(at) DESC, at DESC, number DESC"
    return Page(items=look.rows(LogRow, sql, limit=size, offset=wanted - size, **values), total=total, number=number, size=size)


def edition_rows(look: Lookups, *, since: int = 0, number: int = 1, size: int = PAGE) -> Page[EditionRow]:
    """A page of editions, the latest first."""
    total = look.counted("SELECT count(*) FROM edition WHERE rowid > :since", since=since)
    sql = (
        "SELECT id, kind, as_of, made_at, title, time_zone, made_with, correction, "
        "coalesce(json_array_length(inputs, '$.documents'), 0) AS documents "
        "FROM edition WHERE rowid > :since ORDER BY rowid DESC"
    )
    return Page(
        items=look.rows(EditionRow, sql, limit=size, offset=(number - 1) * size, since=since), total=total, number=number, size=size
    )


def overview_counts(look: Lookups, sight: Sight = Everything) -> Counts:
    """How much there is of everything. Findings are counted as they are, whoever looks; their lists leave out what may not be seen."""
    d, s, x, e = (where_seen(sight, alias) for alias in "dsxe")
    sql = f"""
    SELECT (SELECT count(*) FROM document d WHERE {d}) AS documents,
           (SELECT count(DISTINCT d.outlet) FROM document d WHERE {d}) AS outlets,
           (SELECT count(*) FROM statement s WHERE {s}) AS statements,
           (SELECT count(*) FROM unattributed) AS unattributed, (SELECT count(*) FROM figure x WHERE {x}) AS figures,
           (SELECT count(*) FROM event e WHERE {e}) AS events, (SELECT count(*) FROM dispute) AS disputes,
           (SELECT count(*) FROM series) AS series, (SELECT count(*) FROM series WHERE conflicts <> '[]') AS series_disputed,
           (SELECT count(*) FROM found_actor) AS actors,
           (SELECT count(DISTINCT name) FROM place WHERE use = 'literal' AND gazetteer IS NULL AND lat IS NULL) AS places_unresolved,
           (SELECT count(*) FROM candidate) AS candidates, (SELECT count(*) FROM silence) AS silences,
           (SELECT count(*) FROM reaction) AS reactions, (SELECT count(*) FROM problem) AS problems,
           (SELECT count(*) FROM correction) AS corrections, (SELECT count(*) FROM edition) AS editions,
       (SELECT as_of FROM findings) AS as_of
    """

    def made() -> Counts:
        found = look.row(Counts, sql, now=sight.now)
        assert found is not None
        return found

    return look.kept(("overview", sight), made)


def mark_now(look: Lookups, at: str) -> Mark:
    """Where the ledger stands."""
    last = look.row(_Last, _LAST)
    assert last is not None
    disputes = tuple(look.column("SELECT id FROM dispute ORDER BY id"))
    return Mark(document=last.document, correction=last.correction, decision=last.decision, edition=last.edition, disputes=disputes, at=at)


_LAST = """
SELECT coalesce((SELECT max(number) FROM document), 0) AS document, coalesce((SELECT max(rowid) FROM correction), 0) AS correction,
       coalesce((SELECT max(rowid) FROM decision), 0) AS decision, coalesce((SELECT max(rowid) FROM edition), 0) AS edition
"""


def news_counts(look: Lookups, mark: Mark, sight: Sight = Everything, *, but: str = "") -> tuple[int, int, int, int, int]:
    """What has come since a mark: documents, corrections, decisions, editions, disputes. Kept until anything changes.

    `but` is whose own corrections and decisions are no news to them.
    """

    def counted() -> tuple[int, int, int, int, int]:
        documents = look.value(
            f"SELECT count(*) FROM document d WHERE d.number > :since AND {where_seen(sight, 'd')}", since=mark.document, now=sight.now
        )
        entries = [
            look.value(f"SELECT count(*) FROM {table} WHERE rowid > :since{others}", since=since, but=but)
            for table, since, others in (
                ("correction", mark.correction, " AND by_ <> :but"),
                ("decision", mark.decision, " AND by_ <> :but"),
                ("edition", mark.edition, ""),
            )
        ]
        return documents, entries[0], entries[1], entries[2], len(new_disputes(look, mark))

    return look.kept(("news", mark, sight, but), counted)


def new_disputes(look: Lookups, mark: Mark) -> tuple[str, ...]:
    """The ids of the disputes that were not there at a mark."""
    known = set(mark.disputes)
    return tuple(one for one in look.column("SELECT id FROM dispute ORDER BY id") if one not in known)


def document_corrections(look: Lookups, document: str) -> tuple[Correction, ...]:
    """The corrections of one document, whole, in the order in which they came."""
    return corrections_of(look.connection, document)


def handle_corrections(look: Lookups) -> tuple[Correction, ...]:
    """What people have said of accounts and names, in the order in which it came."""
    return look.kept("of no document", lambda: read_corrections(look.connection, "document IS NULL"))


def edition_row(look: Lookups, identifier: str) -> EditionRow | None:
    """One edition."""
    sql = (
        "SELECT id, kind, as_of, made_at, title, time_zone, made_with, correction, "
        "coalesce(json_array_length(inputs, '$.documents'), 0) AS documents "
        "FROM edition WHERE id = :id"
    )
    return look.row(EditionRow, sql, id=identifier)


def marks_counted(look: Lookups) -> int:
    """How many entries say what is to be kept out, or take any entry back: where it is the same, so is what may be seen."""
    return look.counted("SELECT count(*) FROM correction WHERE field IN ('confidential', 'embargo', 'undone')")


def restricting(look: Lookups) -> bool:
    """Whether anybody has ever marked anything as confidential or under embargo."""
    return look.counted("SELECT count(*) FROM correction WHERE field IN ('confidential', 'embargo')") > 0
