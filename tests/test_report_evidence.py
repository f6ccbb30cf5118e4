"""How much evidence a report holds, and what changed since the edition published before: from the command line to the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from presstime.cli import main
from presstime.editions import list_editions, write_again

FIRST = """Outlet: Velm Post
Headline: Ferry sinks off Velm
Published: 2026-03-03T18:00:00Z

VELM — Three people died when a ferry sank off Velm on Tuesday, the Velm Coast Guard said. The weather had been calm all week.

The harbour cafés were full on Monday and the market was open.
"""
SECOND = """Outlet: Lake Courier
Headline: Toll of ferry rises
Published: 2026-03-04T12:00:00Z

VELM — Seven people died when the ferry sank off Velm, the Velm Coast Guard said on Wednesday.
"""
UNQUOTED = "The harbour cafés were full on Monday"


def run(*arguments: str) -> str:
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A story of two documents, published once after the first."""
    made = tmp_path_factory.mktemp("ferry")
    (made / "one.txt").write_text(FIRST, encoding="utf-8")
    (made / "two.txt").write_text(SECOND, encoding="utf-8")
    folder = made / "story"
    run("compile", str(made / "one.txt"), "-o", str(folder), "--as-of", "2026-03-03T23:00")
    run("publish", str(folder), "--as-of", "2026-03-03T23:00")
    run("compile", str(made / "two.txt"), "-o", str(folder), "--as-of", "2026-03-04T20:00")
    return folder


def test_a_working_report_holds_texts_and_a_published_one_excerpts(story: Path) -> None:
    assert UNQUOTED in (story / "report.html").read_text(encoding="utf-8")
    edition = list_editions(story)[0]
    published = (story / "editions" / edition.id / "report.html").read_text(encoding="utf-8")
    assert UNQUOTED not in published and "Three people died" in published


def test_a_working_report_says_what_changed_since_the_last_edition(story: Path) -> None:
    html = (story / "report.html").read_text(encoding="utf-8")
    assert "Since the edition as of 23:00, 3 March 2026" in html
    section = re.search(r'<section id="changes".*?</section>', html, re.DOTALL)
    assert section is not None and "Toll of ferry rises" in section[0]
    assert "Velm Coast Guard, killed: Velm: 7; before: Velm Coast Guard, killed: Velm: 3." in section[0]


@pytest.mark.parametrize(("evidence", "holds"), [("full", True), ("excerpt", False), ("link", False)])
def test_the_amount_of_evidence_can_be_chosen(story: Path, tmp_path: Path, evidence: str, holds: bool) -> None:
    run("report", str(story), "-o", str(tmp_path), "--as-of", "2026-03-04T20:00", "--evidence", evidence)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert (UNQUOTED in html) == holds
    assert ('class="text"' in html) == (evidence != "link")


def test_an_edition_keeps_its_evidence_and_what_it_said_of_the_one_before(story: Path) -> None:
    run("publish", str(story), "--as-of", "2026-03-04T20:00", "--evidence", "link")
    edition = list_editions(story)[-1]
    file = story / "editions" / edition.id / "report.html"
    first = file.read_bytes()
    assert b'class="text"' not in first and "Since the edition as of 23:00, 3 March 2026" in first.decode()
    run("publish", str(story), "--as-of", "2026-03-04T21:00")
    file.unlink()
    write_again(story, edition.id)
    assert file.read_bytes() == first
