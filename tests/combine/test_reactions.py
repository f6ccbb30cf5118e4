"""Reactions by actor and country: what each did in words, towards whom, first and latest."""

from __future__ import annotations

from presstime.records import Context, KnownPlace, Span

from .made import Made, combined

LANDS = Context(places=(KnownPlace(name="Ardan", names=("Ardani",), lat=0.0, lon=0.0, precision="country"),))


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


def test_a_country_that_only_the_texts_tell_stands_beside_its_minister() -> None:
    made = Made("north", "Edda Rin, foreign minister of Qirvany, condemned the attack. Qirvany's army waited.")
    made.say("Edda Rin", "the attack", "condemnation", kind="person", role="foreign minister of Qirvany")
    made.actor("Qirvany's army")
    assert [(r.actor, r.country) for r in combined(made).reactions] == [("Edda Rin", "Qirvany")]


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


def test_towards_is_one_actor_under_all_its_names() -> None:
    first = Made("north", "Edda Rin urged Velm Water Board to wait. Velm Water Board met.", published="2031-05-04T10:00:00+02:00")
    first.say("Edda Rin", "to wait", "appeal", kind="person", addressee="Velm Water Board")
    first.actor("Velm Water Board")
    second = Made("south", "Ms Rin urged the Water Board to wait longer. The Water Board met.", published="2031-05-04T15:00:00+02:00")
    second.say("Ms Rin", "to wait longer", "appeal", kind="person", addressee="the Water Board")
    second.actor("Water Board")
    (reaction,) = combined(second, first).reactions
    assert (reaction.actor, reaction.towards, len(reaction.statements)) == ("Edda Rin", "Velm Water Board", 2)
    assert (reaction.first, reaction.latest) == ("2031-05-04T10:00:00+02:00", "2031-05-04T15:00:00+02:00")


def test_who_only_heard_it_is_not_whom_it_is_towards() -> None:
    made = Made("north", "Edda Rin told Harbour Echo that all must wait. Harbour Echo asked.")
    made.say("Edda Rin", "all must wait", "demand", kind="person", addressee="Harbour Echo", cue=Span(start=9, end=13))
    made.actor("Harbour Echo")
    (reaction,) = combined(made).reactions
    assert reaction.towards in (None, "Harbour Echo") and reaction.act == "demand"


def test_a_reported_no_comment_is_a_reaction() -> None:
    made = Made("north", "Lake Board declined to comment.")
    made.say("Lake Board", "comment", "no-comment")
    assert [(r.actor, r.act, r.towards) for r in combined(made).reactions] == [("Lake Board", "no-comment", None)]


def test_an_accusation_is_towards_the_accused() -> None:
    made = Made("north", "Edda Rin accused Delvan Works of leaving the wall unfinished.")
    made.say("Edda Rin", "Delvan Works of leaving the wall unfinished", "accusation", kind="person")
    made.actor("Delvan Works")
    assert [(r.actor, r.act, r.towards) for r in combined(made).reactions] == [("Edda Rin", "accusation", "Delvan Works")]


def test_each_of_two_who_speak_together_reacts() -> None:
    made = Made("north", "Ostria and Keldany condemned the strike.")
    made.say("Ostria and Keldany", "the strike", "condemnation", kind="government")
    assert sorted((r.actor, r.act) for r in combined(made).reactions) == [("Keldany", "condemnation"), ("Ostria", "condemnation")]


def test_a_body_without_a_name_reacts_but_not_three_witnesses() -> None:
    made = Made("north", "The drivers’ union threatened to strike. Three witnesses asked for help.")
    made.say("drivers’ union", "to strike", "threat")
    made.say("Three witnesses", "for help", "appeal", kind="group")
    assert [(r.actor, r.act) for r in combined(made).reactions] == [("drivers’ union", "threat")]


def test_a_pronoun_is_nobody_that_a_reaction_is_towards() -> None:
    made = Made("north", "Edda Rin asked him to wait.")
    made.say("Edda Rin", "to wait", "appeal", kind="person", addressee="him")
    assert [r.towards for r in combined(made).reactions] == [None]
