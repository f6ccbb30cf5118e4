"""Looking up places and actors: under which names they go, where they are named, and who may be one and the same.

Comes in: an open `Lookups` and what is asked for. Goes out: records. Example: a town under both of its names, named in 31 documents, with
its point; and "Ministry of Rivers", known under three names, who may be one with "Rivers Ministry".
"""

from __future__ import annotations

from presstime.ledger.folding import broad
from presstime.ledger.lookups import PAGE, Everything, Lookups, Page, Sight, where_seen
from presstime.records import Record

__all__ = [
    "ActorRow",
    "CandidateRow",
    "MemberRow",
    "PlaceNaming",
    "PlaceRow",
    "PlaceUse",
    "actor",
    "actor_rows",
    "candidate_rows",
    "member_rows",
    "naming_rows",
    "place",
    "place_rows",
    "place_uses",
    "places_on_map",
]


class PlaceRow(Record, frozen=True):
    """A place of all documents. `key` is its gazetteer id or, where the gazetteer has none, its name; `names` are all spellings used."""

    key: str
    name: str
    names: tuple[str, ...]
    gazetteer: str | None
    country: str | None
    precision: str | None
    lat: float | None
    lon: float | None
    documents: int
    mentions: int


class PlaceUse(Record, frozen=True):
    """How many figures and events are put at a place, by its key."""

    key: str
    figures: int
    events: int


class PlaceNaming(Record, frozen=True):
    """Where one document names a place."""

    id: str
    name: str
    use: str
    document: str
    outlet: str | None
    headline: str | None
    published: str | None
    start: int
    end_: int
    confidence: float
    review: str


class ActorRow(Record, frozen=True):
    """An actor of all documents. `names` are those it goes by, `documents` how many name it."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    country: str | None
    role: str | None
    affiliation: str | None
    documents: int
    statements: int


class MemberRow(Record, frozen=True):
    """An actor of one document that is joined to one of all documents."""

    id: str
    name: str
    kind: str
    role: str | None
    affiliation: str | None
    document: str
    outlet: str | None
    headline: str | None
    published: str | None
    mentions: int
    review: str


class CandidateRow(Record, frozen=True):
    """Two actors or events that may be one and were left apart, for a person to decide."""

    kind: str
    one: str
    other: str
    names: tuple[str, ...]
    why: str
    score: float


# ---------------------------------------------------------------- places

_SPELLED = """
SELECT p.gazetteer, p.name, p.country, p.precision, p.lat, p.lon, count(*) AS mentions, count(DISTINCT p.document) AS documents
FROM place p {joined} WHERE p.use = 'literal' AND {seen} GROUP BY p.gazetteer, p.name
"""
_PLACES = """
WITH spelled AS ({spelled})
SELECT coalesce(gazetteer, name) AS key,
       (SELECT b.name FROM spelled b WHERE b.gazetteer IS s.gazetteer AND (s.gazetteer IS NOT NULL OR b.name = s.name)
          ORDER BY b.mentions DESC, b.name LIMIT 1) AS name,
       json_group_array(s.name) AS names, gazetteer, max(country) AS country, max(precision) AS precision, max(lat) AS lat, max(lon) AS lon,
       sum(documents) AS documents, sum(mentions) AS mentions
FROM spelled s GROUP BY 1 ORDER BY mentions DESC, key
"""


def _all_places(look: Lookups, sight: Sight) -> tuple[PlaceRow, ...]:
    """Every place that is literally named, the most named first; put together once for each state of the ledger."""
    joined, seen = "INDEXED BY place_listed", "1"
    if sight.now is not None:
        joined, seen = "JOIN document d ON d.id = p.document", where_seen(sight, "d")
    sql = _PLACES.format(spelled=_SPELLED.format(joined=joined, seen=seen))
    return look.kept(("places", sight), lambda: look.rows(PlaceRow, sql, now=sight.now))


def place_rows(
    look: Lookups,
    sight: Sight = Everything,
    *,
    q: str = "",
    country: str | None = None,
    unresolved: bool = False,
    number: int = 1,
    size: int = PAGE,
) -> Page[PlaceRow]:
    """A page of places, the most named first. `unresolved` asks for those that neither the gazetteer nor the story knows."""
    found = _all_places(look, sight)
    if q:
        wanted = broad(q).split()
        spellings = look.kept(("places folded", sight), lambda: {one.key: broad(" ".join(one.names)) for one in found})
        found = tuple(one for one in found if all(word in spellings[one.key] for word in wanted))
    if country is not None:
        found = tuple(one for one in found if one.country == country)
    if unresolved:
        found = tuple(one for one in found if one.gazetteer is None and one.lat is None)
    return Page(items=found[(number - 1) * size : number * size], total=len(found), number=number, size=size)


def places_on_map(look: Lookups, sight: Sight = Everything) -> tuple[PlaceRow, ...]:
    """The places that have a point, the most named first."""
    return tuple(one for one in _all_places(look, sight) if one.lat is not None and one.lon is not None)


def place_uses(look: Lookups, sight: Sight = Everything) -> tuple[PlaceUse, ...]:
    """What is put at each place; earlier events that are only recalled are left out."""
    sql = f"""
    SELECT key, sum(figures) AS figures, sum(events) AS events FROM (
      SELECT coalesce(p.gazetteer, p.name) AS key, count(*) AS figures, 0 AS events FROM figure x JOIN place p ON p.id = x.place
        WHERE x.scope <> 'past' AND {where_seen(sight, "x")} GROUP BY 1
      UNION ALL SELECT coalesce(p.gazetteer, p.name), 0, count(*) FROM event e JOIN place p ON p.id = e.place
        WHERE e.scope <> 'past' AND {where_seen(sight, "e")} GROUP BY 1)
    GROUP BY 1 ORDER BY 1
    """
    return look.kept(("place uses", sight), lambda: look.rows(PlaceUse, sql, now=sight.now))


def place(look: Lookups, key: str, sight: Sight = Everything) -> PlaceRow | None:
    """One place by its gazetteer id or name, by any of its spellings, or by the id of a record that names it."""
    places = look.kept(("places by key", sight), lambda: {one.key: one for one in _all_places(look, sight)})
    if key in places:
        return places[key]
    gazetteer = look.value("SELECT coalesce(gazetteer, name) FROM place WHERE id = :key", key=key)
    return places.get(gazetteer) if gazetteer else next((one for one in places.values() if key in one.names), None)


def naming_rows(look: Lookups, key: str, sight: Sight = Everything, *, number: int = 1, size: int = PAGE) -> Page[PlaceNaming]:
    """A page of where a place is named, in the newest documents first; under any name, literally or not."""
    where = f"{_OF_GAZETTEER if look.value(_KNOWN, key=key) else _OF_NAME} AND {where_seen(sight, 'd')}"
    total = look.counted(f"SELECT count(*) FROM place p JOIN document d ON d.id = p.document WHERE {where}", key=key, now=sight.now)
    sql = (
        "SELECT p.id, p.name, p.use, p.document, d.outlet, d.headline, d.published, p.start, p.end_, p.confidence, p.review "
        f"FROM place p JOIN document d ON d.id = p.document WHERE {where} ORDER BY d.published DESC, d.number DESC, p.start"
    )
    return Page(
        items=look.rows(PlaceNaming, sql, limit=size, offset=(number - 1) * size, key=key, now=sight.now),
        total=total,
        number=number,
        size=size,
    )


_KNOWN = "SELECT 1 FROM place WHERE gazetteer = :key LIMIT 1"
_OF_GAZETTEER = "p.gazetteer = :key"
_OF_NAME = "p.use IN ('literal', 'metonym', 'demonym') AND p.gazetteer IS NULL AND p.name = :key"


# ---------------------------------------------------------------- actors

_ACTORS = """
SELECT f.id, {name} AS name, {names} AS names, f.kind, f.country, {personal},
       (SELECT count(DISTINCT a.document) FROM {members}) AS documents,
       (SELECT count(*) FROM actor_of m JOIN statement s ON s.actor = m.member WHERE m.found = f.id AND {seen}) AS statements
FROM found_actor f WHERE {told} ORDER BY statements DESC, documents DESC, name
"""


def _all_actors(look: Lookups, sight: Sight) -> tuple[ActorRow, ...]:
    """Every actor, the most heard first. Whoever does not see everything is told the names of the documents seen only."""
    members = "actor_of m JOIN actor a ON a.id = m.member WHERE m.found = f.id"
    name, names, personal, told = "f.name", "f.names", "f.role, f.affiliation", "1"
    if sight.now is not None:
        documents = f"JOIN document d ON d.id = a.document AND {where_seen(sight, 'd')}"
        members = f"actor_of m JOIN actor a ON a.id = m.member {documents} WHERE m.found = f.id"
        name = f"coalesce((SELECT a.name FROM {members} AND a.name = f.name LIMIT 1), (SELECT min(a.name) FROM {members}))"
        names = f"(SELECT json_group_array(DISTINCT a.name) FROM {members})"
        personal, told = "NULL AS role, NULL AS affiliation", f"EXISTS (SELECT 1 FROM {members})"
    sql = _ACTORS.format(name=name, names=names, personal=personal, told=told, members=members, seen=where_seen(sight, "s"))
    return look.kept(("actors", sight), lambda: look.rows(ActorRow, sql, now=sight.now))


def actor_rows(
    look: Lookups, sight: Sight = Everything, *, q: str = "", kind: str | None = None, number: int = 1, size: int = PAGE
) -> Page[ActorRow]:
    """A page of actors, those with the most statements first."""
    found = _all_actors(look, sight)
    if kind is not None:
        found = tuple(one for one in found if one.kind == kind)
    if q:
        wanted = broad(q).split()
        every = _all_actors(look, sight)
        spellings = look.kept(("actors folded", sight), lambda: {one.id: broad(" ".join((one.name, *one.names))) for one in every})
        found = tuple(one for one in found if all(word in spellings[one.id] for word in wanted))
    return Page(items=found[(number - 1) * size : number * size], total=len(found), number=number, size=size)


def actor(look: Lookups, identifier: str, sight: Sight = Everything) -> ActorRow | None:
    """One actor by its id, an older id of it, the id of a document's actor that it joins, or its name."""
    actors = look.kept(("actors by id", sight), lambda: {one.id: one for one in _all_actors(look, sight)})
    if identifier in actors:
        return actors[identifier]
    found = look.value("SELECT found FROM actor_of WHERE member = :id", id=identifier) or look.value(
        "SELECT f.id FROM found_actor f, json_each(f.redirects) r WHERE r.value = :id", id=identifier
    )
    return actors.get(found) if found else next((one for one in actors.values() if identifier in (one.name, *one.names)), None)


def member_rows(look: Lookups, identifier: str, sight: Sight = Everything, *, number: int = 1, size: int = PAGE) -> Page[MemberRow]:
    """A page of the documents' actors that one actor joins, those of the newest documents first."""
    tables = "actor_of m JOIN actor a ON a.id = m.member JOIN document d ON d.id = a.document"
    where = f"m.found = :id AND {where_seen(sight, 'd')}"
    total = look.counted(f"SELECT count(*) FROM {tables} WHERE {where}", id=identifier, now=sight.now)
    if total >= MANY:
        tables = (
            "document d INDEXED BY document_newest CROSS JOIN actor a INDEXED BY actor_document ON a.document = d.id "
            "CROSS JOIN actor_of m ON m.member = a.id"
        )
    sql = (
        "SELECT a.id, a.name, a.kind, a.role, a.affiliation, a.document, d.outlet, d.headline, d.published, "
        f"(SELECT count(*) FROM mention n WHERE n.actor = a.id) AS mentions, a.review FROM {tables} WHERE {where} "
        "ORDER BY d.published DESC, d.number DESC"
    )
    return Page(
        items=look.rows(MemberRow, sql, limit=size, offset=(number - 1) * size, id=identifier, now=sight.now),
        total=total,
        number=number,
        size=size,
    )


MANY = 2_000
"""Of more members the newest documents are gone through until a page is full: 2 ms instead of 80 for 9,400."""


def candidate_rows(
    look: Lookups, sight: Sight = Everything, *, of: str | None = None, number: int = 1, size: int = PAGE
) -> Page[CandidateRow]:
    """A page of pairs that may be one, the likeliest first; those of one actor or event where `of` is its id."""
    where = "1" if of is None else ":of IN (c.one, c.other)"
    if sight.now is not None:
        where += " AND 0"  # they name what is left apart for editors to decide
    total = look.counted(f"SELECT count(*) FROM candidate c WHERE {where}", of=of)
    sql = f"SELECT c.kind, c.one, c.other, c.names, c.why, c.score FROM candidate c WHERE {where} ORDER BY c.score DESC, c.position"
    return Page(items=look.rows(CandidateRow, sql, limit=size, offset=(number - 1) * size, of=of), total=total, number=number, size=size)
