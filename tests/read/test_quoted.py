"""Quotes with their cues: cases read through the real parser, turns of a transcript, and no quotation lost from any text."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statement_cases import blocks_of, found_in, place_of

from presstime.gather import gather
from presstime.read.language import parse
from presstime.read.quoted import quote_frames, words_of
from presstime.read.quotes import find_quotes
from presstime.read.reading import read_document
from presstime.read.statements import Found
from presstime.read.transcripts import find_turns
from presstime.records import Context, Document, Reading

CASES = json.loads((Path(__file__).parents[1] / "cases" / "quoted.json").read_text(encoding="utf-8"))
EXAMPLE = Path(__file__).parents[2] / "examples" / "corrow-dam" / "documents"
LONG = 25
"""Characters from which on no quotation may be lost."""
KINDS = ("headline", "deck", "caption", "heading", "paragraph", "credit", "boilerplate")
"""The parts whose quotations must all be accounted for: all of them."""


# ---------------------------------------------------------------- cases


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    found = found_in(text)
    told = [
        {
            "name": s.speaker.name if s.speaker else None,
            "cue": (s.cue.start, s.cue.end) if s.cue else None,
            "content": [(c.start, c.end) for c in s.content],
            "form": s.form,
        }
        for s in found.statements
    ]
    expected = [
        {
            "name": s["name"],
            "cue": place_of(text, s["cue"]),
            "content": [place_of(text, words) for words in s["content"]],
            "form": s.get("form", told[n]["form"] if n < len(told) else None),
        }
        for n, s in enumerate(case["statements"])
    ]
    assert told == expected
    assert [text[u.start : u.end] for u in found.unattributed] == case.get("unattributed", [])


def test_no_case_stands_twice() -> None:
    ids = [c["id"] for c in CASES]
    assert len(set(ids)) == len(ids)


# ---------------------------------------------------------------- turns


@pytest.mark.parametrize(
    ("text", "name", "content"),
    [
        ("Ana Bel: It is over.", "Ana Bel", "It is over."),
        ("Dr. Ana Bel: It is over.", "Ana Bel", "It is over."),
        ("MS. BEL: It is over.", "BEL", "It is over."),
        ("Oren Kest (@kest): It is over.", "Oren Kest", "It is over."),
        ("**Ana Bel:** It is over.", "Ana Bel", "It is over."),
        ("[Ana Bel]: It is over.", "Ana Bel", "It is over."),
        ("Ana Bel (00:12): It is over.", "Ana Bel", "It is over."),
        ("Ana Bel, a nurse: It is over.", "Ana Bel", "It is over."),
        ("It is over. — Oren Kest (@kest) 3 May", "Oren Kest", "It is over."),
    ],
)
def test_a_turn(text: str, name: str, content: str) -> None:
    (turn,) = find_turns(text, [(0, len(text))], lambda words: words == "Ana Bel")
    assert (text[slice(*turn.name)], text[slice(*turn.content)]) == (name, content)


@pytest.mark.parametrize("text", ["Casualties: five.", "UPDATE: The road is closed.", "Oren Kest: It is over.", "BEL: It is over."])
def test_no_turn(text: str) -> None:
    assert find_turns(text, [(0, len(text))], lambda words: False) == []


def test_a_message_signed_in_the_next_paragraph() -> None:
    text = "The road is open.\n\n— Oren Kest (@kest)"
    (turn,) = find_turns(text, blocks_of(text), lambda words: False)
    assert text[slice(*turn.content)] == "The road is open."
    assert turn.block == 1


# ---------------------------------------------------------------- no quotation is lost


def kept(reading: Found | Reading, text: str, blocks: list[tuple[int, int]]) -> None:
    """Every long quotation of the blocks is in a statement, or unattributed with its reason."""
    contents = [c for s in reading.statements for c in s.content]
    for q in find_quotes(text, blocks):
        if q.end - q.start < LONG:
            continue
        spoken = any(c.start <= q.start < c.end for c in contents) and any(c.start < q.end <= c.end for c in contents)
        left = [u for u in reading.unattributed if (u.start, u.end) == (q.start, q.end)]
        assert spoken or left, text[q.start : q.end]
        assert all(u.reason for u in left)


@cache
def example() -> tuple[Document, ...]:
    return tuple(d for d in gather([EXAMPLE], archive=None, now="2026-01-01T00:00:00+00:00") if isinstance(d, Document))


def test_no_quotation_of_the_example_is_lost() -> None:
    read = [read_document(d, Context()) for d in example() if d.language in (None, "en")]
    for reading in read:
        text = reading.document.text
        kept(reading, text, [(p.start, p.end) for p in reading.document.parts if p.kind in KINDS])
    assert sum(len(r.statements) for r in read) > 50


SAYINGS = (
    "We will not leave the river until the water falls",
    "It’s the boats’ owners who paid,",
    "Who pays for the bridge?",
    "the worst night of the year",
    "Safe River",
    "Nobody slept. Nobody ate.",
)
FRAMES = (
    "{} Ana Bel said.",
    "Ana Bel said: {}",
    "Oren Kest said that the road was closed. {}",
    "The plan, called {} by some, failed.",
    "{} — Oren Kest",
    "{} she said, but {}",
    "{}",
    "The road, Ana Bel said, {}",
    "According to Ana Bel, {}",
    "She left. {} The road was closed.",
    "Ana Bel: {}",
)
MARKS = ("“”", '""', "‘’", "''", "«»", "“", "”", "„“", '"', "")


@st.composite
def stories(draw: st.DrawFn) -> str:
    """Paragraphs of news with quotations in any marks, some left open, some lost."""
    paragraphs = []
    for frame in draw(st.lists(st.sampled_from(FRAMES), min_size=1, max_size=5)):
        words = []
        for _ in range(frame.count("{}")):
            marks = draw(st.sampled_from(MARKS))
            words.append(marks[:1] + draw(st.sampled_from(SAYINGS)) + marks[1:])
        paragraphs.append(frame.format(*words))
    return draw(st.sampled_from(("\n\n", "\n\n", " "))).join(paragraphs)


@settings(max_examples=60, deadline=None)
@given(stories())
def test_no_quotation_of_any_story_is_lost(text: str) -> None:
    found = found_in(text)
    kept(found, text, blocks_of(text))
    for s in found.statements:
        assert all(a.end <= b.start for a, b in pairwise(s.content))
        assert all(text[c.start : c.end].strip() for c in s.content)


@settings(max_examples=60, deadline=None)
@given(stories())
def test_every_quote_stands_in_one_frame_and_frames_in_order(text: str) -> None:
    blocks = blocks_of(text)
    quotes = find_quotes(text, blocks)
    sentences = parse(text, blocks)
    frames = quote_frames(text, sentences, quotes, words_of(sentences, blocks, quotes))
    placed = [q.start for f in frames for q in f.quotes]
    assert placed == sorted(set(placed))
    for f in frames:
        assert len({q.block for q in f.quotes}) == 1
        assert f.cue_span is None or not any(q.start < f.cue_span[1] and f.cue_span[0] < q.end for q in f.quotes)
        assert all(0 <= w < len(sentences[f.speaker_sentence]) for w in f.speaker)
