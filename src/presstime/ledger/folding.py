"""Words as they are searched for: one case, plain Latin letters, so that spellings of one name meet.

Comes in: text in any script. Goes out: the text folded, and where a folded word stands in the text's own characters.
Example: "Степанакерт", "Step'anakert" and "STEPANAKERT" are all folded to "stepanakert"; "Şuşa" and "Susa" to "susa".
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

__all__ = ["add_functions", "broad", "fold", "locate", "phrases_of", "word_key"]

_BY_HAND = {"ə": "a", "Ə": "a", "ǝ": "a"}
"""Letters that one expects under another plain letter than anyascii's table has: Azerbaijani names in English have an a."""
_INSIDE = re.compile(r"(?<=[a-z0-9])['`](?=[a-z]{2})")
"""An apostrophe inside a name (Step'anakert, O'Brien), or a soft sign; not the one before a possessive s."""
_QUOTES = re.compile("[“”„«»]")
_APART = re.compile(r"[^a-z0-9'`]+")
_BROAD = tuple(
    (re.compile(pattern), plain) for pattern, plain in (("shch|sch|sh", "s"), ("tch|ch", "c"), ("zh|dzh|dj", "z"), ("kh", "h"), ("gh", "g"))
)


class _Letters(dict[int, str]):
    """A table for str.translate that fills itself: each character's plain letters, small."""

    def __missing__(self, code: int) -> str:
        from anyascii import anyascii

        character = chr(code)
        self[code] = found = (_BY_HAND.get(character) or anyascii(character)).lower()
        return found


_LETTERS = _Letters()


def fold(text: str | None) -> str:
    """The text in small plain letters. Two texts that differ in case, accents, script or apostrophes within names fold alike."""
    if not text:
        return ""
    plain = text.lower() if text.isascii() else text.translate(_LETTERS)
    return _INSIDE.sub("", plain) if "'" in plain or "`" in plain else plain


def broad(text: str | None) -> str:
    """A name folded further, for names only: how a letter is written with two makes no difference (Shusha, Şuşa)."""
    plain = fold(text)
    for pattern, letter in _BROAD:
        plain = pattern.sub(letter, plain)
    return plain


def phrases_of(query: str) -> tuple[str, ...]:
    """The words of a query, folded; words between double quotes are one phrase. Empty where nothing in it can be found."""
    straight = _QUOTES.sub('"', query)
    found = (_APART.sub(" ", fold(quoted or bare)).strip() for quoted, bare in re.findall(r'"([^"]*)"|([^\s"]+)', straight))
    return tuple(phrase for phrase in found if any(char.isalnum() for char in phrase))


@lru_cache(maxsize=256)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Matches any of the phrases in a text that is folded but for apostrophes within words."""
    each = (r"[^a-z0-9]+".join("['`]?".join(word) for word in re.findall(r"[a-z0-9]+", phrase)) for phrase in phrases)
    return re.compile("|".join(rf"(?<![a-z0-9]){words}(?![a-z0-9])" for words in each if words) or r"(?!)")


def locate(text: str, phrases: tuple[str, ...], limit: int = 20) -> Iterator[tuple[int, int]]:
    """Where the first `limit` occurrences of phrases stand in the text's own characters: start and end of each."""
    if text.isascii():
        plain, starts = text.lower(), None
    else:
        plain = text.translate(_LETTERS)
        starts = None if len(plain) == len(text) else [0, *accumulate(len(_LETTERS[ord(character)]) for character in text)]
    for number, match in enumerate(_pattern(phrases).finditer(plain)):
        if number == limit:
            return
        yield match.span() if starts is None else _own(starts, *match.span())


def _own(starts: list[int], start: int, end: int) -> tuple[int, int]:
    return bisect_right(starts, start) - 1, bisect_left(starts, end)


def word_key(identifier: str) -> int:
    """A row's number made from an id, the same for the same id: it stays when rows are renumbered."""
    return int.from_bytes(hashlib.blake2b(identifier.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def add_functions(connection: sqlite3.Connection) -> None:
    """Give a connection what the triggers of the folded words call."""
    connection.create_function("fold", 1, fold, deterministic=True)
    connection.create_function("broad", 1, broad, deterministic=True)
    connection.create_function("word_key", 1, word_key, deterministic=True)
    connection.create_function("concat_words", -1, lambda *words: " ".join(word for word in words if word), deterministic=True)
