"""Ids: short, stable, made from what a record is about and never from what was concluded of it.

A document's id comes from the id given, else from its outlet, whence it came, its date and its text; a record's
from its document, its kind and its spans, so that a new act or speaker keeps the id.
"""

from __future__ import annotations

import hashlib

__all__ = ["document_id", "make_id", "record_id"]


def make_id(prefix: str, *parts: object) -> str:
    """`prefix` and 12 hexadecimal digits of a hash over the parts; equal parts give equal ids."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"{prefix}-{hashlib.blake2b(joined.encode('utf-8', 'surrogatepass'), digest_size=6).hexdigest()}"


def document_id(outlet: str | None, whence: str | None, published: str | None, text: str) -> str:
    """A document's id where none was given. `whence` is its URL, else its file name (not the folder it lies in)."""
    return make_id("doc", outlet, whence, published, text)


def record_id(kind: str, document: str, *spans: tuple[int, int]) -> str:
    """A record's id, from its kind (one of actor, statement, figure, event, place, time), document and spans."""
    return make_id(kind, document, *(f"{start}:{end}" for start, end in spans))
