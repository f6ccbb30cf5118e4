"""A place of an event → what tells it from other places, and whether two can be one.

In: a reading's place, the story's places. Out: a `Site`: the keys under which it is known (its gazetteer id, its names
folded), whether it is wider than a town, and in what it lies. A town and its district are compatible, two towns are not.

Example: "Velm" in Osk province and "the Osk region" → one lies within the other; "Velm" and "Arl" → two places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import msgspec

from presstime.combine.event_words import deed_words
from presstime.combine.names import name_key
from presstime.records import Context, Place

__all__ = ["NOWHERE", "Relation", "Site", "pooled", "relation", "site_of", "spellings", "text_around"]

MOST_NAMES = 12
"""Other names of a place that are kept: those the gazetteer names first, which are those in use."""
Relation = Literal["same", "within", "unknown", "apart"]
_WITHIN = re.compile(r"(?:['’]s?)?,? in (?:the )?|, (?:the )?")
_LISTED = re.compile(r",? and |, [A-Z]")
_POINTS = frozenset({"town", "camp", "facility"})
_WIDE = frozenset({"country", "region", "district", "front", "corridor"})


class Site(msgspec.Struct, frozen=True, array_like=True):
    """A place as it is compared. `keys` name it, an id ("geonames:1") before names; `within` name what it lies in."""

    keys: tuple[str, ...] = ()
    wide: bool = False
    within: tuple[str, ...] = ()
    country: str = ""


NOWHERE = Site()


@lru_cache(maxsize=8)
def spellings(context: Context) -> Mapping[str, str]:
    """The story's own places: every name, folded, → the one it goes by."""
    return {name_key(n): name_key(p.name) for p in context.places for n in (*p.names, p.name)}


def site_of(place: Place | None, spelled: Mapping[str, str], around: frozenset[str] = frozenset()) -> Site:
    """What a place is compared by. `around` are names that the text gives as that in which it lies ("Velm, Osk")."""
    if place is None or place.use != "literal":
        return NOWHERE
    names = dict.fromkeys(spelled.get(k, k) for n in (place.name, *place.names[:MOST_NAMES]) if (k := name_key(n)))
    own = name_key(place.name)
    wide = place.precision in _WIDE or place.kind in _WIDE
    wide = wide or (place.kind not in _POINTS and not deed_words().wide.isdisjoint(own.split()))
    inside = {name_key(place.province)} if place.province else set()
    inside |= {spelled.get(name_key(n), name_key(n)) for n in around}
    if place.country and place.precision != "country":
        inside.add(f"iso:{place.country}")
    keys = (*((place.gazetteer,) if place.gazetteer else ()), *names)
    return Site(keys, wide, tuple(sorted(inside - {own})), place.country or "")


def relation(a: Site, b: Site) -> Relation:
    """How two places stand to each other; "unknown" where one is not told, or nothing says whether one lies in the other."""
    if not a.keys or not b.keys:
        return "unknown"
    if _identified(a) and _identified(b):
        if a.keys[0] == b.keys[0]:
            return "same"
    elif not set(a.keys).isdisjoint(b.keys) and a.wide == b.wide:
        return "same"
    if _lies_in(a, b) or _lies_in(b, a):
        return "within"
    if a.country and b.country and a.country != b.country:
        return "apart"
    both = _identified(a) and _identified(b)
    return "unknown" if a.wide != b.wide or (a.wide and not both) else "apart"


def pooled(sites: Iterable[Site]) -> Mapping[Site, Site]:
    """Places with what any text says that they lie in; those to which nothing is added are left out."""
    inside: dict[str, set[str]] = {}
    different = set(sites)
    for site in different:
        for key in site.keys:
            inside.setdefault(key, set()).update(site.within)
    found: dict[Site, Site] = {}
    for site in different:
        more = {w for key in site.keys for w in inside[key]} - set(site.keys)
        if more > set(site.within):
            found[site] = msgspec.structs.replace(site, within=tuple(sorted(more)))
    return found


def _identified(site: Site) -> bool:
    return ":" in site.keys[0]


def _lies_in(small: Site, large: Site) -> bool:
    if not set(large.keys).isdisjoint(small.within):
        return True
    return large.wide and not small.wide and not {_bare(k) for k in large.keys}.isdisjoint(small.keys)


@lru_cache(maxsize=10_000)
def _bare(key: str) -> str:
    """The name of a region without the words that make it one: "velm district" is of "velm"."""
    return " ".join(w for w in key.split() if w not in deed_words().wide and w != "of")


def text_around(text: str, places: tuple[Place, ...], dateline: str | None) -> dict[str, frozenset[str]]:
    """What a text says its places lie in: "Velm, Osk", "Velm in Osk", "Osk's Velm", and so its dateline. Folded name → names."""
    found: dict[str, set[str]] = {}
    named = sorted((p for p in places if p.use == "literal"), key=lambda p: p.start)
    for one, other in pairwise(named):
        between, follows = text[one.end : other.start], text[other.end : other.end + 5]
        if name_key(one.name) == name_key(other.name):
            continue
        if re.fullmatch(r"['’]s ", between):
            found.setdefault(name_key(other.name), set()).add(one.name)
        elif _WITHIN.fullmatch(between) and not (between[0] == "," and _LISTED.match(follows)):
            found.setdefault(name_key(one.name), set()).add(other.name)
    head, _, tail = (dateline or "").partition(",")
    if head.strip() and tail.strip():
        found.setdefault(name_key(head), set()).add(tail.strip())
    return {name: frozenset(names) for name, names in found.items()}
