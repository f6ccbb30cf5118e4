"""What every line of the report has: where it stands, the words of its source, and the way to its passage.

In: an index and the passages. Out: a `View` that gives, for a record, its line's anchor, its `Source` (a link to the passage, with the
outlet, the date and the origin), its `Quote` (the source's words, the passage among them marked) and how many independent origins its
line can have at most.
Example: the quote of "denied the claim" is the sentence "The ministry denied the claim.", with "the claim" marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from presstime.records import Document, Record, Span, Statement
from presstime.show.material import Index, origin_name, outlet_name
from presstime.show.moments import moment_words
from presstime.show.passages import Passage, printable
from presstime.show.sentences import sentence_around
from presstime.show.wording import plural

__all__ = [
    "Piece",
    "Quote",
    "Source",
    "View",
    "counted_words",
    "line_anchors",
    "make_view",
    "normal",
    "origin_count",
    "origin_words",
    "quote_span",
    "quote_statement",
    "source",
    "sources",
]

MOST_TITLED = 300
"""Documents up to which every link to one has its headline as a title: with 2,000 these are a megabyte."""
COUNTED_PARTS = 3
"""Parts of an explanation of counted origins that stand on a line."""
CUT = " […] "
"""Stands where a source's words may not be shown."""


class Source(Record, frozen=True):
    """The way to a passage, or where texts are not in the report to its document. `anchor` is None where there is nothing to lead to."""

    anchor: str | None
    document: str
    outlet: str
    headline: str | None
    published: str | None
    origin: str | None
    copy: bool = False


class Piece(Record, frozen=True):
    """Some of a source's words; `marked` where they are what the line is about."""

    text: str
    marked: bool = False


class Quote(Record, frozen=True):
    """A source's words, verbatim, in pieces; `language` is the document's."""

    pieces: tuple[Piece, ...]
    language: str | None = None


@dataclass(frozen=True, kw_only=True)
class View:
    """The index with the anchors of every passage (`passage_of`) and of every line (`line_of`), by record id.

    `traced` has the origins of the statements and figures whose origin is not their document's, `claim_of` the claim of a statement.
    `shown` are the stretches of each text that may be quoted, where not all of it may; `documents` the documents' own anchors, where
    lines lead to them because no text is shown.
    """

    index: Index
    passage_of: dict[str, str]
    line_of: dict[str, str]
    traced: dict[str, str] = field(default_factory=dict)
    claim_of: dict[str, str] = field(default_factory=dict)
    shown: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)

    @property
    def time_zone(self) -> str:
        """The story's time zone."""
        return self.index.material.time_zone


def make_view(
    index: Index,
    passages: tuple[Passage, ...],
    shown: Mapping[str, tuple[Span, ...]] | None = None,
    documents: Mapping[str, str] | None = None,
) -> View:
    """The view of an index through its passages. With `documents` lines lead to these anchors, not to passages."""
    passage_of: dict[str, str] = {}
    line_of: dict[str, str] = {}
    for passage in passages:
        if passage.anchor is not None and documents is None:
            passage_of.setdefault(passage.of, passage.anchor)
        if passage.back is not None:
            line_of.setdefault(passage.of, passage.back)
    findings = index.material.findings
    return View(
        index=index,
        passage_of=passage_of,
        line_of=line_of,
        traced={trace.record: trace.origin for trace in findings.traces},
        claim_of={statement: claim.id for claim in findings.claims for statement in claim.statements},
        shown=shown or {},
        documents=documents or {},
    )


def line_anchors(view: View, *records: str) -> tuple[str, ...]:
    """The anchors of the line that stands for these records."""
    return tuple(dict.fromkeys(view.line_of[record] for record in records if record in view.line_of))


def source(view: View, record: str, document: str | None = None) -> Source:
    """The way to a record's passage; `document` where the record is none of the index's."""
    holder = view.index.documents[document or view.index.document_of[record]]
    found = view.index.found_documents.get(holder.id)
    return Source(
        anchor=view.passage_of.get(record) or view.documents.get(holder.id),
        document=holder.id,
        outlet=printable(outlet_name(holder)),
        headline=printable(holder.headline) if holder.headline and len(view.index.documents) <= MOST_TITLED else None,
        published=moment_words(holder.published, view.time_zone),
        origin=_other_origin(view.index, holder),
        copy=bool(found and found.near_copy_of),
    )


def sources(view: View, records: Iterable[str]) -> tuple[Source, ...]:
    """The ways to the passages of one line."""
    return tuple(source(view, record) for record in records)


def origin_count(view: View, records: Iterable[str]) -> tuple[int, int]:
    """How many documents say what a line says, and how many independent origins that can be at most."""
    index = view.index
    documents: set[str] = set()
    origins: set[str] = set()
    for record in records:
        document = index.document_of[record]
        found = index.found_documents.get(document)
        documents.add(document)
        origins.add(view.traced.get(record) or (found.origin if found and found.origin else document))
    return len(documents), len(origins)


def origin_words(view: View, records: Iterable[str]) -> str:
    """The same in words: "one origin", or "4 documents, at most 2 independent origins"."""
    documents, origins = origin_count(view, records)
    return "one origin" if documents < 2 else f"{plural(documents, 'document')}, at most {plural(origins, 'independent origin')}"


def counted_words(counted: str) -> str:
    """How origins were counted, cut where there are many: "9 documents: 4 carry Coast Wire’s copy, 5 report themselves"."""
    lead, colon, rest = counted.partition(": ")
    parts = rest.split(", ")
    if len(parts) <= COUNTED_PARTS + 1:
        return counted
    return f"{lead}{colon}{', '.join(parts[:COUNTED_PARTS])}, and others"


def _other_origin(index: Index, document: Document) -> str | None:
    """A document's origin, unless that is the document itself, known by its file alone."""
    origin = origin_name(index, document.id)
    return None if origin is None or (document.outlet is None and origin == document.name) else printable(origin) or None


def quote_span(view: View, document: Document, start: int, end: int, *, sentence: bool = True) -> Quote:
    """The words of a span, with the sentence around them unless that is not wanted."""
    around = sentence_around(document, start, end) if sentence else Span(start=start, end=end)
    parts = ((around.start, start, False), (start, end, True), (end, around.end, False))
    return Quote(pieces=_pieces(view, document, parts), language=document.language)


def quote_statement(view: View, document: Document, statement: Statement) -> Quote:
    """A statement's words. Quoted ones stand alone; others need their sentence, which has the verb and who is meant."""
    spans = statement.content or ((statement.cue,) if statement.cue else ())
    if not spans:
        return Quote(pieces=(), language=document.language)
    parts: list[tuple[int, int, bool]] = []
    if statement.form == "direct":
        return Quote(pieces=_direct(view, document, spans), language=document.language)
    around = [sentence_around(document, span.start, span.end) for span in spans]
    start, end = min(span.start for span in around), max(span.end for span in around)
    at = start
    for span in sorted(spans, key=lambda span: span.start):
        parts += [(at, span.start, False), (max(span.start, at), span.end, True)]
        at = max(at, span.end)
    return Quote(pieces=_pieces(view, document, (*parts, (at, end, False))), language=document.language)


def _direct(view: View, document: Document, spans: tuple[Span, ...]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for number, span in enumerate(spans):
        pieces += [Piece(text=" … ")] if number else []
        pieces += _pieces(view, document, ((span.start, span.end, True),))
    return tuple(pieces)


def _pieces(view: View, document: Document, parts: Iterable[tuple[int, int, bool]]) -> tuple[Piece, ...]:
    """The words of stretches, each marked or not; of what may not be quoted, a cut."""
    allowed = view.shown.get(document.id)
    pieces: list[Piece] = []
    for start, end, marked in parts:
        at = start
        for span in allowed if allowed is not None else (Span(start=start, end=end),):
            first, last = max(at, span.start), min(end, span.end)
            if first >= last:
                continue
            if first > at and document.text[at:first].strip():
                pieces.append(Piece(text=CUT))
            pieces.append(Piece(text=printable(document.text[first:last]), marked=marked))
            at = last
        if at < end and document.text[at:end].strip() and (not pieces or pieces[-1].text != CUT):
            pieces.append(Piece(text=CUT))
    return tuple(pieces)


def normal(words: str) -> str:
    """Words for comparison: letters and digits only, one case. Reprints differ in quotation marks and spaces."""
    return "".join(character for character in words.casefold() if character.isalnum())
