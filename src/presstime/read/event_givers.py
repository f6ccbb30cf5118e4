"""Events told without a giver → those that carry on what somebody claimed just before, and are claimed with it.

In come a telling, its sentence and the tellings before it; out goes the one whose giver it shares, or None. A sentence
that names no giver speaks on for the one before where it takes up a deed only claimed ("two died in the attack"), or
goes on with a pronoun for who did it ("They also burned a bridge"). An `Account` is what a sentence announced to follow.

Example: "Rebels shelled Kadra, the army said. Two men died in the shelling." → both are the army's claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from presstime.read.same_event import TAKEN_UP_BACK, Telling, kin, kin_lines
from presstime.read.standing_attribution import opens_account
from presstime.read.tree import Sentence, children
from presstime.read.triggers import VERBAL

__all__ = ["LOOKED_BACK", "Account", "carried_on"]

LOOKED_BACK = 20
"""How many tellings before one are looked at for the deed it takes up."""

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_PRONOUNS = frozenset({"they", "it", "he", "she"})


@dataclass(slots=True)
class Account:
    """An account that a sentence announced ("The ministry said the following."), for the rest of its paragraph, or for the
    next one behind a colon; `statement` is the announcing sentence's, None where none was read in it."""

    left: int = 0
    statement: str | None = None

    def holds(self, sentence: Sentence, new_paragraph: bool, statement: str | None) -> bool:
        """Whether a sentence is part of the account; one that announces another begins a new one."""
        self.left -= new_paragraph
        held = self.left > 0
        if opens_account(sentence):
            self.left, self.statement = 2 if sentence.words[-1] == ":" else 1, statement
        return held


def carried_on(told: Telling, sentence: Sentence, clause: Sequence[int], earlier: Sequence[Telling], new_paragraph: bool) -> Telling | None:
    """The claimed telling that `told` carries on; None where it has a giver of its own or is the outlet's. `clause` is
    the words of its clause, `earlier` the tellings before it, the last one last."""
    if told.event.standing != "reported" or told.event.type in VERBAL:
        return None
    near = [t for t in earlier if 0 < told.sentence - t.sentence <= TAKEN_UP_BACK and t.event.type not in VERBAL]
    for word in clause:
        noun = sentence.lemmas[word]
        if sentence.universal[word] != "NOUN" or noun not in kin().taking_up:
            continue
        if not any(sentence.words[c].lower() in _DEFINITE for c in children(sentence, word, "det")):
            continue
        fitting = [t for t in near if t.event.type == told.event.type and (kin_lines(t.lemma) & kin_lines(noun) or noun in kin().generic)]
        if fitting:
            return fitting[-1] if all(t.event.standing in ("claimed", "denied") for t in fitting[-2:]) else None
    doer = told.event.actor.name.lower() if told.event.actor is not None else ""
    if not near or new_paragraph or doer not in _PRONOUNS:
        return None
    last = near[-1]
    follows = told.sentence - last.sentence == 1
    return last if follows and last.event.standing == "claimed" and last.event.statement is not None else None
