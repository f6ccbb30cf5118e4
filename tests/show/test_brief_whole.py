"""The brief as records: every sentence traced, both sides beside each other, and the sides' names without weight."""

from __future__ import annotations

import re

import pytest
from msgspec import structs

from presstime.findings import Findings, Line, Point, Series
from presstime.show.anatomy import Brief, Sentence
from presstime.show.brief import make_brief, render_brief
from presstime.show.material import Material, index_material
from presstime.show.rows import normal
from presstime.show.weave import inner_quotes

from .story import Desk, story
from .two_sides import two_sides

QUOTE = re.compile(r"“([^”]*)”")


def sentences(brief: Brief) -> list[Sentence]:
    held = [one for section in brief.sections for paragraph in section.paragraphs for one in paragraph.sentences]
    return [one for one in (brief.headline, brief.deck) if one is not None] + held


def texts(brief: Brief, section: str | None) -> list[str]:
    return [s.text for one in brief.sections if one.name == section for p in one.paragraphs for s in p.sentences]


@pytest.fixture(scope="module", params=["flood", "shelling"])
def material(request: pytest.FixtureRequest) -> Material:
    return story() if request.param == "flood" else two_sides("Arvan", "Belmontese")


def test_every_sentence_rests_on_the_ledger(material: Material) -> None:
    index, brief = index_material(material), make_brief(material)
    notes = {note.number: note for note in brief.notes}
    assert list(notes) == list(range(1, len(notes) + 1))
    for sentence in sentences(brief):
        assert sentence.notes and sentence.records, sentence.text
        holders = {index.document_of.get(record, record) for record in sentence.records}
        assert holders <= index.documents.keys()
        assert {notes[number].document for number in sentence.notes} <= holders
    assert {number for one in sentences(brief) for number in one.notes} == set(notes)


def test_every_quote_stands_in_a_text_that_the_sentence_cites(material: Material) -> None:
    index = index_material(material)
    for sentence in sentences(make_brief(material)):
        held = {index.document_of.get(record, record) for record in sentence.records}
        cited = " ".join(inner_quotes(" ".join(index.documents[one].text.split())) for one in held)
        for quote in QUOTE.findall(sentence.text):
            assert normal(quote) in normal(cited + " ".join(index.documents[one].text for one in held)), quote


def test_every_number_stands_in_a_record_that_the_sentence_cites(material: Material) -> None:
    index = index_material(material)
    for section in make_brief(material).sections:
        for paragraph in section.paragraphs if section.name in (None, "Other figures") else ():
            for sentence in paragraph.sentences:
                figures = [index.figures[record] for record in sentence.records if record in index.figures]
                amounts = {str(n) for figure in figures for n in (figure.low, figure.high)}
                for number in re.findall(r"(?<![\d:])\d+(?= (?:people|children))", QUOTE.sub("", sentence.text)):
                    assert number in amounts, sentence.text


def test_sentences_are_whole(material: Material) -> None:
    seen: set[str] = set()
    for section in make_brief(material).sections:
        for paragraph in section.paragraphs:
            for sentence in paragraph.sentences:
                assert not sentence.text[:1].islower(), sentence.text
                assert re.search(r"[.!?][”’)]*\Z", sentence.text), sentence.text
                assert sentence.text.count("“") == sentence.text.count("”"), sentence.text
                assert ",," not in sentence.text and ",." not in sentence.text and "  " not in sentence.text
                assert section.name == "Claims and denials" or sentence.text not in seen, sentence.text
                seen.add(sentence.text)


def test_both_givers_stand_side_by_side() -> None:
    lead = texts(make_brief(two_sides("Arvan", "Belmontese")), None)
    (tolls,) = [one for one in lead if "people were killed" in one]
    assert "ccording to the Belmontese Defence Ministry, nine people" in tolls
    assert "according to the Arvan Defence Ministry, at least 12" in tolls


def test_a_claim_stands_beside_its_denials() -> None:
    disputes = texts(make_brief(two_sides("Arvan", "Belmontese")), "Claims and denials")
    assert disputes[0].startswith("The Arvan Defence Ministry said that Belmontese troops shelled the market of Ostra")
    assert any(one.startswith("The Belmontese Defence Ministry denied this") for one in disputes[1:])


def test_everyone_who_reacted_has_a_sentence() -> None:
    for material in (story(), two_sides("Arvan", "Belmontese")):
        index, brief = index_material(material), make_brief(material)
        written = " ".join(one.text for one in sentences(brief))
        for reaction in material.findings.reactions:
            known = index.found_actors.get(reaction.actor)
            assert (known.name if known else reaction.actor) in written


def test_images_have_captions_and_credits() -> None:
    images = texts(make_brief(two_sides("Arvan", "Belmontese")), "Images")
    wanted = "An image published by Coast Wire has the caption “A stall in Ostra. (Photo: R. Dahl)” and the credit “R. Dahl”."
    assert images == [wanted]


@pytest.mark.parametrize(("one", "other"), [("Arvan", "Belmontese"), ("Zoritan", "Aldish"), ("Quellen", "Ormish")])
def test_swapping_the_sides_swaps_their_names_and_nothing_else(one: str, other: str) -> None:
    def swapped(words: str) -> str:
        return re.sub(f"{one}|{other}", lambda match: other if match[0] == one else one, words)

    plain = [sentence.text for sentence in sentences(make_brief(two_sides(one, other)))]
    turned = [swapped(sentence.text) for sentence in sentences(make_brief(two_sides(other, one)))]
    assert plain == turned


def test_no_act_of_one_side_has_a_word_of_its_own() -> None:
    written = " ".join(one.text for one in sentences(make_brief(two_sides("Arvan", "Belmontese"))))
    bare = QUOTE.sub("", written)
    for loaded in ("claimed", "alleged", "insisted", "admitted", "boasted", "brushed"):
        assert loaded not in bare


def test_the_same_material_gives_the_same_brief(material: Material) -> None:
    assert render_brief(material) == render_brief(material)


def test_long_stories_are_left_to_the_report() -> None:
    material = story()
    series = material.findings.series[0]
    many = tuple(structs.replace(series, id=f"series-{number}") for number in range(30))
    brief = make_brief(structs.replace(material, findings=structs.replace(material.findings, series=many)))
    assert sum(len(section.paragraphs) for section in brief.sections) < 60
    lines = [one.text for section in brief.sections for p in section.paragraphs for one in p.sentences]
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        ((18, 15), "lowered the number of people killed from 18 to 15."),
        ((5, 12, 19), "raised the number of people killed from five to 12 and then to 19."),
        ((14, 19, 16), "raised the number of people killed from 14 to 19 and then lowered it to 16."),
    ],
)
def test_revisions_are_told(steps: tuple[int, ...], wanted: str) -> None:
    words = [f"{n} died there" for n in steps]
    desk = Desk("doc-1", "Hill Post", [("paragraph", f"{one}.") for one in words], published="2026-03-03", language="en")
    figures = [desk.count(one, "killed", n, n) for one, n in zip(words, steps, strict=True)]
    later = [*figures[1:], None]
    points = tuple(
        Point(figure=one, as_of=None, low=n, high=n, qualifier="exact", superseded_by=after)
        for one, n, after in zip(figures, steps, later, strict=True)
    )
    series = Series(id="s", measure="killed", lines=(Line(giver="Hill Post", points=points),), latest=(figures[-1],))
    material = Material(
        title="x", as_of="2026-03-03T20:00:00Z", time_zone="UTC", findings=Findings(as_of="x", series=(series,)), readings=(desk.reading(),)
    )
    assert f"Hill Post {wanted}" in texts(make_brief(material), None)


def test_a_giver_who_gives_a_place_nobody_names_is_not_put_there() -> None:
    """A series may be put at a place that was found near its figures; only the figure's own words are told."""
    desk = Desk("doc-1", "Hill Post", [("paragraph", "Ostra was quiet. Six died.")], published="2026-03-03", language="en")
    desk.place("Ostra", "geonames:7")
    six = desk.count("Six died", "killed", 6, 6)
    line = Line(giver="Hill Post", points=(Point(figure=six, as_of=None, low=6, high=6, qualifier="exact"),))
    findings = Findings(as_of="x", series=(Series(id="s", measure="killed", place="geonames:7", lines=(line,), latest=(six,)),))
    made = make_brief(Material(title="x", as_of="2026-03-03T20:00:00Z", time_zone="UTC", findings=findings, readings=(desk.reading(),)))
    assert texts(made, None) == ["According to Hill Post, six people were killed (published 3 March)."]
