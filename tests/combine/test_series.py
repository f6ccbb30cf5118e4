"""Tolls: a line per giver, oldest first, nothing added, nothing counted twice."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from presstime.combine.nations import Nations
from presstime.combine.series import SERIES
from presstime.combine.series_told import Told
from presstime.combine.stages import Note, World
from presstime.findings import Findings
from presstime.records import Context, Qualifier

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
    made = [toll(f"d{i}", 9 + i, "Lake Board", w, n, n) for i, (w, n) in enumerate((("three", 3), ("three", 3), ("five", 5)))]
    back = Made("e", "It is three after all: Lake Board now puts the dead at three, having counted twice.", f"{DAY}T13:00:00+02:00")
    back.count("dead at three", 3, 3, statement=back.say("Lake Board", "the dead at three, having counted twice"))
    assert [p[0] for p in lines(combined(*made, back))["Lake Board"]] == [3, 5, 3]


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
    made.count("Four of them", 4, 4, part_of=whole, group="young")
    made.count("40", 40, 40, scope="total")
    made.count("112", 112, 112, scope="past")
    found = combined(made)
    assert [(s.event, len(s.lines[0].points)) for s in found.series] == [
        (None, 1),
        ("parts of other figures", 1),
        ("running totals", 1),
        ("earlier events", 1),
    ]


def test_a_part_of_no_group_and_no_place_is_no_series() -> None:
    """ "15 of them" in danger tells nothing over time; those in Osk and the children do."""
    made = Made("a", "Of 38 hurt, 15 of them are in danger. Of 61 hurt, 20 of them are from Osk. Of 70 hurt, 9 of them children.")
    osk = made.place("Osk")
    for whole, part, low, fields in (
        ("38", "15 of them", 15, {}),
        ("61", "20 of them", 20, {"place": osk}),
        ("70", "9 of them", 9, {"group": "children"}),
    ):
        of = made.count(whole, int(whole), int(whole), "injured")
        made.count(part, low, low, "injured", part_of=of, **fields)
    parts = [[p.low for x in s.lines for p in x.points] for s in combined(made).series if s.event == "parts of other figures"]
    assert all(15 not in part for part in parts) and [9] in parts


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
    assert [(s.place, len(s.lines)) for s in found.series] == [("Velm", 2), ("Osk", 1)]


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


def series_of(found: Findings, scope: str = "event", measure: str = "killed") -> list[dict[str, list[int | None]]]:
    """For each series of a scope: giver → the low ends of its points."""
    return [{x.giver: [p.low for p in x.points] for x in s.lines} for s in found.series if s.scope == scope and s.measure == measure]


def said(name: str, hour: int, text: str, *counts: tuple[str, int, str | None], who: str = "Lake Board", **fields: Any) -> Made:
    """A report in which somebody says the whole text and counts; each count is its words, its number, its place."""
    made = Made(name, f"{who} said: {text}", f"{DAY}T{hour:02}:00:00+02:00", **fields)
    statement = made.say(who, text)
    for words, number, place in counts:
        made.count(words, number, number, statement=statement, place=made.place(place) if place else None)
    return made


# ---------------------------------------------------------------- updates and repetitions


def test_a_late_copy_of_an_old_toll_is_no_update() -> None:
    text = "Lake Board said three were dead in Velm. " + "The lake rose in the night and the old wall of the harbour gave way. " * 4
    first, copy = Made("north", text, f"{DAY}T09:00:00+02:00"), Made("south", text, f"{DAY}T13:00:00+02:00")
    for made in (first, copy):
        made.count("three were dead", 3, 3, statement=made.say("Lake Board", "three were dead"))
    found = combined(first, copy, toll("b", 11, "Lake Board", "five", 5, 5))
    assert lines(found) == {"Lake Board": [(3, 3, "exact", True), (5, 5, "exact", False)]}
    copied = next(x.points[0] for x in found.series[0].lines)
    assert len(copied.also) == 1


def test_a_number_named_as_the_earlier_one_is_no_update() -> None:
    later = said("b", 15, "the number of dead fell to 16 from 19", ("16", 16, None), ("19", 19, None))
    found = combined(toll("a", 9, "Lake Board", "19", 19, 19), later)
    assert lines(found)["Lake Board"] == [(19, 19, "exact", True), (16, 16, "exact", False)]


def test_a_correction_names_the_old_number_first() -> None:
    later = said("b", 15, "we have corrected our count of 13 dead to 11 dead", ("13 dead", 13, None), ("11 dead", 11, None))
    assert lines(combined(later))["Lake Board"] == [(13, 13, "exact", True), (11, 11, "exact", False)]


def test_a_figure_of_an_earlier_moment_keeps_its_place() -> None:
    late = Made("c", "Lake Board said three were dead as of noon.", f"{DAY}T20:00:00+02:00")
    late.count("three were dead", 3, 3, statement=late.say("Lake Board", "three were dead as of noon"), as_of=f"{DAY}T12:00")
    found = combined(toll("b", 15, "Lake Board", "five", 5, 5), late)
    assert lines(found)["Lake Board"] == [(3, 3, "exact", True), (5, 5, "exact", False)]


def test_what_was_said_the_day_before_is_of_that_day() -> None:
    late = Made("c", "Lake Board said on Friday three were dead.", "2031-05-05T08:00:00+02:00")
    late.count("three were dead", 3, 3, statement=late.say("Lake Board", "three were dead", said_at="2031-05-03"))
    found = combined(toll("b", 15, "Lake Board", "five", 5, 5), late)
    assert [p[0] for p in lines(found)["Lake Board"]] == [3, 5]


def test_the_same_number_in_other_words_of_one_text_is_one_point() -> None:
    made = said("a", 9, "at least eight were dead. The eight dead were asleep", ("at least eight", 8, None), ("The eight dead", 8, None))
    made.records["figures"][0] = replace(made.records["figures"][0], high=None, qualifier="at-least")
    assert [p[0] for p in lines(combined(made))["Lake Board"]] == [8]


def test_a_second_number_of_one_sentence_is_no_update() -> None:
    made = said(
        "a",
        9,
        "five died, three in the boat and two ashore",
        ("five died", 5, None),
        ("three in the boat", 3, None),
        ("two ashore", 2, None),
    )
    assert series_of(combined(made)) == [{"Lake Board": [5]}]


# ---------------------------------------------------------------- givers


def test_officials_of_no_known_body_are_those_of_their_paper_only() -> None:
    first, second = toll("north", 9, "officials", "three", 3, 3), toll("harbour", 11, "officials", "five", 5, 5)
    (series,) = combined(first, second).series
    assert [(x.giver, len(x.points), x.actor) for x in series.lines] == [("officials", 1, None), ("officials", 1, None)]


def test_a_minister_gives_for_the_ministry() -> None:
    first = Made("a", "Ada Holm said three were dead.", f"{DAY}T09:00:00+02:00")
    first.count("three were dead", 3, 3, statement=first.say("Ada Holm", "three were dead", kind="person", role="interior minister"))
    found = combined(first, toll("b", 12, "Interior Ministry", "five", 5, 5))
    assert lines(found) == {"Interior Ministry": [(3, 3, "exact", True), (5, 5, "exact", False)]}


def test_a_deputy_minister_and_another_ministry_are_lines_of_their_own() -> None:
    first = Made("a", "Ada Holm said three were dead.", f"{DAY}T09:00:00+02:00")
    first.count("three were dead", 3, 3, statement=first.say("Ada Holm", "three were dead", kind="person", role="deputy interior minister"))
    found = combined(first, toll("b", 12, "Interior Ministry", "five", 5, 5))
    assert set(lines(found)) == {"Ada Holm", "Interior Ministry"}


def test_who_counts_in_the_outlets_voice_is_the_giver() -> None:
    made = Made("b", "Lake Board on Sunday evening raised the toll to seven.", f"{DAY}T12:00:00+02:00")
    made.actor("Lake Board")
    made.count("seven", 7, 7)
    found = combined(toll("a", 9, "Lake Board", "three", 3, 3), made)
    assert lines(found) == {"Lake Board": [(3, 3, "exact", True), (7, 7, "exact", False)]}


def test_a_description_stands_for_the_one_person_who_has_the_office() -> None:
    first = Made("a", "Five died, the hospital's director said. Ada Holm, the director, wept.", f"{DAY}T09:00:00+02:00")
    first.actor("Ada Holm", "person", role="director")
    first.count("Five died", 5, 5, statement=first.say("the hospital's director", "Five died", kind="person"))
    second = toll("b", 12, "Ada Holm", "seven", 7, 7)
    assert [(p.low, p.superseded_by is not None) for p in combined(first, second).series[0].lines[0].points] == [(5, True), (7, False)]


def test_a_part_is_given_by_whoever_gives_the_whole() -> None:
    made = Made("a", "Lake Board put the number of injured at 31. Six of them are minors.")
    whole = made.count("31", 31, 31, "injured", statement=made.say("Lake Board", "the number of injured at 31"))
    made.count("Six of them are minors", 6, 6, "injured", part_of=whole, group="minors")
    assert {x.giver for s in combined(made).series for x in s.lines} == {"Lake Board"}


def test_a_body_called_by_its_kind_is_the_giver_and_not_the_outlet() -> None:
    made = Made("a", "The constabulary put its final count at 121 arrests.")
    made.count("121 arrests", 121, 121, "detained")
    assert list(lines(combined(made), "detained")) == ["constabulary"]


def test_a_page_gives_under_the_name_of_the_body_whose_it_is() -> None:
    text = "The Harbour Board did not open a gate. Twelve people died."
    made = Made("a", text, outlet="Harbour Board, press department")
    made.actor("Harbour Board")
    made.count("Twelve people died", 12, 12)
    assert list(lines(combined(made))) == ["Harbour Board"]


def test_an_outlet_gives_under_its_full_name() -> None:
    made = Made("a", "OSK (NPA) — Twelve people died.", outlet="Norrel Press Agency", credits=("NPA",))
    made.count("Twelve people died", 12, 12)
    assert list(lines(combined(made))) == ["Norrel Press Agency"]


def test_initials_and_a_longer_name_with_the_same_number_are_one_body() -> None:
    initials = combined(toll("a", 9, "Lake Rescue Committee", "three", 3, 3), toll("b", 12, "LRC", "five", 5, 5))
    assert len(initials.series[0].lines) == 1
    longer = combined(toll("a", 9, "Interior Ministry of Orvenland", "three", 3, 3), toll("b", 12, "Interior Ministry", "three", 3, 3))
    assert len(longer.series[0].lines) == 1


# ---------------------------------------------------------------- parts and groups told in words


def test_some_of_a_toll_is_no_toll() -> None:
    made = Made("a", "Lake Board said 55 were dead. Eight of the 55 died on the ferry. Two Orven nurses are among the dead.")
    made.count("55 were dead", 55, 55, statement=made.say("Lake Board", "55 were dead"))
    made.count("Eight", 8, 8)
    made.count("Two Orven nurses", 2, 2)
    (toll_,) = [s for s in combined(made).series if s.scope == "event"]
    assert {p.low for x in toll_.lines for p in x.points} == {55}


def test_its_own_dead_are_no_part() -> None:
    made = Made("a", "Lake Front said seven of its fighters were killed.")
    made.count("seven of its fighters", 7, 7, group="fighters", statement=made.say("Lake Front", "seven of its fighters were killed"))
    assert [s.scope for s in combined(made).series] == ["event"]


def test_keepers_and_prisoners_of_two_givers_are_two_groups_and_a_shared_number_joins_people() -> None:
    keepers = Made("a", "Edda Rin said one warder died.", f"{DAY}T09:00:00+02:00")
    keepers.count("one warder", 1, 1, group="warder", statement=keepers.say("Edda Rin", "one warder died"))
    stokers = Made("b", "Lake Board said seven stokers died.", f"{DAY}T10:00:00+02:00")
    stokers.count("seven stokers", 7, 7, group="stokers", statement=stokers.say("Lake Board", "seven stokers died"))
    people = Made("c", "Tam Olm said seven people died.", f"{DAY}T11:00:00+02:00")
    people.count("seven people", 7, 7, statement=people.say("Tam Olm", "seven people died"))
    found = combined(keepers, stokers, people)
    assert sorted(sorted(x.giver for x in s.lines) for s in found.series) == [["Edda Rin"], ["Lake Board", "Tam Olm"]]


def test_the_group_of_a_bare_number_stands_before_it() -> None:
    made = Made("a", "Lake Board put the number of stokers killed at nine, and 20 people were dead in all of Velm, Edda Rin said.")
    made.count("nine", 9, 9, statement=made.say("Lake Board", "the number of stokers killed at nine"))
    made.count("20 people", 20, 20, statement=made.say("Edda Rin", "20 people were dead in all of Velm"))
    assert {s.group for s in combined(made).series} == {"stokers", None}


# ---------------------------------------------------------------- places


def test_a_number_of_a_document_that_names_other_towns_does_not_go_with_the_town_of_most() -> None:
    first = said("a", 9, "12 were dead in Velm", ("12 were dead", 12, "Velm"))
    second = said("b", 10, "12 were dead in Velm", ("12 were dead", 12, "Velm"), who="Tam Olm")
    third = Made("c", "Edda Rin said 30 were dead. The road to the village of Osk, near Arnholt, was open.", f"{DAY}T11:00:00+02:00")
    third.place("Arnholt")
    third.count("30 were dead", 30, 30, statement=third.say("Edda Rin", "30 were dead"))
    assert sorted(len(s.lines) for s in combined(first, second, third).series) == [1, 2]


def test_a_land_that_no_gazetteer_knows_is_no_town() -> None:
    text = "Armed men attacked a market in northern Orvenland, killing 26 people, Lake Board said."
    made = Made("a", text, f"{DAY}T10:00:00+02:00")
    land = made.place("Orvenland", precision=None)  # type: ignore[arg-type]
    made.count("killing 26 people", 26, 26, place=land, statement=made.say("Lake Board", "killing 26 people"))
    later = said("b", 15, "24 were dead in Velm", ("24 were dead", 24, "Velm"))
    (series,) = combined(made, later).series
    assert [(p.low, p.superseded_by is not None) for p in series.lines[0].points] == [(26, True), (24, False)]


def test_a_name_without_letters_and_a_figure_without_length_break_nothing() -> None:
    made = Made("a", "… said three were dead in —.")
    dash = made.place("—")
    made.count("", 3, 3, place=dash, group="—", statement=made.say("…", "three were dead"))
    assert len(combined(made).series) == 1


def test_two_towns_are_two_series_and_a_documents_paragraph_tells_which() -> None:
    first = said("a", 9, "12 were dead in Velm", ("12 were dead", 12, "Velm"))
    text = "At Osk a footbridge gave way at noon. Three did not come out alive."
    second = Made("b", text, f"{DAY}T14:00:00+02:00")
    second.place("Osk")
    second.count("Three did not come out alive", 3, 3)
    third = said("c", 15, "three were dead in Osk", ("three were dead", 3, "Osk"), who="Edda Rin")
    found = combined(first, second, third)
    assert [(s.place, sorted(x.giver for x in s.lines)) for s in found.series] == [
        ("Osk", ["B Post", "Edda Rin"]),
        ("Velm", ["Lake Board"]),
    ]


def test_a_hospital_and_a_press_room_are_no_scene_of_their_own() -> None:
    first = said("a", 9, "12 were dead in Velm", ("12 were dead", 12, "Velm"))
    second = said("b", 12, "14 were dead, two of whom died at the hospital in Osk", ("14 were dead", 14, "Osk"))
    (series,) = combined(first, second).series
    assert [p.low for p in series.lines[0].points] == [12, 14]


def test_a_town_counted_beside_the_whole_country_stays_apart() -> None:
    made = Made("a", "Tam Olm said 14 were dead in Velm. Edda Rin put the dead at 17 for the whole island.", f"{DAY}T15:00:00+02:00")
    one = made.say("Tam Olm", "14 were dead in Velm")
    made.count("14 were dead", 14, 14, statement=one, place=made.place("Velm"))
    made.count("17", 17, 17, statement=made.say("Edda Rin", "the dead at 17 for the whole island"))
    assert series_of(combined(made)) == [{"Edda Rin": [17]}, {"Tam Olm": [14]}]


def test_a_sum_of_two_towns_is_a_total() -> None:
    text = "Lake Board said 16 died in Velm. Three died in Osk. With Osk the flood has claimed 19 lives in all."
    made = Made("a", text, f"{DAY}T15:00:00+02:00")
    statement = made.say("Lake Board", text.removeprefix("Lake Board said "))
    made.count("16 died", 16, 16, statement=statement, place=made.place("Velm"))
    made.count("Three died", 3, 3, statement=statement, place=made.place("Osk"))
    made.count("19 lives", 19, 19, statement=statement)
    found = combined(made)
    assert series_of(found, "total") == [{"Lake Board": [19]}]
    assert sorted(x["Lake Board"] for x in series_of(found)) == [[3], [16]]


# ---------------------------------------------------------------- incidents


def raid(name: str, hour: int, at: str, number: int, who: str = "Lake Board") -> Made:
    """A report of shelling at a clock time, with its toll."""
    made = Made(name, f"Guns shelled Velm at {at} on Sunday. {who} said {number} were dead in Velm.", f"{DAY}T{hour:02}:00:00+02:00")
    place, time = made.place("Velm"), made.time(at, f"{DAY}T{at}", f"{DAY}T{at}+02:00", f"{DAY}T{at}+02:00")
    made.happen("shelled", mode="heavy-weapons", place=place, time=time)
    made.count(f"{number} were dead", number, number, statement=made.say(who, f"{number} were dead in Velm"), place=place)
    return made


def test_morning_and_evening_in_one_town_are_two_incidents() -> None:
    found = combined(raid("a", 9, "06:20", 12), raid("b", 12, "06:20", 14), raid("c", 21, "19:10", 5))
    assert series_of(found) == [{"Lake Board": [12, 14]}, {"Lake Board": [5]}]
    assert [s.event for s in found.series] == [f"{DAY} 06:20", f"{DAY} 19:10"]


def test_tellers_an_hour_apart_tell_of_one_incident() -> None:
    found = combined(raid("a", 9, "06:20", 12), raid("b", 12, "07:40", 14))
    assert series_of(found) == [{"Lake Board": [12, 14]}]


def test_a_toll_without_an_hour_goes_with_its_giver_and_never_with_what_came_later() -> None:
    text = "Edda Rin said 13 were dead in Velm."
    early = said("d", 14, "13 were dead in Velm", ("13 were dead", 13, "Velm"), who="Edda Rin")
    late = Made("e", text, "2031-05-05T09:00:00+02:00")
    late.count("13 were dead", 15, 15, statement=late.say("Edda Rin", "13 were dead in Velm"), place=late.place("Velm"))
    found = combined(raid("a", 9, "06:20", 12), raid("c", 21, "19:10", 5, "Tam Olm"), early, late)
    assert series_of(found) == [{"Lake Board": [12], "Edda Rin": [13, 15]}, {"Tam Olm": [5]}]


def test_a_toll_of_neither_hour_goes_with_the_nearer_numbers() -> None:
    late = Made("e", "Edda Rin said 13 were dead in Velm.", "2031-05-05T09:00:00+02:00")
    late.count("13 were dead", 13, 13, statement=late.say("Edda Rin", "13 were dead in Velm"), place=late.place("Velm"))
    found = combined(raid("a", 9, "06:20", 12), raid("c", 21, "19:10", 5, "Tam Olm"), late)
    assert series_of(found) == [{"Lake Board": [12], "Edda Rin": [13]}, {"Tam Olm": [5]}]


def test_a_count_that_goes_on_joins_two_hours() -> None:
    later = raid("c", 21, "19:10", 15)
    text = later.document.text
    grown = Made("c", text.replace("said 15 were dead", "said the dead had risen to 15"), f"{DAY}T21:00:00+02:00")
    place, time = grown.place("Velm"), grown.time("19:10", f"{DAY}T19:10", f"{DAY}T19:10+02:00", f"{DAY}T19:10+02:00")
    grown.happen("shelled", mode="heavy-weapons", place=place, time=time)
    grown.count("15", 15, 15, statement=grown.say("Lake Board", "the dead had risen to 15 in Velm"), place=place)
    assert series_of(combined(raid("a", 9, "06:20", 12), grown)) == [{"Lake Board": [12, 15]}]


def test_a_shooting_and_a_crash_are_two_incidents() -> None:
    one = said("a", 9, "two were dead in Velm", ("two were dead", 2, "Velm"))
    two = said("b", 10, "six were dead in Velm", ("six were dead", 6, "Velm"), who="Edda Rin")
    for made, cause in ((one, "shooting"), (two, "ferry crash")):
        (figure,) = made.records["figures"]
        made.records["figures"] = [replace(figure, cause=cause)]
    assert sorted(map(str, series_of(combined(one, two)))) == ["{'Edda Rin': [6]}", "{'Lake Board': [2]}"]


# ---------------------------------------------------------------- groups


def grouped(name: str, hour: int, words: str, number: int, group: str | None) -> Made:
    made = Made(name, f"Lake Board said {words} were dead in Velm.", f"{DAY}T{hour:02}:00:00+02:00")
    made.count(f"{words} were dead", number, number, group=group, statement=made.say("Lake Board", f"{words} were dead in Velm"))
    return made


def test_words_for_one_group_meet_and_another_group_does_not() -> None:
    made = (grouped("a", 9, "three servicemen", 3, "servicemen"), grouped("b", 10, "five soldiers", 5, "soldiers"))
    found = combined(*made, grouped("c", 11, "two civilians", 2, "civilians"))
    assert [(s.group, [p.low for p in s.lines[0].points]) for s in found.series] == [("servicemen", [3, 5]), ("civilians", [2])]


def test_people_and_a_mere_description_are_no_group() -> None:
    found = combined(grouped("a", 9, "six workers", 6, "workers"), grouped("b", 10, "nine people", 9, None))
    assert [(s.group, [p.low for p in s.lines[0].points]) for s in found.series] == [(None, [6, 9])]


def test_a_description_with_a_number_beside_the_whole_is_apart() -> None:
    made = Made("a", "Lake Board said nine were dead. Four miners were dead.")
    statement = made.say("Lake Board", "nine were dead. Four miners were dead")
    made.count("nine were dead", 9, 9, statement=statement)
    made.count("Four miners", 4, 4, group="miners", statement=statement)
    assert [(s.group, s.lines[0].points[0].low) for s in combined(made).series] == [(None, 9), ("miners", 4)]


def test_one_victim_who_is_told_of_is_no_new_toll() -> None:
    made = Made("a", "Nine were dead. A boy was killed at the gate.")
    made.count("Nine were dead", 9, 9)
    made.count("A boy", 1, 1, group="boy")
    assert {s.group: s.lines[0].points[0].low for s in combined(made).series} == {None: 9, "boy": 1}


# ---------------------------------------------------------------- the summary


def test_the_summary_has_everyones_latest_and_who_gives_the_lowest_and_highest() -> None:
    found = combined(
        toll("a", 9, "Lake Board", "three", 3, 3),
        toll("b", 10, "Lake Board", "seven", 7, 7),
        toll("c", 10, "Edda Rin", "at least 12", 12, None, "at-least"),
        toll("d", 11, "Tam Olm", "dozens", None, None, "vague"),
    )
    (series,) = found.series
    assert len(series.latest) == 3
    assert series.lowest is not None and (series.lowest.value, series.lowest.givers) == (7, ("Lake Board",))
    assert series.highest is not None and (series.highest.value, series.highest.givers) == (12, ("Edda Rin",))


def conflicts(*made: Made) -> int:
    return sum(len(s.conflicts) for s in combined(*made).series)


def test_figures_that_cannot_both_be_true_stand_side_by_side() -> None:
    assert conflicts(toll("a", 9, "Lake Board", "three", 3, 3), toll("b", 10, "Edda Rin", "nine", 9, 9)) == 1
    assert conflicts(toll("a", 9, "Lake Board", "three", 3, 3), toll("b", 10, "Edda Rin", "at least two", 2, None, "at-least")) == 0
    assert conflicts(toll("a", 9, "Lake Board", "80", 80, 80), toll("b", 10, "Edda Rin", "about 82", 82, 82, "about")) == 0
    assert conflicts(toll("a", 9, "Lake Board", "80", 80, 80), toll("b", 10, "Edda Rin", "more than 80", 80, None, "more-than")) == 1
    assert conflicts(toll("a", 9, "Lake Board", "80", 80, 80), toll("b", 10, "Edda Rin", "dozens", None, None, "vague")) == 0


def test_a_toll_that_grew_over_the_day_is_no_contradiction_and_one_that_shrank_is() -> None:
    assert conflicts(toll("a", 7, "Lake Board", "three", 3, 3), toll("b", 20, "Edda Rin", "nine", 9, 9)) == 0
    assert conflicts(toll("a", 7, "Lake Board", "nine", 9, 9), toll("b", 20, "Edda Rin", "three", 3, 3)) == 1


def test_the_order_is_this_event_first_and_the_dead_before_the_hurt() -> None:
    made = Made("a", "In 1998 a flood killed 112. 40 were hurt. Nine died. Two of them were young.")
    whole = made.count("Nine", 9, 9)
    made.count("112", 112, 112, scope="past")
    made.count("40", 40, 40, "injured")
    made.count("Two of them", 2, 2, part_of=whole, group="young")
    assert [(s.scope, s.measure) for s in combined(made).series] == [
        ("event", "killed"),
        ("event", "injured"),
        ("part", "killed"),
        ("past", "killed"),
    ]


# ---------------------------------------------------------------- piece by piece


def several() -> list[Made]:
    return [
        raid("a", 9, "06:20", 12),
        raid("b", 12, "06:20", 14),
        raid("c", 21, "19:10", 5),
        toll("d", 10, "Edda Rin", "nine", 9, 9, placed=True),
        toll("e", 13, "Edda Rin", "about eleven", 11, 11, "about"),
        said("f", 16, "three were dead in Osk", ("three were dead", 3, "Osk"), who="Tam Olm"),
        toll("g", 17, "officials", "20", 20, 20),
        grouped("h", 18, "two soldiers", 2, "soldiers"),
    ]


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(8)))
def test_readings_in_any_order_give_the_same_series(order: list[int]) -> None:
    made = several()
    assert combined(*(made[i] for i in order)).series == combined(*made).series


def test_ten_thousand_figures_of_one_measure_are_settled_at_once() -> None:
    told = [
        Told(
            document=f"d{i}",
            family=f"d{i}",
            origin=f"o{i % 900}",
            giver=f"g{i % 300}",
            low=i % 90,
            high=i % 90,
            moment=1000 + i,
            published=1000 + i,
            place=("velm", "osk", "")[i % 3],
            place_name=("velm", "osk", "")[i % 3],
            sure=3 * (i % 3 < 2),
            begins=(i // 1000) * 2000,
            ends=(i // 1000) * 2000 + 1,
        )
        for i in range(10_000)
    ]
    key = "killed\x1f\x1fevent\x1f"
    notes = [Note(key, f"f{i}", f"{i:05}", t) for i, t in enumerate(told)]
    context = Context()
    started = perf_counter()
    settled = SERIES.settle(key, notes, World(context, Nations(context)))
    assert settled.found is not None
    # 0.25 s on a busy core; a rule that compared all with all would take minutes
    assert perf_counter() - started < 3
