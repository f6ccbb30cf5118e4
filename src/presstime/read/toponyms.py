"""Sentence sentences → the words in them that name places or peoples, before anything is said of which place is meant.

Comes in: sentences with entities, the gazetteer, the story's places. Goes out: `Toponym`s in order, none overlapping.
Words are taken from the model's LOC entities, and from capitalised runs that the gazetteer knows and the model missed.
Example: "Kandahar police searched Askeran district." → "Kandahar" (embedded), "Askeran district" (generic: district).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from presstime.gazetteer import Candidate, Gazetteer, fold
from presstime.read.entities import entity_runs
from presstime.read.place_words import word_lists
from presstime.read.tree import Sentence

__all__ = ["HYPHENS", "Toponym", "spot"]

LONGEST = 7
"""The most words a gazetteer name is looked for over ("Democratic Republic of the Congo" has five)."""
KNOWN_TOWN = 15_000
"""A capitalised word that the model does not call a place is one only where a town of so many people bears it."""
SELDOM_TOWN = 5_000_000
"""The same for words that are persons' names or plain words more often."""
IN_TOWN = 500
"""The same behind "in", "near" or "at"."""
WHERE = frozenset({"in", "near", "at", "outside", "around"})
ORG_TOWN = 100_000
"""Within an organisation's name a town must have so many people ("Angus Council" names no small town elsewhere)."""
HYPHENS = frozenset({"-", "–", "‑"})
CURRENCY = frozenset("$€£¥")


@dataclass(frozen=True, slots=True)
class Toponym:
    """Words that name a place. `key` is the name to look up; `generic` the kind the words around it say it is.

    `first` and `last` are its words' indexes in sentence number `sentence`. `inside` is the model's entity around it.
    `site` is set for what is no town or land: a front, a corridor, a camp, a hospital or an airport (sites.py).
    """

    start: int
    end: int
    key: str
    sentence: int
    first: int
    last: int
    role: Literal["place", "demonym"]
    inside: Literal["LOC", "ORG", "PERSON", ""]
    generic: str | None = None
    site: Literal["front", "corridor", "camp", "facility"] | None = None


def spot(text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer, known: frozenset[str] = frozenset()) -> list[Toponym]:
    """Every toponym of a document, in order. `known` are folded names of the story's own places."""
    persons: set[str] = set()
    tagged: Counter[str] = Counter()
    runs = [entity_runs(s) for s in sentences]
    for s, own in zip(sentences, runs, strict=True):
        for i, j, kind in own:
            name = text[s.starts[i] : s.ends[j - 1]]
            tagged[name] += 1 if kind == "LOC" else -1
            if kind == "PERSON" and j - i > 1:
                persons.update(s.words[i:j])
    seen = frozenset(name for name, count in tagged.items() if count > 0)
    found: list[Toponym] = []
    for number, sentence in enumerate(sentences):
        found += Spotter(text, sentence, number, runs[number], gazetteer, known, persons, seen).all()
    return found


class Spotter:
    """Goes over one sentence from left to right and takes the longest name at each word."""

    def __init__(
        self,
        text: str,
        sentence: Sentence,
        number: int,
        runs: list[tuple[int, int, str]],
        gazetteer: Gazetteer,
        known: frozenset[str],
        persons: set[str],
        seen: frozenset[str],
    ) -> None:
        """Everything the decision at a word depends on. `runs` are the sentence's entities."""
        self.text, self.s, self.number, self.gazetteer, self.known = text, sentence, number, gazetteer, known
        self.persons, self.seen = persons, seen
        self.lists = word_lists()
        self.runs = runs
        self.kind_at = [""] * len(sentence.words)
        for i, j, kind in self.runs:
            self.kind_at[i:j] = [kind] * (j - i)

    def words(self, i: int, j: int) -> str:
        """The text of words i to j."""
        return self.text[self.s.starts[i] : self.s.ends[j - 1]]

    def all(self) -> list[Toponym]:
        """The sentence's toponyms."""
        found: list[Toponym] = []
        ends = {i: j for i, j, kind in self.runs if kind == "LOC"}
        behind = 0
        for at, word in enumerate(self.s.words):
            if at < behind:
                continue
            stop = ends.get(at)
            if stop is not None:
                pieces = self.entity(at, stop)
                found += pieces
                behind = max(stop, pieces[-1].last + 1 if pieces else 0)
            elif word[0].isupper() and (taken := self.loose(at) or self.listed(at, found)) is not None:
                found.append(taken)
                behind = taken.last + 1
        return found

    # ------------------------------------------------------------ the model's places

    def entity(self, i: int, j: int) -> list[Toponym]:
        """A LOC entity as one toponym or, cut at commas and hyphens, several."""
        for cut in range(i + 1, j - 1):
            if self.s.words[cut] == "," or (self.s.words[cut] in HYPHENS | {"/"} and self.two(i, cut, j)):
                return self.entity(i, cut) + self.entity(cut + 1, j)
        while i < j - 1 and (self.s.words[i].lower() == "the" or not self.s.words[i][0].isalnum()):
            i += 1
        while j - 1 > i and (self.s.words[j - 1] in ("'s", "’s") or not any(c.isalnum() for c in self.s.words[j - 1])):
            j -= 1
        if not any(c.isupper() for c in self.words(i, j)):
            return []
        loose_end = j - i == 1 and i > 0 and self.kind_at[i - 1] == "ORG" and self.words(i, j).lower() in self.lists.features
        if loose_end or self.otherwise(i, j):
            return []
        if i > 0 and self.s.words[i - 1][0].isupper() and self.kind_at[i - 1] != "LOC" and self.s.words[i - 1] != "The":
            i -= self.begins_before(i, j)
        demonym = self.demonym(i, j)
        if demonym is not None:
            return [demonym]
        if j - i == 1 and self.abbreviates(i):
            return [self.toponym(i, j, "LOC")]
        further = range(j + 1, min(len(self.s.words), i + LONGEST) + 1)
        longer = [k for k in further if self.s.words[k - 1][0].isalnum() and self.joined(j, k) and self.borne(i, k)]
        if longer:
            j = longer[-1]
        elif not self.borne(i, j):
            return self.unknown(i, j)
        return [self.toponym(i, j, "LOC")]

    def two(self, i: int, cut: int, j: int) -> bool:
        """Whether a hyphen at `cut` stands between two places ("Paris-London") and not within one's name ("Bab al-Hawa")."""
        if self.borne(i, j) or self.s.words[cut - 1].lower() in self.lists.links:
            return False
        sides = ((i, cut), (cut + 1, j))
        if any(self.s.words[end - 1].lower() in self.lists.streets for end in (cut, j)):
            return True
        return self.s.words[cut] == "/" or all(self.borne(a, b) or self.demonym(a, b) is not None for a, b in sides)

    def otherwise(self, i: int, j: int) -> bool:
        """Whether a place's name is here a person's ("Israel" before a surname, behind "Mrs") or a thing's ("Brussels sprouts")."""
        words, name = self.s.words, self.words(i, j).lower()
        if i > 0 and j - i == 1 and words[i - 1].lower().rstrip(".") in self.lists.titles and words[i - 1][0].isupper():
            return True
        if j == len(words):
            return False
        if j - i == 1 and name in self.lists.parts and words[j] == "of":  # "the South of France"
            return True
        if words[j][0] in CURRENCY and self.s.ends[j - 1] == self.s.starts[j]:  # "US$ 20,000"
            return True
        if self.kind_at[i] == "ORG" and words[j][0].isupper() and words[j].lower() in self.lists.features and not self.borne(i, j + 1):
            return True  # "Harrow Bay news agency"
        if j - i == 1 and self.kind_at[i] in ("ORG", "PERSON") and words[j] in self.lists.campaigns:
            return not self.of_state(self.words(i, j)) and self.gazetteer.demonym(name) is None
        return (name in self.lists.given and self.kind_at[j] == "PERSON" and words[j][0].isupper()) or (
            f"{name} {words[j].lower()}" in self.lists.things
        )

    def begins_before(self, i: int, j: int) -> bool:
        """Whether the capitalised word before an entity belongs to it: "West" before "Darfur", "Lake" before "Nicaragua"."""
        if self.s.words[i - 1].lower() in self.lists.waters:
            return True
        bare = j - 1 if j - 1 > i and self.s.words[j - 1].lower() in self.lists.generic else j
        if self.s.words[i - 1].lower() in self.lists.parts:
            return self.borne(i - 1, j) or self.borne(i - 1, bare)
        return any(c.match == "name" and c.population >= KNOWN_TOWN for c in self.gazetteer.candidates(self.words(i - 1, bare)))

    def unknown(self, i: int, j: int) -> list[Toponym]:
        """An entity whose whole name is not in the gazetteer: without its directions or generic words, else as it is."""
        if j - i > 1 and (self.s.words[i].lower() in self.lists.waters or self.s.words[j - 1].lower() in self.lists.rivers):
            return [self.toponym(i, j, "LOC")]
        a, b = i, j
        while b - 1 > i and self.s.words[b - 1].lower() in self.lists.generic:  # "North Darfur state"
            b -= 1
        if b < j and self.borne(i, b):
            return [self.toponym(i, j, "LOC", key=self.words(i, b))]
        b = j
        while a < b - 1 and self.s.words[a].lower() in self.lists.parts | HYPHENS:
            a += 1
        if a > i and (self.borne(a, b) or self.demonym(a, b)):
            return [self.demonym(a, b) or self.toponym(a, b, "LOC")]
        while b - 1 > a and self.s.words[b - 1].lower() in self.lists.generic:
            b -= 1
        if b < j and self.borne(a, b):
            return [self.toponym(a, j, "LOC", key=self.words(a, b))]
        if self.s.words[j - 1].lower() not in self.lists.streets:
            inner = [(x, y) for y in range(b, a, -1) for x in range(a, y) if (x, y) != (a, b) and self.strong(x, y) and y - x >= 1]
            if self.s.words[j - 1].lower() in self.lists.features:  # Harrow Bay is not Harrow, unless the text names that as well
                inner = [(x, y) for x, y in inner if self.words(x, y) in self.seen or self.of_state(self.words(x, y))]
            if inner := [(x, y) for x, y in inner if self.stands_out(a, x, y, b)]:
                x, y = max(inner, key=lambda p: (p[1] - p[0], -p[0]))
                return [self.demonym(x, y) or self.toponym(x, y, "LOC")]
        return [self.toponym(i, j, "LOC")]

    def stands_out(self, a: int, x: int, y: int, b: int) -> bool:
        """Whether words x to y name a place within words a to b: they come first, the rest says nothing, or it is well known."""
        rest = [w.lower() for w in (*self.s.words[a:x], *self.s.words[y:b]) if w[0].isalnum()]
        plain = self.lists.parts | self.lists.never | self.lists.links | self.lists.generic.keys()
        found = self.gazetteer.candidates(self.words(x, y))
        known = any(c.kind in ("country", "region", "area") or c.population >= ORG_TOWN for c in found)
        if x == a and self.words(x, y).lower() not in rest:
            return True
        return known or all(w in plain for w in rest) or self.demonym(x, y) is not None

    # ------------------------------------------------------------ what the model missed

    def loose(self, i: int) -> Toponym | None:
        """The longest name from word i, a capitalised one, on that the gazetteer or the story knows and that is surely meant as a place."""
        s, word, kind = self.s, self.s.words[i], self.kind_at[i]
        if kind == "LOC" or (word.lower() == "the" and fold(word) not in self.known):
            return None
        if self.abbreviates(i):
            return self.toponym(i, i + 1, kind)
        most = i + 1
        while most < min(len(s.words), i + LONGEST) and self.joins(s.words[most]):
            most += 1
        for j in range(most, i, -1):
            if not s.words[j - 1][0].isupper():
                continue
            name = self.words(i, j)
            if self.otherwise(i, j):
                continue
            if any(self.kind_at[k] != kind for k in range(i, j)):
                if not self.across(i, j):
                    continue
                return self.toponym(i, j, "LOC")
            if fold(name) in self.known:
                return self.toponym(i, j, kind)
            whole = (i, j, kind) in self.runs
            if self.owns(i, j):
                return self.toponym(i, j, "")
            if kind == "PERSON" and whole and (name in self.seen or self.of_state(name) or self.no_person(i, j)):
                return self.toponym(i, j, "")
            if kind == "PERSON" and not (j - i == 1 and self.gazetteer.demonym(name)):
                continue
            demonym = self.demonym(i, j)
            if demonym is not None:
                return demonym
            if kind != "PERSON" and self.strong(i, j):
                return self.toponym(i, j, kind)
        return None

    def owns(self, i: int, j: int) -> bool:
        """Whether a name that is a person's too is a country's or a region's: "Chad's president", "Victoria's premier"."""
        if j + 1 >= len(self.s.words) or self.s.words[j] not in ("'s", "’s"):
            return False
        listed = {"country": self.lists.bodies, "region": self.lists.region_heads}
        kinds = [kind for kind, held in listed.items() if self.s.words[j + 1].lower() in held]
        return any(c.kind in kinds and c.match == "name" for c in self.gazetteer.candidates(self.words(i, j)))

    def listed(self, i: int, found: list[Toponym]) -> Toponym | None:
        """An entity that stands in a list with a place of the country it lies in: "Kramatorsk, Sloviansk and …"."""
        first = next((t for t in found if t.first <= self.s.heads[i] <= t.last and t.role == "place"), None)
        name = self.words(i, stop := next((j for a, j, _ in self.runs if a == i), i))
        if first is None or stop == i or self.s.relations[i] != "conj" or name.lower() in self.lists.seldom:
            return None
        lands = {c.country for c in self.gazetteer.candidates(first.key) if c.population >= KNOWN_TOWN}
        towns = (c for c in self.gazetteer.candidates(name) if c.kind == "town" and c.population >= KNOWN_TOWN)
        return self.toponym(i, stop, "") if name not in self.persons and any(c.country in lands for c in towns) else None

    def strong(self, i: int, j: int) -> bool:
        """Whether words i to j name a place well enough known to be taken without the model's word."""
        name = self.words(i, j)
        low = name.lower()
        found = self.gazetteer.candidates(name)
        if not found:
            return False
        of_state = self.of_state(name)
        if j - i == 1:
            if low in self.lists.never or low in self.lists.parts or self.s.universal[i] not in ("PROPN", "ADJ", "NOUN", "X"):
                return False
            if len(low.replace(".", "")) <= 2 and not self.initials(name):
                return False
            if name.isupper() and len(name) <= 5 and "." not in name and not self.initials(name):
                return False
            if name in self.seen:
                return True
            if name in self.persons and self.kind_at[i] != "ORG" and not of_state:
                return False
        if self.kind_at[i] == "ORG":
            main = [c for c in found if c.match == "name" and low not in self.lists.seldom]
            return of_state or any(c.kind == "region" or c.population >= ORG_TOWN or name in self.seen for c in main)
        least = SELDOM_TOWN if j - i == 1 and low in self.lists.seldom else KNOWN_TOWN
        if least == KNOWN_TOWN and i > 0 and self.s.words[i - 1].lower() in WHERE and self.s.universal[i] == "PROPN":
            least = IN_TOWN
        if j - i == 1 and i == 0 and self.s.universal[i] != "PROPN":
            return any(c.kind == "country" for c in found)
        return any(c.kind in ("country", "region", "area") and low not in self.lists.seldom for c in found) or any(
            c.population >= (least if c.match == "name" else 20 * least) or (c.capital_of and low not in self.lists.seldom) for c in found
        )

    def abbreviates(self, i: int) -> bool:
        """Whether word i is a region's abbreviation behind a town of that region: "Macon, Ga."."""
        word = self.s.words[i]
        if len(word) > 6:
            return False
        found = self.gazetteer.candidates(word, short=True)
        regions = {c.id for c in found if c.match == "short"}
        if word.count(".") > 1 and regions:
            return not any(c.capital_of or c.kind == "country" or (c.match == "name" and c.population > SELDOM_TOWN / 5) for c in found)
        if i < 2 or self.s.words[i - 1] != "," or not regions:
            return False
        towns = (self.words(k, i - 1) for k in range(max(0, i - 5), i - 1))
        return any(c.admin1 in regions for town in towns for c in self.gazetteer.candidates(town))

    def across(self, i: int, j: int) -> bool:
        """Whether words i to j, of which the model took only some for a name, are a country's or a known place's."""
        if any(start < j < end for start, end, _ in self.runs):
            return False
        name, kinds = self.words(i, j), set(self.kind_at[i:j])
        return self.of_state(name) or (kinds == {"", "LOC"} and self.strong(i, j))

    def no_person(self, i: int, j: int) -> bool:
        """Whether words the model takes for a person's are a town's: they do not act, and no fuller name holds them."""
        name = self.words(i, j)
        if name.lower() in self.lists.seldom or name in self.persons or self.s.relations[i].startswith("nsubj"):
            return False
        main = (c for c in self.gazetteer.candidates(name) if c.match == "name")
        return any(c.population >= KNOWN_TOWN for c in main) and self.strong(i, j)

    def of_state(self, name: str) -> bool:
        """Whether a name is a country's or a capital's and hardly a person's."""
        return name.lower() not in self.lists.seldom and any(
            c.kind == "country" or (c.capital_of and c.match == "name") for c in self.gazetteer.candidates(name)
        )

    def initials(self, name: str) -> bool:
        """Whether a name in capitals is a country's or a union's initials ("US", "U.K.", "EU"), or all is in capitals."""
        return name.isupper() and any(c.kind in ("country", "area") or c.capital_of for c in self.gazetteer.candidates(name))

    # ------------------------------------------------------------ parts of the decision

    def joined(self, i: int, j: int) -> bool:
        """Whether words i to j may go on a name."""
        return all(self.joins(word) for word in self.s.words[i:j])

    def joins(self, word: str) -> bool:
        """Whether a word may go on a name: it is capitalised, or one of the little words within names."""
        return word[0].isupper() or word.lower() in self.lists.links or word.lower() in self.lists.generic

    def borne(self, i: int, j: int) -> bool:
        """Whether any place bears the words as its name."""
        name = self.words(i, j)
        return fold(name) in self.known or bool(self.gazetteer.candidates(name))

    def demonym(self, i: int, j: int) -> Toponym | None:
        """Words i to j as a people's name: adjectives and nouns that only name a people, not a place."""
        name = self.words(i, j)
        place: Candidate | None = self.gazetteer.demonym(name) if j - i <= 3 and name[0].isupper() else None
        if place is None or (self.s.universal[i] == "VERB") or fold(name) in self.known:
            return None
        bearers = self.gazetteer.candidates(name)
        if any(c.kind in ("country", "region") or c.population > KNOWN_TOWN for c in bearers) and not name.endswith(("ese", "ish")):
            return None
        if j - i == 1 and name in self.persons and self.kind_at[i] in ("", "PERSON"):
            return None
        inside = self.kind_at[i]
        return Toponym(self.s.starts[i], self.s.ends[j - 1], name, self.number, i, j - 1, "demonym", inside)  # type: ignore[arg-type]

    def toponym(self, i: int, j: int, inside: str, key: str | None = None) -> Toponym:
        """Words i to j, with the generic noun behind them taken in ("Kandahar province"), and what kind is said."""
        name = key or self.words(i, j)
        if j - i == 1 and self.abbreviates(i):
            return Toponym(self.s.starts[i], self.s.ends[i], name, self.number, i, i, "place", "LOC", "short")
        generic = self.lists.generic.get(self.s.words[j - 1].lower()) if key else None
        if generic is None and j < len(self.s.words) and self.s.words[j].islower():
            behind = self.lists.generic.get(self.s.words[j])
            if behind in ("region", "district"):
                generic, j = behind, j + 1
        if generic is None and i >= 2 and self.s.words[i - 1].lower() == "of":
            generic = self.lists.before.get(self.s.words[i - 2].lower())
        if generic is None and i >= 1:
            generic = "town" if self.s.words[i - 1].lower() in ("village", "town", "city", "downtown", "capital") else None
        if i >= 2 and self.s.words[i - 1] == "The" and any(c.name.startswith("The ") for c in self.gazetteer.candidates(name)):
            i -= 1
        return Toponym(self.s.starts[i], self.s.ends[j - 1], name, self.number, i, j - 1, "place", inside, generic)  # type: ignore[arg-type]
