"""What of a material an export may hold: the one door between the exports and `visible`.

In: a `Material`, how much evidence may leave (excerpts or whole texts), and what people have marked as confidential or under embargo.
Out: a `Shown`: the material without what must not be shown, its index, and for each document the stretches of its text that may be
quoted. What rests only on a hidden document is in no export: not its words, its names, its figures, nor its place among the origins.
Example: of a document that is confidential, an export does not even hold the id.
"""

from __future__ import annotations

from dataclasses import dataclass

from presstime.records import Span, Statement
from presstime.show.material import Index, Material, index_material
from presstime.show.passages import collect_passages
from presstime.show.visible import NOTHING_RESTRICTED, Evidence, Restrictions, statement_shown, visible, visible_material

__all__ = ["CUT", "Shown", "shown_material", "shown_words"]

CUT = "[…]"
"""Stands where words of a document are left out."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A material as it may be exported. `stretches` has the spans of text that may stand in an export at large, by document.

    `quotable` has those of which a record's own words may be given: the same, and those around times, places and captions.
    `traced` has the origin of each statement and figure whose origin is not its document's.
    """

    material: Material
    index: Index
    stretches: dict[str, tuple[Span, ...]]
    quotable: dict[str, tuple[Span, ...]]
    traced: dict[str, str]
    evidence: Evidence


def shown_material(material: Material, evidence: Evidence = "excerpt", restrictions: Restrictions = NOTHING_RESTRICTED) -> Shown:
    """The material without what must not be shown at its moment, and what may be quoted of the rest."""
    kept = visible_material(material, restrictions)
    index = index_material(kept)
    kept_out = {
        reading.document.id: tuple(
            statement
            for statement in reading.statements
            if not statement_shown(statement, reading.document.id, restrictions, material.as_of)
        )
        for reading in material.readings
    }
    marked: dict[str, list[Span]] = {document: [] for document in index.documents}
    for passage in collect_passages(index):
        marked[passage.document].append(Span(start=passage.start, end=passage.end))
    more: dict[str, list[Span]] = {}
    for reading in kept.readings:
        more[reading.document.id] = [
            *marked[reading.document.id],
            *(media.caption for media in reading.document.media),
            *(Span(start=time.start, end=time.end) for time in reading.times),
            *(Span(start=place.start, end=place.end) for place in reading.places),
        ]
    return Shown(
        material=kept,
        index=index,
        stretches=_stretches(index, marked, kept_out, evidence, restrictions),
        quotable=_stretches(index, more, kept_out, evidence, restrictions),
        traced={trace.record: trace.origin for trace in kept.findings.traces},
        evidence=evidence,
    )


def _stretches(
    index: Index,
    passages: dict[str, list[Span]],
    kept_out: dict[str, tuple[Statement, ...]],
    evidence: Evidence,
    restrictions: Restrictions,
) -> dict[str, tuple[Span, ...]]:
    """What `visible` lets through around passages, by document."""
    moment = index.material.as_of
    return {
        one.id: visible(one, passages[one.id], evidence, restrictions, moment, kept_out.get(one.id, ())) for one in index.documents.values()
    }


def shown_words(shown: Shown, document: str, start: int, end: int) -> str:
    """The words of a span, with a mark wherever some of them may not be shown."""
    text = shown.index.documents[document].text
    pieces, at = [], start
    for span in shown.quotable[document]:
        first, last = max(span.start, start), min(span.end, end)
        if first < last:
            pieces.append((CUT if first > at else "") + text[first:last])
            at = last
    return "".join(pieces) + (CUT if at < end and text[at:end].strip() else "")
