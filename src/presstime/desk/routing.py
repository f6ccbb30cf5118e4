"""Routes: which page answers to what, and who may ask for it.

Comes in: the table of routes. Goes out: Starlette routes that ask first who it is, then whether they may, then whether the form is theirs,
and only then call the page. A page is a plain function from an `Ask` to a response. Example: `Route("POST", "/seen", "reader", look_done)`.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route as StarletteRoute

from presstime.desk.accounts import Person, Role
from presstime.desk.asking import Ask, RefusedError
from presstime.desk.rendering import render_error
from presstime.desk.state import LOOKERS, Desk
from presstime.problems import PresstimeError
from presstime.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["API", "COOKIE", "Page", "Route", "starlette_route"]

Page = Callable[[Ask], Response]
COOKIE = "presstime-desk"
API = "/api/"
_FIELDS = 200


class Route(Record, frozen=True):
    """A route. `role` is the least that may ask; None for everybody, logged in or not. `most` is how long a form may be, if longer."""

    method: str
    path: str
    role: Role | None
    page: Page
    most: int | None = None


def starlette_route(desk: Desk, route: Route, limiter: list[anyio.CapacityLimiter]) -> StarletteRoute:
    """The route as Starlette has it."""

    async def answer(request: Request) -> Response:
        if not limiter:
            limiter.append(anyio.CapacityLimiter(LOOKERS))
        try:
            person = _person(desk, request)
            _admitted(desk, route, request, person)
            form = await _form(request) if route.method != "GET" else {}
            _own_form(desk, route, request, person, form)
            return await anyio.to_thread.run_sync(_answer, desk, route, request, person, form, limiter=limiter[0])
        except RefusedError as refused:
            return refusal(desk, request, refused)
        except PresstimeError as error:
            return refusal(desk, request, RefusedError(400, str(error)))

    return StarletteRoute(route.path, answer, methods=[route.method])


def _answer(desk: Desk, route: Route, request: Request, person: Person | None, form: dict[str, Any]) -> Response:
    with desk.looking() as look:
        ask = Ask(
            desk=desk,
            person=person,
            look=look,
            sight=desk.sight(person, look),
            method=route.method,
            url=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            path=dict(request.path_params),
            query=dict(request.query_params),
            form=form,
            address=request.client.host if request.client else "",
            cookie=request.cookies.get(COOKIE, ""),
            fragment=request.headers.get("x-fragment") == "1",
            idempotency=request.headers.get("idempotency-key", ""),
        )
        return ask.finish(route.page(ask))


def _person(desk: Desk, request: Request) -> Person | None:
    """Whoever asks: by the session in the cookie, or a script's key."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return desk.accounts.of_key(key.strip())
    secret = request.cookies.get(COOKIE)
    return desk.accounts.of_session(secret, alone=desk.alone) if secret else None


def _admitted(desk: Desk, route: Route, request: Request, person: Person | None) -> None:
    if route.role is None:
        return
    if person is None:
        raise RefusedError(401, _HOW_ALONE if desk.alone else "log in first")
    if not person.may(route.role):
        raise RefusedError(403, f"this is for people with the role {route.role}; yours is {person.role}")


_HOW_ALONE = "open the desk by the address that `presstime desk` printed when it started; it is good once. Start it again for a new one"


async def _form(request: Request) -> dict[str, Any]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        import msgspec

        try:
            given = msgspec.json.decode(await request.body() or b"{}")
        except msgspec.MsgspecError as error:
            raise RefusedError(400, f"the body is not JSON: {error}; send an object") from None
        if not isinstance(given, dict):
            raise RefusedError(400, "the body is JSON but no object; send {…}")
        return given
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        from starlette.exceptions import HTTPException

        try:
            form = await request.form(max_files=_FIELDS, max_fields=_FIELDS)
        except HTTPException as error:
            if error.status_code == 413:
                raise
            raise RefusedError(400, f"the form cannot be read: {error.detail}") from None
        return {name: values if len(values) > 1 else values[0] for name in form if (values := form.getlist(name))}
    if await request.body():
        raise RefusedError(415, f"a body of the kind {kind or 'unknown'} is not taken; send a form or JSON")
    return {}


def _own_form(desk: Desk, route: Route, request: Request, person: Person | None, form: Mapping[str, Any]) -> None:
    """That a form was sent from a page of this desk by the person whose session it is (CSRF). Scripts with a key have no session."""
    if route.method == "GET":
        return
    by_key = request.headers.get("authorization", "").lower().startswith("bearer ")
    if by_key and person is not None and person.token is None:
        return
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    if origin is not None and urlsplit(origin).netloc.lower() not in desk.hosts:
        raise RefusedError(403, "this form was sent from another site; open the page here and send it again")
    if origin is None and site not in (None, "same-origin"):
        raise RefusedError(403, "this form was sent from another site; open the page here and send it again")
    if person is None:
        if origin is None and site is None:
            raise RefusedError(403, "whence this form was sent is not told; send it from the page itself")
        return
    sent = request.headers.get("x-csrf-token") or form.get("csrf") or ""
    if not isinstance(sent, str) or not secrets.compare_digest(sent.encode("utf-8", "surrogatepass"), (person.token or "\0").encode()):
        raise RefusedError(403, "this form is of an earlier session; load the page again and send it once more")


def refusal(desk: Desk, request: Request, refused: RefusedError) -> Response:
    """The answer to what is not done: JSON for the API, a page otherwise; to whoever is not logged in, the way to log in."""
    headers = {"retry-after": str(refused.wait)} if refused.wait else {}
    if refused.status == 401:
        headers["www-authenticate"] = "Bearer"
    if request.url.path.startswith(API):
        import msgspec

        body = msgspec.json.encode({"error": {"status": refused.status, "message": refused.why}})
        return Response(body, refused.status, headers, "application/json")
    if refused.status == 401 and not desk.alone and request.method == "GET" and request.headers.get("x-fragment") != "1":
        from presstime.desk.asking import link

        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(link("login", back=back if back != "/" else None), 303)
    return Response(render_error(desk, refused), refused.status, headers, "text/html; charset=utf-8")


Answer = Callable[[Request], Awaitable[Response]]
