"""A count → its scope: of this event, a running total, or of another event that is recalled.

In come a parsed sentence, one of its counts, the words of the clause it stands in, the times of the sentence and the
figures found before; out goes "event", "total" ("since January", "this month alone") or "past" ("in 2015 a blast killed
12", "a man suspected of the bombing that killed 12" where the text told of its own event before).

Example: in "The deaths bring to 23 the number of people killed since January." the 23 are a total.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from presstime.read.counting import Count
from presstime.read.figure_words import is_one_of, listed, lists, measure_of
from presstime.read.tree import Sentence, base, children, subtree
from presstime.records import Figure, Measure, Time

__all__ = ["PAST_DAYS", "in_relative", "is_most", "past_moment", "read_day", "scope_of", "told_of"]

PAST_DAYS = 45
"""A count dated earlier than this many days before the document is of another, earlier event."""
RUNNING_DAYS = 14
"""A count over at least this many days past is a running total; one "since" a day nearer than that is the event's own."""
SUPERLATIVE_REACH = 7
"""Words between a superlative and its "since"."""
TOLD_UP = 10
"""How many words up the tree what a deed is laid to is looked for."""
_DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}


def scope_of(
    sentence: Sentence,
    count: Count,
    own: Sequence[int],
    times: Sequence[Time],
    as_of: str | None,
    measure: Measure,
    found: Sequence[Figure],
) -> Literal["event", "total", "past"]:
    """The scope of a count. `own` are its clause's words, `found` the text's figures before it."""
    if measure == "population":
        return "event"
    spans = _in_clause(sentence, own, times)
    anchor = read_day(as_of)
    rare = [t for t in times if _is_superlative(sentence, t)]
    spans = [t for t in spans if t not in rare]
    if _is_total(sentence, own, spans, anchor, measure, bool(rare)):
        return "total"
    spans = spans or _around(sentence, count.first, own, times)
    if spans and anchor is not None:
        near = min(spans, key=lambda t: abs(t.start - sentence.starts[count.first]))
        if near.to is not None and near.kind in ("date", "time"):
            end = read_day(near.to)
            if end is not None and end < anchor - timedelta(days=PAST_DAYS):
                return "past"
    if any(is_one_of(sentence, w, listed("past")) for w in own) or _in_the_past(sentence, own):
        return "past"
    if _is_prior(sentence, count.clause) or _is_yearly(sentence, own) or _in_earlier(sentence, own):
        return "past"
    if _is_before(sentence, count) and not _is_told(count, measure, found):
        return "past"
    if _is_told_again(sentence, count, measure, found):
        return "past"
    return "past" if _is_recalled(sentence, count, measure, found) else "event"


def _in_clause(sentence: Sentence, own: Sequence[int], times: Sequence[Time]) -> list[Time]:
    """The times among a clause's words, but those that only describe somebody in it."""
    return [t for t in times if any(t.start <= sentence.starts[w] < t.end and not _described(sentence, w, own) for w in own)]


def _around(sentence: Sentence, word: int, own: Sequence[int], times: Sequence[Time]) -> list[Time]:
    """The times of what a clause is joined to, else of what its relative clause tells of: "the flood of 1998 filled the
    valley and 112 people died", "the clashes of 2011, in which 60 people died"."""
    found: list[Time] = []
    for words in (_joined_to(sentence, own), told_of(sentence, word)):
        found = found or [t for t in times if any(t.start <= sentence.starts[w] < t.end for w in words)]
    return found


def past_moment(sentence: Sentence, count: Count, own: Sequence[int], times: Sequence[Time]) -> str | None:
    """When a count of the past is of, as its sentence says; None where it does not: the day of the paper is not its own."""
    spans = [t for t in _in_clause(sentence, own, times) or _around(sentence, count.first, own, times) if not _is_superlative(sentence, t)]
    spans = [t for t in spans if t.kind in ("date", "time") and t.to is not None]
    return min(spans, key=lambda t: abs(t.start - sentence.starts[count.first])).value if spans else None


def _is_told_again(sentence: Sentence, count: Count, measure: Measure, found: Sequence[Figure]) -> bool:
    """Whether a count with "the" is one told before as another event's: "They are tried for the six murders"."""
    if count.number is None or count.noun is None or count.number.low is None or count.number.low < 2:
        return False
    if not any(sentence.words[c].lower() in ("the", "those", "these") for c in children(sentence, count.noun, "det")):
        return False
    same = [f.scope for f in found if f.measure == measure and f.low == count.number.low]
    return bool(same) and same[-1] == "past"


def _described(sentence: Sentence, word: int, own: Sequence[int]) -> bool:
    """Whether a word of a clause only describes somebody in it: "the killing of Ana Tarr, mayor of Oremi in 1984"."""
    for _ in range(6):
        if base(sentence.relations[word]) == "appos" and sentence.heads[word] in own:
            return True
        word = sentence.heads[word]
        if word not in own:
            return False
    return False


def _is_total(sentence: Sentence, own: Sequence[int], spans: Sequence[Time], anchor: date | None, measure: Measure, rare: bool) -> bool:
    recent = rare
    for time in spans:
        first = next((w for w in range(1, len(sentence)) if sentence.starts[w] == time.start), 0)
        if first and sentence.words[first - 1].lower() == "since":
            day = read_day(time.from_)
            if day is None or anchor is None or day <= anchor - timedelta(days=RUNNING_DAYS):
                return True
            recent = True
        if _runs_long(sentence, first, time) and not in_relative(sentence, first, own):
            return True
    low = [sentence.words[w].lower() for w in own]
    if any(is_one_of(sentence, w, listed("total")) for w in own) or (not recent and _over_years(sentence, own, measure)):
        return True
    pairs = set(pairwise(low))
    this_year = (w for w in own if sentence.words[w : w + 2] and [x.lower() for x in sentence.words[w : w + 2]] == ["this", "year"])
    if ("far", "this") in pairs or any(not _is_of_rank(sentence, w) for w in this_year):
        return True
    return any((span, "alone") in pairs for span in listed("periods"))


def _runs_long(sentence: Sentence, first: int, time: Time) -> bool:
    """Whether a time is a long stretch up to now: "in the past six weeks", "over the last 90 days"."""
    if time.kind != "duration" or not first:
        return False
    words = [w.lower() for w in sentence.words[first - 1 : first + 3]]
    if not any(pair in pairwise(words) for pair in (("the", "past"), ("the", "last"))):
        return False
    match = re.fullmatch(r"P(\d+)([DWMY])", time.value)
    return match is not None and int(match[1]) * _DAYS[match[2]] >= RUNNING_DAYS


def _is_superlative(sentence: Sentence, time: Time) -> bool:
    """Whether a time only says how rare a thing is: "the worst accident since 1988"."""
    since = next((w - 1 for w in range(1, len(sentence)) if sentence.starts[w] == time.start), 0)
    return sentence.words[since].lower() == "since" and _is_rare(sentence, since)


def _is_rare(sentence: Sentence, since: int) -> bool:
    """Whether a superlative stands before a "since": "the strongest since 1990"."""
    before = range(max(0, since - SUPERLATIVE_REACH), since)
    return any(is_most(sentence, w) or sentence.words[w].lower() == "first" for w in before)


def is_most(sentence: Sentence, word: int) -> bool:
    """Whether a word is a superlative and no number's: not "at least 230"."""
    most = sentence.fine[word] in ("JJS", "RBS") or (sentence.universal[word] == "ADJ" and sentence.words[word].lower().endswith("iest"))
    return most and not (word > 0 and sentence.words[word - 1].lower() == "at")


def _is_of_rank(sentence: Sentence, word: int) -> bool:
    """Whether what stands before a stretch of time says how rare a thing is in it: "the deadliest attack this year"."""
    before = range(max(0, word - SUPERLATIVE_REACH), word)
    return any(is_most(sentence, w) or is_one_of(sentence, w, listed("ranks")) for w in before)


def in_relative(sentence: Sentence, word: int, own: Sequence[int], kinds: tuple[str, ...] = ("acl", "acl:relcl")) -> bool:
    """Whether a word of a clause stands in a relative clause within it, of one of two kinds."""
    inside = set(own)
    while word in inside:
        if sentence.relations[word] in kinds:
            return True
        word = sentence.heads[word]
    return False


def _in_the_past(sentence: Sentence, own: Sequence[int]) -> bool:
    """ "In the past, he ordered …", not "in the past two days"."""
    for word in own:
        if word > 0 and sentence.words[word].lower() == "past" and sentence.words[word - 1].lower() == "the":
            behind = [c for c in sentence.below[word] if c > word and sentence.universal[c] != "PUNCT"]
            return sentence.universal[word] == "NOUN" and not behind
    return False


def _is_before(sentence: Sentence, count: Count) -> bool:
    """Whether a clause tells of what another came after: "a day after a bomber killed nine people"."""
    word = count.clause
    for mark in children(sentence, word, "mark"):
        if sentence.words[mark].lower() == "after" and mark > 0:
            return is_one_of(sentence, mark - 1, listed("intervals"))
    if sentence.relations[word] != "acl:relcl":
        return False
    noun = sentence.heads[word]  # "thirty years after the crash that killed 259"
    cases = [c for c in children(sentence, noun, "case", "mark") if sentence.words[c].lower() == "after"]
    return bool(cases) and cases[0] > 0 and is_one_of(sentence, cases[0] - 1, listed("spans"))


def _in_earlier(sentence: Sentence, own: Sequence[int]) -> bool:
    """Whether what did it came before the event: "died in an earlier attack"."""
    earlier = (w for w in own if sentence.words[w].lower() == "earlier" and sentence.relations[w] == "amod")
    return any(is_one_of(sentence, sentence.heads[w], listed("causes")) for w in earlier)


def _is_yearly(sentence: Sentence, own: Sequence[int]) -> bool:
    """Whether a clause tells how many it befalls time and again, and not what happened: "4,000 die every year"."""
    return any(
        sentence.words[w].lower() in ("every", "each") and is_one_of(sentence, sentence.heads[w], listed("intervals"))
        for w in own
        if sentence.relations[w] == "det"
    )


def _is_prior(sentence: Sentence, word: int) -> bool:
    """Whether what is told came before the event: "before his arrest he killed a guard", "prior to the raid"."""
    for _ in range(TOLD_UP):
        for bearer in children(sentence, word, "obl"):
            cases = {sentence.words[c].lower() for c in children(sentence, bearer, "case")}
            own = any(sentence.fine[c] == "PRP$" for c in sentence.below[bearer])
            if own and cases & {"prior", "before"} and measure_of(sentence, bearer, lists().deeds) is not None:
                return True
        word = sentence.heads[word]
        if word < 0:
            break
    return False


def _is_recalled(sentence: Sentence, count: Count, measure: Measure, found: Sequence[Figure]) -> bool:
    """Whether the deed is laid to somebody of whom the text tells another thing: "a man suspected of killing five".

    So only where the text told of an event of its own before, and not of as many as are counted here.
    """
    if count.number is None and count.noun is not None and sentence.universal[count.noun] == "PROPN":
        return False  # the death of one who is named is what a text is about
    word, steps = count.clause, 0
    while sentence.heads[word] >= 0 and steps < TOLD_UP:
        word, steps = sentence.heads[word], steps + 1
        if is_one_of(sentence, word, listed("laid_to")):
            if any(sentence.words[c].lower() in ("not", "n't", "n’t", "never") for c in children(sentence, word, "advmod")):
                return False
            break
    else:
        return False
    own_event = any(f.scope == "event" and f.measure in ("killed", "injured", "detained") for f in found)
    return own_event and not _is_told(count, measure, found)


def _is_told(count: Count, measure: Measure, found: Sequence[Figure]) -> bool:
    """Whether the text gave as many of its own event before; one dead is not enough to tell that it is the same."""
    low = count.number.low if count.number is not None else 1
    return low != 1 and any(f.scope == "event" and f.measure == measure and f.low == low for f in found)


def told_of(sentence: Sentence, word: int) -> list[int]:
    """The noun and its words that the relative clause around a word tells of; empty outside one."""
    while sentence.heads[word] >= 0:
        if sentence.relations[word] == "advcl":  # "the worst attack since 2024, when 88 people died"
            first = min(w for w in subtree(sentence, word) if sentence.universal[w] != "PUNCT")
            if sentence.words[first].lower() == "when" and first > 1:
                return [first - 1 - (sentence.words[first - 1] == ",")]
        if sentence.relations[word] == "acl:relcl":
            noun = sentence.heads[word]
            while sentence.relations[noun] == "nmod":  # "the clashes of 2011 on the river, in which …"
                noun = sentence.heads[noun]
            return subtree(sentence, noun, [word])
        word = sentence.heads[word]
    return []


def _joined_to(sentence: Sentence, own: Sequence[int]) -> list[int]:
    """The words of the clause to which a clause without a subject's day of its own is joined; empty where there is none."""
    top = next((w for w in own if sentence.heads[w] not in own), -1)
    if top < 0 or sentence.relations[top] != "conj" or sentence.heads[top] < 0:
        return []
    return [w for w in subtree(sentence, sentence.heads[top], [top]) if w < top]


def _over_years(sentence: Sentence, own: Sequence[int], measure: Measure) -> bool:
    """Whether it is a running total: "in ten years of war", "over the past decade", "since January"."""
    for word in own:
        cases = {sentence.words[c].lower() for c in children(sentence, word, "case", "mark")}
        if "since" in cases and any(sentence.words[c].lower() == "since" and _is_rare(sentence, c) for c in sentence.below[word]):
            continue
        if "since" in cases and is_one_of(sentence, word, listed("beginnings")):
            return True
        if "since" in cases and (sentence.universal[word] in ("PROPN", "NUM") or sentence.words[word].isdigit()):
            return True
        if cases & {"for"} and measure == "detained":
            continue  # "jailed nine for five years"
        if cases & {"in", "over", "during", "for"} and is_one_of(sentence, word, listed("spans")):
            before = {sentence.words[w].lower() for w in subtree(sentence, word)}
            if "old" not in before and "ago" not in before and not _is_of_rank(sentence, min(subtree(sentence, word))):
                return True
    return False


def read_day(value: str | None) -> date | None:
    """The day an ISO 8601 date, time or day-precise TIMEX value begins with, else None."""
    match = re.match(r"(\d{4})-(\d{2})-(\d{2})", value or "")
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
