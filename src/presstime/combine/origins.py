"""Documents → origins: whose first-hand reporting each carries, and how we know.

In: documents and their samenesses. Out: `Origin`s and each document's own. A copy has its original's origin; a text
that a dateline or credit line gives to one agency has that agency's; a combined-sources report and everything else
its own outlet's. The number of independent origins is always an upper bound: two outlets may have copied in ways
that no text shows.

Example: "VELM (North Shore Agency) — …" in three papers → one origin, "North Shore Agency", three documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from presstime.combine.duplicates import Sameness
from presstime.combine.names import name_key
from presstime.findings import Origin
from presstime.ids import make_id
from presstime.records import Document

__all__ = ["find_origins"]

_SOURCE = re.compile(r"\(([^()]{2,60})\)\s*[—–:_-]")
_REACH = 160
"""Characters from the start of the story in which a dateline's source stands."""
_COMBINED = frozenset({"combined sources", "combined reports", "compiled", "agencies", "wire reports", "news agencies"})


def find_origins(documents: Sequence[Document], samenesses: Sequence[Sameness]) -> tuple[tuple[Origin, ...], dict[str, str]]:
    """Every origin, and the id of each document's own."""
    by_id = {d.id: d for d in documents}
    named: dict[str, tuple[str, str]] = {}
    for document, same in zip(documents, samenesses, strict=True):
        agency = _agency(document)
        original = same.near_copy_of or same.version_of
        if original is not None and original in named:
            first = by_id[original]
            how = f"{round(same.shared * 100)}% of its runs of words stand in {first.outlet or first.name or first.id}"
            if agency is not None and named[original][0] == (first.outlet or ""):
                named[original] = (agency[0], f"a copy of it is {agency[1]}")
            named[document.id] = (named[original][0], how if same.near_copy_of else "a later version of the same page")
        elif agency is not None:
            named[document.id] = agency
        else:
            named[document.id] = (document.outlet or document.name or document.id, "its own report, as far as the text shows")
    groups: dict[str, list[str]] = {}
    for document in documents:
        groups.setdefault(name_key(named[document.id][0]) or document.id, []).append(document.id)
    origins, own = [], {}
    for key, members in groups.items():
        identity = make_id("origin", key)
        hows = list(dict.fromkeys(named[m][1] for m in members))
        # one outlet's several own reports are one newsroom's work: one independent origin at most
        origins.append(
            Origin(id=identity, name=named[members[0]][0], documents=tuple(members), how="; ".join(hows), independent_at_most=1)
        )
        own.update(dict.fromkeys(members, identity))
    return tuple(origins), own


def _agency(document: Document) -> tuple[str, str] | None:
    """The one agency a document's dateline or credit line gives it to, and in which of them."""
    start = next((p.start for p in document.parts if p.kind == "paragraph"), 0)
    match = _SOURCE.search(document.text, start, start + _REACH)
    if match and document.dateline and name_key(match[1]) not in _COMBINED and name_key(match[1]) != name_key(document.outlet or ""):
        if document.text.find(document.dateline, start, match.start() + 1) >= 0 and not any(c.isdigit() for c in match[1]):
            return match[1].strip(), "credited to it in the dateline"
    if match and name_key(match[1]) in _COMBINED:
        return None
    others = [c for c in document.credits if name_key(c) != name_key(document.outlet or "")]
    if len(others) == 1 and len(document.credits) == 1:
        return others[0], "credited to it in a credit line"
    return None
