"""Two versions of one page → what the later one added, changed and withdrew.

In: the earlier document and the later one. Out: `Change`s by sentences, in the order of the later text, with what was
withdrawn where it stood. Sentences that are equal are matched in order first, then those that only stand elsewhere; of
the rest, sentences in one place that share half their words are one sentence changed.

Example: "Six died." in place of "Five died." → changed; a paragraph more at the end → its sentences added.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from presstime.findings import Change
from presstime.records import Document, Span

__all__ = ["changes"]

ALIKE = 0.5
"""The share of the longer sentence's words that a changed sentence keeps: below it, one was withdrawn and another added."""
_TOLD = ("headline", "deck", "heading", "paragraph", "caption")
_END = re.compile(r"[.!?…]+[”\"’»)\]]*(?=\s+[^\s\w]*[^\W\d_a-zß-öø-ÿ]|\s+[“„«\"‘(]?\d|\s*\n)|[。！？।॥؟۔]+[」』”]*")
_ABBREVIATED = re.compile(r"(?:^|[\s(.])(?:[^\W\d_]|Mr|Mrs|Ms|Dr|St|Col|Gen|Lt|Maj|Capt|Sgt|Gov|Sen|Rep|Prof|Rev|Jr|Sr|No|vs)\.$")
"""Initials and titles, whose full stop ends no sentence: general English usage."""
_WORD = re.compile(r"\w+")
_MOST = 4_000
"""Sentences are matched in order up to this many; a longer page is compared as sets of sentences."""

_NEAR = 15
"""A changed sentence is looked for among so many of the same place before and after it."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    words: tuple[str, ...]


def changes(before: Document, after: Document) -> tuple[Change, ...]:
    """What `after` changed in `before`; nothing where only spacing and marks differ."""
    old, new = _sentences(before), _sentences(after)
    if [s.words for s in old] == [s.words for s in new]:
        return ()
    gone: dict[int, None] = {}
    come: dict[int, None] = {}
    blocks: list[tuple[range, range]] = []
    if max(len(old), len(new)) > _MOST:
        blocks.append((range(len(old)), range(len(new))))
    else:
        matcher = SequenceMatcher(None, [s.words for s in old], [s.words for s in new], autojunk=False)
        blocks += [(range(a, b), range(c, d)) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    for a, b in blocks:
        gone |= dict.fromkeys(a)
        come |= dict.fromkeys(b)
    # what only stands elsewhere is no change
    kept = Counter(old[i].words for i in gone) & Counter(new[i].words for i in come)
    gone = _without(gone, old, kept)
    come = _without(come, new, kept)
    found: list[tuple[tuple[int, int, int], Change]] = []
    for a, b in blocks:
        left, right = [i for i in a if i in gone], [i for i in b if i in come]
        pairs = _pairs(old, new, left, right)
        for i, k in pairs:
            left.remove(i)
            right.remove(k)
            found.append(((new[k].start, 1, 0), Change(kind="changed", before=_span(old[i]), after=_span(new[k]))))
        place = new[b.start].start if b.start < len(new) else len(after.text)
        for i in left:  # what was withdrawn comes after the sentence that it followed
            before_it = [k for j, k in pairs if j < i]
            where = (new[max(before_it)].start, 2) if before_it else (place, 0)
            found.append(((*where, old[i].start), Change(kind="withdrawn", before=_span(old[i]))))
        found += [((new[k].start, 1, 0), Change(kind="added", after=_span(new[k]))) for k in right]
    return tuple(change for _, change in sorted(found, key=lambda f: f[0]))


def _span(sentence: _Sentence) -> Span:
    return Span(start=sentence.start, end=sentence.end)


def _without(places: dict[int, None], sentences: list[_Sentence], kept: Counter[tuple[str, ...]]) -> dict[int, None]:
    left = Counter(kept)
    found: dict[int, None] = {}
    for i in places:
        if left[sentences[i].words]:
            left[sentences[i].words] -= 1
        else:
            found[i] = None
    return found


def _pairs(old: list[_Sentence], new: list[_Sentence], left: list[int], right: list[int]) -> list[tuple[int, int]]:
    """Sentences of one place that are one sentence changed: the most alike first, each in one pair."""
    alike = sorted(
        (
            (share, -i, -k)
            for n, i in enumerate(left)
            for k in right[max(0, n - _NEAR) : n + _NEAR]
            if (share := _alike(old[i].words, new[k].words)) >= ALIKE
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    for _, i, k in alike:
        if -i not in found and -k not in found.values():
            found[-i] = -k
    return sorted(found.items())


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    return sum((Counter(one) & Counter(other)).values()) / max(len(one), len(other))


def _sentences(document: Document) -> list[_Sentence]:
    """The sentences of all that a page tells: headline, headings, paragraphs and captions."""
    text = document.text
    found = []
    for start, end in [(p.start, p.end) for p in document.parts if p.kind in _TOLD] or [(0, len(text))]:
        at = start
        for match in _END.finditer(text, start, end):
            if match.end() < end and not _ABBREVIATED.search(text, max(start, match.end() - 8), match.end()):
                found.append((at, match.end()))
                at = match.end()
        found.append((at, end))
    made = []
    for start, end in found:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        words = tuple(w.lower() for w in _WORD.findall(text[start:end]))
        if words:
            made.append(_Sentence(start, end, words))
    return made
