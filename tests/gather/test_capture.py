"""Capturing: what went over the wire is kept byte for byte, in files that a crash does not spoil."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from presstime.gather.capture import Capture
from presstime.gather.fetched import Exchange, Fetched
from presstime.gather.warc_scan import scan

WHEN = "2026-03-04T20:20:00+02:00"
BODY = b"<p>Shells fell on the road to Velmora on Wednesday.</p>"


def exchange(path: str = "/notice", body: bytes = BODY, when: str = WHEN, head: bytes = b"", status: int = 200) -> Exchange:
    response = b"HTTP/1.1 %d OK\r\nContent-Type: text/html\r\nX-Odd:  two  blanks\r\n%sContent-Length: %d\r\n\r\n%s" % (
        status,
        head,
        len(body),
        body,
    )
    request = b"GET %s HTTP/1.1\r\nHost: board.example\r\nUser-Agent: presstime/0.1.0\r\n\r\n" % path.encode()
    return Exchange(
        url=f"https://board.example{path}", status=status, request=request, response=response, address="93.184.215.14", when=when
    )


def fetched(*exchanges: Exchange) -> Fetched:
    last = exchanges[-1]
    return Fetched(
        url=exchanges[0].url, final_url=last.url, status=last.status, headers=(), content=b"", fetched=last.when, exchanges=exchanges
    )


def records(path: Path) -> list[tuple[str, dict[str, str], bytes]]:
    """Every record of a file by warcio, which is no part of what wrote its bytes: kind, headers, block."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, no_record_parse=True):
            found.append((record.rec_type, dict(record.rec_headers.headers), record.raw_stream.read()))
    return found


@pytest.fixture
def day(tmp_path: Path) -> Path:
    return tmp_path / "2026-03-04.warc.gz"


def valid(path: Path) -> bool:
    """Whether warcio's own checker finds every digest right."""
    checker = Checker(type("Given", (), {"inputs": [str(path)], "verbose": False})())
    checker.process_all()
    return not checker.exit_value


def test_request_and_response_byte_for_byte(tmp_path: Path, day: Path) -> None:
    given = exchange()
    kept, problems = Capture(tmp_path).keep(fetched(given))
    assert problems == ()
    info, response, request = records(day)
    assert info[0] == "warcinfo"
    assert b"software: presstime/" in info[2]
    assert (response[0], response[2]) == ("response", given.response)
    assert (request[0], request[2]) == ("request", given.request)
    assert response[1]["WARC-Target-URI"] == request[1]["WARC-Target-URI"] == "https://board.example/notice"
    assert response[1]["WARC-Date"] == "2026-03-04T18:20:00Z"
    assert response[1]["WARC-IP-Address"] == "93.184.215.14"
    assert response[1]["Content-Type"] == "application/http; msgtype=response"
    assert request[1]["WARC-Concurrent-To"] == response[1]["WARC-Record-ID"]
    [captured] = kept
    assert captured.record == response[1]["WARC-Record-ID"]
    assert captured.sha256 == hashlib.sha256(given.response).hexdigest()
    assert captured.file == "warc/2026-03-04.warc.gz"
    assert valid(day)


def test_what_was_packed_and_chunked_is_unpacked_by_who_reads_it(tmp_path: Path, day: Path) -> None:
    packed = gzip.compress(BODY)
    response = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (
        len(packed),
        packed,
    )
    given = Exchange(
        url="https://board.example/", status=200, request=b"GET / HTTP/1.1\r\n\r\n", response=response, address=None, when=WHEN
    )
    Capture(tmp_path).keep(fetched(given))
    with day.open("rb") as file:
        [found] = [record.content_stream().read() for record in ArchiveIterator(file) if record.rec_type == "response"]
    assert found == BODY
    assert valid(day)


def test_a_redirect_is_kept_too(tmp_path: Path, day: Path) -> None:
    kept, _ = Capture(tmp_path).keep(fetched(exchange("/old", b"", status=301), exchange("/new")))
    assert [each.url for each in kept] == ["https://board.example/old", "https://board.example/new"]
    assert [kind for kind, *_ in records(day)] == ["warcinfo", "response", "request", "response", "request"]


def test_the_same_body_is_kept_once_a_day(tmp_path: Path, day: Path) -> None:
    """Also by a run that did not write the first."""
    [first], _ = Capture(tmp_path).keep(fetched(exchange()))
    capture = Capture(tmp_path)
    capture.keep(fetched(exchange(head=b"Age: 5\r\n", when="2026-03-04T20:21:00+02:00")))
    capture.keep(fetched(exchange(body=b"<p>Another.</p>")))
    capture.keep(fetched(exchange("/other")))
    kinds = [kind for kind, *_ in records(day)]
    assert kinds == ["warcinfo", "response", "request", "revisit", "request", "response", "request", "response", "request"]
    revisit = records(day)[3]
    assert revisit[1]["WARC-Refers-To"] == first.record
    assert revisit[1]["WARC-Refers-To-Date"] == "2026-03-04T18:20:00Z"
    assert revisit[1]["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert b"Age: 5" in revisit[2] and BODY not in revisit[2]


def test_nothing_new_is_nothing_to_keep(tmp_path: Path) -> None:
    assert Capture(tmp_path).keep(fetched(exchange(body=b"", status=304))) == ((), ())
    assert list(tmp_path.iterdir()) == []


def test_a_file_for_each_day_in_utc(tmp_path: Path) -> None:
    capture = Capture(tmp_path)
    for when in ("2026-03-05T01:59:00+02:00", "2026-03-05T02:00:00+02:00", "2026-03-04T23:00:00+00:00"):
        capture.keep(fetched(exchange(when=when)))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2026-03-04.warc.gz", "2026-03-05.warc.gz"]
    assert len(records(tmp_path / "2026-03-04.warc.gz")) == 5


@given(cut=st.integers(1, 10_000), junk=st.binary(max_size=40))
@settings(max_examples=60)
def test_a_torn_end_is_mended_and_no_whole_record_lost(tmp_path_factory: pytest.TempPathFactory, cut: int, junk: bytes) -> None:
    folder = tmp_path_factory.mktemp("torn")
    path = folder / "2026-03-04.warc.gz"
    capture = Capture(folder)
    capture.keep(fetched(exchange("/a")))
    whole = path.stat().st_size
    capture.keep(fetched(exchange("/b", os.urandom(300))))
    size = path.stat().st_size
    at = whole + cut % (size - whole)  # somewhere within what came last
    data = path.read_bytes()
    path.write_bytes(data[:at] + junk)
    before = sum(kind == "response" for kind, *_ in records_of(data[:at]))
    kept, problems = Capture(folder).keep(fetched(exchange("/c", b"<p>After the crash.</p>")))
    assert len(kept) == 1
    told = [record[1]["WARC-Target-URI"] for record in records(path) if record[0] == "response"]
    assert told[0] == "https://board.example/a" and told[-1] == "https://board.example/c"
    assert len(told) == before + 1
    assert valid(path)
    torn = [each for each in folder.iterdir() if each.suffix == ".torn"]
    assert [problem.what for problem in problems] == ["torn"] * len(torn)
    rest = path.read_bytes()
    if torn:
        assert data[:at] + junk == rest[: len(data[:at] + junk) - torn[0].stat().st_size] + torn[0].read_bytes()  # nothing is thrown away
    else:
        assert rest.startswith(data[:at])


def records_of(data: bytes) -> list[tuple[str, int]]:
    """The whole records of a file's beginning: kind and length, by unpacking one after the other."""
    found = []
    while data:
        import zlib

        machine = zlib.decompressobj(31)
        text = machine.decompress(data)
        if not machine.eof:
            break
        found.append((text.split(b"WARC-Type: ")[1].split(b"\r\n")[0].decode(), len(text)))
        data = machine.unused_data
    return found


def test_damage_in_the_middle_is_told_and_what_follows_stays(tmp_path: Path, day: Path) -> None:
    capture = Capture(tmp_path)
    for path in ("/a", "/b", "/c"):
        capture.keep(fetched(exchange(path, os.urandom(400))))
    data = bytearray(day.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 60] = bytes(60)
    day.write_bytes(data)
    kept, problems = Capture(tmp_path).keep(fetched(exchange("/d")))
    assert len(kept) == 1
    assert [problem.what for problem in problems] == ["damaged"]
    assert day.read_bytes().startswith(data)
    with day.open("rb") as file:
        urls = {found.url for found in scan(file, 0).found}
    assert urls == {f"https://board.example/{name}" for name in "acd"}


def test_a_file_that_is_no_warc_is_not_written_over(tmp_path: Path, day: Path) -> None:
    day.write_bytes(b"somebody's notes, misnamed")
    _, problems = Capture(tmp_path).keep(fetched(exchange()))
    assert [problem.what for problem in problems] == ["torn"]
    [torn] = tmp_path.glob("*.torn")
    assert torn.read_bytes() == b"somebody's notes, misnamed"
    assert len(records(day)) == 3


def test_a_full_disk_loses_nothing_that_was_there(tmp_path: Path, day: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    capture = Capture(tmp_path)
    capture.keep(fetched(exchange("/a")))
    before = day.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    kept, problems = capture.keep(fetched(exchange("/b")))
    assert kept == ()
    assert [problem.what for problem in problems] == ["not-captured"]
    assert day.read_bytes() == before
    monkeypatch.undo()
    assert capture.keep(fetched(exchange("/b")))[1] == ()
    assert valid(day)


def test_two_processes_write_one_file(tmp_path: Path, day: Path) -> None:
    one, other = Capture(tmp_path), Capture(tmp_path)
    for number in range(5):
        one.keep(fetched(exchange(f"/one/{number}")))
        other.keep(fetched(exchange(f"/other/{number}")))
    found = records(day)
    assert sum(kind == "warcinfo" for kind, *_ in found) == 1
    assert sum(kind == "response" for kind, *_ in found) == 10
    assert valid(day)


WRITER = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_capture import exchange, fetched
from presstime.gather.capture import Capture
capture, number = Capture(Path(sys.argv[1])), 0
while True:
    capture.keep(fetched(exchange(f"/{number}", os.urandom(60_000))))
    print(number, flush=True)
    number += 1
"""


def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    acknowledged = 0
    for _ in range(3):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), str(Path(__file__).parent)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        lines = 0
        while lines < 5 and writer.stdout.readline():
            lines += 1
        time.sleep(0.003)
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged += lines + writer.stdout.read().count(b"\n")
        writer.wait(10)
        writer.stdout.close()
    assert acknowledged >= 15
    Capture(tmp_path).keep(fetched(exchange("/last")))
    [path] = tmp_path.glob("*.warc.gz")
    assert sum(kind == "response" for kind, *_ in records(path)) >= acknowledged + 1
    assert valid(path)


@given(st.binary(max_size=400))
def test_no_bytes_make_scanning_fail(data: bytes) -> None:
    scanned = scan(io.BytesIO(data), 0)
    assert scanned.end <= len(data)
