"""The way through, step by step, in order: gather → read → enter → combine → show.

In: inputs and a story's folder. Out: the folder with its ledger, report.html, brief.md and findings.json, and a
`Compiled` that says what became of the material. Running it again adds nothing that is there already.

Example: `compile_story([Path("reports")], Path("flood"))` leaves `flood/report.html`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from presstime.combine import combine
from presstime.findings import Findings
from presstime.gather import gather, gathered_files, is_address
from presstime.ledger import Correction, Input, Ledger
from presstime.ledger.beside import Beside, said_beside
from presstime.problems import InputError, StoryError
from presstime.read.pool import Limits, ReadingPool, given_up
from presstime.read.reading import read_safely, reader_of
from presstime.records import Context, Document, Problem, Reading
from presstime.show.brief import render_brief
from presstime.show.findings_json import encode_findings
from presstime.show.material import Material
from presstime.show.paging import FOLDER, MAIN
from presstime.show.report import ReportEvidence, report_pages
from presstime.show.visible import NOTHING_RESTRICTED, Restrictions, restrictions_of, visible_material
from presstime.story import ARCHIVE, LEDGER, STORY_FILE, Story, new_story, open_story
from presstime.version import __version__

__all__ = [
    "Compiled",
    "Said",
    "combine_folder",
    "combine_story",
    "compile_story",
    "encode_shown",
    "parse_as_of",
    "said_in",
    "with_said",
    "write_pages",
    "write_report",
    "write_whole",
]

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
    inputs: Sequence[Path | str],
    folder: Path,
    *,
    as_of: str | None = None,
    now: datetime | None = None,
    progress: Progress = lambda line: None,
    evidence: ReportEvidence = "full",
    since: Material | None = None,
    workers: int | None = None,
    limits: Limits | None = None,
) -> Compiled:
    """Does the whole way through into `folder`, a story made on the first run and reused after.

    Without `inputs`, those of story.toml are taken. `as_of` is ISO 8601 (None: now). `evidence` is how much of the
    documents the report holds; `since` an edition's material, of which it says what changed. `workers` is how many
    processes read (None: this one), `limits` what a document may cost there; where they are given, what an earlier run
    gave up on is tried again. Raises StoryError, InputError and LedgerError; what is wrong with single documents comes
    back as problems.
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
    chosen = list(inputs) or [i if is_address(i) else folder / i for i in story.inputs]
    if not chosen and not (folder / LEDGER).exists():
        raise InputError(f"nothing to compile: name files or folders, or list them under inputs in {folder / STORY_FILE}")
    with Ledger.open(folder / LEDGER) as ledger:
        before = len(ledger.documents())
        with ReadingPool(workers, limits) if workers else nullcontext() as pool:
            problems = _take_in(ledger, story, chosen, now, progress, pool, again=limits is not None)
        progress("combining")
        findings, readings = combine_story(ledger, story, moment)
        ledger.enter_findings(findings)
        entered = len(ledger.documents())
        everything = ledger.problems()
        said = said_in(ledger, readings, now)
    written = write_report(folder, story.title, story.time_zone, findings, readings, everything, evidence=evidence, since=since, said=said)
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


def _is_there(path: Path | str) -> bool:
    try:
        return is_address(path) or Path(path).exists()
    except (OSError, ValueError):  # a name that no file system has
        return False


@dataclass(frozen=True, slots=True)
class _Held:
    """A reading that the ledger has."""

    reading: Reading


def _take_in(
    ledger: Ledger, story: Story, inputs: Sequence[Path | str], now: datetime, progress: Progress, pool: ReadingPool | None, *, again: bool
) -> list[Problem]:
    """Gathers, reads and enters; a document that this reader has read already is not read again, unless it was given up on and is to be."""
    reader = reader_of(story.context)
    problems = []
    in_readings: set[Problem] = set()
    moment = now.isoformat(timespec="seconds")

    def gathered() -> Iterator[Document | Problem | _Held]:
        kept = story.folder / ARCHIVE
        for item in gather(inputs, archive=kept, now=moment, mappings=story.mappings, fetch=story.fetch) if inputs else ():
            held = ledger.reading_of(item.id, reader) if isinstance(item, Document) else None
            if isinstance(item, Problem) or held is None or held.document.text != item.text or (again and given_up(held)):
                yield item
            else:
                yield _Held(held)

    items: Iterator[Reading | Problem | _Held]
    items = pool.read(gathered(), story.context) if pool else _in_turn(gathered(), story.context)
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
            if item not in in_readings:
                ledger.enter_problem(item)
            continue
        reading = item.reading if isinstance(item, _Held) else item
        progress(reading.document.outlet or reading.document.name or reading.document.id)
        if not isinstance(item, _Held):
            entered = ledger.enter_reading(reading)
            problems += [entered.problem] if entered.problem is not None else []
        in_readings.update(reading.problems)
    for raw in gathered_files(story.folder / ARCHIVE):
        ledger.enter_input(Input(sha256=raw.sha256, whence=raw.whence, gathered=raw.gathered))
    return problems


def _in_turn(items: Iterable[Document | Problem | _Held], context: Context) -> Iterator[Reading | Problem | _Held]:
    for item in items:
        yield read_safely(item, context) if isinstance(item, Document) else item


def combine_story(ledger: Ledger, story: Story, moment: datetime) -> tuple[Findings, tuple[Reading, ...]]:
    """The findings as of a moment, and the readings they are made from, people's corrections heeded."""
    findings = combine(ledger, moment=moment, context=story.context, time_zone=story.time_zone)
    return findings, tuple(ledger.corrected_readings(moment, story.time_zone))


def combine_folder(folder: Path, as_of: str | None) -> tuple[Findings, tuple[Reading, ...], tuple[str, str, tuple[Problem, ...], Said]]:
    """Combines a story anew and keeps its findings; gives them, the readings, and (title, time zone, problems, what people said)."""
    story = open_story(folder)
    now = datetime.now(ZoneInfo(story.time_zone))
    with Ledger.open(folder / LEDGER, create=False) as ledger:
        findings, readings = combine_story(ledger, story, parse_as_of(as_of, story.time_zone) if as_of else now)
        ledger.enter_findings(findings)
        return findings, readings, (story.title, story.time_zone, ledger.problems(), said_in(ledger, readings, now))


@dataclass(frozen=True, slots=True)
class Said:
    """What people have said: what stands beside readings, and what may not be shown."""

    beside: Beside
    restrictions: Restrictions


def said_in(ledger: Ledger, readings: Iterable[Reading], now: datetime, heeded: Sequence[Correction] | None = None) -> Said:
    """What people have said of readings, and what may not be shown at a moment; `heeded` are the corrections (None: all)."""
    corrections = ledger.corrections() if heeded is None else tuple(heeded)
    about = {correction.document for correction in corrections}
    raw = ledger.readings_of(r.document.id for r in readings if r.document.id in about)
    return Said(said_beside(raw, corrections), restrictions_of(corrections, now.isoformat(timespec="seconds")))


def with_said(material: Material, beside: Beside) -> Material:
    """A material with what people have said beside its records."""
    return msgspec.structs.replace(
        material,
        reviews=beside.reviews,
        checks=beside.checks,
        translations=beside.translations,
        translates=beside.translates,
        handles=beside.handles,
    )


def encode_shown(findings: Findings, readings: Sequence[Reading], time_zone: str, said: Said | None) -> bytes:
    """findings.json, without what people have marked as confidential or under embargo."""
    if said is None:
        return encode_findings(findings)
    material = Material(title="", as_of=findings.as_of, time_zone=time_zone, findings=findings, readings=tuple(readings))
    return encode_findings(visible_material(material, said.restrictions).findings)


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
    said: Said | None = None,
) -> tuple[Path, Path, Path]:
    """Writes report.html, brief.md and findings.json, each wholly or not at all; gives their paths.

    A long report has side pages in a folder beside it. `since` is an earlier material, of which it says what changed.
    `said` is what people have said: what they marked as confidential or under embargo is in none of the files.
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
    restrictions = said.restrictions if said is not None else NOTHING_RESTRICTED
    material = with_said(material, said.beside) if said is not None else material
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / "report.html", folder / "brief.md", folder / "findings.json"
    write_pages(folder, report_pages(material, evidence=evidence, since=since, restrictions=restrictions))
    write_whole(paths[1], render_brief(material, restrictions=restrictions, evidence=evidence).encode())
    write_whole(paths[2], encode_findings(visible_material(material, restrictions).findings))
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
