"""Sealing: a story in one file that verifies on another machine, without presstime's database.

Comes in: a story's folder, a key if it is to be signed, names to leave out. Goes out: a bundle. Example: `seal_story(Path("flood"),
Path("flood.zip"))` leaves a zip with the report, the ledger as JSON Lines, the raw material, the log and the hash of every file.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Container, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from presstime.combine import combine_readings
from presstime.compile import said_in, write_report
from presstime.custody.bundle import KEY, SIGNATURE, STAMP, SUMS, sha256_of, sums_of, write_bundle
from presstime.custody.instructions import INSTRUCTIONS
from presstime.custody.keys import public_pem
from presstime.custody.leaving_out import LeftOut, kept_out_documents, named_in, strings_of, what_to_leave_out
from presstime.custody.lines import LOG, READINGS, Line, encode_line, entry_lines
from presstime.custody.verify import verify_story
from presstime.ledger import Ledger
from presstime.ledger.log import CHAIN_START
from presstime.problems import InputError
from presstime.records import Reading, Record
from presstime.show.visible import restrictions_of
from presstime.story import ARCHIVE, EDITIONS, LEDGER, STORY_FILE, Story, open_story
from presstime.version import __version__

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

__all__ = ["Sealed", "seal_story"]

FORM = 1
"""The form of a bundle, kept in seal.json."""


class Sealed(Record, frozen=True):
    """What was sealed: the bundle, its files and rows of the log, and how many of these are there without their content."""

    bundle: Path
    files: int
    rows: int
    left_out: int
    erased: int
    signed: bool
    sums: str


def seal_story(
    folder: Path,
    out: Path,
    *,
    key: Ed25519PrivateKey | None = None,
    redact: Sequence[str] = (),
    with_confidential: bool = False,
    stamp: Callable[[bytes], bytes] | None = None,
    now: datetime | None = None,
) -> Sealed:
    """Writes a story's bundle, wholly or not at all.

    What names somebody in `redact`, or is marked as confidential or under embargo (unless `with_confidential`), is left out: its
    rows of the log stay. `stamp` gives a timestamp for the list of hashes. Raises StoryError, LedgerError, and InputError where the
    story does not verify: what does not fit is not sealed.
    """
    found = verify_story(folder)
    if found.fault is not None:
        raise InputError(f"{folder} is not sealed, for it does not verify: {found.fault.where}: {found.fault.why}")
    story = open_story(folder)
    moment = now or datetime.now(UTC)
    with Ledger.open(folder / LEDGER, create=False) as ledger, ledger.log.as_it_stands():
        restrictions = restrictions_of(ledger.corrections(), moment.isoformat(timespec="seconds"))
        hidden = frozenset[str]() if with_confidential else kept_out_documents(ledger.readings(), restrictions, moment.isoformat())
        payloads = list(ledger.log.payloads())
        readings = list(ledger.log.reading_json())
        left = what_to_leave_out(payloads, ((document, text) for document, _, text in readings), redact, hidden)
        lines = [
            Line(
                **msgspec.structs.asdict(row),
                salt=None if row.number in left.rows else payload.salt,
                payload=None if row.number in left.rows else payload.payload,
                erased_by=payload.erased_by,
                left_out=row.number in left.rows,
            )
            for row, payload in zip(ledger.log.rows(), payloads, strict=True)
        ]
        kept = [text for document, _, text in readings if document not in left.documents]
        files = dict(_ledger_files(lines, kept))
        files |= (
            _report_files(folder, story, ledger, left, moment)
            if left.rows
            else _own_files(folder, {e.id for e in ledger.editions() if e.json})
        )
    files |= _archive_files(folder / ARCHIVE, left, redact)
    if not left.rows:
        files[STORY_FILE] = (folder / STORY_FILE).read_bytes()
    told = {
        "form": FORM,
        "presstime": __version__,
        "title": None if left.rows else story.title,
        "sealed_at": moment.isoformat(timespec="seconds"),
        "head": {"number": lines[-1].number if lines else 0, "hash": lines[-1].hash if lines else CHAIN_START},
        "left_out": len(left.rows),
        "erased": sum(line.erased_by is not None for line in lines),
    }
    files["seal.json"] = json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n"
    files["README.txt"] = INSTRUCTIONS.encode()
    _refuse_names(files, redact)
    if key is not None:
        files[KEY] = public_pem(key)
    sums = sums_of((name, sha256_of(data)) for name, data in files.items())
    last = {SUMS: sums}
    if key is not None:
        last[SIGNATURE] = key.sign(sums)
    if stamp is not None:
        last[STAMP] = stamp(sums)
    _write(out, [*sorted(files.items()), *last.items()])
    return Sealed(
        bundle=out,
        files=len(files) + len(last),
        rows=len(lines),
        left_out=len(left.rows),
        erased=sum(line.erased_by is not None for line in lines),
        signed=key is not None,
        sums=sha256_of(sums),
    )


def _ledger_files(lines: Sequence[Line], readings: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    yield LOG, b"".join(encode_line(line) for line in lines)
    yield READINGS, b"".join(text.encode() + b"\n" for text in readings)
    yield from entry_lines(lines).items()


def _own_files(folder: Path, editions: Container[str]) -> dict[str, bytes]:
    """The report as it stands in the story's folder, and the files of editions, but for those of which something was erased."""
    found = {name: (folder / name).read_bytes() for name in ("report.html", "brief.md", "findings.json") if (folder / name).is_file()}
    for part in ("report", EDITIONS):
        for file in sorted((folder / part).rglob("*")):
            own = file.relative_to(folder)
            if file.is_file() and not file.name.startswith(".") and (part != EDITIONS or own.parts[1] in editions):
                found[own.as_posix()] = file.read_bytes()
    return found


def _report_files(folder: Path, story: Story, ledger: Ledger, left: LeftOut, moment: datetime) -> dict[str, bytes]:
    """A report of what is left, made anew: the one in the folder, and the editions, are of everything."""
    heeded = [each for each in ledger.corrections() if each.document is not None and each.document not in left.documents]
    readings: tuple[Reading, ...] = tuple(r for r in ledger.corrected_readings() if r.document.id not in left.documents)
    as_of = moment.isoformat(timespec="seconds")
    findings = combine_readings(readings, as_of=as_of, context=story.context, corrections=heeded)
    said = said_in(ledger, readings, moment, heeded)
    with tempfile.TemporaryDirectory() as made:
        write_report(Path(made), "What is left of a redacted story", story.time_zone, findings, readings, (), said=said)
        return {file.relative_to(made).as_posix(): file.read_bytes() for file in sorted(Path(made).rglob("*")) if file.is_file()}


def _archive_files(archive: Path, left: LeftOut, names: Sequence[str]) -> dict[str, bytes]:
    """The raw material. Where anything is left out, only what documents that are carried were read from, and no WARC file."""
    found = {}
    carried = set()
    for file in sorted(archive.rglob("*")) if archive.is_dir() else ():
        name = file.relative_to(archive).as_posix()
        if not file.is_file() or file.name.startswith("."):
            continue
        if left.rows and (name.startswith("warc/") or file.name in left.raw or name == "gathered.jsonl"):
            continue
        data = file.read_bytes()
        if left.rows and (not _is_text(data) or named_in([data.decode()], names)):
            continue
        carried.add(file.name)
        found[f"{ARCHIVE}/{name}"] = data
    record = archive / "gathered.jsonl"
    if left.rows and record.is_file():
        wanted = [line for line in record.read_bytes().split(b"\n")[:-1] if json.loads(line).get("sha256") in carried]
        wanted = [line for line in wanted if not named_in(strings_of(json.loads(line)), names)]
        found[f"{ARCHIVE}/gathered.jsonl"] = b"".join(line + b"\n" for line in wanted)
    return found


def _is_text(data: bytes) -> bool:
    try:
        return "\x00" not in data.decode()
    except UnicodeDecodeError:
        return False


def _refuse_names(files: dict[str, bytes], names: Sequence[str]) -> None:
    """Raises InputError where a name that was to be left out stands in what was to be sealed."""
    for file, data in files.items() if names else ():
        if _is_text(data) and named_in([data.decode().replace("\\n", " ").replace("\\t", " ")], names):
            raise InputError(f"nothing was sealed: a name that is to be left out stands in {file}; please report this as a bug")


def _write(out: Path, files: Sequence[tuple[str, bytes]]) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("wb") as file:
            write_bundle(file, files)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
