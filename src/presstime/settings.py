"""Settings of story.toml that more than one room heeds: how pages are fetched.

Comes in: the [fetch] table of a story.toml. Goes out: a `Fetching`, whose defaults are those of a story that says
nothing. Example: `contact = "desk@harrowpost.example"` tells the servers that are asked whom they can write to.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from presstime.records import Record

__all__ = ["Fetching"]


class Fetching(Record, frozen=True, forbid_unknown_fields=True):
    """How pages are fetched.

    `contact` (an address or a page) is told to every server. `allow` are the hosts within one's own network that may
    be asked all the same: a name or an address, with ":port" or with every port. `proxy` is an address such as
    "socks5://127.0.0.1:9050". `robots` says whether robots.txt is heeded. `pause` are the seconds between the starts
    of two requests to one host, `at_once` how many of them may be under way, `seconds` how long one page may take
    over all its redirects and tries, waiting for its turn not counted.
    """

    contact: str | None = None
    allow: tuple[str, ...] = ()
    proxy: str | None = None
    robots: bool = True
    pause: Annotated[float, msgspec.Meta(ge=0, le=3600)] = 1.0
    at_once: Annotated[int, msgspec.Meta(ge=1, le=2)] = 2
    seconds: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 60.0
