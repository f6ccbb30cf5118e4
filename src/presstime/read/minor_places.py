"""Candidates for a toponym → those without the hamlets, hills and bridges that the document gives no reason for.

A dump of millions of places has hamlets called Hope, Central or Moscow. Of these one is meant only where the document
names the country it lies in, or another place there; and where two could be meant none is taken: a wrong place is worse
than none. Comes in: candidates with their points, best first. Goes out: those that stand. Places that are shipped are
never minor. Example: "Hope" in a document about Jordan is no hamlet in Arkansas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from presstime.gazetteer import Candidate

__all__ = ["major", "minor", "placed", "vouched"]

PEOPLE = 500
"""Places of fewer people are minor; the shipped gazetteer begins there too."""
KNOWN = 15_000
"""A town of so many people is known under its name without anything else being said."""
LEAD = 1.0
"""Points by which one minor place must lead over the others far from it: any of SAME_REGION, NEAR and KIND_SAID is enough."""
APART = 0.5
"""Degrees; entries nearer than this are taken for one place told twice (a village and its parish)."""

Ranked = list[tuple[float, Candidate]]


def minor(place: Candidate) -> bool:
    """Whether a place is one of the millions that only a loaded dump has: a hamlet, a small division, a site, terrain."""
    if place.feature is None or place.kind == "region":
        return False
    return place.population < PEOPLE or not place.feature.startswith("P.")


def major(order: Ranked) -> Ranked:
    """The candidates that are known without the document's word; what stands first tells the document's country."""
    return [pair for pair in order if not minor(pair[1])]


def vouched(order: Ranked, countries: Mapping[str, float], told_where: bool) -> Ranked:
    """The candidates that stand. `countries` are those the document's other places are in; `told_where`: "Hope, Arkansas"."""
    if told_where or not any(minor(c) for _, c in order):
        return order
    known, small = major(order), [pair for pair in order if minor(pair[1]) and countries.get(pair[1].country or "", 0.0) > 0]
    if known:
        best = known[0][1]
        elsewhere = countries.get(best.country or "", 0.0) <= 0
        if not small or best.kind != "town" or best.population >= KNOWN or not elsewhere:
            return known
    if not small:
        return []
    points, first = small[0]
    rivals = [c for p, c in small[1:] if points - p < LEAD and far(first, c)]
    return known if rivals else small


def placed(place: Candidate, outer: Candidate, bearers: Sequence[Candidate]) -> bool:
    """Whether a place may be what stands before "outer": "China, Russia and Iran" are no hamlet of China in Russia."""
    if not minor(place) or outer.kind != "country":
        return True
    return not any(not minor(c) and (c.kind in ("country", "region") or c.capital_of or c.population >= KNOWN) for c in bearers)


def far(a: Candidate, b: Candidate) -> bool:
    """Whether two places are surely not one."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return True
    return abs(a.lat - b.lat) > APART or abs(a.lon - b.lon) > APART
