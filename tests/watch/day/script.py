"""The script of a day: fifty papers' feeds and their pages, which come, change, fail, redirect and vanish; and what is to be told.

`Script.of(papers=50, pages=2000)` gives always the same day. `answer(host, path, now, headers)` is what a server says at a
moment; `expected` is a Counter of (kind of change, address of the page), from the script alone.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from html import escape
from random import Random

from tests.gather.loopback_web import answer
from tests.watch.day.jumping import DAY

__all__ = ["HOUR", "Page", "Script"]

HOUR = 3600.0
TOWNS = (
    *("Velm", "Kestel", "Dunmar", "Zelno", "Falkirr", "Tarnholt", "Ombrey", "Ostvik", "Brannock", "Culmore", "Dreswick", "Eskeld"),
    *("Farrow", "Grenholt", "Halvik", "Istrand", "Jarnow", "Keldby", "Lorvik", "Merrow", "Norholt", "Ostrand", "Pellworm", "Quarne"),
    *("Rosvik", "Selby", "Tormund", "Ulvik", "Varholm", "Wexmoor"),
)
GIVERS = ("fire service", "hospital", "police", "rescue service")
ARMIES = (("Keldan", "Ledovian"), ("Ombrian", "Tarnish"), ("Ostrian", "Velmish"), ("Harrowese", "Corran"), ("Brennish", "Sarvian"))
COLOUR = "The road to {0} stayed closed on Wednesday after the collapse. Buses were led round the town. The weather was dry."
DULL = "The council of {0} met on Wednesday to talk about a new library. The members drank tea. A vote was put off to the spring."


@dataclass
class Page:
    """A page: when its feed names it, and its texts from moment to moment. `None` says that it is not there any more."""

    url: str
    title: str
    at: float
    texts: list[tuple[float, str | None]]
    status: int = 404
    busy: tuple[float, float] = (0.0, 0.0)
    late: float = 0.0
    slip: int = 0
    moves: float | None = None
    to: str | None = None
    looked_at: int = 0


@dataclass
class Script:
    """The day's pages by host, the feeds' failures, and what a watch is to tell."""

    port: int
    papers: int
    silent: int
    towns: Sequence[str]
    pages: dict[str, dict[str, Page]] = field(default_factory=dict)
    failing: dict[str, tuple[float, float, str]] = field(default_factory=dict)
    expected: Counter[tuple[str, str]] = field(default_factory=Counter)
    forbidden: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, *, port: int, silent: int, papers: int, pages: int, towns: int) -> Script:
        """The day of so many papers and pages; four a town are on topic. At the port `silent` nobody should be spoken to."""
        script = cls(port, papers, silent, TOWNS[:towns])
        script.pages = {script.host(n): {} for n in range(papers)}
        lots = Random(20260304)
        script._stories(lots)
        script._ways_to_fail()
        number = sum(map(len, script.pages.values()))
        for n in range(max(0, pages - number)):
            town = TOWNS[n % len(TOWNS)]
            page = script._page(n, f"Council of {town} meets", f"{DULL.format(town)} Number {n}.", lots.uniform(0, 21) * HOUR)
            if n % 5 < 2:  # what becomes of a page that is off topic is nobody's business
                page.texts.append((page.at + HOUR, "The council met once more." if n % 5 else None))
        return script

    def host(self, number: int) -> str:
        """A paper's host and port."""
        return f"paper{number % self.papers:02}.example:{self.port}"

    @property
    def hosts(self) -> list[str]:
        return list(self.pages)

    def feed_url(self, number: int) -> str:
        return f"http://{self.host(number)}/feed.xml"

    # ------------------------------------------------------------ what happens

    def _page(self, paper: int, title: str, text: str, at: float) -> Page:
        held = self.pages[self.host(paper)]
        url = f"http://{self.host(paper)}/page/{len(held)}"
        held[url] = page = Page(url, title, at, [(at, text)])
        return page

    def _tells(self, kind: str, page: Page) -> None:
        self.expected[kind, page.url] += 1

    def _stories(self, lots: Random) -> None:
        paper = 0
        for k, town in enumerate(self.towns):  # a toll that moves twice, each time in another paper
            giver = f"the {town} {GIVERS[k % len(GIVERS)]}"
            for step, dead in enumerate((3, 7, 12)):
                at = (0.3 + 5 * step + lots.uniform(0, 3)) * HOUR
                text = f"In {town}, {dead} people were killed in the collapse of a school, {giver} said on Wednesday. Work was going on."
                self._tells("figure-moved", self._page(paper, f"Toll of the collapse in {town}", text, at))
                paper += 7
        for k, (one, other) in enumerate(ARMIES):  # a claim, and its denial hours later
            town = TOWNS[-1 - k]
            text = f"The {other} army shelled the market of {town} on Wednesday, the {one} army said. The collapse of a roof followed."
            self._page(paper, f"Shelling in {town}", text, (2 + k / 3) * HOUR)
            text = f"The {other} army denied that it had shelled the market of {town} on Wednesday. It spoke after the collapse of a roof."
            self._tells("denial", self._page(paper + 3, f"Denial over {town}", text, (9 + k / 2) * HOUR))
            paper += 11
        for k, town in enumerate(self.towns):  # reports that are altered, removed, or stay as they are
            at = lots.uniform(0.5, 3) * HOUR
            text = COLOUR.format(town)
            page = self._page(paper, f"Road to {town} closed", text, at)
            if k % 3 == 0:
                page.texts.append((at + lots.uniform(1.5, 2.5) * HOUR, f"{text} A bridge was looked at by engineers."))
                self._tells("document-changed", page)
            if k % 6 == 0:
                page.texts.append((at + lots.uniform(7, 9) * HOUR, f"{text} The bridge was found to be safe by its engineers."))
                self._tells("document-changed", page)
            if k % 3 == 1:
                page.texts.append((at + lots.uniform(5, 9) * HOUR, None))
                page.status = 410 if k % 2 else 404
                self._tells("document-gone", page)
            paper += 13

    def _ways_to_fail(self) -> None:
        """Pages that are hard to have: none of this is a change, and none of it may cost another page."""
        self.failing = {
            self.host(4): (3 * HOUR, 5 * HOUR, "error"),
            self.host(9): (6 * HOUR, 8 * HOUR, "broken"),
            self.host(14): (10 * HOUR, 11 * HOUR, "reset"),
            self.host(19): (5 * HOUR, 7 * HOUR, "wait"),
        }
        self._page(5, "Road to Busy", COLOUR.format("Busy"), 2 * HOUR).busy = (1.9 * HOUR, 2.5 * HOUR)
        self._page(6, "Road to Late", COLOUR.format("Late"), 3 * HOUR).late = 90.0
        self._page(8, "Road to Slip", COLOUR.format("Slip"), 3 * HOUR).slip = 4
        self._page(10, "Road to Moved", COLOUR.format("Moved"), 3 * HOUR).moves = 8 * HOUR
        for k, to in enumerate((f"http://127.0.0.1:{self.silent}/", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.7/")):
            self._page(11 + k, "Elsewhere", "Elsewhere.", 2 * HOUR).to = to
        hidden = self._page(15, "Not for robots", COLOUR.format("Hidden"), 2 * HOUR)
        self.forbidden.add(hidden.url)

    # ------------------------------------------------------------ what the server says

    def answer(self, host: str, path: str, now: float, headers: dict[str, str]) -> bytes:
        if path == "/robots.txt":
            rules = "".join(f"Disallow: {url.partition(host)[2]}\n" for url in sorted(self.forbidden) if host in url)
            told = {"Cache_Control": "max-age=86400", "Content_Type": "text/plain"}
            return answer("200 OK", f"User-agent: *\n{rules}".encode(), **told) if rules else answer("404 Not Found", b"", **told)
        if host not in self.pages:
            return answer("404 Not Found")
        if path == "/feed.xml":
            return self._feed(host, now, headers)
        page = self.pages[host].get(f"http://{host}{path.removesuffix('/moved')}")
        return self._page_answer(page, path, now, headers) if page is not None and page.at <= now else answer("404 Not Found")

    def _page_answer(self, page: Page, path: str, now: float, headers: dict[str, str]) -> bytes:
        page.looked_at += 1
        if page.to is not None:
            return answer("302 Found", Location=page.to)
        if page.busy[0] <= now < page.busy[1]:
            return answer("503 Service Unavailable")
        if now < page.at + page.late or page.looked_at == page.slip:
            return answer("404 Not Found")
        if page.moves is not None and now >= page.moves and not path.endswith("/moved"):
            return answer("301 Moved Permanently", Location=f"{path}/moved")
        text = [text for at, text in page.texts if at <= now][-1]
        if text is None:
            return answer(f"{page.status} Gone")
        told = format_datetime(DAY + timedelta(seconds=page.at))
        body = (
            f"<html><head><title>{escape(page.title)}</title>"
            f"<meta property='article:published_time' content='{escape(_iso(page.at))}'></head>"
            f"<body><article><h1>{escape(page.title)}</h1><p>{escape(text)}</p></article><p>{told}</p></body></html>"
        )
        return _conditional(body.encode(), "text/html; charset=utf-8", headers)

    def _feed(self, host: str, now: float, headers: dict[str, str]) -> bytes:
        first, last, how = self.failing.get(host, (0.0, 0.0, ""))
        if first <= now < last:
            if how == "reset":
                return b""
            if how == "wait":
                return answer("503 Service Unavailable", Retry_After=str(int(last - now)))
            return answer("500 Internal Server Error") if how == "error" else answer("200 OK", b"<rss><channel><item><title>half")
        items = "".join(
            f"<item><title>{escape(page.title)}</title><link>{page.url}</link><guid>{page.url}</guid>"
            f"<pubDate>{format_datetime(DAY + timedelta(seconds=page.at))}</pubDate></item>"
            for page in sorted(self.pages[host].values(), key=lambda page: -page.at)
            if page.at <= now
        )
        body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>{host.partition('.')[0]}</title>{items}</channel></rss>"
        return _conditional(body.encode(), "application/rss+xml", headers)


def _conditional(body: bytes, kind: str, headers: dict[str, str]) -> bytes:
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    if headers.get("if-none-match") == etag:
        return answer("304 Not Modified", ETag=etag)
    return answer("200 OK", body, Content_Type=kind, ETag=etag)


def _iso(at: float) -> str:
    return (DAY + timedelta(seconds=at)).isoformat()
