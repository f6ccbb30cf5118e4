"""Silences: worded as what was gathered, beside what called for an answer; never of somebody who spoke, nor of private people."""

from __future__ import annotations

import pytest

from presstime.records import Context, KnownActor, KnownPlace, Span

from .made import AS_OF, Made, combined

LANDS = Context(places=(KnownPlace(name="Ardan", names=("Ardani",), lat=0.0, lon=0.0, precision="country"),))


def accused(by: str = "Edda Rin", whom: str = "Delvan Works", **fields: str) -> Made:
    made = Made("north", f"{by} accused {whom} of leaving the wall unfinished.", **fields)
    made.say(by, f"{whom} of leaving the wall unfinished", "accusation", kind="person")
    made.actor(whom)
    return made


def silent(*made: Made, context: Context | None = None) -> list[str]:
    return [s.actor for s in combined(*made, context=context).silences]


def test_an_accused_body_quoted_nowhere_is_a_silence() -> None:
    made = accused()
    (silence,) = combined(made, Made("south", "It rained.")).silences
    assert (silence.actor, silence.documents, silence.as_of) == ("Delvan Works", 2, AS_OF)
    assert silence.because == made.reading.statements[0].id


def test_an_accused_body_is_silent_though_no_reading_lists_it() -> None:
    made = accused()
    made.records["actors"] = [a for a in made.records["actors"] if a.name != "Delvan Works"]
    assert silent(made) == ["Delvan Works"]
    unnamed = accused(whom="the Delvans")
    unnamed.records["actors"] = [a for a in unnamed.records["actors"] if a.name != "the Delvans"]
    assert silent(unnamed) == []
    context = Context(actors=(KnownActor(name="Delvan Works", names=("the Delvans",)),))
    assert silent(unnamed, context=context) == ["Delvan Works"]


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("the insurer, Delvan Mutual, of refusing to pay for the wall", "accusation"),
        ("the insurer, Delvan Mutual, for having passed the wall as sound", "accusation"),
        ("The insurer, Delvan Mutual, had known of the wall since May", "accusation"),
        ("the insurer, Delvan Mutual, should open its books", "demand"),
        ("the bricks had been sold to the town by Delvan Works", "accusation"),
    ],
)
def test_who_is_named_beside_what_it_is_or_as_the_doer_is_accused(words: str, act: str) -> None:
    made = Made("north", f"Edda Rin spoke. {words}.")
    made.say("Edda Rin", words, act, kind="person")
    assert silent(made) == ["Delvan Mutual" if "Mutual" in words else "Delvan Works"]


@pytest.mark.parametrize("whom", ["Soldiers", "Gunmen on trucks", "The Supreme Court", "The Public Defender"])
def test_words_for_anybody_and_courts_are_no_silence(whom: str) -> None:
    made = Made("north", f"Edda Rin complained that {whom} had burnt the mill.")
    made.say("Edda Rin", f"{whom} had burnt the mill", "accusation", kind="person")
    made.actor(whom, "group" if whom in ("Soldiers", "Gunmen on trucks") else "organisation")
    assert silent(made) == []


def test_a_place_is_no_silence_even_where_another_paper_tells_that_it_is_one() -> None:
    made = Made("north", "Edda Rin complained that Velmar had opened the gates.")
    made.say("Edda Rin", "Velmar had opened the gates", "accusation", kind="person")
    made.actor("Velmar")
    other = Made("south", "The bus left Velmar at noon.")
    assert silent(made, other) == ["Velmar"]
    other.place("Velmar")
    assert silent(made, other) == []


def test_who_speaks_of_what_a_body_is_ready_for_speaks_for_it() -> None:
    answer = Made("south", "Olaf Sorn said Delvan Works was ready to mend the wall.")
    answer.actor("Delvan Works")
    answer.say("Olaf Sorn", "Delvan Works was ready to mend the wall", "offer", kind="person")
    assert silent(accused(), answer) == []


def test_a_lawyer_of_the_accused_breaks_the_silence() -> None:
    answer = Made("south", "A lawyer for Delvan Works said no. Delvan Works built it.")
    answer.actor("Delvan Works")
    answer.say("lawyer for Delvan Works", "no", kind="person")
    assert silent(accused(), answer) == []


def test_a_reported_no_comment_is_a_finding_and_no_silence() -> None:
    other = Made("south", "Delvan Works did not comment.")
    other.say("Delvan Works", "comment", "no-comment")
    assert silent(accused(), other) == []


def test_who_spoke_under_another_name_is_not_silent() -> None:
    other = Made("south", "Wall Builders said no.")
    other.say("Wall Builders", "no")
    context = Context(actors=(KnownActor(name="Delvan Works", names=("Wall Builders",)),))
    assert silent(accused(), other) == ["Delvan Works"] and silent(accused(), other, context=context) == []


def test_what_a_body_publishes_itself_is_its_word() -> None:
    assert silent(accused(), Made("south", "All is well at the wall.", outlet="Delvan Works")) == []


def test_a_spokesperson_breaks_the_silence_also_where_another_paper_has_the_role() -> None:
    voice = Made("south", "Mila Dron said no. Delvan Works built it.")
    voice.actor("Delvan Works")
    voice.say("Mila Dron", "no", kind="person", role="spokesman for Delvan Works")
    assert silent(accused(), voice) == []
    role = Made("west", "Mila Dron, spokesman for Delvan Works, left. Delvan Works stood.")
    role.actor("Mila Dron", "person", role="spokesman for Delvan Works")
    role.actor("Delvan Works")
    quoted = Made("east", "Mila Dron said no.")
    quoted.say("Mila Dron", "no", kind="person")
    assert silent(accused(), quoted) == ["Delvan Works"] and silent(accused(), role, quoted) == []


def test_a_countrys_ministry_breaks_the_silence_of_its_army() -> None:
    army = accused(whom="Ardani Army")
    there = Made("west", "It rained.", dateline="VELM, Ardan")
    ministry = Made("south", "Ardani Defence Ministry said no.")
    ministry.say("Ardani Defence Ministry", "no")
    assert silent(army, there, context=LANDS) == ["Ardani Army"]
    assert silent(army, there, ministry, context=LANDS) == []


def test_where_nothing_of_a_country_was_gathered_its_silence_is_left_out() -> None:
    army = accused(whom="Ardani Army")
    assert silent(army, context=LANDS) == []
    assert silent(army, Made("west", "It rained.", outlet="Ardani Gazette"), context=LANDS) == ["Ardani Army"]


def test_private_people_are_not_listed_and_holders_of_public_office_are() -> None:
    made = Made("north", "Lake Board accused Tam Olm of leaving the wall unfinished.")
    made.say("Lake Board", "Tam Olm of leaving the wall unfinished", "accusation")
    made.actor("Tam Olm", "person")
    assert silent(made) == []
    made = Made("north", "Lake Board accused Tam Olm of leaving the wall unfinished.")
    made.say("Lake Board", "Tam Olm of leaving the wall unfinished", "accusation")
    made.actor("Tam Olm", "person", role="mayor of Velm")
    assert silent(made) == ["Tam Olm"]


def test_who_heard_an_appeal_in_an_interview_is_not_called_upon() -> None:
    made = Made("north", "Edda Rin told Harbour Echo that all must wait. Harbour Echo asked.")
    made.say("Edda Rin", "all must wait", "appeal", kind="person", addressee="Harbour Echo", cue=Span(start=9, end=13))
    made.actor("Harbour Echo")
    assert silent(made) == []
    made = Made("north", "Edda Rin urged Harbour Council to wait.")
    made.say("Edda Rin", "to wait", "appeal", kind="person", addressee="Harbour Council", cue=Span(start=9, end=14))
    made.actor("Harbour Council")
    assert silent(made) == ["Harbour Council"]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Delvan Works had left the wall unfinished", ["Delvan Works"]),
        ("the Delvan Works should open its books", ["Delvan Works"]),
        ("Delvan Works was cheated", []),
        ("the wall of Delvan Works was old", []),
    ],
)
def test_the_one_said_to_have_done_it_is_called_upon(words: str, wanted: list[str]) -> None:
    made = Made("north", f"Edda Rin complained that {words}.")
    made.say("Edda Rin", words, "accusation", kind="person")
    made.actor("Delvan Works")
    assert silent(made) == wanted


def test_forces_or_guns_point_at_their_government() -> None:
    made = Made("north", "Edda Rin said Ardani mortars shelled the wall. Ardan mobilised.", dateline="VELM, Ardan")
    s = made.say("Edda Rin", "Ardani mortars shelled the wall", "accusation", kind="person")
    made.happen("shelled the wall", by="Ardani mortars", statement=s)
    made.actor("Ardan", "government")
    assert silent(made, context=LANDS) == ["Ardan"]


def test_a_name_that_any_land_has_is_not_listed() -> None:
    assert silent(accused(whom="Foreign Ministry")) == []
