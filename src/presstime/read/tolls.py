"""A sentence's toll → its number, and whether it stands.

In come a sentence and a number's phrase; out go the measure of a toll that governs the number ("the toll rose to 23"),
whether that toll is told as reached ("would have been", "could rise to" are not), and whether "no casualties left" tells
of who is still there and not of who was hurt.

Example: in "The death toll rose to 23." the 23 is a toll.
"""

from __future__ import annotations

from presstime.read.figure_words import is_one_of, lists, measure_of
from presstime.read.number_phrases import Phrase, climb
from presstime.read.numbers import Number
from presstime.read.predicates import reality
from presstime.read.tree import Sentence, base, children
from presstime.records import Certainty, Measure

__all__ = ["find_toll", "is_none_left", "toll_reality"]

TOLL_REACH = 22
"""Words between "toll" and its number."""


def find_toll(sentence: Sentence, number: Number) -> tuple[Measure, int] | None:
    """A number that a toll governs: "the death toll rose to 23", "put the number of wounded at 40", "a population of 150"."""
    known = lists()
    if [w.lower() for w in sentence.words[number.behind : number.behind + 3]] == ["the", "number", "of"]:
        for behind in range(number.behind + 3, min(len(sentence), number.behind + 7)):
            measure = measure_of(sentence, behind, known.nouns) or measure_of(sentence, behind, known.states)
            if measure is not None and measure != "population":
                return measure, behind
    for word in range(number.first - 1, max(-1, number.first - TOLL_REACH), -1):
        if sentence.words[word] in (";", "."):
            return None
        if is_one_of(sentence, word, known.words["tolls"]):
            near = range(max(0, word - 2), min(len(sentence), word + 4))
            told = next((m for w in near if (m := measure_of(sentence, w, known.nouns)) and m != "affected"), None)
            return (told or "killed", word)
        if is_one_of(sentence, word, ("population",)) and word + 3 >= number.first:
            return ("population", word)
        if is_one_of(sentence, word, known.words["counts"]) and word + 2 < len(sentence) and sentence.words[word + 1].lower() == "of":
            named: Measure | None = None
            for behind in range(word + 2, min(word + 6, number.first)):
                named = named or measure_of(sentence, behind, known.nouns) or measure_of(sentence, behind, known.states)
            return (named, word) if named is not None else None
    return None


def is_none_left(sentence: Sentence, said_by: int) -> bool:
    """Whether nobody is left and not nobody hurt: "there are no casualties left at the site"."""
    if any(is_one_of(sentence, c, ("leave", "remain")) for c in children(sentence, said_by, "acl")):
        return True
    verb = sentence.heads[said_by]
    subject = verb >= 0 and base(sentence.relations[said_by]) == "nsubj" and not children(sentence, verb, "obj")
    return subject and is_one_of(sentence, verb, ("leave", "remain"))


def toll_reality(sentence: Sentence, toll: int, phrase: Phrase) -> tuple[bool, Certainty | None]:
    """Whether a toll is told as one: not so "the toll would have been 40", "the toll could rise to 40"."""
    verbs = {sentence.heads[toll] if base(sentence.relations[toll]) == "nsubj" else -1, climb(sentence, phrase.top)[0]}
    verbs.add(phrase.top if children(sentence, phrase.top, "cop") else -1)
    certainty: Certainty | None = None
    for verb in sorted(verbs - {-1, toll}):
        real, told = reality(sentence, verb)
        head = sentence.heads[verb]
        to_come = base(sentence.relations[verb]) == "xcomp" and head >= 0 and is_one_of(sentence, head, lists().words["to_come"])
        if not real or (to_come and not children(sentence, verb, "aux")):
            return False, None
        certainty = certainty or told
    return True, certainty
