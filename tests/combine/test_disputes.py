"""Claims and denials: both sides, in and across documents, and what is no dispute."""

from __future__ import annotations

import pytest

from presstime.combine.words import same_matter, terms_of
from presstime.records import Context, KnownActor, KnownPlace, Span

from .made import Made, combined

LANDS = Context(
    places=(
        KnownPlace(name="Ardan", names=("Ardani",), lat=0.0, lon=0.0, precision="country"),
        KnownPlace(name="Velmor", names=("Velmori",), lat=1.0, lon=1.0, precision="country"),
    ),
    actors=(KnownActor(name="Government of Ardan", names=("Ardan",), kind="government"),),
)


def quarrel(name: str = "north") -> Made:
    made = Made(name, "Lake Board said boats turned back two rescuers at Velm. Ardan denied the claims.")
    claim = made.say("Lake Board", "boats turned back two rescuers at Velm", "accusation")
    made.say("Ardan", "the claims", "denial", kind="government", answers=(claim,))
    return made


def test_a_claim_and_its_denial_are_a_dispute_with_both_sides() -> None:
    found = combined(quarrel())
    (dispute,), (claim,) = found.disputes, found.claims
    assert (dispute.claimed_by, dispute.denied_by) == (("Lake Board",), ("Ardan",))
    assert dispute.claim == claim.id and claim.words == "boats turned back two rescuers at Velm" and dispute.no_response == ()


def test_nobody_disputes_with_himself() -> None:
    made = Made("north", "Lake Board said six died. Lake Board denied that.")
    claim = made.say("Lake Board", "six died")
    made.say("Lake Board", "that", "denial", answers=(claim,))
    assert combined(made).disputes == ()


def test_a_body_under_two_names_does_not_dispute_with_itself() -> None:
    made = Made("north", "Ardani Defence Ministry said six died. Defence Ministry of Ardan denied that.")
    claim = made.say("Ardani Defence Ministry", "six died")
    made.say("Defence Ministry of Ardan", "that", "denial", answers=(claim,))
    assert combined(made, context=LANDS).disputes == ()


@pytest.mark.parametrize("act", ["retraction", "confirmation", "claim"])
def test_only_a_denial_makes_a_dispute(act: str) -> None:
    made = Made("north", "Lake Board said six died. Ardan spoke of that.")
    claim = made.say("Lake Board", "six died")
    made.say("Ardan", "that", act, answers=(claim,))
    assert combined(made).disputes == ()


def test_the_same_claim_in_another_document_joins_it_and_keeps_both_denials() -> None:
    other = Made("south", "Edda Rin said patrol boats had turned back two rescuers at Velm at noon. Tam Olm denied it.")
    claim = other.say("Edda Rin", "patrol boats had turned back two rescuers at Velm at noon", kind="person")
    other.say("Tam Olm", "it", "denial", kind="person", answers=(claim,))
    (dispute,) = combined(quarrel(), other).disputes
    assert dispute.claimed_by == ("Lake Board", "Edda Rin") and dispute.denied_by == ("Ardan", "Tam Olm")


def test_an_undisputed_telling_elsewhere_is_one_of_the_claims() -> None:
    other = Made("south", "Edda Rin said patrol boats had turned back two rescuers at Velm at noon.")
    other.say("Edda Rin", "patrol boats had turned back two rescuers at Velm at noon", kind="person")
    (dispute,) = combined(quarrel(), other).disputes
    assert dispute.claimed_by == ("Lake Board", "Edda Rin") and dispute.denied_by == ("Ardan",)


@pytest.mark.parametrize(
    ("text", "cue", "words", "form", "about"),
    [
        ("Rin accused the Lake Board of opening three gates.", "accused", "the Lake Board of opening three gates", "narrated", None),
        (
            "Rin said: “The board opened three gates,” in Velm.",
            "said",
            "“The board opened three gates,”",
            "direct",
            "The board opened three gates",
        ),
        (
            "Rin said boats came near and “fired at will.”",
            "said",
            "boats came near and “fired at will.”",
            "mixed",
            "boats came near and “fired at will.”",
        ),
    ],
)
def test_a_dispute_is_called_by_words_that_can_stand_alone(text: str, cue: str, words: str, form: str, about: str | None) -> None:
    made = Made("north", f"{text} Ardan denied this.")
    start = text.index(cue)
    claim = made.say("Rin", words, "accusation", kind="person", form=form, cue=Span(start=start, end=start + len(cue)))
    made.say("Ardan", "this", "denial", kind="government", answers=(claim,))
    (dispute,) = combined(made).disputes
    assert dispute.about == (about or "accused the Lake Board of opening three gates")


def test_a_dispute_is_called_by_a_claim_rather_than_by_an_act() -> None:
    made = Made(
        "north", "Rin accused the board of opening three gates at Velm. Olm said the board opened three gates at Velm. Ardan denied this."
    )
    first = made.say(
        "Rin", "the board of opening three gates at Velm", "accusation", kind="person", form="narrated", cue=Span(start=4, end=11)
    )
    second = made.say("Olm", "the board opened three gates at Velm", "accusation", kind="person")
    made.say("Ardan", "this", "denial", kind="government", answers=(first, second))
    (dispute,) = combined(made).disputes
    assert dispute.about == "the board opened three gates at Velm" and dispute.claimed_by == ("Rin", "Olm")


def test_opposite_claims_stay_apart() -> None:
    made = Made("north", "Ardan said Velmori guns shelled Ardani farms at Osk. Velmor denied that.")
    claim = made.say("Ardan", "Velmori guns shelled Ardani farms at Osk", "accusation")
    made.say("Velmor", "that", "denial", answers=(claim,))
    other = Made("south", "Velmor said Ardani guns shelled Velmori farms at Osk. Ardan denied that.")
    claim = other.say("Velmor", "Ardani guns shelled Velmori farms at Osk", "accusation")
    other.say("Ardan", "that", "denial", answers=(claim,))
    found = combined(made, other).disputes
    assert [(d.claimed_by, d.denied_by) for d in found] == [(("Ardan",), ("Velmor",)), (("Velmor",), ("Ardan",))]


def test_a_denial_meets_the_accusation_in_another_document_that_names_its_side() -> None:
    claim = Made("north", "Lake Board said Ardani forces shelled the Ferry Gate checkpoint on Monday.")
    claim.say("Lake Board", "Ardani forces shelled the Ferry Gate checkpoint on Monday", "accusation")
    claim.happen("shelled", by="Ardani forces", to="the Ferry Gate checkpoint", statement=claim.records["statements"][0].id)
    denial = Made("south", "Ardani Defence Ministry denied that its troops shelled the Ferry Gate checkpoint.")
    denial.say("Ardani Defence Ministry", "its troops shelled the Ferry Gate checkpoint", "denial")
    (dispute,) = combined(claim, denial, context=LANDS).disputes
    assert dispute.claimed_by == ("Lake Board",) and dispute.denied_by == ("Ardani Defence Ministry",)
    stranger = Made("west", "Velmori Defence Ministry denied that its troops shelled the Ferry Gate checkpoint.")
    stranger.say("Velmori Defence Ministry", "its troops shelled the Ferry Gate checkpoint", "denial")
    assert combined(claim, stranger, context=LANDS).disputes == ()


def test_an_accused_body_of_whom_nothing_was_found_is_named() -> None:
    made = Made("north", "Edda Rin accused Delvan Works of leaving the wall unfinished. Tam Olm denied that. Delvan Works built it.")
    claim = made.say("Edda Rin", "Delvan Works of leaving the wall unfinished", "accusation", kind="person")
    made.say("Tam Olm", "that", "denial", kind="person", answers=(claim,))
    made.actor("Delvan Works")
    (dispute,) = combined(made).disputes
    assert dispute.no_response == ("Delvan Works",)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("boats turned back two rescuers at Velm", "patrol boats had turned back two rescuers at noon", True),
        ("No siren sounded in Velm that night", "a siren sounded in Velm that night", False),
        ("the guns did not fire on Velm", "the guns fired on Velm", False),
        ("shells hit the market in Velm", "shells hit the market in Osk and the bridge", True),
        ("shells hit Velm", "shells hit Osk", False),
        ("12 boats left the harbour gate", "15 boats left the harbour gate", False),
        ("Ardan shelled farms near Velmor", "Velmor shelled farms near Ardan", False),
    ],
)
def test_when_two_statements_say_the_same(a: str, b: str, same: bool) -> None:
    assert same_matter(terms_of(a), terms_of(b)) is same
    assert same_matter(terms_of(b), terms_of(a)) is same
