"""What a feed's answer holds, and when it is asked the next time."""

from __future__ import annotations

import json

import pytest

from presstime.gather.fetched import Fetched
from presstime.story_watch import Feed
from presstime.watch.known import KnownFeed
from presstime.watch.polling import after_failure, entries_of, fresh_for, pace_after, wished_by

URL = "https://harrowpost.example/feed.xml"
FEED = Feed(url=URL)


def fetched(body: str | bytes, kind: str = "application/xml", **headers: str) -> Fetched:
    told = (("content-type", kind), *((name.replace("_", "-").lower(), value) for name, value in headers.items()))
    data = body.encode() if isinstance(body, str) else body
    return Fetched(url=URL, final_url=URL, status=200, headers=told, content=data, fetched="2026-03-04T12:00:00+00:00")


def rss(*items: str, head: str = "") -> str:
    return (
        f"<rss version='2.0'><channel><title>Harrow Post</title>{head}{''.join(f'<item>{each}</item>' for each in items)}</channel></rss>"
    )


def test_entries_of_rss_atom_json_feed_and_a_sitemap() -> None:
    item = "<title>Road closed</title><link>https://harrowpost.example/a#top</link><description>Buses are led round.</description>"
    (entry,), problems = entries_of(fetched(rss(item)), FEED)
    assert (entry.key, entry.page, entry.outlet, problems) == ("https://harrowpost.example/a", True, "Harrow Post", ())
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Harrow Post</title><entry><title>Road closed</title>"
        "<link href='https://harrowpost.example/a'/><updated>2026-03-04T09:00:00Z</updated></entry></feed>"
    )
    (entry,), _ = entries_of(fetched(atom), FEED)
    assert entry.key == "https://harrowpost.example/a"
    items = [{"id": "1", "url": "https://harrowpost.example/a", "title": "Road closed", "content_text": "Buses are led round."}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Harrow Post", "items": items}
    (entry,), _ = entries_of(fetched(json.dumps(feed), "application/feed+json"), FEED)
    assert entry.key == "https://harrowpost.example/a"
    sitemap = (
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://harrowpost.example/a</loc>"
        "<lastmod>2026-03-04T09:00:00Z</lastmod></url></urlset>"
    )
    (first,), _ = entries_of(fetched(sitemap), FEED)
    (later,), _ = entries_of(fetched(sitemap.replace("09:00", "10:00")), FEED)
    assert first.key == later.key == "https://harrowpost.example/a"
    assert first.mark != later.mark, "a page that the sitemap calls changed is looked at again"


def test_an_entry_without_a_page_stands_for_itself() -> None:
    item = "<title>Road closed</title><guid isPermaLink='false'>77</guid><description>Buses are led round.</description>"
    (entry,), _ = entries_of(fetched(rss(item)), FEED)
    assert (entry.page, entry.key) == (False, f"{URL}#77")
    (entry,), _ = entries_of(fetched(rss(item + "<link>https://harrowpost.example/a</link>")), Feed(url=URL, pages="summary"))
    assert not entry.page


def test_a_page_given_for_a_feed_is_told_with_its_own_feed() -> None:
    page = '<html><head><link rel="alternate" type="application/rss+xml" href="/rss?x=1&amp;y=2"></head><body>Home</body></html>'
    entries, (problem,) = entries_of(fetched(page, "text/html"), FEED)
    assert entries == ()
    assert problem.what == "not-a-feed"
    assert "https://harrowpost.example/rss?x=1&y=2" in problem.why


def test_a_list_of_feeds_is_told_as_such() -> None:
    opml = "<opml version='2.0'><body><outline type='rss' text='Post' xmlUrl='https://other.example/rss'/></body></opml>"
    entries, (problem,) = entries_of(fetched(opml), FEED)
    assert (entries, problem.what) == ((), "not-a-feed")
    assert "https://other.example/rss" in problem.why


def test_what_a_sitemap_has_of_old_is_left_unread() -> None:
    dated = ("2019-05-01", "2026-03-03T10:00:00Z", "")
    stated = [f"<lastmod>{day}</lastmod>" if day else "" for day in dated]
    urls = "".join(f"<url><loc>https://harrowpost.example/{n}</loc>{each}</url>" for n, each in enumerate(stated))
    sitemap = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>"
    entries, _ = entries_of(fetched(sitemap), FEED, first=True)
    assert [each.past for each in entries] == [True, False, True]
    entries, _ = entries_of(fetched(sitemap), FEED)
    assert [each.past for each in entries] == [True, False, False], "one without a date that was not there before is new"


def test_an_empty_feed_is_no_fault() -> None:
    assert entries_of(fetched(rss()), FEED) == ((), ())


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"Cache_Control": "public, max-age=300"}, 300),
        ({"Cache_Control": "max-age=300", "Age": "100"}, 200),
        ({"Cache_Control": "no-cache, max-age=300"}, 0),
        ({"Cache_Control": "max-age=999999"}, 3600),
    ],
)
def test_how_long_an_answer_is_fresh(headers: dict[str, str], seconds: float) -> None:
    assert fresh_for(fetched(rss(), **headers)) == seconds


def test_what_a_feed_proposes_itself() -> None:
    assert wished_by(fetched(rss(head="<ttl>30</ttl>"))) == 1800
    period = "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
    assert wished_by(fetched(rss(head=period))) == 900
    assert wished_by(fetched(rss())) == 0


def test_a_stated_pace_is_kept_but_for_what_is_fresh() -> None:
    stated = Feed(url=URL, every="5s")
    assert pace_after(KnownFeed(url=URL, wished=3600), stated, 0) == 5
    assert pace_after(KnownFeed(url=URL, fresh=120), stated, 3) == 120


def test_a_feed_without_a_stated_pace_is_asked_more_often_while_it_brings_something() -> None:
    paces = [120.0]
    for news in (0, 0, 0, 1, 1, 1, 1):
        paces.append(pace_after(KnownFeed(url=URL, pace=paces[-1], answered="2026-03-04T12:00:00+00:00"), FEED, news))
    assert paces[3] > paces[2] > paces[1] > 120
    assert paces[-1] == 60, "whoever is on duty should learn within a minute"
    quiet = 120.0
    for _ in range(50):
        quiet = pace_after(KnownFeed(url=URL, pace=quiet, answered="2026-03-04T12:00:00+00:00"), FEED, 0)
    assert quiet == 900
    assert pace_after(KnownFeed(url=URL, pace=60, wished=3600, answered="2026-03-04T12:00:00+00:00"), FEED, 1) == 900


def test_after_each_failure_it_is_left_alone_for_longer() -> None:
    waits = [after_failure(KnownFeed(url=URL, failures=failures), Feed(url=URL, every="1m"), 0) for failures in range(12)]
    assert waits[:4] == [60, 120, 240, 480]
    assert waits[-1] == 6 * 3600
    assert after_failure(KnownFeed(url=URL), Feed(url=URL, every="1m"), 5000) == 5000, "a host that asks to be left alone is"
