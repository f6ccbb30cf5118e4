"""Statements whose speaker is "I" or "we" outside any quotation → the same, by the author where the document names one.

In: the statements found, whom their speakers' words stand for, and the byline. Out: the same, with "I" as the author. Where
no one author is named "I" keeps its words and is no actor: two posts' "I" are two people. "We" and "my office" are none either.

Example: in a post by "Ana Bel", "I said the gate was shut" is said by Ana Bel.
"""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec

from presstime.read.lexicon import words
from presstime.read.statements import Found
from presstime.records import Speaker, Statement

__all__ = ["author_of", "by_author"]

_BY = re.compile(r"^by\s+", re.IGNORECASE)
_BEHIND = re.compile(r"\s*(?:,|\||/|\s[-–—]\s|\bin\b|\bfor\b).*$")
_LONGEST = 4
"""Words of an author's name."""


def author_of(byline: str | None) -> str | None:
    """The one person whom a byline names; None where it names several, or a desk."""
    bare = _BEHIND.sub("", _BY.sub("", " ".join((byline or "").split())))
    parts = bare.split()
    if not 2 <= len(parts) <= _LONGEST or not all(p[0].isupper() for p in parts) or parts[-1].lower() in words("actors")["desks"]:
        return None
    return bare


def by_author(found: Found, byline: str | None) -> Found:
    """The statements, and whom their speakers' words stand for, with the author for "I" and no actor for "we" and "my office"."""
    own = words("actors")["own"]
    author = author_of(byline)

    def renamed(name: str, how: str) -> str | None:
        low = name.lower()
        if how == "pronoun" and low in own["author"]:
            return author
        first = low.split()[0] if low else ""
        return None if (how == "pronoun" and low in own["several"]) or first in own["owners"] else name

    def told(speaker: Speaker) -> Speaker:
        return msgspec.structs.replace(speaker, name=renamed(speaker.name, speaker.how) or speaker.name)

    def said(statement: Statement) -> Statement:
        return statement if statement.speaker is None else msgspec.structs.replace(statement, speaker=told(statement.speaker))

    named = [(at, who, renamed(who.name, who.how)) for at, who in found.named]
    return replace(
        found,
        statements=tuple(said(s) for s in found.statements),
        named=tuple((at, who if name == who.name else replace(who, name=name)) for at, who, name in named if name is not None),
    )
