"""One input of any format to Documents and Problems: where the readers of all formats meet.

In: an `Input`, a stream with a name, and a `Run`, what holds for all inputs of one gathering. Out: its Documents and Problems;
what is within it (an archive's members, a mail's attachments, a web archive's pages) is opened in the same way. The bytes of
"statement.pdf" attached to "a.eml" become the Document named "a.eml!statement.pdf".
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import BinaryIO
from urllib.parse import urlsplit

import msgspec

from presstime.gather.archive import Archive
from presstime.gather.content import Content, document_of
from presstime.gather.formats import HEAD, MAX_EXPORT, format_of, limit_of, unsupported
from presstime.gather.jsonl import with_language
from presstime.gather.mail import Attachment
from presstime.gather.names import Format, extension_of
from presstime.gather.tables import mapping_for
from presstime.gather.text import text_content
from presstime.gather.warc import Page
from presstime.gather.zipped import too_large
from presstime.mappings import Mapping
from presstime.records import Document, Problem, Provenance

__all__ = ["Found", "Input", "Run", "opened"]

MAX_DEPTH = 5
"""An attachment in a mail in an archive is three deep; deeper ones are bombs."""

Found = Document | Problem


def _nothing(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Run:
    """What holds for one gathering: where raw bytes are kept, the time, the limit for a text, the story's mappings."""

    keep: Archive | None
    now: str
    max_bytes: int
    mappings: Sequence[Mapping] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read: its stream, the name it goes by, its own name, and what its holder says of it.

    `url`, `media_type`, `charset` and `captured` are set where it was fetched. `beside` gives the bytes of a file next to it, `hashed`
    the SHA-256 of one. `sender` and `sent` are of the mail that it is attached to.
    """

    stream: BinaryIO
    name: str
    file_name: str
    url: str | None = None
    media_type: str | None = None
    charset: str | None = None
    captured: str | None = None
    sender: str | None = None
    sent: str | None = None
    beside: Callable[[str], bytes | None] = field(default=_nothing)
    hashed: Callable[[str], str | None] = field(default=_nothing)
    depth: int = 0


def opened(given: Input, run: Run) -> Iterator[Found]:
    """The Documents in an input and its Problems."""
    if given.depth > MAX_DEPTH:
        yield Problem(
            where=given.name, what="nested-archive", why="The file lies too deep within others. Unpack them and give it by itself."
        )
        return
    head = given.stream.read(HEAD)
    given.stream.seek(0)
    mapping = mapping_for(given.name, run.mappings)
    kind = format_of(head, given.file_name, given.media_type)
    if mapping is not None and kind not in ("zip", "gzip", "tar"):
        kind = "csv" if mapping.format == "csv" or (mapping.format is None and kind == "csv") else "jsonl"
    if kind is None:
        yield unsupported(given.name, given.file_name)
        return
    whole = kind in ("zip", "gzip", "tar", "warc", "mbox") or (kind == "jsonl" and extension_of(given.file_name) in (".jsonl", ".ndjson"))
    if whole:
        digest = run.keep.keep_file(given.stream, given.name, given.captured) if run.keep is not None else ""
        given.stream.seek(0)
        yield from _many(given, kind, digest, mapping, run)
        return
    limit = min(limit_of(kind, run.max_bytes), MAX_EXPORT)
    if given.stream.seek(0, os.SEEK_END) > limit:
        yield too_large(given.name, limit)
        return
    given.stream.seek(0)
    data = given.stream.read()
    digest = run.keep.keep(data, given.name, given.captured) if run.keep is not None else hashlib.sha256(data).hexdigest()
    yield from _one(given, kind, data, digest, mapping, run)


def _many(given: Input, kind: Format, digest: str, mapping: Mapping | None, run: Run) -> Iterator[Found]:
    """What is in a file that may be longer than memory."""
    from presstime.gather import containers

    if kind == "zip":
        yield from containers.zip_found(given, run, opened)
    elif kind == "gzip":
        yield from containers.gzip_found(given, run, opened)
    elif kind == "tar":
        yield from containers.tar_found(given, run, opened)
    elif kind == "warc":
        yield from containers.warc_found(given, run, opened)
    elif kind == "mbox":
        yield from containers.mbox_found(given, run, lambda data, number: _mail(given, data, f":{number}", "", run))
    else:
        from presstime.gather.json_input import json_lines_found

        yield from or_empty(json_lines_found(given, run, mapping), given.name)


def _one(given: Input, kind: Format, data: bytes, digest: str, mapping: Mapping | None, run: Run) -> Iterator[Found]:
    """What is in a file that is held in memory."""
    if kind == "jsonl":
        from presstime.gather.json_input import json_found

        yield from or_empty(json_found(given, data, digest, mapping, run, documents), given.name)
    elif kind == "mail":
        yield from _mail(given, data, "", digest, run)
    else:
        yield from documents(given, _contents(given, kind, data, mapping), digest, run)


def _contents(given: Input, kind: Format, data: bytes, mapping: Mapping | None) -> Iterator[Content | Problem]:
    name = given.name
    if kind in ("text", "markdown"):
        yield text_content(data, name, markdown=kind == "markdown")
    elif kind == "html":
        from presstime.gather.html import html_content

        yield _at_its_address(html_content(data, name, charset=given.charset), given.url)
    elif kind == "pdf":
        from presstime.gather.pdf import pdf_content

        yield pdf_content(data, name, given.file_name)
    elif kind == "wire":
        from presstime.gather.wire import wire_content

        yield wire_content(data, name)
    elif kind == "feed":
        from presstime.gather.feed import xml_feed_contents

        yield from xml_feed_contents(data, name)
    elif kind == "listing":
        from presstime.gather.listing import list_problems

        yield from list_problems(data, name)
    elif kind == "news-xml":
        from presstime.gather.news_xml import news_xml_contents

        yield from news_xml_contents(data, name)
    elif kind == "csv":
        from presstime.gather.tables import csv_contents

        yield from csv_contents(data, name, mapping)
    elif kind == "telegram-page":
        from presstime.gather.telegram_page import telegram_page_contents

        yield from telegram_page_contents(data, name, given.hashed)
    elif kind == "x-archive":
        from presstime.gather.x_archive import x_account, x_contents

        yield from x_contents(data, name, x_account(given.beside("account.js")), given.hashed)
    else:
        yield _unknown_xml(data, name)


def _unknown_xml(data: bytes, name: str) -> Problem:
    from presstime.gather.xml import local, xml_tree

    tree = xml_tree(data, name)
    if isinstance(tree, Problem):
        return tree
    why = f"The file is XML of a kind that is not known (<{local(tree.root)}>): feeds, sitemaps, OPML, NITF and NewsML-G2 are. "
    return Problem(where=name, what="unsupported", why=why + "Give its text as .txt, or its pages.")


def _mail(given: Input, data: bytes, place: str, digest: str, run: Run) -> Iterator[Found]:
    """A mail's document, and what is attached to it as inputs of their own."""
    from presstime.gather.mail import mail_contents

    for item in mail_contents(data, given.name + place, place=place):
        if not isinstance(item, Attachment):
            yield from documents(given, iter((item,)), digest or data, run)
            continue
        inner = Input(
            stream=BytesIO(item.data),
            name=f"{given.name}{place}!{item.file_name}",
            file_name=item.file_name,
            media_type=item.media_type,
            captured=given.captured,
            sender=item.sender,
            sent=item.sent,
            depth=given.depth + 1,
        )
        yield from opened(inner, run)


def documents(given: Input, contents: Iterator[Content | Problem], digest: str | bytes, run: Run) -> Iterator[Found]:
    """The documents of what a reader found, each followed by its Problems."""
    for item in contents:
        if isinstance(item, Problem):
            yield item
            continue
        if given.url is not None and item.url is None and not item.place:
            item = _with_url(item, given.url)
        item = _as_sent(item, given)
        document = document_of(item, name=given.name, file_name=given.file_name, data=digest, now=given.captured or run.now)
        document, other = with_language(document, item.language)
        yield document
        yield from item.problems
        yield from other


def _as_sent(content: Content, given: Input) -> Content:
    """An attachment that states neither outlet nor date has those of its mail: a statement is sent by whom it is of."""
    fields = {"outlet": content.outlet or given.sender, "published": content.published or given.sent}
    found = {field: value for field, value in fields.items() if value is not None and getattr(content, field) is None}
    stated = tuple(Provenance(field=field, source="the mail that it is attached to") for field in found)
    return msgspec.structs.replace(content, **found, provenance=(*content.provenance, *stated)) if found else content


def _with_url(content: Content, url: str, source: str = "fetched from") -> Content:
    others = tuple(each for each in content.provenance if each.field != "url")
    return msgspec.structs.replace(content, url=url, provenance=(*others, Provenance(field="url", source=source)))


def _at_its_address(content: Content | Problem, fetched: str | None) -> Content | Problem:
    """A page under the address it was fetched from, where the one it names as its own is another host's: a copy names its original."""
    if isinstance(content, Problem) or fetched is None or content.url is None or _site(content.url) == _site(fetched):
        return content
    return _with_url(content, fetched, f"fetched from; the page names {content.url} as its own")


def _site(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return host.removeprefix("www.").removeprefix("m.").removeprefix("amp.")


def page_input(given: Input, page: Page) -> Input:
    """A web archive's page as an input of its own."""
    file_name = page.url.split("?", 1)[0].rstrip("/").rsplit("/", 1)[-1] or "index.html"
    return replace(
        given,
        stream=BytesIO(page.data),
        name=f"{given.name}:{page.number}",
        file_name=file_name,
        url=page.url,
        media_type=page.media_type,
        captured=page.captured,
        beside=_nothing,
        hashed=_nothing,
        depth=given.depth + 1,
    )


def or_empty(found: Iterator[Found], name: str) -> Iterator[Found]:
    """What was found; a Problem where that is nothing at all, so that no file is passed over in silence."""
    item = None
    for item in found:
        yield item
    if item is None:
        yield Problem(where=name, what="empty", why="The file holds nothing. Save it again with its text, or leave it out.")
