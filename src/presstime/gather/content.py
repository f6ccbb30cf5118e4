"""Content: what one raw text gave, before it is a Document.

In: the text and fields a reader of one kind of file found (text.py, html.py, feed.py …). Out: `Content`, and from it the
`Document`, with its id, the hash of its raw bytes and whence it came. "Outlet: The Harrow Post" in a file's header
becomes Content(outlet="The Harrow Post") with Provenance(field="outlet", source="header").
"""

from __future__ import annotations

import hashlib

from presstime.gather.dates import date_in_name, date_in_url
from presstime.ids import document_id
from presstime.records import Document, Media, Part, Problem, Provenance, Record

__all__ = ["Content", "document_of"]


class Content(Record, frozen=True):
    """A text, the fields stated in its material, hints of its layout, and what was wrong with it.

    One of several texts in a file has its `place` there (":3" is its third entry), which is added to the file's name;
    `whence`, where set, stands for the file's name in the id; `raw` are its own bytes where it has any apart from the
    file's. `gathered` is set where the material itself says when it was fetched.
    """

    text: str
    url: str | None = None
    outlet: str | None = None
    headline: str | None = None
    byline: str | None = None
    dateline: str | None = None
    published: str | None = None
    gathered: str | None = None
    language: str | None = None
    credits: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()
    parts: tuple[Part, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    problems: tuple[Problem, ...] = ()
    place: str = ""
    whence: str | None = None
    identity: str | None = None
    raw: bytes | None = None


def document_of(content: Content, *, name: str, file_name: str, data: bytes | str, now: str) -> Document:
    """The Document of one file's content. `name` says whence, `file_name` goes into the id, `data` is hashed (or is the hash).

    A date is taken from the URL or the file name only where the material states none, and from the file name only where
    the file is one text. `language` is left for `presstime.gather.language` to find; what the material declares is passed
    on beside it.
    """
    published, provenance = content.published, content.provenance
    if published is None and content.url is not None:
        published = date_in_url(content.url)
        if published is not None:
            provenance = (*provenance, Provenance(field="published", source="url"))
    if published is None and not content.place:
        published = date_in_name(file_name)
        if published is not None:
            provenance = (*provenance, Provenance(field="published", source="file name"))
    raw = content.raw if content.raw is not None else data
    whence = content.whence or content.url or file_name
    return Document(
        id=content.identity or document_id(content.outlet, whence, published, content.text),
        sha256=raw if isinstance(raw, str) else hashlib.sha256(raw).hexdigest(),
        text=content.text,
        name=name + content.place,
        url=content.url,
        outlet=content.outlet,
        headline=content.headline,
        byline=content.byline,
        dateline=content.dateline,
        published=published,
        gathered=content.gathered or now,
        credits=content.credits,
        media=content.media,
        parts=content.parts,
        provenance=provenance,
    )
