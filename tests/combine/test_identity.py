"""Actors across documents: what is certain is joined, what is not stays apart and is proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from random import Random
from typing import Any

import msgspec
import pytest

from presstime.combine.engine import run
from presstime.combine.identity import IDENTITY
from presstime.combine.identity_hints import HINTS
from presstime.combine.identity_voices import VOICES
from presstime.combine.names import is_named, name_key, singular_key
from presstime.combine.nations import Nations
from presstime.combine.people import fit, person_name
from presstime.combine.reactions import REACTIONS
from presstime.combine.silences import SILENCES
from presstime.combine.stages import Stage, World
from presstime.combine.transliteration import alike
from presstime.findings import FoundActor
from presstime.ledger.bench import Bench
from presstime.records import ActorKind, Context, KnownActor, KnownPlace, Reading

from .made import Made, combined, names

LAND = KnownPlace(name="Ostria", names=("Ostrian",), lat=0.0, lon=0.0, precision="country")


class Given:
    """Readings that are given, with their places in the order."""

    def __init__(self, readings: Mapping[str, tuple[str, Reading]]) -> None:
        self._readings = readings

    def signatures(self) -> Mapping[str, tuple[str, str]]:
        return {d: (d, order) for d, (order, _) in self._readings.items()}

    def readings(self, documents: Sequence[str]) -> Iterator[Reading]:
        return (self._readings[d][1] for d in documents)


def told(*given: str, kind: ActorKind = "person", context: Context | None = None) -> tuple[FoundActor, ...]:
    """The actors of as many documents as names are given, each of which has its name as a speaker."""
    made = []
    for number, name in enumerate(given):
        document = Made(f"n{number}", f"{name} said the lake rose.", published=f"2031-05-04T10:{number:02d}:00+02:00")
        document.say(name, "the lake rose", kind=kind)
        made.append(document)
    return combined(*made, context=context).actors


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The Ferry Board", "Ferry Board"),
        ("Ostria’s Defence Ministry", "Ostrian Defense Ministry"),
        ("Ministry of Defence of Ostria", "Ostrian Defence Ministry"),
        ("Ostrian Ministry of Foreign Affairs", "Foreign Ministry of Ostria"),
        ("Ostrian Ministry of Defence", "Ostria's Ministry of Defence"),
        ("Greek Foreign Ministry", "Greece's Foreign Ministry"),
        ("Société du Lac", "Societe du Lac"),
        ("Guild of Potters", "Potters' Guild"),
        ("Ardent Lines Ltd", "Ardent Lines"),
        ("Velm Water Board", "Water Board"),
        ("National Harbour Authority", "NHA"),
        ("Free Front of Velm", "Free Front"),
        ("Norrick Energy", "Norrick"),
        ("group calling itself the Brothers of Velm", "Brothers of Velm"),
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
        ("Velm Water Board", "Orm Water Board"),
        ("Qirvany Defence Ministry", "Mardolian Defence Ministry"),
    ],
)
def test_what_is_not_certain_stays_apart(a: str, b: str) -> None:
    first, second = Made("north", f"{a} said the lake rose."), Made("south", f"{b} said the lake fell.")
    first.say(a, "the lake rose")
    second.say(b, "the lake fell")
    assert len(combined(first, second).actors) == 2


def test_a_land_that_only_the_texts_tell_goes_by_its_own_and_its_peoples_name() -> None:
    found = told("Qirvany's Defence Ministry", "Qirvanian Defence Ministry", "Defence Ministry of Qirvany", kind="organisation")
    assert len(found) == 1
    found = told("Qirvany", "Qirvanian government", "Government of Qirvany", kind="government")
    assert len(found) == 1


def test_a_capital_stands_for_its_government_where_a_document_says_whose_it_is() -> None:
    first = Made("north", "Velm said no. Velm, the capital of Qirvany, was calm.")
    first.say("Velm", "no", kind="government")
    second = Made("south", "Qirvany said yes.")
    second.say("Qirvany", "yes", kind="government")
    assert len(combined(first, second).actors) == 1


def test_a_government_goes_by_its_capital_its_country_and_its_own_name() -> None:
    found = told("Paris", "France", "French government", kind="government")
    assert len(found) == 1 and found[0].country == "FR"


def test_two_governments_are_two() -> None:
    assert len(told("Paris", "Athens", "Qirvany", "Mardol", kind="government")) == 4


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Anahit Vardanyan", "Anahit Vardanian"),
        ("Metaqse Olm", "Metakse Olm"),
        ("Zaur Əhmədov", "Zaur Ahmadov"),
        ("Muhammad Rin", "Mohammed Rin"),
        ("Sergei Dolin", "Sergey Dolin"),
        ("Pyotr Zharov", "Pyotr Jaroff"),
        ("Ana Müller", "Ana Muller"),
        ("President Edda Rin", "Edda Rin"),
        ("E. Rin", "Edda Rin"),
        ("Edda K. Rin", "Edda Rin"),
        ("Edda Holm-Rin", "Edda Rin"),
        ("Bill Orme", "William Orme"),
        ("Rin, Edda", "Edda Rin"),
        ("Vardanyan Anahit", "Anahit Vardanyan"),
        ("Pia Adel-Moro", "Judge Adel Moro"),
    ],
)
def test_two_spellings_or_forms_of_a_persons_name_are_one(a: str, b: str) -> None:
    assert len(told(a, b)) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Edda Rin", "Olaf Rin"),
        ("Edda Rin", "Edda Ron"),
        ("Edda Marsh", "Jane Marsh"),
        ("J. Rin", "Edda Rin"),
        ("Edda Gonash", "Edda Gonashvin"),
        ("Edda K. Rin", "Edda T. Rin"),
        ("Hasan Orm", "Hussein Orm"),
    ],
)
def test_two_people_are_two(a: str, b: str) -> None:
    assert len(told(a, b)) == 2


def test_a_bare_surname_joins_the_one_bearer_the_story_has() -> None:
    (found,) = told("Rin", "Edda Rin", "Ms Rin")
    assert found.name == "Edda Rin" and len(found.members) == 3


def test_a_bare_surname_with_two_bearers_stays_apart_and_is_proposed() -> None:
    first = Made("north", "Edda Rin said no.")
    first.say("Edda Rin", "no", kind="person")
    second = Made("south", "Olaf Rin said yes.")
    second.say("Olaf Rin", "yes", kind="person")
    third = Made("west", "Rin said perhaps.")
    third.say("Rin", "perhaps", kind="person")
    found = combined(first, second, third)
    assert len(found.actors) == 3
    assert {c.names for c in found.candidates} == {("Edda Rin", "Rin"), ("Olaf Rin", "Rin")}
    assert all(c.kind == "actor" and c.why and 0 < c.score < 1 for c in found.candidates)


def test_a_bare_surname_with_a_role_goes_to_the_bearer_who_has_it() -> None:
    first = Made("north", "Edda Rin said no. Olaf Rin said yes.")
    first.say("Edda Rin", "no", kind="person", role="president")
    first.say("Olaf Rin", "yes", kind="person", role="spokesman")
    second = Made("south", "President Rin said perhaps.")
    second.say("President Rin", "perhaps", kind="person")
    found = {a.name: len(a.members) for a in combined(first, second).actors}
    assert found == {"Edda Rin": 2, "Olaf Rin": 1}


def test_an_initial_that_fits_two_stays_apart() -> None:
    found = told("Edda Rin", "Elsa Rin", "E. Rin")
    assert len(found) == 3


def test_one_name_borne_by_a_minister_and_a_fisherman_is_two_people() -> None:
    first, second = Made("north", "Jan Olm said no."), Made("south", "Jan Olm said yes.")
    first.say("Jan Olm", "no", kind="person", role="finance minister")
    second.say("Jan Olm", "yes", kind="person", role="fisherman")
    found = combined(first, second)
    assert len(found.actors) == 2 and len({a.id for a in found.actors}) == 2
    assert [c.names for c in found.candidates] == [("Jan Olm", "Jan Olm")]


def test_a_person_keeps_one_actor_with_a_title_a_bare_surname_and_none() -> None:
    first = Made("north", "President Edda Rin said no. Rin said yes.")
    first.say("President Edda Rin", "no", kind="person")
    first.say("Rin", "yes", kind="person")
    second = Made("south", "Edda Rin said perhaps. Another Rin-like name, Olm, said never.")
    second.say("Edda Rin", "perhaps", kind="person")
    found = [a for a in combined(first, second).actors if a.kind == "person"]
    assert [a.name for a in found] == ["Edda Rin"] and len(found[0].members) == 3


def test_a_bare_surname_without_a_bearer_is_not_joined_across_documents() -> None:
    first, second = Made("north", "Smith said no."), Made("south", "Smith said yes.")
    first.say("Smith", "no", kind="person")
    second.say("Smith", "yes", kind="person")
    assert len(combined(first, second).actors) == 2


def test_a_ministry_that_any_land_has_is_one_where_the_places_are_the_same() -> None:
    first, second = Made("north", "Interior Ministry said Velm was calm."), Made("south", "Interior Ministry said Velm was wet.")
    for made, words in ((first, "Velm was calm"), (second, "Velm was wet")):
        made.say("Interior Ministry", words)
        made.place("Velm")
    assert len(combined(first, second).actors) == 1


def test_a_ministry_in_a_dispatch_from_a_capital_is_that_lands() -> None:
    north = Made("north", "Ostrian Defence Ministry said no. Greek Defence Ministry said yes.")
    north.say("Ostrian Defence Ministry", "no")
    north.say("Greek Defence Ministry", "yes")
    south = Made("south", "Defence Ministry said perhaps.", dateline="VELM, Ostria")
    south.say("Defence Ministry", "perhaps")
    found = {a.name: len(a.members) for a in combined(north, south, context=Context(places=(LAND,))).actors}
    assert found == {"Ostrian Defence Ministry": 2, "Greek Defence Ministry": 1}


def test_a_short_form_that_fits_two_bodies_stays_apart_and_is_proposed() -> None:
    found = told("Velm Water Board", "Orm Water Board", "Water Board", kind="organisation")
    assert len(found) == 3


def test_an_acronym_that_fits_two_bodies_is_neither() -> None:
    assert len(told("North Harbour Authority", "National Highways Agency", "NHA", kind="organisation")) == 3


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
    (found,) = combined(made).actors
    assert (found.name, found.members) == ("Lake Board", ())


def test_no_id_is_lost_when_names_turn_out_to_be_one_actors() -> None:
    alone = {a.id for name in ("Metaqse Olm", "Metakse Olm") for a in told(name)}
    (found,) = told("Metaqse Olm", "Metakse Olm")
    assert alone == {found.id, *found.redirects}


def test_the_id_is_that_of_the_earliest_form_whatever_the_order_of_coming() -> None:
    made = []
    for number, name in enumerate(("Metakse Olm", "Metaqse Olm", "M. Olm")):
        document = Made(f"n{number}", f"{name} said the lake rose.", published=f"2031-05-04T1{number}:00:00+02:00")
        document.say(name, "the lake rose", kind="person")
        made.append(document)
    first = told("Metakse Olm")[0].id
    assert {tuple(a.id for a in combined(*order).actors) for order in permutations(made)} == {(first,)}


def test_piece_by_piece_gives_what_at_once_gives() -> None:
    made = []
    people = ("Rin", "Edda Rin", "Rin Edda", "E. Rin", "Olaf Rin", "President Rin")
    bodies = ("Velm Water Board", "Water Board", "VWB", "Qirvany's Army", "Qirvanian Army", "Army", "Qirvany")
    for number, (name, kind) in enumerate([(n, "person") for n in people] + [(n, "organisation") for n in bodies]):
        document = Made(f"n{number}", f"{name} accused Orm of lying.", published=f"2031-05-04T10:{number:02d}:00+02:00")
        document.say(name, "Orm of lying", "accusation", kind=kind)
        made.append(document)
    steps: list[list[Stage[Any, Any, Any]]] = [[HINTS], [IDENTITY], [VOICES], [REACTIONS, SILENCES]]
    kinds = {step.name: step.fact for level in steps for step in level}
    world = World(Context(), Nations(Context()))

    def settled(*numbers: Sequence[int]) -> list[object]:
        bench = Bench.in_memory()
        for given in numbers:
            run(bench, Given({made[n].document.id: (f"{n:02d}", made[n].reading) for n in given}), world, lambda *_: set(), steps, kinds)
        return [[*bench.outcomes(name), *bench.all_facts(name)] for name in kinds]

    every = range(len(made))
    at_once = settled(every)
    for seed in range(20):
        order = Random(seed).sample(every, len(made))
        assert settled(order[:4], order[:9], order[2:11], order) == at_once


def said(name: str, text: str, kind: ActorKind = "organisation", **fields: Any) -> Made:
    """A document in which somebody speaks under a name."""
    made = Made("north", text)
    made.say(name, "the lake rose", kind=kind, **fields)
    return made


def other(
    name: str, kind: ActorKind = "organisation", text: str = "{} said the lake rose.", document: str = "south", **fields: Any
) -> Made:
    """Another document in which somebody speaks."""
    made = Made(document, text.format(name))
    made.say(name, "the lake rose", kind=kind, **fields)
    return made


@pytest.mark.parametrize(
    ("text", "name", "kind", "fuller", "whole"),
    [
        # beside a description
        ("The operator, Velm Rail, said the lake rose.", "operator, Velm Rail", "person", "Velm Rail", "organisation"),
        # a spokesperson without a name
        (
            "A spokeswoman for the Velm Constabulary said the lake rose.",
            "spokeswoman for the Velm Constabulary",
            "person",
            "Velm Constabulary",
            "organisation",
        ),
        # organs
        ("The Command of the Lake Front said the lake rose.", "Command of the Lake Front", "organisation", "Lake Front", "organisation"),
        ("Organisers from the Lake League said the lake rose.", "Organisers from the Lake League", "group", "Lake League", "organisation"),
        # a personal office
        ("Minister Dron’s office said the lake rose.", "Minister Dron’s office", "organisation", "Edda Dron", "person"),
        # initials in brackets
        (
            "The Lake Board (LB) of Velm said the lake rose.",
            "Lake Board (LB) of Velm",
            "organisation",
            "Lake Board of Velm",
            "organisation",
        ),
        # a head that the reading left out
        ("The Front for the Free Marsh said the lake rose.", "Free Marsh", "organisation", "Front for the Free Marsh", "organisation"),
        # the kind behind or before the name
        ("The Fedpas federation said the lake rose.", "Fedpas federation", "organisation", "Fedpas", "organisation"),
        ("The herders’ federation Fedpas said the lake rose.", "herders’ federation Fedpas", "organisation", "Fedpas", "organisation"),
    ],
)
def test_what_stands_beside_a_name_tells_whose_it_is(text: str, name: str, kind: ActorKind, fuller: str, whole: ActorKind) -> None:
    found = combined(said(name, text, kind), other(fuller, whole)).actors
    assert len(found) == 1


@pytest.mark.parametrize(
    ("text", "name", "kind", "fuller"),
    [
        ("The mayor’s office said the lake rose.", "mayor’s office", "organisation", "Edda Dron"),
        ("The father of Edda Dron said the lake rose.", "father of Edda Dron", "person", "Edda Dron"),
        ("A doctor, Edda Dron beside him, said the lake rose.", "doctor", "person", "Edda Dron"),
        ("The board of Velm Mills said the lake rose.", "board of Velm Mills", "organisation", "Velm Hills"),
    ],
)
def test_what_stands_beside_a_name_may_be_another(text: str, name: str, kind: ActorKind, fuller: str) -> None:
    found = combined(said(name, text, kind), other(fuller, "person" if fuller == "Edda Dron" else "organisation")).actors
    assert len(found) == 2


def test_whose_father_somebody_is_does_not_part_two_papers_names() -> None:
    first = said("Edda Dron", "Edda Dron said the lake rose. The father of Edda Dron wept.", "person")
    first.actor("father of Edda Dron", "person")
    assert sorted(len(a.members) for a in combined(first, other("Edda Dron", "person")).actors) == [1, 2]


@pytest.mark.parametrize("short", ["Fedlak", "FLK"])
def test_a_short_form_that_one_paper_explains(short: str) -> None:
    explains = said("Federated Lake Keepers", f"Federated Lake Keepers ({short}) said the lake rose.")
    (actor,) = combined(explains, other(short, "person")).actors
    assert (actor.name, actor.names, actor.kind) == ("Federated Lake Keepers", (short,), "organisation")


def test_a_short_form_that_two_bodies_have_is_neithers() -> None:
    one = said("Federated Lake Keepers", "Federated Lake Keepers (FLK) said the lake rose.")
    two = other("Free Land Kitchens", text="{} (FLK) said the lake rose.")
    assert len(combined(one, two, other("FLK", document="west")).actors) == 3


@pytest.mark.parametrize(
    ("short", "full"),
    [("Timon Van Leer", "Timon Vanleer"), ("Timon Bek-Aram", "Timon Bekaram"), ("Ana Quiroga Mendes", "Ana Quiroga")],
)
def test_a_surname_in_one_word_or_two(short: str, full: str) -> None:
    assert len(told(short, full)) == 1
    assert len(told(short.replace("Timon", "Petra").replace("Ana", "Petra"), full)) == 2


def test_a_title_with_a_given_name() -> None:
    full = said("Sorn Vath", "Colonel Sorn Vath said the lake rose.", "person", role="Colonel")
    short = other("Sorn", "person", "Colonel {} said the lake rose.", role="Colonel")
    assert len(combined(full, short).actors) == 1
    assert len(combined(full, other("Sorn", "person", "The baker {} said the lake rose.", role="baker")).actors) == 2
    another = other("Sorn Orlu", "person", "Colonel {} said the lake rose.", document="west", role="Colonel")
    assert len(combined(full, short, another).actors) == 3


def test_an_office_without_a_name_is_the_one_holders_of_the_same_places() -> None:
    def made(*names: str, place: str = "Velm") -> int:
        found = []
        for number, name in enumerate(names):
            document = Made(f"n{number}", f"Fire Chief {name} said the lake rose at Velm.")
            document.say(name, "the lake rose", kind="person", role="Fire Chief")
            document.place("Velm")
            found.append(document)
        short = Made("south", f"The fire chief said the lake rose at {place}.")
        short.say("fire chief", "the lake rose", kind="person")
        short.place(place)
        return len(combined(*found, short).actors)

    assert made("Edda Rin") == 1 and made("Edda Rin", place="Kella") == 2 and made("Edda Rin", "Olaf Sorn") == 3


def test_one_office_and_a_given_name_spelled_by_ear() -> None:
    def chiefs(role: str) -> int:
        one = said("Thavone Rin", "Governor Thavone Rin said the lake rose.", "person", role="Governor")
        return len(combined(one, other("Tavon Rin", "person", "{} said the lake rose.", role=role)).actors)

    assert chiefs("Governor") == 1 and chiefs("spokesman") == 2


@pytest.mark.parametrize(
    "tells",
    ["Qirvany recalled its ambassador.", "The Qirvanian embassy burnt.", "An embassy in Qirvany burnt.", "The Duchy of Qirvany is small."],
)
def test_what_shows_that_a_bare_name_is_a_government(tells: str) -> None:
    speaks = said("Qirvany", "Qirvany said the lake rose.", "person")
    assert [a.kind for a in combined(speaks).actors] == ["person"]
    assert [a.kind for a in combined(speaks, Made("south", tells)).actors] == ["government"]


def test_a_speaker_named_like_a_place_is_the_government_there_but_a_body_is_not() -> None:
    there = Made("south", "The bus left Velmar at noon.")
    there.place("Velmar")
    assert [a.kind for a in combined(said("Velmar", "Velmar said the lake rose.", "person"), there).actors] == ["government"]
    assert [a.kind for a in combined(said("Velmar", "Velmar said the lake rose."), there).actors] == ["organisation"]


def test_two_governments_named_together_are_neither() -> None:
    both = said("Qirvany and Mardia", "Qirvany and Mardia said the lake rose.", "government")
    found = combined(both, other("Qirvany", "government"), other("Mardia", "government", document="west")).actors
    assert sorted(len(a.members) for a in found) == [1, 1, 1]


def test_a_compound_lands_leadership_and_its_short_name() -> None:
    side = other("Velmar side", "group", "The {} said the lake rose.")
    assert len(combined(said("Nagor-Velmar’s leadership", "Nagor-Velmar’s leadership said the lake rose.", "government"), side).actors) == 1


def test_we_in_what_a_body_publishes_itself() -> None:
    made = Made("north", "Lake Board thanks all. We ask all to wait.", outlet="Lake Board")
    made.say("Lake Board", "thanks all", "support")
    made.say(None, "to wait", "appeal")
    first, second = made.records["statements"]
    page = msgspec.structs.replace(first.speaker, how="own page")
    we = msgspec.structs.replace(first.speaker, name="We", actor=None, start=23, end=25)
    made.records["statements"] = [msgspec.structs.replace(first, speaker=page), msgspec.structs.replace(second, speaker=we)]
    assert [(r.actor, r.act) for r in combined(made).reactions] == [("Lake Board", "support"), ("Lake Board", "appeal")]


def test_swapping_two_lands_changes_nothing_but_names() -> None:
    def shape(one: str, other: str) -> list[tuple[int, int]]:
        found = told(f"{one}ian Army", f"Army of {one}ia", f"{other}ian Army", f"{one}ia", f"{other}ia", kind="organisation")
        return [(len(a.names), len(a.members)) for a in found]

    assert shape("Qirv", "Mard") == shape("Mard", "Qirv")


def test_a_country_is_told_only_where_it_is_certain() -> None:
    nations = Nations(Context(places=(LAND,)))
    found = nations.in_name("Ostrian mortars")
    assert found is not None and found[0].name == "Ostria" and found[1] == ("mortars",)
    assert nations.in_name("Greek-Turkish Friendship Club") is None
    assert nations.in_name("Lake Board") is None
    assert nations.in_name("Georgia's Health Ministry") is None


def test_keys_and_names() -> None:
    assert name_key("The Ministry’s") == name_key("MINISTRY") == "ministry"
    assert singular_key("houses") == singular_key("house") and singular_key("fishermen") == singular_key("fisherman")
    assert is_named("Police") and is_named("砂の町") and not is_named("three witnesses") and not is_named("She")


def test_parts_and_sounds_of_names() -> None:
    assert person_name("Foreign Minister Anahit K. Vardanyan") == person_name("foreign minister anahit k. vardanyan")
    assert person_name("Jan van der Berg").given == ("jan",) and person_name("Col. Olm").titles == ("col",)
    assert fit("J. Marsh", "Jane Marsh") == "initial" and fit("Marsh", "Jane Marsh") == "surname"
    assert alike("kharim", "harim") and alike("yusuf", "yousuf") and not alike("ali", "eli") and not alike("marsh", "march")
