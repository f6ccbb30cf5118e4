"""Pieces: the paragraphs of a text to be, each with what it is, before they are one text.

In: paragraphs as a page, a mail, a feed's entry or a statement has them. Out: the text, paragraphs separated by an empty
line, with a part for each that is more than a paragraph, and the captions' media. "<p>Five died.</p><h2>Roads</h2>" gives
"Five died.", then a heading "Roads".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from presstime.records import Media, Part, PartKind, Problem, Record, Span

__all__ = ["Piece", "clean_tree", "fragment_pieces", "joined", "one_line", "parsed_fragment", "plain_pieces", "tree_pieces"]

MAX_FRAGMENT_ELEMENTS = 50_000
"""Elements of one entry, mail or post. Blocks are found in the number of elements, 50,000 of them in under a second."""

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_BREAK = "\ue000"
"""Stands for a <br> while white space is made single; a private character, taken out of the text before."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CREDIT_LABEL = re.compile(r"^(?:photo(?:graph)?|image|picture|credit|source)s?(?:\s+by|\s+courtesy of)?\s*[:/]\s*", re.IGNORECASE)


class Piece(Record, frozen=True):
    """A paragraph of the text to be: its words, what it is, and a caption's credit."""

    text: str
    kind: PartKind = "paragraph"
    credit: str | None = None


def joined(pieces: Iterable[Piece], *, marked: bool = False) -> tuple[str, tuple[Part, ...], tuple[Media, ...]]:
    """The text, a part for each piece that is more than a paragraph (each piece, where `marked`), and the captions' media."""
    parts: list[Part] = []
    media: list[Media] = []
    texts: list[str] = []
    position = 0
    for piece in pieces:
        end = position + len(piece.text)
        if marked or piece.kind != "paragraph":
            parts.append(Part(kind=piece.kind, start=position, end=end))
        if piece.kind == "caption":
            media.append(Media(caption=Span(start=position, end=end), credit=piece.credit))
        texts.append(piece.text)
        position = end + 2
    return "\n\n".join(texts), tuple(parts), tuple(media)


def plain_pieces(text: str) -> list[Piece]:
    """The paragraphs of plain text: what stands between empty lines, its own line breaks kept."""
    flat = text.replace("\r\n", "\n").replace("\r", "\n")
    return [Piece(text=block.strip("\n").rstrip()) for block in re.split(r"\n[^\S\n]*\n", flat) if block.strip()]


def one_line(text: str | None) -> str | None:
    """`text` with its white space, line breaks too, as single spaces; None where nothing is left."""
    return " ".join((text or "").split()) or None


def parsed_fragment(markup: str) -> Any:
    """A piece of HTML as a tree under one <div>, or None where there is nothing to parse. Nothing is loaded from anywhere."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(no_network=True, remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8")
    try:
        cleaned = _NOT_XML.sub(" ", markup).replace(_BREAK, " ").encode("utf-8", "replace")
        root = document_fromstring(b"<div>" + cleaned + b"</div>", parser=parser)
    except (etree.LxmlError, ValueError, RecursionError, AssertionError):
        return None
    clean_tree(root)
    return root


def clean_tree(root: Any) -> None:
    """Takes the characters out of a tree that its own library does not let in: "&#1;" brings them past the parser."""
    for element in root.iter():
        if element.text and _NOT_XML.search(element.text):
            element.text = _NOT_XML.sub(" ", element.text)
        if element.tail and _NOT_XML.search(element.tail):
            element.tail = _NOT_XML.sub(" ", element.tail)


def fragment_pieces(markup: str, name: str) -> list[Piece] | Problem:
    """The paragraphs of a piece of HTML that is an article already: an entry's content, a post, a mail's body.

    A list's items and a table's cells are paragraphs of their own; a <figcaption> is a caption with its credit.
    """
    if "<" not in markup and "&" not in markup:
        return plain_pieces(markup)
    root = parsed_fragment(markup)
    return [] if root is None else tree_pieces(root, name)


def tree_pieces(root: Any, name: str) -> list[Piece] | Problem:
    """The paragraphs of a parsed piece of HTML."""
    from presstime.gather.blocks import page_blocks

    elements = sum(1 for _ in root.iter())
    if elements > MAX_FRAGMENT_ELEMENTS:
        why = f"The text has {elements:,} elements, more than the {MAX_FRAGMENT_ELEMENTS:,} allowed. Give it as plain text."
        return Problem(where=name, what="too-large", why=why)
    for element in root.iter("br"):
        element.tail = f"{_BREAK}{element.tail or ''}"
    pieces: list[Piece] = []
    for block in page_blocks(root):
        kind: PartKind = "heading" if block.tag in _HEADINGS else "paragraph"
        if block.caption is not None:
            kind = "caption"
        credit = _CREDIT_LABEL.sub("", block.credit.strip("()[] ")) if block.credit and kind == "caption" else None
        for paragraph in re.split(rf"{_BREAK}\s*{_BREAK}", block.text):
            lines = (" ".join(line.split()) for line in re.split(rf"[\n{_BREAK}]", paragraph))
            if text := "\n".join(line for line in lines if line):
                pieces.append(Piece(text=text, kind=kind, credit=credit))
    return pieces
