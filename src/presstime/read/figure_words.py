"""The words of figures: what a word may count, and whom.

In comes a word of a sentence; out goes the measure it stands for in one of the lists of words/en/figures.toml (verbs
done to somebody, verbs done by somebody, nouns, deeds, states), or whether it names a person or a thing.

Example: `measure_of(sentence, word, lists().nouns)` is "killed" where the word is "deaths".
"""

from __future__ import annotations

import tomllib
from collections.abc import Container
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from presstime.read.lemmas import lemma
from presstime.read.tree import Sentence
from presstime.records import MEASURES, Measure

__all__ = ["Lists", "is_known_person", "is_one_of", "is_person", "is_thing", "listed", "lists", "measure_of"]


@dataclass(frozen=True, slots=True)
class Lists:
    """words/en/figures.toml, each table turned from word to measure."""

    done_to: dict[str, Measure]
    done_by: dict[str, Measure]
    nouns: dict[str, Measure]
    deeds: dict[str, Measure]
    states: dict[str, Measure]
    words: dict[str, frozenset[str]]


@cache
def lists() -> Lists:
    """The word lists, read once a process."""
    raw = tomllib.loads((files("presstime.read") / "words/en/figures.toml").read_text(encoding="utf-8"))

    def turned(table: dict[str, str]) -> dict[str, Measure]:
        return {word: m for m in MEASURES for word in table.get(m, "").split()}

    words = {name: frozenset(text.split()) for name, text in raw["words"].items()}
    return Lists(turned(raw["done_to"]), turned(raw["done_by"]), turned(raw["nouns"]), turned(raw["deeds"]), turned(raw["states"]), words)


def listed(name: str) -> frozenset[str]:
    """A word list of words/en/figures.toml by its name."""
    return lists().words[name]


def _bases(sentence: Sentence, word: int) -> tuple[str, ...]:
    return _base_forms(sentence.words[word], sentence.lemmas[word], sentence.fine[word])


@lru_cache(maxsize=20_000)
def _base_forms(text: str, own: str, tag: str) -> tuple[str, ...]:
    """The base forms a word may have: capitals all through make its tag unsure, so nouns and verbs are both tried."""
    found = [own, text.lower()]
    if text.isupper() or tag.startswith("NNP"):
        found += [lemma(text, "NNS"), lemma(text, "VBD")]
    return tuple(dict.fromkeys(found))


def is_one_of(sentence: Sentence, word: int, words: Container[str]) -> bool:
    """Whether a word's base form is among some words."""
    return any(map(words.__contains__, _bases(sentence, word)))


def measure_of(sentence: Sentence, word: int, table: dict[str, Measure]) -> Measure | None:
    """The measure a word stands for in one of the tables, None where it is in none."""
    return next(filter(None, map(table.get, _bases(sentence, word))), None)


def is_person(sentence: Sentence, word: int) -> bool:
    """Whether a word names a person or several."""
    return is_known_person(sentence, word) or (sentence.fine[word] in ("NN", "NNS") and _ends_as_person(sentence.lemmas[word]))


def is_known_person(sentence: Sentence, word: int) -> bool:
    """Whether a word is in a list of words for people."""
    known = lists().words
    return is_one_of(sentence, word, known["people"]) or is_one_of(sentence, word, known["many_people"])


@lru_cache(maxsize=20_000)
def _ends_as_person(word: str) -> bool:
    """Whether a noun that is in no list ends as those of people do: "beekeeper", "accordionist"."""
    known = lists().words
    return len(word) > 4 and word.endswith(tuple(known["endings"])) and word not in known["not_people"] and word not in known["things"]


def is_thing(sentence: Sentence, word: int) -> bool:
    """Whether a word names what is no person, though it may be lost or taken."""
    return is_one_of(sentence, word, lists().words["things"]) and not is_known_person(sentence, word)
