"""Words: what stands alone, what stays whole, and that no character is lost whatever the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import texts

from presstime.read.tokens import tokenise

CASES = {
    # clitics and the possessive
    "Belcastro’s mayor didn't say it wasn’t so.": "Belcastro | ’s | mayor | did | n't | say | it | was | n’t | so | .",
    "They're sure we'll cope, she'd said.": "They | 're | sure | we | 'll | cope | , | she | 'd | said | .",
    "The ministries' reply cannot wait.": "The | ministries | ' | reply | can | not | wait | .",
    # abbreviations, initials, acronyms
    "Gen. Ilan Voss met J. R. Marr in the U.S. on Feb. 3.": (
        "Gen. | Ilan | Voss | met | J. | R. | Marr | in | the | U.S. | on | Feb. | 3 | ."
    ),
    "U.S.-backed talks began at 9 a.m. in Sarn.": "U.S. | - | backed | talks | began | at | 9 | a.m. | in | Sarn | .",
    "He said no. No. 7 was closed.": "He | said | no | . | No. | 7 | was | closed | .",
    # numbers, money, units
    "About 1,200 people and 3.5 million euros": "About | 1,200 | people | and | 3.5 | million | euros",
    "$40m, 15km away, by 20:30 on 1/2/2021": "$ | 40 | m | , | 15 | km | away | , | by | 20:30 | on | 1/2/2021",
    "the 1990s, the 3rd of 21st-century wars": "the | 1990s | , | the | 3rd | of | 21st | - | century | wars",
    # marks
    "“We deny it,” he said—twice...": "“ | We | deny | it | , | ” | he | said | — | twice | ...",
    "(Sarn TV) – live!?": "( | Sarn | TV | ) | – | live | !?",
    # addresses, handles
    "See https://sarn.example/a?b=1. Write to desk@sarn.example, or @SarnTV #flood.": (
        "See | https://sarn.example/a?b=1 | . | Write | to | desk@sarn.example | , | or | @SarnTV | #flood | ."
    ),
    # other scripts and accents
    "Gëzim İlan o’Hara, Шарн": "Gëzim | İlan | o’Hara | , | Шарн",
}


@pytest.mark.parametrize("text", CASES)
def test_words_are_cut_as_in_the_treebanks(text: str) -> None:
    assert " | ".join(text[a:b] for a, b in tokenise(text)) == CASES[text]


def test_a_stretch_is_cut_as_if_it_stood_alone_and_counted_in_the_whole_text() -> None:
    text = "SARN — Five died. More followed."
    start, end = text.index("Five"), text.index(" More")
    assert tokenise(text, start, end) == [(a + start, b + start) for a, b in tokenise(text[start:end])]
    assert tokenise(text, 3, 3) == []


HOSTILE = st.text(st.sampled_from("aA.'’1-, \n\u00a0\u200b@#/:\ud800é\u0301"), max_size=40)


@settings(max_examples=300)
@given(texts() | st.text(max_size=60) | HOSTILE)
def test_every_character_but_white_space_is_in_one_word(text: str) -> None:
    spans = tokenise(text)
    at = 0
    for start, end in spans:
        assert at <= start < end
        assert not text[at:start].strip(), "skipped characters that are not white space"
        assert text[start:end].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize("text", ["a" * 100_000, "a-" * 50_000, "'" * 100_000, "a." * 50_000, "1," * 50_000, "a@" * 50_000, "n't" * 30_000])
def test_a_text_without_spaces_costs_little(text: str) -> None:
    begun = time.process_time()
    assert tokenise(text)[-1][1] == len(text)
    assert time.process_time() - begun < 10
