"""Denials find what they deny, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from presstime.read.answers import answered, content_words, stem
from presstime.records import Span, Speaker, Statement

Said = tuple[str, str, str]


def made(said: list[Said]) -> tuple[str, list[Statement]]:
    """Statements "s0", "s1"… of (speaker, act, content), and the text they stand in."""
    text, statements = "", []
    for i, (who, act, content) in enumerate(said):
        start = len(text) + len(who) + 1
        speaker = Speaker(start=len(text), end=len(text) + len(who), name=who, how="subject", confidence=1.0)
        given: dict[str, Any] = {"form": "indirect", "act": act, "confidence": 1.0}
        span = Span(start=start, end=start + len(content))
        statements.append(Statement(id=f"s{i}", speaker=speaker, cue=None, content=(span,), **given))
        text += f"{who} {content}\n"
    return text, statements


def answers(*said: Said) -> list[tuple[str, ...]]:
    text, statements = made(list(said))
    return [s.answers for s in answered(text, statements)]


BOAT = ("Ana Bel", "claim", "the boats left Osk at noon")
GATE = ("Velmor", "accusation", "Ardani guns shelled the gate")


@pytest.mark.parametrize("words", ["that", "it", "the claims", "all such allegations", "both", "it on Wednesday", "those reports again"])
def test_a_bare_denial_takes_up_the_statement_before_it(words: str) -> None:
    assert answers(BOAT, GATE, ("Tam Olm", "denial", words))[-1] == ("s1",)


def test_a_bare_denial_prefers_the_one_that_names_the_denier() -> None:
    aside = ("Velmor", "claim", "its men had not moved")
    assert answers(GATE, aside, ("Ardan", "denial", "that"))[-1] == ("s0",)


@pytest.mark.parametrize("act", ["appeal", "offer", "promise", "demand"])
def test_a_bare_denial_is_of_something_asserted_and_not_far_back(act: str) -> None:
    assert answers(GATE, ("Ana Bel", act, "to wait for rain"), ("Tam Olm", "denial", "it"))[-1] == ("s0",)
    assert answers(GATE, *[("Ana Bel", act, "to wait for rain")] * 6, ("Tam Olm", "denial", "it"))[-1] == ()


@pytest.mark.parametrize(
    "words",
    [
        "that any boats had left Osk",
        "the claim by Ana Bel that boats had left Osk",
        "reports that boats left Osk",
        "having sent boats from Osk",
    ],
)
def test_a_denial_with_words_of_its_own_finds_those_words(words: str) -> None:
    assert answers(BOAT, GATE, ("Tam Olm", "denial", words))[-1] == ("s0",)


@pytest.mark.parametrize(
    "words", ["reports that it had sold grain", "the claim by Edda Rin that no siren rang", "having sold grain abroad"]
)
def test_what_nobody_said_before_is_linked_to_nothing(words: str) -> None:
    assert answers(BOAT, GATE, ("Tam Olm", "denial", words))[-1] == ()


def test_the_statement_just_before_is_meant_when_it_names_the_denier() -> None:
    assert answers(("Velmor", "demand", "the withdrawal of Ardani men"), ("Ardan", "denial", "having any soldiers there"))[-1] == ("s0",)
    assert answers(("Velmor", "demand", "the withdrawal of Ostrian men"), ("Ardan", "denial", "having any soldiers there"))[-1] == ()


def test_a_denial_goes_on() -> None:
    found = answers(GATE, ("Ardan", "denial", "it"), ("Ardan", "denial", "“Not one shot was heard,”"))
    assert found == [(), ("s0",), ("s0",)]


@pytest.mark.parametrize("act", ["denial", "no-comment", "retraction"])
def test_denials_silence_and_retractions_are_not_denied(act: str) -> None:
    assert answers(("Ana Bel", act, "the boats left Osk"), ("Tam Olm", "denial", "that"))[-1] == ()


def test_nobody_answers_himself() -> None:
    assert answers(BOAT, ("Ana Bel", "denial", "that"))[-1] == ()


def test_words_reported_in_order_to_be_denied_are_what_is_denied() -> None:
    text, statements = made([("Tam Olm", "denial", "the Echo’s report that boats left"), ("Echo", "denial", "boats left")])
    inner = Statement(
        id="s1",
        speaker=statements[1].speaker,
        cue=None,
        content=statements[1].content,
        form="indirect",
        act="denial",
        reported_by="s0",
        confidence=1.0,
    )
    assert [s.answers for s in answered(text, [statements[0], inner])] == [("s1",), ()]


def test_forms_of_a_word_meet() -> None:
    assert stem("opened") == stem("opening") == stem("opens") == stem("open")
    assert content_words("the gates were opened") == content_words("Opening gates")


def test_what_only_asks_is_not_what_a_denial_denies() -> None:
    accused = ("Velmor", "accusation", "Ardan of firing shells at Osk")
    asked = ("Tam Olm", "demand", "that Ardan withdraw its troops, who had opened fire")
    assert answers(accused, asked, ("Ardan's ministry", "denial", "that its troops had opened fire"))[-1] == ("s0",)
    assert answers(asked, BOAT, ("Ardan's ministry", "denial", "that its troops had opened fire"))[-1] == ()


def test_an_accusation_that_names_the_denier_comes_before_a_claim_that_does_not() -> None:
    toll = ("Ana Bel", "claim", "that twelve died when shells struck Osk")
    accused = ("Velmor", "accusation", "Ardan of firing shells at Osk")
    assert answers(accused, toll, ("Ardan's army", "denial", "that it fired shells at Osk"))[-1] == ("s0",)
