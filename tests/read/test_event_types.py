"""Types and modes of events: cases read through the real parser, near misses, and the word lists themselves."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstime.read.event_words import SUBJECT, lists
from presstime.read.language import parse
from presstime.read.triggers import Trigger, find_triggers
from presstime.records import EVENT_TYPES

CASES = json.loads((Path(__file__).parents[1] / "cases" / "event_types.json").read_text(encoding="utf-8"))
LEAST_CASES = 6


def triggers(text: str) -> list[tuple[str, Trigger]]:
    return [(" ".join(s.words[w] for w in t.words), t) for s in parse(text) for t in find_triggers(s)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_cases(case: dict[str, Any]) -> None:
    found = [t for _, t in triggers(case["text"])]
    assert [t.type for t in found] == [e["type"] for e in case["events"]]
    for trigger, event in zip(found, case["events"], strict=True):
        assert "mode" not in event or trigger.mode == event["mode"]


def test_every_type_has_its_cases() -> None:
    told = Counter(e["type"] for case in CASES for e in case["events"])
    assert all(told[kind] >= LEAST_CASES for kind in EVENT_TYPES)


def test_every_mode_is_of_a_type() -> None:
    known = lists()
    for table in (known.modes, known.asked, known.deeds):
        assert set(table) <= set(EVENT_TYPES)
    told = {(e["type"], e["mode"]) for case in CASES for e in case["events"] if e.get("mode")}
    listed = {(kind, mode) for table in (known.modes, known.asked) for kind, modes in table.items() for mode, _ in modes}
    assert told <= listed


def test_frames_are_written_out() -> None:
    for verb, slots in lists().frames.items():
        for slot in slots:
            assert slot.type in EVENT_TYPES and slot.parts, verb
            forms = frozenset().union(*slot.parts, slot.without)
            assert all(form and "+" not in form and not form.startswith("!") for form in forms), verb
            assert not {f for f in forms if f.removeprefix(SUBJECT)[:1] == "@"} - {"@person", "@place", "by:@person"}, verb


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rebels opened mortar fire on the port.", ["opened mortar fire"]),
        ("Thousands took to the streets of Oremi.", ["took to the streets"]),
        ("Officials said Kesh has to stop the raids.", ["has to stop"]),
        ("A truce took effect at midnight.", ["truce"]),
    ],
)
def test_a_trigger_s_words_go_from_the_verb_to_what_its_frame_asked_for(text: str, words: list[str]) -> None:
    assert [w for w, _ in triggers(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "The union will strike unless the ministry agrees to talks, officials said.",
        "Police used batons to disperse the marchers.",
        "Kesh, which had bombed the port a year ago, signed a treaty with Varna.",
        "The premier criticised farmers whose land was seized in the war.",
    ],
)
def test_conditions_aims_and_what_went_before_are_no_events_beside_one_that_is(text: str) -> None:
    assert len(triggers(text)) == 1


def test_what_is_asked_is_no_deed() -> None:
    assert [t.type for _, t in triggers("The envoy urged the rebels to release the hostages and to attack nobody.")] == ["REQUEST"]


def test_a_future_deed_said_is_an_agreement_a_threat_or_a_refusal() -> None:
    for deed, kind in (("send aid", "AGREE"), ("attack the port", "THREATEN"), ("not release the crew", "REJECT")):
        ((_, trigger),) = triggers(f"The general said he would {deed}.")
        assert trigger.type == kind and trigger.spoken


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(sorted({w for case in CASES for w in case["text"].split()})), max_size=20).map(" ".join))
def test_triggers_lie_in_their_sentence(text: str) -> None:
    for sentence in parse(text):
        for trigger in find_triggers(sentence):
            assert trigger.word in trigger.words and list(trigger.words) == sorted(set(trigger.words))
            assert trigger.words[0] >= 0 and trigger.words[-1] < len(sentence)
