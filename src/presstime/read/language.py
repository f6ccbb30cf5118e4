"""The only door to the language model: text → sentences of words with tags, heads, relations and entities.

In: a text and its blocks (paragraphs, headlines, captions: stretches no sentence crosses). Out: `Sentence`s in
order, in plain arrays, with offsets into the text. The model reads windows of about 128 word pieces, one at a time,
each made of the document alone, so the same text gives the same sentences whatever else is read beside it: dynamic
int8 quantisation takes one scale a run, and every run here is one window.

Example: "Baku denied it." → words (Baku, denied, it, .), heads (1, -1, 1, 1), entities (B-LOC, O, O, O).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from presstime.problems import ModelError
from presstime.read.cued import Cued, cue_runs, cued_words
from presstime.read.decoding import best_tree
from presstime.read.lemmas import lemma
from presstime.read.quotes import Quote, find_quotes
from presstime.read.stand_ins import stand_ins
from presstime.read.tokens import starts_after_hour, tokenise
from presstime.read.tree import Sentence
from presstime.read.wordpiece import WordPieces, shape_id
from presstime.records import Act

__all__ = ["hear", "load", "model_version", "parse", "parse_words"]

WINDOW = 126
"""Word pieces a window holds. Training saw windows of 40 to 160; on one core this size was the fastest."""
LONGEST_WINDOW = 380
"""Where no sentence starts within a window it is read again with so many pieces, then cut."""
START = float(np.log(0.5))
"""A word starts a sentence where the model holds that likelier than not."""
START_AFTER_STOP = float(np.log(0.15))
"""… or this likely behind an abbreviation ("in the U.S. The army left"), of which the corpora have too few."""

_FOLDER = Path(__file__).parent / "model"
Blocks = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Model:
    session: Any
    vocabulary: WordPieces
    universal: list[str]
    fine: list[str]
    relations: list[str]
    entities: list[str]
    relation_scorer: Any
    role_scorer: Any
    roles: list[str]
    acts: list[Act]
    version: str


@dataclass(frozen=True, slots=True)
class _Words:
    """A text's words, and at which of them a block starts."""

    spans: list[tuple[int, int]]
    words: list[str]
    pieces: list[tuple[int, ...]]
    shapes: list[int]
    block_starts: frozenset[int]


@cache
def load() -> _Model:
    """Loads the model once a process. Raises ModelError where its files are missing or cannot be read."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        about = json.loads((_FOLDER / "labels.json").read_text(encoding="utf-8"))
        session, scorer, roles = (
            onnxruntime.InferenceSession(str(_FOLDER / name), options, providers=["CPUExecutionProvider"])
            for name in ("english.onnx", "relations.onnx", "roles.onnx")
        )
        vocabulary = WordPieces.load(_FOLDER / "vocabulary.txt")
    except Exception as error:  # onnxruntime raises classes of its own
        raise ModelError(f"the language model cannot be loaded ({error}); reinstall presstime") from error
    return _Model(
        session,
        vocabulary,
        universal=about["universal"],
        fine=about["fine"],
        relations=about["relations"],
        entities=about["entities"],
        relation_scorer=scorer,
        role_scorer=roles,
        roles=about["roles"],
        acts=about["acts"],
        version=about["version"],
    )


@cache
def model_version() -> str:
    """The model's name and hash, as it stands in every reading."""
    return str(json.loads((_FOLDER / "labels.json").read_text(encoding="utf-8"))["version"])


def parse(text: str, blocks: Blocks | None = None) -> tuple[Sentence, ...]:
    """Every sentence of a text, in order. Without `blocks`, paragraphs (blank lines) are the blocks."""
    return hear(text, blocks)[0]


def hear(text: str, blocks: Blocks | None = None) -> tuple[tuple[Sentence, ...], tuple[Cued, ...]]:
    """Every sentence of a text, and every cue that the model hears in it, in order."""
    model = load()
    blocks = _paragraphs(text) if blocks is None else blocks
    words = _cut(text, blocks, model.vocabulary)
    quoted = _quoted(words, find_quotes(text, blocks))
    cued: list[Cued] = []
    found: list[Sentence] = []
    at = 0
    while at < len(words.words):
        end = _fill(words, at, WINDOW)
        run = _run(model, words, at, end)
        stop = _whole_sentences(words, run.starts, at, end)
        if stop == at:
            end = _fill(words, at, LONGEST_WINDOW)
            run = _run(model, words, at, end)
            stop = _whole_sentences(words, run.starts, at, end)
            stop = end if stop == at else stop
        found.extend(_sentences(model, words, run, at, stop))
        cued.extend(_cued(model, words, run, quoted, at, stop))
        at = stop
    return tuple(found), tuple(cued)


def parse_words(documents: Iterable[Sequence[tuple[Sequence[str], Sequence[bool]]]]) -> list[list[Sentence]]:
    """Reads given words in given sentences: (words, space behind each) a sentence. For measuring against treebanks."""
    model = load()
    parsed = []
    for document in documents:
        found: list[Sentence] = []
        for words, space in document:
            given = _given(words, space, model.vocabulary)
            run = _run(model, given, 0, len(given.words))
            run.starts[:] = False
            found.extend(_sentences(model, given, run, 0, len(given.words)))
        parsed.append(found)
    return parsed


def _paragraphs(text: str) -> list[tuple[int, int]]:
    found = []
    start = 0
    for piece in text.split("\n\n"):
        if piece.strip():
            found.append((start, start + len(piece)))
        start += len(piece) + 2
    return found


def _cut(text: str, blocks: Blocks, vocabulary: WordPieces) -> _Words:
    spans: list[tuple[int, int]] = []
    starts = set()
    for start, end in blocks:
        starts.add(len(spans))
        spans.extend(tokenise(text, start, end))
    words = [text[a:b] for a, b in spans]
    shapes = [shape_id(w, a == 0 or text[a - 1].isspace()) for w, (a, _) in zip(words, spans, strict=True)]
    return _Words(spans, words, [vocabulary.pieces(w) for w in stand_ins(words)], shapes, frozenset(starts))


def _given(words: Sequence[str], space: Sequence[bool], vocabulary: WordPieces) -> _Words:
    """The given words of one sentence."""
    spans: list[tuple[int, int]] = []
    shapes: list[int] = []
    at = 0
    before = True
    for word, behind in zip(words, space, strict=True):
        spans.append((at, at + len(word)))
        at += len(word) + behind
        shapes.append(shape_id(word, before))
        before = behind
    return _Words(spans, list(words), [vocabulary.pieces(w) for w in words], shapes, frozenset({0}))


def _fill(words: _Words, at: int, most: int) -> int:
    """Where a window from `at` ends: as many whole blocks as fit, else as much of the first as fits."""
    size, end, whole = 0, at, at
    while end < len(words.words):
        if end > at and end in words.block_starts:
            whole = end
        size += len(words.pieces[end])
        if size > most and end > at:
            return whole if whole > at else end
        end += 1
    return end


def _whole_sentences(words: _Words, starts: NDArray[np.bool_], at: int, end: int) -> int:
    """Where the window's last whole sentence ends: its end where a block ends there, else where the last one starts."""
    if end == len(words.words) or end in words.block_starts:
        return end
    inner = np.flatnonzero(starts[1:])
    return at + 1 + int(inner[-1]) if len(inner) else at


def _quoted(words: _Words, quotes: Sequence[Quote]) -> list[int]:
    """For every word 1 where it stands in quotation marks, else 0. Both come in order, and no quote overlaps another."""
    found = []
    at = 0
    for start, _ in words.spans:
        while at < len(quotes) and quotes[at].end <= start:
            at += 1
        found.append(int(at < len(quotes) and quotes[at].start <= start))
    return found


@dataclass(frozen=True, slots=True)
class _Run:
    """What the model gave for one window's words."""

    universal: NDArray[np.int64]
    fine: NDArray[np.int64]
    starts: NDArray[np.bool_]
    entities: NDArray[np.float32]
    arcs: NDArray[np.float32]
    dependent: NDArray[np.float32]
    head: NDArray[np.float32]
    cues: NDArray[np.float32]
    role_word: NDArray[np.float32]
    role_cue: NDArray[np.float32]


def _run(model: _Model, words: _Words, at: int, end: int) -> _Run:
    vocabulary = model.vocabulary
    pieces, shapes, first = [vocabulary.start], [0], [0]
    for i in range(at, end):
        own = words.pieces[i]
        if len(pieces) + len(own) > 500:  # a single word of hundreds of pieces: the encoder has 512 places
            own = (vocabulary.unknown,)
        first.append(len(pieces))
        pieces.extend(own)
        shapes.extend([words.shapes[i]] * len(own))
    pieces.append(vocabulary.end)
    shapes.append(0)
    feed = {"pieces": np.array([pieces]), "shapes": np.array([shapes]), "first": np.array([first])}
    universal, fine, starts, entities, arcs, dependent, head, cues, role_word, role_cue = model.session.run(None, feed)
    begins = starts[0, 1:] > START
    for i in range(at, end):
        if i in words.block_starts:
            begins[i - at] = True
        elif i > at and words.words[i - 1].endswith(".") and len(words.words[i - 1]) > 2 and words.words[i][:1].isupper():
            begins[i - at] = starts[0, 1 + i - at] > START_AFTER_STOP or starts_after_hour(words.words, i)
    roles = role_word[0, 1:], role_cue[0, 1:]
    return _Run(universal[0, 1:], fine[0, 1:], begins, entities[0, 1:], arcs[0], dependent[0], head[0], np.exp(cues[0, 1:]), *roles)


def _cued(model: _Model, words: _Words, run: _Run, quoted: Sequence[int], at: int, stop: int) -> list[Cued]:
    """What is heard between two words of a window; words behind them may play a role in it."""
    runs = [r for r in cue_runs(run.cues) if r[0] < stop - at]
    if not runs:
        return []
    n = len(run.cues)
    cue = np.zeros((len(runs), n), dtype=np.float32)
    cues = np.empty((len(runs), run.role_cue.shape[1]), dtype=np.float32)
    for k, (first, end, _) in enumerate(runs):
        cue[k, first:end] = 1.0
        cues[k] = run.role_cue[first:end].mean(0)
    feed = {"words": run.role_word, "cues": cues, "cue": cue, "quoted": np.array(quoted[at : at + n])}
    roles, acts = model.role_scorer.run(None, feed)
    return cued_words(words.spans[at : at + n], runs, roles, acts, model.roles, model.acts)


def _sentences(model: _Model, words: _Words, run: _Run, at: int, stop: int) -> list[Sentence]:
    size = stop - at
    bounds = [0, *(int(i) for i in np.flatnonzero(run.starts[:size]) if i > 0), size]
    heads: list[int] = []
    for a, b in pairwise(bounds):
        columns = np.r_[0, a + 1 : b + 1]
        heads.extend(h + a if h >= 0 else -1 for h in best_tree(run.arcs[a + 1 : b + 1][:, columns]))
    relations = _relations(model, run, heads)
    return [_sentence(model, words, run, at, a, b, heads, relations) for a, b in pairwise(bounds)]


def _relations(model: _Model, run: _Run, heads: list[int]) -> list[int]:
    """The likeliest relation of every word to its head; the root's own goes to the root alone."""
    chosen = np.array(heads)
    feed = {"dependent": run.dependent[1 : len(heads) + 1], "head": run.head[chosen + 1]}
    (scores,) = model.relation_scorer.run(None, feed)
    root = model.relations.index("root")
    scores[:, root] = np.where(chosen < 0, np.inf, -np.inf)
    found: list[int] = scores.argmax(1).tolist()
    return found


def _sentence(model: _Model, words: _Words, run: _Run, at: int, a: int, b: int, heads: list[int], relations: list[int]) -> Sentence:
    chosen = words.words[at + a : at + b]
    fine = [model.fine[i] for i in run.fine[a:b]]
    own = [h - a if h >= 0 else -1 for h in heads[a:b]]
    below: list[list[int]] = [[] for _ in own]
    for i, h in enumerate(own):
        if h >= 0:
            below[h].append(i)
    return Sentence(
        starts=tuple(s for s, _ in words.spans[at + a : at + b]),
        ends=tuple(e for _, e in words.spans[at + a : at + b]),
        words=tuple(chosen),
        universal=tuple(model.universal[i] for i in run.universal[a:b]),
        fine=tuple(fine),
        heads=tuple(own),
        relations=tuple(model.relations[i] for i in relations[a:b]),
        entities=tuple(_repaired([model.entities[i] for i in run.entities[a:b].argmax(1)])),
        lemmas=tuple(lemma(w, t) for w, t in zip(chosen, fine, strict=True)),
        below=tuple(tuple(c) for c in below),
    )


def _repaired(tags: list[str]) -> list[str]:
    """Makes an entity begin with B where the model left that out."""
    previous = "O"
    for i, tag in enumerate(tags):
        if tag.startswith("I-") and previous[2:] != tag[2:]:
            tags[i] = "B-" + tag[2:]
        previous = tags[i]
    return tags
