"""Pages of bodies that speak for themselves → whose page it is, and which names there stand for that body.

In: a reading whose outlet may be a ministry, a company, a movement. Out: the body. What it says there reading has as
statements; here is told only that "we" and "the ministry" on its page are the body.

Example: outlet "Lake Board (statement)" → Lake Board; "the Board" stands for it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from presstime.combine.names import name_key
from presstime.read.own_page import HOW, is_own_page
from presstime.records import Reading

__all__ = ["SENTENCE_END", "outlet_of", "stands_for_outlet"]

SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s|\n")
_NOTE = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")


def outlet_of(reading: Reading) -> str:
    """The body whose own page this is; "" for a newspaper's."""
    own = next((s.speaker.name for s in reading.statements if s.speaker is not None and s.speaker.how == HOW), None)
    if own is not None:
        return own
    outlet = reading.document.outlet or ""
    return _NOTE.sub("", outlet) if is_own_page(outlet) else ""


@lru_cache(maxsize=1_000)
def stands_for_outlet(outlet: str, name: str) -> bool:
    """Whether a name on a body's own page is that body: "we", "the Ministry", its own name."""
    low = set(name_key(name).split())
    return name.lower() in ("we", "i", "our") or (bool(low) and low <= set(name_key(outlet).split()))
