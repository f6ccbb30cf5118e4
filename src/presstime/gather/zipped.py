"""The members of a .zip archive, each read once, within limits.

In: an open archive and its name. Out: members (name, format, a stream) in the order of their names, and Problems. Nothing
is unpacked under a name that the archive gives, so a member's path can point nowhere. "wire.zip" with "a/velmora.txt" in it
gives a member named "wire.zip!a/velmora.txt".
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal

from presstime.gather.formats import HEAD, format_of, limit_of, unsupported
from presstime.gather.names import Format, extension_of, kind_of, safe_name
from presstime.gather.packed import spooled
from presstime.records import Problem

__all__ = ["MAX_MEMBERS", "MAX_UNPACKED", "Member", "ZipKind", "members", "too_large", "zip_kind"]

MAX_MEMBERS = 20_000
MAX_UNPACKED = 1 << 30
"""Bytes that one archive may unpack to, over all its members."""
MAX_HASHED = 1 << 34
"""Bytes of pictures and recordings of one archive that are unpacked to be hashed."""
MAX_BESIDE = 10_000_000
"""Bytes of a file beside another that is looked into for what it says of it."""
_MAX_DIRECTORY = MAX_MEMBERS * 512
_END = b"PK\x05\x06"
_END_SIZE = 22
_CHUNK = 1 << 16

ZipKind = Literal["zip", "docx", "wacz", "office"]


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive. `name` begins with the archive's; `file_name` is its own, without folders.

    `stream` lasts until the next member is taken. `beside` gives the bytes of a file next to it, `hashed` its SHA-256.
    """

    name: str
    file_name: str
    kind: Format
    stream: BinaryIO
    beside: Callable[[str], bytes | None]
    hashed: Callable[[str], str | None]


class _Left:
    """How many bytes the archive may still unpack to."""

    def __init__(self, number: int) -> None:
        self.number = number


def zip_kind(stream: BinaryIO, file_name: str) -> ZipKind:
    """What a zip archive is: a Word document, a web archive, another document of an office, or an archive of files."""
    if (size := _directory_size(stream)) is None or size > _MAX_DIRECTORY:
        return "docx" if extension_of(file_name) == ".docx" else "zip"
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    except Exception:
        names = set()
    finally:
        stream.seek(0)
    if "word/document.xml" in names or (not names and extension_of(file_name) == ".docx"):
        return "docx"
    if "datapackage.json" in names and any(name.startswith("archive/") for name in names):
        return "wacz"
    office = (
        "[Content_Types].xml" in names or ("mimetype" in names and "META-INF/manifest.xml" in names) or "META-INF/container.xml" in names
    )
    return "office" if office else "zip"


def members(
    stream: BinaryIO, name: str, *, max_bytes: int, max_unpacked: int = MAX_UNPACKED, max_members: int = MAX_MEMBERS
) -> Iterator[Member | Problem]:
    """Every member of the archive in `stream` that presstime reads, and a Problem for every other."""
    if (size := _directory_size(stream)) is None or size > _MAX_DIRECTORY:
        what, why = ("broken", "The archive is cut short or is no zip archive.") if size is None else ("too-large", _too_many(max_members))
        yield Problem(where=name, what=what, why=f"{why} Unpack it and give the files themselves.")
        return
    try:
        archive = zipfile.ZipFile(stream)
        listed = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error, UnicodeError, OverflowError):
        yield Problem(where=name, what="broken", why="The archive is damaged. Get it again, or unpack it and give the files themselves.")
        return
    with archive:
        files = sorted((info for info in listed if not info.is_dir()), key=lambda info: info.filename)
        if len(files) > max_members:
            yield Problem(where=name, what="too-large", why=f"{_too_many(max_members)} Unpack it and give the files themselves.")
            return
        if not files:
            yield Problem(where=name, what="empty", why="The archive holds no files. Put the files in it, or leave it out.")
        left, hashing = _Left(max_unpacked), _Left(MAX_HASHED)
        for info in files:
            yield from _member(archive, info, name, max_bytes, left, hashing)
            if left.number <= 0:
                last = f"{name}!{safe_name(info.filename)}"
                why = f"The archive unpacks to more than {max_unpacked:,} bytes; what follows {last} was not read. "
                yield Problem(where=name, what="too-large", why=why + "Unpack it and give the files themselves.")
                return


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, max_bytes: int, left: _Left, hashing: _Left
) -> Iterator[Member | Problem]:
    inner = safe_name(info.filename.replace("\\", "/"))
    where, file_name = f"{name}!{inner}", inner.rsplit("/", 1)[-1]
    named = kind_of(inner)
    if named == "sidecar":
        return
    if named == "hidden":
        yield Problem(where=where, what="skipped", why="The file is hidden. Rename it if it is to be read.")
        return
    if info.flag_bits & 0x1:
        why = "The file needs a password. Unpack the archive with it and give the files themselves."
        yield Problem(where=where, what="encrypted", why=why)
        return
    with spooled() as stream:
        kind: Format | None = None
        size = limit = 0
        try:
            with archive.open(info) as member:
                chunk = member.read(HEAD)
                kind = format_of(chunk, file_name)
                if kind is None:
                    left.number -= len(chunk)
                    yield unsupported(where, file_name)
                    return
                limit = min(limit_of(kind, max_bytes), left.number)
                while chunk:
                    size += len(chunk)
                    if size > limit:
                        left.number -= limit
                        yield too_large(where, limit)
                        return
                    stream.write(chunk)
                    chunk = member.read(_CHUNK)
        except (NotImplementedError, RuntimeError):
            why = "The file is packed in a way that is not known. Unpack it with the tool that packed it."
            yield Problem(where=where, what="broken", why=why)
            return
        except Exception as error:  # zipfile, zlib, lzma and bz2 each raise their own errors for damaged data
            why = f"The file cannot be unpacked ({type(error).__name__}): the archive is damaged. Get it again."
            yield Problem(where=where, what="broken", why=why)
            return
        left.number -= size
        stream.seek(0)
        if kind == "zip" and zip_kind(stream, file_name) in ("zip", "wacz"):
            why = "An archive within an archive is not opened. Give it by itself."
            yield Problem(where=where, what="nested-archive", why=why)
            return
        yield Member(
            name=where,
            file_name=file_name,
            kind=kind,
            stream=stream,
            beside=lambda other: _beside(archive, info.filename, other),
            hashed=lambda other: _hashed(archive, info.filename, other, hashing),
        )


def _sibling(archive: zipfile.ZipFile, member: str, other: str) -> zipfile.ZipInfo | None:
    path = posixpath.normpath(posixpath.join(posixpath.dirname(member), other))
    try:
        return archive.getinfo(path)
    except KeyError:
        return None


def _beside(archive: zipfile.ZipFile, member: str, other: str) -> bytes | None:
    info = _sibling(archive, member, other)
    try:
        if info is None:
            return None
        with archive.open(info) as file:
            data = file.read(MAX_BESIDE + 1)
    except Exception:  # as above; a file that only explains another may be missing
        return None
    return data if len(data) <= MAX_BESIDE else None


def _hashed(archive: zipfile.ZipFile, member: str, other: str, left: _Left) -> str | None:
    info, digest = _sibling(archive, member, other), hashlib.sha256()
    try:
        if info is None:
            return None
        with archive.open(info) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                left.number -= len(chunk)
                if left.number <= 0:
                    return None
    except Exception:
        return None
    return digest.hexdigest()


def too_large(where: str, limit: int) -> Problem:
    """The Problem of a file of more than `limit` bytes."""
    why = f"The file has more than the {limit:,} bytes allowed for one. Split it into its reports."
    return Problem(where=where, what="too-large", why=why)


def _too_many(limit: int) -> str:
    return f"The archive lists more than {limit:,} files."


def _directory_size(stream: BinaryIO) -> int | None:
    """Bytes of the archive's list of members, which zipfile would read whole; None where there is no end record.

    An archive of the 64-bit form, whose list has no bound here, counts as too large.
    """
    end = stream.seek(0, os.SEEK_END)
    tail_size = min(end, _END_SIZE + (1 << 16))
    stream.seek(end - tail_size)
    tail = stream.read(tail_size)
    stream.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        return None
    if tail[max(0, at - 20) : at].startswith(b"PK\x06\x07"):
        return _MAX_DIRECTORY + 1
    return int(struct.unpack_from("<I", tail, at + 12)[0])
