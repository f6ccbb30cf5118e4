"""What an HTML page states about itself: outlet, headline, byline, date, address, language.

In: a parsed page. Out: the fields, each with where it came from: JSON-LD, a meta tag, a link, a `<time>`, the visible
headline. `<meta property="og:site_name" content="The Harrow Post">` gives outlet "The Harrow Post" from "meta
og:site_name". What a page does not state stays None; nothing is guessed from its words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from presstime.gather.dates import published_date
from presstime.records import Provenance

__all__ = ["page_metadata"]

MAX_SCRIPTS = 50
MAX_SCRIPT = 500_000
MAX_VALUE = 1000
MAX_HEADLINES = 20
HEADLINE_OVERLAP = 0.5
"""A first-level heading is the article's where it shares half of its words with a title that the page states."""

_DATES = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
)
_AUTHORS = ("author", "article:author", "og:article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher")
_ARTICLE_TYPE = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting|DiscussionForumPosting)$")
_SITE_TYPE = re.compile(r"(?:WebSite|NewsMediaOrganization)$")
_BY = re.compile(r"by[:\s]+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_NOT_PUBLISHED = re.compile(r"modif|updat|comment|event", re.IGNORECASE)
_TITLE_ENDS = re.compile(r"\s+[|–—·»-]\s+")


def page_metadata(root: Any) -> tuple[dict[str, str], tuple[Provenance, ...]]:
    """The fields that the page states (outlet, headline, byline, published, url, language), and where each came from."""
    meta, objects = _meta(root), tuple(_objects(root))
    linked = next((item for item in objects if _is(item, _ARTICLE_TYPE)), {})
    found: dict[str, tuple[str, str]] = {}

    def take(field: str, value: object, source: str) -> None:
        if field not in found and isinstance(value, str) and (clean := " ".join(value.split())) and len(clean) <= MAX_VALUE:
            found[field] = (clean, source)

    for key in _OUTLETS[:1]:
        take("outlet", meta.get(key), f"meta {key}")
    take("outlet", _publisher(linked, objects), "json-ld publisher")
    site = next((item for item in objects if _is(item, _SITE_TYPE)), {})
    take("outlet", _name(site), "json-ld website")
    for key in _OUTLETS[1:]:
        take("outlet", meta.get(key), f"meta {key}")
    _take_headline(root, meta, linked, found.get("outlet", ("", ""))[0], take)
    take("byline", _by(_name(linked.get("author"))), "json-ld author")
    for key in _AUTHORS:
        take("byline", _by(meta.get(key)), f"meta {key}")
    for path, source in ((".//*[@itemprop='author']", "itemprop author"), (".//a[@rel='author']", "link rel=author")):
        names = [name for name in (_words(element) for element in root.iterfind(path)) if name][:5]
        take("byline", _by(", ".join(dict.fromkeys(names))), source)
    for element in root.iterfind(".//*[@class]"):
        if {"byline", "article-byline", "post-author", "entry-author"} & set((element.get("class") or "").lower().split()):
            take("byline", _by(_words(element)), "class byline")
            break
    _take_date(root, meta, linked, take)
    for link in root.iterfind(".//link[@rel='canonical']"):
        take("url", _address(link.get("href")), "link canonical")
    take("url", _address(meta.get("og:url")), "meta og:url")
    take("url", _address(linked.get("url")), "json-ld url")
    page = linked.get("mainEntityOfPage")
    take("url", _address(page.get("@id") if isinstance(page, dict) else page), "json-ld mainEntityOfPage")
    html = root if root.tag == "html" else root.find(".//html")
    take("language", html.get("lang") if html is not None else None, "html lang")
    provenance = tuple(Provenance(field=field, source=source) for field, (_, source) in found.items() if field != "language")
    return {field: value for field, (value, _) in found.items()}, provenance


def _take_headline(root: Any, meta: dict[str, str], linked: dict[str, Any], outlet: str, take: Any) -> None:
    title = _words(element) if (element := root.find(".//title")) is not None else ""
    stated = [
        (value, source)
        for value, source in (
            (linked.get("headline"), "json-ld headline"),
            (meta.get("og:title"), "meta og:title"),
            (meta.get("twitter:title"), "meta twitter:title"),
            (_without_outlet(title, outlet), "title"),
        )
        if isinstance(value, str) and value.strip()
    ]
    headings = [_words(element) for element in _first(root.iterfind(".//h1"), MAX_HEADLINES)]
    headings = [words for words in headings if words and words != outlet]
    if stated and headings:
        titles = [value[:MAX_VALUE] for value, _ in stated]
        best = max(headings, key=lambda words: _overlap(words, titles))
        headings = [best] if _overlap(best, titles) >= HEADLINE_OVERLAP else []
    if headings:
        take("headline", headings[0], "h1")
    for value, source in stated:
        take("headline", _without_outlet(value, outlet) if source != "title" else value, source)


def _take_date(root: Any, meta: dict[str, str], linked: dict[str, Any], take: Any) -> None:
    for key in ("datePublished", "dateCreated"):
        value = linked.get(key)
        take("published", published_date(value) if isinstance(value, str) else None, f"json-ld {key}")
    for key in _DATES:
        take("published", published_date(meta.get(key, "")), f"meta {key}")
    for element in root.iterfind(".//*[@itemprop='datePublished']"):
        value = element.get("datetime") or element.get("content") or _words(element)
        take("published", published_date(value), "itemprop datePublished")
    for element in root.iterfind(".//time[@datetime]"):
        said = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if not _NOT_PUBLISHED.search(said) and not any(above.tag in ("aside", "nav", "footer") for above in element.iterancestors()):
            take("published", published_date(element.get("datetime")), "time")


def _meta(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iterfind(".//meta[@content]"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        if key and (content := element.get("content").strip()):
            found.setdefault(key, content)
    return found


def _objects(root: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of a page: at the top, in a list, in an @graph, or the main entity of one of these."""
    scripts = (script for script in root.iterfind(".//script[@type]") if "ld+json" in (script.get("type") or "").lower())
    for script in _first(scripts, MAX_SCRIPTS):
        words = script.text or ""
        if len(words) > MAX_SCRIPT:
            continue
        try:
            value = json.loads(words.strip().removeprefix("<!--").removesuffix("-->").strip(), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                graph = item.get("@graph")
                inner = (*(graph if isinstance(graph, list) else ()), item.get("mainEntity"))
                yield from (part for part in (item, *inner) if isinstance(part, dict))


def _is(item: dict[str, Any], pattern: re.Pattern[str]) -> bool:
    types = item.get("@type")
    return any(isinstance(kind, str) and pattern.match(kind) for kind in (types if isinstance(types, list) else [types]))


def _publisher(linked: dict[str, Any], objects: tuple[dict[str, Any], ...]) -> str | None:
    """The publisher's name, which may stand in another object that the article only points to."""
    publisher = linked.get("publisher")
    if (name := _name(publisher)) or not isinstance(publisher, dict) or publisher.get("@id") is None:
        return name
    return next((_name(item) for item in objects if item.get("@id") == publisher["@id"]), None)


def _name(value: object) -> str | None:
    """The name, or the names with commas, of a JSON-LD person or organisation."""
    names: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        named = item.get("name") if isinstance(item, dict) else item
        if isinstance(named, list):
            named = ", ".join(part for part in named if isinstance(part, str))
        if isinstance(named, str) and named.strip() and not named.startswith(("http://", "https://")):
            names.append(named.strip())
    return ", ".join(dict.fromkeys(names)) or None


def _by(value: str | None) -> str | None:
    if not value or "://" in value or value.startswith("@"):
        return None
    return _BY.sub("", value.strip(), count=1) if _BY.match(value.strip()) else value.strip()


def _address(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return None
    return value.strip() if parts.scheme in ("http", "https") and parts.netloc and not re.search(r"\s", value.strip()) else None


def _without_outlet(title: str, outlet: str) -> str:
    """A title without the outlet's name that stands after (or before) a bar or dash."""
    if not outlet or outlet.lower() not in title.lower():
        return title
    pieces = _TITLE_ENDS.split(title[:MAX_VALUE])
    if len(pieces) > 1 and pieces[-1].strip().lower() == outlet.lower():
        end = title.lower().rfind(outlet.lower())
        return re.sub(r"\s+[|–—·»-]\s*$", "", title[:end])
    return title


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _overlap(words: str, titles: list[str]) -> float:
    """How much of their words a heading and the title nearest to it share (Dice's coefficient)."""
    own = set(_WORD.findall(words[:MAX_VALUE].lower()))
    others = [set(_WORD.findall(title.lower())) for title in titles]
    return max((2 * len(own & other) / (len(own) + len(other)) for other in others if own or other), default=0.0)


def _first(found: Iterator[Any], most: int) -> Iterator[Any]:
    return (item for _, item in zip(range(most), found, strict=False))
