"""Content: what one raw text gave, before it is a Document.

In: the text and fields a reader of one kind of file found (text.py, page.py). Out: `Content`, and from it the
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
    """A text, the fields stated in its material, hints of its layout, and what was wrong with it."""

    text: str
    url: str | None = None
    outlet: str | None = None
    headline: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None
    media: tuple[Media, ...] = ()
    parts: tuple[Part, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    problems: tuple[Problem, ...] = ()


def document_of(content: Content, *, name: str, file_name: str, data: bytes, now: str) -> Document:
    """The Document of one file's content. `name` says whence, `file_name` goes into the id, `data` is hashed.

    A date is taken from the URL or the file name only where the material states none. `language` is left for
    `presstime.gather.language` to find; what the material declares is passed on beside it.
    """
    published, provenance = content.published, content.provenance
    if published is None and content.url is not None:
        published = date_in_url(content.url)
        if published is not None:
            provenance = (*provenance, Provenance(field="published", source="url"))
    if published is None:
        published = date_in_name(file_name)
        if published is not None:
            provenance = (*provenance, Provenance(field="published", source="file name"))
    return Document(
        id=document_id(content.outlet, content.url or file_name, published, content.text),
        sha256=hashlib.sha256(data).hexdigest(),
        text=content.text,
        name=name,
        url=content.url,
        outlet=content.outlet,
        headline=content.headline,
        byline=content.byline,
        published=published,
        gathered=now,
        media=content.media,
        parts=content.parts,
        provenance=provenance,
    )
