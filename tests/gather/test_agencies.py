"""News agencies' formats: NITF, NewsML-G2, ninjs."""

from __future__ import annotations

import json

from samples import MORE, NEWS_MESSAGE, NEWSML, NINJS_1, NINJS_2, NINJS_PICTURE, NITF, STORY, news_item

HEADLINE = "Five die on the road to Velmora"


def kinds(document):
    return [(part.kind, document.text[part.start : part.end]) for part in document.parts]


def test_nitf(write, take):
    [document], problems = take(write("a.xml", NITF))
    assert document.text == (
        f"{HEADLINE}\n\nRoad closed since noon\n\nVELMORA — {STORY}\n\nRoad closed\n\n{MORE}\n\nA burnt bus.\n\nReporting by Norrel Press"
    )
    assert [kind for kind, _ in kinds(document)] == ["headline", "deck", "heading", "caption", "credit"]
    assert (document.outlet, document.byline, document.published) == ("The Harrow Post", "Ilse Tarnow", "2026-03-05T06:00:00+02:00")
    assert (document.dateline, document.credits, document.media[0].credit) == ("VELMORA", ("Norrel Press",), "Norrel Press")
    assert [problem.what for problem in problems] == ["embargo"]


def test_nitf_without_a_paper_is_its_distributors(write, take):
    start, end = NITF.index("<pubdata"), NITF.index("</head>")
    [document], _ = take(write("a.nitf", NITF[:start] + NITF[end:]))
    assert (document.outlet, document.published) == ("Norrel Press", "2026-03-04T18:20:00+02:00")


def test_a_newsml_item(write, take):
    [document], problems = take(write("a.xml", NEWSML))
    assert problems == []
    assert document.text == f"{HEADLINE}\n\n{STORY}\n\nRoad closed\n\n{MORE}"
    assert kinds(document) == [("headline", HEADLINE), ("heading", "Road closed")]
    assert (document.outlet, document.byline, document.dateline) == ("Norrel Press", "Ilse Tarnow", "VELMORA")
    assert document.published == "2026-03-04T18:20:00+02:00"


def test_newsml_with_nitf_or_plain_text_within(write, take):
    inner = NITF[NITF.index("<nitf>") :].replace("<nitf>", '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">')
    body = f'<inlineXML contenttype="application/nitf+xml">{inner}</inlineXML>'
    [document], _ = take(write("a.xml", news_item(body=body)))
    assert (document.outlet, STORY in document.text) == ("Norrel Press", True)
    [document], _ = take(write("b.xml", news_item(body=f'<inlineData contenttype="text/plain">{STORY}\n\n{MORE}</inlineData>')))
    assert document.text == f"{HEADLINE}\n\n{STORY}\n\n{MORE}"


def test_a_newsml_message_with_a_withdrawn_item_and_a_package(write, take):
    documents, problems = take(write("a.xml", NEWS_MESSAGE))
    assert [document.name for document in documents] == ["a.xml:1", "a.xml:2"]
    assert [(problem.where, problem.what) for problem in problems] == [("a.xml:2", "withdrawn"), ("a.xml:3", "list")]
    assert "20260304:9" in problems[1].why


def test_a_newsml_picture_is_its_caption_and_credit(write, take):
    item = news_item(body='<remoteContent href="https://norrel.example/a.jpg"/>').replace("ninat:text", "ninat:picture")
    item = item.replace(
        "<headline>", "<description>A burnt bus stands on the road.</description><creditline>Norrel Press</creditline><headline>"
    )
    [document], _ = take(write("a.xml", item))
    assert kinds(document) == [("headline", HEADLINE), ("caption", "A burnt bus stands on the road.")]
    assert document.media[0].credit == "Norrel Press"
    assert ("media", "newsml-g2 remoteContent https://norrel.example/a.jpg") in {(each.field, each.source) for each in document.provenance}


def test_ninjs_1(write, take):
    [document], problems = take(write("a.json", json.dumps(NINJS_1)))
    assert problems == []
    assert document.text == f"{HEADLINE}\n\n{STORY}\n\n{MORE}\n\nA burnt bus."
    assert (document.outlet, document.byline, document.dateline) == ("Norrel Press", "Ilse Tarnow", "Velmora")
    assert (document.published, document.media[0].credit) == ("2026-03-04T16:20:00+00:00", "Norrel Press")


def test_ninjs_2_under_embargo_and_withdrawn(write, take):
    [document], problems = take(write("a.json", json.dumps(NINJS_2)))
    assert document.text == f"{HEADLINE}\n\n{STORY}\n\n{MORE}\n\nA burnt bus."
    assert (document.outlet, document.url) == ("Norrel Press", "https://norrel.example/items/2")
    assert [problem.what for problem in problems] == ["embargo", "withdrawn"]


def test_ninjs_one_item_a_line_and_a_picture(write, take):
    lines = "\n".join(json.dumps(item) for item in (NINJS_1, NINJS_PICTURE))
    story, picture = take(write("a.jsonl", lines))[0]
    assert (story.name, story.headline) == ("a.jsonl:1", HEADLINE)
    assert kinds(picture) == [("caption", NINJS_PICTURE["description_text"])]
    assert picture.media[0].credit == "Norrel Press"


def test_an_item_without_words_is_told(write, take):
    assert [p.what for p in take(write("a.json", json.dumps({"uri": "u", "type": "text", "headline": ""})))[1]] == ["empty"]
    assert [p.what for p in take(write("b.xml", news_item(body='<remoteContent href="x"/>').replace(HEADLINE, "")))[1]] == ["empty"]
