"""Sentences → the places a document names, each with its gazetteer entry, point and use.

Comes in: the text, its parsed sentences, the story's context, the dateline. Goes out: `Place` records in order, none
overlapping. A name that is in no gazetteer is kept without a point. Only places of use `literal` are to be plotted.
Example: "Paris said Greek troops were near Askeran." → Paris (metonym), Greek (demonym), Askeran (literal).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, get_args

from msgspec.structs import replace

from presstime.gazetteer import Candidate, Gazetteer, fold, open_gazetteer
from presstime.ids import record_id
from presstime.read.division_names import division_name
from presstime.read.lexicon import cues
from presstime.read.place_words import word_lists
from presstime.read.sites import settle, with_sites
from presstime.read.toponyms import Toponym, spot
from presstime.read.tree import Sentence
from presstime.read.whereabouts import Choice, choose
from presstime.records import Context, Place

__all__ = ["as_spelled", "find_places"]

NAMES = 12
"""So many other names of a place are listed with it."""
Use = Literal["literal", "metonym", "demonym"]
Precision = Literal["town", "district", "region", "country", "area"]
Kind = Literal["town", "district", "region", "country", "area", "front", "corridor", "camp", "facility"]
PRECISION: dict[str, Precision] = {
    "town": "town",
    "district": "district",
    "region": "region",
    "country": "country",
    "area": "area",
    "site": "town",
    "terrain": "area",
}
"""How coarse the point of each kind of place of the gazetteer is."""


def find_places(
    document_id: str,
    text: str,
    sentences: Sequence[Sentence],
    context: Context,
    dateline: str | None = None,
    country_hint: str | None = None,
    gazetteer: Gazetteer | None = None,
) -> tuple[Place, ...]:
    """Every place named in the text. `country_hint` is the ISO 3166-1 code of the outlet's country, where known."""
    gazetteer = gazetteer or open_gazetteer()
    known = frozenset(fold(n) for p in context.places for n in (p.name, *p.names))
    toponyms = _apart(with_sites(text, sentences, spot(text, sentences, gazetteer, known), gazetteer, known))
    choices = choose(text, toponyms, gazetteer, context.places, context.region, dateline, country_hint)
    choices = settle(text, toponyms, choices)
    return tuple(
        record(document_id, text, t, c, use_of(t, c, sentences[t.sentence]), gazetteer) for t, c in zip(toponyms, choices, strict=True)
    )


def _apart(toponyms: Sequence[Toponym]) -> list[Toponym]:
    """Names that do not overlap, in order: of two that do, the earlier, as read and as grown to a site's name."""
    found: list[Toponym] = []
    for t in toponyms:
        if not found or found[-1].end <= t.start:
            found.append(t)
    return found


def record(document_id: str, text: str, t: Toponym, choice: Choice, use: Use, gazetteer: Gazetteer) -> Place:
    """A toponym and its choice as a record."""
    name, place, story = text[t.start : t.end], choice.candidate, choice.known
    itself = place if choice.of == "" else None
    names: list[str] = []
    if story is not None:
        names += [story.name, *story.names]
    if itself is not None:
        names += [itself.name, *itself.names]
    others = tuple(n for n in dict.fromkeys(names) if n != name)[:NAMES]
    lat: float | None = None
    lon: float | None = None
    precision: Precision | None = None
    if place is not None and choice.of != "near" and (choice.of != "in" or place.kind in ("town", "district")):
        lat, lon, precision = place.lat, place.lon, PRECISION[place.kind]
    if story is not None and story.lat is not None and story.lon is not None:
        lat, lon, precision = story.lat, story.lon, story.precision
    if precision == "area" and t.site in ("camp", "facility") and story is None:
        precision = "town"
    if t.generic == "district" and precision == "town":
        precision = "district"
    return Place(
        id=record_id("place", document_id, (t.start, t.end)),
        start=t.start,
        end=t.end,
        name=name,
        use=use,
        gazetteer=itself.id if itself else None,
        names=others,
        country=(story.country if story else None) or (place.country if place else None),
        lat=lat,
        lon=lon,
        precision=precision,
        province=province(place, gazetteer) if place and choice.of != "near" else None,
        kind=kind_of(t, precision, itself),
        confidence=choice.confidence,
    )


def as_spelled(places: Sequence[Place], text: str) -> tuple[Place, ...]:
    """Places that were read from a text in print's letters, under the spelling of the source: "GEORGIA", and Georgia among the names."""

    def spelled(place: Place) -> Place:
        name = text[place.start : place.end]
        if name == place.name:
            return place
        names = (place.name, *place.names)[:NAMES] if place.gazetteer is not None else place.names
        return replace(place, name=name, names=names)

    return tuple(spelled(place) for place in places)


def province(place: Candidate, gazetteer: Gazetteer) -> str | None:
    """The name of the first-level division a place is or lies in."""
    division = place if place.kind == "region" else gazetteer.by_id(place.admin1) if place.admin1 else None
    return division_name(division, gazetteer) if division else None


def kind_of(t: Toponym, precision: Precision | None, place: Candidate | None) -> Kind | None:
    """What is named: what its own words say ("Zamzam camp", "the village of X"), else what the gazetteer has."""
    if t.site is not None:
        return t.site
    if place is not None and place.kind == "site":
        return "facility"
    if precision is not None:
        return precision
    said = [kind for kind in get_args(Precision) if kind == t.generic]
    return said[0] if said else None


@cache
def saying() -> frozenset[str]:
    """Lemmas of verbs of communication."""
    lexicon = cues()
    return frozenset(lexicon.says) | frozenset(lexicon.narrated)


def use_of(t: Toponym, choice: Choice, sentence: Sentence) -> Use:
    """Whether a name stands for the place, for those who govern it or for its people."""
    if t.role == "demonym":
        return "demonym"
    if t.inside in ("ORG", "PERSON"):
        return "metonym"
    if dateline(t, sentence):
        return "literal"
    lists = word_lists()
    head = next((i for i in range(t.first, t.last + 1) if not t.first <= sentence.heads[i] <= t.last), t.first)
    relation, governor = sentence.relations[head].partition(":")[0], sentence.heads[head]
    passed = {head}
    while relation == "conj" and governor >= 0 and governor not in passed:  # "Baku and Moscow said": as the first of them
        passed.add(governor)
        head = governor
        relation, governor = sentence.relations[governor].partition(":")[0], sentence.heads[governor]
    if governor < 0:
        return "literal"
    place = choice.candidate
    state = place is not None and t.site is None and (place.kind == "country" or place.capital_of is not None)
    governs = state or (place is not None and place.kind == "region" and t.generic is None and t.site is None)
    full = sentence.relations[head]
    lemma, above, verb = sentence.lemmas[governor], sentence.words[governor].lower(), sentence.universal[governor] in ("VERB", "AUX")
    case = case_of(sentence, head)
    if relation == "nsubj" and verb:
        passive = full.endswith(":pass")
        if lemma in saying() and not passive:
            return "metonym"
        if (governs and lemma in lists.governs) or (lemma in lists.matches and not passive):
            return "metonym"
    if relation == "nsubj" and governs and lemma in ("trade", "swap") and objects(sentence, governor) & lists.traded:
        return "metonym"
    if relation == "nsubj" and state and lemma in lists.moods:  # "Beijing was ready to talk"
        return "metonym"
    if relation in ("obj", "iobj") and lemma in lists.matches:
        return "metonym"
    if relation in ("compound", "nmod", "amod") and governor > head and above in lists.bodies:
        return "metonym"
    if governs and (relation == "iobj" or (relation == "obj" and lemma in lists.urging)):  # "accused Moscow of lying"
        return "metonym"
    if not state:
        return "literal"
    if relation == "nmod" and governor > head and (above in lists.positions or lemma in lists.positions):  # "Ankara's position"
        return "metonym"
    if relation in ("nmod", "obl") and governor < head and case in DEALT and lemma in lists.dealings:  # "talks with Ankara"
        return "metonym"
    if relation == "obl" and verb:
        if case == "by" and lemma not in SURROUND and (full.endswith(":agent") or passive_verb(sentence, governor)):
            return "metonym"
        if case in ("with", "against", "to") and lemma in lists.sides:
            return "metonym"
    if relation in ("obl", "nmod") and governing_words(sentence, t.first) in ("according to", "accord to"):
        return "metonym"
    return "literal"


def dateline(t: Toponym, sentence: Sentence) -> bool:
    """Whether a name in capitals opens a story: "LONDON, Ontario - Police said"."""
    if t.first > 0 or not t.key.isupper() or len(t.key) < DATELINE:
        return False
    return any(w in ("-", "–", "—", "--", "(") for w in sentence.words[t.last + 1 : t.last + 8])


DATELINE = 4
"""The letters a town's name in a dateline has at least; shorter ones are initials."""
DEALT = frozenset({"with", "between", "from", "to", "towards", "toward", "against", "by"})
"""What stands between dealings and a government: "ties between Beijing and Canberra", "pressure from Brussels"."""
SURROUND = frozenset({"surround", "border", "flank", "bound", "separate", "pass", "drive", "divide", "go", "swing", "enclose", "stop"})
"""Verbs whose agent is a land and no government."""


def case_of(sentence: Sentence, head: int) -> str:
    """The preposition of a name's head, in lower case."""
    found = (w for w, h, r in zip(sentence.words, sentence.heads, sentence.relations, strict=True) if h == head and r == "case")
    return next(found, "").lower()


def objects(sentence: Sentence, verb: int) -> set[str]:
    """The lemmas of a verb's objects."""
    return {m for m, h, r in zip(sentence.lemmas, sentence.heads, sentence.relations, strict=True) if h == verb and r == "obj"}


def passive_verb(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is passive: it has a passive subject or auxiliary, or is a participle behind a noun."""
    if sentence.relations[verb] == "acl":
        return True
    return any(h == verb and r.endswith(":pass") for h, r in zip(sentence.heads, sentence.relations, strict=True))


def governing_words(sentence: Sentence, first: int) -> str:
    """The two words before a name, in lower case."""
    return " ".join(w.lower() for w in sentence.words[max(0, first - 2) : first])
