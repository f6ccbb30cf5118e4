"""The report in a real browser: nothing axe-core finds, no sideways scrolling, filters, and a whole page without JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from presstime.compile import write_pages
from presstime.show import render_report
from presstime.show.paging import FOLDER, MAIN, Limits
from presstime.show.report import report_pages

from .story import COUNCIL, story

pytestmark = pytest.mark.browser
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW, WIDE = 390, 1280


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of one page, and beside it the same one on many."""
    made = tmp_path_factory.mktemp("report")
    (made / "whole.html").write_text(
        render_report(story(), since=story(), correction="Correction:\n- It said: 3. Now 4."), encoding="utf-8"
    )
    write_pages(made, report_pages(story(), limits=Limits(whole=0, page=6_000, share=3_000)))
    return made


def opened(browser: Any, file: Path, *, width: int = WIDE, dark: bool = False, script: bool = True) -> Any:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", java_script_enabled=script, bypass_csp=False
    )
    page = context.new_page()
    page.faults = []
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith("file:") else page.faults.append(request.url))
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", ["whole.html", MAIN, f"{FOLDER}/voices-2.html", f"{FOLDER}/evidence-1.html"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Any, folder: Path, name: str, width: int, dark: bool) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = opened(browser, folder / name, width=width, dark=dark)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    results = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARD}}).response
    assert [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in results["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.faults == []
    page.context.close()


def until(page: Any, words: str) -> None:
    """Waits for the line that says how many are shown; the page's policy forbids waiting for a condition in JavaScript."""
    page.wait_for_selector(f"#filters [role=status]:text-matches('^{words}')")


def visible_lines(page: Any) -> int:
    return int(page.locator("#voices .said:visible").count())


def test_filters_by_words_act_and_form(browser: Any, folder: Path) -> None:
    page = opened(browser, folder / "whole.html")
    everything = visible_lines(page)
    page.fill("input[name=words]", "blood")
    until(page, "1 of")
    assert visible_lines(page) == 1 and "send blood" in page.locator("#voices .said:visible").inner_text()
    page.click("button[type=reset]")
    until(page, f"{everything} of")
    page.select_option("select[name=act]", "denial")
    until(page, "2 of")
    assert all("denial" in one for one in page.locator("#voices .said:visible .tag").all_inner_texts())
    page.select_option("select[name=form]", "quoted")
    until(page, "1 of")
    assert page.locator("#voices .voice:visible").count() == 1
    page.context.close()


def test_orders_by_time_and_by_act_and_back(browser: Any, folder: Path) -> None:
    page = opened(browser, folder / "whole.html")
    everything, first = visible_lines(page), page.locator("#voices .voice h3").all_inner_texts()
    page.select_option("select[name=order]", "time")
    page.wait_for_selector("#ordered .said")
    moments = page.eval_on_selector_all("#ordered .said", "rows => rows.map(row => row.dataset.at)")
    assert moments == sorted(moments) and len(moments) == everything
    assert page.locator("#ordered .by").first.inner_text() in [one.strip() for one in page.locator("#voices .voice h3").all_text_contents()]
    page.select_option("select[name=order]", "act")
    page.wait_for_selector("#ordered h3:first-child:text-is('Denial')")
    assert page.locator("#ordered .said").count() == everything
    page.select_option("select[name=order]", "actor")
    page.wait_for_selector("#ordered .said", state="detached")
    assert visible_lines(page) == everything and page.locator("#voices .voice h3").all_inner_texts() == first
    page.context.close()


def test_a_link_to_a_line_that_is_filtered_out_shows_it(browser: Any, folder: Path) -> None:
    page = opened(browser, folder / "whole.html")
    page.fill("input[name=words]", "blood")
    until(page, "1 of")
    anchor = page.locator("#voices .said[data-act=denial]").first.get_attribute("id")
    page.evaluate(f"location.hash = '#{anchor}'")
    page.wait_for_selector(f"#{anchor}", state="visible")
    page.context.close()


def test_without_javascript_the_page_is_whole(browser: Any, folder: Path) -> None:
    page = opened(browser, folder / "whole.html", script=False)
    assert page.locator("#filters").is_hidden()
    assert COUNCIL in page.locator("#disputes").inner_text()
    assert visible_lines(page) > 10
    page.click("#acts summary")
    page.locator("#acts a").first.click()
    assert page.url.partition("#")[2].startswith("l-")
    page.locator(":target .meta a[href^='#s-']").first.click()
    assert page.locator("mark:target").count() == 1
    page.context.close()


def test_from_a_line_to_its_passage_on_another_page_and_back(browser: Any, folder: Path) -> None:
    page = opened(browser, folder / MAIN, script=False)
    page.locator("#glance .values a").first.click()
    page.locator(":target a[href*='#s-']").first.click()
    assert f"/{FOLDER}/evidence-" in page.url and page.locator("mark:target").count() == 1
    page.locator("mark:target a.back, mark:target + a.back").first.click()
    assert page.locator(":target").count() == 1 and "#l-" in page.url
    page.context.close()


def test_the_keyboard_reaches_the_content_and_shows_where_it_is(browser: Any, folder: Path) -> None:
    page = opened(browser, folder / "whole.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.context.close()


def test_right_to_left_text_begins_at_the_right(browser: Any, folder: Path) -> None:
    page = opened(browser, folder / "whole.html")
    block = page.locator("#d-doc-arabic .text p").first
    assert block.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert page.locator("#d-doc-arabic .text").get_attribute("lang") == "ar"
    page.context.close()


def test_nothing_but_our_script_runs(browser: Any, folder: Path) -> None:
    page = opened(browser, folder / "whole.html")
    page.evaluate("() => { const one = document.createElement('script'); one.textContent = 'window.ran = 1'; document.body.append(one); }")
    assert page.evaluate("window.ran") is None
    page.context.close()


def test_in_print_both_sides_stand_side_by_side_and_nothing_floats(browser: Any, folder: Path) -> None:
    page = opened(browser, folder / "whole.html", width=680)
    page.emulate_media(media="print")
    left, right = (one.bounding_box() for one in page.locator("#disputes .sides").first.locator(".side").all())
    assert left["y"] == right["y"] and right["x"] > left["x"]
    assert page.locator("nav.toc").is_hidden() and page.locator("#filters").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    page.context.close()
