"""JSON-LD: every statement, figure and event as a W3C Web Annotation on its document, with PROV for who and what made it.

In: a `Shown`. Out: UTF-8 JSON-LD, its context inlined, so that it is read without the network. Each annotation targets its document
by a TextPositionSelector (Unicode code points of the document's text) and a TextQuoteSelector (the words, with some before and after
them where those may be shown). Documents are PROV entities, readings activities, the reader a software agent, outlets agents.
Example: an annotation whose body is a statement by "Ilan Voss" and whose target's `exact` is "“We left at dawn,”".
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from presstime.records import Reading, Span
from presstime.show.export.cells import storable
from presstime.show.export.shown import Shown, shown_words
from presstime.show.export.table import Cell, Table
from presstime.show.export.tables_of_readings import events, figures, statement_spans, statements

__all__ = ["json_ld"]

AROUND = 32
"""Characters before and after the quoted words, so that the same words elsewhere in a text are told apart; the number is the one
that the Web Annotation model's own examples and common annotation clients use."""

_NS = "urn:presstime:"
_ID = {"@type": "@id"}
_CONTEXT: dict[str, Any] = {
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "presstime": f"{_NS}term:",
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "body": {"@id": "oa:hasBody"} | _ID,
    "target": {"@id": "oa:hasTarget"} | _ID,
    "source": {"@id": "oa:hasSource"} | _ID,
    "selector": {"@id": "oa:hasSelector"} | _ID,
    "motivation": {"@id": "oa:motivatedBy"} | _ID,
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom"} | _ID,
    "wasGeneratedBy": {"@id": "prov:wasGeneratedBy"} | _ID,
    "wasAttributedTo": {"@id": "prov:wasAttributedTo"} | _ID,
    "wasAssociatedWith": {"@id": "prov:wasAssociatedWith"} | _ID,
    "used": {"@id": "prov:used"} | _ID,
    "title": "dcterms:title",
    "issued": "dcterms:issued",
    "language": "dcterms:language",
    "identifier": "dcterms:identifier",
    "hasVersion": "dcterms:hasVersion",
    "url": {"@id": "rdfs:seeAlso"},
    "label": "rdfs:label",
}
_LINKED = {"document", "start", "end", "spans", "words", "id"}
"""Columns that the annotation says otherwise."""


def json_ld(shown: Shown) -> bytes:
    """The graph."""
    context = dict(_CONTEXT)
    graph: list[dict[str, Any]] = []
    agents: dict[str, dict[str, Any]] = {}
    for reading in shown.material.readings:
        graph += _document(reading, agents)
    for table, kind in ((statements(shown), "Statement"), (figures(shown), "Figure"), (events(shown), "Event")):
        for column in table.columns:
            if column.name not in _LINKED:
                context[f"{table.record}_{column.name}"] = f"presstime:{column.name}"
        graph += [_annotation(shown, table, kind, row) for row in table.rows]
    made = {"@context": context, "@graph": [*agents.values(), *graph]}
    return (storable(json.dumps(made, ensure_ascii=False, indent=1)) + "\n").encode("utf-8")


def _iri(kind: str, ident: str) -> str:
    return f"{_NS}{kind}:{quote(storable(ident), safe='')}"


def _moment(iso: str | None) -> Any:
    """A typed date or moment where it is one to the letter of XML Schema, else the text as it stands."""
    if iso is None:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", iso):
        return {"@value": iso, "@type": "xsd:date"}
    full = re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", iso)
    return {"@value": iso, "@type": "xsd:dateTime"} if full else iso


def _document(reading: Reading, agents: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    document, reader = reading.document, reading.reader
    software = _iri("reader", f"{reader.presstime}-{reader.model}-{reader.context}")
    agents[software] = {
        "id": software,
        "type": "prov:SoftwareAgent",
        "label": f"presstime {reader.presstime}",
        "presstime:model": reader.model,
        "presstime:context": reader.context,
    }
    entity: dict[str, Any] = {
        "id": _iri("document", document.id),
        "type": "prov:Entity",
        "identifier": document.id,
        "title": document.headline,
        "issued": _moment(document.published),
        "presstime:gathered": _moment(document.gathered),
        "language": document.language,
        "url": document.url,
        "presstime:sha256": document.sha256,
    }
    if document.outlet:
        outlet = _iri("outlet", document.outlet)
        agents[outlet] = {"id": outlet, "type": "prov:Agent", "label": document.outlet}
        entity["wasAttributedTo"] = outlet
    activity = {
        "id": _iri("reading", document.id),
        "type": "prov:Activity",
        "used": entity["id"],
        "wasAssociatedWith": software,
    }
    return [{key: value for key, value in entity.items() if value is not None}, activity]


def _annotation(shown: Shown, table: Table, kind: str, row: tuple[Cell, ...]) -> dict[str, Any]:
    values: dict[str, Any] = {column.name: cell for column, cell in zip(table.columns, row, strict=True)}
    ident, document = values["id"], values["document"]
    body: dict[str, Any] = {"id": _iri(table.record, ident), "type": f"presstime:{kind}", "identifier": ident}
    for name, cell in values.items():
        if name not in _LINKED and cell is not None and cell != ():
            body[f"{table.record}_{name}"] = list(cell) if isinstance(cell, tuple) else cell
    return {
        "id": _iri("annotation", ident),
        "type": "Annotation",
        "motivation": "oa:classifying",
        "body": body,
        "target": [_target(shown, document, span) for span in _spans(shown, table.record, ident)],
        "wasDerivedFrom": _iri("document", document),
        "wasGeneratedBy": _iri("reading", document),
    }


def _spans(shown: Shown, record: str, ident: str) -> tuple[Span, ...]:
    if record == "statement":
        return statement_spans(shown.index.statements[ident])
    if record == "figure":
        figure = shown.index.figures[ident]
        return (Span(start=figure.start, end=figure.end),)
    event = shown.index.events[ident]
    return event.mentions or (Span(start=event.start, end=event.end),)


def _target(shown: Shown, document: str, span: Span) -> dict[str, Any]:
    before, after = _around(shown, document, span)
    quoted = {"type": "TextQuoteSelector", "exact": shown_words(shown, document, span.start, span.end), "prefix": before, "suffix": after}
    return {
        "type": "SpecificResource",
        "source": _iri("document", document),
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {key: value for key, value in quoted.items() if value or key == "exact"} | {"type": "TextQuoteSelector"},
        ],
    }


def _around(shown: Shown, document: str, span: Span) -> tuple[str, str]:
    """Some characters before and after a span, never past what may be shown."""
    text = shown.index.documents[document].text
    held = next((one for one in shown.stretches[document] if one.start <= span.start and span.end <= one.end), None)
    if held is None:
        return "", ""
    return text[max(held.start, span.start - AROUND) : span.start], text[span.end : min(held.end, span.end + AROUND)]
