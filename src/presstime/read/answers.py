"""Denials and answers → the statements they answer, within one document.

In: statements in order. Out: the same, denials with `answers` filled. A denial answers the nearest earlier statement
by another speaker that its words take up: a "that", "the claims" or "it" takes the last one; otherwise shared content
words decide. Nothing is linked where nothing is shared.

Example: "Baku said mines killed six. Stepanakert denied the claims." → the denial answers the claim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from presstime.records import Statement

__all__ = ["answered", "content_words"]

_TAKES_UP = re.compile(r"^(?:the |these |those |this |such |all )?(?:claims?|allegations?|accusations?|charges?|reports?|that|it|this|them|statements?|assertions?|suggestions?)\b", re.I)
_LEAST_SHARED = 2
"""Content words a denial must share with the claim it answers where it does not point back."""
_REACH = 30
"""How many statements back a denial may reach."""
_SMALL = frozenset(
    "the a an of in on at to for from by with and or but that this it its is are was were be been has have had not no any all as "
    "their his her they he she we i you there which who will would said says say than more about into over out up down s t".split()
)


def content_words(words: str) -> set[str]:
    """The words of a statement that carry its matter, cut to their first six letters so that forms of one word meet."""
    return {w[:6] for w in re.findall(r"\w+", words.lower()) if w not in _SMALL and len(w) > 2}


def answered(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """The statements, every denial with the ids of what it denies."""
    found: list[Statement] = []
    words = [" ".join(text[c.start : c.end] for c in s.content) for s in statements]
    for i, s in enumerate(statements):
        if s.act != "denial":
            found.append(s)
            continue
        inner = [o for o in statements if o.reported_by == s.id]
        target = inner[0] if inner else _earlier(statements, words, i)
        found.append(replace(s, answers=(target.id,)) if target is not None else s)
    return found


def _earlier(statements: Sequence[Statement], words: Sequence[str], i: int) -> Statement | None:
    own = content_words(words[i])
    points_back = _TAKES_UP.match(words[i]) is not None
    best: tuple[float, Statement] | None = None
    for back in range(1, min(i, _REACH) + 1):
        other = statements[i - back]
        if other.act in ("denial", "no-comment") or _same_speaker(other, statements[i]):
            continue
        if points_back:
            return other
        shared = len(own & content_words(words[i - back]))
        score = shared - back * 0.05
        if shared >= _LEAST_SHARED and (best is None or score > best[0]):
            best = (score, other)
    return best[1] if best else None


def _same_speaker(a: Statement, b: Statement) -> bool:
    return a.speaker is not None and b.speaker is not None and a.speaker.name == b.speaker.name
