"""Material that people give the desk, kept in the story's folder until it is in the ledger: a text, files, or an address.

Comes in: what a form held. Goes out: a job that gathers, reads and enters it. What a stop of the desk broke off lies there still, and is
taken up when the desk is opened again. Example: a pasted text with outlet "The Harrow Post" lies in incoming/5f…/pasted.txt beside
job.json, and once it is read, only in the archive and the ledger.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import msgspec

from presstime.adding import added, is_address
from presstime.desk.jobs import Job
from presstime.ledger import BusyError, Ledger
from presstime.problems import InputError, LedgerError
from presstime.records import Record

if TYPE_CHECKING:
    from presstime.desk.state import Desk

__all__ = ["FIELDS", "INCOMING", "MOST_FILES", "add_address", "add_files", "add_text", "stop_job", "take_up"]

INCOMING = "incoming"
PASTED = "pasted.txt"
_KEPT_JOB = "job.json"
FIELDS = ("headline", "outlet", "byline", "published", "url")
"""What may be said of a pasted text: gather's header lines."""
LONGEST_FIELD = 1_000
LONGEST_NAME = 120
"""Bytes of a file's name: file systems take 255, with the longest ending that tells its kind."""
MOST_FILES = 100
TRIES = 60
"""So often a reading waits a second for another process that writes, before the job gives up."""
T = TypeVar("T")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


class _Kept(Record, frozen=True):
    title: str
    by: str
    at: str
    inputs: tuple[str, ...]
    """Names of files beside it, or one address."""


def add_text(desk: Desk, text: str, fields: Mapping[str, str], by: str) -> Job:
    """Add a pasted text, with what is known of it. Raises InputError where there is no word in it, or a field is not as it must be."""
    if not text.strip():
        raise InputError("paste the text of a report; there is none yet")
    lines = []
    for name in FIELDS:
        value = " ".join(fields.get(name, "").split())
        if len(value) > LONGEST_FIELD:
            raise InputError(f"{name} is too long: {len(value)} characters, where up to {LONGEST_FIELD} are taken")
        if name == "published" and value:
            _check_moment(value)
        if name == "url" and value and not is_address(value):
            raise InputError("the address of the text begins with http:// or https://; leave it out where there is none")
        lines += [f"{name.capitalize()}: {value}"] if value else []
    whole = "\n".join(lines) + "\n\n" + text if lines else text
    title = shorten(fields.get("headline") or text, 80, placeholder="…")
    job = Job(kind="material", title=f"pasted: {title}", by=by)
    place = _place(desk, job)
    (place / PASTED).write_text(whole, encoding="utf-8", errors="replace", newline="\n")
    return _start(desk, job, (PASTED,))


def add_files(desk: Desk, files: Iterable[tuple[str, BinaryIO]], by: str) -> Job:
    """Add files, given by their names and what is in them. A name's folders are left out. Raises InputError where there are none."""
    job = Job(kind="material", title="", by=by)
    place = _place(desk, job)
    names: list[str] = []
    try:
        for given, stream in files:
            if len(names) == MOST_FILES:
                raise InputError(f"{MOST_FILES} files are taken at once; put more of them into a .zip")
            name = f"{len(names) + 1}/{_safe_name(given)}"
            (place / str(len(names) + 1)).mkdir()
            with (place / name).open("xb") as file:
                shutil.copyfileobj(stream, file)
            names.append(name)
        if not names:
            raise InputError("choose at least one file, or drop it on the field")
    except (InputError, OSError):
        _clear(desk, place)
        raise
    shown = [name.partition("/")[2] for name in names]
    job.title = ", ".join(shown[:3]) + (f" and {len(shown) - 3} more" if len(shown) > 3 else "")
    return _start(desk, job, tuple(names))


def add_address(desk: Desk, address: str, by: str) -> Job:
    """Add the page at an address of the web, fetched as docs/fetching.md says. Raises InputError where it is none: a path is none."""
    address = address.strip()
    if not is_address(address) or len(address) > LONGEST_FIELD or any(character.isspace() for character in address):
        raise InputError("give the address of a page, beginning with http:// or https://")
    job = Job(kind="material", title=address, by=by)
    _place(desk, job)
    return _start(desk, job, (address,))


def take_up(desk: Desk) -> None:
    """Do what an earlier desk of this story left undone."""
    folder = desk.folder / INCOMING
    for place in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            kept = msgspec.json.decode((place / _KEPT_JOB).read_bytes(), type=_Kept)
        except (OSError, msgspec.MsgspecError):
            _clear(desk, place)  # broken off before it was told as taken
            continue
        job = Job(kind="material", title=kept.title, by=kept.by, at=kept.at, id=place.name)
        desk.jobs.start(job, partial(_add, desk, place=place, inputs=kept.inputs))


def stop_job(desk: Desk, job: Job) -> None:
    """Stop adding; what was entered stays, the rest goes."""
    job.stopping = True
    if job.state == "waiting":
        job.state, job.step = "stopped", "stopped"
        _clear(desk, desk.folder / INCOMING / job.id)


def _clear(desk: Desk, place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    with suppress(OSError):
        (desk.folder / INCOMING).rmdir()  # where it is empty


def _place(desk: Desk, job: Job) -> Path:
    place = desk.folder / INCOMING / job.id
    try:
        place.mkdir(parents=True)
    except OSError as error:
        raise InputError(f"nothing can be kept in the story's folder ({error.strerror}); make room, or make it yours to write") from None
    return place


def _start(desk: Desk, job: Job, inputs: tuple[str, ...]) -> Job:
    place = desk.folder / INCOMING / job.id
    kept = _Kept(title=job.title, by=job.by, at=job.at, inputs=inputs)
    (place / _KEPT_JOB).write_bytes(msgspec.json.encode(kept))
    if not desk.jobs.start(job, partial(_add, desk, place=place, inputs=inputs)):
        _clear(desk, place)
        raise InputError("too much waits to be read already; give this again when some of it is done")
    return job


def _add(desk: Desk, job: Job, place: Path, inputs: tuple[str, ...]) -> None:
    """The job: each reading is entered as soon as it is there."""
    given = [each if is_address(each) else place / each for each in inputs]
    job.step = "fetching the page" if is_address(inputs[0]) else "looking into the material"
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    for step in added(desk.folder, given, now, lambda: job.stopping):
        if step.fault is not None:
            job.fault = step.fault
        if step.texts is not None:
            job.total = step.texts
            job.step = "reading"
        for entry in step.inputs:
            _entered(desk, partial(Ledger.enter_input, entry=entry))
        if step.known is not None:
            job.known.append(step.known)
            job.done += 1
        problems = [step.problem] if step.problem is not None else []
        if step.reading is not None:
            entered = _entered(desk, partial(Ledger.enter_reading, reading=step.reading))
            problems += [entered.problem] if entered.problem is not None else []
            problems += step.reading.problems
            if entered.problem is None:
                job.documents.append(entered.document)
            job.done += 1
            desk.findings.changed()
        if step.problem is not None:
            _entered(desk, partial(Ledger.enter_problem, problem=step.problem))
        job.problems += [one for one in problems if one not in job.problems]
    if not job.stopping or not desk.jobs.closed:
        _clear(desk, place)
    job.step = "stopped" if job.stopping else "read"


def _entered(desk: Desk, act: Callable[[Ledger], T]) -> T:
    """Do an act on the ledger before any combining; waits for another process that writes, a minute at most."""
    for _ in range(TRIES):
        with suppress(BusyError), desk.findings.going_before(), desk.open_ledger() as ledger:
            ledger.wait_at_most(1.0)
            return act(ledger)
    raise LedgerError("another program has been writing to the ledger for a minute; add the material again when it is done")


def _safe_name(given: str) -> str:
    """A file's own name, as any file system takes it: its folders, signs that mean something to a system, and length are cut."""
    name = _UNSAFE.sub("_", given.replace("\\", "/").rpartition("/")[2]).strip(" .") or "file"
    stem, dot, ending = name.rpartition(".")
    ending = dot + ending if stem and len(ending) <= 10 else ""
    stem = stem if ending else name
    while len((stem + ending).encode("utf-8", "replace")) > LONGEST_NAME:
        stem = stem[:-1]
    return (stem + ending).encode("utf-8", "replace").decode()


def _check_moment(value: str) -> None:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        raise InputError(f"{value!r} is no date; write it like 2026-03-03 or 2026-03-03T20:00+02:00") from None
