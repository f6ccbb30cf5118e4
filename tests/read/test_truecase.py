"""Truecase: text in capitals or small letters is read as print would write it, at the same offsets; other text is left alone."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from presstime.read.reading import read_document
from presstime.read.truecase import cased, truecased
from presstime.records import Context, Document, Reading
from tests.strategies import texts

STORIES = [
    "At least 12 people were killed and 30 others injured when a bus fell into a ravine near Arequipa on Tuesday, police said.",
    "Two soldiers died in an ambush outside Medellin, Defense Minister Rafael Quintana said on Friday.",
    "The mayor of Cusco, Ana Belmonte, denied that the police had fired on the marchers.",
    "Rebels attacked a power station in northern Colombia on 4 March, wounding three guards.",
    "President Mira Tond said her government would not negotiate with the kidnappers.",
    "A bomb exploded in front of the Honduran Embassy in Guatemala City, but nobody was hurt.",
    "More than 200 families were evacuated from the valley, according to the Red Cross.",
    "Four policemen were kidnapped in Tolima by members of the National Liberation Army (ELN).",
    '"We will rebuild every school," said Governor Luis Ferrand.',
    "Colonel Jorge Salmeda told reporters that 17 guerrillas had been captured near San Miguel.",
    "The earthquake destroyed 40 homes in Chile and left six dead, the United Nations said.",
    "Moscow accused Washington of supplying the rebels with weapons.",
    "Bishop Tomas Arrieta called on both sides to release their prisoners before Christmas.",
    "Five journalists were detained in Istanbul last month, the newspaper Sarn Courier reported.",
    "Hector Pava, a union leader, was murdered at his home in Quito on Sunday night.",
    "The French government condemned the attack and sent two doctors to Beirut.",
    "Witnesses reported that the army shelled the village for three hours, killing eight civilians.",
    "Interior Ministry spokesman Oleg Varenko claimed that nobody had been hurt in Odesa.",
]
PLAIN = "The mayor of Cusco, Ana Belmonte, denied on Monday that the U.S. troops had left. She said 3 NATO trucks were on the way."


def read(text: str) -> Reading:
    return read_document(Document(id="d", sha256="", text=text, published="1990-06-14", language="en"), Context())


def found(reading: Reading) -> dict[str, object]:
    """What is found, by offsets: the same for a text in any case."""
    return {
        "figures": [(f.start, f.end, f.measure, f.low, f.high, f.qualifier, f.scope) for f in reading.figures],
        "speakers": [(s.speaker.start, s.speaker.end, s.speaker.name, s.act) if s.speaker else None for s in reading.statements],
        "contents": [[(c.start, c.end) for c in s.content] for s in reading.statements],
        "places": [(p.start, p.end, p.name.lower(), p.use, p.gazetteer) for p in reading.places],
        "times": [(t.start, t.end, t.value) for t in reading.times],
    }


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("case", [str.upper, str.lower], ids=["capitals", "small"])
def test_same_reading_in_any_case(story: str, case: Callable[[str], str]) -> None:
    wanted = found(read(story))
    assert any(wanted.values())
    assert found(read(case(story))) == wanted


def test_words_of_records_are_the_documents_own() -> None:
    text = "LIMA, 9 JAN 90 (EFE) -- [TEXT] FOUR POLICEMEN WERE KILLED IN CUSCO TODAY, GENERAL ANA BELMONTE SAID."
    reading = read(text)
    (figure,) = reading.figures
    assert figure.words == text[figure.start : figure.end] == "FOUR POLICEMEN WERE KILLED"
    assert reading.document.text == text and reading.document.dateline == "LIMA"
    (said,) = reading.statements
    assert said.speaker is not None and said.speaker.name == "Ana Belmonte"


@pytest.mark.parametrize(
    "right",
    [
        "The ELN freed Mayor Ana Belmonte on 5 January in Cusco, according to U.S. officials.",
        "The Farabundo Marti National Liberation Front (FMLN) attacked a barracks in San Salvador.",
        "On Monday the Colombian Army said that guerrillas blew up a bridge 20 km south of Bogota.",
        "He said he may go to Paris in May, but the minister will not.",
        "Nobody was hurt, General John O'Hara said; her troops didn't reply.",
        "Follow www.example.org/news or write to desk@example.org before Friday, the agency said.",
    ],
)
def test_likeliest_case(right: str) -> None:
    assert truecased(right.upper(), [(0, len(right))]) == right
    assert truecased(right.lower(), [(0, len(right))]) == right


def test_a_name_is_written_one_way_all_through() -> None:
    text = "The mayor met Carlos Vardesco in Lima. Police believe that Vardesco left. Nobody has heard of Vardesco since."
    assert truecased(text.upper(), [(0, len(text))]) == text


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.title(),
        "SAN SALVADOR (Reuters)",
        "ANA BELMONTE:",
        "UN",
        "",
        "12 - 14",
        "two homes burnt\n\nA man was seen in Lima on Friday.",
    ],
)
def test_other_text_is_left_alone(text: str) -> None:
    blocks = [(0, len(text))]
    assert truecased(text, blocks) is text


def test_only_the_blocks_in_capitals_are_written_anew() -> None:
    head = "FOUR POLICEMEN KILLED IN AMBUSH NEAR LIMA"
    text = f"{head}\n\n{PLAIN}"
    shown = truecased(text, [(0, len(head)), (len(head) + 2, len(text))])
    assert shown == f"Four policemen killed in ambush near Lima\n\n{PLAIN}"


@given(texts() | texts().map(str.upper) | texts().map(str.lower) | st.text(max_size=60))
@example("DIE STRASSE UND DIE STRAßE IN İSTANBUL, ŉ ǰ ﬁ K Å ſ ΌΣΟΣ ΑΣ ᾳ ẞ ǅ AND THE REST OF THEM")
@example("ŞUŞA AND XANKƏNDI WERE SHELLED BY THE ARMY, THE MİNİSTRY SAID")
@settings(deadline=None)
def test_as_long_as_before_and_the_same_letters(text: str) -> None:
    for shown in (truecased(text, [(0, len(text))]), cased(text, [(0, len(text))])):
        assert len(shown) == len(text)
        assert all(a == b or a.casefold() == b.casefold() for a, b in zip(shown, text, strict=True))


@given(texts().map(str.upper))
@settings(deadline=None)
def test_writing_anew_changes_nothing_more(text: str) -> None:
    once = cased(text, [(0, len(text))])
    assert cased(once, [(0, len(text))]) == once


def test_plain_text_costs_nothing_noticeable() -> None:
    text = "\n\n".join([PLAIN] * 2000)
    blocks = [(i * (len(PLAIN) + 2), i * (len(PLAIN) + 2) + len(PLAIN)) for i in range(2000)]
    started = time.perf_counter()
    assert truecased(text, blocks) is text
    assert time.perf_counter() - started < 0.5  # the language model takes 10 s for so much
