"""Saving what a person has done: into the ledger at once, before any combining, and what is shown where that cannot be done as asked.

Comes in: an `Ask` and an act on an open ledger. Goes out: a response: the page one came from, with what was done and a way to undo it;
or who saved the same record a moment ago, and a question; or that another process writes, with what was typed kept in the page, which
sends it again by itself. Example: `saved(ask, lambda ledger: accept(ledger, ref, by=ask.person.name, seen=seen))`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

from starlette.responses import RedirectResponse, Response

from presstime.correction_act import Conflict
from presstime.desk.asking import Ask, RefusedError
from presstime.desk.rendering import render
from presstime.findings import Decision
from presstime.ledger import BusyError, Correction, Ledger

__all__ = ["MOST_WAIT", "back_of", "by_of", "done_entry", "enter", "saved", "text_of"]

T = TypeVar("T")
Done = Correction | Decision | Sequence[Correction]

MOST_WAIT = 1.0
"""Seconds that a save waits for another process. The desk's own combining gives way in milliseconds; a compile or a watch that runs
beside the desk may take a minute, and so long no page is kept: it says so and asks again."""
AGAIN = 2
"""Seconds after which the page asks again."""


def enter(ask: Ask, act: Callable[[Ledger], T]) -> T:
    """Do an act on the ledger, before any combining; findings follow. Raises what the act does, and BusyError."""
    with ask.desk.findings.going_before(), ask.desk.open_ledger() as ledger:
        ledger.wait_at_most(MOST_WAIT)
        done = act(ledger)
    ask.desk.findings.changed()
    return done


def saved(ask: Ask, act: Callable[[Ledger], Done], *, back: str = "/") -> Response:
    """Do an act and go back. `back` is where to, unless the form says."""
    to = back_of(ask, back)
    try:
        done = enter(ask, act)
    except Conflict as conflict:
        return _ask_which(ask, conflict, to)
    except BusyError:
        return _ask_again(ask, to)
    return RedirectResponse(_with_done(to, done_entry(done)), 303)


def done_entry(done: Done) -> str:
    """By what an act is undone: its batch, or the id of its one entry."""
    if isinstance(done, Decision):
        return done.id
    one = done if isinstance(done, Correction) else done[-1]
    return one.batch or one.id


def by_of(ask: Ask) -> str:
    """Whose word it is."""
    assert ask.person is not None
    return ask.person.name


def text_of(ask: Ask, field: str, most: int = 100_000) -> str:
    """What a form says in a field; empty where it has none. Raises RefusedError where it is no text or far too long."""
    value = ask.form.get(field, "")
    if not isinstance(value, str):
        raise RefusedError(400, f"{field} must be text")
    if len(value) > most:
        raise RefusedError(400, f"{field} is too long: {len(value)} characters, where up to {most} are taken")
    return value.replace("\r\n", "\n")


def back_of(ask: Ask, otherwise: str) -> str:
    """The page of this desk to go back to: the form's or the address's, where it names one."""
    given = text_of(ask, "back", 4_000) or ask.query.get("back", "")
    plain = given.startswith("/") and not given.startswith("//") and given.isprintable() and "\\" not in given
    return given if plain and not given.startswith(("/login", "/enter", "/logout")) else otherwise


def _with_done(to: str, entry: str) -> str:
    """The page to go back to, told what was done."""
    from urllib.parse import parse_qsl

    parts = urlsplit(to)
    query = urlencode([*((name, value) for name, value in parse_qsl(parts.query) if name != "done"), ("done", entry)])
    return f"{parts.path}?{query}{'#' + parts.fragment if parts.fragment else ''}"


def _sent(ask: Ask, *without: str) -> list[tuple[str, str]]:
    """What the form held, to be sent again."""
    found = []
    for name, value in ask.form.items():
        if name not in ("csrf", *without):
            found += [(name, one) for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
    return found


def _ask_which(ask: Ask, conflict: Conflict, back: str) -> Response:
    """The later of two who saved is shown the earlier, and asked."""
    earlier = conflict.earlier
    again = [*_sent(ask, "seen"), ("seen", earlier.id)]
    return render(ask, "conflict.html", "Changed meanwhile", status=409, earlier=earlier, again=again, back=back, busy=False)


def _ask_again(ask: Ask, back: str) -> Response:
    """Another process writes: what was typed stays in the page, which sends it again."""
    response = render(ask, "waiting.html", "Not kept yet", status=503, again=_sent(ask), back=back, after=AGAIN, busy=False)
    response.headers["retry-after"] = str(AGAIN)
    return response
