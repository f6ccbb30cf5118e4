"""A first-level division of the gazetteer → the name that English news has for it.

Comes in: a division, and the gazetteer. Goes out: its name without the word for "province" in its own language, and, where
the rest is another spelling of a town that lies in it, as that town is called. Nothing is invented: what no town bears is
left as it is but for that word. Example: "Muhafazat al Hudaydah", in which Hodeidah lies → "Hodeidah".
"""

from __future__ import annotations

import re
from functools import cache

from presstime.gazetteer import Candidate, Gazetteer
from presstime.read.place_words import word_lists

__all__ = ["division_name"]

_MARKS = re.compile(r"['’‘`ʼ]")
"""Marks of a transliteration, which print leaves out: "T'bilisi", "Sha`biyat"."""
_ARMENIAN, _GENITIVE = "Marz", "i"
"""The Armenian word for a province, and how a name ends before it: "Syunik'i Marz"."""


def division_name(division: Candidate, gazetteer: Gazetteer) -> str:
    """The name a division is shown under."""
    bare = _bare(division.name)
    marked = _MARKS.search(bare) is not None
    if bare == division.name and not marked:
        return division.name
    towns = (c.name for c in gazetteer.candidates(bare) if c.kind == "town" and c.admin1 == division.id)
    plain = (name for name in towns if name.isascii() and not _MARKS.search(name))
    return next(plain, bare)


@cache
def _bare(name: str) -> str:
    """A division's name without the word for what it is."""
    lists = word_lists()
    first, _, rest = name.partition(" ")
    if rest and first in lists.divisions_first:
        rest = rest.removeprefix("de ").strip("`'’‘")
        return rest[:1].upper() + rest[1:]
    start, _, last = name.rpartition(" ")
    if not start or last not in lists.divisions_last:
        return name
    return _MARKS.sub("", start.removesuffix(_GENITIVE)) if last == _ARMENIAN else start
