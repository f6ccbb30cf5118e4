"""The brief: it reads as a story, every sentence has its note, every note its passage."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from presstime.findings import Findings
from presstime.show import Material, render_brief
from presstime.show.notes import escape

from .story import AUTHORITY, story

QUOTE = re.compile(r"“[^”]*”")
NOTE = re.compile(r"\[\^(\d+)\]")


@pytest.fixture(scope="module")
def brief() -> str:
    return render_brief(story())


def parts(brief: str) -> tuple[list[str], list[str]]:
    body, _, notes = brief.partition("\n## Notes\n")
    paragraphs = [line for line in body.split("\n") if line and not line.startswith(("#", "*"))]
    return paragraphs, [line for line in notes.split("\n") if line]


def check_notes(brief: str) -> None:
    paragraphs, notes = parts(brief)
    for paragraph in paragraphs:
        assert re.search(r"(\[\^\d+\])+\Z", paragraph), paragraph
        plain = QUOTE.sub("“”", paragraph)
        assert not re.search(r"[.!?](?=\s|\Z)", plain), paragraph
    numbers = [int(match[1]) for note in notes if (match := re.match(r"\[\^(\d+)\]: ", note))]
    assert numbers == list(range(1, len(notes) + 1))
    body = brief.partition("\n## Notes\n")[0]
    assert {int(number) for number in NOTE.findall(body)} == set(numbers)


def test_every_sentence_has_a_note_and_every_note_is_used(brief: str) -> None:
    check_notes(brief)


def test_every_note_quotes_its_offsets(brief: str) -> None:
    material = story()
    texts = {reading.document.id: reading.document.text for reading in material.readings}
    _, notes = parts(brief)
    quoting = [note for note in notes if "characters" in note]
    assert len(quoting) > 10
    for note in quoting:
        match = re.search(r"“(.*)” \((\S+), characters (\d+)–(\d+)\)\Z", note)
        assert match
        quote = match[1].rpartition("”: “")[2] if "”: “" in match[1] else re.sub(r"\A.*?: “", "", match[1])
        assert escape(texts[match[2]][int(match[3]) : int(match[4])]).endswith(quote)


def test_nothing_in_quotation_marks_was_altered(brief: str) -> None:
    """Every quote is in a gathered text, but for its inner quotation marks and the outlet's comma before an attribution."""
    texts = " ".join(reading.document.text for reading in story().readings).translate(str.maketrans("“”", "‘’"))
    paragraphs, _ = parts(brief)
    quotes = [quote for paragraph in paragraphs for quote in re.findall(r"“([^”]*)”", paragraph)]
    assert len(quotes) > 8
    for quote in quotes:
        assert quote in texts, quote


def test_headline_and_as_of(brief: str) -> None:
    assert brief.startswith("# Flood at Velm: 19 killed, according to the Ledovian Health Ministry[^1]\n")
    assert "As of 20:00 on 3 March 2026, Europe/Berlin. Eight documents from eight named outlets" in brief


@pytest.mark.parametrize(
    "sentence",
    [
        "According to the Ledovian Health Ministry, 19 people were killed in Velm as of the evening of 3 March.",
        "The Ledovian Health Ministry raised the number of people killed from five to at least 12 and then to 19.",
        "According to the Ledovian Health Ministry, four of the 19 people killed were children.",
        "The Velm Town Council said that the gates were opened on purpose.",
        "The Karsavan Water Ministry denied this, Coast Wire reported.",
        "Tomas Behl denied this, saying: “No order to open the gates was given by anyone in this ministry”.",
        f"No response from the {AUTHORITY} to this was found in the eight documents gathered by 20:00, 3 March 2026.",
        "Ilse Moran said: “The water came without any warning”, and: “People ran to the roofs.”",
        "The World Desk reported that the Lakes Relief Union also “condemned the opening of the gates”.",
        f"Coast Wire reported that the {AUTHORITY} “did not immediately reply to questions”.",
        "According to the Karsa Courier, three people were killed in Velmi in 2011.",
    ],
)
def test_sentences(brief: str, sentence: str) -> None:
    assert sentence + "[^" in brief


def test_no_sentence_comes_twice(brief: str) -> None:
    paragraphs, _ = parts(brief)
    sentences = [one.strip() for paragraph in paragraphs for one in NOTE.split(paragraph) if len(one) > 10]
    assert len(sentences) == len(set(sentences))


def test_a_brief_of_nothing() -> None:
    brief = render_brief(Material(title="Quiet", as_of="2026-03-03T20:00:00Z", time_zone="UTC", findings=Findings(as_of="x"), readings=()))
    assert brief.startswith("# Quiet\n") and "Nothing was gathered by then." in brief


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["<script>", "*_`[^1]", "\u202e", "“", '"', "[x](y)", "\\", "\x00"]),
    st.sampled_from(["Velm", "gates", "Behl", "Coast"]),
)
def test_hostile_words_stay_words(bad: str, word: str) -> None:
    raw = msgspec.json.encode(story()).decode()
    width = len(word)
    bad = (bad * width)[:width]
    brief = render_brief(msgspec.json.decode(raw.replace(word, msgspec.json.encode(bad).decode()[1:-1]), type=Material))
    assert "<script>" not in brief
    _, notes = parts(brief)
    assert notes and all(re.match(r"\[\^\d+\]: ", note) for note in notes)


def test_a_denial_is_never_left_out() -> None:
    """However many disputes there are, each claim that is printed stands beside its denial."""
    material = story()
    many = tuple(structs.replace(material.findings.disputes[0], id=f"dispute-{number}") for number in range(20))
    brief = render_brief(structs.replace(material, findings=structs.replace(material.findings, disputes=many)))
    section = brief.partition("## Claims and denials")[2].partition("\n## ")[0]
    assert section.count("said that the gates were opened on purpose") == section.count("The Karsavan Water Ministry denied this") == 20


def test_a_running_total_says_so() -> None:
    material = story()
    readings = tuple(
        structs.replace(
            reading,
            figures=tuple(structs.replace(one, scope="total") if one.measure == "injured" and one.low else one for one in reading.figures),
        )
        for reading in material.readings
    )
    brief = render_brief(structs.replace(material, readings=readings))
    assert "about 140 people were injured in Velm as of the evening of 3 March, as a running total." in brief


def test_several_is_shown_in_its_own_words() -> None:
    material = story()
    readings = tuple(
        structs.replace(
            reading,
            figures=tuple(
                structs.replace(one, low=3, high=None, qualifier="at-least", words="several villagers") if one.measure == "injured" else one
                for one in reading.figures
            ),
        )
        for reading in material.readings
    )
    brief = render_brief(structs.replace(material, readings=readings))
    assert "gave no number of people injured in Velm but the words “several villagers” (at least three)" in brief
    assert "At least three people were injured" not in brief


def test_several_claimants_keep_their_own_words() -> None:
    material = story()
    behl = next(
        one.id for reading in material.readings for one in reading.statements if reading.document.id == "doc-karsa" and one.form == "mixed"
    )
    claims = tuple(
        structs.replace(claim, statements=(*claim.statements, behl)) if claim.id == "claim-gates" else claim
        for claim in material.findings.claims
    )
    brief = render_brief(structs.replace(material, findings=structs.replace(material.findings, claims=claims)))
    section = brief.partition("## Claims and denials")[2].partition("\n## ")[0]
    assert "Tomas Behl said that the gates gave way at 03:20 “under the weight of the ice”." in section


def test_a_toll_of_the_past_without_its_time_is_told_in_its_own_words() -> None:
    """Dated with the paper's own day it would stand beside this event's toll as another of it."""
    material = story()
    readings = tuple(
        structs.replace(
            reading,
            figures=tuple(
                structs.replace(one, as_of=reading.document.published) if one.scope == "past" else one for one in reading.figures
            ),
        )
        for reading in material.readings
    )
    section = render_brief(structs.replace(material, readings=readings)).partition("## Background")[2].partition("\n## ")[0]
    assert "Of an earlier event, " in section and "Three people were killed" not in section


def test_a_brief_of_links_gives_the_way_and_not_the_words() -> None:
    notes = render_brief(story(), evidence="link").partition("## Notes")[2]
    assert "characters 0–" not in notes or "“" in notes
    with_words = render_brief(story()).partition("## Notes")[2]
    passages = [line.rpartition(": “")[2].rpartition("” (")[0] for line in with_words.splitlines() if "characters" in line]
    assert passages and not [one for one in passages if len(one.split()) > 6 and one in notes]
    assert notes.count("SHA-256") == len([line for line in notes.splitlines() if line.startswith("[^")])
