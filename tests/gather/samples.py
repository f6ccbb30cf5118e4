"""One file of each format, made by the real library where there is one, else to the letter of its specification.

All people, places, outlets and events are invented.
"""

from __future__ import annotations

import gzip
import io
import json
import mailbox
import tarfile
import tempfile
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from functools import cache
from pathlib import Path

STORY = "Shells fell on the road to Velmora on Wednesday, killing at least five people, the interior ministry said."
MORE = "The road has been closed since noon, and ambulances could not reach the village before nightfall."
DENIAL = "The defence ministry of Ostria denied that its troops had fired on the road."

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
 <title>The Harrow Post</title><link>https://harrowpost.example/</link><description>News from Harrow</description><language>en-gb</language>
 <item>
  <title>Five die on the road to Velmora</title><link>https://harrowpost.example/velmora</link><guid isPermaLink="false">hp-1</guid>
  <pubDate>Wed, 04 Mar 2026 18:20:00 +0200</pubDate><dc:creator>Ilse Tarnow</dc:creator>
  <description>Shells fell on the road.</description>
  <content:encoded><![CDATA[<p>{STORY}</p><h2>Road closed</h2><p>{MORE}</p>
   <figure><img src="a.jpg"><figcaption>A burnt bus. <span class="credit">Photo: Norrel Press</span></figcaption>
   </figure>]]></content:encoded>
 </item>
 <item>
  <title>Ostria denies it</title><link>https://harrowpost.example/denial</link><pubDate>Thu, 05 Mar 2026 07:00:00 GMT</pubDate>
  <source url="https://norrel.example/rss">Norrel Press</source>
  <description>{DENIAL}</description>
 </item>
 <item><title>Roads closed in the south</title><link>https://harrowpost.example/roads</link><pubDate>Tomorrow</pubDate></item>
</channel></rss>"""

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
 <title>Velmora Watch</title><id>urn:x:feed</id><updated>2026-03-04T20:00:00Z</updated>
 <entry><title type="html">Five &lt;b&gt;die&lt;/b&gt;</title><id>urn:x:1</id><link rel="alternate" href="https://watch.example/1"/>
  <author><name>Ilse Tarnow</name></author><published>2026-03-04T16:20:00Z</published><updated>2026-03-04T19:00:00Z</updated>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{STORY}</p><p>{MORE}</p></div></content></entry>
 <entry><title>Ostria denies it</title><id>urn:x:2</id><link href="https://watch.example/2"/><updated>2026-03-04T19:30:00+02:00</updated>
  <summary>{DENIAL}</summary></entry>
</feed>"""

RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://old.example/"><title>Harrow Lantern</title><link>https://old.example/</link><description>x</description></channel>
<item rdf:about="https://old.example/1"><title>Five die</title><link>https://old.example/1</link><dc:date>2026-03-04T18:20:00+02:00</dc:date>
<description>{STORY}</description></item></rdf:RDF>"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Velmora Watch",
        "language": "en",
        "items": [
            {
                "id": "1",
                "url": "https://watch.example/1",
                "title": "Five die",
                "content_html": f"<p>{STORY}</p><p>{MORE}</p>",
                "date_published": "2026-03-04T18:20:00+02:00",
                "authors": [{"name": "Ilse Tarnow"}],
            },
            {"id": 2, "external_url": "https://norrel.example/2", "content_text": DENIAL, "date_modified": "2026-03-05T07:00:00Z"},
            {"id": "3", "title": "Roads closed", "summary": MORE},
        ],
    }
)

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body><outline text="Harrow">
<outline type="rss" text="The Harrow Post" xmlUrl="https://harrowpost.example/rss" htmlUrl="https://harrowpost.example/"/>
<outline type="rss" text="Velmora Watch" xmlUrl="https://watch.example/atom"/></outline>
<outline text="Broken" xmlUrl="javascript:alert(1)"/></body></opml>"""

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://harrowpost.example/velmora</loc><image:image><image:loc>https://harrowpost.example/a.jpg</image:loc></image:image>
 <lastmod>2026-03-04T19:00:00+02:00</lastmod>
 <news:news><news:publication><news:name>The Harrow Post</news:name><news:language>en</news:language></news:publication>
 <news:publication_date>2026-03-04T18:20:00+02:00</news:publication_date><news:title>Five die on the road</news:title></news:news></url>
<url><loc>https://harrowpost.example/about</loc></url></urlset>"""

NITF = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.5//EN" "nitf-3-5.dtd">
<nitf><head><title>Velmora road</title><docdata management-status="embargoed"><doc-id id-string="n1" regsrc="norrel.example"/>
<date.issue norm="20260304T182000+0200"/><doc.copyright holder="Norrel Press" year="2026"/></docdata>
<pubdata type="print" name="The Harrow Post" date.publication="20260305T060000+0200"/></head>
<body><body.head><hedline><hl1>Five die on the road to Velmora</hl1><hl2>Road closed since noon</hl2></hedline>
<byline>By <person>Ilse Tarnow</person></byline><distributor><org>Norrel Press</org></distributor>
<dateline><location><city>VELMORA</city></location></dateline></body.head>
<body.content><block><p>{STORY}</p><hl2>Road closed</hl2><p>{MORE}</p></block>
<media media-type="image"><media-reference source="a.jpg"/><media-caption><p>A burnt bus.</p></media-caption>
<media-producer>Norrel Press</media-producer></media></body.content>
<body.end><tagline>Reporting by Norrel Press</tagline></body.end></body></nitf>"""

_G2 = 'xmlns="http://iptc.org/std/nar/2006-10-01/" standard="NewsML-G2" standardversion="2.33" conformance="power"'


def news_item(guid: str = "urn:newsml:norrel.example:20260304:1", status: str = "usable", body: str | None = None) -> str:
    held = body or (
        '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>'
        f"<body><p>{STORY}</p><h2>Road closed</h2><p>{MORE}</p></body></html></inlineXML>"
    )
    return f"""<newsItem {_G2} guid="{guid}" version="2" xml:lang="en">
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:NPA"><name>Norrel Press</name></provider>
<versionCreated>2026-03-04T18:20:00+02:00</versionCreated><pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><contentCreated>2026-03-04T17:00:00+02:00</contentCreated><by>By Ilse Tarnow</by><dateline>VELMORA</dateline>
<headline>Five die on the road to Velmora</headline></contentMeta><contentSet>{held}</contentSet></newsItem>"""


NEWSML = '<?xml version="1.0" encoding="UTF-8"?>\n' + news_item()
NEWS_MESSAGE = f"""<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2026-03-04T18:21:00Z</sent></header>
<itemSet>{news_item()}{news_item("urn:newsml:norrel.example:20260304:2", "canceled")}
<packageItem {_G2} guid="urn:newsml:norrel.example:20260304:p" version="1"><itemMeta><itemClass qcode="ninat:composite"/></itemMeta>
<groupSet root="g"><group id="g"><itemRef residref="urn:newsml:norrel.example:20260304:1"/>
<itemRef residref="urn:newsml:norrel.example:20260304:9"/>
</group></groupSet></packageItem></itemSet></newsMessage>"""

NINJS_1 = {
    "uri": "urn:newsml:norrel.example:1",
    "type": "text",
    "versioncreated": "2026-03-04T16:20:00Z",
    "pubstatus": "usable",
    "language": "en",
    "byline": "Ilse Tarnow",
    "located": "Velmora",
    "copyrightholder": "Norrel Press",
    "headline": "Five die on the road to Velmora",
    "body_text": "not this",
    "body_xhtml": f"<p>{STORY}</p><p>{MORE}</p>",
    "associations": {"main": {"uri": "urn:x:p1", "type": "picture", "description_text": "A burnt bus.", "byline": "Norrel Press"}},
}
NINJS_2 = {
    "uri": "https://norrel.example/items/2",
    "standard": {"name": "ninjs", "version": "2.0", "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_2.0.json"},
    "type": "text",
    "firstcreated": "2026-03-04T15:00:00Z",
    "versioncreated": "2026-03-04T16:20:00Z",
    "embargoed": "2026-03-05T06:00:00Z",
    "pubstatus": "canceled",
    "by": "Ilse Tarnow",
    "infosources": [{"name": "Norrel Press"}],
    "headlines": [{"role": "main", "value": "Five die on the road to Velmora"}],
    "bodies": [
        {"role": "text", "contenttype": "text/plain", "value": "not this"},
        {"role": "html5", "contenttype": "text/html", "value": f"<article><p>{STORY}</p><p>{MORE}</p></article>"},
    ],
    "associations": [{"name": "a", "type": "picture", "uri": "urn:x:p1", "description_text": "A burnt bus.", "by": "Norrel Press"}],
}
NINJS_PICTURE = {
    "uri": "urn:x:p2",
    "type": "picture",
    "versioncreated": "2026-03-04T16:20:00Z",
    "byline": "Norrel Press",
    "description_text": "A burnt bus stands on the road to Velmora on Wednesday.",
}

WIRE = f"""Slug: VELMORA-ROAD
Urgency: 3
Source: Norrel Press
Byline: Ilse Tarnow
Date: Wed, 04 Mar 2026 18:20:00 +0200
Keywords: shelling,
  road
Headline: Five die on the road to Velmora

VELMORA (NPA) - {STORY}

{MORE}
"""

TELEGRAM = {
    "name": "Velmora Now",
    "type": "public_channel",
    "id": 123,
    "messages": [
        {"id": 1, "type": "service", "date": "2026-03-01T10:00:00", "actor": "Velmora Now", "action": "create_channel", "text": ""},
        {
            "id": 2,
            "type": "message",
            "date": "2026-03-04T18:20:00",
            "date_unixtime": "1772641200",
            "edited": "2026-03-04T18:40:00",
            "edited_unixtime": "1772642400",
            "from": "Velmora Now",
            "from_id": "channel123",
            "author": "I. T.",
            "photo": "photos/photo_1.jpg",
            "text": ["BREAKING: ", {"type": "bold", "text": "Shells fell"}, " on the road to Velmora.\n\nFive people died."],
        },
        {
            "id": 3,
            "type": "message",
            "date": "2026-03-04T19:00:00",
            "date_unixtime": "1772643600",
            "from": "Velmora Now",
            "forwarded_from": "Harrow Ministry of Interior",
            "reply_to_message_id": 2,
            "text": STORY,
        },
        {"id": 4, "type": "message", "date": "2026-03-04T19:05:00", "date_unixtime": "1772643900", "from": "Velmora Now", "text": ""},
    ],
}


def telegram_page(zone: str = " UTC+02:00") -> str:
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"/><title>Exported Data</title><link href="css/style.css" rel="stylesheet"/></head>
<body><div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">
Velmora Now
</div></div></div><div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">4 March 2026</div></div>
<div class="message default clearfix" id="message2"><div class="pull_left userpic_wrap"></div><div class="body">
<div class="pull_right date details" title="04.03.2026 18:20:00{zone}">18:20</div><div class="from_name">
Velmora Now
</div><div class="media_wrap clearfix">
<a class="photo_wrap clearfix pull_left" href="photos/photo_1.jpg"><img class="photo" src="x"/></a></div>
<div class="text">
BREAKING: <strong>Shells fell</strong> on the road to Velmora.<br><br>Five people died.
</div></div></div>
<div class="message default clearfix joined" id="message3"><div class="body">
<div class="pull_right date details" title="04.03.2026 19:00:00{zone}">19:00</div>
<div class="reply_to details">In reply to <a href="#go_to_message2">this message</a></div>
<div class="pull_left forwarded userpic_wrap"></div><div class="forwarded body"><div class="from_name">
Harrow Ministry of Interior <span class="date details" title="04.03.2026 18:50:00{zone}"> 04.03.2026 18:50:00</span></div>
<div class="text">
{STORY}
</div></div></div></div>
</div></div></div></body></html>
"""


X_ACCOUNT = 'window.YTD.account.part0 = [ {"account": {"username": "velmoranow", "accountId": "9", "accountDisplayName": "V"}} ]'
X_TWEETS = "window.YTD.tweets.part0 = " + json.dumps(
    [
        {
            "tweet": {
                "id_str": "100",
                "created_at": "Wed Mar 04 16:20:00 +0000 2026",
                "full_text": "Shells &amp; mortars fell on the road to Velmora. Five people died. https://t.example/x",
                "lang": "en",
                "extended_entities": {"media": [{"media_url_https": "https://pbs.example/media/abc.jpg"}]},
            }
        },
        {"tweet": {"id_str": "101", "created_at": "Wed Mar 04 17:00:00 +0000 2026", "full_text": f"RT @harrowmoi: {STORY}", "lang": "en"}},
        {
            "tweet": {
                "id_str": "102",
                "created_at": "Wed Mar 04 18:00:00 +0000 2026",
                "full_text": "@harrowmoi Is the road still closed?",
                "in_reply_to_status_id_str": "77",
                "in_reply_to_screen_name": "harrowmoi",
            }
        },
    ]
)
X_LIKES = 'window.YTD.like.part0 = [ {"like": {"tweetId": "1", "fullText": "x"}} ]'

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ACTOR = {"id": "https://social.example/users/amel", "type": "Person", "preferredUsername": "amel", "name": "Amel"}
OUTBOX = {
    "@context": "https://www.w3.org/ns/activitystreams",
    "id": "outbox.json",
    "type": "OrderedCollection",
    "totalItems": 4,
    "orderedItems": [
        {
            "id": "https://social.example/users/amel/statuses/1/activity",
            "type": "Create",
            "actor": "https://social.example/users/amel",
            "published": "2026-03-04T16:20:00Z",
            "to": [PUBLIC],
            "object": {
                "id": "https://social.example/users/amel/statuses/1",
                "type": "Note",
                "published": "2026-03-04T16:20:00Z",
                "url": "https://social.example/@amel/1",
                "inReplyTo": "https://social.example/@boris/9",
                "updated": "2026-03-04T17:00:00Z",
                "content": "<p>Shells fell on the road to Velmora.<br />Five people died.</p>",
                "contentMap": {"en": "x"},
                "attachment": [{"type": "Document", "mediaType": "image/jpeg", "url": "/media/a.jpg", "name": "A burnt bus"}],
            },
        },
        {
            "id": "https://social.example/users/amel/statuses/2/activity",
            "type": "Announce",
            "actor": "https://social.example/users/amel",
            "published": "2026-03-04T17:00:00Z",
            "to": [PUBLIC],
            "object": "https://other.example/users/boris/statuses/9",
        },
        {
            "id": "https://social.example/users/amel/statuses/3/activity",
            "type": "Create",
            "actor": "https://social.example/users/amel",
            "published": "2026-03-04T18:00:00Z",
            "to": ["https://social.example/users/boris"],
            "object": {"id": "https://social.example/users/amel/statuses/3", "type": "Note", "content": "<p>For you alone.</p>"},
        },
    ],
}

RELIEFWEB = {
    "time": 3,
    "href": "https://api.reliefweb.example/v1/reports",
    "totalCount": 7,
    "count": 2,
    "data": [
        {
            "id": "41",
            "score": 1,
            "fields": {
                "title": "Harrow: Flash update on Velmora",
                "body": f"## Overview\n\n{STORY}\n\n- {MORE}",
                "url": "https://reliefweb.example/node/41",
                "url_alias": "https://reliefweb.example/report/harrow/flash-update",
                "source": [{"name": "Harrow Relief", "shortname": "HR"}, {"name": "Norrel Aid"}],
                "date": {"original": "2026-03-04T00:00:00+00:00", "created": "2026-03-05T09:00:00+00:00"},
                "language": [{"code": "en"}],
                "file": [{"url": "https://reliefweb.example/a.pdf"}],
            },
        },
        {"id": "42", "fields": {"title": "Harrow: second", "body-html": f"<p>{STORY}</p>", "source": [{"name": "Norrel Aid"}]}},
    ],
}

CSV = (
    f'Date;Paper;Story;Link\n04/03/2026 18:20;Harrow Post;"{STORY}\nSecond line; with a semicolon";https://harrowpost.example/1\n'
    f";;;\n05/03/2026 07:00;Lantern;{DENIAL};\n"
)


def mail(**attached: bytes) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Velm Water Board <press@velm.example>"
    message["To"] = "desk@harrowpost.example"
    message["Subject"] = "Statement on the Velmora road"
    message["Date"] = "Wed, 04 Mar 2026 18:20:00 +0200"
    message["Message-ID"] = "<1@velm.example>"
    asked = "On Tue, 3 Mar 2026, the desk wrote:\n> Is the road open?\n> Please tell us."
    message.set_content(f"{STORY}\n\n{MORE}\n\n{asked}\n\n-- \nPress office\n")
    for name, data in attached.items():
        kind = ("application", "pdf") if name.endswith("pdf") else ("text", "plain")
        message.add_attachment(data, maintype=kind[0], subtype=kind[1], filename=name)
    return message


def mbox(count: int = 3) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        box = mailbox.mbox(Path(folder, "box"))
        for number in range(count):
            message = EmailMessage()
            message["From"] = "Norrel Press <wire@norrel.example>"
            message["List-Id"] = "Harrow alerts <alerts.norrel.example>"
            message["Subject"] = f"Alert {number}"
            message["Date"] = "Wed, 04 Mar 2026 18:20:00 +0200"
            message.set_content(f"From the road to Velmora: {STORY} Alert {number}.\n")
            box.add(message)
        box.flush()
        box.close()
        return Path(folder, "box").read_bytes()


PAGE = f"""<html><head><title>Five die</title><meta property="og:site_name" content="The Harrow Post"></head>
<body><article><h1>Five die on the road to Velmora</h1><p>{STORY}</p><p>{MORE}</p></article></body></html>"""


def warc(*, packed: bool = True, pages: int = 1) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "test"}))
    for number in range(pages):
        url = f"https://harrowpost.example/velmora{number or ''}"
        dated = {"WARC-Date": "2026-03-04T18:20:00Z"}

        def record(kind: str, body: bytes, content: str, url: str = url, dated: dict[str, str] = dated, status: str = "200 OK") -> None:
            headers = StatusAndHeaders(status, [("Content-Type", content)], protocol="HTTP/1.1")
            made = writer.create_warc_record(url, kind, payload=io.BytesIO(body), http_headers=headers, warc_headers_dict=dated)
            writer.write_record(made)

        asked = StatusAndHeaders("GET /velmora HTTP/1.1", [("Host", "harrowpost.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(url, "request", http_headers=asked))
        record("response", PAGE.replace("Five die on", f"{number} Five die on").encode(), "text/html; charset=utf-8")
        record("response", b"\x89PNG", "image/png", url + ".png")
        record("response", b"<html>gone</html>", "text/html", url + "/old", status="404 Not Found")
        writer.write_record(writer.create_revisit_record(url, "sha1:x", url, "2026-03-03T00:00:00Z"))
    return stream.getvalue()


def wacz() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("archive/data.warc.gz", warc())
        archive.writestr("indexes/index.cdx.gz", gzip.compress(b"x"))
        archive.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0", "id": "pages"}\n')
        archive.writestr("datapackage.json", json.dumps({"profile": "data-package", "wacz_version": "1.1.1"}))
    return stream.getvalue()


def tarred(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def docx() -> bytes:
    import docx as library

    document = library.Document()
    document.add_heading("Statement on the Velmora road", 0)
    document.add_paragraph("4 March 2026")
    document.add_paragraph(STORY)
    document.add_heading("What is asked", 1)
    document.add_paragraph("Open the road at once.", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate((("Village", "Killed"), ("Velmora", "5"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    document.add_paragraph(MORE)
    document.sections[0].header.paragraphs[0].text = "Velm Water Board"
    document.core_properties.author = "Ilan Voss"
    document.core_properties.modified = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@cache
def pdf() -> bytes:
    """A statement of two pages with a running head and page numbers, set by WeasyPrint."""
    import weasyprint

    style = "@page{size:A5;margin:2cm;@top-center{content:'Velm Water Board'}@bottom-center{content:'Page ' counter(page)}}"
    paragraphs = "".join(f"<p>{STORY} Note {letter}: {MORE}</p>" for letter in "abcdefgh")
    about = "<title>x</title><meta name=author content='Ilan Voss'><meta name=dcterms.created content='2026-03-04T18:20:00+02:00'>"
    markup = f"<html lang=en><head>{about}<style>{style}p{{hyphens:auto;text-align:justify}}</style></head><body>"
    markup += f"<h1>Statement on the Velmora road</h1>{paragraphs}<h2>What is asked</h2>"
    markup += f"<ul><li>Open the road at once.</li><li>Let ambulances pass.</li></ul><p>{DENIAL}</p></body></html>"
    return bytes(weasyprint.HTML(string=markup).write_pdf())


def all_samples() -> dict[str, bytes]:
    """A file of every format, by a name that does not tell a lie."""
    texts = {
        "a.rss": RSS,
        "a.atom": ATOM,
        "rdf.xml": RDF,
        "feed.json": JSON_FEED,
        "a.opml": OPML,
        "sitemap.xml": SITEMAP,
        "nitf.xml": NITF,
        "item.xml": NEWSML,
        "message.xml": NEWS_MESSAGE,
        "ninjs1.json": json.dumps(NINJS_1),
        "ninjs2.json": json.dumps(NINJS_2),
        "a.wire": WIRE,
        "result.json": json.dumps(TELEGRAM),
        "messages.html": telegram_page(),
        "tweets.js": X_TWEETS,
        "outbox.json": json.dumps(OUTBOX),
        "reliefweb.json": json.dumps(RELIEFWEB),
        "table.csv": CSV,
        "text.csv": f'text,outlet\n"{STORY}",Lantern\n',
    }
    made = {
        "a.eml": mail(**{"note.txt": DENIAL.encode()}).as_bytes(),
        "a.mbox": mbox(),
        "a.warc": warc(packed=False),
        "a.warc.gz": warc(),
        "a.wacz": wacz(),
        "a.tar.gz": tarred(**{"x/a.txt": STORY.encode()}),
        "a.docx": docx(),
        "a.pdf": pdf(),
        "a.txt.gz": gzip.compress(STORY.encode()),
    }
    return {name: text.encode() for name, text in texts.items()} | made
