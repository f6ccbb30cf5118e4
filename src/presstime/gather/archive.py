"""The archive: every raw file's bytes, kept once under their hash, and a record of when and whence they came.

In: bytes, or a file's path, and a name. Out: archive/ab/abcdef… (named by the SHA-256 of what is in it) and a line
in archive/gathered.jsonl. The bytes of "velmora.txt" given twice under two names are kept once, with two lines.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from presstime.problems import InputError

__all__ = ["ERASED", "RECORD", "Archive", "RawFile", "erased_key", "erased_keys", "gathered_files", "open_archive"]

RECORD = "gathered.jsonl"
ERASED = "erased.txt"
"""A line for each file that was erased: a salt, and a key (erased_key)."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class RawFile:
    """A line of the record: the hash of some bytes, whence they came, and when first (ISO 8601)."""

    sha256: str
    whence: str
    gathered: str


def gathered_files(folder: Path) -> list[RawFile]:
    """What the archive's record holds, in order; a torn line is passed over. Raises OSError where it cannot be read."""
    record = folder / RECORD
    found = []
    for line in record.read_bytes().split(b"\n") if record.exists() else []:
        try:
            entry = json.loads(line)
            found.append(RawFile(str(entry["sha256"]), str(entry["name"]), str(entry["gathered"])))
        except (ValueError, TypeError, KeyError, RecursionError):
            continue
    return found


def erased_keys(folder: Path) -> tuple[tuple[str, str], ...]:
    """Salts and keys of what was erased from an archive: a key is the SHA-256 of its salt and the hash of the bytes."""
    file = folder / ERASED
    lines = file.read_text(encoding="ascii").split("\n") if file.exists() else []
    return tuple((salt, key) for salt, _, key in (line.partition(" ") for line in lines) if key)


def erased_key(salt: str, digest: str) -> str:
    """What stands for the hash of bytes that were erased, so that they are known again and nobody else learns it."""
    return hashlib.sha256(f"{salt}{digest}".encode()).hexdigest()


class Archive:
    """A folder of raw bytes by hash. Made by `open_archive`; writing is safe against being killed at any moment."""

    def __init__(self, folder: Path, now: str, known: set[tuple[str, str]], erased: tuple[tuple[str, str], ...] = ()) -> None:
        self._folder, self._now, self._known, self._erased = folder, now, known, erased

    def keep(self, data: bytes, name: str, gathered: str | None = None) -> str:
        """Keep `data`, which came from `name` (at a moment of its own, where one is given); its SHA-256."""
        digest = hashlib.sha256(data).hexdigest()
        if self._was_erased(digest):
            return digest
        place = self._place(digest)
        if not _is_there(place, len(data)):
            with _written(place) as (stream, temporary):
                stream.write(data)
                _put(stream, temporary, place)
        self.record(digest, name, len(data), gathered)
        return digest

    def keep_file(self, stream: BinaryIO, name: str, gathered: str | None = None) -> str:
        """Keep what `stream` holds, which came from `name`, without holding it in memory; its SHA-256."""
        hashed, size = hashlib.sha256(), 0
        with _written(self._folder / "new") as (copy, temporary):
            while chunk := stream.read(_CHUNK):
                hashed.update(chunk)
                size += len(chunk)
                copy.write(chunk)
            if self._was_erased(hashed.hexdigest()):
                return hashed.hexdigest()
            place = self._place(hashed.hexdigest())
            if not _is_there(place, size):
                _put(copy, temporary, place)
        self.record(hashed.hexdigest(), name, size, gathered)
        return hashed.hexdigest()

    def _was_erased(self, digest: str) -> bool:
        """Whether bytes of this hash were erased from the archive: they do not come back."""
        return any(erased_key(salt, digest) == key for salt, key in self._erased)

    def _place(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def record(self, digest: str, name: str, size: int, gathered: str | None = None) -> None:
        """Note that bytes of this hash came from `name`; for bytes that are kept elsewhere, such as within a WARC file."""
        if (digest, name) in self._known or self._was_erased(digest):
            return
        self._known.add((digest, name))
        line = json.dumps({"sha256": digest, "name": name, "gathered": gathered or self._now, "bytes": size}, ensure_ascii=False)
        with (self._folder / RECORD).open("ab+") as record:
            end = record.seek(0, os.SEEK_END)
            torn = False
            if end:
                record.seek(end - 1)
                torn = record.read(1) != b"\n"
            record.write((b"\n" if torn else b"") + line.encode("utf-8") + b"\n")


def open_archive(folder: Path, now: str) -> Archive:
    """The archive in `folder`, made where there is none. A torn last line of its record is passed over.

    Raises InputError where the folder cannot be made or its record cannot be read.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        known = {(raw.sha256, raw.whence) for raw in gathered_files(folder)}
        erased = erased_keys(folder)
    except OSError as error:
        raise InputError(f"The archive {folder.name} cannot be used ({error.strerror}): give a folder that can be written.") from error
    return Archive(folder, now, known, erased)


def _is_there(place: Path, size: int) -> bool:
    return place.is_file() and place.stat().st_size == size


class _written:
    """A new temporary file beside `place`, open for writing and gone afterwards unless it was put in its place."""

    def __init__(self, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".new-", dir=place.parent)
        self._stream, self._temporary = os.fdopen(handle, "wb"), Path(name)

    def __enter__(self) -> tuple[BinaryIO, Path]:
        return self._stream, self._temporary

    def __exit__(self, *_: object) -> None:
        self._stream.close()
        self._temporary.unlink(missing_ok=True)


def _put(stream: BinaryIO, temporary: Path, place: Path) -> None:
    stream.flush()
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary.replace(place)
