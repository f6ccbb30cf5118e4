"""Names → keys under which they are the same name. In: a name as written. Out: a folded key, or whether it is one.

Example: "The Ministry’s", "the ministry" and "MINISTRY" have one key; "three witnesses" is a description, no name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from presstime.read.lexicon import nouns

__all__ = ["is_named", "is_pronoun", "name_key", "singular_key"]

_EDGES = re.compile(r"^(?:the|a|an)\s+|['’]s?$")
_OTHER = re.compile(r"[^a-z0-9]+")
_PRONOUNS = frozenset(nouns().pronouns) | {"you", "me", "us", "its", "their", "our", "my", "this", "that", "these", "those", "who", "one"}


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """A name without case, accents, article, possessive and marks; other scripts are transliterated."""
    folded = _EDGES.sub("", anyascii(name).lower().strip())
    return _OTHER.sub(" ", _EDGES.sub("", folded)).strip()


@lru_cache(maxsize=50_000)
def singular_key(name: str) -> str:
    """A key under which one thing and several of it meet: "houses" and "house", "fishermen" and "fisherman"."""
    words = name_key(name).split()
    return " ".join(w[:-3] + "man" if w.endswith("men") else w.removesuffix("s") if len(w) > 3 else w for w in words)


@lru_cache(maxsize=50_000)
def is_named(name: str) -> bool:
    """Whether words name somebody: a capital past the first word, or a single capitalised word that is no pronoun.

    "three witnesses" and "the ministry" stand for somebody else in the next document. Scripts without capitals name.
    """
    words = [w for w in re.findall(r"\w+", name) if w.lower() not in ("the", "a", "an")]
    if not words or is_pronoun(name):
        return False
    return any(not w[0].islower() for w in words) and not words[0].isdigit()


@lru_cache(maxsize=50_000)
def is_pronoun(name: str) -> bool:
    """Whether a name is no more than a pronoun, whose bearer was not found ("She", "We")."""
    words = re.findall(r"\w+", name.lower())
    return bool(words) and words[0] in _PRONOUNS and len(words) == 1
