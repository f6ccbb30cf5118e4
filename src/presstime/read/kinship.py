"""Words → what makes two of them say the same: their stem, their kin, and the party that they name.

In: words of a parsed sentence, or a name. Out: terms, which two words share where one may stand for the other
("shelling" and "opened fire"; "troops" and "military presence"), and keys, which two names share where they name one
party: a country, its capital and its people ("Lima", "Peruvian"), or names that begin alike ("Keldany", "Keldan").
The kin are lists in words/en/answers.toml.

Example: the terms of "shelled" in "Guns shelled the gate" are {"deed attack"}.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from presstime.gazetteer import open_gazetteer
from presstime.read.lexicon import nouns, words
from presstime.read.tree import Sentence, children, entity_spans

__all__ = [
    "NOBODY",
    "SMALL_WORDS",
    "Party",
    "content_words",
    "names_in",
    "parties_in",
    "party_key",
    "party_of",
    "same_side",
    "stem",
    "terms_of",
]

_STEM = 6
_NAME_STEM = 5
"""Letters of a name that its adjective has too ("Keldany", "Keldan")."""
_SHORTEST_NAME = 2
SMALL_WORDS = frozenset(words("answers")["small"])
_MATTER = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "ADV", "NUM"})


def content_words(words: str) -> set[str]:
    """The words of a statement that carry its matter, as stems."""
    return {stem(w) for w in re.findall(r"\w+", words.lower()) if w not in SMALL_WORDS and len(w) > 2}


def stem(word: str) -> str:
    """A word cut so that its forms meet: "opened", "opening" and "opens" are "open"; at most six letters of it."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word.removesuffix(ending)[:_STEM].removesuffix("e")
    return word[:_STEM].removesuffix("e")


# ---------------------------------------------------------------- kin


@cache
def _kin() -> dict[str, frozenset[str]]:
    """A word, or two that belong together, → the names of its lists."""
    found: dict[str, set[str]] = {}
    for kind in ("deeds", "things"):
        for name, listed in words("answers")[kind].items():
            for word in listed:
                found.setdefault(word, set()).add(f"{kind[:-1]} {name}")
    return {w: frozenset(names) for w, names in found.items()}


def terms_of(sentence: Sentence) -> tuple[frozenset[str], ...]:
    """For every word of a sentence its terms: the lists it is in, else its stem; none where it carries no matter."""
    found: dict[int, frozenset[str]] = {}
    for w in range(len(sentence)):
        if w not in found:
            other, kin = _phrase(sentence, w)
            found |= {w: kin, other: kin} if kin else {w: _single(sentence, w)}
    return tuple(found[w] for w in range(len(sentence)))


def _phrase(sentence: Sentence, w: int) -> tuple[int, frozenset[str]]:
    """The lists of a word with its particle ("broke out"), or with the word that follows it ("military presence"), and that word."""
    lemma = sentence.lemmas[w]
    beside = [c for c in children(sentence, w, "compound", "advmod", "obl") if c > w and sentence.universal[c] in ("ADP", "ADV", "ADJ")]
    if w + 1 < len(sentence) and w + 1 not in beside:
        beside.append(w + 1)
    for other in beside:
        for form in (sentence.lemmas[other], sentence.words[other].lower()):
            if kin := _kin().get(f"{lemma} {form}"):
                return other, kin
    return w, frozenset()


def _single(sentence: Sentence, w: int) -> frozenset[str]:
    lemma, surface = sentence.lemmas[w], sentence.words[w].lower()
    if sentence.universal[w] not in _MATTER or len(surface) <= 2:
        return frozenset()
    if kin := _kin().get(surface) or _kin().get(lemma):
        return kin
    return frozenset() if surface in SMALL_WORDS else frozenset({stem(lemma)})


# ---------------------------------------------------------------- parties


@lru_cache(maxsize=100_000)  # a worker must not grow with every new word it meets
def party_key(name: str) -> str:
    """What a word shares with the other names of its party: its country's code, else its beginning."""
    gazetteer = open_gazetteer()
    country = gazetteer.government_of(name) or gazetteer.demonym(name)
    if country is not None and country.kind == "country" and country.country is not None:
        return f"@{country.country}"
    return name[:_NAME_STEM].lower()


def names_in(words: str) -> frozenset[str]:
    """The keys of the names in some words, bodies' own words left out: any ministry's name has "Ministry"."""
    found = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", words.replace("’s", " ").replace("'s", " "))
    named = [w for w in found if w[:1].isupper() and len(w) >= _SHORTEST_NAME and w.lower() not in _not_names()]
    whole = party_key(" ".join(named)) if len(named) > 1 else ""
    return frozenset({party_key(w) for w in named} | ({whole} if whole.startswith("@") else set()))


@cache
def _not_names() -> frozenset[str]:
    official = words("answers")["official"]
    return nouns().body | nouns().titles | nouns().office | {*official["words"], *official["apart"]} | _pronouns()


@cache
def _pronouns() -> frozenset[str]:
    return SMALL_WORDS | {*nouns().pronouns, *words("answers")["pointers"]["pronouns"]}


def parties_in(sentence: Sentence) -> tuple[str, ...]:
    """For every word of a sentence the key of the name it is part of, or ""."""
    found = [""] * len(sentence)
    for w in range(len(sentence)):
        named = sentence.universal[w] == "PROPN" or sentence.entities[w] != "O" or (w and sentence.universal[w] in ("ADJ", "NOUN"))
        surface = sentence.words[w]
        if named and surface[:1].isupper() and len(surface) >= _SHORTEST_NAME and surface.lower() not in _not_names():
            found[w] = party_key(surface)
    for a, b, _ in entity_spans(sentence):
        if b - a > 1 and (key := party_key(" ".join(sentence.words[a:b]))).startswith("@"):
            found[a:b] = [key] * (b - a)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Party:
    """Who speaks: the name, the keys of the names in it and in the role, the terms of its nouns where it bears no name."""

    name: str
    keys: frozenset[str]
    called: frozenset[str]
    official: bool
    """Whether it speaks for whoever its keys name: a ministry, an army, a spokesman; not the opposition or a newspaper."""
    placed: bool
    """Whether it is known whose it is; not so of "the company", or of somebody of whom only the name is told."""
    nobody: bool
    """Whether it is nobody in particular: "media", "reports"."""


NOBODY = Party("", frozenset(), frozenset(), False, False, True)


def party_of(name: str, role: str | None, country: str | None, person: bool) -> Party:
    """Whom a speaker's name and role speak for. `country` is an ISO code."""
    own = names_in(name)
    if person and len(name.split()) > 1 and name.split()[-1][:1].isupper():
        own = names_in(name.split()[-1])  # two people of one given name are two
    keys = own | names_in(role or "") | ({f"@{country}"} if country else set())
    low = set(re.findall(r"[a-z]+", f"{name} {role or ''}".lower()))
    official = words("answers")["official"]
    speaks = not low & {*official["apart"]} and bool(low & {*official["words"]} or (not role and name[:1].isupper()))
    called = frozenset() if keys else frozenset(_called(name) | _called(role or ""))
    nobody = not keys and bool(low & {*words("answers")["pointers"]["nobody"]})
    return Party(name, keys, called, speaks, bool(keys - own if person else keys), nobody)


def _called(name: str) -> set[str]:
    """The terms of a description's nouns, up to where it says of what: "the power company in Osk"."""
    first = re.split(r" (?:of|in|for|from|at|on|near|below) ", name.lower())[0]
    found = re.findall(r"[a-z]+", first.replace("’s", "").replace("'s", ""))
    return {t for w in found if len(w) > 2 and w not in _pronouns() for t in _kin().get(w) or _kin().get(w.removesuffix("s")) or {stem(w)}}


def same_side(a: Party, b: Party) -> bool:
    """Whether two speakers are one, or speak for one."""
    return bool(a.name) and (a.name == b.name or (bool(a.keys & b.keys) and a.official and b.official))
