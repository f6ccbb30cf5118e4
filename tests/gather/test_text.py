from __future__ import annotations

import hashlib

import pytest


def provenance(document):
    return {item.field: item.source for item in document.provenance}


def test_a_plain_text_keeps_everything_but_its_newlines(write, take, story):
    raw = f"{story}\r\n\r\n  An indented\u00a0line.\rThe end.\n\n".encode()
    [document], problems = take(write("a.txt", raw))
    assert document.text == f"{story}\n\n  An indented\u00a0line.\nThe end.\n\n"
    assert document.sha256 == hashlib.sha256(raw).hexdigest()
    assert (document.name, document.gathered, document.language) == ("a.txt", "2026-03-05T08:00:00+00:00", "en")
    assert (document.outlet, document.headline, document.published, problems) == (None, None, None, [])


def test_header_lines_are_used_and_taken_off(write, take, story):
    header = "Outlet: The Harrow Post\nheadline: Road: cut\nByline: Ilse Tarnow\n"
    header += "Published: 2026-03-04T18:20:00+02:00\nURL: https://harrow.example/v\n\n"
    [document], problems = take(write("a.txt", header + story))
    assert document.text == story
    assert document.outlet == "The Harrow Post"
    assert document.headline == "Road: cut"
    assert document.byline == "Ilse Tarnow"
    assert document.published == "2026-03-04T18:20:00+02:00"
    assert document.url == "https://harrow.example/v"
    assert set(provenance(document).values()) == {"header", "identified"}
    assert problems == []


def test_a_header_that_is_broken_off_by_another_line_is_left_in_the_text(write, take, story):
    text = f"Outlet: The Harrow Post\nEditor: Somebody\n\n{story}"
    [document], [problem] = take(write("a.txt", text))
    assert document.text == text
    assert document.outlet is None
    assert problem.what == "header"


def test_a_colon_in_the_first_line_is_no_header(write, take, story):
    text = f"Velmora: what is known\n\n{story}"
    [document], problems = take(write("a.txt", text))
    assert (document.text, problems) == (text, [])


def test_a_date_that_is_not_understood_is_a_problem_and_the_document_stays(write, take, story):
    [document], [problem] = take(write("a.txt", f"Published: last Tuesday\n\n{story}"))
    assert (document.published, document.text, problem.what, problem.where) == (None, story, "published", "a.txt")


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("velmora-2026-03-04.txt", "2026-03-04"),
        ("2026-03-04 velmora.txt", "2026-03-04"),
        ("2026-03-04.txt", "2026-03-04"),
        ("velmora-2026-13-04.txt", None),
        ("velmora-2026-03-04-b.txt", None),
        ("12026-03-04.txt", None),
    ],
)
def test_a_file_name_that_begins_or_ends_with_a_date_dates_the_document(write, take, story, name, published):
    [document], _ = take(write(name, story))
    assert document.published == published
    assert provenance(document).get("published") == ("file name" if published else None)


def test_a_stated_date_goes_before_the_file_name(write, take, story):
    [document], _ = take(write("velmora-2026-03-04.txt", f"Published: 5 March 2026\n\n{story}"))
    assert (document.published, provenance(document)["published"]) == ("2026-03-05", "header")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_texts_with_a_byte_order_mark(write, take, story, encoding):
    text = story + " “It is closed,” said Oren Välk."
    [document], problems = take(write("a.txt", text.encode(encoding)))
    assert (document.text, problems) == (text, [])


def test_windows_1252_is_read_and_said_so(write, take, story):
    text = story + " “The café is closed,” said Oren Välk."
    [document], problems = take(write("a.txt", text.encode("cp1252")))
    assert (document.text, provenance(document)["text"], problems) == (text, "decoded as windows-1252", [])


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"Outlet: The Harrow Post\n\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "binary"),
        (bytes(range(1, 32)) * 20 + b"some words in between them", "binary"),
        ("Пять человек погибли во вторник в деревне.".encode("cp1251"), "encoding"),
        ("Minister powiedział, że życie jest piękne i że most będzie otwarty.".encode("cp1250"), "encoding"),
        (b"\xff\xfea\x00b\x00c", "encoding"),
        (b"1 2 3 4\n5 6 7 8\nhttps://a.example/b\n", "not-an-article"),
        (b"id,name,place,toll\n1,ab,cd,3\n", "not-an-article"),
    ],
)
def test_what_cannot_be_read_is_a_problem_that_names_the_file(write, take, raw, what):
    documents, [problem] = take(write("folder/a.txt", raw))
    assert (documents, problem.what, problem.where) == ([], what, "folder/a.txt")


def test_a_short_article_is_an_article(write, take):
    [document], problems = take(write("a.txt", "Five dead in Velmora."))
    assert (document.language, problems) == ("en", [])


def test_a_slip_in_utf_8_is_kept_and_told(write, take, story):
    [document], [problem] = take(write("a.txt", f"{story} “Now”, said Välk: ".encode() + b"\xff."))
    assert document.text.endswith("said Välk: \ufffd.")
    assert (problem.what, problem.where) == ("encoding", "a.txt")


def test_a_file_over_the_limit_is_too_large(write, take, story):
    documents, [problem] = take(write("a.txt", story * 10), max_bytes=200)
    assert (documents, problem.what) == ([], "too-large")
    [document], problems = take(write("b.txt", "a word or two " * 10), max_bytes=140)
    assert (len(document.text), problems) == (140, [])


MARKDOWN = """---
title: "Road: cut"
authors:
  - Ilse Tarnow
  - Oren Valk
date: 2026-03-04
publication: The Harrow Post
tags: [a, b]
---
# Road cut, **officials** say

![A burnt bus near the bridge (AP)](bus.jpg)

Shells fell on *the road* to [Velmora](https://harrow.example/a_(b)) on Wednesday, the ministry <!-- which? --> said.

## What is known ##

> “It is __closed__,” it read.

- One of 3 * 4 roads
- a snake_case_name and \\*stars\\*

Denials
-------
They did not answer.

***
"""


def test_markdown_loses_its_marks_and_keeps_its_words(write, take):
    [document], problems = take(write("a.md", MARKDOWN))
    assert [line for line in document.text.split("\n") if line.strip()] == [
        "Road cut, officials say",
        "A burnt bus near the bridge (AP)",
        "Shells fell on the road to Velmora on Wednesday, the ministry  said.",
        "What is known",
        "“It is closed,” it read.",
        "One of 3 * 4 roads",
        "a snake_case_name and *stars*",
        "Denials",
        "They did not answer.",
    ]
    assert [(part.kind, document.text[part.start : part.end]) for part in document.parts] == [
        ("headline", "Road cut, officials say"),
        ("caption", "A burnt bus near the bridge (AP)"),
        ("heading", "What is known"),
        ("heading", "Denials"),
    ]
    assert [document.text[item.caption.start : item.caption.end] for item in document.media] == ["A burnt bus near the bridge (AP)"]
    assert (document.headline, document.byline, document.published) == ("Road: cut", "Ilse Tarnow, Oren Valk", "2026-03-04")
    assert document.outlet == "The Harrow Post"
    assert provenance(document)["published"] == "front matter"
    assert problems == []


def test_a_rule_at_the_beginning_is_no_front_matter(write, take, story):
    [document], _ = take(write("a.md", f"---\n\n{story}\n\n---\n\nThe end of it is here."))
    assert story in document.text
    assert "The end of it is here." in document.text


def test_chinese_clauses_are_short_and_make_a_sentence_all_the_same(write, take):
    [document], problems = take(write("a.txt", "市长星期二说，洪水造成五人死亡，十人受伤。\n" * 3))
    assert document.language == "zh"
    assert [problem.what for problem in problems] == ["language"]


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("The Harrow Post\nMarch 3, 2026\n\n", "2026-03-03"),
        ("Dam breaks at Velm\n\nTuesday, 3 March 2026\n\n", "2026-03-03"),
        ("Dam breaks at Velm\nBy Ilse Tarnow | March 3, 2026\n\n", "2026-03-03"),
        ("Dam breaks at Velm\nPublished: 3 March 2026, 18:20 GMT\n\n", "2026-03-03"),
        ("On March 3, 2026 the dam broke.\n\n", None),
        ("Dam breaks at Velm\n\n3/4/2026\n\n", None),
        ("How the dam broke\n\n3 March 2026\n\nA crack was seen.\n\n4 March 2026\n\n", None),
    ],
)
def test_a_line_that_is_nothing_but_a_date_tells_when_it_was_published(write, take, story, head, day):
    [document], problems = take(write("a.txt", head + story))
    assert (document.published, document.text, problems) == (day, head + story, [])
    assert provenance(document).get("published") == (None if day is None else "date line")


def test_a_stated_day_goes_before_a_date_line(write, take, story):
    [document], _ = take(write("a.txt", f"Published: 2026-03-05\n\nMarch 3, 2026\n\n{story}"))
    assert (document.published, provenance(document)["published"]) == ("2026-03-05", "header")
