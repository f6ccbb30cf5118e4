"""Tables of any layout, by a mapping of story.toml."""

from __future__ import annotations

import json
from pathlib import Path

from samples import CSV, DENIAL, MORE, STORY

from presstime.gather import gather
from presstime.records import Document, Problem
from presstime.story_file import parse_story

NOW = "2026-03-06T08:00:00+00:00"


def take(path: str, mapping: str) -> tuple[list[Document], list[Problem]]:
    mappings = parse_story(f'title = "T"\n[[mappings]]\n{mapping}').mappings
    found = list(gather([path], archive=None, now=NOW, mappings=mappings))
    return [each for each in found if isinstance(each, Document)], [each for each in found if isinstance(each, Problem)]


def test_a_table_by_its_mapping(write):
    mapping = """files = "incidents*.csv"
date_format = "%d/%m/%Y %H:%M"
time_zone = "Asia/Yerevan"
fields = { text = "Story", published = "Date", outlet = "Paper", url = "Link" }
values = { language = "en", outlet = "Nobody" }"""
    (first, second), problems = take(write("in/incidents-1.csv", CSV), mapping)
    assert problems == []
    assert first.text == f"{STORY}\nSecond line; with a semicolon"
    assert (first.outlet, first.published, first.url) == ("Harrow Post", "2026-03-04T18:20:00+04:00", "https://harrowpost.example/1")
    assert (second.name, second.outlet, second.published, second.url) == (
        "in/incidents-1.csv:2",
        "Lantern",
        "2026-03-05T07:00:00+04:00",
        None,
    )
    assert ("published", "csv Date") in {(each.field, each.source) for each in first.provenance}


def test_several_columns_make_one_text_and_html_is_taken_off(write):
    path = write("a.tsv", f"No\tA\tB\n7\t<p>{STORY}</p>\t<p>{MORE}</p>\n8\t\t{DENIAL}\n")
    (first, second), _ = take(path, 'files = "*.tsv"\nhtml = true\nfields = { text = ["A", "B"], id = "No" }')
    assert (first.id, first.text) == ("7", f"{STORY}\n\n{MORE}")
    assert (second.id, second.text) == ("8", DENIAL)


def test_json_of_any_layout(write):
    rows = [{"meta": {"date": 1772641200, "who": ["Harrow Post", "x"]}, "body": [{"plain": STORY}]}, {"meta": {}, "body": []}, "no row"]
    path = write("a/answers/one.json", json.dumps({"data": {"results": rows}}))
    mapping = """files = "answers/*.json"
items = "data.results"
fields = { text = "body.0.plain", published = "meta.date", outlet = "meta.who.0" }"""
    [document], problems = take(path, mapping)
    assert (document.text, document.outlet, document.published) == (STORY, "Harrow Post", "2026-03-04T16:20:00+00:00")
    assert [(problem.where, problem.what) for problem in problems] == [
        ("a/answers/one.json:2", "empty"),
        ("a/answers/one.json:3", "bad-line"),
    ]
    path = write("a.jsonl", f"{json.dumps({'t': STORY})}\nno json\n{json.dumps({'t': DENIAL})}\n")
    documents, problems = take(path, 'files = "*.jsonl"\nfields = { text = "t" }')
    assert [document.text for document in documents] == [STORY, DENIAL]
    assert [(problem.where, problem.what) for problem in problems] == [("a.jsonl:2", "bad-line")]


def test_a_wrong_mapping_says_what_the_table_has(write):
    path = write("a.csv", CSV)
    _, [problem] = take(path, 'files = "*.csv"\nfields = { text = "Body" }')
    assert (problem.what, "no column Body" in problem.why, "Story" in problem.why) == ("mapping", True, True)
    _, [problem] = take(write("a.json", "{}"), 'files = "*.json"\nitems = "x.y"\nfields = { text = "t" }')
    assert problem.what == "mapping"


def test_a_table_whose_columns_say_what_they_are_needs_no_mapping(write):
    path = write("a.csv", f'Text,Title,Date,Outlet\n"{STORY}",Five die,2026-03-04,Harrow Post\n')
    [document] = gather([path], archive=None, now=NOW)
    assert isinstance(document, Document)
    assert (document.text, document.headline, document.published, document.outlet) == (STORY, "Five die", "2026-03-04", "Harrow Post")


def test_a_table_without_a_mapping_names_its_columns(write):
    [problem] = gather([write("a.csv", CSV)], archive=None, now=NOW)
    assert isinstance(problem, Problem)
    assert (problem.what, "Date, Paper, Story, Link" in problem.why, "[[mappings]]" in problem.why) == ("mapping", True, True)


def test_a_row_with_a_slip_is_told_and_the_rest_goes_on(write):
    path = write("a.csv", f'text,outlet\n"{STORY}",A,surplus\n,B\n"{DENIAL}",C\n')
    documents = [each for each in gather([path], archive=None, now=NOW) if isinstance(each, Document)]
    problems = [each for each in gather([path], archive=None, now=NOW) if isinstance(each, Problem)]
    assert [document.outlet for document in documents] == ["A", "C"]
    assert [(problem.where, problem.what) for problem in problems] == [("a.csv:1", "bad-line"), ("a.csv:2", "empty")]


def test_a_table_in_an_old_charset(write):
    path = write("a.csv", "Текст;Газета\nПять человек погибли на дороге в Велмору;Вестник\n".encode("cp1251"))
    mapping = 'files = "*.csv"\nencoding = "cp1251"\nfields = { text = "Текст", outlet = "Газета" }'
    documents, _ = take(path, mapping)
    assert [(document.outlet, document.language) for document in documents] == [("Вестник", "ru")]


def test_compiling_a_story_heeds_its_mappings(tmp_path: Path, write):
    from presstime.compile import compile_story

    folder = tmp_path / "story"
    folder.mkdir()
    fields = '{ text = "Story", outlet = "Paper" }'
    (folder / "story.toml").write_text(f'title = "T"\n[[mappings]]\nfiles = "*.csv"\nfields = {fields}\n', encoding="utf-8")
    done = compile_story([tmp_path / write("a.csv", CSV)], folder)
    assert done.documents == 2
