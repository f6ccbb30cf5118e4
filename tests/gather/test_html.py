from __future__ import annotations

import time

import pytest

from presstime.gather.html import html_content
from presstime.records import Problem

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Shelling cuts road to Velmora, officials say | The Harrow Post</title>
<meta property="og:site_name" content="The Harrow Post"><meta name="description" content="Five were killed and the only road is closed.">
<link rel="canonical" href="https://harrow.example/velmora">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Harrow"},
{"@type": "NewsArticle", "headline": "Shelling cuts road to Velmora, officials say", "datePublished": "2026-03-04T18:20:00+02:00",
"dateModified": "2026-03-05T01:00:00+02:00", "author": [{"@type": "Person", "name": "Ilse Tarnow"}, {"name": "Oren Valk"}]}]}</script>
</head>
<body><header><h1 class="logo">The Harrow Post</h1><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav></header>
<main><article><h1>Shelling cuts road to Velmora, officials say</h1>
<p class="standfirst">Five were killed and the only road is closed.</p>
<div class="byline">By Ilse Tarnow and Oren Valk</div><time datetime="2026-03-05T01:00:00+02:00" class="updated">5 March</time>
<div class="share-bar"><a href="#">Share on Facebook</a> <a>Tweet</a></div>
<figure><img src="x.jpg">
<figcaption>A burnt bus near the Velmora bridge. <span class="credit">Photo: Jon Reed/AP</span></figcaption></figure>
<p>VELMORA (Harrow Post) — Shells fell on the road to Velmora, killing at least five people, the <b>interior ministry</b><i> said</i>.</p>
<p>“We counted five dead,” the ministry’s spokesman, <a href="/x">Milo Varga</a>, told reporters on the bridge.</p>
<h2>Road closed</h2>
<blockquote><p>“The road is closed until further notice,” the statement read.</p></blockquote>
<div class="newsletter-signup"><p>Sign up for our morning newsletter to get the news first.</p></div>
<figure><img src="y.jpg"><figcaption>Residents wait at a checkpoint. (Mara Lund)</figcaption></figure>
<p>The other side denied that it had fired, saying in a post that the army was to blame.</p>
<p class="story-credit">Reuters and AP contributed to this report.</p>
<script>document.write("<p>EVIL</p>")</script></article>
<aside><h3>Most read</h3><figure><figcaption>Another story altogether</figcaption></figure></aside></main>
<footer><p>© 2026 The Harrow Post. All rights reserved.</p></footer></body></html>"""


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


def body_of(story: str) -> str:
    return f"<article><p>{story}</p><p>{story} Nobody else was hurt.</p></article>"


@pytest.fixture(scope="module")
def article():
    return html_content(PAGE.encode(), "page.html")


def test_the_fields_a_page_states_and_where_each_stood(article):
    assert article.outlet == "The Harrow Post"
    assert article.headline == "Shelling cuts road to Velmora, officials say"
    assert article.byline == "Ilse Tarnow, Oren Valk"
    assert article.published == "2026-03-04T18:20:00+02:00"
    assert article.url == "https://harrow.example/velmora"
    assert {item.field: item.source for item in article.provenance} == {
        "outlet": "meta og:site_name",
        "headline": "h1",
        "byline": "json-ld author",
        "published": "json-ld datePublished",
        "url": "link canonical",
        "text": "trafilatura",
    }


def test_the_parts_of_a_page_stand_where_they_stood(article):
    known = {(part.start, part.end): part.kind for part in article.parts}
    position, told = 0, []
    for paragraph in article.text.split("\n\n"):
        told.append((known.pop((position, position + len(paragraph)), "-"), paragraph))
        position += len(paragraph) + 2
    assert known == {}
    assert [(kind, words[:24]) for kind, words in told if kind != "boilerplate"] == [
        ("headline", "Shelling cuts road to Ve"),
        ("deck", "Five were killed and the"),
        ("caption", "A burnt bus near the Vel"),
        ("-", "VELMORA (Harrow Post) — "),
        ("-", "“We counted five dead,” "),
        ("heading", "Road closed"),
        ("-", "“The road is closed unti"),
        ("caption", "Residents wait at a chec"),
        ("-", "The other side denied th"),
        ("credit", "Reuters and AP contribut"),
    ]


def test_captions_have_their_credits(article):
    assert [(article.text[m.caption.start : m.caption.end], m.credit) for m in article.media] == [
        ("A burnt bus near the Velmora bridge. Photo: Jon Reed/AP", "Jon Reed/AP"),
        ("Residents wait at a checkpoint. (Mara Lund)", "Mara Lund"),
    ]


@pytest.mark.parametrize("words", ["EVIL", "Home", "All rights reserved", "Another story", "Facebook"])
def test_what_is_no_part_of_the_article_stays_out(article, words):
    assert words not in article.text


def test_words_in_inline_markup_keep_their_spaces(article):
    assert "the interior ministry said." in article.text


def test_a_short_page_keeps_its_paragraphs_and_its_newsletter_line_is_marked():
    inside = "<p class='newsletter'>Get the Harrow Weekly by post, every Sunday, and read what others will say on Monday.</p>"
    story = "Shells fell on the road to Velmora on Wednesday, killing at least five people, the ministry said."
    content = html_content(page(f"<article><p>{story}</p>{inside}<p>{story} Nobody else was hurt.</p></article>"), "a.html")
    assert content.text.split("\n\n")[0] == story
    assert [content.text[part.start : part.start + 21] for part in content.parts if part.kind == "boilerplate"] == ["Get the Harrow Weekly"]


def test_meta_tags_and_time_where_there_is_no_json_ld(story):
    head = '<meta property="article:published_time" content="2026-03-04T10:00:00Z"><meta name="author" content="By Ada Reyn">'
    content = html_content(page(f"<h1>Road cut</h1>{body_of(story)}", head + "<title>Road cut - Vesna</title>"), "a.html")
    assert (content.published, content.byline, content.headline) == ("2026-03-04T10:00:00+00:00", "Ada Reyn", "Road cut")
    content = html_content(page(f"<time datetime='2026-03-04'>Wed</time>{body_of(story)}"), "a.html")
    assert (content.published, content.outlet) == ("2026-03-04", None)


def test_a_page_that_states_nothing_is_given_nothing(story):
    content = html_content(page(body_of(story)), "a.html")
    assert (content.outlet, content.headline, content.byline, content.published, content.url) == (None,) * 5


def test_an_address_that_is_no_web_address_is_left_out(story):
    content = html_content(page(body_of(story), "<link rel=canonical href='javascript:alert(1)'>"), "a.html")
    assert content.url is None


def test_the_date_in_the_address_dates_a_page(write, take, story):
    head = "<link rel=canonical href='https://harrow.example/2026/03/04/v'>"
    [document], _ = take(write("a.html", page(body_of(story), head)))
    assert document.published == "2026-03-04"
    assert ("published", "url") in [(item.field, item.source) for item in document.provenance]


def test_the_encoding_a_page_declares(story):
    markup = "<html><head><meta charset=windows-1251></head><body><article>" + "<p>Пять человек погибли в деревне во вторник.</p>" * 3
    content = html_content(markup.encode("cp1251"), "a.html")
    assert "Пять человек погибли" in content.text
    markup = f"<html><head><meta charset=punycode></head><body>{body_of(story + ' Café.')}"
    assert "Café." in html_content(markup.encode("cp1252"), "a.html").text


def test_a_page_without_an_article_is_a_problem(write, take):
    documents, [problem] = take(write("index.html", page("<ul><li><a href=1>News</a></li><li><a href=2>Sport</a></li></ul>")))
    assert (documents, problem.what, problem.where) == ([], "not-an-article", "index.html")


HOSTILE = {
    "deep": "<div>" * 100_000 + "{}",
    "unclosed": "{}" + "<b><i>" * 3000,
    "comment": "{}<!--" * 2000,
    "script": "{}<script>" + "<" * 300_000,
    "attributes": "<div " + " ".join(f"a{number}=1" for number in range(20_000)) + ">{}",
    "class": "<div class='" + "share " * 100_000 + "'>{}",
    "json-ld": "<script type='application/ld+json'>" + "[" * 100_000 + "</script>{}",
    "json-ld of odd shapes": '<script type="application/ld+json">[1, null, {"@type": ["NewsArticle", 3], "author": [[], 1, {"name": [1]}],'
    '"publisher": {"@id": {}}, "datePublished": {}, "url": [], "mainEntityOfPage": 3, "headline": []}]</script>{}',
    "tables": "<table><tr><td>" * 300 + "{}",
    "elements": "{}" + "<p>x</p>" * 30_000,
    "one word": "{}<p>" + "a" * 500_000,
    "title": "<title>" + " | " * 100_000 + "</title>{}",
    "frames": "<frameset><frame src=x>{}",
    "control": "{}<p>\x01\x0b\x7f</p>",
    "external": "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><p>&x;</p>{}",
}


@pytest.mark.parametrize("case", sorted(HOSTILE))
def test_hostile_pages_end_soon_in_text_or_a_problem(case, story):
    begun = time.monotonic()
    content = html_content(page(HOSTILE[case].replace("{}", body_of(story))), "a.html")
    assert time.monotonic() - begun < 20
    if isinstance(content, Problem):
        assert content.what in ("broken-html", "too-large", "not-an-article", "binary")
    else:
        assert all(0 <= part.start < part.end <= len(content.text) for part in content.parts)
