"""Raw material: the bytes in a story's archive, by their hash, each file's own and those of records within WARC files.

Comes in: an archive's folder, and what was gathered into it. Goes out: what does not fit. Example: of the input "https://velmora.example/
(warc/2026-03-04.warc.gz, <urn:uuid:1>)", the response in that record is hashed.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from presstime.compile import write_whole
from presstime.gather.archive import ERASED, RECORD, erased_key, erased_keys
from presstime.ledger import Input
from presstime.records import Problem

__all__ = ["in_warc", "raw_faults", "raw_place", "remove_raw"]

CHUNK = 1 << 20
_IN_WARC = re.compile(r"\((warc/[^\s,()]+), (<[^<>]*>)\)$")


def raw_place(archive: Path, sha256: str) -> Path:
    """Where an archive keeps bytes of a hash."""
    return archive / sha256[:2] / sha256


def in_warc(whence: str) -> tuple[str, str] | None:
    """The WARC file and the id of the record an input lies in; None for one that is a file of its own."""
    found = _IN_WARC.search(whence)
    return (found[1], found[2]) if found else None


def raw_faults(archive: Path, inputs: Iterable[Input]) -> Iterator[Problem]:
    """Whether the bytes of every input are there and have their hash. Bytes without an input are checked against their name."""
    wanted: set[str] = set()
    within: dict[str, dict[str, str]] = {}
    for each in inputs:
        place = in_warc(each.whence)
        if place is None:
            wanted.add(each.sha256)
        else:
            within.setdefault(place[0], {})[place[1]] = each.sha256
    for folder in sorted(archive.glob("??")) if archive.is_dir() else ():
        for file in sorted(folder.iterdir()):
            if file.name.startswith("."):
                continue  # being written, or left by a process that was killed
            wanted.discard(file.name)
            if file_hash(file) != file.name:
                yield _misfit(f"archive/{folder.name}/{file.name}", "the raw bytes do not have their hash: they were changed")
    for sha256 in sorted(wanted):
        yield _misfit(f"archive/{sha256[:2]}/{sha256}", "the raw bytes of an input are not there: they were removed")
    for name in sorted(within):
        yield from _warc_faults(archive / name, name, within[name])


def file_hash(file: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    hashed = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            hashed.update(chunk)
    return hashed.hexdigest()


def _misfit(where: str, why: str) -> Problem:
    return Problem(where=where, what="does-not-fit", why=why)


def _warc_faults(file: Path, name: str, wanted: dict[str, str]) -> Iterator[Problem]:
    if not file.is_file():
        yield _misfit(f"archive/{name}", "the WARC file is not there: it was removed")
        return
    left = dict(wanted)
    try:
        for record, kind, block in _warc_records(file):
            sha256 = left.pop(record, None)
            # a revisit has its headers only, written anew; its body is that of an earlier record, which is hashed there
            if sha256 is not None and kind == "response" and hashlib.sha256(block).hexdigest() != sha256:
                yield _misfit(f"archive/{name} {record}", "the response in the WARC file does not have its hash: it was changed")
    except (zlib.error, ValueError) as error:
        yield _misfit(f"archive/{name}", f"the WARC file is damaged ({error})")
        return
    for record in sorted(left):
        yield _misfit(f"archive/{name} {record}", "the record is not in the WARC file: it was removed")


def _warc_records(file: Path) -> Iterator[tuple[str, str, bytes]]:
    """The responses and revisits in a WARC file of packed records: id, kind, block."""
    for packed, fields in _packed_records(file):
        kind = fields.get("WARC-Type", "")
        if kind in ("response", "revisit"):
            rest = zlib.decompress(packed, wbits=31).partition(b"\r\n\r\n")[2]
            yield fields.get("WARC-Record-ID", ""), kind, rest[: int(fields["Content-Length"])]


def _packed_records(file: Path) -> Iterator[tuple[bytes, dict[str, str]]]:
    """Each record of a WARC file as it is packed, with its headers. Raises ValueError and zlib.error for a damaged one."""
    data = file.read_bytes()
    while data:
        unpacker = zlib.decompressobj(wbits=31)
        record = unpacker.decompress(data)
        if not unpacker.eof:
            raise ValueError("its last record is cut off")
        packed, data = data[: len(data) - len(unpacker.unused_data)], unpacker.unused_data
        head = record.partition(b"\r\n\r\n")[0]
        yield packed, dict(line.decode("utf-8", "replace").split(": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)


# ---------------------------------------------------------------- erasing


def remove_raw(archive: Path, hashes: Iterable[str], inputs: Iterable[str]) -> list[str]:
    """Removes raw bytes from an archive: files by their hash, records of WARC files by the inputs that name them.

    What was removed is noted by salted hashes, so that it does not come back when it is gathered again. Gives the files concerned.
    """
    wanted = set(hashes)
    if not archive.is_dir():
        return []
    known = erased_keys(archive)
    new = sorted(each for each in wanted if not any(erased_key(salt, each) == key for salt, key in known))
    if new:
        lines = [f"{salt} {key}" for salt, key in known]
        for each in new:
            salt = secrets.token_hex(16)
            lines.append(f"{salt} {erased_key(salt, each)}")
        write_whole(archive / ERASED, "".join(f"{line}\n" for line in lines).encode())
    removed = []
    for each in sorted(wanted):
        file = raw_place(archive, each)
        if file.is_file():
            file.unlink()
            removed.append(f"{archive.name}/{each[:2]}/{each}")
            if not any(file.parent.iterdir()):
                file.parent.rmdir()
    records: dict[str, set[str]] = {}
    for whence in inputs:
        place = in_warc(whence)
        if place is not None:
            records.setdefault(place[0], set()).add(place[1])
    for name in sorted(records):
        if (archive / name).is_file():
            write_whole(archive / name, _without_records(archive / name, records[name]))
            removed.append(f"{archive.name}/{name}")
    _without_lines(archive / RECORD, wanted)
    return removed


def _without_lines(record: Path, hashes: set[str]) -> None:
    lines = record.read_bytes().split(b"\n") if record.is_file() else []
    kept = [line for line in lines if not any(each.encode() in line for each in hashes)]
    if len(kept) < len(lines):
        write_whole(record, b"\n".join(kept))


def _without_records(file: Path, records: set[str]) -> bytes:
    """A WARC file without some responses and the requests that go with them."""
    return b"".join(packed for packed, fields in _packed_records(file) if not records & {fields.get(name, "") for name in _IDS})


_IDS = ("WARC-Record-ID", "WARC-Concurrent-To")
