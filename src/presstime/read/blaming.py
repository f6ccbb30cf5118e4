"""Phrases that lay a wrong to somebody, or keep away from it → frames: "holds the firm responsible", "distanced itself from".

In: a parsed sentence. Out: `Frame`s of narrated statements: accusations ("holds X responsible for …", "laid the blame on
X", "pointed the finger at X") and denials ("distanced themselves from …"). The verb is the cue, and all that completes it
is told. Passives without a doer, and what is not done ("did not hold anybody responsible"), are none.

Example: in "The council holds the mill responsible for the fire." the council accuses the mill.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from presstime.read.doers import speaker_words
from presstime.read.frames import Frame, is_unreal
from presstime.read.lexicon import words
from presstime.read.tree import Sentence, base, children, span, subjects, subtree

__all__ = ["BLAMED", "blaming_frames", "may_blame"]

BLAMED = "blamed"
"""The lemma of such a frame: it holds where the model hears no cue."""
_SELF = frozenset({"myself", "yourself", "himself", "herself", "itself", "ourselves", "themselves"})
_NOT = frozenset({"not", "n't", "n’t", "never"})
_TOWARDS = frozenset({"on", "upon", "at", "with", "to"})


@dataclass(frozen=True, slots=True)
class _Lists:
    """The table `blaming` of words/en/cues.toml, as look-ups."""

    holds: frozenset[str]
    answerable: frozenset[str]
    lays: frozenset[str]
    blame: frozenset[str]
    keeps_off: frozenset[str]


@cache
def _lists() -> _Lists:
    return _Lists(**{name: frozenset(listed) for name, listed in words("cues")["blaming"].items()})


def may_blame(sentence: Sentence) -> bool:
    """Whether a sentence has a word without which it lays no blame in such a way."""
    lists = _lists()
    return any(w in lists.answerable or w in lists.blame or w in lists.keeps_off for w in sentence.lemmas)


def blaming_frames(sentence: Sentence, number: int) -> list[Frame]:
    """The frames of one sentence."""
    found = []
    for verb, lemma in enumerate(sentence.lemmas):
        if sentence.universal[verb] != "VERB" or is_unreal(sentence, verb) or _is_denied(sentence, verb):
            continue
        act = _act(sentence, verb, lemma)
        if act is None:
            continue
        speaker, how = speaker_words(sentence, verb)
        content = _content(sentence, verb, speaker, how == "agent")
        if speaker and content:
            cue = sentence.starts[verb], sentence.ends[verb]
            found.append(Frame(number, verb, cue, speaker, how, (span(sentence, content),), "narrated", act, BLAMED))
    return found


def _act(sentence: Sentence, verb: int, lemma: str) -> Literal["accusation", "denial"] | None:
    lists = _lists()
    whom = [*children(sentence, verb, "obj"), *(s for s in subjects(sentence, verb) if sentence.relations[s].endswith(":pass"))]
    if lemma in lists.keeps_off:
        own = any(sentence.words[o].lower() in _SELF for o in whom)
        return "denial" if own and _has_case(sentence, verb, frozenset({"from"})) else None
    if lemma in lists.holds and whom:
        told = children(sentence, verb, "xcomp", "amod", "advmod", "obl")
        told += [c for o in whom for c in children(sentence, o, "amod", "acl", "xcomp") if c > o]
        return "accusation" if any(sentence.lemmas[c] in lists.answerable for c in told) and _other(sentence, whom) else None
    if lemma in lists.lays and any(sentence.lemmas[o] in lists.blame for o in whom):
        towards = _has_case(sentence, verb, _TOWARDS) or any(_has_case(sentence, o, _TOWARDS) for o in whom)
        return "accusation" if towards else None
    return None


def _other(sentence: Sentence, whom: list[int]) -> bool:
    """Whether somebody else is held to it: not "holds itself responsible"."""
    return not any(sentence.words[o].lower() in _SELF for o in whom)


def _has_case(sentence: Sentence, word: int, cases: frozenset[str]) -> bool:
    below = children(sentence, word, "obl", "nmod")
    return any(sentence.words[c].lower() in cases for o in below for c in children(sentence, o, "case"))


def _is_denied(sentence: Sentence, verb: int) -> bool:
    return any(sentence.words[c].lower() in _NOT for c in children(sentence, verb, "advmod", "neg"))


def _content(sentence: Sentence, verb: int, speaker: tuple[int, ...], passive: bool) -> list[int]:
    """All that completes the verb: from whom it is laid to up to the end of the last phrase that is no clause of its own."""
    taken = {*speaker}
    chosen: list[int] = []
    for c in sentence.below[verb]:
        relation = base(sentence.relations[c])
        if c > verb and relation in ("obj", "xcomp", "obl", "amod", "advmod") and not taken & {c}:
            chosen += [w for w in subtree(sentence, c) if w > verb and w not in taken]
        elif passive and sentence.relations[c].endswith("subj:pass"):
            chosen += subtree(sentence, c)
    if not chosen:
        return []
    found = [w for w in range(min(chosen), max(chosen) + 1) if w not in taken]
    while found and sentence.universal[found[-1]] == "PUNCT":
        found.pop()
    return found
