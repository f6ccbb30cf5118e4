"""A trigger → who did it and to whom, as the words that head their phrases.

In come a sentence and a trigger; out go two word indexes, each None where nobody is named. Passives, relative
clauses and verbs that share a subject are followed; for a noun, "by", "of", "against" and the possessor say it.

Example: in "Troops who shelled the port left." the trigger "shelled" gives "Troops" and "port".
"""

from __future__ import annotations

from collections.abc import Set

from presstime.read.tree import Sentence, base, children, subjects
from presstime.read.triggers import Trigger, lists

__all__ = ["participants"]


def participants(sentence: Sentence, trigger: Trigger, dated: Set[int] = frozenset()) -> tuple[int | None, int | None]:
    """The words that head the actor's and the recipient's phrases. `dated` are the words of times, which take part in nothing."""
    word = trigger.word
    if sentence.fine[word] == "MD":  # "Varna must withdraw": asked of the subject, by whoever says so
        own = subjects(sentence, sentence.heads[word])
        return None, own[0] if own else None
    if sentence.universal[word] in ("NOUN", "PROPN"):
        return _of_noun(sentence, word, dated)
    return _of_verb(sentence, word, trigger, dated)


def _with_case(sentence: Sentence, word: int, cases: Set[str], relation: str, dated: Set[int]) -> int | None:
    for child in children(sentence, word, relation):
        if child in dated or sentence.lemmas[child] in lists().words["days"]:
            continue
        if any(sentence.words[c].lower() in cases for c in children(sentence, child, "case")):
            return child
    return None


_OBJECT_DOES = frozenset({"of", "for", "from"})
_AGAINST = frozenset({"on", "against", "at", "with", "upon", "into", "to"})


def _of_verb(sentence: Sentence, verb: int, trigger: Trigger, dated: Set[int]) -> tuple[int | None, int | None]:
    passive = bool(children(sentence, verb, "nsubj:pass", "aux:pass"))
    below_noun = base(sentence.relations[verb]) == "acl" and sentence.heads[verb] >= 0
    own = subjects(sentence, verb)
    if passive or (below_noun and sentence.fine[verb] == "VBN"):
        patient = own[0] if own else (sentence.heads[verb] if below_noun else None)
        return _with_case(sentence, verb, frozenset({"by"}), "obl", dated), _antecedent(sentence, verb, patient)
    actor = _antecedent(sentence, verb, own[0]) if own else _inherited(sentence, verb)
    objects = children(sentence, verb, "obj", "iobj")
    oblique = _with_case(sentence, verb, _AGAINST, "obl", dated)
    objects = [w for w in objects if w not in dated and sentence.lemmas[w] not in lists().words["days"]]
    framed = bool(objects) and objects[0] in trigger.words
    if framed and trigger.type not in ("COERCE", "CONCEDE", "REJECT", "ACCUSE"):
        # what the frame asked for is part of the deed: "sent aid to the towns", "held talks with the ministry"
        recipient = oblique if oblique is not None else _with_case(sentence, objects[0], _AGAINST, "nmod", dated)
    else:
        recipient = objects[0] if objects else oblique
    if recipient is not None and recipient == verb:
        recipient = None
    if recipient is not None and sentence.lemmas[recipient] in lists().nouns and oblique is not None:
        recipient = oblique
    if recipient is not None and sentence.lemmas[recipient] in lists().nouns:
        recipient = _with_case(sentence, recipient, _AGAINST, "nmod", dated) or recipient
    return actor, recipient


def _inherited(sentence: Sentence, verb: int) -> int | None:
    """Who does a verb that has no subject: the one above's does ("offered to negotiate"), or its object ("accused X of shelling")."""
    word = verb
    for _ in range(4):
        relation, head = base(sentence.relations[word]), sentence.heads[word]
        if head < 0:
            return None
        if relation != "conj" and _told_of_object(sentence, word):
            return _acted_on(sentence, head)
        if relation == "acl":
            return head if sentence.fine[word] == "VBG" else None
        if relation not in ("conj", "xcomp", "advcl", "ccomp"):
            return None
        own = subjects(sentence, head)
        if own:
            return _antecedent(sentence, head, own[0])
        word = head
    return None


def _told_of_object(sentence: Sentence, verb: int) -> bool:
    """Whether "of", "for" or "from" brings a verb in that the object of the one above does: "blamed X for bombing"."""
    if sentence.fine[verb] != "VBG" or sentence.universal[sentence.heads[verb]] != "VERB":
        return False
    marks = children(sentence, verb, "mark", "case")
    return any(sentence.words[c].lower() in _OBJECT_DOES for c in marks) and _acted_on(sentence, sentence.heads[verb]) is not None


def _acted_on(sentence: Sentence, verb: int) -> int | None:
    """Whom a verb is done to: its object, its passive subject, or the noun a participle stands with; a thing done with is nobody."""
    done_to = children(sentence, verb, "obj") or children(sentence, verb, "nsubj:pass")
    if not done_to and base(sentence.relations[verb]) == "acl" and sentence.fine[verb] == "VBN":
        done_to = [sentence.heads[verb]]
    done_to = [w for w in done_to if sentence.lemmas[w] not in lists().words["means"]]
    return _antecedent(sentence, verb, done_to[0]) if done_to else None


def _antecedent(sentence: Sentence, verb: int, subject: int | None) -> int | None:
    if subject is None or sentence.words[subject].lower() not in ("who", "which", "that"):
        return subject
    head = sentence.heads[verb]
    return head if base(sentence.relations[verb]) == "acl" and head >= 0 else subject


def _of_noun(sentence: Sentence, noun: int, dated: Set[int]) -> tuple[int | None, int | None]:
    owner = next(iter(children(sentence, noun, "nmod:poss")), None)
    by = _with_case(sentence, noun, frozenset({"by"}), "nmod", dated)
    of = _with_case(sentence, noun, frozenset({"of"}), "nmod", dated)
    against = _with_case(sentence, noun, _AGAINST, "nmod", dated)
    between = _with_case(sentence, noun, frozenset({"between"}), "nmod", dated)
    demonym = next((c for c in children(sentence, noun, "amod", "compound") if sentence.words[c][:1].isupper()), None)
    actor = by if by is not None else owner if owner is not None else between if between is not None else demonym
    recipient = against if against is not None else of
    head, relation = sentence.heads[noun], base(sentence.relations[noun])
    if actor is None and head >= 0 and relation == "obj":
        own = subjects(sentence, head)
        actor = own[0] if own else None
    return actor, recipient
