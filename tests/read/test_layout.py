"""Layout: kinds of blocks, datelines, as-of phrases, credits and media, from text alone and with gather's hints."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstime.read.blocks import without_mail_marks
from presstime.read.layout import Layout, lay_out
from presstime.read.lexicon import words
from presstime.records import Context, Document, Media, Part, Span

CASES = json.loads((Path(__file__).parents[1] / "cases" / "layout.json").read_text(encoding="utf-8"))["cases"]
STORY = "The river Orla rose by two metres overnight, and families were moved to the school on the hill."
LINES = st.sampled_from(
    [
        "",
        " ",
        "Ferry Sinks off Cape Marran",
        "SARN, June 14 (Reuters) - Rain fell.",
        "SARN (AP) _",
        "(AFP)",
        "By ANA DELL",
        "A child in Sarn (AP photo)",
        "Get the Lantern in your inbox:",
        "as of press time on Tuesday",
        "Sources",
        '"Ferry" — Radio Vela, June 15, 2021',
        "“We stay,” she said. (Reuters)",
        "    indented and wrapped over the edge of an old page, with more to",
        STORY,
        "© 2021",
        "\u2028",
        "•",
        "—",
    ]
)


def laid(text: str, **fields: Any) -> Layout:
    return lay_out(Document(id="d", sha256="", text=text, **fields), Context())


def spelled(text: str, layout: Layout) -> list[tuple[str, str]]:
    return [(part.kind, text[part.start : part.end]) for part in layout.parts]


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n \n\n", "\n"], ids=["blank", "crlf", "blanks", "lines"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case: dict[str, Any], gap: str) -> None:
    if case.get("blank_lines") and gap == "\n":
        gap = "\n\n"  # a line that starts in lower case goes on from the one before, unless a blank line parts them
    blocks = [words for _, words in case["blocks"]]
    text = "\n" + gap.join(blocks[:-1]) + case.get("joined", gap) + blocks[-1] + "\n"
    layout = laid(text, published=case.get("published"))
    assert spelled(text, layout) == [tuple(block) for block in case["blocks"]]
    for name in ("dateline", "dateline_date", "headline"):
        if name in case:
            assert getattr(layout, name) == case[name]
    if "credits" in case:
        assert list(layout.credits) == case["credits"]
    if "media" in case:
        assert [media.credit for media in layout.media] == case["media"]
    if "body" in case:
        assert text[layout.body_starts :].startswith(case["body"])
    if layout.dateline_span:
        assert text[layout.dateline_span.start : layout.dateline_span.end] == layout.dateline


@pytest.mark.parametrize(
    ("sentence", "value", "words"),
    [
        ("Twelve were dead (press time is Tuesday night).", "2021-06-15TNI", "press time is Tuesday night"),
        ("As of press time on Tuesday, twelve were dead.", "2021-06-15", "As of press time on Tuesday"),
        ("As of 6 p.m. local time Tuesday, twelve were dead.", "2021-06-15T18:00", "As of 6 p.m. local time Tuesday"),
        ("Twelve were dead at the time of writing.", "2021-06-16", "at the time of writing"),
        ("As of this writing, twelve were dead.", "2021-06-16", "As of this writing"),
        ("As of 2019, the town had 4,000 people.", None, None),
        ("“As of Tuesday, twelve were dead,” she said.", None, None),
        ("Twelve were dead on Tuesday.", None, None),
    ],
)
def test_the_moment_a_report_stands_at(sentence: str, value: str | None, words: str | None) -> None:
    text = f"Toll of the Flood\n\n{STORY}\n\n{sentence}\n"
    layout = laid(text, published="2021-06-16")
    assert layout.as_of == value
    assert (layout.as_of_span and text[layout.as_of_span.start : layout.as_of_span.end]) == words


def test_press_time_goes_before_a_bare_as_of() -> None:
    text = "Flood\n\nAs of Monday, ten were dead. Now twelve are, as of this writing (press time is Tuesday night)."
    assert laid(text, published="2021-06-15").as_of == "2021-06-15TNI"


def test_an_old_wire_in_capitals_and_hard_wrapped() -> None:
    first = (
        "LIMA, 9 JAN 90 (EFE) -- [TEXT] THE MAYOR OF ORLA, WHO WAS TAKEN FROM HIS\n"
        "HOME ON 5 JANUARY, WAS FOUND ALIVE TODAY, THE POLICE HAVE REPORTED IN SARN."
    )
    second = "HE WAS WALKING ON THE ROAD TO THE COAST WHEN A BUS DRIVER STOPPED FOR\nHIM."
    text = f"{first}\n\n   {second}\n"
    layout = laid(text)
    assert spelled(text, layout) == [("paragraph", first), ("paragraph", second)]
    assert (layout.dateline, layout.dateline_date, layout.credits) == ("LIMA", "1990-01-09", ("EFE",))
    assert text[layout.body_starts :].startswith("THE MAYOR")


@pytest.mark.parametrize(
    ("opening", "dateline", "day"),
    [
        ("SARN, JAN 9 (REUTER) - ", "SARN", "1990-01-09"),
        ("SARN 9 JAN 90 -- ", "SARN", "1990-01-09"),
        ("PORT VELA JANUARY 9 -- ", "PORT VELA", "1990-01-09"),
        ("SARN, JAN 9 (SAPA)--", "SARN", "1990-01-09"),
        ("PORT VELA, LAND OF ORLA, 9 JANUARY 1990 (AP) - ", "PORT VELA, LAND OF ORLA", "1990-01-09"),
        ("SARN, NO DATE (DOMESTIC SERVICE) -- [TEXT] ", "SARN", None),
    ],
)
def test_datelines_of_telegrams(opening: str, dateline: str, day: str | None) -> None:
    text = f"{opening}FOUR MINERS WERE SAVED IN ORLA TODAY, THE POLICE SAID.\n\nTHE MAYOR THANKED THEM"
    layout = laid(text, published="1990-01-10")
    assert (layout.dateline, layout.dateline_date) == (dateline, day)
    assert text[layout.body_starts :].startswith("FOUR MINERS")
    assert [part.kind for part in layout.parts] == ["paragraph", "paragraph"]


@pytest.mark.parametrize("opening", ["FOUR TRAINS -- ", "FLASH: ", "THE ORLA ROSE IN 9 TOWNS -- ", "IN MAY 9 -- "])
def test_what_is_no_dateline_in_capitals(opening: str) -> None:
    assert laid(f"{opening}FOUR MINERS WERE SAVED IN ORLA TODAY, THE POLICE SAID.", published="1990-01-10").dateline is None


def test_paragraphs_in_capitals_without_a_full_stop_stay_in_the_story() -> None:
    blocks = [
        "A DOCTOR AND TWO NURSES WERE HURT WHEN A STORE BURNED DOWN AT PORT VELA THIS MORNING.",
        "THE ARMY DENIED IT",
        "TWO BOATS SANK OFF CAPE MARRAN",
        "THE MAYOR, ANA DELL, THANKED THE CREWS.",
    ]
    text = "\n\n".join(blocks)
    assert spelled(text, laid(text)) == [("paragraph", block) for block in blocks]


def test_wrapped_paragraphs_told_apart_by_indentation() -> None:
    first = (
        "   The river Orla rose by two metres overnight, and families were moved\n"
        "to the school on the hill, where the council had set up beds for them."
    )
    second = "   Nobody was hurt, and the gates of the old dam above the town were left\nopen for the night."
    text = f"{first}\n{second}\n"
    assert spelled(text, laid(text)) == [("paragraph", first.strip()), ("paragraph", second.strip())]


def test_gather_s_parts_are_trusted_and_the_rest_filled_in() -> None:
    text = f"Orla Falls\n\nthe quay\n\n{STORY}\n\nWorld Markets\n\nGet the Lantern in your inbox:\n\n{STORY}"
    quay, body = text.index("the quay"), text.index(STORY)
    markets = text.index("World Markets")
    document = Document(
        id="d",
        sha256="",
        text=text,
        headline="Orla Falls",
        dateline="SARN",
        credits=("Radio Vela",),
        media=(Media(caption=Span(start=quay, end=quay + 8), credit="Ana Dell"),),
        parts=(
            Part(kind="caption", start=quay, end=quay + 8),
            Part(kind="paragraph", start=body, end=body + len(STORY)),
            Part(kind="paragraph", start=markets, end=markets + 13),
        ),
    )
    layout = lay_out(document, Context())
    kinds = [kind for kind, _ in spelled(text, layout)]
    assert kinds == ["headline", "caption", "paragraph", "paragraph", "boilerplate", "paragraph"]
    assert (layout.dateline, layout.credits) == ("SARN", ("Radio Vela",))
    assert [media.credit for media in layout.media] == ["Ana Dell"]


def test_a_known_headline_is_found_though_it_ends_like_a_sentence() -> None:
    text = f"Ferry sinks off the cape.\n\n{STORY}"
    assert spelled(text, laid(text, headline="Ferry sinks off the cape"))[0][0] == "headline"
    assert spelled(text, laid(text))[0][0] == "paragraph"


@pytest.mark.parametrize("text", ["", " \n\n\t ", "one", "one\n\ntwo", "“Help us”"])
def test_little_or_no_text(text: str) -> None:
    layout = laid(text)
    assert all(part.kind == "paragraph" for part in layout.parts)
    assert layout.headline is None


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(max_size=300), st.lists(LINES, max_size=14).map("\n".join), st.lists(LINES, max_size=14).map("\n\n".join)),
    st.lists(st.tuples(st.integers(-5, 320), st.integers(-5, 320)), max_size=4),
)
def test_parts_are_in_order_apart_and_cover_the_text(text: str, hints: list[tuple[int, int]]) -> None:
    parts = tuple(Part(kind="paragraph", start=start, end=end) for start, end in hints)
    layout = laid(text, published="2021-06-16", parts=parts)
    at = 0
    inside: set[int] = set()
    for part in layout.parts:
        assert at <= part.start < part.end <= len(text)
        inside.update(range(part.start, part.end))
        at = part.end
    assert all(place in inside for place, letter in enumerate(text) if not letter.isspace())
    assert 0 <= layout.body_starts <= len(text)
    for media in layout.media:
        assert 0 <= media.caption.start < media.caption.end <= len(text)
    if layout.as_of_span:
        assert 0 <= layout.as_of_span.start < layout.as_of_span.end <= len(text)


@pytest.mark.parametrize("words", ["A", "1 ", " ", "\n", "A. ", "(", "— ", '"', "as of ", "Photo: ", "SARN, ", "a\n", "By A\n\n"])
def test_hostile_repeats_take_linear_time(words: str) -> None:
    began = time.perf_counter()
    laid(words * (100_000 // len(words)), published="2021-06-16")
    assert time.perf_counter() - began < 20


def test_quoted_lines_of_a_mail_are_joined_and_kept_apart_from_the_answer() -> None:
    quoted = "> Our observers in Sarn counted nineteen people in the\n> hospital of the town, and two in its school."
    text = f"{STORY}\n{quoted}\n>\n> A second paragraph of the message stands here.\nAnd this is the answer, in the words of who answers."
    parts = lay_out(Document(id="d", sha256="0", text=text), Context()).parts
    told = [text[p.start : p.end] for p in parts if p.kind == "paragraph"]
    assert told[1] == quoted
    assert told[2:] == ["> A second paragraph of the message stands here.", "And this is the answer, in the words of who answers."]
    assert "".join("".join(text[p.start : p.end].split()) for p in parts) == "".join(text.split()), "every character is in a part"


@pytest.mark.parametrize("marks", ["> ", ">> ", "\t> > "])
def test_the_marks_of_a_mail_are_blotted_out_at_the_same_length(marks: str) -> None:
    text = f"{marks}Five > four\n{marks}and 3 > 2\n"
    blank = without_mail_marks(text)
    assert len(blank) == len(text)
    assert [line.strip() for line in blank.splitlines()] == ["Five > four", "and 3 > 2"]


def test_a_long_row_of_marks_is_no_paragraph() -> None:
    parts = lay_out(Document(id="d", sha256="0", text=f"{STORY}\n\n" + '"' * 1000), Context()).parts
    assert parts[-1].kind == "boilerplate"


def test_patterns_of_whole_blocks_begin_where_the_block_does() -> None:
    table = words("layout")
    patterns = [*table["boilerplate_patterns"], *table["credit_patterns"]]
    assert [pattern for pattern in patterns if not pattern.startswith("^")] == []
