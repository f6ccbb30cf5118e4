"""A document's text with every reading marked in it, and the passage around a record's words.

Comes in: a document as the ledger has it, the marks of its records, and who looks. Goes out: blocks of pieces; a piece says which records
its words belong to, and where several do, the one that claims the fewest words comes first. What may not be seen is a cut.
Example: "12 people" inside a quote is a piece of a figure and of a statement; a click on it leads to the figure.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from presstime.desk.asking import Ask
from presstime.ledger import Correction
from presstime.ledger.lookups_documents import Mark, OneDocument
from presstime.ledger.lookups_log import document_corrections
from presstime.records import Document, Record, Span
from presstime.show.sentences import blocks
from presstime.show.visible import restrictions_of, visible

__all__ = ["Block", "Piece", "cut_marks", "marked_blocks", "part_of_text", "passage", "seen_stretches"]

PART = 24_000
"""Characters of a text on one page: a long report, some eight screens; more would take longer than a tenth of a second to make."""
AROUND = 320
"""Characters to each side of a record's words in its passage, at most; it ends with its paragraph."""


class Piece(Record, frozen=True):
    """Some characters that the same records claim: `of` is the first of them, `anchors` are those that begin here.

    `cut` stands where text is kept out.
    """

    text: str
    kinds: tuple[str, ...] = ()
    of: str | None = None
    kind: str | None = None
    anchors: tuple[str, ...] = ()
    what: str = ""
    review: str = "machine"
    cut: bool = False


class Block(Record, frozen=True):
    """A part of the page: what it is, its pieces, and where in the text it starts."""

    kind: str
    pieces: tuple[Piece, ...]
    start: int = 0


def seen_stretches(ask: Ask, document: OneDocument) -> tuple[Span, ...]:
    """What of a text this person may see."""
    whole = (Span(start=0, end=len(document.text)),)
    if ask.sight.now is None:
        return whole
    corrections: tuple[Correction, ...] = document_corrections(ask.look, document.id)
    if not corrections:
        return whole
    plain = Document(id=document.id, sha256=document.sha256, text=document.text, parts=document.parts)
    return visible(plain, (), "full", restrictions_of(corrections, at=ask.sight.now), ask.sight.now)


def cut_marks(marks: Iterable[Mark], shown: Sequence[Span]) -> tuple[Mark, ...]:
    """The marks all of whose words may be seen."""
    return tuple(mark for mark in marks if any(span.start <= mark.start and mark.end <= span.end for span in shown))


def part_of_text(document: OneDocument, number: int) -> tuple[int, int, int]:
    """Where a part of a long text starts and ends, and how many parts there are. Parts end with a paragraph where there is one."""
    edges = [0]
    text = document.text
    while edges[-1] + PART < len(text):
        at = edges[-1] + PART
        edge = text.rfind("\n", edges[-1] + PART // 2, at)
        edges.append(edge + 1 if edge > 0 else at)
    edges.append(len(text))
    number = max(1, min(number, len(edges) - 1))
    return edges[number - 1], edges[number], len(edges) - 1


def marked_blocks(document: OneDocument, marks: Sequence[Mark], shown: Sequence[Span], start: int, end: int) -> tuple[Block, ...]:
    """The text from `start` to `end` as blocks, its marks in them."""
    plain = Document(id=document.id, sha256=document.sha256, text=document.text, parts=document.parts)
    begun: set[str] = set()
    found = []
    for part in blocks(plain):
        first, last = max(part.start, start), min(part.end, end)
        if first < last:
            pieces = tuple(_pieces(document.text, first, last, marks, shown, begun))
            found.append(Block(kind=part.kind, pieces=pieces, start=first))
    return tuple(found)


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark], shown: Sequence[Span], begun: set[str]) -> Iterable[Piece]:
    here = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    seen = [(max(span.start, start), min(span.end, end)) for span in shown if span.start < end and span.end > start]
    edges = {start, end, *(edge for mark in here for edge in (mark.start, mark.end)), *(edge for span in seen for edge in span)}
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    was_cut = False
    for first, last in itertools.pairwise(cuts):
        if not any(a <= first and last <= b for a, b in seen):
            if not was_cut:
                yield Piece(text="", cut=True)
            was_cut = True
            continue
        was_cut = False
        over = sorted(
            (mark for mark in here if mark.start <= first and last <= mark.end), key=lambda mark: (mark.end - mark.start, mark.kind)
        )
        if not over:
            yield Piece(text=text[first:last])
            continue
        anchors = tuple(dict.fromkeys(mark.of for mark in over if mark.of not in begun and mark.kind not in ("speaker", "cue")))
        begun.update(anchors)
        yield Piece(
            text=text[first:last],
            kinds=tuple(dict.fromkeys(mark.kind for mark in over)),
            of=over[0].of,
            kind=over[0].kind,
            anchors=anchors,
            what="; ".join(dict.fromkeys(f"{mark.kind}: {mark.what}" for mark in over)),
            review=next((mark.review for mark in over if mark.review != "machine"), "machine"),
        )


def passage(document: OneDocument, spans: Sequence[Span], shown: Sequence[Span]) -> tuple[Piece, ...]:
    """The words of a record with what stands around them in their paragraph, the words marked."""
    if not spans:
        return ()
    text = document.text
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    start = max(text.rfind("\n", 0, first) + 1, first - AROUND)
    end = text.find("\n", last)
    end = min(end if end >= 0 else len(text), last + AROUND)
    start = text.find(" ", start, first) + 1 if start and text[start - 1 : start].strip() and " " in text[start:first] else start
    if end < len(text) and text[end : end + 1].strip():
        end = max(text.rfind(" ", last, end), last)
    marks = [Mark(kind="statement", of="", start=span.start, end=span.end, what="") for span in spans]
    return tuple(_pieces(text, start, end, marks, shown, set()))
