"""robots.txt: whether a page may be fetched, and how fast, by RFC 9309.

In: a page's address, and a way to fetch robots.txt. Out: `Rules`, kept for as long as the answer's cache headers say,
a day at most. "Disallow: /archive/" for every agent keeps presstime from https://board.example/archive/7.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx

from presstime.gather.fetched import Conditions, Fetched, conditions_of, header_of
from presstime.records import Problem

__all__ = ["AGENT", "MAX_BYTES", "Robots", "Rules", "fresh_for"]

AGENT = "presstime"
"""The product token by which robots.txt may name presstime."""
MAX_BYTES = 500 * 1024
"""What RFC 9309 (2.5) has a reader take at least; the rest of a longer file is left out."""
MAX_REDIRECTS = 5
"""RFC 9309 (2.3.1.2): five are followed; after more the file counts as not there."""
LONGEST = 24 * 3600.0
"""RFC 9309 (2.4): no copy is used for longer while the file can be had."""
USUAL = 3600.0
"""How long an answer without cache headers is used."""
SHORTEST = 300.0
"""A server that lets nothing be kept is asked for its robots.txt every five minutes all the same, not before each page."""
UNREACHABLE = 300.0
"""How soon a host whose robots.txt could not be had is asked for it again."""
MAX_PAUSE = 60.0
"""A Crawl-delay counts up to a minute: some say a day, which would be a Disallow."""

_NO_PAGE_EITHER = frozenset({"refused", "bad-url", "no-such-host", "tls"})
"""What keeps presstime from robots.txt and from the page alike: said of the page in its own words."""
_MAX_AGE = re.compile(r"(?:^|[\s,])(?:s-maxage|max-age)\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|[\s,])(?:no-store|no-cache)(?:$|[\s,=])", re.IGNORECASE)


@dataclass(frozen=True)
class Rules:
    """What a host's robots.txt says. `parsed` is None where there is none; `problem` says why nothing may be fetched."""

    parsed: Any = None
    problem: Problem | None = None
    pause: float = 0.0
    until: float = 0.0
    conditions: Conditions | None = None


class Robots:
    """The rules of every host asked so far. `load` fetches a robots.txt, without asking for leave itself."""

    def __init__(self, load: Callable[[str, Conditions | None], Awaitable[Fetched | Problem]], monotonic: Callable[[], float]) -> None:
        self._load, self._monotonic = load, monotonic
        self._known: dict[str, Rules] = {}
        self._loading: dict[str, asyncio.Lock] = {}

    async def rules(self, url: httpx.URL) -> Rules:
        """The rules of a page's host, fetched where none are known that still count."""
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        async with self._loading.setdefault(origin, asyncio.Lock()):
            known = self._known.get(origin)
            if known is None or known.until <= self._monotonic():
                known = self._after(await self._load(f"{origin}/robots.txt", known.conditions if known else None), known)
                self._known[origin] = known
            return known

    async def problem(self, url: httpx.URL) -> tuple[Problem | None, float]:
        """What keeps a page from being fetched, if anything, and the seconds that its host wants between requests."""
        rules = await self.rules(url)
        where = str(url)
        if rules.problem is not None:
            return Problem(where=where, what=rules.problem.what, why=rules.problem.why), 0.0
        if rules.parsed is not None and not rules.parsed.can_fetch(where, AGENT):
            why = f"The robots.txt of {url.host} asks not to fetch this page. Save it with a browser and give the file, or ask for leave."
            return Problem(where=where, what="robots", why=why), 0.0
        return None, rules.pause

    def _after(self, answer: Fetched | Problem, before: Rules | None) -> Rules:
        """The rules after an answer: RFC 9309, 2.3.1."""
        now = self._monotonic()
        if isinstance(answer, Problem):
            if answer.what in _NO_PAGE_EITHER:
                return Rules(problem=answer, until=now)
            if answer.what == "redirects":
                return Rules(until=now + USUAL)
            return self._unreachable(answer, before, now)
        until = now + fresh_for(answer)
        if answer.status == 304 and before is not None:
            return Rules(parsed=before.parsed, pause=before.pause, until=until, conditions=before.conditions)
        if 200 <= answer.status < 300:
            from protego import Protego

            parsed = Protego.parse(answer.content.decode("utf-8-sig", "replace"))
            rate = parsed.request_rate(AGENT)
            pause = max(parsed.crawl_delay(AGENT) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)
            return Rules(parsed=parsed, pause=min(pause, MAX_PAUSE), until=until, conditions=conditions_of(answer))
        return Rules(until=until)  # 4xx, and redirects to nowhere: "unavailable", so all may be fetched

    def _unreachable(self, answer: Problem, before: Rules | None, now: float) -> Rules:
        """A copy goes on counting while the file cannot be had; without one nothing may be fetched."""
        if before is not None and before.parsed is not None:
            return Rules(parsed=before.parsed, pause=before.pause, until=now + UNREACHABLE, conditions=before.conditions)
        why = f"Its host's robots.txt, which says what may be fetched, could not be had: {answer.why}"
        return Rules(problem=Problem(where=answer.where, what=answer.what, why=why), until=now + UNREACHABLE)


def fresh_for(answer: Fetched) -> float:
    """Seconds for which an answer may be used again by its cache headers, between five minutes and a day."""
    control = header_of(answer, "cache-control") or ""
    if _NOT_KEPT.search(control):
        return SHORTEST
    age = _MAX_AGE.search(control)
    return min(max(float(age[1]), SHORTEST), LONGEST) if age else USUAL
