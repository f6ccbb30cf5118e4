"""The endnotes of a Word document, which python-docx does not write itself.

In: a document and the notes' words, in order. Out: nothing; the document has the part `/word/endnotes.xml`, numbered 1, 2, 3.
Example: the second note is `<w:endnote w:id="2">` with its words behind its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from presstime.show.export.brief_text import Run
from presstime.show.export.missing import library

__all__ = ["endnotes_part"]

_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/endnotes"
_RULES = "".join(
    f'<w:endnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:endnote>'
    for kind, number in (("separator", -1), ("continuationSeparator", 0))
)


def endnotes_part(document: Any, notes: Sequence[tuple[Run, ...]]) -> None:
    """Adds the notes, the first of them number 1; nothing where there are none."""
    if not notes:
        return
    body = "".join(_note(number, runs) for number, runs in enumerate(notes, 1))
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:endnotes xmlns:w="{_NS}">{_RULES}{body}</w:endnotes>'
    opc = library("docx.opc.part")
    name = library("docx.opc.packuri").PackURI("/word/endnotes.xml")
    part = opc.Part(name, _TYPE, xml.encode("utf-8"), document.part.package)
    document.part.relate_to(part, _RELATION)
    oxml, qn = library("docx.oxml"), library("docx.oxml.ns").qn
    decimal = oxml.OxmlElement("w:numFmt")
    decimal.set(qn("w:val"), "decimal")
    numbering = oxml.OxmlElement("w:endnotePr")
    numbering.append(decimal)
    document.sections[-1]._sectPr.insert(0, numbering)


def _note(number: int, runs: Sequence[Run]) -> str:
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    words = "".join(
        f'<w:r><w:rPr>{"<w:b/>" * run.bold}{"<w:i/>" * run.italic}</w:rPr><w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>'
        for run in runs
    )
    return (
        f'<w:endnote w:id="{number}"><w:p><w:r>{raised}<w:endnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> </w:t></w:r>{words}</w:p></w:endnote>'
    )
