"""Sayings: given spans and cues, in what medium and to whom something was said, and when."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from presstime.read.language import parse
from presstime.read.saying import addressee_of, medium_of, said_at_of
from presstime.records import Time

CASES = json.loads((Path(__file__).parents[1] / "cases" / "saying.json").read_text(encoding="utf-8"))


def spoken(case: dict[str, Any]) -> tuple[str | None, str | None]:
    """The medium and the addressee of a case's statement."""
    text = case["text"]
    sentences = parse(text, [(0, len(text))])
    spans = [(text.index(words), text.index(words) + len(words)) for words in case["content"]]
    taken = {i for a, b in spans for i in range(a, b)}
    cues = [(n, w) for n, s in enumerate(sentences) for w in range(len(s)) if s.words[w] == case["cue"] and s.starts[w] not in taken]
    cue = cues[0]
    near = sentences[cue[0]]
    at = text.index(case["speaker"], near.start) if case["speaker"] and case["speaker"] in text[near.start : near.end] else 0
    end = at + len(case["speaker"] or "")
    speaker = [w for w in range(len(near)) if at <= near.starts[w] < end]
    touched = [s for s in sentences if any(a < s.end and s.start < b for a, b in spans)]
    before = sentences[cue[0] - 1] if cue[0] else None
    medium = medium_of(text, near, cue, speaker, spans, before)
    return medium, addressee_of(text, near, cue, spans, speaker, case.get("act"), touched)


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_saying(case: dict[str, Any]) -> None:
    assert spoken(case) == (case.get("medium"), case.get("addressee"))


@pytest.mark.parametrize(
    ("text", "day", "said_at"),
    [
        ("Lena Farrow said on Monday that the pier was closed.", "Monday", "2024-03-04"),
        ("Lena Farrow, who resigned on Monday, said that the pier was closed.", "Monday", None),
        ("Lena Farrow said that the pier was closed on Monday.", "Monday", None),
    ],
)
def test_said_at(text: str, day: str, said_at: str | None) -> None:
    sentence = parse(text, [(0, len(text))])[0]
    cue = (0, sentence.words.index("said"))
    content = [(text.index("the pier"), len(text) - 1)]
    at = text.index(day)
    time = Time(id="t", start=at, end=at + len(day), value="2024-03-04", kind="date", confidence=1.0)
    assert said_at_of(sentence, cue, content, [time]) == said_at
