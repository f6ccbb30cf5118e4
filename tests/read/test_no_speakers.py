"""Words that stand where a speaker stands and name nobody, and names that are no longer than they are: own sentences, read whole."""

from __future__ import annotations

import pytest

from presstime.read import extents
from presstime.read.language import parse
from presstime.read.reading import read_document
from presstime.records import Context, Document, Statement


def statements(text: str, outlet: str | None = None) -> tuple[Statement, ...]:
    return read_document(Document(id="d", sha256="", text=text, published="2031-05-12", outlet=outlet), Context()).statements


@pytest.mark.parametrize(
    "text",
    [
        "The sides said on Monday that they would meet again.",
        "Media reports said the general had fled.",
        "The general denied media reports suggesting that his troops had left.",
    ],
)
def test_nobody_is_no_speaker(text: str) -> None:
    names = [s.speaker.name for s in statements(text) if s.speaker is not None]
    assert not {n.lower() for n in names} & {"sides", "the sides", "media", "media reports", "media reports suggesting"}


def test_a_report_with_an_author_still_speaks() -> None:
    (found,) = statements("The ministry’s report said the dam was safe.")
    assert found.speaker is not None and found.speaker.name == "ministry"


def test_we_outside_quotation_marks_is_the_paper() -> None:
    (found,) = statements("We reported on Tuesday that the bridge was closed.", outlet="Sarn Courier")
    assert found.speaker is not None and found.speaker.name == "Sarn Courier"


@pytest.mark.parametrize(
    "text",
    [
        "Not one tram left the yard on Monday. The drivers walked out at four, according to their union, the Cart and Wagon Guild.",
        "Not one tram left the yard, said the union, the Cart and Wagon Guild.",
        "According to the union, the Cart and Wagon Guild, not one tram left the yard.",
    ],
)
def test_a_body_goes_by_the_name_set_beside_its_noun(text: str) -> None:
    assert [s.speaker.name for s in statements(text) if s.speaker is not None] == ["Cart and Wagon Guild"]


def test_the_name_behind_the_comma_is_no_content() -> None:
    text = "According to the union, the Cart and Wagon Guild, not one tram left the yard."
    assert [text[c.start : c.end] for s in statements(text) for c in s.content] == ["not one tram left the yard"]


def test_content_cut_before_an_infinitive_goes_on_to_its_end() -> None:
    text = "Ms Tarr stressed the need to use the northern road."
    sentence = parse(text)[0]
    place = {sentence.starts[w]: (0, w, 0) for w in range(len(sentence))}
    cut = (text.index("the need"), text.index(" to use"))
    assert extents.closed([sentence], place, [cut], []) == [(cut[0], len(text) - 1)]
