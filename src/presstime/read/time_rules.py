"""A text → the words in it that name times, not yet resolved.

In: text. Out: mentions in order, none overlapping: which rule found each, and the rule's named groups. Where rules
compete, the one that starts first wins, then the longest, then the one listed first. Each rule says which words its
matches can begin with, and is tried at those alone.

Example: "on Tuesday night, three weeks earlier" → weekday (Tuesday, night), shift (three, weeks, earlier)
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from presstime.read.timex import time_table

__all__ = ["Mention", "find_mentions"]

_PLACE = re.compile(r"\{([A-Za-z_]+)\}")
_LISTED = re.compile(r"\{([a-z_]+)\}(s?)")
_OPENING = re.compile(r"[a-z]+|\d+|['’‘]", re.IGNORECASE)
"""Where a match can begin: a run of letters, one of digits, or the mark before a short year."""
TOLD_BY = 4
"""So many first letters of a word tell which rules to try: "todays", which no list has, is tried as "today" is."""
_DIGITS = "9"
"""What stands for digits in a rule's `begins`."""
_AMBIGUOUS = frozenset({"may", "march", "mar", "sun", "sat", "wed", "jan", "dec", "sep", "second"})
_LAST_WORD = re.compile(r"([A-Za-z’'-]+)[\s-]{1,4}$")
_BEHIND = re.compile(r"[ \t\xa0\n]{1,2}([A-Za-z]+|\d+)")
_BESIDE_EVENT = re.compile(r"\s(?:before|after|following|leading)\b")
_QUOTES = frozenset("\"“‘'`")
_FROM_EVENT = re.compile(r"\s{1,2}(?:after|following)\s(?:the\s|its\s|his\s|her\s|their\s|[A-Z]|[a-z]{2,12}ing\s)")
_NEWSPAPER = re.compile(r" [A-Z][a-z]{3}")
_NEXT_WORD = re.compile(r"[ \t\xa0\n]{1,2}([a-z]+)")


@dataclass(frozen=True)
class Mention:
    """Words that name a time: where they stand, the rule that found them and its groups, white space and case as in the text."""

    start: int
    end: int
    rule: str
    groups: dict[str, str]


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads((files("presstime.read") / "words/en/time_rules.toml").read_text(encoding="utf-8"))


@cache
def rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Name and pattern of each rule of words/en/time_rules.toml, in its order."""
    fragments: dict[str, str] = _written()["fragments"]
    space = fragments["S"]

    def filled(pattern: str) -> str:
        return _PLACE.sub(
            lambda match: filled(fragments[match[1]]) if match[1] in fragments else _either(time_table()[match[1]], space), pattern
        )

    return tuple((rule["name"], re.compile(filled(rule["pattern"]), re.IGNORECASE)) for rule in _written()["rule"])


@cache
def _rules_at() -> dict[str, tuple[int, ...]]:
    """For the first letters of each word that a match can begin with, the numbers of the rules to be tried there, in order."""
    rules_at: dict[str, list[int]] = {}
    for number, rule in enumerate(_written()["rule"]):
        for letters in _told(rule["begins"]):
            rules_at.setdefault(letters, []).append(number)
    return {letters: tuple(numbers) for letters, numbers in rules_at.items()}


@cache
def _behind() -> dict[str, frozenset[str]]:
    """What has to stand behind some of the words that a match can begin with, by first letters as well."""
    return {word: _told(listed) for word, listed in _written()["behind"].items()}


def _told(listed: str) -> frozenset[str]:
    """The first letters of the words that a rule's `begins` lists."""
    return frozenset(word[:TOLD_BY] for name in listed.split() for word in _opening_words(name))


def _opening_words(listed: str) -> list[str]:
    """The words that one word of a rule's `begins` stands for."""
    name = _LISTED.fullmatch(listed)
    if name is None:
        return [listed]
    if name[1] in _written()["openings"]:
        return list(_written()["openings"][name[1]].split())
    return [match[0] + name[2] for entry in time_table()[name[1]] if (match := _OPENING.match(entry))]


def openings(text: str) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Where a match can begin, and the numbers of the rules to be tried there."""
    rules_at, behind = _rules_at(), _behind()
    last: tuple[int, str] | None = None  # a word whose rules wait for the word behind it
    for opening in _OPENING.finditer(text):
        start, word = opening.start(), opening[0]
        letters = _DIGITS if word.isdecimal() else word[:TOLD_BY].casefold()
        if last is not None and letters in behind[last[1]]:
            yield last[0], rules_at[last[1]]
        last = (start, letters) if letters in behind else None
        if last is None and letters in rules_at:
            yield start, rules_at[letters]


def _either(words: Iterable[str], space: str) -> str:
    """A pattern for any one of the words, the longest tried first."""
    return "|".join(re.escape(word).replace(r"\ ", space) for word in sorted(words, key=len, reverse=True))


def find_mentions(text: str) -> list[Mention]:
    """Every mention in the text, in order."""
    every = rules()
    free = [0] * len(every)  # where each rule's last match ended: the matches of one rule never overlap
    found: list[tuple[int, int, int, Mention]] = []
    for start, numbers in openings(text):
        for order in numbers:
            name, pattern = every[order]
            match = pattern.match(text, start) if free[order] <= start else None
            if match is None:
                continue
            free[order] = match.end()
            if _sound(name, match, text):
                groups = {key: words for key, words in match.groupdict().items() if words}
                if name == "reference" and groups["word"] == "Now":
                    groups["opens"] = "now"  # "Now, …" goes on to the next thing
                if name in ("number-span", "one-span") and _FROM_EVENT.match(text, match.end()) and _opens_sentence(text, start):
                    groups["event"] = "after"  # "Two days after the siege, …"
                if name == "season" and not _season(match, text):
                    groups["bare"] = "kind" if _noun_behind(match, text) else "time"
                found.append((start, -match.end(), order, Mention(start, match.end(), name, groups)))
    found.sort(key=lambda item: item[:3])
    return list(_apart(found))


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(' "“‘')
    return not before or before[-1] in ".!?\n"


def _apart(found: list[tuple[int, int, int, Mention]]) -> Iterator[Mention]:
    at = 0
    for start, _, _, mention in found:
        if start >= at:
            at = mention.end
            yield mention


def _sound(name: str, match: re.Match[str], text: str) -> bool:
    """Whether a match names a time where its words may also mean something else ("may", "march", "1,945 people")."""
    groups = match.groupdict()
    month, weekday = groups.get("month"), groups.get("weekday")
    if month:
        if not month[0].isupper():
            return False
        if name == "month" and not groups["y"] and not groups["by"] and not groups["which"] and not groups["near"]:
            return _bare_month(month, match, text)
    if weekday:
        if not weekday[0].isupper():
            return False
        bare_name = weekday.rstrip(".").lower()
        if name == "weekday" and _NEWSPAPER.match(text, match.end()) and text[max(0, match.start() - 4) : match.start()].lower() == "the ":
            return False  # "the Sunday Tribune"
        if bare_name in ("sun", "sat", "wed", "mon", "fri") and not weekday.endswith("."):
            return bool(re.match(r",?\s{0,2}\d|,?\s{1,2}[A-Z][a-z]{2,8}\.?\s\d", text[match.end() : match.end() + 16]))
    if name == "year" and not groups.get("near"):
        return _bare_year(match, text)
    if name == "season":
        return _season(match, text) or _beside_noun(match, text)
    if name == "quarter" and groups.get("what") == "half" and not groups.get("y") and not groups.get("which"):
        return False
    if name == "quarter" and not groups.get("y") and not groups.get("which") and not groups.get("q") and not groups.get("q2"):
        return text[max(0, match.start() - 3) : match.start() + 4].lower().endswith("the ") and (groups.get("nth") or "").lower() not in (
            "last",
            "final",
        )
    if (
        name in ("number-span", "ago")
        and groups.get("units")
        and groups["units"].lower() in ("second", "quarter")
        and not (groups["n"][0].isdigit() and groups.get("s", "s"))
    ):
        return False
    if name == "number-span" and len(groups["n"]) == 4 and groups["n"][0] == "0":
        return False
    if name == "number-span":
        if text[match.start() - 1 : match.start()] in _QUOTES and groups["units"].istitle():
            return False  # a programme's or a book's title
        return not groups.get("old") and groups["units"].lower() != "quarter" and not _age(match, text)
    if name == "reference":
        return _reference(match, text)
    if name == "plural":  # "in the weeks before the vote" is a date that only the vote's own gives
        return _BESIDE_EVENT.match(text, match.end()) is None
    if name == "day-month-short" and (len(month or "") > len("jan.") or (month or "").lower() == "may") and not (month or "").isupper():
        return False
    if name == "the-day":
        before = _LAST_WORD.search(text, max(0, match.start() - 24), match.start() - len("the "))
        return before is not None and before[1].lower() in time_table()["lists"]["before_day"]
    if name == "few-span" and match["unit"].lower() == "quarter":  # "in some quarters"
        return match[0].lower().startswith(("several", "a few", "a couple"))
    if name == "adverb":
        return groups["word"][0].islower()
    if name == "day-before":
        return groups["which"].lower() in ("earlier", "later") or not re.match(
            r"\s(?:the|a|an|his|her|its|their|he|she|it|they|[A-Z])", text[match.end() : match.end() + 6]
        )
    return True


def _bare_month(month: str, match: re.Match[str], text: str) -> bool:
    """Whether a month's name without day or year is one: short forms need a point or a preposition, as do "May" and "March"."""
    name = month.rstrip(".").lower()
    before = _LAST_WORD.search(text, max(0, match.start() - 16), match.start())
    led = before is not None and before[1].lower() in time_table()["lists"]["before_month"]
    if before is not None and before[1].lower() in ("the", "a") and name in ("may", "march"):  # "the March summit"
        return _noun_behind(match, text)
    if name in _AMBIGUOUS or (len(name) <= 4 and name not in ("june", "july")):
        return led and (name in ("may", "march") or month.endswith(".") or name == "sept")
    following = text[match.end() : match.end() + 2]
    return (
        led
        or not (len(following) == 2 and following[0] == " " and following[1].isupper())
        or (before is not None and before[1][0].islower())
    )


def _bare_year(match: re.Match[str], text: str) -> bool:
    """Whether four digits are a year: not a count of what follows."""
    lists = time_table()["lists"]
    following = _NEXT_WORD.match(text, match.end(), match.end() + 24)
    before = _LAST_WORD.search(text, max(0, match.start() - 16), match.start())
    led = before is not None and before[1].lower() in lists["before_year"]
    if following and following[1] in lists["counted"] and not (led and following[1] in lists["counted_verbs"]):
        return False
    if not 1500 <= int(match["y"]) <= 2100 and not (before is not None and before[1].lower() in ("in", "since", "by", "year")):
        return False
    if following and not led and following[1].endswith("s") and len(following[1]) > 4:
        return False
    if following and not led and int(match["y"]) % 100 == 0 and following[1] not in lists["no_noun"]:
        return False  # "2000 police"
    return before is None or before[1].lower() not in lists["before_count"]


def _season(match: re.Match[str], text: str) -> bool:
    """Whether "fall" or "spring" is the season: it has a year, a preposition, or "last" and the like before it."""
    groups = match.groupdict()
    if groups["y"] or groups["by"] or groups["which2"] or (groups["which"] and groups["which"].lower() != "the") or groups["near2"]:
        return True
    following = text[match.end() : match.end() + 5].lower()
    before = _LAST_WORD.search(text, max(0, match.start() - 16), match.start())
    led = before is not None and before[1].lower() in time_table()["lists"]["before_season"]
    if groups["season"].lower() in ("fall", "spring") and (not led or following.startswith((" of", " from"))):
        return False
    return bool(led or groups["near"] or groups["which"]) and not following.startswith((" game", " olym", " camp", " coat"))


def _beside_noun(match: re.Match[str], text: str) -> bool:
    """Whether a season's name tells of what kind the noun behind it is: "a winter offensive"; not "Silver Spring"."""
    groups = match.groupdict()
    before = _LAST_WORD.search(text, max(0, match.start() - 16), match.start())
    behind = _BEHIND.match(text, match.end())
    season = groups["season"]
    if behind is None or season.lower() == "fall":
        return season.lower() in ("summer", "winter", "autumn") and season[0].islower()
    if season[0].isupper():
        return behind[1][0].isupper() and not (before is not None and before[1][0].isupper() and not before[1].endswith("n"))
    return not (behind[1].lower() in time_table()["lists"]["after_no_spring"] and season.lower() == "spring")


def _noun_behind(match: re.Match[str], text: str) -> bool:
    """Whether a common noun, or what looks like one, stands straight behind a match: "the March summit"."""
    behind = _BEHIND.match(text, match.end())
    return behind is not None and len(behind[1]) > len("at") and behind[1].islower() and behind[1] not in time_table()["lists"]["no_noun"]


def _reference(match: re.Match[str], text: str) -> bool:
    """Whether words such as "the past" and "future" stand by themselves."""
    word = match["word"].lower()
    if word == "future":  # "faces a future in which"
        before = _LAST_WORD.search(text, max(0, match.start() - 16), match.start())
        return before is None or before[1].lower() not in time_table()["lists"]["of_a_future"] or _noun_behind(match, text)
    return word != "the past" or _the_past(match, text)


def _the_past(match: re.Match[str], text: str) -> bool:
    """Whether "the past" stands by itself: not "the past nine months"."""
    behind = _BEHIND.match(text, match.end())
    if behind is None:
        return True
    in_it = text[max(0, match.start() - 3) : match.start()].lower() == "in "
    table = time_table()
    counted = behind[1].lower() in table["numbers"] or behind[1].lower().rstrip("s") in table["units"] or behind[1].isdigit()
    return in_it and not counted and behind[1].lower() in table["lists"]["after_past"]


def _age(match: re.Match[str], text: str) -> bool:
    """Whether a number of years is somebody's age: "63 years of age"."""
    return bool(re.match(r"\s(?:of age|old)\b", text[match.end() : match.end() + 8]))
