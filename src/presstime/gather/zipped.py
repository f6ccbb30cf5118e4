"""The members of a .zip archive, each read once, in memory and within limits.

In: an open archive and its name. Out: members (name, kind, bytes) in the order of their names, and Problems. Nothing
is unpacked to disk, so a member's path can point nowhere. "wire.zip" with "a/velmora.txt" in it gives a member named
"wire.zip!a/velmora.txt".
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from presstime.gather.names import Kind, kind_of, safe_name
from presstime.records import Problem, Record

__all__ = ["MAX_MEMBERS", "MAX_UNPACKED", "Member", "members"]

MAX_MEMBERS = 20_000
MAX_UNPACKED = 1 << 30
"""Bytes that one archive may unpack to, over all its members."""
_MAX_DIRECTORY = MAX_MEMBERS * 512
_END = b"PK\x05\x06"
_END_SIZE = 22
_CHUNK = 1 << 16


class Member(Record, frozen=True):
    """One file of an archive. `name` begins with the archive's; `file_name` is its own, without folders."""

    name: str
    file_name: str
    kind: Kind
    data: bytes


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
        left = max_unpacked
        for info in files:
            found = _member(archive, info, name, min(max_bytes, left))
            if found is None:
                continue
            yield found
            if isinstance(found, Member):
                left -= len(found.data)
            elif found.what == "too-large":
                left -= min(max_bytes, left)
            if left <= 0:
                why = f"The archive unpacks to more than {max_unpacked:,} bytes; what follows {found_name(found)} was not read. "
                yield Problem(where=name, what="too-large", why=why + "Unpack it and give the files themselves.")
                return


def found_name(found: Member | Problem) -> str:
    """The name of a member, or of the member that a Problem is about."""
    return found.name if isinstance(found, Member) else found.where


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limit: int) -> Member | Problem | None:
    inner = safe_name(info.filename.replace("\\", "/"))
    where = f"{name}!{inner}"
    kind = kind_of(inner)
    if kind == "sidecar":
        return None
    if kind == "hidden":
        return Problem(where=where, what="skipped", why="The file is hidden. Rename it if it is to be read.")
    if kind == "unsupported":
        return unsupported(where)
    if kind == "zip":
        return Problem(where=where, what="nested-archive", why="An archive within an archive is not opened. Give it by itself.")
    if info.flag_bits & 0x1:
        why = "The file needs a password. Unpack the archive with it and give the files themselves."
        return Problem(where=where, what="encrypted", why=why)
    data = bytearray()
    try:
        with archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                data += chunk
                if len(data) > limit:
                    return too_large(where, limit)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error, OverflowError) as error:
        why = f"The file cannot be unpacked ({type(error).__name__}): the archive is damaged. Get it again."
        return Problem(where=where, what="broken", why=why)
    except (NotImplementedError, RuntimeError):
        why = "The file is packed in a way that is not known. Unpack it with the tool that packed it."
        return Problem(where=where, what="broken", why=why)
    except Exception as error:  # lzma and bz2 raise their own errors for damaged data
        why = f"The file cannot be unpacked ({type(error).__name__}): the archive is damaged. Get it again."
        return Problem(where=where, what="broken", why=why)
    return Member(name=where, file_name=inner.rsplit("/", 1)[-1], kind=kind, data=bytes(data))


def unsupported(where: str) -> Problem:
    """The Problem of a file whose extension presstime does not read."""
    why = "presstime reads .txt, .md, .html, .jsonl and .zip. Save the text in one of these, or leave the file out."
    return Problem(where=where, what="unsupported", why=why)


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
