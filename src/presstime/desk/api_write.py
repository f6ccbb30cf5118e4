"""Over HTTP as JSON, what people do at the desk: putting records right, marks, decisions, sources, editions.

Comes in: an `Ask` with a JSON body. Goes out: JSON: the entries that were made and by what they are undone; a job; or a fault, which for a
record that somebody else has put right meanwhile holds that entry. Example: `curl -X PATCH -H "Authorization: Bearer KEY" -H
"Content-Type: application/json" -d '{"fields": {"low": 15, "high": 15}}' http://127.0.0.1:8642/api/v1/records/figure-1f`.
"""

from __future__ import annotations

import hashlib
import threading
from typing import Any

import msgspec
from starlette.responses import Response

from presstime.correction_act import Conflict
from presstime.desk.api import BASE, Listed, Lookup, Nothing, SizedPage, lookup_route
from presstime.desk.api_bodies import BODIES, JobStarted, Write
from presstime.desk.asking import Ask, RefusedError
from presstime.desk.handles import HandleRow, all_handles
from presstime.desk.jobs import JobRow, job_row
from presstime.desk.publishing import state_of, upcoming_of
from presstime.desk.routing import Route
from presstime.ledger import BusyError, Correction
from presstime.ledger.lookups_decisions import DecisionRow, decision_rows
from presstime.records import Record
from presstime.upcoming import Upcoming

__all__ = ["MORE_LOOKUPS", "ROUTES", "WRITES", "State"]

WRITES: tuple[Write, ...] = BODIES
MOST_KEY = 200
_ONE_AT_A_TIME = threading.Lock()
"""Held by requests with an Idempotency-Key: two of one key that come at once are one after the other."""


class State(Record, frozen=True):
    """What publishing now would say (null: it is being worked out, ask again), and `state`, to be sent with the publishing: where it
    differs by then, nothing is published."""

    state: str
    upcoming: Upcoming | None


class _Fault(Record, frozen=True):
    status: int
    message: str
    earlier: Correction | None = None


def _jobs(ask: Ask, wanted: Any) -> tuple[JobRow, ...]:
    return tuple(job_row(one) for one in ask.desk.jobs.last())


def _job(ask: Ask, wanted: Any) -> JobRow | None:
    found = ask.desk.jobs.get(ask.path["id"])
    return job_row(found) if found is not None else None


def _upcoming(ask: Ask, wanted: Any) -> State:
    return State(state=state_of(ask.look), upcoming=upcoming_of(ask))


MORE_LOOKUPS = (
    Lookup(
        path="/decisions",
        summary="What was decided to be one or two, and holds",
        takes=SizedPage,
        gives=Listed[DecisionRow],
        make=lambda a, w: decision_rows(a.look, a.sight, number=w.page),
        role="editor",
    ),
    Lookup(
        path="/handles",
        summary="Whose accounts are, and their checks",
        takes=Nothing,
        gives=tuple[HandleRow, ...],
        make=lambda a, w: all_handles(a),
        role="editor",
    ),
    Lookup(
        path="/jobs",
        summary="What was added and published since the desk was opened",
        takes=Nothing,
        gives=tuple[JobRow, ...],
        make=_jobs,
        role="editor",
    ),
    Lookup(path="/jobs/{id}", summary="How far a job is", takes=Nothing, gives=JobRow, make=_job, role="editor"),
    Lookup(path="/upcoming", summary="What publishing now would say", takes=Nothing, gives=State, make=_upcoming, role="editor"),
)
"""Look-ups of what the writing makes."""


def _route(write: Write) -> Route:
    def answer(ask: Ask) -> Response:
        given = {name: value for name, value in ask.form.items() if name != "csrf"}
        try:
            body = msgspec.convert(given, write.takes)
        except msgspec.ValidationError as error:
            what, _, where = str(error).partition(" - at `$.")
            raise RefusedError(400, f"{where.rstrip('`') or 'the body'}: {what.replace('`', '')}; see /api/openapi.json") from None
        if not ask.idempotency:
            return _done(ask, write, body)
        return _done_once(ask, write, body, given)

    path = BASE + write.path
    path = path.replace("{id}", "{id:path}") if path.endswith("{id}") else path
    return Route(method=write.method, path=path, role=write.role, page=answer)


def _done(ask: Ask, write: Write, body: Any) -> Response:
    try:
        made = write.make(ask, body)
    except Conflict as conflict:
        fault = _Fault(status=409, message=str(conflict), earlier=conflict.earlier)
        return Response(msgspec.json.encode({"error": fault}), 409, media_type="application/json")
    except BusyError:
        raise RefusedError(503, "another program is writing to the ledger; send it again in some seconds", wait=2) from None
    return Response(msgspec.json.encode(made), 202 if isinstance(made, JobStarted) else 200, media_type="application/json")


def _done_once(ask: Ask, write: Write, body: Any, given: dict[str, Any]) -> Response:
    """The answer to a request with an Idempotency-Key: the same key once more is answered as the first time, and nothing is done."""
    assert ask.person is not None
    if len(ask.idempotency) > MOST_KEY:
        raise RefusedError(400, f"an Idempotency-Key has up to {MOST_KEY} characters")
    sent = hashlib.sha256(f"{write.method} {ask.url}\n".encode() + msgspec.json.encode(given, order="deterministic")).hexdigest()
    key = "idempotent " + hashlib.sha256(msgspec.json.encode([ask.person.name, ask.idempotency])).hexdigest()
    with _ONE_AT_A_TIME:
        kept = ask.desk.accounts.kept(key)
        if kept is not None:
            earlier = msgspec.json.decode(kept)
            if earlier["sent"] != sent:
                raise RefusedError(422, "this Idempotency-Key was sent with another request; take a new one for each")
            return Response(earlier["body"].encode(), earlier["status"], {"idempotent-replayed": "true"}, "application/json")
        response = _done(ask, write, body)
        if response.status_code < 300:
            told = {"sent": sent, "status": response.status_code, "body": bytes(response.body).decode()}
            ask.desk.accounts.keep(key, msgspec.json.encode(told).decode())
        return response


# what ends in a word after the id comes before what ends in the id, which may hold a slash
ROUTES = (*(lookup_route(lookup) for lookup in MORE_LOOKUPS), *(_route(write) for write in WRITES))
