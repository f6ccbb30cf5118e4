"""Names mended by what the document tells: their kinds, and the titles they hang on; the words stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstime.read.entities import mended
from presstime.read.language import parse
from presstime.read.tree import Sentence, entity_spans

NAMES = st.sampled_from(["Mira", "Tond", "Florence", "Sarn", "Red", "Crescent", "QC", "MD", "Saudi", "Arabia", "U.N.", "US", "$", ","])
KINDS = st.sampled_from(["O", "B-LOC", "I-LOC", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG"])


def names(text: str, sentences: Sequence[Sentence]) -> list[tuple[str, str]]:
    return [(text[s.starts[a] : s.ends[b - 1]], kind) for s in sentences for a, b, kind in entity_spans(s)]


def tagged(text: str, tags: dict[str, str]) -> list[Sentence]:
    """The parse of a text, with the entities given by their words and no others."""
    return [replace(s, entities=tuple(tags.get(w, "O") for w in s.words)) for s in parse(text)]


@pytest.mark.parametrize(
    ("text", "tags", "wanted"),
    [
        ("Mira Tond left.", {"Mira": "B-LOC", "Tond": "I-LOC"}, [("Mira Tond", "PERSON")]),
        ("They met in Mira Tond.", {"Mira": "B-LOC", "Tond": "I-LOC"}, [("Mira Tond", "LOC")]),
        ("They lost their daughter, Sarn.", {"Sarn": "B-LOC"}, [("Sarn", "PERSON")]),
        ("Florence, 7, was at home.", {"Florence": "B-LOC"}, [("Florence", "PERSON")]),
        ("Florence, her aunt, called.", {"Florence": "B-LOC"}, [("Florence", "PERSON")]),
        ("They met in Florence, her home.", {"Florence": "B-LOC"}, [("Florence", "LOC")]),
        ("Its sister city, Florence, helped.", {"Florence": "B-LOC"}, [("Florence", "LOC")]),
        ("Omar Pell, SC, left.", {"Omar": "B-PERSON", "Pell": "I-PERSON", "SC": "B-LOC"}, [("Omar Pell", "PERSON")]),
        ("They left Sarn, SC, early.", {"Sarn": "B-LOC", "SC": "B-LOC"}, [("Sarn", "LOC"), ("SC", "LOC")]),
        ("Saudi Arabia left.", {"Saudi": "B-LOC", "Arabia": "B-ORG"}, [("Saudi Arabia", "LOC")]),
        ("The U.N. left.", {"U.N.": "B-LOC"}, [("U.N.", "ORG")]),
    ],
)
def test_kinds(text: str, tags: dict[str, str], wanted: list[tuple[str, str]]) -> None:
    assert names(text, mended(text, tagged(text, tags))) == wanted


@given(st.lists(st.tuples(NAMES, KINDS), min_size=1, max_size=12), st.data())
@settings(max_examples=60, deadline=None)
def test_words_stay_and_the_tree_stays_one(words: list[tuple[str, str]], data: st.DataObject) -> None:
    text = " ".join(word for word, _ in words)
    heard = [
        replace(s, entities=tuple(data.draw(KINDS) for _ in s.words), fine=("NNP",) * len(s), universal=("PROPN",) * len(s))
        for s in parse(text)
    ]
    for before, after in zip(heard, mended(text, heard), strict=True):
        assert (before.words, before.starts, before.ends) == (after.words, after.starts, after.ends)
        assert sum(h < 0 for h in after.heads) == sum(h < 0 for h in before.heads)
        assert all(w in after.below[h] for w, h in enumerate(after.heads) if h >= 0)
        for w in range(len(after)):
            seen = {w}
            while (w := after.heads[w]) >= 0:
                assert w not in seen
                seen.add(w)
