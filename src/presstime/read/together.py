"""Counts of one sentence → the wholes of those that are told of together.

In come the counts of a sentence; out go the same counts and, for each predicate that several of them are arguments of
("a woman and two of her children were killed"), their whole, of which they are then parts. People who are only named
("Ana Tarr, 34, Ben Voss, 29, and Mira Tond were killed") have no count of their own beside the whole. Nothing is added
up that has no number, that is a part, or that is told of two times.

Example: "Two soldiers and three civilians were killed." → killed 5 (the whole), 2 soldiers and 3 civilians (its parts).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from presstime.read.counting import Count
from presstime.read.number_phrases import is_beside, is_list_item, listed_with
from presstime.read.numbers import Number
from presstime.read.tree import Sentence, base, children, entity_spans
from presstime.read.unnumbered import only_titles
from presstime.records import Qualifier

__all__ = ["with_wholes"]

_OF_PEOPLE = frozenset({"killed", "injured", "missing", "detained"})
_JOINERS = frozenset({"and", "along", "together", "alongside", "plus", "&", "well"})
_BOUNDED = frozenset({"exact", "about", "at-least", "more-than"})


def with_wholes(sentence: Sentence, counts: Sequence[Count]) -> list[Count]:
    """The counts with the whole of each that are told of together; parts of a whole are marked so."""
    told: dict[tuple[str | None, int], list[Count]] = {}
    for count in counts:
        if count.measure in _OF_PEOPLE and not count.part and count.by_tree:  # a toll that rose from 11 to 23 is no sum
            told.setdefault((count.measure, count.clause), []).append(count)
    found = list(counts)
    for alike in told.values():
        alike = sorted([*alike, *_further_names(sentence, alike)], key=lambda c: c.first)
        found += [c for c in alike if c not in found]
        given = _names_given(sentence, alike)
        for name in given:
            alike.remove(name)
            found.remove(name)
        if len(alike) < 2 or not all(_adds_up(c) for c in alike) or not _listed(sentence, alike):
            continue
        whole = _whole(sentence, alike)
        for part in alike:
            found.remove(part)
            if not _is_name(sentence, part):
                found.append(replace(part, part=True))
        found.append(whole)
    return found


def _further_names(sentence: Sentence, alike: Sequence[Count]) -> list[Count]:
    """The names of a list whose first one is counted and that the tree left out: "Ana Tarr, 34; Sergeant Ben Voss; Mira Tond"."""
    names = [(first, behind) for first, behind, kind in entity_spans(sentence) if kind == "PERSON"]
    if len(names) < 3:
        return []
    run: list[tuple[int, int]] = []
    source: Count | None = None
    found: list[Count] = []
    for first, behind in names:
        own = next((c for c in alike if c.noun is not None and first <= c.noun < behind and _is_name(sentence, c)), None)
        if source is None or not only_titles(sentence, run[-1][1], first):
            run, source = [(first, behind)], own
            continue
        run.append((first, behind))
        if own is None and not any(c.first <= first < c.behind for c in alike if c is not source):
            found.append(replace(source, first=first, behind=behind, noun=first))
    return found if len(run) > 2 or len(found) > 1 else []


def _listed(sentence: Sentence, alike: Sequence[Count]) -> bool:
    """Whether the counts are a list: "and" or "along with" before the last, each but the first joined to another."""
    between = {sentence.words[w].lower() for w in range(alike[-2].first, alike[-1].first)}
    commas = sum(sentence.words[w] in (",", ";") for w in range(alike[0].first, alike[-1].first))
    return (bool(between & _JOINERS) or commas > 2) and all(
        _is_joined(sentence, count) or _adjoins(sentence, before, count) or _shares_noun(sentence, before, count)
        for before, count in pairwise(alike)
    )


def _shares_noun(sentence: Sentence, before: Count, count: Count) -> bool:
    """Whether two counts of one noun are joined: "two northern and three southern soldiers"."""
    between = sentence.universal[before.behind : count.first]
    return before.noun is not None and before.noun == count.noun and between == ("CCONJ",)


def _adjoins(sentence: Sentence, before: Count, count: Count) -> bool:
    """Whether only marks, ages and "and" stand between two names: "Ana Tarr, 34, and Ben Voss"."""
    if not (_is_name(sentence, before) and _is_name(sentence, count)):
        return False
    return only_titles(sentence, before.behind, count.first)


def _is_joined(sentence: Sentence, count: Count) -> bool:
    word = count.noun if count.noun is not None else count.number.core[0] if count.number is not None else count.first
    for _ in range(8):
        if (
            base(sentence.relations[word]) == "conj"
            or is_beside(sentence, word)
            or is_list_item(sentence, word)
            or listed_with(sentence, word)
        ):
            return True
        word = sentence.heads[word]
        if word < 0 or word == count.clause:
            return False
    return False


def _adds_up(count: Count) -> bool:
    number = count.number
    return number is None or (number.qualifier in _BOUNDED and bool(number.low))


def _is_name(sentence: Sentence, count: Count) -> bool:
    return count.number is None and count.noun is not None and sentence.universal[count.noun] in ("PROPN", "PRON")


def _names_given(sentence: Sentence, alike: Sequence[Count]) -> list[Count]:
    """The names of people whom one of the counts has: "two miners, Ana Tarr and Ben Voss, were killed"."""
    for count in alike:
        if count.number is None or not count.number.low or count.noun is None:
            continue
        named = [c for c in alike if c.first > count.first and _is_name(sentence, c)]
        first = any(sentence.universal[c] == "PROPN" for c in children(sentence, count.noun, "appos"))
        if named and (first or len(named) >= count.number.low):
            return named
    return []


def _whole(sentence: Sentence, alike: Sequence[Count]) -> Count:
    numbers = [c.number for c in alike if c.number is not None]
    qualifiers = {n.qualifier for n in numbers}
    qualifier: Qualifier = "at-least" if qualifiers & {"at-least", "more-than"} else "about" if "about" in qualifiers else "exact"
    low = sum(n.low or 0 for n in numbers) + sum(c.number is None for c in alike)
    if "more-than" in qualifiers and qualifiers <= {"more-than"} and len(numbers) == len(alike):
        qualifier = "more-than"
    high = None if qualifier in ("at-least", "more-than") else low
    first, behind = min(c.first for c in alike), max(c.behind for c in alike)
    number = Number(first, behind, (first, behind), low, high, qualifier)
    certainty = next((c.certainty for c in alike if c.certainty is not None), None)
    by_tree = all(c.by_tree for c in alike)
    return Count(alike[0].measure, number, first, behind, None, alike[0].clause, certainty, False, by_tree, whole=True)
