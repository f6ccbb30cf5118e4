"""The review queue's page: what waits, worked by keyboard alone; and passing over.

Comes in: an `Ask`. Goes out: a page. Example: /review?sort=toll shows the tolls on which givers differ, each with its paragraph; a accepts
the one it stands on, e opens the form to mend it, w withdraws it, s passes it over, u takes back what was done last.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from starlette.responses import RedirectResponse, Response

from presstime.desk.asking import Ask, filters, same_but
from presstime.desk.pages_correct import names_to_choose
from presstime.desk.pages_documents import PageNumber
from presstime.desk.queue import counts_of, pass_over, passed_over, waiting_page
from presstime.desk.rendering import render
from presstime.desk.routing import Route
from presstime.desk.saving import back_of, text_of
from presstime.records import ACTS, Record

__all__ = ["ROUTES", "QueueFilters"]

SORT_WORDS = {
    "toll": "Tolls",
    "dispute": "Disputes",
    "quote": "Quotes of nobody",
    "place": "Places not found",
    "merge": "May be one",
    "orphan": "Corrections that fit nothing",
    "unsure": "Least sure",
}


class QueueFilters(Record, frozen=True):
    """What the queue takes: one sort of what waits, and the page."""

    sort: Literal["toll", "dispute", "quote", "place", "merge", "orphan", "unsure"] | None = None
    page: PageNumber = 1
    at: Annotated[str, msgspec.Meta(max_length=500)] | None = None


def review_page(ask: Ask) -> Response:
    """What waits."""
    wanted = filters(ask, QueueFilters)
    page = waiting_page(ask, wanted.sort, wanted.page)
    here = same_but("/review", {"sort": wanted.sort or ""}, page=page.number)
    return render(
        ask,
        "review.html",
        "Review",
        page=page,
        wanted=wanted,
        counts=counts_of(ask),
        sorts=SORT_WORDS,
        here=here,
        passed=len(passed_over(ask)),
        acts=ACTS,
        names=names_to_choose(ask),
        updating=ask.desk.findings_busy,
        busy=False,  # the page is not loaded again under somebody's hands: every act loads it
    )


def pass_over_one(ask: Ask) -> Response:
    """Pass one thing over, for this person."""
    pass_over(ask, text_of(ask, "key", 1_000))
    return RedirectResponse(back_of(ask, "/review"), 303)


def let_come_back(ask: Ask) -> Response:
    """Let what was passed over come back."""
    pass_over(ask, None)
    return RedirectResponse(back_of(ask, "/review"), 303)


ROUTES = (
    Route(method="GET", path="/review", role="editor", page=review_page),
    Route(method="POST", path="/review/pass", role="editor", page=pass_over_one),
    Route(method="POST", path="/review/again", role="editor", page=let_come_back),
)
