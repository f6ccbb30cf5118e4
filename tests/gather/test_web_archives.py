"""WARC, WACZ and packed files."""

from __future__ import annotations

import gzip
import io
import json

import pytest
from samples import MORE, PAGE, RSS, STORY, pdf, wacz, warc


@pytest.mark.parametrize("packed", [True, False])
def test_pages_have_their_address_and_the_moment_of_their_capture(write, take, tmp_path, packed):
    documents, problems = take(write("crawl.warc.gz" if packed else "crawl.warc", warc(packed=packed, pages=2)), archive=tmp_path / "kept")
    first, second = documents
    assert (first.url, second.url) == ("https://harrowpost.example/velmora", "https://harrowpost.example/velmora1")
    assert (first.gathered, first.outlet) == ("2026-03-04T18:20:00+00:00", "The Harrow Post")
    assert first.text.endswith(f"{STORY}\n\n{MORE}")
    assert (first.name or "").endswith(":3")
    [problem] = problems
    assert problem.what == "skipped"
    for kind in ("2 requests", "2 revisits", "2 answers with status 404", "2 pictures"):
        assert kind in problem.why
    assert (tmp_path / "kept" / first.sha256[:2] / first.sha256).read_bytes() == PAGE.replace("Five die on", "0 Five die on").encode()
    record = [json.loads(line) for line in (tmp_path / "kept" / "gathered.jsonl").read_text("utf-8").splitlines()]
    assert [each["gathered"] for each in record if each["sha256"] == first.sha256] == ["2026-03-04T18:20:00+00:00"]


def test_feeds_and_pdfs_in_a_web_archive_are_read_as_such(write, take):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    stream = io.BytesIO()
    writer = WARCWriter(stream)
    held = {"https://a.example/feed": ("application/rss+xml", RSS.encode()), "https://a.example/s?id=1": ("application/pdf", pdf())}
    for url, (kind, data) in held.items():
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind), ("Content-Encoding", "gzip")], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(gzip.compress(data)), http_headers=headers))
    documents, problems = take(write("a.warc.gz", stream.getvalue()))
    assert [document.url for document in documents] == [
        "https://harrowpost.example/velmora",
        "https://harrowpost.example/denial",
        "https://harrowpost.example/roads",
        "https://a.example/s?id=1",
    ]
    assert [problem.what for problem in problems] == ["published"]


def test_a_wacz(write, take):
    [document], problems = take(write("a.wacz", wacz()))
    assert (document.name, document.url) == ("a.wacz!archive/data.warc.gz:3", "https://harrowpost.example/velmora")
    assert [problem.what for problem in problems] == ["skipped"]
    assert len(take(write("renamed.zip", wacz()))[0]) == 1


def test_a_packed_file_is_what_is_in_it(write, take, tmp_path):
    data = gzip.compress(RSS.encode())
    documents, _ = take(write("feed.xml.gz", data), archive=tmp_path / "kept")
    assert [document.name for document in documents] == ["feed.xml.gz!feed.xml:1", "feed.xml.gz!feed.xml:2", "feed.xml.gz!feed.xml:3"]
    kept = [path.read_bytes() for path in (tmp_path / "kept").rglob("*") if path.is_file()]
    assert data in kept
    assert RSS.encode() in kept
