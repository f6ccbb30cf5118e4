"""A sentence being written, and how it becomes tokens with entity tags.

In: a sentence with the character spans of its names. Out: words in the treebanks' manner, whether a space follows each,
and BIO tags. Example: "Ana Bel didn't go." with a span over "Ana Bel" → Ana/B-PERSON Bel/I-PERSON did n't go .
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

__all__ = ["LOWER_NAMES", "Text", "curl", "headline_case", "tokenise"]

_ARTICLE_BEFORE = re.compile(r"(?:^|[\s\"(—])([Aa])n? $")
_NO_THE_AFTER = re.compile(
    r"(?:^|[\s\"(—])(?i:the|a|an|this|their|its|his|her|our|my|another|new|former)\s$"
    r"|['\u2019]s?\s$|\b[A-Z]\w+(?:ian|ish|ese)\s$"
)
_ABBREVIATIONS = (
    "Gen|Lt|Col|Maj|Brig|Capt|Sgt|Cpl|Pvt|Pfc|Adm|Sen|Rep|Gov|Rev|Dr|Mr|Mrs|Ms|Prof|St|Jr|Sr|"
    "Co|Corp|Inc|Ltd|Mt|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec|vs|etc"
)
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"  # U.S., p.m.
    r"|(?:" + _ABBREVIATIONS + r")\.(?!\w)"
    r"|\b[A-Z]\.(?=\s\S)"  # an initial
    r"|\w+\.(?:am|com|ru|org|net|az|ge)\b"
    r"|\d+(?:[.,:]\d+)*(?!\w)"
    r"|[A-Z]&[A-Z]\w*"
    r"|can(?=not\b)"
    r"|[A-Za-z]+?(?=n['\u2019]t\b)|n['\u2019]t\b"
    r"|['\u2019](?:s|re|ll|ve|d|m)\b"
    r"|\w+(?:['\u2019](?!(?:s|re|ll|ve|d|m|t)\b)\w+)*"
    r"|\.\.\.|--"
    r"|\S"
)
_VOWEL_SOUND = re.compile(
    r"(?!U\.|UN|UK|US\b|EU|Uni[^n]|Ukr|Uga|Uru|Eur|One|USG|UGT|UNA)[AEIOUaeiouÅÉÍÓÚÖİÜ]"
    r"|8|11|18\b|(?:hour|honou?r)|[FHLMNRSX][A-Z]{1,2}\b|[FHLMNRSX]-?\d"
)
_SMALL = {
    "of", "in", "on", "at", "to", "for", "by", "with", "and", "or", "the", "a", "an", "as",
    "from", "but", "nor", "over", "after",
}  # fmt: skip
LOWER_NAMES = ("dpa", "easyJet", "eNCA")


@dataclass
class Text:
    """A sentence being written, with the character spans of its entities."""

    text: str = ""
    spans: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, value: str, label: str = "", article: bool = False) -> None:
        """Append a slot's value, setting its article and the "a" or "an" before it."""
        before = _ARTICLE_BEFORE.search(self.text)
        if before is not None:
            letter = before.group(1)
            self.text = self.text[: before.start(1)] + letter
            self.text += "n " if _VOWEL_SOUND.match(value) else " "
        at_start = self.text in ("", '"')
        if article and not _NO_THE_AFTER.search(self.text):
            self.text += "The " if at_start else "the "
            at_start = False
        if at_start and not value.startswith(LOWER_NAMES):
            value = value[0].upper() + value[1:]
        if label:
            self.spans.append((len(self.text), len(self.text) + len(value), label))
        self.text += value


def tokenise(text: Text) -> tuple[list[str], list[bool], list[str]]:
    """Tokens, whether a space follows each, and BIO tags."""
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    inside: tuple[int, int, str] | None = None
    for match in _TOKEN.finditer(text.text):
        start, end = match.span()
        span = next((s for s in text.spans if s[0] < end and start < s[1]), None)
        if span is None:
            tags.append("O")
        else:
            tags.append(("I-" if span is inside else "B-") + span[2])
        inside = span
        words.append(match.group())
        spaces.append(end < len(text.text) and text.text[end].isspace())
    if spaces:
        spaces[-1] = True
    return words, spaces, tags


def curl(text: Text) -> Text:
    """The same text with typographic quotation marks."""
    value = re.sub(r"(^|[\s(—])\"", "\\1“", text.text).replace('"', "”").replace("'", "\u2019")
    return Text(value, text.spans)


def headline_case(words: list[str]) -> list[str]:
    """Capitalise the words of a sentence as a headline does."""
    return [
        word if (i and word.lower() in _SMALL) or not word[0].islower()
        or word in ("n't", "n\u2019t")
        else word[0].upper() + word[1:]
        for i, word in enumerate(words)
    ]  # fmt: skip
