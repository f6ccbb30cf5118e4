"""A number → whether it is one given earlier: taken back, or set beside the new one.

In come a sentence, a number and its phrase; out goes whether the number is taken back by the words around it ("corrected
the toll from 12 to 9", "lowered its count of the injured from 62 to 55", "fewer than the 20 it had said"), the count that
a new one is set against ("down from 20"), which has the moment its own words give it, and the new number of a
correction that names nobody ("not two, as it had said, but one", "eight, not nine").

Example: in "The ministry corrected the death toll from 12 to 9." the 12 is taken back and the 9 stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from presstime.read.counting import Count
from presstime.read.figure_words import is_one_of, is_person, listed, lists
from presstime.read.number_phrases import Phrase, number_phrase
from presstime.read.numbers import Number
from presstime.read.tree import Sentence
from presstime.records import Measure, Time

__all__ = ["earlier_moment", "find_compared", "find_corrected", "is_taken_back"]

BUT_REACH = 10
"""Words between "not two" and "but one"."""
SAID_REACH = 6
"""Words behind an earlier number within which it is told who had said it, and when."""
FEWER = frozenset({"fewer", "less", "lower"})
_UP_OR_DOWN = (["up", "from"], ["down", "from"])
_SET_AGAINST = (*_UP_OR_DOWN, ["compared", "with"], ["compared", "to"])


def find_compared(sentence: Sentence, number: Number, found: Sequence[Count]) -> list[Count]:
    """What a count of the same sentence is set against: "15 are missing, down from 20", "31 deaths, compared with 45"."""
    before = [w.lower() for w in sentence.words[max(0, number.first - 2) : number.first]]
    last = next((c for c in reversed(found) if not c.part and c.number is not None and c.number.low), None)
    fewer = _is_fewer_than(sentence, number)
    if (before not in _SET_AGAINST and not fewer) or last is None or number_phrase(sentence, number).noun is not None:
        return []
    if fewer and not _names_moment(sentence, number):
        return []
    return [replace(last, number=number, first=number.first, behind=number.behind, clause=number.first - 2, by_tree=False)]


def find_corrected(sentence: Sentence, number: Number, phrase: Phrase) -> list[Count]:
    """The new number of a correction that leaves to the text before who is counted: "not two, as it had said, but one"."""
    low = [w.lower() for w in sentence.words]
    if number.low is None or number.low < 1 or (phrase.noun is not None and not is_person(sentence, phrase.noun)):
        return []
    before = (
        range(max(0, number.first - 1 - BUT_REACH), number.first - 1) if low[max(0, number.first - 1) : number.first] == ["but"] else ()
    )
    turned = any(low[w] == "not" and sentence.universal[w + 1] == "NUM" for w in before)
    behind = phrase.behind
    turned = turned or (low[behind : behind + 2] == [",", "not"] and sentence.universal[behind + 2 : behind + 3] == ("NUM",))
    return [Count(None, number, number.first, behind, phrase.noun, phrase.top, None, False, False)] if turned else []


def is_taken_back(sentence: Sentence, number: Number, phrase: Phrase, measure: Measure) -> bool:
    """Whether a number is taken back: "corrected the toll from 12 to 9", "the figure of 41 was withdrawn", "31, and not 41"."""
    known = lists().words
    low = [w.lower() for w in sentence.words]
    if low[max(0, number.first - 2) : number.first] in (["and", "not"], [",", "not"]):
        return True
    if low[max(0, number.first - 1) : number.first] == ["not"] and _is_but_behind(low, number.behind):
        return True
    if _is_fewer_than(sentence, number) and not _names_moment(sentence, number):
        return True
    if low[max(0, number.first - 1) : number.first] == ["from"] and "to" in low[number.behind : number.behind + 3]:
        verbs = [w for w in range(number.first - 1) if sentence.universal[w] == "VERB"]
        if any(is_one_of(sentence, w, known["correcting"]) for w in verbs):
            return True
        # nobody killed or hurt becomes alive or whole again: a count of them that is lowered was wrong
        counted = any(is_one_of(sentence, w, known["counts"] | known["tolls"]) for w in range(number.first - 1))
        return measure in ("killed", "injured") and counted and any(is_one_of(sentence, w, known["lowering"]) for w in verbs)
    word = phrase.top
    while sentence.heads[word] >= 0 and sentence.universal[sentence.heads[word]] != "VERB":
        word = sentence.heads[word]
    verb = sentence.heads[word]
    told = verb >= 0 and is_one_of(sentence, word, known["counts"] | known["tolls"]) and is_one_of(sentence, verb, known["taking_back"])
    return told and sentence.relations[word] in ("nsubj:pass", "obj")


def earlier_moment(sentence: Sentence, count: Count, times: Sequence[Time]) -> str | None:
    """When an earlier number was given, as its own words say: "up from six on Monday", "put at 14 on Monday"."""
    if count.number is None:
        return None
    number = count.number
    before = [w.lower() for w in sentence.words[max(0, number.first - 2) : number.first]]
    reach = SAID_REACH
    if before not in _UP_OR_DOWN and not _is_fewer_than(sentence, number):
        if before[-1:] != ["at"]:
            return None
        reach = 2  # "put at 14 on Monday and at 17 on Tuesday"
    end = min(len(sentence), number.behind + reach)
    for time in times:
        if time.kind in ("date", "time") and any(sentence.starts[w] == time.start for w in range(number.behind, end)):
            return time.value
    return None


def _is_but_behind(low: Sequence[str], behind: int) -> bool:
    """Whether the right number follows a denied one: "not two, as it had said, but one"."""
    return "but" in low[behind : behind + BUT_REACH]


def _is_fewer_than(sentence: Sentence, number: Number) -> bool:
    """Whether a number is one that somebody had given and that a new one is lower than: "fewer than the 20 it had said"."""
    first = number.core[0]
    low = [w.lower() for w in sentence.words[max(0, first - 3) : first]]
    if low[1:] != ["than", "the"] or low[0] not in FEWER:
        return False
    behind = range(number.behind, min(len(sentence), number.behind + SAID_REACH))
    return any(is_one_of(sentence, w, listed("giving")) for w in behind)


def _names_moment(sentence: Sentence, number: Number) -> bool:
    """Whether the words behind a number may name when it was given: a day or a part of one."""
    behind = range(number.behind, min(len(sentence), number.behind + SAID_REACH))
    return any(sentence.words[w].lower() in ("on", "yesterday", "hours", "day", "overnight", "at") for w in behind)
