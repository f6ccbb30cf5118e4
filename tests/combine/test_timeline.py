"""The timeline: one event told often is one entry, two events are two, and only deeds stand there."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from presstime.combine import _Given
from presstime.combine.event_words import kin_deeds, kinds_of
from presstime.combine.nations import Nations
from presstime.combine.stages import World
from presstime.combine.steps import bring_up_to_date, outcomes
from presstime.combine.timeline import TIMELINE, entry_id
from presstime.combine.timeline_present import present_event_candidates
from presstime.findings import Findings
from presstime.ledger.bench import Bench
from presstime.records import Context, KnownPlace

from .made import DAY, Made, combined

LAND = KnownPlace(name="Ardan", names=("Ardani",), lat=0.0, lon=0.0, precision="country")
TOWN = KnownPlace(name="Velm", names=("Velmgard",), lat=0.0, lon=0.0)
CONTEXT = Context(places=(LAND, TOWN))


def told(
    name: str,
    hour: str,
    who: str = "Lake Board",
    verb: str = "shelled",
    place: str = "Velm",
    by: str = "Ardani guns",
    day: str = "2031-05-03",
) -> Made:
    made = Made(name, f"{who} said {by} {verb} the bridge in {place} at {hour}.")
    statement = made.say(who, f"{by} {verb} the bridge in {place} at {hour}", "accusation")
    time = made.time(hour, f"{day}T{hour}", f"{day}T{hour}:00+02:00", f"{day}T{hour[:3]}{int(hour[3:]) + 1:02}:00+02:00")
    made.happen(verb, by=by, to="the bridge", place=made.place(place), time=time, statement=statement)
    return made


def test_two_times_for_one_shelling_are_one_entry_whose_times_differ() -> None:
    (entry,) = combined(told("a", "13:00"), told("b", "13:20", "Edda Rin", "hit", by="Ardani mortars"), context=CONTEXT).timeline
    assert entry.times_differ and [t.giver for t in entry.tellings] == ["Lake Board", "Edda Rin"]
    assert [t.from_ for t in entry.tellings] == ["2031-05-03T13:00:00+02:00", "2031-05-03T13:20:00+02:00"]


def test_one_time_told_twice_does_not_differ() -> None:
    (entry,) = combined(told("a", "13:00"), told("b", "13:00", "Edda Rin"), context=CONTEXT).timeline
    assert len(entry.tellings) == 2 and not entry.times_differ


def test_an_evening_that_holds_the_hour_does_not_differ() -> None:
    made = Made("b", "Edda Rin said Ardani guns shelled the bridge in Velm on Saturday evening.")
    said = made.say("Edda Rin", "Ardani guns shelled the bridge in Velm on Saturday evening", "accusation", kind="person")
    time = made.time("Saturday evening", "2031-05-03TEV", "2031-05-03T18:00:00+02:00", "2031-05-04T00:00:00+02:00")
    made.happen("shelled", by="Ardani guns", to="the bridge", place=made.place("Velm"), time=time, statement=said)
    (entry,) = combined(told("a", "21:00"), made, context=CONTEXT).timeline
    assert len(entry.tellings) == 2 and not entry.times_differ


def test_two_names_of_one_town_are_one_place() -> None:
    (entry,) = combined(told("a", "13:00"), told("b", "13:00", "Edda Rin", place="Velmgard"), context=CONTEXT).timeline
    assert entry.place == "Velm"


@pytest.mark.parametrize("other", [{"place": "Osk"}, {"day": "2031-05-02"}, {"by": "Velmori guns"}, {"who": "Lake Board"}])
def test_another_place_day_doer_or_hour_in_one_mouth_is_another_event(other: dict[str, str]) -> None:
    lands = Context(places=(LAND, TOWN, KnownPlace(name="Velmor", names=("Velmori",), lat=0.0, lon=0.0, precision="country")))
    made = told("b", "15:00", **{"who": "Edda Rin", **other})
    assert len(combined(told("a", "13:00"), made, context=lands).timeline) == 2


def test_a_plan_is_not_the_deed() -> None:
    made = told("b", "13:00", "Edda Rin")
    made.records["events"] = [structs.replace(e, standing="planned") for e in made.records["events"]]
    assert [e.standing for e in combined(told("a", "13:00"), made, context=CONTEXT).timeline] == ["claimed", "planned"]


def test_in_a_whole_country_only_one_doers_deeds_meet() -> None:
    made = [Made(n, f"{who} closed schools in Ardan.") for n, who in (("kel", "Lake Board"), ("mor", "Hill Board"))]
    for m in made:
        m.happen("closed", "COERCE", to="schools", place=m.place("Ardan", "country"), time=m.time("closed", "2031-05-03"))
    assert len(combined(*made).timeline) == 2


def test_different_deeds_of_one_type_at_one_place_and_day_stay_apart() -> None:
    made = Made("a", "Schools in Velm were closed. Guards in Velm detained two men.")
    place = made.place("Velm")
    time = made.time("Guards", "2031-05-03", "2031-05-03T00:00:00+02:00", "2031-05-04T00:00:00+02:00")
    made.happen("closed", "COERCE", to="Schools", place=place, time=time, standing="reported")
    made.happen("detained", "COERCE", to="two men", place=place, time=time, standing="reported")
    assert len(combined(made).timeline) == 2


def test_a_denial_joins_what_it_denies_and_makes_it_disputed_but_is_no_event_alone() -> None:
    denial = Made("b", "Edda Rin denied that Ardani guns shelled the bridge in Velm.")
    said = denial.say("Edda Rin", "Ardani guns shelled the bridge in Velm", "denial", kind="person")
    denial.happen("shelled", by="Ardani guns", to="the bridge", place=denial.place("Velm"), statement=said, standing="denied")
    (entry,) = combined(told("a", "13:00"), denial, context=CONTEXT).timeline
    assert entry.standing == "disputed" and len(entry.tellings) == 2
    assert combined(denial, context=CONTEXT).timeline == ()


def test_a_count_beside_its_verb_is_a_count_but_a_deed_with_a_doer_is_a_deed() -> None:
    made = Made("a", "The dead are 23, the number of people killed since May. Ardani guns killed 3 people in Velm.")
    made.count("23, the number", 23, 23, scope="total")
    made.happen("killed", place=made.place("Velm"))
    assert combined(made).timeline == ()
    made.count("killed 3 people", 3, 3)
    made.happen("killed 3 people", by="Ardani guns")
    assert len(combined(made).timeline) == 1


def test_words_counts_and_the_past_are_no_deeds() -> None:
    made = Made("a", "Lake Board demanded calm. Three people were killed. A war in 1998 ended.")
    made.happen("demanded", "REQUEST")
    made.count("Three people were killed", 3, 3)
    made.happen("killed")
    made.happen("war", scope="past")
    assert combined(made).timeline == ()


def plain(
    name: str,
    text: str,
    verb: str,
    when: str | None = None,
    value: str = "",
    to: str | None = None,
    *,
    who: str | None = None,
    place: str | None = None,
    whom: str | None = None,
    by: str | None = None,
    type_: str = "ASSAULT",
    published: str | None = "2031-05-04T10:00:00+02:00",
    **fields: Any,
) -> Made:
    """One event in a text of our own: `when` are its words for the time, `value` and `to` the interval they cover."""
    made = Made(name, text, published)
    statement = made.say(who, text[text.index(who) + len(who) + 6 :].rstrip("."), fields.pop("act", "claim")) if who else None
    given: dict[str, Any] = {"standing": "claimed" if who else "reported", **fields}
    if when is not None:
        given["time"] = made.time(when, value[:16], value, to)
    if place is not None:
        given["place"] = made.place(place, **given.pop("placed", {}))
    made.happen(verb, type_, by=by, to=whom, statement=statement, **given)
    return made


def whole(day: str) -> tuple[str, str]:
    """The interval of a day of May 2031."""
    return f"2031-05-{day}T00:00:00+02:00", f"2031-05-{int(day) + 1:02}T00:00:00+02:00"


def verbs(findings: Findings, *made: Made) -> list[list[str]]:
    """For each entry the documents that tell it."""
    of = {e.id: m.document.id for m in made for e in m.records["events"]}
    return [[of[t.event] for t in entry.tellings] for entry in findings.timeline]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("shelled", "opened fire on"),
        ("shelled", "struck"),
        ("bombarded", "shelling of"),
        ("collapsed", "gave way"),
        ("broke", "burst"),
        ("detained", "took away"),
        ("arrested", "led away"),
        ("deployed", "massed"),
        ("marched", "took to the streets"),
        ("attack on", "shelled"),
    ],
)
def test_other_words_for_one_kind_of_deed_are_kin(one: str, other: str) -> None:
    assert kin_deeds(kinds_of(one), kinds_of(other)) and kin_deeds(kinds_of(other), kinds_of(one))


@pytest.mark.parametrize(
    ("one", "other"), [("shelled", "arrested"), ("closed", "shelled"), ("withdrew", "marched"), ("searched", "delivered")]
)
def test_different_kinds_of_deeds_are_not_kin(one: str, other: str) -> None:
    assert not kin_deeds(kinds_of(one), kinds_of(other))


def test_one_shelling_in_three_wordings_is_one_entry() -> None:
    a = plain("a", "Ardani guns shelled Velm on Saturday.", "shelled", "Saturday", *whole("03"), place="Velm", by="Ardani guns")
    b = plain("b", "The army opened fire on Velm on Saturday.", "opened fire on", "Saturday", *whole("03"), place="Velm", by="The army")
    c = plain("c", "Velm was struck with mortars on Saturday.", "struck", "Saturday", *whole("03"), place="Velm", means="mortars")
    (entry,) = combined(a, b, c, context=CONTEXT).timeline
    assert [t.giver for t in entry.tellings] == ["A Post", "B Post", "C Post"] and entry.precision == "day" and not entry.times_differ


def test_every_telling_keeps_its_own_time_and_the_entry_has_the_narrowest() -> None:
    a, b = told("a", "11:10"), told("b", "13:00", "Edda Rin")
    c = plain("c", "Velm was shelled on Saturday.", "shelled", "Saturday", *whole("03"), place="Velm")
    (entry,) = combined(c, a, b, context=CONTEXT).timeline
    assert entry.times_differ and sorted(t.from_ or "" for t in entry.tellings)[1:] == [
        "2031-05-03T11:10:00+02:00",
        "2031-05-03T13:00:00+02:00",
    ]
    assert (entry.from_, entry.precision) == ("2031-05-03T11:10:00+02:00", "time")


def test_two_shellings_of_one_town_that_one_voice_tells_stay_two_and_others_join_theirs() -> None:
    morning, evening = told("a", "06:00"), told("b", "19:00")
    near = told("c", "07:10", "Edda Rin")
    text = "Shells hit Velm on Saturday evening."
    dusk = plain("d", text, "hit", "Saturday evening", "2031-05-03T18:00:00+02:00", "2031-05-04T00:00:00+02:00", place="Velm")
    made = (morning, evening, near, dusk)
    assert verbs(combined(*made, context=CONTEXT), *made) == [["a", "c"], ["b", "d"]]


def test_two_towns_on_one_day_are_two_events_and_two_names_of_one_gazetteer_place_are_one() -> None:
    a, b = told("a", "13:00"), told("b", "13:00", "Edda Rin", place="Osk")
    assert len(combined(a, b, context=CONTEXT).timeline) == 2
    for made, name in ((a, "geonames:1"), (b, "geonames:1")):
        made.records["places"] = [structs.replace(p, gazetteer=name) for p in made.records["places"]]
    (entry,) = combined(a, b).timeline
    assert entry.place == "geonames:1"


def test_a_town_and_the_region_it_lies_in_are_compatible_and_another_region_is_not() -> None:
    town = told("a", "13:00")
    town.records["places"] = [structs.replace(p, province="Osk") for p in town.records["places"]]

    def region(name: str) -> Made:
        text = f"Ardani guns shelled the bridge in the {name} region on Saturday."
        given: dict[str, Any] = {"place": f"{name}", "placed": {"precision": "region"}, "by": "Ardani guns", "whom": "the bridge"}
        return plain("b", text, "shelled", "Saturday", *whole("03"), **given)

    assert len(combined(town, region("Osk"), context=CONTEXT).timeline) == 1
    assert len(combined(town, region("Osk"), context=CONTEXT).timeline[0].tellings) == 2


def test_a_telling_without_a_place_joins_the_one_it_fits_and_stays_alone_where_it_fits_two() -> None:
    text = "Ardani guns shelled a bridge on Saturday."
    bare = plain("c", text, "shelled", "Saturday", *whole("03"), by="Ardani guns", whom="a bridge")
    one, other = told("a", "13:00"), told("b", "13:00", "Edda Rin", place="Osk")
    assert verbs(combined(one, bare, context=CONTEXT), one, bare) == [["a", "c"]]
    assert sorted(verbs(combined(one, other, bare, context=CONTEXT), one, other, bare)) == [["a"], ["b"], ["c"]]
    found = candidates(one, other, bare)
    assert {(c[0], c[2]) for c in found} == {("c", "it fits more than one event")}


def candidates(*made: Made) -> set[tuple[str, str, str]]:
    """Proposed pairs: the later document, the earlier one, why."""
    world = World(CONTEXT, Nations(CONTEXT))
    bench = Bench.in_memory()
    bring_up_to_date(bench, _Given([m.reading for m in made]), world)
    book: Any = None
    of = {entry_id(e.id): m.document.id for m in made for e in m.records["events"]}
    found = present_event_candidates(outcomes(bench, TIMELINE), book, world)
    return {(max(of[c.one], of[c.other]), min(of[c.one], of[c.other]), c.why) for c in found}


def test_a_telling_without_a_day_joins_the_one_day_on_which_others_tell_it() -> None:
    bare = plain(
        "b", "Ardani guns shelled the bridge in Velm.", "shelled", by="Ardani guns", whom="the bridge", place="Velm", published=None
    )
    (entry,) = combined(told("a", "13:00"), bare, context=CONTEXT).timeline
    assert [t.from_ for t in entry.tellings] == ["2031-05-03T13:00:00+02:00", None]
    found = combined(told("a", "13:00"), told("c", "13:00", "Edda Rin", day="2031-05-02"), bare, context=CONTEXT).timeline
    assert [len(e.tellings) for e in found] == [1, 1, 1] and found[-1].from_ is None and found[-1].precision is None


def test_what_is_published_before_the_day_does_not_tell_of_it() -> None:
    early = plain("b", "Ardani guns shelled Velm.", "shelled", by="Ardani guns", place="Velm", published="2031-05-01T10:00:00+02:00")
    assert len(combined(told("a", "13:00"), early, context=CONTEXT).timeline) == 2


def test_a_time_in_another_sentence_gives_only_its_day() -> None:
    made = Made("a", "At 11:10 on Saturday a siren sounded. Shells hit the school in Velm.")
    when = made.time("11:10 on Saturday", "2031-05-03T11:10", "2031-05-03T11:10:00+02:00", "2031-05-03T11:11:00+02:00")
    made.happen("hit", to="the school", place=made.place("Velm"), time=when, standing="reported")
    (entry,) = combined(made, context=CONTEXT).timeline
    assert entry.precision == "day" and (entry.from_ or "").startswith("2031-05-03T00:00")


def test_whoever_accuses_has_not_done_it() -> None:
    made = told("a", "13:00")
    other = Made("b", "Lake Board blamed Ardani guns for having shelled the bridge in Velm on Saturday.")
    said = other.say("Lake Board", "having shelled the bridge in Velm on Saturday", "accusation")
    when = other.time("Saturday", "2031-05-03", *whole("03"))
    other.happen("shelled", by="Lake Board", to="the bridge", place=other.place("Velm"), time=when, statement=said)
    assert len(combined(made, other, context=CONTEXT).timeline) == 1


def test_a_denial_of_its_own_forces_deed_joins_what_others_tell() -> None:
    text = "The Ardani Defence Ministry denied that its gunners had fired on Velm on Saturday."
    denial = Made("b", text)
    said = denial.say("The Ardani Defence Ministry", "its gunners had fired on Velm on Saturday", "denial")
    when = denial.time("Saturday", "2031-05-03", *whole("03"))
    denial.happen("fired on", by="its gunners", to="Velm", place=denial.place("Velm"), time=when, statement=said, standing="denied")
    (entry,) = combined(told("a", "13:00"), denial, context=CONTEXT).timeline
    assert entry.standing == "disputed" and [t.standing for t in entry.tellings] == ["claimed", "denied"]


def test_the_day_beside_a_denial_is_that_of_denying() -> None:
    denial = Made("b", "The Ardani Defence Ministry denied on Sunday that its gunners had shelled Velm.")
    said = denial.say("The Ardani Defence Ministry", "its gunners had shelled Velm", "denial")
    given: dict[str, Any] = {"place": denial.place("Velm"), "time": denial.time("Sunday", "2031-05-04", *whole("04"))}
    denial.happen("shelled", by="its gunners", to="Velm", statement=said, standing="denied", **given)
    (entry,) = combined(told("a", "13:00"), denial, context=CONTEXT).timeline
    assert entry.standing == "disputed" and entry.from_ == "2031-05-03T13:00:00+02:00" and not entry.times_differ


def test_a_number_held_is_a_count_and_an_arrest_that_is_dated_is_a_deed() -> None:
    count = plain(
        "a", "Police said nine men were detained in Velm.", "detained", who="Police", place="Velm", type_="COERCE", whom="nine men"
    )
    count.count("nine men were detained", 9, 9, "detained")
    deed = plain(
        "b",
        "Nine men were detained in Velm on Saturday.",
        "detained",
        "Saturday",
        *whole("03"),
        place="Velm",
        type_="COERCE",
        whom="Nine men",
    )
    deed.count("Nine men were detained", 9, 9, "detained")
    assert verbs(combined(count, deed, context=CONTEXT), count, deed) == [["b"]]


def test_a_mere_mention_is_no_event() -> None:
    assert combined(plain("a", "The fighting has cost 300 lives.", "fighting"), context=CONTEXT).timeline == ()


def test_an_accident_is_nobodys_deed_but_a_bomb_is_somebodys() -> None:
    blast = plain("a", "An explosion hit the mill in Velm on Saturday.", "explosion", "Saturday", *whole("03"), place="Velm")
    assert combined(blast, context=CONTEXT).timeline == ()
    text = "An explosion of a bomb was heard in Velm on Saturday."
    bomb = plain("b", text, "explosion", "Saturday", *whole("03"), place="Velm", means="bomb")
    assert len(combined(blast, bomb, context=CONTEXT).timeline) == 1


def test_somebody_killed_is_a_deed_and_a_number_of_dead_is_not() -> None:
    one = plain("a", "A guard was killed in Velm on Saturday.", "killed", "Saturday", *whole("03"), place="Velm", whom="A guard")
    one.count("A guard was killed", 1, 1)
    many = plain("b", "Nine people were killed in Velm on Saturday.", "killed", "Saturday", *whole("03"), place="Velm")
    many.count("Nine people were killed", 9, 9)
    assert verbs(combined(one, many, context=CONTEXT), one, many) == [["a"]]


def test_what_is_recalled_or_long_before_the_story_goes_to_the_background_and_the_thought_of_nowhere() -> None:
    long_ago = plain(
        "b",
        "Velm was shelled on 2 February.",
        "shelled",
        "2 February",
        "2031-02-02T00:00:00+02:00",
        "2031-02-03T00:00:00+02:00",
        place="Velm",
    )
    recalled = plain("c", "In 1998 Velm was shelled.", "shelled", "1998", "1998-01-01T00:00:00+02:00", scope="past")
    thought = plain("d", "Velm might be shelled.", "shelled", standing="hypothetical")
    found = combined(told("a", "13:00"), long_ago, recalled, thought, context=CONTEXT)
    assert len(found.timeline) == 1 and len(found.background) == 2


def test_entries_stand_in_order_of_time_and_those_without_a_day_last() -> None:
    late, early = told("a", "13:00"), told("b", "13:00", day="2031-05-01")
    bare = plain("c", "Guards closed the port.", "closed", type_="COERCE", by="Guards", whom="the port", published=None)
    assert verbs(combined(late, bare, early, context=CONTEXT), late, early, bare) == [["b"], ["a"], ["c"]]


def test_arrests_of_different_people_on_one_day_stay_two_and_of_the_same_are_one() -> None:
    def arrest(name: str, whom: str, verb: str = "arrested") -> Made:
        text = f"Police {verb} {whom} in Velm on Saturday."
        return plain(name, text, verb, "Saturday", *whole("03"), place="Velm", type_="COERCE", by="Police", whom=whom)

    assert len(combined(arrest("a", "a baker"), arrest("b", "two sailors"), context=CONTEXT).timeline) == 2
    assert len(combined(arrest("a", "a baker"), arrest("b", "the baker", "detained"), context=CONTEXT).timeline) == 1


def test_a_word_that_tells_other_deeds_too_is_heard_by_its_type() -> None:
    """Who is "marched off" has been led away: no street has seen a march."""
    first = Made("a", "Orven troops detained two herders in Velm at 9 a.m.")
    first.happen(
        "detained", "COERCE", by="Orven troops", to="two herders", place=first.place("Velm"), time=first.time("9 a.m.", f"{DAY}T09:00")
    )
    second = Made("b", "Two herders were marched off in Velm at 9 a.m.", f"{DAY}T12:00:00+02:00")
    second.happen("marched off", "COERCE", to="Two herders", place=second.place("Velm"), time=second.time("9 a.m.", f"{DAY}T09:00"))
    (entry,) = combined(first, second).timeline
    assert len(entry.tellings) == 2
