"""A sentence → the counts told without a numeral of their own: the dead by name, and of whom none survived.

In comes a sentence; out go `Count`s whose number is that of the names given ("named the dead as A and B"), of those
whom "neither" parts (two), or of the whole of which none is left ("none of the six survived"). "Nobody survived" and
"there were no survivors" have no number, and so no count.

Example: "Police named the dead as Ana Tarr and Ben Voss." → killed 2 (the names).
"""

from __future__ import annotations

from presstime.read.counting import Count
from presstime.read.figure_words import is_known_person, is_one_of, lists, measure_of
from presstime.read.numbers import Number, find_numbers
from presstime.read.predicates import reality
from presstime.read.tree import Sentence, base, children, entity_spans, subtree
from presstime.records import Measure

__all__ = ["find_unnumbered", "only_titles"]

MOST_TITLE_WORDS = 2
"""Words of a rank or an office before a name in a list of names ("First Sergeant Ben Voss")."""
_NAMED_AS = frozenset({"killed", "injured", "missing", "detained"})


def find_unnumbered(sentence: Sentence) -> list[Count]:
    """The counts of a sentence that no numeral gives."""
    found = []
    for word in range(len(sentence)):
        low = sentence.words[word].lower()
        if low in ("neither", "none"):
            count = _without_survivors(sentence, word)
        elif low == "as":
            count = _named(sentence, word)
        else:
            continue
        if count is not None:
            found.append(count)
    return found


def only_titles(sentence: Sentence, first: int, behind: int) -> bool:
    """Whether only marks, ages, "and" and a title or two stand between two names, a comma or "and" among them."""
    between = range(first, behind)
    titles = [w for w in between if sentence.universal[w] in ("NOUN", "PROPN", "ADJ")]
    parts = [w for w in between if sentence.words[w] in (",", ";") or sentence.universal[w] == "CCONJ"]
    rest = [w for w in between if w not in titles and sentence.universal[w] not in ("PUNCT", "NUM", "CCONJ")]
    return bool(parts) and len(titles) <= MOST_TITLE_WORDS and not rest


def _without_survivors(sentence: Sentence, word: int) -> Count | None:
    """ "Neither of the two miners survived", "neither soldier survived", "none of the six people aboard survived"."""
    known = lists().words
    verb = sentence.heads[word]
    whole: int | None = None
    if base(sentence.relations[word]) == "det":
        whole, verb = verb, sentence.heads[verb]
        if base(sentence.relations[whole]) != "nsubj" or not is_known_person(sentence, whole):
            return None
    elif base(sentence.relations[word]) == "nsubj":
        whole = next(iter(children(sentence, word, "nmod")), None)
    else:
        return None
    if verb < 0 or not is_one_of(sentence, verb, known["surviving"]) or not reality(sentence, verb)[0]:
        return None
    within = subtree(sentence, whole) if whole is not None else []
    numbers = [n for n in find_numbers(sentence.words) if n.core[0] in within and sentence.heads[n.core[1] - 1] == whole]
    many = 2 if sentence.words[word].lower() == "neither" else numbers[0].low if len(numbers) == 1 else None
    if not many or (numbers and numbers[0].qualifier != "exact"):
        return None
    number = Number(word, word + 1, (word, word + 1), many, many, "exact")
    return Count("killed", number, word, verb + 1, whole, verb, None, False, True)


def _named(sentence: Sentence, at: int) -> Count | None:
    """The names behind "named the dead as", "the wounded were identified as"; `at` is the "as"."""
    known = lists()
    oblique = sentence.heads[at]
    verb = sentence.heads[oblique] if oblique >= 0 else -1
    if verb < 0 or sentence.relations[at] != "case" or not is_one_of(sentence, verb, known.words["naming"]):
        return None
    for told in children(sentence, verb, "obj", "xcomp", "nsubj:pass"):
        measure: Measure | None = measure_of(sentence, told, known.states)
        plain = not is_known_person(sentence, told) and [sentence.words[c].lower() for c in sentence.below[told]] == ["the"]
        if told > at or measure not in _NAMED_AS or not plain:
            continue
        names = _list_of_names(sentence, at + 1)
        if names and reality(sentence, verb)[0]:
            first, behind, many = names
            number = Number(first, behind, (first, behind), many, many, "exact")
            return Count(measure, number, first, behind, None, verb, None, False, True, whole=True)
    return None


def _list_of_names(sentence: Sentence, start: int) -> tuple[int, int, int] | None:
    """The list of names that begins at a word: its first word, where it ends, and how many they are."""
    first = behind = many = 0
    for begin, end, kind in entity_spans(sentence):
        if kind != "PERSON" or begin < start:
            continue
        if not many:
            if begin - start > MOST_TITLE_WORDS:
                return None
            first = start
        elif not only_titles(sentence, behind, begin):
            break
        behind, many = end, many + 1
    return (first, behind, many) if many else None
