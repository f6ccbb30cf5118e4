"""A figure → its role: the event's own count, a part of another, on top of one, a running total, a recalled event's; or none.

In: a figure and its reading. Out: a `Role`; None where a number of people is named, but not to count them. For the second
of two numbers in a sentence, the first.

Example: "12 died, five of them children, two fewer than it had said" → the event's own, a part, and no count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Literal

from presstime.combine.measures import BECOME, HARMED, OF_THE, before_figure, is_earlier, is_told_of, sentence_at
from presstime.combine.series_words import series_words
from presstime.records import Figure, Reading

__all__ = ["ROLES", "Role", "first_beside", "role_of"]

Role = Literal["event", "total", "past", "part", "more"]
ROLES: tuple[Role, ...] = Role.__args__  # type: ignore[attr-defined]

_WIDE = frozenset({"region", "country", "area"})
_WORD, _NEAR = 16, 60
"""Characters before a figure in which "another" stands, and in which another count may stand that it is more than."""
_MORE_BEFORE = re.compile(r"\b(?:another|a further|an additional)\s+$", re.IGNORECASE)
_MORE_WITHIN = re.compile(r"^(?:\w+ ){0,3}(?<!or )(?:more|further|additional)\b(?! than)(?= )", re.IGNORECASE)
_FEWER_BEHIND = re.compile(r"\s+(?:fewer|less|more) than\b", re.IGNORECASE)
_BEFORE = 48
"""Characters before a figure in which words stand that tell what it is of."""
_YEAR = re.compile(r"\b(?:in|of|during)\s+(?:the\s+)?(?:\w+\s+)?(?P<year>(?:19|20)\d\d)\b(?!\s+(?:people|persons))", re.IGNORECASE)
_NOW = re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|overnight|now|so far)\b")
_AGE = re.compile(r"\b(?:(?:man|woman|boy|girl|child|youth|mother|father)\s+of|aged)\s+$", re.IGNORECASE)
_EARLY = "02"
"""Months up to which a year before is no long time ago."""
_OF_THEM = re.compile(r"\s*\bof\s+(?:them|whom|which|these|those|theirs)\b", re.IGNORECASE)
_SURELY_SOME = re.compile(rf"\bof\s+(?:whom|which)\b|\bof\s+(?:the|its|their|those)\s+[^.]{{0,12}}{HARMED}|\bamong\b", re.IGNORECASE)
_AMONG_BEHIND = re.compile(rf"[^.,;:\n]{{0,24}}\bamong\s+(?:the|its|their)\s+{HARMED}\b", re.IGNORECASE)
_AMONG_BEFORE = re.compile(
    rf"\b(?:among\s+(?:them|whom|the\s+{HARMED})|including|of\s+(?:whom|them|which))"
    r"(?:,|\s+(?:are|were|is|was|at\s+least|about|some))*\s+$",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\b(?:with|including|counting|plus)\s+(?:those\s+)?(?:(?:in|at|of|from)\s+)?(?:the\s+)?$", re.IGNORECASE)
_WHOLE_BEFORE = re.compile(r"\bof\s+the\s+(?:about\s+|some\s+)?$", re.IGNORECASE)


def role_of(figure: Figure, reading: Reading, others: Sequence[Figure]) -> Role | None:
    """What a figure counts. `others` are the figures of the same measure in its sentence."""
    text = reading.document.text
    if is_told_of(figure) or _AGE.search(text, max(0, figure.start - _WORD), figure.start):
        return None  # "the police chief", "a man of 44 died"
    if _FEWER_BEHIND.match(text, figure.end) or series_words().accounted.match(text, figure.end):
        return None  # "nine, two fewer than it had said", "two men had been counted twice"
    if figure.scope != "event":
        return figure.scope
    if _is_recalled(figure, reading):
        return "past"
    if _is_sum(figure, reading) and not is_earlier(reading.document.text, figure, others):
        return "total"
    if _is_told_as_whole(figure, reading.document.text, others):
        return "event"  # "eight of the 55"
    if _is_part(figure, reading) or _explains(figure, reading.document.text, others):
        return "part"
    return "more" if _on_top(figure, reading) else "event"


def _is_recalled(figure: Figure, reading: Reading) -> bool:
    """Whether the words around a figure set it into a year before: "about 90 died there in the fighting of 2024"."""
    now = (reading.document.published or "")[:7]
    text = reading.document.text
    begins, ends = sentence_at(text, figure.start, figure.end)
    if len(now) < 7 or _NOW.search(text, begins, ends):
        return False
    # in January "in 2030" may be last month
    last = int(now[:4]) - (1 if now[5:] > _EARLY else 2)
    before = [m for m in _YEAR.finditer(text, begins, figure.start) if "," not in text[m.end() + 1 : figure.start]]
    behind = [m for m in _YEAR.finditer(text, figure.end, min(ends, figure.end + _NEAR)) if "," not in text[figure.end : m.start()]]
    return any(int(m["year"]) <= last for m in (*before, *behind))


def _is_sum(figure: Figure, reading: Reading) -> bool:
    """Whether a figure sums up others of its document: "with Osk the flood has claimed 19 lives in all", after 16 and 3.

    "A total of 19 died in Velm" is a toll like any other, whatever happened at Osk.
    """
    text, words = reading.document.text, series_words()
    if figure.low is None:
        return False
    sentence = text[slice(*sentence_at(text, figure.start, figure.end))]
    of_two = words.both.search(sentence) is not None
    if not of_two and not words.summed.search(sentence):
        return False
    same = [o for o in reading.figures if o.measure == figure.measure and o.of == figure.of and o.scope == "event" and o.part_of is None]
    smaller = {o.low or o.high or 0: o for o in same if 0 < (o.low or o.high or 0) < figure.low}
    if of_two:
        return bool(smaller)
    towns = {p.id: p for p in reading.places if p.precision not in _WIDE and p.kind not in _WIDE}
    own = towns.get(figure.place or "")
    if own is not None and not _ADDED.search(text, max(0, own.start - _BEFORE), own.start):
        return False
    return any(o.place in towns for o in smaller.values()) or any(a + b == figure.low for a, b in combinations(smaller, 2))


def _is_part(figure: Figure, reading: Reading) -> bool:
    """Whether a figure is some of what its document counts: "34 of them were arrested" are no part of the 60 injured."""
    whole = next((f for f in reading.figures if f.id == figure.part_of), None)
    if whole is not None and whole.measure == figure.measure:
        return True
    text = reading.document.text
    if not _is_told_as_part(figure, text):
        return whole is None and figure.part_of is not None
    begins, ends = sentence_at(text, figure.start, figure.end)
    if re.search(
        rf"\bof\s+(?:whom|which)\b|\bof\s+(?:the|its|their|those)\s+[^.]{{0,12}}{HARMED}|\bamong\b", text[begins:ends], re.IGNORECASE
    ):
        return True
    least = figure.low or figure.high or 0
    return any(o.measure == figure.measure and o.id != figure.id and (o.low or o.high or least) > least for o in reading.figures)


def _is_told_as_part(figure: Figure, text: str) -> bool:
    """Whether words beside a figure say that it is some of others: "two of them", "eight of the 55", "are among the dead"."""
    begins, ends = sentence_at(text, figure.start, figure.end)
    behind = text[figure.end : ends]
    if _OF_THEM.search(figure.words) or _OF_THEM.match(behind) or OF_THE.search(figure.words) or OF_THE.match(behind):
        return True
    return (
        _AMONG_BEHIND.match(behind) is not None or _AMONG_BEFORE.search(text, max(begins, figure.start - _BEFORE), figure.start) is not None
    )


def _is_told_as_whole(figure: Figure, text: str, others: Sequence[Figure]) -> bool:
    """Whether a figure is the whole that the one right before it is some of."""
    before = text[max(0, figure.start - _WORD) : figure.start]
    return _WHOLE_BEFORE.search(before) is not None and any(0 <= figure.start - o.end <= _WORD for o in others)


def _explains(figure: Figure, text: str, others: Sequence[Figure]) -> bool:
    """Whether a figure only tells why another changed: "to 38 from 52, after 14 were found to have died of other causes"."""
    if len(others) < 2 or BECOME.search(before_figure(text, figure)) or is_earlier(text, figure, others):
        return False
    became = any(BECOME.search(before_figure(text, o)) for o in others)
    return became and any(is_earlier(text, o, [figure, *(x for x in others if x is not o)]) for o in others)


def first_beside(figure: Figure, text: str, others: Sequence[Figure]) -> Figure | None:
    """The number beside which a sentence gives this one of the same: one giver's sentence has one toll of a place.

    That is the number a toll has come to ("bringing the dead to four"), else the first: "five died, three of them at once
    and two in hospital". None for a figure that is beside none.
    """
    inline = sorted((*others, figure), key=lambda o: (o.start, o.end))
    places: dict[str, str | None] = {}
    for i, o in enumerate(inline):  # a number without a place is of the place named with the one before it
        places[o.id] = o.place or (places[inline[i - 1].id] if i else None)
    same = [
        o
        for o in inline
        if (o.statement, places[o.id], o.group, o.of, o.scope, o.as_of)
        == (figure.statement, places[figure.id], figure.group, figure.of, figure.scope, figure.as_of)
        and o.part_of is None
        and not _is_told_as_part(o, text)
        and not is_earlier(text, o, [x for x in inline if x is not o])
    ]
    if figure not in same or len({(o.low, o.high) for o in same}) < 2:
        return None
    first = min(same, key=lambda o: (BECOME.search(before_figure(text, o)) is None, o.start, o.end))
    return first if first is not figure else None


def _on_top(f: Figure, reading: Reading) -> bool:
    """Whether a figure adds to one given before ("two more people died", "another 12 bodies"): no toll of its own.

    In "three died and 12 more were injured" the 12 are more than the dead, and all the injured there are.
    """
    if not (_MORE_BEFORE.search(reading.document.text[max(0, f.start - _WORD) : f.start]) or _MORE_WITHIN.search(f.words)):
        return False
    return not any(o.measure != f.measure and 0 <= f.start - o.end <= _NEAR for o in reading.figures)
