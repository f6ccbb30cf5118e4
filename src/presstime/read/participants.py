"""A trigger → who did it and to whom, as the words that head their phrases.

In come a sentence and a trigger; out go two word indexes, each None where nobody is named. Passives, relative
clauses, participles and verbs that share a subject or an object are followed; for a noun, "by", "of", "against", the
possessor and the word it is made with ("rebel attack") say it. Weapons do nothing: whose they are is who did it.

Example: in "Troops who shelled the port left." the trigger "shelled" gives "Troops" and "port".
"""

from __future__ import annotations

from collections.abc import Set

from presstime.read.figure_words import is_person
from presstime.read.lands import nationality
from presstime.read.means import is_means, is_munition, means_words
from presstime.read.sub_events import parties
from presstime.read.tree import Sentence, base, children, subjects
from presstime.read.triggers import Trigger, lists

__all__ = ["participants"]

_OBJECT_DOES = frozenset({"of", "for", "from"})
_AGAINST = frozenset({"on", "against", "at", "with", "upon", "into", "to", "towards", "toward", "over"})
_STRUCK = frozenset({"on", "against", "upon"})
_SENDERS = frozenset({"from", "by"})
_OWNED = frozenset({"its", "their", "his", "her"})
_AT_ONES_HANDS = ("hand", "hands")
DEPTH = 4
"""How many verbs up a shared subject is looked for."""


def participants(sentence: Sentence, trigger: Trigger, dated: Set[int] = frozenset()) -> tuple[int | None, int | None]:
    """The words that head the actor's and the recipient's phrases. `dated` are the words of times, which take part in nothing."""
    word = trigger.word
    if trigger.spoken and trigger.type == "REQUEST":  # "Varna must withdraw", "has to": asked of the subject, by whoever says so
        own = subjects(sentence, sentence.heads[word] if sentence.fine[word] == "MD" else word)
        return None, own[0] if own else None
    if sentence.universal[word] in ("NOUN", "PROPN"):
        actor, recipient = _of_noun(sentence, word, dated)
    else:
        actor, recipient = _of_verb(sentence, word, trigger, dated)
    return _behind(sentence, actor, trigger, dated), recipient


def _behind(sentence: Sentence, actor: int | None, trigger: Trigger, dated: Set[int], depth: int = 0) -> int | None:
    """Who is behind what does it: a weapon's or a deed's owner or maker; nobody where that is not said."""
    if actor is None or depth > 2 or trigger.type not in ("ASSAULT", "COERCE"):
        return actor
    deed = sentence.lemmas[actor] in lists().nouns and sentence.universal[actor] == "NOUN"
    if not deed and not is_munition(sentence, actor):
        return actor
    by = _with_case(sentence, actor, frozenset({"by", "from"}), "nmod", dated)
    by = by if by is not None else next((w for p in children(sentence, actor, "acl") for w in _agents(sentence, p, dated)), None)
    owner = by if by is not None else next(iter(children(sentence, actor, "nmod:poss")), None)
    if owner is None:
        owner = _fired_by(sentence, actor)
    if owner is not None:
        if sentence.words[owner].lower() in _OWNED:
            return None
        return owner if is_munition(sentence, owner) is False else _behind(sentence, owner, trigger, dated, depth + 1)
    if _made_by(sentence, actor) is not None:
        # "Keldan mortars", "rebel rockets": told as one
        return _made_by(sentence, actor) if deed else actor
    return None


def _fired_by(sentence: Sentence, munition: int) -> int | None:
    """The subject of the relative clause that sends a weapon off: "rockets that rebels fired"."""
    for clause in children(sentence, munition, "acl:relcl"):
        own = [w for w in subjects(sentence, clause) if sentence.words[w].lower() not in ("that", "which")]
        if own:
            return own[0]
    return None


def _agents(sentence: Sentence, participle: int, dated: Set[int]) -> list[int]:
    if sentence.fine[participle] != "VBN":
        return []
    by = _with_case(sentence, participle, frozenset({"by"}), "obl", dated)
    return [] if by is None else [by]


def _with_case(sentence: Sentence, word: int, cases: Set[str], relation: str, dated: Set[int]) -> int | None:
    for child in children(sentence, word, relation):
        if child in dated or sentence.lemmas[child] in lists().words["days"]:
            continue
        if any(sentence.words[c].lower() in cases for c in children(sentence, child, "case")):
            return child
    return None


def _of_verb(sentence: Sentence, verb: int, trigger: Trigger, dated: Set[int]) -> tuple[int | None, int | None]:
    # "Troops captured Orlen" is at times parsed as a passive; what has an object is none
    passive = bool(children(sentence, verb, "aux:pass")) or (
        bool(children(sentence, verb, "nsubj:pass")) and not children(sentence, verb, "obj")
    )
    below_noun = base(sentence.relations[verb]) == "acl" and sentence.heads[verb] >= 0
    own = subjects(sentence, verb)
    bare = not own and not children(sentence, verb, "aux", "obj", "ccomp")
    shares_passive = sentence.fine[verb] in ("VBN", "VBD") and bare and _joined_passive(sentence, verb)
    participle = below_noun and (sentence.fine[verb] == "VBN" or (sentence.fine[verb] == "VBD" and bare))
    if passive or shares_passive or (participle and not own):
        patient = own[0] if own else (sentence.heads[verb] if below_noun else _patient_above(sentence, verb))
        struck = _antecedent(sentence, verb, patient)
        if struck is not None and _is_sent(sentence, struck, trigger):  # "a grenade was thrown at the house"
            struck = _against(sentence, verb, dated)
        return _agent(sentence, verb, dated), struck
    actor = _antecedent(sentence, verb, own[0]) if own else _inherited(sentence, verb)
    suffered = _suffered(sentence, verb)
    if suffered is not None:
        by = _with_case(sentence, suffered, _SENDERS, "nmod", dated)
        by = by if by is not None else _with_case(sentence, verb, _SENDERS, "obl", dated)
        return by if by is not None else _of_noun(sentence, suffered, dated)[0], actor
    objects = children(sentence, verb, "obj", "iobj")
    oblique = _against(sentence, verb, dated)
    objects = [w for w in objects if w not in dated and sentence.lemmas[w] not in lists().words["days"]]
    framed = bool(objects) and objects[0] in trigger.words and not (trigger.type == "ASSAULT" and _is_target(sentence, objects[0]))
    if framed and sentence.lemmas[verb] in parties()["done_to"] and is_person(sentence, objects[0]):
        framed = False
    if framed and trigger.type not in ("COERCE", "CONCEDE", "REJECT", "ACCUSE") and trigger.mode != "release":
        # what the frame asked for is part of the deed: "sent aid to the towns", "held talks with the ministry"
        recipient = oblique if oblique is not None else _with_case(sentence, objects[0], _AGAINST, "nmod", dated)
    else:
        recipient = objects[0] if objects else oblique
    if recipient is not None and objects and recipient == objects[0] and _is_sent(sentence, recipient, trigger):
        # "fired rockets at the port", "hurled grenades into the crowd"
        recipient = oblique if oblique is not None else _with_case(sentence, recipient, _AGAINST, "nmod", dated)
    if recipient is None and not objects and trigger.type in ("ASSAULT", "COERCE"):
        recipient = _object_shared(sentence, verb)
    if recipient is not None and recipient == verb:
        recipient = None
    if recipient is not None and sentence.lemmas[recipient] in lists().nouns and oblique is not None:
        recipient = oblique
    if recipient is not None and sentence.lemmas[recipient] in lists().nouns:
        recipient = _with_case(sentence, recipient, _AGAINST, "nmod", dated) or recipient
    return actor, recipient


def _is_sent(sentence: Sentence, word: int, trigger: Trigger) -> bool:
    """Whether an object is what is sent against somebody: "fired rockets at the port", "fired tear gas at the crowd"."""
    if trigger.type not in ("ASSAULT", "COERCE"):
        return False
    if any(sentence.words[c].lower() == "down" for c in children(sentence, trigger.word, "compound:prt")):
        return False  # "shot down a drone"
    if sentence.lemmas[trigger.word] in parties()["destroying"] and base(sentence.relations[word]) == "obj":
        return False
    sends = word in trigger.words or sentence.lemmas[trigger.word] in means_words().using
    return is_munition(sentence, word) or (sends and is_means(sentence, word))


def _is_target(sentence: Sentence, word: int) -> bool:
    """Whether what a frame asked for is itself what was struck: "destroyed the school", not "opened fire"."""
    lemma, head = sentence.lemmas[word], sentence.heads[word]
    if head >= 0 and sentence.lemmas[head] in parties()["destroying"] and base(sentence.relations[word]) == "obj":
        return True
    return not (lemma in lists().nouns or lemma in parties()["no_target"] or is_munition(sentence, word) or is_means(sentence, word))


def _against(sentence: Sentence, verb: int, dated: Set[int]) -> int | None:
    """Whom a deed is against, by a preposition; what it is done with is none of them."""
    for child in children(sentence, verb, "obl"):
        if child in dated or sentence.lemmas[child] in lists().words["days"]:
            continue
        cases = {sentence.words[c].lower() for c in children(sentence, child, "case")}
        if cases & _AGAINST and child > verb and not (cases & {"with"} and is_means(sentence, child)):
            return child
    return None


def _agent(sentence: Sentence, verb: int, dated: Set[int]) -> int | None:
    """Who does a passive verb: "by rebels", "at the hands of rebels", "in an attack by rebels", "in rebel shelling"."""
    by = _with_case(sentence, verb, frozenset({"by"}), "obl", dated)
    if by is not None:
        return by
    for child in children(sentence, verb, "obl"):
        cases = {sentence.words[c].lower() for c in children(sentence, child, "case")}
        if sentence.lemmas[child] in _AT_ONES_HANDS and "at" in cases:
            return next(iter(children(sentence, child, "nmod")), None)
        if "in" in cases and sentence.lemmas[child] in lists().nouns and lists().nouns[sentence.lemmas[child]] in ("ASSAULT", "COERCE"):
            found = _of_noun(sentence, child, dated)[0]
            if found is not None:
                return found
    # "was arrested and beaten by police"
    joined = [c for c in children(sentence, verb, "conj") if sentence.fine[c] in ("VBN", "VBD") and not subjects(sentence, c)]
    return next((by for c in joined if (by := _with_case(sentence, c, frozenset({"by"}), "obl", dated)) is not None), None)


def _suffered(sentence: Sentence, verb: int) -> int | None:
    """The deed that a verb's subject suffers: "came under attack", "suffered an assault"."""
    if sentence.lemmas[verb] not in parties()["suffering"]:
        return None
    if sentence.lemmas[verb] in ("come", "be"):
        near = [
            w for w in children(sentence, verb, "obl") if any(sentence.words[c].lower() == "under" for c in children(sentence, w, "case"))
        ]
    else:
        near = children(sentence, verb, "obj")
    return next((w for w in near if sentence.lemmas[w] in lists().nouns or sentence.lemmas[w] == "fire" or is_munition(sentence, w)), None)


def _joined_passive(sentence: Sentence, verb: int) -> bool:
    """Whether a participle is joined to a passive: "were arrested and beaten"."""
    head = sentence.heads[verb]
    return base(sentence.relations[verb]) == "conj" and head >= 0 and bool(children(sentence, head, "nsubj:pass", "aux:pass"))


def _patient_above(sentence: Sentence, verb: int) -> int | None:
    """To whom a participle without a subject is done: the subject of the verb it goes with."""
    word = verb
    for _ in range(DEPTH):
        relation, head = base(sentence.relations[word]), sentence.heads[word]
        if head < 0 or relation not in ("conj", "xcomp", "advcl", "ccomp"):
            return None
        own = subjects(sentence, head)
        if own:
            return own[0]
        word = head
    return None


def _object_shared(sentence: Sentence, verb: int) -> int | None:
    """The object of the verb joined behind: "shelled and looted the village"."""
    for other in children(sentence, verb, "conj"):
        objects = children(sentence, other, "obj")
        between = [
            c for c in children(sentence, verb) if verb < c < other and base(sentence.relations[c]) not in ("cc", "punct", "advmod", "conj")
        ]
        if sentence.universal[other] == "VERB" and objects and not between and not subjects(sentence, other):
            return objects[0]
    return None


def _inherited(sentence: Sentence, verb: int) -> int | None:
    """Who does a verb that has no subject: the one above's does ("offered to negotiate"), or its object ("accused X of shelling")."""
    word = verb
    for _ in range(DEPTH):
        relation, head = base(sentence.relations[word]), sentence.heads[word]
        if head < 0:
            return None
        if relation != "conj" and _told_of_object(sentence, word):
            return _acted_on(sentence, head)
        if relation == "acl":
            return head if sentence.fine[word] == "VBG" and sentence.lemmas[head] not in lists().words["days"] else None
        if relation not in ("conj", "xcomp", "advcl", "ccomp"):
            return None
        own = subjects(sentence, head)
        if own:
            if relation == "advcl" and sentence.relations[own[0]].endswith(":pass"):
                by = _with_case(sentence, head, frozenset({"by"}), "obl", frozenset())
                return by if by is not None else _antecedent(sentence, head, own[0])
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
    if not done_to and sentence.relations[verb] == "acl" and sentence.fine[verb] in ("VBN", "VBD"):
        done_to = [sentence.heads[verb]]
    done_to = [w for w in done_to if sentence.lemmas[w] not in lists().words["means"]]
    return _antecedent(sentence, verb, done_to[0]) if done_to else None


def _antecedent(sentence: Sentence, verb: int, subject: int | None) -> int | None:
    if subject is None or sentence.words[subject].lower() not in ("who", "which", "that"):
        return subject
    head = sentence.heads[verb]
    if base(sentence.relations[verb]) == "acl" and head >= 0:
        above = sentence.heads[head]
        deed = above >= 0 and base(sentence.relations[head]) == "nmod" and sentence.lemmas[above] in lists().nouns
        # "the attack on the barracks, which killed ten": the attack did
        return above if deed and sentence.words[subject].lower() != "who" else head
    # "who attacked and burned": the relative clause's other verb
    if base(sentence.relations[verb]) == "conj" and head >= 0 and base(sentence.relations[head]) == "acl":
        return sentence.heads[head]
    return subject


def _made_by(sentence: Sentence, noun: int) -> int | None:
    """Who a deed's noun is made with: "rebel attack", "Israeli strikes", but no place and no weapon."""
    for child in children(sentence, noun, "amod", "compound"):
        low = sentence.lemmas[child]
        if is_means(sentence, child) or (sentence.lemmas[noun] == "operation" and low in lists().words["of_arms"]):
            continue
        named = sentence.words[child][:1].isupper() and (sentence.universal[child] == "ADJ" or sentence.entities[child][2:] != "LOC")
        known = child > 0 or sentence.entities[child] != "O" or low in parties()["sides"] or nationality(sentence.words[child]) is not None
        if low in parties()["modifying"] or (named and known):
            return child
    return None


def _of_noun(sentence: Sentence, noun: int, dated: Set[int]) -> tuple[int | None, int | None]:
    owner = next(
        (w for w in children(sentence, noun, "nmod:poss") if w not in dated and sentence.lemmas[w] not in lists().words["days"]), None
    )
    by = _with_case(sentence, noun, frozenset({"by", "from"}), "nmod", dated)
    of = _with_case(sentence, noun, frozenset({"of"}), "nmod", dated)
    against = _with_case(sentence, noun, _AGAINST, "nmod", dated)
    between = _with_case(sentence, noun, frozenset({"between"}), "nmod", dated)
    # "an attack by rebels on the port": the second phrase often hangs on the first
    if by is not None and against is None and of is None:
        against = _with_case(sentence, by, _STRUCK, "nmod", dated)
    struck = of if of is not None else against
    if by is None and struck is not None:
        by = _with_case(sentence, struck, frozenset({"by"}), "nmod", dated)
    if owner is not None and sentence.words[owner].lower() in _OWNED:
        owner = _owner_of(sentence, noun, owner)
    made_by = _made_by(sentence, noun)
    actor = next((w for w in (by, owner, between, made_by) if w is not None), None)
    recipient = against if against is not None else of
    if between is not None and actor == between and recipient is None:
        recipient = next(iter(children(sentence, between, "conj")), None)
    head, relation = sentence.heads[noun], base(sentence.relations[noun])
    if actor is None and head >= 0:
        if relation == "obj":
            own = subjects(sentence, head)
            actor = own[0] if own and not sentence.relations[own[0]].endswith(":pass") else None
        elif sentence.relations[noun] == "nsubj:pass":
            actor = _with_case(sentence, head, frozenset({"by"}), "obl", dated)
    if actor is None:
        actor = next((w for p in children(sentence, noun, "acl") for w in _agents(sentence, p, dated)), None)
    if recipient is None and head >= 0 and relation == "nsubj" and sentence.lemmas[head] in parties()["striking"]:
        recipient = next(iter(children(sentence, head, "obj")), None)
    return actor, recipient


def _owner_of(sentence: Sentence, noun: int, pronoun: int) -> int:
    """Whom "its" stands for: the subject of the verb above, where that is another word; else the pronoun itself."""
    at = noun
    for _ in range(DEPTH):
        at = sentence.heads[at]
        if at < 0:
            break
        own = [w for w in subjects(sentence, at) if w != noun]
        if own and not sentence.relations[own[0]].endswith(":pass"):
            return _antecedent(sentence, at, own[0]) or pronoun
    return pronoun
