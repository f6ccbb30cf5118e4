"""The statements corpus → windows with cues and the roles that every word plays for each of them.

In: articles with marked statements (model/corpus). Out: windows of consecutive sentences, cut as reading cuts them, with a
tag a word for the cues and, for each statement, a tag a word for its source, content, addressee and medium. A
statement without a cue teaches nothing here; what lies outside its window is left out.

Example: "[1s The board] [1c said] [1t it rained]." → cues O O B O O O, roles B-SOURCE I-SOURCE O B-CONTENT I-CONTENT O.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from model.corpora import ENTITY_TAGS, IGNORE, Labels, Said, Window
from model.corpus.markup import ACTS, Article, Marked
from presstime.read.language import parse
from presstime.read.quotes import find_quotes
from presstime.read.tree import Sentence
from presstime.read.wordpiece import WordPieces, shape_id

__all__ = ["ACT_NAMES", "CUE_TAGS", "ROLE_TAGS", "Prepared", "is_held_out", "prepare", "statement_windows"]

CUE_TAGS = ("O", "B-CUE", "I-CUE")
ROLE_TAGS = ("O", "B-SOURCE", "I-SOURCE", "B-CONTENT", "I-CONTENT", "ADDRESSEE", "MEDIUM")
ACT_NAMES = tuple(sorted(ACTS))
SOURCE = "statements"
MASKED = 0.04
"""The share of words hidden from the network in training, so that no name or verb is relied on alone."""
EXCHANGED = 0.35
"""The share of windows in which the people bear other people's names, so that who speaks is told by the sentence."""
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article cut into words and sentences: offsets, which words start a sentence or are quoted, and its statements."""

    id: str
    text: str
    spans: tuple[tuple[int, int], ...]
    starts: frozenset[int]
    quoted: tuple[bool, ...]
    statements: tuple[Marked, ...]
    sentences: tuple[Sentence, ...] = ()
    """As the model parsed them before; training holds on to its tags, trees and entities, for cues are where it would lose them."""


def is_held_out(article: Article) -> bool:
    """Whether an article is kept out of training, to measure on: one in twelve, by a hash of its id."""
    return hashlib.sha256(article.id.encode()).digest()[0] % 12 == 0


def prepare(articles: Iterable[Article]) -> list[Prepared]:
    """Cuts articles with the shipped model's own words and sentences, as reading will."""
    found = []
    for article in articles:
        blocks = [(a, b) for a, b in _blocks(article.text) if a < b]
        sentences = parse(article.text, blocks)
        spans: list[tuple[int, int]] = []
        starts = set()
        for sentence in sentences:
            starts.add(len(spans))
            spans.extend(zip(sentence.starts, sentence.ends, strict=True))
        inside = {i for q in find_quotes(article.text, blocks) for i in range(q.start, q.end)}
        quoted = tuple(a in inside for a, _ in spans)
        cut = tuple(spans), frozenset(starts), quoted
        found.append(Prepared(article.id, article.text, *cut, tuple(article.statements), tuple(sentences)))
    return found


def _blocks(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for piece in text.split("\n\n"):
        found.append((at, at + len(piece)))
        at += len(piece) + 2
    return found


def statement_windows(
    prepared: Sequence[Prepared], sizes: Sequence[int], vocabulary: WordPieces, rng: random.Random | None, names: Labels | None = None
) -> list[Window]:
    """Windows of whole sentences, their size in pieces drawn from `sizes` (the first without `rng`).

    With `names` the windows carry the tags, trees and entities of the sentences as well.
    """
    found = []
    pool = sorted({name for article in prepared for name in _people(article)}) if rng else []
    for article in prepared:
        words = [article.text[a:b] for a, b in article.spans]
        pieces = [vocabulary.pieces(w) for w in words]
        at = 0
        while at < len(words):
            most = rng.choice(tuple(sizes)) if rng else sizes[0]
            end, size, last = at, 0, at
            while end < len(words):
                if end in article.starts and end > at:
                    last = end
                size += len(pieces[end])
                if size > most and last > at:
                    break
                end += 1
            stop = last if end < len(words) else end
            shown = _exchanged(article, words, pool, rng) if rng and rng.random() < EXCHANGED else words
            window = _window(article, shown, at, stop, vocabulary, rng)
            if names is not None:
                _hold(window, article, at, stop, names)
            found.append(window)
            at = stop
    return found


def _people(article: Prepared) -> list[str]:
    """The words of people's names in an article: capitalised ones, as the earlier model marked them."""
    at, found = 0, []
    for sentence in article.sentences:
        for i, tag in enumerate(sentence.entities):
            a, b = article.spans[at + i]
            word = article.text[a:b]
            if tag.endswith("PERSON") and len(word) > 2 and word[0].isupper() and not word.isupper() and word.isalpha():
                found.append(word)
        at += len(sentence)
    return found


def _exchanged(article: Prepared, words: Sequence[str], pool: Sequence[str], rng: random.Random) -> list[str]:
    """The words with every name of a person replaced by one drawn from all articles, the same one throughout."""
    other = {name: rng.choice(pool) for name in _people(article)}
    return [other.get(word, word) for word in words]


def _varied(rng: random.Random | None) -> Callable[[str], str]:
    """Now and then a window is all capitals or small letters, or has the other style of quotation marks."""
    draw = rng.random() if rng else 1.0
    if draw < 0.04:
        return str.upper
    if draw < 0.06:
        return str.lower
    if draw < 0.3:
        return lambda word: word.translate(_STRAIGHT)
    return str


def _window(article: Prepared, words: Sequence[str], at: int, stop: int, vocabulary: WordPieces, rng: random.Random | None) -> Window:
    window = Window(source=SOURCE, pieces=[vocabulary.start], shapes=[0])
    number = -1
    varied = _varied(rng)
    for i in range(at, stop):
        number += i in article.starts or i == at
        a, _ = article.spans[i]
        shown = varied(words[i])
        pieces = vocabulary.pieces(shown)
        if rng and words[i][:1].isalpha() and rng.random() < MASKED:
            pieces = (vocabulary.mask,)
        window.first.append(len(window.pieces))
        window.pieces.extend(pieces)
        window.shapes.extend([shape_id(shown, a == 0 or article.text[a - 1].isspace())] * len(pieces))
        window.sentence.append(number)
        window.quoted.append(int(article.quoted[i]))
    n = stop - at
    for layer in (window.starts, window.universal, window.fine, window.heads, window.relations, window.entities):
        layer.extend([IGNORE] * n)
    window.pieces.append(vocabulary.end)
    window.shapes.append(0)
    window.cues = [0] * n
    spans = article.spans[at:stop]
    for statement in article.statements:
        cue = tuple(i for i, (a, _) in enumerate(spans) if any(x <= a < y for x, y in statement.cue))
        if not cue:
            continue
        for k, i in enumerate(cue):
            window.cues[i] = 1 if k == 0 else 2
        window.said.append(Said(cue, _roles(statement, spans), ACT_NAMES.index(statement.act)))
    return window


def _hold(window: Window, article: Prepared, at: int, stop: int, names: Labels) -> None:
    """Fills the layers of tags, trees and entities from the sentences that begin in the window."""
    begin = 0
    for sentence in article.sentences:
        if at <= begin and begin + len(sentence) <= stop:
            base = begin - at
            for i in range(len(sentence)):
                window.universal[base + i] = names.universal.index(sentence.universal[i])
                window.fine[base + i] = names.fine.index(sentence.fine[i])
                window.relations[base + i] = names.relations.index(sentence.relations[i])
                window.heads[base + i] = base + sentence.heads[i] + 1 if sentence.heads[i] >= 0 else 0
                window.entities[base + i] = ENTITY_TAGS.index(sentence.entities[i])
        begin += len(sentence)


def _roles(statement: Marked, spans: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    roles = [0] * len(spans)
    for first, inner, stretches in (
        ("ADDRESSEE", "ADDRESSEE", statement.addressee),
        ("MEDIUM", "MEDIUM", statement.medium),
        ("B-CONTENT", "I-CONTENT", statement.content),
        ("B-SOURCE", "I-SOURCE", statement.source),
    ):
        for x, y in stretches:
            own = [i for i, (a, _) in enumerate(spans) if x <= a < y]
            for k, i in enumerate(own):
                roles[i] = ROLE_TAGS.index(first if k == 0 else inner)
    return tuple(roles)
