"""The application: every route of every page module, in one table, behind one guard.

Comes in: a `Desk`. Goes out: an ASGI application. A new page is a `Route` in its module's ROUTES and that module's name here; the tests of
who may ask what go through the same table. Example: `create_app(Desk(Path("flood"), hosts))` is what uvicorn serves.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from presstime.desk import (
    actions_editions,
    actions_marks,
    actions_names,
    actions_sources,
    api,
    api_write,
    pages_correct,
    pages_documents,
    pages_editions,
    pages_events,
    pages_figures,
    pages_names,
    pages_overview,
    pages_review,
    pages_session,
    pages_statements,
)
from presstime.desk.asking import RefusedError
from presstime.desk.routing import Route, refusal, starlette_route
from presstime.desk.security import Guard
from presstime.desk.state import Desk

__all__ = ["PAGES", "ROUTES", "create_app"]

PAGES = (
    pages_overview,
    pages_documents,
    pages_statements,
    pages_figures,
    pages_events,
    pages_names,
    pages_editions,
    pages_review,
    pages_correct,
    actions_marks,
    actions_names,
    actions_sources,
    actions_editions,
    pages_session,
)
ROUTES: tuple[Route, ...] = (*api_write.ROUTES, *api.ROUTES, *(route for module in PAGES for route in module.ROUTES))
"""Every route. What is not here is not answered."""


def create_app(desk: Desk, routes: tuple[Route, ...] = ROUTES) -> Guard:
    """The application of a desk. Closing the desk's files is left to who opened them."""
    limiter: list[Any] = []

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield

    async def not_done(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        why = {
            404: "there is no such page; use the links above or the search",
            405: "that cannot be done here",
            413: "that is too long for this page",
        }
        return refusal(desk, request, RefusedError(status, why.get(status, "that went wrong here; the desk's own window says how")))

    app = Starlette(
        routes=[starlette_route(desk, route, limiter) for route in routes],
        exception_handlers={HTTPException: not_done, 500: not_done},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    larger = {route.path: route.most for route in routes if route.most is not None}
    return Guard(app, desk.hosts, larger)
