from __future__ import annotations

import io
import json
import os
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstime.gather import gather
from presstime.gather.language import identify_language
from presstime.gather.zipped import members
from presstime.problems import InputError
from presstime.records import Document, Problem

NOW = "2026-03-05T08:00:00+00:00"


def zipped(**files: str | bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def whats(problems):
    return {problem.where: problem.what for problem in problems}


def test_a_folder_of_everything(write, take, story):
    write("in/b.txt", story + " B.")
    write("in/a/c.md", story + " C.")
    write("in/d.html", f"<html><body><article><p>{story} D.</p><p>{story}</p></article></body></html>")
    write("in/e.jsonl", json.dumps({"id": "e", "text": story}))
    write("in/f.zip", zipped(**{"g.txt": story + " G."}))
    write("in/photo.jpg", b"\xff\xd8\xff")
    write("in/nothing.txt", "")
    write("in/.DS_Store", b"\x00")
    write("in/._b.txt", b"\x00")
    write("in/.gitignore", "x")
    write("in/.draft.txt", story)
    documents, problems = take("in")
    assert [document.name for document in documents] == ["in/a/c.md", "in/b.txt", "in/d.html", "in/e.jsonl:1", "in/f.zip!g.txt"]
    assert whats(problems) == {"in/photo.jpg": "unsupported", "in/nothing.txt": "empty", "in/.draft.txt": "skipped"}
    assert [document.name for document in take("in/.draft.txt")[0]] == ["in/.draft.txt"]


def test_the_same_paths_give_the_same_documents(write, take, story):
    for name in "zax":
        write(f"in/{name}.txt", f"{story} {name}")
    assert take("in") == take("in")


def test_the_same_file_twice_is_one_and_reprints_are_many(write, take, story):
    write("one/a.txt", story)
    write("two/a.txt", story)
    documents, problems = take("one", "two", "one/a.txt")
    assert ([document.name for document in documents], problems) == (["one/a.txt"], [])
    for number in range(10):
        write(f"ten/{number}.txt", story)
    documents, _ = take("ten")
    assert len({document.id for document in documents}) == 10


def test_no_full_path_gets_into_a_record(write, take, tmp_path, story):
    write("in/a.txt", story)
    write("in/b.bin", b"1")
    documents, problems = take(tmp_path / "in")
    assert [documents[0].name, problems[0].where] == ["in/a.txt", "in/b.bin"]


def test_a_path_that_is_not_there(write, take, story):
    write("a.txt", story)
    documents, problems = take("a.txt", "nowhere.txt")
    assert (len(documents), whats(problems)) == (1, {"nowhere.txt": "missing"})
    with pytest.raises(InputError, match=r"nowhere\.txt.*check the path"):
        take("nowhere.txt")
    with pytest.raises(InputError, match="name a file"):
        take()


def test_an_empty_folder_is_told(take, tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path)
    assert whats(take("in")[1]) == {"in": "empty"}


def test_what_is_neither_file_nor_folder_is_never_opened(write, take, tmp_path, story):
    write("in/a.txt", story)
    os.mkfifo(tmp_path / "in" / "b.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in", target_is_directory=True)
    documents, problems = take("in")
    assert (len(documents), whats(problems)) == (1, {"in/b.txt": "unsupported", "in/loop": "unsupported"})


def test_a_name_that_is_no_unicode_or_holds_controls(take, tmp_path, monkeypatch, story):
    monkeypatch.chdir(tmp_path)
    Path(os.fsdecode(b"a\xff\x1b[31m.txt")).write_text(story, encoding="utf-8")
    [document], _ = take(".")
    assert document.name == "a\\udcff\\x1b[31m.txt"


# ---------------------------------------------------------------- archives


def test_a_zip_names_its_members_and_skips_what_systems_leave(write, take, story):
    content = {"b/x.txt": story, "__MACOSX/b/._x.txt": b"\x00", "../../up.txt": story + " Up.", "in.zip": zipped(), "p.png": b"1"}
    documents, problems = take(write("w.zip", zipped(**content)))
    assert [document.name for document in documents] == ["w.zip!../../up.txt", "w.zip!b/x.txt"]
    assert whats(problems) == {"w.zip!in.zip": "nested-archive", "w.zip!p.png": "unsupported"}


def test_a_zip_bomb_is_stopped_member_by_member_and_in_all(write, take, story):
    bomb = zipped(**{f"{number}.txt": b"a b c d e " * 200_000 for number in range(5)}, **{"z.txt": story})
    assert len(bomb) < 50_000
    documents, problems = take(write("bomb.zip", bomb), max_bytes=100_000)
    assert [document.name for document in documents] == ["bomb.zip!z.txt"]
    assert [problem.what for problem in problems] == ["too-large"] * 5
    found = list(members(io.BytesIO(bomb), "bomb.zip", max_bytes=100_000, max_unpacked=250_000))
    assert [item.where for item in found] == ["bomb.zip!0.txt", "bomb.zip!1.txt", "bomb.zip!2.txt", "bomb.zip"]
    assert "250,000" in found[-1].why


def test_a_zip_of_too_many_files_is_not_opened(story):
    stream = io.BytesIO(zipped(**{f"{number}.txt": story for number in range(5)}))
    [problem] = members(stream, "w.zip", max_bytes=1000, max_members=4)
    assert (problem.what, problem.where) == ("too-large", "w.zip")


def test_a_zip_whose_list_claims_no_end_is_not_opened(story):
    data = bytearray(zipped(**{"a.txt": story}))
    struct.pack_into("<I", data, len(data) - 22 + 12, 0xFFFFFFFF)
    [problem] = members(io.BytesIO(bytes(data)), "w.zip", max_bytes=1000)
    assert problem.what == "too-large"


def test_encrypted_and_damaged_members_are_problems_and_the_rest_goes_on(write, take, story):
    data = bytearray(zipped(**{"a.txt": story, "b.txt": story + " B.", "c.txt": story + " C."}))
    listed = data.index(b"PK\x01\x02")
    data[listed + 8] |= 1
    broken = data.index(b"b.txt") + 8
    data[broken : broken + 8] = b"\xff" * 8
    documents, problems = take(write("w.zip", bytes(data)))
    assert [document.name for document in documents] == ["w.zip!c.txt"]
    assert whats(problems) == {"w.zip!a.txt": "encrypted", "w.zip!b.txt": "broken"}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and no more", b"no archive at all"])
def test_what_only_bears_the_name_of_an_archive(write, take, data):
    documents, problems = take(write("w.zip", data))
    assert (documents, whats(problems)) == ([], {"w.zip": "broken"})


# ---------------------------------------------------------------- raw bytes by hash


def test_bytes_are_kept_once_with_every_name_they_came_under(write, take, tmp_path, story):
    write("in/a.txt", story)
    write("in/b.txt", story)
    keep = tmp_path / "archive"
    documents, _ = take("in", archive=keep)
    digest = documents[0].sha256
    assert (keep / digest[:2] / digest).read_bytes() == story.encode()
    assert [path for path in keep.rglob("*") if path.is_file() and path.name != "gathered.jsonl"] == [keep / digest[:2] / digest]
    record = [json.loads(line) for line in (keep / "gathered.jsonl").read_text("utf-8").splitlines()]
    size = len(story.encode())
    assert record == [{"sha256": digest, "name": name, "gathered": NOW, "bytes": size} for name in ("in/a.txt", "in/b.txt")]
    take("in", archive=keep, now="2026-03-06T00:00:00+00:00")
    assert len((keep / "gathered.jsonl").read_text("utf-8").splitlines()) == 2


def test_archives_and_files_of_lines_are_kept_whole(write, take, tmp_path, story):
    data, lines = zipped(**{"m.txt": story}), json.dumps({"text": story})
    documents, _ = take(write("w.zip", data), write("l.jsonl", lines), archive=tmp_path / "archive")
    kept = {path.read_bytes() for path in (tmp_path / "archive").rglob("*") if path.is_file() and path.name != "gathered.jsonl"}
    assert kept == {data, lines.encode(), story.encode()}
    assert len(documents) == 2


def test_an_archive_within_what_is_gathered_is_not_gathered(write, take, tmp_path, story):
    write("in/a.txt", story)
    take("in", archive=tmp_path / "in" / "archive")
    documents, problems = take("in", archive=tmp_path / "in" / "archive")
    assert (len(documents), problems) == (1, [])


def test_a_torn_record_and_a_torn_file_are_mended(write, take, tmp_path, story):
    keep = tmp_path / "archive"
    [document], _ = take(write("a.txt", story), archive=keep)
    place = keep / document.sha256[:2] / document.sha256
    place.write_bytes(b"half")
    (keep / "gathered.jsonl").write_bytes(b'{"sha256": "0')
    take("a.txt", archive=keep)
    assert place.read_bytes() == story.encode()
    assert json.loads((keep / "gathered.jsonl").read_bytes().split(b"\n")[1])["name"] == "a.txt"


def test_an_archive_that_cannot_be_made(write, take, story):
    write("a.txt", story)
    write("file", "x")
    with pytest.raises(InputError, match="can be written"):
        take("a.txt", archive=Path("file"))


# ---------------------------------------------------------------- languages

OTHER = {
    "fr": "Cinq personnes ont été tuées mercredi sur la route de Velmora, a déclaré le ministère de l’Intérieur.",
    "ru": "Пять человек погибли в среду на дороге в Велмору, сообщило министерство внутренних дел.",
    "ar": "قُتل خمسة أشخاص يوم الأربعاء على الطريق إلى فيلمورا، كما أعلنت وزارة الداخلية في بيان.",
    "zh": "内政部星期三说，通往韦尔莫拉的公路上有五人丧生，道路已经关闭。",
}


@pytest.mark.parametrize("code", sorted(OTHER))
def test_a_document_in_another_language_is_kept_and_told(write, take, code):
    [document], [problem] = take(write("a.txt", OTHER[code] * 3))
    assert (document.language, document.text) == (code, OTHER[code] * 3)
    assert (problem.what, problem.where) == ("language", document.id)
    assert "a.txt" in problem.why


@pytest.mark.parametrize(
    "text",
    [
        "Hovhannes Ter-Mkrtchyan and Anahit Gevorgyan told Agence Générale de Presse that Khachatur Avetisyan had left Vardanakert.",
        "FIVE PEOPLE WERE KILLED ON THE ROAD TO VELMORA ON WEDNESDAY, THE INTERIOR MINISTRY SAID IN A STATEMENT.",
        "Wire\n\n« Nous sommes là »\n\nFive people were killed on the road on Wednesday, the ministry said, and the road was closed.",
    ],
)
def test_english_stays_english(text):
    assert identify_language(text).code == "en"


def test_short_texts_are_what_is_declared_or_assumed():
    assert (identify_language("Fem døde").code, identify_language("Fem døde").how) == ("en", "assumed")
    assert (identify_language("Fem døde", "da-DK").code, identify_language("Fem døde", "da-DK").how) == ("da", "declared")
    assert identify_language("Пять погибли").code == "ru"


# ---------------------------------------------------------------- whatever comes

EXTENSIONS = (".txt", ".md", ".html", ".jsonl", ".json", ".zip", ".bin")
PIECES = [
    *("<p>", "</p>", "<article>", "<h1>", "<figure>", "<figcaption>", "<b>", "<br>", "<table><tr><td>", "<li>", "<!--", "&amp;", "<main>"),
    *("\n\n", "# ", "---\n", "**", "[a](b)", "![c](d)", "Outlet: x\n", '{"text": "', '"}', "\x00", "é", "\ufeff"),
    "Five people were killed on the road, the ministry said. ",
]
MARKUP = st.lists(st.sampled_from(PIECES), max_size=60).map(lambda pieces: "".join(pieces).encode())


@settings(max_examples=120, deadline=None)
@given(files=st.lists(st.tuples(st.sampled_from(EXTENSIONS), st.one_of(st.binary(max_size=300), MARKUP)), min_size=1, max_size=4))
def test_whatever_comes_nothing_breaks_and_every_offset_lies_in_its_text(files):
    with tempfile.TemporaryDirectory() as folder:
        for number, (extension, data) in enumerate(files):
            Path(folder, f"{number}{extension}").write_bytes(data)
        found = list(gather([folder], archive=Path(folder, "kept"), now=NOW))
    named = set()
    for item in found:
        if isinstance(item, Problem):
            assert item.what
            assert item.why.rstrip()[-1] == "."
            named.add(item.where.split("/", 1)[1][0] if "/" in item.where else "")
            continue
        assert isinstance(item, Document)
        named.add(item.name.split("/", 1)[1][0])
        item.text.encode("utf-8")
        end = 0
        for part in item.parts:
            assert end <= part.start < part.end <= len(item.text)
            end = part.end
        for media in item.media:
            assert item.text[media.caption.start : media.caption.end].strip()
    for number, (extension, data) in enumerate(files):
        if extension != ".jsonl" and not (extension == ".json" and data.strip() in (b"", b"[]")):
            assert str(number) in named
