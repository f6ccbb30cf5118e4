"""What is heard as a cue's content → the part of it that is the cue's own.

In: a cue as heard, where it stands, the quotes that other cues introduce. Out: stretches of content in its sentence and
paragraph, behind what another cue has said. A word-by-word ear runs on into the next sentence or paragraph.

Example: "Bel refused.\n\nFive people left." → nothing: the next paragraph is no part of what Bel refused.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from presstime.read.cued import Cued
from presstime.read.page import Page
from presstime.read.quotes import Quote

__all__ = ["behind_others", "own_part", "tells"]

Span = tuple[int, int]


def own_part(page: Page, c: Cued, cued: Set[int]) -> list[Span]:
    """Content within the cue's paragraph and, outside quotation marks, before another sentence that has a cue, where any of it is there."""
    sentence, _, block = page.place[c.cue[0]]
    found: list[tuple[Span, tuple[int, int]]] = []
    for a, b in c.content:
        quoted = sorted((q.start, q.end) for q in page.quotes_near(a, b))
        for at in range(a, b):
            if at not in page.place:
                continue
            number, word, own = page.place[at]
            inside = any(x <= at < y for x, y in quoted)
            where = own, number if number in cued and not inside else sentence
            end = page.sentences[number].ends[word]
            if found and found[-1][1] == where and found[-1][0][0] >= a:
                found[-1] = ((found[-1][0][0], end), where)
            else:
                found.append(((at, end), where))
    here = [span for span, where in found if where == (block, sentence)]
    if here or (found and not _leads_on(page, c, found[0][0])):
        return here
    return [span for span, where in found if where[0] == block] or [span for span, _ in found]


def _leads_on(page: Page, c: Cued, span: Span) -> bool:
    """Whether content in another sentence than its cue may be the cue's: quoted, behind a colon, before the cue or in its own paragraph."""
    between = page.text[c.cue[1] : span[0]]
    return "\n\n" not in between or ":" in between or any(q.start <= span[0] < q.end for q in page.quotes_near(*span))


def behind_others(page: Page, content: list[Span], others: Sequence[tuple[Quote, Cued]]) -> list[Span]:
    """Content that begins with a quote of another cue's begins behind that cue: “No,” she said. “Never,” she added."""
    for quote, other in others:
        a, b = content[0]
        if quote.start <= a < quote.end and quote.end <= other.cue[0] < b:
            later = [q.start for q in page.quotes_near(other.cue[1], b) if q.start >= other.cue[1]]
            content = [(min(later), b), *content[1:]] if later else content[1:]
            if not content:
                return []
    return content


def tells(content: Sequence[Span], cue: Span) -> bool:
    """Whether a cue stands within a content."""
    return any(a <= cue[0] and cue[1] <= b for a, b in content)
