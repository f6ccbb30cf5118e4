"""Verifying a story: everything that is kept for good is recomputed and held against the log.

Comes in: a story's folder. Goes out: `Verified`, with the first thing that does not fit. Example: one letter of a document's text
changed in ledger.db gives the fault "document doc-1: it is not what row 1 of the log commits to: it was changed".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from presstime.custody.raw import file_hash, raw_faults
from presstime.gather import gathered_files
from presstime.ledger import Head, Input, Ledger
from presstime.records import Problem, Record
from presstime.story import ARCHIVE, EDITIONS, LEDGER, open_story

__all__ = ["Verified", "verify_story"]


class Verified(Record, frozen=True):
    """What was recomputed, and the first thing that does not fit (None: everything does). `notes` are no faults."""

    documents: int
    readings: int
    entries: int
    erased: int
    head: Head
    fault: Problem | None = None
    notes: tuple[str, ...] = ()


def verify_story(folder: Path) -> Verified:
    """Recomputes the hashes of raw bytes, readings and editions, the log's chain and heads, and every record's words.

    Raises StoryError, and LedgerError where the ledger cannot be opened at all.
    """
    open_story(folder)
    with Ledger.open(folder / LEDGER, create=False) as ledger:
        notes: list[str] = []
        fault = next(_faults(folder, ledger, notes), None)
        counts = ledger.log.counts()
        return Verified(
            documents=counts.get("document", 0),
            readings=counts.get("reading", 0),
            entries=ledger.log.head().number,
            erased=ledger.log.erased_count(),
            head=ledger.log.head(),
            fault=fault,
            notes=tuple(notes),
        )


def _faults(folder: Path, ledger: Ledger, notes: list[str]) -> Iterator[Problem]:
    yield from ledger.log.faults()
    notes += ledger.log.notes()
    archive = folder / ARCHIVE
    inputs = ledger.inputs()
    known = {(each.sha256, each.whence) for each in inputs}
    # what was kept by a run that was killed before it entered its inputs
    more = [Input(sha256=raw.sha256, whence=raw.whence, gathered=raw.gathered) for raw in gathered_files(archive)]
    yield from raw_faults(archive, [*inputs, *(each for each in more if (each.sha256, each.whence) not in known)])
    yield from _edition_faults(folder, ledger, notes)


def _edition_faults(folder: Path, ledger: Ledger, notes: list[str]) -> Iterator[Problem]:
    """Whether each edition's findings have their hash, and its files are those that were written."""
    written = ledger.log.stored("files")
    for edition in ledger.editions():
        if not edition.json:
            notes.append(f"the edition {edition.id} was made of material that has since been erased")
            continue
        if hashlib.sha256(edition.json.encode()).hexdigest() != edition.sha256:
            yield Problem(where=f"edition {edition.id}", what="does-not-fit", why="its findings do not have their hash: they were changed")
        own = folder / EDITIONS / edition.id
        if not own.is_dir():
            notes.append(
                f"the files of the edition {edition.id} are not there; presstime editions {folder} --write {edition.id} makes them"
            )
            continue
        hashes = msgspec.json.decode(written.get(edition.id, "{}"), type=dict[str, str])
        if not hashes:
            notes.append(f"the files of the edition {edition.id} were written before there was a log, so they are not verified")
        for name, sha256 in hashes.items():
            file = own / name
            where = f"{EDITIONS}/{edition.id}/{name}"
            if not file.is_file():
                yield Problem(where=where, what="does-not-fit", why="the file is not there: it was removed")
            elif file_hash(file) != sha256:
                yield Problem(where=where, what="does-not-fit", why="it is not what was written: the file was changed")
