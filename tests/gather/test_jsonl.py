from __future__ import annotations

import hashlib
import json

import msgspec
import pytest

from presstime.gather import documents_from_jsonl
from presstime.records import Document, Part, Problem

NOW = "2026-03-05T08:00:00+00:00"


def read(*lines):
    found = list(documents_from_jsonl(lines, whence="in.jsonl", now=NOW))
    return [item for item in found if isinstance(item, Document)], [item for item in found if isinstance(item, Problem)]


def test_the_text_and_the_id_are_left_exactly_as_they_are(story):
    text = f"\n\n  {story}\r\n“``Odd'' marks”\u2028\x0c\x00 \U0001f525 "
    line = json.dumps({"id": "a/1", "text": text, "date": "2026-03-04", "outlet": "Harrow", "url": "https://a.example/1"})
    [document], problems = read(line)
    assert (document.text, document.id, problems) == (text, "a/1", [])
    assert (document.published, document.outlet, document.url) == ("2026-03-04", "Harrow", "https://a.example/1")
    assert (document.name, document.gathered) == ("in.jsonl:1", NOW)
    assert document.sha256 == hashlib.sha256(line.encode()).hexdigest()
    assert ("published", "jsonl date") in [(item.field, item.source) for item in document.provenance]


@pytest.mark.parametrize("key", ["published", "date", "dct"])
def test_the_names_of_a_date(story, key):
    [document], _ = read(json.dumps({"text": story, key: "2026-03-04"}))
    assert document.published == "2026-03-04"


def test_a_bad_line_is_a_problem_with_its_number_and_the_rest_goes_on(story):
    good = json.dumps({"id": "g", "text": story})
    documents, problems = read(
        "{not json", "", "[1]", '{"id": "x"}', '{"text": 3}', '{"id": [1], "text": "Some words of it."}', '{"text": " "}', "[" * 5000, good
    )
    assert [document.id for document in documents] == ["g"]
    assert [(problem.where, problem.what) for problem in problems] == [
        ("in.jsonl:1", "bad-line"),
        ("in.jsonl:3", "bad-line"),
        ("in.jsonl:4", "bad-line"),
        ("in.jsonl:5", "bad-line"),
        ("in.jsonl:6", "bad-line"),
        ("in.jsonl:7", "empty"),
        ("in.jsonl:8", "bad-line"),
    ]


@pytest.mark.parametrize(
    "line", [b'{"text": "\xff\xfe some words here"}', b'{"text": "\\ud800 some words here"}', '{"text": "\ud800 words"}']
)
def test_text_that_is_no_unicode_is_a_problem(line):
    documents, [problem] = read(line)
    assert (documents, problem.what) == ([], "bad-line")


def test_a_field_that_is_not_understood_is_told_and_the_document_stays(story):
    [document], problems = read(json.dumps({"id": 7, "text": story, "date": "soon", "outlet": {"a": 1}}))
    assert (document.id, document.published, document.outlet) == ("7", None, None)
    assert [problem.what for problem in problems] == ["published", "bad-line"]


def test_an_id_given_twice(story):
    one, other = json.dumps({"id": "a", "text": story}), json.dumps({"id": "a", "text": story + " More."})
    [document], problems = read(one, one)
    assert (document.text, problems) == (story, [])
    [document], [problem] = read(one, other)
    assert (document.text, problem.what, problem.where) == (story, "duplicate-id", "in.jsonl:2")


def test_a_document_in_the_interchange_form_comes_back_as_it_was(story):
    document = Document(
        id="d1", sha256="0" * 64, text=story, name="x.txt", gathered="2026-01-01T00:00:00+00:00", language="en",
        parts=(Part(kind="headline", start=0, end=6),),
    )  # fmt: skip
    bare = msgspec.json.encode(document)
    assert read(bare) == ([document], [])
    assert read(b'{"document":' + bare + b',"reader":{}}') == ([document], [])


@pytest.mark.parametrize("parts", [[(0, 9999)], [(-1, 3)], [(5, 2)], [(0, 5), (3, 7)]])
def test_an_interchange_document_whose_parts_do_not_fit_is_a_problem(story, parts):
    value = {"id": "d", "sha256": "0", "text": story, "parts": [{"kind": "heading", "start": a, "end": b} for a, b in parts]}
    documents, [problem] = read(json.dumps(value))
    assert (documents, problem.what) == ([], "bad-line")


def test_files_of_lines_and_json_arrays(write, take, story):
    lines = [json.dumps({"id": str(number), "text": f"{story} {number}"}) for number in range(3)]
    documents, problems = take(write("2026-03-04.jsonl", "\ufeff" + "\r\n".join(lines)), write("b.json", "[" + ",".join(lines[:1]) + "]"))
    assert [document.name for document in documents] == ["2026-03-04.jsonl:1", "2026-03-04.jsonl:2", "2026-03-04.jsonl:3"]
    assert [document.published for document in documents] == [None] * 3
    assert problems == []
    [document], problems = take(write("c.json", json.dumps({"text": story}, indent=2)))
    assert (document.text, document.name, problems) == (story, "c.json:1", [])


def test_a_line_over_the_limit_is_a_problem_and_the_next_is_read(write, take, story):
    name = write("a.jsonl", json.dumps({"id": "a", "text": "word " * 500}) + "\n" + json.dumps({"id": "b", "text": story}))
    [document], [problem] = take(name, max_bytes=300)
    assert (document.id, problem.what, problem.where) == ("b", "too-large", "a.jsonl:1")
