"""One record as it now stands, with the reading it is in and what people have done to it: what a form to put it right is made of.

Comes in: an open `Lookups`, a kind and an id. Goes out: a `Whole`. Example: the figure "at least 15", its document's places and
statements to choose from, and the id of its newest entry, which the form sends back as what was seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from presstime.ledger.anchors import KINDS
from presstime.ledger.corrected import corrected_and_reviewed
from presstime.ledger.correcting import corrections_of
from presstime.ledger.entries import Correction, Review
from presstime.ledger.lookups import Lookups
from presstime.records import Reading, Record

__all__ = ["Entry", "Whole", "alike_places", "entry", "findings_behind", "is_decision", "whole_reading", "whole_record"]


@dataclass(frozen=True, slots=True)
class Whole:
    """A record, its reading as corrected, and its review."""

    kind: str
    record: Any
    reading: Reading
    review: Review

    @property
    def last(self) -> Correction | None:
        """The newest entry about it, in force or not."""
        return self.review.last.get(self.record.id)

    @property
    def seen(self) -> str:
        """What a form sends back to say what was seen: the newest entry's id, or nothing."""
        return self.last.id if self.last is not None else ""


def whole_reading(look: Lookups, document: str) -> tuple[Reading, Review] | None:
    """A document's current reading as corrected; None where it has none."""
    json = look.value("SELECT json FROM reading WHERE document = :document AND current = 1", document=document)
    if json is None:
        return None
    return corrected_and_reviewed(msgspec.json.decode(json, type=Reading), corrections_of(look.connection, document))


def whole_record(look: Lookups, kind: str, identifier: str) -> Whole | None:
    """A record by its kind and id; None where there is none now."""
    if kind not in KINDS:
        return None
    document = look.value(f"SELECT document FROM {kind} WHERE id = :id", id=identifier)
    found = whole_reading(look, document) if document is not None else None
    if found is None:
        return None
    record = next((one for one in getattr(found[0], KINDS[kind][0]) if one.id == identifier), None)
    return Whole(kind, record, *found) if record is not None else None


def alike_places(look: Lookups, name: str) -> tuple[str, ...]:
    """The ids of the literal places of a name that have neither a gazetteer's entry nor a point, the first named in the newest document."""
    return tuple(
        look.column(
            "SELECT p.id FROM place p INDEXED BY place_listed JOIN document d ON d.id = p.document WHERE p.use = 'literal' "
            "AND p.gazetteer IS NULL AND p.name = :name AND p.lat IS NULL ORDER BY d.published DESC, d.number DESC, p.start",
            name=name,
        )
    )


class Entry(Record, frozen=True):
    """An entry of the ledger that a person made, in brief: a correction, or a decision on two findings."""

    id: str
    what: str
    field: str
    words: str
    after: str | None
    by: str
    document: str | None
    entries: int


def entry(look: Lookups, identifier: str) -> Entry | None:
    """A correction by its id or its act's batch, or a decision by its id; `entries` is how many it consists of."""
    found = look.row(
        Entry,
        'SELECT c.id, c.kind AS what, c.field, c.words, c.after, c.by_ AS "by", c.document, 1 AS entries '
        "FROM correction c WHERE c.id = :id",
        id=identifier,
    )
    if found is None and identifier.startswith("batch-"):
        found = look.row(
            Entry,
            'SELECT :id AS id, c.kind AS what, c.field, c.words, c.after, c.by_ AS "by", c.document, count(*) AS entries '
            "FROM (SELECT * FROM correction WHERE batch = :id ORDER BY rowid DESC) c HAVING count(*) > 0",
            id=identifier,
        )
    return found or look.row(
        Entry,
        "SELECT c.id, c.kind AS what, c.verdict AS field, coalesce((SELECT name FROM found_actor WHERE id = c.one), c.one) || ', ' || "
        'coalesce((SELECT name FROM found_actor WHERE id = c.other), c.other) AS words, NULL AS after, c.by_ AS "by", '
        "NULL AS document, 1 AS entries FROM decision c WHERE c.id = :id",
        id=identifier,
    )


def is_decision(look: Lookups, identifier: str) -> bool:
    """Whether an id is of a decision on two findings."""
    return look.value("SELECT 1 FROM decision WHERE id = :id", id=identifier) is not None


def findings_behind(look: Lookups) -> bool:
    """Whether a person has entered something after the moment as of which the findings are."""
    return bool(
        look.value(
            "SELECT max(datetime(at)) > (SELECT datetime(as_of) FROM findings) "
            "FROM (SELECT at FROM correction UNION ALL SELECT at FROM decision)"
        )
    )
