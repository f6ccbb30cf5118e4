"""Events: cases read through the real parser, what stands beside them, and text of any kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstime.read.events import find_events
from presstime.read.language import parse
from presstime.records import EVENT_TYPES, Act, Actor, Event, Place, Span, Speaker, Statement, Time

CASES = json.loads((Path(__file__).parents[1] / "cases" / "events.json").read_text(encoding="utf-8"))
PIECES = st.sampled_from(
    [
        "rebels",
        "army",
        "the",
        "town",
        "shelled",
        "attacked",
        "urged",
        "to",
        "stop",
        "talks",
        "with",
        "Varna",
        "accused",
        "of",
        "signed",
        "agreement",
        "will",
        "not",
        "must",
        "if",
        "could",
        "by",
        "said",
        "that",
        "police",
        "arrested",
        "protest",
        ".",
        ",",
        "“",
        "”",
        "\n\n",
        "ATTACK",
        "fighting",
        "broke",
        "out",
        "on",
        "and",
        "who",
        "imposed",
        "sanctions",
        "é",
        "—",
        "released",
    ]
)


def read(text: str, **given_: Any) -> tuple[Event, ...]:
    found = {"statements": (), "places": (), "times": (), "actors_at": ()} | given_
    return find_events("d", text, parse(text), **found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_cases(case: dict[str, Any]) -> None:
    text = case["text"]
    found = []
    for event in read(text):
        got = {"words": text[event.start : event.end], "type": event.type, "standing": event.standing}
        got |= {"mode": event.mode} if event.mode else {}
        got |= {"actor": event.actor and event.actor.name, "recipient": event.recipient and event.recipient.name}
        found.append(got)
    assert found == case["events"]


def test_every_type_has_a_case() -> None:
    assert {e["type"] for case in CASES for e in case["events"]} == set(EVENT_TYPES)


TEXT = "The army said that rebels shelled Varna on Monday."


def said(act: Act = "claim", text: str = TEXT) -> Statement:
    speaker = Speaker(start=0, end=8, name="The army", actor="a", how="subject", confidence=1.0)
    cue = Span(start=9, end=13)
    return Statement(
        id="s", speaker=speaker, cue=cue, content=(Span(start=19, end=len(text) - 1),), form="indirect", act=act, confidence=1.0
    )


def test_inside_a_statement_it_is_claimed() -> None:
    (event,) = read(TEXT, statements=(said(),))
    assert (event.type, event.standing, event.statement) == ("ASSAULT", "claimed", "s")


def test_inside_a_denial_it_is_denied() -> None:
    (event,) = read(TEXT, statements=(said("denial"),))
    assert event.standing == "denied"


def test_a_verbal_event_carries_the_statement_whose_cue_it_is() -> None:
    text = "The ministry condemned the attack."
    cue = Span(start=13, end=22)
    act = Statement(id="s", speaker=None, cue=cue, content=(Span(start=23, end=33),), form="narrated", act="condemnation", confidence=1.0)
    event = read(text, statements=(act,))[0]
    assert (event.type, event.standing, event.statement, event.place) == ("ACCUSE", "reported", "s", None)


def test_place_time_and_actor_are_ids() -> None:
    place = Place(id="p", start=34, end=39, name="Varna", use="literal", confidence=1.0)
    time = Time(id="t", start=43, end=49, value="2031-06-02", kind="date", confidence=1.0)
    actor = Actor(id="rebels", name="rebels", kind="group", mentions=(Span(start=19, end=25),))
    for actors in ((actor,), {(19, 25): actor}):
        (event,) = read(TEXT, places=(place,), times=(time,), actors_at=actors)
        assert (event.place, event.time, event.actor and event.actor.actor) == ("p", "t", "rebels")
        assert event.recipient is not None and event.recipient.name == "Varna"


def test_a_demand_s_actor_is_who_says_it() -> None:
    text = "The army said that Varna must withdraw its troops."
    (event,) = read(text, statements=(said(text=text),))
    assert (event.type, event.actor and event.actor.actor, event.recipient and event.recipient.name) == ("REQUEST", "a", "Varna")


def test_swapping_the_sides_swaps_only_the_names() -> None:
    one, other = (read(f"{a} troops shelled the port of {b} and rejected its offer.") for a, b in (("Varna", "Kesho"), ("Kesho", "Varna")))
    assert [(e.start, e.end, e.type, e.standing) for e in one] == [(e.start, e.end, e.type, e.standing) for e in other]
    assert len(one) == 2


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=60))
def test_offsets_hold_and_ids_are_single(text: str) -> None:
    found = read(text)
    assert len({e.id for e in found}) == len(found)
    for event in found:
        assert text[event.start : event.end].strip()
        for taking_part in (event.actor, event.recipient):
            assert taking_part is None or text[taking_part.start : taking_part.end] == taking_part.name
        assert event.means is None or event.means in text
