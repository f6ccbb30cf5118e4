"""The brief's notes: for every sentence, where each of its words can be checked.

In: a brief's `Note`s and the index. Out: the notes in Markdown: outlet, headline, date, the passage verbatim, the document's id and the
offsets. The same passage is one note.
Example: `[^3]: The Velm Post, “Flood below dam”, 3 March 2026: “At least 12 people have died.” (doc-…, characters 120–149)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from presstime.records import Document
from presstime.show.anatomy import Note
from presstime.show.material import Index, outlet_name
from presstime.show.moments import moment_words
from presstime.show.passages import printable

__all__ = ["escape", "note_line"]

_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")


def escape(words: str) -> str:
    """Words as Markdown shows them: nothing in them is taken for markup, and line breaks are spaces."""
    return _MARKDOWN.sub(r"\\\1", " ".join(printable(words).split()))


def note_line(index: Index, note: Note, held: Callable[[str], str], *, quoting: bool = True) -> str:
    """A note as a line of Markdown. `held` takes out of the words what is held back.

    Without `quoting` it leads to the passage by the document's address, hash and characters, and does not give its words.
    """
    document = index.documents[note.document]
    head = f"[^{note.number}]: {_head(document, index.material.time_zone, held)}"
    if note.start is None or note.end is None:
        return f"{head} ({escape(held(note.document))}, SHA-256 {document.sha256[:12]})"
    if not quoting:
        way = f"{escape(document.url)}, " if document.url and held(document.url) == document.url else ""
        return f"{head} ({way}{escape(held(note.document))}, SHA-256 {document.sha256[:12]}, characters {note.start}–{note.end})"
    passage = escape(held(document.text[note.start : note.end]))
    return f"{head}: “{passage}” ({escape(held(note.document))}, characters {note.start}–{note.end})"


def _head(document: Document, time_zone: str, held: Callable[[str], str]) -> str:
    headline = f", “{escape(held(document.headline))}”" if document.headline else ""
    return f"{escape(held(outlet_name(document)))}{headline}, {moment_words(document.published, time_zone) or 'undated'}"
