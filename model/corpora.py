"""The training corpora → windows of consecutive sentences, ready for the network.

A line of a corpus is a document: {"id", "src", "sents": [{"w", "sp", "u", "x", "h", "d", "ner"}]}. A window is some
consecutive sentences of one document, cut where the next would pass the number of pieces asked for: the network
reads windows, marks where their sentences start, and draws each sentence's tree.
"""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from presstime.read.wordpiece import WordPieces, shape_id

__all__ = ["ENTITY_TAGS", "IGNORE", "Labels", "Said", "Sentence", "Window", "load", "windows"]

ENTITY_TAGS = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
IGNORE = -100
LONGEST_SENTENCE = 240
"""Words. The few longer ones (lists, tables) are left out of training."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The label sets, in the order of the network's outputs."""

    universal: tuple[str, ...]
    fine: tuple[str, ...]
    relations: tuple[str, ...]


@dataclass(slots=True)
class Sentence:
    """One sentence of a corpus; a layer that the corpus lacks is None. Heads count from 1, 0 is the root."""

    source: str
    words: list[str]
    space_after: list[bool]
    universal: list[str] | None
    fine: list[str] | None
    heads: list[int] | None
    relations: list[str] | None
    entities: list[str] | None


@dataclass(frozen=True, slots=True)
class Said:
    """One statement within a window: the words of its cue, every word's role in it, and its act."""

    cue: tuple[int, ...]
    roles: tuple[int, ...]
    act: int


@dataclass(slots=True)
class Window:
    """Consecutive sentences as numbers; `first` is the piece a word starts at, `sentence` the one it belongs to.

    `cues` and `said` are filled from the statements corpus alone (model/statements.py), `quoted` (is the word in
    quotation marks?) goes with them.
    """

    source: str
    pieces: list[int] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    universal: list[int] = field(default_factory=list)
    fine: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[int] = field(default_factory=list)
    entities: list[int] = field(default_factory=list)
    cues: list[int] = field(default_factory=list)
    quoted: list[int] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


def load(path: Path) -> list[list[Sentence]]:
    """Reads one corpus: documents of sentences. Entity types outside ENTITY_TAGS become O."""
    opener: Any = gzip.open if path.suffix == ".gz" else open
    documents = []
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            sentences = [
                Sentence(
                    source=document["src"],
                    words=s["w"],
                    space_after=s["sp"],
                    universal=s.get("u"),
                    fine=s.get("x"),
                    heads=s.get("h"),
                    relations=s.get("d"),
                    entities=None if s.get("ner") is None else [t if t in ENTITY_TAGS else "O" for t in s["ner"]],
                )
                for s in document["sents"]
                if 0 < len(s["w"]) <= LONGEST_SENTENCE
            ]
            documents.append(sentences)
    return documents


def labels(documents: list[list[Sentence]]) -> Labels:
    """Every label of the treebanks, sorted."""
    sentences = [s for document in documents for s in document]
    return Labels(
        universal=tuple(sorted({t for s in sentences for t in s.universal or ()})),
        fine=tuple(sorted({t for s in sentences for t in s.fine or ()})),
        relations=tuple(sorted({t for s in sentences for t in s.relations or ()})),
    )


def windows(
    documents: list[list[Sentence]], sizes: tuple[int, ...], names: Labels, vocabulary: WordPieces, rng: random.Random | None
) -> list[Window]:
    """Cuts documents into windows of whole sentences; a window's size (in pieces) is drawn from `sizes`, 0 meaning one sentence.

    Without `rng` nothing is drawn or augmented: the first size is taken throughout.
    """
    found: list[Window] = []
    for document in documents:
        window: Window | None = None
        size = 0
        cased = str
        for position, sentence in enumerate(document):
            length = sum(len(vocabulary.pieces(w)) for w in sentence.words)
            if window is None or len(window.pieces) + length > size or sentence.source != window.source:
                window = _open(sentence.source, vocabulary)
                found.append(window)
                size = rng.choice(sizes) if rng else sizes[0]
                cased = _casing(rng)
            space = position == 0 or document[position - 1].space_after[-1]
            _append(window, sentence, names, vocabulary, cased, space, rng)
    for window in found:
        window.pieces.append(vocabulary.end)
        window.shapes.append(0)
    return found


def _open(source: str, vocabulary: WordPieces) -> Window:
    return Window(source=source, pieces=[vocabulary.start], shapes=[0])


def _casing(rng: random.Random | None) -> Any:
    """Now and then a window is all capitals or all small letters, as headlines, old wires and posts are."""
    draw = rng.random() if rng else 1.0
    return str.upper if draw < 0.05 else str.lower if draw < 0.08 else str


def _append(
    window: Window, sentence: Sentence, names: Labels, vocabulary: WordPieces, cased: Any, space: bool, rng: random.Random | None
) -> None:
    base = len(window.first)
    number = window.sentence[-1] + 1 if window.sentence else 0
    for i, word in enumerate(sentence.words):
        shown = cased(word)
        pieces = vocabulary.pieces(shown)
        if rng and rng.random() < 0.03:
            pieces = (vocabulary.mask,)
        window.first.append(len(window.pieces))
        window.pieces.extend(pieces)
        window.shapes.extend([shape_id(shown, space)] * len(pieces))
        window.sentence.append(number)
        window.starts.append(int(i == 0))
        window.universal.append(_index(names.universal, sentence.universal, i))
        window.fine.append(_index(names.fine, sentence.fine, i))
        window.relations.append(_index(names.relations, sentence.relations, i))
        window.heads.append(IGNORE if sentence.heads is None else base + sentence.heads[i] if sentence.heads[i] else 0)
        window.entities.append(_index(ENTITY_TAGS, sentence.entities, i))
        space = sentence.space_after[i]


def _index(names: tuple[str, ...], layer: list[str] | None, i: int) -> int:
    return IGNORE if layer is None or layer[i] not in names else names.index(layer[i])
