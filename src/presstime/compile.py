"""The way through, step by step, in order: gather → read → enter → combine → show.

In: inputs and a story's folder. Out: the folder with its ledger, report.html, brief.md and findings.json, and a
`Compiled` that says what became of the material. Running it again adds nothing that is there already.

Example: `compile_story([Path("reports")], Path("flood"))` leaves `flood/report.html`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from presstime.combine import combine
from presstime.combine.corrected import all_corrected
from presstime.findings import Findings
from presstime.gather import gather, gathered_files
from presstime.ledger import Input, Ledger
from presstime.problems import InputError, StoryError
from presstime.read.reading import read_safely, reader_of
from presstime.records import Problem, Reading
from presstime.show.brief import render_brief
from presstime.show.findings_json import encode_findings
from presstime.show.material import Material
from presstime.show.paging import FOLDER, MAIN
from presstime.show.report import ReportEvidence, report_pages
from presstime.story import ARCHIVE, LEDGER, STORY_FILE, Story, new_story, open_story
from presstime.version import __version__

__all__ = ["Compiled", "combine_story", "compile_story", "parse_as_of", "write_pages", "write_report", "write_whole"]

Progress = Callable[[str], None]
"""Called with a short line before each document; a terminal shows it, a pipe does not."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a run did: where the report lies, how many documents there are as of the moment, and the problems.

    `left_out` are documents of the ledger that came after the moment; `new` counts what this run entered, those included.
    """

    folder: Path
    report: Path
    brief: Path
    findings: Path
    as_of: str
    documents: int
    new: int
    left_out: int
    problems: tuple[Problem, ...]


def compile_story(
    inputs: Sequence[Path],
    folder: Path,
    *,
    as_of: str | None = None,
    now: datetime | None = None,
    progress: Progress = lambda line: None,
    evidence: ReportEvidence = "full",
    since: Material | None = None,
) -> Compiled:
    """Does the whole way through into `folder`, a story made on the first run and reused after.

    Without `inputs`, those of story.toml are taken. `as_of` is ISO 8601 (None: now). `evidence` is how much of the
    documents the report holds; `since` an edition's material, of which it says what changed. Raises StoryError,
    InputError and LedgerError; what is wrong with single documents comes back as problems.
    """
    now = now or datetime.now().astimezone()
    known = (folder / STORY_FILE).exists()
    if not known and inputs and not any(_is_there(each) for each in inputs):
        # said before a folder is made: a mistyped path leaves nothing behind
        raise InputError(f"there is no file or folder {', '.join(map(str, inputs[:3]))}; check the path and the folder you are in")
    if not known and not inputs:
        raise InputError(f"nothing to compile: name files or folders (presstime compile FOLDER -o {folder})")
    if as_of:
        parse_as_of(as_of, "UTC")  # a slip in it, too, is told before anything is made
    story = open_story(folder) if known else _new_or_just_made(folder)
    moment = parse_as_of(as_of, story.time_zone) if as_of else now.astimezone(ZoneInfo(story.time_zone))
    chosen = list(inputs) or [folder / i for i in story.inputs]
    if not chosen and not (folder / LEDGER).exists():
        raise InputError(f"nothing to compile: name files or folders, or list them under inputs in {folder / STORY_FILE}")
    with Ledger.open(folder / LEDGER) as ledger:
        before = len(ledger.documents())
        problems = _take_in(ledger, story, chosen, now, progress)
        progress("combining")
        findings, readings = combine_story(ledger, story, moment)
        ledger.enter_findings(findings)
        entered = len(ledger.documents())
        everything = ledger.problems()
    written = write_report(folder, story.title, story.time_zone, findings, readings, everything, evidence=evidence, since=since)
    report, brief, json = written
    told = tuple(dict.fromkeys((*problems, *everything)))
    return Compiled(folder, report, brief, json, findings.as_of, len(readings), entered - before, entered - len(readings), told)


def _new_or_just_made(folder: Path) -> Story:
    try:
        return new_story(folder)
    except StoryError:
        if not (folder / STORY_FILE).exists():
            raise
        return open_story(folder)  # another run made it a moment ago


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file system has
        return False


def _take_in(ledger: Ledger, story: Story, inputs: Sequence[Path], now: datetime, progress: Progress) -> list[Problem]:
    """Gathers, reads and enters; a document that this reader has read already is not read again."""
    reader = reader_of(story.context)
    problems = []
    in_readings: set[Problem] = set()
    for item in gather(inputs, archive=story.folder / ARCHIVE, now=now.isoformat(timespec="seconds")) if inputs else ():
        if isinstance(item, Problem):
            problems.append(item)
            if item not in in_readings:
                ledger.enter_problem(item)
            continue
        progress(item.outlet or item.name or item.id)
        reading = ledger.reading_of(item.id, reader)
        if reading is None or reading.document.text != item.text:
            reading = read_safely(item, story.context)
            entered = ledger.enter_reading(reading)
            problems += [entered.problem] if entered.problem is not None else []
        in_readings.update(reading.problems)
    for raw in gathered_files(story.folder / ARCHIVE):
        ledger.enter_input(Input(sha256=raw.sha256, whence=raw.whence, gathered=raw.gathered))
    return problems


def combine_story(ledger: Ledger, story: Story, moment: datetime) -> tuple[Findings, tuple[Reading, ...]]:
    """The findings as of a moment, and the readings they are made from, people's corrections heeded."""
    findings = combine(ledger, moment=moment, context=story.context, time_zone=story.time_zone)
    return findings, tuple(all_corrected(ledger.readings(moment, story.time_zone), ledger.corrections()))


def write_report(
    folder: Path,
    title: str,
    time_zone: str,
    findings: Findings,
    readings: Sequence[Reading],
    problems: Sequence[Problem],
    *,
    evidence: ReportEvidence = "full",
    since: Material | None = None,
) -> tuple[Path, Path, Path]:
    """Writes report.html, brief.md and findings.json, each wholly or not at all; gives their paths.

    A long report has side pages in a folder beside it. `since` is an earlier material, of which it says what changed.
    """
    material = Material(
        title=title,
        as_of=findings.as_of,
        time_zone=time_zone,
        findings=findings,
        readings=tuple(readings),
        problems=tuple(p for p in problems if not any(p in r.problems for r in readings)),
        presstime=__version__,
    )
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / "report.html", folder / "brief.md", folder / "findings.json"
    write_pages(folder, report_pages(material, evidence=evidence, since=since))
    write_whole(paths[1], render_brief(material).encode())
    write_whole(paths[2], encode_findings(findings))
    return paths


def write_pages(folder: Path, pages: Mapping[str, str]) -> None:
    """Writes a report's pages, the first page last, and removes side pages of an earlier, longer report."""
    for name in sorted(pages, key=lambda name: name == MAIN):
        to = folder / name
        to.parent.mkdir(parents=True, exist_ok=True)
        write_whole(to, pages[name].encode())
    side = folder / FOLDER
    for old in side.glob("*.html") if side.is_dir() else ():
        if f"{FOLDER}/{old.name}" not in pages:
            old.unlink()
    if side.is_dir() and not any(side.iterdir()):
        side.rmdir()


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file that is there wholly or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).chmod(0o644)
    Path(name).replace(path)


def parse_as_of(words: str, time_zone: str) -> datetime:
    """ISO 8601 → a moment. Without an offset it is in the story's time zone; a date alone is that day's last second."""
    zone = ZoneInfo(time_zone)
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise InputError(f"--as-of {words!r} is no time; write it like 2026-03-03T20:00 or 2026-03-03T20:00+02:00") from None
    if len(words) <= 10:
        moment = datetime.combine(moment.date(), time(23, 59, 59))
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
