"""Editions: a report frozen as of a moment, written the same to the byte ever after; and what differs between two.

In: a story's folder. Out: `editions/ID/` with report.html, brief.md, findings.json, edition.json (of what, and with what,
it was made) and, where a published line has since turned out wrong, correction.md. An edition is kept in the ledger with
the hashes of the readings it was made of; older readings are never thrown away, so it can be written again at any time.

Example: `publish(Path("flood"), as_of="2026-03-03T20:00")` leaves `flood/editions/2026-03-03T2000-5f3a9c/report.html`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from presstime.combine import combine, combine_readings
from presstime.combine.differences import find_differences
from presstime.compile import parse_as_of, with_said, write_pages, write_whole
from presstime.findings import Findings
from presstime.ledger import Edition, Ledger, counts_as_of
from presstime.ledger.beside import said_beside
from presstime.ledger.corrected import all_corrected
from presstime.problems import InputError, LedgerError
from presstime.records import Problem, Record
from presstime.show.brief import render_brief
from presstime.show.differences import DifferenceLine, correction_note, difference_lines
from presstime.show.findings_json import encode_findings
from presstime.show.material import Material, index_material
from presstime.show.report import ReportEvidence, report_pages
from presstime.show.visible import Restrictions, restrictions_of, visible_material
from presstime.show.withheld import published_material
from presstime.story import EDITIONS, LEDGER, Story, open_story
from presstime.version import __version__

__all__ = [
    "EditionInput",
    "EditionInputs",
    "compare",
    "correction_note_of",
    "last_published",
    "lines_between",
    "list_editions",
    "open_edition",
    "publish",
    "write_again",
    "write_edition",
]

MANIFEST = "edition.json"
_ID_DIGITS = 6


class EditionInput(Record, frozen=True):
    """A document of an edition: its id, and the hashes of its raw bytes and of its reading."""

    id: str
    sha256: str
    reading: str


class EditionInputs(Record, frozen=True):
    """What an edition was made of: documents, and the corrections and decisions that were heeded, by id.

    `evidence` is how much of the documents its report holds.
    """

    documents: tuple[EditionInput, ...] = ()
    corrections: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    evidence: ReportEvidence = "full"


def publish(
    folder: Path,
    *,
    as_of: str | None = None,
    kind: Literal["draft", "published"] = "published",
    now: datetime | None = None,
    evidence: ReportEvidence = "excerpt",
) -> tuple[Edition, Path]:
    """Freezes the story as of a moment and writes its edition; gives it and its folder. The same edition twice is one.

    `evidence` is how much of the documents its report holds.

    Publishing, after another edition was published, says which of that one's lines would now read otherwise as of its
    own moment: the correction note. Raises StoryError, InputError and LedgerError.
    """
    story = open_story(folder)
    now = now or datetime.now().astimezone()
    moment = parse_as_of(as_of, story.time_zone) if as_of else now.astimezone(ZoneInfo(story.time_zone))
    with Ledger.open(folder / LEDGER, create=False) as ledger:
        findings = combine(ledger, moment=moment, context=story.context, time_zone=story.time_zone, kind=kind)
        ledger.enter_findings(findings)
        edition = _frozen(ledger, story, findings, moment, now, evidence)
        known = next((e for e in ledger.editions() if e.id == edition.id), None)
        if known is None:
            note = correction_note_of(ledger, story, now) if kind == "published" else None
            known = msgspec.structs.replace(edition, correction=note)
            ledger.enter_edition(known)
        return known, write_edition(folder, known, ledger)


def _frozen(ledger: Ledger, story: Story, findings: Findings, moment: datetime, now: datetime, evidence: ReportEvidence) -> Edition:
    signed = {s.document: s for s in ledger.signatures() if counts_as_of(s, moment, story.time_zone)}
    inputs = EditionInputs(
        documents=tuple(EditionInput(id=d, sha256=s.raw, reading=s.reading) for d, s in signed.items()),
        corrections=tuple(c.id for c in ledger.corrections()),
        decisions=tuple(d.id for d in ledger.decisions()),
        problems=ledger.problems(),
        evidence=evidence,
    )
    models = sorted({r.reader.model for r in ledger.readings_of(signed)})
    made_with = f"presstime {__version__}; model {', '.join(models) or 'none'}"
    json = msgspec.json.encode(findings).decode()
    written = msgspec.json.encode((findings, inputs, made_with, story.title, story.time_zone))
    clock = findings.as_of[:16].replace(":", "")
    return Edition(
        id=f"{clock}-{hashlib.sha256(written).hexdigest()[:_ID_DIGITS]}",
        kind=findings.kind,
        as_of=findings.as_of,
        made_at=now.isoformat(timespec="seconds"),
        sha256=hashlib.sha256(json.encode()).hexdigest(),
        json=json,
        title=story.title,
        time_zone=story.time_zone,
        made_with=made_with,
        inputs=msgspec.json.encode(inputs).decode(),
    )


def write_edition(folder: Path, edition: Edition, ledger: Ledger) -> Path:
    """Writes an edition's files from the ledger alone, the same to the byte as the first time; gives its folder."""
    material, restrictions = _material(edition, ledger)
    to = folder / EDITIONS / edition.id
    to.mkdir(parents=True, exist_ok=True)
    evidence = msgspec.json.decode(edition.inputs, type=EditionInputs).evidence
    before = _published_before(ledger, edition)
    since = visible_material(*_material(before, ledger)) if before is not None else None
    pages = report_pages(material, evidence=evidence, since=since, correction=edition.correction, restrictions=restrictions)
    write_pages(to, pages)
    write_whole(to / "brief.md", render_brief(material, restrictions=restrictions, evidence=evidence).encode())
    write_whole(to / "findings.json", encode_findings(published_material(visible_material(material, restrictions)).findings))
    told = msgspec.structs.asdict(edition) | {"inputs": msgspec.to_builtins(_shown_inputs(edition, material, restrictions))}
    del told["json"]
    head = ledger.log.head_at("edition", edition.id)
    told["log"] = {"row": head.number, "hash": head.hash} if head is not None else None
    write_whole(to / MANIFEST, msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n")
    if edition.correction:
        write_whole(to / "correction.md", f"{edition.correction}\n".encode())
    files = {
        file.relative_to(to).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(to.rglob("*")) if file.is_file()
    }
    ledger.log.put("files", edition.id, msgspec.json.encode(files).decode())
    return to


def _shown_inputs(edition: Edition, material: Material, restrictions: Restrictions) -> EditionInputs:
    """What an edition was made of, without the documents that are kept out of it, and what is told of them."""
    inputs = msgspec.json.decode(edition.inputs, type=EditionInputs)
    shown = visible_material(material, restrictions)
    left = {reading.document.id for reading in shown.readings}
    if len(left) == len(material.readings):
        return inputs
    told = {*shown.problems, *(problem for reading in shown.readings for problem in reading.problems)}
    return msgspec.structs.replace(
        inputs,
        documents=tuple(each for each in inputs.documents if each.id in left),
        problems=tuple(problem for problem in inputs.problems if problem in told),
    )


def _published_before(ledger: Ledger, edition: Edition) -> Edition | None:
    """The edition published last before another was made."""
    held = ledger.editions()
    at = next((number for number, each in enumerate(held) if each.id == edition.id), len(held))
    return next((each for each in reversed(held[:at]) if each.kind == "published" and each.json), None)


def last_published(folder: Path) -> Material | None:
    """What the edition published last was rendered from; None where the folder holds no story, or none was published."""
    if not (folder / LEDGER).is_file():
        return None
    with Ledger.open(folder / LEDGER, create=False) as ledger:
        last = next((each for each in reversed(ledger.editions()) if each.kind == "published" and each.json), None)
        return visible_material(*_material(last, ledger)) if last is not None else None


def _material(edition: Edition, ledger: Ledger) -> tuple[Material, Restrictions]:
    """What the edition was rendered from, and what was kept out of it.

    Raises LedgerError where a reading of it is not in the ledger any more.
    """
    if not edition.json:
        raise LedgerError(f"the edition {edition.id} was made of material that has since been erased: publish the story anew")
    inputs = msgspec.json.decode(edition.inputs, type=EditionInputs)
    heeded = set(inputs.corrections)
    held = [ledger.reading_with(each.id, each.reading) for each in inputs.documents]
    if None in held:
        missing = inputs.documents[held.index(None)].id
        raise LedgerError(
            f"the edition {edition.id} was made of a reading of {missing} that is not in this ledger; use the one it was made from"
        )
    corrections = tuple(c for c in ledger.corrections() if c.id in heeded)
    raw = tuple(r for r in held if r is not None)
    readings = tuple(all_corrected(raw, corrections))
    material = Material(
        title=edition.title,
        as_of=edition.as_of,
        time_zone=edition.time_zone,
        findings=msgspec.json.decode(edition.json, type=Findings),
        readings=readings,
        problems=tuple(p for p in inputs.problems if not any(p in r.problems for r in readings)),
        presstime=edition.made_with.partition(";")[0].removeprefix("presstime "),
    )
    return with_said(material, said_beside(raw, corrections)), restrictions_of(corrections, edition.made_at)


def correction_note_of(ledger: Ledger, story: Story, now: datetime) -> str | None:
    """The note on the edition published last: what it would say otherwise today, as of its own moment.

    It has no line of what is kept out now, nor of what was kept out then.
    """
    last = next((e for e in reversed(ledger.editions()) if e.kind == "published" and e.json), None)
    if last is None:
        return None
    then = datetime.fromisoformat(last.as_of)
    corrections = ledger.corrections()
    readings = tuple(ledger.corrected_readings(then, last.time_zone))
    today = combine_readings(readings, as_of=last.as_of, context=story.context, decisions=ledger.decisions(), corrections=corrections)
    published, kept_out = _material(last, ledger)
    now_kept_out = restrictions_of(corrections, now.isoformat(timespec="seconds"))
    before = visible_material(visible_material(published, kept_out), now_kept_out)
    after = visible_material(msgspec.structs.replace(published, findings=today, readings=readings), now_kept_out)
    return correction_note(lines_between(before, after), last.as_of, last.time_zone)


def lines_between(before: Material, after: Material) -> tuple[DifferenceLine, ...]:
    """What differs between two materials of one story, in words."""
    return difference_lines(find_differences(before.findings, after.findings), index_material(before), index_material(after))


# ---------------------------------------------------------------- looking at editions


def list_editions(folder: Path) -> tuple[Edition, ...]:
    """A story's editions, in the order in which they were made. Raises StoryError and LedgerError."""
    open_story(folder)
    with Ledger.open(folder / LEDGER, create=False) as ledger:
        return ledger.editions()


def write_again(folder: Path, edition: str) -> Path:
    """Writes an edition's files again, from the ledger alone. Raises StoryError, InputError and LedgerError."""
    open_story(folder)
    with Ledger.open(folder / LEDGER, create=False) as ledger:
        held = {e.id: e for e in ledger.editions()}
        if edition not in held:
            raise InputError(f"there is no edition {edition}; the ledger has: {_named(held)}")
        return write_edition(folder, held[edition], ledger)


def compare(one: Path, other: Path) -> tuple[DifferenceLine, ...]:
    """What differs between two editions, given as their folders (or as the findings.json in them), in words.

    Raises InputError where one is none, LedgerError where the story's ledger does not hold it.
    """
    before, after = open_edition(one), open_edition(other)
    return lines_between(before, after)


def open_edition(path: Path) -> Material:
    """What an edition, given as its folder, was rendered from, without what is kept out now, or was kept out of it then.

    Raises InputError where it is none, LedgerError.
    """
    folder = path if path.is_dir() else path.parent
    if not (folder / MANIFEST).is_file():
        raise InputError(f"{path} is no edition; give an edition's folder, as in story/{EDITIONS}/2026-03-03T2000-5f3a9c")
    story = folder.resolve().parent.parent
    if not (story / LEDGER).is_file():
        raise InputError(
            f"{path} does not lie in its story's folder; an edition's words are in the ledger beside {EDITIONS}/: compare it there"
        )
    with Ledger.open(story / LEDGER, create=False) as ledger:
        held = {e.id: e for e in ledger.editions()}
        edition = held.get(folder.resolve().name)
        if edition is None:
            raise InputError(f"the ledger of {story.name} holds no edition {folder.name}; it has: {_named(held)}")
        today = restrictions_of(ledger.corrections(), datetime.now().astimezone().isoformat(timespec="seconds"))
        return visible_material(visible_material(*_material(edition, ledger)), today)


def _named(ids: Iterable[str]) -> str:
    shown: Sequence[str] = sorted(ids)
    return ", ".join(shown[-5:]) or "none"
