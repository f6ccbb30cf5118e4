"""What is heard as a cue's content → the characters that are said: no more, no less.

In: stretches that the model hears, the quotes and cues around them. Out: stretches without the marks at their ends, never
through the middle of a quote, ended where the same speaker's next cue begins.

Example: "Bel said that the road was closed, adding that it would open." → "the road was closed".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from presstime.read.blaming import BLAMED
from presstime.read.cued import Cued
from presstime.read.frames import Frame
from presstime.read.lexicon import cues
from presstime.read.quotes import Quote

__all__ = ["before_question", "joined", "settled", "told_first", "until", "whole", "without"]

Span = tuple[int, int]
_LONGEST_REST = 4000
"""Characters that a quote may go on behind what is heard of it; what is longer is no quotation but a mark never closed."""
_SHORTEST_CLAUSE = 2
"""Spaces in the shortest clause that may stand before its speaker."""


def settled(text: str, content: Sequence[Span], near_quotes: Callable[[int, int], Sequence[Quote]]) -> list[Span]:
    """Heard content without the marks at its ends, and never through the middle of a quote."""
    found = []
    for a, b in content:
        ends_quoted = False
        for q in near_quotes(a, b):
            if q.start < a < q.inner_end and a - q.start <= 2:
                a = q.start
            if q.inner_start < b <= q.end and q.end - b <= _LONGEST_REST:
                b, ends_quoted = q.end, True
        while a < b and (text[a].isspace() or text[a] in ",;"):
            a += 1
        while not ends_quoted and b > a and (text[b - 1].isspace() or text[b - 1] in ",;:"):
            b -= 1
        if (
            not ends_quoted
            and text[b - 1] == "."
            and text[max(a, b - 3) : b - 1].islower()
            and text[max(a, b - 4) : b] not in ("a.m.", "p.m.")
        ):
            b -= 1
        if a < b:
            found.append((a, b))
    return found


def joined(spans: Sequence[Span], apart: Sequence[Span]) -> list[Span]:
    """Stretches that overlap made one, in order, without those words that are the cue's and the speaker's."""
    found: list[Span] = []
    for a, b in sorted(spans):
        if found and a <= found[-1][1]:
            found[-1] = (found[-1][0], max(b, found[-1][1]))
        else:
            found.append((a, b))
    return [s for s in found if not any(x <= s[0] and s[1] <= y for x, y in apart)]


def until(text: str, content: Sequence[Span], end: int) -> list[Span]:
    """Content up to where the same speaker's next cue begins, without the words that join the two: "denied that while alleging …"."""
    joins = cues().joins
    found = [(a, min(b, end)) for a, b in content if a < end]
    if found:
        a, b = found[-1]
        words = text[a:b].rstrip(" ,;").split(" ")
        while len(words) > 1 and words[-1].lower().strip(",;") in joins:
            words.pop()
        found[-1] = (a, a + len(" ".join(words).rstrip(" ,;")))
    return found


def without(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """Some stretches without those parts that others take up."""
    found = list(spans)
    for x, y in others:
        found = [part for a, b in found for part in ((a, min(b, x)), (max(a, y), b)) if part[0] < part[1]]
    return found


def whole(text: str, c: Cued) -> tuple[Span, ...]:
    """What is heard with whom it is asked of: "urged the council to meet" asks that the council meet."""
    if not c.content or c.addressee is None:
        return c.content
    (a, b), *rest = c.content
    asked = c.addressee[1] < a and text[a:b].startswith("to ") and not text[c.addressee[1] : a].strip()
    return ((c.addressee[0], b), *rest) if asked else c.content


def before_question(text: str, start: int, c: Cued) -> list[Span]:
    """The content before a speaker who is then asked something: "It held, Bel said when asked what broke.". Empty where it is not so built.

    `start` is where the cue's sentence begins.
    """
    if not c.content or c.source is None or c.content[0][0] < c.cue[1] <= c.source[0]:
        return []
    word = text[slice(*c.content[0])].split(" ", 1)[0].lower()
    before = text[start : c.source[0]].rstrip()
    if word not in cues().questions or "asked" not in text[c.cue[1] : c.content[0][0]].split() or not before.endswith(","):
        return []
    return [(start, start + len(before) - 1)] if before.count(" ") >= _SHORTEST_CLAUSE else []


def told_first(text: str, frame: Frame, c: Cued) -> bool:
    """Whether the tree knows the content better: what is heard is a question, and the content stands before the cue ("It rained,
    Bel said when asked …"); or blame is laid, to whom stands behind ("laid the blame squarely on the mill")."""
    if frame.lemma == BLAMED:
        return True
    if not c.content or c.content[0][0] < c.cue[1]:
        return False
    asked = text[slice(*c.content[0])].split(" ", 1)[0].lower() in cues().questions
    return asked and frame.kind == "said" and frame.content[0][1] <= c.cue[0]
