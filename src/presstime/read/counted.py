"""A sentence → what is counted in it: a measure, the number or the single victim, and the words that say so.

In comes a parsed sentence; out go `Count`s over word indexes, in order. A count is read from the tree, from what
the number stands with: a noun ("five deaths"), a state ("80 wounded", "left 12 dead"), a verb in either voice
("killed five", "six were killed"), a deed ("the killing of five miners") or a toll ("the toll rose to 23"). Where the
tree says nothing, words that stand side by side do. What is only meant, threatened or asked is no count.

Example: "Six miners were killed and 12 others injured." → killed 6 (words 0 to 4), injured 12 (words 5 to 8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from presstime.read.counting import Count, count_words, is_part
from presstime.read.earlier import find_compared, find_corrected, is_taken_back
from presstime.read.fiction import is_fiction
from presstime.read.figure_phrases import (
    find_moved_or_sought,
    find_ordinals,
    find_phrased,
    find_told_before,
    has_wounds,
    is_at_place,
    is_excepted,
    is_of_the_sick,
)
from presstime.read.figure_words import is_known_person, is_one_of, is_person, is_thing, lists, measure_of
from presstime.read.number_phrases import Phrase, climb, counting_numbers, has_case, has_of, number_phrase, stands_for_noun
from presstime.read.numbers import Number
from presstime.read.predicates import is_burned, is_downed, joined_verbs, merged, modifiers, reality, said_of
from presstime.read.together import with_wholes
from presstime.read.tolls import find_toll, is_none_left, toll_reality
from presstime.read.tree import Sentence, base, children
from presstime.read.unnumbered import find_unnumbered
from presstime.read.victims import find_victims, find_wrecks
from presstime.records import Measure

__all__ = ["Count", "find_counts"]

FALLBACK_REACH = 4
"""Words between a number and a predicate that the tree did not join."""
_TAKEN = ("claim", "cost", "lose", "take")


def _by_tree(sentence: Sentence, phrase: Phrase, number: Number) -> list[tuple[Measure, int]]:
    """The measures the tree gives a phrase, each with the predicate (or the noun) that says it."""
    known = lists()
    noun, top = phrase.noun, phrase.top
    lexical = measure_of(sentence, noun, known.nouns) if noun is not None else None
    head, role, bearer = climb(sentence, top)
    if lexical is not None and lexical != "population":
        if noun is not None and is_one_of(sentence, noun, ("life",)):
            taken = head >= 0 and (is_one_of(sentence, head, _TAKEN) or (is_one_of(sentence, head, ("loss",)) and has_of(sentence, bearer)))
            return [("killed", head)] if taken else []
        freed = [w for w in (head, *(children(sentence, noun, "acl") if noun is not None else [])) if w >= 0]
        if lexical == "detained" and any(is_one_of(sentence, w, known.words["freed"]) for w in freed):
            return []
        if lexical not in ("displaced", "detained", "affected") or head < 0 or said_of(sentence, head, role) is None:
            return [(lexical, noun if noun is not None else top)]
    if noun is not None and is_of_the_sick(sentence, noun):
        return [("affected", noun)]
    if number.low == 0 and noun is not None and is_one_of(sentence, noun, known.words["word_of"]):
        told = [c for c in children(sentence, noun, "nmod") if has_of(sentence, c)]
        return [(m, c) for c in told if (m := measure_of(sentence, c, known.nouns)) is not None and m != "population"]
    if head >= 0 and has_of(sentence, bearer) and is_one_of(sentence, head, ("life",)):  # "claimed the lives of 60 people"
        over = sentence.heads[head]
        return [("killed", over)] if over >= 0 and is_one_of(sentence, over, _TAKEN) else []
    deed: Measure | None = None
    if head >= 0 and role in ("nmod", "obl") and has_of(sentence, bearer):
        deed = measure_of(sentence, head, known.deeds)
        if deed is None and is_one_of(sentence, head, ("body", "corpse", "remains")):
            deed = "killed"
    if head >= 0 and role == "nmod" and is_one_of(sentence, head, ("injury", "wound")) and has_case(sentence, bearer, "to"):
        deed = "injured"  # "caused injuries to 15 people"
    done = [(deed, head)] if deed is not None else []
    for word in dict.fromkeys(w for w in (noun, top) if w is not None):
        measure, said_by = modifiers(sentence, word)
        if measure == "detained" and head >= 0 and is_one_of(sentence, head, known.words["freed"]):
            return []
        if measure is not None and said_by is not None:
            return merged([(measure, said_by), *done], sentence) if measure != deed else [(measure, said_by)]
    if head >= 0 and role in ("subj", "obj"):
        found: list[tuple[Measure, int]] = []
        for verb in joined_verbs(sentence, head):
            measure = said_of(sentence, verb, role)
            if measure is not None:
                found.append((measure, verb))
        if not found and role == "obj" and base(sentence.relations[head]) == "conj":
            up = sentence.heads[head]
            if up >= 0 and measure_of(sentence, head, known.done_to) is None and sentence.universal[head] != "VERB":
                measure = said_of(sentence, up, role)
                found = [(measure, up)] if measure is not None else []
        if found:
            return merged(found, sentence)
    if done:
        return done
    moved = find_moved_or_sought(sentence, head, role, bearer)
    if moved is not None:
        return [moved]
    if noun is not None and has_wounds(sentence, noun):
        return [("injured", noun)]
    home = [w.lower() for w in sentence.words[max(0, number.first - 2) : number.first]] == ["home", "to"]
    if home and noun is not None and is_known_person(sentence, noun):
        return [("population", noun)]
    if head >= 0 and has_of(sentence, bearer) and is_one_of(sentence, head, known.words["settlements"]):
        return [("population", head)] if noun is None or is_person(sentence, noun) else []
    return [("population", noun)] if lexical == "population" and noun is not None else []


def _verb_before(sentence: Sentence, number: Number, phrase: Phrase) -> list[tuple[Measure, int]]:
    """A verb directly before the number ("killed five"), whatever stands behind; not where the noun itself is what is counted."""
    verb = number.first - 1
    if verb < 0 or sentence.universal[verb] != "VERB" or children(sentence, verb, "aux:pass", "nsubj:pass"):
        return []
    known = lists()
    measure = measure_of(sentence, verb, known.done_to)
    lexical = measure_of(sentence, phrase.noun, known.nouns) if phrase.noun is not None else None
    if measure is None or lexical not in (None, "population", measure):
        return []
    others = [
        (m, v)
        for v in (sentence.heads[verb], *children(sentence, verb, "conj"))
        if v >= 0 and abs(v - verb) == 2 and (m := measure_of(sentence, v, known.done_to)) is not None and sentence.universal[v] == "VERB"
    ]
    return merged([(measure, verb), *others], sentence)


def _state_behind(sentence: Sentence, phrase: Phrase) -> list[tuple[Measure, int]]:
    """A participle or a state directly behind ("17 people killed, 60 injured"), unless it is a verb with an object."""
    word = phrase.behind
    if word >= len(sentence):
        return []
    participle = sentence.fine[word] in ("VBN", "JJ") or (sentence.fine[word] == "VBD" and sentence.relations[word] == "acl")
    if not participle or children(sentence, word, "obj", "aux", "aux:pass"):
        return []
    follows = sentence.universal[word + 1] if word + 1 < len(sentence) else "PUNCT"
    measure = measure_of(sentence, word, lists().states) or measure_of(sentence, word, lists().done_to)
    return [(measure, word)] if measure is not None and follows in ("PUNCT", "CCONJ", "ADP", "SCONJ", "ADV") else []


def _state_of_whole(sentence: Sentence, phrase: Phrase) -> list[tuple[Measure, int]]:
    """The state that names the whole of a part: "nine of the 25 detained are journalists"; not where the part was freed."""
    known = lists()
    if not phrase.of_them or phrase.noun is None or not stands_for_noun(sentence, phrase.noun):
        return []
    measure = measure_of(sentence, phrase.noun, known.states) or measure_of(sentence, phrase.noun, known.done_to)
    head = climb(sentence, phrase.top)[0]
    freed = measure == "detained" and head >= 0 and is_one_of(sentence, head, known.words["freed"])
    return [(measure, phrase.noun)] if measure is not None and not freed else []


def _own_verb(sentence: Sentence, phrase: Phrase) -> list[tuple[Measure, int]]:
    """The verb behind ("17 died and 52 were injured") of a number that the tree joined to what stands before another verb."""
    head = sentence.heads[phrase.top]
    if base(sentence.relations[phrase.top]) not in ("conj", "nsubj") or not 0 <= head < phrase.first:
        return []
    if not any(sentence.universal[w] == "VERB" for w in range(head, phrase.first)):
        return []
    word = phrase.behind
    while word < len(sentence) and sentence.universal[word] in ("AUX", "ADV"):
        word += 1
    if word == phrase.behind or word == len(sentence) or sentence.universal[word] != "VERB":
        return []
    told = ((said_of(sentence, verb, "subj"), verb) for verb in joined_verbs(sentence, word))
    return merged([(measure, verb) for measure, verb in told if measure is not None], sentence)


def _side_by_side(sentence: Sentence, phrase: Phrase, number: Number) -> tuple[Measure, int] | None:
    """Where the tree joins nothing: a number, at most a few words, and a participle or a state behind; or a verb before."""
    known = lists()
    for word in range(phrase.behind, min(len(sentence), phrase.behind + FALLBACK_REACH)):
        low = sentence.words[word].lower()
        measure = measure_of(sentence, word, known.states)
        if measure is None and low.endswith(("ed", "en", "ung")):
            measure = measure_of(sentence, word, known.done_to)
        if measure is None:
            measure = measure_of(sentence, word, known.done_by) if low.endswith(("ed", "ished")) or low in ("died", "fled") else None
        if measure is not None:
            if children(sentence, word, "obj") and not children(sentence, word, "aux:pass", "nsubj:pass"):
                return None  # "two bombings have wounded six"
            follows = sentence.words[word + 1].lower() if word + 1 < len(sentence) else ""
            if follows in ("the", "a", "an", "at", "some") and low.endswith("ed") and measure in ("killed", "injured") and low != "died":
                between = [sentence.words[w].lower() for w in range(phrase.behind, word)]
                if not any(w in ("was", "were", "been", "being", "be") for w in between):
                    return None
            return measure, word
        if not (sentence.universal[word] in ("AUX", "ADV", "NOUN", "ADJ", "PROPN", "PART") or low in ("others", "other", "people")):
            return None
    before = number.first - 1
    if before >= 0:
        measure = measure_of(sentence, before, known.done_to)
        if measure is not None and sentence.fine[before].startswith(("VB", "NNP", "NN")):
            return measure, before
    return None


def find_counts(sentence: Sentence, taken: Sequence[tuple[int, int]] = ()) -> tuple[Count, ...]:
    """Every count in a sentence, in order. `taken` are spans of the text (times) whose numbers count nothing."""
    found: list[Count] = []
    for number in counting_numbers(sentence, taken):
        if _is_of_none(sentence, number) or is_excepted(sentence, number):
            continue
        told = _of_number(sentence, number)
        told += _of_none_either(sentence, told)
        found.extend(told or _gapped(sentence, number, found) or find_compared(sentence, number, found))
    unnumbered = [*find_unnumbered(sentence), *find_ordinals(sentence)]
    found = [*(c for c in found if all(c.first != u.first for u in unnumbered)), *unnumbered]
    found.extend([*find_victims(sentence, found), *find_wrecks(sentence, found)])
    return tuple(sorted(with_wholes(sentence, found), key=lambda c: (c.first, c.behind)))


def _of_none_either(sentence: Sentence, told: Sequence[Count]) -> list[Count]:
    """What else there was none of: "no injuries or deaths were reported"."""
    known = lists()
    found = []
    for count in told:
        if count.number is None or count.number.low != 0 or count.number.high != 0 or count.noun is None or count.noun != count.clause:
            continue
        for noun in children(sentence, count.noun, "conj"):
            measure = measure_of(sentence, noun, known.nouns)
            either = any(sentence.words[c].lower() in ("or", "nor", "and") for c in children(sentence, noun, "cc"))
            if either and measure not in (None, "population", count.measure) and not children(sentence, noun, "nummod", "det"):
                found.append(replace(count, measure=measure, behind=noun + 1, noun=noun, clause=noun))
    return found


def _is_of_none(sentence: Sentence, number: Number) -> bool:
    """Whether a number is the whole of which nobody, or a share, is told of: "none of the 340 passengers was hurt"."""
    phrase = number_phrase(sentence, number)
    head = sentence.heads[phrase.top]
    if head < 0 or not has_of(sentence, phrase.top):
        return False
    if sentence.words[head].lower() in ("none", "neither"):
        return True
    known = lists()
    noun = phrase.noun
    if noun is None or not is_one_of(sentence, head, known.words["shares"]):
        return False
    return measure_of(sentence, noun, known.nouns) in (None, "population") and modifiers(sentence, noun)[0] is None


def _gapped(sentence: Sentence, number: Number, found: Sequence[Count]) -> list[Count]:
    """A number whose verb stands only once, before: "two died in Lyon and three in Marseille"."""
    phrase = number_phrase(sentence, number)
    word, behind = number.core[0], number.behind
    before = sentence.words[number.first - 1].lower() if number.first else ""
    if (
        phrase.noun is not None
        or before not in ("and", ",", ";")
        or base(sentence.relations[word]) not in ("conj", "appos", "dep", "orphan")
    ):
        return []
    if behind + 1 >= len(sentence) or sentence.words[behind].lower() not in ("in", "at", "near", "outside", "around"):
        return []
    last = found[-1] if found else None
    if last is None or last.number is None or last.behind > number.first:
        return []
    if last.part:  # "64 deaths, of which 41 in Kadra and 23 in Oremi"
        listed = last.measure is None and last.noun is None and sentence.heads[word] == last.number.core[0]
        return [replace(last, number=number, first=number.first, behind=behind)] if listed else []
    if sentence.universal[last.clause] != "VERB" and last.clause != last.noun:  # "9 deaths in Kadra, 3 in Oremi"
        return []
    if not sentence.entities[behind + 1].endswith("LOC"):
        return []
    return [replace(last, number=number, first=number.first, behind=behind, by_tree=False)]


def _is_whole_of(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a number is the whole of which a number is told: the two of "one of the two men died"."""
    head = sentence.heads[phrase.top]
    return head >= 0 and has_of(sentence, phrase.top) and head < phrase.first and sentence.universal[head] == "NUM"


def _of_part(sentence: Sentence, phrase: Phrase) -> list[tuple[Measure, int]]:
    """What befell a part of those whom another thing befell: "three of the 17 wounded died"."""
    if not phrase.of_them or phrase.noun is None:
        return []
    known = lists()
    whole = measure_of(sentence, phrase.noun, known.states) or measure_of(sentence, phrase.noun, known.done_to)
    whole = whole or modifiers(sentence, phrase.noun)[0]
    head, role, _ = climb(sentence, phrase.top)
    if whole is None or head < 0 or role != "subj" or sentence.universal[head] != "VERB":
        return []
    told = said_of(sentence, head, role)
    return [(told, head)] if told is not None and told != whole else []


def _of_number(sentence: Sentence, number: Number) -> list[Count]:
    phrase = number_phrase(sentence, number)
    of_others = _of_part(sentence, phrase)
    part = not of_others and (phrase.of_them or is_part(sentence, phrase))
    phrased = find_phrased(sentence, number, phrase) if not part else None
    measures = (
        of_others
        or ([phrased] if phrased is not None else [])
        or _verb_before(sentence, number, phrase)
        or _state_behind(sentence, phrase)
        or _own_verb(sentence, phrase)
    )
    measures = measures or _by_tree(sentence, phrase, number) or _state_of_whole(sentence, phrase)
    by_tree = bool(measures)
    if not measures and not (number.low == 1 and sentence.words[number.core[0]].lower() == "one" and phrase.noun is None and not part):
        other = None if _is_whole_of(sentence, phrase) else _side_by_side(sentence, phrase, number) or find_toll(sentence, number)
        measures = [other] if other is not None else []
    if not measures:
        head = climb(sentence, phrase.top)[0]
        if part and head >= 0 and is_one_of(sentence, head, lists().words["freed"]):
            return []  # "five of the seven hostages were freed"
        if part and (phrase.of_them or phrase.noun is not None or _named(sentence, phrase) is not None):
            group = is_person(sentence, phrase.noun) if phrase.noun is not None else True
            return [_part_count(sentence, number, phrase)] if group and not _of_things(sentence, phrase) else []
        if part and is_at_place(sentence, number, phrase):
            return [_part_count(sentence, number, phrase)]
        return find_told_before(sentence, number, phrase) or find_corrected(sentence, number, phrase)
    counts = []
    for told, said_by in measures:
        measure: Measure = "destroyed" if phrase.noun is not None and is_downed(sentence, phrase.noun, said_by) else told
        if measure == "destroyed" and phrase.noun is not None and is_burned(sentence, phrase.noun, said_by):
            measure = "injured"
        if number.low == 0 and measure == "injured" and _is_graded(sentence, said_by):
            continue  # "none was seriously hurt" does not say that none was hurt
        if not _fits(sentence, measure, phrase, said_by, number) or (number.low == 0 and is_none_left(sentence, said_by)):
            continue
        if is_fiction(sentence, said_by) or is_taken_back(sentence, number, phrase, measure):
            continue
        real, certainty = reality(sentence, said_by)
        if phrased is not None or is_one_of(sentence, said_by, lists().words["tolls"] | lists().words["counts"]):
            real, certainty = toll_reality(sentence, said_by, phrase)
        if not real and number.low != 0 and measure != "population":
            continue
        first, behind = count_words(sentence, phrase, said_by)
        named = _named(sentence, phrase) if part else None
        counts.append(Count(measure, number, first, behind, phrase.noun if named is None else named, said_by, certainty, part, by_tree))
    return counts


def _of_things(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether "one of which" is one of several things: "sells lamps, one of which many enjoy"."""
    which = [w for w in range(phrase.first, min(len(sentence), phrase.behind + 1)) if sentence.words[w].lower() == "which"]
    if not which:
        return False
    above = which[0]
    while sentence.heads[above] >= 0 and sentence.relations[above] not in ("acl:relcl", "appos"):
        above = sentence.heads[above]
    noun = sentence.heads[above]
    return noun >= 0 and sentence.universal[noun] in ("NOUN", "PROPN") and not is_person(sentence, noun)


def _is_graded(sentence: Sentence, word: int) -> bool:
    """Whether it is said how badly: "seriously hurt"."""
    return any(is_one_of(sentence, c, lists().words["gravity"]) for c in children(sentence, word, "advmod"))


def _named(sentence: Sentence, phrase: Phrase) -> int | None:
    """Who a part are: the noun in "15 of the wounded are civilians", "15 of them civilians"."""
    head, role, _ = climb(sentence, phrase.top)
    if role == "subj" and head >= phrase.behind and children(sentence, head, "cop") and is_person(sentence, head):
        return head
    at = phrase.behind
    at += at < len(sentence) and sentence.words[at].lower() in ("are", "were", "is", "was", "being")
    while at < min(len(sentence), phrase.behind + FALLBACK_REACH):
        if sentence.universal[at] in ("NOUN", "PROPN"):
            return at if is_person(sentence, at) else None
        if sentence.universal[at] not in ("DET", "ADJ", "PROPN"):
            return None
        at += 1
    return None


def _part_count(sentence: Sentence, number: Number, phrase: Phrase) -> Count:
    named = _named(sentence, phrase)
    noun = phrase.noun if named is None else named
    behind = phrase.behind if named is None else max(phrase.behind, named + 1)
    return Count(None, number, phrase.first, behind, noun, phrase.top, None, True, True)


def _fits(sentence: Sentence, measure: Measure, phrase: Phrase, said_by: int, number: Number) -> bool:
    noun = phrase.noun
    if noun is not None and is_one_of(sentence, noun, lists().words["not_counted"]):
        return False
    if measure == "destroyed":
        return noun is not None and not is_known_person(sentence, noun) and number.low != 0
    if noun is None:
        return True
    if number.low == 0 and measure_of(sentence, said_by, lists().nouns) is not None:
        return True  # "no reports of casualties"
    if is_of_the_sick(sentence, noun):
        return True
    if is_thing(sentence, noun):
        return False
    if measure in ("detained", "affected", "displaced", "evacuated", "missing") and said_by != noun:
        return is_person(sentence, noun) or (sentence.entities[noun] != "B-LOC" and sentence.universal[noun] in ("PROPN", "ADJ", "NUM"))
    return True
