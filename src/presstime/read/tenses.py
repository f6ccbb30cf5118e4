"""A mention of a time and the sentence around it → whether its clause speaks of what was, or of what is to come.

In: the text, where the mention and its sentence stand, and the sentence's parse where there is one. Out: "past",
"future", "perfect" (a stretch that lasts until now), or None where nothing tells.

Example: "The council will meet on Monday" → "future"; "has been closed for nine months" → "perfect"
"""

from __future__ import annotations

import re

from presstime.read.time_state import Tense
from presstime.read.timex import time_table
from presstime.read.tree import Sentence, children

__all__ = ["tense_of"]

TENSE_BEFORE, TENSE_AFTER = 70, 60
"""How many characters before and after a mention tell of its tense."""
_WORDS = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_SOON = re.compile(
    r"\b(?:as (?:soon|early|late) as|no later than|set (?:to|for)|is to|are to|due(?: to)?)[^.;]{0,30}$"
    r"|\b(?:starting|beginning|effective|from)\s(?:on\s)?$",
    re.IGNORECASE,
)
_UNTIL_NOW = re.compile(
    r"\b(?:has|have|hasn['’]t|haven['’]t|['’]ve)\b[^.;:!?\"“”]{0,60}\bfor\s(?:the\s)?"
    r"(?:(?:about|around|at least|more than|over|nearly|almost|some)\s)?$",
    re.IGNORECASE,
)
_LASTED = re.compile(
    r"\b(?:has|have|['’]ve)\s(?:now\s|already\s|so far\s)?(?:lasted|dragged on|gone on|raged|endured|spent|waited|taken|run)\s"
    r"(?:for\s)?(?:(?:about|around|at least|more than|over|nearly|almost|some)\s)?$",
    re.IGNORECASE,
)
_FOR = re.compile(r"\W*for\s(?:(?:about|around|at least|more than|over|nearly|almost|some)\s)?", re.IGNORECASE)
_HAS_BEEN = re.compile(r",?\s[^.;:!?\"“”,]{0,40}\b(?:has|have)\b", re.IGNORECASE)


def tense_of(text: str, start: int, end: int, first: int, last: int, sentence: Sentence | None) -> Tense:
    """What the clause around text[start:end] speaks of; `first` and `last` are its sentence's ends."""
    opening = text[max(first, start - TENSE_BEFORE) : start]
    closing = text[end : min(last, end + TENSE_AFTER)]
    if _UNTIL_NOW.search(opening) or _LASTED.search(opening) or (_FOR.fullmatch(opening) and _HAS_BEEN.match(closing)):
        return "perfect"
    if _SOON.search(opening):
        return "future"
    if text[end - 2 : end] in ("'s", "’s"):
        return "past"
    return _by_words(opening, closing) or (_by_tree(sentence, start) if sentence is not None else None)


def _by_words(opening: str, closing: str) -> Tense:
    """By the nearest telling word before the mention, else by the next few behind it."""
    lists = time_table()["lists"]
    before = [word.replace("’", "'") for word in _WORDS.findall(opening)]
    after = _WORDS.findall(closing)
    if after[:1] in (["was"], ["were"]):
        return "past"
    for number, word in reversed(list(enumerate(before))):
        if word == "until" and number > 1:
            return "past" if before[number - 1] == "not" else "future"
        if word in lists["future"] or word.endswith("'ll"):
            return "future"
        if (word in lists["past"] or _ends_as_past(word)) and before[max(0, number - 1)] not in _BE:
            return "past"
    near = after[:4] if len(before) > 1 else after
    for number, word in enumerate(near):
        if word in ("will", "shall") or (word in ("plans", "plan", "is", "are") and near[number + 1 : number + 2] == ["to"]):
            return "future"
        if word in lists["past"] or _ends_as_past(word):
            return "past"
    return None


_NOW = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re"})
_BE = frozenset({"be", "is", "are"})
"""Before a participle, of what is or will be: "the fair is held in May"."""


def _ends_as_past(word: str) -> bool:
    return word.endswith("ed") and len(word) > len("feed") and word[0].islower()


def _by_tree(sentence: Sentence, start: int) -> Tense:
    """By the verb that the mention hangs on, and those above it."""
    word = next((w for w in range(len(sentence)) if sentence.ends[w] > start), None)
    steps, lists = 0, time_table()["lists"]
    while word is not None and word >= 0 and steps < len(sentence):
        helpers = {sentence.words[c].lower() for c in children(sentence, word, "aux")}
        if helpers.intersection(lists["ahead"]) or _planned(sentence, word, lists["of_plans"]) or _is_to(sentence, word):
            return "future"
        if sentence.fine[word] in ("VBZ", "VBP") and sentence.lemmas[word] in lists["of_timetables"] and not helpers:
            return "future"
        if sentence.fine[word] == "VBD" or helpers & {"had", "has", "have", "was", "were", "did"}:
            return "past"
        if any(sentence.fine[c] == "VBD" for c in children(sentence, word, "cop")):
            return "past"
        word, steps = sentence.heads[word], steps + 1
    return None


def _is_to(sentence: Sentence, word: int) -> bool:
    """Whether a verb is one that somebody "is to" do: "On Wednesday the ministers are to travel"."""
    marks = [c for c in children(sentence, word, "mark") if sentence.words[c].lower() == "to"]
    helpers = [c for c in children(sentence, word, "aux", "cop") if sentence.words[c].lower() in _NOW]
    return any(h < m for h in helpers for m in marks)


def _planned(sentence: Sentence, word: int, plans: list[str]) -> bool:
    """Whether a word tells of a plan that still stands: "plans to", "is scheduled to"; not "planned to", "was scheduled to"."""
    if sentence.lemmas[word] not in plans:
        return False
    helpers = {sentence.words[c].lower() for c in (*children(sentence, word, "aux"), *children(sentence, word, "cop"))}
    return sentence.fine[word] in ("VBZ", "VBP") or bool(helpers & {"is", "are", "'s", "’s"})
