"""Quotes: every style of mark, marks within marks, what is no mark, and marks strewn at random."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstime.read.quotes import Quote, find_quotes

MARKS = "“”\"«»„‟‘’'`‹›「」『』″‚"
WRITTEN = ("&quot;", "&ldquo;", "&rdquo;", "&#39;", "&amp;", "``", "''", "<<", ">>", ",,")
"""Marks written with several characters, and what only looks like one."""


def whole(text: str) -> list[tuple[int, int]]:
    return [(0, len(text))]


def paragraphs(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for part in text.split("\n\n"):
        found.append((at, at + len(part)))
        at += len(part) + 2
    return found


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotes(text, paragraphs(text))]


# ---------------------------------------------------------------- styles


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("“", "”"),
        ('"', '"'),
        ("«", "»"),
        ("»", "«"),
        ("„", "“"),
        ("„", "”"),
        ("‘", "’"),
        ("'", "'"),
        ("‹", "›"),
        ("「", "」"),
        ("``", "''"),
        ("''", "''"),
        ("`", "'"),
        ("`", "`"),
        ("›", "‹"),
        ("»", "»"),
        ("”", "”"),
        ("”", "“"),
        ("‚", "‘"),
        ("„", '"'),
        ("『", "』"),
        ("″", "″"),
        ("<<", ">>"),
        (",,", "''"),
        ("&quot;", "&quot;"),
        ("&ldquo;", "&rdquo;"),
        ("&#8220;", "&#8221;"),
        ("&laquo;", "&raquo;"),
    ],
)
def test_every_style_of_mark(opening: str, closing: str) -> None:
    text = f"She said, {opening}Go home, it is over,{closing} and left. {opening}Now.{closing}"
    first, second = find_quotes(text, whole(text))
    assert text[first.start : first.end] == f"{opening}Go home, it is over,{closing}"
    assert text[first.inner_start : first.inner_end] == "Go home, it is over,"
    assert text[second.start : second.end] == f"{opening}Now.{closing}"
    assert first.closed and second.closed
    assert not first.continues


def test_a_curly_mark_closed_by_a_straight_one() -> None:
    assert quoted('“Go home," she said.') == ['“Go home,"']
    assert quoted('"Go home,” she said.') == ['"Go home,”']


@pytest.mark.parametrize(
    ("text", "outer"),
    [
        ("“He told me ‘run’ and I ran,” she said.", "“He told me ‘run’ and I ran,”"),
        ("‘He told me “run” and I ran,’ she said.", "‘He told me “run” and I ran,’"),
        ("\"He told me 'run' and I ran,\" she said.", "\"He told me 'run' and I ran,\""),
        ("«He told me „run“ and I ran», she said.", "«He told me „run“ and I ran»"),
        ("“He told me “run” and I ran,” she said.", "“He told me “run” and I ran,”"),
        ('"He told me "run" and I ran," she said.', '"He told me "run" and I ran,"'),
        ('“He told me "run" and I ran,” she said.', '“He told me "run" and I ran,”'),
        ('"He told me “run” and I ran," she said.', '"He told me “run” and I ran,"'),
        ("“He told me ”run” and I ran,” she said.", "“He told me ”run” and I ran,”"),
        ("««Run» is what he told me», she said.", "««Run» is what he told me»"),
        ("‘“Run,” he told me,’ she said.", "‘“Run,” he told me,’"),
        ("“‘Run,’ he told me,” she said.", "“‘Run,’ he told me,”"),
        ("''She said `run' and I ran,'' he said.", "''She said `run' and I ran,''"),
    ],
)
def test_an_inner_quote_stays_inside_its_outer_one(text: str, outer: str) -> None:
    assert quoted(text) == [outer]


# ---------------------------------------------------------------- what is no quote


@pytest.mark.parametrize(
    "text",
    [
        "It's the girls' school, isn't it? The boats’ owners don’t know.",
        "In the summer of ’89 the miners’ union rose.",
        "In the summer of '89 the miners' union rose.",
        "Rock ’n’ roll came to Sarn.",
        'The board is 6" wide and 10" long.',
        "He lived at 12' above the water.",
        "He is 6'2\" and she is 5’10” tall.",
        'The plate is 11" × 14" and the nail 9″ long.',
        "Rock 'n' roll came to Sarn in the '60s, and 'twas loud.",
        "‘Tis the season, and the girls' and boys' boats sail.",
        "&amp; and &nbsp; are no marks; neither is a<b or b>>c.",
        "They were goin' home, o' course.",
        "A slip ,,of the finger.",
        'The word ends here"',
        "A lone “",
        'A lone " mark between words.',
        '“” and "" hold nothing.',
        "“ ” holds a space.",
        "",
    ],
)
def test_no_quote(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("‘The miners’ union won’t talk,’ she said.", "‘The miners’ union won’t talk,’"),
        ("'The miners' union won't talk,' she said.", "'The miners' union won't talk,'"),
        ("“The miners’ union won’t talk,” she said.", "“The miners’ union won’t talk,”"),
        ("‘It’s over,’ she said.", "‘It’s over,’"),
    ],
)
def test_apostrophes_and_possessives_close_nothing(text: str, inside: str) -> None:
    assert quoted(text) == [inside]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('"It was 6" deep," she said.', '"It was 6" deep,"'),
        ("“He is 6'2\" tall,” she said.", "“He is 6'2\" tall,”"),
        ("“He is 6’2” tall,” she said.", "“He is 6’2” tall,”"),
        ("'They're goin' home,' she said.", "'They're goin' home,'"),
        ("'We'll fight 'em,' she said.", "'We'll fight 'em,'"),
        ("‘It is the workers’,’ she said.", "‘It is the workers’,’"),
        ("“We live in the U.S.” she said.", "“We live in the U.S.”"),
        ('She said,"We go home."Then she left.', '"We go home."'),
        ('" We go home, " she said.', '" We go home, "'),
        ("« We go home », she said.", "« We go home »"),
    ],
)
def test_measures_elisions_and_spaces(text: str, inside: str) -> None:
    assert quoted(text) == [inside]


def test_a_year_closes_its_quote() -> None:
    assert quoted("“We left in 1982” and “came back in 1990.”") == ["“We left in 1982”", "“came back in 1990.”"]


def test_inch_marks_open_nothing() -> None:
    assert quoted('The board is 6" wide, he said. "Buy it."') == ['"Buy it."']


def test_a_quote_in_brackets_or_behind_a_dash() -> None:
    assert quoted("(“Go home,” she said.) He left—“at once”—by boat.") == ["“Go home,”", "“at once”"]


# ---------------------------------------------------------------- left open


def test_a_quote_left_open_ends_with_its_paragraph_and_goes_on() -> None:
    text = "She said: “The water came.\n\n“It took the school.\n\n“Nobody slept,” she added. “Now we go.”"
    found = find_quotes(text, paragraphs(text))
    assert [text[q.start : q.end] for q in found] == ["“The water came.", "“It took the school.", "“Nobody slept,”", "“Now we go.”"]
    assert [q.closed for q in found] == [False, False, True, True]
    assert [q.continues for q in found] == [False, True, True, False]
    assert [q.block for q in found] == [0, 1, 2, 2]


def test_straight_marks_left_open_go_on_too() -> None:
    text = '"The water came.\n\n"It took the school," she said.'
    assert [(q.closed, q.continues) for q in find_quotes(text, paragraphs(text))] == [(False, False), (True, True)]


def test_a_new_quote_behind_words_does_not_go_on_an_open_one() -> None:
    text = "“The water came.\n\nShe paused. “Then it took the school.”"
    assert [q.continues for q in find_quotes(text, paragraphs(text))] == [False, False]


def test_a_quote_forgotten_open_does_not_swallow_the_next() -> None:
    assert quoted("“The water came, she said. “It took the school.”")[-1].endswith("“It took the school.”")


@pytest.mark.parametrize("text", ["She said “go home.", "She said “go” and “stay.", "“Go home.” She left.”", '"Go" and "stay, she said.'])
def test_an_odd_number_of_marks_keeps_what_is_sure(text: str) -> None:
    found = find_quotes(text, whole(text))
    assert found
    assert text[found[0].inner_start :].lower().startswith("go")


def test_an_open_quote_ends_before_the_space_at_the_paragraphs_end() -> None:
    text = "She said “go home.  "
    (only,) = find_quotes(text, whole(text))
    assert text[only.start : only.end] == "“go home."


def test_blocks_are_read_apart() -> None:
    text = "one “two three four” five"
    assert find_quotes(text, [(0, 3), (20, 25)]) == []
    assert [text[q.start : q.end] for q in find_quotes(text, [(4, 20)])] == ["“two three four”"]


def test_paragraphs_without_a_mark_go_on_an_open_quote_that_a_later_one_closes() -> None:
    text = "“The water came.\n\nIt took the school.\n\nNobody slept,” she added. “Now we go.”"
    found = find_quotes(text, paragraphs(text))
    assert [text[q.start : q.end] for q in found] == ["“The water came.", "It took the school.", "Nobody slept,”", "“Now we go.”"]
    assert [(q.closed, q.continues) for q in found] == [(False, False), (False, True), (True, True), (True, False)]
    assert [q.inner_start - q.start for q in found] == [1, 0, 0, 1]


def test_paragraphs_behind_a_quote_whose_closing_mark_was_forgotten_are_not_quoted() -> None:
    text = "“The water came.\n\nShe left the town.\n\n“It is over,” she said."
    assert quoted(text) == ["“The water came.", "“It is over,”"]


def test_single_marks_left_open_go_on_too() -> None:
    text = "‘The miners’ hall is gone.\n\n‘It fell,’ she said."
    assert [(q.closed, q.continues) for q in find_quotes(text, paragraphs(text))] == [(False, False), (True, True)]


def test_a_lost_opening_mark() -> None:
    assert quoted("It took the school,” she said.") == ["It took the school,”"]
    assert quoted("It took the school,” she said. “Now we go.”") == ["It took the school,”", "“Now we go.”"]
    assert quoted("Ana Bel said the school was gone,” and left.") == []


def test_a_quote_forgotten_open_leaves_the_rest_of_its_paragraph() -> None:
    assert quoted("“The water came, she said. “It took the school.” Then she left for Sarn.") == [
        "“The water came, she said. “It took the school.”"
    ]


# ---------------------------------------------------------------- any text


@given(st.lists(st.text(alphabet=MARKS + "abcS .,!\n—(5", max_size=40), max_size=4))
def test_marks_strewn_at_random(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    blocks = []
    at = 0
    for part in parts:
        blocks.append((at, at + len(part)))
        at += len(part) + 2
    found = find_quotes(text, blocks)
    for q in found:
        start, end = blocks[q.block]
        assert start <= q.start <= q.inner_start < q.inner_end <= q.end <= end
        opened = q.inner_start > q.start
        first = start + len(text[start:end]) - len(text[start:end].lstrip())
        assert text[q.start : q.inner_start] in (*MARKS, *WRITTEN) if opened else q.start == first
        assert text[q.inner_start : q.inner_end].strip()
        assert q.closed or (q.end == q.inner_end and not text[q.end - 1].isspace())
        assert not q.closed or text[q.end - 1] in MARKS
        assert not q.continues or q.block > 0
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert find_quotes(text, blocks) == found


@given(st.lists(st.lists(st.sampled_from((*MARKS, *WRITTEN, " ", "said", "Bel", "6", ",", ". ", "\n")), max_size=30), max_size=4))
def test_marks_of_every_spelling_strewn_at_random(parts: list[list[str]]) -> None:
    text = "\n\n".join("".join(part) for part in parts)
    blocks = paragraphs(text)
    found = find_quotes(text, blocks)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for q in found:
        start, end = blocks[q.block]
        assert start <= q.start <= q.inner_start < q.inner_end <= q.end <= end
        assert q.closed == (q.inner_end < q.end)
        for mark in (text[q.start : q.inner_start], text[q.inner_end : q.end]):
            assert not mark or mark in MARKS or mark in WRITTEN


@pytest.mark.parametrize("piece", ["“", "'a ", "'as s' ", "” ”a ", '"a ', "“a “b” ", "<<", "s' b ", "« a ", '6" ', "‘a “b ‘c ", ', " '])
def test_a_text_of_nothing_but_marks_is_read_in_no_time(piece: str) -> None:
    text = piece * 20_000
    began = time.perf_counter()
    find_quotes(text, whole(text))
    assert time.perf_counter() - began < 5


@given(st.lists(st.sampled_from(["She left.", "The boats' crews ran.", "It was the miners’ day."]), max_size=5))
def test_plain_sentences_hold_no_quote(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert find_quotes(text, whole(text)) == []


@given(
    st.lists(st.sampled_from(["Go home.", "It's over!", "We lost the miners’ school,"]), min_size=1, max_size=6),
    st.sampled_from(["“”", '""', "«»", "„“"]),
)
def test_every_quote_put_in_is_found(inside: list[str], marks: str) -> None:
    text = " she said. ".join(f"{marks[0]}{words}{marks[1]}" for words in inside)
    found = find_quotes(text, whole(text))
    assert [text[q.inner_start : q.inner_end] for q in found] == inside
    assert all(isinstance(q, Quote) and q.closed for q in found)
