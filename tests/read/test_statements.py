"""Statements: cases read through the real parser, the two sides' names swapped, and text of any kind."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstime.gazetteer import open_gazetteer
from presstime.read.language import parse
from presstime.read.reading import read_document
from presstime.read.speakers import Resolver
from presstime.read.statements import Found, find_statements
from presstime.records import ACTS, Context, Document, KnownActor, KnownPlace, Reading, Statement

CASES_FOLDER = Path(__file__).parents[1] / "cases"
CASES = json.loads((CASES_FOLDER / "statements.json").read_text(encoding="utf-8"))
KNOWN = json.loads((CASES_FOLDER / "statements_known.json").read_text(encoding="utf-8"))
"""Cases that are not read right yet, each with why; they hold what must be held of any text."""


def blocks_of(text: str) -> list[tuple[int, int]]:
    """The paragraphs, which an empty line divides."""
    found, at = [], 0
    for paragraph in text.split("\n\n"):
        found.append((at, at + len(paragraph)))
        at += len(paragraph) + 2
    return found


def government_of(name: str) -> tuple[str, str] | None:
    country = open_gazetteer().government_of(name)
    return None if country is None or country.country is None else (country.name, country.country)


def found_in(text: str) -> Found:
    blocks = blocks_of(text)
    sentences = parse(text, blocks)
    return find_statements("doc", text, sentences, blocks, Resolver(text, sentences, government_of))


def document(text: str) -> Document:
    return Document(id="doc", sha256="0" * 64, text=text, language="en")


def place_of(text: str, words: str | list[Any] | None) -> tuple[int, int] | None:
    """The offsets of some words: "said", or ["said", 2] for the second time they stand in the text."""
    if words is None:
        return None
    needle, nth = (words, 1) if isinstance(words, str) else words
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(needle)}(?!\w)" if needle[0].isalnum() else re.escape(needle), text)]
    return found[nth - 1]


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
        assert all(a.end <= b.start for a, b in zip(s.content, s.content[1:], strict=False))
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


# ---------------------------------------------------------------- fair to both sides

TWO_SIDES = [
    "{A} said on Tuesday that {B} had shelled the village of Sarn.\n\n{B} denied the claims.\n\n“Our guns were silent,” {B} said in a statement.",
    "{A} accused {B} of breaking the truce. {B} rejected the accusation and called for talks.\n\n{A}'s foreign ministry said that {B} must withdraw.",
    "“We are ready to talk,” {A} said. {B} refused to sign the agreement.\n\n{B} warned that the dam could break.\n\nThe council urged {A} and {B} to talk.",
    "According to {A}, the ferry left at six. {B} said it left at seven.\n\n{A} condemned the delay. {B} did not comment.",
    "The {a} army said that two soldiers had been killed. The {b} army said it had lost nobody.\n\n{b} troops opened fire first, {A} said.",
    "The {a} president, Mira Tond, offered to reopen the border. “The offer is unacceptable,” said Oren Kest, the {b} foreign minister.",
    "A {a} spokesman denied that {a} troops had fired at {b} positions. A {b} spokesman confirmed the report.",
]
SIDES = [
    ({"A": "Ardania", "a": "Ardanian", "B": "Belmoria", "b": "Belmorian"}, {"A": "Belmoria", "a": "Belmorian", "B": "Ardania", "b": "Ardanian"}),
    ({"A": "Norway", "a": "Norwegian", "B": "Chile", "b": "Chilean"}, {"A": "Chile", "a": "Chilean", "B": "Norway", "b": "Norwegian"}),
    ({"A": "Oslo", "a": "Norwegian", "B": "Santiago", "b": "Chilean"}, {"A": "Santiago", "a": "Chilean", "B": "Oslo", "b": "Norwegian"}),
]

STORY = Context(
    actors=tuple(KnownActor(name=name, kind="government") for name in ("Ardania", "Belmoria")),
    places=tuple(KnownPlace(name=name, names=(people,), precision="country") for name, people in (("Ardania", "Ardanian"), ("Belmoria", "Belmorian"))),
)
"""Invented countries are in no gazetteer: the story names them, as an editor would."""


def without_names(reading: Reading, swap: dict[str, str]) -> dict[str, Any]:
    """A reading by words instead of offsets, the two sides' names exchanged by `swap`."""
    text = reading.document.text
    pattern = re.compile(r"\b(?:" + "|".join(sorted(swap, key=len, reverse=True)) + r")\b")

    def plain(words: str | None) -> str | None:
        return None if words is None else pattern.sub(lambda m: swap[m[0]], words)

    at = {s.id: i for i, s in enumerate(reading.statements)}
    return {
        "statements": [
            (
                plain(text[s.speaker.start : s.speaker.end]) if s.speaker else None,
                plain(s.speaker.name) if s.speaker else None,
                s.speaker.how if s.speaker else None,
                text[s.cue.start : s.cue.end] if s.cue else None,
                tuple(plain(text[c.start : c.end]) for c in s.content),
                s.form,
                s.act,
                s.medium,
                plain(s.addressee),
                at[s.reported_by] if s.reported_by else None,
                tuple(at[a] for a in s.answers),
                s.confidence,
            )
            for s in reading.statements
        ],
        "actors": sorted((plain(a.name) or "", a.kind, plain(a.role), len(a.mentions)) for a in reading.actors),
        "figures": [(f.measure, f.low, f.high, f.qualifier, plain(f.group), plain(f.words), f.scope, f.confidence) for f in reading.figures],
        "events": [(plain(text[e.start : e.end]), e.type, e.mode, e.scope, e.standing, e.confidence) for e in reading.events],
        "places": [(plain(p.name), p.use, p.precision) for p in reading.places],
        "times": [(t.value, t.kind) for t in reading.times],
        "unattributed": [plain(text[u.start : u.end]) for u in reading.unattributed],
        "problems": [p.what for p in reading.problems],
    }


@pytest.mark.parametrize("template", TWO_SIDES)
@pytest.mark.parametrize(("sides", "swapped"), SIDES, ids=["invented", "countries", "capitals"])
def test_swapping_the_two_sides_changes_nothing_but_the_names(template: str, sides: dict[str, str], swapped: dict[str, str]) -> None:
    first = read_document(document(template.format(**sides)), STORY)
    second = read_document(document(template.format(**swapped)), STORY)
    assert first.statements
    there = {sides[k]: sides[k] for k in sides} | {"Norway": "Norway", "Chile": "Chile"}
    back = {swapped[k]: sides[k] for k in sides} | {"Norway": "Chile", "Chile": "Norway"}
    assert without_names(second, back) == without_names(first, there)


# ---------------------------------------------------------------- any text

PIECES = st.sampled_from(
    "Mira Tond|Oren Kest|Norway|the army|The ministry|she|it|They|who|said|says|denied|told|reporters|that|warned|according to|accused|of|urged|to|talk|"
    "claim|the claims|adding that|saying|would say|did not comment|rejected|the offer|statement|on Facebook|had shelled|the town|must|will|not|and|but|if|"
    "“|”|\"|'|‘|’|«|»|``|''|“Go home,”|“the end”|\"It is over.\"|:|,|.|;|?|—|(|)|-|SARN (Combined Sources) —|Lena Farrow:|\n|\n\n|\n\n“|80|dead|on Monday|\u00a0|é|💧".split(
        "|"
    )
)


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
