"""Names → keys under which they are the same name. In: a name as written. Out: a folded key.

Example: "The Ministry’s", "the ministry" and "MINISTRY" have one key.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

__all__ = ["name_key"]

_EDGES = re.compile(r"^(?:the|a|an)\s+|['’]s?$")
_OTHER = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """A name without case, accents, article, possessive and marks; other scripts are transliterated."""
    folded = _EDGES.sub("", anyascii(name).lower().strip())
    return _OTHER.sub(" ", _EDGES.sub("", folded)).strip()
