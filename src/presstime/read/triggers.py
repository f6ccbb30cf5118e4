"""A sentence → the words that trigger its events, each with a PLOVER 2.0 type and mode.

In comes a parsed sentence; out go `Trigger`s in order: verbs alone, verbs with what their frame asks for, and nouns
that name an event. What is asked, threatened or agreed below such a verb is no event of its own, nor is a condition,
an aim beside a deed, or what another sense of a word tells ("a heart attack").

Example: "Rebels opened mortar fire and urged Oremi to yield." → ASSAULT at "opened mortar fire", REQUEST at "urged".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from presstime.read.event_frames import dependents, doers, forms_below, is_in_protest, joined, met_by, span_words
from presstime.read.event_modes import mode_of
from presstime.read.event_senses import answered_for, is_launched, is_other_sense
from presstime.read.event_words import ANYTHING, SUBJECT, Lists, lists
from presstime.read.lemmas import lemma
from presstime.read.tree import Sentence, base, children, subjects, subtree
from presstime.records import EventType

__all__ = ["VERBAL", "Lists", "Trigger", "dependents", "find_triggers", "lists"]

VERB, FRAME, NOUN = 0.75, 0.8, 0.6
"""Confidence by what triggered the event."""
CLAUSES_UP = 8
"""How many words above a trigger are looked at for what makes it a condition or an aim."""

VERBAL: frozenset[EventType] = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "AGREE"})
"""Types of what is done by words. They have no place of their own; what stands below them is their content."""

_FUTURE = frozenset({"will", "'ll", "’ll", "wo", "would", "shall"})
_NEVER_VERBS = frozenset({"AUX", "PUNCT", "DET", "ADP", "PRON", "NUM", "SYM", "CCONJ", "SCONJ", "PART"})
_TO_WHOM = frozenset({"of", "on", "against"})
_STRUCK = frozenset({"on", "against"})
_HAVE_TO = frozenset({"has", "have", "needs", "need"})
_NEGATED = frozenset({"not", "n't", "n’t", "never"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """The word that tells an event, the words of its span, the type and the mode."""

    word: int
    words: tuple[int, ...]
    type: EventType
    confidence: float
    spoken: bool = False
    """Whether the saying itself is the event: "must withdraw" a demand, "will not accept" a refusal."""
    mode: str | None = None


def find_triggers(sentence: Sentence) -> list[Trigger]:
    """Every trigger of a sentence, in order."""
    tags = sentence.universal
    verbal = [t for w, tag in enumerate(tags) if tag not in _NEVER_VERBS and (t := _verb_trigger(sentence, w)) is not None]
    verbal = [t for t in verbal if not is_other_sense(sentence, t.word, t.words, t.type)]
    verbal = [_as_said(sentence, m) for t in verbal if (m := _as_meant(sentence, t, verbal)) is not None]
    asked = {
        w
        for t in verbal
        if (t.type in VERBAL or _ends_or_readies(sentence, t)) and not _of_a_deed(sentence, t)
        for w in _complements(sentence, t.word)
    }
    # a protest's demands are the protest's
    protests = [t.word for t in verbal if t.type == "PROTEST"]
    asked |= {t.word for t in verbal if t.type == "REQUEST" and any(_below(sentence, t.word, p) for p in protests)}
    kept = [t for t in verbal if t.word not in asked]
    covered = {w for t in verbal for w in t.words}
    must = lists().words["must"]
    spoken = [
        w
        for w, word in enumerate(sentence.words)
        if (word.lower() in must or (word.lower() in _HAVE_TO and tags[w] == "VERB")) and w not in asked
    ]
    musts = [t for w in spoken if (t := _must(sentence, w)) is not None]
    under = {w for t in musts for w in subtree(sentence, t.word if sentence.universal[t.word] == "VERB" else sentence.heads[t.word])}
    kept = [t for t in kept if t.word not in under] + [t for t in musts if t.word not in asked]
    asked |= under
    nouns = [w for w, tag in enumerate(tags) if tag in ("NOUN", "PROPN") and w not in covered and w not in asked]
    nominal = [t for w in nouns if (t := _noun_trigger(sentence, w, kept)) is not None]
    nominal = [t for t in nominal if not is_other_sense(sentence, t.word, t.words, t.type)]
    # "clashes broke out" is one event, named by its noun
    doubled = {sentence.heads[n.word] for n in nominal if base(sentence.relations[n.word]) == "nsubj"}
    kept = [t for t in kept if t.word not in doubled or not any(n.type == t.type for n in nominal)]
    found = sorted([*kept, *nominal], key=lambda t: t.word)
    told = [t for t in found if not _untold(sentence, t, found)]
    return [_with_mode(sentence, t, verbal) for t in told or found]


def _ends_or_readies(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether what stands below is only made ready or is stopped: "stopped shelling the port"."""
    words = lists().words
    verb = sentence.lemmas[trigger.word]
    return verb in words["readies"] or (trigger.type == "RETREAT" and verb in words["ends"])


def _of_a_deed(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether what stands below is a deed said to be done: "denied that it shelled", "accused of shelling"."""
    words = lists().words
    verb = sentence.lemmas[trigger.word]
    dismissed = verb in words["dismisses"] and any(sentence.lemmas[w] in words["told_of"] for w in children(sentence, trigger.word, "obj"))
    return verb in words["of_a_deed"] or dismissed


def _below(sentence: Sentence, word: int, above: int) -> bool:
    at = word
    while at >= 0 and at != above:
        at = sentence.heads[at]
    return at == above


def _untold(sentence: Sentence, trigger: Trigger, others: Sequence[Trigger]) -> bool:
    """Whether a trigger, beside others that are told, stands in a condition, in an aim, in what is only meant, or in
    what only describes a noun or had gone before."""
    known = lists().words
    at = trigger.word
    for _ in range(CLAUSES_UP):
        head, relation = sentence.heads[at], base(sentence.relations[at])
        if head < 0:
            return False
        if relation == "csubj" and sentence.fine[at] == "VBG" and any(t.word == head for t in others):
            return True
        if relation in ("advcl", "acl", "xcomp"):
            marks = {sentence.words[c].lower() for c in children(sentence, at, "mark", "advmod", "case")}
            aim = "to" in marks and sentence.fine[at] == "VB"
            if relation == "advcl" and (marks & known["conditions"] or (aim and any(t.word == head for t in others))):
                return True
            if relation == "acl" and ((aim and sentence.lemmas[head] in known["meant"]) or _describes(sentence, at, trigger)):
                return True
            if relation != "acl" and "at" in marks and sentence.lemmas[head] in known["aims"]:
                return True
            # "reports that they had shelled it" is no time before, but what was reported
            before = any(sentence.words[c].lower() == "had" for c in children(sentence, at, "aux"))
            if before and relation != "xcomp" and "that" not in marks:
                return True
        at = head
    return False


def _describes(sentence: Sentence, verb: int, trigger: Trigger) -> bool:
    """Whether a clause below a noun only says which: "farms seized in the war", "a town that officials blame"."""
    if sentence.relations[verb] == "acl:relcl":
        return trigger.type in VERBAL
    plain = sentence.fine[verb] in ("VBN", "VBG", "VBD") and not subjects(sentence, verb)
    above = sentence.heads[sentence.heads[verb]]
    if above >= 0 and sentence.lemmas[above] in lists().words["charges"] and children(sentence, verb, "mark"):
        return False  # "accused the rebels of shelling", however it is parsed
    return plain and sentence.lemmas[verb] not in lists().words["of_a_deed"]


def _as_meant(sentence: Sentence, trigger: Trigger, verbal: Sequence[Trigger]) -> Trigger | None:
    """What is meant by a deed below "plan", "vow", "is ready": a hostile one makes a threat; a plan needs a deed."""
    words = lists().words
    verb = sentence.lemmas[trigger.word]
    readied = verb in words["readies"] and trigger.type == "MOBILIZE"
    if not readied and (trigger.type != "AGREE" or verb not in words["means_to"]):
        return trigger
    inner = {w for c in children(sentence, trigger.word, "xcomp", "ccomp", "advcl") for w in (c, *children(sentence, c, "conj", "xcomp"))}
    kinds = [t.type for t in verbal if t.word in inner]
    if any(kind in words["hostile"] for kind in kinds):
        return trigger if readied else replace(trigger, type="THREATEN")
    if readied:
        return None if children(sentence, trigger.word, "xcomp") else trigger
    return None if verb in words["needs_a_deed"] and not kinds else trigger


def _must(sentence: Sentence, word: int) -> Trigger | None:
    """A demand by a word such as "must": "must withdraw" inside what somebody says."""
    words = lists().words
    own = sentence.universal[word] == "VERB"  # "has to withdraw", "needs to withdraw"
    verb = word if own else sentence.heads[word]
    if own and (sentence.lemmas[word] not in ("have", "need") or not children(sentence, word, "xcomp")):
        return None
    if (not own and base(sentence.relations[word]) != "aux") or sentence.universal[verb] not in ("VERB", "ADJ", "NOUN"):
        return None
    if any(sentence.words[w].lower() in ("i", "we", "you") for w in subjects(sentence, verb)):
        return None
    head = sentence.heads[verb]
    said = base(sentence.relations[verb]) in ("ccomp", "parataxis") and head >= 0 and sentence.lemmas[head] in words["demanding"]
    said = said or any(sentence.lemmas[c] in words["demanding"] for c in children(sentence, verb, "parataxis", "ccomp"))
    last = children(sentence, word, "xcomp")[0] if own else verb
    return Trigger(word, tuple(range(word, last + 1)) if 0 < last - word <= 3 else (word,), "REQUEST", NOUN, spoken=True) if said else None


def _as_said(sentence: Sentence, trigger: Trigger) -> Trigger:
    """What is told with "will": a friendly deed is an agreement to do it, a hostile one a threat, a negated one a refusal."""
    words = lists().words
    verb = trigger.word
    head = sentence.heads[verb]
    helpers = {sentence.words[c].lower() for c in children(sentence, verb, "aux")}
    if not helpers & _FUTURE:
        return trigger
    said = head >= 0 and base(sentence.relations[verb]) == "ccomp" and sentence.lemmas[head] in words["says"]
    said = said or any(sentence.lemmas[c] in words["says"] for c in children(sentence, verb, "parataxis"))
    done = any(sentence.lemmas[w] in lists().nouns for w in subjects(sentence, verb))  # "the attacks would not stop"
    if not said or done or children(sentence, verb, "aux:pass"):
        return trigger
    kind: EventType = trigger.type
    unless = any(sentence.words[m].lower() == "unless" for c in children(sentence, verb, "advcl") for m in children(sentence, c, "mark"))
    if any(sentence.words[c].lower() in _NEGATED for c in children(sentence, verb, "advmod")):
        kind = "REJECT"
    elif unless or kind in words["hostile"]:
        kind = "THREATEN"
    elif kind in words["friendly"]:
        kind = "AGREE"
    return replace(trigger, type=kind, spoken=kind != trigger.type or kind == "REJECT")


def _is_verb(sentence: Sentence, word: int) -> bool:
    # in a headline ("Bank suspends aid") the two tags may differ
    if sentence.universal[word] != "VERB" and sentence.fine[word] not in ("VBZ", "VBD", "VBP"):
        return False
    return base(sentence.relations[word]) not in ("amod", "compound", "case", "mark")


def _is_order(sentence: Sentence, word: int) -> bool:
    """Whether a verb is told to somebody: "Don't shoot him."""
    if sentence.fine[word] != "VB" or sentence.heads[word] >= 0 or subjects(sentence, word):
        return False
    helpers = {sentence.lemmas[c] for c in children(sentence, word, "aux", "mark")}
    return not helpers - {"do", "please"}


def _verb_trigger(sentence: Sentence, word: int) -> Trigger | None:
    """The trigger that a verb or an adjective is, if it is one."""
    known = lists()
    verb = sentence.lemmas[word]
    adjective = sentence.universal[word] == "ADJ" and verb in known.words["adjectives"]
    if (not _is_verb(sentence, word) and not adjective) or _is_order(sentence, word):
        return None
    kind = known.verbs.get(verb)
    if verb == "strike" and not children(sentence, word, "obj", "aux:pass") and known.words["of_pay"].intersection(sentence.lemmas):
        return Trigger(word, (word,), "PROTEST", VERB)
    frames = known.frames.get(verb, ())
    if kind is None and not frames:
        return Trigger(word, (word,), "PROTEST", FRAME) if is_in_protest(sentence, word) else None
    forms = forms_below(sentence, word)
    other = any(all(not part.isdisjoint(forms) for part in sense) for sense in known.other_senses.get(verb, ()))
    for slot in frames:
        met = met_by(slot, word, forms)
        if met is not None and not (other and ANYTHING in slot.parts[0]):
            return Trigger(word, tuple(span_words(word, met)), slot.type, FRAME)
    if kind is None:
        return Trigger(word, (word,), "PROTEST", FRAME) if is_in_protest(sentence, word) else None
    if adjective or other or not _sensible(sentence, word, verb, kind):
        return None
    return Trigger(word, (word,), kind, VERB)


def _sensible(sentence: Sentence, word: int, verb: str, kind: EventType) -> bool:
    """Whether a verb that has other senses is meant in this one."""
    objects = children(sentence, word, "obj", "nsubj:pass", "aux:pass")
    if kind == "ASSAULT" and verb in ("kill", "wound", "injure", "hurt"):
        below = {sentence.lemmas[w] for w in subtree(sentence, word) if not _of_weapons(sentence, w)}
        by_nobody = bool(children(sentence, word, "nsubj:pass", "aux:pass")) and not doers(sentence, word)
        harmless = verb in ("injure", "hurt") and by_nobody and not _of_violence(sentence, word)
        return not below & lists().words["accidents"] and not harmless
    if verb in lists().words["need_object"]:
        return bool(objects or children(sentence, word, "xcomp", "ccomp"))
    if verb == "ask":
        return any(sentence.relations[c] == "xcomp" for c in children(sentence, word)) or any(
            sentence.words[x].lower() == "for" for c in children(sentence, word, "obl") for x in children(sentence, c, "case")
        )
    return True


def _of_weapons(sentence: Sentence, word: int) -> bool:
    """Whether "fire" is what is shot: "sniper fire", "mortar fire"."""
    beside = {sentence.lemmas[c] for c in children(sentence, word, "compound", "amod")}
    return sentence.lemmas[word] == "fire" and bool(beside & (lists().words["means"] | lists().words["of_shooting"]))


def _of_violence(sentence: Sentence, verb: int) -> bool:
    """Whether what hurt somebody was a deed: an attack or a weapon is named, or others were killed beside."""
    known = lists()
    head = sentence.heads[verb]
    if head >= 0 and base(sentence.relations[verb]) == "conj" and known.verbs.get(sentence.lemmas[head]) == "ASSAULT":
        return True
    named = [sentence.lemmas[w] for w in subtree(sentence, verb) if sentence.universal[w] in ("NOUN", "PROPN")]
    return any(known.nouns.get(n) in ("ASSAULT", "PROTEST") or n in known.words["means"] for n in named)


def _complements(sentence: Sentence, verb: int) -> set[int]:
    """What is asked, threatened or agreed: the words below a verb's infinitives, clauses and objects' clauses."""
    found: set[int] = set()
    for child in children(sentence, verb, "xcomp", "ccomp", "obj", "obl", "advcl"):
        relation = base(sentence.relations[child])
        cases = {sentence.words[c].lower() for c in children(sentence, child, "case", "mark")}
        asked = cases & {"for", "to", "of"} or (relation == "obl" and "against" in cases)
        if relation in ("xcomp", "ccomp", "obj") or (relation in ("obl", "advcl") and asked):
            found.update(subtree(sentence, child))
    return found


def _noun_trigger(sentence: Sentence, word: int, verbal: Sequence[Trigger]) -> Trigger | None:
    """A noun that names an event, where it is what happens or is done, or where no verb of the sentence is an event."""
    known = lists()
    relation, head = base(sentence.relations[word]), sentence.heads[word]
    if relation in ("compound", "flat", "amod"):
        return None
    noun = joined(sentence, word)
    kind = _state(sentence, word, known)
    if kind is not None:
        doubled = any(t.type == kind and t.word == head for t in verbal)
        return None if doubled else Trigger(word, (word,), kind, NOUN)
    kind = known.nouns.get(noun) or known.nouns.get(lemma(sentence.words[word], "NNS"))
    if _of_weapons(sentence, word):
        kind = "ASSAULT"
    near = children(sentence, word, "compound", "amod", "nmod", "nummod")
    if kind is None and noun == "operation" and any(sentence.lemmas[c] in known.words["of_arms"] for c in near):
        kind = "ASSAULT" if head >= 0 and is_launched(sentence, word) else None
    if kind is None:
        return None
    if relation in ("obj", "nsubj"):  # "led the attack in the second half"
        near += children(sentence, head, "obl")
    beside = {sentence.lemmas[c] for c in near}
    if not known.other_nouns.get(noun, frozenset()).isdisjoint(beside):
        return None
    struck = {sentence.words[m].lower() for c in children(sentence, word, "nmod") for m in children(sentence, c, "case")} & _STRUCK
    if noun == "strike" and not struck and (beside & known.words["of_workers"] or known.words["of_pay"].intersection(sentence.lemmas)):
        kind = "PROTEST"
    if kind == "ASSAULT" and beside & known.words["of_computers"]:
        kind = "COERCE"
    if head >= 0:
        verb = sentence.lemmas[head]
        passive = sentence.relations[word] == "nsubj:pass" and verb in known.words["does"]
        if relation == "nsubj" and (passive or verb in known.words["happens"]):
            return Trigger(word, (word,), kind, NOUN)
        if (_charged_or_denied(sentence, word) or answered_for(sentence, word)) and kind in ("ASSAULT", "COERCE"):
            return Trigger(word, (word,), kind, NOUN)
        if relation == "obj" and verb in known.words["does"] and not any(t.word == head for t in verbal):
            return Trigger(word, (word,), kind, NOUN)
        if kind == "ASSAULT" and is_launched(sentence, word) and not any(t.word == sentence.heads[head] for t in verbal):
            return Trigger(word, (word,), kind, NOUN)
    bare = relation == "root" or (relation == "nsubj" and kind not in VERBAL)
    bare = bare or (relation in ("obl", "obj") and kind not in VERBAL and _done_by_somebody(sentence, word))
    if not verbal and bare and not _aside(sentence, word):
        return Trigger(word, (word,), kind, NOUN)
    return None


def _charged_or_denied(sentence: Sentence, noun: int) -> bool:
    """Whether a noun names the deed that somebody denies or is charged with: "denied the strike", "blamed X for the attack"."""
    verb = sentence.lemmas[sentence.heads[noun]]
    if verb not in lists().words["of_a_deed"]:
        return False
    cases = {sentence.words[c].lower() for c in children(sentence, noun, "case")}
    relation = base(sentence.relations[noun])
    if verb in lists().words["charges"]:  # "for the attack" takes up what is told elsewhere
        new = any(sentence.words[c].lower() in ("a", "an") for c in children(sentence, noun, "det"))
        return relation in ("obl", "nmod") and bool(cases & {"for", "of"}) and new
    return relation == "obj"


def _done_by_somebody(sentence: Sentence, noun: int) -> bool:
    """Whether a noun's deed is told with who did it and to whom: "the army's blockade of the port", "the
    siege of Kadra"."""
    to_whom = {sentence.words[c].lower() for n in children(sentence, noun, "nmod") for c in children(sentence, n, "case")}
    named = [n for n in children(sentence, noun, "nmod") if sentence.universal[n] == "PROPN"]
    return bool(children(sentence, noun, "nmod:poss") or named) and bool(to_whom & _TO_WHOM)


def _aside(sentence: Sentence, word: int) -> bool:
    """Whether a word stands in a clause that only describes a noun: "those fleeing the war"."""
    while sentence.heads[word] >= 0:
        if base(sentence.relations[word]) == "acl":
            return True
        word = sentence.heads[word]
    return False


def _state(sentence: Sentence, word: int, known: Lists) -> EventType | None:
    """What a noun tells behind its preposition: "the town is under siege", "miners remain on strike"."""
    cases = [c for c in children(sentence, word, "case") if sentence.words[c].lower() in known.states]
    if not cases:
        return None
    head = sentence.heads[word]
    is_state = bool(children(sentence, word, "cop")) or (head >= 0 and sentence.lemmas[head] in known.words["stays"])
    if sentence.lemmas[word] == "way":  # "rescuers are on their way"
        coming = [c for s in subjects(sentence, word) for c in (s, *children(sentence, s, "compound", "amod", "nmod"))]
        is_state = is_state and any(sentence.lemmas[c] in known.words["on_the_way"] for c in coming)
    found = (known.states[sentence.words[c].lower()].get(sentence.lemmas[word]) for c in cases)
    return next((kind for kind in found if kind is not None), None) if is_state else None


def _with_mode(sentence: Sentence, trigger: Trigger, verbal: Sequence[Trigger]) -> Trigger:
    """A trigger with its mode."""
    below = sorted(_complements(sentence, trigger.word) - {trigger.word}) if trigger.type in lists().asked else []
    if trigger.spoken:
        below = subtree(sentence, sentence.heads[trigger.word] if sentence.fine[trigger.word] == "MD" else trigger.word)
    deeds = [t.type for t in verbal if t.word in below and t.word != trigger.word]
    verbal_type = trigger.type in lists().asked
    forms = [f.removeprefix(SUBJECT) for f in forms_below(sentence, trigger.word) if not (verbal_type and f.startswith(SUBJECT))]
    return replace(trigger, mode=mode_of(sentence, trigger.type, trigger.words, forms, below, deeds))
