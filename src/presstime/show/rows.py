"""What every line of the report has: where it stands, the words of its source, and the way to its passage.

In: an index and the passages. Out: a `View` that gives, for a record, its line's anchor, its `Source` (a link to the passage, with the
outlet, the date and the origin) and its `Quote` (the source's words, the passage among them marked).
Example: the quote of "denied the claim" is the sentence "The ministry denied the claim.", with "the claim" marked.
"""

from __future__ import annotations

from dataclasses import dataclass

from presstime.records import Document, Record, Span, Statement
from presstime.show.material import Index, origin_name, outlet_name
from presstime.show.moments import moment_words
from presstime.show.passages import Passage, printable
from presstime.show.sentences import sentence_around

__all__ = ["Piece", "Quote", "Source", "View", "line_anchors", "make_view", "normal", "quote_span", "quote_statement", "source"]


class Source(Record, frozen=True):
    """The way to a passage. `anchor` is None only where the passage has no characters to show."""

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
    """The index with the anchors of every passage (`passage_of`) and of every line (`line_of`), by record id."""

    index: Index
    passage_of: dict[str, str]
    line_of: dict[str, str]

    @property
    def time_zone(self) -> str:
        """The story's time zone."""
        return self.index.material.time_zone


def make_view(index: Index, passages: tuple[Passage, ...]) -> View:
    """The view of an index through its passages."""
    passage_of: dict[str, str] = {}
    line_of: dict[str, str] = {}
    for passage in passages:
        if passage.anchor is not None:
            passage_of.setdefault(passage.of, passage.anchor)
        if passage.back is not None:
            line_of.setdefault(passage.of, passage.back)
    return View(index=index, passage_of=passage_of, line_of=line_of)


def line_anchors(view: View, *records: str) -> tuple[str, ...]:
    """The anchors of the line that stands for these records."""
    return tuple(dict.fromkeys(view.line_of[record] for record in records if record in view.line_of))


def source(view: View, record: str, document: str | None = None) -> Source:
    """The way to a record's passage; `document` where the record is none of the index's."""
    holder = view.index.documents[document or view.index.document_of[record]]
    found = view.index.found_documents.get(holder.id)
    return Source(
        anchor=view.passage_of.get(record),
        document=holder.id,
        outlet=printable(outlet_name(holder)),
        headline=printable(holder.headline) if holder.headline else None,
        published=moment_words(holder.published, view.time_zone),
        origin=_other_origin(view.index, holder),
        copy=bool(found and found.near_copy_of),
    )


def _other_origin(index: Index, document: Document) -> str | None:
    """A document's origin, unless that is the document itself, known by its file alone."""
    origin = origin_name(index, document.id)
    return None if origin is None or (document.outlet is None and origin == document.name) else printable(origin) or None


def quote_span(document: Document, start: int, end: int, *, sentence: bool = True) -> Quote:
    """The words of a span, with the sentence around them unless that is not wanted."""
    around = sentence_around(document, start, end) if sentence else Span(start=start, end=end)
    parts = ((around.start, start, False), (start, end, True), (end, around.end, False))
    pieces = tuple(Piece(text=printable(document.text[a:b]), marked=marked) for a, b, marked in parts if a < b)
    return Quote(pieces=pieces, language=document.language)


def quote_statement(document: Document, statement: Statement) -> Quote:
    """A statement's words. Quoted ones stand alone; others need their sentence, which has the verb and who is meant."""
    spans = statement.content or ((statement.cue,) if statement.cue else ())
    if not spans:
        return Quote(pieces=(), language=document.language)
    if statement.form == "direct":
        pieces = []
        for number, span in enumerate(spans):
            if number:
                pieces.append(Piece(text=" … "))
            pieces.append(Piece(text=printable(document.text[span.start : span.end]), marked=True))
        return Quote(pieces=tuple(pieces), language=document.language)
    around = [sentence_around(document, span.start, span.end) for span in spans]
    start, end = min(span.start for span in around), max(span.end for span in around)
    pieces, at = [], start
    for span in sorted(spans, key=lambda span: span.start):
        if span.start > at:
            pieces.append(Piece(text=printable(document.text[at : span.start])))
        if span.end > max(span.start, at):
            pieces.append(Piece(text=printable(document.text[max(span.start, at) : span.end]), marked=True))
        at = max(at, span.end)
    if end > at:
        pieces.append(Piece(text=printable(document.text[at:end])))
    return Quote(pieces=tuple(pieces), language=document.language)


def normal(words: str) -> str:
    """Words for comparison: letters and digits only, one case. Reprints differ in quotation marks and spaces."""
    return "".join(character for character in words.casefold() if character.isalnum())
