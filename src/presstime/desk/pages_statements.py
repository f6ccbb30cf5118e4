"""The statements' pages: the list with its filters, and one statement with its passage, claim, disputes and history.

Comes in: an `Ask`. Goes out: a page. Example: /statements?act=denial&review=machine lists the denials that nobody has looked at yet.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from starlette.responses import Response

from presstime.desk.asking import Ask, RefusedError, filters
from presstime.desk.marking import passage, seen_stretches
from presstime.desk.pages_documents import PageNumber
from presstime.desk.rendering import render
from presstime.desk.routing import Route
from presstime.desk.said import checks_of, history_of, in_force_of, translation_of
from presstime.ledger.lookups_disputes import claim, disputes_by_id
from presstime.ledger.lookups_documents import document
from presstime.ledger.lookups_figures import figure
from presstime.ledger.lookups_names import actor
from presstime.ledger.lookups_statements import statement, statement_choices, statement_rows, statements_by_id
from presstime.records import Act, Form, Record, Span

__all__ = ["ROUTES", "ReviewState", "StatementFilters"]

Text = Annotated[str, msgspec.Meta(max_length=500)]
ReviewState = Literal["machine", "checked", "corrected", "added"]


ALIKE = 8
"""Others that claim the same, on a statement's page; the list has them all."""


class StatementFilters(Record, frozen=True):
    """What the list of statements takes. `actor` and `claim` are ids; an empty `speaker` asks for statements of which nobody is named."""

    actor: Text | None = None
    speaker: Text | None = None
    act: Act | None = None
    form: Form | None = None
    document: Text | None = None
    claim: Text | None = None
    review: ReviewState | None = None
    q: Text = ""
    page: PageNumber = 1


def statements_page(ask: Ask) -> Response:
    """The list."""
    wanted = filters(ask, StatementFilters)
    chosen = {name: value for name, value in msgspec.structs.asdict(wanted).items() if name != "page"}
    page = statement_rows(ask.look, ask.sight, **chosen, number=wanted.page)
    lists = {column: statement_choices(ask.look, column, ask.sight) for column in ("act", "form", "review")}
    whose = actor(ask.look, wanted.actor, ask.sight) if wanted.actor else None
    return render(ask, "statements.html", "Statements", page=page, wanted=wanted, lists=lists, whose=whose)


def statement_page(ask: Ask) -> Response:
    """One statement."""
    found = statement(ask.look, ask.path["id"], ask.sight)
    if found is None:
        raise RefusedError(
            404, "there is no such statement now: a person may have withdrawn it, or its document was read again; see the log"
        )
    source = document(ask.look, found.document, ask.sight)
    spans = found.content or (
        (Span(start=found.cue_start, end=found.cue_end),) if found.cue_start is not None and found.cue_end is not None else ()
    )
    heeded = in_force_of(ask, found.document)
    same = claim(ask.look, found.claim, ask.sight) if found.claim else None
    alike = statements_by_id(ask.look, tuple(one for one in same.statements if one != found.id)[:ALIKE], ask.sight) if same else ()
    linked = statements_by_id(
        ask.look, (*found.answers, *found.answered_by, *((found.reported_by,) if found.reported_by else ())), ask.sight
    )
    return render(
        ask,
        "statement.html",
        f"{found.found_name or found.speaker or 'Nobody named'}: {found.act}",
        statement=found,
        pieces=passage(source, spans, seen_stretches(ask, source)) if source else (),
        claim=same,
        alike=alike,
        disputes=disputes_by_id(ask.look, found.disputes, ask.sight),
        answers=tuple(one for one in linked if one.id in found.answers),
        answered=tuple(one for one in linked if one.id in found.answered_by),
        reporter=next((one for one in linked if one.id == found.reported_by), None),
        figures=tuple(one for each in found.figures if (one := figure(ask.look, each, ask.sight))),
        checks=checks_of(heeded, "statement", spans),
        translation=translation_of(heeded, spans),
        history=history_of(ask, found.document, "statement", spans),
    )


ROUTES = (
    Route(method="GET", path="/statements", role="reader", page=statements_page),
    Route(method="GET", path="/statements/{id:path}", role="reader", page=statement_page),
)
