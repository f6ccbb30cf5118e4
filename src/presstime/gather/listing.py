"""Lists of addresses: OPML, sitemaps (with the news extension) and indexes of sitemaps.

In: raw bytes and a name. Out: `Link`s with the titles and dates that the list gives, and Problems. A list holds no report
itself, so gathering it as a file gives one Problem "list" that says how its pages or feeds are had.
`<outline type="rss" text="Harrow Post" xmlUrl="https://harrowpost.example/rss"/>` is a feed titled "Harrow Post".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from presstime.gather.dates import published_date
from presstime.gather.stated import web_address
from presstime.gather.xml import Tree, local, words_of, xml_tree
from presstime.records import Problem, Record

__all__ = ["Link", "Listing", "list_problems", "listing_of"]

_OF_PAGE = frozenset({"loc", "lastmod"})
_OF_NEWS = frozenset({"title", "name", "language", "publication_date"})
MAX_LINKS = 50_000
"""The most addresses that the sitemap protocol allows in one file."""
SHOWN = 3

LinkKind = Literal["page", "feed", "sitemap"]


class Link(Record, frozen=True):
    """An address that a list gives: of a page, of a feed, or of another sitemap, with what the list says of it.

    `published` is the article's own date (news extension); `changed` when the page last did (lastmod). Both ISO 8601.
    """

    url: str
    kind: LinkKind
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    changed: str | None = None
    language: str | None = None


class Listing(Record, frozen=True):
    """The addresses of one list, in its order, and what was wrong with it."""

    links: tuple[Link, ...]
    problems: tuple[Problem, ...] = ()


def listing_of(data: bytes, name: str) -> Listing | Problem:
    """The addresses that an OPML file, a sitemap or an index of sitemaps lists."""
    tree = xml_tree(data, name)
    if isinstance(tree, Problem):
        return tree
    kind = local(tree.root)
    problems = list(tree.problems)
    links: list[Link] = []
    without = 0
    for link in _outlines(tree) if kind == "opml" else _entries(tree):
        if link is None:
            without += 1
        elif len(links) < MAX_LINKS:
            links.append(link)
        else:
            why = f"The list has more than the {MAX_LINKS:,} addresses allowed: the first were taken. Split it."
            problems.append(Problem(where=name, what="too-large", why=why))
            break
    if without:
        were = "entry has no address of the web (http or https) and was" if without == 1 else "entries have no address of the web and were"
        why = f"{without} {were} passed over. Mend the list."
        problems.append(Problem(where=name, what="bad-line", why=why))
    return Listing(links=tuple(links), problems=tuple(problems))


def list_problems(data: bytes, name: str) -> Iterator[Problem]:
    """What is to be said of a list that was given as a file: what is in it, and how it is had."""
    found = listing_of(data, name)
    if isinstance(found, Problem):
        yield found
        return
    if not found.links:
        yield Problem(where=name, what="empty", why="The file lists no addresses. Fill it, or leave it out.")
    else:
        yield Problem(where=name, what="list", why=_advice(found.links))
    yield from found.problems


def _advice(links: tuple[Link, ...]) -> str:
    shown = ", ".join(link.url for link in links[:SHOWN]) + (" …" if len(links) > SHOWN else "")
    number, one = len(links), len(links) == 1
    if links[0].kind == "feed":
        what = f"{number} feed{'' if one else 's'}"
        then = "To have them followed, put each address under [[feeds]] in story.toml and run presstime watch"
    elif links[0].kind == "sitemap":
        what = f"{number} other sitemap{'' if one else 's'}"
        then = "Give the address of the one you need to presstime watch, under [[feeds]] in story.toml"
    else:
        what = f"{number} page{'' if one else 's'}"
        then = "To have them, give their addresses to presstime gather, or the sitemap's own under [[feeds]] in story.toml"
    return f"The file holds no report itself but lists {what}: {shown}. {then}."


def _outlines(tree: Tree) -> Iterator[Link | None]:
    for outline in tree.root.iter():
        if local(outline) != "outline":
            continue
        keys = {key.lower(): value.strip() for key, value in outline.attrib.items()}
        title = keys.get("title") or keys.get("text") or None
        address = keys.get("xmlurl") or (keys.get("url") if keys.get("type", "").lower() in ("link", "include", "rss") else None)
        if address is None:
            continue
        url = web_address(address)
        kind: LinkKind = "page" if keys.get("type", "").lower() == "link" else "feed"
        yield Link(url=url, kind=kind, title=title, outlet=title, language=keys.get("language")) if url else None


def _entries(tree: Tree) -> Iterator[Link | None]:
    for element in tree.root.iter():
        kind = local(element)
        if kind not in ("url", "sitemap"):
            continue
        stated: dict[str, str] = {}
        for inner in element.iterdescendants():
            wanted = _OF_NEWS if any(local(above) == "news" for above in inner.iterancestors()) else _OF_PAGE
            if local(inner) in wanted and (words := words_of(inner)):
                stated.setdefault(local(inner), words)
        url = web_address(stated.get("loc"))
        if url is None:
            yield None
            continue
        yield Link(
            url=url,
            kind="sitemap" if kind == "sitemap" else "page",
            title=stated.get("title"),
            outlet=stated.get("name"),
            published=_date(stated.get("publication_date")),
            changed=_date(stated.get("lastmod")),
            language=stated.get("language"),
        )


def _date(value: str | None) -> str | None:
    return published_date(value) if value else None
