"""Gather: anything a source hands out becomes a `Document`, or a `Problem` that says why it could not.

In: paths of files in any of the formats of docs/inputs.md, of folders and of archives of them, and addresses. Out: one
Document a text, with its outlet, headline, byline, date and address where the material itself states them, each with
where it came from; and Problems. Only addresses are fetched from a network (docs/fetching.md).
"velmora-2026-03-04.txt" gives a Document published "2026-03-04", with the provenance "file name".
"""

from __future__ import annotations

from presstime.gather.archive import RawFile, gathered_files
from presstime.gather.inputs import MAX_BYTES, gather
from presstime.gather.jsonl import documents_from_jsonl
from presstime.gather.listing import Link, Listing, listing_of
from presstime.gather.names import is_address

__all__ = [
    "MAX_BYTES",
    "Link",
    "Listing",
    "RawFile",
    "documents_from_jsonl",
    "gather",
    "gathered_files",
    "is_address",
    "listing_of",
]
