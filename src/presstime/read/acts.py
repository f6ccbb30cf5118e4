"""What a statement does: its act, from its cue and its words.

In: a statement's cue group, its form, the words and tree of its content. Out: one act, the first that fits in
DESIGN's order. The cue decides where it names an act ("denied", "warned"; cue_acts.py); "said" leaves it to the content.
Which side speaks plays no part: swap the names and the acts stay.

Example: "X said that the ministry must resign" → demand; "X said the army had shelled a school" → accusation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from presstime.read.content_acts import (
    Content,
    accuses,
    content_of,
    demands,
    intends,
    own_will,
    performed,
    should,
    threatens,
)
from presstime.read.cue_acts import by_cue, has, is_silent
from presstime.read.denying import blames, calls_untrue, denies_wrong, not_of_oneself
from presstime.read.lexicon import words
from presstime.read.tree import Sentence
from presstime.records import Act

__all__ = ["act_of"]

_ORDER: tuple[Act, ...] = (
    "denial",
    "accusation",
    "threat",
    "demand",
    "appeal",
    "offer",
    "refusal",
    "promise",
    "retraction",
    "confirmation",
    "condemnation",
    "warning",
    "concern",
    "support",
)
"""DESIGN's order; the first that fits holds."""


def act_of(
    group: Act,
    kind: str,
    text: str,
    sentences: Sequence[Sentence],
    spans: Sequence[tuple[int, int]],
    speaker: str | None,
    cue: tuple[Sentence, int] | None = None,
    speaks_for: Callable[[str], bool] | None = None,
    sounds_denied: bool = False,
) -> Act:
    """The act of a statement. `group` is its cue's act, `kind` its frame's, `spans` its content; `speaker` its speaker's name.

    `cue` is the cue's sentence and its word, where there is one: it tells "did not deny" from "denied". `speaks_for` says
    whether a name stands for the speaker's own country ("Berlin" for a German minister). `sounds_denied`: a trained ear
    takes the whole for a denial, which holds where it says of the speaker that something is not so.
    """
    if kind == "silent" or group == "no-comment" or (cue is not None and is_silent(*cue)):
        return "no-comment"
    content = content_of(kind, text, sentences, spans, speaker, cue, speaks_for)
    if cue is not None:
        group, settled = by_cue(group, kind, *cue, content.low)
        if settled:
            return _narrowed(group, content)
    if group not in ("claim", "confirmation") or (kind == "noun" and group != "claim"):
        if group == "appeal" and kind == "quoted" and demands(content):
            return "demand"
        return _narrowed(group, content)
    if content.low.strip("“”\"'’.,") in words("acts")["withheld"]:
        return "no-comment"
    if kind == "narrated":
        return _object(content) or group if group == "claim" else group
    done = performed(content)
    for act in _ORDER:
        if act in done or _does(act, content):
            return act
    if any(p in content.low for p in words("acts")["withheld"]):
        return "no-comment"
    return "denial" if sounds_denied and group == "claim" and not_of_oneself(content) else group


def _does(act: Act, content: Content) -> bool:
    """Whether the words of a content do an act."""
    if act == "denial":
        return has(act, content.low) or calls_untrue(content) or denies_wrong(content)
    if act == "accusation":
        return (accuses(content) or blames(content)) and not demands(content)
    if act == "threat":
        return threatens(content)
    if act == "demand":
        return demands(content) or has(act, content.low)
    if act == "appeal":
        return has(act, content.low) or should(content)
    if act == "refusal":
        return has(act, content.low) or own_will(content, negated=True)
    if act == "promise":
        return own_will(content, negated=False) or intends(content)
    return has(act, content.low)


def _narrowed(group: Act, content: Content) -> Act:
    """A warning or a promise that says "unless", or what will be done to whoever …, is a threat."""
    if group == "warning" and (" unless " in content.low or has("threat", content.low)):
        return "threat"
    if group in ("warning", "promise") and threatens(content):
        return "threat"
    return group


@cache
def _objects() -> dict[str, Act]:
    return {noun: act for act, listed in words("acts")["objects"].items() for noun in listed}


def _object(content: Content) -> Act | None:
    """What a narrated claim is about: "stressed the need for talks" is an appeal, "called the raid a crime" a condemnation."""
    table = _objects()
    for sentence, word in content.tops:
        if sentence.universal[word] == "NOUN" and sentence.lemmas[word] in table:
            return table[sentence.lemmas[word]]
    return None
