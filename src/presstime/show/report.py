"""The report: one self-contained HTML file that needs no JavaScript and no network.

In: `Material`. Out: the HTML, as text. Every line links to its passage, shown in the document's text with the words marked; every mark
links back to its line.
Example: the line "At least 12 killed, Ministry of Health" leads to "at least 12 people have died" in the ministry's statement.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from presstime.records import Span
from presstime.show.disputes import dispute_rows
from presstime.show.figures import figure_tables, latest_rows
from presstime.show.material import Material, independent_at_most, index_material, outlets
from presstime.show.moments import moment_words
from presstime.show.passages import Anchors, Passage, collect_passages, mark_text, printable
from presstime.show.reactions import reaction_groups, silence_rows
from presstime.show.rows import make_view
from presstime.show.sources import document_rows, origin_rows, problem_rows
from presstime.show.timeline import entry_rows, other_events
from presstime.show.visible import Evidence, visible
from presstime.show.voices import loose_quotes, voices
from presstime.show.wording import number_words, plural

__all__ = ["as_of_words", "render_report"]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("presstime.show", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    environment.filters["plural"] = plural
    environment.filters["number"] = number_words
    return environment


def as_of_words(material: Material, *, style: str = "comma") -> str:
    """The moment of the report: "20:00, 3 March 2026 (Europe/Berlin)"."""
    return f"{moment_words(material.as_of, material.time_zone, style=style)} ({material.time_zone})"


def render_report(material: Material, *, evidence: Evidence = "full") -> str:
    """The report as one HTML file. With evidence "excerpt" it quotes the sentences around each passage instead of whole texts."""
    index = index_material(material)
    passages = collect_passages(index)
    view = make_view(index, passages)
    of_document: dict[str, list[Passage]] = {document: [] for document in index.documents}
    for passage in passages:
        of_document[passage.document].append(passage)
    fresh = Anchors()
    anchors = {document: fresh.new("d", document) for document in index.documents}
    blocks = {}
    for document in index.documents.values():
        marked = of_document[document.id]
        shown = visible(document, [Span(start=passage.start, end=passage.end) for passage in marked], evidence)
        blocks[document.id] = mark_text(document, marked, shown)
    tables = figure_tables(view)
    entries = entry_rows(view)
    problems = problem_rows(view)
    return (
        _environment()
        .get_template("report.html")
        .render(
            title=material.title,
            kind=material.findings.kind,
            as_of=as_of_words(material),
            as_of_iso=material.as_of,
            document_count=len(material.readings),
            outlet_count=len(outlets(material)),
            origin_count=independent_at_most(index),
            evidence=evidence,
            version=material.presstime,
            models=sorted({reading.reader.model for reading in material.readings}),
            latest=latest_rows(tables),
            tables=tables,
            disputes=dispute_rows(view),
            entries=entries,
            other_events=other_events(view),
            voices=voices(view),
            reactions=reaction_groups(view),
            silences=silence_rows(view),
            loose=loose_quotes(view),
            documents=document_rows(view, anchors, blocks),
            document_anchors=anchors,
            origins=origin_rows(view, anchors),
            problems=problems,
        )
    )
