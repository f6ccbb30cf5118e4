"""Verifying a bundle: that no byte of it was changed since it was sealed, from the bundle alone.

Comes in: a bundle. Goes out: `Verified`, with the first thing that does not fit. Example: after one letter of a reading was changed,
and the zip made anew so that it opens, the fault names ledger/readings.jsonl; made anew with its list of hashes too, the signature.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import msgspec

from presstime.custody.bundle import KEY, SIGNATURE, STAMP, SUMS, UNLISTED, misfit, open_bundle, sha256_of, zip_fault
from presstime.custody.keys import fingerprint, signature_fits
from presstime.custody.lines import LOG, READINGS, Line, entry_lines, parse_lines, row_of
from presstime.custody.raw import in_warc
from presstime.custody.verify import Verified
from presstime.ledger import Head
from presstime.ledger.log import commitment
from presstime.ledger.log_checking import chain_faults, erased_rows, span_fault
from presstime.problems import InputError
from presstime.records import Problem, Reading

__all__ = ["verify_bundle"]

_SUM = re.compile(r"([0-9a-f]{64})  (.+)")


def verify_bundle(path: Path, key: bytes | None = None) -> Verified:
    """Verifies a bundle; `key` is the public half (PEM) of the key it must be signed with. Raises InputError where it is no bundle."""
    if key is not None:
        fingerprint(key)  # a slip in what was given is told first
    notes: list[str] = []
    counts: dict[str, Any] = {}
    fault = next(_faults(path, key, notes, counts), None)
    return Verified(
        documents=counts.get("document", 0),
        readings=counts.get("readings", 0),
        entries=counts.get("rows", 0),
        erased=counts.get("erased", 0),
        head=counts.get("head", Head(number=0, hash="")),
        fault=fault,
        notes=tuple(notes),
    )


def _faults(path: Path, key: bytes | None, notes: list[str], counts: dict[str, Any]) -> Iterator[Problem]:
    try:
        fault = zip_fault(path)
    except InputError as error:
        yield misfit(path.name, str(error))
        return
    if fault is not None:
        yield fault
        return
    with open_bundle(path) as bundle:
        names = set(bundle.namelist())
        for needed in (SUMS, LOG, READINGS, "seal.json"):
            if needed not in names:
                yield misfit(needed, "it is not in the file: this is no bundle, or it was taken out")
                return
        yield from _sum_faults(bundle, names)
        yield from _signature_faults(bundle, names, key, notes)
        if STAMP in names:
            notes.append(f"there is a timestamp; who gave it, and when, is verified with openssl (README.txt in {path.name})")
        yield from _log_faults(bundle, names, notes, counts)


def _sum_faults(bundle: ZipFile, names: set[str]) -> Iterator[Problem]:
    """Whether every file is listed with its hash, and every one that is listed is there."""
    listed: dict[str, str] = {}
    for number, line in enumerate(bundle.read(SUMS).decode("utf-8", "replace").split("\n")[:-1], 1):
        found = _SUM.fullmatch(line)
        if found is None:
            yield misfit(f"{SUMS} line {number}", "it is not a hash and a name")
            return
        listed[found[2]] = found[1]
    for name in sorted(names | set(listed)):
        if name in UNLISTED:
            continue
        if name not in listed:
            yield misfit(name, f"{SUMS} does not list it: it was put in")
        elif name not in names:
            yield misfit(name, f"{SUMS} lists it, and it is not there: it was taken out")
        elif sha256_of(bundle.read(name)) != listed[name]:
            yield misfit(name, f"it does not have the hash that {SUMS} lists: one of the two was changed")


def _signature_faults(bundle: ZipFile, names: set[str], key: bytes | None, notes: list[str]) -> Iterator[Problem]:
    if KEY not in names and SIGNATURE not in names:
        if key is not None:
            yield misfit(SIGNATURE, "the bundle is not signed, and it was to be signed with the key you gave")
        notes.append("the bundle is not signed: that it fits shows that it is whole, and not by whom it was sealed")
    elif KEY not in names or SIGNATURE not in names:
        yield misfit(SIGNATURE if SIGNATURE not in names else KEY, "it is not there: the signature cannot be verified")
    else:
        own = bundle.read(KEY)
        if not signature_fits(own, bundle.read(SIGNATURE), bundle.read(SUMS)):
            yield misfit(SIGNATURE, f"the signature is not that of {KEY} over {SUMS}: one of the three was changed")
            return
        if key is not None and fingerprint(key) != fingerprint(own):
            yield misfit(KEY, f"it was signed with another key ({fingerprint(own)}) than the one you gave ({fingerprint(key)})")
        if key is None:
            notes.append(f"signed with the key {fingerprint(own)}; ask the sender, by another way, whether it is theirs")


def _log_faults(bundle: ZipFile, names: set[str], notes: list[str], counts: dict[str, Any]) -> Iterator[Problem]:
    """Whether the log is a chain, what it commits to is there, and every file of entries, reading and raw file follows from it."""
    try:
        lines = list(parse_lines(bundle.read(LOG)))
        told = json.loads(bundle.read("seal.json"))
        head = msgspec.convert(told["head"], type=Head)
        derived = entry_lines(lines)
    except (msgspec.MsgspecError, ValueError, KeyError, TypeError) as error:
        yield misfit(LOG, f"it, or seal.json, cannot be read ({error})")
        return
    counts |= {"rows": len(lines), "head": head, "erased": sum(line.erased_by is not None for line in lines)}
    counts["document"] = sum(line.kind == "document" and line.payload is not None for line in lines)
    yield from chain_faults((row_of(line) for line in lines), [head])
    if (lines[-1].number if lines else 0) != head.number:
        yield misfit(LOG, f"seal.json says that it ends at row {head.number}")
    yield from _payload_faults(lines, told)
    for name, data in derived.items():
        if name not in names or bundle.read(name) != data:
            yield misfit(name, f"it is not what follows from {LOG}")
    yield from _reading_faults(bundle, lines, counts)
    left_out = sum(line.left_out for line in lines)
    if left_out:
        notes.append(f"{left_out} of {len(lines)} rows of the log are there without what they commit to: it was left out when sealing")
    for line in lines:
        if line.kind == "input" and line.payload is not None:
            _, sha256, whence, _ = json.loads(line.payload)
            if in_warc(whence) is not None:
                continue
            name = f"archive/{sha256[:2]}/{sha256}"
            if name not in names and not left_out:
                yield misfit(name, f"row {line.number} of the log says that it was gathered, and it is not there")
    for name in sorted(names):
        if re.fullmatch(r"archive/[0-9a-f]{2}/[0-9a-f]{64}", name) and sha256_of(bundle.read(name)) != name[-64:]:
            yield misfit(name, "the raw bytes do not have the hash they are named by")


def _payload_faults(lines: list[Line], told: dict[str, Any]) -> Iterator[Problem]:
    erased = erased_rows((line.number, line.payload) for line in lines if line.kind == "erasure" and line.payload is not None)
    for line in lines:
        where = f"log row {line.number}"
        if line.payload is not None:
            if commitment(line.salt or "", line.payload) != line.commitment:
                yield misfit(where, f"its payload is not what it commits to, in {LOG}: one of the two was changed")
            if json.loads(line.payload)[0] != line.kind:
                yield misfit(where, f"its payload is not of the kind {line.kind}")
        elif line.erased_by is not None:
            if line.number not in erased.get(line.erased_by, ()):
                yield misfit(where, f"it is marked as erased by row {line.erased_by}, which says nothing of it")
        elif not line.left_out:
            yield misfit(where, "what it commits to is not there, and was neither erased nor left out")
    if sum(line.left_out for line in lines) != told.get("left_out"):
        yield misfit(LOG, f"seal.json says that {told.get('left_out')} rows were left out when sealing, and others are")


def _reading_faults(bundle: ZipFile, lines: list[Line], counts: dict[str, Any]) -> Iterator[Problem]:
    texts: dict[str, str] = {}
    wanted: dict[str, int] = {}
    for line in lines:
        if line.payload is not None and line.kind == "document":
            _, identity, _, _, _, text = json.loads(line.payload)
            texts[identity] = text
        elif line.payload is not None and line.kind == "reading":
            wanted[json.loads(line.payload)[5]] = line.number
    data = bundle.read(READINGS).split(b"\n")[:-1]
    counts["readings"] = len(data)
    for number, json_text in enumerate(data, 1):
        where = f"{READINGS} line {number}"
        if wanted.pop(sha256_of(json_text), None) is None:
            yield misfit(where, "the log knows of no reading with its hash: it was changed, or put in")
            continue
        try:
            reading = msgspec.json.decode(json_text, type=Reading)
        except msgspec.MsgspecError as error:
            yield misfit(where, f"it cannot be read ({error})")
            continue
        if texts.get(reading.document.id) != reading.document.text:
            yield misfit(where, f"it is of another text than the document {reading.document.id} in the log")
        elif fault := span_fault(reading):
            yield misfit(where, fault)
    if wanted:
        yield misfit(READINGS, f"the reading of row {min(wanted.values())} of the log is not there")
