"""Documents → origins: whose first-hand reporting each carries, and how we know.

In: documents, their samenesses and the cast. Out: `Origin`s and each document's own. A copy has its original's
origin; a text that a dateline or credit line gives to one agency has that agency's; a combined-sources report and
everything else its own outlet's. A document that carries a long passage of another's word for word is listed under
both. The number of independent origins is always an upper bound: two outlets may have copied in ways no text shows.

Example: "VELM (North Shore Agency) — …" in three papers → one origin, "North Shore Agency", three documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from presstime.combine.duplicates import Sameness
from presstime.combine.identity import Cast
from presstime.combine.names import name_key
from presstime.findings import Origin
from presstime.ids import make_id
from presstime.records import Document

__all__ = ["find_origins"]

_SOURCE = re.compile(r"\(([^()]{2,60})\)\s*[—–:_-]")
_REACH = 160
"""Characters from the start of the story in which a dateline's source stands."""
_COMBINED = frozenset({"combined sources", "combined reports", "compiled", "agencies", "wire reports", "news agencies"})
_OWN = "its own report, as far as the text shows"


def find_origins(documents: Sequence[Document], samenesses: Sequence[Sameness], cast: Cast) -> tuple[tuple[Origin, ...], dict[str, str]]:
    """Every origin, and the id of each document's own."""
    by_id = {d.id: d for d in documents}
    named: dict[str, tuple[str, str]] = {}
    for document, same in zip(documents, samenesses, strict=True):
        agency = _agency(document)
        original = same.near_copy_of or same.version_of
        if original is not None and original in named:
            if agency is not None and named[original][1] == _OWN:
                named[original] = (agency[0], f"a copy of it is {agency[1]}")
            how = (
                f"a copy has {round(same.shared * 100)}% of its runs of words from {_label(by_id[original])}" if same.near_copy_of else None
            )
            named[document.id] = (named[original][0], how or "a later version of the same page")
        else:
            named[document.id] = agency or (_newsroom(document, cast), _how(document))
    groups: dict[str, list[str]] = {}
    for document in documents:
        groups.setdefault(name_key(named[document.id][0]) or document.id, []).append(document.id)
    own = {member: make_id("origin", key) for key, members in groups.items() for member in members}
    carried = _carried(samenesses, own)
    origins = []
    for key, members in groups.items():
        identity = make_id("origin", key)
        others = carried.get(identity, {})
        passages = [f"{words} words in a row in {_label(by_id[d])} are its own" for d, (words, _) in others.items()]
        hows = [*(named[m][1] for m in members), *passages]
        # one outlet's several own reports are one newsroom's work: one independent origin at most
        origins.append(
            Origin(
                id=identity,
                name=named[members[0]][0],
                passages=tuple(where for _, stretches in others.values() for where in stretches),
                documents=(*members, *others),
                how="; ".join(dict.fromkeys(hows)),
                independent_at_most=1,
            )
        )
    return tuple(origins), own


def _carried(samenesses: Sequence[Sameness], own: dict[str, str]) -> dict[str, dict[str, tuple[int, list[str]]]]:
    """Origin → documents of other origins that carry passages of it: how many words, and the passages as "document:start-end"."""
    found: dict[str, dict[str, tuple[int, list[str]]]] = {}
    for same in samenesses:
        for passage in same.passages:
            origin = own.get(passage.of)
            if origin is not None and origin != own[same.document]:
                words, passages = found.setdefault(origin, {}).get(same.document, (0, []))
                where = f"{same.document}:{passage.span.start}-{passage.span.end}"
                found[origin][same.document] = (words + passage.words, [*passages, where])
    return found


def _label(document: Document) -> str:
    return document.outlet or document.name or document.id


def _newsroom(document: Document, cast: Cast) -> str:
    """Who published a document; somebody's own posts and statements go by the name that they have elsewhere."""
    actor = cast.named(document.outlet)
    return actor.name if actor is not None else _label(document)


def _how(document: Document) -> str:
    if len(document.credits) > 1:
        return f"combined from {', '.join(document.credits)}"
    return _OWN


def _agency(document: Document) -> tuple[str, str] | None:
    """The one agency a document's dateline or credit line gives it to, and in which of them."""
    outlet = name_key(document.outlet or "")
    start = next((p.start for p in document.parts if p.kind == "paragraph"), 0)
    match = _SOURCE.search(document.text, start, start + _REACH)
    source = name_key(match[1]) if match else ""
    if source in _COMBINED:
        return None
    after_dateline = (
        match is not None and bool(document.dateline) and document.text.find(document.dateline or "", start, match.start() + 1) >= 0
    )
    if match and after_dateline and source != outlet and not any(c.isdigit() for c in source):
        return match[1].strip(), "credited to it in the dateline"
    if len(document.credits) == 1 and name_key(document.credits[0]) != outlet:
        return document.credits[0], "credited to it in a credit line"
    return None
