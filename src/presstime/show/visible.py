"""What may be shown: the one place that decides it.

In: a document, the passages of it that a report refers to, how much evidence the report may hold, and what people have marked. Out:
the stretches of the document's text that may be shown, and a material without what may not. A working report holds the full text; one
meant for publication quotes the sentences around its passages and no more. What is confidential, or under embargo until a later
moment, is kept out of reports, briefs, exports and messages here and nowhere else.
Example: with evidence "excerpt", of a ten-sentence document with one figure, one sentence is shown; of a confidential one, none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Literal

import msgspec

from presstime.records import Document, Record, Span, Statement
from presstime.show.material import Material
from presstime.show.pruning import without_records
from presstime.show.sentences import sentence_around

__all__ = ["NOTHING_RESTRICTED", "Evidence", "Restrictions", "document_shown", "statement_shown", "visible", "visible_material"]

Evidence = Literal["full", "excerpt"]


class Restrictions(Record, frozen=True):
    """What people have marked, by the ids of documents and statements. Embargoes end at a moment, ISO 8601 with its offset."""

    confidential: frozenset[str] = frozenset()
    embargoes: Mapping[str, str] = msgspec.field(default_factory=dict)


NOTHING_RESTRICTED = Restrictions()
"""Nobody has marked anything."""


def _open(record: str, restrictions: Restrictions, moment: str) -> bool:
    """Whether a record may be shown at a moment. What cannot be read as a moment keeps the embargo on."""
    if record in restrictions.confidential:
        return False
    until = restrictions.embargoes.get(record)
    if until is None:
        return True
    try:
        return _parsed(until) <= _parsed(moment)
    except ValueError:
        return False


def _parsed(moment: str) -> datetime:
    found = datetime.fromisoformat(moment)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def document_shown(document: str, restrictions: Restrictions, moment: str) -> bool:
    """Whether anything of a document may be shown at a moment (ISO 8601): neither confidential nor under embargo."""
    return _open(document, restrictions, moment)


def statement_shown(statement: Statement, document: str, restrictions: Restrictions, moment: str) -> bool:
    """Whether a statement of a document may be shown at a moment: neither it nor its document is kept out."""
    return document_shown(document, restrictions, moment) and _open(statement.id, restrictions, moment)


def visible(
    document: Document,
    passages: Iterable[Span],
    evidence: Evidence = "full",
    restrictions: Restrictions = NOTHING_RESTRICTED,
    moment: str | None = None,
    kept_out: Iterable[Statement] = (),
) -> tuple[Span, ...]:
    """The stretches of the text that may be shown, in order and apart from each other; none of a document that is kept out.

    `moment` is when it is shown (ISO 8601; without one no embargo has ended). `kept_out` are statements of it that may not be
    shown: the sentences they stand in are cut out.
    """
    if not document_shown(document.id, restrictions, moment or ""):
        return ()
    joined: list[Span] = []
    if evidence == "full":
        joined = [Span(start=0, end=len(document.text))]
    else:
        around = sorted((sentence_around(document, span.start, span.end) for span in passages), key=lambda span: (span.start, span.end))
        for span in around:
            if joined and span.start <= joined[-1].end:
                joined[-1] = Span(start=joined[-1].start, end=max(joined[-1].end, span.end))
            else:
                joined.append(span)
    for statement in kept_out:
        for span in (*statement.content, *((statement.cue,) if statement.cue else ())):
            joined = _cut(joined, sentence_around(document, span.start, span.end))
    return tuple(joined)


def _cut(stretches: list[Span], hole: Span) -> list[Span]:
    left: list[Span] = []
    for span in stretches:
        if span.end <= hole.start or hole.end <= span.start:
            left.append(span)
            continue
        if span.start < hole.start:
            left.append(Span(start=span.start, end=hole.start))
        if hole.end < span.end:
            left.append(Span(start=hole.end, end=span.end))
    return left


def visible_material(material: Material, restrictions: Restrictions = NOTHING_RESTRICTED, moment: str | None = None) -> Material:
    """The material without the documents and statements that are kept out at a moment (the material's own, where none is given).

    What rests on them alone is gone too: their figures and events, claims and disputes that lose a side, origins and actors.
    """
    if not restrictions.confidential and not restrictions.embargoes:
        return material
    now = moment or material.as_of
    documents = {r.document.id for r in material.readings if not document_shown(r.document.id, restrictions, now)}
    statements = {
        s.id for reading in material.readings for s in reading.statements if not statement_shown(s, reading.document.id, restrictions, now)
    }
    return without_records(material, documents, statements)
