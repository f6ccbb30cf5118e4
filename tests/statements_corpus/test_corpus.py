"""The statements corpus: its marks are understood, its spans are the words marked, and every file of it can be trained on."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.corpus.gold import gold_of
from model.corpus.markup import ACTS, Article, MarkupError, articles
from model.statements import CUE_TAGS, ROLE_TAGS, is_held_out, prepare, statement_windows
from presstime.read.language import load

CORPUS = Path(__file__).parents[2] / "model" / "corpus" / "news"
FILES = sorted(CORPUS.glob("*.txt"))
ARTICLE = """## quay-1 | town | agency
= [1s Town] [1c/denial denies] [1t closing quay]

[2s [3s Ina Holm]], the mayor, [2c said] on [2m Radio Quay] that \
[2t [4s the harbour master] had [4c told] [4a her] [4t to wait]], [3c adding] [3t “we waited.”]

[5t “Nothing \\[was\\] hidden,”] [5s=Ina Holm|she] [5c said]. [5t “Go and look.”]
"""


def words_of(article: Article, number: int, role: str) -> list[str]:
    statement = next(s for s in article.statements if s.number == number)
    return [article.text[a:b] for a, b in getattr(statement, role)]


def test_marks_become_spans_of_the_plain_text() -> None:
    (article,) = articles(ARTICLE)
    assert article.text.startswith("Town denies closing quay\n\nIna Holm, the mayor, said on Radio Quay that")
    assert words_of(article, 2, "content") == ["the harbour master had told her to wait"]
    assert words_of(article, 4, "addressee") == ["her"]
    assert words_of(article, 3, "source") == words_of(article, 2, "source") == ["Ina Holm"]
    assert words_of(article, 5, "content") == ["“Nothing [was] hidden,”", "“Go and look.”"]
    assert [s.act for s in article.statements] == ["denial", "claim", "claim", "claim", "claim"]
    assert article.statements[4].name == "Ina Holm"


@pytest.mark.parametrize(
    ("marked", "why"),
    [
        ("[1s She [1c said]", "never closed"),
        ("She said].", "closes nothing"),
        ("[x She]", "opens no mark"),
        ("[1c/guess said] [1t it]", "no act"),
        ("[1s/denial She] [1c said]", "no cue"),
        ("[1c=Ana Bel|said]", "only a speaker"),
        ("[1s She] [1s he] [1c said] [1t it]", "two speakers"),
        ("[1s She] spoke.", "neither cue nor content"),
        ("[1s ] [1c said]", "empty"),
    ],
)
def test_a_mark_that_cannot_be_understood_says_why(marked: str, why: str) -> None:
    with pytest.raises(MarkupError, match=why):
        articles(f"## a-1 | town | agency\n= Quay\n\n{marked}\n", "file.txt")


def test_an_article_needs_its_title() -> None:
    with pytest.raises(MarkupError, match="begins with"):
        articles("## no bars here\n\nText.")


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_file_can_be_trained_on(file: Path) -> None:
    found = articles(file.read_text(encoding="utf-8"), file.name)
    assert found
    for article in found:
        for statement in article.statements:
            assert statement.act in ACTS
            for a, b in (*statement.source, *statement.cue, *statement.content):
                assert article.text[a:b].strip() == article.text[a:b] != ""


def test_the_corpus_is_large_and_a_part_of_it_is_held_out() -> None:
    every = [a for f in FILES for a in articles(f.read_text(encoding="utf-8"))]
    ids = [a.id for a in every]
    assert len(ids) == len(set(ids)) > 400
    assert 0.04 < sum(is_held_out(a) for a in every) / len(every) < 0.16


def test_windows_tag_cues_and_roles_word_by_word() -> None:
    prepared = prepare(articles(ARTICLE))
    (window,) = statement_windows(prepared, [400], load().vocabulary, None)
    words = [prepared[0].text[a:b] for a, b in prepared[0].spans]
    cues = [w for w, tag in zip(words, window.cues, strict=True) if tag == CUE_TAGS.index("B-CUE")]
    assert cues == ["denies", "said", "told", "adding", "said"]
    last = window.said[-1]
    begins = [w for w, role in zip(words, last.roles, strict=True) if role == ROLE_TAGS.index("B-CONTENT")]
    assert begins == ["“", "“"]
    assert [words[i] for i in last.cue] == ["said"]


def test_a_windows_words_are_the_articles_whatever_their_number_of_pieces() -> None:
    prepared = prepare(articles(ARTICLE))
    for size in (1, 20, 60):
        windows = statement_windows(prepared, [size], load().vocabulary, None)
        assert sum(len(w.first) for w in windows) == len(prepared[0].spans)
        assert sum(len(w.said) for w in windows) == 5


def test_gold_says_what_is_quoted() -> None:
    gold = gold_of(articles(ARTICLE)[0])
    assert [a["type"] for a in gold["attributions"]] == ["indirect", "indirect", "direct", "indirect", "direct"]
