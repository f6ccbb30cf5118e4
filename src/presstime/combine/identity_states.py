"""What a document writes of a name that shows that it stands for a government.

In: a reading. Out: names of lands, and of cities that stand for the government there, each as it is written. Example:
"Ostria recalled its ambassador", "the Ostrian embassy", "the government in Velm" → Ostria, Ostrian, Velm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presstime.combine.identity_words import lists
from presstime.combine.names import name_key
from presstime.records import Reading

__all__ = ["government_place", "places_told", "states_told"]

_LAND = r"(?P<land>[A-Z][\w’'-]*[^\W\d_’'](?:\s[A-Z][\w-]+)?)"
_TOLD = (
    (
        ("recalled", "withdrew", "summoned", "expelled"),
        re.compile(
            _LAND
            + r"\s+(?:has\s+|had\s+)?(?:recalled|withdrew|summoned|expelled)"
            + r"\s+(?:its|the|[A-Z][\w’'-]+)\s+(?:ambassador|envoy|charg|diplomat)"
        ),
    ),
    (
        ("ambassador", "envoy"),
        re.compile(r"\b(?:ambassador|envoy)s? (?:from|to|in) (?:neighbou?ring )?" + _LAND),
    ),
    (
        ("s embassy", "s ambassador", "s border", "s airspace", "s frontier", "s coast", "s consulate"),
        re.compile(
            _LAND
            + r"[’']s (?:embassy|ambassador|borders?|airspace|frontier|border (?:service|guards?|police|troops)|coast ?guard|consulate)\b",
            re.ASCII,
        ),
    ),
    (
        ("uchy of ", "rincipality of ", "mirate of ", "ultanate of ", "epublic of ", "ingdom of "),
        re.compile(r"\b(?:[Dd]uchy|[Pp]rincipality|[Ee]mirate|[Ss]ultanate|[Rr]epublic|[Kk]ingdom) of " + _LAND),
    ),
)
"""What tells of a land; before each the words of which one must stand in the text, which are found much sooner."""
_SEAT = re.compile(r"\b(?:[Ee]mbassy|[Gg]overnment|[Aa]uthorities|[Ll]eadership) in " + _LAND)
_SEATED = ("mbassy in ", "overnment in ", "uthorities in ", "eadership in ")
_PEOPLE = re.compile(
    r"\b(?P<land>[A-Z][\w-]+(?:i|an|ian|ese|ish))\s+"
    r"(?:[Ee]mbassy|[Aa]mbassador|[Nn]avy|(?:[Ff]oreign|[Dd]efen[cs]e) [Mm]inist(?:ry|er)|[Pp]rime [Mm]inister)\b"
)
_OF_PEOPLE = ("mbassy", "mbassador", "avy", "oreign ", "efence ", "efense ", "rime ")
_OF_GOVERNMENT = re.compile(
    r"^(?:[Tt]he\s+)?(?:(?:government|authorities|leadership|administration)\s+(?:in|of)\s+(?:the\s+)?(?P<a>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)"
    r"|(?P<b>[A-Z][\w-]+(?:\s[A-Z][\w-]+)??)(?:[’']s?)?\s+(?:government|authorities|leadership|administration|side|regime))$"
)
_MOST = 12
"""Places of a document that are looked at."""


def states_told(reading: Reading) -> Iterator[str]:
    """Names that stand for a government, by what the text says of them or by the dateline."""
    text = reading.document.text
    if re.search(
        r"[Ee]mbassy|mbassador|[Ee]nvoy|diplomat|border|frontier|airspace|coast|consulate|[Gg]overnment in|uthorities in| of [A-Z]", text
    ):
        for needed, pattern in _TOLD:
            if any(words in text for words in needed):
                yield from (m["land"] for m in pattern.finditer(text))
    if any(words in text for words in _OF_PEOPLE):
        yield from (m["land"] for m in _PEOPLE.finditer(text))
    _, _, land = (reading.document.dateline or "").partition(",")
    if re.fullmatch(r"\s*[A-Z][a-z][\w -]+", land):
        yield land.strip()


def places_told(reading: Reading) -> list[str]:
    """Seats of governments, and places that no gazetteer knows: a speaker of such a name is the government there, no person."""
    unknown = [p.name for p in reading.places if p.gazetteer is None and p.use == "literal" and p.name[:1].isupper()]
    text = reading.document.text
    seats = [m["land"] for m in _SEAT.finditer(text)] if any(words in text for words in _SEATED) else []
    return list(dict.fromkeys((*seats, *unknown)))[:_MOST]


def government_place(name: str) -> str | None:
    """The place in a name for a government: "authorities in Velm", "Ostria's leadership", "the Ostrian side"."""
    match = _OF_GOVERNMENT.match(name)
    found = (match["a"] or match["b"]) if match else None
    if found is None or any(w in lists().generic or w in lists().heads for w in name_key(found).split()):
        return None
    return found
