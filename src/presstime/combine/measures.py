"""A figure → what it counts, and whether it is a count that still holds.

In: a figure and its reading. Out: the role of the figure (the event's own, a part, on top of another, a total, a recalled
event), the group that is counted under one name for its synonyms, the class of its cause, and marks of figures that are
named as earlier ones or as changed.

Example: "three servicemen were killed" and "five of our soldiers died" → killed, group "soldiers".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from presstime.combine.names import singular_key
from presstime.records import Figure, Reading

__all__ = [
    "ROLES",
    "Group",
    "Role",
    "cause_of",
    "causes_in",
    "clash",
    "group_of",
    "group_words",
    "is_anybody",
    "is_earlier",
    "is_moved",
    "is_of_everywhere",
    "is_single",
    "is_taken_to",
    "role_of",
    "sentence_at",
    "takes_back",
]

Role = Literal["event", "total", "past", "part", "more"]
ROLES: tuple[Role, ...] = Role.__args__  # type: ignore[attr-defined]

_WORD, _NEAR = 16, 60
"""Characters before a figure in which "another" stands, and in which another count may stand that it is more than."""
_BEFORE = 48
"""Characters before a figure in which words that make it an earlier one stand."""
_MORE_BEFORE = re.compile(r"\b(?:another|a further|an additional)\s+$", re.IGNORECASE)
_MORE_WITHIN = re.compile(r"^(?:\w+ ){0,3}(?<!or )(?:more|further|additional)\b(?! than)(?= )", re.IGNORECASE)
_FEWER_BEHIND = re.compile(r"\s+(?:fewer|less|more) than\b", re.IGNORECASE)
_BECOME = re.compile(r"\b(?:to|at)\s+(?:about |some |at least )?$", re.IGNORECASE)
_ENDS = re.compile(r"[.!?]['”’\")]*\s+(?=[A-Z0-9“‘\"'(])|\n+")
_SHORT = re.compile(r"\b(?:[A-Z]|[Dd]r|Mr|Mrs|Ms|St|Gen|Col|Maj|Capt|Lt|Sgt|Gov|Sen|Rep|No|[ap]\.m)\.\s+$")
_TOKEN = re.compile(r"[a-z]+(?:-[a-z]+)*")
_HARMED = (
    r"(?:dead|killed|deaths|victims|casualties|fatalities|injured|wounded|hurt|missing|detained|detainees|arrested"
    r"|those (?:killed|injured|hurt|detained))"
)
_OF_THEM = re.compile(r"\s*\bof\s+(?:them|whom|which|these|those|theirs)\b", re.IGNORECASE)
_OF_THE = re.compile(rf"\s*\bof\s+(?:the|its|their|those)\s+(?:about\s+|some\s+)?(?:\d[\d,.]*\b|{_HARMED}\b)", re.IGNORECASE)
_AMONG_BEHIND = re.compile(rf"[^.,;:\n]{{0,24}}\bamong\s+(?:the|its|their)\s+{_HARMED}\b", re.IGNORECASE)
_AMONG_BEFORE = re.compile(
    rf"\b(?:among\s+(?:them|whom|the\s+{_HARMED})|including|of\s+(?:whom|them|which))"
    r"(?:,|\s+(?:are|were|is|was|at\s+least|about|some))*\s+$",
    re.IGNORECASE,
)
_WHOLE_BEFORE = re.compile(r"\bof\s+the\s+(?:about\s+|some\s+)?$", re.IGNORECASE)
_COUNTED_GROUP = re.compile(
    r"\b(?:number|count|toll|tally|total|figures?)\s+(?:of|for)\s+(?:the\s+|its\s+|their\s+)?(?P<group>[a-z]+(?:[ -][a-z]+){0,2}?)"
    r"\s+(?:known\s+|thought\s+|listed\s+|reported\s+)?(?:killed|dead|hurt|injured|wounded|missing|detained|arrested|held|displaced|evacuated)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Words:
    heads: dict[str, str]
    adjectives: dict[str, str]
    persons: frozenset[str]
    articles: frozenset[str]
    anybody: frozenset[str]
    causes: dict[str, str]
    together: frozenset[tuple[str, str]]
    earlier: re.Pattern[str]
    beside: re.Pattern[str]
    everywhere: re.Pattern[str]
    summed: re.Pattern[str]
    taken_to: re.Pattern[str]
    elsewhere: re.Pattern[str]
    moved: frozenset[str]
    taken_back: frozenset[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Who is counted. `key` is "" where the words only describe those who were there; `nation` of which country's they are.

    `words` are the text's own.
    """

    key: str
    nation: str
    words: str | None


@cache
def _words() -> _Words:
    lists = tomllib.loads((files("presstime.combine") / "words/series.toml").read_text(encoding="utf-8"))
    return _Words(
        heads={singular_key(noun): group for group, nouns in lists["groups"].items() for noun in nouns},
        adjectives={word: group for group, words in lists["adjectives"].items() for word in words},
        persons=frozenset(lists["single"]["persons"]),
        articles=frozenset(lists["single"]["articles"]),
        anybody=frozenset(singular_key(w) for w in lists["single"]["anybody"]),
        causes={word: cause for cause, words in lists["causes"].items() for word in words},
        together=frozenset((a, b) for a, others in lists["together"].items() for b in others),
        earlier=_at_the_end(lists["earlier"]["before"]),
        beside=_at_the_end(lists["earlier"]["beside"]),
        everywhere=_any_of(lists["scope"]["everywhere"]),
        summed=_any_of(lists["scope"]["summed"]),
        taken_to=_any_of(lists["scope"]["taken_to"]),
        elsewhere=_at_the_end(lists["scope"]["elsewhere"]),
        moved=frozenset(lists["earlier"]["moved"]),
        taken_back=frozenset(lists["earlier"]["taken_back"]),
    )


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})s?\b", re.IGNORECASE)


def _at_the_end(phrases: list[str]) -> re.Pattern[str]:
    """One of some phrases at the end of what stands before a figure."""
    longest = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    return re.compile(rf"\b(?:{longest})(?:\s+(?:a|an|the|its|about|some|at least))?\s+[“\"‘]?$", re.IGNORECASE)


# ---------------------------------------------------------------- what is counted


def role_of(figure: Figure, reading: Reading, others: Sequence[Figure]) -> Role:
    """What a figure counts. `others` are the figures of the same measure in its sentence."""
    if figure.scope != "event":
        return figure.scope
    if _is_sum(figure, reading) and not is_earlier(reading.document.text, figure, others):
        return "total"
    if _is_told_as_whole(figure, reading.document.text, others):
        return "event"  # "eight of the 55"
    if (
        figure.part_of
        or _is_told_as_part(figure, reading.document.text)
        or _explains(figure, reading.document.text, others)
        or _is_beside(figure, reading.document.text, others)
    ):
        return "part"
    return "more" if _on_top(figure, reading) else "event"


def _is_sum(figure: Figure, reading: Reading) -> bool:
    """Whether a figure sums up others of its document: "with Osk the flood has claimed 19 lives in all", after 16 and 3."""
    text = reading.document.text
    if figure.low is None or not _words().summed.search(text[slice(*sentence_at(text, figure.start, figure.end))]):
        return False
    same = [o for o in reading.figures if o.measure == figure.measure and o.of == figure.of and o.scope == "event" and o.part_of is None]
    return any(0 < (o.low or o.high or 0) < figure.low for o in same)


def _is_told_as_part(figure: Figure, text: str) -> bool:
    """Whether words beside a figure say that it is some of others: "two of them", "eight of the 55", "are among the dead"."""
    begins, ends = sentence_at(text, figure.start, figure.end)
    behind = text[figure.end : ends]
    if _OF_THEM.search(figure.words) or _OF_THEM.match(behind) or _OF_THE.search(figure.words) or _OF_THE.match(behind):
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
    if len(others) < 2 or _BECOME.search(_before(text, figure)) or is_earlier(text, figure, others):
        return False
    became = any(_BECOME.search(_before(text, o)) for o in others)
    return became and any(is_earlier(text, o, [figure, *(x for x in others if x is not o)]) for o in others)


def _is_beside(figure: Figure, text: str, others: Sequence[Figure]) -> bool:
    """Whether a sentence gives another number of the same as the toll: one giver's sentence has one toll of a place.

    That is the number a toll has come to ("bringing the dead to four"), else the first: "five died, three of them at once
    and two in hospital".
    """
    same = [
        o
        for o in (*others, figure)
        if (o.statement, o.place, o.group, o.of, o.scope) == (figure.statement, figure.place, figure.group, figure.of, figure.scope)
        and o.part_of is None
        and not _is_told_as_part(o, text)
        and not is_earlier(text, o, [x for x in (*others, figure) if x is not o])
    ]
    if figure not in same or len({(o.low, o.high) for o in same}) < 2:
        return False
    return min(same, key=lambda o: (_BECOME.search(_before(text, o)) is None, o.start, o.end)) is not figure


def _on_top(f: Figure, reading: Reading) -> bool:
    """Whether a figure adds to one given before ("two more people died", "another 12 bodies"): no toll of its own.

    In "three died and 12 more were injured" the 12 are more than the dead, and all the injured there are.
    """
    if _FEWER_BEHIND.match(reading.document.text, f.end):
        return True  # "nine, two fewer than it had said"
    if not (_MORE_BEFORE.search(reading.document.text[max(0, f.start - _WORD) : f.start]) or _MORE_WITHIN.search(f.words)):
        return False
    return not any(o.measure != f.measure and 0 <= f.start - o.end <= _NEAR for o in reading.figures)


def group_words(figure: Figure, text: str) -> str | None:
    """Who is counted, in the text's words: those of the figure, else of what is counted ("the number of inmates killed at nine")."""
    if figure.group:
        return figure.group
    start, _ = sentence_at(text, figure.start, figure.end)
    told = [m for m in _COUNTED_GROUP.finditer(text, start, figure.start) if "," not in text[m.end() : figure.start]]
    return told[-1]["group"] if told else None


def group_of(figure: Figure, words: str | None, nation: str) -> Group:
    """The group that a figure counts by its words. `nation` is the key of the country whose name stands in them, or ""."""
    if not words:
        return Group("", "", None)
    key = _group_key(words)
    last = singular_key(words).split()[-1:]
    if not key and last and last[0] in _words().anybody:
        words = words if nation or len(words.split()) > 1 else None  # "people", "victims"
    if key and figure.low == figure.high == 1:
        first = figure.words.split(" ", 1)[0].lower()
        if first in _words().articles and last and last[0] in _words().persons:
            key = ""
    return Group(key, nation if key or nation else "", words)


@lru_cache(maxsize=20_000)
def is_anybody(words: str) -> bool:
    """Whether words for who is counted fit anybody there ("people", "young men", "residents"), and tell no group from the rest."""
    last = singular_key(words).split()[-1:]
    return not last or last[0] in _words().anybody


def is_single(figure: Figure) -> bool:
    """Whether a figure is one person told of, and no number: "a boy", "the mayor"; "one soldier" is a number."""
    if figure.low != 1 or figure.high != 1:
        return False
    return not re.search(r"\d|\b(?:one|single|only|first)\b", figure.words, re.IGNORECASE)


@lru_cache(maxsize=20_000)
def _group_key(words: str) -> str:
    """The name of a group: by its last word, or its last two ("aid workers"); by its first, an adjective, else ""."""
    known = _words()
    parts = singular_key(words).split()
    for length in (3, 2, 1):
        found = known.heads.get(" ".join(parts[-length:])) if len(parts) >= length else None
        if found is not None:
            return found
    return next((known.adjectives[p] for p in parts if p in known.adjectives), "")


# ---------------------------------------------------------------- causes


@lru_cache(maxsize=20_000)
def cause_of(words: str | None) -> str:
    """The class of a cause as a figure names it; "" for none, or one that fits anything ("attack", "incident")."""
    found = causes_in(words or "")
    return found[0] if found else ""


@lru_cache(maxsize=20_000)
def causes_in(words: str) -> tuple[str, ...]:
    """The classes of causes that words name, in their order."""
    causes = _words().causes
    tokens = _TOKEN.findall(words.lower())
    found = []
    for i, token in enumerate(tokens):
        pair = f"{token} {tokens[i + 1]}" if i + 1 < len(tokens) else token
        cause = causes.get(pair) or causes.get(token) or causes.get(token.removesuffix("s")) or causes.get(token.removesuffix("es"))
        if cause is not None and cause not in found:
            found.append(cause)
    return tuple(found)


def clash(one: str, other: str) -> bool:
    """Whether two causes tell two incidents apart: a shooting is no flood, but a blast may end in a fire."""
    together = _words().together
    return bool(one and other) and one != other and (one, other) not in together and (other, one) not in together


# ---------------------------------------------------------------- where


def is_of_everywhere(words: str) -> bool:
    """Whether a sentence counts more than one place: "17 for the whole enclave"."""
    return _words().everywhere.search(words) is not None


def is_taken_to(before: str, behind: str) -> bool:
    """Whether a place is where people were taken, came from or a toll was told, by the words around it: "the hospital in Osk"."""
    known = _words().taken_to
    if _words().elsewhere.search(before) or re.search(r"\bbetween [\w ]+ and (?:the )?$", before):
        return True
    near = known.search(before) is not None and re.search(r"\b(?:in|at|of|from|near)\s+(?:the\s+)?$", before) is not None
    return near or known.match(behind.lstrip()) is not None


# ---------------------------------------------------------------- earlier counts and changed ones


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence that holds some characters, told by its marks."""
    begins = 0
    for mark in _ENDS.finditer(text, max(0, start - 1200), start + 1):  # the mark looks at what follows it
        if mark.end() <= start and (not _SHORT.search(text, max(0, mark.end() - 12), mark.end()) or "\n" in mark[0]):
            begins = mark.end()
    ends, at = len(text), end
    while (found := _ENDS.search(text, at)) is not None:
        at = found.end()
        if not _SHORT.search(text, max(0, at - 12), at) or "\n" in found[0]:
            ends = found.start() + 1
            break
    return max(begins, 0), ends


def is_earlier(text: str, figure: Figure, others: Sequence[Figure]) -> bool:
    """Whether the words before a figure say that it held before: "to 24 from 26", "earlier it had said 12 people".

    `others` are the figures of the same measure in its sentence.
    """
    before = _before(text, figure)
    if _words().earlier.search(before):
        return True
    if not others or figure.qualifier == "range":
        return False
    if _words().beside.search(before):
        return True
    # "corrected its count of 13 dead to 11"
    changed = not _BECOME.search(before) and any(_BECOME.search(_before(text, o)) for o in others)
    return changed and takes_back(text[slice(*sentence_at(text, figure.start, figure.end))])


def _before(text: str, figure: Figure) -> str:
    before = text[max(0, figure.start - _BEFORE) : figure.start]
    return before[before.rfind(". ") + 1 :]


def is_moved(sentence: str) -> bool:
    """Whether a sentence tells of a count that has changed: "the toll rose to 15"."""
    return not _words().moved.isdisjoint(_TOKEN.findall(sentence.lower()))


def takes_back(sentence: str) -> bool:
    """Whether a sentence takes a count back."""
    return not _words().taken_back.isdisjoint(_TOKEN.findall(sentence.lower()))
