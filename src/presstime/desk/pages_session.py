"""Coming in and going out: the token of one person on one machine, logging in, logging out, who has an account.

Comes in: an `Ask`. Goes out: a page, or a cookie and the way to the page that was wanted. Example: /enter?token=… is opened by the browser
once; afterwards the token is worth nothing and the session's cookie does.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from starlette.responses import RedirectResponse, Response

from presstime.desk.accounts import SESSION_HOURS, Role
from presstime.desk.asking import Ask, RefusedError, filters
from presstime.desk.rendering import asset, render
from presstime.desk.routing import COOKIE, Route
from presstime.records import Record

__all__ = ["ROUTES"]

Text = Annotated[str, msgspec.Meta(max_length=2_000)]


class _Enter(Record, frozen=True):
    token: Text = ""


class _Login(Record, frozen=True):
    back: Text = ""


def enter(ask: Ask) -> Response:
    """Exchange the token for a session."""
    if ask.person is not None:
        return RedirectResponse("/", 303)
    if not ask.desk.alone:
        raise RefusedError(404, "this desk has accounts; log in")
    if not ask.desk.take_token(filters(ask, _Enter).token):
        raise RefusedError(401, "this address was used already, or is not this desk's; start the desk again for a new one")
    _open_session(ask, ask.desk.as_name, "owner", alone=True)
    return RedirectResponse("/", 303)


def login_page(ask: Ask) -> Response:
    """The form."""
    if ask.desk.alone:
        raise RefusedError(404, "this desk has no accounts; open it by the address that `presstime desk` printed")
    return render(ask, "login.html", "Log in", back=_inside(filters(ask, _Login).back), fault=None)


def login(ask: Ask) -> Response:
    """Check a name and a password. The answer does not tell which was wrong."""
    if ask.desk.alone:
        raise RefusedError(404, "this desk has no accounts; open it by the address that `presstime desk` printed")
    name, password, back = (value if isinstance(value := ask.form.get(field, ""), str) else "" for field in ("name", "password", "back"))
    wait = ask.desk.attempts.wait(name, ask.address)
    if wait:
        raise RefusedError(429, f"too many wrong passwords; wait {wait // 60 + 1} minutes and try again", wait=wait)
    person = ask.desk.accounts.check(name, password)
    if person is None:
        ask.desk.attempts.failed(name, ask.address)
        fault = "That name and password do not fit. Both are as the desk's owner gave them to you."
        return render(ask, "login.html", "Log in", status=403, back=_inside(back), fault=fault)
    ask.desk.attempts.went_well(name)
    if ask.cookie:
        ask.desk.accounts.close_session(ask.cookie)
    _open_session(ask, person.name, person.role)
    return RedirectResponse(_inside(back) or "/", 303)


def logout(ask: Ask) -> Response:
    """End the session."""
    ask.desk.accounts.close_session(ask.cookie)
    ask.after.append(lambda response: response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=ask.desk.https))
    return RedirectResponse("/login" if not ask.desk.alone else "/left", 303)


def left_page(ask: Ask) -> Response:
    """After leaving a desk without accounts."""
    raise RefusedError(401, "you have left the desk; start it again to come back")


def accounts_page(ask: Ask) -> Response:
    """Who has an account. They are made and removed on the desk's own machine."""
    return render(ask, "accounts.html", "Accounts", accounts=ask.desk.accounts.names())


def _open_session(ask: Ask, name: str, role: Role, *, alone: bool = False) -> None:
    secret = ask.desk.accounts.open_session(name, role, alone=alone)
    ask.after.append(
        lambda response: response.set_cookie(
            COOKIE, secret, max_age=SESSION_HOURS * 3600, path="/", httponly=True, samesite="lax", secure=ask.desk.https
        )
    )


def _inside(back: str) -> str:
    """A path of this desk; nothing for an address elsewhere."""
    plain = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable() and "\\" not in back
    return back if plain and not back.startswith(("/login", "/enter")) else ""


def asset_page(ask: Ask) -> Response:
    """The style and the script: the only files that are handed out, by their names."""
    from presstime.desk.rendering import ASSETS

    name = ask.path["name"]
    if name not in ASSETS:
        raise RefusedError(404, "there is no such file")
    body, _ = asset(name)
    return Response(body, 200, {"cache-control": "max-age=31536000, immutable"}, ASSETS[name])


ROUTES = (
    Route(method="GET", path="/enter", role=None, page=enter),
    Route(method="GET", path="/login", role=None, page=login_page),
    Route(method="POST", path="/login", role=None, page=login),
    Route(method="POST", path="/logout", role="reader", page=logout),
    Route(method="GET", path="/left", role=None, page=left_page),
    Route(method="GET", path="/accounts", role="owner", page=accounts_page),
    Route(method="GET", path="/assets/{name}", role=None, page=asset_page),
)
