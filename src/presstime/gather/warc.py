"""A web archive (WARC, packed or not) to the pages in it, one record at a time.

In: a stream of any length. Out: a `Page` for each response that is a page or a document, with its address and the moment of
its capture; Problems for records that are damaged or past the limits, and one for those that hold no page. A response of
https://harrowpost.example/velmora captured on 4 March 2026 gives its bytes, that address, "2026-03-04T18:20:00+00:00".
"""

from __future__ import annotations

import os
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from presstime.gather.dates import published_date
from presstime.gather.stated import web_address
from presstime.records import Problem, Record

__all__ = ["Page", "is_warc", "warc_pages"]

MAX_PACKED_RECORD = 1 << 30
"""Bytes that one packed part may unpack to. A part is one record, by the standard; some tools pack a whole file as one."""
MAX_UNPACKED = 1 << 34
"""Bytes that one file may unpack to: the customary size of a packed file, 1 GB, unpacks to 5."""
MAX_RECORDS = 2_000_000
MAX_LINE = 1 << 26
"""Bytes without a line's end: warcio keeps a header's line whole."""
SHOWN = 5
_CHUNK = 1 << 16
_IN_MEMORY = 1 << 23
_LAST = b"\r\n\r\n"
"""What every record ends with."""
_MAGIC = b"\x1f\x8b\x08"
_TYPES = re.compile(
    r"text/(?:html|plain|xml)|application/(?:xhtml\+xml|pdf|json|feed\+json|ld\+json|(?:rss|atom|rdf)\+xml|xml)|message/rfc822",
    re.IGNORECASE,
)


class Page(Record, frozen=True):
    """What a server answered: the body as it stands for a reader, its declared type, its address and when it was captured.

    `number` is the record's in its file, from 1.
    """

    number: int
    url: str
    media_type: str
    data: bytes
    captured: str | None = None


class _Stop(Exception):
    """The file unpacks to more than one may."""


def is_warc(head: bytes) -> bool:
    """Whether a file that begins with `head`, unpacked, is a web archive."""
    return bool(re.match(rb"WARC/[01]\.\d{1,2}\r?\n", head))


def warc_pages(stream: BinaryIO, name: str, *, max_bytes: int) -> Iterator[Page | Problem]:
    """Every page in the archive. A body of more than `max_bytes` is a Problem, and the rest goes on."""
    seen: Counter[str] = Counter()
    number = 0
    try:
        for part in _parts(stream, name):
            if isinstance(part, Problem):
                yield part
                continue
            for found in _records(part, name, number, max_bytes, seen):
                if isinstance(found, int):
                    number = found
                else:
                    yield found
            if number > MAX_RECORDS:
                yield Problem(where=name, what="too-large", why=f"The archive has more than {MAX_RECORDS:,} records. Split it.")
                return
    except _Stop:
        why = f"The archive unpacks to more than {MAX_UNPACKED:,} bytes; what follows record {number} was not read. Split it."
        yield Problem(where=name, what="too-large", why=why)
    if not number:
        yield Problem(where=name, what="broken", why="The archive holds no record that can be read. Get it again.")
    passed = [f"{count:,} {kind}" for kind, count in sorted(seen.items())]
    if passed:
        why = f"Records that hold no page to read were passed over: {'; '.join(passed)}. Nothing needs to be done."
        yield Problem(where=name, what="skipped", why=why)


def _parts(stream: BinaryIO, name: str) -> Iterator[BinaryIO | Problem]:
    """The file itself, or, where it is packed, each packed part in turn, unpacked. Past a damaged one, the next whole one."""
    if stream.read(len(_MAGIC)) != _MAGIC:
        stream.seek(0)
        yield stream
        return
    stream.seek(0)
    left, buffer, whole = MAX_UNPACKED, b"", 0
    while True:
        buffer = buffer or stream.read(_CHUNK)
        if not buffer:
            return
        unpacker = zlib.decompressobj(wbits=31)
        with cast(BinaryIO, SpooledTemporaryFile(max_size=_IN_MEMORY)) as part:
            size, fault, line = 0, "", 0
            while not unpacker.eof and not fault:
                try:
                    data = unpacker.decompress(buffer, _CHUNK)
                except zlib.error:
                    fault = "damaged"
                    break
                size += len(data)
                line = len(data) - data.rfind(b"\n") - 1 if b"\n" in data else line + len(data)
                if size > MAX_PACKED_RECORD or line > MAX_LINE:
                    fault = "too large"
                part.write(data)
                buffer = unpacker.unconsumed_tail or (b"" if unpacker.eof else stream.read(_CHUNK))
                if not buffer and not unpacker.eof and not data:
                    fault = "cut short"
            left -= size
            if left < 0:
                raise _Stop
            whole += 1
            if size and fault != "too large":
                part.seek(0)
                yield part
        if fault:
            what = "too-large" if fault == "too large" else "broken"
            why = f"Part {whole} of the archive is {fault}: what follows it was looked for. Get the archive again, or leave it out."
            yield Problem(where=name, what=what, why=why)
        buffer = unpacker.unused_data if not fault else _next_part(stream, buffer[1:])
        if not fault and buffer and not buffer.startswith(_MAGIC[: len(buffer)]):
            buffer = _next_part(stream, buffer)


def _next_part(stream: BinaryIO, buffer: bytes) -> bytes:
    """The bytes from the next packed part on; none where there is no other."""
    while True:
        at = buffer.find(_MAGIC)
        if at >= 0:
            rest = buffer[at:]
            try:
                begins = zlib.decompressobj(wbits=31).decompress(rest, 64)
            except zlib.error:
                begins = b""
            if begins.startswith(b"WARC/"):
                return rest
            buffer = rest[1:]
            continue
        more = stream.read(_CHUNK)
        if not more:
            return b""
        buffer = buffer[-2:] + more


def _records(part: BinaryIO, name: str, number: int, max_bytes: int, seen: Counter[str]) -> Iterator[Page | Problem | int]:
    """The pages of one part, and after each record its number. Damage in an unpacked archive ends at the next record."""
    from warcio.archiveiterator import ArchiveIterator

    start = 0
    while start >= 0:
        part.seek(start)
        fault, short = "", False
        try:
            records = ArchiveIterator(cast(Any, _Guarded(part)), no_record_parse=False, check_digests=False)
            while True:
                record, warning = _next(records)
                if warning:
                    why = (
                        f"Record {number} of the archive is not as long as it says, or damaged: look at what was read of it. Get it again."
                    )
                    yield Problem(where=f"{name}:{number}", what="broken", why=why)
                if record is None:
                    break
                number += 1
                yield from _page(record, number, f"{name}:{number}", max_bytes, seen)
                while record.raw_stream.read(_CHUNK):
                    pass
                if short := bool(getattr(record.raw_stream, "limit", 0)):
                    why = f"Record {number} of the archive is cut short: what is there of it was read. Get the archive again."
                    yield Problem(where=f"{name}:{number}", what="broken", why=why)
                yield number
        except Exception as error:  # the library's fault on a damaged or hostile file must not end the run
            fault = type(error).__name__
        if not fault:
            part.seek(max(0, part.seek(0, os.SEEK_END) - len(_LAST)))
            if number and not short and part.read() != _LAST:
                why = f"The archive ends within a record, behind record {number}: it is cut short. Get it again."
                yield Problem(where=name, what="broken", why=why)
            return
        why = f"The archive is damaged behind record {number} ({fault}): what follows was looked for. Get it again."
        yield Problem(where=name, what="broken", why=why)
        start = _next_record(part, start)


def _next(records: Iterator[Any]) -> tuple[Any, str]:
    """The next record, None behind the last, and what warcio has to say of the one before, which it writes to the terminal."""
    told = StringIO()
    with redirect_stderr(told):
        record = next(records, None)
    return record, told.getvalue()


def _next_record(part: BinaryIO, start: int) -> int:
    """Where in an unpacked archive a record begins behind where reading stopped; -1 where none does."""
    position = max(start + 1, part.tell() - _CHUNK)
    part.seek(position)
    before = b""
    while chunk := part.read(_CHUNK):
        buffer = before + chunk
        found = re.search(rb"\nWARC/1\.\d\r\n", buffer)
        if found:
            at = position - len(before) + found.start() + 1
            return at if at > start else -1
        position += len(chunk)
        before = buffer[-16:]
    return -1


class _Guarded:
    """A stream in which no line is longer than one may be: warcio would hold it in memory whole."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._line = stream, 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size if 0 <= size <= _CHUNK else _CHUNK)
        self._line = len(data) - data.rfind(b"\n") - 1 if b"\n" in data else self._line + len(data)
        if self._line > MAX_LINE:
            raise ValueError("a line without end")
        return data

    def tell(self) -> int:
        return self._stream.tell()

    def close(self) -> None:
        """The stream belongs to whoever opened it."""


def _page(record: Any, number: int, where: str, max_bytes: int, seen: Counter[str]) -> Iterator[Page | Problem]:
    kind = record.rec_type
    if kind == "resource" or kind == "conversion":
        media_type = (record.rec_headers.get_header("Content-Type") or "").split(";")[0].strip()
    elif kind == "response" and record.http_headers is not None:
        status = str(record.http_headers.get_statuscode() or "")
        media_type = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip()
        if not status.startswith("2"):
            seen[f"answers with status {status or 'unknown'}"[:40]] += 1
            return
    else:
        seen[_KINDS.get(kind, "records of other kinds")] += 1
        return
    url = web_address(record.rec_headers.get_header("WARC-Target-URI"))
    if url is None:
        seen["records without an address of the web"] += 1
        return
    if not _TYPES.fullmatch(media_type):
        seen["pictures, scripts and other files"] += 1
        return
    data = bytearray()
    try:
        body = record.content_stream()
        while chunk := body.read(_CHUNK):
            data += chunk
            if len(data) > max_bytes:
                why = f"The page {url} has more than the {max_bytes:,} bytes allowed for one. Give its text as .txt."
                yield Problem(where=where, what="too-large", why=why)
                return
    except Exception as error:
        why = f"The page {url} cannot be unpacked ({type(error).__name__}). Get the archive again, or the page itself."
        yield Problem(where=where, what="broken", why=why)
        return
    captured = published_date(record.rec_headers.get_header("WARC-Date") or "")
    yield Page(number=number, url=url, media_type=media_type.lower(), data=bytes(data), captured=captured)


_KINDS = {
    "request": "requests",
    "revisit": "revisits (the page is as it was at an earlier capture)",
    "warcinfo": "notes on the archive",
    "metadata": "notes on a page",
    "response": "answers that are no pages",
}
