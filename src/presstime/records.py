"""The records of one reading: everything that gather and read give and that crosses a room.

Offsets are Unicode code points into the document's text, end exclusive, so `text[r.start:r.end]` is the words a
record claims. Every record has an id; every reference to another record is that id. Findings, which combine makes
of many readings, are in findings.py. The JSON form of these structs is the interchange format; docs/schema/ holds
its JSON Schema.
"""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = [
    "ACTS",
    "EVENT_TYPES",
    "MEASURES",
    "Act",
    "Actor",
    "Certainty",
    "Context",
    "Document",
    "Event",
    "EventType",
    "Figure",
    "Form",
    "KnownActor",
    "KnownPlace",
    "Measure",
    "Media",
    "Part",
    "PartKind",
    "Participant",
    "Place",
    "Problem",
    "Provenance",
    "Qualifier",
    "Reader",
    "Reading",
    "Span",
    "Speaker",
    "Standing",
    "Statement",
    "Time",
    "Unattributed",
]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """The base of every record: frozen, keyword-only, without behaviour."""


# ---------------------------------------------------------------- documents

PartKind = Literal["headline", "deck", "caption", "heading", "paragraph", "credit", "boilerplate"]


class Span(Record, frozen=True, kw_only=True):
    """Some characters of a document's text."""

    start: int
    end: int


class Part(Record, frozen=True, kw_only=True):
    """One block of a document's text and what it is on the page. Parts do not overlap and stand in order."""

    kind: PartKind
    start: int
    end: int


class Media(Record, frozen=True, kw_only=True):
    """A photograph or video, kept as its caption and credit. `caption` is the caption's span."""

    caption: Span
    credit: str | None = None


class Provenance(Record, frozen=True, kw_only=True):
    """Where a document's field came from, e.g. field "published", source "meta article:published_time"."""

    field: str
    source: str


class Document(Record, frozen=True, kw_only=True):
    """One published text. `published` and `gathered` are ISO 8601, a date or a date and time with its offset.

    `sha256` is the hash of the raw bytes as gathered; `name` says whence (a path, a member of an archive, a line of
    a JSONL file). `as_of` is a TIMEX value; `dateline` the place's words.
    """

    id: str
    sha256: str
    text: str
    name: str | None = None
    url: str | None = None
    outlet: str | None = None
    headline: str | None = None
    byline: str | None = None
    dateline: str | None = None
    published: str | None = None
    gathered: str | None = None
    as_of: str | None = None
    language: str | None = None
    credits: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()
    parts: tuple[Part, ...] = ()
    provenance: tuple[Provenance, ...] = ()


# ---------------------------------------------------------------- what is read

ActorKind = Literal["person", "organisation", "government", "group"]
Form = Literal["direct", "mixed", "indirect", "narrated"]
Act = Literal[
    "denial",
    "accusation",
    "threat",
    "demand",
    "appeal",
    "offer",
    "refusal",
    "promise",
    "retraction",
    "confirmation",
    "condemnation",
    "warning",
    "concern",
    "support",
    "no-comment",
    "claim",
]
ACTS: tuple[Act, ...] = Act.__args__  # type: ignore[attr-defined]
"""Every act, in the order in which the first that fits is taken."""

Measure = Literal["killed", "injured", "missing", "detained", "displaced", "evacuated", "affected", "population", "destroyed"]
MEASURES: tuple[Measure, ...] = Measure.__args__  # type: ignore[attr-defined]
Qualifier = Literal["exact", "about", "at-least", "more-than", "at-most", "less-than", "range", "vague"]
Certainty = Literal["preliminary", "confirmed", "feared"]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
EVENT_TYPES: tuple[EventType, ...] = EventType.__args__  # type: ignore[attr-defined]
Standing = Literal["reported", "claimed", "denied", "disputed", "planned", "hypothetical"]


class Actor(Record, frozen=True, kw_only=True):
    """Someone who speaks or acts in one document, with every mention of them in its text."""

    id: str
    name: str
    kind: ActorKind
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    mentions: tuple[Span, ...] = ()


class Speaker(Record, frozen=True, kw_only=True):
    """Who says a statement: the mention in the text ("It", "the diplomat"), and the name and actor it stands for.

    `how` says by what the speaker was found (subject, appositive, pronoun, according-to, paragraph, colon…).
    """

    start: int
    end: int
    name: str
    actor: str | None = None
    how: str
    confidence: float


class Statement(Record, frozen=True, kw_only=True):
    """A speaker says content. `speaker` is None where it could not be told; `cue` is None for a quote without one.

    `said_at` is a TIMEX value; `reported_by` the id of the statement in which another says that this speaker said
    it; `answers` the ids of the statements it denies or answers.
    """

    id: str
    speaker: Speaker | None
    cue: Span | None
    content: tuple[Span, ...]
    form: Form
    act: Act
    medium: str | None = None
    addressee: str | None = None
    said_at: str | None = None
    reported_by: str | None = None
    answers: tuple[str, ...] = ()
    confidence: float


class Figure(Record, frozen=True, kw_only=True):
    """A count of people, or of things destroyed (`of`). `low` and `high` are None where the words bound nothing.

    `part_of` is the id of the figure this is a part of; `place` a place's id; `as_of` a TIMEX value; `statement`
    the statement it stands in, None in the outlet's own voice.
    """

    id: str
    start: int
    end: int
    measure: Measure
    of: str | None = None
    low: int | None
    high: int | None
    qualifier: Qualifier
    words: str
    certainty: Certainty | None = None
    group: str | None = None
    part_of: str | None = None
    place: str | None = None
    cause: str | None = None
    as_of: str | None = None
    scope: Literal["event", "total", "past"] = "event"
    statement: str | None = None
    confidence: float


class Participant(Record, frozen=True, kw_only=True):
    """Who or what takes part in an event: its words, and the actor they stand for where they stand for one."""

    start: int
    end: int
    name: str
    actor: str | None = None


class Event(Record, frozen=True, kw_only=True):
    """Something done, by a PLOVER 2.0 type. `place` and `time` are ids; `statement` the statement it stands in.

    `start` and `end` are the first telling's; `mentions` are all tellings of it in the document, the first with them.
    `sub_event` is ACLED's name of the sub-event, where one fits.
    """

    id: str
    start: int
    end: int
    mentions: tuple[Span, ...] = ()
    type: EventType
    mode: str | None = None
    sub_event: str | None = None
    actor: Participant | None = None
    recipient: Participant | None = None
    place: str | None = None
    time: str | None = None
    means: str | None = None
    scope: Literal["event", "past"] = "event"
    standing: Standing
    statement: str | None = None
    confidence: float


class Place(Record, frozen=True, kw_only=True):
    """A place named in the text. `name` is the source's own spelling; `names` the others the gazetteer knows.

    `gazetteer` is None, and there is no point, where no entry was found. `precision` is a kind of place (town,
    region, country…), which says how coarse the point is: a camp or a hospital that is in no gazetteer has the point of
    the town it is named after or stands in, and precision "town". `kind` says what is named: a town, or a camp, a
    facility, a front, a corridor. `province` is the first-level division the place lies in, as the gazetteer names it.
    """

    id: str
    start: int
    end: int
    name: str
    use: Literal["literal", "metonym", "demonym"]
    gazetteer: str | None = None
    names: tuple[str, ...] = ()
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Literal["town", "district", "region", "country", "area"] | None = None
    province: str | None = None
    kind: Literal["town", "district", "region", "country", "area", "front", "corridor", "camp", "facility"] | None = None
    confidence: float


class Time(Record, frozen=True, kw_only=True):
    """A time named in the text: its TIMEX3 `value`, and the interval it covers, ISO 8601, end exclusive.

    `from_` is "from" in JSON. Both ends are None for what covers no interval one can name (a bare duration, a set).
    """

    id: str
    start: int
    end: int
    value: str
    kind: Literal["date", "time", "duration", "set"]
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None
    approximate: bool = False
    confidence: float


class Unattributed(Record, frozen=True, kw_only=True):
    """Quoted words that are no statement, and why."""

    start: int
    end: int
    reason: str


class Problem(Record, frozen=True, kw_only=True):
    """Bad news about the material: returned, never raised. `where` names the file or the document's id.

    `what` is a short kind (empty, binary, encoding, too-large, not-an-article, language, …); `why` is a sentence
    that says what was found and what to do.
    """

    where: str
    what: str
    why: str
    start: int | None = None
    end: int | None = None


class Reader(Record, frozen=True, kw_only=True):
    """What read the document: presstime's version, the language model's and the context's hashes."""

    presstime: str
    model: str
    context: str


class Reading(Record, frozen=True, kw_only=True):
    """Everything found in one document, each record with its offsets."""

    document: Document
    reader: Reader
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    unattributed: tuple[Unattributed, ...] = ()
    problems: tuple[Problem, ...] = ()


# ---------------------------------------------------------------- what a story knows beforehand


class KnownActor(Record, frozen=True, kw_only=True):
    """An actor that story.toml names, with every name it goes by."""

    name: str
    names: tuple[str, ...] = ()
    kind: ActorKind = "organisation"
    role: str | None = None
    country: str | None = None


class KnownPlace(Record, frozen=True, kw_only=True):
    """A place that story.toml names: one the gazetteer lacks, or which of several is meant. `country` is ISO 3166-1."""

    name: str
    names: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    gazetteer: str | None = None
    precision: Literal["town", "district", "region", "country", "area"] = "town"
    country: str | None = None


class Context(Record, frozen=True, kw_only=True):
    """What reading may know besides the document. The same document and context give the same reading.

    `region` are ISO 3166 country codes that places are looked for in first; `time_zone` an IANA name, used where a
    dateline does not give one.
    """

    time_zone: str = "UTC"
    region: tuple[str, ...] = ()
    actors: tuple[KnownActor, ...] = ()
    places: tuple[KnownPlace, ...] = ()
