"""Which language a text is in.

In: a text, and the language its material declares. Out: an ISO 639-1 code (639-3 for a language that has none), with
how it was found. "Cinq personnes ont été tuées mardi dans le village." gives "fr"; an English report full of foreign
names stays "en".
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from presstime.records import Record

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["Language", "identify_language"]

MIN_LETTERS = 40
"""Under 40 letters the identifier is wrong too often to be trusted on text in Latin script."""
ENGLISH_SHARE = 0.5
"""A text is English when at least half of its letters stand in English paragraphs."""
MAX_PARAGRAPH = 2000
MAX_PARAGRAPHS = 200
"""The first 200 paragraphs, 2,000 characters of each, are more than enough to tell."""
MARGIN = 0.3
"""How far another language must be ahead of English, in log-likelihood a character. Measured: English news at most 0.12
(a caption full of names), Nigerian Pidgin 0.5, Danish 1.3, French 2.2."""
UPPER_SHARE = 0.7
"""Teletype copy is all upper case, which the identifier was not made for: it is lowered first."""

_CODE = re.compile(r"([a-z]{2})(?:[-_][A-Za-z0-9-_]*)?", re.IGNORECASE)
_NO_WORDS = re.compile(r"https?://\S+|\S+@\S+|[@#]\w+|\d+")


class Language(Record, frozen=True):
    """An ISO 639 code, and how it was found: "identified", "declared" or "assumed"."""

    code: str
    how: str


def identify_language(text: str, declared: str | None = None) -> Language:
    """The language of `text`. What the material declares counts only where the text is too short to tell by.

    A short text in Latin script of which nothing is declared is assumed to be English: leaving it unread would lose
    it, and `how` says that it was assumed.
    """
    weights: dict[str, int] = defaultdict(int)
    pieces = [piece for piece in re.split(r"\n\s*\n", text) if piece.strip()][:MAX_PARAGRAPHS]
    cleaned = [_NO_WORDS.sub(" ", piece[:MAX_PARAGRAPH]) for piece in pieces]
    whole = " ".join(cleaned)
    letters = _letters(whole)
    latin = sum(1 for char in whole if char.isalpha() and char < "\u0250")
    if letters < MIN_LETTERS and latin * 2 >= letters:
        stated = _CODE.fullmatch(declared.strip()) if declared else None
        return Language(code=stated[1].lower(), how="declared") if stated else Language(code="en", how="assumed")
    short = ""
    for piece in cleaned:
        # Captions and headings are too short alone, so they are told together with what follows them.
        short = f"{short} {piece}" if short else piece
        if _letters(short) >= MIN_LETTERS:
            weights[_classify(short)] += _letters(short)
            short = ""
    if short and not weights:
        weights[_classify(short)] += _letters(short)
    if weights["en"] >= ENGLISH_SHARE * sum(weights.values()):
        return Language(code="en", how="identified")
    return Language(code=max(sorted(weights), key=lambda code: weights[code]), how="identified")


def _classify(text: str) -> str:
    upper = sum(1 for char in text if char.isupper())
    if upper > UPPER_SHARE * max(1, _letters(text)):
        text = text.lower()
    scores = dict(_identifier().rank(text))
    scores.pop("zxx", None)  # the identifier's code for what is no language
    best = max(scores, key=lambda code: scores[code])
    return "en" if scores[best] - scores["en"] < MARGIN * len(text) else str(best)


def _letters(text: str) -> int:
    return sum(1 for char in text if char.isalpha())


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    # Its model takes a second to load, so it is loaded when the first text needs it, and apart from py3langid's
    # own shared one, which other code could restrict to some languages.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
