"""A place's other names → which of them a text may use, and in which script they are; ids made of names.

Comes in: names as GeoNames has them. Goes out: plain answers that the shipped file's build and the loading of a dump
share. Example: "Xankəndi" is LATIN and usable; "lun dun" and "SVO" are not usable.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from presstime.gazetteer.names import fold

__all__ = ["GENERIC", "MANY_SCRIPTS", "SCRIPTS", "script", "slug", "usable"]

MANY_SCRIPTS = 100_000
"""Towns of so many people keep their names in the scripts below too; smaller ones only those in Latin letters."""
SCRIPTS = ("CYRILLIC", "ARMENIAN", "GEORGIAN", "ARABIC", "HEBREW", "GREEK")
GENERIC = re.compile(
    r"^(?:Departement (?:de la |de l'|des |du |de |d')|Gouvernorat (?:de |du |d')|Provincia de |Departamento de |Judetul |Oblast "
    r"|(?:Province|Region|Mayorality|Municipality) of )"
    r"|(?: (?:Sheng|Shi|Zizhiqu|Province|Oblast'?|Region|Governorate|State|Krai|Rayon|Raion|District|Department|Prefecture|Parish"
    r"|Voivodeship|Canton|Municipality|Emirate|Division|Autonomous Region))+$",
    re.IGNORECASE,
)
"""The generic words around a division's name in GeoNames; its name without them is kept as another name."""


@lru_cache(maxsize=65536)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]


def script(name: str) -> str:
    """The script of a name's letters, as Unicode calls it: LATIN, CYRILLIC…; "" where it is mixed, or has digits."""
    found = {_script_of(c) for c in name if c.isalpha()}
    return found.pop() if len(found) == 1 and not any(c.isdigit() for c in name) else ""


def usable(name: str) -> bool:
    """Whether an alternate name is one a text may use: not a bare transliteration, a code, or two letters."""
    return len(name) > 2 and (name[0].isupper() or not name[0].isascii()) and not (name.isupper() and name.isascii() and len(name) <= 4)


def slug(*parts: str) -> str:
    """The parts as an id: "US", "CA", "Orange County" → "US.CA.orange-county"."""
    return ".".join(part if part.isupper() else fold(part).replace(" ", "-") for part in parts if part)
