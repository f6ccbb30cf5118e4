"""The word lists of words/en/*.toml, loaded once, as look-ups.

In: the TOML files beside this module. Out: frozen sets and mappings. Example: `cues().says["deny"]` is "denial".
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from presstime.records import Act

__all__ = ["Cues", "Nouns", "cues", "nouns", "words"]


@dataclass(frozen=True, slots=True)
class Cues:
    """What introduces statements. Verbs and nouns are lemmas; phrases are "verb word"; each maps to its act."""

    says: dict[str, Act]
    narrated: dict[str, Act]
    phrases: dict[str, Act]
    nouns: dict[str, Act]
    either: frozenset[str]
    refused: frozenset[str]
    silent: frozenset[str]
    rings: frozenset[str]
    media: frozenset[str]
    platforms: frozenset[str]
    issued: frozenset[str]
    kinds: frozenset[str]
    times: frozenset[str]
    own: frozenset[str]
    joins: frozenset[str]
    questions: frozenset[str]
    ties: tuple[str, ...]
    carriers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Nouns:
    """Nouns and pronouns that stand for someone named before, and titles left out of names."""

    person: frozenset[str]
    office: frozenset[str]
    group: frozenset[str]
    body: frozenset[str]
    titles: frozenset[str]
    counting: frozenset[str]
    pronouns: dict[str, str]
    """A pronoun's class: female, male, neuter, plural or first."""


@cache
def words(name: str) -> dict[str, Any]:
    """One word list as its TOML has it. `name` without the ending."""
    return tomllib.loads((files("presstime.read") / f"words/en/{name}.toml").read_text(encoding="utf-8"))


@cache
def cues() -> Cues:
    """The cue lexicon."""
    table = words("cues")
    return Cues(
        says=_by_word(table["says"]),
        narrated=_by_word(table["narrated"]),
        phrases=_by_word(table["phrases"]),
        nouns=_by_word(table["nouns"]),
        either=frozenset(table["either"]["verbs"]),
        refused=frozenset(table["either"]["refused"]),
        silent=frozenset(table["silent"]["verbs"]),
        rings=frozenset(table["silent"]["rings"]),
        media=frozenset(table["adjuncts"]["media"]),
        platforms=frozenset(table["adjuncts"]["platforms"]),
        issued=frozenset(table["adjuncts"]["issued"]),
        kinds=frozenset(table["adjuncts"]["kinds"]),
        times=frozenset(table["adjuncts"]["times"]),
        own=frozenset(table["adjuncts"]["own"]),
        joins=frozenset(table["joins"]["words"]),
        questions=frozenset(table["questions"]["words"]),
        ties=tuple(table["ties"]["words"]),
        carriers=frozenset(table["carriers"]["verbs"]),
    )


@cache
def nouns() -> Nouns:
    """The nouns and pronouns that stand for speakers."""
    table = words("speakers")
    pronouns = {w: k for k in ("female", "male", "neuter", "plural", "first") for w in table[k]}
    return Nouns(**{k: frozenset(table[k]) for k in ("person", "office", "group", "body", "titles", "counting")}, pronouns=pronouns)


def _by_word(groups: dict[str, list[str]]) -> dict[str, Act]:
    """Acts → words becomes word → act; of two acts for one word, the one listed later (claim comes first) holds."""
    found: dict[str, Act] = {}
    for act, listed in groups.items():
        for word in listed:
            if word not in found or found[word] == "claim":
                found[word] = act  # type: ignore[assignment]
    return found
