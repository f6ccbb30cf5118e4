"""Two texts, or one and all that came before it → the passages that it carries, and whether it is a near copy.

In: a text and the earlier ones that it may have words from. Out: `Compared`: the one it copies, if it copies one, and the
passages that stand in earlier texts. Quoted words prove no copying, since two may have heard them; nor does a paragraph
that at least three papers have which share nothing else (an "about us", a standing paragraph of background).

Example: an agency's story of five paragraphs with two of a paper's own after it → a near copy, one passage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import msgspec
import numpy as np

from presstime.combine.alignment import Index, Match, align, index_of
from presstime.combine.fingerprints import SHINGLE, Hashes, Words, fingerprints, shingles
from presstime.combine.holders import EARLIEST, Fingerprints, Holders
from presstime.records import Document, Reading

__all__ = ["Compared", "Passage", "Text", "compared", "text_of"]

PASSAGE = 25
"""Words from which on a stretch counts as carried over, those between its equal runs not counted."""
OWN = 15
"""So many of a passage's words must stand outside quotation marks."""
MORE = 10
"""Once a passage proves that one text has words of another, shorter stretches of this many words count as well."""
MOST = 0.5
"""The share of a text's own words from which on it is a near copy of the one in which they stand."""
MUCH = 0.4
"""It is one from this share on as well, where it has half of the other text: the story with a paper's own paragraphs."""
SHORT = 20
"""A text that shares fewer words than this is a near copy only where it has nearly nothing else."""
NEARLY_ALL = 0.8
ECHO = 6
"""Quoted words in a row that are listed as heard."""
QUOTED = 0.75
"""A text of which more than this is quoted (a speech in full) is compared with its quotations."""


class Passage(msgspec.Struct, frozen=True, array_like=True):
    """Characters of a text that stand in another document, there at `of_start`; `root` is the first document of that one's family.

    `words` of them are equal and stand outside quotation marks.
    """

    start: int
    end: int
    of: str
    of_start: int
    of_end: int
    words: int
    root: str = ""


@dataclass
class Text:
    """A document with its words. `news` are the stretches in which somebody says, counts or does something of the day.

    `known` are its words' hashes and their grain, where they were made before.
    """

    document: Document
    news: tuple[tuple[int, int], ...] = ()
    known: tuple[Hashes, int] | None = None

    @cached_property
    def words(self) -> Words:
        """The story's words."""
        return Words(self.document, self.known)

    @cached_property
    def fingerprints(self) -> Fingerprints:
        """Its fingerprints."""
        return fingerprints(self.words)

    @cached_property
    def index(self) -> Index:
        """The index for aligning others with it."""
        return index_of(self.words)

    @cached_property
    def own(self) -> int:
        """Its words outside quotation marks, or all of them where it is nothing but quoted."""
        return len(self.words) - (0 if self.all_quoted else self._quoted)

    @cached_property
    def all_quoted(self) -> bool:
        """Whether it is nearly all quoted, as a speech in full is."""
        return self._quoted > QUOTED * len(self.words)

    @cached_property
    def _quoted(self) -> int:
        return len(self.words) - int(np.count_nonzero(self.words.unquoted))


def text_of(reading: Reading, known: tuple[Hashes, int] | None = None) -> Text:
    """A reading's text for comparing. `known` are its words' hashes and grain, where they were made before."""
    said = [(c.start, c.end) for s in reading.statements for c in s.content]
    counted = [(f.start, f.end) for f in reading.figures if f.scope != "past"]
    done = [(e.start, e.end) for e in reading.events if e.scope != "past" and e.time is not None]
    return Text(reading.document, tuple(sorted({*said, *counted, *done})), known)


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found of one text. `consulted` are the documents on which that depends."""

    near: str | None = None
    shared: float = 0.0
    carried: tuple[Passage, ...] = ()
    heard: tuple[Passage, ...] = ()
    consulted: frozenset[str] = field(default=frozenset())


class _Pair(NamedTuple):
    """One earlier text and what the text at hand shares with it. `own` counts equal words outside quotation marks."""

    other: Text
    copied: list[Match]
    echoed: list[Match]
    own: int


def compared(text: Text, others: Sequence[Text], holders: Holders, fetch: Callable[[str], Text]) -> Compared:
    """Compares a text with earlier ones, likeliest first. `fetch` gives the text of any other document."""
    pairs = []
    consulted: set[str] = set()
    for other in others:
        pair = _pair(text, other)
        standing = [m for m in pair.copied if _stands(text, m, pair, holders, fetch)] if pair.copied else []
        if standing:
            copied = [m for m in pair.copied if m not in standing]
            pair = _Pair(other, copied if _proves(text, copied) else [], pair.echoed, sum(_own(text, m) for m in copied))
            consulted.add(other.document.id)
        if pair.copied or pair.echoed:
            pairs.append(pair)
    pairs.sort(key=lambda p: -p.own)  # stable: of equals the likelier
    near = next((p for p in pairs if p.copied and _is_near(text, p)), None)
    if near is not None:
        pairs.remove(near)
        pairs.insert(0, near)
    free = [True] * len(text.words)
    carried = [_passage(text, p.other, m) for p in pairs for m in p.copied if _take(free, m, text.words.grain)]
    heard = [_passage(text, p.other, m) for p in pairs for m in p.echoed if _take(free, m, text.words.grain)]
    own = max(1, text.own)
    share = near.own / own if near is not None else sum(p.words for p in carried) / own
    return Compared(
        near=near.other.document.id if near is not None else None,
        shared=round(min(1.0, share), 2),
        carried=tuple(sorted(carried, key=lambda p: p.start)),
        heard=tuple(sorted(heard, key=lambda p: p.start)),
        consulted=frozenset(consulted),
    )


def _own(text: Text, match: Match) -> int:
    return match.same if text.all_quoted else match.own


def _pair(text: Text, other: Text) -> _Pair:
    """What a text shares with an earlier one: stretches that are copied, and such that are no more than quoted words."""
    grain = text.words.grain
    matches = align(text.words, other.words, text.index, other.index)
    # a reporter's own words must be among them: a quotation with its "he said" is heard
    copied = [m for m in matches if m.same >= MORE * grain and _own(text, m) >= min(OWN * grain, 0.5 * m.same)]
    if not _proves(text, copied):
        copied = []
    echoed = [m for m in matches if m not in copied and m.same - m.own >= ECHO * grain]
    return _Pair(other, copied, echoed, sum(_own(text, m) for m in copied))


def _proves(text: Text, matches: list[Match]) -> bool:
    """Whether stretches prove that words were taken over: one is long enough, or they are nearly all of a short text."""
    grain = text.words.grain
    long_enough = any(m.same >= PASSAGE * grain and _own(text, m) >= OWN * grain for m in matches)
    return long_enough or sum(_own(text, m) for m in matches) >= NEARLY_ALL * max(1, text.own)


def _is_near(text: Text, pair: _Pair) -> bool:
    share, of_other = pair.own / max(1, text.own), pair.own / max(1, pair.other.own)
    if pair.own < SHORT * text.words.grain:
        return share >= NEARLY_ALL
    return share >= MOST or (share >= MUCH and of_other >= MOST)


def _stands(text: Text, match: Match, pair: _Pair, holders: Holders, fetch: Callable[[str], Text]) -> bool:
    """Whether a stretch is a standing text: no news in it, and three outlets have it that share nothing else."""
    words = text.words
    span = words.spans[match.start][0], words.spans[match.end - 1][1]
    if match.same * 2 > min(len(words), len(pair.other.words)) or any(a < span[1] and span[0] < b for a, b in text.news):
        return False
    kept = set(text.fingerprints.tolist())
    runs = shingles(words.ids[match.start : match.end], SHINGLE * (2 if words.grain > 1 else 1)).view("int64").tolist()
    prints = [run for run in runs if run in kept]
    counts = Counter(document for held in holders.earliest(prints) for document in held)
    first = [document for document, n in counts.most_common(EARLIEST) if n * 2 >= len(prints)]
    texts = [text if document == text.document.id else fetch(document) for document in first]
    if len({t.document.outlet for t in (*texts, text)}) < EARLIEST:
        return False
    own = set(pair.other.fingerprints.tolist())
    alone = 2 * len(prints) + 2
    return all(
        len(own & set(t.fingerprints.tolist())) <= alone and 2 * match.same <= len(t.words)
        for t in (*texts, text)
        if t.document.id != pair.other.document.id
    )


def _take(free: list[bool], match: Match, grain: int) -> bool:
    """Whether most of a stretch was not yet found elsewhere; then it is taken."""
    if sum(free[match.start : match.end]) * 2 <= match.end - match.start:
        return False
    free[match.start : match.end] = [False] * (match.end - match.start)
    return True


def _passage(text: Text, other: Text, match: Match) -> Passage:
    return Passage(
        text.words.spans[match.start][0],
        text.words.spans[match.end - 1][1],
        other.document.id,
        other.words.spans[match.of_start][0],
        other.words.spans[match.of_end - 1][1],
        _own(text, match),
    )
