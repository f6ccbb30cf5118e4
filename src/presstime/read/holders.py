"""The toponyms of a document → for each, the country, region or district that the words say it lies in.

Comes in: toponyms and the gazetteer. Goes out: the region or country by the number of the toponym that it holds; and
which toponyms a country stands behind that has no place of their name. Only a holder with a place of the name counts.
Example: "the Argentine city of Cordoba" is in Argentina, "Tripoli in northern Lebanon" in Lebanon.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from presstime.gazetteer import Candidate, Gazetteer
from presstime.read.minor_places import placed
from presstime.read.toponyms import Toponym

__all__ = ["containers", "distance", "inside"]

FAR = 60
"""The characters between a place and the one that holds it are no more than so many."""
_KIND = (
    r"(?:(?:[a-z]+ern|north|south|east|west|capital|city|town|village|port|resort|coastal|border|first|second|third|(?:second-|third-)?largest|biggest"
    r"|main|mountain|island|oil|historic|ancient|holy|old|central|province|region|district|state|county|department|municipality|suburb),? )"
)
HELD = re.compile(
    rf", | \(| in (?:the )?{_KIND}{{0,2}}|, in (?:the )?{_KIND}{{0,2}}|, (?:the |an? ){_KIND}{{1,4}}(?:of|in) (?:the )?{_KIND}{{0,2}}"
)
"""What stands between a place and the one that holds it: "Lviv, a city in western Ukraine"."""
POSSESSED = re.compile(rf"['’]s? {_KIND}{{0,4}}(?:of )?")
PEOPLES = re.compile(rf" {_KIND}{{1,4}}(?:of )?")
BARE = 3
"""The characters of "'s " alone."""
LIST = re.compile(r",? (?:and|or) (?:the |in )?|, (?:the |in )?")
"""What stands between the places of a list."""
REGION_KM = 150.0
"""A town is taken to lie in a region of our own tables, which GeoNames has under another id, up to so far from its middle."""


def containers(text: str, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> tuple[dict[int, Candidate], set[int]]:
    """For "Paris, Texas" and "Macon, Ga.": the number of the first toponym, and the region or country behind it.

    And the numbers of those behind which a country stands that has no place of the name: none elsewhere is meant.
    """
    found: dict[int, Candidate] = {}
    nowhere: set[int] = set()
    for number, a in enumerate(toponyms):
        b = toponyms[number + 1] if number + 1 < len(toponyms) else None
        if a.role != "place":
            continue
        outer: list[Candidate] = []
        if b is not None and b.role == "place" and b.start - a.end < FAR and HELD.fullmatch(text[a.end : b.start]):
            outer = [c for c in gazetteer.candidates(b.key, short=True) if c.kind in ("country", "region", "district")]
        elif text[a.end : a.end + 2] == ", ":
            outer = [c for c in gazetteer.candidates(abbreviation(text, a.end + 2), short=True) if c.match == "short"]
        inner = gazetteer.candidates(a.key) if outer else ()
        for c in outer:
            if any(inside(i, c) and placed(i, c, inner) for i in inner):
                found[number] = c
                break
        else:
            lands = {c.country for c in outer if c.kind in ("country", "region")}
            if number and (holder := holding(text, toponyms[number - 1], a, gazetteer)) is not None:
                found[number] = holder
            elif b is not None and inner and lands and apposed(text, toponyms, number):
                held = any(c.kind == "country" or c.country is None or c.country in lands for c in inner)
                nowhere |= set() if held else {number}
    return found, nowhere


def holding(text: str, before: Toponym, a: Toponym, gazetteer: Gazetteer) -> Candidate | None:
    """The country in front that holds a place: "Lebanon's second city, Tripoli", "the Argentine city of Cordoba"."""
    between = text[before.end : a.start]
    if len(between) > FAR or not (POSSESSED if before.role == "place" else PEOPLES).fullmatch(between):
        return None
    outer = [gazetteer.demonym(before.key)] if before.role == "demonym" else gazetteer.candidates(before.key)
    inner = gazetteer.candidates(a.key)
    if before.role == "place" and len(between) <= BARE and any(c.kind == "country" for c in inner):  # "Turkey's Cyprus policy"
        return None
    holders = (c for c in outer if c is not None and c.kind == "country")
    return next((c for c in holders if any(inside(i, c) and placed(i, c, inner) for i in inner)), None)


def apposed(text: str, toponyms: Sequence[Toponym], number: int) -> bool:
    """Whether a place and the one behind it stand between commas, "in Santiago, Panama," and are no list of places."""
    a, b = toponyms[number], toponyms[number + 1]
    if text[a.end : b.start] != ", " or text[b.end : b.end + 1] not in (",", ".", ")", ";"):
        return False
    behind = text[b.end : toponyms[number + 2].start] if number + 2 < len(toponyms) else ""
    before = text[toponyms[number - 1].end : a.start] if number else ""
    return not (LIST.fullmatch(behind) or LIST.fullmatch(before))


def abbreviation(text: str, at: int) -> str:
    """The word from `at` on, with the full stops inside it: "N.C.", "Ga."."""
    end = at
    while end < len(text) and end - at < 8 and (text[end].isalpha() or text[end] == "."):
        end += 1
    return text[at:end]


def inside(place: Candidate, outer: Candidate) -> bool:
    """Whether a place lies in a country or region; of a district only whether both are in one region and near."""
    if place.id == outer.id:
        return False
    if outer.kind == "country":
        return place.country == outer.country and place.kind != "country"
    if outer.kind == "region" and place.admin1 is not None:
        ours = outer.id.startswith("presstime:") and place.country == outer.country and place.kind in ("town", "district")
        return place.admin1 == outer.id or (ours and distance(place, outer) < REGION_KM)
    return place.country == outer.country and place.kind in ("town", "district") and distance(place, outer) < 80


def distance(a: Candidate, b: Candidate) -> float:
    """Kilometres between two places, as the crow flies."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))
