"""A word of a sentence → what its own helpers, marks and adjectives say of its standing.

In come a sentence and a word; out go standings that the words beside it tell: negations, modals, conditions, adverbs of
hearsay, and what stands with a noun ("a planned attack", "no shelling"). `standing.py` climbs from word to word.

Example: in "Rebels allegedly shelled the port." `own_marks` of "shelled" gives "claimed".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from presstime.read.lexicon import words
from presstime.read.tree import Sentence, base, children, subjects
from presstime.records import Standing

__all__ = ["StandingWords", "described", "marks_of", "negated", "of_none", "own_marks", "standing_words", "supposed"]

_BE = frozenset({"is", "are", "was", "were", "be", "been", "'s", "’s", "'re", "’re"})


@dataclass(frozen=True, slots=True)
class StandingWords:
    """words/en/event_standing.toml, a set of words by "table.name"."""

    by_name: dict[str, frozenset[str]]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.by_name[name]


@cache
def standing_words() -> StandingWords:
    """The word lists, read once a process."""
    tables = words("event_standing")
    return StandingWords({f"{table}.{name}": frozenset(text.split()) for table, lists_ in tables.items() for name, text in lists_.items()})


def marks_of(sentence: Sentence, word: int) -> set[str]:
    """The helpers, marks, adverbs and articles of a word, as written in lower case."""
    relations = ("aux", "mark", "advmod", "det", "cc", "case", "aux:pass")
    return {sentence.words[c].lower() for c in children(sentence, word, *relations)}


def _of_nobody(sentence: Sentence, verb: int) -> bool:
    """Whether nobody does a verb, or it is done to nothing: "no unit fired", "none of them fired", "fired no shots"."""
    objects = children(sentence, verb, "obj")
    who_does = subjects(sentence, verb)
    if not who_does and base(sentence.relations[verb]) == "conj" and sentence.universal[sentence.heads[verb]] == "VERB":
        who_does = subjects(sentence, sentence.heads[verb])  # "no civilians were killed or injured"
    told = (w for who in (*who_does, *objects) for w in (who, *children(sentence, who, "det", "cc")))
    return any(sentence.words[w].lower() in standing_words()["own.nobody"] for w in told)


def negated(sentence: Sentence, word: int) -> bool:
    """Whether a word is told as not so: "did not shell", "without firing", "nobody attacked"."""
    known = standing_words()
    marks = marks_of(sentence, word)
    if "not" in marks and any(w.lower() in ("only", "just", "merely") for w in sentence.words[word : word + 2]):
        return False
    if marks & known["own.negations"]:
        return not (marks & {"never", "not"} and {"only"} & marks)
    if marks & known["own.instead"] and sentence.universal[word] == "VERB":
        return True
    return sentence.universal[word] != "NOUN" and _of_nobody(sentence, word)


def of_none(sentence: Sentence, word: int) -> bool:
    """Whether there is none of what a noun names: "no attack"."""
    return any(sentence.words[c].lower() in standing_words()["own.nobody"] for c in children(sentence, word, "det"))


def own_marks(sentence: Sentence, word: int) -> Iterator[Standing]:
    """What helpers, marks and adverbs of one word say."""
    known = standing_words()
    marks = marks_of(sentence, word)
    if marks & known["own.supposing"] or _in_case(sentence, word):
        yield "hypothetical"
    asked = any(
        sentence.words[w].lower() in ("if", "unless") for c in children(sentence, word, "advcl") for w in children(sentence, c, "mark")
    )
    if marks & known["own.possible"]:
        as_will = "would" in marks and not asked and _would_after(sentence, word)
        yield "planned" if as_will else "hypothetical"
    if marks & known["own.will"]:
        yield "hypothetical" if asked else "planned"
    if marks & known["own.hearsay"]:
        yield "claimed"
    cases = [sentence.words[c].lower() for c in children(sentence, word, "mark", "aux") if c < word]
    before = next((c for c in children(sentence, word, "mark") if sentence.words[c].lower() == "to"), None)
    if before is not None and before > 0 and "to" in cases and sentence.words[before - 1].lower() in _BE:
        yield "planned"  # "are to meet"


def supposed(sentence: Sentence, verb: int) -> bool:
    """Whether a clause is a condition: "if the truce fails", "should the truce fail"."""
    if marks_of(sentence, verb) & standing_words()["own.supposing"]:
        return True
    own = subjects(sentence, verb)
    if any(sentence.words[c].lower() == "should" for c in children(sentence, verb, "mark")):
        return True
    return bool(own) and any(sentence.words[c].lower() in ("should", "were", "had") and c < own[0] for c in children(sentence, verb, "aux"))


def _in_case(sentence: Sentence, word: int) -> bool:
    cases = children(sentence, word, "mark", "case")
    return any(sentence.words[w].lower() == "case" for c in cases for w in (c, c + 1) if w < len(sentence)) and any(
        sentence.words[c].lower() == "in" for c in cases
    )


def _would_after(sentence: Sentence, word: int) -> bool:
    """Whether "would" is a "will" told in the past: "said it would hold talks"."""
    head = sentence.heads[word]
    if head < 0 or base(sentence.relations[word]) != "ccomp":
        return any(
            sentence.lemmas[c] in standing_words()["verb.would_after"] and sentence.fine[c] == "VBD"
            for c in children(sentence, word, "parataxis")
        )
    return sentence.lemmas[head] in standing_words()["verb.would_after"] and sentence.fine[head] in ("VBD", "VBN", "VBG")


def described(sentence: Sentence, noun: int) -> Iterator[Standing]:
    """What adjectives and participles of an event's noun say: "a planned attack", "talks scheduled for Friday"."""
    known = standing_words()
    if of_none(sentence, noun):
        yield "denied"
    for child in children(sentence, noun, "amod", "compound", "acl", "advmod"):
        lemma, low = sentence.lemmas[child], sentence.words[child].lower()
        if sentence.relations[child] == "acl:relcl":
            continue
        if {lemma, low} & known["noun.possible"]:
            yield "hypothetical"
        if {lemma, low} & known["noun.planned"] or (base(sentence.relations[child]) == "acl" and lemma in known["noun.planned_by"]):
            yield "planned"
        if base(sentence.relations[child]) == "acl" and sentence.fine[child] in ("VBN", "VBD") and lemma in known["verb.alleged_noun"]:
            yield "claimed"  # "shelling of the port reported"
        if {lemma, low} & (known["noun.hearsay"] | known["own.hearsay"]):
            yield "claimed"
    before = " ".join(w.lower() for w in sentence.words[max(0, noun - 5) : noun])
    if re.search(r"\bso ?- ?called\b", before):
        yield "claimed"
