"""One reading → the names that it uses for somebody, actors first, then those that only pass.

In: a reading. Out: names with their records' ids: its actors; speakers who are none; addressees, participants, whom
statements accuse, whom a person belongs to, outlets and credits. Example: "said Rin, of the Tamsin Water Board" → the
actor Rin, and in passing "Tamsin Water Board".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from presstime.combine.accused_names import bodies_accused, names_accused
from presstime.combine.bodies import has_head
from presstime.combine.identity_beside import meant
from presstime.combine.names import is_named, is_pronoun, name_key
from presstime.combine.who import passing_id
from presstime.records import Actor, ActorKind, Reading

__all__ = ["Named", "everyone_in", "outlet_name", "where_of"]

_OF = re.compile(r"\b(?:of|for|at|with)\s+(?:the\s+)?(?P<body>[A-Z][^,;]+)")
_AND = re.compile(r",?\s+and\s+|,\s+")
_NOTE = re.compile(r"\s*\([^)]*\)\s*$")


_PLACES = 12
"""Places of a document that are kept with a name that any land has: enough to show that two tell of one land."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a document. `listed` tells that it is an actor's or a speaker's."""

    record: str
    position: int
    name: str
    kind: ActorKind
    listed: bool
    actor: Actor | None = None


def everyone_in(reading: Reading) -> Iterator[Named]:
    """Every name of a reading once, actors first; pronouns are nobody."""
    document = reading.document.id
    for a in reading.actors:
        if name_key(a.name) and not is_pronoun(a.name):
            yield Named(a.id, a.mentions[0].start if a.mentions else 0, *meant(reading, a), True, a)
    by_name = {name_key(a.name): a for a in reversed(reading.actors)}
    seen: set[str] = set()
    own = next((s.speaker.name for s in reading.statements if s.speaker and s.speaker.how == "own page"), None)
    if own is not None:  # "We" in what a body publishes itself
        yield Named(passing_id(document, "we"), 0, own, by_name[name_key(own)].kind if name_key(own) in by_name else "organisation", False)
    bodies = {name_key(n) for s in reading.statements for n in bodies_accused(reading, s)}
    together = {name_key(part): a.kind for a in reading.actors if len(parts_of(a.name)) > 1 for part in parts_of(a.name)}
    for name, position, listed in _passing(reading):
        key = name_key(name)
        if not key or key in seen or is_pronoun(name) or not (listed or is_named(name)):
            continue
        seen.add(key)
        same = by_name.get(key)
        kind: ActorKind = "organisation" if key in bodies else same.kind if same else together.get(key, _kind(name))
        yield Named(passing_id(document, name), position, outlet_name(name), kind, (listed or key in bodies) and same is None)


def parts_of(name: str) -> list[str]:
    """The names in a name for several: "Ostria and Keldany", "both the Lake Board and Delvan Works"; else the name alone."""
    if " and " not in name:
        return [name]
    parts = [re.sub(r"^(?:[Bb]oth\s+)?(?:the\s+)?", "", p).strip() for p in _AND.split(name)]
    return parts if len(parts) > 1 and all(is_named(p) and p[:1].isupper() for p in parts) else [name]


def outlet_name(name: str) -> str:
    """The name of who publishes, without what it is published as: "Mellor Hydro (statement)"."""
    return _NOTE.sub("", name) or name


def _passing(reading: Reading) -> Iterator[tuple[str, int, bool]]:
    """Names used for somebody beside the actors: with their position, and whether they are a speaker's."""
    ids = {a.id for a in reading.actors}
    for s in reading.statements:
        if s.speaker is not None and s.speaker.actor not in ids:
            yield s.speaker.name, s.speaker.start, True
    for s in reading.statements:
        if s.speaker is not None and len(several := parts_of(s.speaker.name)) > 1:
            yield from ((name, s.speaker.start, True) for name in several)
    for s in reading.statements:
        at = s.content[0].start if s.content else 0
        if s.addressee:
            yield s.addressee, at, False
        for name in names_accused(reading, s):
            yield name, at, False
    for e in reading.events:
        for side in (e.actor, e.recipient):
            if side is not None and side.actor not in ids:
                yield side.name, side.start, False
    document = reading.document
    for named in (document.outlet, *document.credits, *(m.credit for m in document.media)):
        if named:
            yield named, 0, False
    for a in reading.actors:
        at = a.mentions[0].start if a.mentions else 0
        if a.affiliation:
            yield a.affiliation, at, False
        if match := _OF.search(a.role or ""):
            yield match["body"], at, False


def _kind(name: str) -> ActorKind:
    if has_head(name) or name.startswith("The "):
        return "organisation"
    return "person" if name[:1].isupper() and len(name_key(name).split()) > 1 else "group"


def where_of(reading: Reading) -> tuple[str, ...]:
    """The places that a document tells of, the first few, and its outlet: it tells of one land as a rule."""
    found = (p.gazetteer or name_key(p.name) for p in reading.places if p.use == "literal")
    outlet = (f"outlet {name_key(reading.document.outlet)}",) if reading.document.outlet else ()
    return (*outlet, *list(dict.fromkeys(found))[:_PLACES])
