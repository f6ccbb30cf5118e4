"""The sources and problems sections: every document that was gathered, and everything that could not be read.

In: a view. Out: `DocumentRow`s, with what a later version changed, and `ProblemRow`s.
Example: The Velm Post, "Shelling in Velm", 3 March 2026 (only a date, counted on its whole day), origin: Coast Wire.
"""

from __future__ import annotations

import re

from presstime.findings import Change
from presstime.records import Document, Problem, Record, Span
from presstime.show.material import document_name, origin_name, outlet_name
from presstime.show.moments import moment_words, timex_words
from presstime.show.passages import Block, printable
from presstime.show.reviews import check_words
from presstime.show.rows import View, line_anchors, quote_span
from presstime.show.wording import plural

__all__ = ["ChangeRow", "DocumentRow", "OriginRow", "ProblemRow", "document_rows", "origin_rows", "problem_rows"]

_WEB = re.compile(r"https?://[^\s]+")


class ChangeRow(Record, frozen=True):
    """What a version added, changed or withdrew: the words before and after, where there are any."""

    kind: str
    before: str | None
    after: str | None


class DocumentRow(Record, frozen=True):
    """A document. `link` is its web address, where it has one that is safe to link; `how` says how its origin is known.

    `changes` is what it changed in the version before it; `later` are the versions after it, as anchors and labels; `checks` who
    checked it; `translates` the document of which it is a translation.
    """

    anchor: str
    outlet: str
    headline: str | None
    name: str | None
    byline: str | None
    published: str | None
    published_note: str | None
    gathered: str | None
    as_of: str | None
    sha256: str
    origin: str | None
    copy_of: str | None
    copy_anchor: str | None
    version_of: str | None
    version_anchor: str | None
    credits: tuple[str, ...]
    language: str | None
    found: str
    link: str | None
    shows_headline: bool
    how: str | None = None
    changes: tuple[ChangeRow, ...] = ()
    later: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()
    checks: tuple[str, ...] = ()
    translates: str | None = None
    translates_anchor: str | None = None


class OriginRow(Record, frozen=True):
    """Whoever reported first-hand, and the outlets that carry it."""

    name: str
    how: str
    documents: tuple[tuple[str, str], ...]
    independent_at_most: int


class ProblemRow(Record, frozen=True):
    """What could not be read, and why. `anchor` leads to the place in the text, where there is one."""

    lines: tuple[str, ...]
    where: str
    what: str
    why: str
    anchor: str | None


def _published_note(document: Document) -> str | None:
    if document.published is None:
        return "undated: counted from when it was gathered"
    if "T" not in document.published:
        return "only a date: counted on its whole day"
    return None


def _label(document: Document) -> str:
    return f"{outlet_name(document)}: {document.headline or document_name(document)}"


def document_rows(view: View, anchors: dict[str, str], blocks: dict[str, tuple[Block, ...]]) -> tuple[DocumentRow, ...]:
    """Every document, oldest first, undated last. `anchors` are the documents' anchors, `blocks` their marked texts."""
    index = view.index
    rows = []
    later: dict[str, list[str]] = {}
    for each in index.found_documents.values():
        if each.version_of is not None and each.id in index.documents:
            later.setdefault(each.version_of, []).append(each.id)
    order = sorted(index.documents.values(), key=lambda document: (document.published is None, document.published or "", document.id))
    for document in order:
        translated = index.documents.get(index.material.translates.get(document.id, ""))
        found = index.found_documents.get(document.id)
        copy_of = index.documents.get(found.near_copy_of) if found and found.near_copy_of else None
        version_of = index.documents.get(found.version_of) if found and found.version_of else None
        reading = index.readings[document.id]
        rows.append(
            DocumentRow(
                anchor=anchors[document.id],
                outlet=printable(document.outlet or "Outlet not named"),
                headline=printable(document.headline) if document.headline else None,
                name=document_name(document),
                byline=document.byline,
                published=moment_words(document.published, view.time_zone),
                published_note=_published_note(document),
                gathered=moment_words(document.gathered, view.time_zone),
                as_of=timex_words(document.as_of),
                sha256=document.sha256,
                origin=origin_name(index, document.id),
                copy_of=_label(copy_of) if copy_of else None,
                copy_anchor=anchors.get(copy_of.id) if copy_of else None,
                version_of=_label(version_of) if version_of else None,
                version_anchor=anchors.get(version_of.id) if version_of else None,
                credits=document.credits,
                language=document.language,
                found=", ".join(
                    (
                        plural(len(reading.statements), "statement"),
                        plural(len(reading.figures), "figure"),
                        plural(len(reading.events), "event"),
                    )
                ),
                link=document.url if document.url and _WEB.fullmatch(document.url) else None,
                shows_headline=any(block.kind == "headline" for block in blocks.get(document.id, ())),
                how=found.how if found else None,
                changes=_changes(view, document, version_of, found.changes) if found and version_of else (),
                later=tuple((anchors[one], _label(index.documents[one])) for one in later.get(document.id, ())),
                blocks=blocks.get(document.id, ()),
                checks=check_words(index, document.id),
                translates=_label(translated) if translated else None,
                translates_anchor=anchors.get(translated.id) if translated else None,
            )
        )
    return tuple(rows)


def _changes(view: View, document: Document, before: Document, changes: tuple[Change, ...]) -> tuple[ChangeRow, ...]:
    """What a version changed, in the words of both; only words that may be shown."""

    def words(holder: Document, span: Span | None) -> str | None:
        if span is None:
            return None
        return "".join(piece.text for piece in quote_span(view, holder, span.start, span.end, sentence=False).pieces)

    return tuple(ChangeRow(kind=one.kind, before=words(before, one.before), after=words(document, one.after)) for one in changes)


def origin_rows(view: View, anchors: dict[str, str]) -> tuple[OriginRow, ...]:
    """Every origin that more than one document carries, most carried first."""
    index = view.index
    rows = []
    for origin in index.material.findings.origins:
        held = tuple((anchors[one], _label(index.documents[one])) for one in origin.documents if one in index.documents)
        if len(held) > 1:
            rows.append(OriginRow(name=origin.name, how=origin.how, documents=held, independent_at_most=origin.independent_at_most))
    return tuple(sorted(rows, key=lambda row: -len(row.documents)))


def problem_rows(view: View) -> tuple[ProblemRow, ...]:
    """The problems of the material at large, then those of each document."""
    index = view.index
    rows = [_problem(view, problem, None) for problem in index.material.problems]
    for reading in index.material.readings:
        for number, problem in enumerate(reading.problems):
            rows.append(_problem(view, problem, f"{reading.document.id}-problem-{number}"))
    return tuple(rows)


def _problem(view: View, problem: Problem, of: str | None) -> ProblemRow:
    document = view.index.documents.get(problem.where)
    where = _label(document) if document else problem.where
    lines = line_anchors(view, of) if of else ()
    return ProblemRow(lines=lines, where=where, what=problem.what, why=problem.why, anchor=view.passage_of.get(of) if of else None)
