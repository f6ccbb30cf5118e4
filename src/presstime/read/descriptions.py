"""Whom "the diplomat", "the bank" or "the 71-year-old" stands for: one spoken of before who was called so.

In: a definite noun phrase and the memory of who was spoken of. Out: the entity and by what it was found; None where nobody
was called so. Words beside the noun must fit too: "the foreign minister" is no minister of health.

Example: after "Ana Bel, the mayor of Sarn, said …", "the mayor" → Ana Bel ("told").
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from presstime.read.doers import name_beside
from presstime.read.lexicon import nouns
from presstime.read.lexicon import words as words_of
from presstime.read.memory import Entity, Memory, beside
from presstime.read.people import gender_of_word
from presstime.read.pronouns import choose, fitting
from presstime.read.tree import Sentence

__all__ = ["apposed", "counted", "described", "is_no_speaker"]

_NEAR = 3
"""Sentences back to a speaker whom a bare noun takes up without having named it so."""
_CLEAR = 0.8
"""The likelihood from which whoever spoke last is taken for one who was called nothing of the kind."""
_ANYONE = frozenset({"man", "woman", "boy", "girl"})
"""Nouns that say next to nothing: where nobody was called so, nobody is meant."""
_SIDES = frozenset({"sides", "both", "two", "people", "family", "families", "police"})
"""Several who are nobody spoken of last."""


@cache
def _wider() -> dict[str, frozenset[str]]:
    """A noun → the nouns by which the same one may be called."""
    return {k: frozenset(v) for k, v in words_of("speakers")["wider"].items()}


@cache
def _pairs() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(k.split()) for k in _wider() if " " in k)


def described(memory: Memory, number: int, sentence: Sentence, phrase: Sequence[int], head: int) -> tuple[Entity, str] | None:
    """The entity that a definite phrase stands for, and by what: the names that words/en/confidence.toml has for it."""
    low = sentence.lemmas[head]
    at = phrase[0]
    told = beside(sentence, phrase, head)
    year = _age(sentence, phrase)
    if year:
        told = set()
        low = year
    if sentence.fine[head] in ("NNS", "NNPS"):
        return _several(memory, number, sentence, at, head, told)
    gender = gender_of_word(low)
    found = fitting(memory, number, at, lambda e: _called(e, low, told) and (not gender or e.gender in ("", gender)))
    named = [e for e in found if e.named]
    later = None if named else memory.named_later(sentence, phrase, head)
    if later is not None:
        return later, "later"
    last = None if told else _last_speaker(memory, number, at, low, gender)
    if last is not None and (not found or (last[1] == "last-body" and not any(last[0] is f for f in named))):
        return last
    found = named or list(found)
    if found:
        best = choose(memory, number, at, lambda e: any(e is f for f in found), gender)
        if best is not None:
            how = "told" if best[0].named else "again"
            return best[0], how + ("-rivals" if len(named) > 1 else "")
    return None


def _last_speaker(memory: Memory, number: int, at: int, low: str, gender: str) -> tuple[Entity, str] | None:
    """Whoever spoke right before, where "the diplomat" or "the organization" is called nothing that says otherwise."""
    last = next((e for n, w, e in reversed(memory.speakers[-12:]) if (n, w) < (number, at) and number - n <= _NEAR), None)
    if last is None or not last.named or last.pair:
        return None
    if low in nouns().person - nouns().office - _ANYONE and last.kind == "person":
        best = choose(memory, number, at, lambda e: e.kind == "person" and e.gender in ("", gender or e.gender), gender)
        return (last, "last-person") if best is not None and best[0] is last and best[1] > _CLEAR else None
    if low in words_of("speakers")["anybody"] and last.kind == "organisation" and not last.told.nouns & nouns().body:
        return last, "last-body"
    return None


def _age(sentence: Sentence, phrase: Sequence[int]) -> str:
    joined = "".join(sentence.words[w].lower() for w in phrase if sentence.universal[w] != "DET")
    return joined if joined.endswith("-year-old") and joined[:1].isdigit() else ""


def _called(entity: Entity, low: str, told: set[str]) -> bool:
    """Whether an entity has been called so, or by a narrower word, and whether what stands beside the noun fits."""
    narrow = any(low in _wider().get(n, ()) for n in entity.told.nouns)
    narrow = narrow or any(low in _wider()[" ".join(pair)] for pair in _pairs() if entity.told.words.issuperset(pair))
    if low not in entity.told.nouns and not narrow:
        return False
    if entity.pair:
        return False
    own = entity.name.lower().replace("'s", "").replace("’s", "").split()
    return told <= entity.told.words.union(own, *(_wider().get(n, ()) for n in entity.told.nouns))


def _several(memory: Memory, number: int, sentence: Sentence, at: int, head: int, told: set[str]) -> tuple[Entity, str] | None:
    surface = sentence.words[head].lower()
    low = sentence.lemmas[head]
    for e in fitting(memory, number, at, lambda e: e.pair or e.kind == "group"):
        if low in e.told.nouns and told <= e.told.words:
            return e, "several"
    if surface in nouns().group - _SIDES and not told:
        for n, w, e in reversed(memory.speakers[-6:]):
            if (n, w) < (number, at) and e.kind == "group" and e.pair and not e.document and number - n <= _NEAR:
                return e, "last-several"
    return None


def counted(sentence: Sentence, words: list[int], head: int) -> list[int]:
    """ "a number of papers" → "papers": whoever is counted, not the counting."""
    if sentence.lemmas[head] not in nouns().counting:
        return words
    of = next((w for w in words if w > head and sentence.lemmas[w] == "of"), None)
    rest = [w for w in words if of is not None and w > of]
    return rest or words


def apposed(sentence: Sentence, words: Sequence[int], head: int) -> list[int]:
    """The words of a phrase that name the body which its noun describes: "the union, the Guild of Drivers"; empty where none do."""
    body = sentence.lemmas[head] in nouns().body and sentence.fine[head] == "NN" and sentence.entities[head] == "O"
    found = name_beside(sentence, head) if body else []
    if found:
        return found if set(found) <= set(words) else []
    rest = [w for w in words if w > head + 1]
    own = body and rest and sentence.words[head + 1] == "," and sentence.words[rest[0]].lower() == "the"
    return rest if own and len(rest) > 1 and all(sentence.entities[w].endswith("ORG") for w in rest[1:]) else []


def is_no_speaker(sentence: Sentence, words: Sequence[int]) -> bool:
    """Whether a speaker's words name nobody who could be held to what was said: "the sides", "media reports suggesting"."""
    own = words_of("speakers")["nobody"]
    behind = words[-1] + 1
    if behind < len(sentence) and sentence.words[behind].lower() in own["heads"]:
        words = [*words, behind]  # "media | reports suggesting"
    low = [sentence.words[w].lower() for w in words if sentence.universal[w] in ("NOUN", "PROPN", "PRON")]
    return bool(low) and all(w in own["words"] for w in low) and any(w in own["heads"] for w in low)
