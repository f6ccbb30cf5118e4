"""The review queue: what a person should look at next, the most consequential sort first, the least certain first in each.

Comes in: an open `Lookups`, and what was decided or passed over. Goes out: `Queued`s: which record, and why it waits. Example: the figure
"at least 15", because givers differ; then the denial of a dispute; then a quote of which nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from presstime.ledger.anchors import in_force
from presstime.ledger.corrected import reviewed
from presstime.ledger.correcting import corrections_of, read_corrections
from presstime.ledger.entries import Correction
from presstime.ledger.lookups import Lookups
from presstime.ledger.lookups_names import CandidateRow
from presstime.records import Reading, Record

__all__ = ["SORTS", "TOLLS", "UNSURE", "Queued", "Sort", "UnsaidQuote", "candidate_at", "document_orphans", "queued", "unsaid_quote"]

Sort = Literal["toll", "dispute", "quote", "place", "merge", "orphan", "unsure"]
SORTS: tuple[Sort, ...] = ("toll", "dispute", "quote", "place", "merge", "orphan", "unsure")
"""In the order in which they come: a wrong toll does most harm in print, a wrong act in a dispute next."""

TOLLS = ("killed", "missing", "injured")
"""The measures that are tolls, the gravest first."""

UNSURE = 0.75
"""Below this confidence a record waits whatever it is. Of the example story's 301 figures, statements and events 8 are below it; below
0.8 it would be 64."""


class Queued(Record, frozen=True):
    """One thing that waits for a person. `kind` is figure, statement, event, unattributed, place, candidate or orphan; `id` that one's:
    of unattributed words "start-end document", of a place its name, of a candidate its position."""

    sort: str
    kind: str
    id: str
    why: str

    @property
    def key(self) -> str:
        """What it goes by when it is passed over."""
        return f"{self.kind} {self.id}"


class UnsaidQuote(Record, frozen=True):
    """Quoted words that are no statement, and why."""

    document: str
    start: int
    end: int
    words: str
    reason: str


_TOLL = """
WITH differing AS (SELECT DISTINCT one.value AS figure FROM series s, json_each(s.conflicts) pair, json_each(pair.value) one
                   WHERE s.conflicts <> '[]'),
     moved AS (SELECT DISTINCT superseded_by AS figure FROM series_point WHERE superseded_by IS NOT NULL)
SELECT 'toll' AS sort, 'figure' AS kind, f.id, CASE WHEN f.id IN (SELECT figure FROM differing) THEN 'givers differ'
       WHEN f.id IN (SELECT figure FROM moved) THEN 'replaced an earlier figure' ELSE 'least sure' END AS why
FROM figure f WHERE f.review = 'machine' AND (f.id IN (SELECT figure FROM differing) OR (f.measure IN ('killed', 'missing', 'injured')
  AND (f.id IN (SELECT figure FROM moved) OR f.confidence < :unsure)))
ORDER BY CASE why WHEN 'givers differ' THEN 0 WHEN 'replaced an earlier figure' THEN 1 ELSE 2 END,
  CASE f.measure WHEN 'killed' THEN 0 WHEN 'missing' THEN 1 WHEN 'injured' THEN 2 ELSE 3 END, f.confidence, f.id
"""
# of a claim that many repeat, the first to make it stands for all
_DISPUTE = """
WITH side AS (SELECT d.id AS dispute, n.value AS statement, 0 AS claims FROM dispute d, json_each(d.denials) n
  UNION ALL SELECT d.id, json_extract(c.statements, '$[0]'), 1 FROM dispute d JOIN claim c ON c.id = d.claim)
SELECT 'dispute' AS sort, 'statement' AS kind, s.id, CASE WHEN min(i.claims) = 0 THEN 'denies in a dispute'
       ELSE 'is denied in a dispute' END AS why
FROM side i CROSS JOIN statement s ON s.id = i.statement WHERE s.review = 'machine'
GROUP BY s.id ORDER BY min(s.confidence, coalesce(s.speaker_confidence, 0)), s.id
"""
_QUOTE = """
SELECT 'quote' AS sort, 'statement' AS kind, s.id, 'nobody is named' AS why FROM statement s
WHERE s.speaker IS NULL AND s.review = 'machine' ORDER BY s.confidence, s.id
"""
_UNSAID = """
SELECT 'quote' AS sort, 'unattributed' AS kind, u.start || '-' || u.end_ || ' ' || u.document AS id, u.reason AS why
FROM unattributed u JOIN document d ON d.id = u.document ORDER BY d.published DESC, d.number DESC, u.start
"""
_PLACE = """
WITH named AS (SELECT p.name, count(*) AS mentions FROM place p INDEXED BY place_listed
  WHERE p.use = 'literal' AND p.gazetteer IS NULL AND p.lat IS NULL GROUP BY p.name)
SELECT 'place' AS sort, 'place' AS kind, n.name AS id, 'in no gazetteer' AS why FROM named n
WHERE EXISTS (SELECT 1 FROM place p INDEXED BY place_listed WHERE p.use = 'literal' AND p.gazetteer IS NULL AND p.name = n.name
  AND p.lat IS NULL AND p.review = 'machine')
ORDER BY n.mentions DESC, n.name
"""
_MERGE = """
SELECT 'merge' AS sort, 'candidate' AS kind, CAST(c.position AS TEXT) AS id, c.why FROM candidate c
WHERE NOT EXISTS (SELECT 1 FROM json_each(:decided) x WHERE x.value = c.one || ' ' || c.other)
ORDER BY c.score DESC, c.position
"""
_UNSURE = """
SELECT * FROM (
  SELECT 'unsure' AS sort, 'figure' AS kind, id, 'least sure' AS why, confidence FROM figure
    WHERE confidence < :unsure AND review = 'machine' AND measure NOT IN ('killed', 'missing', 'injured')
  UNION ALL SELECT 'unsure', 'statement', id, 'least sure', min(confidence, speaker_confidence) FROM statement
    WHERE review = 'machine' AND speaker IS NOT NULL AND (confidence < :unsure OR speaker_confidence < :unsure)
  UNION ALL SELECT 'unsure', 'event', id, 'least sure', confidence FROM event WHERE confidence < :unsure AND review = 'machine')
ORDER BY confidence, kind, id
"""


def queued(look: Lookups, orphans: Iterable[Correction] = ()) -> Mapping[Sort, tuple[Queued, ...]]:
    """Everything that waits, by its sort; put together once for each state of the ledger. `orphans` are corrections that fit nothing."""

    def made() -> dict[Sort, tuple[Queued, ...]]:
        passed = _let_be(look)
        quotes = look.rows(Queued, _QUOTE)
        unsaid = tuple(one for one in look.rows(Queued, _UNSAID) if one.id not in passed)
        return {
            "toll": look.rows(Queued, _TOLL, unsure=UNSURE),
            "dispute": look.rows(Queued, _DISPUTE),
            "quote": quotes + unsaid,
            "place": look.rows(Queued, _PLACE),
            "merge": look.rows(Queued, _MERGE, decided=msgspec.json.encode(sorted(_decided(look))).decode()),
            "unsure": look.rows(Queued, _UNSURE, unsure=UNSURE),
        }

    found = look.kept("the queue", made)
    lost = tuple(Queued(sort="orphan", kind="orphan", id=one.id, why="fits nothing any more") for one in orphans)
    return {sort: lost if sort == "orphan" else _once(found, sort) for sort in SORTS}


def _once(found: Mapping[Sort, tuple[Queued, ...]], sort: Sort) -> tuple[Queued, ...]:
    """What is in no earlier sort already."""
    if sort not in ("quote", "unsure"):
        return found[sort]
    before = {one.id for each in ("dispute", "toll") for one in found[each]}
    return tuple(one for one in found[sort] if one.id not in before) if before else found[sort]


def _decided(look: Lookups) -> set[str]:
    """The pairs that somebody has decided on and nobody has taken back, either way round."""
    rows: list[tuple[Any, ...]] = look.connection.execute(
        "SELECT id, verdict, one, other, takes_back FROM decision ORDER BY rowid"
    ).fetchall()
    taken: set[str] = set()
    pairs: set[str] = set()
    for identifier, verdict, one, other, takes_back in reversed(rows):
        if identifier in taken:
            continue
        if verdict == "undone":
            taken.add(takes_back)
        else:
            pairs |= {f"{one} {other}", f"{other} {one}"}
    return pairs


def _let_be(look: Lookups) -> set[str]:
    """The unattributed words that a person looked at and let be."""
    found = in_force(read_corrections(look.connection, "kind = 'unattributed' OR field = 'undone'"))
    return {f"{one.spans[0].start}-{one.spans[0].end} {one.document}" for one in found if one.spans and one.field == "checked"}


def candidate_at(look: Lookups, position: int) -> CandidateRow | None:
    """A pair that may be one, by its position among them; None where it is not there any more."""
    return look.row(CandidateRow, "SELECT kind, one, other, names, why, score FROM candidate WHERE position = :position", position=position)


def unsaid_quote(look: Lookups, identifier: str) -> UnsaidQuote | None:
    """Unattributed words by the id they have in the queue; None where they are not there any more."""
    where, _, document = identifier.partition(" ")
    start, _, end = where.partition("-")
    if not (start.isdigit() and end.isdigit() and start.isascii() and end.isascii()) or len(where) > 40:
        return None
    sql = (
        "SELECT document, start, end_ AS end, words, reason FROM unattributed "
        "WHERE document = :document AND start = :start AND end_ = :end_"
    )
    return look.row(UnsaidQuote, sql, document=document, start=int(start), end_=int(end))


# ---------------------------------------------------------------- corrections that fit nothing


def document_orphans(look: Lookups) -> tuple[Correction, ...]:
    """The corrections that fit no record of their document's current reading. Of each document they are looked for once for each
    reading and last correction, and kept beside the look-ups: a few milliseconds for each document that has changed."""
    sql = (
        "SELECT c.document, max(c.rowid), r.number FROM correction c JOIN reading r ON r.document = c.document AND r.current = 1 "
        "WHERE c.document IS NOT NULL GROUP BY c.document"
    )

    def made() -> tuple[Correction, ...]:
        found: list[Correction] = []
        before: dict[Any, tuple[Correction, ...]] = look.lasting.get("orphans", {})
        known: dict[Any, tuple[Correction, ...]] = {}
        for document, last, number in look.connection.execute(sql).fetchall():
            key = (document, last, number)
            known[key] = before[key] if key in before else _orphans_of(look, document, number)
            found += known[key]
        look.lasting["orphans"] = known
        return tuple(found)

    return look.kept("orphans", made)


def _orphans_of(look: Lookups, document: str, number: int) -> tuple[Correction, ...]:
    json = look.value("SELECT json FROM reading WHERE number = :number", number=number)
    return reviewed(msgspec.json.decode(json, type=Reading), corrections_of(look.connection, document)).orphans
