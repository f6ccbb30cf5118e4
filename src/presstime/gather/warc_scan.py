"""The records of a WARC file that is being written: where they are, and where the last whole one ends.

In: a .warc.gz, one packed part a record, perhaps torn or damaged. Out: `Scanned`: the responses in it, the end of the
last whole record, and stretches that hold none. Of a file whose last 40 bytes are missing, `end` is where the record
that lacks them begins.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from presstime.records import Record

__all__ = ["Found", "Scanned", "scan"]

_CHUNK = 1 << 18
_MAGIC = b"\x1f\x8b\x08"
_HEAD = 1 << 13
"""Bytes within which a record's own headers end; addresses are the longest of them."""


class Found(Record, frozen=True):
    """A response: its address, the digest of its body, its record's id and date."""

    url: str
    digest: str
    record: str
    date: str


class Scanned(Record, frozen=True):
    """What a file holds from some place on: responses, stretches without a whole record, the end of the last whole one."""

    found: tuple[Found, ...]
    damaged: tuple[tuple[int, int], ...]
    end: int


def scan(file: BinaryIO, start: int) -> Scanned:
    """Go through a file from `start`, where a record begins. It is read once, and never held whole."""
    found: list[Found] = []
    damaged: list[tuple[int, int]] = []
    position = end = start
    while True:
        whole = _record_at(file, position)
        if whole is None:
            following = _next_record(file, position + 1)
            if following is None:
                break
            damaged.append((position, following))
            position = following
            continue
        position = end = whole[0]
        found += _responses(whole[1])
    return Scanned(found=tuple(found), damaged=tuple(damaged), end=end)


def _record_at(file: BinaryIO, position: int) -> tuple[int, bytes] | None:
    """Where the whole record at a place ends, and its first bytes unpacked; None where there is none."""
    file.seek(position)
    machine = zlib.decompressobj(zlib.MAX_WBITS | 16)
    head, read = b"", 0
    while chunk := file.read(_CHUNK):
        read += len(chunk)
        try:
            while chunk:
                out = machine.decompress(chunk, _CHUNK)
                head += out[: _HEAD - len(head)]
                chunk = machine.unconsumed_tail
                if machine.eof:
                    return (position + read - len(machine.unused_data), head) if head.startswith(b"WARC/") else None
        except zlib.error:
            return None
    return None


def _next_record(file: BinaryIO, position: int) -> int | None:
    for candidate in _magics(file, position):
        if _record_at(file, candidate) is not None:
            return candidate
    return None


def _magics(file: BinaryIO, position: int) -> Iterator[int]:
    """Every place from `position` on at which something packed may begin."""
    tail = b""
    while True:
        file.seek(position)
        chunk = file.read(_CHUNK)
        if not chunk:
            return
        data, base = tail + chunk, position - len(tail)
        at = data.find(_MAGIC)
        while at >= 0:
            yield base + at
            at = data.find(_MAGIC, at + 1)
        tail, position = data[-(len(_MAGIC) - 1) :], position + len(chunk)


def _responses(head: bytes) -> list[Found]:
    from warcio.statusandheaders import StatusAndHeadersParser

    try:
        headers = StatusAndHeadersParser([], verify=False).parse(io.BytesIO(head.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"))
    except Exception:  # a record that somebody else wrote oddly is passed over, not read
        return []
    if headers.get_header("WARC-Type") != "response":
        return []
    values = [headers.get_header(name) for name in ("WARC-Target-URI", "WARC-Payload-Digest", "WARC-Record-ID", "WARC-Date")]
    return [Found(url=values[0], digest=values[1], record=values[2], date=values[3])] if all(values) else []
