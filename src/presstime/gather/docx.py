"""A Word document (.docx) to its content: paragraphs, headings, lists and tables in their order.

In: raw bytes and a name. Out: one `Content`, or a Problem (empty, encrypted, broken, too-large). Running heads and feet are
boilerplate at the end; nothing in the file is run or fetched. A paragraph in the style "Heading 1" is a heading.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from presstime.gather.content import Content
from presstime.gather.dates import date_in_name
from presstime.gather.header import date_line
from presstime.gather.pieces import Piece, one_line
from presstime.gather.stated import Stated
from presstime.gather.text import has_sentences
from presstime.records import PartKind, Problem

__all__ = ["docx_content"]

MAX_UNPACKED = 200_000_000
"""Bytes that the file unpacks to, its pictures included."""
MAX_XML = 50_000_000
"""Bytes of one part of text, unpacked; a book has 5,000,000. As a tree it takes about ten times as much memory."""
MAX_MEMBERS = 10_000
_STYLES: dict[str, PartKind] = {"title": "headline", "subtitle": "deck", "heading": "heading", "caption": "caption"}


def docx_content(data: bytes, name: str, file_name: str) -> Content | Problem:
    """The text of a Word document. `file_name` may date it where neither its text nor its properties do."""
    if (problem := _checked(data, name)) is not None:
        return problem
    import docx

    stated = Stated(name)
    try:
        document = docx.Document(BytesIO(data))
        pieces = list(_pieces(document))
        furniture = list(_furniture(document))
        about = document.core_properties
        title, author = about.title, about.author
        moment = about.modified or about.created
    except Exception as error:  # the library's fault on a damaged or hostile file must not end the run
        why = f"The document is damaged or cut short ({type(error).__name__}). Open it in Word, save it anew and give that."
        return Problem(where=name, what="broken", why=why)
    if not has_sentences("\n".join(piece.text for piece in pieces)):
        why = "The document holds no sentence: it is empty, or holds pictures only. Give the text that they show."
        return Problem(where=name, what="no-text", why=why)
    stated.take("headline", next((piece.text for piece in pieces if piece.kind == "headline"), None), "docx Title style")
    stated.take("headline", title, "docx title")
    stated.take("byline", author if author not in ("python-docx", "Unknown") else None, "docx author")
    stated.take("published", date_line("\n".join(piece.text for piece in pieces[:20])), "date line")
    stated.take("published", date_in_name(file_name), "file name")
    if isinstance(moment, datetime):
        moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        stated.take("published", moment.isoformat(), "docx modified")
    return stated.content([*pieces, *furniture], marked=True)


def _checked(data: bytes, name: str) -> Problem | None:
    """A Problem where the package is damaged, or would unpack to more than a document can."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            listed = package.infolist()
            # zipfile gives no more bytes of a member than its entry declares, so the entries bound what is unpacked.
            whole = sum(info.file_size for info in listed)
            largest = max((info.file_size for info in listed if info.filename.endswith((".xml", ".rels"))), default=0)
            locked = any(info.flag_bits & 0x1 for info in listed)
            entities = (
                next((info.filename for info in listed if _declares_entities(package, info)), None) if whole <= MAX_UNPACKED else None
            )
    except Exception as error:
        why = f"The document is damaged or cut short ({type(error).__name__}). Get it again, or give its text as .txt."
        return Problem(where=name, what="broken", why=why)
    if locked:
        return Problem(where=name, what="encrypted", why="The document needs a password. Save it without, and give that.")
    if whole > MAX_UNPACKED or largest > MAX_XML or len(listed) > MAX_MEMBERS:
        why = f"The document unpacks to {whole:,} bytes, more than a text has. Save it anew without pictures, or give its text."
        return Problem(where=name, what="too-large", why=why)
    if entities is not None:
        why = (
            "The document declares entities of its own, which no word processor does: it was not read. Save it anew in one, and give that."
        )
        return Problem(where=name, what="entities", why=why)
    return None


def _declares_entities(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    if not info.filename.endswith((".xml", ".rels")) or info.file_size > MAX_XML:
        return False
    with package.open(info) as part:
        return b"<!DOCTYPE" in part.read(4096)


def _pieces(document: Any) -> Iterator[Piece]:
    """Paragraphs and tables in their order; a table's row is one line, its cells parted by strokes."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            rows = []
            for row in block.rows:
                cells: list[str] = []
                for cell in row.cells:
                    words = one_line(cell.text) or ""
                    if words and (not cells or cells[-1] != words):  # a merged cell is given once for each column
                        cells.append(words)
                rows.append(" | ".join(cells))
            if text := "\n".join(row for row in rows if row):
                yield Piece(text=_clean(text))
        elif text := _clean("\n".join(line for line in (" ".join(line.split()) for line in block.text.split("\n")) if line)):
            yield Piece(text=text, kind=_kind(block))


def _kind(paragraph: Any) -> PartKind:
    """What a paragraph's style says it is; a style of the user's own counts by the one it is based on."""
    style = paragraph.style
    for _ in range(10):
        if style is None:
            break
        if kind := _STYLES.get(str(style.name or "").lower().split(" ")[0]):
            return kind
        style = style.base_style
    return "paragraph"


def _furniture(document: Any) -> Iterator[Piece]:
    """The running heads and feet, each once."""
    seen: set[str] = set()
    for section in document.sections:
        for holder in (section.header, section.footer):
            for paragraph in holder.paragraphs:
                text = _clean(one_line(paragraph.text) or "")
                if text and text not in seen:
                    seen.add(text)
                    yield Piece(text=text, kind="boilerplate")


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").strip()
