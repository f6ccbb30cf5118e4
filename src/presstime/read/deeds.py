"""Whether a cue as heard tells a deed and no speech: vendors who "offered sandals", a striker who "conceded a corner".

In: the cue's sentence and main word, and what is heard as its content. Out: yes or no. Words of speech take things for
objects too: then the verb and its object decide (words/en/deeds.toml), and a content without one word of meaning is none.

Example: "The club named its boat “Mira”." tells a deed, "Bel called the plan “a farce”." does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from presstime.read.lexicon import cues, words
from presstime.read.tree import Sentence, children

__all__ = ["is_deed", "says_nothing"]


@dataclass(frozen=True, slots=True)
class _Lists:
    """words/en/deeds.toml, as look-ups."""

    verbs: frozenset[str]
    meeting: dict[str, frozenset[str]]
    speakable: dict[str, frozenset[str]]
    mute: dict[str, frozenset[str]]


_MEANING = frozenset({"NOUN", "PRON", "PROPN", "VERB", "ADJ", "NUM", "ADV", "X", "INTJ", "SYM"})


def is_deed(sentence: Sentence, cue: int, clausal: bool = False) -> bool:
    """Whether the verb at `cue` with the objects it has is no act of speech. `clausal` says that a clause is heard as its content."""
    lemma, lists = sentence.lemmas[cue], _lists()
    if lemma in lists.meeting["lemmas"] and not children(sentence, cue, "obj", "ccomp", "xcomp"):
        cases = {sentence.lemmas[c] for o in children(sentence, cue, "obl") if o > cue for c in children(sentence, o, "case")}
        return not cases.isdisjoint(lists.meeting["cases"]) and cases.isdisjoint(lists.meeting["about"])
    objects = {sentence.lemmas[o] for o in children(sentence, cue, "obj", "nsubj:pass")}
    if sentence.universal[cue] != "VERB" or not objects or children(sentence, cue, "ccomp"):
        return False
    if lemma in lists.verbs:
        return True
    if clausal or children(sentence, cue, "xcomp"):
        return False
    if lemma in lists.speakable and objects.isdisjoint(lists.speakable[lemma]):
        to_whom = children(sentence, cue, "obj", "iobj", "obl", "nsubj:pass")
        return not any(
            sentence.universal[o] in ("PROPN", "PRON") and sentence.lemmas[o].lower() not in cues().times for o in to_whom
        )  # "offered Bel a seat" was said to Bel
    return not objects.isdisjoint(lists.mute.get(lemma, ()))


def says_nothing(pairs: Sequence[tuple[Sentence, int]]) -> bool:
    """Whether the words of a content, as (sentence, word), hold none that means anything by itself: "for", "that"."""
    return bool(pairs) and all(sentence.universal[w] not in _MEANING for sentence, w in pairs)


@cache
def _lists() -> _Lists:
    table = words("deeds")
    groups = {name: {word: frozenset(own) for word, own in table[name].items()} for name in ("meeting", "speakable", "mute")}
    return _Lists(verbs=frozenset(table["verbs"]["lemmas"]), **groups)
