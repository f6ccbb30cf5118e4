"""DOCX: the brief as a Word document, its notes as endnotes.

In: a `Shown`. Out: the document's bytes. Headings, lists, quotations and tables are Word's own styles; every note's mark is an endnote,
and a note that is cited again is a cross-reference to it. Right-to-left words are marked as such, run by run.
Example: "At least 12 people were killed.[^1]" is a sentence with the endnote that quotes its source.
"""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from presstime.show.brief import render_brief
from presstime.show.export.brief_text import Block, Run, parse_markdown
from presstime.show.export.endnotes import endnotes_part
from presstime.show.export.missing import library
from presstime.show.export.packing import repack
from presstime.show.export.shown import Shown
from presstime.show.export.when import parse_moment
from presstime.show.passages import printable

__all__ = ["docx", "docx_of_markdown"]

_STYLES = {"bullet": "List Bullet", "number": "List Number", "quote": "Intense Quote", "paragraph": "Normal"}
_DEEPEST_LIST = 3
"""Word's built-in list styles go three levels deep."""
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def docx(shown: Shown) -> bytes:
    """The brief. Raises InputError where python-docx is missing."""
    material = shown.material
    moment = parse_moment(material.as_of, ZoneInfo(material.time_zone)) or datetime(1980, 1, 1, tzinfo=UTC)
    return docx_of_markdown(
        render_brief(shown.printed, evidence=shown.evidence), title=material.title, author=f"presstime {material.presstime}", moment=moment
    )


def docx_of_markdown(text: str, *, title: str, author: str, moment: datetime) -> bytes:
    """Any Markdown as a Word document, the same bytes for the same text."""
    read = parse_markdown(printable(text))
    library("docx")
    document = library("docx").Document()
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = printable(title)[:255], author[:255], author[:255]
    properties.created = properties.modified = moment.astimezone(UTC).replace(tzinfo=None)
    properties.comments, properties.revision = "", 1
    writer = _Writer(document, read.notes)
    for is_table, group in groupby(read.blocks, key=lambda block: block.kind == "row"):
        blocks = list(group)
        if is_table:
            writer.table(blocks)
        else:
            for block in blocks:
                writer.block(block)
    endnotes_part(document, [read.notes.get(label, (Run(text="(no note of this number)"),)) for label in writer.numbers])
    made = io.BytesIO()
    document.save(made)
    return repack(made.getvalue(), {})


class _Writer:
    """Writes blocks into a document and numbers the notes as they come."""

    def __init__(self, document: Any, notes: dict[str, tuple[Run, ...]]) -> None:
        self.document = document
        self.notes = notes
        self.numbers: dict[str, int] = {}
        self.oxml = library("docx.oxml")
        self.qn = library("docx.oxml.ns").qn

    def block(self, block: Block) -> None:
        """A heading, a paragraph, an item, a quotation or a rule."""
        if block.kind == "heading":
            paragraph = self.document.add_heading(level=min(block.level, 9))
        elif block.kind == "rule":
            paragraph = self.document.add_paragraph("* * *")
        else:
            style = _STYLES[block.kind]
            if block.kind in ("bullet", "number") and block.level > 1:
                style += f" {min(block.level, _DEEPEST_LIST)}"
            paragraph = self.document.add_paragraph(style=style)
        self.runs(paragraph, block.runs)

    def table(self, rows: list[Block]) -> None:
        """Rows of cells, the first of them the header."""
        table = self.document.add_table(rows=len(rows), cols=max(len(row.cells) for row in rows), style="Table Grid")
        for made, row in zip(table.rows, rows, strict=True):
            for cell, runs in zip(made.cells, row.cells, strict=False):
                self.runs(cell.paragraphs[0], runs)

    def runs(self, paragraph: Any, runs: tuple[Run, ...]) -> None:
        """Words and marks of notes."""
        if _is_right_to_left("".join(run.text for run in runs)):
            paragraph._p.get_or_add_pPr().insert_element_before(self.oxml.OxmlElement("w:bidi"), "w:jc", "w:rPr", "w:sectPr")
        for run in runs:
            if run.note is not None:
                self.mark(paragraph, run.note)
                continue
            for text, right_to_left in _directions(run.text):
                self.words(paragraph, run, text, right_to_left)
            if run.link and run.link != run.text:
                paragraph.add_run(f" ({run.link})")

    def words(self, paragraph: Any, run: Run, text: str, right_to_left: bool) -> None:
        """Words of one direction."""
        made = paragraph.add_run(text)
        made.bold, made.italic = run.bold or None, run.italic or None
        if right_to_left:
            made.font.rtl = True
        if run.code:
            made.font.name = "Courier New"

    def mark(self, paragraph: Any, label: str) -> None:
        """The mark of a note: an endnote where it is cited first, a cross-reference to it after."""
        known = label in self.numbers
        number = self.numbers.setdefault(label, len(self.numbers) + 1)
        bookmark = f"_RefNote{number}"
        if not known:
            start, end = self.element("w:bookmarkStart", id=str(number), name=bookmark), self.element("w:bookmarkEnd", id=str(number))
            paragraph._p.append(start)
            self.raised(paragraph).append(self.element("w:endnoteReference", id=str(number)))
            paragraph._p.append(end)
            return
        for kind in ("begin", "instruction", "separate", "result", "end"):
            run = self.raised(paragraph)
            if kind == "instruction":
                instruction = self.element("w:instrText")
                instruction.text = f" NOTEREF {bookmark} \\h "
                instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                run.append(instruction)
            elif kind == "result":
                made = self.element("w:t")
                made.text = str(number)
                run.append(made)
            else:
                run.append(self.element("w:fldChar", fldCharType=kind))

    def raised(self, paragraph: Any) -> Any:
        """An empty run whose text stands above the line."""
        run = paragraph.add_run()
        run.font.superscript = True
        return run._r

    def element(self, tag: str, /, **attributes: str) -> Any:
        """An element of WordprocessingML."""
        made = self.oxml.OxmlElement(tag)
        for key, value in attributes.items():
            made.set(self.qn(f"w:{key}"), value)
        return made


def _is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    first = next((kind for c in text if (kind := unicodedata.bidirectional(c)) in ("L", "R", "AL")), "L")
    return first in _RIGHT_TO_LEFT


def _directions(text: str) -> list[tuple[str, bool]]:
    """The text in pieces of one direction; spaces and marks go with what stands before them."""
    if not any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text):
        return [(text, False)]
    pieces: list[tuple[str, bool]] = []
    for word in re.findall(r"\S+\s*|\s+", text):
        turned = any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in word)
        if pieces and pieces[-1][1] == turned:
            pieces[-1] = (pieces[-1][0] + word, turned)
        else:
            pieces.append((word, turned))
    return pieces
