"""The pages of places and actors: the map and the list of places, one place, the list of actors, and one actor.

Comes in: an `Ask`. Goes out: a page. Example: /places?unresolved=1 lists the names that no gazetteer's entry was found for.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from starlette.responses import Response

from presstime.desk.asking import Ask, RefusedError, filters
from presstime.desk.handles import handles_of
from presstime.desk.map import story_map
from presstime.desk.pages_documents import PageNumber
from presstime.desk.pages_events import ListFilters
from presstime.desk.rendering import render
from presstime.desk.routing import Route
from presstime.ledger.lookups_decisions import alike_names, decision_rows
from presstime.ledger.lookups_disputes import dispute_rows
from presstime.ledger.lookups_events import event_rows
from presstime.ledger.lookups_figures import figure_rows
from presstime.ledger.lookups_names import actor, actor_rows, candidate_rows, member_rows, naming_rows, place, place_rows
from presstime.ledger.lookups_statements import statement_rows
from presstime.records import ActorKind, Record

__all__ = ["ROUTES", "ActorFilters", "PlaceFilters"]

Text = Annotated[str, msgspec.Meta(max_length=500)]
FEW = 8


class PlaceFilters(Record, frozen=True):
    """What the list of places takes. `country` is an ISO 3166 code."""

    q: Text = ""
    country: Annotated[str, msgspec.Meta(max_length=3)] | None = None
    unresolved: bool = False
    page: PageNumber = 1


class ActorFilters(Record, frozen=True):
    """What the list of actors takes."""

    q: Text = ""
    kind: ActorKind | None = None
    page: PageNumber = 1


def places_page(ask: Ask) -> Response:
    """The map and the list."""
    wanted = filters(ask, PlaceFilters)
    page = place_rows(ask.look, ask.sight, q=wanted.q, country=wanted.country, unresolved=wanted.unresolved, number=wanted.page)
    plain = wanted == PlaceFilters()
    return render(ask, "places.html", "Places", page=page, wanted=wanted, map=story_map(ask) if plain else None, plain=plain)


def place_page(ask: Ask) -> Response:
    """One place: its names, where it is, what is put there, where it is named."""
    found = place(ask.look, ask.path["id"], ask.sight)
    if found is None:
        raise RefusedError(404, "no document names such a place; search for another spelling")
    return render(
        ask,
        "place.html",
        found.name,
        place=found,
        figures=figure_rows(ask.look, ask.sight, place=found.key, size=FEW),
        events=event_rows(ask.look, ask.sight, place=found.key, size=FEW),
        page=naming_rows(ask.look, found.key, ask.sight, number=filters(ask, ListFilters).page, size=20),
    )


def actors_page(ask: Ask) -> Response:
    """The list, and who may be one and the same."""
    wanted = filters(ask, ActorFilters)
    page = actor_rows(ask.look, ask.sight, q=wanted.q, kind=wanted.kind, number=wanted.page)
    return render(ask, "actors.html", "Actors", page=page, wanted=wanted, candidates=candidate_rows(ask.look, ask.sight, size=FEW))


def actor_page(ask: Ask) -> Response:
    """One actor: its names, what it says, whose actors it joins."""
    found = actor(ask.look, ask.path["id"], ask.sight)
    if found is None:
        raise RefusedError(404, "there is no such actor now: two may have become one, or one two; search for the name")
    return render(
        ask,
        "actor.html",
        found.name,
        actor=found,
        statements=statement_rows(ask.look, ask.sight, actor=found.id, size=FEW),
        disputes=dispute_rows(ask.look, ask.sight, actor=found.name, size=FEW),
        candidates=candidate_rows(ask.look, ask.sight, of=found.id),
        decisions=decision_rows(ask.look, ask.sight, of=found.id, size=20),
        alike=alike_names(ask.look, found, ask.sight),
        handles=handles_of(ask, found.names) if ask.sight.now is None else (),
        page=member_rows(ask.look, found.id, ask.sight, number=filters(ask, ListFilters).page, size=20),
    )


ROUTES = (
    Route(method="GET", path="/places", role="reader", page=places_page),
    Route(method="GET", path="/places/{id:path}", role="reader", page=place_page),
    Route(method="GET", path="/actors", role="reader", page=actors_page),
    Route(method="GET", path="/actors/{id:path}", role="reader", page=actor_page),
)
