"""PDF and Word statements: paragraphs, headings, page furniture, dates."""

from __future__ import annotations

import pytest
from samples import DENIAL, MORE, STORY, docx, pdf

from presstime.gather.pdf_lines import Line, paragraphs


def kinds(document):
    return [(part.kind, document.text[part.start : part.end]) for part in document.parts]


def test_a_pdf_statement(write, take):
    [document], problems = take(write("statement.pdf", pdf()))
    told = kinds(document)
    assert problems == []
    assert told[0] == ("headline", "Statement on the Velmora road")
    assert [text for kind, text in told if kind == "paragraph"] == [
        *(f"{STORY} Note {letter}: {MORE}" for letter in "abcdefgh"),
        "• Open the road at once.",
        "• Let ambulances pass.",
        DENIAL,
    ]
    assert [text for kind, text in told if kind == "heading"] == ["What is asked"]
    furniture = [text for kind, text in told if kind == "boilerplate"]
    assert furniture[:2] == ["Velm Water Board", "Page 1"]
    assert set(furniture) == {"Velm Water Board", *(f"Page {number}" for number in range(1, len(furniture) // 2 + 1))}
    assert (document.headline, document.byline, document.published) == (
        "Statement on the Velmora road",
        "Ilan Voss",
        "2026-03-04T18:20:00+02:00",
    )
    assert ("published", "pdf CreationDate") in {(each.field, each.source) for each in document.provenance}


def test_a_pdf_is_dated_by_its_file_before_its_properties(write, take):
    [document], _ = take(write("2026-03-05 statement.pdf", pdf()))
    assert document.published == "2026-03-05"


def test_a_pdf_by_any_name(write, take):
    assert take(write("statement.txt", pdf()))[0][0].text == take(write("statement", pdf()))[0][0].text


def test_a_pdf_of_pictures_is_sent_to_text_recognition(write, take, tmp_path):
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "scan.pdf")
    [problem] = take(tmp_path / "scan.pdf")[1]
    assert (problem.what, "OCR" in problem.why) == ("no-text", True)


def lines(*texts: str, x: float = 72, top: float = 700, step: float = 14, size: float = 11, bold: bool = False) -> list[Line]:
    return [Line(text=text, x=x, y=top - step * number, size=size, bold=bold) for number, text in enumerate(texts)]


def shown(*pages: list[Line]) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in paragraphs(pages)]


def test_lines_of_one_paragraph_are_put_together_and_gaps_part_them():
    page = lines("Shells fell on the road to", "Velmora on Wednesday.") + lines("The road has been closed", "since noon.", top=650)
    assert shown(page) == [
        ("paragraph", "Shells fell on the road to Velmora on Wednesday."),
        ("paragraph", "The road has been closed since noon."),
    ]


def test_an_indented_line_begins_a_paragraph():
    page = lines("Shells fell on the road to Velmora", "and five people died there at noon.")
    page += lines("The road has been closed", x=90, top=672) + lines("since noon.", top=658)
    assert [text for _, text in shown(page)][1] == "The road has been closed since noon."


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("the interior minis-", "try said that five died", "the interior ministry said that five died"),
        ("the interior minis\u00ad", "try said", "the interior ministry said"),
        ("a well-known cease-fire; the cease-", "fire held", "a well-known cease-fire; the cease-fire held"),
        ("talks in Harrow-", "Velmora failed", "talks in Harrow- Velmora failed"),
    ],
)
def test_a_word_parted_at_the_lines_end(first, second, whole):
    assert shown(lines(first, second)) == [("paragraph", whole)]


def test_a_paragraph_goes_on_over_the_page_and_its_furniture_stands_behind_it():
    head, foot = lines("Velm Water Board", top=800), lines("Page 1", top=30)
    one = [*head, *lines("Shells fell on the road to", "Velmora, killing at least"), *foot]
    two = [*head, *lines("five people on Wednesday.", "The road is closed."), *lines("Page 2", top=30)]
    assert shown(one, two) == [
        ("boilerplate", "Velm Water Board"),
        ("paragraph", "Shells fell on the road to Velmora, killing at least five people on Wednesday. The road is closed."),
        ("boilerplate", "Page 1"),
        ("boilerplate", "Velm Water Board"),
        ("boilerplate", "Page 2"),
    ]


def test_what_repeats_within_the_text_is_no_furniture():
    page = lines("Killed: 5", "Injured: 12", "The road is closed.", "Ambulances wait.")
    assert {kind for kind, _ in shown(page, page)} == {"paragraph"}


def test_headings_are_larger_or_bold():
    page = lines("Statement", size=20, top=760) + lines("Shells fell on the road to Velmora on Wednesday.")
    page += lines("What is asked", top=660, bold=True) + lines("Open the road at once.", top=640)
    assert shown(page) == [
        ("headline", "Statement"),
        ("paragraph", "Shells fell on the road to Velmora on Wednesday."),
        ("heading", "What is asked"),
        ("paragraph", "Open the road at once."),
    ]


def test_a_word_document(write, take):
    for name in ("statement.docx", "statement.zip", "statement"):
        [document], problems = take(write(name, docx()))
        assert problems == []
        assert kinds(document) == [
            ("headline", "Statement on the Velmora road"),
            ("paragraph", "4 March 2026"),
            ("paragraph", STORY),
            ("heading", "What is asked"),
            ("paragraph", "Open the road at once."),
            ("paragraph", "Village | Killed\nVelmora | 5"),
            ("paragraph", MORE),
            ("boilerplate", "Velm Water Board"),
        ]
        assert (document.byline, document.published) == ("Ilan Voss", "2026-03-04")


def test_a_word_document_without_a_date_of_its_own_has_that_of_its_last_change(write, take):
    import io

    import docx as library

    held = library.Document(io.BytesIO(docx()))
    dated = held.paragraphs[1]
    dated._element.getparent().remove(dated._element)
    stream = io.BytesIO()
    held.save(stream)
    [document], _ = take(write("a.docx", stream.getvalue()))
    assert document.published == "2026-03-05T09:00:00+00:00"
    assert ("published", "docx modified") in {(each.field, each.source) for each in document.provenance}


def test_other_documents_of_an_office_are_told_how_to_save(write, take):
    import io

    import openpyxl

    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    [problem] = take(write("a.xlsx", stream.getvalue()))[1]
    assert (problem.what, ".csv" in problem.why) == ("unsupported", True)
    [problem] = take(write("a.doc", b"\xd0\xcf\x11\xe0"))[1]
    assert ".docx" in problem.why
