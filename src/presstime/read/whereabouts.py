"""The toponyms of one document → for each, the one place of the gazetteer that is meant.

Comes in: toponyms, the gazetteer, the dateline, the story's region. Goes out: a `Choice` for each toponym. A name
means one place throughout a document unless a region stands behind it ("Paris, Texas"). What speaks for a candidate:
its population, that it is a country or a capital, the countries and regions of the document's other places, the kind
the words say ("village of"), the region named behind it. Example: "Florence" beside "Pisa" is in Italy.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from presstime.gazetteer import Candidate, Gazetteer, fold
from presstime.read.holders import containers, distance, inside
from presstime.read.minor_places import major, vouched
from presstime.read.place_words import word_lists
from presstime.read.toponyms import Toponym
from presstime.records import KnownPlace

__all__ = ["Choice", "choose"]

# Points for and against a candidate, next to the logarithm of its population. Set by hand, then moved one at a time on
# the two place corpora of `make bench`: SAME_REGION, NEAR, NEAR_KM and SURE were changed to what did better on both
# together; of the others no value tried was better on both (REGION and CAPITAL at 0 cost about a point).
COUNTRY = 4.0
CAPITAL = 1.0
OTHER_NAME = -1.5
DISTRICT = -1.0
REGION = -0.7
AREA = 0.5
KIND_SAID = 3.0
SAME_COUNTRY = 2.0
SAME_REGION = 3.5
STORY_REGION = 2.0
DATELINE = 1.0
NEAR = 1.8
CONTAINED = 12.0
DIVISIONS = ("district", "region", "province", "county", "oblast")
"""Words that a division's name may have behind it in the gazetteer where the text has another or none."""
FLOOR_AREA = 6.0
"""Seas, mountains and the like have few people or none; each is known as a city of a million is."""
MILLION = 1_000_000
NEAR_KM = 150.0
HOMELAND = 3.5
"""For a region whose name is a country's too, where the text names its towns or the regions beside it."""
BESIDE_KM = 900.0
SEAT = 0.4
"""For a town in the region of its own name, where no word says that the region is meant ("in Mendoza")."""
NAMESAKE = 30
"""A town of so many times fewer people than a great capital of its name is not meant without its region (London, Ontario has more)."""
BESIDE_TOWN_KM = 40.0
SURE = 1.2
"""A name whose best candidate leads by so many points tells the document's country and region."""


Key = tuple[str, str | None, str | None]
"""What one sense is kept for: a folded name, the id of the region named behind it, the kind the words say it is."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The place meant by a toponym: one of the gazetteer, or one of the story's own; and how sure that is.

    `of` is set where the candidate is not the place itself: what a site is named after, or is in or near (sites.py).
    """

    candidate: Candidate | None
    known: KnownPlace | None
    confidence: float
    of: Literal["", "name", "in", "near"] = ""


def choose(
    text: str,
    toponyms: Sequence[Toponym],
    gazetteer: Gazetteer,
    places: Sequence[KnownPlace] = (),
    region: Sequence[str] = (),
    dateline: str | None = None,
    country_hint: str | None = None,
) -> list[Choice]:
    """A choice for each toponym, in order. `region` and `country_hint` are ISO 3166-1 codes."""
    own = {fold(n): p for p in places for n in (p.name, *p.names)}
    within, nowhere = containers(text, toponyms, gazetteer)
    senses: dict[Key, tuple[Candidate, ...]] = {}
    keys: list[Key] = []
    kinds = kinds_said(toponyms)
    for number, t in enumerate(toponyms):
        inside = within.get(number)
        key = (fold(t.key), inside.id if inside else None, kinds[number])
        keys.append(key)
        if key not in senses:
            senses[key] = options(t, gazetteer, inside)
    counts = Counter(keys)
    votes = Votes()
    for code in region:
        votes.add_country(code, STORY_REGION)
    if country_hint:
        votes.add_country(country_hint, 1.0)
    if dateline:
        votes.dateline(dateline, gazetteer)
    prior = {key: ranked(key, found, Votes(), within_of(key, gazetteer)) for key, found in senses.items()}
    own_votes: dict[Key, tuple[Candidate, float]] = {}
    voters = {key for key, t in zip(keys, toponyms, strict=True) if t.site is None}  # a school's name is no town
    for key, whole in prior.items():
        order = whole if key[1] else major(whole)
        if key in voters and order and (lead_of(order) >= SURE or key[1]):
            own_votes[key] = order[0][1], 1.0 + math.log(counts[key])
            votes.add(*own_votes[key])
    chosen: dict[Key, tuple[Candidate, float]] = {}
    for key, found in senses.items():
        if key in own_votes:  # a name does not vote for itself
            votes.remove(*own_votes[key])
        state = of_state(found) if key[1] is None else None
        heard = votes.without_capitals(state) if state is not None else votes
        order = vouched(ranked(key, found, heard, within_of(key, gazetteer)), votes.countries, key[1] is not None)
        if key[1:] == (None, None) and fold((dateline or "").partition(",")[0].strip()) != key[0]:
            order = without_namesakes(order, votes.points)
        if key in own_votes:
            votes.add(*own_votes[key])
        if order:
            lead = order[0][0] - order[1][0] if len(order) > 1 else 4.0
            chosen[key] = (order[0][1], round(1 / (1 + math.exp(-lead)), 2))
    for key in [k for k in chosen if k[1] is None]:  # "Athens, Ohio" once is that Athens ever after
        told = {chosen[k][0].id: chosen[k] for k in chosen if k[0] == key[0] and k[1] is not None}
        if len(told) == 1:
            chosen[key] = next(iter(told.values()))
    outer = outers(within, keys)
    choices = []
    _part(chosen, senses, gazetteer)
    for number, (key, t) in enumerate(zip(keys, toponyms, strict=True)):
        story = own.get(key[0]) if t.role == "place" else None
        if story is not None:
            choices.append(Choice(gazetteer.by_id(story.gazetteer) if story.gazetteer else None, story, 0.95))
        else:
            candidate, confidence = chosen.get(key, (None, 0.3)) if number not in nowhere else (None, 0.3)
            if (land := within.get(number - 1) if t.role == "place" else None) is not None and land in senses[key]:
                candidate, confidence = land, 0.95
            elif (held := outer.get(key)) is not None:
                candidate, confidence = held, 0.9
            choices.append(Choice(candidate, None, confidence))
    return choices


def without_namesakes(order: Sequence[tuple[float, Candidate]], named: Sequence[Candidate]) -> list[tuple[float, Candidate]]:
    """The candidates without the small towns that are called after a great capital, unless the text names a town right beside:
    a paper of Paris, Texas names its state once, or the towns around.
    """
    great = max((c.population for _, c in order if c.capital_of and c.match == "name" and c.population >= MILLION), default=0)

    def kept(c: Candidate) -> bool:
        return c.kind != "town" or c.population * NAMESAKE >= great or any(p.id != c.id and distance(p, c) < BESIDE_TOWN_KM for p in named)

    return [(p, c) for p, c in order if kept(c)]


def _part(chosen: dict[Key, tuple[Candidate, float]], senses: Mapping[Key, tuple[Candidate, ...]], gazetteer: Gazetteer) -> None:
    """Gives a divided people ("Korean") the country that the text names alone of the two, and none where it names both or neither."""
    lists = word_lists()
    divided = [key for key in senses if key[0] in lists.divided | lists.undivided]
    if not divided:
        return
    named = {c.country for key, (c, _) in chosen.items() if key not in divided} & lists.parted
    land = gazetteer.by_id(f"iso:{next(iter(named))}") if len(named) == 1 else None
    for key in divided:
        if land is not None:
            chosen[key] = (land, 0.7)
        else:
            chosen.pop(key, None)


def outers(within: Mapping[int, Candidate], keys: Sequence[Key]) -> dict[Key, Candidate]:
    """The region or country that a name stood for behind a town ("Macon, Georgia"), where it stood for one only."""
    told: dict[Key, set[str]] = defaultdict(set)
    last: dict[Key, Candidate] = {}
    for number, c in within.items():
        if number + 1 < len(keys) and keys[number + 1][0] in {fold(n) for n in (c.name, *c.names)}:
            told[keys[number + 1]].add(c.id)
            last[keys[number + 1]] = c
    return {key: c for key, c in last.items() if len(told[key]) == 1}


def lead_of(order: Sequence[tuple[float, Candidate]]) -> float:
    """Points by which the first leads over the next that is elsewhere: a town and the district of its name are one place."""
    best, first = order[0]
    elsewhere = (best - score for score, c in order[1:] if c.country != first.country or distance(c, first) >= NEAR_KM)
    return next(elsewhere, SURE)


def of_state(found: Sequence[Candidate]) -> str | None:
    """The country whose capital bears a name, where no other town of that name is known far and wide."""
    if any(c.kind == "town" and not c.capital_of and c.match == "name" and c.population >= MILLION / 5 for c in found):
        return None
    return next((c.capital_of for c in found if c.capital_of and c.match == "name"), None)


def within_of(key: Key, gazetteer: Gazetteer) -> Candidate | None:
    """The region that was named behind the name, where one was."""
    return gazetteer.by_id(key[1]) if key[1] else None


def kinds_said(toponyms: Sequence[Toponym]) -> list[str | None]:
    """The kind the words say each toponym is; towns are said once ("the village of X") and meant ever after."""
    said: dict[str, str] = {}
    for t in toponyms:
        if t.generic == "town":
            said.setdefault(fold(t.key), t.generic)
    return [t.generic or (said.get(fold(t.key)) if t.role == "place" else None) for t in toponyms]


def options(t: Toponym, gazetteer: Gazetteer, outer: Candidate | None) -> tuple[Candidate, ...]:
    """The places a toponym may mean: those that bear its name, or name and generic word together."""
    if t.role == "demonym":
        place = gazetteer.demonym(t.key)
        return (place,) if place else ()
    lists = word_lists()
    found = gazetteer.candidates(t.key)
    if outer is not None:
        found = tuple(c for c in found if inside(c, outer)) or found
    short = tuple(c for c in gazetteer.candidates(t.key, short=True) if c.match == "short")
    big = any(c.match == "name" and c.kind == "town" and c.population >= MILLION for c in found)
    of_state = big or any(c.kind == "country" or c.capital_of for c in found)
    if short and (t.generic == "short" or (not of_state and (t.key.endswith(".") or t.key.isupper()))):
        return short
    if t.key.lower() in lists.never | lists.parts:
        return ()
    if t.key.isupper() and len(t.key) <= 4:  # initials, of which no hamlet is meant
        found = tuple(c for c in found if c.kind in ("country", "area") or c.capital_of or c.population >= MILLION)
    if any(c.kind in ("country", "region") and c.match == "name" and c.population >= MILLION for c in found):
        found = tuple(c for c in found if c.match == "name" or c.kind != "town" or c.population >= MILLION / 10)
    if t.generic in ("region", "district"):
        found += tuple(c for word in DIVISIONS for c in gazetteer.candidates(f"{t.key} {word}") if c not in found)
    if outer is not None:
        found = tuple(c for c in found if inside(c, outer)) or found
    return found


class Votes:
    """What the document's other places say: how much weight lies in each country and region, and where.

    `told` is the weight of what lies in a country and is not its capital, or is the country itself.
    """

    def __init__(self) -> None:
        """Nothing yet."""
        self.countries: dict[str, float] = defaultdict(float)
        self.regions: dict[str, float] = defaultdict(float)
        self.told: dict[str, float] = defaultdict(float)
        self.points: list[Candidate] = []
        self.divisions: list[Candidate] = []

    def add_country(self, code: str, weight: float) -> None:
        """Weight for a country."""
        self.countries[code] += weight

    def add(self, place: Candidate, weight: float) -> None:
        """Weight for a place's country and region, and its point."""
        if place.country:
            self.countries[place.country] += weight
            self.told[place.country] += 0.0 if place.capital_of else weight
        if place.kind == "region":
            self.regions[place.id] += weight
        elif place.admin1:
            self.regions[place.admin1] += weight
        if place.kind in ("town", "district"):
            self.points.append(place)
        elif place.kind == "region":
            self.divisions.append(place)

    def remove(self, place: Candidate, weight: float) -> None:
        """Takes a place's weight back."""
        self.add(place, -weight)
        self.points = [p for p in self.points if p is not place]
        self.divisions = [p for p in self.divisions if p is not place]

    def without_capitals(self, state: str) -> Votes:
        """The votes for the capital of `state` and its namesakes: no other capital draws one to its side ("Athens and Ottawa"),
        unless the text names that one's country, or a place there, and not `state`.
        """
        rest, named = Votes(), self.told.get(state, 0.0) > 0
        rest.countries, rest.divisions = self.countries, self.divisions
        rest.regions = defaultdict(float, self.regions)
        mute = [p for p in self.points if p.capital_of and (named or self.told.get(p.country or "", 0.0) <= 0)]
        for place in mute:
            if place.admin1:
                rest.regions[place.admin1] = 0.0
        rest.points = [p for p in self.points if p not in mute]
        return rest

    def homeland(self, region: Candidate) -> bool:
        """Whether towns of a region or near its middle, or regions beside it, are named."""
        if any(p.admin1 == region.id or (p.country == region.country and distance(p, region) < NEAR_KM) for p in self.points):
            return True
        return any(p.id != region.id and p.country == region.country and distance(p, region) < BESIDE_KM for p in self.divisions)

    def dateline(self, words: str, gazetteer: Gazetteer) -> None:
        """Weight for the dateline's place: "MACON, Ga.", "PARIS"."""
        first, _, behind = words.partition(",")
        found = gazetteer.candidates(first.strip())
        outer = gazetteer.candidates(behind.strip(), short=True) if behind.strip() else ()
        found = tuple(c for c in found if any(inside(c, o) for o in outer)) or found
        if found:
            self.add(ranked((fold(first), None, None), found, Votes(), None)[0][1], DATELINE * 2)

    def share(self, table: dict[str, float], code: str | None) -> float:
        """How much of the weight lies with a code, 0 to 1, drawn up so that a third counts as much."""
        total = sum(table.values())
        return math.sqrt(max(0.0, table.get(code, 0.0)) / (total + 1.0)) if code and total > 0 else 0.0


def ranked(key: Key, found: Iterable[Candidate], votes: Votes, outer: Candidate | None) -> list[tuple[float, Candidate]]:
    """The candidates with their points, best first."""
    found = tuple(found)
    order = [(points(c, key[2], votes, outer), c) for c in found]
    lands = {c.id for c in found if c.kind == "region"} if key[2] != "region" else set()
    order = [(p + (SEAT if c.kind == "town" and c.admin1 in lands and c.match == "name" else 0.0), c) for p, c in order]
    if any(c.kind == "country" for c in found):  # Georgia the state, beside Atlanta or Florida
        order = [(p + (HOMELAND if c.kind == "region" and votes.homeland(c) else 0.0), c) for p, c in order]
    return sorted(order, key=lambda pair: (-pair[0], pair[1].id))


def points(c: Candidate, said: str | None, votes: Votes, outer: Candidate | None) -> float:
    """What speaks for one candidate."""
    score = math.log10(c.population + 30)
    if c.kind == "area":
        score = max(score, FLOOR_AREA)
    elif c.kind == "district":  # a district's people are those of all its towns
        score = 2.0 + 0.6 * score
    score += {"country": COUNTRY, "region": REGION, "district": DISTRICT, "area": AREA}.get(c.kind, 0.0)
    score += CAPITAL if c.capital_of else 0.0
    score += OTHER_NAME if c.match == "other" and c.kind in ("town", "district") else 0.0
    if said and (c.kind == said or (said == "region" and c.kind == "district") or (said == "district" and c.kind == "region")):
        score += KIND_SAID
    if outer is not None and inside(c, outer):
        score += CONTAINED
    score += SAME_COUNTRY * votes.share(votes.countries, c.country)
    score += SAME_REGION * votes.share(votes.regions, c.id if c.kind == "region" else c.admin1)
    if c.kind in ("town", "district") and any(p.id != c.id and distance(p, c) < NEAR_KM for p in votes.points):
        score += NEAR
    return score
