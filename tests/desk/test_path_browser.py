"""A newcomer's way through the desk in a real browser, from opening the example story to a published edition: by mouse, and by keys alone.

On the way: a toll put right, a place given its entry, a statement withdrawn and taken back, a missed one marked by selecting its words,
two actors made one, a text pasted, an edition published. On every page axe-core finds nothing and nothing scrolls sideways.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from presstime.compile import compile_story
from presstime.ledger import Ledger

pytestmark = pytest.mark.browser
EXAMPLE = Path(__file__).parents[2] / "examples" / "corrow-dam"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHOTS = os.environ.get("PRESSTIME_SHOTS")
"""A folder for pictures of every page on the way, where somebody wants to look at them."""
WAIT = 60_000
SERVER = """
import sys
from pathlib import Path
import uvicorn
from presstime.desk.app import create_app
from presstime.desk.security import allowed_hosts
from presstime.desk.state import Desk
folder, port = Path(sys.argv[1]), int(sys.argv[2])
desk = Desk(folder, allowed_hosts("127.0.0.1", port), as_name="Adela Morn")
print(desk.token, flush=True)
uvicorn.run(create_app(desk), host="127.0.0.1", port=port, log_level="warning")
"""
PASTED = (
    "Harnoy school to reopen, council says\n\nThe council of Harnoy said on Thursday that the school would reopen on Monday. "
    "“The roof has been mended,” the mayor, Tilde Vorrin, told reporters. Two people were injured when a scaffold fell, she said."
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example story, compiled."""
    folder = tmp_path_factory.mktemp("example") / "corrow-dam"
    shutil.copytree(EXAMPLE, folder)
    compile_story([], folder)
    return folder


@pytest.fixture
def served(example: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address that opens a desk of one's own on a copy of the example, and its folder."""
    folder = tmp_path / "corrow-dam"
    shutil.copytree(example, folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([sys.executable, "-c", SERVER, str(folder), str(port)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        token = server.stdout.readline().strip()
        for _ in range(300):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/enter?token={token}", folder
        server.terminate()


class Newcomer:
    """Somebody at the desk, with a mouse or with keys only."""

    def __init__(self, page: Any, *, keys: bool) -> None:
        self.page, self.keys, self.number = page, keys, 0
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def use(self, selector: str) -> None:
        """Follow a link, press a button, open what is folded."""
        if not self.keys:
            self.page.locator(selector).first.click()
            return
        self.reach(selector)
        self.page.keyboard.press("Enter")

    def reach(self, selector: str) -> None:
        """Go to it with Tab."""
        assert self.keys
        self.page.locator(selector).first.wait_for(timeout=WAIT)
        for _ in range(400):
            if self.page.locator(selector).first.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {selector}")

    def put(self, selector: str, words: str) -> None:
        """Put words into a field, in the place of what stands there."""
        if not self.keys:
            self.page.locator(selector).first.fill(words)
            return
        self.reach(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words)

    def section(self, letter: str, path: str) -> None:
        """Go to a section."""
        if self.keys:
            self.page.keyboard.press("Escape")
            self.page.keyboard.press("g")
            self.page.keyboard.press(letter)
        else:
            self.page.click(f"nav.sections a[data-key='{letter}']")
        self.page.wait_for_url(f"**{path}", timeout=WAIT)

    def told(self, words: str) -> None:
        """Wait until the desk says what was done."""
        self.page.locator("#done .done", has_text=words).wait_for(timeout=WAIT)

    def look(self, name: str) -> None:
        """Look at the page as a checker of accessibility does; once more where it loaded itself again meanwhile."""
        axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
        self.number += 1
        if SHOTS:
            self.page.screenshot(path=f"{SHOTS}/{'keys' if self.keys else 'mouse'}-{self.number:02d}-{name}.png")
        for last in (False, False, False, True):
            try:
                found = axe.Axe().run(self.page, options={"runOnly": {"type": "tag", "values": STANDARD}}).response["violations"]
                break
            except Exception as error:
                if last or "navigation" not in str(error):
                    raise
                self.page.wait_for_load_state()
        assert [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found] == [], name
        assert self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name


@pytest.mark.parametrize("keys", [False, True], ids=["mouse", "keys"])
def test_a_newcomers_path(browser: Any, served: tuple[str, Path], keys: bool) -> None:
    address, folder = served
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(WAIT)
    page = context.new_page()
    page.goto(address)
    who = Newcomer(page, keys=keys)
    who.look("overview")
    _put_a_toll_right(who)
    _resolve_a_place(who)
    _withdraw_and_take_back(who)
    _mark_a_missed_statement(who)
    _make_two_actors_one(who)
    _paste_a_text(who)
    _publish(who)
    assert who.faults == []
    context.close()
    with Ledger.open(folder / "ledger.db") as ledger:
        fields = [one.field for one in ledger.corrections()]
        assert fields[:2] == ["low", "high"]
        assert "gazetteer" in fields
        assert fields.count("withdrawn") == 1
        assert "undone" in fields
        assert "added" in fields
        assert [one.verdict for one in ledger.decisions()] == ["same"]
        assert any("Harnoy school" in document.text for document in ledger.documents())
        assert [edition.kind for edition in ledger.editions()] == ["published"]
        assert {one.by for one in ledger.corrections()} == {"Adela Morn"}


def _put_a_toll_right(who: Newcomer) -> None:
    page = who.page
    who.section("r", "/review")
    who.look("review")
    if who.keys:
        page.keyboard.press("e")
        page.locator(".slot input[name=low]").wait_for()
        page.wait_for_timeout(200)
        assert page.evaluate("document.activeElement.name") == "low"
        page.keyboard.type("18")
        who.look("toll")
        page.keyboard.press("Enter")
    else:
        page.locator(".queue .line").first.locator("[data-does=e]").click()
        page.locator(".slot input[name=low]").fill("18")
        who.look("toll")
        page.locator(".slot .correct .main-button").click()
    who.told("Put right")
    assert "18" in page.locator("#main").inner_text() or page.locator(".queue").count() == 1


def _resolve_a_place(who: Newcomer) -> None:
    page = who.page
    who.use("nav.kinds a:has-text('Places not found')")
    page.wait_for_url("**sort=place*")
    if who.keys:
        page.keyboard.press("e")
        page.locator(".slot input[name=lookup]").wait_for()
        page.wait_for_timeout(200)
    else:
        page.locator(".queue .line").first.locator("[data-does=e]").click()
    who.put(".slot input[name=lookup]", "Cottbus")
    if who.keys:
        page.keyboard.press("Enter")
    else:
        page.locator(".slot .lookup button").click()
    page.locator(".slot input[name=gazetteer][type=radio]").first.wait_for()
    page.wait_for_timeout(200)
    who.look("place")
    who.use(".slot .resolve .main-button")
    who.told("Put right")


def _withdraw_and_take_back(who: Newcomer) -> None:
    page = who.page
    who.use("nav.kinds a:has-text('Disputes')")
    page.wait_for_url("**sort=dispute*")
    if who.keys:
        page.keyboard.press("j")
        page.keyboard.press("w")
    else:
        page.locator(".queue .line").nth(1).locator("[data-does=w]").click()
    who.told("Withdrawn")
    if who.keys:
        page.keyboard.press("u")
    else:
        page.locator("#done button").click()
    who.told("Taken back")
    who.look("taken-back")


def _mark_a_missed_statement(who: Newcomer) -> None:
    page = who.page
    who.section("d", "/documents")
    who.use("#main .line:has-text('toll to 16') a.go")
    page.locator("article[data-text]").wait_for()
    if who.keys:
        page.locator("article[data-text]").evaluate("one => getSelection().removeAllRanges()")
        page.keyboard.press("m")
        for _ in range(4):
            page.keyboard.press("ArrowRight")
        for _ in range(5):
            page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Enter")
    else:
        last = page.locator("article[data-text] [data-start]").last
        box = last.bounding_box()
        page.mouse.move(box["x"] + 2, box["y"] + 12)
        page.mouse.down()
        page.mouse.move(box["x"] + 300, box["y"] + 12, steps=5)
        page.mouse.up()
    page.locator("details.missed[open]").wait_for()
    page.wait_for_timeout(200)
    assert page.locator("form[data-mark] textarea").input_value().strip()
    who.look("mark")
    who.put("form[data-mark] input[name=speaker]", "Joren Hasp")
    who.use("form[data-mark] .main-button")
    who.told("Added")


def _make_two_actors_one(who: Newcomer) -> None:
    page = who.page
    who.section("a", "/actors")
    names = page.locator("#main .lines.columns .line a.go, #main .lines .line a.go").all_inner_texts()
    who.use("#main .line a.go")
    page.locator("h1.small").wait_for()
    mine = page.locator("h1.small").inner_text()
    other = next(name for name in names if name != mine)
    if page.locator("details.card").first.get_attribute("open") is None:
        who.use("details.card summary")
    who.put("input[name=other]", other)
    who.look("actor")
    who.use("form[action='/decisions/same']:has(input[name=other]:not([type=hidden])) button")
    who.told("One and the same")


def _paste_a_text(who: Newcomer) -> None:
    page = who.page
    who.use("a[href='/sources']")
    who.look("sources")
    who.put("textarea[name=text]", PASTED)
    who.put("input[name=outlet]", "The Harnoy Post")
    who.put("input[name=published]", "2026-03-05")
    who.use("form[action='/sources/paste'] .main-button")
    page.wait_for_url("**/jobs/*")
    page.locator("#main a[href*='/documents/']").first.wait_for(timeout=WAIT)
    who.look("pasted")


def _publish(who: Newcomer) -> None:
    page = who.page
    who.section("n", "/editions")
    who.use("#main a[href='/publish']")
    page.locator("form[action='/publish/published'] button").wait_for(timeout=WAIT)
    page.locator("header .busy").wait_for(state="hidden", timeout=WAIT)
    page.locator("form[action='/publish/published'] button").wait_for(timeout=WAIT)
    who.look("publish")
    who.use("form[action='/publish/published'] .main-button")
    page.wait_for_url("**/jobs/*")
    page.locator("#main a[href*='/editions/']").first.wait_for(timeout=WAIT)
    who.use("#main a[href*='/editions/']")
    page.wait_for_url("**/editions/*")
    who.look("edition")
