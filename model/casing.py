"""The open corpora → the list of words and weights by which read/truecase.py writes capitals in their likeliest case.

    python -m model.casing --corpora FOLDER            writes src/presstime/read/words/en/casing.json.xz
    python -m model.casing --corpora FOLDER --check    trains without the held-out documents and tells the share of right words

In: the treebanks and entity corpora of model/corpora.py, the articles of model/corpus and made-up sentences of model/news.
Out: the words that the corpora nearly always write small or with a capital, spellings such as "McCain", and the weights
of an averaged perceptron over truecase.features. Every sentence is read as though it were in capitals.

Example: from "The ELN freed Ana." it learns that "ELN" between small words stays in capitals.
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from model.corpus.markup import read_articles
from model.news.make import load, make_line
from model.news.names import Names
from model.statements import is_held_out
from presstime.read.truecase import CAPITAL, SMALL, UPPER, Seen, Token, cased, features, look, state, tokens

__all__ = ["main", "sentences", "train"]

HERE = Path(__file__).parent
OUT = HERE.parent / "src/presstime/read/words/en/casing.json.xz"
MADE_UP = 6000
"""Lines of made-up news; they have the names and bodies of many regions."""
ALWAYS = 0.8
"""A word of which this share is written small (or with a capital) within sentences is a small (a capitalised) word."""
FEWEST = 3
"""A feature that holds words counts only when it is seen so often."""
ROUNDS = 4
LEAST = 20
"""Lighter weights, in the units of SCALE to the perceptron's one, are left out: at 20 the list is half as big and as good."""
SCALE = 10
LONGER_WORD = 4
"""Only words of so many letters tell title case."""
LONGEST_ACRONYM, LONGEST_FIRST = 8, 4
"""Longer words in capitals are shouted; so are these at a sentence's start, where they are a dateline's place."""

Sample = tuple[str, int, int]


def sentences(folder: Path, held_out: bool) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Texts with their sentences; the held-out ones alone, or all others."""
    names = ("gum-dev", "gum-news-devtest") if held_out else ("ewt-train", "ewt-dev", "gum-train", "wikigold")
    for name in names:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from (_joined(json.loads(line)["sents"]) for line in lines)
    for article in read_articles(HERE / "corpus/news"):
        if is_held_out(article) == held_out:
            yield article.text, _paragraphs(article.text)
    if not held_out:
        for line in (folder / "times-meantime.jsonl").read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            yield text, _paragraphs(text)
        drawn, (data, templates) = random.Random(1), load()
        names_ = Names(data, drawn)
        for number in range(MADE_UP):
            yield _joined(make_line(number, names_, templates, drawn)["sents"])


def _joined(given: Sequence[dict[str, list[str]]]) -> tuple[str, list[tuple[int, int]]]:
    text, spans = "", []
    for sentence in given:
        start = len(text)
        for word, space in zip(sentence["w"], sentence["sp"], strict=True):
            text += word + (" " if space else "")
        spans.append((start, len(text.rstrip())))
        text = text.rstrip() + "\n"
    return text, spans


def _paragraphs(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def _label(word: str) -> int | None:
    """How a word of a corpus is written; None for a spelling that is none of the three."""
    letters = [c for c in word if c.isalpha()]
    if all(c.islower() for c in letters):
        return SMALL
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return UPPER
    return CAPITAL if letters[0].isupper() else None


def _labels(text: str, run: Sequence[Token]) -> list[int | None] | None:
    """How every word of a sentence is written; None where the sentence is shouted, titled or typed without capitals.

    Two words in capitals side by side are shouted, or a dateline: they tell nothing.
    """
    labels = [_label(text[t.start : t.end]) for t in run]
    longer = [label for t, label in zip(run, labels, strict=True) if t.end - t.start >= LONGER_WORD]
    if not labels or labels[0] == SMALL or SMALL not in labels:
        return None
    if len(longer) > 4 and sum(label != SMALL for label in longer) > 0.7 * len(longer):
        return None
    told: list[int | None] = []
    for i, label in enumerate(labels):
        near = [labels[j] for j in (i - 1, i + 1) if 0 <= j < len(labels) and run[max(i, j)].gap in (" ", ", ")]
        size = run[i].end - run[i].start
        shouted = UPPER in near or size > LONGEST_ACRONYM or (run[i].first and size > LONGEST_FIRST)
        told.append(None if label == UPPER and shouted else label)
    return told


def _runs(texts: Iterable[tuple[str, list[tuple[int, int]]]]) -> list[tuple[str, list[Token], list[int | None]]]:
    found = []
    for text, spans in texts:
        for start, end in spans:
            run = tokens(text, start, end)
            labels = _labels(text, run)
            if labels is not None:
                found.append((text, run, labels))
    return found


def train(runs: list[tuple[str, list[Token], list[int | None]]]) -> dict[str, object]:
    """The list of words and the weights, as truecase.py reads them."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for text, run, labels in runs:
        for token, label in zip(run, labels, strict=True):
            if label is not None and (not token.first or label == UPPER):
                counts[token.low][label] += 1
                word = text[token.start : token.end]
                if label == CAPITAL:
                    forms[token.low][word] += 1

    def status(word: str, without: int | None = None) -> str:
        seen = counts.get(word)
        if not seen:
            return "0"
        small = seen[SMALL] - (without == SMALL)
        whole = sum(seen.values()) - (without is not None)
        if not whole:
            return "0"
        return "-" if small >= ALWAYS * whole else "+" if small <= (1 - ALWAYS) * whole else "*"

    samples = []
    for text, run, labels in runs:
        own = [status(t.low, None if t.first and label != UPPER else label) for t, label in zip(run, labels, strict=True)]
        samples.append((run, look(text, run, own, lambda word, _: status(word)), labels))
    weights = _perceptron(samples)
    statuses = {word: status(word) for word in counts}
    odd = [
        top for low, seen in forms.items() for top, n in seen.most_common(1) if n >= FEWEST and top != low.capitalize() and "." not in top
    ]
    kept = sorted(weights)
    return {
        "small": " ".join(sorted(w for w, s in statuses.items() if s == "-")),
        "capital": " ".join(sorted(w for w, s in statuses.items() if s == "+")),
        "either": " ".join(sorted(w for w, s in statuses.items() if s == "*")),
        "forms": " ".join(sorted(odd)),
        "features": kept,
        "capital_weights": [weights[f][0] for f in kept],
        "upper_weights": [weights[f][1] for f in kept],
    }


def _perceptron(samples: list[tuple[list[Token], list[Seen], list[int | None]]]) -> dict[str, tuple[int, int]]:
    """The averaged weights, rounded, those for small letters taken from the others."""
    frequent: Counter[str] = Counter()
    for run, seen, _ in samples:
        for i in range(len(run)):
            frequent.update(features(run, seen, i, "^", "^"))
    weights: dict[str, list[float]] = {}
    totals: dict[str, list[float]] = {}
    now = 0
    drawn = random.Random(1)
    for _ in range(ROUNDS):
        drawn.shuffle(samples)
        for run, seen, labels in samples:
            before = last = "^"
            for i, (token, gold) in enumerate(zip(run, labels, strict=True)):
                now += 1
                found = [f for f in features(run, seen, i, before, last) if f[:2] in ("l ", "lk", "lw", "ga") or frequent[f] >= FEWEST]
                scores = [0.0, 0.0, 0.0]
                for f in found:
                    w = weights.get(f)
                    if w is not None:
                        scores[0] += w[0]
                        scores[1] += w[1]
                        scores[2] += w[2]
                allowed = (CAPITAL, UPPER) if token.first else (SMALL, CAPITAL, UPPER)
                label = max(allowed, key=lambda c: scores[c])
                if gold is not None and gold in allowed and label != gold:
                    for f in found:
                        w = weights.setdefault(f, [0.0, 0.0, 0.0])
                        t = totals.setdefault(f, [0.0, 0.0, 0.0])
                        w[gold] += 1
                        w[label] -= 1
                        t[gold] += now
                        t[label] -= now
                before, last = last, state(token, label)
    kept = {}
    for f, w in weights.items():
        a, b, c = (SCALE * (w[k] - totals[f][k] / now) for k in range(3))
        pair = round(b - a), round(c - a)
        if max(map(abs, pair)) >= LEAST:
            kept[f] = pair
    return kept


def check(runs: list[tuple[str, list[Token], list[int | None]]], data: dict[str, object]) -> None:
    """Print how many words within sentences are written right, and of those that have a capital."""
    write(data, OUT)
    right: Counter[tuple[str, bool]] = Counter()
    wrong: Counter[str] = Counter()
    known = {word for name in ("small", "capital", "either") for word in str(data[name]).split()}
    for text, run, labels in runs:
        span = (run[0].start, run[-1].end)
        shown = cased(text, [span])
        for token, label in zip(run, labels, strict=True):
            if label is None or token.first:
                continue
            good = _label(shown[token.start : token.end]) == label
            for name in ("all", ("small", "capital", "upper")[label], "unknown" if token.low not in known else "known"):
                right[name, good] += 1
            if not good:
                wrong[f"{shown[token.start : token.end]} for {text[token.start : token.end]}"] += 1
    for name in ("all", "small", "capital", "upper", "known", "unknown"):
        n = right[name, True] + right[name, False]
        print(f"{name:8s} {right[name, True] / max(n, 1):.4f} of {n}")
    print(wrong.most_common(60))


def write(data: dict[str, object], path: Path) -> None:
    """Write the list, packed; the same data gives the same bytes."""
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    path.write_bytes(lzma.compress(plain, preset=9 | lzma.PRESET_EXTREME))


def main(arguments: list[str] | None = None) -> int:
    """Train and write; with --check, train on a part and tell how well the rest is written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args(arguments)
    runs = _runs(sentences(given.corpora, held_out=False))
    held_out = _runs(sentences(given.corpora, held_out=True))
    if given.check:  # leaves the list that was checked in place
        check(held_out, train(runs))
    else:
        write(train(runs + held_out), OUT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
