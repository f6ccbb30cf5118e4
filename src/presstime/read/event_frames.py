"""A verb in its sentence → what stands below it, as the forms that an event's frame may ask for.

In comes a parsed sentence and a verb; out go forms, each with its words: the lemmas of objects, obliques, complements,
particles and prepositions, "by:worker" for who does it, "@person" and "@place" for whom and what it is done to.

Example: in "Miners walked off the job." the verb "walked" has the forms "job", "off" and "by:miner".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from presstime.read.event_words import AIM, ANYTHING, CLAUSE, NOTHING, OBJECT, PARTICLE, PERSON, PLACE, SUBJECT, Slot, lists
from presstime.read.figure_words import is_person
from presstime.read.lemmas import lemma
from presstime.read.tree import Sentence, base, children, subjects

__all__ = ["dependents", "doers", "forms_below", "is_in_protest", "joined", "met_by", "span_words"]

_BESIDE = frozenset({"off", "near", "outside"})
_BEFORE = frozenset({"before", "outside"})
_CARRIED = frozenset({"of", "with"})
_SOMEBODY = frozenset({"he", "she", "him", "her"})
LONGEST_TRIGGER = 5
"""Words from a verb to what its frame asked for; where that is farther the verb alone is the trigger."""


def forms_below(sentence: Sentence, word: int) -> dict[str, list[int]]:
    """What a frame may ask for, each form with its words."""
    forms: dict[str, list[int]] = {}
    for child, form in dependents(sentence, word):
        forms.setdefault(form, []).append(child)
    for child in doers(sentence, word):
        forms.setdefault(SUBJECT + lemma(sentence.words[child], "NNS"), []).append(child)
        forms.setdefault(SUBJECT + sentence.lemmas[child], []).append(child)
        if sentence.entities[child].endswith("PERSON"):
            forms.setdefault(SUBJECT + PERSON, []).append(child)
        cases = {c: {sentence.words[m].lower() for m in children(sentence, c, "case")} for c in children(sentence, child, "nmod")}
        of = [c for c in cases if cases[c] & _CARRIED]  # "a plane with tents"
        of += [
            o for c in children(sentence, child, "acl") if sentence.lemmas[c] in ("carry", "bring") for o in children(sentence, c, "obj")
        ]
        of += [m for o in of if sentence.lemmas[o] in lists().words["parts"] for m in children(sentence, o, "nmod")]
        beside = [*of, *children(sentence, child, "conj", "compound", "amod")]  # "thousands of workers", "workers and students"
        for c in (*beside, *(m for n in beside for m in children(sentence, n, "compound", "amod"))):
            forms.setdefault(SUBJECT + sentence.lemmas[c], []).append(c)
    acted_on = children(sentence, word, "obj", "nsubj:pass")
    for child in acted_on:
        many = children(sentence, child, "nmod") if sentence.lemmas[child] in lists().words["parts"] else []
        for c in (child, *many):  # "a group of gunmen"
            forms.setdefault(OBJECT + sentence.lemmas[c], []).append(child)
    if acted_on or children(sentence, word, "ccomp"):
        forms[ANYTHING] = []
    else:
        forms[NOTHING] = []
    named = [
        w
        for w in children(sentence, word, "obj", "nsubj:pass", "obl")
        if sentence.entities[w].endswith("LOC") and not {sentence.words[c].lower() for c in children(sentence, w, "case")} & _BESIDE
    ]
    if named:
        forms[PLACE] = named
    people = [w for w in acted_on if _is_somebody(sentence, w)]
    if people:
        forms[PERSON] = people
    return forms


def _is_somebody(sentence: Sentence, word: int) -> bool:
    if is_person(sentence, word) or sentence.entities[word].endswith("PERSON") or sentence.universal[word] == "NUM":
        return True
    return sentence.words[word].lower() in _SOMEBODY


def doers(sentence: Sentence, verb: int) -> list[int]:
    """Who does a verb: its active subject or its agent, else the subject of the verb that it stands with."""
    for _ in range(3):
        passive = children(sentence, verb, "nsubj:pass", "aux:pass")
        if passive:
            return [w for w in children(sentence, verb, "obl") if any(sentence.lemmas[c] == "by" for c in children(sentence, w, "case"))]
        own = subjects(sentence, verb)
        if own:
            who = own[0]
            relative = sentence.lemmas[who] in ("who", "which", "that") and base(sentence.relations[verb]) == "acl"
            return [sentence.heads[verb] if relative else who]
        relation = base(sentence.relations[verb])
        if relation == "acl" and sentence.fine[verb] == "VBG":
            return [sentence.heads[verb]]
        if relation not in ("conj", "xcomp", "advcl") or sentence.heads[verb] < 0:
            return []
        verb = sentence.heads[verb]
    return []


def dependents(sentence: Sentence, verb: int) -> list[tuple[int, str]]:
    """The words a frame may ask for below a verb: objects, passive subjects, obliques, complements, particles, and "to"."""
    found: list[tuple[int, str]] = []
    words = lists().words
    head = sentence.heads[verb]
    if base(sentence.relations[verb]) == "acl" and sentence.fine[verb] == "VBN" and sentence.heads[head] < 0:
        found.append((head, sentence.lemmas[head]))  # a headline: "Troops deployed on border"
    for child in children(sentence, verb):
        relation = sentence.relations[child]
        if sentence.lemmas[child] in words["days"]:
            if not sentence.relations[child].endswith(":unmarked"):  # "launched ten days of raids"
                for counted in children(sentence, child, "nmod"):
                    found += [(c, sentence.lemmas[c]) for c in (counted, *children(sentence, counted, "compound", "amod"))]
            continue
        if relation in ("nsubj:pass", "compound:prt", "advmod") or base(relation) in ("obj", "obl", "iobj", "dep"):
            cases = {sentence.words[c].lower() for c in children(sentence, child, "case")}
            beside = cases & words["beside_time"] or ("at" in cases and sentence.lemmas[verb] != "arrive")
            if (
                base(relation) == "obl" and beside and not (cases & _BEFORE and sentence.lemmas[child] in words["places_of_power"])
            ):  # "began after the war", "spoke at a rally"
                found += [(c, sentence.lemmas[c]) for c in children(sentence, child, "case")]
                continue
            found.append((child, joined(sentence, child)))
            if relation in ("compound:prt", "advmod"):
                found.append((child, PARTICLE + sentence.lemmas[child]))
            found += [(c, sentence.lemmas[c]) for c in children(sentence, child, "case")]
            found += [(child, sentence.lemmas[c]) for c in children(sentence, child, "conj", "compound", "amod")]
            if sentence.lemmas[child] in words["parts"]:
                found += [(c, sentence.lemmas[c]) for c in children(sentence, child, "nmod")]
        elif base(relation) in ("xcomp", "ccomp", "advcl"):
            if any(sentence.words[c].lower() == "to" for c in children(sentence, child, "mark")):
                found.append((child, AIM + sentence.lemmas[child]))
            if base(relation) != "advcl":
                found += [(c, "to") for c in children(sentence, child, "mark") if sentence.words[c].lower() == "to"]
            if base(relation) == "xcomp":
                found.append((child, sentence.lemmas[child]))
                found += [(c, sentence.lemmas[c]) for c in children(sentence, child, "obj", "xcomp")]
            if sentence.words[child].lower() not in ("according",) and base(relation) == "ccomp":
                found += [(c, "that") for c in children(sentence, child, "mark") if sentence.words[c].lower() == "that"]
                found += [(c, sentence.words[c].lower()) for c in children(sentence, child, "aux")]
                found.append((child, CLAUSE))
            if base(relation) == "advcl" and sentence.fine[child] == "VBG":  # "committed to opening", "warned against crossing"
                found += [(c, sentence.words[c].lower()) for c in children(sentence, child, "mark", "case")]
        elif relation == "nsubj" and sentence.lemmas[verb] in words["by_subject"]:
            found.append((child, sentence.lemmas[child]))
    return found


def is_in_protest(sentence: Sentence, verb: int) -> bool:
    """Whether something is done in protest, whatever it is: "kept their shops shut in protest"."""
    against = [c for c in children(sentence, verb, "obl") if sentence.lemmas[c] == "protest"]
    return any(sentence.words[m].lower() == "in" for c in against for m in children(sentence, c, "case"))


def joined(sentence: Sentence, word: int) -> str:
    """The base form of a word, with what a hyphen joins to it: "cease-fire", "sit-in"."""
    own = sentence.lemmas[word]
    joined = word > 1 and sentence.words[word - 1] == "-" and sentence.starts[word - 1] == sentence.ends[word - 2]
    return f"{sentence.words[word - 2].lower()}-{own}" if joined and sentence.starts[word] == sentence.ends[word - 1] else own


def met_by(slot: Slot, verb: int, forms: Mapping[str, Sequence[int]]) -> list[int] | None:
    """The words behind a verb by which a slot is met, the nearest of each part; None where it is not met."""
    if not slot.without.isdisjoint(forms):
        return None
    found: list[int] = []
    for part in slot.parts:
        here = part.intersection(forms)
        if not here:
            return None
        words = [w for form in here if not form.startswith(SUBJECT) for w in forms[form]]
        near = [w for w in words if 0 < w - verb <= LONGEST_TRIGGER]
        found += [min(near)] if near else []
    return found


def span_words(word: int, met: Sequence[int]) -> list[int]:
    """The trigger's words: the verb through what its frame asked for, where that is near and behind."""
    return list(range(word, max(met) + 1)) if met else [word]
