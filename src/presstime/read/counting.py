"""What a count is, and which words are its own.

In come a parsed sentence, a number's phrase and the predicate that says what happened; out go the words a count is told
by, and whether it is a part of another count.

Example: in "80 were wounded, including eight children" the phrase "eight children" is a part.
"""

from __future__ import annotations

from dataclasses import dataclass

from presstime.read.figure_words import is_one_of, is_person, lists, measure_of
from presstime.read.number_phrases import Phrase
from presstime.read.numbers import Number
from presstime.read.tree import Sentence, base, children
from presstime.records import Certainty, Measure

__all__ = ["Count", "count_words", "is_part"]

AMONG_REACH = 12
"""Words of a sentence that begins with "among the dead" within which those are told of."""
BRACKET_REACH = 3
"""Words between a number and a bracket that tells of a part."""
_HELPERS = frozenset({"AUX", "ADV", "PART", "ADJ"})
_LINKS = frozenset({"to", "who", "that", "others", "reported"})


@dataclass(frozen=True, slots=True)
class Count:
    """One count. `number` is None for a single victim; `noun` is the word that names who or what is counted.

    `first` to `behind` are its words; `clause` is the predicate or, without one, the word it hangs on. `part` says
    that it is a part of a count before it ("15 of them", "including eight children"), `whole` that it holds several
    counts told of together ("a woman and two of her children"), which are its parts.
    """

    measure: Measure | None
    number: Number | None
    first: int
    behind: int
    noun: int | None
    clause: int
    certainty: Certainty | None
    part: bool
    by_tree: bool
    whole: bool = False


def is_part(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether words before say that it is a part: "including eight children", "among them three women"."""
    before = [sentence.words[w].lower() for w in range(max(0, phrase.first - 3), phrase.first)]
    graded = phrase.behind < len(sentence) and is_one_of(sentence, phrase.behind, lists().words["gravity"])
    if phrase.noun is None and graded and before[-1:] == [","]:  # "15 were injured, five seriously"
        return any(sentence.universal[w] == "NUM" for w in range(phrase.first)) and not _has_verb(sentence, phrase.behind + 1)
    if sentence.words[0].lower() == "of" and phrase.first > 1 and any(w.isdigit() for w in sentence.words[: phrase.first]):
        return True
    if before[-1:] and before[-1] in ("including", "includes", "included", "include", "incl", "incl."):
        return True
    if before[-2:] == ["incl", "."] or _is_bracketed(sentence, phrase):
        return True
    if before[-2:] in (["among", "them"], ["among", "whom"], ["of", "whom"], ["of", "which"], ["of", "them"]):
        return True
    if sentence.words[0].lower() == "among" and 1 < phrase.first < AMONG_REACH:  # "Among the dead were three children."
        known = lists()
        if any(measure_of(sentence, w, known.nouns) or measure_of(sentence, w, known.states) for w in range(1, min(4, phrase.first))):
            return True
    word = phrase.top
    for _ in range(3):
        if any(sentence.words[c].lower() == "including" for c in children(sentence, word, "case", "mark")):
            return True
        if base(sentence.relations[word]) != "conj":
            return False
        word = sentence.heads[word]
    return False


def _is_bracketed(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether people are told of in brackets right behind a number's phrase: "47 injured (9 children)"."""
    first, behind = phrase.first, phrase.behind
    opens = first > 1 and sentence.words[first - 1] == "(" and sentence.words[behind : behind + 1] == (")",)
    if not opens or phrase.noun is None or not is_person(sentence, phrase.noun):
        return False
    return "NUM" in sentence.universal[max(0, first - 1 - BRACKET_REACH) : first - 1]


def _has_verb(sentence: Sentence, word: int) -> bool:
    """Whether a predicate of its own stands at a word: "three died, five seriously wounded"."""
    return word < len(sentence) and (sentence.universal[word] == "VERB" or measure_of(sentence, word, lists().states) is not None)


def _is_told(sentence: Sentence, word: int) -> bool:
    """Whether a participle behind a predicate says what happened."""
    return measure_of(sentence, word, lists().done_to) is not None or measure_of(sentence, word, lists().done_by) is not None


def count_words(sentence: Sentence, phrase: Phrase, said_by: int) -> tuple[int, int]:
    """The count's words: the number through the predicate where only helpers stand between, else number and noun."""
    first, behind = phrase.first, phrase.behind
    between = range(behind, said_by)
    if (
        said_by >= behind
        and not is_one_of(sentence, said_by, ("have",))
        and all(sentence.universal[w] in _HELPERS or sentence.words[w].lower() in _LINKS for w in between)
    ):
        end = said_by + 1
        low = [w.lower() for w in sentence.words[end : end + 2]]
        if low[:1] and sentence.fine[end] == "VBN" and _is_told(sentence, end):  # "are presumed drowned"
            return first, end + 1
        if low[:1] and (measure_of(sentence, end, lists().states) or low[0] in ("hostage", "captive", "prisoner", "off")):
            return first, end + 1
        if low[:1] in (["down"], ["away"]):
            return first, end + 1
        return first, end + 2 if low in (["to", "death"], ["their", "lives"], ["his", "life"], ["her", "life"]) else end
    if said_by == first - 1 or (said_by == first - 2 and sentence.words[first - 1].lower() == "of"):
        return said_by, behind
    return first, behind
