"""A verb → what it says befell people by a turn of phrase, where the verb alone says nothing of the kind.

In come a sentence and a predicate; out goes a measure or None: those who had to leave their homes (evacuated), who were
led away or rounded up (detained), who are still being looked for (missing), who are in hospital (injured).

Example: in "Six miners are still being looked for." the verb "looked" says "missing".
"""

from __future__ import annotations

from presstime.read.figure_words import is_one_of, lists, measure_of
from presstime.read.tree import Sentence, children, subjects
from presstime.records import Measure

__all__ = ["find_fate"]


def find_fate(sentence: Sentence, verb: int, role: str, passive: bool) -> Measure | None:
    """What a predicate says of its object (`role` "obj") or its subject ("subj")."""
    acted_on = role == "obj" or passive
    if acted_on and _is_led_away(sentence, verb):
        return "detained"
    if role != "subj":
        return None
    if is_one_of(sentence, verb, ("lose",)) and any(
        is_one_of(sentence, o, lists().words["lost_of_body"]) for o in children(sentence, verb, "obj")
    ):
        return "injured"
    if _left_homes(sentence, verb):
        return "evacuated"
    if passive and _is_sought(sentence, verb):
        return "missing"
    if is_one_of(sentence, verb, ("hospital",)) and children(sentence, verb, "cop"):
        if any(measure_of(sentence, s, lists().states) for s in subjects(sentence, verb)):  # "80 wounded are in hospital"
            return None
        return "injured" if any(sentence.words[c].lower() == "in" for c in children(sentence, verb, "case")) else None
    return None


def _left_homes(sentence: Sentence, verb: int) -> bool:
    """ "60 people left their homes", who may have been told to; "had to leave their homes"."""
    leaving = [verb, *(children(sentence, verb, "xcomp") if is_one_of(sentence, verb, ("have", "tell", "ask", "order", "advise")) else [])]
    return any(
        is_one_of(sentence, w, ("leave",)) and any(sentence.words[o].lower() == "homes" for o in children(sentence, w, "obj"))
        for w in leaving
    )


def _is_sought(sentence: Sentence, verb: int) -> bool:
    """Whether somebody is looked for who is lost and not wanted: "two miners are still being searched for"."""
    if not is_one_of(sentence, verb, ("look", "search")) or sentence.words[verb + 1 : verb + 2] != ("for",):
        return False
    words = lists().words
    if any(is_one_of(sentence, c, words["holders"]) for c in children(sentence, verb, "obl:agent", "obl")):
        return False
    return not any(is_one_of(sentence, s, words["wanted"]) for s in subjects(sentence, verb))


def _is_led_away(sentence: Sentence, verb: int) -> bool:
    """Whether somebody is taken who may not go: "led away two men", "rounded up 20 students", "taken away by police"."""
    words = lists().words
    particles = {sentence.words[c].lower() for c in children(sentence, verb, "compound", "advmod")}
    if is_one_of(sentence, verb, ("round",)) and "up" in particles:
        return True
    if is_one_of(sentence, verb, ("lock",)) and any(
        sentence.words[m].lower() == "in" and is_one_of(sentence, c, words["locked_in"])
        for c in children(sentence, verb, "obl")
        for m in children(sentence, c, "case")
    ):
        return True
    doers = (*children(sentence, verb, "obl:agent", "obl"), *([] if children(sentence, verb, "aux:pass") else subjects(sentence, verb)))
    if "in" in particles and is_one_of(sentence, verb, ("take",)):  # "took in five men"
        return any(is_one_of(sentence, d, words["holders"]) for d in doers)
    if "away" not in particles or not is_one_of(sentence, verb, words["leading_away"]):
        return False
    cuffed = any(is_one_of(sentence, c, ("handcuff",)) for c in children(sentence, verb, "obl"))
    return cuffed or any(is_one_of(sentence, d, words["holders"]) for d in doers)
