"""A sentence's word → whether it is told as what a made-up story has happen.

In come a sentence and a word of it; out goes yes or no. Looked for above the word are the nouns of made-up works: where
the work is what the sentence is told in ("in the novel"), what tells it ("the game tells of"), or what is about it, in
the present tense in which plots are told ("a film about a bombing that kills nine").

Example: in "The play tells of the murder of a judge." the word "murder" is of fiction.
"""

from __future__ import annotations

from presstime.read.figure_words import is_one_of, listed
from presstime.read.tree import Sentence, base, children, subjects

__all__ = ["is_fiction"]

WORDS_UP = 8
"""How many words above a deed the work is looked for."""


def is_fiction(sentence: Sentence, word: int) -> bool:
    """Whether the deed at a word is one of a made-up work's plot."""
    if not any(lemma in listed("made_up") for lemma in sentence.lemmas):
        return False
    at = word
    for _ in range(WORDS_UP):
        if _plotted(sentence, at, word):
            return True
        head = sentence.heads[at]
        if head < 0:
            return False
        if _is_work(sentence, head) and base(sentence.relations[at]) in ("nmod", "acl", "appos") and _in_present(sentence, word, head):
            return True
        at = head
    return False


def _is_work(sentence: Sentence, word: int) -> bool:
    return sentence.universal[word] == "NOUN" and is_one_of(sentence, word, listed("made_up"))


def _plotted(sentence: Sentence, verb: int, deed: int) -> bool:
    """Whether a verb is told in a work or says what a work tells: "in the novel, he kills", "the game tells of"."""
    within = (c for c in children(sentence, verb, "obl") if _is_work(sentence, c) and not is_one_of(sentence, c, listed("also_a_match")))
    if any({"in"} & {sentence.words[x].lower() for x in children(sentence, c, "case")} for c in within):
        return _in_present(sentence, deed, verb)
    return is_one_of(sentence, verb, listed("plotting")) and any(_is_work(sentence, s) for s in subjects(sentence, verb))


def _in_present(sentence: Sentence, deed: int, above: int) -> bool:
    """Whether no verb from a deed up to its work is in the past, in which what was real is told."""
    at = deed
    for _ in range(WORDS_UP):
        finite = sentence.fine[at] == "VBD" or any(sentence.fine[c] == "VBD" for c in children(sentence, at, "aux", "aux:pass"))
        if finite:
            return False
        if at == above or sentence.heads[at] < 0:
            return True
        at = sentence.heads[at]
    return True
