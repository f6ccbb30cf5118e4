"""The fetcher: pages from the network, politely and within limits.

In: an address, and what is known of the page from the last time. Out: `Fetched`, or a Problem that says why not.
Asynchronous, so that many hosts are asked at once while each is asked at its own pace.

`async with Fetcher(settings) as fetcher: answer = await fetcher.get("https://board.example/notice")`.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from types import TracebackType

import httpcore
import httpx

from presstime.gather.contentcoding import ACCEPTED, BadCoding, Body
from presstime.gather.fetched import Conditions, Exchange, Fetched
from presstime.gather.guard import Guard, Refused, Resolver, UnknownHost, resolve
from presstime.gather.names import safe_name
from presstime.gather.politeness import Clock, Turns, retry_after
from presstime.gather.robots import MAX_BYTES as MAX_ROBOTS
from presstime.gather.robots import MAX_REDIRECTS as MAX_ROBOTS_REDIRECTS
from presstime.gather.robots import Robots
from presstime.gather.transport import GuardedTransport, TooMuch, Traffic, proxy_of
from presstime.problems import StoryError
from presstime.records import Problem, Record
from presstime.settings import Fetching
from presstime.version import __version__

__all__ = ["Fetcher", "user_agent"]

MAX_PAGE = 20_000_000
"""Bytes of a page, as sent and unpacked: a statement as PDF with its pictures; a page of text may have fewer (inputs.py)."""
MAX_REDIRECTS = 10
MAX_SHOWN = 1000
MAX_TRIES = 4
FIRST_WAIT = 1.0
"""Seconds before the second try; twice as long before each further one, more or less by half as the lot falls."""
MAX_WAIT = 120.0
"""A server that asks for a longer wait is left alone; the page is a Problem that says when to come back."""
CONNECT_SECONDS = 10.0
IDLE_SECONDS = 20.0

_TRY_AGAIN = frozenset({408, 425, 429})
"""And every 5xx: the server's own fault, which may pass."""
_REDIRECT = frozenset({301, 302, 303, 307, 308})
_ACCEPT = "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/json, application/pdf, */*;q=0.5"
_SECRET = re.compile(rb"^((?:proxy-)?authorization|cookie):[^\r\n]*", re.IGNORECASE | re.MULTILINE)
_ADVICE = {
    "timeout": "Try again later, or save the page with a browser and give the file.",
    "connection": "Try again later, or check the address.",
    "busy": "Try again later.",
}


class _Reply(Record, frozen=True):
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    exchange: Exchange


class _Failure(Record, frozen=True):
    what: str
    why: str
    again: bool = False
    after: float | None = None


class _Budget:
    """The seconds that one page has left over all its redirects and tries."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds


class Fetcher:
    """Fetches pages by the settings of a story. Use it in an `async with`, or close it, in one event loop.

    Nothing is kept between pages but each host's pace and robots.txt: no cookies, no credentials. Raises StoryError
    where a setting cannot be used.
    """

    def __init__(
        self,
        settings: Fetching | None = None,
        *,
        clock: Clock | None = None,
        resolver: Resolver = resolve,
        max_bytes: int = MAX_PAGE,
        tls: ssl.SSLContext | None = None,
        backend: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._settings = settings = settings or Fetching()
        self._clock = clock = clock or Clock()
        self._agent = user_agent(settings.contact)
        self._max_bytes = max_bytes
        proxy = proxy_of(settings.proxy)
        self._guard = Guard(settings.allow, resolver=resolver, by_proxy=proxy is not None)
        self._transport = GuardedTransport(self._guard, limit=max(max_bytes, MAX_ROBOTS), proxy=proxy, tls=tls, backend=backend)
        self._turns = Turns(clock, at_once=settings.at_once, pause=settings.pause)
        self._robots = Robots(self._robots_file, clock.monotonic)

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._transport.aclose()

    async def get(self, url: str, conditions: Conditions | None = None) -> Fetched | Problem:
        """The page at an address, after redirects; with `conditions` an answer 304 where it is still the same.

        Kinds of Problem: bad-url, refused, robots, no-such-host, tls, connection, timeout, busy (the server is not up
        to it, after tries), redirects, too-large, broken.
        """
        return await self._get(url, conditions, limit=self._max_bytes, redirects=MAX_REDIRECTS, robots=self._settings.robots)

    def held(self, url: str) -> float:
        """Seconds for which the page's host has asked to be left alone; 0 where it may be asked."""
        try:
            return self._turns.held(httpx.URL(url).host)
        except httpx.InvalidURL:
            return 0.0

    async def _robots_file(self, url: str, conditions: Conditions | None) -> Fetched | Problem:
        return await self._get(url, conditions, limit=MAX_ROBOTS, redirects=MAX_ROBOTS_REDIRECTS, robots=False, cut=True)

    async def _get(
        self, given: str, conditions: Conditions | None, *, limit: int, redirects: int, robots: bool, cut: bool = False
    ) -> Fetched | Problem:
        shown = _without_secrets(given)
        try:
            asked = httpx.URL(given)
        except (httpx.InvalidURL, ValueError, TypeError):
            return Problem(where=shown, what="bad-url", why="This is no address that a page can have. Check it.")
        secret = _basic(asked)
        url = first = _plain(asked)
        budget, exchanges, seen = _Budget(self._settings.seconds), list[Exchange](), set[tuple[str, str]]()
        cookies: dict[str, httpx.Cookies] = {}
        for _ in range(redirects + 1):
            if fault := self._guard.url_fault(url):
                return Problem(where=shown, what="refused", why=_redirected(first, url) + fault)
            if robots:
                problem, pause = await self._robots.problem(url)
                if problem is not None:
                    return Problem(where=shown, what=problem.what, why=_redirected(first, url) + problem.why)
                self._turns.slow(url.host, pause)
            request = self._request(url, conditions, secret if _same_origin(url, first) else None, cookies)
            mark = (str(url), request.headers.get("cookie", ""))
            if mark in seen:
                return Problem(where=shown, what="redirects", why=f"The page redirects in a circle, by way of {url}. Check the address.")
            seen.add(mark)
            reply = await self._tried(request, budget, limit, cut)
            if isinstance(reply, _Failure):
                return Problem(where=shown, what=reply.what, why=_redirected(first, url) + reply.why)
            exchanges.append(reply.exchange)
            _keep_cookies(cookies, request, reply)
            to = dict(reply.headers).get("location")
            if reply.status not in _REDIRECT or not to:
                return self._fetched(first, url, reply, exchanges)
            try:
                url = _plain(url.join(to))
            except (httpx.InvalidURL, ValueError):
                return Problem(where=shown, what="redirects", why="The page redirects to what is no address. Check it with a browser.")
        return Problem(where=shown, what="redirects", why=f"The page redirects more than {redirects} times. Check the address.")

    def _fetched(self, first: httpx.URL, url: httpx.URL, reply: _Reply, exchanges: list[Exchange]) -> Fetched:
        return Fetched(
            url=str(first),
            final_url=str(url),
            status=reply.status,
            headers=tuple((name, value) for name, value in reply.headers if name != "set-cookie"),
            content=reply.content,
            fetched=self._clock.now().isoformat(timespec="seconds"),
            address=reply.exchange.address,
            exchanges=tuple(exchanges),
        )

    def _request(
        self, url: httpx.URL, conditions: Conditions | None, secret: str | None, cookies: dict[str, httpx.Cookies]
    ) -> httpx.Request:
        headers = {"User-Agent": self._agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED}
        stated = {"If-None-Match": conditions.etag, "If-Modified-Since": conditions.last_modified} if conditions is not None else {}
        headers |= {name: value for name, value in stated.items() if value and value.isascii() and value.isprintable()}
        if secret is not None:
            headers["Authorization"] = secret
        timeouts = {"connect": CONNECT_SECONDS, "read": IDLE_SECONDS, "write": IDLE_SECONDS, "pool": None}
        request = httpx.Request("GET", url, headers=headers, extensions={"timeout": timeouts})
        if (jar := cookies.get(_origin(url))) is not None:
            jar.set_cookie_header(request)
        return request

    async def _tried(self, request: httpx.Request, budget: _Budget, limit: int, cut: bool) -> _Reply | _Failure:
        """The reply to a request, tried again where that may help; the last failure where it did not."""
        host = request.url.host
        found: _Reply | _Failure = _Failure(what="timeout", why=self._too_slow())
        for number in range(MAX_TRIES):
            if (held := self._turns.held(host)) > MAX_WAIT:
                return _Failure(what="busy", why=f"{host} asks to be left alone for {held:,.0f} seconds more. {_ADVICE['busy']}")
            async with self._turns.turn(host):
                found = await self._once(request, budget, limit, cut)
                if isinstance(found, _Failure) and found.after is not None:
                    self._turns.hold(host, found.after)
            if isinstance(found, _Reply) or not found.again or budget.left <= 0:
                return found
            if number + 1 < MAX_TRIES and not found.after:
                await self._clock.sleep(FIRST_WAIT * 2**number * (0.5 + self._clock.lot()))
        return found

    async def _once(self, request: httpx.Request, budget: _Budget, limit: int, cut: bool) -> _Reply | _Failure:
        started, host = time.monotonic(), request.url.host
        when = self._clock.now().isoformat(timespec="seconds")
        try:
            async with asyncio.timeout(max(budget.left, 0)):
                return await self._exchange(request, when, limit, cut)
        except Refused as error:
            return _Failure(what="refused", why=str(error))
        except UnknownHost as error:
            return _Failure(what="no-such-host", why=f"{error} Check the address, or the network.", again=error.passing)
        except TooMuch as error:
            return _Failure(what="too-large", why=f"{error} Save what is needed of it with a browser and give the file.")
        except BadCoding as error:
            return _Failure(what="broken", why=f"The page cannot be unpacked ({error}). Save it with a browser and give the file.")
        except TimeoutError:
            return _Failure(what="timeout", why=self._too_slow())
        except httpx.TimeoutException:
            return _Failure(what="timeout", why=f"{host} did not answer in time. {_ADVICE['timeout']}", again=True)
        except (httpx.LocalProtocolError, httpx.UnsupportedProtocol) as error:
            return _Failure(what="bad-url", why=f"The page cannot be asked for ({error}). Check the address.")
        except Exception as error:  # whatever a server or proxy says, and however a library fails on it, it ends one page only
            if _caused_by(error, ssl.SSLError):
                why = f"No connection to {host} can be made that is to be trusted ({error}). Check the address, or use a browser."
                return _Failure(what="tls", why=why)
            return _Failure(what="connection", why=f"The connection to {host} failed or broke off. {_ADVICE['connection']}", again=True)
        finally:
            budget.left -= time.monotonic() - started

    async def _exchange(self, request: httpx.Request, when: str, limit: int, cut: bool) -> _Reply | _Failure:
        response = await self._transport.handle_async_request(request)
        try:
            if response.status_code in _TRY_AGAIN or response.status_code >= 500:
                after = retry_after(response.headers.get("retry-after"), self._clock.now())
                why = f"{request.url.host} answered {response.status_code} {response.reason_phrase}: it cannot serve the page now. "
                return _Failure(what="busy", why=why + _ADVICE["busy"], again=True, after=after)
            body = Body("" if response.status_code in (204, 304) else response.headers.get("content-encoding", ""), limit, cut=cut)
            if not cut and response.headers.get("content-length", "").isdigit() and int(response.headers["content-length"][:18]) > limit:
                raise TooMuch(f"The page has more than the {limit:,} bytes allowed for one.")
            async for chunk in response.aiter_raw():
                body.add(chunk)
                if body.full:
                    break
            traffic: Traffic = response.extensions["exchange"]
            exchange = Exchange(
                url=str(request.url),
                status=response.status_code,
                request=_SECRET.sub(rb"\1: (withheld)", bytes(traffic.sent)),
                response=bytes(traffic.received),
                address=traffic.address,
                when=when,
            )
            headers = tuple((name.lower(), value) for name, value in response.headers.multi_items())
            return _Reply(status=response.status_code, headers=headers, content=body.content(), exchange=exchange)
        finally:
            await response.aclose()

    def _too_slow(self) -> str:
        return f"The page took more than the {self._settings.seconds:g} seconds allowed for one. {_ADVICE['timeout']}"


def user_agent(contact: str | None) -> str:
    """How presstime names itself to servers. Raises StoryError for a contact that cannot stand in a header."""
    if contact is None:
        return f"presstime/{__version__}"
    if not contact.strip() or not contact.isascii() or not contact.isprintable() or set("()") & set(contact):
        raise StoryError("story.toml: fetch, contact: write an e-mail address or a page's address, such as desk@outlet.example")
    return f"presstime/{__version__} (+{contact.strip()})"


def _plain(url: httpx.URL) -> httpx.URL:
    """An address without credentials and fragment."""
    return url.copy_with(username="", password="", fragment=None)


def _without_secrets(given: str) -> str:
    """An address as it may be shown: without credentials, even where it is none that can be taken apart."""
    try:
        shown = str(_plain(httpx.URL(given)))
    except (httpx.InvalidURL, ValueError, TypeError):
        shown = str(given).rpartition("@")[2]
    return safe_name(shown[:MAX_SHOWN])


def _basic(url: httpx.URL) -> str | None:
    if not url.username and not url.password:
        return None
    request = next(httpx.BasicAuth(url.username, url.password).auth_flow(httpx.Request("GET", "http://x/")))
    return request.headers["Authorization"]


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _same_origin(url: httpx.URL, other: httpx.URL) -> bool:
    return _origin(url) == _origin(other)


def _redirected(first: httpx.URL, url: httpx.URL) -> str:
    return "" if url == first else f"The page redirects to {url}. "


def _keep_cookies(cookies: dict[str, httpx.Cookies], request: httpx.Request, reply: _Reply) -> None:
    """A page's cookies, for its own host and for the redirects of this one page: some sites send a reader in a circle without."""
    if any(name == "set-cookie" for name, _ in reply.headers):
        jar = cookies.setdefault(_origin(request.url), httpx.Cookies())
        jar.extract_cookies(httpx.Response(reply.status, headers=list(reply.headers), request=request))


def _caused_by(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None:
        if isinstance(error, kind):
            return True
        error = error.__cause__ or error.__context__
    return False
