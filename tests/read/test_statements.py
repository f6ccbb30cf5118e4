"""Statements: cases read through the real parser, and text of any kind. test_sides.py exchanges two sides' names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statement_cases import found_in, place_of

from presstime.read.reading import read_document
from presstime.read.statements import Found
from presstime.records import ACTS, Context, Document, Reading, Statement

CASES_FOLDER = Path(__file__).parents[1] / "cases"
CASES = json.loads((CASES_FOLDER / "statements.json").read_text(encoding="utf-8"))
KNOWN = json.loads((CASES_FOLDER / "statements_known.json").read_text(encoding="utf-8"))
"""Cases that are not read right yet, each with why; they hold what must be held of any text."""


def document(text: str) -> Document:
    return Document(id="doc", sha256="0" * 64, text=text, language="en")


def expected(text: str, case: dict[str, Any]) -> dict[str, Any]:
    """A case's statement with offsets instead of words."""
    return {
        **{k: case.get(k) for k in ("name", "form", "act", "medium", "addressee", "reported_by")},
        "answers": case.get("answers", []),
        "speaker": place_of(text, case["speaker"]),
        "cue": place_of(text, case["cue"]),
        "content": [place_of(text, words) for words in case["content"]],
    }


def told(statements: Sequence[Statement]) -> list[dict[str, Any]]:
    """Statements as a case has them; references are places in the list."""
    at = {s.id: i for i, s in enumerate(statements)}
    return [
        {
            "name": s.speaker.name if s.speaker else None,
            "form": s.form,
            "act": s.act,
            "medium": s.medium,
            "addressee": s.addressee,
            "reported_by": at[s.reported_by] if s.reported_by else None,
            "answers": [at[a] for a in s.answers],
            "speaker": (s.speaker.start, s.speaker.end) if s.speaker else None,
            "cue": (s.cue.start, s.cue.end) if s.cue else None,
            "content": [(c.start, c.end) for c in s.content],
        }
        for s in statements
    ]


def check_any(text: str, found: Found | Reading) -> None:
    """What holds of the statements of any text."""
    ids = [s.id for s in found.statements]
    assert len(set(ids)) == len(ids)
    for s in found.statements:
        assert s.content
        for span in (*s.content, *((s.cue,) if s.cue else ())):
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end].strip()
        assert all(a.end <= b.start for a, b in pairwise(s.content))
        if s.speaker is not None:
            assert text[s.speaker.start : s.speaker.end].strip()
            assert s.speaker.name.strip()
            assert 0 < s.speaker.confidence <= 1
        assert s.reported_by is None or (s.reported_by in ids and s.reported_by != s.id)
        assert set(s.answers) <= set(ids) - {s.id}
        assert 0 < s.confidence <= 1
    for u in found.unattributed:
        assert text[u.start : u.end].strip()
        assert u.reason


# ---------------------------------------------------------------- cases


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    found = found_in(text)
    check_any(text, found)
    assert told(found.statements) == [expected(text, s) for s in case["statements"]]
    assert [text[u.start : u.end] for u in found.unattributed] == case.get("unattributed", [])


@pytest.mark.parametrize("case", KNOWN, ids=[c["id"] for c in KNOWN])
def test_a_case_not_yet_read_right_holds_its_offsets(case: dict[str, Any]) -> None:
    text = case["text"]
    check_any(text, found_in(text))
    assert case["known"]
    for s in case["statements"]:
        expected(text, s)


def test_every_act_has_a_case() -> None:
    assert {s["act"] for case in CASES for s in case["statements"]} == set(ACTS)


def test_no_case_stands_twice() -> None:
    ids = [c["id"] for c in (*CASES, *KNOWN)]
    assert len(set(ids)) == len(ids)


# ---------------------------------------------------------------- any text

WORDS = """Mira Tond|Oren Kest|Norway|the army|The ministry|she|it|They|who|said|says|denied|told|reporters|that|warned|according to
    accused|of|urged|to|talk|claim|the claims|adding that|saying|would say|did not comment|rejected|the offer|statement|on Facebook
    had shelled|the town|must|will|not|and|but|if|“|”|"|'|‘|’|«|»|``|''|“Go home,”|“the end”|"It is over."|:|,|.|;|?|—|(|)|-
    SARN (Combined Sources) —|Lena Farrow:|80|dead|on Monday|é|💧"""
PIECES = st.sampled_from([*WORDS.replace("\n    ", "|").split("|"), "\n", "\n\n", "\n\n“", "\u00a0"])


@settings(deadline=None, max_examples=60)
@given(st.lists(PIECES, max_size=40))
def test_text_of_any_kind(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = found_in(text)
    check_any(text, found)
    assert found_in(text) == found


@settings(deadline=None, max_examples=40)
@given(st.lists(PIECES, max_size=40))
def test_any_document_is_read(pieces: list[str]) -> None:
    text = " ".join(pieces)
    reading = read_document(document(text), Context())
    check_any(text, reading)
    actors = {a.id for a in reading.actors}
    statements = {s.id for s in reading.statements}
    assert all(s.speaker.actor in actors for s in reading.statements if s.speaker is not None)
    assert {f.statement for f in reading.figures} <= statements | {None}
    assert {e.statement for e in reading.events} <= statements | {None}
    for actor in reading.actors:
        assert actor.name.strip()
        assert actor.mentions
        assert all(text[m.start : m.end].strip() for m in actor.mentions)
    records = [*reading.actors, *reading.statements, *reading.figures, *reading.events, *reading.places, *reading.times]
    assert len({r.id for r in records}) == len(records)
