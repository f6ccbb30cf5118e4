"""The report: self-contained HTML that needs no network, and is whole without its script.

In: `Material`, how much evidence it may hold, and an earlier material to tell what changed. Out: the pages by their names: one, or where
the report is long a first page and side pages. Every line links to its passage, shown in the document's text with the words marked; every
mark links back to its line.
Example: the line "At least 12 killed, Ministry of Health" leads to "at least 12 people have died" in the ministry's statement.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from msgspec import structs

from presstime.records import ACTS, Reading, Record, Span
from presstime.show.changes import change_rows
from presstime.show.charts import chart_rows
from presstime.show.charts_timeline import when_pictures
from presstime.show.figures import latest_rows
from presstime.show.first_screen import count_sources
from presstime.show.map import map_row
from presstime.show.material import Index, Material, index_material
from presstime.show.matrix import matrix
from presstime.show.moments import moment_words
from presstime.show.paging import FOLDER, MAIN, Limits, Portion, divide, relink
from presstime.show.passages import Anchors, Passage, collect_passages, mark_text, printable
from presstime.show.rows import View, make_view
from presstime.show.sections import Rows, make_sections, report_rows
from presstime.show.visible import NOTHING_RESTRICTED, Restrictions, statement_shown, visible, visible_material
from presstime.show.wording import WORDS, number_words, plural

__all__ = ["ReportEvidence", "as_of_words", "render_report", "report_pages"]

ReportEvidence = Literal["full", "excerpt", "link"]
"""How much of the documents a report holds: whole texts, the sentences around its passages, or none but its lines' own words."""
LIMITS = Limits()
ONE_FILE = Limits(whole=1 << 60)


class Page(Record, frozen=True):
    """What every page says of the report."""

    title: str
    kind: str
    as_of: str
    as_of_iso: str
    version: str
    documents: int
    evidence: str
    script: str
    script_hash: str
    main: str = MAIN
    folder: str = FOLDER
    paged: bool = False


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


@cache
def _script() -> tuple[str, str]:
    """The page's script, and its hash, by which the page's policy lets it and nothing else run."""
    script = files("presstime.show").joinpath("templates", "report.js").read_text("utf-8")
    return script, f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def as_of_words(material: Material, *, style: str = "comma") -> str:
    """The moment of the report: "20:00, 3 March 2026 (Europe/Berlin)"."""
    return f"{moment_words(material.as_of, material.time_zone, style=style)} ({material.time_zone})"


def render_report(
    material: Material,
    *,
    evidence: ReportEvidence = "full",
    since: Material | None = None,
    correction: str | None = None,
    restrictions: Restrictions = NOTHING_RESTRICTED,
) -> str:
    """The report as one HTML file, however long it gets. The arguments are those of `report_pages`."""
    pages = report_pages(material, evidence=evidence, since=since, correction=correction, restrictions=restrictions, limits=ONE_FILE)
    return pages[MAIN]


def report_pages(
    material: Material,
    *,
    evidence: ReportEvidence = "full",
    since: Material | None = None,
    correction: str | None = None,
    restrictions: Restrictions = NOTHING_RESTRICTED,
    limits: Limits = LIMITS,
) -> dict[str, str]:
    """The report's pages by their names: "report.html", and side pages beside it where it is longer than `limits` allow.

    `since` is an earlier material, of which the report says what changed; `correction` the note that an edition carries.
    `restrictions` are what people have marked as confidential or under embargo: it is in no page.
    """
    index = index_material(visible_material(material, restrictions))
    passages = collect_passages(index)
    shown = _stretches(index, passages, evidence, material.readings, restrictions)
    fresh = Anchors()
    anchors = {document: fresh.new("d", document) for document in index.documents}
    everything = evidence == "full" and all(len(spans) == 1 for spans in shown.values())
    view = make_view(index, passages, None if everything else shown, anchors if evidence == "link" else None)
    changes = change_rows(view, visible_material(since, restrictions), anchors) if since is not None else None
    script, script_hash = _script()
    page = Page(
        title=material.title,
        kind=material.findings.kind,
        as_of=as_of_words(material),
        as_of_iso=material.as_of,
        version=material.presstime,
        documents=len(index.documents),
        evidence=evidence,
        script=Markup(script),
        script_hash=script_hash,
    )
    blocks = {}
    if evidence != "link":
        marked = _of_documents(index, passages)
        blocks = {document.id: mark_text(document, marked[document.id], shown[document.id]) for document in index.documents.values()}
    rows = report_rows(view, anchors, blocks, changes)
    lines: Any = _environment().get_template("lines.html").module
    main, side = divide(make_sections(lines, rows, page.as_of, evidence), limits)
    return _written(view, page, rows, main, side, correction)


def _of_documents(index: Index, passages: Sequence[Passage]) -> dict[str, list[Passage]]:
    found: dict[str, list[Passage]] = {document: [] for document in index.documents}
    for passage in passages:
        found[passage.document].append(passage)
    return found


def _stretches(
    index: Index, passages: Sequence[Passage], evidence: ReportEvidence, readings: Sequence[Reading], restrictions: Restrictions
) -> dict[str, tuple[Span, ...]]:
    """What may be shown of each text. Where only links are wanted, that is the words of the lines."""
    moment = index.material.as_of
    shown = {}
    marked = _of_documents(index, passages)
    for reading in readings:
        document = reading.document
        if document.id not in index.documents:
            continue
        spans = [Span(start=passage.start, end=passage.end) for passage in marked[document.id]]
        found = index.found_documents.get(document.id)
        spans += [change.after for change in found.changes if change.after is not None] if found else []
        kept_out = [one for one in reading.statements if not statement_shown(one, document.id, restrictions, moment)]
        amount: Literal["full", "excerpt"] = "full" if evidence == "full" else "excerpt"
        allowed = visible(document, spans, amount, restrictions, moment, kept_out)
        shown[document.id] = _own_words(index.readings[document.id], spans, allowed) if evidence == "link" else allowed
    return shown


def _own_words(reading: Reading, spans: Sequence[Span], allowed: Sequence[Span]) -> tuple[Span, ...]:
    """The words of a document's lines alone: its passages, and of a statement what lies between its speaker, cue and content."""
    wanted = list(spans)
    for statement in reading.statements:
        held = [*statement.content, *((statement.cue,) if statement.cue else ())]
        if held:
            wanted.append(Span(start=min(span.start for span in held), end=max(span.end for span in held)))
    joined: list[Span] = []
    for span in sorted(wanted, key=lambda span: (span.start, span.end)):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(start=joined[-1].start, end=max(joined[-1].end, span.end))
        else:
            joined.append(span)
    inside = [(max(one.start, other.start), min(one.end, other.end)) for one in joined for other in allowed]
    return tuple(Span(start=start, end=end) for start, end in inside if start < end)


def _written(
    view: View,
    page: Page,
    rows: Rows,
    main: dict[str, Portion],
    side: dict[str, tuple[Portion, ...]],
    correction: str | None,
) -> dict[str, str]:
    """The pages, whole, with their links set."""
    page = structs.replace(page, paged=any(side.values()))
    environment = _environment()
    pages = {
        MAIN: environment.get_template("report.html").render(
            page=page,
            counts=count_sources(view.index),
            year=f" {view.index.material.as_of[:4]}",
            models=sorted({reading.reader.model for reading in view.index.material.readings}),
            correction=correction,
            changes=rows.changes,
            latest=latest_rows(rows.tables),
            tables=len(rows.tables),
            disputes=rows.disputes,
            problems=len(rows.problems),
            actors=len(rows.voices),
            statements=sum(len(voice.rows) for voice in rows.voices),
            acts=[noun for act in ACTS if (noun := WORDS.act[act].noun) in {row.act for voice in rows.voices for row in voice.rows}],
            forms=sorted({row.form for voice in rows.voices for row in voice.rows}),
            charts=chart_rows(view),
            when_pictures=when_pictures(view, rows.entries),
            map=map_row(view),
            matrix=matrix(view),
            main=_safe(main),
            side=side,
        )
    }
    template = environment.get_template("page.html")
    for portions in side.values():
        for portion in portions:
            safe = structs.replace(portion, html=Markup(portion.html))
            pages[portion.page] = template.render(page=page, portion=safe, portions=portions)
    return relink(pages)


def _safe(portions: dict[str, Portion]) -> dict[str, Portion]:
    """The portions, whose HTML the templates wrote, so that it is not escaped again."""
    return {key: structs.replace(portion, html=Markup(portion.html)) for key, portion in portions.items()}
