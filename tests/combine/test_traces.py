"""Traces: whose statements and figures are, where they are not their document's; and how origins are counted."""

from __future__ import annotations

from presstime.combine.book import Book
from presstime.findings import Findings, Origin

from .made import DAY, Made, combined
from .test_copies import OTHER, STORY, THIRD


def at(hour: int, minute: int = 0) -> str:
    return f"{DAY}T{hour:02}:{minute:02}:00+02:00"


def traced(found: Findings) -> dict[str, tuple[str, str]]:
    names = {o.id: o.name for o in found.origins}
    return {t.record: (names[t.origin], t.how) for t in found.traces}


def test_a_carried_sentence_is_the_earlier_reports_and_says_how_much_earlier() -> None:
    said = (
        "the keeper of the sluice had rung the bell twice before the rope was torn from his hands and nobody in the lower town woke at all"
    )
    agency = Made("wire", f"{STORY} Rill Drem said {said}.", at(8), outlet="Norrel Press")
    paper = Made("paper", f"{OTHER} {THIRD}\n\nRill Drem said {said}.", at(8, 40))
    first, later = agency.say("Rill Drem", said, kind="person"), paper.say("Rill Drem", said, kind="person")
    got = traced(combined(agency, paper))
    assert got[later] == ("Norrel Press", "these words stand in Norrel Press’s report, published 40 minutes earlier")
    assert first not in got


def test_own_paragraphs_in_an_agencys_copy_are_the_papers_own() -> None:
    wire = Made("wire", STORY, at(8), outlet="Norrel Press")
    paper = Made("paper", f"{STORY}\n\n“We baked all night,” the baker Ona Tell said.", at(9))
    own = paper.say("Ona Tell", "“We baked all night,”", kind="person", form="direct")
    name, how = traced(combined(wire, paper))[own]
    assert name == "Paper Post" and "own paragraphs" in how


def test_what_was_told_to_or_is_cited_from_another_newsroom_is_that_ones() -> None:
    made = Made(
        "paper",
        "“We slept,” Rill Drem told Lake News Service. Two boats sank, Radio Osk reported. Ona Tell told the Post that it rained.",
        at(9),
    )
    told = made.say("Rill Drem", "“We slept,”", kind="person", form="direct")
    here = made.say("Ona Tell", "it rained", kind="person")
    boats = made.count("Two boats", 2, 2, measure="destroyed")
    got = traced(combined(made))
    assert got[told] == ("Lake News Service", "told to Lake News Service")
    assert got[boats] == ("Radio Osk", "cited from Radio Osk") and here not in got


def test_bodies_that_say_and_write_are_no_newsrooms() -> None:
    made = Made(
        "paper", "Six sank, the Lake Board said. It told the Velm Council that two were left, according to the Harbour Police.", at(9)
    )
    made.say("Lake Board", "Six sank")
    made.say("It", "two were left")
    made.count("two", 2, 2)
    assert combined(made).traces == ()


def heard(one: str, other: str, *, later: str = DAY) -> tuple[Findings, list[str]]:
    """Two papers' findings of one colonel's words."""
    first = Made("north", f"{OTHER} {one}, Colonel Dara Voss said.", at(9))
    second = Made("south", f"{THIRD} Colonel Dara Voss told reporters, {other}.", f"{later}T11:00:00+02:00")
    ids = [
        first.say("Colonel Dara Voss", one, kind="person", form="direct"),
        second.say("Colonel Dara Voss", other, kind="person", form="direct"),
    ]
    return combined(first, second), ids


def test_the_same_quoted_words_of_one_speaker_are_one_origin() -> None:
    found, ids = heard("“We did not fire on Osk. We have never fired on Osk”", "“We did not fire on Osk”")
    got = traced(found)
    (name, how) = {got[i] for i in ids}.pop()
    assert [got[i] for i in ids] == [(name, how)] * 2
    assert name.endswith("Dara Voss") and how == f"quoted alike by 2 documents: one statement of {name.removeprefix('said by ')}"
    said = next(o for o in found.origins if o.kind == "statement")
    assert said.documents == ("north", "south") and said.independent_at_most == 1
    assert len({d.origin for d in found.documents}) == 2


def test_other_words_or_other_days_are_two_statements() -> None:
    assert heard("“We did not fire on Osk”", "“We will answer any fire from Velm”")[0].traces == ()
    assert heard("“We did not fire on Osk”", "“We did not fire on Osk”", later="2031-05-20")[0].traces == ()


def test_a_bodys_own_page_is_the_origin_of_what_others_quote_of_it() -> None:
    words = "Our crews counted nine boats on the bank at Velm by four in the afternoon, and two more below the weir"
    page = Made("page", f"{words}. Please keep the towpath free for them.", at(8), outlet="Velm Water Board (post)")
    paper = Made("paper", f"{OTHER} “{words},” the board wrote.", at(10))
    quoted = paper.say("the board", f"“{words},”", form="direct")
    name, how = traced(combined(page, paper))[quoted]
    assert name == "Velm Water Board" and "own statement" in how


BOOK = Book(
    as_of=at(20),
    documents=12,
    origins={
        "a": Origin(id="a", name="North Shore Agency", kind="agency", documents=(), how="", independent_at_most=1),
        "r": Origin(id="r", name="Velm Echo", documents=(), how="", independent_at_most=1),
        "s": Origin(id="s", name="said by Dara Voss", kind="statement", documents=(), how="", independent_at_most=1),
    },
    own={**{f"c{i}": "a" for i in range(9)}, "echo": "r", "north": "n", "south": "m", "echo2": "r"},
    traces={"x": "s", "y": "s"},
    copied=frozenset(f"c{i}" for i in range(8)),
)


def test_origins_are_counted_in_words() -> None:
    got = BOOK.independent([*((None, f"c{i}") for i in range(9)), (None, "echo")])
    assert got.counted == "10 documents: 9 carry North Shore Agency’s copy, 1 reports itself" and got.at_most == 2


def test_one_utterance_counts_once_and_one_newsrooms_reports_too() -> None:
    got = BOOK.independent([("x", "north"), ("y", "south"), (None, "echo"), (None, "echo2")])
    assert got.at_most == 2
    assert got.counted == "4 documents: 2 quote one statement of Dara Voss, 2 report themselves from 1 newsroom"


def test_a_lone_copy_is_said_to_be_one() -> None:
    assert BOOK.independent([(None, "c1")]).counted == "1 document: 1 carries North Shore Agency’s copy"
    assert BOOK.independent([]).counted == "" and BOOK.independent([]).at_most == 0
