"""The sentence around some words, found from the characters alone.

In: a document and a span of its text. Out: the span of the sentence or sentences that hold it, never past the part of the page it
stands in. Used to show an event or an act in the source's own words; reading has its own, better, sentences.
Example: around "fell" in "It rained. Shells fell at noon. All ran." is "Shells fell at noon."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presstime.records import Document, Part, Span
from presstime.show.wording import WORDS

__all__ = ["blocks", "passage_around", "sentence_around", "sentence_spans"]

_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s+[\"“‘«(\[]*[^\W_a-z]|\s*$)")
_CLOCK = ("a.m", "p.m")
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")


def blocks(document: Document) -> tuple[Part, ...]:
    """The document's parts, with every stretch no part covers as a paragraph, so that nothing of the text is left out."""
    text = document.text
    found: list[Part] = []
    at = 0
    for part in sorted(document.parts, key=lambda part: (part.start, part.end)):
        start, end = max(part.start, at), min(part.end, len(text))
        if start >= end:
            continue
        found.extend(_paragraphs(text, at, start))
        found.append(Part(kind=part.kind, start=start, end=end))
        at = end
    found.extend(_paragraphs(text, at, len(text)))
    return tuple(found)


def _paragraphs(text: str, start: int, end: int) -> Iterator[Part]:
    breaks = [match.span() for match in _PARAGRAPH_BREAK.finditer(text, start, end)]
    edges = [start, *(edge for pair in breaks for edge in pair), end]
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        words = text[first:last]
        if words.strip():
            lead = len(words) - len(words.lstrip())
            yield Part(kind="paragraph", start=first + lead, end=first + len(words.rstrip()))


def _abbreviated(text: str, stop: int) -> bool:
    """Whether the full stop at `stop` is an abbreviation's; after "a.m." and "p.m." a sentence goes on only with a day."""
    word = re.search(r"[\w.]*\Z", text[max(0, stop - 12) : stop])
    before = word[0].lower() if word else ""
    if before in _CLOCK:
        following = re.match(r"\W*(\w+)", text[stop : stop + 20])
        return following is not None and following[1].lower() in WORDS.grammar.days
    return before in WORDS.grammar.abbreviations or (len(before) == 1 and before.isalpha())


def sentence_spans(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The sentences of text[start:end], in order, without the white space around them."""
    found: list[Span] = []
    first = start
    ends = [match.end() for match in _END.finditer(text, start, end) if not _abbreviated(text, match.start())]
    for last in [*ends, end]:
        words = text[first:last]
        if words.strip():
            lead = len(words) - len(words.lstrip())
            found.append(Span(start=first + lead, end=first + len(words.rstrip())))
        first = max(first, last)
    return tuple(found)


def _part_at(document: Document, position: int) -> Part | None:
    """The block that holds a position, as `blocks` would give it."""
    before, after = 0, len(document.text)
    for part in document.parts:
        if part.start <= position < part.end:
            return part
        before = max(before, part.end) if part.end <= position else before
        after = min(after, part.start) if part.start > position else after
    return next((part for part in _paragraphs(document.text, before, after) if part.start <= position < part.end), None)


def sentence_around(document: Document, start: int, end: int) -> Span:
    """The span of the sentences of one part that hold text[start:end]; at least that span itself."""
    part = _part_at(document, start)
    if part is None:
        return Span(start=start, end=end)
    held = [span for span in sentence_spans(document.text, part.start, part.end) if span.start < max(end, start + 1) and span.end > start]
    if not held:
        return Span(start=start, end=end)
    return Span(start=min(start, held[0].start), end=max(end, held[-1].end))


MOST_JOINED = 4
"""Sentences that a passage may be widened by, so that no quotation in it is cut open."""


def passage_around(document: Document, start: int, end: int) -> Span:
    """`sentence_around`, widened within its part by the sentences that a quotation running through them holds."""
    held = sentence_around(document, start, end)
    part = _part_at(document, held.start)
    if part is None or _closed(document.text[held.start : held.end]):
        return held
    spans = sentence_spans(document.text, part.start, part.end)
    first = next((n for n, span in enumerate(spans) if span.end > held.start), 0)
    last = next((n for n in range(len(spans) - 1, -1, -1) if spans[n].start < held.end), first)
    for more in range(1, MOST_JOINED + 1):
        tried = ((first - more, last), (first, last + more), (first - more, last + more))
        for one, other in tried:
            if one >= 0 and other < len(spans) and _closed(document.text[spans[one].start : spans[other].end]):
                return Span(start=min(held.start, spans[one].start), end=max(held.end, spans[other].end))
    return held


def _closed(words: str) -> bool:
    """Whether every quotation that is opened is closed, in this order."""
    if words.count('"') % 2:
        return False
    depth = 0
    for character in words:
        depth += (character == "“") - (character == "”")
        if depth < 0:
            return False
    return depth == 0
