"""What a fetch gives: records of an answer and of the exchanges that led to it.

In: nothing but what fetch.py fills in. Out: `Fetched`, the `Conditions` to ask for it again with, and the `Exchange`s
to keep as evidence. A page that moved once gives a Fetched with two exchanges: the redirect and the page.
"""

from __future__ import annotations

from presstime.records import Record

__all__ = ["Conditions", "Exchange", "Fetched", "conditions_of", "header_of"]


class Conditions(Record, frozen=True):
    """What makes a request conditional: the page is sent again only where it is another than this."""

    etag: str | None = None
    last_modified: str | None = None


class Exchange(Record, frozen=True):
    """One request and its response as they went over the wire; secrets in the request are written "(withheld)".

    `address` is what was dialled, None where a proxy looked the name up; `when` the moment of the request, ISO 8601.
    """

    url: str
    status: int
    request: bytes
    response: bytes
    address: str | None
    when: str


class Fetched(Record, frozen=True):
    """An answer: 2xx, 304 to a condition, or an error that trying again does not mend (404, 403, 410…).

    `url` is what was asked for and `final_url` what answered after redirects, both without credentials and fragment.
    `headers` have names in lower case. `content` is the body unpacked, `fetched` the moment of the answer, ISO 8601.
    """

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    fetched: str
    address: str | None = None
    exchanges: tuple[Exchange, ...] = ()


def header_of(fetched: Fetched, name: str) -> str | None:
    """A header's value, its lines joined by commas (RFC 9110, 5.3); None where it is not there."""
    values = [value for key, value in fetched.headers if key == name.lower()]
    return ", ".join(values) if values else None


def conditions_of(fetched: Fetched) -> Conditions | None:
    """What to ask for the same page with the next time; None where the answer has nothing to go by."""
    etag, modified = header_of(fetched, "etag"), header_of(fetched, "last-modified")
    return Conditions(etag=etag, last_modified=modified) if etag or modified else None
