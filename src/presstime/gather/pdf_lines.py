"""Lines of a PDF's pages to paragraphs: what belongs together, what is a heading, what repeats on every page.

In: each page's lines with their place and type. Out: pieces in reading order. A line that ends in a hyphen goes on without it;
a paragraph goes on over the end of a page; "Velm Water Board — Statement 12" at the top of each page is boilerplate.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from presstime.gather.pieces import Piece
from presstime.records import PartKind, Record

__all__ = ["Line", "paragraphs"]

GAP = 1.3
"""A gap between two lines of more than so many times the usual one begins a paragraph. Measured on statements set with and
without space between paragraphs: lines of one are 0.95 to 1.1 apart, paragraphs set apart 1.45 and more."""
INDENT = 0.8
"""A first line set in by more than this share of the type's size begins a paragraph."""
LARGER = 1.12
"""Type larger than the body's by this much is a heading's: 12 on 11 points is 1.09, 14 on 12 is 1.17."""
EDGE_LINES = 3
"""Running heads and feet are among so many lines from a page's top and bottom."""
MIN_PAGES, REPEATED = 2, 0.5
"""What repeats stands on at least two pages, and on this share of them (left and right pages may differ)."""
SHORT = 0.6
"""A line shorter than this share of the longest ends its paragraph where it ends with a full stop too. Ragged lines of one
paragraph are seldom under 0.7."""
LONGEST_HEADING = 160

_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—|/\s]*\d{1,4}[-–—|/\s]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_ITEM = re.compile(r"(?:[•‣◦▪●○■□➢–—*-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+\S")
_MARK = re.compile(r"[•‣◦▪●○■□➢–—*-]|\(?\d{1,2}[.)]")
_BROKEN = re.compile(r"[^\W\d_][-\u2010\u00ad]$")


class Line(Record, frozen=True):
    """A line of a page: its words, where it begins (points from the left and the foot), its type's size and weight."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False


class _Open:
    """A paragraph being put together."""

    def __init__(self, line: Line) -> None:
        self.lines = [line]

    @property
    def last(self) -> Line:
        return self.lines[-1]


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[Piece]:
    """The paragraphs of all pages; running heads, feet and page numbers behind the paragraph in which they stand."""
    pages = [_with_marks(page) for page in pages]
    body = _body_size(pages)
    leading = _leading(pages, body)
    furniture = _furniture(pages, leading)
    longest = max((len(line.text) for page in pages for line in page if _alike(line.size, body)), default=0)
    largest = max((line.size for page in pages[:1] for line in page), default=body)
    pieces: list[Piece] = []
    known = Counter(word for page in pages for line in page for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text.lower()))
    still: _Open | None = None
    waiting: list[Piece] = []

    def close() -> None:
        nonlocal still
        if still is not None:
            pieces.append(_piece(still.lines, body, largest, known, first=not any(p.kind != "boilerplate" for p in pieces)))
            still = None
        pieces.extend(waiting)
        waiting.clear()

    for number, page in enumerate(pages):
        fresh = True
        for line in page:
            if (number, line) in furniture or _is_number_line(line, page):
                waiting.append(Piece(text=" ".join(line.text.split()), kind="boilerplate"))
                continue
            if still is not None and _goes_on(still, line, leading, longest, body, turned=fresh and number > 0):
                still.lines.append(line)
            else:
                close()
                still = _Open(line)
            fresh = False
    close()
    return [piece for piece in pieces if piece.text]


def _goes_on(still: _Open, line: Line, leading: float, longest: int, body: float, *, turned: bool) -> bool:
    """Whether `line` belongs to the paragraph that is open."""
    last = still.last
    if not _alike(last.size, line.size) or _ITEM.match(line.text):
        return False
    heading = last.size > body * LARGER
    if last.bold != line.bold and (len(still.lines) == 1 or line.bold):
        return False
    if turned or last.y - line.y < -leading / 2:  # a new page or column
        return not heading and not _ENDS.search(last.text)
    gap = last.y - line.y
    if gap > GAP * max(leading * line.size / body, line.size) if heading else gap > GAP * leading:
        return False
    if line.x - last.x > INDENT * line.size and not _ITEM.match(still.lines[0].text):
        return False
    return heading or not (_ENDS.search(last.text) and len(last.text) < SHORT * longest and line.text[:1].isupper())


def _piece(lines: list[Line], body: float, largest: float, known: Counter[str], *, first: bool) -> Piece:
    text = lines[0].text
    for line in lines[1:]:
        text = _put_together(text, line.text, known)
    text = " ".join(text.split())
    kind: PartKind = "paragraph"
    bold = all(line.bold for line in lines)
    if len(text) <= LONGEST_HEADING and any(char.isalpha() for char in text):
        if lines[0].size > body * LARGER and not text.endswith((".", ";", ",")):
            kind = "headline" if first and _alike(lines[0].size, largest) else "heading"
        elif bold and not _ENDS.search(text) and len(lines) <= 2:
            kind = "heading"
    return Piece(text=text, kind=kind)


def _put_together(text: str, line: str, known: Counter[str]) -> str:
    """A paragraph's text and its next line: a word parted at the line's end is whole again."""
    if not _BROKEN.search(text) or not line[:1].islower():
        return f"{text} {line}"
    before = re.search(r"[^\W\d_]+(?:-[^\W\d_]+)*$", text[:-1])
    after = re.match(r"[^\W\d_]+", line)
    if text[-1] == "-" and before and after:
        whole, hyphened = (before[0] + after[0]).lower(), f"{before[0]}-{after[0]}".lower()
        if known[hyphened] > known[whole]:
            return text + line
    return text[:-1] + line


def _with_marks(page: Sequence[Line]) -> list[Line]:
    """The page's lines; a list's mark that was drawn by itself stands in front of the line that it marks."""
    marks = [line for line in page if _MARK.fullmatch(line.text)]
    if not marks:
        return list(page)
    lines: list[Line] = []
    for line in page:
        if line in marks:
            continue
        mark = next((mark for mark in marks if abs(mark.y - line.y) < line.size / 3 and mark.x < line.x), None)
        lines.append(line if mark is None else Line(text=f"{mark.text} {line.text}", x=mark.x, y=line.y, size=line.size, bold=line.bold))
    return lines


def _furniture(pages: Sequence[Sequence[Line]], leading: float) -> set[tuple[int, Line]]:
    """The lines near the edge of most pages, numbers aside, that are set apart from what they stand above or below."""
    if len(pages) < MIN_PAGES:
        return set()
    edges: list[tuple[int, list[Line]]] = []
    for number, page in enumerate(pages):
        byheight = sorted(page, key=lambda line: -line.y)
        if len(byheight) > 1:
            edges += [(number, byheight[: EDGE_LINES + 1]), (number, byheight[::-1][: EDGE_LINES + 1])]
    seen: Counter[str] = Counter()
    for number in {number for number, _ in edges}:
        seen.update({_key(line) for each, edge in edges if each == number for line in edge[:EDGE_LINES]})
    least = max(MIN_PAGES, REPEATED * len(pages))
    found: set[tuple[int, Line]] = set()
    for number, edge in edges:
        run: list[tuple[int, Line]] = []
        for line, inner in pairwise(edge):
            if seen[_key(line)] < least:
                break
            run.append((number, line))
            if abs(line.y - inner.y) > GAP * leading:
                found.update(run)
    return found


def _key(line: Line) -> str:
    return f"{round(line.y / 4)}:{_DIGITS.sub('#', ' '.join(line.text.split()).lower())}"


def _is_number_line(line: Line, page: Sequence[Line]) -> bool:
    """A page's number, alone at its top or foot."""
    if not _PAGE_NUMBER.fullmatch(line.text.strip()) or len(page) < MIN_PAGES:
        return False
    return line.y in (min(each.y for each in page), max(each.y for each in page))


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 10.0


def _leading(pages: Sequence[Sequence[Line]], body: float) -> float:
    """The usual distance from one line of body type to the next."""
    gaps: Counter[float] = Counter()
    for page in pages:
        for above, below in pairwise(page):
            gap = above.y - below.y
            if 0 < gap < 3 * body and _alike(above.size, body) and _alike(below.size, body):
                gaps[round(gap, 1)] += 1
    return max(gaps, key=lambda gap: (gaps[gap], -gap)) if gaps else body * 1.25


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= 0.05 * max(one, other)
