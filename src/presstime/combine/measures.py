"""A figure → what it counts, and whether it is a count that still holds.

In: a figure and its reading. Out: the role of the figure (the event's own, a part, on top of another, a total, a recalled
event), the group that is counted under one name for its synonyms, the class of its cause, and marks of figures that are
named as earlier ones or as changed.

Example: "three servicemen were killed" and "five of our soldiers died" → killed, group "soldiers".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from presstime.combine.names import singular_key
from presstime.combine.series_words import series_words
from presstime.records import Figure

__all__ = [
    "BECOME",
    "HARMED",
    "OF_THE",
    "Group",
    "before_figure",
    "cause_of",
    "causes_in",
    "clash",
    "group_of",
    "group_words",
    "is_anybody",
    "is_earlier",
    "is_known",
    "is_moved",
    "is_of_everywhere",
    "is_rising",
    "is_single",
    "is_taken_to",
    "is_told_of",
    "sentence_at",
    "takes_back",
]

BECOME = re.compile(r"\b(?:to|at)\s+(?:about |some |at least )?$", re.IGNORECASE)
"""What stands before the number that a toll has come to."""
_BEFORE = 48
"""Characters before a figure in which words that make it an earlier one stand."""
_ENDS = re.compile(r"[.!?]['”’\")]*\s+(?=[A-Z0-9“‘\"'(])|\n+")
_SHORT = re.compile(r"\b(?:[A-Z]|[Dd]r|Mr|Mrs|Ms|St|Gen|Col|Maj|Capt|Lt|Sgt|Gov|Sen|Rep|No|[ap]\.m)\.\s+$")
_KNOWN = re.compile(r"\b(?:the|these|those|its|their|his|her|whose)\s+(?:[\w-]+\s+)?$", re.IGNORECASE)
_KNOWN_BEFORE = 8
_TOKEN = re.compile(r"[a-z]+(?:-[a-z]+)*")
HARMED = (
    r"(?:dead|killed|deaths|victims|casualties|fatalities|injured|wounded|hurt|missing|detained|detainees|arrested"
    r"|those (?:killed|injured|hurt|detained))"
)
OF_THE = re.compile(rf"\s*\bof\s+(?:the|its|their|those)\s+(?:about\s+|some\s+)?(?:\d[\d,.]*\b|{HARMED}\b)", re.IGNORECASE)
_SOME_OF = re.compile(r"\bof\s+(?:the|its|their|our|his|her|these|those)\s+(?P<group>[a-z]+(?:[ -][a-z]+){0,2})$", re.IGNORECASE)
_COUNTED_GROUP = re.compile(
    r"\b(?:number|count|toll|tally|total|figures?)\s+(?:of|for)\s+(?:the\s+|its\s+|their\s+)?"
    r"(?P<group>(?!(?:the|its|their|those|all)\b)[a-z]+(?:[ -][a-z]+){0,2}?)"
    r"\s+(?:known\s+|thought\s+|listed\s+|reported\s+)?(?:killed|dead|hurt|injured|wounded|missing|detained|arrested|held|displaced|evacuated)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Group:
    """Who is counted. `key` is "" where the words only describe those who were there; `nation` of which country's they are.

    `words` are the text's own.
    """

    key: str
    nation: str
    words: str | None


# ---------------------------------------------------------------- who is counted


def group_words(figure: Figure, text: str) -> str | None:
    """Who is counted, in the text's words: those of the figure, else of what is counted ("the number of inmates killed at nine")."""
    if figure.group:
        return figure.group
    some = _SOME_OF.search(figure.words)
    if some is not None and not OF_THE.search(figure.words):
        return some["group"]
    start, _ = sentence_at(text, figure.start, figure.end)
    told = [m for m in _COUNTED_GROUP.finditer(text, start, figure.start) if "," not in text[m.end() : figure.start]]
    return told[-1]["group"] if told else None


def group_of(figure: Figure, words: str | None, nation: str) -> Group:
    """The group that a figure counts by its words. `nation` is the key of the country whose name stands in them, or ""."""
    if not words:
        return Group("", "", None)
    key = _group_key(words)
    last = singular_key(words).split()[-1:]
    if not key and last and last[0] in series_words().anybody:
        words = words if nation or len(words.split()) > 1 else None  # "people", "victims"
    if key and figure.low == figure.high == 1:
        first = figure.words.split(" ", 1)[0].lower()
        if first in series_words().articles and last and last[0] in series_words().persons:
            key = ""
    return Group(key, nation if key or nation else "", words)


@lru_cache(maxsize=20_000)
def is_anybody(words: str) -> bool:
    """Whether words for who is counted fit anybody there ("people", "young men", "residents"), and tell no group from the rest."""
    last = singular_key(words).split()[-1:]
    return not last or last[0] in series_words().anybody


def is_told_of(figure: Figure) -> bool:
    """Whether a figure is one known person or thing that is told of ("the police chief", "its owner"): no count at all."""
    return is_single(figure) and not re.search(r"\ban?\b", figure.words, re.IGNORECASE)


def is_known(figure: Figure, text: str) -> bool:
    """Whether a figure is named as one that is known already: "the two deaths", "those nine"."""
    return _KNOWN.search(text[max(0, figure.start - _KNOWN_BEFORE) : figure.start] + figure.words.split(" ", 1)[0] + " ") is not None


def is_single(figure: Figure) -> bool:
    """Whether a figure is one person told of, and no number: "a boy", "the mayor"; "one soldier" is a number."""
    if figure.low != 1 or figure.high != 1:
        return False
    return not re.search(r"\d|\b(?:one|single|only|first)\b", figure.words, re.IGNORECASE)


@lru_cache(maxsize=20_000)
def _group_key(words: str) -> str:
    """The name of a group: by its last word, or its last two ("aid workers"); by its first, an adjective, else ""."""
    known = series_words()
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
    causes = series_words().causes
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
    together = series_words().together
    return bool(one and other) and one != other and (one, other) not in together and (other, one) not in together


# ---------------------------------------------------------------- where


def is_of_everywhere(words: str) -> bool:
    """Whether a sentence counts more than one place: "17 for the whole enclave"."""
    return series_words().everywhere.search(words) is not None


def is_taken_to(before: str, behind: str) -> bool:
    """Whether a place is where people were taken, came from or a toll was told, by the words around it: "the hospital in Osk"."""
    known = series_words().taken_to
    if series_words().elsewhere.search(before) or re.search(r"\bbetween [\w ]+ and (?:the )?$", before):
        return True
    near = known.search(before) is not None and re.search(r"\b(?:in|at|of|from|near)\s+(?:the\s+)?$", before) is not None
    return near or known.match(behind.lstrip()) is not None


# ---------------------------------------------------------------- earlier counts and changed ones


@lru_cache(maxsize=500)  # a figure's sentence is asked for many times in a row
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
    before = before_figure(text, figure)
    if series_words().earlier.search(before):
        return True
    if not others or figure.qualifier == "range":
        return False
    if series_words().beside.search(before):
        return True
    # "corrected its count of 13 dead to 11"
    changed = not BECOME.search(before) and any(BECOME.search(before_figure(text, o)) for o in others)
    return changed and takes_back(text[slice(*sentence_at(text, figure.start, figure.end))])


def before_figure(text: str, figure: Figure) -> str:
    """The words of the sentence right before a figure."""
    before = text[max(0, figure.start - _BEFORE) : figure.start]
    return before[before.rfind(". ") + 1 :]


def is_moved(sentence: str) -> bool:
    """Whether a sentence tells of a count that has changed: "the toll rose to 15"."""
    return not series_words().moved.isdisjoint(_TOKEN.findall(sentence.lower()))


def is_rising(sentence: str) -> bool:
    """Whether a sentence tells of a count that has grown."""
    return not series_words().rising.isdisjoint(_TOKEN.findall(sentence.lower()))


def takes_back(sentence: str) -> bool:
    """Whether a sentence takes a count back."""
    return not series_words().taken_back.isdisjoint(_TOKEN.findall(sentence.lower()))
