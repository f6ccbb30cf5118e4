"""The desk in a real browser: nothing axe-core finds on any page, no sideways scrolling, nothing from elsewhere, the keys, no script."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from presstime.desk.accounts import Accounts
from presstime.desk.routing import COOKIE

from .desks import PASSWORD, hostile_reading, made_story

pytestmark = pytest.mark.browser
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW, WIDE = 390, 1280
SERVER = """
import sys
from pathlib import Path
import uvicorn
from presstime.desk.app import create_app
from presstime.desk.security import allowed_hosts
from presstime.desk.state import Desk
folder, port = Path(sys.argv[1]), int(sys.argv[2])
uvicorn.run(create_app(Desk(folder, allowed_hosts("127.0.0.1", port))), host="127.0.0.1", port=port, log_level="warning")
"""
DOCUMENT = quote(hostile_reading().document.id, safe="")
PAGES = [
    *(
        "/",
        "/new",
        "/documents",
        f"/documents/{DOCUMENT}",
        "/documents/doc-early",
        "/statements",
        "/figures",
        "/series",
        "/series?disputed=1",
    ),
    f"/statements/{hostile_reading().statements[0].id}",
    f"/figures/{hostile_reading().figures[0].id}",
    *("/series/series-children", "/events", "/events/entry-flood", "/disputes", "/disputes/dispute-fables", "/reactions", "/silences"),
    *("/places", "/places/" + quote("Велм"), "/actors", "/actors/found-mayor", "/search?q=velm", "/search", "/editions"),
    "/editions/2026-03-02T2000-aaaaa2",
    "/compare?one=2026-03-01T2000-aaaaa1&other=2026-03-02T2000-aaaaa2",
    *("/review", "/review?sort=merge", "/correct/place/place-velm", "/correct/place/place-velm?lookup=Cottbus"),
    *(f"/correct/statement/{hostile_reading().statements[0].id}", f"/correct/figure/{hostile_reading().figures[0].id}"),
    *("/log", "/problems", "/help", "/accounts", "/nowhere"),
    *(
        "/sources",
        "/publish",
        "/decisions",
        "/handles",
        "/names",
        f"/marks?of={DOCUMENT}",
        f"/marks?of={hostile_reading().statements[0].id}",
    ),
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The desk's address, and the secret of a session of its owner."""
    folder: Path = made_story(tmp_path_factory.mktemp("served"))
    accounts = Accounts(folder)
    accounts.add("Oda Winter", "owner", PASSWORD)
    secret = accounts.open_session("Oda Winter", "owner")
    accounts.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([sys.executable, "-c", SERVER, str(folder), str(port)]) as server:
        for _ in range(300):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", secret
        server.terminate()


def opened(browser: Any, served: tuple[str, str], path: str, *, width: int = WIDE, dark: bool = False, script: bool = True) -> Any:
    base, secret = served
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", java_script_enabled=script
    )
    context.add_cookies([{"name": COOKIE, "value": secret, "url": base, "httpOnly": True}])
    page = context.new_page()
    page.faults = []
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" and "404" not in message.text else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(base) else page.faults.append(request.url))
    page.goto(base + path)
    return page


@pytest.mark.parametrize(("width", "dark"), [(WIDE, False), (NARROW, True)], ids=["desktop", "phone-dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Any, served: tuple[str, str], path: str, width: int, dark: bool) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = opened(browser, served, path, width=width, dark=dark)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    results = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARD}}).response
    assert [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in results["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.faults == []
    page.context.close()


def test_axe_finds_nothing_on_the_way_in(browser: Any, served: tuple[str, str]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = opened(browser, (served[0], "no-session"), "/")
    assert page.url.endswith("/login")
    results = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARD}}).response
    assert [one["id"] for one in results["violations"]] == []
    page.fill("input[name=name]", "Oda Winter")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("nav.sections")
    page.context.close()


def test_the_keys_move_open_search_and_help(browser: Any, served: tuple[str, str]) -> None:
    page = opened(browser, served, "/statements")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    here = page.locator(".line.here")
    assert here.count() == 1
    wanted = page.locator("#main .line").first.locator("a.go").get_attribute("href")
    assert here.locator("a.go").get_attribute("href") == wanted
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")
    page.keyboard.press("g")
    page.keyboard.press("x")
    page.wait_for_url("**/disputes")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("velm")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=velm")
    assert page.locator("mark.hit").count() > 0
    assert page.faults == []
    page.context.close()


def test_the_disputed_toll_is_on_the_first_screen(browser: Any, served: tuple[str, str]) -> None:
    page = opened(browser, served, "/")
    box = page.locator(".card.first").bounding_box()
    assert box["y"] + 120 < 900
    page.context.close()


def test_everything_is_there_without_script(browser: Any, served: tuple[str, str]) -> None:
    page = opened(browser, served, "/documents", script=False)
    page.fill(".filters input[name=q]", "drowned")
    page.click(".filters button")
    assert page.locator("#main .line").count() == 1
    page.click("#main .line a.go")
    page.locator("a.mark.k-figure").first.click()
    assert "#to-" in page.url
    page.context.close()
