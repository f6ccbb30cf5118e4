"""What of a material an export may hold: the one door between the exports and `visible`.

In: a `Material`, how much evidence may leave (links, excerpts or whole texts), and what people have marked as confidential or under
embargo. Out: a `Shown`: the material without what must not be shown, its index, and for each document the stretches of its text that may be
quoted. What rests only on a hidden document is in no export: not its words, its names, its figures, nor its place among the origins.
Of a published edition it leaves out the names that are held back, too.
Example: of a document that is confidential, an export does not even hold the id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from presstime.records import Reading, Span
from presstime.show.material import Index, Material, index_material
from presstime.show.passages import collect_passages
from presstime.show.visible import NOTHING_RESTRICTED, Evidence, Restrictions, own_spans, statement_shown, visible, visible_material
from presstime.show.withheld import published_material

__all__ = ["CUT", "Shown", "shown_material", "shown_words"]

CUT = "[…]"
"""Stands where words of a document are left out."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A material as it may be exported. `stretches` has the spans of text that may stand in an export at large, by document.

    `printed` is the material from which a brief is made, which holds names back in its own way.
    `quotable` has those of which a record's own words may be given: the same, and those around times, places and captions.
    `traced` has the origin of each statement and figure whose origin is not its document's.
    """

    material: Material
    printed: Material
    index: Index
    stretches: dict[str, tuple[Span, ...]]
    quotable: dict[str, tuple[Span, ...]]
    traced: dict[str, str]
    evidence: Evidence


def shown_material(material: Material, evidence: Evidence = "excerpt", restrictions: Restrictions = NOTHING_RESTRICTED) -> Shown:
    """The material without what must not be shown at its moment, and what may be quoted of the rest."""
    open_ = visible_material(material, restrictions)
    kept = published_material(open_)
    index = index_material(kept)
    gathered = {reading.document.id: reading for reading in material.readings}
    named = {after.document.id: gathered[before.document.id] for before, after in zip(open_.readings, kept.readings, strict=True)}
    marked: dict[str, list[Span]] = {document: [] for document in index.documents}
    for passage in collect_passages(index):
        marked[passage.document].append(Span(start=passage.start, end=passage.end))
    if evidence == "link":
        marked = {reading.document.id: list(own_spans(reading, marked[reading.document.id])) for reading in kept.readings}
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
        printed=open_,
        index=index,
        stretches=_stretches(named, marked, evidence, restrictions, material.as_of),
        quotable=_stretches(named, more, evidence, restrictions, material.as_of),
        traced={trace.record: trace.origin for trace in kept.findings.traces},
        evidence=evidence,
    )


def _stretches(
    readings: Mapping[str, Reading],
    passages: Mapping[str, list[Span]],
    evidence: Evidence,
    restrictions: Restrictions,
    moment: str,
) -> dict[str, tuple[Span, ...]]:
    """What `visible` lets through around passages, by document; `readings` are those that were gathered, by the ids shown."""
    found = {}
    for name, reading in readings.items():
        document = reading.document
        kept_out = [one for one in reading.statements if not statement_shown(one, document.id, restrictions, moment)]
        found[name] = visible(document, passages[name], evidence, restrictions, moment, kept_out)
    return found


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
