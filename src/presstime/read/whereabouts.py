"""The toponyms of one document → for each, the one place of the gazetteer that is meant.

Comes in: toponyms, the gazetteer, the dateline, the story's region. Goes out: a `Choice` for each toponym. A name
means one place throughout a document unless a region stands behind it ("Paris, Texas"). What speaks for a candidate:
its population, that it is a country or a capital, the countries and regions of the document's other places, the kind
the words say ("village of"), the region named behind it. Example: "Florence" beside "Pisa" is in Italy.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from presstime.gazetteer import Candidate, Gazetteer, fold
from presstime.read.toponyms import Toponym, word_lists
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
SURE = 1.2
"""A name whose best candidate leads by so many points tells the document's country and region."""


Key = tuple[str, str | None, str | None]
"""What one sense is kept for: a folded name, the id of the region named behind it, the kind the words say it is."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The place meant by a toponym: one of the gazetteer, or one of the story's own; and how sure that is."""

    candidate: Candidate | None
    known: KnownPlace | None
    confidence: float


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
    within = containers(text, toponyms, gazetteer)
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
    for key, order in prior.items():
        if order and (len(order) == 1 or order[0][0] - order[1][0] >= SURE or key[1]):
            own_votes[key] = order[0][1], 1.0 + math.log(counts[key])
            votes.add(*own_votes[key])
    chosen: dict[Key, tuple[Candidate, float]] = {}
    for key, found in senses.items():
        if key in own_votes:  # a name does not vote for itself
            votes.remove(*own_votes[key])
        order = ranked(key, found, votes, within_of(key, gazetteer))
        if key in own_votes:
            votes.add(*own_votes[key])
        if order:
            lead = order[0][0] - order[1][0] if len(order) > 1 else 4.0
            chosen[key] = (order[0][1], round(1 / (1 + math.exp(-lead)), 2))
    for key in [k for k in chosen if k[1] is None]:  # "Athens, Ohio" once is that Athens ever after
        told = {chosen[k][0].id: chosen[k] for k in chosen if k[0] == key[0] and k[1] is not None}
        if len(told) == 1:
            chosen[key] = next(iter(told.values()))
    choices = []
    for key, t in zip(keys, toponyms, strict=True):
        story = own.get(key[0]) if t.role == "place" else None
        if story is not None:
            choices.append(Choice(gazetteer.by_id(story.gazetteer) if story.gazetteer else None, story, 0.95))
        else:
            candidate, confidence = chosen.get(key, (None, 0.3))
            choices.append(Choice(candidate, None, confidence))
    return choices


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


def containers(text: str, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> dict[int, Candidate]:
    """For "Paris, Texas" and "Macon, Ga.": the number of the first toponym, and the region or country behind it."""
    found: dict[int, Candidate] = {}
    for number, a in enumerate(toponyms):
        b = toponyms[number + 1] if number + 1 < len(toponyms) else None
        if a.role != "place":
            continue
        outer: list[Candidate] = []
        if b is not None and text[a.end : b.start] in (", ", " (", " in ", ", in ") and b.role == "place":
            outer = [c for c in gazetteer.candidates(b.key, short=True) if c.kind in ("country", "region", "district")]
        elif text[a.end : a.end + 2] == ", ":
            outer = [c for c in gazetteer.candidates(abbreviation(text, a.end + 2), short=True) if c.match == "short"]
        for c in outer:
            inner = gazetteer.candidates(a.key)
            if any(inside(i, c) for i in inner):
                found[number] = c
                break
    return found


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
        return place.admin1 == outer.id
    return place.country == outer.country and place.kind in ("town", "district") and distance(place, outer) < 80


def options(t: Toponym, gazetteer: Gazetteer, outer: Candidate | None) -> tuple[Candidate, ...]:
    """The places a toponym may mean: those that bear its name, or name and generic word together."""
    if t.role == "demonym":
        place = gazetteer.demonym(t.key)
        return (place,) if place else ()
    lists = word_lists()
    found = gazetteer.candidates(t.key)
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
    """What the document's other places say: how much weight lies in each country and region, and where."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.countries: dict[str, float] = defaultdict(float)
        self.regions: dict[str, float] = defaultdict(float)
        self.points: list[Candidate] = []

    def add_country(self, code: str, weight: float) -> None:
        """Weight for a country."""
        self.countries[code] += weight

    def add(self, place: Candidate, weight: float) -> None:
        """Weight for a place's country and region, and its point."""
        if place.country:
            self.countries[place.country] += weight
        if place.kind == "region":
            self.regions[place.id] += weight
        elif place.admin1:
            self.regions[place.admin1] += weight
        if place.kind in ("town", "district"):
            self.points.append(place)

    def remove(self, place: Candidate, weight: float) -> None:
        """Takes a place's weight back."""
        self.add(place, -weight)
        self.points = [p for p in self.points if p is not place]

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


def ranked(
    key: Key, found: Iterable[Candidate], votes: Votes, outer: Candidate | None
) -> list[tuple[float, Candidate]]:
    """The candidates with their points, best first."""
    order = [(points(c, key[2], votes, outer), c) for c in found]
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


def distance(a: Candidate, b: Candidate) -> float:
    """Kilometres between two places, as the crow flies."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))
