"""Deciding who is who and what is what: two actors, or two events, are the same, or are not; and taking that back.

Comes in: an `Ask` with a form. Goes out: a decision in the ledger, and the page one came from; findings follow behind the page. Example: on
the page of "Rivers Ministry" an editor says that it is the same as "Ministry of Rivers": one actor is left, under both names.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from starlette.responses import Response

from presstime.decisions import decide_on
from presstime.desk.asking import Ask, RefusedError, filters, link
from presstime.desk.pages_documents import PageNumber
from presstime.desk.rendering import render
from presstime.desk.routing import Route
from presstime.desk.saving import by_of, saved, text_of
from presstime.ledger.lookups_decisions import decision_rows
from presstime.ledger.lookups_events import event
from presstime.ledger.lookups_names import actor, candidate_rows
from presstime.records import Record

__all__ = ["ROUTES", "DecisionKind", "the_two"]

DecisionKind = Literal["actor", "event"]
Text = Annotated[str, msgspec.Meta(max_length=500)]


class _Pairs(Record, frozen=True):
    kind: DecisionKind | None = None
    page: PageNumber = 1


def the_two(ask: Ask, one: str, other: str) -> tuple[DecisionKind, str, str]:
    """Of which kind two findings are, and their ids as they now are; the other of two actors may be given by its name.

    Raises RefusedError where one is not there, they are of two kinds, or they are one already.
    """
    for kind, find in (("actor", actor), ("event", event)):
        found = [find(ask.look, each, ask.sight) for each in (one, other)]
        if all(each is None for each in found):
            continue
        if any(each is None for each in found):
            missing = other if found[1] is None else one
            raise RefusedError(400, f"there is no {kind} {missing[:80]!r}; give its name as the list has it, or its id")
        ids = [each.id for each in found if each is not None]
        if ids[0] == ids[1]:
            raise RefusedError(400, f"these are one {kind} already; to part them, take back the decision that made them one")
        return kind, ids[0], ids[1]  # type: ignore[return-value]
    raise RefusedError(404, "there is no such actor or event now: two may have become one; search for the name")


def _decide(ask: Ask, verdict: Literal["same", "apart"]) -> Response:
    kind, one, other = the_two(ask, text_of(ask, "one", 500).strip(), text_of(ask, "other", 500).strip())
    why, by = text_of(ask, "why", 2_000), by_of(ask)
    back = link("actors" if kind == "actor" else "events", one)
    return saved(ask, lambda ledger: decide_on(ledger, kind, verdict, one, other, by=by, why=why), back=back)


def same(ask: Ask) -> Response:
    """Two are one."""
    return _decide(ask, "same")


def apart(ask: Ask) -> Response:
    """Two are two."""
    return _decide(ask, "apart")


def decisions_page(ask: Ask) -> Response:
    """What may be one, and what was decided."""
    wanted = filters(ask, _Pairs)
    return render(
        ask,
        "decisions.html",
        "Same or apart",
        page=decision_rows(ask.look, ask.sight, kind=wanted.kind, number=wanted.page),
        candidates=candidate_rows(ask.look, ask.sight, size=20),
        wanted=wanted,
    )


ROUTES = (
    Route(method="GET", path="/decisions", role="editor", page=decisions_page),
    Route(method="POST", path="/decisions/same", role="editor", page=same),
    Route(method="POST", path="/decisions/apart", role="editor", page=apart),
)
