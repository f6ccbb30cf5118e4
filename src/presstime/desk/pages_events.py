"""The pages of what happened and what is gainsaid: the timeline, one event, disputes, reactions, silences.

Comes in: an `Ask`. Goes out: a page. Example: /disputes/dispute-1 shows a claim and its denials side by side, with who says each where.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from starlette.responses import Response

from presstime.desk.asking import Ask, RefusedError, filters
from presstime.desk.pages_documents import PageNumber
from presstime.desk.rendering import render
from presstime.desk.routing import Route
from presstime.ledger.lookups_decisions import decision_rows
from presstime.ledger.lookups_disputes import claim, dispute, dispute_rows, reaction_rows, silence_rows
from presstime.ledger.lookups_events import EventRow, event, event_choices, event_rows, telling_rows
from presstime.ledger.lookups_names import candidate_rows
from presstime.ledger.lookups_statements import statements_by_id
from presstime.records import EventType, Record, Standing

__all__ = ["ROUTES", "DisputeFilters", "EventFilters", "ListFilters"]

Text = Annotated[str, msgspec.Meta(max_length=500)]


SIDE = 12
"""Statements of each side on a dispute's page: the first of them; a claim made by hundreds is read in its list."""


class EventFilters(Record, frozen=True):
    """What the timeline takes. `recalled` asks for background: earlier events that are only recalled."""

    type: EventType | None = None
    standing: Standing | None = None
    place: Text | None = None
    day: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None
    recalled: bool = False
    page: PageNumber = 1


class DisputeFilters(Record, frozen=True):
    """What the list of disputes takes. `actor` is a name on either side."""

    actor: Text | None = None
    q: Text = ""
    page: PageNumber = 1


class ListFilters(Record, frozen=True):
    """A list without filters of its own."""

    page: PageNumber = 1


def events_page(ask: Ask) -> Response:
    """The timeline."""
    wanted = filters(ask, EventFilters)
    chosen = {name: value for name, value in msgspec.structs.asdict(wanted).items() if name != "page"}
    page = event_rows(ask.look, ask.sight, **chosen, number=wanted.page)
    lists = {column: event_choices(ask.look, column, ask.sight, recalled=wanted.recalled) for column in ("type", "standing")}
    return render(ask, "events.html", "Background" if wanted.recalled else "Events", page=page, wanted=wanted, lists=lists)


NEAR = 6
"""Other events of the same type, place and day on an event's page, for whoever would say that two are one."""


def event_page(ask: Ask) -> Response:
    """One event with all its tellings."""
    found = event(ask.look, ask.path["id"], ask.sight)
    if found is None:
        raise RefusedError(404, "there is no such event on the timeline now; see the list of events")
    near: tuple[EventRow, ...] = ()
    if ask.sight.now is None:
        day = found.from_[:10] if found.from_ else None
        of_kind = event_rows(ask.look, ask.sight, type=found.type, place=found.place, day=day, recalled=found.recalled, size=NEAR + 1)
        near = of_kind.items
    return render(
        ask,
        "event.html",
        "Event",
        event=found,
        tellings=telling_rows(ask.look, found.id, ask.sight),
        near=tuple(one for one in near if one.id != found.id)[:NEAR],
        candidates=candidate_rows(ask.look, ask.sight, of=found.id),
        decisions=decision_rows(ask.look, ask.sight, of=found.id, size=20),
    )


def disputes_page(ask: Ask) -> Response:
    """Disputes."""
    wanted = filters(ask, DisputeFilters)
    page = dispute_rows(ask.look, ask.sight, actor=wanted.actor, q=wanted.q, number=wanted.page)
    return render(ask, "disputes.html", "Disputes", page=page, wanted=wanted)


def dispute_page(ask: Ask) -> Response:
    """One dispute: both sides and every statement of each."""
    found = dispute(ask.look, ask.path["id"], ask.sight)
    if found is None:
        raise RefusedError(404, "there is no such dispute now: findings may have been brought up to date since; see the list of disputes")
    said = [statements_by_id(ask.look, side.statements[:SIDE], ask.sight) for side in found.sides]
    return render(ask, "dispute.html", "Dispute", dispute=found, said=said, claim=claim(ask.look, found.claim, ask.sight))


def reactions_page(ask: Ask) -> Response:
    """Who condemned, backed, demanded what."""
    page = reaction_rows(ask.look, ask.sight, number=filters(ask, ListFilters).page)
    return render(ask, "reactions.html", "Reactions", page=page)


def silences_page(ask: Ask) -> Response:
    """Of whom no response was found."""
    page = silence_rows(ask.look, ask.sight, number=filters(ask, ListFilters).page)
    return render(ask, "silences.html", "No response found", page=page)


ROUTES = (
    Route(method="GET", path="/events", role="reader", page=events_page),
    Route(method="GET", path="/events/{id:path}", role="reader", page=event_page),
    Route(method="GET", path="/disputes", role="reader", page=disputes_page),
    Route(method="GET", path="/disputes/{id:path}", role="reader", page=dispute_page),
    Route(method="GET", path="/reactions", role="reader", page=reactions_page),
    Route(method="GET", path="/silences", role="reader", page=silences_page),
)
