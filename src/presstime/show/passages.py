"""The evidence: a document's text with every passage that the report refers to marked and reachable.

In: an index of the material. Out: `Passage`s, each with an anchor, and a document's text as blocks of tokens in which marks nest as
HTML must have them. Marks that cross are cut at each other's ends: the first piece has the anchor, the others say whose they are.
Example: "at least 12 people" inside a minister's quote is a mark within a mark, each with its own anchor.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from presstime.ids import make_id
from presstime.records import Document, PartKind, Reading, Record, Span
from presstime.show.material import Index
from presstime.show.sentences import blocks

__all__ = ["Anchors", "Block", "Passage", "Token", "collect_passages", "left_anchors", "mark_text", "printable", "without_repeats"]

Kind = Literal["statement", "speaker", "cue", "figure", "event", "time", "place", "unattributed", "problem"]
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_HASHED = re.compile(r"[a-z]+-([0-9a-f]{8})[0-9a-f]{2,}")
# Bidi controls stay: each block is isolated, and they are part of the words. NUL and kin cannot stand in HTML.
_UNPRINTABLE = {
    **{code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)},
    0x7F: 0x2421,
    **dict.fromkeys((*range(128, 160), *range(55296, 57344), 65534, 65535), 65533),
    0x0D: 0x0A,
}

_UNPRINTABLE_ONE = re.compile("[" + "".join(re.escape(chr(code)) for code in _UNPRINTABLE) + "]")


def printable(text: str) -> str:
    """The text with what HTML cannot hold shown by its picture, character for character, so that offsets stay."""
    return text.translate(_UNPRINTABLE) if _UNPRINTABLE_ONE.search(text) else text


class Passage(Record, frozen=True):
    """Words that the report refers to. `anchor` is None for what is only marked (a cue, a time); `of` is whose it is.

    `back` is the anchor of the report's line, where it has one.
    """

    document: str
    start: int
    end: int
    kind: Kind
    of: str
    anchor: str | None = None
    back: str | None = None


class Token(Record, frozen=True):
    """One step in writing a block: some text, a mark that opens, a mark that closes, or a cut where text is not shown.

    "same" stands for paragraphs that are in another document word for word; its text is that document's anchor.
    """

    kind: Literal["text", "open", "close", "cut", "back", "same"]
    text: str = ""
    passage: Passage | None = None
    first: bool = False


class Block(Record, frozen=True):
    """A part of the page, ready to be written."""

    kind: PartKind | Literal["same"]
    tokens: tuple[Token, ...]


class Anchors:
    """Hands out anchors: from a record's id where that can stand in HTML, never the same one twice."""

    def __init__(self) -> None:
        """No anchor is taken yet."""
        self._taken: set[str] = set()

    def new(self, prefix: str, identifier: str) -> str:
        """A fresh anchor for an id."""
        hashed = _HASHED.fullmatch(identifier)  # eight digits of it do, and a long report has them some 200,000 times
        safe = identifier if _SAFE.fullmatch(identifier) else make_id(prefix, identifier).partition("-")[2]
        anchor = f"{prefix}-{hashed[1] if hashed else safe}"
        base, count = anchor, 1
        while anchor in self._taken:
            count += 1
            anchor = f"{base}-{count}"
        self._taken.add(anchor)
        return anchor


def collect_passages(index: Index) -> tuple[Passage, ...]:
    """Every passage of every document, in the order of the documents. Times and places only where an event or figure names them."""
    anchors = Anchors()
    return tuple(passage for reading in index.material.readings for passage in _of_reading(reading, anchors))


def _of_reading(reading: Reading, anchors: Anchors) -> Iterable[Passage]:
    document = reading.document.id
    length = len(reading.document.text)

    def passage(kind: Kind, span: Span, of: str, *, back: str | None = None, anchored: bool = True) -> Iterable[Passage]:
        start, end = max(0, min(span.start, length)), max(0, min(span.end, length))
        if reading.document.text[start:end].strip():
            anchor = anchors.new("s", of) if anchored else None
            yield Passage(document=document, start=start, end=end, kind=kind, of=of, anchor=anchor, back=back)

    for statement in reading.statements:
        back = anchors.new("l", statement.id)
        spans = statement.content or ((statement.cue,) if statement.cue else ())
        for number, span in enumerate(spans):
            yield from passage("statement", span, statement.id, back=back if number == 0 else None)
        for kind, mention in (("speaker", statement.speaker), ("cue", statement.cue)):
            if mention is not None and statement.content:
                yield from passage(kind, Span(start=mention.start, end=mention.end), statement.id, anchored=False)  # type: ignore[arg-type]
    used = (
        {event.time for event in reading.events} | {event.place for event in reading.events} | {figure.place for figure in reading.figures}
    )
    for figure in reading.figures:
        yield from passage("figure", Span(start=figure.start, end=figure.end), figure.id, back=anchors.new("l", figure.id))
    for event in reading.events:
        back = anchors.new("l", event.id)
        for number, span in enumerate(event.mentions or (Span(start=event.start, end=event.end),)):
            yield from passage("event", span, event.id, back=back if number == 0 else None)
    for time in reading.times:
        if time.id in used:
            yield from passage("time", Span(start=time.start, end=time.end), time.id, anchored=False)
    for place in reading.places:
        if place.id in used:
            yield from passage("place", Span(start=place.start, end=place.end), place.id, anchored=False)
    for number, quote in enumerate(reading.unattributed):
        of = f"{document}-unattributed-{number}"
        yield from passage("unattributed", Span(start=quote.start, end=quote.end), of, back=anchors.new("l", of))
    for number, problem in enumerate(reading.problems):
        if problem.start is not None and problem.end is not None:
            of = f"{document}-problem-{number}"
            yield from passage("problem", Span(start=problem.start, end=problem.end), of, back=anchors.new("l", of))


def mark_text(document: Document, passages: Sequence[Passage], shown: Sequence[Span]) -> tuple[Block, ...]:
    """The document's text as blocks of tokens. `shown` is what may be shown; `passages` are this document's."""
    opened: set[int] = set()
    closed: set[int] = set()
    found: list[Block] = []
    for part in blocks(document):
        inside = [(number, p) for number, p in enumerate(passages) if p.start < part.end and p.end > part.start]
        stretches = [(max(span.start, part.start), min(span.end, part.end)) for span in shown]
        stretches = [(start, end) for start, end in stretches if start < end]
        if not stretches:
            if found and found[-1].tokens[-1].kind != "cut":
                found.append(Block(kind="paragraph", tokens=(Token(kind="cut"),)))
            continue
        tokens: list[Token] = []
        at = part.start
        for start, end in stretches:
            if start > at:
                tokens.append(Token(kind="cut"))
            tokens.extend(_tokens(document.text, start, end, inside, opened, closed))
            at = end
        if at < part.end:
            tokens.append(Token(kind="cut"))
        found.append(Block(kind=part.kind, tokens=tuple(tokens)))
    return tuple(found)


def without_repeats(copy: Sequence[Block], first: Sequence[Block], anchor: str) -> tuple[Block, ...]:
    """A near copy's blocks without the paragraphs that its original shows word for word; `anchor` is the original's."""
    known = {_words(block) for block in first}
    found: list[Block] = []
    for block in copy:
        if block.kind != "paragraph" or _words(block) not in known:
            found.append(block)
        elif not found or found[-1].kind != "same":
            found.append(Block(kind="same", tokens=(Token(kind="same", text=anchor),)))
    return tuple(found)


def left_anchors(blocks: Iterable[Block]) -> Iterable[str]:
    """The anchors of the passages that are marked in these blocks."""
    for block in blocks:
        for token in block.tokens:
            if token.kind == "open" and token.first and token.passage is not None and token.passage.anchor is not None:
                yield token.passage.anchor


def _words(block: Block) -> str:
    """A block's text, with a sign for each cut."""
    return "".join(token.text if token.kind == "text" else "\0" for token in block.tokens if token.kind in ("text", "cut"))


def _tokens(text: str, start: int, end: int, passages: list[tuple[int, Passage]], opened: set[int], closed: set[int]) -> Iterable[Token]:
    here = [(n, p) for n, p in passages if p.start < end and p.end > start]
    cuts = sorted({start, end, *(edge for _, p in here for edge in (p.start, p.end) if start < edge < end)})
    stack: list[tuple[int, Passage]] = []
    for first, last in itertools.pairwise(cuts):
        while any(p.end <= first for _, p in stack):
            _, ended = stack.pop()
            yield Token(kind="close", passage=ended)
        yield from _backs(here, first, closed)
        wanted = [(n, p) for n, p in here if p.start <= first and p.end >= last and all(n != m for m, _ in stack)]
        for number, p in sorted(wanted, key=lambda item: (-item[1].end, item[1].start, item[0])):
            yield Token(kind="open", passage=p, first=number not in opened)
            opened.add(number)
            stack.append((number, p))
        yield Token(kind="text", text=printable(text[first:last]))
    while stack:
        yield Token(kind="close", passage=stack.pop()[1])
    yield from _backs(here, end, closed)


def _backs(here: list[tuple[int, Passage]], at: int, closed: set[int]) -> Iterable[Token]:
    for number, p in here:
        if p.end <= at and number not in closed:
            closed.add(number)
            if p.back is not None:
                yield Token(kind="back", passage=p)
