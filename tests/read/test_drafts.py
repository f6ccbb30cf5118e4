"""Drafts: what is heard, what the marks say and what the tree has, put together. What is heard is given here, word for word."""

from __future__ import annotations

from statement_cases import blocks_of

from presstime.read.cued import Cued
from presstime.read.drafts import FRAMED, SURE, Draft, drafts_of
from presstime.read.language import parse
from presstime.read.quotes import find_quotes
from presstime.records import Act


def cued(
    text: str, cue: str, source: str | None = None, *content: str, act: Act = "claim", certainty: float = 0.9, medium: str | None = None
) -> Cued:
    """A cue as the model would hear it, by the words; the n-th of equal words is written "said#2"."""

    def span(words: str) -> tuple[int, int]:
        words, _, number = words.partition("#")
        at = -1
        for _ in range(int(number or 1)):
            at = text.index(words, at + 1)
        return at, at + len(words)

    return Cued(
        cue=span(cue),
        source=span(source) if source else None,
        content=tuple(span(c) for c in content),
        addressee=None,
        medium=span(medium) if medium else None,
        act=act,
        act_certainty=0.9,
        certainty=certainty,
        source_certainty=0.9 if source else 0.0,
        content_certainty=0.9,
    )


def drafts(text: str, *heard: Cued) -> list[Draft]:
    blocks = blocks_of(text)
    return drafts_of(text, parse(text, blocks), blocks, find_quotes(text, blocks), [], heard)


def content(text: str, draft: Draft) -> list[str]:
    return [text[a:b] for a, b in draft.content]


def test_what_is_heard_is_a_draft() -> None:
    text = "The port board said on Monday that the pier was closed."
    (one,) = drafts(text, cued(text, "said", "The port board", "the pier was closed"))
    assert content(text, one) == ["the pier was closed"]
    assert one.kind == "said"
    assert one.speaker == (0, 1, 2)


def test_a_doubtful_cue_counts_only_where_the_tree_has_a_frame() -> None:
    text = "The port board said that the pier was closed. Gulls circled the mast."
    assert SURE > 0.3 > FRAMED
    found = drafts(
        text,
        cued(text, "said", "The port board", "the pier was closed", certainty=0.3),
        cued(text, "circled", "Gulls", "the mast", certainty=0.3),
    )
    assert [text[slice(*d.cue)] for d in found if d.cue] == ["said"]


def test_a_quote_is_never_cut() -> None:
    text = "The mayor called the plan “dead on arrival and worse” in May."
    (one,) = drafts(text, cued(text, "called", "The mayor", "the plan “dead on arrival and"))
    assert content(text, one) == ["the plan “dead on arrival and worse”"]


def test_a_quote_that_its_cue_splits_is_one() -> None:
    text = "“The pier,” Ana Bel said, “is closed.” Nobody else spoke."
    (one,) = drafts(text, cued(text, "said", "Ana Bel", "“The pier,”", "“is closed.”"))
    assert content(text, one) == ["“The pier,”", "“is closed.”"]
    assert one.kind == "quoted"


def test_a_quotation_that_goes_on_behind_its_cue_is_taken_in() -> None:
    text = "“The pier is closed,” Ana Bel said. “It will stay closed until June.”"
    (one,) = drafts(text, cued(text, "said", "Ana Bel", "“The pier is closed,”"))
    assert content(text, one) == ["“The pier is closed,”", "“It will stay closed until June.”"]


def test_two_paragraphs_with_a_cue_each_are_two() -> None:
    text = "“And they fell,” she said in an interview.\n\n“What makes it hard is this,” she said."
    found = drafts(
        text,
        cued(text, "said", "she", "“And they fell,”"),
        cued(text, "said#2", "she#2", "“And they fell,”", "“What makes it hard is this,”"),
    )
    assert [content(text, d) for d in found] == [["“And they fell,”"], ["“What makes it hard is this,”"]]


def test_a_statement_told_within_another_keeps_its_quote() -> None:
    text = "Bel said the mayor told her “the pier is closed for good” in May."
    outer = cued(text, "said", "Bel", "the mayor told her “the pier is closed for good” in May")
    found = drafts(text, outer, cued(text, "told", "the mayor", "“the pier is closed for good”"))
    assert [content(text, d) for d in found] == [
        ["the mayor told her “the pier is closed for good” in May"],
        ["“the pier is closed for good”"],
    ]


def test_a_quote_that_nobody_is_heard_to_say_is_kept() -> None:
    text = "The hall was full. “We will not leave this place tonight, whatever they do.”"
    (one,) = drafts(text)
    assert content(text, one) == ["“We will not leave this place tonight, whatever they do.”"]
    assert one.speaker == ()


def test_an_act_of_which_only_the_cue_tells_has_its_cue_for_content() -> None:
    text = "The ministry did not respond."
    (one,) = drafts(text, cued(text, "did not respond", "The ministry", act="no-comment"))
    assert content(text, one) in (["did not respond"], ["respond"])
    assert one.group == "no-comment"


def test_according_to_says_a_clause() -> None:
    text = "The pier was closed, according to the port board."
    (one,) = drafts(text, cued(text, "according to", "the port board", "The pier was closed"))
    assert (one.kind, one.how, one.lemma) == ("said", "according-to", "according")
