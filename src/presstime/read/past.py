"""An event → whether it is of the past: remembered, dated years before, or told as another, earlier event.

In come the sentence, the trigger, the time that dates it and the day the document tells of; out goes yes or no. The
words above the trigger are climbed, so that what is told of a remembered event is of the past with it.

Example: "Thousands marked the anniversary of the massacre that killed 300 villagers." → both "massacre" and "killed".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from presstime.read.figure_scope import PAST_DAYS, read_day
from presstime.read.figure_words import is_person
from presstime.read.standing_marks import standing_words
from presstime.read.tree import Sentence, base, children
from presstime.records import Time

__all__ = ["is_past"]

WORDS_UP = 10
_YEAR = re.compile(r"1[0-9]\d\d|20\d\d")
_YEARS = re.compile(r"1[0-9]\d0s|20\d0s")


def is_past(sentence: Sentence, word: int, words: Sequence[int], clause: Sequence[int], time: Time | None, anchor: date | None) -> bool:
    """Whether the event at a word is of the past. `words` are the trigger's, `anchor` the day the document tells of."""
    if time is not None and _before(time, anchor):
        return True
    known = standing_words()
    # "charged the former minister": the office is past, not the deed
    nouns = [w for w in words if sentence.universal[w] in ("NOUN", "PROPN") and not is_person(sentence, w)]
    if any(_of_years_ago(sentence, w, anchor) for w in nouns) or _remembered(sentence, word, anchor):
        return True
    low = [sentence.words[w].lower() for w in clause]
    if any(a == "last" and b in known["past.last"] for a, b in pairwise(low)) or _years_ago(low):
        return True
    adverbs = {sentence.words[c].lower() for c in children(sentence, word, "advmod")}
    return bool(adverbs & known["past.adverbs"])


def _before(time: Time, anchor: date | None) -> bool:
    year = _YEAR.fullmatch(time.value)
    if anchor is None:
        return year is not None  # news of the day is not dated by the year
    end = read_day(time.to)
    return end is not None and end < anchor - timedelta(days=PAST_DAYS)


def _years_ago(low: Sequence[str]) -> bool:
    if "ago" not in low:
        return False
    before = low[max(0, low.index("ago") - 3) : low.index("ago")]
    return any(w.rstrip("s") in standing_words()["past.spans"] for w in before)


def _of_years_ago(sentence: Sentence, noun: int, anchor: date | None) -> bool:
    """Whether a noun is of an earlier year or an earlier event: "the 2020 war", "last year's war", "previous attacks"."""
    known = standing_words()
    for child in children(sentence, noun, "nummod", "compound", "amod", "nmod:poss", "nmod:unmarked", "nmod:desc", "nmod", "dep", "obl"):
        low = sentence.words[child].lower()
        below = {sentence.words[c].lower() for c in children(sentence, child)}
        beside = base(sentence.relations[child]) not in ("nmod", "obl") or bool(below & {"of", "in", "from", "during"})
        if beside and (_YEAR.fullmatch(low) or _YEARS.fullmatch(low) or (low[:4].isdigit() and "-" in low and _YEAR.fullmatch(low[:4]))):
            year = int(low[:4])
            if anchor is None or year < anchor.year:
                return True
        if base(sentence.relations[child]) == "amod" and low in known["past.earlier"]:
            return True
        if low in known["past.last"] and "last" in below:
            return True
    for clause in children(sentence, noun, "acl"):  # "the ceasefire signed in 2021"
        plain = sentence.relations[clause] != "acl:relcl"
        if plain and any(
            (m := _YEAR.fullmatch(sentence.words[c])) and anchor and int(m[0]) < anchor.year for c in children(sentence, clause, "obl")
        ):
            return True
    before = {sentence.words[c].lower() for c in children(sentence, noun, "compound", "amod", "flat")}
    return sentence.lemmas[noun] in known["past.before"] and bool(before & known["past.wars"])


def _remembered(sentence: Sentence, word: int, anchor: date | None) -> bool:
    known = standing_words()
    at = word
    for _ in range(WORDS_UP):
        head = sentence.heads[at]
        kind = base(sentence.relations[at])
        if kind == "advcl" and any(sentence.words[c].lower() == "when" for c in children(sentence, at, "mark", "advmod")):
            days = (w for w in children(sentence, head, "obl") if w < at)  # "on the anniversary, when troops killed 300"
            return any(sentence.lemmas[w] in known["past.remembered"] for w in days)
        if head < 0 or (kind in ("ccomp", "parataxis", "advcl", "conj") and sentence.universal[at] == "VERB"):
            return False
        if (
            kind in ("nmod", "acl", "obl", "obj", "nsubj", "appos", "conj", "compound")
            and sentence.lemmas[head] in known["past.remembered"]
        ):
            return True
        if kind == "obj" and sentence.lemmas[head] in known["past.remembering"] and sentence.universal[head] == "VERB":
            return True
        if sentence.universal[head] in ("NOUN", "PROPN") and kind in ("acl", "nmod", "appos") and _of_years_ago(sentence, head, anchor):
            return True
        if sentence.universal[head] == "VERB" and kind not in ("nmod", "acl"):
            # "an attack … to mark the anniversary" is not itself remembered; only what hangs on the remembered noun is
            return False
        at = head
    return False
