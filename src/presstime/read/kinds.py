"""A short block's looks → headline, deck, caption, heading or paragraph.

In: a block's words. Out: what they look like (case, length, signs of a sentence) and scores for what they may be.
A block is never taken from the story on weak signs: quotes, verbs of saying and closed sentences keep it there.

Example: "An injured child in Port Vela" scores as a caption, "World Reactions" as a heading
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from presstime.read.layout_words import LayoutWords
from presstime.records import PartKind

__all__ = ["Look", "bare", "caption_score", "classify_head", "heading_score", "look_at", "reads_on"]

LONGEST_BARE = 26
"""A block of more words than this is the story's, however it ends."""
LONGEST_QUOTED_HEADING = 6
"""Quoted words, or words of saying, make no heading when there are more words than this."""
LONGEST_CAPTION = 16
"""A caption that nothing marks as one has no more words than this."""
LONGEST_HEADING = 10
"""A heading has no more words than this."""
LONGEST_WIRE_HEADING = 3
"""A text in capitals throughout, as old wires are, hardly has headings, but often sentences without a full stop: longer ones are read."""
SMALL_IN = 8
"""A block is in title case when all its longer words but one in so many have capitals; prepositions need none."""
LONGER_WORD = 4
"""Only words of this many letters count for title case."""
_AROUND = "“”\"'‘’()[],.;:!?…"
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+[“\"‘'(]*[A-Z]")
_LIST_ITEM = re.compile(r"^(?:[-–—•*·▪●]\s|\(?\d{1,2}[.)]\s|[a-z]\)\s)")
_TABULAR = re.compile(r":\s*[\d$€£<>~]|\t|\s\|\s|\d\s[–-]\s\d")
_SPEECH = re.compile(r"\b(?:said|says|told|according to|wrote|tweeted|claimed|denied|warned|announced|insisted|added)\b", re.IGNORECASE)
_YEAR_OR_DAY = re.compile(r"\b(?:1[89]|20)\d\d\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_MARKS = re.compile(r"[“”\"«»]|''|``")
_HANDLE = re.compile(r"[@#]\w|https?:|www\.")


@dataclass(frozen=True)
class Look:
    """What a block looks like. `words` are its words with single spaces. Each sign is looked for when first asked about."""

    words: str
    layout: LayoutWords

    @cached_property
    def count(self) -> int:
        """How many words there are."""
        return len(self._raw)

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The words in lower case, without marks."""
        return tuple(word.strip(_AROUND).lower().replace("’", "'") for word in self._raw)

    @cached_property
    def sentences(self) -> int:
        """How many sentences there seem to be."""
        return 1 + len(_SENTENCE_END.findall(self.words))

    @cached_property
    def closed(self) -> bool:
        """Whether it ends as a sentence does."""
        ended = self.words.rstrip("\"”’')]").endswith((".", "!", "…"))
        return ended and not self.words.endswith((" Inc.", " Co.", " Ltd.", " Jr.", " D.C.", " U.S.", " U.N."))

    @cached_property
    def quoted(self) -> bool:
        """Whether it begins with a quotation mark."""
        return self.words.startswith(("“", '"', "‘", "'", "«", "``"))

    @cached_property
    def titled(self) -> bool:
        """Whether it is in title case."""
        longer = [word.strip(_AROUND) for word in self._raw]
        longer = [word for word in longer if len(word) >= LONGER_WORD and word[0].isalpha()]
        small = [word for word in longer if word[0].islower() and word not in self.layout.title_small]
        return any(word[0].isupper() for word in longer) and len(small) <= len(longer) // SMALL_IN

    @cached_property
    def shouted(self) -> bool:
        """Whether it is in capitals throughout."""
        letters = [letter for letter in self.words if letter.isalpha()]
        return bool(letters) and all(letter.isupper() for letter in letters)

    @cached_property
    def finite(self) -> bool:
        """Whether a word shows that it has a finite verb."""
        return any(piece in self.layout.finite_words or piece.endswith(("n't", "'re", "'ve", "'ll", "'m")) for piece in self.pieces)

    @cached_property
    def speech(self) -> bool:
        """Whether there is a verb of saying."""
        return bool(_SPEECH.search(self.words))

    @cached_property
    def listed(self) -> bool:
        """Whether it begins as an item of a list does."""
        return bool(_LIST_ITEM.match(self.words))

    @cached_property
    def tabular(self) -> bool:
        """Whether it looks like a row of a table."""
        return bool(_TABULAR.search(self.words))

    @cached_property
    def linked(self) -> bool:
        """Whether there is an address or a handle."""
        return bool(_HANDLE.search(self.words))

    @cached_property
    def _raw(self) -> list[str]:
        return self.words.split(" ") if self.words else []


def look_at(words: str, layout: LayoutWords) -> Look:
    """The looks of a block."""
    return Look(" ".join(words.split()), layout)


def bare(look: Look, layout: LayoutWords) -> bool:
    """Whether a block may be no paragraph: short, and no closed sentence, quote, list item or talk."""
    if look.count > LONGEST_BARE or look.listed or look.sentences > 1:
        return False
    if look.words.rstrip(":").lower() in layout.common_headings or look.words.rstrip(":").lower() in layout.source_headings:
        return True
    if look.closed:  # "pilgrims at the old mosque in 2008." was cut from under a picture
        return (
            look.words[:1].islower()
            and not look.finite
            and not look.speech
            and look.count <= 12
            and any(p in layout.place_prepositions for p in look.pieces)
        )
    if look.words.endswith((":", ",", "—", "–", "-")):
        return look.words.endswith(":") and look.count <= 4 and (look.titled or look.shouted) and not look.finite
    if look.words.endswith(";") and any(letter.isdigit() for letter in look.words):
        return False
    if look.quoted and look.count > LONGEST_QUOTED_HEADING:
        return False
    if look.count > LONGEST_QUOTED_HEADING and (look.speech or _MARKS.search(look.words)):
        return False
    return not look.linked


def reads_on(look: Look, *, capitals: bool) -> bool:
    """Whether a bare block inside a story reads as a sentence that merely lacks its full stop, or as a question put to somebody."""
    if capitals and look.count > LONGEST_WIRE_HEADING and not look.words.endswith(":"):
        return look.words.lower() not in look.layout.common_headings
    if look.words.endswith("?"):
        return capitals or look.count > LONGEST_HEADING or look.words.startswith("[")
    if look.finite:
        return look.count > LONGEST_HEADING or look.pieces[0] in ("i", "we", "he", "she", "they", "it", "you", "there")
    return look.count > (LONGEST_HEADING if look.titled else LONGEST_CAPTION)


def caption_score(look: Look, layout: LayoutWords) -> float:
    """How much a block looks like the words under a picture."""
    score = 0.0
    known = look.words.rstrip(":").lower() in layout.common_headings
    if look.finite or known or look.shouted:
        return 0.0
    if look.words[:1].islower():
        score += 2
    if look.pieces[0] in layout.determiners and not (look.titled and look.count <= 4):
        score += 2
    if not look.titled and any(piece in layout.caption_words for piece in look.pieces):
        score += 1.5
    if not look.titled and _ends_in_place(look, layout):
        score += 1
    if _YEAR_OR_DAY.search(look.words):
        score += 1
    if look.pieces[0] in layout.person_titles and look.count >= 3:
        score += 1.5
    if look.count >= 7 and not look.titled:
        score += 1
    return score


def heading_score(look: Look, layout: LayoutWords, *, capitals: bool) -> float:
    """How much a block looks like a heading inside a story."""
    score = 0.0
    if look.words.rstrip(":").lower() in layout.common_headings:
        score += 5
    if look.titled and look.words[:1].isupper():
        score += 2
    if look.count <= 3:
        score += 2
    elif look.count <= 5:
        score += 1
    if look.words.endswith("?"):
        score += 2
    if look.words.endswith(":"):
        score += 3
    if look.shouted and not capitals:
        score += 2
    if look.pieces[0] in layout.heading_starts:
        score += 2
    return score


def classify_head(looks: Sequence[Look], headline: str | None, layout: LayoutWords, *, has_headline: bool) -> list[PartKind]:
    """The kinds of the bare blocks that stand above a story, in order: at most one headline, decks and captions around it."""
    known = " ".join(headline.split()).rstrip(".").lower() if headline else None
    best, best_score = None, -3.5
    for number, look in enumerate(looks):
        score = 2.0 if number == 0 else 0.0
        score += 10 if known and look.words.rstrip(".").lower() == known else 0
        score += 2 if look.titled else 0
        score += 1 if look.count >= 6 else 0
        score += 1 if look.finite or _third_person(look) else 0
        score -= 1 + caption_score(look, layout) if caption_score(look, layout) >= 2 else 0
        score -= 3 if look.words.rstrip(":").lower() in layout.common_headings or look.words.endswith(":") or look.closed else 0
        if score > best_score:
            best, best_score = number, score
    kinds: list[PartKind] = []
    for number, look in enumerate(looks):
        if number == best and not has_headline:
            kinds.append("headline")
        elif caption_score(look, layout) >= (1 if best is not None and number < best else 2) or look.closed:
            kinds.append("caption")
        else:
            kinds.append("deck")
    return kinds


def _third_person(look: Look) -> bool:
    """Signs of a headline's verb: a word in -s or -ed after the first that is followed by more words."""
    return any(len(piece) > 3 and piece.endswith(("s", "ed")) and not piece.endswith(("ss", "'s")) for piece in look.pieces[1:-1])


def _ends_in_place(look: Look, layout: LayoutWords) -> bool:
    """Whether the words close with a preposition and a name: "… in Port Vela"."""
    raw = look.words.rstrip(".").split(" ")
    at = len(raw)
    while at > 1 and (raw[at - 1][:1].isupper() or raw[at - 1] in ("the", "of")):
        at -= 1
    return at < len(raw) and raw[at - 1].lower() in layout.place_prepositions
