"""What the findings are written with: names for references, origins for records, and how many of them are independent.

In: what the steps have settled. Out: a `Book`, which every finding's `present` function reads. Example: the statements
of ten papers, nine of which carry one agency's copy → 2 origins, "10 documents: 9 carry
North Shore Agency’s copy, 1 reports itself".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from presstime.findings import FoundActor, Origin

__all__ = ["Book", "Independent"]


@dataclass(frozen=True, slots=True)
class Independent:
    """How many independent origins there can be at most, which they are, and how they were counted, in words."""

    origins: tuple[str, ...]
    at_most: int
    counted: str


@dataclass(frozen=True, slots=True)
class Book:
    """Names, origins and silences, by id. `own` gives a document's own origin, `traces` that of records whose origin is another."""

    as_of: str
    documents: int
    actors: Mapping[str, FoundActor] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    traces: Mapping[str, str] = field(default_factory=dict)
    nations: Mapping[str, str] = field(default_factory=dict)
    """The name of a country by its key."""
    silent: frozenset[str] = frozenset()
    """The ids of the actors of whom an answer was wanted and no statement was found."""
    copied: frozenset[str] = frozenset()
    """The documents that carry another's report."""

    def name(self, reference: str) -> str:
        """The shown name of an actor or origin by its id; other words as they are."""
        if reference in self.actors:
            return self.actors[reference].name
        return self.origins[reference].name if reference in self.origins else reference

    def origin(self, record: str, document: str) -> str | None:
        """The origin of a statement or figure, or of anything else told in a document's own voice."""
        return self.traces.get(record) or self.own.get(document)

    def independent(self, told: Iterable[tuple[str | None, str]]) -> Independent:
        """The origins behind some records, given as (statement or figure, document): never more than the text shows.

        A document that tells a thing more than once counts once, by its first record that is traced to another origin,
        else by its own. What several outlets heard of one speaker is one origin; and there are never more than there are
        newsrooms behind the documents, since whoever reports two speakers is one reporter of both.
        """
        by_document: dict[str, str] = {}
        own_of, traced_to = self.own.get, self.traces.get  # a claim may have thousands of statements
        for record, document in told:
            own_origin = own_of(document)
            origin = traced_to(record or "") or own_origin
            if origin is not None and by_document.get(document, own_origin) == own_origin:
                by_document[document] = origin
        counts = Counter(by_document.values())
        own = Counter(o for d, o in by_document.items() if o == own_of(d) and d not in self.copied)
        carried = {o: n for o, n in counts.items() if n > own[o]}
        words = [self._counted(o, n) for o, n in sorted(carried.items(), key=lambda c: (-c[1], self.name(c[0]), c[0]))]
        alone = sum(o not in carried for o in own.elements())
        if alone:
            newsrooms = len(own.keys() - carried.keys())
            several = f" from {newsrooms} newsroom{'s' if newsrooms > 1 else ''}" if newsrooms < alone else ""
            words.append(f"{alone} report{'s itself' if alone == 1 else ' themselves'}{several}")
        number = len(by_document)
        behind = len({self.own.get(d, d) for d in by_document})
        if words and behind < len(counts):
            words.append(f"all of it through {behind} newsroom{'s' if behind > 1 else ''}")
        counted = f"{number} document{'s' if number != 1 else ''}: {', '.join(words)}" if words else ""
        return Independent(tuple(counts), min(len(counts), behind), counted)

    def _counted(self, origin: str, number: int) -> str:
        """ "9 carry North Shore Agency’s copy", "3 quote one statement of the mayor"."""
        found = self.origins.get(origin)
        name, one = self.name(origin), number == 1
        if found is not None and found.kind == "statement":
            said = name.removeprefix("said by ")
            return f"{number} quote{'s' if one else ''} one statement of {said}"
        return f"{number} carr{'ies' if one else 'y'} {name}’s {'copy' if found is not None and found.kind == 'agency' else 'report'}"
