"""The records of identity: what is noted of a name in a document, and what is settled of all names under one key.

Example: a `Sighting` of "Ms Vardanian" as a speaker; an `Found` with her names, id and redirects.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from presstime.records import ActorKind

__all__ = ["Found", "People", "Sighting", "Sort", "Unsure"]

Sort = Literal["government", "body", "name", "local"]
"""How a name is compared: as a government's, a body's, any other name, or not beyond its document."""


class Sighting(msgspec.Struct, frozen=True, kw_only=True, array_like=True, omit_defaults=True):
    """A name for somebody in one document.

    `form` is the name folded; `full` the folded fuller name that the same document uses for them, or what their initials
    stand for, "" where the document has several; `reads` the name as it is compared, where its words stand in another
    order. `listed` tells that the reading has them as an actor or speaker.
    `known` is the folded main name of the story's own actor whose name it is. `where` are places the document tells of:
    only for names that any land has ("Interior Ministry"), and `home` is the country from which it is datelined. `titles`
    are what a person's role tells and what stands right before the name.
    """

    document: str
    name: str
    form: str
    kind: ActorKind
    sort: Sort
    listed: bool = True
    full: str | None = None
    reads: str | None = None
    known: str | None = None
    nation: str | None = None
    home: str | None = None
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    where: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


class Found(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One actor, as the names under one key tell it. `names` are as written, with how often; the first is shown."""

    id: str
    order: str
    names: tuple[tuple[str, int], ...]
    kind: ActorKind
    redirects: tuple[str, ...]
    members: tuple[str, ...]
    country: str | None
    nation: str | None
    role: str | None
    affiliation: str | None
    known: bool
    shown: bool


class Unsure(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """Two actors that may be one and were left apart."""

    one: str
    other: str
    why: str
    score: float


class People(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """Everyone under one key."""

    actors: tuple[Found, ...]
    unsure: tuple[Unsure, ...] = ()
