"""Readings → which documents are the same text, a later version of one page, or a near copy of another.

In: the documents as of a moment, in order of publication. Out: for each its `version_of` or `near_copy_of`, and the
passages that stand word for word in an earlier document. Texts are compared as runs of eight words (shingles; Broder
1997): a document most of whose shingles stand in an earlier one is a near copy of it.

Example: three outlets carry one agency's copy under their own headlines → the second and third are near copies.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from presstime.records import Document, Span

__all__ = ["Passage", "Sameness", "find_duplicates"]

SHINGLE = 8
"""Words in a run. Eight words in a row are rarely written twice by chance."""
COPY = 0.6
"""The share of the shorter text's runs that a near copy has in common with the longer one."""
FEWEST = 12
"""Shorter texts (in runs) are compared as wholes alone: a headline's worth of words proves nothing."""
PASSAGE = 25
"""Words in a row from which on a passage counts as carried over: longer than a quotation both could have heard."""
_MEMBERS = 40
"""A run that more documents share is boilerplate and is passed over when looking for candidates."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document that stand in an earlier one: where, in which, and how many."""

    span: Span
    of: str
    words: int


@dataclass(frozen=True, slots=True)
class Sameness:
    """What one document is to earlier ones; `shared` is the share of runs in common with the one it copies."""

    document: str
    version_of: str | None = None
    near_copy_of: str | None = None
    shared: float = 0.0
    passages: tuple[Passage, ...] = field(default=())


def find_duplicates(documents: Sequence[Document]) -> list[Sameness]:
    """One entry a document, in the order given; an earlier document is never a copy of a later one."""
    seen_urls: dict[str, str] = {}
    seen_texts: dict[str, str] = {}
    runs: dict[str, frozenset[bytes]] = {}
    holders: dict[bytes, list[str]] = defaultdict(list)
    found: list[Sameness] = []
    for document in documents:
        words = _words(document)
        ordered = [_run([w for w, _, _ in words[i : i + SHINGLE]]) for i in range(len(words) - SHINGLE + 1)]
        own = frozenset(ordered)
        whole = " ".join(w for w, _, _ in words)
        version = seen_urls.get(document.url) if document.url else None
        copy = seen_texts.get(whole) if whole else None
        shared = 1.0 if copy else 0.0
        if copy is None and len(own) >= FEWEST:
            copies = {s.document for s in found if s.near_copy_of is not None}
            copy, shared = _nearest(own, runs, holders, copies)
        if version is not None and version == copy:
            copy = None
        found.append(Sameness(document.id, version, copy, round(shared, 2), _passages(words, ordered, holders)))
        if document.url:
            seen_urls.setdefault(document.url, document.id)
        if whole:
            seen_texts.setdefault(whole, document.id)
        runs[document.id] = own
        for run in ordered:
            if len(holders[run]) < _MEMBERS and document.id not in holders[run][-1:]:
                holders[run].append(document.id)
    return found


def _nearest(
    own: frozenset[bytes], runs: dict[str, frozenset[bytes]], holders: dict[bytes, list[str]], copies: set[str]
) -> tuple[str | None, float]:
    """The earlier document that shares most, where it shares enough; an original before its copies, of equals the earliest."""
    counts = Counter(d for run in own for d in holders.get(run, ()))
    enough = {d: share for d, n in counts.items() if len(runs[d]) >= FEWEST and (share := n / min(len(own), len(runs[d]))) >= COPY}
    order = {d: i for i, d in enumerate(runs)}
    best = min(enough, key=lambda d: (d in copies, -enough[d], order[d]), default=None)
    return best, enough.get(best or "", 0.0)


def _passages(words: list[tuple[str, int, int]], ordered: list[bytes], holders: dict[bytes, list[str]]) -> tuple[Passage, ...]:
    """The longest stretches of words that stand in one earlier document, in order and not overlapping."""
    found = []
    at = 0
    while at < len(ordered):
        first = holders.get(ordered[at])
        end = at
        of = first[0] if first else None
        while of is not None and end < len(ordered) and of in holders.get(ordered[end], ()):
            end += 1
        length = end - at + SHINGLE - 1 if of is not None else 0
        if of is not None and length >= PASSAGE:
            found.append(Passage(Span(start=words[at][1], end=words[at + length - 1][2]), of, length))
            at = end
        else:
            at += 1
    return tuple(found)


def _run(words: list[str]) -> bytes:
    """A run's hash, the same in every process."""
    return blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _words(document: Document) -> list[tuple[str, int, int]]:
    """The story's words: paragraphs alone, so that headlines, credits and share lines do not hide a copy."""
    paragraphs = [(p.start, p.end) for p in document.parts if p.kind == "paragraph"] or [(0, len(document.text))]
    return [(m[0].lower(), m.start(), m.end()) for a, b in paragraphs for m in re.compile(r"\w+").finditer(document.text, a, b)]
