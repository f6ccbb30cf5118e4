"""Pages: one where everything fits, else a first page and side pages that hold the rest; every link finds its page.

In: a report's sections as pieces of HTML. Out: what of each section stands on the first page, and the side pages; then whole pages with
their links set right. A link is an anchor within the report; where that anchor stands on another page, its name is put before it. That
needs no script, and works for files in a folder.
Example: "#s-statement-1" on the first page becomes "report-pages/evidence-3.html#s-statement-1".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from presstime.records import Record

__all__ = ["FOLDER", "MAIN", "Limits", "Piece", "Portion", "Section", "divide", "lean", "page_name", "relink"]

MAIN = "report.html"
FOLDER = "report-pages"
_ID = re.compile(r'\sid="([^"]+)"')
_DIRECTION = re.compile(r'</?bdi>| dir="auto"')
_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters of scripts that run from right to left, and the signs that turn text."""
_SPARE = re.compile(r'<span id="(l-[^"]+)"></span>|\sid="(l-[^"]+)"')
_LINK = re.compile(r'href="#([^"]+)"')


class Limits(Record, frozen=True):
    """When a report gets side pages, in characters of HTML.

    Up to `whole` it is one file: chromium on two busy cores opens 4 MB in 1.2 to 1.7 s, the 1.3 MB of a first page in 1.1 s. A side
    page has `page`; a section has `share` of the first page, some 150 lines, so that twenty sections make about 1.3 MB.
    """

    whole: int = 4_000_000
    page: int = 1_200_000
    share: int = 160_000


class Piece(Record, frozen=True):
    """What is never cut: a table, a dispute, an event. `lead` stands before the first piece that has it, and again on a new page."""

    html: str
    lead: str = ""


class Section(Record, frozen=True):
    """A section's pieces; `opening` and `closing` stand around them on every page.

    `part` is how much of a section's share on the first page it gets.
    """

    key: str
    title: str
    pieces: tuple[Piece, ...]
    opening: str = ""
    closing: str = ""
    part: float = 1.0


class Portion(Record, frozen=True):
    """Some of a section's pieces on one page: those from `first` to `last` of `total`, counted from 1. `page` is the page's name."""

    key: str
    title: str
    page: str
    html: str
    first: int
    last: int
    total: int


def lean(html: str) -> str:
    """A piece of HTML without what sets direction, where nothing in it runs from right to left: a seventh of a long report."""
    return html if _TURNING.search(html) else _DIRECTION.sub("", html)


def page_name(key: str, number: int) -> str:
    """The name of a side page: "report-pages/voices-2.html"."""
    return f"{FOLDER}/{key}-{number}.html"


def divide(sections: Sequence[Section], limits: Limits) -> tuple[dict[str, Portion], dict[str, tuple[Portion, ...]]]:
    """What of each section stands on the first page, and its portions on side pages, by the section's key."""
    fits = sum(len(piece.html) for section in sections for piece in section.pieces) <= limits.whole
    main: dict[str, Portion] = {}
    side: dict[str, tuple[Portion, ...]] = {}
    for section in sections:
        at = len(section.pieces) if fits else _take(section.pieces, 0, int(section.part * limits.share), least=0)
        main[section.key] = _portion(section, MAIN, 0, at)
        portions: list[Portion] = []
        while at < len(section.pieces):
            end = _take(section.pieces, at, limits.page, least=1)
            number = len(portions) + (2 if main[section.key].last else 1)
            portions.append(_portion(section, page_name(section.key, number), at, end))
            at = end
        side[section.key] = tuple(portions)
    return main, side


def _take(pieces: Sequence[Piece], start: int, room: int, *, least: int) -> int:
    """Where to stop so that what is taken from `start` has room; at least so many pieces are taken."""
    end, used = start, 0
    while end < len(pieces) and (end < start + least or used + len(pieces[end].html) <= room):
        used += len(pieces[end].html)
        end += 1
    return end


def _portion(section: Section, page: str, start: int, end: int) -> Portion:
    written: list[str] = []
    lead = ""
    for piece in section.pieces[start:end]:
        if piece.lead != lead:
            lead = piece.lead
            written.append(lead)
        written.append(piece.html)
    html = f"{section.opening}{''.join(written)}{section.closing}" if written else ""
    return Portion(
        key=section.key, title=section.title, page=page, html=html, first=start + 1 if written else 0, last=end, total=len(section.pieces)
    )


def relink(pages: Mapping[str, str]) -> dict[str, str]:
    """The pages, with every link to an anchor that stands on another page leading there."""
    if len(pages) == 1:
        return dict(pages)
    pages, instead = _without_spares(pages)
    own = {name: set(_ID.findall(html)) for name, html in pages.items()}
    page_of: dict[str, str] = {}
    for name in pages:
        for anchor in own[name]:
            page_of.setdefault(anchor, name)

    def linked(name: str, html: str) -> str:
        def link(match: re.Match[str]) -> str:
            anchor = instead.get(match[1], match[1])
            page = page_of.get(anchor)
            if page is None or anchor in own[name]:
                return f'href="#{anchor}"'
            return f'href="{_way(name, page)}#{anchor}"'

        return _LINK.sub(link, html)

    return {name: linked(name, html) for name, html in pages.items()}


def _without_spares(pages: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The pages without the further anchors of a line that stands for several records, and the line's own for each of these."""
    instead: dict[str, str] = {}
    kept: dict[str, str] = {}
    for name, html in pages.items():
        line = ""

        def spare(match: re.Match[str]) -> str:
            nonlocal line
            if match[2] is not None:
                line = match[2]
                return match[0]
            instead[match[1]] = line
            return ""

        kept[name] = _SPARE.sub(spare, html)
    return kept, instead


def _way(start: str, end: str) -> str:
    """The address of a page as seen from another."""
    if start == MAIN:
        return end
    return f"../{end}" if end == MAIN else end.removeprefix(f"{FOLDER}/")
