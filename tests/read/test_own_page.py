"""A body's own page: what it says there is its statement, with no cue to say so; a paper's own voice is nobody's."""

from __future__ import annotations

import pytest

from presstime.read.own_page import is_own_page
from presstime.read.reading import read_document
from presstime.records import Context, Document, Reading


@pytest.mark.parametrize(
    ("outlet", "own"),
    [
        ("Ministry of Transport of Ostria", True),
        ("Harbour Board", True),
        ("Dockers' Union (post)", True),
        ("Ana Bel (post)", True),
        ("Velm Police", True),
        ("Ana Bel on Quayside", True),
        ("Sarn Cement S.A.", True),
        ("Sarn Rail, press department", True),
        ("Harbour Post", False),
        ("Police Gazette", False),
        ("Radio Velm", False),
        ("The Daily Union", False),
        ("Sarn News Agency", False),
        ("Meridian", False),
        (None, False),
    ],
)
def test_whose_page_it_is(outlet: str | None, own: bool) -> None:
    assert is_own_page(outlet) is own


def read(text: str, outlet: str | None = "Velm Harbour Board") -> Reading:
    return read_document(Document(id="page", sha256="", text=text, outlet=outlet, published="2031-05-04"), Context())


def own(reading: Reading) -> list[tuple[str, str]]:
    text = reading.document.text
    return [(s.act, text[s.content[0].start : s.content[0].end]) for s in reading.statements if s.speaker and s.speaker.how == "own page"]


PAGE = """The Velm Harbour Board has read the reports about the night of 3 May.

No gate was opened on Sunday. It is not correct that the tugs came late.

The pumps remained shut. Why? Pier 4, Velm."""


def test_what_a_page_asserts_is_its_statement() -> None:
    reading = read(PAGE)
    words = [w for _, w in own(reading)]
    assert words[-3:] == ["No gate was opened on Sunday", "It is not correct that the tugs came late", "The pumps remained shut"]
    assert {s.speaker.name for s in reading.statements if s.speaker} == {"Velm Harbour Board"}
    for s in reading.statements:
        assert s.speaker is not None
        assert reading.document.text[s.speaker.start : s.speaker.end] in ("The Velm Harbour Board", "Velm Harbour Board", "the Board")


def test_a_papers_own_voice_is_nobodys_statement() -> None:
    assert own(read(PAGE, outlet="Velm Courier")) == []
    assert own(read(PAGE, outlet=None)) == []


def test_a_page_that_names_nobody_has_no_speaker() -> None:
    assert own(read("No gate was opened on Sunday. Six tugs worked until dawn.", outlet="Ministry of Ports")) == []


def test_what_is_quoted_there_is_its_speakers() -> None:
    reading = read("Velm Harbour Board.\n\n“No gate was opened,” harbour master Ana Bel said. The Board did not order any tugs.")
    assert own(reading) == [("denial", "The Board did not order any tugs")]
    assert "Bel" in (reading.statements[0].speaker.name if reading.statements[0].speaker else "")


def test_a_firm_that_says_we_speaks_for_itself() -> None:
    text = "We regret the accident at Velm.\n\nNo alarm was switched off. Our log is open to anyone."
    assert ("denial", "No alarm was switched off") in own(read(text, outlet="Sarn Nimbus")) or (
        "claim",
        "No alarm was switched off",
    ) in own(read(text, outlet="Sarn Nimbus"))


def test_a_papers_we_and_a_column_are_nobodys_statement() -> None:
    text = "We met Ana Bel at the gate. “No gate was opened,” she told us.\n\nThe board said that the pumps had been shut."
    assert own(read(text, outlet="Upper Sarn Lamplight")) == []
    assert own(read("I grew up by the dam. We all knew the gates.", outlet="velm-today")) == []


def test_a_page_that_is_signed_has_a_speaker() -> None:
    reading = read("The gates were shut from nine.\n\nNobody opened a sluice.\n\nHelga Orrin, director", outlet="Ministry of Ports")
    assert [s.speaker.name for s in reading.statements if s.speaker] == ["Ministry of Ports"] * 2
