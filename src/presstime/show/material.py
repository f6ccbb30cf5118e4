"""What show is given, and how it finds its way about in it.

In: findings and the readings they were made of. Out: `Material`, all that a report or a brief is made from, and its `Index`:
records by id, the document of a record, the name of an actor, the origin of a document.
Example: `index.document_of["figure-…"]` is the id of the document in which "at least 12 people" stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from presstime.findings import Claim, Findings, FoundActor, FoundDocument, Origin, Series
from presstime.ledger.entries import Check, Reviewed, Translation
from presstime.records import Actor, Document, Event, Figure, Place, Problem, Reading, Record, Statement, Time

__all__ = [
    "Index",
    "Material",
    "actor_name",
    "document_name",
    "independent_at_most",
    "index_material",
    "origin_name",
    "outlet_name",
    "outlets",
    "place_name",
    "place_names",
    "series_place",
    "speaker_name",
]


class Material(Record, frozen=True):
    """Everything a report is made from. `as_of` is ISO 8601 with its offset, `time_zone` an IANA name.

    `problems` are those of the material at large; those of one document stand in its reading.

    What people have said stands beside it: `reviews` by a record's id, of those that people checked, corrected or added
    (any other is the machine's); `checks` by the id of a document or statement, or by an account's handle; `translations`
    by a statement's id; `translates`: a document's id → that of the document of which it is a translation; `handles`: an
    account's handle → its owner's name; `let_through`: the names of people that a person has let be published.
    """

    title: str
    as_of: str
    time_zone: str
    findings: Findings
    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...] = ()
    presstime: str = "0.1.0"
    reviews: Mapping[str, Reviewed] = msgspec.field(default_factory=dict)
    checks: Mapping[str, tuple[Check, ...]] = msgspec.field(default_factory=dict)
    translations: Mapping[str, Translation] = msgspec.field(default_factory=dict)
    translates: Mapping[str, str] = msgspec.field(default_factory=dict)
    handles: Mapping[str, str] = msgspec.field(default_factory=dict)
    let_through: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Index:
    """Look-ups over one material, by id."""

    material: Material
    readings: dict[str, Reading]
    documents: dict[str, Document]
    statements: dict[str, Statement]
    figures: dict[str, Figure]
    events: dict[str, Event]
    places: dict[str, Place]
    times: dict[str, Time]
    actors: dict[str, Actor]
    document_of: dict[str, str]
    found_documents: dict[str, FoundDocument]
    found_actors: dict[str, FoundActor]
    actor_of_member: dict[str, FoundActor]
    actor_of_name: dict[str, FoundActor]
    origins: dict[str, Origin]
    claims: dict[str, Claim]
    places_by_gazetteer: dict[str, Place]
    articles: dict[str, str] = field(default_factory=dict)
    """Names already asked about: the article they take, or none."""


def index_material(material: Material) -> Index:
    """The look-ups over a material, made once for a report."""
    document_of: dict[str, str] = {}
    for reading in material.readings:
        for group in (reading.actors, reading.statements, reading.figures, reading.events, reading.places, reading.times):
            for record in group:
                document_of.setdefault(record.id, reading.document.id)
    findings = material.findings
    actor_of_name: dict[str, FoundActor] = {}
    for actor in findings.actors:
        for name in (actor.name, *actor.names):
            actor_of_name.setdefault(name, actor)
    gazetteer: dict[str, Place] = {}
    for reading in material.readings:
        for place in reading.places:
            if place.gazetteer is not None:
                first = gazetteer.setdefault(place.gazetteer, place)
                if first.use == "demonym" != place.use:  # "Greek" names no place where another document has "Greece"
                    gazetteer[place.gazetteer] = place
    return Index(
        material=material,
        readings={reading.document.id: reading for reading in material.readings},
        documents={reading.document.id: reading.document for reading in material.readings},
        statements={record.id: record for reading in material.readings for record in reading.statements},
        figures={record.id: record for reading in material.readings for record in reading.figures},
        events={record.id: record for reading in material.readings for record in reading.events},
        places={record.id: record for reading in material.readings for record in reading.places},
        times={record.id: record for reading in material.readings for record in reading.times},
        actors={record.id: record for reading in material.readings for record in reading.actors},
        document_of=document_of,
        found_documents={found.id: found for found in findings.documents},
        found_actors={actor.id: actor for actor in findings.actors},
        actor_of_member={member: actor for actor in findings.actors for member in actor.members},
        actor_of_name=actor_of_name,
        origins={origin.id: origin for origin in findings.origins},
        claims={claim.id: claim for claim in findings.claims},
        places_by_gazetteer=gazetteer,
    )


def actor_name(index: Index, reference: str) -> str:
    """An actor's name, from its id, the id of a member, or a name, which is given back as it stands."""
    found = index.found_actors.get(reference) or index.actor_of_member.get(reference)
    if found:
        return found.name
    return index.actors[reference].name if reference in index.actors else reference


def speaker_name(index: Index, statement: Statement) -> str | None:
    """Whom a statement is by, under the name the findings show; None where it could not be told."""
    speaker = statement.speaker
    if speaker is None:
        return None
    if speaker.actor is not None and (found := index.actor_of_member.get(speaker.actor)):
        return found.name
    return speaker.name


def place_name(index: Index, reference: str | None) -> str | None:
    """A place's name in the source's own spelling, from its id, its gazetteer id, or a name."""
    if reference is None:
        return None
    place = index.places.get(reference) or index.places_by_gazetteer.get(reference)
    if place is not None and place.use == "demonym" and place.names:
        return place.names[0]
    return place.name if place else reference


def series_place(index: Index, series: Series) -> str | None:
    """A series' place, where one of its figures is told of that place; never one that was only found near them."""
    if series.place is None:
        return None
    name = place_name(index, series.place)
    figures = [index.figures.get(point.figure) for line in series.lines for point in line.points]
    places = [index.places[one.place] for one in figures if one is not None and one.place in index.places]
    wanted = (name or "").casefold()
    return name if any(one.gazetteer == series.place or one.name.casefold() == wanted for one in places) else None


def place_names(index: Index, reference: str | None) -> tuple[str, ...]:
    """The other spellings of a place that the gathered documents use, in order; at most what the record knows."""
    if reference is None:
        return ()
    place = index.places.get(reference) or index.places_by_gazetteer.get(reference)
    if place is None or place.gazetteer is None:
        return ()
    used = {other.name for other in index.places.values() if other.gazetteer == place.gazetteer and other.use == "literal"}
    return tuple(sorted(used - {place_name(index, reference)}))


def outlet_name(document: Document) -> str:
    """Who published a document, or what we have instead of a name."""
    return document.outlet or f"{document_name(document)}, outlet not named"


def document_name(document: Document) -> str:
    """What a document goes by where it has no headline: its file's name without the folders, else its id."""
    return document.name.rpartition("/")[2] if document.name else document.id


def origin_name(index: Index, document: str) -> str | None:
    """The name of a document's own origin; None where the findings give none."""
    found = index.found_documents.get(document)
    if found is None or found.origin is None:
        return None
    origin = index.origins.get(found.origin)
    return origin.name if origin else None


def outlets(material: Material) -> tuple[str, ...]:
    """The outlets that published something gathered, each once, in order."""
    return tuple(dict.fromkeys(reading.document.outlet for reading in material.readings if reading.document.outlet))


def independent_at_most(index: Index) -> int:
    """How many independent origins there can be at most: the documents' own origins, each once, copies left out.

    A document whose origin is not known counts as one of its own, which is why this is a bound from above.
    """
    own = set()
    for document in index.documents:
        found = index.found_documents.get(document)
        first = (found.near_copy_of or found.version_of) if found else None
        if found and found.origin:
            own.add(found.origin)
        elif first not in index.documents:
            own.add(document)
    return len(own)
