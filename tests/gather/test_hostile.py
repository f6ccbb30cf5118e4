"""What is damaged or hostile: a Problem each, nothing else lost, nothing raised, and memory under 1 GB."""

from __future__ import annotations

import gzip
import io
import json
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import DENIAL, MORE, NITF, RSS, STORY, TELEGRAM, all_samples, mbox, pdf, tarred, warc

from presstime.gather import gather
from presstime.records import Document, Problem

NOW = "2026-03-06T08:00:00+00:00"
GIGABYTE = 1_000_000  # kilobytes, which is what the system counts in
ROOT = Path(__file__).parents[2]


def checked(folder: Path) -> tuple[list[Document], list[Problem]]:
    """Gather a folder; every Problem says what to do, every span lies in its text."""
    found = list(gather([folder], archive=folder / "kept", now=NOW))
    documents = [item for item in found if isinstance(item, Document)]
    problems = [item for item in found if isinstance(item, Problem)]
    for document in documents:
        assert document.text.strip()
        document.text.encode("utf-8")
        end = 0
        for part in document.parts:
            assert end <= part.start < part.end <= len(document.text)
            end = part.end
        assert all(0 <= media.caption.start < media.caption.end <= len(document.text) for media in document.media)
    assert all(problem.what and problem.why.rstrip()[-1] == "." for problem in problems)
    return documents, problems


def whats(problems: list[Problem]) -> set[str]:
    return {problem.what for problem in problems}


# ---------------------------------------------------------------- XML

LAUGHS = '<!DOCTYPE rss [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "markup",
    [
        LAUGHS + "]>" + RSS.partition("?>")[2].replace("Shells fell", "&i;"),
        '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + NITF.partition('.dtd">')[2].replace("VELMORA", "&x;"),
        '<!DOCTYPE opml [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><opml><body/></opml>',
    ],
    ids=["billion laughs", "external entity", "external parameter entity"],
)
def test_entities_are_never_expanded(tmp_path: Path, markup: str) -> None:
    (tmp_path / "a.xml").write_text(markup, encoding="utf-8")
    (tmp_path / "b.txt").write_text(STORY, encoding="utf-8")
    documents, problems = checked(tmp_path)
    assert ([document.text for document in documents], whats(problems)) == ([STORY], {"entities"})


def test_a_document_whose_word_processor_declares_entities_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(all_samples()["a.docx"])) as whole, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for info in whole.infolist():
            data = whole.read(info)
            if info.filename == "word/document.xml":
                data = data.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)
            made.writestr(info.filename, data)
    (tmp_path / "a.docx").write_bytes(stream.getvalue())
    assert checked(tmp_path) == ([], checked(tmp_path)[1])
    assert whats(checked(tmp_path)[1]) == {"entities"}


def test_characters_that_no_text_may_hold_are_taken_out(tmp_path: Path) -> None:
    page = all_samples()["messages.html"].replace(b"<br><br>", b"&#1;<br>&#2;&#8;x<br>")
    feed = RSS.replace("<h2>Road", "a<br>&#1;b<br>\x01c<h2>Road")
    (tmp_path / "messages.html").write_bytes(page)
    (tmp_path / "a.rss").write_text(feed, encoding="utf-8")
    documents, _ = checked(tmp_path)
    assert len(documents) == 5
    assert not any(char in document.text for document in documents for char in "\x01\x02\x08")


def test_deep_nesting_is_no_fault_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"messages": [' + b'{"a":' * 200_000 + b"}" * 200_000 + b'], "name": "x"}')
    (tmp_path / "b.json").write_bytes(b"[" * 500_000)
    (tmp_path / "c.xml").write_bytes(b"<rss>" + b"<item>" * 100_000)
    (tmp_path / "d.html").write_bytes(b"<html>" + b"<div>" * 100_000 + STORY.encode())
    boundary = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000))
    (tmp_path / "e.eml").write_bytes(b"From: a@b.example\nSubject: s\n" + boundary + STORY.encode())
    _, problems = checked(tmp_path)
    assert {problem.where.rsplit("/", 1)[-1][0] for problem in problems} >= set("abcd")


# ---------------------------------------------------------------- archives


def test_paths_in_archives_point_nowhere(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    evil = tmp_path / "evil.txt"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("../evil.txt", STORY)
        archive.writestr(str(evil), DENIAL)
    (inside / "a.zip").write_bytes(stream.getvalue())
    (inside / "b.tar.gz").write_bytes(tarred(**{"../evil.txt": f"{STORY} B.".encode(), str(evil): f"{STORY} C.".encode()}))
    link = io.BytesIO()
    with tarfile.open(fileobj=link, mode="w") as archive:
        info = tarfile.TarInfo("x.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    (inside / "c.tar").write_bytes(link.getvalue())
    documents, problems = checked(inside)
    assert len(documents) == 4
    assert not evil.exists()
    assert {(problem.what, problem.where) for problem in problems} == {("unsupported", "in/c.tar!x.txt")}


def test_an_export_may_not_name_files_outside_of_it(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "link.jpg").symlink_to(tmp_path / "secret")
    for number, path in enumerate(("../secret", str(tmp_path / "secret"), "link.jpg")):
        message = {**TELEGRAM["messages"][1], "photo": path, "id": number}
        (inside / f"r{number}.json").write_text(json.dumps({**TELEGRAM, "messages": [message]}))
    documents, _ = checked(inside)
    assert len(documents) == 3
    assert not any("sha256" in each.source for document in documents for each in document.provenance)


def test_what_is_cut_short_gives_what_is_whole_and_a_problem(tmp_path: Path) -> None:
    """For each format: everything that stood whole before the cut is there, and the cut is told."""
    whole = {
        "a.rss": (0.9, 2),
        "nitf.xml": (0.9, 1),
        "message.xml": (0.6, 1),
        "result.json": (0.93, 1),
        "messages.html": (0.95, 1),
        "tweets.js": (0.7, 1),
        "outbox.json": (0.75, 1),
        "reliefweb.json": (0.95, 1),
        "a.warc": (0.6, 1),
        "a.warc.gz": (0.8, 1),
        "a.docx": (0.9, 0),
        "a.pdf": (0.5, 0),
        "a.txt.gz": (0.9, 0),
        "a.wacz": (0.9, 0),
    }
    samples = all_samples()
    for name, (share, least) in whole.items():
        folder = tmp_path / name.replace(".", "_")
        folder.mkdir()
        data = samples[name]
        (folder / name).write_bytes(data[: int(share * len(data))])
        documents, problems = checked(folder)
        assert len(documents) >= least, name
        assert whats(problems) & {"broken", "empty", "not-an-article"}, name


@pytest.mark.parametrize("name", sorted(all_samples()))
def test_nothing_at_all_under_every_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    documents, problems = checked(tmp_path)
    assert (documents, len(problems)) == ([], 1)
    assert problems[0].what in ("empty", "broken", "unsupported")


@pytest.mark.parametrize("name", ["a.rss", "nitf.xml", "a.opml", "table.csv", "a.wire"])
def test_a_wrong_charset_is_told(tmp_path: Path, name: str) -> None:
    text = all_samples()[name].decode()
    for words in (STORY, MORE, DENIAL, "Five die on the road to Velmora", "The Harrow Post"):
        text = text.replace(words, "Снаряды упали на дорогу, и погибли пять человек, сообщило министерство внутренних дел.")
    (tmp_path / name).write_bytes(text.encode("koi8-r", "replace"))
    documents, problems = checked(tmp_path)
    assert whats(problems) & {"encoding", "binary"}
    assert documents == []


def test_utf16_and_declared_charsets_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(RSS.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"))
    (tmp_path / "b.xml").write_bytes(NITF.replace("UTF-8", "windows-1251").replace("Shells fell", "Shells (снаряды) fell").encode("cp1251"))
    documents, problems = checked(tmp_path)
    assert len(documents) == 4
    assert "снаряды" in documents[-1].text
    assert whats(problems) == {"published", "embargo"}


# ---------------------------------------------------------------- statements


def test_pdfs_that_are_locked_scanned_or_loop(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, NameObject

    locked = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    locked.encrypt("secret", algorithm="RC4-128")
    locked.write(tmp_path / "locked.pdf")
    open_to_all = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    open_to_all.encrypt("", "owner", algorithm="RC4-128")
    open_to_all.write(tmp_path / "owner.pdf")
    scan = PdfWriter()
    scan.add_blank_page(300, 300)
    scan.write(tmp_path / "scan.pdf")
    loop = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    tree = loop._root_object["/Pages"]
    tree[NameObject("/Kids")] = ArrayObject([tree.indirect_reference, tree.indirect_reference])
    loop.write(tmp_path / "loop.pdf")
    documents, problems = checked(tmp_path)
    told = {problem.where.rsplit("/", 1)[-1]: problem.what for problem in problems}
    assert (told["locked.pdf"], told["scan.pdf"]) == ("encrypted", "no-text")
    assert told["loop.pdf"] in ("broken", "no-text", "too-large")
    assert [(document.name or "").rsplit("/", 1)[-1] for document in documents] == ["owner.pdf"]


def test_a_pdf_whose_form_draws_itself_ends(tmp_path: Path) -> None:
    form = b"q /F Do /F Do /F Do /F Do Q"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</XObject<</F 4 0 R>>>>/Contents 5 0 R>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>/Length %d>>stream\n%s\nendstream"
        % (len(form), form),
        b"<</Length 5>>stream\n/F Do\nendstream",
    ]
    (tmp_path / "a.pdf").write_bytes(written_pdf(objects))
    assert whats(checked(tmp_path)[1]) <= {"broken", "no-text", "too-large"}


def written_pdf(objects: list[bytes]) -> bytes:
    """A PDF with these objects, numbered from 1, by the letter of the specification."""
    data, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        len(data),
    )


# ---------------------------------------------------------------- bombs


def gzip_bomb(size: int, before: bytes = b"", fill: bytes = b"\0") -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = fill * (1 << 20)
    return packer.compress(before) + b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()


def zip_bomb(name: str, size: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as member:
        for _ in range(size >> 20):
            member.write(b" " * (1 << 20))
    return stream.getvalue()


def lying_docx() -> bytes:
    """A Word document whose list says that its text has 10 bytes, where it unpacks to 100,000,000."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as member:
            for _ in range(100):
                member.write(b" " * (1 << 20))
    data = bytearray(stream.getvalue())
    entry = data.rindex(b"word/document.xml") - 46
    struct.pack_into("<I", data, entry + 24, 10)
    return bytes(data)


def bombs() -> dict[str, bytes]:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Type: application/http; msgtype=response\r\n"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    inner = gzip_bomb(200 << 20)
    coded = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + inner
    return {
        "a.txt.gz": gzip_bomb(1100 << 20, fill=b"a"),
        "b.warc.gz": gzip_bomb(1100 << 20, head + b"Content-Length: 1500000000\r\n\r\n" + http, b" \n"),
        "c.warc.gz": gzip_bomb(200 << 20, head.replace(b"\r\nContent-Type", b"\r\nX: "), b"a"),
        "d.warc": head + b"Content-Length: %d\r\n\r\n" % len(coded) + coded + b"\r\n\r\n",
        "e.zip": zip_bomb("a.json", 220 << 20),
        "f.docx": lying_docx(),
        "g.docx": zip_bomb("word/document.xml", 250 << 20),
        "h.json": b'{"text": "' + b"a" * 100_000_000 + b'"}',
        "i.jsonl": b'{"text": "' + b"a" * 100_000_000 + b'"}\n' + json.dumps({"text": STORY}).encode(),
        "j.csv": b"text\n" + b"a" * 90_000_000 + b"\n" + json.dumps(STORY).encode() + b"\n",
        "k.txt": b"a" * 100_000_000,
        "l.tgz": gzip_bomb(100 << 20, tarred_header("a.txt", 8_000_000_000)),
        "m.eml": b"From: a@b.example\nSubject: " + b"a" * 10_000_000 + b"\n\n" + STORY.encode(),
        "n.mbox": b"From a@b.example Wed Mar  4 18:20:00 2026\nSubject: x\n\n" + b"a" * 100_000_000,
        "o.pdf": written_pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
                b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(flate := zlib.compress(b" " * (200 << 20), 9)), flate),
            ]
        ),
        "p.xml": b"<rss>" + b"<a/>" * 2_400_000,
        "q.tar": tarred_header("a" * 90, 900_000_000, b"L") + b"a" * (20 << 20),
        "z.txt": STORY.encode(),
    }


def tarred_header(name: str, size: int, kind: bytes = b"0") -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.GNU_FORMAT)


MEASURE = """
import sys
from presstime.gather import gather
from presstime.records import Document
for item in gather(sys.argv[1:], archive=None, now="2026-03-06T08:00:00+00:00"):
    print("document" if isinstance(item, Document) else item.what, item.name if isinstance(item, Document) else item.where, sep="\\t")
most = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print("memory", most, sep="\\t")
"""


def measured(folder: Path) -> tuple[list[list[str]], int]:
    """What gathering a folder in a process of its own gives, and the most memory that it took, in kilobytes."""
    run = subprocess.run([sys.executable, "-c", MEASURE, str(folder)], capture_output=True, text=True, timeout=300, cwd=ROOT, check=True)
    lines = [line.split("\t") for line in run.stdout.splitlines()]
    return lines[:-1], int(lines[-1][1])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the most memory that a process took is read from /proc")
def test_bombs_are_told_and_memory_stays_under_a_gigabyte(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in bombs().items():
        (folder / name).write_bytes(data)
    found, memory = measured(folder)
    assert memory < GIGABYTE
    documents = {where for what, where in found if what == "document"}
    assert {"in/z.txt", "in/i.jsonl:2", "in/j.csv:2"} <= documents
    told = {where.split("/", 1)[1][0] for what, where in found if what != "document"}
    assert told >= set("abcdefghijklnopq")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the most memory that a process took is read from /proc")
def test_an_mbox_of_ten_thousand_mails_is_read_one_by_one(tmp_path: Path) -> None:
    one = mbox(1).replace(STORY.encode(), b"Five died.").replace(b"to Velmora:", b"-")
    with (tmp_path / "a.mbox").open("wb") as file:
        for number in range(10_000):
            file.write(one.replace(b"Alert 0", b"Alert %d" % number))
    found, memory = measured(tmp_path)
    assert [what for what, _ in found] == ["document"] * 10_000
    assert memory < GIGABYTE / 2


def test_a_mail_of_a_thousand_parts_and_mails_within_mails(tmp_path: Path) -> None:
    many = EmailMessage()
    many["From"], many["Subject"] = "a@b.example", "Many"
    many.set_content(STORY)
    for number in range(600):
        many.add_attachment(f"{STORY} {number}".encode(), maintype="text", subtype="plain", filename=f"{number}.txt")
    (tmp_path / "a.eml").write_bytes(many.as_bytes())
    within = EmailMessage()
    within["From"], within["Subject"] = "a@b.example", "Within"
    within.set_content(f"{STORY} innermost")
    for number in range(12):
        outer = EmailMessage()
        outer["From"], outer["Subject"] = "a@b.example", f"Level {number}"
        outer.set_content(f"{STORY} {number}")
        outer.add_attachment(within)
        within = outer
    (tmp_path / "b.eml").write_bytes(within.as_bytes())
    documents, problems = checked(tmp_path)
    assert len(documents) == 500 + 6
    assert whats(problems) == {"too-large", "nested-archive"}


# ---------------------------------------------------------------- whatever comes


@cache
def samples() -> dict[str, bytes]:
    return all_samples()


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_damage_to_any_format_breaks_anything(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(samples())))
    raw = bytearray(samples()[name])
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255)), max_size=6)):
        raw[place] = value
    raw = raw[: data.draw(st.one_of(st.just(len(raw)), st.integers(0, len(raw))))]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(raw)
        documents, problems = checked(Path(folder))
    assert documents or problems


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(["a.xml", "a.eml", "a.mbox", "a.pdf", "a.docx", "a.warc.gz", "a.csv", "a.js", "a.json", "a.tar", "a"]),
    raw=st.binary(max_size=400),
)
def test_no_bytes_under_any_name_break_anything(name: str, raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(raw)
        documents, problems = checked(Path(folder))
    assert documents or problems or not raw.strip()


def test_a_web_archive_goes_on_past_a_damaged_record(tmp_path: Path) -> None:
    data = bytearray(warc(pages=3))
    second = [place for place in range(len(data) - 3) if data[place : place + 3] == b"\x1f\x8b\x08"][7]
    data[second + 40 : second + 60] = b"\xff" * 20
    (tmp_path / "a.warc.gz").write_bytes(data)
    documents, problems = checked(tmp_path)
    assert len(documents) >= 2
    assert "broken" in whats(problems)


def test_a_gzip_within_a_gzip_ends(tmp_path: Path) -> None:
    data = STORY.encode()
    for _ in range(10):
        data = gzip.compress(data)
    (tmp_path / "a.gz").write_bytes(data)
    assert whats(checked(tmp_path)[1]) == {"nested-archive"}
