"""The word lists of identity, loaded once. In: words/identity.toml, words/nicknames.toml. Out: frozen sets and mappings.

Example: `lists().same["defense"]` is "defence".
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from presstime.read.lexicon import nouns

__all__ = ["Lists", "lists"]


@dataclass(frozen=True, slots=True)
class Lists:
    """Words inside names and what they tell; each is explained in words/identity.toml."""

    national: frozenset[str]
    states: frozenset[str]
    state_offices: frozenset[str]
    openers: frozenset[str]
    fields: frozenset[str]
    heads: frozenset[str]
    companies: frozenset[str]
    near: frozenset[str]
    itself: frozenset[str]
    firms: frozenset[str]
    organs: frozenset[str]
    armies: frozenset[str]
    kinds: frozenset[str]
    given_titles: frozenset[str]
    courts: frozenset[str]
    places: frozenset[str]
    common: frozenset[str]
    governments: frozenset[str]
    small: frozenset[str]
    same: dict[str, str]
    endings: tuple[str, ...]
    peoples: tuple[str, ...]
    particles: frozenset[str]
    suffixes: frozenset[str]
    titles: frozenset[str]
    private: frozenset[str]
    offices: frozenset[str]
    public: frozenset[str]
    nicknames: dict[str, str]
    generic: frozenset[str]
    """Words for any body or person: a name made of nothing else tells whose only in its document."""


@cache
def lists() -> Lists:
    """The lists."""
    table, nicknames = _table("identity"), _table("nicknames")
    people = table["people"]
    heads = frozenset(table["heads"]) | nouns().body | frozenset(table["national"])
    titles = frozenset(people["titles"]) | frozenset(t.rstrip(".") for t in nouns().titles) | nouns().person
    generic = nouns().group | nouns().body | nouns().person | frozenset(table["national"]) | frozenset(table["fields"])
    return Lists(
        national=frozenset(table["national"]),
        states=frozenset(table["states"]),
        state_offices=frozenset(table["state_offices"]),
        openers=frozenset(table["openers"]),
        fields=frozenset(table["fields"]),
        heads=heads,
        companies=frozenset(table["companies"]),
        near=frozenset(table["near"]),
        itself=frozenset(table["itself"]),
        firms=frozenset(table["firms"]),
        organs=frozenset(table["organs"]),
        armies=frozenset(table["armies"]),
        kinds=frozenset(table["kinds"]),
        given_titles=frozenset(table["given_titles"]),
        courts=frozenset(table["courts"]),
        places=frozenset(table["places"]),
        common=frozenset(table["common"]),
        governments=frozenset(table["governments"]),
        small=frozenset(table["small"]),
        same=table["same"],
        endings=tuple(sorted(table["lands"]["endings"], key=lambda e: (-len(e), e))),
        peoples=tuple(table["lands"]["peoples"]),
        particles=frozenset(people["particles"]),
        suffixes=frozenset(people["suffixes"]),
        titles=titles,
        private=frozenset(people["private"]),
        offices=frozenset(people["offices"]),
        public=frozenset(people["public"]),
        nicknames=nicknames["short"],
        generic=generic | frozenset(table["same"]),
    )


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("presstime.combine") / f"words/{name}.toml").read_text(encoding="utf-8"))
