"""Actors across documents: what is certain is joined, what is not stays apart."""

from __future__ import annotations

import pytest

from presstime.combine.identity import find_cast
from presstime.combine.names import is_named, name_key, singular_key
from presstime.combine.nations import Nations
from presstime.records import Context, KnownActor, KnownPlace

from .made import Made, combined, names

LAND = KnownPlace(name="Ostria", names=("Ostrian",), lat=0.0, lon=0.0, precision="country")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The Ferry Board", "Ferry Board"),
        ("Ostria’s Defence Ministry", "Ostrian Defense Ministry"),
        ("Ministry of Defence of Ostria", "Ostrian Defence Ministry"),
        ("Ostrian Ministry of Foreign Affairs", "Foreign Ministry of Ostria"),
        ("Greek Foreign Ministry", "Greece's Foreign Ministry"),
        ("Société du Lac", "Societe du Lac"),
    ],
)
def test_two_forms_of_one_bodys_name_are_one_actor(a: str, b: str) -> None:
    first, second = Made("north", f"{a} said the lake rose."), Made("south", f"{b} said the lake fell.")
    first.say(a, "the lake rose")
    second.say(b, "the lake fell")
    found = combined(first, second, context=Context(places=(LAND,))).actors
    assert len(found) == 1 and len(found[0].members) == 2
    assert {found[0].name, *found[0].names} == {a, b}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Greek Foreign Ministry", "Greek Defence Ministry"),
        ("Greek Foreign Ministry", "Turkish Foreign Ministry"),
        ("Foreign Ministry", "Greek Foreign Ministry"),
        ("Foreign Ministry", "Foreign Ministry"),
        ("three witnesses", "three witnesses"),
        ("Bank of Greece", "Greek Bank"),
    ],
)
def test_what_is_not_certain_stays_apart(a: str, b: str) -> None:
    first, second = Made("north", f"{a} said the lake rose."), Made("south", f"{b} said the lake fell.")
    first.say(a, "the lake rose")
    second.say(b, "the lake fell")
    assert len(combined(first, second).actors) == 2


def test_a_government_goes_by_its_capital_its_country_and_its_own_name() -> None:
    made = [Made(f"n{i}", f"{name} said it would wait.") for i, name in enumerate(("Paris", "France", "French government"))]
    for m, name in zip(made, ("Paris", "France", "French government"), strict=True):
        m.say(name, "it would wait", kind="government")
    found = combined(*made).actors
    assert len(found) == 1 and found[0].country == "FR"


def test_a_person_keeps_one_actor_with_a_title_a_bare_surname_and_none() -> None:
    first = Made("north", "President Edda Rin said no. Rin said yes.")
    first.say("President Edda Rin", "no", kind="person")
    first.say("Rin", "yes", kind="person")
    second = Made("south", "Edda Rin said perhaps. Another Rin-like name, Olm, said never.")
    second.say("Edda Rin", "perhaps", kind="person")
    found = [a for a in combined(first, second).actors if a.kind == "person"]
    assert [a.name for a in found] == ["Edda Rin"] and len(found[0].members) == 3


def test_a_bare_surname_is_not_joined_across_documents() -> None:
    first, second = Made("north", "Smith said no."), Made("south", "Smith said yes.")
    first.say("Smith", "no", kind="person")
    second.say("Smith", "yes", kind="person")
    assert len(combined(first, second).actors) == 2


def test_the_storys_names_are_one_actor_and_a_name_of_two_is_neither() -> None:
    known = (
        KnownActor(name="Vash Water Board", names=("the Board", "Dam Office")),
        KnownActor(name="Lake Board", names=("the Board",)),
    )
    made = Made("north", "Dam Office said one. Vash Water Board said two. Board said three.")
    for who, words in (("Dam Office", "one"), ("Vash Water Board", "two"), ("Board", "three")):
        made.say(who, words)
    found = combined(made, context=Context(actors=known)).actors
    assert [(a.name, len(a.members)) for a in found] == [("Vash Water Board", 2), ("Board", 1)]


def test_a_pronoun_is_nobody() -> None:
    made = Made("north", "She said no.")
    made.say("She", "no", kind="person")
    assert names(combined(made)) == []


def test_a_speaker_whom_no_actor_lists_is_still_found_by_name() -> None:
    made = Made("north", "Lake Board said no.")
    made.say("Lake Board", "no")
    made.records["actors"].clear()
    cast = find_cast([made.reading], Context())
    assert [a.name for a in cast.actors] == ["Lake Board"] and cast.actors[0].members == ()
    assert cast.speaker(made.reading.statements[0], "north") == cast.actors[0]


def test_a_spokesperson_is_the_bodys_voice() -> None:
    made = Made("north", "Mila Dron of the Lake Board said no. The Lake Board said so.")
    made.say("Mila Dron", "no", kind="person", role="spokeswoman for the Lake Board")
    made.say("Lake Board", "so")
    cast = find_cast([made.reading], Context())
    person, body = cast.named("Mila Dron"), cast.named("Lake Board")
    assert person is not None and body is not None and cast.voice(person) == body and cast.voice(body) == body


def test_a_country_is_told_only_where_it_is_certain() -> None:
    nations = Nations(Context(places=(LAND,)))
    found = nations.in_name("Ostrian mortars")
    assert found is not None and found[0].name == "Ostria" and found[1] == ("mortars",)
    assert nations.in_name("Greek-Turkish Friendship Club") is None
    assert nations.in_name("Lake Board") is None
    assert nations.in_name("Georgia's Health Ministry") is None


def test_a_countrys_press_is_not_the_country() -> None:
    made = Made("north", "Greek Daily Herald said no.")
    made.say("Greek Daily Herald", "no")
    cast = find_cast([made.reading], Context())
    assert cast.nation(cast.actors[0]) is None


def test_keys_and_names() -> None:
    assert name_key("The Ministry’s") == name_key("MINISTRY") == "ministry"
    assert singular_key("houses") == singular_key("house") and singular_key("fishermen") == singular_key("fisherman")
    assert is_named("Police") and is_named("砂の町") and not is_named("three witnesses") and not is_named("She")
