"""A verb (or a state behind a copula) → what it says happened to its subject or object, and whether as a fact.

In come a sentence and the index of a predicate; out go a measure for the role asked, and for the whole clause
whether it is told as done: what is only possible, meant, asked or denied is not.

Example: in "12 were found dead" the predicate "found" says "killed" of its subject.
"""

from __future__ import annotations

from presstime.read.fates import find_fate
from presstime.read.figure_words import is_known_person, is_one_of, is_person, is_thing, lists, measure_of
from presstime.read.standing_marks import supposed
from presstime.read.tree import Sentence, base, children, subjects
from presstime.records import Certainty, Measure

__all__ = ["is_burned", "is_downed", "joined_verbs", "merged", "modifiers", "reality", "said_of"]

CLAUSES_UP = 6
"""How many clauses above a predicate are looked at for what makes it unreal."""

_HELD = ("hostage", "prisoner", "captive", "custody", "detention")
_MODALS = frozenset({"will", "would", "could", "can", "may", "might", "should", "must", "shall", "'ll", "’ll", "wo", "ca"})


def _passive(sentence: Sentence, verb: int) -> bool:
    if children(sentence, verb, "aux:pass", "nsubj:pass"):
        return True
    if sentence.fine[verb] not in ("VBN", "VBD", "JJ", "NNP", "VB"):
        return False
    if any(is_one_of(sentence, c, ("be", "get")) for c in children(sentence, verb, "aux", "cop")):
        return sentence.fine[verb] != "VBG"
    # "12 wounded" beside "five were killed": no auxiliary of its own, no object
    return sentence.fine[verb] == "VBN" and not children(sentence, verb, "obj", "aux")


def said_of(sentence: Sentence, verb: int, role: str) -> Measure | None:
    """What a verb (or a state behind a copula) says of the word that is its subject or object."""
    known = lists()
    passive = _passive(sentence, verb)
    done_to = measure_of(sentence, verb, known.done_to)
    if done_to is None and _to_death(sentence, verb):
        done_to = "killed"
    if done_to is None and _broken(sentence, verb):
        done_to = "destroyed"
    if done_to is None and _is_treated(sentence, verb):
        done_to = "injured"
    if done_to is None and _is_lost(sentence, verb, role, passive):
        done_to = "destroyed" if passive else "killed"
    if done_to is None and _is_held(sentence, verb, passive):
        done_to = "detained"
    if done_to is None and is_one_of(sentence, verb, ("cut",)) and any(sentence.words[c].lower() == "off" for c in sentence.below[verb]):
        done_to = "affected"
    fate = find_fate(sentence, verb, role, passive)
    if role == "obj" or (role == "subj" and passive):
        told = done_to or fate or _completed(sentence, verb, passive) or _struck(sentence, verb, role)
        if told is not None or role == "obj":
            return told
    if role == "subj":
        by = measure_of(sentence, verb, known.done_by)
        if by is not None:
            return by
        if is_one_of(sentence, verb, ("lose",)) and any(is_one_of(sentence, o, ("life",)) for o in children(sentence, verb, "obj")):
            return "killed"
        if _lost_home(sentence, verb):
            return "displaced"
        if fate is not None:
            return fate
        if _suffers(sentence, verb):
            return "injured"
        if is_one_of(sentence, verb, ("collapse",)) and _is_of_subject(sentence, verb, "built"):
            return "destroyed"
        state = measure_of(sentence, verb, known.states)
        if state is not None and sentence.universal[verb] != "VERB":
            return state
        participle = sentence.fine[verb] in ("VBG", "VBN") and not children(sentence, verb, "obj")
        if state is not None and (children(sentence, verb, "cop") or participle):
            return state
        return _completed(sentence, verb, passive)
    return None


def _to_death(sentence: Sentence, verb: int) -> bool:
    """Whether what completes a verb makes it a killing: "shot to death", "gunned down"."""
    for child in children(sentence, verb, "obl", "compound", "advmod", "xcomp"):
        if is_one_of(sentence, child, ("death",)) and any(sentence.words[c].lower() == "to" for c in children(sentence, child, "case")):
            return not is_one_of(sentence, verb, ("sentence", "condemn", "put", "lead", "contribute"))
        if sentence.words[child].lower() == "down" and is_one_of(sentence, verb, lists().words["struck_down"]):
            return True
    return False


def is_downed(sentence: Sentence, noun: int, verb: int) -> bool:
    """Whether a thing is brought down: "shot down two helicopters"."""
    if not is_thing(sentence, noun) or not is_one_of(sentence, verb, lists().words["struck_down"]):
        return False
    return any(sentence.words[c].lower() == "down" for c in sentence.below[verb])


def is_burned(sentence: Sentence, noun: int, verb: int) -> bool:
    """Whether people and no things were burned: "burned three workers"."""
    return is_known_person(sentence, noun) and is_one_of(sentence, verb, ("burn", "scald"))


def _broken(sentence: Sentence, verb: int) -> bool:
    """Whether a verb with its particle destroys: "burned down", "blew up", "washed away"."""
    words = lists().words
    particles = {sentence.words[c].lower() for c in children(sentence, verb, "compound", "advmod")}
    if "away" in particles and is_one_of(sentence, verb, words["swept_away"]):
        return True
    return bool(particles & {"down", "up"}) and is_one_of(sentence, verb, words["broken_down"])


def _is_lost(sentence: Sentence, verb: int, role: str, passive: bool) -> bool:
    """Whether who or what is lost is gone for good: "the army lost 12 men", "a dozen homes were lost"; not "to injury"."""
    if not is_one_of(sentence, verb, ("lose",)) or any(_has_to(sentence, c) for c in children(sentence, verb, "obl")):
        return False
    if passive:
        return role == "subj" and _is_of_subject(sentence, verb, "built")
    words = lists().words
    lost = children(sentence, verb, "obj")
    if any(is_one_of(sentence, o, words["only_in_arms"]) for o in lost):
        return True
    return (
        bool(lost)
        and is_one_of(sentence, lost[0], words["in_arms"])
        and any(is_one_of(sentence, s, words["forces"]) for s in subjects(sentence, verb))
    )


def _is_of_subject(sentence: Sentence, verb: int, name: str) -> bool:
    return any(is_one_of(sentence, s, lists().words[name]) for s in subjects(sentence, verb))


def _has_to(sentence: Sentence, word: int) -> bool:
    """Whether a phrase begins with "to"."""
    return any(sentence.words[c].lower() == "to" for c in children(sentence, word, "case"))


def _is_held(sentence: Sentence, verb: int, passive: bool) -> bool:
    """Whether "held" is said of people who may not go: not "held responsible", "held back", "the hall held 300 people"."""
    if not is_one_of(sentence, verb, ("hold",)) or children(sentence, verb, "xcomp", "compound"):
        return False
    held = children(sentence, verb, "obj")
    if held or not passive:
        return any(is_person(sentence, h) for h in held) and _is_of_subject(sentence, verb, "holders")
    held = children(sentence, verb, "nsubj:pass") or ([sentence.heads[verb]] if sentence.relations[verb] == "acl" else [])
    if any(is_known_person(sentence, h) or sentence.lemmas[h] in ("dozen", "score", "hundred", "thousand") for h in held):
        return True
    by = children(sentence, verb, "obl:agent", "obl")  # "two were held by police"
    return any(sentence.universal[h] == "NUM" for h in held) and any(is_one_of(sentence, c, lists().words["holders"]) for c in by)


def _suffers(sentence: Sentence, verb: int) -> bool:
    """Whether a verb says that its subject is hurt: "suffered burns", "sustained minor injuries"."""
    known = lists()
    hurt = children(sentence, verb, "obj") if is_one_of(sentence, verb, known.words["suffering"]) else []
    return any(
        (is_one_of(sentence, c, known.words["hurts"]) or measure_of(sentence, c, known.nouns) == "injured")
        and not any(sentence.words[d].lower() == "no" for d in children(sentence, c, "det"))
        for c in hurt
    )


def _struck(sentence: Sentence, verb: int, role: str) -> Measure | None:
    """What "shot" and "stabbed" say alone: that it is not told whether the struck lived, unless a limb was hit."""
    words = lists().words
    if not is_one_of(sentence, verb, words["striking"]):
        return None
    told = role == "obj" or bool(children(sentence, verb, "aux:pass", "nsubj:pass")) or sentence.relations[verb] == "acl"
    if not told or any(sentence.words[c].lower() == "at" for w in children(sentence, verb, "obl") for c in children(sentence, w, "case")):
        return None  # "four youths shot at the guards"
    return "injured" if any(is_one_of(sentence, c, words["limbs"]) for c in children(sentence, verb, "obl")) else "affected"


def _lost_home(sentence: Sentence, verb: int) -> bool:
    return is_one_of(sentence, verb, ("lose",)) and any(is_one_of(sentence, o, ("home", "house")) for o in children(sentence, verb, "obj"))


def _is_treated(sentence: Sentence, verb: int) -> bool:
    """Whether somebody is treated for what hurts: "treated 250 people for gunshot wounds"."""
    known = lists()
    if not is_one_of(sentence, verb, ("treat",)):
        return False
    hurt = [
        c for c in children(sentence, verb, "obl", "nmod") if any(sentence.words[x].lower() == "for" for x in children(sentence, c, "case"))
    ]
    if base(sentence.relations[verb]) != "acl" and any(
        is_one_of(sentence, c, ("hospital", "clinic")) for c in children(sentence, verb, "obl")
    ):
        return True
    return any(is_one_of(sentence, c, known.words["hurts"]) or measure_of(sentence, c, known.nouns) == "injured" for c in hurt)


def _completed(sentence: Sentence, verb: int, passive: bool) -> Measure | None:
    """What completes a verb: "left 12 dead", "was found dead", "believed to have been killed", "taken hostage", "remain missing"."""
    known = lists()
    for child in children(sentence, verb, "xcomp", "obj", "obl", "advmod", "advcl", "amod", "ccomp", "compound", "acl", "dep"):
        relation = base(sentence.relations[child])
        if relation in ("obl", "obj") and not is_one_of(sentence, child, (*_HELD, "hospital")):
            continue
        if relation in ("advcl", "ccomp", "acl") and subjects(sentence, child):
            continue
        if is_one_of(sentence, verb, ("take", "send", "rush", "hold", "bring", "place", "transport", "admit", "remain", "stay", "keep")):
            if is_one_of(sentence, child, _HELD):
                return "detained"
            if is_one_of(sentence, child, ("hospital",)):
                return "injured"
        if relation in ("obl", "obj"):
            continue
        state = measure_of(sentence, child, known.states)
        if state is not None and (relation != "advcl" or sentence.universal[child] == "ADJ"):
            return state
        if relation == "xcomp":
            own = measure_of(sentence, child, known.done_to) if _passive(sentence, child) else None
            own = own or (measure_of(sentence, child, known.done_by) if not is_one_of(sentence, verb, known.words["unreal"]) else None)
            if own is not None:
                return own
    return None


def modifiers(sentence: Sentence, noun: int) -> tuple[Measure | None, int | None]:
    """What stands with the noun itself: "wounded soldiers", "people killed in the blast", "miners who died"."""
    known = lists()
    turned = _turned(sentence, noun)
    if turned is not None:
        return turned
    for child in children(sentence, noun, "amod", "acl", "appos", "conj", "parataxis", "dep", "compound"):
        relation = sentence.relations[child]
        if relation.startswith("acl"):
            relative = subjects(sentence, child)
            if relative and not any(sentence.words[s].lower() in ("who", "that", "which") for s in relative):
                continue
            told = [(m, v) for v in joined_verbs(sentence, child) if (m := said_of(sentence, v, "subj")) is not None]
            if told:  # "who had been shot and killed"
                return next(((m, v) for m, v in told if m != "affected"), told[0])
        elif base(relation) in ("amod", "compound"):
            if any(sentence.universal[w] == "NUM" for w in range(noun + 1, child)):
                continue  # "12 people killed, 40 injured": the injured are others
            measure = measure_of(sentence, child, known.states)
            if measure is not None and (sentence.words[child].lower() != "hurt"):
                return measure, child
        elif sentence.universal[child] in ("VERB", "ADJ") and child > noun and not children(sentence, child, "obj"):
            if relation == "conj" and any(
                sentence.universal[w] == "NUM" for w in (*range(noun + 1, child), child + 1) if w < len(sentence)
            ):
                continue  # "two medics, and 20 injured", "the death of one civilian and injured 15"
            measure = said_of(sentence, child, "subj")
            if measure is not None:
                return measure, child
    return None, None


def _turned(sentence: Sentence, noun: int) -> tuple[Measure, int] | None:
    """What a sentence turned round says of its noun: "Also killed were two guards", "Among the dead were three children"."""
    known = lists()
    for child in children(sentence, noun, "nsubj", "csubj", "obl", "nmod", "advcl"):
        if child > noun:
            break
        if sentence.fine[child] == "VBN" and children(sentence, noun, "cop") and not children(sentence, child, "obj"):
            measure = measure_of(sentence, child, known.done_to) or measure_of(sentence, child, known.states)
        elif any(sentence.words[c].lower() == "among" for c in children(sentence, child, "case")):
            measure = measure_of(sentence, child, known.nouns) or measure_of(sentence, child, known.states)
        else:
            continue
        if measure is not None and measure != "population":
            return measure, child
    return None


def reality(sentence: Sentence, clause: int) -> tuple[bool, Certainty | None]:
    """Whether a predicate is told as a fact, and how sure it is: not so for what is meant, possible or denied."""
    known = lists().words
    certainty: Certainty | None = None
    if is_one_of(sentence, clause, known["feared"]) and sentence.universal[clause] == "VERB":
        certainty = "feared"
    if _is_presupposed(sentence, clause):
        return True, certainty
    word, steps = clause, 0
    while word >= 0 and steps < CLAUSES_UP:
        modal = [c for c in children(sentence, word, "aux") if sentence.words[c].lower() in _MODALS]
        if modal:
            if _supposes(sentence, word) or not _may_be_so(sentence, word, sentence.words[modal[0]].lower()):
                return False, None
            certainty = "feared"
        if any(sentence.words[c].lower() in ("not", "n't", "n’t", "never") for c in children(sentence, word, "advmod", "neg")):
            return False, None
        if any(sentence.words[c].lower() in ("if", "unless", "lest") for c in children(sentence, word, "mark")):
            return False, None
        relation, head = base(sentence.relations[word]), sentence.heads[word]
        if head < 0:
            break
        infinitive = any(sentence.words[c].lower() == "to" for c in children(sentence, word, "mark"))
        if infinitive and (is_one_of(sentence, head, known["unreal"]) or relation == "advcl"):
            return False, None
        purpose = infinitive and relation == "acl" and sentence.universal[clause] == "VERB"
        if purpose and sentence.universal[head] == "NOUN" and not is_person(sentence, head):
            return False, None  # "an operation to arrest the two", not "the fifth man to be killed"
        if relation == "obj" and sentence.universal[word] == "NOUN" and is_one_of(sentence, head, known["meant"]):
            return False, None
        if is_one_of(sentence, head, known["feared"]) and relation in ("xcomp", "ccomp", "nsubj"):
            certainty = "feared"
        if relation == "ccomp" and is_one_of(sentence, head, known["imagined"]):
            return False, None
        if relation in ("ccomp", "advcl", "parataxis", "root") or (relation == "acl" and sentence.fine[word] != "VB"):
            break  # "the attack that killed five will be investigated": the killing is told as done
        if relation == "conj" and any(sentence.words[c].lower() == "but" for c in children(sentence, word, "cc")):
            break  # "not 12 but 9 were killed"
        if relation == "nsubj" and sentence.universal[word] == "NOUN":
            break
        word, steps = head, steps + 1
    return True, certainty


def _may_be_so(sentence: Sentence, verb: int, modal: str) -> bool:
    """Whether what a modal leaves open is held possible of what was: "may have died", "they fear 40 could die".

    "Could have killed hundreds" says what did not come about.
    """
    done = any(sentence.lemmas[c] == "have" for c in children(sentence, verb, "aux"))
    if modal in ("may", "might") and is_one_of(sentence, verb, lists().words["maybe_so"]) and not children(sentence, verb, "obj"):
        return True  # "20 people may be trapped" tells of now, "may be arrested" of what is to come
    if modal in ("may", "might", "could") and _is_feared(sentence, verb) and (done or not children(sentence, verb, "obj")):
        return True
    if not done:
        return False
    return modal in ("may", "might", "must") or (modal == "could" and not children(sentence, verb, "obj"))


def _is_feared(sentence: Sentence, verb: int) -> bool:
    """Whether a clause says what somebody fears: "feared 40 could die", "amid fears that 40 may be dead"."""
    head = sentence.heads[verb]
    if any(sentence.lemmas[c] == "fear" for c in children(sentence, verb, "parataxis")):
        return True
    return head >= 0 and sentence.lemmas[head] == "fear" and base(sentence.relations[verb]) in ("ccomp", "acl", "xcomp")


def _supposes(sentence: Sentence, verb: int) -> bool:
    """Whether a verb hangs on a condition: "had the ferry not turned back", "if the wall had failed"."""
    if any(sentence.lemmas[c] == "have" and sentence.fine[c] == "VBD" for c in children(sentence, verb, "advcl")):
        return True
    return any(supposed(sentence, c) for c in children(sentence, verb, "advcl"))


def _is_presupposed(sentence: Sentence, deed: int) -> bool:
    """Whether a deed is told of as known: "the murder of Ana Tarr", whoever is to investigate it; not "could lead to the killing of"."""
    if sentence.universal[deed] != "NOUN" or not any(sentence.words[c].lower() in ("the", "this") for c in children(sentence, deed, "det")):
        return False
    known = lists()
    if measure_of(sentence, deed, known.deeds) is None or is_one_of(sentence, deed, known.words["mishaps"]):
        return False
    head = sentence.heads[deed]
    return head < 0 or not is_one_of(sentence, head, (*known.words["meant"], *known.words["unreal"], *known.words["brings"]))


def joined_verbs(sentence: Sentence, verb: int, behind: int = -1) -> list[int]:
    """A verb and the verbs coordinated with it that have no subject or object of their own."""
    found = [verb]
    for other in children(sentence, verb, "conj"):
        if sentence.universal[other] not in ("VERB", "ADJ") or subjects(sentence, other) or other <= behind:
            continue
        if not children(sentence, other, "obj") and not _own_count(sentence, verb, other):
            found.append(other)
    return found


def _own_count(sentence: Sentence, verb: int, other: int) -> bool:
    """Whether a verb coordinated with another counts somebody of its own: "12 were killed and dozens wounded"."""
    if any(sentence.universal[w] == "NUM" for w in range(verb, other)):
        return True
    behind = max((c + 1 for c in children(sentence, other, "cc") if c > verb), default=other)
    return any(sentence.universal[w] in ("NOUN", "PROPN", "PRON") for w in range(behind, other))


def merged(found: list[tuple[Measure, int]], sentence: Sentence) -> list[tuple[Measure, int]]:
    """One number of two measures: "killed or injured five" does not say how many of each, so affected; else each its own."""
    if any(m != "affected" for m, _ in found):  # "shot and wounded"
        found = [(m, v) for m, v in found if m != "affected"]
    measures = {m for m, _ in found}
    either = any(sentence.words[c].lower() == "or" for _, v in found for c in children(sentence, v, "cc"))
    if measures == {"killed", "injured"} or (len(measures) > 1 and either):
        return [("affected", found[0][1])]
    first: dict[Measure, int] = {}
    for measure, verb in found:
        first.setdefault(measure, verb)
    return list(first.items())
