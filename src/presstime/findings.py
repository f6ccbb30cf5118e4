"""The records of what combine finds in many readings: findings.json.

Everything here is derived and can be made again from the ledger; nothing here holds words that are not also in a
reading. The words for them (dispute, series, silence…) are DESIGN's, explained in docs/words.md.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from presstime.records import Act, ActorKind, EventType, Measure, Qualifier, Record, Span, Standing

__all__ = [
    "Candidate",
    "Carried",
    "Change",
    "Claim",
    "Conflict",
    "Decision",
    "Dispute",
    "Extreme",
    "Findings",
    "FoundActor",
    "FoundDocument",
    "Line",
    "Origin",
    "Point",
    "Reaction",
    "Series",
    "Side",
    "Silence",
    "Telling",
    "TimelineEntry",
    "Trace",
]


# ---------------------------------------------------------------- documents and origins


class Change(Record, frozen=True, kw_only=True):
    """What a later version changed. `before` are characters of the version before it, `after` of its own text."""

    kind: Literal["added", "changed", "withdrawn"]
    before: Span | None = None
    after: Span | None = None


class Carried(Record, frozen=True, kw_only=True):
    """A passage that stands in an earlier document: its own characters, whose it is, and the characters there."""

    start: int
    end: int
    of: str
    of_start: int
    of_end: int


class FoundDocument(Record, frozen=True, kw_only=True):
    """A document among the others. `version_of`, `near_copy_of` and `same_text_as` are ids; `origin` the id of its own origin.

    `version_of` is the version before it, and `changes` what it changed in that; `how` says how its origin is known.
    """

    id: str
    version_of: str | None = None
    near_copy_of: str | None = None
    same_text_as: str | None = None
    origin: str | None = None
    how: str | None = None
    carried: tuple[Carried, ...] = ()
    changes: tuple[Change, ...] = ()


class Origin(Record, frozen=True, kw_only=True):
    """Whoever reported something first-hand, the documents that carry it, and how we know.

    `kind` is what it is: an outlet's own report, an agency's copy, or the words of one speaker on one occasion, which
    several outlets heard. `independent_at_most` is how many independent origins there can be at most among `documents`.
    """

    id: str
    name: str
    kind: Literal["report", "agency", "statement"] = "report"
    passages: tuple[str, ...] = ()
    documents: tuple[str, ...]
    how: str
    independent_at_most: int


class Trace(Record, frozen=True, kw_only=True):
    """The origin of one statement or figure, where it is not its document's, and how we know."""

    record: str
    origin: str
    how: str


# ---------------------------------------------------------------- actors


class FoundActor(Record, frozen=True, kw_only=True):
    """One actor across documents. `members` are the ids of the readings' actors it joins; `redirects` its older ids.

    `affiliation` is whom the actor belongs to, as the reading that tells the role has it: a country or a body.
    """

    id: str
    name: str
    names: tuple[str, ...]
    kind: ActorKind
    country: str | None = None
    role: str | None = None
    affiliation: str | None = None
    members: tuple[str, ...] = ()
    redirects: tuple[str, ...] = ()


class Candidate(Record, frozen=True, kw_only=True):
    """Two findings that may be one and were left apart: for a person to decide. `one` and `other` are their ids."""

    kind: Literal["actor", "event"]
    one: str
    other: str
    names: tuple[str, str]
    why: str
    score: float


class Decision(Record, frozen=True, kw_only=True):
    """A person's word that two findings are the same, or are not. Kept for good; `takes_back` undoes an earlier one.

    `one` and `other` are ids of actors or timeline entries, old ones included; `at` is ISO 8601.
    """

    id: str
    kind: Literal["actor", "event"]
    verdict: Literal["same", "apart", "undone"]
    one: str
    other: str
    by: str
    at: str
    why: str
    takes_back: str | None = None


# ---------------------------------------------------------------- claims and disputes


class Claim(Record, frozen=True, kw_only=True):
    """Statements that assert the same thing. `words` are those of the first of them.

    `origins` are the ids of the origins behind them; there can be at most `independent_at_most` independent ones, and
    `counted` says in words how that was counted.
    """

    id: str
    statements: tuple[str, ...]
    words: str
    origins: tuple[str, ...] = ()
    independent_at_most: int = 0
    counted: str = ""


class Side(Record, frozen=True, kw_only=True):
    """One side of a dispute, in its own words. `at` is when it was first said or published (ISO 8601 or a date).

    `words` are those of the first of its statements that has any; the rest as for a claim.
    """

    role: Literal["claims", "denies"]
    names: tuple[str, ...]
    statements: tuple[str, ...]
    words: str
    at: str | None = None
    origins: tuple[str, ...] = ()
    independent_at_most: int = 0
    counted: str = ""


class Dispute(Record, frozen=True, kw_only=True):
    """A claim and the statements that deny it. `no_response` names accused actors of whom nothing was found.

    `sides` has those who claim first, then those who deny: in order of what answers what, not of right or wrong.
    """

    id: str
    about: str
    claim: str
    claimed_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    denials: tuple[str, ...]
    no_response: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()


# ---------------------------------------------------------------- series


class Point(Record, frozen=True, kw_only=True):
    """A figure in a series. `superseded_by` is the figure with which the same giver later replaced it.

    `also` are the figures that say the same of the same giver: copies and repetitions. `as_of` is the moment that it
    is of, where the words tell one, else of publication.
    """

    figure: str
    as_of: str | None
    low: int | None
    high: int | None
    qualifier: Qualifier
    superseded_by: str | None = None
    also: tuple[str, ...] = ()


class Line(Record, frozen=True, kw_only=True):
    """What one giver said over time, oldest first. `actor` is the giver's id, where it is an actor."""

    giver: str
    points: tuple[Point, ...]
    actor: str | None = None


class Extreme(Record, frozen=True, kw_only=True):
    """The lowest or highest of the latest figures in a series, and everyone who gives it."""

    value: int
    figures: tuple[str, ...]
    givers: tuple[str, ...]


class Conflict(Record, frozen=True, kw_only=True):
    """Two givers' latest figures that cannot both be true. They stand side by side; neither is preferred."""

    one: str
    other: str


class Series(Record, frozen=True, kw_only=True):
    """One measure of one group at one place in one event. Givers stand side by side and are never averaged.

    `scope` tells what is counted: the event, a running total, an earlier event, a part of another figure, or what comes
    on top of one. `latest` are the figures that nobody has superseded, one a giver.
    """

    id: str
    measure: Measure
    of: str | None = None
    group: str | None = None
    place: str | None = None
    event: str | None = None
    scope: Literal["event", "total", "past", "part", "more"] = "event"
    lines: tuple[Line, ...]
    latest: tuple[str, ...] = ()
    lowest: Extreme | None = None
    highest: Extreme | None = None
    conflicts: tuple[Conflict, ...] = ()


# ---------------------------------------------------------------- events, reactions, silences


class Telling(Record, frozen=True, kw_only=True):
    """One document's telling of an event: when, with what standing, given by whom."""

    event: str
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None
    standing: Standing
    giver: str
    origin: str | None = None


class TimelineEntry(Record, frozen=True, kw_only=True):
    """An event as it was told, once or often. `times_differ` where its tellings put it at different times.

    `from_` and `to` are the narrowest time that a telling gives, and `precision` how narrow that is; None where none
    gives a day. `redirects` are the ids that it had, or would have, by its other tellings.
    """

    id: str
    type: EventType
    place: str | None
    tellings: tuple[Telling, ...]
    standing: Standing
    times_differ: bool = False
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None
    precision: Literal["time", "part of a day", "day", "longer"] | None = None
    origins: tuple[str, ...] = ()
    independent_at_most: int = 0
    counted: str = ""
    redirects: tuple[str, ...] = ()


class Reaction(Record, frozen=True, kw_only=True):
    """What an actor did in words towards another: condemned, backed, demanded… with the statements that show it.

    `first` and `latest` are when it was first and last said or published (ISO 8601, a time or a date).
    """

    actor: str
    country: str | None
    act: Act
    towards: str | None
    statements: tuple[str, ...]
    first: str | None = None
    latest: str | None = None


class Silence(Record, frozen=True, kw_only=True):
    """An actor accused or called upon of whom no statement was found in what was gathered.

    Never worded as a refusal: `documents` is how many were gathered by `as_of`.
    """

    actor: str
    because: str
    documents: int
    as_of: str


class Findings(Record, frozen=True, kw_only=True):
    """Everything combine found as of a moment (`as_of`, ISO 8601). `background` are events that are only recalled."""

    as_of: str
    kind: Literal["draft", "published"] = "draft"
    documents: tuple[FoundDocument, ...] = ()
    origins: tuple[Origin, ...] = ()
    traces: tuple[Trace, ...] = ()
    actors: tuple[FoundActor, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    claims: tuple[Claim, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    series: tuple[Series, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    background: tuple[TimelineEntry, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    silences: tuple[Silence, ...] = ()
