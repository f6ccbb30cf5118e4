"""Capturing: every page as it came over the wire, request and response, in WARC files of a story's archive.

In: `Fetched`, with the exchanges that led to it. Out: records appended to warc/2026-03-04.warc.gz, one file a day (in
UTC), and a `Captured` for each response with the SHA-256 of its bytes. A page that moved once gives two responses and
two requests. A file whose last record was half written, by a crash or a full disk, is mended before more is added.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from presstime.gather.fetched import Exchange, Fetched
from presstime.gather.warc_scan import Found, scan
from presstime.records import Problem, Record
from presstime.version import __version__

__all__ = ["WARC_FOLDER", "Capture", "Captured"]

WARC_FOLDER = "warc"
"""Where an archive has its WARC files."""

_VERSION = "WARC/1.1"
_RESPONSE = "application/http; msgtype=response"
_REQUEST = "application/http; msgtype=request"


class Captured(Record, frozen=True):
    """A response that was kept: its address, its record, the file, the SHA-256 of its bytes (headers and body), and when."""

    url: str
    record: str
    file: str
    sha256: str
    size: int
    when: str


class Capture:
    """The WARC files of a folder. Several processes may write at once; whatever was acknowledged is on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: _Day | None = None

    def keep(self, fetched: Fetched) -> tuple[tuple[Captured, ...], tuple[Problem, ...]]:
        """Keep every exchange of a fetch; what was kept, and Problems: a file that had to be mended, a disk that is full.

        A response with the same body as an earlier one of the same day from the same address is kept as a revisit,
        with its headers. An answer 304 says that nothing changed and is not kept.
        """
        kept: list[Captured] = []
        problems: list[Problem] = []
        for exchange in fetched.exchanges:
            if exchange.status == 304:
                continue
            try:
                captured, found = self._day(exchange).keep(exchange)
            except OSError as error:
                why = f"The page could not be kept as WARC ({error.strerror or error}). Make room for it, or make the archive writable."
                problems.append(Problem(where=exchange.url, what="not-captured", why=why))
                continue
            kept.append(captured)
            problems += found
        return tuple(kept), tuple(problems)

    def _day(self, exchange: Exchange) -> _Day:
        name = f"{_utc(exchange.when):%Y-%m-%d}.warc.gz"
        if self._open is None or self._open.path.name != name:  # one is enough: days follow each other
            self._open = _Day(self._folder / name)
        return self._open


class _Day:
    """The WARC file of one day."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._end = 0
        self._known: dict[tuple[str, str], Found] = {}

    def keep(self, exchange: Exchange) -> tuple[Captured, list[Problem]]:
        """Append a response and its request; whole records only, on the disk before this returns. Raises OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab+") as file:
            _lock(file)
            problems = self._caught_up(file)
            new = self._end == 0
            block, found = _records(exchange, self._known, self.path.name if new else None)
            try:
                file.write(block)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                file.truncate(self._end)
                raise
            self._end += len(block)
        if new:
            _sync_folder(self.path.parent)
        self._known.setdefault((found.url, found.digest), found)
        captured = Captured(
            url=exchange.url,
            record=found.record,
            file=f"{WARC_FOLDER}/{self.path.name}",
            sha256=hashlib.sha256(exchange.response).hexdigest(),
            size=len(exchange.response),
            when=exchange.when,
        )
        return captured, problems

    def _caught_up(self, file: BinaryIO) -> list[Problem]:
        """Take note of what the file holds by now (another process may have added to it), and mend its end."""
        size = file.seek(0, os.SEEK_END)
        if size < self._end:
            self._end, self._known = 0, {}
        if size == self._end:
            return []
        scanned = scan(file, self._end)
        for found in scanned.found:
            self._known.setdefault((found.url, found.digest), found)
        problems = []
        name = f"{WARC_FOLDER}/{self.path.name}"
        for start, end in scanned.damaged:
            why = f"Bytes {start:,} to {end:,} of this file hold no whole record, though others follow. Restore it from a copy."
            problems.append(Problem(where=name, what="damaged", why=why))
        if scanned.end < size:
            file.seek(scanned.end)
            torn = self.path.with_name(f"{self.path.name}.{scanned.end}.torn")
            torn.write_bytes(file.read())
            file.truncate(scanned.end)
            why = f"Its last record was only half written. The half was put aside as {torn.name}; fetch what was being fetched then again."
            problems.append(Problem(where=name, what="torn", why=why))
        file.seek(0, os.SEEK_END)
        self._end = scanned.end
        return problems


def _records(exchange: Exchange, known: dict[tuple[str, str], Found], new_file: str | None) -> tuple[bytes, Found]:
    """The packed records of an exchange (before them, in a new file, one about the file), and what was found in them."""
    from warcio.recordloader import ArcWarcRecord
    from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version=_VERSION)
    if new_file is not None:
        about = {"software": f"presstime/{__version__}", "format": "WARC File Format 1.1", "robots": "classic"}
        writer.write_record(writer.create_warcinfo_record(new_file, about))
    date = f"{_utc(exchange.when):%Y-%m-%dT%H:%M:%SZ}"
    head, mark, body = exchange.response.partition(b"\r\n\r\n")
    payload, identity = _digest(body), StatusAndHeadersParser.make_warc_id()
    common = [
        ("WARC-Target-URI", exchange.url),
        ("WARC-Date", date),
        *([("WARC-IP-Address", exchange.address)] if exchange.address else []),
    ]
    earlier = known.get((exchange.url, payload)) if body else None

    def record(kind: str, own: list[tuple[str, str]], block: bytes, content_type: str) -> Any:
        headers = StatusAndHeaders("", [("WARC-Type", kind), *own, *common, ("WARC-Block-Digest", _digest(block))], protocol=_VERSION)
        return ArcWarcRecord("warc", kind, headers, io.BytesIO(block), None, content_type, len(block))

    if earlier is None:
        own = [("WARC-Record-ID", identity), ("WARC-Payload-Digest", payload)]
        writer.write_record(record("response", own, exchange.response, _RESPONSE))
    else:
        parsed = StatusAndHeadersParser([], verify=False).parse(io.BytesIO(head + mark))
        own_headers = {"WARC-Record-ID": identity, **dict(common), "WARC-Refers-To": earlier.record}
        revisit = writer.create_revisit_record(exchange.url, payload, earlier.url, earlier.date, parsed, own_headers)
        writer.write_record(revisit)
    request_id = StatusAndHeadersParser.make_warc_id()
    own = [("WARC-Record-ID", request_id), ("WARC-Concurrent-To", identity), ("WARC-Payload-Digest", _digest(b""))]
    writer.write_record(record("request", own, exchange.request, _REQUEST))
    return out.getvalue(), Found(url=exchange.url, digest=payload, record=identity, date=date)


def _lock(file: BinaryIO) -> None:
    """Wait until no other process writes to the file. Windows has no such lock: there one process at a time may write."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)


def _digest(data: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")


def _utc(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(UTC)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
