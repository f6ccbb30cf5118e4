"""Scores the statements of our own held-out articles, and shows whether confidences mean what they say.

    python -m bench.corpus [--all]

Comes in: the articles of model/corpus that are kept out of training (`--all`: the others too). Goes out: who said what (precision,
recall, F1), exact spans, acts, speakers' names, and the calibration curve: of the speakers given with a confidence, how many
are right. A statement is the marked one whose content it shares most with (character F1 of a half or more).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from model.corpus.gold import gold_of
from model.corpus.markup import read_articles
from model.statements import is_held_out
from presstime import Context, Document, Statement, read_document

__all__ = ["curve", "main", "pairs", "same_name"]

CORPUS = Path(__file__).parents[1] / "model" / "corpus" / "news"
_SMALL = frozenset(["the", "a", "an", "of", "and", "mr", "mrs", "ms", "dr", "government"])
_UNSAID = frozenset({"pronoun", "possessive", "relative"})
"""Ways of settling a name that cannot be judged where the marks give none."""
Pair = tuple[Statement, dict[str, Any] | None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description="Scores statements on our own held-out articles.")
    parser.add_argument("--all", action="store_true", help="the articles that are trained on, too")
    chosen = parser.parse_args(arguments)
    golds = [gold_of(a) for a in read_articles(CORPUS) if chosen.all or is_held_out(a)]
    found = wanted = right = acts = named = names = matched = 0
    points: list[tuple[float, bool]] = []
    by_how: dict[str, list[bool]] = defaultdict(list)
    for gold in golds:
        text = gold["text"]
        wanted += sum(bool(a["content"]) for a in gold["attributions"])
        for statement, meant in pairs(gold):
            found += 1
            if meant is None:
                continue
            matched += 1
            speaker, source = statement.speaker, meant["source"]
            overlaps = speaker is not None and any(a < speaker.end and speaker.start < b for a, b in source)
            right += overlaps or not source
            acts += statement.act == meant["act"]
            if speaker is None or not source or (not meant["name"] and speaker.how in _UNSAID):
                continue
            name = meant["name"] or " ".join(text[slice(*source[0])].split())
            agrees = same_name(name, speaker.name)
            named += 1
            names += agrees
            points.append((speaker.confidence, agrees))
            by_how[speaker.how].append(agrees)
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    print(f"{len(golds)} articles, {wanted} statements")
    print(f"who said what      P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}")
    print(f"acts, of those found        {acts / max(matched, 1):.3f}")
    print(f"speakers' names, of those found {names / max(named, 1):.3f} of {named}")
    print("\nconfidence   right   speakers")
    for low, share, n in curve(points):
        print(f"{low:.1f} to {low + 0.1:.1f}   {share:.3f}   {n:5d}")
    print("\nhow settled       right   speakers")
    for how, each in sorted(by_how.items(), key=lambda item: -len(item[1])):
        print(f"{how:16s}  {sum(each) / len(each):.3f}   {len(each):5d}")
    return 0


def pairs(gold: dict[str, Any]) -> Iterator[Pair]:
    """Every statement read from an article, with the marked one that it is, or None; no marked one is met twice."""
    reading = read_document(Document(id=gold["id"], sha256="", text=gold["text"], language="en"), Context())
    met: set[int] = set()
    scored = []
    for n, statement in enumerate(reading.statements):
        own = {i for c in statement.content for i in range(c.start, c.end)}
        for k, meant in enumerate(gold["attributions"]):
            theirs = {i for a, b in meant["content"] for i in range(a, b)}
            shared = 2 * len(own & theirs) / (len(own) + len(theirs)) if own and theirs else 0.0
            if shared >= 0.5:
                cue = statement.cue is not None and any(a < statement.cue.end and statement.cue.start < b for a, b in meant["cue"])
                scored.append((shared + cue, -n, k))
    meant_by: dict[int, int] = {}
    for _, minus, k in sorted(scored, reverse=True):
        if -minus not in meant_by and k not in met:
            meant_by[-minus] = k
            met.add(k)
    for n, statement in enumerate(reading.statements):
        yield statement, gold["attributions"][meant_by[n]] if n in meant_by else None


def same_name(one: str, other: str) -> bool:
    """Whether two names are one's: the same last word, or all telling words of one among the other's."""
    a, b = _telling(one), _telling(other)
    return bool(a and b) and (a[-1] == b[-1] or set(a) <= set(b) or set(b) <= set(a))


def _telling(name: str) -> list[str]:
    plain = re.sub(r"['’]s\b", "", name.lower())
    return [w for w in re.findall(r"[\w-]+", plain) if w not in _SMALL]


def curve(points: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """(from, share right, how many) for every tenth of confidence that occurs."""
    bins: dict[int, list[bool]] = defaultdict(list)
    for confidence, agrees in points:
        bins[min(9, int(confidence * 10 + 1e-9))].append(agrees)
    return [(k / 10, sum(each) / len(each), len(each)) for k, each in sorted(bins.items())]


if __name__ == "__main__":
    sys.exit(main())
