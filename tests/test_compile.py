"""The whole way through on the invented story: what it makes, that doing it again adds nothing, and how well it meets the gold.

The floors are some points under what is reached (docs/fidelity.md); they rise with each issue and never fall.
"""

from __future__ import annotations

import inspect
import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import example_scores
import pytest
from example_scores import Score, aliases, load_gold

from presstime import Compiled, Findings, InputError, Ledger, Reading, StoryError, compile_story
from presstime.compile import parse_as_of
from presstime.show.findings_json import decode_findings

DOCUMENTS = Path(__file__).parent.parent / "examples" / "corrow-dam" / "documents"
AS_OF = "2026-03-04T12:00"


@pytest.fixture(scope="module")
def readings(compiled: Compiled) -> tuple[Reading, ...]:
    with Ledger.open(compiled.folder / "ledger.db", create=False) as ledger:
        return tuple(ledger.readings())


@pytest.fixture(scope="module")
def findings(compiled: Compiled) -> Findings:
    return decode_findings(compiled.findings.read_bytes())


# ---------------------------------------------------------------- what it makes


def test_the_example_compiles_and_names_what_it_could_not_read(compiled: Compiled, readings: tuple[Reading, ...]) -> None:
    assert compiled.as_of == "2026-03-04T12:00:00+02:00"
    assert compiled.documents == compiled.new == len(readings) == len(load_gold().readings)
    assert sorted(problem.what for problem in compiled.problems) == ["empty", "language"]
    assert any("16-harnoy-fire-service.txt" in problem.where for problem in compiled.problems)
    assert any("10-gaceta-de-corvania.txt" in problem.why for problem in compiled.problems)
    kinds = ("actors", "statements", "figures", "events", "places", "times")
    assert all(any(getattr(reading, kind) for reading in readings) for kind in kinds), "every kind of record occurs"


def test_every_kind_of_finding_occurs(findings: Findings) -> None:
    assert findings.documents and findings.origins and findings.actors and findings.disputes
    assert findings.series and findings.timeline and findings.reactions and findings.silences


def test_every_raw_file_is_kept_by_its_hash(compiled: Compiled, readings: tuple[Reading, ...]) -> None:
    kept = {path.name.split(".")[0] for path in (compiled.folder / "archive").rglob("*") if path.is_file()}
    files = {each.document.sha256 for each in readings if not (each.document.name or "").split(":")[0].endswith(".jsonl")}
    assert files <= kept


def test_the_report_is_one_page_whose_links_lead_somewhere(compiled: Compiled) -> None:
    page = compiled.report.read_text(encoding="utf-8")
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(set(ids)) == len(ids)
    links = re.findall(r'\shref="#([^"]*)"', page)
    assert len(links) > 100
    assert set(links) <= set(ids)
    assert page.count("<script") == 1, "the filters: self-contained, and let run by its hash alone"
    assert not re.findall(r'(?:src|href)="(?:https?:)?//[^"]*\.(?:css|js|png|jpg|svg|woff2?)', page), "nothing is fetched"


def test_the_brief_has_evidence_for_every_note(compiled: Compiled) -> None:
    brief = compiled.brief.read_text(encoding="utf-8")
    used, given = set(re.findall(r"\[\^([^\]]+)\](?!:)", brief)), set(re.findall(r"^\[\^([^\]]+)\]:", brief, re.MULTILINE))
    assert used and used == given


# ---------------------------------------------------------------- again


def test_doing_it_again_adds_nothing_and_changes_nothing(compiled: Compiled, readings: tuple[Reading, ...], tmp_path: Path) -> None:
    folder = tmp_path / "again"
    shutil.copytree(compiled.folder, folder)
    read = []
    again = compile_story([DOCUMENTS], folder, as_of=AS_OF, progress=read.append)
    assert (again.documents, again.new, again.problems) == (compiled.documents, 0, compiled.problems)
    for made in ("report.html", "brief.md", "findings.json"):
        assert (folder / made).read_bytes() == (compiled.folder / made).read_bytes(), made
    with Ledger.open(folder / "ledger.db", create=False) as ledger:
        assert tuple(ledger.readings()) == readings


def test_a_document_more_is_the_only_one_read(compiled: Compiled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from presstime import compile as way

    folder, more = tmp_path / "more", tmp_path / "documents"
    shutil.copytree(compiled.folder, folder)
    shutil.copytree(DOCUMENTS, more)
    text = "Outlet: The Sondrey Courier\nPublished: 2026-03-04T11:00:00+02:00\n\nThree more people died in Vadisk, Benna Olver said."
    (more / "17-late.txt").write_text(text, encoding="utf-8")
    read: list[str | None] = []
    plainly = way.read_safely
    monkeypatch.setattr(way, "read_safely", lambda document, context: (read.append(document.name), plainly(document, context))[1])
    again = compile_story([more], folder, as_of=AS_OF)
    assert again.new == 1
    assert [Path(name or "").name for name in read] == ["17-late.txt"]


def test_as_of_an_earlier_moment_knows_only_what_was_published_then(compiled: Compiled, tmp_path: Path) -> None:
    folder = tmp_path / "earlier"
    shutil.copytree(compiled.folder, folder)
    morning = compile_story([], folder, as_of="2026-03-03T12:00")
    assert 0 < morning.documents < compiled.documents
    now_again = compile_story([], folder, as_of=AS_OF)
    assert now_again.findings.read_bytes() == compiled.findings.read_bytes()


def test_misuse_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to compile: name files or folders"):
        compile_story([], tmp_path / "a")
    with pytest.raises(InputError, match="no file or folder"):
        compile_story([tmp_path / "nowhere"], tmp_path / "b")
    with pytest.raises(StoryError, match="choose a plain name"):
        compile_story([DOCUMENTS], tmp_path / "...")


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2026-03-03", "2026-03-03T23:59:59+02:00"),
        ("2026-03-03T20:00", "2026-03-03T20:00:00+02:00"),
        ("2026-03-03T20:00Z", "2026-03-03T22:00:00+02:00"),
        ("2026-07-03T20:00+00:00", "2026-07-03T23:00:00+03:00"),
    ],
)
def test_moments_are_the_storys(words: str, moment: str) -> None:
    assert parse_as_of(words, "Europe/Athens") == datetime.fromisoformat(moment)


@pytest.mark.parametrize("words", ["", "noon", "2026-02-30", "20:00", "2026-03-03T25:00"])
def test_what_is_no_moment_is_an_error(words: str) -> None:
    with pytest.raises(InputError, match="write it like 2026-03-03T20:00"):
        parse_as_of(words, "UTC")


# ---------------------------------------------------------------- against the gold

READ = {
    "statements": 0.72,
    "acts": 0.66,
    "answers": 0.25,
    "figures": 0.80,
    "times": 0.85,
    "events": 0.70,
    "places": 0.83,
    "parts": 0.85,
    "documents": 0.95,
}
"""Recall of the readings against the gold, at least."""
FOUND = {"disputes": 0.6, "series": 0.64, "timeline": 0.4, "reactions": 0.6, "silences": 1.0, "origins": 0.75}
"""Recall of the findings against the gold, at least."""
SPARE = {"statements": 1.15, "figures": 1.1, "times": 1.25}
"""Of what the gold means to hold completely, so many times its number may be given at most: recall must not be bought."""


def asked(question: str, *given: object) -> Score:
    """A question of example_scores.py, with the names' function where it takes one."""
    score: Callable[..., Score] = getattr(example_scores, question)
    named = {"names": aliases()} if "names" in inspect.signature(score).parameters else {}
    return score(load_gold(), *given, **named)


def missed(score: Score) -> str:
    return f"{score.found} of {score.total}; missed: {'; '.join(score.missed[:20])}"


@pytest.mark.parametrize("question", READ)
def test_readings_meet_the_gold(question: str, readings: tuple[Reading, ...]) -> None:
    score = asked(question, readings)
    assert score.total > 0
    assert score.recall >= READ[question], missed(score)
    assert score.given <= SPARE.get(question, 10) * max(score.total, 15)


@pytest.mark.parametrize("question", FOUND)
def test_findings_meet_the_gold(question: str, readings: tuple[Reading, ...], findings: Findings) -> None:
    score = asked(question, findings, readings) if question == "origins" else asked(question, findings)
    assert score.total > 0
    assert score.recall >= FOUND[question], missed(score)


def test_the_ledger_names_every_raw_file_and_each_problem_once(compiled: Compiled) -> None:
    with Ledger.open(compiled.folder / "ledger.db", create=False) as ledger:
        inputs, problems = ledger.inputs(), ledger.problems()
    kept = {path.name for path in (compiled.folder / "archive").rglob("*") if path.is_file()}
    assert len(inputs) == len([path for path in DOCUMENTS.iterdir() if path.is_file()])
    assert {each.sha256 for each in inputs} <= kept
    assert len(set(problems)) == len(problems) == len(compiled.problems)
