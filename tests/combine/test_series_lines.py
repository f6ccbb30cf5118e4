"""A giver's line stays one line, and holds what the giver counts: no old number, no sum, no part and nobody else's words."""

from __future__ import annotations

from typing import Any

import pytest

from presstime.findings import Findings

from .made import DAY, Made, combined

Points = list[tuple[int | None, bool]]


def said(name: str, hour: int, text: str, *counts: tuple[str, int, str | None], who: str = "Lake Board", **fields: Any) -> Made:
    """A report in which somebody says the whole text and counts; each count is its words, its number, its place."""
    measure = fields.pop("measure", "killed")
    made = Made(name, f"{who} said: {text}", f"{DAY}T{hour:02}:00:00+02:00", **fields)
    statement = made.say(who, text)
    for words, number, place in counts:
        made.count(words, number, number, measure, statement=statement, place=made.place(place) if place else None)
    return made


def own(name: str, hour: int, text: str, *counts: tuple[str, int], **fields: Any) -> Made:
    """A report that counts in its outlet's own voice."""
    made = Made(name, text, f"{DAY}T{hour:02}:00:00+02:00", **fields)
    for words, number in counts:
        made.count(words, number, number)
    return made


def lines(found: Findings, scope: str = "event") -> list[tuple[str | None, dict[str, Points]]]:
    """For each series of a scope its place and, by giver, its points' low ends and whether they are superseded."""
    shown = [s for s in found.series if s.scope == scope]
    return [(s.place, {x.giver: [(p.low, p.superseded_by is not None) for p in x.points] for x in s.lines}) for s in shown]


# ---------------------------------------------------------------- old numbers and sums


@pytest.mark.parametrize(
    "text",
    [
        "The dead in Velm number 31 rather than 33",
        "In place of the 33 dead in Velm that were announced it must be corrected to 31",
        "In Velm 31 people died, whereas 33 was what the office had first counted",
        "The toll in Velm was miscounted: 31 died and 33 is wrong",
    ],
)
def test_of_two_numbers_the_old_one_is_the_one_given_before_whatever_words_stand_between(text: str) -> None:
    later = said("b", 15, text, ("31", 31, "Velm"), ("33", 33, None))
    later.records["figures"] = [f.__class__(**{**as_dict(f), "place": later.records["places"][0].id}) for f in later.records["figures"]]
    found = combined(said("a", 9, "33 people died in Velm", ("33 people", 33, "Velm")), later)
    assert lines(found) == [("Velm", {"Lake Board": [(33, True), (31, False)]})]
    assert lines(found, "part") == []


def as_dict(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def test_a_second_number_that_nobody_gave_before_is_no_correction() -> None:
    later = said("b", 12, "five died in Velm, three in the boat", ("five", 5, "Velm"), ("three", 3, None))
    found = combined(said("a", 9, "five died in Velm", ("five", 5, "Velm")), later)
    assert lines(found) == [("Velm", {"Lake Board": [(5, False)]})]


def test_two_numbers_of_two_moments_are_two_counts() -> None:
    made = said("a", 13, "50 were missing at dawn and 30 at noon", ("50", 50, None), ("30", 30, None), measure="missing")
    dawn, noon = made.records["figures"]
    made.records["figures"] = [dawn.__class__(**{**as_dict(f), "as_of": t}) for f, t in ((dawn, f"{DAY}T05:00"), (noon, f"{DAY}T12:00"))]
    assert lines(combined(made)) == [(None, {"Lake Board": [(50, True), (30, False)]})]


def test_a_digest_that_prints_the_old_number_is_no_return_to_it() -> None:
    found = combined(
        said("a", 9, "24 died in Velm", ("24", 24, "Velm")),
        said("b", 12, "the toll in Velm was lowered to 22", ("22", 22, "Velm")),
        said("c", 20, "24 people are dead in Velm", ("24 people", 24, "Velm")),
    )
    assert lines(found) == [("Velm", {"Lake Board": [(24, True), (22, False)]})]


def test_a_total_of_nineteen_in_one_town_is_no_sum_and_nineteen_in_all_after_two_towns_is() -> None:
    text = "a total of 19 people died in Velm. At Osk there were seven dead"
    made = said("a", 9, text, ("a total of 19 people", 19, "Velm"), ("seven", 7, "Osk"))
    assert lines(combined(made), "total") == [] and len(lines(combined(made))) == 2
    text = "12 people died in Velm. At Osk there were seven dead. In all 19 lives were lost"
    summed = said("b", 9, text, ("12", 12, "Velm"), ("seven", 7, "Osk"), ("19", 19, None))
    assert lines(combined(summed), "total") == [(None, {"Lake Board": [(19, False)]})]


def test_a_rounded_and_an_exact_number_of_one_report_are_one_point() -> None:
    made = said(
        "a", 9, "about 60 were hurt. By nine 61 had come to the hospital", ("about 60", 60, None), ("61", 61, None), measure="injured"
    )
    first, second = made.records["figures"]
    made.records["figures"] = [first.__class__(**{**as_dict(first), "qualifier": "about"}), second]
    found = combined(made)
    assert lines(found) == [(None, {"Lake Board": [(61, False)]})]
    assert len(found.series[0].lines[0].points[0].also) == 1


# ---------------------------------------------------------------- no counts


@pytest.mark.parametrize(
    ("words", "number", "text"),
    [
        ("the police chief", 1, "Five people died, the police chief said"),
        ("its owner", 1, "Officers raided the mill and seized its owner"),
        ("44 died", 44, "In Velm a man of 44 died of his wounds"),
        ("two", 2, "The dead are 20, two fewer than on Sunday"),
        ("two men", 2, "It explained that two men had been entered twice"),
        ("three bodies", 3, "In the morgue three bodies had not been identified"),
        ("nobody", 0, "The quay shook and nobody was hurt"),
    ],
)
def test_who_is_only_told_of_is_not_counted(words: str, number: int, text: str) -> None:
    assert combined(own("a", 9, text, (words, number))).series == ()


def test_one_unknown_person_is_a_count() -> None:
    assert lines(combined(own("a", 9, "A guard was killed at the gate.", ("A guard", 1)))) == [(None, {"A Post": [(1, False)]})]


@pytest.mark.parametrize("text", ["About 90 people died there in the fighting of 2024.", "In 2019, 90 people died when the ferry burned."])
def test_a_year_before_sets_a_number_in_the_past(text: str) -> None:
    assert [s.scope for s in combined(own("a", 9, text, ("90 people", 90))).series] == ["past"]


def test_a_year_of_something_else_does_not() -> None:
    text = "Nine people died on Sunday, two weeks after the party that won in 2027 resigned."
    assert [s.scope for s in combined(own("a", 9, text, ("Nine people", 9))).series] == ["event"]


# ---------------------------------------------------------------- whose number


def test_an_outlet_that_repeats_a_givers_number_has_no_line() -> None:
    made = Made("a", "Nine people died in Velm. Lake Board said nine were dead, and the Post counted 12 boats lost.")
    made.count("Nine people", 9, 9)
    made.count("nine were", 9, 9, statement=made.say("Lake Board", "nine were dead"))
    assert lines(combined(made)) == [(None, {"Lake Board": [(9, False)]})]


def test_an_outlet_that_counts_otherwise_has_its_own_line() -> None:
    made = Made("a", "Eleven people died in Velm. Lake Board said nine were dead.")
    made.count("Eleven people", 11, 11)
    made.count("nine were", 9, 9, statement=made.say("Lake Board", "nine were dead"))
    assert lines(combined(made)) == [(None, {"A Post": [(11, False)], "Lake Board": [(9, False)]})]


def test_who_names_the_two_known_deaths_does_not_count_them() -> None:
    found = combined(
        said("a", 9, "two people died in Velm", ("two people", 2, "Velm")),
        said("b", 12, "the two deaths in Velm will be looked into", ("two deaths", 2, "Velm"), who="Edda Rin"),
    )
    assert lines(found) == [("Velm", {"Lake Board": [(2, False)]})]


# ---------------------------------------------------------------- places and incidents


def test_a_later_number_without_a_place_goes_on_the_givers_line_though_its_report_names_other_towns() -> None:
    later = said("c", 12, "14 people are dead. The road to Osk is shut", ("14 people", 14, None))
    later.place("Osk")
    other = said("b", 10, "three people died in Osk", ("three people", 3, "Osk"), who="Edda Rin")
    found = combined(said("a", 9, "seven people died in Velm", ("seven people", 7, "Velm")), other, later)
    assert ("Velm", {"Lake Board": [(7, True), (14, False)]}) in lines(found)


def test_the_evening_on_which_a_toll_rose_is_no_hour_of_a_second_deed() -> None:
    first = said("a", 9, "seven people died in the shelling of Velm at 7 a.m.", ("seven people", 7, "Velm"))
    first.happen("shelling", by=None, place=first.records["places"][0].id, time=first.time("7 a.m.", f"{DAY}T07:00"))
    later = said("b", 19, "the number of dead in Velm rose to 14 on Sunday evening", ("14", 14, "Velm"))
    later.time("Sunday evening", f"{DAY}TEV", f"{DAY}T18:00", f"{DAY}T23:59")
    assert lines(combined(first, later)) == [("Velm", {"Lake Board": [(7, True), (14, False)]})]


@pytest.mark.parametrize(("evening", "incidents"), [(24, 2), (45, 1)])
def test_a_count_that_reaches_less_than_before_is_another_incidents(evening: int, incidents: int) -> None:
    both = []
    for name, hour, number, time in (("a", 9, 39, "07:00"), ("b", 20, evening, "18:30")):
        text = f"after the shelling of Velm at {time} the number of wounded had reached {number}"
        made = said(name, hour, text, (f"{number}", number, "Velm"), measure="injured")
        made.happen("shelling", place=made.records["places"][0].id, time=made.time(time, f"{DAY}T{time}"))
        both.append(made)
    assert len(lines(combined(*both))) == incidents


def test_far_fewer_of_a_description_are_a_group_and_nearly_as_many_are_the_same_people() -> None:
    all_ = said("a", 9, "20 people died in Velm", ("20 people", 20, "Velm"))
    few = said("b", 12, "two rowers died in Velm", ("two rowers", 2, "Velm"))
    many = said("c", 12, "22 rowers died in Velm", ("22 rowers", 22, "Velm"))
    for made, noun in ((few, "rowers"), (many, "rowers")):
        made.records["figures"] = [f.__class__(**{**as_dict(f), "group": noun}) for f in made.records["figures"]]
    assert lines(combined(all_, few)) == [("Velm", {"Lake Board": [(20, False)]}), ("Velm", {"Lake Board": [(2, False)]})]
    assert lines(combined(all_, many)) == [("Velm", {"Lake Board": [(20, True), (22, False)]})]
