"""The records of what combine finds in many readings: findings.json.

Everything here is derived and can be made again from the ledger; nothing here holds words that are not also in a
reading. The words for them (dispute, series, silence…) are DESIGN's, explained in docs/words.md.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from presstime.records import Act, ActorKind, EventType, Measure, Qualifier, Record, Standing

__all__ = [
    "Claim",
    "Dispute",
    "Findings",
    "FoundActor",
    "FoundDocument",
    "Line",
    "Origin",
    "Point",
    "Reaction",
    "Series",
    "Silence",
    "Telling",
    "TimelineEntry",
]


class FoundDocument(Record, frozen=True, kw_only=True):
    """A document among the others. `version_of` and `near_copy_of` are ids; `origin` the id of its own origin."""

    id: str
    version_of: str | None = None
    near_copy_of: str | None = None
    origin: str | None = None


class Origin(Record, frozen=True, kw_only=True):
    """Whoever reported something first-hand, the documents that carry it, and how we know.

    `independent_at_most` is how many independent origins there can be at most among `documents`.
    """

    id: str
    name: str
    passages: tuple[str, ...] = ()
    documents: tuple[str, ...]
    how: str
    independent_at_most: int


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


class Claim(Record, frozen=True, kw_only=True):
    """Statements that assert the same thing. `words` are those of the first of them."""

    id: str
    statements: tuple[str, ...]
    words: str


class Dispute(Record, frozen=True, kw_only=True):
    """A claim and the statements that deny it. `no_response` names accused actors of whom nothing was found."""

    id: str
    about: str
    claim: str
    claimed_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    denials: tuple[str, ...]
    no_response: tuple[str, ...] = ()


class Point(Record, frozen=True, kw_only=True):
    """A figure in a series. `superseded_by` is the figure with which the same giver later replaced it."""

    figure: str
    as_of: str | None
    low: int | None
    high: int | None
    qualifier: Qualifier
    superseded_by: str | None = None


class Line(Record, frozen=True, kw_only=True):
    """What one giver said over time, oldest first."""

    giver: str
    points: tuple[Point, ...]


class Series(Record, frozen=True, kw_only=True):
    """One measure of one group at one place in one event. Givers stand side by side and are never averaged."""

    id: str
    measure: Measure
    of: str | None = None
    group: str | None = None
    place: str | None = None
    event: str | None = None
    lines: tuple[Line, ...]


class Telling(Record, frozen=True, kw_only=True):
    """One document's telling of an event: when, with what standing, given by whom."""

    event: str
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None
    standing: Standing
    giver: str
    origin: str | None = None


class TimelineEntry(Record, frozen=True, kw_only=True):
    """An event as it was told, once or often. `times_differ` where its tellings put it at different times."""

    id: str
    type: EventType
    place: str | None
    tellings: tuple[Telling, ...]
    standing: Standing
    times_differ: bool = False


class Reaction(Record, frozen=True, kw_only=True):
    """What an actor did in words towards another: condemned, backed, demanded… with the statements that show it."""

    actor: str
    country: str | None
    act: Act
    towards: str | None
    statements: tuple[str, ...]


class Silence(Record, frozen=True, kw_only=True):
    """An actor accused or called upon of whom no statement was found in what was gathered.

    Never worded as a refusal: `documents` is how many were gathered by `as_of`.
    """

    actor: str
    because: str
    documents: int
    as_of: str


class Findings(Record, frozen=True, kw_only=True):
    """Everything combine found as of a moment (`as_of`, ISO 8601)."""

    as_of: str
    kind: Literal["draft", "published"] = "draft"
    documents: tuple[FoundDocument, ...] = ()
    origins: tuple[Origin, ...] = ()
    actors: tuple[FoundActor, ...] = ()
    claims: tuple[Claim, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    series: tuple[Series, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    silences: tuple[Silence, ...] = ()
