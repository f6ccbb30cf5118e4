"""One request, as the pages see it: who asks, for what, in which ledger.

Comes in: Starlette's request and the desk. Goes out: an `Ask`, and the answers of misuse. Example: `filters(ask, StatementFilters)` of
"?act=denial&page=2" is a record with act "denial" and page 2; of "?page=two" it is a `RefusedError` with 400 that says what a page is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from presstime.desk.accounts import Person
from presstime.ledger.lookups import Lookups, Sight
from presstime.records import Record

if TYPE_CHECKING:
    from starlette.responses import Response

    from presstime.desk.state import Desk

__all__ = ["Ask", "RefusedError", "filters", "link", "same_but"]

F = TypeVar("F", bound=Record)


class RefusedError(Exception):
    """A request that is answered with a status other than 200, and a sentence that says what to do."""

    def __init__(self, status: int, why: str, *, wait: int | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.why = why
        self.wait = wait


@dataclass(kw_only=True)
class Ask:
    """A request. `path` are the named parts of its path, `query` its parameters, `form` what a form sent.

    `fragment` asks for the main part of a page only; `idempotency` is the key by which a script marks a request that it may repeat.
    """

    desk: Desk
    person: Person | None
    look: Lookups
    sight: Sight
    method: str
    url: str
    path: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    form: dict[str, Any] = field(default_factory=dict)
    address: str = ""
    cookie: str = ""
    fragment: bool = False
    idempotency: str = ""
    after: list[Any] = field(default_factory=list)
    """What is done to the response before it leaves: cookies that are set."""

    def finish(self, response: Response) -> Response:
        """The response, with what was asked to be done to it."""
        for each in self.after:
            each(response)
        return response


def filters(ask: Ask, type_: type[F], *, strict: bool = False) -> F:
    """The parameters that a page takes, as a record; empty ones are as good as none. With `strict`, no others may be there."""
    known = type_.__struct_fields__
    if strict and (unknown := sorted(set(ask.query) - set(known))):
        raise RefusedError(400, f"there is no parameter {unknown[0]!r}; this takes: {', '.join(known) or 'none'}")
    given = {name: value for name, value in ask.query.items() if name in known and (value != "" or name == "speaker")}
    try:
        return msgspec.convert(given, type_, strict=False)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        raise RefusedError(400, f"{where.rstrip('`') or 'a parameter'}: {what.replace('`', '')}; mend that part of the address") from None


def link(*parts: str, **parameters: object) -> str:
    """A path of the desk: `link("documents", "doc 1", part=2)` is "/documents/doc%201?part=2". What is None or empty is left out."""
    path = "/" + "/".join(part if part.isascii() and part.replace("-", "").isalnum() else quote(part, safe="") for part in parts)
    if not parameters:
        return path
    anchor = parameters.pop("anchor", None)
    kept = {name: value for name, value in parameters.items() if value not in (None, "", False)}
    query = urlencode({name: "1" if value is True else str(value) for name, value in kept.items()})
    return f"{path}{'?' + query if query else ''}{'#' + quote(str(anchor), safe='') if anchor else ''}"


def same_but(path: str, query: dict[str, str], **changes: object) -> str:
    """The same page with other parameters. The page's number goes, unless it is what changes."""
    left = {name: value for name, value in query.items() if name not in ("page", "done")} | changes
    kept = {name: str(value) for name, value in left.items() if value not in (None, "", False, 1 if name == "page" else None)}
    return f"{path}{'?' + urlencode(kept) if kept else ''}"
