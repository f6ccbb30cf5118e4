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
from typing import Any, Literal

import msgspec

from presstime.ledger.entries import Correction
from presstime.ledger.marks import Passage, marks_of
from presstime.records import Document, Reading, Record, Span, Statement
from presstime.show.material import Material
from presstime.show.pruning import without_records
from presstime.show.sentences import sentence_around

__all__ = [
    "NOTHING_RESTRICTED",
    "Evidence",
    "Restrictions",
    "document_shown",
    "joined_restrictions",
    "own_spans",
    "restrictions_of",
    "statement_shown",
    "visible",
    "visible_material",
]

Evidence = Literal["full", "excerpt", "link"]
"""How much of the documents may be shown: whole texts, the sentences around passages, or the passages' own words and no more."""


class Restrictions(Record, frozen=True):
    """What people have marked, by the ids of documents and statements. Embargoes end at a moment, ISO 8601 with its offset.

    `passages` are marked by their characters, so that they stay kept out whatever a newer reading finds there. `at` is the
    moment at which it is shown: an embargo has ended only where it ended by then, too, so that a report as of a coming
    moment lifts none. `let_through` are the names of people that a person has let be published.
    """

    confidential: frozenset[str] = frozenset()
    embargoes: Mapping[str, str] = msgspec.field(default_factory=dict)
    passages: tuple[Passage, ...] = ()
    let_through: frozenset[str] = frozenset()
    at: str | None = None


NOTHING_RESTRICTED = Restrictions()
"""Nobody has marked anything."""


def restrictions_of(corrections: Iterable[Correction], at: str | None = None) -> Restrictions:
    """What people have marked in a ledger's corrections; `at` is the moment at which it is shown (ISO 8601 with its offset)."""
    marks = marks_of(corrections)
    return Restrictions(
        confidential=marks.confidential, embargoes=marks.embargoes, passages=marks.passages, let_through=marks.let_through, at=at
    )


def joined_restrictions(one: Restrictions, other: Restrictions) -> Restrictions:
    """What either keeps out is kept out, until the later of two embargoes; a name is let through by either."""
    embargoes = dict(one.embargoes)
    for record, until in other.embargoes.items():
        embargoes[record] = max(embargoes.get(record, until), until, key=_latest)
    return Restrictions(
        confidential=one.confidential | other.confidential,
        embargoes=embargoes,
        passages=one.passages + other.passages,
        let_through=one.let_through | other.let_through,
        at=min((at for at in (one.at, other.at) if at is not None), key=_latest, default=None),
    )


def _latest(moment: str) -> datetime:
    """A moment for comparing; what cannot be read never comes."""
    try:
        return _parsed(moment)
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)


def _open(record: str, restrictions: Restrictions, moment: str) -> bool:
    """Whether a record may be shown at a moment."""
    return record not in restrictions.confidential and _ended(restrictions.embargoes.get(record), restrictions, moment)


def _ended(until: str | None, restrictions: Restrictions, moment: str) -> bool:
    """Whether an embargo, if there is one, is over at a moment. What cannot be read as a moment keeps it on."""
    if until is None:
        return True
    try:
        return _parsed(until) <= min(_parsed(moment), _parsed(restrictions.at or moment))
    except ValueError:
        return False


def _parsed(moment: str) -> datetime:
    found = datetime.fromisoformat(moment)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _kept_out(document: str, restrictions: Restrictions, moment: str) -> tuple[Span, ...]:
    """The characters of a document that are marked and may not be shown at a moment."""
    return tuple(
        span
        for passage in restrictions.passages
        if passage.document == document and (passage.until is None or not _ended(passage.until, restrictions, moment))
        for span in passage.spans
    )


def document_shown(document: str, restrictions: Restrictions, moment: str) -> bool:
    """Whether anything of a document may be shown at a moment (ISO 8601): neither confidential nor under embargo."""
    return _open(document, restrictions, moment)


def statement_shown(statement: Statement, document: str, restrictions: Restrictions, moment: str) -> bool:
    """Whether a statement of a document may be shown at a moment: neither it nor its document is kept out."""
    if not document_shown(document, restrictions, moment) or not _open(statement.id, restrictions, moment):
        return False
    own = (*statement.content, *((statement.cue,) if statement.cue else ()))
    return not any(hole.start < span.end and span.start < hole.end for hole in _kept_out(document, restrictions, moment) for span in own)


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
        wide = passages if evidence == "link" else (sentence_around(document, span.start, span.end) for span in passages)
        around = sorted(wide, key=lambda span: (span.start, span.end))
        for span in around:
            if joined and span.start <= joined[-1].end:
                joined[-1] = Span(start=joined[-1].start, end=max(joined[-1].end, span.end))
            else:
                joined.append(span)
    holes = [span for statement in kept_out for span in (*statement.content, *((statement.cue,) if statement.cue else ()))]
    for span in (*holes, *_kept_out(document.id, restrictions, moment or "")):
        joined = _cut(joined, sentence_around(document, span.start, span.end))
    return tuple(joined)


def own_spans(reading: Reading, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The words of a document's lines alone: its passages, and of a statement what lies between its cue and its content."""
    wanted = list(spans)
    for statement in reading.statements:
        held = [*statement.content, *((statement.cue,) if statement.cue else ())]
        if held:
            wanted.append(Span(start=min(span.start for span in held), end=max(span.end for span in held)))
    return tuple(wanted)


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
    material = msgspec.structs.replace(material, let_through=material.let_through | restrictions.let_through)
    if not restrictions.confidential and not restrictions.embargoes and not restrictions.passages:
        return material
    now = moment or material.as_of
    documents = _with_versions(material, {r.document.id for r in material.readings if not document_shown(r.document.id, restrictions, now)})
    statements = {
        s.id for reading in material.readings for s in reading.statements if not statement_shown(s, reading.document.id, restrictions, now)
    }
    passages = {r.document.id: spans for r in material.readings if (spans := _kept_out(r.document.id, restrictions, now))}
    return _without_said(without_records(material, documents, statements, passages))


def _with_versions(material: Material, documents: set[str]) -> set[str]:
    """Documents with every version of the same page: what is marked on one holds for those before and after it."""
    first: dict[str, str] = {}
    before = {d.id: d.version_of for d in material.findings.documents}
    for each in before:
        root, seen = each, {each}
        while (earlier := before.get(root)) is not None and earlier not in seen:
            root = earlier
            seen.add(earlier)
        first[each] = root
    roots = {first.get(d, d) for d in documents}
    return documents | {d for d, root in first.items() if root in roots}


def _without_said(material: Material) -> Material:
    """The material without what people have said of records and documents that are not in it any more."""
    documents = {reading.document.id for reading in material.readings}
    records = {one.id for reading in material.readings for group in _records(reading) for one in group}
    texts = [reading.document.text for reading in material.readings]
    named = {handle for handle in (*material.handles, *material.checks) if any(handle in text for text in texts)}
    return msgspec.structs.replace(
        material,
        reviews={one: review for one, review in material.reviews.items() if one in records},
        checks={one: checks for one, checks in material.checks.items() if one in records or one in documents or one in named},
        translations={one: words for one, words in material.translations.items() if one in records},
        translates={one: of for one, of in material.translates.items() if one in documents and of in documents},
        handles={handle: owner for handle, owner in material.handles.items() if handle in named},
    )


def _records(reading: Reading) -> tuple[tuple[Any, ...], ...]:
    return reading.actors, reading.statements, reading.figures, reading.events, reading.places, reading.times
