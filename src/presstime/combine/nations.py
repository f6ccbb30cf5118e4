"""Names → the one country whose name, adjective or possessive stands in them.

In: a name of a body ("Greek Foreign Ministry", "Ministry of Defence of Greece", "Greece's army"). Out: its country and
the words that are left. Names with no country in them, with two, or with one that is also a large region's ("Georgia")
stay as they are: what is not certain is not joined. The story's own countries come before the gazetteer's.

Example: "Greek Foreign Ministry" → Greece, ("foreign", "ministry").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from presstime.combine.names import name_key
from presstime.gazetteer import Candidate, open_gazetteer
from presstime.records import Context

__all__ = ["Nation", "Nations"]

_LONGEST = 3
"""Words of a country's name that are looked for together ("Papua New Guinea")."""
_FILLERS = frozenset({"of", "the", "for", "and", "affairs", "s", "republic"})
_SPELLINGS = {"defense": "defence", "internal": "interior"}
_WORD = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Nation:
    """A country: a key, its name, and its ISO code where it has one."""

    key: str
    name: str
    code: str | None = None


class Nations:
    """Countries by their names and adjectives, for one story. Look-ups are remembered."""

    def __init__(self, context: Context) -> None:
        self._region = frozenset(context.region)
        self._seen: dict[str, tuple[Nation, tuple[str, ...]] | None] = {}
        self._words: dict[str, Nation] = {}
        self._runs: dict[str, Nation | None] = {}
        for place in sorted(context.places, key=lambda p: p.name):
            if place.precision == "country":
                nation = Nation(f"story:{name_key(place.name)}", place.name)
                for name in (place.name, *place.names):
                    self._words.setdefault(name_key(name), nation)

    def in_name(self, name: str) -> tuple[Nation, tuple[str, ...]] | None:
        """The one country in a name, and the name's other words, folded and sorted; None where there is not just one."""
        if name not in self._seen:
            self._seen[name] = self._look(name)
        return self._seen[name]

    def by_code(self, code: str | None) -> Nation | None:
        """The country of an ISO code."""
        found = open_gazetteer().by_id(f"iso:{code}") if code else None
        return Nation(f"iso:{code}", found.name, code) if found else None

    def capital_or_country(self, name: str) -> Nation | None:
        """The country whose government a bare name stands for: "Paris", "France"."""
        key = name_key(name)
        if key in self._words:
            return self._words[key]
        found = open_gazetteer().government_of(re.sub(r"^the ", "", name, flags=re.IGNORECASE)) if key else None
        return _nation(found) if found else None

    def _look(self, name: str) -> tuple[Nation, tuple[str, ...]] | None:
        words = _WORD.findall(name)
        found: list[Nation] = []
        rest: list[str] = []
        at = 0
        while at < len(words):
            for length in range(min(_LONGEST, len(words) - at), 0, -1):
                run = words[at : at + length]
                nation = self._of_run(" ".join(run)) if all(w[:1].isupper() for w in run) else None
                if nation is not None:
                    found.append(nation)
                    at += length
                    break
            else:
                rest.append(words[at])
                at += 1
        if len({n.key for n in found}) != 1:
            return None
        folded = (name_key(w) for w in rest)
        return found[0], tuple(sorted(_SPELLINGS.get(w, w) for w in folded if w and w not in _FILLERS))

    def _of_run(self, run: str) -> Nation | None:
        key = name_key(run)
        if key not in self._runs:
            self._runs[key] = self._words.get(key) or self._from_gazetteer(run)
        return self._runs[key]

    def _from_gazetteer(self, run: str) -> Nation | None:
        gazetteer = open_gazetteer()
        if " " not in run and (place := gazetteer.demonym(run)) is not None:
            return _nation(place)
        bearers = [c for c in gazetteer.candidates(run) if c.match == "name"]
        country = next((c for c in bearers if c.kind == "country"), None)
        if country is None:
            return None
        alone = all(c.kind != "region" for c in bearers)
        return _nation(country) if alone or country.country in self._region else None


def _nation(place: Candidate) -> Nation | None:
    if place.kind != "country" or place.country is None:
        return None
    return Nation(f"iso:{place.country}", place.name, place.country)
