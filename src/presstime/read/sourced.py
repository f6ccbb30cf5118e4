"""Sentences whose source is told without a verb of saying → frames: "by the army's account", "in the words of Ana Bel".

In: a parsed sentence. Out: `Frame`s of the kind that "according to" gives: the phrase is the cue, and the clause around
it is what is said. Also "if the mayor is to be believed", and "is how the company puts it" behind a noun.

Example: in "By the army's account, nobody was hurt." the army says that nobody was hurt.
"""

from __future__ import annotations

from functools import cache

from presstime.read.doers import noun_phrase
from presstime.read.frames import Frame
from presstime.read.lexicon import words
from presstime.read.tree import Sentence, base, children, span, subjects, subtree

__all__ = ["SOURCED", "may_source", "sourced_frames"]

SOURCED = "sourced"
"""The lemma of such a frame: it holds where the model hears no cue."""


@cache
def _table() -> dict[str, frozenset[str]]:
    return {name: frozenset(listed) for name, listed in words("cues")["sources"].items()}


def may_source(sentence: Sentence) -> bool:
    """Whether a sentence has a word without which it tells no source in that way."""
    return not _table()["accounts"].isdisjoint(sentence.lemmas) or "believe" in sentence.lemmas


def sourced_frames(sentence: Sentence, number: int) -> list[Frame]:
    """The frames of one sentence."""
    found = []
    for word in range(len(sentence)):
        frame = None
        if sentence.lemmas[word] in _table()["accounts"]:
            frame = _by_account(sentence, number, word)
        elif sentence.lemmas[word] == "believe" and sentence.fine[word] == "VBN":
            frame = _if_believed(sentence, number, word)
        if frame is not None:
            found.append(frame)
    return found


def _by_account(sentence: Sentence, number: int, noun: int) -> Frame | None:
    """ "By the army's account", "in the words of Ana Bel"."""
    cases = [c for c in children(sentence, noun, "case") if c < noun]
    head = sentence.heads[noun]
    if not cases or head < 0 or base(sentence.relations[noun]) != "obl":
        return None
    case = sentence.lemmas[cases[0]]
    if (case, sentence.lemmas[noun]) not in _pairs():
        return None
    owners = children(sentence, noun, "nmod:poss")
    of = [c for c in children(sentence, noun, "nmod") if [sentence.lemmas[m] for m in children(sentence, c, "case")] == ["of"]]
    owner = next(iter(owners or of), None)
    if owner is None or sentence.words[owner].lower() in ("my", "our", "your"):
        return None
    marks = ("'s", "’s", "'", "’")
    speaker = tuple(w for w in noun_phrase(sentence, owner) if sentence.words[w] not in marks and sentence.lemmas[w] != "of")
    inside = subtree(sentence, noun)
    beside = (sentence.words[w] for w in (min(inside) - 1, max(inside) + 1) if 0 <= w < len(sentence))
    if min(inside) and "," not in beside:
        return None  # "opened the safe in his own words"
    cue = [w for w in inside if w not in set(speaker)]
    return _frame(sentence, number, cues=(cue[0], noun), inside=inside, clause=head, speaker=speaker)


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    table = words("cues")["sources"]["phrases"]
    return frozenset((p.split()[0], p.split()[1]) for p in table)


def _if_believed(sentence: Sentence, number: int, verb: int) -> Frame | None:
    """ "If the mayor is to be believed"."""
    low = [w.lower() for w in sentence.words]
    doers = subjects(sentence, verb)
    marked = "if" in low[:verb] and low[max(0, verb - 2) : verb] == ["to", "be"]
    head = sentence.heads[verb]
    if not marked or not doers or head < 0 or base(sentence.relations[verb]) != "advcl":
        return None
    if sentence.universal[doers[0]] not in ("NOUN", "PROPN", "PRON") or sentence.lemmas[doers[0]] in ("it", "that", "this"):
        return None
    inside = subtree(sentence, verb)
    return _frame(sentence, number, cues=(verb, verb), inside=inside, clause=head, speaker=noun_phrase(sentence, doers[0]))


def _frame(
    sentence: Sentence, number: int, cues: tuple[int, int], inside: list[int], clause: int, speaker: tuple[int, ...]
) -> Frame | None:
    """A frame whose content is the clause around the phrase, on the side where that stands."""
    taken = set(inside)
    around = [w for w in subtree(sentence, clause) if w not in taken]
    before, behind = [w for w in around if w < min(inside)], [w for w in around if w > max(inside)]
    side = behind if len(behind) > len(before) else before
    while side and sentence.universal[side[0]] in ("PUNCT", "CCONJ") and sentence.words[side[0]] not in "“\"‘'":
        side.pop(0)
    while side and sentence.words[side[-1]] in (",", ".", ";", ":", "-", "–", "—"):
        side.pop()
    if not speaker or not any(sentence.universal[w] in ("VERB", "AUX") for w in side):
        return None
    first, last = cues
    within = any(first <= w <= last for w in speaker)  # "by the army's account": the noun alone is the cue
    cue_span = span(sentence, [last] if within else [first, last])
    return Frame(number, last, cue_span, speaker, "according-to", (span(sentence, side),), "said", "claim", SOURCED)
