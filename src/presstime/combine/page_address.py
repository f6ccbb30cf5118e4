"""A document's URL → a key that is the same for all addresses of one page.

In: a URL, or None. Out: host, path and what is asked for, without scheme, "www.", trackers and fragment; None where the
address names no page of a site, as an address of a home page does.

Example: "https://www.north.example/a/?utm_source=x#top" and "http://north.example/a" → one key.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, urlsplit

__all__ = ["page_key"]


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads((files("presstime.combine") / "words/pages.toml").read_text(encoding="utf-8"))


def page_key(url: str | None) -> str | None:
    """The key of the page at a URL."""
    try:
        split = urlsplit((url or "").strip())
        host = (split.hostname or "").lower()
    except ValueError:
        return None
    if split.scheme not in ("http", "https", "") or not host:
        return None
    lists = _lists()
    for prefix in lists["subdomains"]:
        host = host.removeprefix(prefix)
    path = split.path
    for ending in lists["endings"]:
        path = path.removesuffix(ending)
    asked = [
        f"{k}={v}"
        for k, v in sorted(parse_qsl(split.query, keep_blank_values=True))
        if k.lower() not in lists["tracking"] and not k.lower().startswith(tuple(lists["tracking_prefixes"]))
    ]
    if not path and not asked:
        return None
    return f"{host}{path}{'?' if asked else ''}{'&'.join(asked)}"
