"""A statement as a sentence: quotes verbatim, clauses after "that", and the outlet's words as the outlet's."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from presstime.findings import Findings, FoundActor
from presstime.show.material import Material, index_material
from presstime.show.weave import inner_quotes, stop, the_name, weave

from .story import Desk

CASES: list[tuple[str, str, str, str | None, tuple[str, ...], str, str, str]] = [
    (
        "Dara Lim said the road is open.",
        "Dara Lim",
        "Dara Lim",
        "said",
        ("the road is open",),
        "indirect",
        "claim",
        "Dara Lim said that the road is open.",
    ),
    (
        "The road is open, Dara Lim said.",
        "Dara Lim",
        "Dara Lim",
        "said",
        ("The road is open",),
        "indirect",
        "claim",
        "Dara Lim said that the road is open.",
    ),
    (
        "Ostra is quiet, Dara Lim said.",
        "Dara Lim",
        "Dara Lim",
        "said",
        ("Ostra is quiet",),
        "indirect",
        "claim",
        "Dara Lim said that Ostra is quiet.",
    ),
    (
        "Dara Lim denied that she gave an order.",
        "Dara Lim",
        "Dara Lim",
        "denied",
        ("she gave an order",),
        "indirect",
        "denial",
        "Dara Lim denied that she gave an order.",
    ),
    (
        "We gave no order, Dara Lim said.",
        "Dara Lim",
        "Dara Lim",
        "said",
        ("We gave no order",),
        "indirect",
        "denial",
        "Daily Ostra reported: “We gave no order, Dara Lim said.”",
    ),
    (
        "The council denied having any boats.",
        "Town Council",
        "The council",
        "denied",
        ("having any boats",),
        "indirect",
        "denial",
        "Daily Ostra reported that the Town Council “denied having any boats”.",
    ),
    (
        "The council is calling for calm.",
        "Town Council",
        "The council",
        "calling",
        ("for calm",),
        "narrated",
        "appeal",
        "Daily Ostra reported that the Town Council “is calling for calm”.",
    ),
    (
        "The council, which met at dawn, has urged calm.",
        "Town Council",
        "The council",
        "urged",
        ("calm",),
        "narrated",
        "appeal",
        "Daily Ostra reported that the Town Council “has urged calm”.",
    ),
    (
        "The council met at dawn, denying it was warned.",
        "Town Council",
        "The council",
        "denying",
        ("it was warned",),
        "indirect",
        "denial",
        "The Town Council denied that it was warned.",
    ),
    (
        "The council rejected “fables”.",
        "Town Council",
        "The council",
        "rejected",
        ("“fables”",),
        "mixed",
        "denial",
        "Daily Ostra reported that the Town Council “rejected ‘fables’”.",
    ),
    (
        "“We left,” she said. “All of us.”",
        "Dara Lim",
        "she",
        "said",
        ("“We left,”", "“All of us.”"),
        "direct",
        "claim",
        "Dara Lim said: “We left”, and: “All of us.”",
    ),
    (
        "“If it rains,” she said, “we will leave.”",
        "Dara Lim",
        "she",
        "said",
        ("“If it rains,”", "“we will leave.”"),
        "direct",
        "warning",
        "Dara Lim warned: “If it rains, we will leave.”",
    ),
    (
        "According to the council, the road is open.",
        "Town Council",
        "the council",
        "According to",
        ("the road is open",),
        "indirect",
        "claim",
        "The Town Council said that the road is open.",
    ),
    (
        "The council insisted on the “full return” of boats.",
        "Town Council",
        "The council",
        "insisted",
        ("“full return” of boats",),
        "mixed",
        "demand",
        "Daily Ostra reported that the Town Council “insisted on the ‘full return’ of boats”.",
    ),
    (
        "Ana went to a farm in Ostra, which the group describes as a retreat.",
        "Sun Group",
        "the group",
        "describes",
        ("as a retreat",),
        "narrated",
        "claim",
        "Daily Ostra reported: “Ana went to a farm in Ostra, which the group describes as a retreat.”",
    ),
    (
        "Ana went to a farm that some critics say is a camp.",
        "some critics",
        "some critics",
        "say",
        ("is a camp",),
        "indirect",
        "claim",
        "Daily Ostra reported: “Ana went to a farm that some critics say is a camp.”",
    ),
]


DENIALS: list[tuple[str, str, str, str, tuple[str, ...], str, str]] = [
    (
        "The council denied it.",
        "Town Council",
        "The council",
        "denied",
        ("it",),
        "narrated",
        "The Town Council denied this, Daily Ostra reported.",
    ),
    (
        "The council brushed the charge aside.",
        "Town Council",
        "The council",
        "brushed",
        ("the charge aside",),
        "narrated",
        "The Town Council denied this, Daily Ostra reported.",
    ),
    (
        "The council denied having any boats.",
        "Town Council",
        "The council",
        "denied",
        ("having any boats",),
        "indirect",
        "The Town Council denied “having any boats”, Daily Ostra reported.",
    ),
    ("“No,” Dara Lim said.", "Dara Lim", "Dara Lim", "said", ("“No,”",), "direct", "Dara Lim denied this, saying: “No”."),
    (
        "Dara Lim said the road is open.",
        "Dara Lim",
        "Dara Lim",
        "said",
        ("the road is open",),
        "indirect",
        "Dara Lim denied this, saying that the road is open.",
    ),
]


@pytest.mark.parametrize("case", DENIALS, ids=[case[0] for case in DENIALS])
def test_a_denial_beside_its_claim(case: tuple[str, str, str, str, tuple[str, ...], str, str]) -> None:
    text, name, words, cue, content, form, wanted = case
    index, statement = made(text, name, words, cue, content, form, "denial")
    assert weave(index, statement, denies=True) == wanted


LEANING = [
    ("She warned them of the water.", "Dara Lim", "She", "warned", ("them of the water",), "narrated", "warning"),
    ("They came at night, she said.", "Town Council", "she", "said", ("They came at night",), "direct", "claim"),
    ("Our clocks said it was noon.", "Our clocks", "Our clocks", "said", ("it was noon",), "indirect", "claim"),
]


@pytest.mark.parametrize("case", LEANING, ids=[case[0] for case in LEANING])
def test_words_that_lean_on_others_make_no_sentence(case: Any) -> None:
    index, statement = made(*case)
    assert weave(index, statement) is None


TURNED = [
    (
        "The ministry insisted it was false that its guns had fired.",
        ("its guns had fired",),
        "denial",
        "The Gun Ministry denied that its guns had fired.",
    ),
    (
        "The ministry insisted it was false that its guns had fired.",
        ("its guns had fired",),
        "claim",
        "Daily Ostra reported: “The ministry insisted it was false that its guns had fired.”",
    ),
    (
        "The ministry did not insist that its guns had fired.",
        ("its guns had fired",),
        "claim",
        "Daily Ostra reported that the Gun Ministry “did not insist that its guns had fired”.",
    ),
]


@pytest.mark.parametrize("case", TURNED, ids=[f"{case[0]} {case[2]}" for case in TURNED])
@pytest.mark.parametrize("denies", [False, True])
def test_words_that_are_turned_round_are_never_told_straight(case: tuple[str, tuple[str, ...], str, str], *, denies: bool) -> None:
    text, content, act, wanted = case
    cue = "insisted" if "insisted" in text else "insist"
    index, statement = made(text, "Gun Ministry", "The ministry", cue, content, "indirect", act)
    assert weave(index, statement, denies=denies) == wanted


def test_a_day_named_from_the_papers_has_its_date() -> None:
    desk = Desk("doc-1", "Daily Ostra", [("paragraph", "Dara Lim said boats will leave today.")], published="2026-03-03")
    desk.say("Dara Lim", "Dara Lim", "said", "boats will leave today", form="indirect")
    desk.time("today", "2026-03-03")
    index = index_material(
        Material(title="x", as_of="2026-03-03T20:00:00Z", time_zone="UTC", findings=Findings(as_of="x"), readings=(desk.reading(),))
    )
    assert weave(index, desk.statements[0]) == "Dara Lim said that boats will leave today (3 March)."


def test_what_is_asked_for_keeps_its_bare_verb() -> None:
    index, statement = made(
        "The council demanded that the firm open the road.",
        "Town Council",
        "The council",
        "demanded",
        ("the firm open the road",),
        "indirect",
        "demand",
    )
    assert weave(index, statement) == "The Town Council demanded that the firm open the road."


def test_a_translations_quote_is_marked() -> None:
    desk = Desk("doc-1", "Daily Ostra", [("paragraph", "“All is well,” Dara Lim said."), ("credit", "Translated from Ostran by the desk.")])
    desk.say("Dara Lim", "Dara Lim", "said", "“All is well,”")
    index = index_material(
        Material(title="x", as_of="2026-03-03T20:00:00Z", time_zone="UTC", findings=Findings(as_of="x"), readings=(desk.reading(),))
    )
    assert weave(index, desk.statements[0]) == "Dara Lim said: “All is well” (translated)."


def made(text: str, name: str, words: str, cue: str | None, content: tuple[str, ...], form: str, act: str) -> tuple[Any, Any]:
    desk = Desk("doc-1", "Daily Ostra", [("paragraph", text)], language="en")
    desk.say(name, words, cue, *content, form=form, act=act)
    reading = desk.reading()
    material = Material(title="x", as_of="2026-03-03T20:00:00Z", time_zone="UTC", findings=Findings(as_of="x"), readings=(reading,))
    return index_material(material), reading.statements[0]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_weave(case: tuple[str, str, str, str | None, tuple[str, ...], str, str, str]) -> None:
    *given, wanted = case
    index, statement = made(*given)  # type: ignore[arg-type]
    assert weave(index, statement) == wanted


def test_a_long_quote_gives_whole_sentences() -> None:
    long = "“" + " ".join(f"Number {number} is a sentence of seven words." for number in range(1, 20)) + "”"
    index, statement = made(f"{long} Dara Lim said.", "Dara Lim", "Dara Lim", "said", (long,), "direct", "claim")
    sentence = weave(index, statement)
    assert sentence is not None and sentence.endswith("is a sentence of seven words.”") and len(sentence.split()) < 80


def test_who_tells_it_is_named() -> None:
    desk = Desk("doc-1", "Daily Ostra", [("paragraph", "Dara Lim said that the council said the road is open.")])
    outer = desk.say("Dara Lim", "Dara Lim", "said", "the council said the road is open", form="indirect")
    desk.say("Town Council", "the council", "said", "the road is open", form="indirect", after="the council", reported_by=outer)
    reading = desk.reading()
    index = index_material(
        Material(title="x", as_of="2026-03-03T20:00:00Z", time_zone="UTC", findings=Findings(as_of="x"), readings=(reading,))
    )
    assert weave(index, reading.statements[1]) == "According to Dara Lim, the Town Council said that the road is open."


@pytest.mark.parametrize(("words", "wanted"), [("a", "a."), ("a.", "a."), ("“a.”", "“a.”"), ("“a”", "“a”."), ("a,", "a.")])
def test_stop(words: str, wanted: str) -> None:
    assert stop(words) == wanted


@pytest.mark.parametrize(("words", "wanted"), [("a “b” c", "a ‘b’ c"), ('a "b" c', "a ‘b’ c"), ('"b"', "‘b’"), ("it’s", "it’s")])
def test_inner_quotes(words: str, wanted: str) -> None:
    assert inner_quotes(words) == wanted


def test_the_article_is_the_sources() -> None:
    desk = Desk("doc-1", "Daily Ostra", [("paragraph", "The Town Council met. Ostra Radio heard the Ostra Radio Choir.")])
    index = index_material(
        Material(title="x", as_of="2026-03-03T20:00:00Z", time_zone="UTC", findings=Findings(as_of="x"), readings=(desk.reading(),))
    )
    assert the_name(index, "Town Council") == "the Town Council"
    assert the_name(index, "Ostra Radio") == "Ostra Radio"


def test_where_no_outlet_is_named_it_was_reported() -> None:
    desk = Desk("doc-1", None, [("paragraph", "The council urged calm.")], name="inbox/note.txt")
    desk.say("Town Council", "The council", "urged", "calm", form="narrated", act="appeal")
    reading = desk.reading()
    index = index_material(
        Material(title="x", as_of="2026-03-03T20:00:00Z", time_zone="UTC", findings=Findings(as_of="x"), readings=(reading,))
    )
    assert weave(index, reading.statements[0]) == "It was reported that the Town Council “urged calm”."
    assert the_name(index, "inbox/note.txt") == "the document note.txt"


GRAMMAR: list[tuple[str, str, str, str, tuple[str, ...], str, str, str]] = [
    (  # no promise of what is already so
        "The Harbour Office said it was working with its partners.",
        "Harbour Office",
        "The Harbour Office",
        "said",
        ("it was working with its partners",),
        "indirect",
        "promise",
        "The Harbour Office said that it was working with its partners.",
    ),
    (
        "The Harbour Office said it would send two pumps.",
        "Harbour Office",
        "The Harbour Office",
        "said",
        ("it would send two pumps",),
        "indirect",
        "promise",
        "The Harbour Office promised that it would send two pumps.",
    ),
    (  # a clause that was cut short is not told as a whole one
        "Dara Lim said the boats met the need to leave early.",
        "Dara Lim",
        "Dara Lim",
        "said",
        ("the boats met the need",),
        "indirect",
        "claim",
        "Daily Ostra reported that Dara Lim “said the boats met the need to leave early”.",
    ),
    (  # the day before the verb is no part of what was done
        "The council on Tuesday strongly condemned the raid.",
        "Town Council",
        "The council",
        "condemned",
        ("the raid",),
        "narrated",
        "condemnation",
        "Daily Ostra reported that the Town Council “strongly condemned the raid”.",
    ),
    (
        "Thirty-eight people were hurt, Dara Lim said.",
        "Dara Lim",
        "Dara Lim",
        "said",
        ("Thirty-eight people were hurt",),
        "indirect",
        "claim",
        "Dara Lim said that thirty-eight people were hurt.",
    ),
    (
        "Dara Lim said two boats sailed “for a trial,” it was learned.",
        "Dara Lim",
        "Dara Lim",
        "said",
        ("two boats sailed “for a trial,”",),
        "mixed",
        "claim",
        "Dara Lim said that two boats sailed “for a trial”.",
    ),
    (
        "“nobody on my boat slept,” Dara Lim said.",
        "Dara Lim",
        "Dara Lim",
        "said",
        ("“nobody on my boat slept,”",),
        "direct",
        "claim",
        "Dara Lim said “nobody on my boat slept”.",
    ),
    (
        "“We sailed at six. The pier was dark.” Dara Lim said. “Then it rained.”",
        "Dara Lim",
        "Dara Lim",
        "said",
        ("“We sailed at six. The pier was dark.”", "“Then it rained.”"),
        "direct",
        "claim",
        "Dara Lim said: “We sailed at six. The pier was dark”, and: “Then it rained.”",
    ),
]


@pytest.mark.parametrize("case", GRAMMAR, ids=[case[0] for case in GRAMMAR])
def test_sentences_read_on(case: tuple[str, str, str, str, tuple[str, ...], str, str, str]) -> None:
    *given, wanted = case
    index, statement = made(*given)  # type: ignore[arg-type]
    assert weave(index, statement) == wanted


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Dara Lim said it is ready to talk.", "it is ready to talk"),
        ("Dara Lim said it would close the pier.", "it would close the pier"),
        ("Dara Lim said both were fishermen.", "both were fishermen"),
    ],
)
def test_a_subject_that_points_elsewhere_stays_in_the_sources_words(text: str, content: str) -> None:
    desk = Desk("doc-1", "Daily Ostra", [("paragraph", text)], language="en")
    desk.say("Dara Lim", "Dara Lim", "said", content, form="indirect")
    reading = desk.reading()
    person = structs.replace(reading.actors[0], kind="person")
    found = FoundActor(id="found-lim", name="Dara Lim", names=(), kind="person", members=(person.id,))
    findings = Findings(as_of="x", actors=(found,))
    readings = (structs.replace(reading, actors=(person,)),)
    index = index_material(Material(title="x", as_of="2026-03-03T20:00:00Z", time_zone="UTC", findings=findings, readings=readings))
    sentence = weave(index, index.statements[desk.statements[0].id])
    assert sentence is not None and sentence.startswith("Daily Ostra reported") and f"said {content}" in sentence.partition("“")[2]


def test_a_long_denial_gives_the_sentence_that_denies() -> None:
    opening = " ".join(f"Word {number} of a long and winding opening." for number in range(8))
    quote = f"“{opening} We never opened the gates.”"
    index, statement = made(f"{quote} Dara Lim said.", "Dara Lim", "Dara Lim", "said", (quote,), "direct", "denial")
    assert weave(index, statement, denies=True) == "Dara Lim denied this, saying: “We never opened the gates.”"


@pytest.mark.parametrize(("name", "words"), [("His wife", "His wife"), ("sides", "sides")])
def test_who_cannot_be_told_makes_no_sentence(name: str, words: str) -> None:
    index, statement = made(f"{words} said the road is open.", name, words, "said", ("the road is open",), "indirect", "claim")
    assert weave(index, statement) is None
