"""Feeds and lists of addresses: what each entry becomes, and what is said of a list."""

from __future__ import annotations

import json

from samples import ATOM, DENIAL, JSON_FEED, MORE, OPML, RDF, RSS, SITEMAP, STORY

from presstime.gather.listing import Link, Listing, listing_of


def sources(document):
    return {each.field: each.source for each in document.provenance}


def kinds(document):
    return [(part.kind, document.text[part.start : part.end]) for part in document.parts]


def test_rss_entries_with_their_whole_text_a_summary_or_only_a_title(write, take):
    documents, problems = take(write("feed.xml", RSS))
    whole, summary, title = documents
    assert whole.text == (f"Five die on the road to Velmora\n\n{STORY}\n\nRoad closed\n\n{MORE}\n\nA burnt bus. Photo: Norrel Press")
    assert kinds(whole) == [
        ("headline", "Five die on the road to Velmora"),
        ("heading", "Road closed"),
        ("caption", "A burnt bus. Photo: Norrel Press"),
    ]
    assert [media.credit for media in whole.media] == ["Norrel Press"]
    assert (whole.outlet, whole.byline, whole.published) == ("The Harrow Post", "Ilse Tarnow", "2026-03-04T18:20:00+02:00")
    assert (whole.url, whole.name, whole.headline) == (
        "https://harrowpost.example/velmora",
        "feed.xml:1",
        "Five die on the road to Velmora",
    )
    assert sources(whole)["text"] == "rss content"
    # An entry that another newsroom is named the source of is that newsroom's.
    assert (summary.outlet, summary.text) == ("Norrel Press", f"Ostria denies it\n\n{DENIAL}")
    assert (summary.published, sources(summary)["text"]) == ("2026-03-05T07:00:00+00:00", "rss description: summary only")
    assert (title.text, title.published, sources(title)["text"]) == ("Roads closed in the south", None, "rss title: title only")
    assert [(problem.where, problem.what) for problem in problems] == [("feed.xml:3", "published")]


def test_atom_and_rss_1(write, take):
    (first, second), problems = take(write("a.atom", ATOM))
    assert problems == []
    assert (first.headline, first.text) == ("Five die", f"Five die\n\n{STORY}\n\n{MORE}")
    assert (first.published, first.byline, first.url) == ("2026-03-04T16:20:00+00:00", "Ilse Tarnow", "https://watch.example/1")
    assert sources(first)["edited"] == "atom updated 2026-03-04T19:00:00Z"
    assert (second.published, sources(second)["text"]) == ("2026-03-04T19:30:00+02:00", "atom summary: summary only")
    [document], _ = take(write("old.xml", RDF))
    assert (document.outlet, document.published, document.text) == ("Harrow Lantern", "2026-03-04T18:20:00+02:00", f"Five die\n\n{STORY}")


def test_a_json_feed(write, take):
    (first, second, third), problems = take(write("feed.json", JSON_FEED))
    assert problems == []
    assert (first.text, first.outlet, first.byline) == (f"Five die\n\n{STORY}\n\n{MORE}", "Velmora Watch", "Ilse Tarnow")
    assert (second.url, second.published, second.text) == ("https://norrel.example/2", "2026-03-05T07:00:00+00:00", DENIAL)
    assert (third.text, sources(third)["text"]) == (f"Roads closed\n\n{MORE}", "json feed summary: summary only")


def test_a_feed_is_known_by_what_is_in_it(write, take):
    for name in ("feed", "feed.txt", "feed.html", "feed.xml", "feed.rss"):
        assert len(take(write(name, RSS))[0]) == 3
    assert len(take(write("feed.gz.txt", ATOM.encode("utf-16")))[0]) == 2


def test_the_same_entry_in_a_later_copy_of_the_feed_is_the_same_document(write, take):
    older = take(write("monday.xml", RSS))[0]
    newer = take(write("tuesday.xml", RSS.replace("<item>", "<item><title>New</title><description>x</description></item><item>", 1)))[0]
    assert {document.id for document in older} < {document.id for document in newer}


def test_opml_says_how_its_feeds_are_followed(write, take):
    documents, problems = take(write("mine.opml", OPML))
    assert documents == []
    assert [problem.what for problem in problems] == ["list", "bad-line"]
    assert "2 feeds" in problems[0].why
    assert "[[feeds]]" in problems[0].why
    listing = listing_of(OPML.encode(), "mine.opml")
    assert isinstance(listing, Listing)
    assert listing.links[0] == Link(url="https://harrowpost.example/rss", kind="feed", title="The Harrow Post", outlet="The Harrow Post")


def test_a_sitemap_gives_addresses_with_titles_and_dates(write, take):
    listing = listing_of(SITEMAP.encode(), "sitemap.xml")
    assert isinstance(listing, Listing)
    assert listing.links == (
        Link(
            url="https://harrowpost.example/velmora",
            kind="page",
            title="Five die on the road",
            outlet="The Harrow Post",
            published="2026-03-04T18:20:00+02:00",
            changed="2026-03-04T19:00:00+02:00",
            language="en",
        ),
        Link(url="https://harrowpost.example/about", kind="page"),
    )
    documents, problems = take(write("sitemap.xml", SITEMAP))
    assert (documents, [problem.what for problem in problems]) == ([], ["list"])


def test_an_index_of_sitemaps():
    index = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://a.example/1.xml</loc></sitemap></sitemapindex>'
    listing = listing_of(index.encode(), "index.xml")
    assert isinstance(listing, Listing)
    assert listing.links == (Link(url="https://a.example/1.xml", kind="sitemap"),)


def test_feeds_without_entries_and_unknown_xml(write, take):
    assert [p.what for p in take(write("a.rss", "<rss version='2.0'><channel><title>x</title></channel></rss>"))[1]] == ["empty"]
    assert [
        p.what for p in take(write("b.json", json.dumps({"version": "https://jsonfeed.org/version/1", "title": "x", "items": []})))[1]
    ] == ["empty"]
    [problem] = take(write("c.xml", "<catalogue><book/></catalogue>"))[1]
    assert (problem.what, "<catalogue>" in problem.why) == ("unsupported", True)
