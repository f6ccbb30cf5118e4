"""A number → the measure that a turn of phrase around it names, where no verb or noun of the tree does.

In come a sentence, a number and its phrase; out goes a measure with the word that says it: the dead "put at 17", "now
standing at 23" or "cut to 17", a label ("Held so far: 58"), "the injured number 310", the sick ("288 cases"), those
searched for by rescuers, those moved to a shelter. An ordinal counts as well: "the ninth death" is nine.

Example: in "Mo put the number of deaths at seven and of injured at 52." the 52 is of "injured".
"""

from __future__ import annotations

import re
from typing import Literal

from presstime.read.counting import Count
from presstime.read.figure_words import is_known_person, is_one_of, is_person, lists, measure_of
from presstime.read.number_phrases import Phrase, climb, has_case, has_of
from presstime.read.numbers import Number
from presstime.read.predicates import reality
from presstime.read.timex import time_table
from presstime.read.tree import Sentence, base, children, subjects
from presstime.records import Measure

__all__ = [
    "find_moved_or_sought",
    "find_ordinals",
    "find_phrased",
    "find_told_before",
    "has_wounds",
    "is_at_place",
    "is_excepted",
    "is_of_the_sick",
]

BACK_TO_MEASURE = 8
"""Words from "at" or "to" back to whom the number is of."""
BACK_TO_VERB = 30
"""Words from there back to the verb that puts them at it, which may be shared: "put the dead at 17 and the wounded at 80"."""
LABEL_WORDS = 3
"""Words at the beginning of what stands before a colon among which a label names its measure."""
LONGEST_LABEL = 14

_ORDINAL = re.compile(r"([0-9]{1,4})(?:st|nd|rd|th)")
_DASHES = frozenset({"-", "–", "—", "--"})
_ENDS_LABEL = frozenset({".", ";", "!", "?", "“", "”", '"', "\n"})
_OPENS_GROUP = frozenset({"the", "of", "its", "their", "number", "those", "all"})
_NOT_MEASURED = frozenset({"population", "destroyed"})


def find_phrased(sentence: Sentence, number: Number, phrase: Phrase) -> tuple[Measure, int] | None:
    """The measure of a number behind "at", "to", a colon or the verb "number"."""
    before = number.first - 1
    listed = _lists_names(sentence, phrase)
    if listed is not None and listed != "them" and phrase.noun is not None:
        return listed, phrase.noun
    if before < 1:
        return None
    low = sentence.words[before].lower()
    if low in ("at", "as", "to") and phrase.noun is None:
        return _put_at(sentence, before, "moving" if low == "to" else "putting")
    if phrase.noun is None and children(sentence, phrase.top, "cop"):  # "the dead are now 41"
        return next(((m, s) for s in subjects(sentence, phrase.top) if (m := _named(sentence, s)) and _is_group(sentence, s)), None)
    if sentence.lemmas[before] == "number":
        return _numbering(sentence, before)
    if low in _DASHES:  # "killed - 4, wounded - 17"
        state = before - 1
        ends = phrase.behind >= len(sentence) or sentence.universal[phrase.behind] in ("PUNCT", "CCONJ")
        told = _named(sentence, state) if phrase.noun is None and ends and sentence.ends[state] < sentence.starts[before] else None
        return (told, state) if told is not None else None
    return _labelled(sentence, before, phrase) if low == ":" else None


def _named(sentence: Sentence, word: int) -> Measure | None:
    """The measure of the people a word stands for: "the dead", "deaths", "the number held"."""
    known = lists()
    measure = measure_of(sentence, word, known.nouns) or measure_of(sentence, word, known.states)
    if measure is None and is_one_of(sentence, word, known.words["held"]):
        measure = "detained"
    return None if measure in _NOT_MEASURED else measure


def _of_cases(sentence: Sentence, word: int) -> Measure | None:
    """Cases that only rise and stand at a number are of the disease that is told of."""
    plain = sentence.fine[word] == "NNS" and is_one_of(sentence, word, lists().words["cases"])
    return "affected" if plain and not children(sentence, word, "nmod", "compound") else None


def _is_group(sentence: Sentence, word: int) -> bool:
    """Whether a word stands for all of a kind: "the dead", "of missing", "deaths"."""
    return sentence.fine[word] == "NNS" or (word > 0 and sentence.words[word - 1].lower() in _OPENS_GROUP)


def _is_next_group(sentence: Sentence, word: int, at: int) -> bool:
    """Whether a state alone stands for the next who are put at a number: "deaths at seven and injured at 52"."""
    if at != word + 1 or word < 3 or sentence.words[word - 1].lower() not in ("and", ",") or sentence.universal[word] == "AUX":
        return False
    return sentence.universal[word - 2] == "NUM" and sentence.words[word - 3].lower() == sentence.words[at].lower()


def _put_at(sentence: Sentence, at: int, verbs: str) -> tuple[Measure, int] | None:
    """Of whom "at" or "to" gives a number, where one of some verbs goes before or between."""
    known = lists().words
    found: tuple[Measure, int] | None = None
    for word in range(at - 1, max(-1, at - 1 - BACK_TO_MEASURE), -1):
        tag = sentence.universal[word]
        if is_one_of(sentence, word, known["tolls"]) or sentence.words[word] in (",", ";", ":"):
            return None
        if found is None:
            measure = _named(sentence, word) or _of_cases(sentence, word)
            if measure is not None and (_is_group(sentence, word) or _is_next_group(sentence, word, at)):
                found = measure, word
                break
        if tag == "VERB" and not is_one_of(sentence, word, known[verbs]):
            return None
        if tag == "SCONJ" or (tag == "NUM" and sentence.relations[word] != "nummod"):
            return None
    if found is None:
        return None
    near = (*range(max(0, at - BACK_TO_VERB), found[1]), *range(found[1] + 1, at))
    told = any(is_one_of(sentence, w, known[verbs]) and sentence.fine[w].startswith("VB") for w in near)
    return found if told else None


def _numbering(sentence: Sentence, verb: int) -> tuple[Measure, int] | None:
    """ "The injured number 310": whatever the tags are, the state stands directly before, behind "the"."""
    at = verb - 1
    while at > 0 and sentence.universal[at] in ("ADV", "AUX"):
        at -= 1
    measure = _named(sentence, at)
    return (measure, at) if measure is not None and at > 0 and sentence.words[at - 1].lower() == "the" else None


def _labelled(sentence: Sentence, colon: int, phrase: Phrase) -> tuple[Measure, int] | None:
    """The measure of a label: "Held so far: 58", "Persons injured, as reported by hospitals: nineteen"."""
    ends = phrase.behind >= len(sentence) or sentence.universal[phrase.behind] in ("PUNCT", "ADP", "CCONJ")
    if not ends or (phrase.noun is not None and not is_known_person(sentence, phrase.noun)):
        return None
    start = colon
    while start > 0 and sentence.words[start - 1] not in _ENDS_LABEL and colon - start < LONGEST_LABEL:
        start -= 1
    for word in range(start, min(colon, start + LABEL_WORDS)):
        measure = _named(sentence, word)
        said = subjects(sentence, word) and not children(sentence, word, "nsubj:pass")
        helped = any(sentence.words[c].lower() in ("was", "were", "is", "are") for c in children(sentence, word, "aux", "cop"))
        if measure is not None and not said and not helped:
            return measure, word
    return None


def has_wounds(sentence: Sentence, noun: int) -> bool:
    """Whether those counted are told of with their wounds: "seven patients with bullet wounds"."""
    return is_known_person(sentence, noun) and any(
        has_case(sentence, c, "with") and (is_one_of(sentence, c, lists().words["hurts"]) or _named(sentence, c) == "injured")
        for c in children(sentence, noun, "nmod")
    )


def is_excepted(sentence: Sentence, number: Number) -> bool:
    """Whether a number is of those who are not meant: "all but six of them civilians"."""
    before = [w.lower() for w in sentence.words[max(0, number.first - 2) : number.first]]
    return before in (["all", "but"], ["everyone", "but"], ["everybody", "but"])


def is_of_the_sick(sentence: Sentence, noun: int) -> bool:
    """Whether "cases" are people who fell ill: a disease is named, or deaths are counted beside."""
    known = lists().words
    if not is_one_of(sentence, noun, known["cases"]):
        return False
    of = [c for c in children(sentence, noun, "nmod") if has_of(sentence, c)]
    if of:
        return any(is_one_of(sentence, w, known["diseases"]) for c in of for w in (c, *children(sentence, c, "compound", "amod")))
    beside = [*children(sentence, noun, "conj"), *([sentence.heads[noun]] if sentence.relations[noun] == "conj" else [])]
    if any(measure_of(sentence, w, lists().nouns) == "killed" for w in beside):
        return True
    return any(is_one_of(sentence, w, known["diseases"]) for w in range(len(sentence)))


def find_told_before(sentence: Sentence, number: Number, phrase: Phrase) -> list[Count]:
    """A number that says its measure only with what was told before: "Six were women", "the list has nine names"."""
    if phrase.noun is None and number.low:
        head, role, _ = climb(sentence, phrase.top)
        if role == "subj" and head >= phrase.behind and children(sentence, head, "cop") and is_person(sentence, head):
            return [Count(None, number, phrase.first, head + 1, head, head, None, True, False)]
    if phrase.noun is not None and _lists_names(sentence, phrase) == "them":
        return [Count(None, number, phrase.first, phrase.behind, None, phrase.noun, None, False, False)]
    before = number.first - 1
    if phrase.noun is not None or before < 2 or sentence.words[before].lower() not in ("to", "at"):
        return []
    near = range(max(0, before - 6), before)
    revised = [w for w in near if is_one_of(sentence, w, lists().words["revising"]) and sentence.universal[w] == "VERB"]
    if revised and any(is_one_of(sentence, w, lists().words["counts"]) for w in range(revised[-1], before)):
        return [Count(None, number, number.first, number.behind, None, revised[-1], None, False, False)]
    return []


def _lists_names(sentence: Sentence, phrase: Phrase) -> Measure | Literal["them"] | None:
    """Whose names a list has: "the list of the dead has nine names"; "them" where it does not say so."""
    noun = phrase.noun
    if noun is None or not is_one_of(sentence, noun, ("name",)):
        return None
    known = [w for w in range(phrase.first) if is_one_of(sentence, w, ("list",)) and sentence.universal[w] == "NOUN"]
    if not known or children(sentence, known[-1], "compound", "amod"):
        return None
    of = children(sentence, known[-1], "nmod")
    return next((m for c in of if (m := _named(sentence, c)) is not None), None) if of else "them"


def is_at_place(sentence: Sentence, number: Number, phrase: Phrase) -> bool:
    """Whether a part is told of by where it is: "of which 41 in Kadra"."""
    of_which = [w.lower() for w in sentence.words[max(0, number.first - 2) : number.first]]
    where = [c for c in children(sentence, phrase.top, "nmod", "obl") if sentence.entities[c].endswith("LOC")]
    return of_which in (["of", "which"], ["of", "whom"]) and bool(where)


def find_moved_or_sought(sentence: Sentence, head: int, role: str, bearer: int) -> tuple[Measure, int] | None:
    """What a verb says of people who were brought to where they are safe, or whom rescuers look for."""
    known = lists().words
    if head < 0 or sentence.universal[head] != "VERB":
        return None
    passive = bool(children(sentence, head, "aux:pass", "nsubj:pass"))
    if is_one_of(sentence, head, known["moving_people"]) and (role == "obj" or (role == "subj" and passive)):
        to = [c for c in children(sentence, head, "obl") if any(has_case(sentence, c, case) for case in ("to", "into", "in"))]
        if any(is_one_of(sentence, c, known["refuges"]) for c in to):
            return "evacuated", head
    if role == "obj" and is_one_of(sentence, head, known["moving_people"]):
        carried = any(is_one_of(sentence, s, known["carriers"]) for s in subjects(sentence, head))
        return ("evacuated", head) if carried and is_one_of(sentence, bearer, known["carried"]) else None
    if role == "obl" and is_one_of(sentence, head, ("search", "look")) and has_case(sentence, bearer, "for"):
        who = [w for s in subjects(sentence, head) for w in (s, *children(sentence, s, "compound", "amod"))]
        return ("missing", head) if any(is_one_of(sentence, w, known["searchers"]) for w in who) else None
    return None


def find_ordinals(sentence: Sentence) -> list[Count]:
    """Counts by an ordinal: "the ninth death of the outbreak"; the first is none, as it may be the first of anything."""
    known = lists()
    found = []
    for noun, tag in enumerate(sentence.fine):
        if (
            tag != "NN"
            or base(sentence.relations[noun]) in ("compound", "flat", "appos")
            or not is_one_of(sentence, noun, known.words["by_ordinal"])
        ):
            continue
        for child in children(sentence, noun, "amod"):
            many = _ordinal(sentence.words[child].lower())
            measure = measure_of(sentence, noun, known.nouns)
            real, certainty = reality(sentence, noun)
            if many > 1 and measure is not None and real:
                number = Number(child, child + 1, (child, child + 1), many, many, "exact")
                found.append(Count(measure, number, child, noun + 1, noun, noun, certainty, False, True))
    return found


def _ordinal(word: str) -> int:
    """The number of an ordinal, 0 for another word."""
    match = _ORDINAL.fullmatch(word)
    return int(match[1]) if match else int(time_table()["ordinals"].get(word, 0))
