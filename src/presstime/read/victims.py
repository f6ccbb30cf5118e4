"""A sentence → its single victims: one person named by a noun, a name or a pronoun; and single things destroyed.

In come a sentence and the counts with a number that were found in it; out go `Count`s without a number, each of one
person. What is only meant, threatened or asked is no count.

Example: "A soldier was killed near Oremi." → killed, words 0 to 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from presstime.read.counting import Count, count_words, is_part
from presstime.read.fiction import is_fiction
from presstime.read.figure_words import is_known_person, is_one_of, is_person, lists, measure_of
from presstime.read.lemmas import lemma
from presstime.read.lexicon import nouns
from presstime.read.number_phrases import Phrase, climb, has_of
from presstime.read.numbers import Number
from presstime.read.predicates import is_downed, joined_verbs, merged, modifiers, reality, said_of
from presstime.read.tree import Sentence, base, children, subtree
from presstime.records import Measure

__all__ = ["find_victims", "find_wrecks", "stands_for_one"]

_NOT_OF_ONE = frozenset({"displaced", "evacuated", "affected", "destroyed", "population"})
_ONE = frozenset({"a", "an", "another"})
_PRONOUNS = frozenset({"he", "she", "him", "himself", "herself"})
_OF_NO_ONE = frozenset({"neither", "either", "every", "each", "any", "no", "what", "which"})
_PLAIN = ("det", "amod", "compound", "flat", "nummod", "nmod:desc")
_DETERMINED = ("det", "nmod:poss", "nmod", "compound", "flat", "appos")


def find_victims(sentence: Sentence, numbered: Sequence[Count]) -> list[Count]:
    """One victim each, named by a singular noun or a person's name: "a soldier was killed", "kidnapped the mayor"."""
    covered = {w for c in numbered for w in range(c.first, c.behind)} | {c.noun for c in numbered if c.noun is not None}
    found = []
    for word, tag in enumerate(sentence.fine):
        if _is_one_aged(sentence, word):
            begin = word - 4 - (sentence.universal[word - 5] == "DET")
            for m, v in _measures(sentence, word):
                if m not in _NOT_OF_ONE and reality(sentence, v)[0]:
                    spoken = count_words(sentence, Phrase(word, word, begin, word + 1, False), v)
                    found.append(Count(m, None, *spoken, word, v, None, False, True))
            continue
        another = _is_another(sentence, word)
        if tag == "JJ" and _is_used_as_noun(sentence, word):
            tag = "NN"
        if (tag not in ("NN", "NNP", "PRP") and not another) or word in covered or not (another or _is_single(sentence, word)):
            continue
        if _is_named_part(sentence, word):
            begin = min(c for c in (word, *children(sentence, word, "det", "compound", "amod")))
            found.append(Count(None, None, begin, word + 1, word, word, None, True, True))
            continue
        for measure, said_by in merged(_measures(sentence, word), sentence):
            if measure in _NOT_OF_ONE:
                continue
            if measure == "injured" and not is_one_of(sentence, said_by, _hurting()):
                continue
            real, certainty = reality(sentence, said_by)
            if not real or is_fiction(sentence, said_by):
                continue
            before = [w for w in subtree(sentence, word) if w <= word]
            left = [
                w for w in before if base(sentence.relations[w]) in _PLAIN or sentence.relations[w] in _PLAIN or sentence.fine[w] == "PRP$"
            ]
            start = min([word, *(w for w in left if w > word - 8)])
            name = _name(sentence, word)
            phrase = Phrase(word, word, start, max([word, *name]) + 1, False)
            first, behind = count_words(sentence, phrase, said_by)
            two = Number(word, word + 1, (word, word + 1), 2, 2, "exact") if sentence.lemmas[word] == "couple" else None
            found.append(Count(measure, two, first, behind, word, said_by, certainty, is_part(sentence, phrase), True))
    return found


@cache
def _hurting() -> frozenset[str]:
    """The words that say outright that somebody is hurt; "taken to hospital" does not say it of one person."""
    known = lists()
    return frozenset({*known.done_to, *known.states, *known.words["suffering"], *known.words["striking"]})


def _is_one_aged(sentence: Sentence, word: int) -> bool:
    """Whether a word ends "34-year-old" where that stands for a person: "The 34-year-old was killed"."""
    if sentence.words[word].lower() != "old" or word < 5 or [w.lower() for w in sentence.words[word - 3 : word]] != ["-", "year", "-"]:
        return False
    head = sentence.heads[word]
    if sentence.relations[word] == "conj" and sentence.words[head].lower() == "old":  # "a 19-year-old and a 20-year-old"
        return _is_one_aged(sentence, head)
    return base(sentence.relations[word]) in ("nsubj", "obj")


def _is_another(sentence: Sentence, word: int) -> bool:
    """Whether a word stands for one person more: "wounded another", "the other died"."""
    low = sentence.words[word].lower()
    if base(sentence.relations[word]) not in ("nsubj", "obj") or low not in ("another", "other"):
        return False
    below = [sentence.words[c].lower() for c in sentence.below[word]]
    return not below if low == "another" else below == ["the"]


def _is_used_as_noun(sentence: Sentence, word: int) -> bool:
    """Whether what is tagged an adjective names somebody: "killed the militant"."""
    role = base(sentence.relations[word])
    return role in ("nsubj", "obj") and is_known_person(sentence, word) and bool(children(sentence, word, "det", "nmod:poss"))


def _is_named_part(sentence: Sentence, word: int) -> bool:
    """Whether a noun is one of those counted before: "five militants, including a commander"."""
    including = any(sentence.words[c].lower() == "including" for c in children(sentence, word, "case"))
    return including and sentence.fine[word] == "NN" and any(sentence.words[c].lower() in _ONE for c in children(sentence, word, "det"))


def find_wrecks(sentence: Sentence, numbered: Sequence[Count]) -> list[Count]:
    """One thing each that was destroyed: "destroyed a school", "another bridge was demolished"."""
    covered = {w for c in numbered for w in range(c.first, c.behind)} | {c.noun for c in numbered if c.noun is not None}
    found = []
    for word, tag in enumerate(sentence.fine):
        if tag != "NN" or word in covered or base(sentence.relations[word]) == "compound":
            continue
        one = [c for c in children(sentence, word, "det") if sentence.words[c].lower() in _ONE]
        if not one or is_known_person(sentence, word) or is_one_of(sentence, word, lists().words["no_wreck"]):
            continue
        head, role, _ = climb(sentence, word)
        if head < 0 or role not in ("subj", "obj") or sentence.universal[head] != "VERB":
            continue
        for verb in joined_verbs(sentence, head):
            real, certainty = reality(sentence, verb)
            if real and (said_of(sentence, verb, role) == "destroyed" or is_downed(sentence, word, verb)):
                first, behind = count_words(sentence, Phrase(word, word, one[0], word + 1, False), verb)
                found.append(Count("destroyed", None, first, behind, word, verb, certainty, False, True))
                break
    return found


def _name(sentence: Sentence, word: int) -> list[int]:
    """The words of a name that follow its first one, or a title's ("the commander Oran Vell")."""
    name = [c for c in children(sentence, word, "flat") if c > word]
    title = [c for c in children(sentence, word, "appos") if c == word + 1 and sentence.universal[c] == "PROPN"]
    return [*name, *title, *(c for t in title for c in children(sentence, t, "flat"))]


def _measures(sentence: Sentence, word: int) -> list[tuple[Measure, int]]:
    head, role, bearer = climb(sentence, word)
    told: list[tuple[Measure, int]] = []
    if head >= 0 and role in ("subj", "obj"):
        for verb in joined_verbs(sentence, head):
            measure = said_of(sentence, verb, role)
            if measure is not None:
                told.append((measure, verb))
    if not told:
        own, said_by = modifiers(sentence, word)
        if own is not None and said_by is not None and sentence.relations[said_by].startswith("acl"):
            told = [(own, said_by)]
    if not told and head >= 0 and role == "nmod" and has_of(sentence, bearer) and is_one_of(sentence, head, ("body", "corpse")):
        return [("killed", head)]
    if not told and head >= 0 and role == "nmod" and _whose(sentence, bearer, head):
        deed = measure_of(sentence, head, lists().deeds)
        told = [(deed, head)] if deed is not None else []
    return told


def _whose(sentence: Sentence, bearer: int, head: int) -> bool:
    """Whether a phrase says whose a deed's victim is: "the murder of Ana Tarr", "of analyst Ana Tarr", "Tarr's murder"."""
    if has_of(sentence, bearer) or sentence.relations[bearer] == "nmod:poss":
        return True
    title = [c for c in children(sentence, head, "nmod") if 0 < bearer - c < 3]
    return any(has_of(sentence, c) for c in title)


def _is_title(sentence: Sentence, word: int) -> bool:
    """Whether a noun is a title before a name that the tree parts: "senator and candidate Luis Tarr"."""
    if word + 1 < len(sentence) and sentence.entities[word + 1] == "B-PERSON" and sentence.heads[word] == sentence.heads[word + 1]:
        return True
    if children(sentence, word, "det") or word + 2 >= len(sentence) or sentence.words[word + 1].lower() != "and":
        return False
    for w in range(word + 2, min(len(sentence), word + 6)):
        if sentence.entities[w] == "B-PERSON":
            return w > word + 2
        if sentence.universal[w] not in ("NOUN", "ADJ", "PROPN"):
            return False
    return False


def _is_single(sentence: Sentence, word: int) -> bool:
    known = lists().words
    tag = sentence.fine[word]
    if tag == "PRP":
        return sentence.words[word].lower() in _PRONOUNS
    if base(sentence.relations[word]) in ("compound", "flat", "amod", "det"):
        return False
    if any(sentence.words[c].lower() in _OF_NO_ONE for c in children(sentence, word, "det")):
        return False
    if not sentence.entities[word].endswith("PERSON") and _is_title(sentence, word):
        return False
    if sentence.lemmas[word] == "couple":  # "an elderly couple"
        return tag == "NN" and _determined(sentence, word) and not any(has_of(sentence, c) for c in sentence.below[word])
    if tag in ("NN", "JJ") and is_person(sentence, word) and not is_one_of(sentence, word, known["groups"]):
        if sentence.words[word].lower() in ("one", "someone", "anyone", "nobody", "somebody", "other"):
            return False
        return _determined(sentence, word) or _shares_determiner(sentence, word)
    if tag == "NNP" and sentence.entities[word].endswith("PERSON"):
        return not _is_called_the(sentence, word)
    if tag == "NNP" and lemma(sentence.words[word], "NNP") in known["people"]:
        return not _is_called_the(sentence, word)
    # a name the model does not know as one, done to by a verb: "killing Adar Voss"
    unnamed = tag == "NNP" and not sentence.entities[word].endswith("ORG") and not sentence.words[word].isupper()
    if not unnamed or base(sentence.relations[word]) != "obj" or children(sentence, word, "det"):
        return False
    return measure_of(sentence, sentence.heads[word], lists().done_to) in ("killed", "injured")


def _is_called_the(sentence: Sentence, word: int) -> bool:
    """Whether a name has an article, as ships and papers have and people have not: "the loss of the Grey Heron"."""
    first = word
    while first > 0 and sentence.fine[first - 1] in ("NNP", "NNPS"):
        first -= 1
    if first == 0 or sentence.words[first - 1].lower() != "the":
        return False
    inside = range(first, word + 1)
    if sentence.words[word].isupper() or any(sentence.words[w].lower() in nouns().titles for w in inside):
        return not any(is_known_person(sentence, w) for w in inside)  # "THE MINER", "the Northern Governor"
    return first < word or not is_known_person(sentence, word)


def stands_for_one(sentence: Sentence, before: Sentence | None, count: Count) -> bool:
    """Whether a victim told of by a pronoun is somebody the words count: "An insurgent ran at them. He was shot dead."

    So where a deed is told, not how somebody is or had been, and one person is named by a noun just before.
    """
    noun = count.noun
    if noun is None or count.number is not None or sentence.fine[noun] != "PRP":
        return True
    verb = count.clause
    if sentence.universal[verb] != "VERB" or any(sentence.lemmas[c] == "have" for c in children(sentence, verb, "aux")):
        return False
    near = [(sentence, w) for w in range(noun)] + [(before, w) for w in range(len(before) if before is not None else 0) if before]
    return any(
        s.fine[w] == "NN" and is_known_person(s, w) and not is_one_of(s, w, lists().words["groups"]) and _determined(s, w) for s, w in near
    )


def _shares_determiner(sentence: Sentence, word: int) -> bool:
    """ "His bodyguard and driver": the second noun has the first one's determiner."""
    head = sentence.heads[word]
    return sentence.relations[word] == "conj" and sentence.universal[head] == "NOUN" and _determined(sentence, head)


def _determined(sentence: Sentence, word: int) -> bool:
    return any(base(sentence.relations[c]) in _DETERMINED or sentence.relations[c] in _DETERMINED for c in sentence.below[word])
