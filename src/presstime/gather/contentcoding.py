"""Content codings: a response's body unpacked while it comes in, never past a limit.

In: the Content-Encoding header and the body's chunks. Out: the unpacked bytes, at most so many. Ten kilobytes of
brotli that would unpack to a gigabyte are given up after the first bytes over the limit.
"""

from __future__ import annotations

import zlib
from typing import Any, Protocol

from presstime.gather.transport import TooMuch

__all__ = ["ACCEPTED", "BadCoding", "Body"]

ACCEPTED = "gzip, deflate, br"
MAX_CODINGS = 2
"""Servers at fault pack twice; nobody packs three times."""
_PIECE = 1 << 16


class BadCoding(Exception):
    """A body is not packed as its headers say."""


class _Coding(Protocol):
    def unpack(self, data: bytes, most: int) -> bytes:
        """Up to about `most` bytes; what is left is given when called with b"" again."""

    def more(self) -> bool:
        """Whether there is output left that a call with b"" gives."""

    def whole(self) -> bool:
        """Whether the end was reached."""


class _Zlib:
    """The codings "gzip" (its parts one after another) and "deflate" (with zlib's wrapper or bare)."""

    def __init__(self, name: str) -> None:
        self._deflate = name == "deflate"
        self._machine: Any = None
        self._left = b""
        self._ended = False

    def unpack(self, data: bytes, most: int) -> bytes:
        data, self._left = self._left + data, b""
        if not data:
            return b""
        if self._machine is None:
            if self._ended and data[:2] != b"\x1f\x8b"[: len(data)]:
                return b""  # what stands after the end is passed over, as browsers do
            wrapped = not self._deflate or (data[0] & 0x0F == 8 and (len(data) < 2 or (data[0] << 8 | data[1]) % 31 == 0))
            self._machine = zlib.decompressobj((zlib.MAX_WBITS if self._deflate else zlib.MAX_WBITS | 16) if wrapped else -zlib.MAX_WBITS)
            self._ended = False
        try:
            out: bytes = self._machine.decompress(data, most)
        except zlib.error as error:
            raise BadCoding(str(error)) from error
        self._left = self._machine.unconsumed_tail
        if self._machine.eof:
            self._left, self._machine, self._ended = self._machine.unused_data, None, True
            if self._deflate:
                self._left = b""
        return out

    def more(self) -> bool:
        return bool(self._left)

    def whole(self) -> bool:
        return self._ended and self._machine is None


class _Brotli:
    """The coding "br"."""

    def __init__(self) -> None:
        import brotli

        self._machine = brotli.Decompressor()
        self._error = brotli.error
        self._waiting = b""

    def unpack(self, data: bytes, most: int) -> bytes:
        self._waiting += data
        given = b""
        if self._machine.can_accept_more_data():
            given, self._waiting = self._waiting, b""
        try:
            out: bytes = self._machine.process(given, output_buffer_limit=most)
        except self._error as error:
            raise BadCoding(str(error)) from error
        return out

    def more(self) -> bool:
        return bool(self._waiting) or not self._machine.can_accept_more_data()

    def whole(self) -> bool:
        return bool(self._machine.is_finished())


class Body:
    """A body as it comes in. `limit` is how many bytes it may have unpacked; with `cut` the rest is left out instead.

    Raises BadCoding for a coding that is not known.
    """

    def __init__(self, codings: str, limit: int, *, cut: bool = False) -> None:
        names = [name.strip().lower() for name in codings.split(",") if name.strip() and name.strip().lower() != "identity"]
        if len(names) > MAX_CODINGS:
            raise BadCoding(f"packed {len(names)} times")
        self._codings = [_coding(name) for name in reversed(names)]
        self._limit, self._cut = limit, cut
        self._out = bytearray()
        self._started = False

    @property
    def full(self) -> bool:
        """Whether all that was wanted is there (with `cut`)."""
        return self._cut and len(self._out) >= self._limit

    def add(self, chunk: bytes) -> None:
        """Take a chunk as it came. Raises TooMuch over the limit, BadCoding for what cannot be unpacked."""
        self._started = self._started or bool(chunk)
        self._through(0, chunk)

    def content(self) -> bytes:
        """The whole body, once every chunk was added. Raises BadCoding where it ends too early."""
        if self._started and not self._cut and not all(coding.whole() for coding in self._codings):
            raise BadCoding("it ends too early")
        return bytes(self._out[: self._limit])

    def _through(self, place: int, data: bytes) -> None:
        if place == len(self._codings):
            self._out += data
            if len(self._out) > self._limit and not self._cut:
                raise TooMuch(f"The page has more than the {self._limit:,} bytes allowed for one.")
            return
        coding, first = self._codings[place], True
        while (first or coding.more()) and not self.full:
            out = coding.unpack(data if first else b"", _PIECE)
            first = False
            if out:
                self._through(place + 1, out)
            elif not coding.more():
                break


def _coding(name: str) -> _Coding:
    if name in ("gzip", "x-gzip", "deflate"):
        return _Zlib(name)
    if name == "br":
        return _Brotli()
    raise BadCoding(f"packed as {name[:20]!r}, which was not asked for")
