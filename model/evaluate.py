"""Measures the shipped model on the test halves: trees on given words and from raw text, entities, speed, memory.

    python -m model.evaluate --corpora ../shared/train --gold ../shared/gold

Attachment scores count every word, marks included, and whole relations (subtypes too). From raw text a word is
right where its characters, its head's characters and its relation are the gold's; the score is the F1 of that.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import time
from pathlib import Path
from typing import Any

from presstime.read import language
from presstime.read.tree import Sentence, entity_spans

Gold = list[dict[str, Any]]


def load(path: Path) -> list[Gold]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["sents"] for line in lines]


def raw(document: Gold) -> tuple[str, list[list[tuple[int, int]]]]:
    """A document's text with every sentence's words as offsets."""
    text, spans = "", []
    for sentence in document:
        own = []
        for word, space in zip(sentence["w"], sentence["sp"], strict=True):
            own.append((len(text), len(text) + len(word)))
            text += word + (" " if space else "")
        spans.append(own)
    return text, spans


def given_words(documents: list[Gold]) -> dict[str, float]:
    parsed = language.parse_words([[(s["w"], s["sp"]) for s in d] for d in documents])
    n = las = uas = fine = 0
    for document, found in zip(documents, parsed, strict=True):
        for gold, own in zip(document, found, strict=True):
            for i in range(len(gold["w"])):
                n += 1
                right = own.heads[i] + 1 == gold["h"][i]
                uas += right
                las += right and own.relations[i] == gold["d"][i]
                fine += own.fine[i] == gold["x"][i]
    return {"LAS": las / n, "UAS": uas / n, "XPOS": fine / n}


def from_text(documents: list[Gold]) -> dict[str, float]:
    n = own_n = words = las = starts = own_starts = right_starts = 0
    for document in documents:
        text, spans = raw(document)
        want: dict[tuple[int, int], tuple[Any, str]] = {}
        for sentence, own in zip(document, spans, strict=True):
            for i, span in enumerate(own):
                head = sentence["h"][i]
                want[span] = (own[head - 1] if head else None, sentence["d"][i])
        found = language.parse(text, [(0, len(text))])
        n += len(want)
        begins = {s[0][0] for s in spans}
        got = {s.start for s in found}
        starts, own_starts, right_starts = starts + len(begins), own_starts + len(got), right_starts + len(begins & got)
        for s in found:
            own_n += len(s)
            for i, head in enumerate(s.heads):
                span = (s.starts[i], s.ends[i])
                words += span in want
                las += want.get(span) == (((s.starts[head], s.ends[head]) if head >= 0 else None), s.relations[i])
    return {"LAS": 2 * las / (n + own_n), "words": 2 * words / (n + own_n), "sentences": 2 * right_starts / (starts + own_starts)}


def entities(documents: list[Gold]) -> dict[str, float]:
    """F1 over person, organisation and place; other types of the gold count as nothing."""
    kinds = ("PERSON", "ORG", "LOC")
    tp = dict.fromkeys(kinds, 0)
    fp, fn = dict(tp), dict(tp)
    for document in documents:
        annotated = [s for s in document if s.get("ner")]
        parsed = language.parse_words([[(s["w"], s["sp"]) for s in annotated]])[0]
        for gold, own in zip(annotated, parsed, strict=True):
            want = {x for x in _spans(gold["ner"]) if x[2] in kinds}
            got = set(entity_spans(own))
            for x in want | got:
                (tp if x in want and x in got else fn if x in want else fp)[x[2]] += 1
    scores = {k: 2 * tp[k] / max(1, 2 * tp[k] + fp[k] + fn[k]) for k in kinds}
    t, f, m = sum(tp.values()), sum(fp.values()), sum(fn.values())
    return {"F1": 2 * t / (2 * t + f + m), "P": t / max(1, t + f), "R": t / max(1, t + m), **scores}


def _spans(tags: list[str]) -> list[tuple[int, int, str]]:
    blank = Sentence(*[()] * 7, entities=tuple(tags), lemmas=())  # type: ignore[misc]
    return entity_spans(blank)


def show(name: str, scores: dict[str, float]) -> None:
    print(f"{name:42s}" + "  ".join(f"{k} {v:.4f}" for k, v in scores.items()), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--dev", action="store_true", help="the development halves, for choosing between models")
    args = parser.parse_args()
    begun = time.perf_counter()
    language.load()
    print(f"loading {time.perf_counter() - begun:.2f} s; model {language.model_version()}")
    half = "dev" if args.dev else "test"
    ewt, news = load(args.corpora / f"ewt-{half}.jsonl.gz"), load(args.corpora / "gum-news-devtest.jsonl.gz")
    show(f"EWT {half}, given words", given_words(ewt))
    show("GUM news, given words", given_words(news))
    show(f"EWT {half}, from raw text", from_text(ewt))
    show("GUM news, from raw text", from_text(news))
    show(f"EWT {half}, entities", entities(ewt))
    if args.gold:
        show("newswire, entities", entities(load(args.gold / "entities-newswire-dev.jsonl.gz")))
    texts = [raw(d)[0] for d in news]
    begun = time.perf_counter()
    count = sum(len(s) for t in texts for s in language.parse(t))
    print(f"speed from raw text: {count / (time.perf_counter() - begun):.0f} words/s on one thread")
    print(f"resident memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


if __name__ == "__main__":
    main()
