"""The brief's notes: for every sentence, where each of its words can be checked.

In: the records a sentence rests on. Out: marks such as "[^3]" for the sentence, and at the end the notes themselves: outlet, headline,
date, the passage verbatim, the document's id and the offsets. The same passage is one note.
Example: `[^3]: The Velm Post, “Flood below dam”, 3 March 2026: “At least 12 people have died.” (doc-…, characters 120–149)`.
"""

from __future__ import annotations

import re

from presstime.records import Document, Span
from presstime.show.material import Index, outlet_name
from presstime.show.moments import moment_words
from presstime.show.passages import printable
from presstime.show.sentences import sentence_around

__all__ = ["Notes", "escape"]

_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")


def escape(words: str) -> str:
    """Words as Markdown shows them: nothing in them is taken for markup, and line breaks are spaces."""
    return _MARKDOWN.sub(r"\\\1", " ".join(printable(words).split()))


class Notes:
    """Numbers the evidence as sentences cite it."""

    def __init__(self, index: Index) -> None:
        """No note is given yet."""
        self._index = index
        self._numbers: dict[tuple[str, int, int], int] = {}

    def cite(self, *records: str) -> str:
        """The marks for these records (statements, figures, events), each at its source's sentence."""
        marks = dict.fromkeys(mark for record in records for mark in self._mark(record))
        return "".join(marks)

    def cite_documents(self, *documents: str) -> str:
        """The marks for whole documents."""
        return "".join(self._number((document, -1, -1)) for document in documents if document in self._index.documents)

    def _mark(self, record: str) -> list[str]:
        holder = self._index.document_of.get(record)
        if holder is None:
            return []
        document = self._index.documents[holder]
        statement = self._index.statements.get(record)
        if statement is not None:
            spans = statement.content or ((statement.cue,) if statement.cue else ())
        else:
            one = self._index.figures.get(record) or self._index.events.get(record)
            spans = (Span(start=one.start, end=one.end),) if one else ()
        if not spans:
            return []
        around = [sentence_around(document, span.start, span.end) for span in spans]
        return [self._number((holder, min(span.start for span in around), max(span.end for span in around)))]

    def _number(self, key: tuple[str, int, int]) -> str:
        return f"[^{self._numbers.setdefault(key, len(self._numbers) + 1)}]"

    def lines(self) -> list[str]:
        """The notes, in order, one a line."""
        return [f"[^{number}]: {self._note(*key)}" for key, number in self._numbers.items()]

    def _note(self, holder: str, start: int, end: int) -> str:
        document = self._index.documents[holder]
        head = _head(document, self._index.material.time_zone)
        if start < 0:
            return f"{head} ({escape(holder)}, SHA-256 {document.sha256[:12]})"
        return f"{head}: “{escape(document.text[start:end])}” ({escape(holder)}, characters {start}–{end})"


def _head(document: Document, time_zone: str) -> str:
    headline = f", “{escape(document.headline)}”" if document.headline else ""
    return f"{escape(outlet_name(document))}{headline}, {moment_words(document.published, time_zone) or 'undated'}"
