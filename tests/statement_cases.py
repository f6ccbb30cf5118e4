"""What the tests of statements share: a text read by paragraphs with the real model, and a case's words as offsets."""

from __future__ import annotations

import re
from typing import Any

from presstime.gazetteer import open_gazetteer
from presstime.read.entities import mended
from presstime.read.language import hear
from presstime.read.speakers import Resolver
from presstime.read.statements import Found, find_statements


def blocks_of(text: str) -> list[tuple[int, int]]:
    """The paragraphs, which an empty line divides."""
    found, at = [], 0
    for paragraph in text.split("\n\n"):
        found.append((at, at + len(paragraph)))
        at += len(paragraph) + 2
    return found


def government_of(name: str) -> tuple[str, str] | None:
    country = open_gazetteer().government_of(name)
    return None if country is None or country.country is None else (country.name, country.country)


def found_in(text: str) -> Found:
    blocks = blocks_of(text)
    heard, cued = hear(text, blocks)
    sentences = mended(text, heard)
    return find_statements("doc", text, sentences, blocks, Resolver(text, sentences, government_of), (), cued)


def place_of(text: str, words: str | list[Any] | None) -> tuple[int, int] | None:
    """The offsets of some words: "said", or ["said", 2] for the second time they stand in the text."""
    if words is None:
        return None
    needle, nth = (words, 1) if isinstance(words, str) else words
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(needle)}(?!\w)" if needle[0].isalnum() else re.escape(needle), text)]
    return found[nth - 1]
