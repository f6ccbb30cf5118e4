"""Gather: anything a source hands out becomes a `Document`, or a `Problem` that says why it could not.

In: paths of .txt, .md, .html, .jsonl files, folders and .zip archives of them (docs/inputs.md). Out: one Document a
text, with its outlet, headline, byline, date and address where the material itself states them, each with where it
came from; and Problems. Nothing is fetched from a network. "velmora-2026-03-04.txt" gives a Document published
"2026-03-04", with the provenance "file name".
"""

from __future__ import annotations

from presstime.gather.archive import RawFile, gathered_files
from presstime.gather.inputs import MAX_BYTES, gather
from presstime.gather.jsonl import documents_from_jsonl

__all__ = ["MAX_BYTES", "RawFile", "documents_from_jsonl", "gather", "gathered_files"]
