"""The report: self-contained HTML that needs no network, and is whole without its script.

In: `Material`, how much evidence it may hold, and an earlier material to tell what changed. Out: the pages by their names: one, or where
the report is long a first page and side pages. Every line links to its passage, shown in the document's text with the words marked; every
mark links back to its line.
Example: the line "At least 12 killed, Ministry of Health" leads to "at least 12 people have died" in the ministry's statement.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

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
from presstime.show.passages import Anchors, Block, Passage, collect_passages, left_anchors, mark_text, printable, without_repeats
from presstime.show.reviews import accounts, review_counts
from presstime.show.rows import View, make_view
from presstime.show.sections import Rows, make_sections, report_rows
from presstime.show.visible import NOTHING_RESTRICTED, Evidence, Restrictions, own_spans, statement_shown, visible, visible_material
from presstime.show.withheld import COVER, published_material
from presstime.show.wording import WORDS, number_words, plural

__all__ = ["ReportEvidence", "as_of_words", "render_report", "report_pages"]

ReportEvidence = Evidence
"""How much of the documents a report holds."""
_BETWEEN_TAGS = re.compile(rf">[^<]*{COVER}[^<]*<")
_COVERED = re.compile(rf"{COVER}+(?:[^\w<>{COVER}]{{1,3}}{COVER}+)*")
MOST_REPEATED = 300
"""Documents up to which near copies have their whole texts. With 2,000, what they repeat of their originals is five megabytes: a line
then leads to the copy, and the copy to its original, paragraph by paragraph."""
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
    open_ = visible_material(material, restrictions)
    kept = published_material(open_)
    index = index_material(kept)
    passages = collect_passages(index)
    gathered = {reading.document.id: reading for reading in material.readings}
    named = [(after.document.id, gathered[before.document.id]) for before, after in zip(open_.readings, kept.readings, strict=True)]
    shown = _stretches(index, passages, evidence, named, restrictions)
    fresh = Anchors()
    anchors = {document: fresh.new("d", document) for document in index.documents}
    everything = evidence == "full" and all(len(spans) == 1 for spans in shown.values())
    view = make_view(index, passages, None if everything else shown, anchors if evidence == "link" else None)
    before = _seen_before(since, kept, restrictions) if since is not None else None
    changes = change_rows(view, before, anchors) if before is not None else None
    script, script_hash = _script()
    page = Page(
        title=kept.title,
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
        if len(blocks) > MOST_REPEATED:
            blocks = _without_repeats(index, blocks, anchors)
            left = {anchor for each in blocks.values() for anchor in left_anchors(each)}
            gone = {
                one.of: anchors[one.document] for one in passages if view.passage_of.get(one.of) == one.anchor and one.anchor not in left
            }
            view = replace(view, passage_of={**view.passage_of, **gone})
    rows = report_rows(view, anchors, blocks, changes)
    lines: Any = _environment().get_template("lines.html").module
    main, side = divide(make_sections(lines, rows, page.as_of, evidence), limits)
    return _written(view, page, rows, main, side, correction)


def _seen_before(since: Material, now: Material, restrictions: Restrictions) -> Material:
    """The earlier material as the one now may show it: in what is published, without held names."""
    before = visible_material(since, restrictions)
    return published_material(structs.replace(before, findings=structs.replace(before.findings, kind=now.findings.kind)))


def _without_repeats(index: Index, blocks: dict[str, tuple[Block, ...]], anchors: dict[str, str]) -> dict[str, tuple[Block, ...]]:
    found = dict(blocks)
    for document in blocks:
        held = index.found_documents.get(document)
        first = held.near_copy_of if held else None
        if first in blocks and first is not None:
            found[document] = without_repeats(blocks[document], blocks[first], anchors[first])
    return found


def _of_documents(index: Index, passages: Sequence[Passage]) -> dict[str, list[Passage]]:
    found: dict[str, list[Passage]] = {document: [] for document in index.documents}
    for passage in passages:
        found[passage.document].append(passage)
    return found


def _stretches(
    index: Index, passages: Sequence[Passage], evidence: ReportEvidence, readings: Iterable[tuple[str, Reading]], restrictions: Restrictions
) -> dict[str, tuple[Span, ...]]:
    """What may be shown of each text. `readings` are those as they were gathered, each with the id of its document in the report."""
    moment = index.material.as_of
    shown = {}
    marked = _of_documents(index, passages)
    for name, reading in readings:
        document = reading.document
        spans = [Span(start=passage.start, end=passage.end) for passage in marked[name]]
        found = index.found_documents.get(name)
        spans += [change.after for change in found.changes if change.after is not None] if found else []
        kept_out = [one for one in reading.statements if not statement_shown(one, document.id, restrictions, moment)]
        wanted = own_spans(index.readings[name], spans) if evidence == "link" else spans
        shown[name] = visible(document, wanted, evidence, restrictions, moment, kept_out)
    return shown


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
            reviews=review_counts(view.index.material),
            accounts=accounts(view.index),
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
    return relink({name: _held_named(html) for name, html in pages.items()})


def _held_named(html: str) -> str:
    """A page in which a name that is covered says so in words."""
    if COVER not in html:
        return html
    return _BETWEEN_TAGS.sub(lambda match: _COVERED.sub("[name held back]", match[0]), html)


def _safe(portions: dict[str, Portion]) -> dict[str, Portion]:
    """The portions, whose HTML the templates wrote, so that it is not escaped again."""
    return {key: structs.replace(portion, html=Markup(portion.html)) for key, portion in portions.items()}
