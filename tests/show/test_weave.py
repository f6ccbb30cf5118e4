"""A statement as a sentence: quotes verbatim, clauses after "that", and the outlet's words as the outlet's."""

from __future__ import annotations

from typing import Any

import pytest

from presstime.findings import Findings
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
        "Dara Lim issued a denial, saying that we gave no order.",
    ),
    (
        "The council denied having any boats.",
        "Town Council",
        "The council",
        "denied",
        ("having any boats",),
        "indirect",
        "denial",
        "Daily Ostra reported that Town Council “denied having any boats”.",
    ),
    (
        "The council is calling for calm.",
        "Town Council",
        "The council",
        "calling",
        ("for calm",),
        "narrated",
        "appeal",
        "Daily Ostra reported that Town Council “is calling for calm”.",
    ),
    (
        "The council, which met at dawn, has urged calm.",
        "Town Council",
        "The council",
        "urged",
        ("calm",),
        "narrated",
        "appeal",
        "Daily Ostra reported that Town Council “has urged calm”.",
    ),
    (
        "The council met at dawn, denying it was warned.",
        "Town Council",
        "The council",
        "denying",
        ("it was warned",),
        "indirect",
        "denial",
        "Town Council denied that it was warned.",
    ),
    (
        "The council rejected “fables”.",
        "Town Council",
        "The council",
        "rejected",
        ("“fables”",),
        "mixed",
        "denial",
        "Daily Ostra reported that Town Council “rejected ‘fables’”.",
    ),
    (
        "“We left,” she said. “All of us.”",
        "Dara Lim",
        "she",
        "said",
        ("“We left,”", "“All of us.”"),
        "direct",
        "claim",
        "Dara Lim said: “We left”; “All of us.”",
    ),
    (
        "“If it rains,” she said, “we will leave.”",
        "Dara Lim",
        "she",
        "said",
        ("“If it rains,”", "“we will leave.”"),
        "direct",
        "warning",
        "Dara Lim gave a warning: “If it rains, we will leave.”",
    ),
    (
        "According to the council, the road is open.",
        "Town Council",
        "the council",
        "According to",
        ("the road is open",),
        "indirect",
        "claim",
        "Town Council said that the road is open.",
    ),
    (
        "The council insisted on the “full return” of boats.",
        "Town Council",
        "The council",
        "insisted",
        ("“full return” of boats",),
        "mixed",
        "demand",
        "Daily Ostra reported that Town Council “insisted on the ‘full return’ of boats”.",
    ),
    (
        "She went to a farm in Ostra, which the group describes as a retreat.",
        "Sun Group",
        "the group",
        "describes",
        ("as a retreat",),
        "narrated",
        "claim",
        "Daily Ostra reported: “She went to a farm in Ostra, which the group describes as a retreat.”",
    ),
    (
        "She went to a farm that some critics say is a camp.",
        "some critics",
        "some critics",
        "say",
        ("is a camp",),
        "indirect",
        "claim",
        "Daily Ostra reported: “She went to a farm that some critics say is a camp.”",
    ),
]


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
    assert weave(index, reading.statements[1]) == "According to Dara Lim, Town Council said that the road is open."


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
    assert weave(index, reading.statements[0]) == "It was reported that Town Council “urged calm”."
    assert the_name(index, "inbox/note.txt") == "the document note.txt"
