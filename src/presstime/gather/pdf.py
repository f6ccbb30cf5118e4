"""A PDF's bytes to its content: the text of its pages as paragraphs, with headings and page furniture marked.

In: raw bytes and a name. Out: one `Content`, or a Problem (encrypted, no-text for a scan, broken, too-large). Nothing in the
file is run or fetched. A statement of two pages headed "Velm Water Board" gives its paragraphs, and that line as boilerplate.
"""

from __future__ import annotations

import logging
import re
from datetime import datetime
from io import BytesIO
from typing import Any

from presstime.gather.content import Content
from presstime.gather.dates import date_in_name
from presstime.gather.header import date_line
from presstime.gather.pdf_lines import Line, paragraphs
from presstime.gather.stated import Stated
from presstime.gather.text import has_sentences
from presstime.records import Problem

__all__ = ["pdf_content"]

MAX_PAGES = 1_000
MAX_PAGE_BYTES = 8_000_000
"""Unpacked bytes that draw one page. A dense page of text has 100,000; pypdf takes 2 s for 1,000,000."""
MAX_OPERATORS = 1_000_000
"""Drawing operators of one file: a page of text has 2,000. A page may call a form that calls another, without end."""
MAX_TEXT = 5_000_000
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


class _TooMuch(Exception):
    """The file draws more than a page of text can."""


class _Page:
    """The lines of one page, put together from the runs of text that pypdf hands over."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._words: list[str] = []
        self._first: tuple[float, float, float, bool] | None = None

    def run(self, text: str, around: Any, matrix: Any, font: Any, size: Any) -> None:
        for number, piece in enumerate(text.split("\n")):
            if number:
                self.close()
            if piece:
                if self._first is None and piece.strip():
                    self._first = _placed(around, matrix, font, size)
                self._words.append(piece)

    def close(self) -> None:
        text = _CONTROL.sub(" ", "".join(self._words)).replace("\u00ad", "-").encode("utf-8", "replace").decode("utf-8").strip()
        if text and self._first is not None:
            x, y, size, bold = self._first
            self.lines.append(Line(text=text, x=x, y=y, size=size, bold=bold))
        self._words.clear()
        self._first = None


def pdf_content(data: bytes, name: str, file_name: str) -> Content | Problem:
    """The text of a PDF. `file_name` may date it where neither its text nor its properties do."""
    from pypdf import PdfReader

    # It logs every slip of a damaged file, where a Problem says so.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    if not data.strip():
        return Problem(where=name, what="empty", why="The file holds nothing. Get it again, or leave it out.")
    stated = Stated(name)
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return _encrypted(name)
        pages, blank = _pages(reader, stated)
        properties = _properties(reader)
    except _TooMuch:
        why = "The PDF draws more than can be read (its pages call each other, or are vast). Print it to a new PDF, or give its text."
        return Problem(where=name, what="too-large", why=why)
    except Exception as error:  # the library's fault on a damaged or hostile file must not end the run
        if type(error).__name__ in ("DependencyError", "WrongPasswordError", "FileNotDecryptedError"):
            return _encrypted(name)
        why = f"The PDF is damaged or cut short ({type(error).__name__}). Get it again, or give its text as .txt."
        return Problem(where=name, what="broken", why=why)
    pieces = paragraphs(pages)
    if not has_sentences("\n".join(piece.text for piece in pieces)):
        if any(pages):
            why = "The PDF's letters cannot be told (its fonts do not say which they are), or it holds no sentence. Give its text as .txt."
            return Problem(where=name, what="no-text", why=why)
        why = "The PDF holds no text: it is a scan, pictures of pages. Run text recognition (OCR) over it and give what that makes."
        return Problem(where=name, what="no-text", why=why)
    if blank:
        shown = ", ".join(str(number) for number in blank[:5]) + (" …" if len(blank) > 5 else "")
        stated.problem("no-text", f"Of the PDF's pages {len(blank)} hold no text ({shown}); scans need text recognition (OCR) first.")
    title = next((piece.text for piece in pieces if piece.kind == "headline"), None)
    stated.take("headline", title, "pdf largest type")
    stated.take("headline", properties.get("/Title"), "pdf Title")
    stated.take("byline", properties.get("/Author"), "pdf Author")
    text = "\n".join(piece.text for piece in pieces[:20])
    stated.take("published", date_line(text), "date line")
    stated.take("published", date_in_name(file_name), "file name")
    stated.take("published", properties.get("/CreationDate"), "pdf CreationDate")
    return stated.content(pieces, marked=True)


def _pages(reader: Any, stated: Stated) -> tuple[list[list[Line]], list[int]]:
    """The lines of each page, and the numbers of pages that have none. A page that cannot be read is a Problem of its own."""
    pages: list[list[Line]] = []
    blank: list[int] = []
    operators = letters = 0

    def count(*_: Any) -> None:
        nonlocal operators
        operators += 1
        if operators > MAX_OPERATORS:
            raise _TooMuch

    number = 0
    for number, page in enumerate(reader.pages, 1):
        if number > MAX_PAGES or letters > MAX_TEXT:
            stated.problem("too-large", f"The PDF was read as far as page {number - 1}; what follows is past the limit. Split it.")
            break
        found = _Page()
        try:
            contents = page.get_contents()
            if contents is not None and len(contents.get_data()) > MAX_PAGE_BYTES:
                raise _TooMuch
            page.extract_text(visitor_text=found.run, visitor_operand_before=count)
        except _TooMuch:
            raise
        except Exception as error:
            stated.problem("broken", f"Page {number} of the PDF cannot be read ({type(error).__name__}). Look at it, and give its text.")
        found.close()
        letters += sum(len(line.text) for line in found.lines)
        pages.append(found.lines)
        if not found.lines:
            blank.append(number)
    return pages, blank


def _placed(around: Any, matrix: Any, font: Any, size: Any) -> tuple[float, float, float, bool]:
    """Where a run of text stands on the page, its type's size as shown, and whether it is bold."""
    a, b, c, d, e, f = (float(each) for each in around[:6])
    x, y = float(matrix[4]), float(matrix[5])
    scale = abs(float(matrix[3]) * d) or abs(float(matrix[1]) * c) or 1.0
    name = str(font.get("/BaseFont", "")) if font is not None else ""
    shown = abs(float(size or 1)) * scale
    return a * x + c * y + e, b * x + d * y + f, shown or 10.0, bool(_BOLD.search(name))


def _properties(reader: Any) -> dict[str, str]:
    """The file's title, author and day of making, as its properties state them."""
    found: dict[str, str] = {}
    try:
        about: Any = reader.metadata or {}
    except Exception:
        return found
    for key in ("/Title", "/Author"):
        value = about.get(key)
        if isinstance(value, str):
            found[key] = _CONTROL.sub(" ", value)[:500]
    try:
        moment = about.creation_date
    except Exception:  # a date that is none
        moment = None
    if isinstance(moment, datetime):
        found["/CreationDate"] = moment.date().isoformat() if moment.tzinfo is None else moment.isoformat()
    return found


def _encrypted(name: str) -> Problem:
    why = "The PDF needs a password, or is encrypted in a way that is not known here. Save it without, and give that."
    return Problem(where=name, what="encrypted", why=why)
