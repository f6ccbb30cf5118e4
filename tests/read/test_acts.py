"""Acts: given spans and cues, what a statement does; with the two sides' names swapped it does the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from presstime.read.acts import act_of
from presstime.read.language import parse
from presstime.records import Act

CASES = json.loads((Path(__file__).parents[1] / "cases" / "acts.json").read_text(encoding="utf-8"))
SIDES = ("Velmar", "Sorun")


def act_in(case: dict[str, Any], text: str, content: list[str], speaker: str) -> Act:
    """The act of a case's statement in a text."""
    sentences = parse(text, [(0, len(text))])
    spans = [(text.index(words), text.index(words) + len(words)) for words in content]
    taken = {i for a, b in spans for i in range(a, b)}
    cues = [(s, w) for s in sentences for w in range(len(s)) if s.words[w] == case["cue"]]
    cue = next((c for c in cues if c[0].starts[c[1]] not in taken), cues[0])
    touched = [s for s in sentences if any(a < s.end and s.start < b for a, b in spans)]
    return act_of(case["group"], case["kind"], text, touched, spans, speaker, cue)


def swapped(words: str) -> str:
    one, other = SIDES
    return words.replace(one, "\0").replace(other, one).replace("\0", other)


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_act(case: dict[str, Any]) -> None:
    assert act_in(case, case["text"], case["content"], case["speaker"]) == case["act"]


@pytest.mark.parametrize("case", [c for c in CASES if "Velmar" in c["text"]], ids=lambda c: str(c["id"]))
def test_sides_swapped(case: dict[str, Any]) -> None:
    assert act_in(case, swapped(case["text"]), [swapped(c) for c in case["content"]], swapped(case["speaker"])) == case["act"]


def test_own_country() -> None:
    text = "Lena Farrow said that Velmar supported the talks."
    sentences = parse(text, [(0, len(text))])
    span = [(text.index("Velmar"), len(text) - 1)]
    cue = (sentences[0], sentences[0].words.index("said"))
    assert act_of("claim", "said", text, sentences, span, "Lena Farrow", cue, lambda name: name == "Velmar") == "support"
    assert act_of("claim", "said", text, sentences, span, "Lena Farrow", cue, lambda name: False) == "claim"
    assert act_of("claim", "said", text, sentences, span, "Lena Farrow") == "claim"
