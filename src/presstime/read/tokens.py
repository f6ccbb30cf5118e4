"""Text → words, by rule.

In: a text and the stretch of it to cut. Out: the start and end of every word, in the manner of the treebanks the
parser was trained on: marks stand alone, clitics and the parts of a hyphened word are words, abbreviations,
numbers, addresses and handles stay whole.

Example: "didn't say U.S.-backed, he" → did | n't | say | U.S. | - | backed | , | he
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from unicodedata import combining

__all__ = ["starts_after_hour", "tokenise"]

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”]+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+|@\w+|#[^\W\d]\w*"
    r"|[\w-]{1,64}(?:\.[\w-]{1,64}){0,12}\.(?:com|org|net|gov|edu|info|co\.\w\w|co|uk|us|ru|am|az|tr|de|fr|eu|tv|io|int|xls|doc|pdf|html?|txt|jpe?g|docx|xlsx|ppt|zip|exe|unix|org\.\w\w)(?:/[^\s<>\"“”]*)?(?![\w.])",
    re.IGNORECASE,
)
_SMILEY = re.compile(r"[:;=8][-']?[)(DPp/\\|](?!\w)|<3|\^_\^")
_WHOLE = re.compile(r"e-mails?(?!\w)|[bw]/[co]?(?!\w)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*(?:/\d+)*(?:st|nd|rd|th|s)?(?![^\W_])", re.IGNORECASE)
_UNIT = re.compile(
    r"(\d+(?:[.,:]\d+)*)(?:am|pm|a\.m\.|p\.m\.|km|kg|mm|cm|ft|lb|lbs|mph|mg|ml|kw|mw|gb|mb|k|m|bn|hrs|min)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\d{3}-(?:\d{3}-)?\d{4}(?![\w-])")
_MARKS = re.compile(r"\.{2,}|…|-{2,}|_{2,}|={2,}|\*{2,}|!{2,}|\?{2,}|[!?]{2,}|''|``|<<|>>")
_CLITIC = re.compile(r"(?<=\w)(?:n['’´`]t|['’´`](?:s|re|ve|ll|d|m))(?!\w)", re.IGNORECASE)
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){2,}")
_GAP = 80
"""Characters of white space behind "etc." over which the next sentence is looked for."""
_WORD = re.compile(r"[^\W_]+(?:['’´`&_][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Table:
    abbreviations: frozenset[str]
    before_numbers: frozenset[str]
    also_words: frozenset[str]
    after_hours: frozenset[str]
    prefixes: frozenset[str]
    after_it_is: frozenset[str]
    splits: dict[str, int]


@cache
def _words() -> _Table:
    table = tomllib.loads((files("presstime.read") / "words/en/tokens.toml").read_text(encoding="utf-8"))
    lists = {k: frozenset(table[k]) for k in ("abbreviations", "before_numbers", "also_words", "after_hours", "prefixes", "after_it_is")}
    return _Table(**lists, splits=table["splits"])


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The words of text[start:end] as offsets into `text`, in order; every character but white space is in one."""
    found: list[tuple[int, int]] = []
    end = len(text) if end is None else end
    at = start
    while at < end:
        if text[at].isspace():
            at += 1
            continue
        stop = _next(text, at, end)
        found.extend(_cut(text, at, stop))
        at = stop
    return _its(text, found)


def _its(text: str, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cuts the "its" that is a misspelt "it's", by the word behind it: "its a pity"."""
    after = _words().after_it_is
    found = []
    for i, (a, b) in enumerate(words):
        if b - a == 3 and text[a:b].lower() == "its" and i + 1 < len(words) and text[slice(*words[i + 1])].lower() in after:
            found += [(a, a + 2), (a + 2, b)]
        else:
            found.append((a, b))
    return found


def starts_after_hour(words: Sequence[str], at: int) -> bool:
    """Whether the word at `at`, behind an "a.m." or "p.m.", starts a sentence: "at 2 p.m. Venning denied it"."""
    word = words[at]
    if not word[:1].isupper() or words[at - 1].lower() not in ("a.m.", "p.m."):
        return False
    return word.lower() not in _words().after_hours and "time" not in (w.lower() for w in words[at + 1 : at + 4])


def _next(text: str, at: int, end: int) -> int:
    """Where the written word that begins at `at` ends."""
    for pattern in (_ADDRESS, _SMILEY, _WHOLE, _PHONE, _UNIT, _NUMBER, _MARKS):
        match = pattern.match(text, at, end)
        if match:
            stop = match.end()
            if pattern is _ADDRESS:
                while stop - 1 > at and text[stop - 1] in ".,;:!?)]}'’":
                    stop -= 1
            elif pattern is _UNIT:
                stop = match.end(1)
            return stop
    if not text[at].isalnum():
        stop = at + 1
        while stop < end and combining(text[at]) and combining(text[stop]):  # accents heaped on one letter are one word, not thousands
            stop += 1
        return stop
    match = _ACRONYM.match(text, at, end)
    if match:
        return match.end()
    match = _WORD.match(text, at, end)
    stop = match.end() if match else at + 1
    if text[stop : stop + 1] == "-" and text[at:stop].lower() in _words().prefixes and (rest := _WORD.match(text, stop + 1, end)):
        return rest.end()
    if stop < end and text[stop] == "." and _keeps_stop(text, at, stop):
        stop += 1
    return stop


def _keeps_stop(text: str, at: int, stop: int) -> bool:
    word = text[at : stop + 1]
    table = _words()
    if len(word) == 2 and word[0].isupper():  # an initial
        return stop + 1 < len(text) and (text[stop + 1] == " " or text[stop + 1].isupper()) and word[0] != "I"
    low = word.lower()
    if low not in table.abbreviations:
        return False
    if low in table.before_numbers:
        return text[stop + 1 : stop + 3].strip()[:1].isdigit()
    if low == "etc.":  # at a sentence's end its stop is the sentence's
        return stop + 1 < len(text) and not text[stop + 1 : stop + 1 + _GAP].lstrip()[:1].isupper() and text[stop + 1] != "\n"
    if low in table.also_words:
        return word[0].isupper() and stop + 1 < len(text) and text[stop + 1] in " ," and _goes_on(text, stop + 1)
    return True


def _goes_on(text: str, at: int) -> bool:
    """Whether what follows an abbreviation reads on: a comma, a digit or a small letter."""
    rest = text[at : at + 3].lstrip()
    return rest[:1] in ",;" or rest[:1].isdigit() or rest[:1].islower()


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A written word → its grammatical words."""
    word = text[start:end]
    at = _words().splits.get(word.lower())
    if at:
        return [(start, start + at), (start + at, end)]
    if not any(c in "'’´`" for c in word) or _ADDRESS.match(word):
        return [(start, end)]
    found = []
    match = _CLITIC.search(word)
    while match and match.start() > 0:
        found.append((start, start + match.start()))
        start += match.start()
        word = text[start:end]
        if match.end() - match.start() == len(word):
            break
        match = _CLITIC.search(word, 1)
    found.append((start, end))
    return found
