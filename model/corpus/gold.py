"""Held-out articles of the statements corpus → gold in the form that score.py reads.

    python -m model.corpus.gold > build/corpus-gold.jsonl

A line is an article: `{"id", "text", "attributions": [{"source", "cue", "content", "type", "speech", "name", "act"}]}`. The type
is direct where all letters of the content stand in quotation marks, mixed where some do.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from model.corpus.markup import Article, read_articles
from model.statements import is_held_out
from presstime.read.quotes import find_quotes

__all__ = ["gold_of"]


def gold_of(article: Article) -> dict[str, Any]:
    """One article with its statements as attributions."""
    inside = {i for q in find_quotes(article.text, [(0, len(article.text))]) for i in range(q.start, q.end)}
    said = [
        {
            "source": s.source,
            "cue": s.cue,
            "content": s.content,
            "addressee": s.addressee,
            "medium": s.medium,
            "type": _type(article.text, s.content, inside),
            "speech": bool(s.content),
            "name": s.name,
            "act": s.act,
        }
        for s in article.statements
    ]
    return {"id": article.id, "text": article.text, "attributions": said}


def _type(text: str, content: Sequence[tuple[int, int]], inside: set[int]) -> str:
    letters = [i for a, b in content for i in range(a, b) if text[i].isalnum()]
    quoted = sum(i in inside for i in letters)
    return "direct" if letters and quoted >= 0.98 * len(letters) else "mixed" if quoted else "indirect"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[Path(__file__).parent / "news"])
    parser.add_argument("--all", action="store_true", help="the articles that are trained on, too")
    args = parser.parse_args()
    for folder in args.folders:
        for article in read_articles(folder):
            if args.all or is_held_out(article):
                sys.stdout.write(json.dumps(gold_of(article)) + "\n")


if __name__ == "__main__":
    main()
