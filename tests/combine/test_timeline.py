"""The timeline: one event told often is one entry, two events are two, and only deeds stand there."""

from __future__ import annotations

import pytest
from msgspec import structs

from presstime.combine.moments import interval, is_clock, order_of
from presstime.records import Context, KnownPlace

from .made import Made, combined

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
    made = [Made(n, f"{who} closed schools in Ardan.") for n, who in (("a", "Lake Board"), ("b", "Hill Board"))]
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


@pytest.mark.parametrize(
    ("value", "start", "hours"),
    [
        ("2031-05-04", "2031-05-04T00:00:00+00:00", 24),
        ("2031-05-04TAF", "2031-05-04T12:00:00+00:00", 6),
        ("2031-05-04TNI", "2031-05-04T18:00:00+00:00", 12),
        ("2031-05-04T10:00:00+02:00", "2031-05-04T08:00:00+00:00", 1 / 60),
    ],
)
def test_intervals(value: str, start: str, hours: float) -> None:
    found = interval(value)
    assert found is not None and found[0].isoformat() == start and (found[1] - found[0]).total_seconds() == hours * 3600


@pytest.mark.parametrize("value", [None, "", "P9M", "2031", "2031-13-01", "2031-05-04T99:00", "9999-12-31", "0001-01-01T00:00+23:00"])
def test_what_names_no_day_covers_nothing_or_ends_in_time(value: str | None) -> None:
    assert interval(value) is None and not (is_clock(value) and interval(value))


def test_order_puts_a_bare_date_at_its_end_and_the_undated_last() -> None:
    morning, bare, night, undated = (
        order_of("2031-05-04T09:00:00+02:00"),
        order_of("2031-05-04"),
        order_of("2031-05-04", "2031-05-04TNI"),
        order_of(None),
    )
    assert morning < bare < undated and morning < night < undated
