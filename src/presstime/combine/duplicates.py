"""Readings → which documents are the same text, a later version of one page, or a near copy of another.

In: the documents as of a moment, in order of publication. Out: for each its `version_of` or `near_copy_of`, and
groups that share a text. Texts are compared as runs of eight words (shingles; Broder 1997): a document most of whose
shingles stand in an earlier one is a near copy of it.

Example: three outlets carry one agency's copy under their own headlines → the second and third are near copies.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from presstime.records import Document

__all__ = ["Sameness", "find_duplicates"]

SHINGLE = 8
"""Words in a run. Eight words in a row are rarely written twice by chance."""
COPY = 0.6
"""The share of the shorter text's runs that a near copy has in common with the longer one."""
FEWEST = 12
"""Shorter texts (in runs) are compared as wholes alone: a headline's worth of words proves nothing."""
_MEMBERS = 40
"""A run that more documents share is boilerplate and is passed over when looking for candidates."""


@dataclass(frozen=True, slots=True)
class Sameness:
    """What one document is to an earlier one; `shared` is the share of runs in common."""

    document: str
    version_of: str | None = None
    near_copy_of: str | None = None
    shared: float = 0.0


def find_duplicates(documents: Sequence[Document]) -> list[Sameness]:
    """One entry a document, in the order given; an earlier document is never a copy of a later one."""
    seen_urls: dict[str, str] = {}
    seen_texts: dict[str, str] = {}
    runs: dict[str, set[int]] = {}
    holders: dict[int, list[str]] = defaultdict(list)
    found = []
    for document in documents:
        words = _words(document)
        own = {hash(tuple(words[i : i + SHINGLE])) for i in range(len(words) - SHINGLE + 1)}
        whole = " ".join(words)
        version = seen_urls.get(document.url) if document.url else None
        copy = seen_texts.get(whole) if whole else None
        shared = 1.0 if copy else 0.0
        if copy is None and len(own) >= FEWEST:
            copy, shared = _nearest(own, runs, holders)
        if version is not None and version == copy:
            copy = None
        found.append(Sameness(document.id, version, copy, round(shared, 2)))
        if document.url:
            seen_urls.setdefault(document.url, document.id)
        if whole:
            seen_texts.setdefault(whole, document.id)
        runs[document.id] = own
        for run in own:
            if len(holders[run]) < _MEMBERS:
                holders[run].append(document.id)
    return found


def _nearest(own: set[int], runs: dict[str, set[int]], holders: dict[int, list[str]]) -> tuple[str | None, float]:
    """The earlier document that shares most, where it shares enough."""
    counts = Counter(d for run in own for d in holders.get(run, ()))
    best, best_share = None, 0.0
    for other, common in counts.most_common(5):
        share = common / min(len(own), len(runs[other]))
        if share >= COPY and len(runs[other]) >= FEWEST and share > best_share:
            best, best_share = other, share
    return best, best_share


def _words(document: Document) -> list[str]:
    """The story's words: paragraphs alone, so that headlines, credits and share lines do not hide a copy."""
    paragraphs = [p for p in document.parts if p.kind == "paragraph"]
    text = " ".join(document.text[p.start : p.end] for p in paragraphs) if paragraphs else document.text
    return re.findall(r"\w+", text.lower())
