"""The form of a bundle: a zip without compression whose every byte follows from what is in it.

Comes in: names and bytes. Goes out: a zip, the same for the same content; or what is in one, and the first byte of it that could not
stand there. Example: a bundle whose twentieth byte was changed is refused with "byte 19, in the zip's entry of README.txt".
"""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from presstime.problems import InputError
from presstime.records import Problem

__all__ = ["KEY", "SIGNATURE", "STAMP", "SUMS", "is_bundle", "misfit", "open_bundle", "sums_of", "write_bundle", "zip_fault"]

SUMS = "SHA256SUMS"
"""The file that lists every other with its hash, as `sha256sum` writes it; what is signed."""
SIGNATURE = "SHA256SUMS.sig"
STAMP = "SHA256SUMS.tsr"
KEY = "key.pub.pem"
UNLISTED = (SUMS, SIGNATURE, STAMP)
"""What is not in the list of hashes: the list, and what is made of it."""

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip can say: the moment of sealing stands in seal.json."""
_UNIX = 3
_CHUNK = 1 << 20
_UNREADABLE = (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
_MODE = 0o644 << 16


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = zipfile.ZIP_STORED
    entry.create_system = _UNIX
    entry.external_attr = _MODE
    return entry


def write_bundle(file: IO[bytes], files: Iterable[tuple[str, bytes]]) -> None:
    """Writes a bundle of files in the order given."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        for name, data in files:
            made.writestr(_entry(name), data)


def sums_of(hashes: Iterable[tuple[str, str]]) -> bytes:
    """The list of hashes, from names and hashes, in the form of `sha256sum`."""
    return "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(hashes)).encode()


def is_bundle(path: Path) -> bool:
    """Whether a path is a file that begins as a zip does."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def open_bundle(path: Path) -> zipfile.ZipFile:
    """A bundle, opened. Raises InputError where it is no zip at all."""
    try:
        return zipfile.ZipFile(path)
    except _UNREADABLE as error:
        raise InputError(
            f"{path} cannot be opened as a bundle ({error}): it is no bundle, or its directory at the end was changed"
        ) from None


def zip_fault(path: Path) -> Problem | None:
    """The first byte of a bundle that does not follow from what is in it; None where each does.

    The bundle is written once more from what is in it, into a temporary file, and the two are compared.
    """
    with open_bundle(path) as given, tempfile.TemporaryFile() as anew, path.open("rb") as stream:
        entries = given.infolist()
        if len({entry.filename for entry in entries}) != len(entries):
            return misfit(path.name, "two files in it have one name")
        with zipfile.ZipFile(anew, "w", zipfile.ZIP_STORED) as made:
            for entry in entries:
                if entry.compress_type != zipfile.ZIP_STORED or entry.file_size != entry.compress_size:
                    return misfit(entry.filename, "it is packed otherwise than a bundle is: the zip's directory was changed")
                try:
                    made.writestr(_entry(entry.filename), given.read(entry))
                except _UNREADABLE as error:
                    return misfit(entry.filename, f"it cannot be read ({error}): it, or its entry in the zip, was changed")
        anew.seek(0)
        at = _first_difference(stream, anew)
        if at is None:
            return None
        within = [entry.filename for entry in sorted(entries, key=lambda entry: entry.header_offset) if entry.header_offset <= at]
        directory = at >= given.start_dir
        where = "the zip's directory" if directory or not within else within[-1]
        return misfit(where, f"byte {at} of the bundle is not what follows from the rest of it")


def _first_difference(one: IO[bytes], other: IO[bytes]) -> int | None:
    at = 0
    while True:
        first, second = one.read(_CHUNK), other.read(_CHUNK)
        if first != second:
            shorter = min(len(first), len(second))
            return at + next((place for place in range(shorter) if first[place] != second[place]), shorter)
        if not first:
            return None
        at += len(first)


def misfit(where: str, why: str) -> Problem:
    """What does not fit in a bundle, and where; a changed name may hold characters that a terminal must not get."""
    shown = "".join(character if character.isprintable() else "?" for character in where)
    return Problem(where=shown, what="does-not-fit", why="".join(c if c.isprintable() else "?" for c in why))


def sha256_of(data: bytes) -> str:
    """The SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()
