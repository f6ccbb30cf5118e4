"""What claims are one across documents, and that they come out the same however documents came in."""

from __future__ import annotations

import itertools

import pytest

from presstime.combine import combine_readings
from presstime.combine.claim_words import lemmas_of, negated_at, tokens
from presstime.records import Context

from .made import AS_OF, Made, combined


def telling(
    name: str, who: str, words: str, hour: int = 10, act: str = "claim", place: str | None = None, kind: str = "organisation"
) -> Made:
    """A document in which somebody says something."""
    made = Made(name, f"{who} said {words}.", published=f"2031-05-04T{hour:02d}:00:00+02:00")
    made.say(who, words, act, kind=kind)
    if place is not None:
        made.place(place)
    return made


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Keldan forces shelled the granary in Osk", "the grain store in Osk was hit by Keldan artillery", True),
        ("two lorries were turned back at the Brule crossing", "Two trucks were stopped at the Brule crossing", True),
        ("the alarm in the Brule tunnel was switched off", "somebody had disconnected the siren in the Brule tunnel", True),
        ("twelve boats left the Brule harbour at noon", "fifteen boats left the Brule harbour at noon", False),
        ("Keldan forces shelled the granary in Osk", "Velmori forces shelled the granary in Osk", False),
        ("the ferry to Osk sank in the channel", "no ferry to Osk sank in the channel", False),
        ("the bridge at Brule was shut for repairs", "the school at Brule won a prize for singing", False),
    ],
)
def test_statements_of_two_documents_are_one_claim_where_they_assert_the_same(one: str, other: str, same: bool) -> None:
    found = combined(telling("north", "Edda Rin", one), telling("south", "Tam Olm", other, 12))
    assert any(len(c.statements) == 2 for c in found.claims) is same


def test_claims_at_two_places_stay_apart() -> None:
    one = telling("north", "Edda Rin", "gunmen robbed the savings bank in Osk", place="Osk")
    other = telling("south", "Tam Olm", "gunmen robbed the savings bank in Brule", 12, place="Brule")
    assert all(len(c.statements) == 1 for c in combined(one, other).claims)


def test_one_document_saying_it_twice_is_no_finding() -> None:
    made = Made("north", "Edda Rin said gunmen robbed the savings bank in Osk. Gunmen robbed the savings bank in Osk, Tam Olm said.")
    made.say("Edda Rin", "gunmen robbed the savings bank in Osk")
    made.say("Tam Olm", "Gunmen robbed the savings bank in Osk")
    assert combined(made).claims == ()


@pytest.mark.parametrize(
    ("words", "negated"),
    [
        ("no town was shelled", ["town", "shelled"]),
        ("we did not fire on the village", ["fire", "village"]),
        ("it will not free the prisoners", []),
        ("not only the mill burned", []),
        ("they never left, and the gate stood open", ["left"]),
    ],
)
def test_what_stands_under_a_not(words: str, negated: list[str]) -> None:
    found = tokens(words)
    under = negated_at(found)
    assert [t.low for i, t in enumerate(found) if i in under and t.low not in ("was", "on", "the")] == negated


def test_forms_of_a_word_meet() -> None:
    assert "fire" in lemmas_of("fired") and "boat" in lemmas_of("boats")


def test_the_order_in_which_documents_come_changes_nothing() -> None:
    made = [
        telling("a", "Lake Board", "Keldan boats turned back two rescuers at Velm", 8, "accusation"),
        telling("b", "Edda Rin", "Keldan patrol boats turned back two rescuers at Velm", 9, "accusation"),
        telling("c", "Keldan Defence Ministry", "its boats had turned back anybody at Velm", 11, "denial"),
    ]
    readings = [m.reading for m in made]
    first = combine_readings(readings, as_of=AS_OF, context=Context())
    assert first.disputes
    for mixed in itertools.permutations(readings):
        again = combine_readings(mixed, as_of=AS_OF, context=Context())
        assert (again.claims, again.disputes) == (first.claims, first.disputes)
