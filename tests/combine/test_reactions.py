"""Reactions by actor and country, and silences: worded as what was gathered, and never of somebody who spoke."""

from __future__ import annotations

from presstime.records import Context, KnownActor, KnownPlace, Span

from .made import AS_OF, Made, combined

LANDS = Context(places=(KnownPlace(name="Ardan", names=("Ardani",), lat=0.0, lon=0.0, precision="country"),))


def accused(by: str = "Edda Rin", whom: str = "Delvan Works") -> Made:
    made = Made("north", f"{by} accused {whom} of leaving the wall unfinished.")
    made.say(by, f"{whom} of leaving the wall unfinished", "accusation", kind="person")
    made.actor(whom)
    return made


def test_reactions_stand_by_actor_act_and_country() -> None:
    made = Made("north", "Ardani Foreign Ministry condemned the attack and urged Velm to wait. Edda Rin said it rained.")
    a = made.say("Ardani Foreign Ministry", "the attack", "condemnation")
    b = made.say("Ardani Foreign Ministry", "to wait", "appeal", addressee="Velm")
    made.say("Edda Rin", "it rained", kind="person")
    found = combined(made, context=LANDS).reactions
    assert [(r.actor, r.country, r.act, r.towards, r.statements) for r in found] == [
        ("Ardani Foreign Ministry", "Ardan", "condemnation", None, (a,)),
        ("Ardani Foreign Ministry", "Ardan", "appeal", "Velm", (b,)),
    ]


def test_the_same_words_of_one_origin_stand_once_and_of_two_twice() -> None:
    story = (
        "Lake Board condemned the attack on the wall that has stood above the valley for ninety years and that nobody thought could fall. "
        * 3
    )
    copies = [Made(name, story, credits=("North Agency",)) for name in ("north", "south")]
    for made in copies:
        made.say("Lake Board", "the attack on the wall", "condemnation")
    other = Made("west", "Lake Board condemned the attack on the wall, its office told this paper.")
    other.say("Lake Board", "the attack on the wall", "condemnation")
    (reaction,) = combined(*copies, other).reactions
    assert len(reaction.statements) == 2


def test_somebody_only_described_does_not_react() -> None:
    made = Made("north", "three witnesses condemned the attack.")
    made.say("three witnesses", "the attack", "condemnation", kind="group")
    assert combined(made).reactions == ()


def test_an_accused_body_quoted_nowhere_is_a_silence() -> None:
    (silence,) = combined(accused(), Made("south", "It rained.")).silences
    assert (silence.actor, silence.documents, silence.as_of) == ("Delvan Works", 2, AS_OF)


def test_the_storys_actor_is_silent_though_no_reading_lists_it() -> None:
    made = accused()
    made.records["actors"] = [a for a in made.records["actors"] if a.name != "Delvan Works"]
    assert combined(made).silences == ()
    context = Context(actors=(KnownActor(name="Delvan Works"),))
    assert [s.actor for s in combined(made, context=context).silences] == ["Delvan Works"]


def test_no_comment_is_an_answer_found_and_no_silence() -> None:
    other = Made("south", "Delvan Works did not comment.")
    other.say("Delvan Works", "comment", "no-comment")
    assert combined(accused(), other).silences == ()


def test_who_spoke_under_another_name_is_not_silent() -> None:
    other = Made("south", "Wall Builders said no.")
    other.say("Wall Builders", "no")
    context = Context(actors=(KnownActor(name="Delvan Works", names=("Wall Builders",)),))
    assert len(combined(accused(), other).silences) == 1 and combined(accused(), other, context=context).silences == ()


def test_a_spokesperson_breaks_the_silence_and_so_does_the_countrys_ministry() -> None:
    voice = Made("south", "Mila Dron said no. Delvan Works built it.")
    voice.actor("Delvan Works")
    voice.say("Mila Dron", "no", kind="person", role="spokesman for Delvan Works")
    assert combined(accused(), voice).silences == ()
    army = accused(whom="Ardani Army")
    ministry = Made("south", "Ardani Defence Ministry said no.")
    ministry.say("Ardani Defence Ministry", "no")
    assert len(combined(army, context=LANDS).silences) == 1 and combined(army, ministry, context=LANDS).silences == ()


def test_private_people_are_not_listed() -> None:
    made = Made("north", "Lake Board accused Tam Olm of leaving the wall unfinished.")
    made.say("Lake Board", "Tam Olm of leaving the wall unfinished", "accusation")
    made.actor("Tam Olm", "person")
    assert combined(made).silences == ()


def test_who_heard_an_appeal_in_an_interview_is_not_called_upon() -> None:
    made = Made("north", "Edda Rin told Harbour Echo that all must wait. Harbour Echo asked.")
    made.say("Edda Rin", "all must wait", "appeal", kind="person", addressee="Harbour Echo", cue=Span(start=9, end=13))
    made.actor("Harbour Echo")
    assert combined(made).silences == ()
    made = Made("north", "Edda Rin urged Harbour Council to wait.")
    made.say("Edda Rin", "to wait", "appeal", kind="person", addressee="Harbour Council", cue=Span(start=9, end=14))
    made.actor("Harbour Council")
    assert [s.actor for s in combined(made).silences] == ["Harbour Council"]
