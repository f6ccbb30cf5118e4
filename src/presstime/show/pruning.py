"""A material without some of its documents and statements, and without everything that rests on them alone.

In: a `Material`, ids of documents and of statements to be kept out. Out: the material as if they had not been there: no figure, event,
claim, dispute, origin or actor is left of which they are the only evidence. A statement's sentences are masked in its document's text,
letter for letter, so that every other offset stays right.
Example: without the only denial of a claim, the dispute is gone, and the claim stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from presstime.findings import Claim, Dispute, Findings, FoundActor, FoundDocument, Line, Series, Side, TimelineEntry
from presstime.records import Document, Event, Figure, Reading, Span
from presstime.show.material import Index, Material, index_material, speaker_name
from presstime.show.sentences import passage_around

__all__ = ["MASK", "without_records"]

MASK = "█"
"""Stands for each character of a statement that is kept out."""


_NO_PASSAGES: Mapping[str, Sequence[Span]] = {}


def without_records(
    material: Material,
    documents: Collection[str],
    statements: Collection[str] = (),
    passages: Mapping[str, Sequence[Span]] = _NO_PASSAGES,
) -> Material:
    """The material without these documents and statements (by their ids), and passages (by their documents' ids)."""
    if not documents and not statements and not passages:
        return material
    hidden = set(documents)
    names = {
        name for r in material.readings if r.document.id in hidden for name in (r.document.id, r.document.name, r.document.url) if name
    }
    readings = tuple(
        _masked(r, frozenset(statements), passages.get(r.document.id, ())) for r in material.readings if r.document.id not in hidden
    )
    left = msgspec.structs.replace(material, readings=readings)
    return msgspec.structs.replace(
        left,
        findings=_findings(material.findings, index_material(left), hidden),
        problems=tuple(p for p in material.problems if p.where not in names and not any(name in p.why for name in names)),
    )


def _masked(reading: Reading, statements: frozenset[str], passages: Sequence[Span] = ()) -> Reading:
    """A reading without these statements and passages and whatever else stands in their sentences; their words are masked."""
    document = reading.document
    holes = [passage_around(document, span.start, span.end) for span in passages]
    for one in reading.statements:
        if one.id in statements:
            spans = (*one.content, *((one.cue,) if one.cue else ()))
            holes += [passage_around(document, span.start, span.end) for span in spans]
    if not holes:
        return reading

    def clear(start: int, end: int) -> bool:
        return all(end <= hole.start or hole.end <= start for hole in holes)

    def spoken(one: Span | None, content: Iterable[Span]) -> bool:
        return all(clear(span.start, span.end) for span in (*content, *((one,) if one else ())))

    said = tuple(one for one in reading.statements if one.id not in statements and spoken(one.cue, one.content))
    kept = {one.id for one in said}
    said = tuple(
        msgspec.structs.replace(
            one,
            reported_by=one.reported_by if one.reported_by in kept else None,
            answers=tuple(answer for answer in one.answers if answer not in statements),
        )
        for one in said
    )
    replace = msgspec.structs.replace
    return replace(
        reading,
        document=_masked_document(document, holes),
        actors=tuple(
            replace(one, mentions=mentions)
            for one in reading.actors
            if (mentions := tuple(span for span in one.mentions if clear(span.start, span.end))) or not one.mentions
        ),
        statements=said,
        figures=tuple(f for f in reading.figures if clear(f.start, f.end) and (f.statement is None or f.statement in kept)),
        events=tuple(e for e in reading.events if clear(e.start, e.end) and (e.statement is None or e.statement in kept)),
        places=tuple(p for p in reading.places if clear(p.start, p.end)),
        times=tuple(t for t in reading.times if clear(t.start, t.end)),
        unattributed=tuple(u for u in reading.unattributed if clear(u.start, u.end)),
        problems=tuple(p for p in reading.problems if p.start is None or p.end is None or clear(p.start, p.end)),
    )


def _masked_document(document: Document, holes: list[Span]) -> Document:
    text = list(document.text)
    for hole in holes:
        for at in range(hole.start, hole.end):
            if not text[at].isspace():
                text[at] = MASK
    masked = "".join(text)
    headline = document.headline
    if headline is not None and any(headline in document.text[part.start : part.end] for part in _hit(document, holes)):
        headline = MASK
    return msgspec.structs.replace(document, text=masked, headline=headline)


def _hit(document: Document, holes: list[Span]) -> list[Span]:
    heads = [Span(start=part.start, end=part.end) for part in document.parts if part.kind == "headline"]
    return [part for part in heads if any(hole.start < part.end and part.start < hole.end for hole in holes)]


def _findings(findings: Findings, index: Index, hidden: set[str]) -> Findings:
    """The findings with everything taken out that refers to a record of a hidden document."""
    statements, figures, events = index.statements, index.figures, index.events
    claims = tuple(_claim(c, index) for c in findings.claims if any(s in statements for s in c.statements))
    held = {claim.id for claim in claims}
    origins = tuple(
        msgspec.structs.replace(
            o,
            documents=(left := tuple(d for d in o.documents if d not in hidden)),
            passages=tuple(p for p in o.passages if p in index.document_of),
            independent_at_most=min(o.independent_at_most, len(left)),
        )
        for o in findings.origins
        if not set(o.documents) <= hidden
    )
    known = {origin.id for origin in origins}
    replace = msgspec.structs.replace
    return replace(
        findings,
        documents=tuple(_document(d, hidden, known) for d in findings.documents if d.id not in hidden),
        origins=origins,
        traces=tuple(t for t in findings.traces if t.record in index.document_of and t.origin in known),
        actors=tuple(a for one in findings.actors if (a := _actor(one, index)) is not None),
        candidates=(),
        claims=tuple(replace(c, **_counted(c, known)) for c in claims),
        disputes=tuple(d for one in findings.disputes if one.claim in held and (d := _dispute(one, index, known)) is not None),
        series=tuple(s for one in findings.series if (s := _series(one, figures)) is not None),
        timeline=tuple(e for one in findings.timeline if (e := _entry(one, events, known)) is not None),
        background=tuple(e for one in findings.background if (e := _entry(one, events, known)) is not None),
        reactions=tuple(
            replace(r, statements=left, first=None, latest=None) if left != r.statements else r
            for r in findings.reactions
            if (left := tuple(s for s in r.statements if s in statements))
        ),
        silences=tuple(replace(s, documents=max(0, s.documents - len(hidden))) for s in findings.silences if s.because in statements),
    )


def _document(found: FoundDocument, hidden: set[str], origins: set[str]) -> FoundDocument:
    def seen(reference: str | None) -> str | None:
        return None if reference in hidden else reference

    return msgspec.structs.replace(
        found,
        version_of=seen(found.version_of),
        near_copy_of=seen(found.near_copy_of),
        same_text_as=seen(found.same_text_as),
        origin=found.origin if found.origin in origins else None,
        how=found.how if found.origin in origins else None,
        carried=tuple(c for c in found.carried if c.of not in hidden),
        changes=found.changes if found.version_of not in hidden else (),
    )


def _actor(actor: FoundActor, index: Index) -> FoundActor | None:
    """The actor with the members and names that are left; None where it was known from hidden documents alone."""
    members = tuple(member for member in actor.members if member in index.actors)
    if members == actor.members:
        return actor
    if not members:
        return None
    texts = [reading.document.text for reading in index.readings.values()]
    names = tuple(name for name in actor.names if any(name in text for text in texts))
    first = index.actors[members[0]]
    kept = any(actor.name in text for text in texts)
    return msgspec.structs.replace(
        actor, members=members, names=names, name=actor.name if kept else first.name, role=first.role, affiliation=first.affiliation
    )


def _counted(one: Claim | Side | TimelineEntry, origins: set[str]) -> dict[str, object]:
    left = tuple(origin for origin in one.origins if origin in origins)
    if left == one.origins:
        return {}
    return {"origins": left, "independent_at_most": min(one.independent_at_most, len(left)), "counted": ""}


def _first_words(index: Index, statements: Iterable[str]) -> str:
    for one in statements:
        statement, text = index.statements[one], index.documents[index.document_of[one]].text
        if statement.content:
            return " ".join(text[span.start : span.end] for span in statement.content)
    return ""


def _claim(claim: Claim, index: Index) -> Claim:
    left = tuple(s for s in claim.statements if s in index.statements)
    words = claim.words if left == claim.statements else _first_words(index, left)
    return msgspec.structs.replace(claim, statements=left, words=words)


def _names(index: Index, statements: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in statements if (name := speaker_name(index, index.statements[one]))))


def _dispute(dispute: Dispute, index: Index, origins: set[str]) -> Dispute | None:
    denials = tuple(s for s in dispute.denials if s in index.statements)
    if dispute.denials and not denials:
        return None
    sides = []
    for side in dispute.sides:
        left = tuple(s for s in side.statements if s in index.statements)
        if left == side.statements:
            sides.append(side)
        elif left:
            words = _first_words(index, left)
            sides.append(msgspec.structs.replace(side, statements=left, words=words, names=_names(index, left), at=None))
    sides = [msgspec.structs.replace(side, **_counted(side, origins)) for side in sides]
    claim = index.claims.get(dispute.claim)
    left = _left_of(index, dispute.claim)
    if claim is None or left != claim.statements:
        dispute = msgspec.structs.replace(dispute, about=_first_words(index, left), claimed_by=_names(index, left))
    if denials != dispute.denials:
        dispute = msgspec.structs.replace(dispute, denials=denials, denied_by=_names(index, denials))
    return msgspec.structs.replace(dispute, sides=tuple(sides))


def _left_of(index: Index, claim: str) -> tuple[str, ...]:
    """The statements of a claim that the index still has."""
    found = index.claims.get(claim)
    return tuple(s for s in found.statements if s in index.statements) if found else ()


def _series(series: Series, figures: dict[str, Figure]) -> Series | None:
    """The series with the points that are left. Extremes and conflicts stay only where all their figures do."""
    lines = []
    for line in series.lines:
        points = []
        for point in line.points:
            standing = [f for f in (point.figure, *point.also) if f in figures]
            if standing:
                later = point.superseded_by if point.superseded_by in figures else None
                points.append(msgspec.structs.replace(point, figure=standing[0], also=tuple(standing[1:]), superseded_by=later))
        if points:
            lines.append(Line(giver=line.giver, points=tuple(points), actor=line.actor))
    if not lines:
        return None
    extremes = {"lowest": series.lowest, "highest": series.highest}
    return msgspec.structs.replace(
        series,
        lines=tuple(lines),
        latest=tuple(f for f in series.latest if f in figures),
        conflicts=tuple(c for c in series.conflicts if c.one in figures and c.other in figures),
        **{name: one if one is not None and figures.keys() >= set(one.figures) else None for name, one in extremes.items()},
    )


def _entry(entry: TimelineEntry, events: dict[str, Event], origins: set[str]) -> TimelineEntry | None:
    tellings = tuple(t for t in entry.tellings if t.event in events)
    if tellings == entry.tellings:
        return entry
    if not tellings:
        return None
    standing = tellings[0].standing if len({t.standing for t in tellings}) == 1 else entry.standing
    return msgspec.structs.replace(
        entry,
        tellings=tellings,
        standing=standing,
        times_differ=entry.times_differ and len({(t.from_, t.to) for t in tellings}) > 1,
        from_=None,
        to=None,
        precision=None,
        **_counted(entry, origins),
    )
