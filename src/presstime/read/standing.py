"""An event's words → its standing: reported, claimed, denied, planned or hypothetical.

In come a sentence, a trigger in it, and the statement that holds it; out goes how the event is told. The words above
the trigger are climbed: its own helpers, then the verb, noun or clause it hangs on, up to the clause that says it.
What is said not to be so goes before what is only thought of, that before what is planned, that before what somebody
says; only what is left is the outlet's own report. `events.py` adds what is disputed.

Example: "Rebels are said to have shelled the port." → claimed; "There was no shelling." → denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presstime.read.standing_attribution import attributed
from presstime.read.standing_marks import described, marks_of, negated, of_none, own_marks, standing_words, supposed
from presstime.read.tree import Sentence, base, children, subjects
from presstime.read.triggers import Trigger, lists
from presstime.records import Standing, Statement

__all__ = ["standing_of"]

CLAUSES_UP = 8
"""How many words above a trigger are looked at for what makes it planned, possible, said or denied."""

_DENYING_CUE = re.compile(r"\b(?:den(?:y|ies|ied|ying)|refut|rebut|dismiss|reject|disput|repudiat|no truth)", re.IGNORECASE)
_UNTRUE = re.compile(r"\b(?:false|untrue|not true|lies?|baseless|groundless|unfounded|fake|fabricat\w+|not correspond)\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:not|never|no|none|nobody|nothing|without|neither)\b|n[’']t\b", re.IGNORECASE)
_OF = frozenset({"of", "about", "for", "against", "to"})
_TELLING = frozenset({"VBD", "VBZ", "VBP", "VBN", "VBG"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our"})


def standing_of(text: str, sentence: Sentence, trigger: Trigger, held: Statement | None, quoted: bool = False) -> Standing:
    """How an event is told. `held` is the statement whose content holds it; `quoted` says that it stands in words that
    are quoted from nobody known."""
    found = set(_told_by_tree(sentence, trigger))
    told: tuple[Standing, ...] = ("denied", "hypothetical", "planned", "claimed")
    first = next((s for s in told if s in found), None)
    if held is not None and first in (None, "claimed"):
        return "denied" if held.act == "denial" and _denies_content(text, held) else "claimed"
    if first is None and (quoted or attributed(sentence, trigger.word)):
        return "claimed"
    return first or "reported"


def _denies_content(text: str, held: Statement) -> bool:
    """Whether a denial's content is what is denied ("denied that …"), not the words that deny it ("we did not …")."""
    if held.cue is not None and _DENYING_CUE.search(text[held.cue.start : held.cue.end]):
        return True
    said = " ".join(text[c.start : c.end] for c in held.content)
    return _UNTRUE.search(said) is not None or not _NEGATION.search(said)


def _is_noun(sentence: Sentence, word: int) -> bool:
    return sentence.universal[word] in ("NOUN", "PROPN", "ADJ")


def _told_by_tree(sentence: Sentence, trigger: Trigger) -> Iterator[Standing]:
    """Everything that the words above a trigger say of its standing."""
    known = standing_words()
    word = trigger.word
    nominal = sentence.universal[word] in ("NOUN", "PROPN")
    if negated(sentence, word) or (not nominal and any(of_none(sentence, w) for w in trigger.words if w != word)):
        yield "denied"
    above = sentence.heads[word]
    if base(sentence.relations[word]) == "acl" and not nominal and above >= 0 and of_none(sentence, above):
        # "has no troops deployed there"; but "has no doubt that they shelled it"
        yield "claimed" if sentence.lemmas[above] in ("doubt", "question") else "denied"
    yield from own_marks(sentence, word)
    if sentence.lemmas[word] in known["verb.planned"] and _of_a_plan(sentence, word):
        yield "planned"
    if nominal or len(trigger.words) > 1:
        for w in trigger.words:
            if sentence.universal[w] in ("NOUN", "PROPN"):
                yield from described(sentence, w)
    if _is_question(sentence, word, nominal):
        yield "hypothetical"
    at = word
    bound = nominal and any(sentence.words[c].lower() in _DEFINITE for c in children(sentence, word, "det", "nmod:poss"))
    modal = True  # whether helpers of the verbs above still bear on the event
    for _ in range(CLAUSES_UP):
        head, relation = sentence.heads[at], sentence.relations[at]
        if head < 0:
            yield from _aside(sentence, at)
            return
        kind = base(relation)
        if kind in ("ccomp", "csubj", "parataxis"):
            yield from _aside(sentence, at)
        told, climbs, keeps = _step(sentence, at, head, kind, relation, bound)
        yield from told
        if not climbs:
            return
        if kind == "nsubj" and supposed(sentence, head):
            yield "hypothetical"
        if kind == "nsubj" and not bound and not keeps:
            yield from (s for s in own_marks(sentence, head) if s == "hypothetical")
        modal = modal and keeps and not bound
        if sentence.universal[head] in ("VERB", "AUX", "ADJ") or not bound:
            own = set(own_marks(sentence, head))
            yield from own if modal else own & {"claimed"}
        if modal and kind in ("obj", "xcomp", "conj") and sentence.universal[head] == "VERB" and _shares_negation(sentence, at, head, kind):
            yield "denied"
        if _is_noun(sentence, head):
            bound = bound or kind in ("acl", "appos")
        at = head


def _of_a_plan(sentence: Sentence, verb: int) -> bool:
    """Whether a verb of planning is itself what is told: "is scheduled to", "talks are scheduled", "vowed to attack"."""
    if sentence.lemmas[verb] in standing_words()["verb.acts_of_speech"]:
        return False
    to = any(sentence.words[c].lower() == "to" for x in children(sentence, verb, "xcomp", "ccomp") for c in children(sentence, x, "mark"))
    return to or bool(children(sentence, verb, "nsubj:pass"))


def _shares_negation(sentence: Sentence, word: int, head: int, kind: str) -> bool:
    """Whether a negated verb negates what stands below it: "did not launch an attack", "did not attack or seize"."""
    if not negated(sentence, head):
        return False
    if kind == "conj":
        return sentence.fine[word] == "VB" and not subjects(sentence, word)
    return kind == "obj" or sentence.fine[word] == "VB"


def _is_question(sentence: Sentence, word: int, nominal: bool) -> bool:
    if sentence.words[-1] != "?" and (len(sentence) < 2 or sentence.words[-2] != "?"):
        return False
    return not nominal and (sentence.heads[word] < 0 or base(sentence.relations[word]) == "conj")


def _aside(sentence: Sentence, word: int) -> Iterator[Standing]:
    """What an inserted saying makes of the clause: "Troops shelled Kadra, reports say"."""
    says = standing_words()["verb.reporting"]
    for child in children(sentence, word, "parataxis"):
        apart = ";" in sentence.words[min(word, child) : max(word, child)] or children(sentence, child, "obj")
        if sentence.lemmas[child] in says and subjects(sentence, child) and not apart:
            yield "claimed"


def _step(sentence: Sentence, at: int, head: int, kind: str, relation: str, bound: bool) -> tuple[list[Standing], bool, bool]:
    """One step up: what the word above says of the one below, whether to climb on, and whether its helpers bear on it."""
    told: list[Standing] = []
    lemma = sentence.lemmas[head]
    known = standing_words()
    infinitive = any(sentence.words[c].lower() == "to" for c in children(sentence, at, "mark"))
    if kind == "conj":
        return told, True, sentence.fine[at] in ("VB", "VBG", "VBN") or _is_noun(sentence, at)
    if kind == "csubj" and infinitive and children(sentence, head, "cop"):
        return ["hypothetical"], False, False  # "to fire on a boat is a crime"
    if kind in ("ccomp", "csubj") or (kind == "parataxis" and lemma in known["verb.reporting"]):
        return _of_clause(sentence, at, head), False, False
    if kind == "parataxis":
        return told, False, False
    if relation == "acl:relcl":
        return told + [s for s in described(sentence, head) if s in ("claimed", "hypothetical")], False, False
    above = sentence.heads[head]
    if kind == "acl" and above >= 0 and sentence.lemmas[above] in known["verb.accusing"] and marks_of(sentence, at) & _OF:
        return ["claimed"], False, False  # "accused the rebels of shelling", however it is parsed
    if _is_noun(sentence, head) and kind in ("acl", "nmod", "ccomp", "obl", "appos"):
        return (
            _of_noun(sentence, at, head, kind, infinitive),
            kind in ("nmod", "appos") or (kind == "acl" and sentence.fine[at] == "VBG"),
            True,
        )
    if infinitive and kind in ("xcomp", "advcl", "acl", "obl"):
        return _of_infinitive(sentence, at, head, kind), True, True
    if kind == "advcl":
        having = any(sentence.words[c].lower() == "having" for c in children(sentence, at, "aux"))
        gerund = (sentence.fine[at] == "VBG" or having) and not subjects(sentence, at)
        if gerund and lemma in known["verb.accusing"] and children(sentence, at, "mark", "case"):
            told.append("claimed")
        elif gerund and lemma in known["verb.reporting"] and marks_of(sentence, at) & _OF:
            told.append("claimed")  # "told of soldiers burning houses"
        elif (
            gerund
            and "for" in marks_of(sentence, at)
            and any(sentence.lemmas[o] == "responsibility" for o in children(sentence, head, "obj"))
        ):
            told.append("claimed")  # "took responsibility for bombing the port"
        elif gerund and lemma in known["verb.kept_from"] and "from" in marks_of(sentence, at):
            told.append("denied")
        return told, gerund or sentence.fine[at] == "VBN", gerund
    if kind == "xcomp":
        if lemma in known["verb.denying"] or lemma in known["verb.failed"]:
            told.append("denied")
        elif lemma in known["verb.supposing"]:
            told.append("hypothetical")
        elif lemma in known["verb.reporting"] or lemma in known["verb.seeming"]:
            told.append("claimed")
        return told, True, True
    if kind in ("obj", "nsubj", "obl", "iobj"):
        return _of_deed_s_verb(sentence, at, head, kind, relation), True, kind != "nsubj" or lemma in known["verb.happening"]
    return told, kind in ("nmod", "compound", "amod", "flat", "appos", "nummod", "dep"), True


def _shows(sentence: Sentence, verb: int) -> list[int]:
    """What shows something: "footage shows", "footage appears to show"."""
    above = sentence.heads[verb]
    return subjects(sentence, verb) or (subjects(sentence, above) if above >= 0 and base(sentence.relations[verb]) == "xcomp" else [])


def _of_clause(sentence: Sentence, at: int, head: int) -> list[Standing]:
    """What a verb or adjective over a clause says of it."""
    known = standing_words()
    lemma, not_so = sentence.lemmas[head], negated(sentence, head)
    if lemma in known["verb.denying"]:
        return ["claimed" if not_so else "denied"]
    if lemma in known["verb.untrue"]:
        return ["claimed" if not_so else "denied"]
    if lemma in known["verb.true"] and not_so:
        return ["denied"]
    if lemma in known["verb.doubtful"] or lemma in known["verb.supposing"]:
        told = lemma in known["verb.brought_up"] or (lemma in known["verb.suggesting"] and sentence.fine[at] in _TELLING)
        return ["claimed" if told else "hypothetical"]
    if lemma in known["verb.sees"] and any(sentence.lemmas[w] in known["noun.sayers"] for w in subjects(sentence, head)):
        return ["claimed"]  # "witnesses saw soldiers shoot"
    if lemma in known["verb.showing"] and any(sentence.lemmas[w] in known["noun.footage"] for w in _shows(sentence, head)):
        return ["claimed"]
    if lemma in known["noun.supposed_by"]:
        return ["hypothetical"]
    if lemma in known["verb.reporting"] or lemma in known["noun.hearsay_under"] or lemma in known["verb.accusing"]:
        return ["claimed"]
    return []


def _of_noun(sentence: Sentence, at: int, head: int, kind: str, infinitive: bool) -> list[Standing]:
    """What a noun says of the event below it: "plans to attack", "fears of an attack", "no sign of fighting"."""
    known = standing_words()
    lemma = sentence.lemmas[head]
    if kind == "nmod" and not {sentence.words[c].lower() for c in children(sentence, at, "case")} & {
        "of",
        "for",
        "about",
        "on",
        "from",
        "that",
    }:
        return []
    if kind == "appos":
        return []
    if lemma in known["noun.denied_under"] or (lemma in known["noun.evidence"] and _negative(sentence, head)):
        return ["denied"]
    if lemma in known["noun.planned_under"]:
        return ["planned"]
    if lemma in known["noun.supposed_by"] and not (kind == "nmod" and lemma in known["verb.over_clause"]):
        return ["hypothetical"]
    if lemma in known["verb.conditions"] and kind == "nmod" and head > 0 and sentence.words[head - 1].lower() in ("the", "in"):
        return ["hypothetical"] if any(w.lower() == "in" for w in sentence.words[max(0, head - 2) : head]) else []
    if lemma in known["noun.hearsay_under"]:
        above = sentence.heads[head]
        turned_down = above >= 0 and base(sentence.relations[head]) == "obj" and sentence.lemmas[above] in known["verb.denying"]
        return ["denied"] if turned_down and not negated(sentence, above) else ["claimed"]
    if kind == "acl" and infinitive:
        return ["hypothetical"] if lemma not in known["verb.done_first"] else []
    if kind == "acl" and sentence.fine[at] == "VBN":
        return []
    return []


def _negative(sentence: Sentence, noun: int) -> bool:
    head = sentence.heads[noun]
    return of_none(sentence, noun) or (head >= 0 and base(sentence.relations[noun]) in ("obj", "nsubj") and negated(sentence, head))


def _of_infinitive(sentence: Sentence, at: int, head: int, kind: str) -> list[Standing]:
    known = standing_words()
    lemma = sentence.lemmas[head]
    not_so = negated(sentence, head)
    if lemma in known["verb.failed"] or (lemma in known["verb.done"] and not_so):
        return ["denied"]
    if lemma in known["verb.reporting"] and children(sentence, head, "aux:pass", "nsubj:pass"):
        return ["claimed"]
    if lemma in known["verb.seeming"]:
        return ["claimed"]
    if lemma in known["verb.planned"]:
        return ["denied"] if not_so and lemma in known["verb.planned_not"] else ["planned"]
    if lemma in known["verb.supposing"] or lemma in known["verb.doubtful"] or lemma in lists().words["unreal"]:
        return ["hypothetical"]
    if lemma in known["verb.done"] or kind == "xcomp":
        return []
    # what something was done for is not told as done, but for gatherings and talks, which are what one comes for
    deed = lists().verbs.get(sentence.lemmas[at])
    return ["hypothetical"] if deed in ("ASSAULT", "COERCE") else []


def _of_deed_s_verb(sentence: Sentence, at: int, head: int, kind: str, relation: str) -> list[Standing]:
    """What a verb says of the event that its subject, object or adjunct names: "foiled an attack", "warned of an attack"."""
    known = standing_words()
    lemma = sentence.lemmas[head]
    done_to = kind == "obj" or relation == "nsubj:pass"
    cases = {sentence.words[c].lower() for c in children(sentence, at, "case")}
    definite = any(sentence.words[c].lower() in _DEFINITE for c in children(sentence, at, "det", "nmod:poss"))
    not_so = negated(sentence, head)
    if done_to and lemma in known["verb.prevented"]:
        return ["hypothetical"]
    if done_to and lemma in known["verb.denying"]:
        return ["claimed" if not_so else "denied"]
    if (
        not_so
        and (lemma in known["verb.happening"] or done_to)
        and not (kind == "obj" and definite and lemma not in known["verb.happening"])
    ):
        return ["denied"]
    if done_to and lemma in known["verb.planned_noun"]:
        return ["planned"]
    if done_to and lemma in known["verb.plotted"]:
        return ["hypothetical"]
    if done_to and lemma in known["verb.supposed_noun"]:
        return [] if definite else ["hypothetical"]
    headline = kind == "nsubj" and sentence.fine[head] in ("VBN", "VBD") and not children(sentence, head, "obj", "ccomp", "xcomp", "aux")
    if (done_to or headline) and lemma in known["verb.alleged_noun"]:
        return ["claimed"]  # "Shelling of Kadra reported"
    if kind == "obl" and cases & _OF:
        if lemma in known["verb.warned_of"]:
            return [] if definite else ["hypothetical"]
        if lemma in known["verb.accusing"] or ("of" in cases and (lemma == "speak" or lemma in known["verb.reporting"])):
            return ["claimed"]
        if lemma == "clear" and "of" in cases:
            return ["denied"]
    return []
