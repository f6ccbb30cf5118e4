"""Fetching: politely, within limits, and with a Problem for whatever goes wrong."""

from __future__ import annotations

import asyncio
import gzip
import logging
import socket
import ssl
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback_web import Asked, Silent, Web, answer, page

from presstime.gather.contentcoding import BadCoding, Body
from presstime.gather.fetched import Conditions, Fetched, conditions_of, header_of
from presstime.gather.fetcher import MAX_TRIES, Fetcher, user_agent
from presstime.gather.politeness import Clock, retry_after
from presstime.gather.transport import TooMuch
from presstime.problems import StoryError
from presstime.records import Problem
from presstime.settings import Fetching
from presstime.version import __version__

START = datetime(2026, 3, 4, 18, 20, tzinfo=UTC)
STORY = "<p>Shells fell on the road to Velmora on Wednesday, killing five people, the interior ministry said.</p>"


@dataclass
class Told:
    """A clock that only goes on when something waits; `waits` are how long."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    def clock(self) -> Clock:
        async def sleep(seconds: float) -> None:
            self.waits.append(seconds)
            self.seconds += seconds
            await asyncio.sleep(0)

        return Clock(now=lambda: START + timedelta(seconds=self.seconds), monotonic=lambda: self.seconds, sleep=sleep, lot=lambda: 0.5)


def fetched(
    web: Web, *paths: str, told: Told | None = None, conditions: Conditions | None = None, **settings: object
) -> list[Fetched | Problem]:
    """What comes of asking a server for pages, all at once, by a clock that waits for nothing."""
    max_bytes = settings.pop("max_bytes", 1_000_000)

    async def all_of_them() -> list[Fetched | Problem]:
        given = Fetching(**{"allow": (web.host,), "pause": 0, "robots": False, **settings})  # type: ignore[arg-type]
        async with Fetcher(given, clock=(told or Told()).clock(), max_bytes=max_bytes) as fetcher:  # type: ignore[arg-type]
            return list(await asyncio.gather(*(fetcher.get(web.url(path), conditions) for path in paths)))

    return asyncio.run(all_of_them())


def one(web: Web, path: str = "/", **more: object) -> Fetched:
    [found] = fetched(web, path, **more)  # type: ignore[arg-type]
    assert isinstance(found, Fetched), found
    return found


def problem(web: Web, path: str = "/", **more: object) -> Problem:
    [found] = fetched(web, path, **more)  # type: ignore[arg-type]
    assert isinstance(found, Problem), found
    assert found.why.endswith((".", "]"))
    return found


def in_turn(*routes: bytes) -> Callable[[Asked], bytes]:
    """A route that answers one after the other, the last for good."""
    left = list(routes)
    return lambda asked: left.pop(0) if len(left) > 1 else left[0]


# ---------------------------------------------------------------- what comes back


def test_a_page_as_it_came() -> None:
    with Web({"/notice": page(STORY, ETag='"v1"', Set_Cookie="a=b")}) as web:
        found = one(web, "/notice#part", contact="desk@harrowpost.example")
        assert found.status == 200
        assert found.content == STORY.encode()
        assert found.url == found.final_url == web.url("/notice")
        assert header_of(found, "Content-Type") == "text/html; charset=utf-8"
        assert header_of(found, "set-cookie") is None
        assert found.address == "127.0.0.1"
        assert found.fetched == "2026-03-04T18:20:00+00:00"
        assert web.asked[0].headers["user-agent"] == f"presstime/{__version__} (+desk@harrowpost.example)"
        assert "cookie" not in web.asked[0].headers
        [exchange] = found.exchanges
        assert exchange.request.startswith(b"GET /notice HTTP/1.1\r\n")
        assert exchange.response == web.routes["/notice"]  # byte for byte


def test_a_page_that_is_still_the_same_is_not_sent_again() -> None:
    def route(asked: Asked) -> bytes:
        same = asked.headers.get("if-none-match") == '"v1"' and asked.headers.get("if-modified-since") == "Wed, 04 Mar 2026 18:00:00 GMT"
        return answer("304 Not Modified", ETag='"v1"') if same else page(STORY, ETag='"v1"', Last_Modified="Wed, 04 Mar 2026 18:00:00 GMT")

    with Web({"/": route}) as web:
        first = one(web)
        conditions = conditions_of(first)
        assert conditions == Conditions(etag='"v1"', last_modified="Wed, 04 Mar 2026 18:00:00 GMT")
        again = one(web, conditions=conditions)
        assert (again.status, again.content) == (304, b"")


def test_conditions_that_cannot_stand_in_a_header_are_left_out() -> None:
    with Web({"/": page(STORY)}) as web:
        assert one(web, conditions=Conditions(etag='"ü"', last_modified="x\r\nInjected: yes")).status == 200
        assert not {"if-none-match", "if-modified-since", "injected"} & set(web.asked[0].headers)


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "403 Forbidden", "451 Unavailable"])
def test_an_error_that_will_not_pass_is_an_answer(status: str) -> None:
    with Web({"/": answer(status, b"<p>It is not here.</p>")}) as web:
        assert one(web).status == int(status[:3])
        assert len(web.asked) == 1


def test_a_contact_that_cannot_stand_in_a_header_is_misuse() -> None:
    for contact in ("x\r\nInjected: yes", "", "desk@höfe.example", "a (b)"):
        with pytest.raises(StoryError, match="contact"):
            user_agent(contact)
    with pytest.raises(StoryError, match="proxy"):
        Fetcher(Fetching(proxy="ftp://127.0.0.1"))


# ---------------------------------------------------------------- politeness, measured at the server


def test_at_most_two_at_once_to_a_host() -> None:
    with Web({f"/{n}": page(STORY) for n in range(8)}, seconds=0.05) as web:
        assert all(isinstance(each, Fetched) for each in fetched(web, *(f"/{n}" for n in range(8))))
        assert web.most == 2
        assert sorted(web.paths()) == [f"/{n}" for n in range(8)]


def test_one_at_a_time_where_the_story_says_so() -> None:
    with Web({f"/{n}": page(STORY) for n in range(4)}, seconds=0.02) as web:
        fetched(web, "/0", "/1", "/2", "/3", at_once=1)
        assert web.most == 1


def test_a_pause_between_the_starts_of_requests() -> None:
    async def all_of_them(web: Web) -> None:
        async with Fetcher(Fetching(allow=(web.host,), pause=0.15, robots=False)) as fetcher:
            await asyncio.gather(*(fetcher.get(web.url(f"/{n}")) for n in range(4)))

    with Web({f"/{n}": page(STORY) for n in range(4)}) as web:
        asyncio.run(all_of_them(web))
        begun = sorted(each.begun for each in web.asked)
        assert all(later - earlier >= 0.1 for earlier, later in pairwise(begun))


def test_hosts_do_not_wait_for_each_other() -> None:
    async def both(slow: Web, fast: Web) -> float:
        async with Fetcher(Fetching(allow=(slow.host, f"localhost:{fast.port}"), pause=0, robots=False)) as fetcher:
            waiting = asyncio.gather(*(fetcher.get(slow.url("/")) for _ in range(4)))
            await asyncio.sleep(0.05)
            started = time.monotonic()
            assert isinstance(await fetcher.get(f"http://localhost:{fast.port}/"), Fetched)
            taken = time.monotonic() - started
            await waiting
            return taken

    with Web({"/": page(STORY)}, seconds=0.4) as slow, Web({"/": page(STORY)}) as fast:
        assert asyncio.run(both(slow, fast)) < 0.4


def test_retry_after_holds_the_whole_host() -> None:
    busy = answer("429 Too Many Requests", Retry_After="30")
    with Web({"/a": in_turn(busy, page(STORY)), "/b": page(STORY)}) as web:
        told = Told()

        async def both() -> None:
            async with Fetcher(Fetching(allow=(web.host,), pause=0, at_once=1, robots=False), clock=told.clock()) as fetcher:
                first = asyncio.create_task(fetcher.get(web.url("/a")))
                await asyncio.sleep(0)
                second = asyncio.create_task(fetcher.get(web.url("/b")))
                assert isinstance(await first, Fetched)
                assert isinstance(await second, Fetched)

        asyncio.run(both())
        assert sum(told.waits) == pytest.approx(30)
        assert len(web.asked) == 3


def test_a_host_that_wants_to_be_left_alone_for_long_is() -> None:
    with Web({"/": answer("503 Service Unavailable", Retry_After="86400")}) as web:
        told = Told()

        async def twice() -> tuple[Fetched | Problem, Fetched | Problem, float]:
            async with Fetcher(Fetching(allow=(web.host,), pause=0, robots=False), clock=told.clock()) as fetcher:
                first = await fetcher.get(web.url())
                return first, await fetcher.get(web.url("/other")), fetcher.held(web.url())

        first, second, held = asyncio.run(twice())
        assert isinstance(first, Problem) and isinstance(second, Problem)
        assert first.what == second.what == "busy"
        assert len(web.asked) == 1
        assert held == pytest.approx(86400)
        assert told.waits == []


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("0", 0),
        (format_datetime(START + timedelta(minutes=2), usegmt=True), 120),
        ("soon", None),
        ("-5", None),
        (None, None),
    ],
)
def test_what_retry_after_asks_for(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, START) == seconds


def test_retry_after_in_the_past_is_now() -> None:
    assert retry_after("Wed, 04 Mar 2020 18:00:00 GMT", START) == 0


# ---------------------------------------------------------------- trying again


@pytest.mark.parametrize(
    "status", ["429 Too Many Requests", "500 Internal Server Error", "502 Bad Gateway", "503 Unavailable", "504 Timeout"]
)
def test_what_may_pass_is_tried_again(status: str) -> None:
    with Web({"/": in_turn(answer(status), answer(status), page(STORY))}) as web:
        told = Told()
        assert one(web, told=told).status == 200
        assert len(web.asked) == 3
        assert told.waits == [1.0, 2.0]  # twice as long each time, by a lot that falls in the middle


def test_a_host_that_wants_no_wait_is_given_one_all_the_same() -> None:
    with Web({"/": in_turn(answer("503 Service Unavailable", Retry_After="0"), page(STORY))}) as web:
        told = Told()
        assert one(web, told=told).status == 200
        assert told.waits == [1.0]


def test_trying_again_has_an_end() -> None:
    with Web({"/": answer("503 Service Unavailable")}) as web:
        found = problem(web)
        assert found.what == "busy"
        assert "503" in found.why
        assert len(web.asked) == MAX_TRIES


def test_a_connection_that_breaks_off_is_tried_again() -> None:
    def cut(asked: Asked) -> Iterator[bytes]:
        yield page(STORY)[:-30]

    routes = [cut, cut, lambda asked: page(STORY)]
    with Web({"/": lambda asked: routes.pop(0)(asked)}) as web:  # type: ignore[no-any-return, operator]
        assert one(web).content == STORY.encode()
        assert len(web.asked) == 3


def test_a_server_that_is_not_there() -> None:
    with Web() as web:
        pass
    found = problem(web)
    assert found.what == "connection"
    assert "127.0.0.1" in found.why


def test_a_name_that_is_not_there() -> None:
    async def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    async def once() -> Fetched | Problem:
        async with Fetcher(Fetching(pause=0), clock=Told().clock(), resolver=unknown) as fetcher:
            return await fetcher.get("https://no-such-board.example/")

    found = asyncio.run(once())
    assert isinstance(found, Problem)
    assert found.what == "no-such-host"


@pytest.mark.parametrize(
    "junk",
    [
        b"\x00" * 100,
        b"220 mail.example ESMTP\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 99999 ?\r\n\r\n",
        b"\r\n" * 50,
    ],
)
def test_what_is_not_http_is_a_problem(junk: bytes) -> None:
    def say(asked: Asked) -> Iterator[bytes]:
        yield junk

    with Web({"/": say}) as web:
        assert problem(web).what in ("connection", "broken", "too-large")


# ---------------------------------------------------------------- limits


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "gzip, gzip", "gzip, br"])
def test_a_bomb_is_given_up_while_it_unpacks(coding: str) -> None:
    body = bytes(100_000_000)
    packers: dict[str, Callable[[bytes], bytes]] = {
        "br": lambda data: brotli.compress(data, quality=1),
        "deflate": lambda data: zlib.compress(data, 1),
        "gzip": lambda data: gzip.compress(data, 1),
    }
    for name in coding.split(", "):
        body = packers[name](body)
    with Web({"/": page(body, Content_Encoding=coding)}) as web:
        tracemalloc.start()
        found = problem(web)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert found.what == "too-large"
        assert peak < 30_000_000  # of 100 million
        assert len(web.asked) == 1


def test_a_body_without_end_is_given_up() -> None:
    sent = [0]

    def endless(asked: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        while True:
            sent[0] += 1 << 16
            yield b"10000\r\n" + b"x" * (1 << 16) + b"\r\n"

    with Web({"/": endless}) as web:
        assert problem(web).what == "too-large"
        assert sent[0] < 30_000_000


def test_chunks_that_are_all_marks_count_too() -> None:
    """A byte a chunk, each behind 8 kB of extension."""

    def marks(asked: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        while True:
            yield b"1;" + b"e" * 8000 + b"\r\nx\r\n"

    with Web({"/": marks}) as web:
        assert problem(web).what == "too-large"


def test_a_body_that_says_it_is_too_large_is_not_taken() -> None:
    def huge(asked: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
        yield b"x" * 1000

    with Web({"/": huge}) as web:
        assert problem(web).what == "too-large"


def test_headers_without_end_are_given_up() -> None:
    def headers(asked: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n"
        while True:
            yield b"X-More: " + b"y" * 1000 + b"\r\n"

    with Web({"/": headers}) as web:
        assert problem(web).what in ("too-large", "connection")


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_server_that_drips_hits_the_time_limit(part: str) -> None:
    stop = threading.Event()

    def drip(asked: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n" + (b"Content-Length: 100000\r\n\r\n" if part == "body" else b"")
        for _ in range(400):  # not for ever, should the limit not hold
            if stop.wait(0.02):
                return
            yield b"x" if part == "body" else b"X: y\r\n"

    with Web({"/": drip}) as web:
        started = time.monotonic()
        found = problem(web, seconds=0.4)
        stop.set()
        assert found.what == "timeout"
        assert 0.3 < time.monotonic() - started < 3
        assert len(web.asked) == 1


def test_the_time_limit_holds_over_redirects_and_tries() -> None:
    def slow(asked: Asked) -> bytes:
        time.sleep(0.15)
        return answer("302 Found", Location=f"/{int(asked.path[1:]) + 1}")

    with Web({f"/{n}": slow for n in range(20)}) as web:
        assert problem(web, "/0", seconds=0.5).what == "timeout"
        assert len(web.asked) <= 4


# ---------------------------------------------------------------- redirects, cookies, credentials


def test_redirects_are_followed_and_told() -> None:
    with Web(
        {"/a": answer("301 Moved", Location="b?x=1"), "/b?x=1": answer("302 Found", Location="//{host}/c#d"), "/c": page(STORY)}
    ) as web:
        web.routes["/b?x=1"] = answer("302 Found", Location=f"//{web.host}/c#d")
        found = one(web, "/a")
        assert (found.url, found.final_url) == (web.url("/a"), web.url("/c"))
        assert [each.status for each in found.exchanges] == [301, 302, 200]
        assert web.paths() == ["/a", "/b?x=1", "/c"]


def test_a_circle_of_redirects_is_left() -> None:
    with Web({"/a": answer("302 Found", Location="/b"), "/b": answer("302 Found", Location="/a")}) as web:
        assert problem(web, "/a").what == "redirects"
        assert len(web.asked) == 2


def test_redirects_without_end_are_left() -> None:
    with Web() as web:
        web.routes = {f"/{n}": answer("302 Found", Location=f"/{n + 1}") for n in range(100)}
        assert problem(web, "/0").what == "redirects"
        assert len(web.asked) == 11


@pytest.mark.parametrize("to", ["http://[::1", "http://", "file:///etc/hosts", "javascript:alert(1)", "http://a b/", "ftp://127.0.0.1/x"])
def test_redirects_to_what_is_no_page(to: str) -> None:
    with Web({"/": answer("302 Found", Location=to)}) as web:
        assert problem(web).what in ("redirects", "refused")


def test_a_redirect_that_leads_nowhere_is_an_answer() -> None:
    with Web({"/": answer("302 Found", b"<p>Somewhere else.</p>")}) as web:
        assert one(web).status == 302


def test_a_page_that_wants_a_cookie_before_it_shows_itself() -> None:
    def route(asked: Asked) -> bytes:
        return page(STORY) if "seen=1" in asked.headers.get("cookie", "") else answer("302 Found", Location="/", Set_Cookie="seen=1")

    with Web({"/": route}) as web:
        assert one(web).content == STORY.encode()
        assert one(web).status == 200
        assert "cookie" not in web.asked[2].headers  # nothing is kept until the next page
        assert b"seen=1" not in one(web).exchanges[1].request


def test_cookies_do_not_go_to_another_host() -> None:
    """Nor to another port of it, to which a browser would give them."""
    with Web({"/x": page(STORY)}) as second, Web() as web:
        for host, cookie in ((second.host, "token=geheim"), (f"localhost:{second.port}", "token=geheim; Domain=localhost")):
            web.routes["/"] = answer("302 Found", Location=f"http://{host}/x", Set_Cookie=cookie)
            one(web, allow=(web.host, host))
        assert len(second.asked) == 2
        assert all("cookie" not in asked.headers for asked in second.asked)


def test_credentials_go_to_their_own_host_and_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Web({"/x": page(STORY)}) as second, Web() as web:
        web.routes["/"] = answer("302 Found", Location="/own")
        web.routes["/own"] = answer("302 Found", Location=second.url("/x"))

        async def once() -> Fetched | Problem:
            async with Fetcher(Fetching(allow=(web.host, second.host), pause=0, robots=False)) as fetcher:
                return await fetcher.get(f"http://desk:geheim@{web.host}/")

        found = asyncio.run(once())
        assert isinstance(found, Fetched)
        assert [each.headers.get("authorization", "").split(" ")[0] for each in web.asked] == ["Basic", "Basic"]
        assert "authorization" not in second.asked[0].headers
        told = repr(found) + caplog.text
        assert "geheim" not in told and "ZGVzazpnZWhlaW0=" not in told
        assert b"Authorization: (withheld)\r\n" in found.exchanges[0].request


@pytest.mark.parametrize(
    "url",
    [
        "http://desk:geheim@10.0.0.1/",
        "http://desk:geheim@board.example:99999999/",
        "ftp://desk:geheim@board.example/",
        "http://desk:ge/heim@[/x",
    ],
)
def test_problems_do_not_tell_credentials(url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def once() -> Fetched | Problem:
        async with Fetcher(Fetching(pause=0)) as fetcher:
            return await fetcher.get(url)

    found = asyncio.run(once())
    assert isinstance(found, Problem)
    assert found.what in ("refused", "bad-url")
    assert "heim" not in repr(found) + caplog.text


@given(
    st.one_of(
        st.sampled_from(["", "//x", "http:///x", "mailto:a@b", "javascript:alert(1)", "http://a@", "http:", "\ud800"]), st.text(max_size=40)
    )
)
def test_no_text_makes_fetching_fail(given_text: str) -> None:
    async def nobody(host: str, port: int) -> list[str]:
        return []

    async def once() -> Fetched | Problem:
        quick = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # without the certificates, which take longest to load
        async with Fetcher(Fetching(pause=0, robots=False), resolver=nobody, tls=quick) as fetcher:
            return await fetcher.get(given_text)

    assert isinstance(asyncio.run(once()), Problem)


# ---------------------------------------------------------------- over a proxy


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:80/", "http://0x7f.1/", "http://[::ffff:10.0.0.1]/", "http://localhost/", "http://nas.local/", "http://2852039166/"],
)
def test_a_proxy_is_not_asked_for_ones_own_network(url: str) -> None:
    with Silent() as proxy:

        async def once(kind: str) -> Fetched | Problem:
            async with Fetcher(Fetching(proxy=f"{kind}://127.0.0.1:{proxy.port}", pause=0, robots=False)) as fetcher:
                return await fetcher.get(url)

        for kind in ("http", "socks5"):
            found = asyncio.run(once(kind))
            assert isinstance(found, Problem)
            assert found.what == "refused"
        assert proxy.spoken_to == 0


def test_an_http_proxy_looks_names_up_itself() -> None:
    with Web({"http://board.example/notice": page(STORY)}) as proxy:

        async def never(host: str, port: int) -> list[str]:
            raise AssertionError(f"{host} was looked up here")

        async def once() -> Fetched | Problem:
            settings = Fetching(proxy=f"http://desk:geheim@{proxy.host}", pause=0, robots=False)
            async with Fetcher(settings, resolver=never) as fetcher:
                return await fetcher.get("http://board.example/notice")

        found = asyncio.run(once())
        assert isinstance(found, Fetched)
        assert found.content == STORY.encode()
        assert found.address is None
        assert proxy.asked[0].line == "GET http://board.example/notice HTTP/1.1"
        assert proxy.asked[0].headers["host"] == "board.example"
        assert b"Proxy-Authorization: (withheld)" in found.exchanges[0].request
        assert b"ZGVzazpnZWhlaW0=" not in found.exchanges[0].request


def test_a_socks_proxy_is_given_the_name() -> None:
    """A SOCKS5 server to the letter of RFC 1928, of which one connection is enough."""
    asked: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(5)

    def serve() -> None:
        with listening, listening.accept()[0] as connection:
            connection.settimeout(5)
            connection.recv(3)  # version 5, one method: none
            connection.sendall(b"\x05\x00")
            asked.append(connection.recv(300))
            connection.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
            asked.append(connection.recv(4096))
            connection.sendall(page(STORY))

    thread = threading.Thread(target=serve)
    thread.start()

    async def once() -> Fetched | Problem:
        settings = Fetching(proxy=f"socks5://127.0.0.1:{listening.getsockname()[1]}", pause=0, robots=False)
        async with Fetcher(settings) as fetcher:
            return await fetcher.get("http://noticeboardabc.onion/")

    found = asyncio.run(once())
    thread.join(5)
    assert isinstance(found, Fetched)
    name = b"noticeboardabc.onion"
    assert asked[0] == b"\x05\x01\x00\x03" + bytes([len(name)]) + name + b"\x00\x50"
    assert asked[1] == found.exchanges[0].request  # what was said to the proxy itself is no part of the request


def test_a_proxy_that_talks_nonsense_is_a_problem() -> None:
    def nonsense(asked: Asked) -> Iterator[bytes]:
        yield b"?" * 10

    with Web() as proxy:

        async def once() -> Fetched | Problem:
            settings = Fetching(proxy=f"socks5://{proxy.host}", pause=0, robots=False, seconds=0.5)
            async with Fetcher(settings, clock=Told().clock()) as fetcher:
                return await fetcher.get("http://board.example/")

        proxy.routes["/"] = nonsense
        found = asyncio.run(once())
        assert isinstance(found, Problem)
        assert found.what in ("connection", "timeout")


def test_an_onion_without_a_proxy_is_not_looked_up() -> None:
    async def once() -> Fetched | Problem:
        async with Fetcher(Fetching(pause=0)) as fetcher:
            return await fetcher.get("http://noticeboardabc.onion/")

    found = asyncio.run(once())
    assert isinstance(found, Problem)
    assert found.what == "refused"
    assert "proxy" in found.why


# ---------------------------------------------------------------- unpacking


def unpacked(codings: str, *chunks: bytes, limit: int = 1_000_000) -> bytes:
    body = Body(codings, limit)
    for chunk in chunks:
        body.add(chunk)
    return body.content()


@given(
    st.binary(max_size=3000),
    st.sampled_from(["", "identity", "gzip", "x-gzip", "deflate", "raw", "br", "gzip, br", "deflate, gzip"]),
    st.data(),
)
def test_what_was_packed_comes_out_however_it_is_cut(data: bytes, coding: str, drawn: st.DataObject) -> None:
    packers: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.compress,
        "x-gzip": gzip.compress,
        "deflate": zlib.compress,
        "raw": lambda each: zlib.compress(each, wbits=-15),
        "br": brotli.compress,
    }
    packed = data
    for name in [name for name in coding.split(", ") if name in packers]:
        packed = packers[name](packed)
    cuts = sorted(drawn.draw(st.lists(st.integers(0, len(packed)), max_size=4)))
    chunks = [packed[start:end] for start, end in zip([0, *cuts], [*cuts, len(packed)], strict=True)]
    if coding == "raw" and packed and packed[0] & 0x0F == 8:
        return  # told from zlib's own wrapper by its first bytes: a raw body that begins like one cannot be
    assert unpacked(coding.replace("raw", "deflate"), *chunks) == data


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br"]))
def test_no_bytes_make_unpacking_fail_otherwise(data: bytes, coding: str) -> None:
    with suppress(BadCoding, TooMuch):
        unpacked(coding, data, limit=1000)


def test_several_gzip_members_and_what_follows_them() -> None:
    two = gzip.compress(b"Five ") + gzip.compress(b"dead")
    assert unpacked("gzip", two) == b"Five dead"
    assert unpacked("gzip", two + b"\x00\x00junk") == b"Five dead"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_a_body_that_ends_too_early_is_told(coding: str) -> None:
    import random

    body = random.Random(1).randbytes(5000)
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[coding](body)
    with pytest.raises(BadCoding, match="early"):
        unpacked(coding, packed[:-20])
    with Web({"/": page(packed[:-20], Content_Encoding=coding)}) as web:
        assert problem(web).what == "broken"


@pytest.mark.parametrize("coding", ["zstd", "gzip, gzip, gzip", "made-up"])
def test_codings_that_were_not_asked_for(coding: str) -> None:
    with Web({"/": page(b"abc", Content_Encoding=coding)}) as web:
        assert problem(web).what == "broken"


def test_a_body_of_just_the_limit_is_taken() -> None:
    with Web({"/": page(gzip.compress(bytes(1000)), Content_Encoding="gzip"), "/more": page(bytes(1001))}) as web:
        assert len(one(web, max_bytes=1000).content) == 1000
        assert problem(web, "/more", max_bytes=1000).what == "too-large"
