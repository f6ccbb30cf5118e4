"""A place's name → the key under which it is looked up: two spellings that a reader takes for the same give one key.

Example: "Şuşa", "SUSA" and "susa" all give "susa"; "St. Louis" gives "saint louis"; "Xankəndi" gives "xankendi".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold"]

# Letters that Unicode does not take apart into a base letter and a mark.
LETTERS = str.maketrans(
    {"ə": "e", "ǝ": "e", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "&": " and "}
)
APOSTROPHES = re.compile(r"['’‘ʻʼʹʾʿ`´.]")
BREAKS = re.compile(r"[\s\-–—‐‑/_,]+")
SHORT_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The key of a name: without case, accents, apostrophes, full stops, a leading "the"; hyphens are spaces."""
    if name.isascii():
        plain = name.lower().replace("&", " and ")
    else:
        lower = name.casefold().translate(LETTERS)
        plain = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    words = BREAKS.sub(" ", APOSTROPHES.sub("", plain)).split()
    if len(words) > 1:
        if words[0] == "the":
            words = words[1:]
        if words[0] in SHORT_WORDS and len(words) > 1:
            words[0] = SHORT_WORDS[words[0]]
    return " ".join(words)
