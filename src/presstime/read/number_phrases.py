"""A sentence → its numbers that count somebody or something, each with the phrase it stands in.

In come a sentence and the spans of its times; out go the numbers without ages, money, shares, dates and parts of
compounds, and for each the noun that names the counted and the word by which the phrase hangs in the tree.

Example: in "three of her children" the number is "three", the noun "children", the top "three".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from presstime.read.ages import is_age
from presstime.read.figure_words import is_one_of, is_person, lists, measure_of
from presstime.read.numbers import Number, find_numbers
from presstime.read.tree import Sentence, base, children

__all__ = [
    "Phrase",
    "climb",
    "counting_numbers",
    "has_case",
    "has_of",
    "is_beside",
    "is_list_item",
    "listed_with",
    "number_phrase",
    "stands_for_noun",
]

NOUN_REACH = 6
"""Words between a number and its noun."""

YEARS = (1900, 2100)
"""Between these, four digits without a noun are a year."""
MOST_OF_RATE = 9
"""The largest number that stands before "in ten" as a rate."""

_CURRENCY = frozenset("$€£¥₽₺֏") | {"us$", "eur", "usd"}
_BESIDE = frozenset({"along", "together", "alongside"})
_DEFINITE = frozenset({"them", "whom", "these", "those", "the", "which", "us"})


def counting_numbers(sentence: Sentence, taken: Sequence[tuple[int, int]]) -> list[Number]:
    """The sentence's numbers without ages, money, shares, dates and parts of compounds."""
    found = []
    rated, last_age = 0, -1
    for number in find_numbers(sentence.words):
        first, end = number.core
        start, stop = sentence.starts[first], sentence.ends[end - 1]
        after = sentence.words[end].lower() if end < len(sentence) else ""
        before = sentence.words[first - 1].lower() if first else ""
        if any(a < stop and start < b for a, b in taken):
            continue
        if sentence.words[first].lower() == "both" and sentence.relations[first] not in ("det", "det:predet", "nsubj:pass"):
            continue  # "both soldiers and civilians"
        if before == "number" and _is_after_group(sentence, first - 1):
            found.append(number)
            continue
        if before in _CURRENCY or before in ("no.", "number", "article", "resolution", "route", "flight", "."):
            continue
        if is_age(sentence, number, last_age):
            last_age = end
            continue
        if after in ("-", "–", "/", ":") and end + 1 < len(sentence) and sentence.starts[end] == stop and number.behind == end:
            continue
        if before in ("-", "/", ":") and sentence.ends[first - 1] == start and number.first == first:
            continue
        if end < len(sentence) and is_one_of(sentence, end, lists().words["not_counted"]):
            continue
        rate = _rate_ends(sentence, number)
        if rate or number.first < rated:
            rated = max(rate, rated)
            continue
        if number.low == number.high and number.low is not None and YEARS[0] <= number.low <= YEARS[1] and sentence.words[first].isdigit():
            head = sentence.heads[first]
            if end - first == 1 and (head < 0 or sentence.relations[first] != "nummod" or sentence.universal[head] == "PROPN"):
                continue
        if number.behind == end and after[:1].isdigit() and find_numbers([after]):
            continue  # "half past nine 61 people"
        found.append(number)
    return found


def _is_after_group(sentence: Sentence, word: int) -> bool:
    """Whether "number" is a verb: "the injured number 310"."""
    state = word > 1 and measure_of(sentence, word - 1, lists().states) is not None
    return state and sentence.words[word - 2].lower() == "the"


def _rate_ends(sentence: Sentence, number: Number) -> int:
    """Where a rate that a number begins ends ("kills one in ten of those infected"), else 0; no rate is "two in 20 minutes"."""
    end = number.core[1]
    joined = [w.lower() for w in sentence.words[end : end + 3]]
    skip = 1 if joined[:1] == ["in"] else 2 if joined[:2] == ["out", "of"] else 0
    whole = next((n for n in find_numbers(sentence.words[end + skip : end + skip + 3]) if n.first == 0), None) if skip else None
    if whole is None or not number.high or whole.high is None or whole.high <= number.high or number.high > MOST_OF_RATE:
        return 0
    behind = end + skip + whole.behind
    if behind < len(sentence) and is_one_of(sentence, behind, lists().words["not_counted"]):
        return 0
    return 0 if YEARS[0] <= whole.high <= YEARS[1] else behind


@dataclass(frozen=True, slots=True)
class Phrase:
    """A counted noun phrase: the word that hangs in the tree, the noun that names the counted, and its words."""

    top: int
    noun: int | None
    first: int
    behind: int
    of_them: bool


def number_phrase(sentence: Sentence, number: Number) -> Phrase:
    """The phrase a number stands in."""
    last = number.core[1] - 1
    inside = range(number.first, number.behind)
    top = last
    while sentence.heads[top] in inside:
        top = sentence.heads[top]
    noun: int | None = None
    of_them = False
    if base(sentence.relations[top]) in ("nummod", "det", "amod", "advmod", "compound") and sentence.heads[top] >= 0:
        head = sentence.heads[top]
        reached = number.behind <= head <= number.behind + NOUN_REACH and not _is_predicate(sentence, head)
        if reached and not any(_parts(sentence, w) for w in range(number.behind, head)):
            noun = top = head
            low = [w.lower() for w in sentence.words[number.behind : number.behind + 2]]
            of_them = low[:1] == ["of"] and low[1:] in (["them"], ["whom"], ["us"])  # "15 of them civilians"
    if noun is None and sentence.words[number.behind : number.behind + 1] and sentence.words[number.behind].lower() == "of":
        noun = _noun_from(sentence, number.behind + 1)
        if noun is not None:
            first = [sentence.words[w].lower() for w in range(number.behind + 1, min(noun + 1, number.behind + 4))]
            definite = any(w in _DEFINITE for w in first)
            of_them = definite and (not number.loose or sentence.universal[noun] == "PRON")
    elif noun is None:
        near = _noun_from(sentence, number.behind)
        if near is not None and sentence.universal[near] == "NOUN" and not is_one_of(sentence, near, lists().words["not_counted"]):
            noun = top = near
    if noun is not None and sentence.universal[noun] == "PRON":
        return Phrase(top, None, number.first, noun + 1, of_them or sentence.words[noun].lower() in ("them", "whom", "us"))
    behind = number.behind if noun is None else max(number.behind, noun + 1)
    if noun is not None:  # "two northern and three southern soldiers"
        behind = next((w for w in range(number.behind + 1, noun) if _opens_another(sentence, w)), behind)
    return Phrase(top, noun, number.first, behind, of_them)


def _opens_another(sentence: Sentence, word: int) -> bool:
    """Whether a word and the next begin another number's phrase: "and three"."""
    return sentence.universal[word] == "CCONJ" and sentence.universal[word + 1] == "NUM"


def _noun_from(sentence: Sentence, word: int) -> int | None:
    """The noun of the phrase that begins at a word, by the tags alone: its last noun, a pronoun, or what stands for a noun."""
    noun = None
    for at in range(word, min(len(sentence), word + NOUN_REACH)):
        tag = sentence.universal[at]
        if tag in ("NOUN", "PROPN"):
            noun = at
        elif noun is None and ((tag == "PRON" and sentence.fine[at] != "PRP$") or (at > word and stands_for_noun(sentence, at))):
            return at
        elif noun is not None or not (tag in ("DET", "ADJ", "NUM", "PRON") or sentence.relations[at] in ("amod", "compound")):
            break
    return noun


def stands_for_noun(sentence: Sentence, word: int) -> bool:
    """Whether a state or a participle that ends a phrase names the people in it: "the 80 wounded", "the 40 killed"."""
    if sentence.fine[word] not in ("VBN", "JJ", "VBD") or sentence.universal[word] not in ("VERB", "ADJ"):
        return False
    known = lists()
    if measure_of(sentence, word, known.states) is None and measure_of(sentence, word, known.done_to) is None:
        return False
    follows = sentence.universal[word + 1] if word + 1 < len(sentence) else "PUNCT"
    return follows in ("AUX", "VERB", "PUNCT", "ADP", "SCONJ", "CCONJ", "ADV")


def _is_predicate(sentence: Sentence, word: int) -> bool:
    """Whether a word says what happened to the counted and does not name them: "more than 3,000 evacuated"."""
    return sentence.universal[word] == "VERB" and sentence.fine[word] == "VBN" and measure_of(sentence, word, lists().nouns) is None


def _parts(sentence: Sentence, word: int) -> bool:
    """Whether a word parts a number from a noun behind it: a mark, or a verb that is no participle of the noun's."""
    if sentence.universal[word] == "PUNCT":
        return sentence.words[word] not in "-\"'“”"
    return sentence.universal[word] in ("VERB", "CCONJ") and base(sentence.relations[word]) not in ("amod", "compound", "conj", "cc")


def climb(sentence: Sentence, top: int) -> tuple[int, str, int]:
    """From a noun phrase's word to (what it is an argument of, its role, the word that bears the relation)."""
    word, steps = top, 0
    while steps < 8:
        steps += 1
        relation, head = base(sentence.relations[word]), sentence.heads[word]
        if head < 0:
            return -1, "root", word
        first = listed_with(sentence, word)
        if first is not None:
            word = first
            continue
        if is_list_item(sentence, word):
            word = head
            continue
        if relation == "conj" and sentence.universal[head] not in ("VERB", "AUX"):
            word = head
            continue
        if relation in ("nsubj", "csubj"):
            return head, "subj", word
        if relation in ("nmod", "obl") and is_beside(sentence, word):  # "killed the leader, along with two others"
            if sentence.universal[head] != "VERB":
                word = head
                continue
            return head, "obj" if children(sentence, head, "obj") else "subj", word
        if relation in ("obj", "iobj"):
            return head, "obj", word
        if relation in ("nmod", "obl", "appos", "conj", "acl", "parataxis", "xcomp", "ccomp", "dep", "list", "advcl"):
            return head, relation, word
        word = head
    return -1, "root", word


def is_beside(sentence: Sentence, word: int) -> bool:
    """Whether a phrase names others to whom the same befell: "along with two others", "together with her son"."""
    cases = children(sentence, word, "case")
    return any(sentence.words[w].lower() in _BESIDE for c in cases for w in (c, c - 1) if w >= 0)


def is_list_item(sentence: Sentence, word: int) -> bool:
    """Whether a noun that stands as another's apposition is the next in a list: "a judge, an officer, and a clerk"."""
    head = sentence.heads[word]
    if sentence.relations[word] != "appos" or sentence.universal[word] != "NOUN":
        return False
    goes_on = any(c > word for c in children(sentence, head, "conj"))
    if sentence.universal[head] != "NOUN":  # "Ivan Petrov, his driver and two recruits"
        own = any(sentence.fine[c] == "PRP$" for c in sentence.below[word])
        return own and (goes_on or bool(children(sentence, word, "conj")))
    if goes_on:
        return bool(children(sentence, word, "det", "nummod"))
    more = bool(children(sentence, word, "conj")) or _another_follows(sentence, word)
    return more and _is_new(sentence, word) and _is_new(sentence, head)


def _another_follows(sentence: Sentence, word: int) -> bool:
    """Whether one more stands directly behind a noun, wherever the tree hangs it: "a priest and a driver"."""
    behind = word + 1 + (sentence.words[word + 1 : word + 2] == (",",))
    low = [w.lower() for w in sentence.words[behind : behind + 2]]
    return low[:1] == ["and"] and low[1:] in (["a"], ["an"], ["another"])


def listed_with(sentence: Sentence, word: int) -> int | None:
    """Whom a noun is listed with that the tree hangs on the deed: "the murder of a judge, an officer and a clerk"."""
    head = sentence.heads[word]
    if base(sentence.relations[word]) not in ("appos", "conj") or sentence.universal[word] != "NOUN" or not _is_new(sentence, word):
        return None
    if measure_of(sentence, head, lists().deeds) is None or not is_person(sentence, word):
        return None
    return next(
        (c for c in reversed(children(sentence, head, "nmod")) if head < c < word and has_of(sentence, c) and _is_new(sentence, c)), None
    )


def _is_new(sentence: Sentence, word: int) -> bool:
    """Whether a noun is told of for the first time: "a judge"."""
    return any(sentence.words[c].lower() in ("a", "an", "another", "one") for c in children(sentence, word, "det", "nummod"))


def has_of(sentence: Sentence, word: int) -> bool:
    """Whether a phrase begins with "of"."""
    return has_case(sentence, word, "of")


def has_case(sentence: Sentence, word: int, case: str) -> bool:
    """Whether a phrase begins with a preposition."""
    return any(sentence.words[c].lower() == case for c in children(sentence, word, "case"))
