"""Events: cases read through the real parser, what stands beside them, and text of any kind."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstime.read.events import find_events
from presstime.read.language import parse
from presstime.read.reading import read_document
from presstime.records import (
    EVENT_TYPES,
    Act,
    Actor,
    Context,
    Document,
    Event,
    Place,
    Span,
    Speaker,
    Standing,
    Statement,
    Time,
    Unattributed,
)

RECORDS = json.loads((Path(__file__).parents[1] / "cases" / "event_records.json").read_text(encoding="utf-8"))
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


def records(text: str, published: str | None) -> list[dict[str, Any]]:
    """A document's events with the names of places and the values of times, as the cases give them."""
    document = Document(id="d", sha256="", text=text, published=published)
    reading = read_document(document, Context())
    places = {p.id: p.name for p in reading.places}
    times = {t.id: t.value for t in reading.times}
    return [
        {
            "start": e.start,
            "end": e.end,
            "type": e.type,
            "standing": e.standing,
            "scope": e.scope,
            "means": e.means,
            "actor": e.actor and e.actor.name,
            "recipient": e.recipient and e.recipient.name,
            "place": places.get(e.place or ""),
            "time": times.get(e.time or ""),
            "sub_event": e.sub_event,
            "mentions": len(e.mentions),
        }
        for e in reading.events
    ]


@pytest.mark.parametrize("case", RECORDS, ids=lambda case: f"{case['about']}: {case['text'][:60]}")
def test_records(case: dict[str, Any]) -> None:
    """Each event asked for is there, at its words, with what the case says of it; an event meets one only."""
    text = case["text"]
    left = records(text, case.get("published"))
    if case.get("nothing"):
        assert not [e for e in left if e["type"] in ("ASSAULT", "COERCE") and e["standing"] == "reported"]
    for want in case["events"]:
        words, asked = want["words"], {k: v for k, v in want.items() if k != "words"}
        at = [i for i in range(len(text)) if text.startswith(words, i)]
        near = [e for e in left if any(e["start"] < i + len(words) and i < e["end"] for i in at)]
        met = [e for e in near if asked.items() <= e.items()]
        assert met, f"{words}: {asked} not among {[{k: e[k] for k in asked} for e in near]}"
        left.remove(met[0])


def test_every_part_of_a_record_has_cases() -> None:
    about = Counter(case["about"] for case in RECORDS)
    assert set(about) == {"standing", "scope", "means", "parties", "place", "time", "merging", "sub-event"}
    assert sum(about.values()) >= 120
    named = {e["sub_event"] for case in RECORDS for e in case["events"] if e.get("sub_event")}
    assert len(named) >= 20
    assert {e["standing"] for case in RECORDS for e in case["events"] if "standing" in e} == set(Standing.__args__)  # type: ignore[attr-defined]


def test_words_quoted_from_nobody_known_are_no_report() -> None:
    text = "“Rebels shelled the port.”"
    quote = Unattributed(start=0, end=len(text), reason="no speaker near")
    assert [e.standing for e in read(text, unattributed=(quote,))] == ["claimed"]
    assert [e.standing for e in read("Rebels shelled the port.")] == ["reported"]


def test_a_denial_without_words_of_its_own_disputes_what_it_answers() -> None:
    denial = Statement(id="n", speaker=None, cue=None, content=(), form="narrated", act="denial", answers=("s",), confidence=1.0)
    (event,) = read(TEXT, statements=(said(), denial))
    assert (event.standing, event.statement) == ("disputed", "s")


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
        assert event.mentions[0] == Span(start=event.start, end=event.end)
        assert all(text[m.start : m.end].strip() for m in event.mentions)
        for taking_part in (event.actor, event.recipient):
            assert taking_part is None or text[taking_part.start : taking_part.end] == taking_part.name
        assert event.means is None or event.means in text
