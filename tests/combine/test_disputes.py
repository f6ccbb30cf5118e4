"""Claims and denials: both sides, in and across documents, and what is no dispute."""

from __future__ import annotations

import pytest

from presstime.combine.terms import same_matter, terms_of
from presstime.records import Context, KnownActor, KnownPlace, Span

from .made import Made, combined

LANDS = Context(
    places=(
        KnownPlace(name="Ardan", names=("Ardani",), lat=0.0, lon=0.0, precision="country"),
        KnownPlace(name="Velmor", names=("Velmori",), lat=1.0, lon=1.0, precision="country"),
    ),
    actors=(KnownActor(name="Government of Ardan", names=("Ardan",), kind="government"),),
)


def quarrel(name: str = "north") -> Made:
    made = Made(name, "Lake Board said boats turned back two rescuers at Velm. Ardan denied the claims.")
    claim = made.say("Lake Board", "boats turned back two rescuers at Velm", "accusation")
    made.say("Ardan", "the claims", "denial", kind="government", answers=(claim,))
    return made


def test_a_claim_and_its_denial_are_a_dispute_with_both_sides() -> None:
    found = combined(quarrel())
    (dispute,), (claim,) = found.disputes, found.claims
    assert (dispute.claimed_by, dispute.denied_by) == (("Lake Board",), ("Ardan",))
    assert dispute.claim == claim.id and claim.words == "boats turned back two rescuers at Velm" and dispute.no_response == ()


def test_nobody_disputes_with_himself() -> None:
    made = Made("north", "Lake Board said six died. Lake Board denied that.")
    claim = made.say("Lake Board", "six died")
    made.say("Lake Board", "that", "denial", answers=(claim,))
    assert combined(made).disputes == ()


def test_a_body_under_two_names_does_not_dispute_with_itself() -> None:
    made = Made("north", "Ardani Defence Ministry said six died. Defence Ministry of Ardan denied that.")
    claim = made.say("Ardani Defence Ministry", "six died")
    made.say("Defence Ministry of Ardan", "that", "denial", answers=(claim,))
    assert combined(made, context=LANDS).disputes == ()


@pytest.mark.parametrize("act", ["retraction", "confirmation", "claim"])
def test_only_a_denial_makes_a_dispute(act: str) -> None:
    made = Made("north", "Lake Board said six died. Ardan spoke of that.")
    claim = made.say("Lake Board", "six died")
    made.say("Ardan", "that", act, answers=(claim,))
    assert combined(made).disputes == ()


def test_the_same_claim_in_another_document_joins_it_and_keeps_both_denials() -> None:
    other = Made("south", "Edda Rin said patrol boats had turned back two rescuers at Velm at noon. Tam Olm denied it.")
    claim = other.say("Edda Rin", "patrol boats had turned back two rescuers at Velm at noon", kind="person")
    other.say("Tam Olm", "it", "denial", kind="person", answers=(claim,))
    (dispute,) = combined(quarrel(), other).disputes
    assert dispute.claimed_by == ("Lake Board", "Edda Rin") and dispute.denied_by == ("Ardan", "Tam Olm")


def test_an_undisputed_telling_elsewhere_is_one_of_the_claims() -> None:
    other = Made("south", "Edda Rin said patrol boats had turned back two rescuers at Velm at noon.")
    other.say("Edda Rin", "patrol boats had turned back two rescuers at Velm at noon", kind="person")
    (dispute,) = combined(quarrel(), other).disputes
    assert dispute.claimed_by == ("Lake Board", "Edda Rin") and dispute.denied_by == ("Ardan",)


@pytest.mark.parametrize(
    ("text", "cue", "words", "form", "about"),
    [
        ("Rin accused the Lake Board of opening three gates.", "accused", "the Lake Board of opening three gates", "narrated", None),
        (
            "Rin said: “The board opened three gates,” in Velm.",
            "said",
            "“The board opened three gates,”",
            "direct",
            "The board opened three gates",
        ),
        (
            "Rin said boats came near and “fired at will.”",
            "said",
            "boats came near and “fired at will.”",
            "mixed",
            "boats came near and “fired at will.”",
        ),
    ],
)
def test_a_dispute_is_called_by_words_that_can_stand_alone(text: str, cue: str, words: str, form: str, about: str | None) -> None:
    made = Made("north", f"{text} Ardan denied this.")
    start = text.index(cue)
    claim = made.say("Rin", words, "accusation", kind="person", form=form, cue=Span(start=start, end=start + len(cue)))
    made.say("Ardan", "this", "denial", kind="government", answers=(claim,))
    (dispute,) = combined(made).disputes
    assert dispute.about == (about or "accused the Lake Board of opening three gates")


def test_a_dispute_is_called_by_a_claim_rather_than_by_an_act() -> None:
    made = Made(
        "north", "Rin accused the board of opening three gates at Velm. Olm said the board opened three gates at Velm. Ardan denied this."
    )
    first = made.say(
        "Rin", "the board of opening three gates at Velm", "accusation", kind="person", form="narrated", cue=Span(start=4, end=11)
    )
    second = made.say("Olm", "the board opened three gates at Velm", "accusation", kind="person")
    made.say("Ardan", "this", "denial", kind="government", answers=(first, second))
    (dispute,) = combined(made).disputes
    assert dispute.about == "the board opened three gates at Velm" and dispute.claimed_by == ("Rin", "Olm")


def test_opposite_claims_stay_apart() -> None:
    made = Made("north", "Ardan said Velmori guns shelled Ardani farms at Osk. Velmor denied that.")
    claim = made.say("Ardan", "Velmori guns shelled Ardani farms at Osk", "accusation")
    made.say("Velmor", "that", "denial", answers=(claim,))
    other = Made("south", "Velmor said Ardani guns shelled Velmori farms at Osk. Ardan denied that.")
    claim = other.say("Velmor", "Ardani guns shelled Velmori farms at Osk", "accusation")
    other.say("Ardan", "that", "denial", answers=(claim,))
    found = combined(made, other).disputes
    assert [(d.claimed_by, d.denied_by) for d in found] == [(("Ardan",), ("Velmor",)), (("Velmor",), ("Ardan",))]


def test_a_denial_meets_the_accusation_in_another_document_that_names_its_side() -> None:
    claim = Made("north", "Lake Board said Ardani forces shelled the Ferry Gate checkpoint on Monday.")
    claim.say("Lake Board", "Ardani forces shelled the Ferry Gate checkpoint on Monday", "accusation")
    claim.happen("shelled", by="Ardani forces", to="the Ferry Gate checkpoint", statement=claim.records["statements"][0].id)
    denial = Made("south", "Ardani Defence Ministry denied that its troops shelled the Ferry Gate checkpoint.")
    denial.say("Ardani Defence Ministry", "its troops shelled the Ferry Gate checkpoint", "denial")
    (dispute,) = combined(claim, denial, context=LANDS).disputes
    assert dispute.claimed_by == ("Lake Board",) and dispute.denied_by == ("Ardani Defence Ministry",)
    stranger = Made("west", "Velmori Defence Ministry denied that its troops shelled the Ferry Gate checkpoint.")
    stranger.say("Velmori Defence Ministry", "its troops shelled the Ferry Gate checkpoint", "denial")
    assert combined(claim, stranger, context=LANDS).disputes == ()


def test_an_accused_body_of_whom_nothing_was_found_is_named() -> None:
    made = Made("north", "Edda Rin accused Delvan Works of leaving the wall unfinished. Tam Olm denied that. Delvan Works built it.")
    claim = made.say("Edda Rin", "Delvan Works of leaving the wall unfinished", "accusation", kind="person")
    made.say("Tam Olm", "that", "denial", kind="person", answers=(claim,))
    made.actor("Delvan Works")
    (dispute,) = combined(made).disputes
    assert dispute.no_response == ("Delvan Works",)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("boats turned back two rescuers at Velm", "patrol boats had turned back two rescuers at noon", True),
        ("No siren sounded in Velm that night", "a siren sounded in Velm that night", False),
        ("the guns did not fire on Velm", "the guns fired on Velm", False),
        ("shells hit the market in Velm", "shells hit the market in Osk and the bridge", True),
        ("shells hit Velm", "shells hit Osk", False),
        ("12 boats left the harbour gate", "15 boats left the harbour gate", False),
        ("Ardan shelled farms near Velmor", "Velmor shelled farms near Ardan", False),
    ],
)
def test_when_two_statements_say_the_same(a: str, b: str, same: bool) -> None:
    assert same_matter(terms_of(a), terms_of(b)) is same
    assert same_matter(terms_of(b), terms_of(a)) is same


# ---------------------------------------------------------------- across documents


def said(
    name: str, text: str, who: str, words: str, act: str, hour: int, kind: str = "organisation", cue: str | None = None, **more: str
) -> Made:
    """A document in which `who` says `words`; `place` is a town in it."""
    made = Made(name, text, published=f"2031-05-04T{hour:02d}:00:00+02:00")
    start = text.index(cue) if cue else 0
    made.say(who, words, act, kind=kind, cue=Span(start=start, end=start + len(cue)) if cue else None)
    if "place" in more:
        made.place(more["place"])
    return made


def shelling(place: str = "Osk", name: str = "north", hour: int = 8, doer: str = "Keldan", by: str = "Maravelian Defence Ministry") -> Made:
    words = f"{doer} guns shelled the granary in {place}"
    made = said(name, f"{by} said {words}.", by, words, "accusation", hour, place=place)
    made.happen("shelled", by=f"{doer} guns", to="the granary", statement=made.records["statements"][0].id)
    return made


@pytest.mark.parametrize(
    ("sentence", "words", "cue"),
    [
        ("Keldan Foreign Ministry denied having been told of any fire near Osk.", "having been told of any fire near Osk", "denied"),
        (
            "Keldan Foreign Ministry rejected the accusation made by the Maravelian Defence Ministry.",
            "the accusation made by the Maravelian Defence Ministry",
            "rejected",
        ),
        ("Keldan Foreign Ministry brushed aside the Maravelian claims about Osk.", "the Maravelian claims about Osk", "brushed aside"),
        ("Keldan Foreign Ministry called the reports from Osk false.", "the reports from Osk false", "called"),
        (
            "Keldan Foreign Ministry denied that its gunners had fired on a grain store in Osk.",
            "its gunners had fired on a grain store in Osk",
            "denied",
        ),
        ("“We did not fire on Osk,” Keldan Foreign Ministry said.", "“We did not fire on Osk,”", "said"),
    ],
)
def test_a_denial_in_another_document_finds_its_claim_however_it_names_it(sentence: str, words: str, cue: str) -> None:
    denial = (
        said("south", sentence, "Keldan Foreign Ministry", words, "denial", 11, cue=cue, place="Osk")
        if "Osk" in words
        else said("south", sentence, "Keldan Foreign Ministry", words, "denial", 11, cue=cue)
    )
    (dispute,) = combined(shelling(), denial).disputes
    assert (dispute.claimed_by, dispute.denied_by) == (("Maravelian Defence Ministry",), ("Keldan Foreign Ministry",))


def test_a_denial_of_one_of_two_similar_claims_is_of_that_one() -> None:
    denial = said(
        "south",
        "Keldan Foreign Ministry denied any fire on Brule.",
        "Keldan Foreign Ministry",
        "any fire on Brule",
        "denial",
        11,
        cue="denied",
        place="Brule",
    )
    (dispute,) = combined(shelling("Osk"), shelling("Brule", "west"), denial).disputes
    assert dispute.about == "Keldan guns shelled the granary in Brule"


def test_a_denial_that_fits_two_claims_equally_well_is_of_neither() -> None:
    denial = said(
        "south",
        "Keldan Foreign Ministry rejected the accusation.",
        "Keldan Foreign Ministry",
        "the accusation",
        "denial",
        11,
        cue="rejected",
    )
    assert combined(shelling("Osk"), shelling("Brule", "west"), denial).disputes == ()


def test_nobody_else_denies_for_the_accused() -> None:
    denial = said(
        "south",
        "Velmori Foreign Ministry rejected the accusation.",
        "Velmori Foreign Ministry",
        "the accusation",
        "denial",
        11,
        cue="rejected",
    )
    assert combined(shelling(), denial).disputes == ()


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("it is not clear whether shots were fired at the Osk school", "claim"),
        ("it will not fire shots at the Osk school", "refusal"),
        ("no shots must be fired at the Osk school", "demand"),
    ],
)
def test_what_is_no_denial(words: str, act: str) -> None:
    claim = said(
        "north",
        "Edda Rin said shots were fired at the Osk school.",
        "Edda Rin",
        "shots were fired at the Osk school",
        "claim",
        8,
        kind="person",
    )
    other = said("south", f"Lake Board said {words}.", "Lake Board", words, act, 11)
    assert combined(claim, other).disputes == ()


@pytest.mark.parametrize(
    ("claim", "against"),
    [
        ("shots were fired at the Osk school", "no shots were fired at the Osk school"),
        ("the sluices of Brule weir had been thrown open", "the sluices of Brule weir remained shut all night"),
        ("the Brule bridge was destroyed by the flood", "the Brule bridge is intact after the flood"),
    ],
)
def test_a_contradicting_claim_is_a_denial_of_the_earlier_one(claim: str, against: str) -> None:
    first = said("north", f"Edda Rin said {claim}.", "Edda Rin", claim, "claim", 8, kind="person")
    later = said("south", f"Lake Board said {against}.", "Lake Board", against, "claim", 11)
    (dispute,) = combined(later, first).disputes
    assert (dispute.claimed_by, dispute.denied_by) == (("Edda Rin",), ("Lake Board",))


def test_tellings_of_one_dispute_are_one_and_both_sides_are_counted() -> None:
    denial = said(
        "south",
        "Keldan Foreign Ministry denied any fire on Osk.",
        "Keldan Foreign Ministry",
        "any fire on Osk",
        "denial",
        11,
        cue="denied",
        place="Osk",
    )
    again = said(
        "east",
        "Keldan Foreign Ministry denied any fire on Osk.",
        "Keldan Foreign Ministry",
        "any fire on Osk",
        "denial",
        12,
        cue="denied",
        place="Osk",
    )
    (dispute,) = combined(shelling(), shelling(name="west", hour=9), denial, again).disputes
    claims, denies = dispute.sides
    assert (claims.role, denies.role) == ("claims", "denies")
    assert len(claims.statements) == len(denies.statements) == 2
    assert dispute.claimed_by == ("Maravelian Defence Ministry",) and dispute.denied_by == ("Keldan Foreign Ministry",)
    assert claims.at == "2031-05-04T08:00:00+02:00" and denies.at == "2031-05-04T11:00:00+02:00"


def test_the_sides_names_may_be_swapped_and_nothing_else_changes() -> None:
    def story(one: str, other: str) -> tuple[object, ...]:
        claim = shelling(doer=other, by=f"{one} Defence Ministry")
        words = "having been told of any fire near Osk"
        who = f"{other} Foreign Ministry"
        denial = said("south", f"{who} denied {words}.", who, words, "denial", 11, cue="denied", place="Osk")
        (dispute,) = combined(claim, denial).disputes
        swap = {f"{one} Defence Ministry": "claimer", f"{other} Foreign Ministry": "denier"}
        return (
            [swap[n] for n in dispute.claimed_by],
            [swap[n] for n in dispute.denied_by],
            dispute.about.replace(other, "OTHER"),
            [(s.role, s.at, s.independent_at_most) for s in dispute.sides],
        )

    assert story("Maravel", "Keldan") == story("Keldan", "Maravel")


def test_what_only_an_outlet_tells_in_its_own_voice_is_no_side() -> None:
    report = Made("north", "Osk police fired rubber bullets at the marchers.", published="2031-05-04T08:00:00+02:00")
    report.happen("fired", by="Osk police", to="the marchers", standing="reported")
    words = "having fired bullets at anybody"
    denial = said("south", f"Osk police denied {words}.", "Osk police", words, "denial", 11, cue="denied")
    assert combined(report, denial).disputes == ()


def test_a_body_that_speaks_on_its_own_page_is_a_side() -> None:
    claim = said(
        "north",
        "Edda Rin said ballot boxes were stuffed in Osk.",
        "Edda Rin",
        "ballot boxes were stuffed in Osk",
        "claim",
        8,
        kind="person",
    )
    words = "The Board knows of no ballot box in Osk that was stuffed"
    release = Made("south", f"{words}.", published="2031-05-04T11:00:00+02:00", outlet="Lake Electoral Board")
    release.say("Board", words)
    (dispute,) = combined(claim, release).disputes
    assert dispute.claimed_by == ("Edda Rin",) and dispute.denied_by == ("Lake Electoral Board",)
    assert dispute.sides[1].words == words and len(dispute.denials) == 1


@pytest.mark.parametrize(
    "denial",
    [
        "the infirmary was never bombed",  # a word near the claim's
        "nobody had aimed at the hospital",
        "the story of a bombed hospital was a lie",
    ],
)
def test_a_claim_that_says_no_of_another_is_its_denial(denial: str) -> None:
    claim = said(
        "north", "Edda Rin said Keldan jets bombed the hospital.", "Edda Rin", "Keldan jets bombed the hospital", "claim", 8, kind="person"
    )
    no = said("south", f"The Keldan army said {denial}.", "Keldan army", denial, "claim", 11)
    (dispute,) = combined(claim, no, context=LANDS).disputes
    assert dispute.claimed_by == ("Edda Rin",) and dispute.denied_by == ("Keldan army",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("no hospital was bombed in Osk", "not one hospital in Osk was bombed"),  # both say no
        ("the clinic in Osk took in 30 wounded", "the clinic in Osk took in no fewer than 30 wounded"),
        ("the bridge at Osk is open", "the bridge at Osk is open"),
        ("the bridge at Osk is shut", "if the bridge at Osk is not opened the mill will stop"),
    ],
)
def test_what_does_not_say_no_of_the_other_is_no_denial(one: str, other: str) -> None:
    first = said("north", f"Edda Rin said {one}.", "Edda Rin", one, "claim", 8, kind="person")
    second = said("south", f"Tam Olm said {other}.", "Tam Olm", other, "claim", 11, kind="person")
    assert combined(first, second).disputes == ()


def test_ten_copies_of_a_denial_are_one_denial_in_ten_documents() -> None:
    claim = said(
        "north",
        "Edda Rin said Keldan jets bombed the Osk dairy.",
        "Edda Rin",
        "Keldan jets bombed the Osk dairy",
        "claim",
        8,
        kind="person",
    )
    words = "its jets had bombed any dairy"
    copies = [
        said(f"paper{n}", f"The Keldan army denied {words}.", "Keldan army", words, "denial", 10 + n, cue="denied") for n in range(10)
    ]
    (dispute,) = combined(claim, *copies, context=LANDS).disputes
    assert len(dispute.denials) == 10 and dispute.denied_by == ("Keldan army",)


def test_where_a_page_is_put_out_is_no_part_of_a_name() -> None:
    claim = said(
        "north",
        "Edda Rin said the Lake League burned the Osk ferry.",
        "Edda Rin",
        "the Lake League burned the Osk ferry",
        "accusation",
        8,
        kind="person",
    )
    post = Made("south", "We have burned no ferry in Osk.", published="2031-05-04T11:00:00+02:00", outlet="Lake League (post)")
    post.say("We", "We have burned no ferry in Osk")
    (dispute,) = combined(claim, post).disputes
    assert dispute.denied_by == ("Lake League",)


def test_whoever_reports_a_claim_does_not_make_it() -> None:
    made = Made(
        "a", "Ana Bel said Olt Rin claimed Ardan guns had hit the old mill at Velm on Monday. Ardan denied its guns had hit the old mill."
    )
    outer = made.say("Ana Bel", "Olt Rin claimed Ardan guns had hit the old mill at Velm on Monday", kind="person")
    inner = made.say("Olt Rin", "Ardan guns had hit the old mill at Velm on Monday", "accusation", kind="person", reported_by=outer)
    made.say("Ardan", "its guns had hit the old mill", "denial", kind="government", answers=(inner,))
    (dispute,) = combined(made).disputes
    assert dispute.claimed_by == ("Olt Rin",)
    assert dispute.denied_by == ("Ardan",)
    assert outer not in dispute.sides[0].statements


def test_a_dispute_that_is_told_from_both_ends_is_one() -> None:
    one = Made("north", "Lake Board said the sirens had sounded in Velm. Edda Rin denied it: no siren sounded in Velm.")
    sounded = one.say("Lake Board", "the sirens had sounded in Velm")
    one.say("Edda Rin", "no siren sounded in Velm", "denial", kind="person", answers=(sounded,))
    other = Made("south", "Edda Rin said no siren sounded in Velm. Lake Board denied it: the sirens had sounded in Velm.")
    silent = other.say("Edda Rin", "no siren sounded in Velm", kind="person")
    other.say("Lake Board", "the sirens had sounded in Velm", "denial", answers=(silent,))
    (dispute,) = combined(one, other).disputes
    assert {*dispute.claimed_by, *dispute.denied_by} == {"Lake Board", "Edda Rin"}
