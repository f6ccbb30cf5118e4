"""Sentences → the places a document names, each with its gazetteer entry, point and use.

Comes in: the text, its parsed sentences, the story's context, the dateline. Goes out: `Place` records in order, none
overlapping. A name that is in no gazetteer is kept without a point. Only places of use `literal` are to be plotted.
Example: "Paris said Greek troops were near Askeran." → Paris (metonym), Greek (demonym), Askeran (literal).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from presstime.gazetteer import Gazetteer, fold, open_gazetteer
from presstime.ids import record_id
from presstime.read.lexicon import cues
from presstime.read.toponyms import Toponym, spot, word_lists
from presstime.read.tree import Sentence
from presstime.read.whereabouts import Choice, choose
from presstime.records import Context, Place

__all__ = ["find_places"]

NAMES = 12
"""So many other names of a place are listed with it."""
Use = Literal["literal", "metonym", "demonym"]


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
    toponyms = spot(text, sentences, gazetteer, known)
    choices = choose(text, toponyms, gazetteer, context.places, context.region, dateline, country_hint)
    return tuple(
        record(document_id, text, t, c, use_of(t, c, sentences[t.sentence])) for t, c in zip(toponyms, choices, strict=True)
    )


def record(document_id: str, text: str, t: Toponym, choice: Choice, use: Use) -> Place:
    """A toponym and its choice as a record."""
    name, place, story = text[t.start : t.end], choice.candidate, choice.known
    names: list[str] = []
    if story is not None:
        names += [story.name, *story.names]
    if place is not None:
        names += [place.name, *place.names]
    others = tuple(n for n in dict.fromkeys(names) if n != name)[:NAMES]
    lat, lon = (place.lat, place.lon) if place else (None, None)
    precision = place.kind if place else None
    if story is not None and story.lat is not None and story.lon is not None:
        lat, lon, precision = story.lat, story.lon, story.precision
    if t.generic == "district" and precision == "town":
        precision = "district"
    return Place(
        id=record_id("place", document_id, (t.start, t.end)),
        start=t.start,
        end=t.end,
        name=name,
        use=use,
        gazetteer=place.id if place else None,
        names=others,
        country=place.country if place else None,
        lat=lat,
        lon=lon,
        precision=precision,
        confidence=choice.confidence,
    )


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
    lists = word_lists()
    head = next((i for i in range(t.first, t.last + 1) if not t.first <= sentence.heads[i] <= t.last), t.first)
    relation, governor = sentence.relations[head].partition(":")[0], sentence.heads[head]
    passed = {head}
    while relation == "conj" and governor >= 0 and governor not in passed:  # "Baku and Moscow said": as the first of them
        passed.add(governor)
        relation, governor = sentence.relations[governor].partition(":")[0], sentence.heads[governor]
    if governor < 0:
        return "literal"
    place = choice.candidate
    governs = place is not None and (place.kind == "country" or place.capital_of is not None)
    lemma, above = sentence.lemmas[governor], sentence.words[governor].lower()
    if relation == "nsubj" and sentence.universal[governor] in ("VERB", "AUX"):
        passive = sentence.relations[head].endswith(":pass")
        if lemma in saying() and not passive:
            return "metonym"
        if governs and lemma in lists.governs:
            return "metonym"
    if governs and relation in ("obj", "iobj") and lemma in saying():  # "accused Moscow of lying"
        return "metonym"
    if relation in ("compound", "nmod", "amod") and governor > head and above in lists.bodies:
        return "metonym"
    if governs and relation in ("obl", "nmod") and governing_words(sentence, t.first) in ("according to", "accord to"):
        return "metonym"
    return "literal"


def governing_words(sentence: Sentence, first: int) -> str:
    """The two words before a name, in lower case."""
    return " ".join(w.lower() for w in sentence.words[max(0, first - 2) : first])
