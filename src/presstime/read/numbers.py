"""The words of a sentence → the numbers among them, each with its qualifier and bounds.

In come words; out go `Number`s over word indexes, in order, never overlapping. Digits ("1,200"), words ("two
hundred and five"), both ("1.2 million"), "a dozen", ranges ("10 to 12"), nothing ("no one"), and amounts that bound
nothing ("dozens", "tens of thousands"). Ordinals, years and times of day look like numbers and are left to the
caller, who knows what stands beside them.

Example: in "at least 23 people" the number is words 0 to 3, low 23, high None, qualifier "at-least".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from presstime.records import Qualifier

__all__ = ["Number", "bounds", "find_numbers"]

LARGEST = 10**12
"""No count of people or things is larger; a longer run of digits is something else."""

_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:\.[0-9]{3})+")
_PLAIN = re.compile(r"[0-9]{1,12}")
_DECIMAL = re.compile(r"[0-9]{1,6}\.[0-9]{1,3}")
_HYPHENS = frozenset("-‐‑–—") | {"--"}
_AMOUNTS = frozenset({"tens", "hundreds", "thousands", "dozens", "scores", "millions"})
_OPENING = _AMOUNTS | {"a", "an", "half", "several", "both"}
_TENS = frozenset({"twe", "thi", "for", "fif", "six", "sev", "eig", "nin"})
_DIGITS = frozenset("0123456789")
_RANGE_JOINS = frozenset({"to", "or"}) | _HYPHENS


@dataclass(frozen=True, slots=True)
class Number:
    """A number phrase: words `first` to `behind` (exclusive) with its qualifier, `core` being the number alone."""

    first: int
    behind: int
    core: tuple[int, int]
    low: int | None
    high: int | None
    qualifier: Qualifier
    loose: bool = False
    """Whether words say it that name no number: "dozens", "several"."""


@dataclass(frozen=True, slots=True)
class _Lists:
    units: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    dozen: int
    vague: frozenset[str]
    vague_of: frozenset[str]
    least: dict[str, int]
    nothing: frozenset[str]
    sizes: frozenset[str]
    opening: frozenset[str]
    """The words that numbers begin with; others begin with a digit."""
    before: dict[str, list[tuple[tuple[str, ...], Qualifier]]]
    """Qualifiers' phrases by the word next to the number, the longest first."""
    behind: dict[str, list[tuple[tuple[str, ...], Qualifier]]]


@cache
def _lists() -> _Lists:
    raw = tomllib.loads((files("presstime.read") / "words/en/numbers.toml").read_text(encoding="utf-8"))
    vague, nothing = frozenset(raw["words"]["vague"].split()), frozenset(raw["words"]["nothing"].split())
    return _Lists(
        units=raw["units"],
        tens=raw["tens"],
        scales=raw["scales"],
        dozen=raw["words"]["dozen"],
        vague=vague,
        vague_of=frozenset(raw["words"]["vague_of"].split()),
        least=raw["least"],
        nothing=nothing,
        sizes=frozenset(raw["words"]["sizes"].split()),
        opening=_OPENING | vague | raw["least"].keys() | nothing | raw["units"].keys() | raw["tens"].keys(),
        before=_by_word(raw["before"], -1),
        behind=_by_word(raw["behind"], 0),
    )


def _by_word(phrases: dict[str, Qualifier], at: int) -> dict[str, list[tuple[tuple[str, ...], Qualifier]]]:
    """Qualifiers' phrases by the one of their words that stands next to the number, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Qualifier]]] = {}
    for phrase, qualifier in sorted(((tuple(p.split()), q) for p, q in phrases.items()), key=lambda item: -len(item[0])):
        found.setdefault(phrase[at], []).append((phrase, qualifier))
    return found


def bounds(value: int, qualifier: Qualifier) -> tuple[int | None, int | None]:
    """What a number with this qualifier bounds, as (low, high): at-least 80 is (80, None), about 80 is (80, 80)."""
    if qualifier in ("at-least", "more-than"):
        return value, None
    if qualifier in ("at-most", "less-than"):
        return None, value
    if qualifier == "vague":
        return None, None
    return value, value


def find_numbers(words: Sequence[str]) -> tuple[Number, ...]:
    """Every number phrase among the words of one sentence, in order."""
    low = [w.lower() for w in words]
    opening = _lists().opening
    found: list[Number] = []
    behind = 0
    for i, word in enumerate(low):
        if i >= behind and (word in opening or word[:1] in _DIGITS or (word[:3] in _TENS and _glued(word))):
            number = _at(low, i, behind)
            if number is not None:
                found.append(number)
                behind = number.behind
    return tuple(found)


def _at(low: list[str], i: int, floor: int) -> Number | None:
    """The number whose core begins at word `i`; its qualifier may reach back to `floor`."""
    vague = _vague(low, i)
    if vague is not None:
        first, _ = _before(low, i, floor)
        least = _lists().least.get(" ".join(low[i:vague]))
        return Number(first, vague, (i, vague), least, None, "vague" if least is None else "at-least", loose=True)
    if low[i] in _lists().nothing:
        behind = i + 2 if low[i] == "no" and low[i + 1 : i + 2] == ["one"] else i + 1
        nothing = low[i] != "no" or behind > i + 1 or low[i + 1 : i + 2] not in (["more"], ["less"], ["fewer"], ["longer"], ["."])
        return Number(i, behind, (i, behind), 0, 0, "exact") if nothing else None
    read = _cardinal(low, i)
    if read is None:
        return None
    value, end = read
    second = _range_end(low, end, value)
    first, before = _before(low, i, floor)
    if second is not None and not (i > 1 and low[i - 1] == "from"):  # "rose from 11 to 23" gives two; "From five to ten fell" a range
        upper, stop = second
        if before in ("at-least", "more-than"):
            return Number(first, stop, (i, stop), value, None, before)
        if before in ("at-most", "less-than"):
            return Number(first, stop, (i, stop), None, upper, before)
        start = i - 1 if i > floor and low[i - 1] == "between" else first
        return Number(start, stop, (i, stop), value, upper, "range")
    if i > floor and low[i - 1] == "between" and low[end : end + 1] == ["and"]:
        other = _cardinal(low, end + 1)
        if other is not None and other[0] > value:
            return Number(i - 1, other[1], (i, other[1]), value, other[0], "range")
    behind, after = _behind(low, end)
    qualifier: Qualifier = before or after or "exact"
    least, most = bounds(value, qualifier)
    return Number(first, behind if after else end, (i, end), least, most, qualifier)


def _vague(low: list[str], i: int) -> int | None:
    """Where a vague amount that begins at `i` ends: "dozens", "tens of thousands", "a number of"."""
    lists = _lists()
    word = low[i]
    if word in _AMOUNTS and low[i + 1 : i + 2] == ["of"]:
        if low[i + 2 : i + 3] and low[i + 2] in ("thousands", "millions", "hundreds"):
            return i + 3
        if word == "tens":
            return None
    if word in ("a", "an") and i + 2 < len(low):
        skip = 1 if low[i + 1] in lists.sizes else 0
        amount, following = low[i + 1 + skip : i + 2 + skip], low[i + 2 + skip : i + 3 + skip]
        fits = bool(amount) and amount[0] in lists.vague_of and (following == ["of"] or amount[0] == "few")
        return i + 2 + skip if fits else None
    if word == "several" and low[i + 1 : i + 2] and low[i + 1] in ("hundred", "thousand", "dozen", "million"):
        return i + 2
    if word in ("few", "couple", "handful") or (word == "many" and i > 0 and low[i - 1] in ("as", "so", "how", "too")):
        return None
    return i + 1 if word in lists.vague or word in lists.least else None


def _cardinal(low: list[str], i: int) -> tuple[int, int] | None:
    """The whole number that begins at word `i`, and where it ends."""
    if i >= len(low):
        return None
    lists = _lists()
    word = low[i]
    if word == "half" and low[i + 1 : i + 2] == ["a"] and low[i + 2 : i + 3] and low[i + 2] in ("million", "billion", "thousand", "dozen"):
        whole = lists.dozen if low[i + 2] == "dozen" else lists.scales[low[i + 2]]
        return whole // 2, i + 3
    if (
        word == "a"
        and low[i + 1 : i + 2] == ["couple"]
        and low[i + 2 : i + 3] in ([], ["and"], [","], ["."], ["was"], ["were"], ["who"], ["in"], ["from"])
    ):
        return 2, i + 2
    if word in ("a", "an") and low[i + 1 : i + 2] and low[i + 1] in ("hundred", "thousand", "million", "billion", "dozen"):
        if low[i + 1] == "dozen":
            return lists.dozen, i + 2
        return _words(low, i + 1, started=True)
    if word == "both":
        return 2, i + 1
    glued = _glued(word)
    if glued is not None:
        return glued, i + 1
    digits = _digits(word)
    if digits is not None:
        return _scaled(low, i + 1, digits)
    if _DECIMAL.fullmatch(word):
        if low[i + 1 : i + 2] and low[i + 1] in lists.scales:
            before, _, after = word.partition(".")
            scale = lists.scales[low[i + 1]]
            return int(before) * scale + int(after) * scale // 10 ** len(after), i + 2
        return None
    read = _words(low, i)
    if read is not None and low[read[1] : read[1] + 1] == ["dozen"]:
        return read[0] * lists.dozen, read[1] + 1
    return read


def _glued(word: str) -> int | None:
    """A number of tens and units written as one word: "thirtythree"."""
    lists = _lists()
    for ten, value in lists.tens.items():
        if word.startswith(ten) and 0 < lists.units.get(word[len(ten) :], 0) < 10:
            return value + lists.units[word[len(ten) :]]
    return None


def _digits(word: str) -> int | None:
    if _GROUPED.fullmatch(word):
        value = int(re.sub(r"[.,]", "", word))
    elif _PLAIN.fullmatch(word) and not (len(word) > 1 and word[0] == "0"):
        value = int(word)
    else:
        return None
    return value if value < LARGEST else None


def _scaled(low: list[str], end: int, value: int) -> tuple[int, int]:
    following = low[end] if end < len(low) else ""
    if following == "dozen":
        return value * _lists().dozen, end + 1
    if following in _lists().scales and value < 10000:
        return value * _lists().scales[following], end + 1
    return value, end


def _words(low: list[str], i: int, started: bool = False) -> tuple[int, int] | None:
    """A number in words: groups below a thousand, each times its scale."""
    lists = _lists()
    total, group = 0, 1 if started else 0
    seen, at, end = started, i, i
    least_scale = LARGEST
    while at < len(low):
        word = low[at]
        if word in lists.units and (group % 100 == 0 or (group % 10 == 0 and group % 100 >= 20 and lists.units[word] < 10)):
            if started and end == i:
                break
            group += lists.units[word]
        elif word in lists.tens and group % 100 == 0:
            group += lists.tens[word]
        elif word == "hundred" and 0 < group < 100:
            group *= 100
        elif word in ("thousand", "million", "billion") and group > 0 and lists.scales[word] < least_scale:
            least_scale = lists.scales[word]
            total, group = total + group * least_scale, 0
        elif seen and at > i and _goes_on(low, at, least_scale):
            at += 1
            continue
        else:
            break
        seen = True
        at += 1
        end = at
    return (total + group, end) if seen and end > i else None


def _goes_on(low: list[str], at: int, scale: int) -> bool:
    """Whether a hyphen or an "and" joins parts of one number ("fifty-one", "two hundred and five"), not two counts."""
    lists = _lists()
    following = low[at + 1] if at + 1 < len(low) else ""
    if low[at] in _HYPHENS:
        return low[at - 1] in lists.tens and following in lists.units
    return low[at] == "and" and low[at - 1] in lists.scales and scale > 100 and (following in lists.units or following in lists.tens)


def _range_end(low: list[str], end: int, value: int) -> tuple[int, int] | None:
    if end >= len(low) or low[end] not in _RANGE_JOINS:
        return None
    read = _cardinal(low, end + 1)
    if read is None or read[0] <= value:
        return None
    return read


def _before(low: list[str], i: int, floor: int) -> tuple[int, Qualifier | None]:
    for phrase, qualifier in _lists().before.get(low[i - 1], ()) if i else ():
        start = i - len(phrase)
        if start >= floor and tuple(low[start:i]) == phrase:
            return start, qualifier
    return i, None


def _behind(low: list[str], end: int) -> tuple[int, Qualifier | None]:
    for phrase, qualifier in _lists().behind.get(low[end], ()) if end < len(low) else ():
        if tuple(low[end : end + len(phrase)]) == phrase:
            return end + len(phrase), qualifier
    return end, None
