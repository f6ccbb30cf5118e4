"""Accusations → the names that stand where the accused does, as the document writes them.

In: a reading and one of its statements. Out: names, which need not be actors of the reading. Example: "accused Delvan
Works of leaving the wall unfinished", "blamed the insurer, Delvan Works, for having passed the wall" → "Delvan Works".
"""

from __future__ import annotations

import re

from presstime.combine.bodies import has_head, is_generic
from presstime.combine.identity_words import lists
from presstime.records import Reading, Statement

__all__ = ["accused_head", "bodies_accused", "names_accused"]

_OF = re.compile(r"\b(?:of|for|with|over)\s+(?:not\s+|having\s+|deliberately\s+|\w+ly\s+)?\w+ing\b")
_NAME = re.compile(r"[A-Z][\w’'.-]*(?:\s+(?:(?:of|for)\s+(?:the\s+)?)?[A-Z][\w’'.-]*)*")
_BY = re.compile(r"\b(?:was|were|been|being|is|are)\s+\w+\s+(?:[\w’'-]+\s+){0,3}?by\s+(?:the\s+)?(?P<name>" + _NAME.pattern + ")")
"""Who did what was done: "had been sold by Delvan Works"."""
_BESIDE = re.compile(r"(?:(?:The|A|An)\s)?(?:[a-z’'-]+\s){0,5}[a-z’'-]+,\s+(?P<name>" + _NAME.pattern + ")(?=,)")
"""A name beside what it is, where a statement begins: "the insurer, Delvan Works, had known"."""
_DOING = re.compile(
    r"(?P<name>"
    + _NAME.pattern
    + r")(?=,? [a-z])(?!,? (?:(?:had|has|have|should|must|to) )?(?:be|is|are|was|were|been|being|gets?)\b(?! \w+ing))"
)
"""A name at the beginning of words that say what it did, not what was done to it."""
_WHAT = re.compile(r"(?:[a-z’'-]+ ){0,5}[a-z’'-]+,? $")
_NEAR = 50
"""Characters before a name in which stands what it is."""
_HOLDS = re.compile(
    r"\b(?:[Hh]old(?:s|ing)?|[Hh]eld)\s+(?P<a>[^,.;]{3,60}?)\s+(?:responsible|liable|accountable|to blame)\b"
    r"|\b(?:[Bb]lam(?:ed|es|ing|e)|[Ss]u(?:ed|es|ing)|[Rr]eproach(?:ed|es|ing))\s+(?P<b>[^,.;]{3,60})"
    r"|\blaid the blame (?:on|with)\s+(?P<c>[^,.;]{3,60})"
)
"""Words that blame somebody, with whom they blame."""


def accused_head(reading: Reading, statement: Statement) -> tuple[int, int] | None:
    """The characters before "of …ing" at the head of an accusation's words; None where it has no such form."""
    if statement.act != "accusation" or not statement.content:
        return None
    text, span = reading.document.text, statement.content[0]
    match = _OF.search(text, span.start, span.end)
    if match is None:
        return None
    comma = text.find(",", span.start, match.start())
    if comma < 0:
        return span.start, match.start()
    # "the insurer, Delvan Works, of …" or "Delvan Works, the insurer, of …"
    return (span.start, comma) if _NAME.search(text, span.start, comma) else (comma, match.start())


def names_accused(reading: Reading, statement: Statement) -> tuple[str, ...]:
    """The capitalised names in that place; of other accusations and calls, the body that is said to have done or to have to do it."""
    text = reading.document.text
    head = accused_head(reading, statement)
    if head is not None:
        return tuple(_NAME.findall(text[head[0] : head[1]]))
    if statement.act not in ("accusation", "demand", "appeal") or not statement.content:
        return ()
    span = statement.content[0]
    beside = _BESIDE.match(text, span.start, span.end)
    if beside is not None:
        return (beside["name"],)
    if statement.act != "accusation":
        return ()
    names = [m["name"] for c in statement.content for m in _BY.finditer(text, c.start, c.end)]
    begins = _DOING.match(text, span.start + (4 if text[span.start : span.start + 4].lower() == "the " else 0), span.end)
    cue = statement.cue
    blamed = [n for m in _HOLDS.finditer(text[cue.start : span.end]) for n in _NAME.findall(m["a"] or m["b"] or m["c"])] if cue else []
    return (*blamed[:1], *names, *((begins["name"],) if begins and _is_body(begins["name"]) else ()))


def _is_body(name: str) -> bool:
    """Whether a name is by its words a body's, and not its people's: "Lake Guard", not "Officers of the Lake Guard"."""
    return has_head(name) and not is_generic(name.split(" of ")[0]) if " of " in name else has_head(name)


def bodies_accused(reading: Reading, statement: Statement) -> tuple[str, ...]:
    """Those of them that are bodies by their names ("Delvan Works"), or by what stands before ("the insurer, Delvan Mutual")."""
    text = reading.document.text
    found = []
    for name in names_accused(reading, statement):
        at = text.find(name, min((c.start for c in statement.content), default=0))
        what = _WHAT.search(text, max(0, at - _NEAR), at) if at >= 0 else None
        firm = what is not None and any(w.removesuffix("s") in lists().firms for w in what[0].lower().rstrip(" ,").split())
        if _is_body(name) or (firm and " " in name):
            found.append(name)
    return tuple(found)
