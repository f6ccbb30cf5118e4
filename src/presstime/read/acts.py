"""What a statement does: its act, from its cue and its words.

In: a statement's cue group, its form, and the words and tree of its content. Out: one act, the first that fits in
DESIGN's order. The cue decides where it names an act ("denied", "warned"); "said" leaves it to the content. Which
side speaks plays no part: swap the names and the acts stay.

Example: "X said that the ministry must resign" → demand; "X said the army had shelled a school" → accusation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from presstime.read.lexicon import words
from presstime.read.tree import Sentence, children, subjects, subtree
from presstime.records import Act

__all__ = ["act_of"]

_BY_CONTENT: tuple[Act, ...] = (
    "demand",
    "retraction",
    "condemnation",
    "appeal",
    "offer",
    "refusal",
    "concern",
    "support",
    "confirmation",
)
"""Acts that the content decides, in order, behind denial, threat and accusation, and before promise."""


def act_of(group: Act, kind: str, text: str, sentences: Sequence[Sentence], spans: Sequence[tuple[int, int]], speaker: str | None) -> Act:
    """The act of a statement. `group` is its cue's act, `kind` its frame's, `spans` its content; `speaker` its speaker's name."""
    content = " ".join(text[a:b] for a, b in spans)
    if kind == "silent" or group == "no-comment":
        return "no-comment"
    low = " ".join(content.lower().split())
    if group not in ("claim", "confirmation") or (kind == "noun" and group != "claim"):
        inside = _words_in(sentences, spans)
        if group == "appeal" and kind == "quoted" and _demands(inside):
            return "demand"
        return _narrowed(group, content)
    if kind == "narrated":
        return group
    inside = _words_in(sentences, spans)
    if _has("denial", low):
        return "denial"
    if _has("threat", low) and any(s.lemmas[w] in ("will", "would", "'ll", "’ll", "shall") for s, w in inside):
        return "threat"
    accused = _accuses(inside, speaker)
    if accused and not _demands(inside):
        return "accusation"
    for act in _BY_CONTENT:
        if act == "refusal":
            if _own_will(inside, speaker, negated=True):
                return "refusal"
        elif act == "demand":
            if _demands(inside) or _has("demand", low):
                return "demand"
        elif _has(act, low):
            return act
    if _own_will(inside, speaker, negated=False):
        return "promise"
    return group


def _words_in(sentences: Sequence[Sentence], spans: Sequence[tuple[int, int]]) -> list[tuple[Sentence, int]]:
    return [(s, w) for s in sentences for w in range(len(s)) if any(a <= s.starts[w] < b for a, b in spans)]


def _demands(inside: Sequence[tuple[Sentence, int]]) -> bool:
    """Whether the content says that a named party must: "Ardan must stop", "the shelling by Ardan must be stopped"."""
    for sentence, word in inside:
        if sentence.lemmas[word] not in ("must", "have") or sentence.heads[word] < 0:
            continue
        if sentence.lemmas[word] == "have" and (word + 1 >= len(sentence) or sentence.lemmas[word + 1] != "to"):
            continue
        verb = sentence.heads[word] if sentence.lemmas[word] == "must" else word
        for doer in subjects(sentence, verb):
            phrase = subtree(sentence, doer)
            if any(sentence.words[w].lower() in ("they", "you") for w in phrase):
                return True
            if any(sentence.entities[w] != "O" or _is_nationality(sentence, w) for w in phrase):
                return True
    return False


def _narrowed(group: Act, content: str) -> Act:
    """A warning that says "unless" is a threat."""
    low = content.lower()
    if group == "warning" and " unless " in low:
        return "threat"
    return group


@cache
def _pattern(act: str) -> re.Pattern[str]:
    listed = sorted(words("acts")[act], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(p) for p in listed) + r")(?!\w)")


def _has(act: str, low: str) -> bool:
    return _pattern(act).search(low) is not None


def _accuses(inside: Sequence[tuple[Sentence, int]], speaker: str | None) -> bool:
    """Whether a named party other than the speaker does a wrong in the content."""
    wrongs = frozenset(words("acts")["wrongs"])
    own = set((speaker or "").lower().split())
    for sentence, verb in inside:
        if sentence.universal[verb] != "VERB" or sentence.lemmas[verb] not in wrongs:
            continue
        helpers = {sentence.lemmas[w] for w in children(sentence, verb, "aux", "advmod")}
        if helpers & {"will", "would", "could", "may", "might", "not", "never"}:
            continue
        doers = [w for w in subjects(sentence, verb) if not sentence.relations[w].endswith(":pass")]
        doers += [w for w in children(sentence, verb, "obl") if any(sentence.lemmas[c] == "by" for c in children(sentence, w, "case"))]
        for doer in doers:
            phrase = {doer, *sentence.below[doer]}
            named = any(sentence.entities[w] != "O" or sentence.universal[w] == "PROPN" or _is_nationality(sentence, w) for w in phrase)
            if named and not own & {sentence.words[w].lower() for w in phrase}:
                return True
    return False


def _is_nationality(sentence: Sentence, word: int) -> bool:
    return sentence.universal[word] == "ADJ" and sentence.words[word][:1].isupper()


def _own_will(inside: Sequence[tuple[Sentence, int]], speaker: str | None, negated: bool) -> bool:
    """Whether the content's main clause says what the speaker will do (or, negated, will not)."""
    own = set((speaker or "").lower().split()) - {"the", "of"}
    for sentence, word in inside:
        if sentence.lemmas[word] not in ("will", "'ll", "’ll", "shall", "wo", "would") or sentence.relations[word] != "aux":
            continue
        verb = sentence.heads[word]
        beside = {form for w in children(sentence, verb, "advmod") for form in (sentence.lemmas[w], sentence.words[w].lower())}
        if bool(beside & {"not", "never", "n't", "n’t"}) != negated:
            continue
        for doer in subjects(sentence, verb):
            surface = {sentence.words[w].lower() for w in (doer, *sentence.below[doer])}
            if surface & {"we", "i", "it", "he", "she", "they"} or surface & own:
                return True
    return False
