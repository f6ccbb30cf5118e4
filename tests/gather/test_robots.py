"""robots.txt by RFC 9309: who may fetch what, how fast, and what holds where the file cannot be had."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from loopback_web import Asked, Silent, Web, answer, page
from test_fetch import STORY, Told

from presstime.gather.fetched import Fetched
from presstime.gather.fetcher import Fetcher
from presstime.gather.robots import MAX_BYTES
from presstime.records import Problem
from presstime.settings import Fetching

CLOSED = "User-agent: *\nDisallow: /\n"
Got = Fetched | Problem


def asking(web: Web, ask: Callable[[Fetcher, Told], Awaitable[list[Got]]], **settings: object) -> list[Got]:
    """What comes of some questions to one fetcher, by a clock that waits for nothing."""
    told = Told()

    async def all_of_them() -> list[Got]:
        given = Fetching(**{"allow": (web.host,), "pause": 0, **settings})  # type: ignore[arg-type]
        async with Fetcher(given, clock=told.clock()) as fetcher:
            return await ask(fetcher, told)

    return asyncio.run(all_of_them())


def fetched(web: Web, *paths: str, **settings: object) -> list[Got]:
    async def ask(fetcher: Fetcher, _: Told) -> list[Got]:
        return [await fetcher.get(web.url(path)) for path in paths]

    return asking(web, ask, **settings)


def kinds(found: list[Got]) -> list[int | str]:
    return [each.status if isinstance(each, Fetched) else each.what for each in found]


def robots_asked(web: Web) -> int:
    return sum(each.path == "/robots.txt" for each in web.asked)


@pytest.mark.parametrize(
    ("rules", "path", "open_"),
    [
        ("User-agent: *\nDisallow: /archive/", "/archive/7", False),
        ("User-agent: *\nDisallow: /archive/", "/notice", True),
        ("User-agent: *\nDisallow: /\nAllow: /notice", "/notice", True),  # the longest match counts
        ("User-agent: *\nDisallow: /*.pdf$", "/report.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/report.pdf?x=1", True),
        ("User-agent: PressTime\nDisallow: /\n\nUser-agent: *\nAllow: /", "/notice", False),  # named, in whatever case
        ("User-agent: somebody-else\nDisallow: /", "/notice", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: presstime\nAllow: /", "/notice", True),
        ("User-agent: *\nDisallow:", "/notice", True),
        ("", "/notice", True),
        ("\ufeffUser-agent: *\r\nDisallow: /notice\r\n", "/notice", False),
        ("<html>not a robots.txt</html>", "/notice", True),
    ],
)
def test_what_the_file_says(rules: str, path: str, open_: bool) -> None:
    with Web({"/robots.txt": page(rules), path: page(STORY)}) as web:
        assert kinds(fetched(web, path)) == [200 if open_ else "robots"]
        assert web.paths() == ([path] if open_ else [])


def test_a_story_may_leave_it_unasked() -> None:
    with Web({"/robots.txt": page(CLOSED), "/": page(STORY)}) as web:
        assert kinds(fetched(web, "/", robots=False)) == [200]
        assert robots_asked(web) == 0


@pytest.mark.parametrize("status", ["400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone"])
def test_a_file_that_is_not_there_opens_everything(status: str) -> None:
    with Web({"/robots.txt": answer(status), "/": page(STORY)}) as web:
        assert kinds(fetched(web, "/")) == [200]


@pytest.mark.parametrize("status", ["500 Internal Server Error", "503 Service Unavailable", "429 Too Many Requests"])
def test_a_file_that_cannot_be_had_closes_everything(status: str) -> None:
    with Web({"/robots.txt": answer(status), "/": page(STORY)}) as web:
        [found] = fetched(web, "/")
        assert isinstance(found, Problem)
        assert found.what == "busy"
        assert "robots.txt" in found.why
        assert web.paths() == []


def test_a_host_that_is_not_there_is_asked_again_five_minutes_later() -> None:
    with Web({"/robots.txt": answer("503 Service Unavailable"), "/": page(STORY)}) as web:

        async def ask(fetcher: Fetcher, told: Told) -> list[Got]:
            found = [await fetcher.get(web.url("/"))]
            asked = robots_asked(web)
            found.append(await fetcher.get(web.url("/")))
            assert robots_asked(web) == asked  # not before every page
            web.routes["/robots.txt"] = page("")
            told.seconds += 301
            return [*found, await fetcher.get(web.url("/"))]

        assert kinds(asking(web, ask)) == ["busy", "busy", 200]


def test_a_copy_counts_while_the_file_cannot_be_had() -> None:
    with Web({"/robots.txt": page("User-agent: *\nDisallow: /archive/"), "/": page(STORY), "/archive/7": page(STORY)}) as web:

        async def ask(fetcher: Fetcher, told: Told) -> list[Got]:
            found = [await fetcher.get(web.url("/"))]
            web.routes["/robots.txt"] = answer("503 Service Unavailable")
            told.seconds += 25 * 3600
            return [*found, await fetcher.get(web.url("/")), await fetcher.get(web.url("/archive/7"))]

        assert kinds(asking(web, ask)) == [200, 200, "robots"]


@pytest.mark.parametrize(
    ("control", "kept", "gone"),
    [
        ("max-age=7200", 7100, 7300),
        ("max-age=1", 290, 310),
        ("no-store", 290, 310),
        ("", 3500, 3700),
        ("public, max-age=9999999", 86300, 86500),
    ],
)
def test_it_is_kept_as_its_cache_headers_say_and_a_day_at_most(control: str, kept: float, gone: float) -> None:
    with Web({"/robots.txt": page("", Cache_Control=control), "/": page(STORY)}) as web:

        async def ask(fetcher: Fetcher, told: Told) -> list[Got]:
            await fetcher.get(web.url("/"))
            told.seconds = kept
            await fetcher.get(web.url("/"))
            assert robots_asked(web) == 1
            told.seconds = gone
            return [await fetcher.get(web.url("/"))]

        asking(web, ask)
        assert robots_asked(web) == 2


def test_it_is_asked_for_again_only_where_it_is_another() -> None:
    def rules(asked: Asked) -> bytes:
        same = asked.headers.get("if-none-match") == '"r1"'
        return answer("304 Not Modified", ETag='"r1"') if same else page("User-agent: *\nDisallow: /archive/", ETag='"r1"')

    with Web({"/robots.txt": rules, "/archive/7": page(STORY)}) as web:

        async def ask(fetcher: Fetcher, told: Told) -> list[Got]:
            first = await fetcher.get(web.url("/archive/7"))
            told.seconds += 3700
            return [first, await fetcher.get(web.url("/archive/7"))]

        assert kinds(asking(web, ask)) == ["robots", "robots"]
        assert robots_asked(web) == 2
        assert "if-none-match" in web.asked[1].headers


def test_many_pages_at_once_ask_for_it_once() -> None:
    with Web({"/robots.txt": page(""), **{f"/{n}": page(STORY) for n in range(6)}}, seconds=0.02) as web:

        async def ask(fetcher: Fetcher, _: Told) -> list[Got]:
            return list(await asyncio.gather(*(fetcher.get(web.url(f"/{n}")) for n in range(6))))

        assert kinds(asking(web, ask)) == [200] * 6
        assert robots_asked(web) == 1


def test_every_host_and_port_has_its_own() -> None:
    with Web({"/robots.txt": page(CLOSED), "/": page(STORY)}) as closed, Web({"/": page(STORY)}) as open_:

        async def ask(fetcher: Fetcher, _: Told) -> list[Got]:
            return [await fetcher.get(closed.url("/")), await fetcher.get(open_.url("/"))]

        assert kinds(asking(closed, ask, allow=(closed.host, open_.host))) == ["robots", 200]


def test_a_page_that_is_redirected_to_has_to_be_open_too() -> None:
    with Web({"/robots.txt": page(CLOSED), "/x": page(STORY)}) as second, Web() as web:
        web.routes["/"] = answer("302 Found", Location=second.url("/x"))
        assert kinds(fetched(web, "/", allow=(web.host, second.host))) == ["robots"]
        assert second.paths() == []


def test_its_redirects_are_followed_five_times() -> None:
    with Web({"/": page(STORY)}) as web:
        web.routes["/robots.txt"] = answer("301 Moved", Location="/r1")
        web.routes |= {f"/r{n}": answer("302 Found", Location=f"/r{n + 1}") for n in range(1, 20)}
        web.routes["/r5"] = page(CLOSED)
        assert kinds(fetched(web, "/")) == ["robots"]
        web.routes["/r5"] = answer("302 Found", Location="/r6")
        web.routes["/r6"] = page(CLOSED)
        assert kinds(fetched(web, "/")) == [200]  # after more than five it counts as not there


def test_it_cannot_lead_into_ones_own_network() -> None:
    with Silent() as silent, Web({"/": page(STORY)}) as web:
        web.routes["/robots.txt"] = answer("302 Found", Location=f"http://127.0.0.1:{silent.port}/robots.txt")
        assert kinds(fetched(web, "/")) == ["refused"]
        assert silent.spoken_to == 0


def test_of_a_long_file_the_first_500_kib_count() -> None:
    filler = "# " + "x" * 97 + "\n"
    before = "User-agent: *\nDisallow: /archive/\n" + filler * (MAX_BYTES // 100 - 2)
    after = before + filler * 3 + "Disallow: /\n"
    with Web({"/robots.txt": page(after), "/": page(STORY), "/archive/7": page(STORY)}) as web:
        assert kinds(fetched(web, "/", "/archive/7")) == [200, "robots"]


@pytest.mark.parametrize(
    ("rules", "pause"), [("Crawl-delay: 7", 7), ("Crawl-delay: 86400", 60), ("Request-rate: 1/20", 20), ("Crawl-delay: 0.1", 1)]
)
def test_the_pace_that_a_host_asks_for(rules: str, pause: float) -> None:
    told = Told()
    with Web({"/robots.txt": page(f"User-agent: *\n{rules}\n"), "/a": page(STORY), "/b": page(STORY), "/c": page(STORY)}) as web:

        async def all_of_them() -> None:
            async with Fetcher(Fetching(allow=(web.host,), pause=1), clock=told.clock()) as fetcher:
                await fetcher.get(web.url("/a"))
                before = told.seconds
                await asyncio.gather(fetcher.get(web.url("/b")), fetcher.get(web.url("/c")))
                assert told.seconds - before == pytest.approx(2 * pause)

        asyncio.run(all_of_them())
