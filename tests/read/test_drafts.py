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


# ---------------------------------------------------------------- how far what is said goes


def test_content_never_ends_on_a_word_whose_phrase_goes_on() -> None:
    text = "Bel said that she would expand the nation’s armed forces."
    (one,) = drafts(text, cued(text, "said", "Bel", "she would expand the nation’s armed"))
    assert content(text, one) == ["she would expand the nation’s armed forces"]


def test_the_clause_before_a_cue_in_commas_is_said_too() -> None:
    text = "If the dam fails, the mayor said, there are boats for everyone."
    (one,) = drafts(text, cued(text, "said", "the mayor", "there are boats for everyone"))
    assert content(text, one) == ["If the dam fails", "there are boats for everyone"]


def test_when_it_was_said_is_not_said() -> None:
    text = "On Monday, the mayor said, the dam would hold. Speaking in Sarn on Monday, Bel said, “It held.”"
    one, two = drafts(text, cued(text, "said", "the mayor", "the dam would hold"), cued(text, "said#2", "Bel", "“It held.”"))
    assert content(text, one) == ["the dam would hold"]
    assert content(text, two) == ["“It held.”"]


def test_words_that_tie_a_sentence_to_the_last_are_the_outlets() -> None:
    text = "But the pier is unsafe, according to the port board. “But we stay,” Bel said."
    one, two = drafts(
        text, cued(text, "according to", "the port board", "But the pier is unsafe"), cued(text, "said", "Bel", "“But we stay,”")
    )
    assert content(text, one) == ["the pier is unsafe"]
    assert content(text, two) == ["“But we stay,”"]


def test_the_medium_behind_what_is_said_is_not_said() -> None:
    text = "Bel called for better piers in a statement on Thursday. Reld said she had hidden a letter in a drawer."
    one, two = drafts(
        text,
        cued(text, "called for", "Bel", "better piers in a statement on Thursday"),
        cued(text, "said", "Reld", "she had hidden a letter in a drawer"),
    )
    assert content(text, one) == ["better piers"]
    assert content(text, two) == ["she had hidden a letter in a drawer"]


def test_a_quotation_closed_with_a_comma_ends_what_it_begins() -> None:
    text = "“The pier was sound for ten years,” adding that it was not now, Bel wrote."
    (one,) = drafts(text, cued(text, "wrote", "Bel", "“The pier was sound for ten years,” adding that it was not now"))
    assert content(text, one) == ["“The pier was sound for ten years,”"]


def test_of_whom_it_was_said_is_no_part_of_the_quotation_that_follows() -> None:
    text = "“It has virtues,” Bel said of the plan. “It costs nothing.”"
    (one,) = drafts(text, cued(text, "said", "Bel", "“It has virtues,”", "the plan. “It costs nothing.”"))
    assert content(text, one) == ["“It has virtues,”", "“It costs nothing.”"]


def test_words_between_a_closing_mark_and_the_cue_go_on_with_the_quotation() -> None:
    text = "“I admire the build” of the new pier, Bel said."
    (one,) = drafts(text, cued(text, "said", "Bel", "“I admire the build”"))
    assert content(text, one) == ["“I admire the build” of the new pier"]


def test_what_is_heard_does_not_run_into_the_next_paragraph() -> None:
    text = "The board asked Bel to pay. Bel refused.\n\nFive people were on the pier."
    (_, two) = drafts(text, cued(text, "asked", "The board", "Bel to pay"), cued(text, "refused", "Bel#2", "Five people were on the pier"))
    assert content(text, two) == ["refused"]


def test_a_speaker_in_the_next_sentence_gives_way_to_one_beside_the_cue() -> None:
    text = "“Nobody wants this pier,” said Hadley.\nMira Olin, who chairs the board, rose to go."
    (one,) = drafts(text, cued(text, "said", "Mira Olin", "“Nobody wants this pier,”"))
    assert [parse(text)[one.speaker_sentence].words[w] for w in one.speaker] == ["Hadley"]


def test_a_dash_that_closes_a_parenthesis_signs_nothing() -> None:
    text = "The owner, Ana Bel — “It is sound as a bell” — and Tomas Reld have both seen the pier."
    assert all("Tomas" not in [parse(text)[d.speaker_sentence].words[w] for w in d.speaker] for d in drafts(text))


def test_what_was_said_before_a_question_is_said_and_the_question_is_not() -> None:
    text = "The dam will hold and nobody needs to leave, the mayor told the radio when asked what the town would do."
    (one,) = drafts(text, cued(text, "told", "the mayor", "what the town would do"))
    assert content(text, one) == ["The dam will hold and nobody needs to leave"]


def test_a_cue_between_subject_and_verb() -> None:
    text = "The planks of the pier, said Tond, are lost."
    (one,) = drafts(text, cued(text, "said", "The planks of the pier", "Tond, are lost"))
    assert content(text, one) == ["The planks of the pier", "are lost"]
    assert [parse(text)[0].words[w] for w in one.speaker] == ["Tond"]


def test_whoever_is_spoken_to_does_not_speak() -> None:
    text = "“We thank all of you,” said Tond to the crowd on the pier."
    (one,) = drafts(text, cued(text, "said", "the crowd on the pier", "“We thank all of you,”"))
    assert [parse(text)[0].words[w] for w in one.speaker] == ["Tond"]


def test_nobody_but_who_stands_behind_according_to() -> None:
    text = "According to the port board, Reld and Olin have left the pier."
    (one,) = drafts(text, cued(text, "According to", "Reld and Olin", "have left the pier"))
    assert [parse(text)[0].words[w] for w in one.speaker] == ["the", "port", "board"]


def test_an_hour_keeps_its_point() -> None:
    text = "The dam broke at 4:40 a.m., according to the board."
    (one,) = drafts(text, cued(text, "according to", "the board", "The dam broke at 4:40 a.m."))
    assert content(text, one) == ["The dam broke at 4:40 a.m."]


def test_a_medium_between_cue_and_quote() -> None:
    text = "Tond wrote in a blog post “The pier has moved again.”"
    (one,) = drafts(text)
    assert content(text, one) == ["“The pier has moved again.”"]
    assert [parse(text)[0].words[w] for w in one.speaker] == ["Tond"]


# ---------------------------------------------------------------- deeds


def test_a_deed_that_sounds_like_speech_is_no_statement() -> None:
    for text, cue, source, said in (
        ("Vendors offered sandals and hats.", "offered", "Vendors", "sandals and hats"),
        ("The striker conceded a penalty.", "conceded", "The striker", "a penalty"),
        ("The crew named their boat “Mira.”", "named", "The crew", "their boat “Mira.”"),
        ("The firm appealed the ruling.", "appealed", "The firm", "the ruling"),
        ("The plan has drawn praise.", "drawn", "The plan", "praise"),
        ("The paper spoke with a diver.", "spoke", "The paper", "a diver"),
    ):
        assert drafts(text, cued(text, cue, source, said)) == [], text


def test_speech_with_an_object_stays_a_statement() -> None:
    for text, cue, source, said in (
        ("Bel offered her condolences.", "offered", "Bel", "her condolences"),
        ("Bel offered Reld a seat.", "offered", "Bel", "Reld a seat"),
        ("Bel offered to pay.", "offered", "Bel", "to pay"),
        ("Bel conceded that the pier was old.", "conceded", "Bel", "the pier was old"),
        ("Bel denied it.", "denied", "Bel", "it"),
    ):
        assert len(drafts(text, cued(text, cue, source, said))) == 1, text
