"""The brief as Markdown, DOCX and PDF, read back by python-docx, pypdf and, where it is installed, pdftotext."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx as python_docx
import pypdf
import pytest
from lxml import etree

from presstime.problems import InputError
from presstime.show.brief import render_brief
from presstime.show.export import missing
from presstime.show.export.brief_text import markdown, parse_markdown
from presstime.show.export.docx import docx, docx_of_markdown
from presstime.show.export.pdf import pdf
from presstime.show.export.shown import Shown

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOMENT = datetime(2026, 3, 3, 20, tzinfo=UTC)
MADE = """# Five dead in *Velm*[^b]

Said **Ilan Voss**.[^a] And again.[^b] See [the post](https://example.org/a).

- one
  - deeper

1. first

> quoted \\*words\\*

| giver | killed |
|---|---|
| Ministry | 5 |

* * *

وقالت الوزارة إن خمسة قتلوا.

[^a]: The Velm Post: “five dead” & more
[^b]: Radio <Ledovia>
"""


def write(text: str) -> bytes:
    return docx_of_markdown(text, title="T", author="presstime", moment=MOMENT)


def endnotes(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/endnotes.xml"))
    return ["".join(note.itertext()).strip() for note in root if note.get(f"{W}type") is None]


def test_structure_is_kept() -> None:
    document = python_docx.Document(io.BytesIO(write(MADE)))
    found = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs if paragraph.text]
    assert found[:6] == [
        ("Heading 1", "Five dead in Velm"),
        ("Normal", "Said Ilan Voss. And again.1 See the post (https://example.org/a)."),
        ("List Bullet", "one"),
        ("List Bullet 2", "deeper"),
        ("List Number", "first"),
        ("Intense Quote", "quoted *words*"),
    ]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["giver", "killed"], ["Ministry", "5"]]
    assert [run.text for run in document.paragraphs[1].runs if run.bold] == ["Ilan Voss"]


def test_notes_are_endnotes_in_the_order_in_which_they_are_cited() -> None:
    data = write(MADE)
    assert endnotes(data) == ["Radio <Ledovia>", "The Velm Post: “five dead” & more"]
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    assert [ref.get(f"{W}id") for ref in body.iter(f"{W}endnoteReference")] == ["1", "2"]
    assert [field.text.strip() for field in body.iter(f"{W}instrText")] == ["NOTEREF _RefNote1 \\h"]


def test_right_to_left_words_are_marked() -> None:
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(write(MADE))).read("word/document.xml"))
    turned = [p for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}bidi") is not None]
    assert len(turned) == 1 and "وقالت" in "".join(turned[0].itertext())
    assert turned[0].find(f"{W}r/{W}rPr/{W}rtl") is not None


def test_brackets_that_are_words_are_no_notes() -> None:
    read = parse_markdown("He wrote \\[^1\\] and `[^1]`.[^1]\n\n[^1]: note\n")
    (block,) = read.blocks
    assert [run.note for run in block.runs if run.note] == ["1"]
    assert "".join(run.text for run in block.runs) == "He wrote [^1] and [^1]."


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\\(.)", r"\1", re.sub(r"\[\^\d+\]|\*|^#+ ", "", text, flags=re.MULTILINE))).strip()


@pytest.mark.parametrize("name", ["example", "flood", "hostile", "empty"])
def test_the_brief_comes_back_from_docx(name: str, request: pytest.FixtureRequest) -> None:
    shown: Shown = request.getfixturevalue(name)
    data = docx(shown)
    document = python_docx.Document(io.BytesIO(data))
    if name in ("example", "flood"):
        body, _, notes = markdown(shown).decode("utf-8").partition("## Notes\n\n")
        wanted = [_plain(paragraph) for paragraph in body.split("\n\n") if paragraph.strip()]
        found = [_without_marks(paragraph) for paragraph in document.paragraphs]
        assert [words for words in found if words != "Notes"] == wanted
        noted = dict(re.findall(r"^\[\^(\d+)\]: (.*)$", notes, flags=re.MULTILINE))
        order = dict.fromkeys(re.findall(r"\[\^(\d+)\]", body))
        assert endnotes(data) == [_plain(noted[number]) for number in order]
    assert data == docx(shown)


def _without_marks(paragraph: Any) -> str:
    return re.sub(r"\s+", " ", "".join(run.text for run in paragraph.runs if not run.font.superscript)).strip()


def test_markdown_is_the_brief(flood: Shown) -> None:
    assert markdown(flood).decode("utf-8") == render_brief(flood.material)


@pytest.fixture
def printed() -> None:
    try:
        missing.library("weasyprint", "pdf")
    except InputError as error:
        pytest.skip(str(error))


def squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text)


@pytest.mark.usefixtures("printed")
def test_the_brief_comes_back_from_pdf(flood: Shown, tmp_path: Path) -> None:
    data = pdf(flood)
    found = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages))
    body = markdown(flood).decode("utf-8").partition("## Notes")[0]
    wanted = [squeezed(_plain(sentence)) for sentence in re.split(r"\[\^\d+\]|\n\n", body)]
    assert not [words for words in wanted if words not in found]
    assert data == pdf(flood)
    if shutil.which("pdftotext"):
        (tmp_path / "brief.pdf").write_bytes(data)
        text = subprocess.run(["pdftotext", str(tmp_path / "brief.pdf"), "-"], capture_output=True, check=True, text=True).stdout
        assert "Flood at Velm" in text


@pytest.mark.usefixtures("printed")
@pytest.mark.parametrize("name", ["hostile", "empty"])
def test_any_text_is_printed(name: str, request: pytest.FixtureRequest) -> None:
    assert pypdf.PdfReader(io.BytesIO(pdf(request.getfixturevalue(name)))).pages


def test_a_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch, flood: Shown) -> None:
    def gone(name: str) -> None:
        raise ImportError(f"No module named {name!r}")

    monkeypatch.setattr(missing, "import_module", gone)
    with pytest.raises(InputError, match=r"pip install 'presstime\[export\]'"):
        docx(flood)
    with pytest.raises(InputError, match=r"pip install 'presstime\[pdf\]'"):
        pdf(flood)
