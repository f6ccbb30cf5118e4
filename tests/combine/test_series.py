"""Tolls: a line per giver, oldest first, nothing added, nothing counted twice."""

from __future__ import annotations

from typing import Any

from presstime.findings import Findings
from presstime.records import Qualifier

from .made import DAY, Made, combined


def lines(found: Findings, measure: str = "killed") -> dict[str, list[tuple[int | None, int | None, str, bool]]]:
    """Giver → the points of the first series of a measure."""
    series = next(s for s in found.series if s.measure == measure)
    return {x.giver: [(p.low, p.high, p.qualifier, p.superseded_by is not None) for p in x.points] for x in series.lines}


def toll(
    name: str, hour: int, who: str, words: str, low: int | None, high: int | None, qualifier: Qualifier = "exact", **fields: Any
) -> Made:
    made = Made(name, f"{who} said {words} were dead in Velm.", f"{DAY}T{hour:02}:00:00+02:00")
    statement = made.say(who, f"{words} were dead")
    place = made.place("Velm") if fields.pop("placed", False) else None
    made.count(words, low, high, qualifier=qualifier, statement=statement, place=place, **fields)
    return made


def test_a_toll_grows_and_the_later_number_supersedes() -> None:
    found = combined(toll("b", 12, "Lake Board", "seven", 7, 7), toll("a", 9, "Lake Board", "at least three", 3, None, "at-least"))
    assert lines(found) == {"Lake Board": [(3, None, "at-least", True), (7, 7, "exact", False)]}


def test_givers_stand_side_by_side() -> None:
    found = combined(toll("a", 9, "Lake Board", "three", 3, 3), toll("b", 10, "Edda Rin", "about nine", 9, 9, "about"))
    assert lines(found) == {"Lake Board": [(3, 3, "exact", False)], "Edda Rin": [(9, 9, "about", False)]}


def test_a_repetition_is_no_new_point_but_a_return_is() -> None:
    made = [toll(f"d{i}", 9 + i, "Lake Board", w, n, n) for i, (w, n) in enumerate((("three", 3), ("three", 3), ("five", 5), ("three", 3)))]
    assert [p[0] for p in lines(combined(*made))["Lake Board"]] == [3, 5, 3]


def test_words_without_a_number_stay_words() -> None:
    assert lines(combined(toll("a", 9, "Lake Board", "dozens", None, None, "vague")))["Lake Board"] == [(None, None, "vague", False)]


def test_a_number_taken_back_is_superseded_and_not_repeated() -> None:
    later = Made("b", "Lake Board withdrew its word that 19 had died. It said 16 were dead.", f"{DAY}T15:00:00+02:00")
    back = later.say("Lake Board", "19 had died", "retraction")
    later.count("19", 19, 19, statement=back)
    now = later.say("Lake Board", "16 were dead")
    later.count("16", 16, 16, statement=now)
    found = combined(toll("a", 9, "Lake Board", "19", 19, 19), later)
    assert lines(found)["Lake Board"] == [(19, 19, "exact", True), (16, 16, "exact", False)]


def test_a_report_with_a_date_only_is_not_the_first_of_its_day() -> None:
    evening = Made("a", "Lake Board said nine were dead.", DAY)
    evening.count("nine", 9, 9, statement=evening.say("Lake Board", "nine were dead"))
    found = combined(evening, toll("b", 9, "Lake Board", "three", 3, 3))
    assert lines(found)["Lake Board"] == [(3, 3, "exact", True), (9, 9, "exact", False)]


def test_totals_recalled_events_and_parts_are_series_of_their_own() -> None:
    made = Made("a", "Nine died. Four of them were young. In all 40 have died since May. In 1998 a flood killed 112.")
    whole = made.count("Nine", 9, 9)
    made.count("Four of them", 4, 4, part_of=whole)
    made.count("40", 40, 40, scope="total")
    made.count("112", 112, 112, scope="past")
    found = combined(made)
    assert [(s.event, len(s.lines[0].points)) for s in found.series] == [
        (None, 1),
        ("parts of other figures", 1),
        ("running totals", 1),
        ("earlier events", 1),
    ]


def test_parts_of_no_group_meet_only_in_their_numbers() -> None:
    """ "15 of them" in danger and "20 of them" from one village are no two counts of one thing."""
    made = Made("a", "Of 38 hurt, 15 of them are in danger. Of 61 hurt, 20 of them are from Osk. Of 70 hurt, 9 of them children.")
    for whole, part, low, group in (("38", "15 of them", 15, None), ("61", "20 of them", 20, None), ("70", "9 of them", 9, "children")):
        of = made.count(whole, int(whole), int(whole), "injured")
        made.count(part, low, low, "injured", part_of=of, group=group)
    found = combined(made)
    parts = [[p.low for x in s.lines for p in x.points] for s in found.series if s.event == "parts of other figures"]
    assert parts == [[15], [20], [9]]


def test_a_population_is_no_toll() -> None:
    made = Made("a", "Velm has 8,600 people.")
    made.count("8,600", 8600, 8600, "population")
    assert combined(made).series == ()


def test_a_spokespersons_number_is_the_bodys() -> None:
    made = Made("b", "Mila Dron said seven were dead. Lake Board met.", f"{DAY}T11:00:00+02:00")
    made.actor("Lake Board")
    said = made.say("Mila Dron", "seven were dead", kind="person", role="spokesperson for Lake Board")
    made.count("seven", 7, 7, statement=said)
    found = combined(toll("a", 9, "Lake Board", "three", 3, 3), made)
    assert lines(found) == {"Lake Board": [(3, 3, "exact", True), (7, 7, "exact", False)]}


def test_a_speaker_who_could_not_be_told_is_not_the_outlet() -> None:
    made = Made("b", "She said seven were dead.")
    made.count("seven", 7, 7, statement=made.say("She", "seven were dead", kind="person"))
    assert list(lines(combined(made))) == ["speaker not told"]


def test_the_town_of_most_figures_goes_with_those_of_no_town_and_another_town_does_not() -> None:
    other = Made("c", "Tam Olm said two were dead in Osk.")
    other.count("two", 2, 2, statement=other.say("Tam Olm", "two were dead in Osk"), place=other.place("Osk"))
    found = combined(
        toll("a", 9, "Lake Board", "three", 3, 3, placed=True),
        toll("b", 10, "Edda Rin", "nine", 9, 9, placed=True),
        toll("d", 11, "Lake Board", "five", 5, 5),
        other,
    )
    assert [(s.place, len(s.lines)) for s in found.series] == [(None, 2), ("Osk", 1)]


def test_one_givers_toll_of_a_town_beside_the_toll_of_all_stays_apart() -> None:
    made = Made("a", "Lake Board said nine were dead, three of those in Velm.")
    said = made.say("Lake Board", "nine were dead, three of those in Velm")
    made.count("nine", 9, 9, statement=said)
    made.count("three of those", 3, 3, statement=said, place=made.place("Velm"))
    assert [s.place for s in combined(made).series] == [None, "Velm"]


def test_what_is_counted_months_later_is_another_series() -> None:
    later = Made("b", "Lake Board said two were dead.", "2031-09-04T09:00:00+02:00")
    later.count("two", 2, 2, statement=later.say("Lake Board", "two were dead"))
    found = combined(later, toll("a", 9, "Lake Board", "three", 3, 3)).series
    assert [[p.low for p in s.lines[0].points] for s in found] == [[3], [2]] and len({s.id for s in found}) == 2


def test_a_near_copy_adds_no_line() -> None:
    story = "The lake rose in the night and the wall gave way before anybody in the valley woke, and eleven people died in their beds. " * 3
    first, second = Made("north", story, credits=("North Agency",)), Made("south", story, f"{DAY}T11:00:00+02:00")
    for made in (first, second):
        made.count("eleven people", 11, 11)
    found = combined(first, second)
    assert lines(found) == {"North Agency": [(11, 11, "exact", False)]}


def test_two_more_replace_no_toll() -> None:
    found = combined(toll("a", 9, "Lake Board", "12", 12, 12), toll("b", 12, "Lake Board", "two more people", 2, 2))
    assert lines(found) == {"Lake Board": [(12, 12, "exact", False)]}
    assert [s.event for s in found.series] == [None, "on top of figures given before"]


def test_twenty_or_more_is_a_toll() -> None:
    found = combined(toll("a", 9, "Lake Board", "12", 12, 12), toll("b", 12, "Lake Board", "twenty or more people", 20, None, "at-least"))
    assert [s.event for s in found.series] == [None]
