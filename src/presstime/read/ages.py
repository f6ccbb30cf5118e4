"""A number → whether it is somebody's age and so counts nobody.

In come a sentence, a number and where the last age before it ended; out goes whether it is an age: behind "aged", behind
"of" after one person ("a man of 44", "boys of eight and ten"), between commas or in brackets behind somebody ("Ana
Tarr, 34,", "a girl (9)"), said of one person ("He is 44"), or the next in a list of ages. A number with a noun of its own
is none: "a convoy of 44 lorries".

Example: in "A boy of twelve was killed." the twelve is an age.
"""

from __future__ import annotations

from presstime.read.figure_words import is_one_of, is_person, lists, measure_of
from presstime.read.numbers import Number
from presstime.read.tree import Sentence, children, subjects

__all__ = ["is_age"]

OLDEST = 120
"""No person is older."""
JOINS = frozenset({"and", "or", "to", "&"})
CLOSING = frozenset({",", ";", ".", ")", "]", "–", "—"})


def is_age(sentence: Sentence, number: Number, last_age: int) -> bool:
    """Whether a number is an age. `last_age` is where the age before it ended, -1 for none."""
    first, end = number.core
    if number.high is None or number.high > OLDEST or first < 1:
        return False
    before = sentence.words[first - 1].lower()
    after = sentence.words[end].lower() if end < len(sentence) else ""
    if before in ("age", "aged", "ages"):
        return True
    if last_age == first - 1 and before in JOINS and not _has_noun(sentence, end):
        return True  # "of eight and ten"
    if last_age == first - 1 and before == "," and after in (",", "and", "or"):
        return True  # "aged 34, 41 and 60"
    if number.first != first:
        return False
    if _is_told_of_one(sentence, first, end):
        return True
    if before == "of":
        return first > 1 and _is_one_told_by_age(sentence, first - 2) and not _has_noun(sentence, end)
    if before == "," and (after in CLOSING or not after or _is_first_of_two(sentence, end)) and first > 1:
        return _is_somebody(sentence, first - 2)
    return before == "(" and after == ")" and first > 1 and _is_somebody(sentence, first - 2)


def _is_told_of_one(sentence: Sentence, word: int, end: int) -> bool:
    """Whether a number is all that one person is said to be: "He is 44", "the driver was 52"."""
    cop = children(sentence, word, "cop")
    if not cop or cop[-1] != word - 1 or _has_noun(sentence, end) or end - word != 1:
        return False
    return any(
        sentence.words[s].lower() in ("he", "she", "i")
        or sentence.entities[s].endswith("PERSON")
        or (sentence.fine[s] == "NN" and is_person(sentence, s) and not is_one_of(sentence, s, lists().words["groups"]))
        for s in subjects(sentence, word)
    )


def _is_first_of_two(sentence: Sentence, end: int) -> bool:
    """Whether another number and a mark follow: "Two men, 34 and 41, …"."""
    low = [w.lower() for w in sentence.words[end : end + 3]]
    return low[:1] in (["and"], ["or"]) and low[1:2] != [] and low[1].isdigit() and (low[2:] == [] or low[2] in CLOSING)


def _is_somebody(sentence: Sentence, word: int) -> bool:
    """Whether a number behind a word may be an age: "Ana Tarr, 34, …", "the twins, 4, …"."""
    named = sentence.universal[word] == "PROPN" or sentence.fine[word] == "NNP" or sentence.entities[word].endswith("PERSON")
    return named or (sentence.universal[word] == "NOUN" and is_person(sentence, word))


def _is_one_told_by_age(sentence: Sentence, word: int) -> bool:
    """Whether "of" and a number behind a word give an age (or, of a parent, the children): "a man of 44", "girls of six and ten".

    Not behind who does a deed to so many ("the killer of six"), nor behind a group.
    """
    if sentence.universal[word] != "NOUN" or not is_person(sentence, word):
        return False
    known = lists()
    if is_one_of(sentence, word, known.words["told_by_age"]):
        return True
    if sentence.fine[word] != "NN" or is_one_of(sentence, word, known.words["groups"]):
        return False
    return measure_of(sentence, word, known.deeds) is None and measure_of(sentence, word, known.nouns) is None


def _has_noun(sentence: Sentence, word: int) -> bool:
    """Whether a number's own noun follows: "of 44 lorries"."""
    return word < len(sentence) and sentence.universal[word] in ("NOUN", "ADJ", "PROPN")
