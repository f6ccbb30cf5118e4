"""A packed file (.gz) and an archive of the tar kind to the files in them, unpacked within limits.

In: a stream. Out: what is in it, as a temporary file that may be read again and is gone afterwards, or a Problem. Nothing is
unpacked under a name that the archive gives, so a member's path can point nowhere. "result.json.gz" gives result.json.
"""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from presstime.gather.names import kind_of, safe_name
from presstime.records import Problem

__all__ = ["spooled", "tar_members", "unpacked"]

MAX_UNPACKED = 1 << 30
MAX_MEMBERS = 20_000
IN_MEMORY = 1 << 23
_CHUNK = 1 << 16


@contextmanager
def spooled() -> Iterator[BinaryIO]:
    """A temporary file, in memory while it is small."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        yield cast(BinaryIO, file)


def unpacked(stream: BinaryIO, into: BinaryIO, name: str, limit: int = MAX_UNPACKED) -> Problem | None:
    """Unpacks what `stream` holds into `into`; a Problem where it is damaged (what came before is there) or too large."""
    unpacker, size = zlib.decompressobj(wbits=31), 0
    buffer = stream.read(_CHUNK)
    while buffer:
        try:
            data = unpacker.decompress(buffer, _CHUNK)
        except zlib.error:
            return Problem(where=name, what="broken", why="The packed file is damaged: what came before was read. Get it again.")
        size += len(data)
        if size > limit:
            return Problem(where=name, what="too-large", why=f"The file unpacks to more than {limit:,} bytes. Split what is in it.")
        into.write(data)
        if unpacker.eof:
            buffer = unpacker.unused_data or stream.read(_CHUNK)
            if not buffer.startswith(b"\x1f\x8b"):
                return None
            unpacker = zlib.decompressobj(wbits=31)
        else:
            buffer = unpacker.unconsumed_tail or stream.read(_CHUNK)
    if not unpacker.eof:
        return Problem(where=name, what="broken", why="The packed file is cut short: what is there was read. Get it again.")
    return None


def tar_members(stream: BinaryIO, name: str, limit: int = MAX_UNPACKED) -> Iterator[tuple[str, BinaryIO] | Problem]:
    """Every file of the archive in its order, each as a stream that is gone when the next is taken; Problems for others."""
    left, number = limit, 0
    try:
        with tarfile.open(fileobj=cast(BinaryIO, _Guarded(stream)), mode="r:") as archive:
            for info in archive:
                inner = safe_name(info.name)
                if info.isdir() or kind_of(inner) == "sidecar":
                    continue
                number += 1
                if number > MAX_MEMBERS:
                    why = f"The archive holds more than {MAX_MEMBERS:,} files: the first were read. Unpack it and give the files."
                    yield Problem(where=name, what="too-large", why=why)
                    return
                if not info.isfile():
                    why = "This is a link or a device, no file, and was not read. Give what it points to."
                    yield Problem(where=f"{name}!{inner}", what="unsupported", why=why)
                    continue
                left -= info.size
                if left < 0:
                    why = f"The archive unpacks to more than {limit:,} bytes; {inner} and what follows was not read. Unpack it yourself."
                    yield Problem(where=name, what="too-large", why=why)
                    return
                held = archive.extractfile(info)
                if held is None:
                    continue
                with spooled() as file:
                    while chunk := held.read(_CHUNK):
                        file.write(chunk)
                    file.seek(0)
                    yield inner, file
    except (tarfile.TarError, OSError, ValueError, EOFError, OverflowError) as error:
        why = f"The archive is damaged or cut short ({type(error).__name__}): what came before was read. Get it again."
        yield Problem(where=name, what="broken", why=why)
        return
    if not number:
        yield Problem(where=name, what="empty", why="The archive holds no files. Put the files in it, or leave it out.")


class _Guarded:
    """A stream of which only so much is read at a time: a hostile archive may give a name of a thousand million letters."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= IN_MEMORY:
            raise ValueError("a name or header without end")
        return self._stream.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()
