"""A .txt or .md file's bytes to its content.

In: raw bytes and a name. Out: `Content`, or a Problem (empty, binary, encoding, not-an-article). Newlines become \\n;
everything else stays as it is. "Outlet: The Harrow Post", an empty line and an article give that article's text.
"""

from __future__ import annotations

import re
from typing import Any

from presstime.gather.content import Content
from presstime.gather.decode import Decoded, decode
from presstime.gather.header import date_line, front_matter, header_lines
from presstime.gather.markdown import plain_text
from presstime.records import Media, Part, Problem, Provenance

__all__ = ["encoding_notes", "has_sentences", "text_content"]

MIN_WORDS = 4
"""Four words on one line: "Five dead in Velmora" is an article's text, a list of numbers or of names is none."""
MIN_UNSPACED = 12
"""Characters in a row, with the marks between clauses, of a script written without spaces, where words cannot be counted."""

_WORDS = re.compile(rf"(?<!\w)(?:[^\W\d_][^\s,;|/\\<>{{}}=]{{0,60}}[,;:]?[ \t\xa0]+){{{MIN_WORDS - 1}}}[“\"'(‘]?[^\W\d_]")
_UNSPACED = re.compile(
    r"(?:[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff][,;:\uff0c\uff1b\uff1a\u3001\u3002\u300c\u300d\u201c\u201d]?)"
    rf"{{{MIN_UNSPACED}}}"
)


def text_content(data: bytes, name: str, *, markdown: bool) -> Content | Problem:
    """The content of a plain text, or of Markdown with its marks taken off."""
    if not data.strip():
        return Problem(where=name, what="empty", why="The file holds nothing. Save it again with its text, or leave it out.")
    decoded = decode(data, name)
    if isinstance(decoded, Problem):
        return decoded
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    stated, text = front_matter(text, name) if markdown else (None, text)
    if stated is None or not stated.fields:
        stated, text = header_lines(text, name)
    parts: tuple[Part, ...] = ()
    media: tuple[Media, ...] = ()
    if markdown:
        text, parts, media = plain_text(text)
    if not text.strip():
        return Problem(where=name, what="empty", why="The file holds no text besides its header. Add the text below an empty line.")
    if not has_sentences(text):
        why = "No line of the file reads as a sentence. Give the article itself, as text."
        return Problem(where=name, what="not-an-article", why=why)
    provenance, problems = encoding_notes(decoded, name)
    fields, sources = stated.fields, stated.provenance
    if "published" not in fields and (day := date_line(text)) is not None:
        fields, sources = {**fields, "published": day}, (*sources, Provenance(field="published", source="date line"))
    return Content(
        text=text,
        **dict[str, Any](fields),
        parts=parts,
        media=media,
        provenance=sources + provenance,
        problems=stated.problems + problems,
    )


def has_sentences(text: str) -> bool:
    """Whether some line of `text` has words enough in a row to be a sentence, in whatever script."""
    return bool(_WORDS.search(text) or _UNSPACED.search(text))


def encoding_notes(decoded: Decoded, name: str) -> tuple[tuple[Provenance, ...], tuple[Problem, ...]]:
    """What is to be said about a text's encoding: one other than UTF-8, or bytes that could not be read."""
    provenance = () if decoded.encoding == "utf-8" else (Provenance(field="text", source=f"decoded as {decoded.encoding}"),)
    if not decoded.broken:
        return provenance, ()
    why = f"{decoded.broken} bytes are not {decoded.encoding.upper()} and stand as \ufffd in the text. Check them against the original."
    return provenance, (Problem(where=name, what="encoding", why=why),)
