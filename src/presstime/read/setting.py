"""An event → its place and its time: the nearest in its own clause, else of the clauses it belongs to, else of the sentence.

In come a sentence, a trigger, what was found in the sentence, and the statement that holds the event; out go the ids of
a place and a time. What belongs to the saying is never the event's: inside a statement only its content counts, outside
one a clause of saying, who speaks and where and when are left out.

Example: "Speaking in Geneva on Friday, she said troops had shelled Kadra on Monday." → "Kadra" and "Monday".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from presstime.read.event_senses import answered_for
from presstime.read.figure_scope import told_of
from presstime.read.figure_words import is_person
from presstime.read.means import is_means, is_munition
from presstime.read.standing_marks import standing_words
from presstime.read.sub_events import parties
from presstime.read.tree import Sentence, base, children, subjects, subtree
from presstime.read.triggers import lists
from presstime.records import Place, Statement, Time

__all__ = ["clause_head", "not_carried", "own_place", "own_time"]

OWN, SHARED, BELOW, ELSEWHERE = 0, 1, 2, 3
"""How far off a place or time stands: in the clause, in one it belongs to, in a part of it, in the rest of the sentence."""
TIME_REACH = 120
"""Characters between an event and a time outside its clause; what stands farther off dates something else."""
CLAUSES_UP = 4

_R = TypeVar("_R", Place, Time)
_APART = frozenset({"after", "before", "since", "because", "although", "though", "until", "once", "whereas", "if", "unless"})
_FIXED = frozenset(
    {"base", "barrack", "checkpoint", "position", "outpost", "headquarters", "depot", "airbase", "stronghold", "trench", "post"}
)
_HAS = frozenset({"has", "have", "'ve", "’ve"})
_WHENCE = frozenset({"from"})
_OWNED = frozenset({"of", "from"})


def own_place(
    sentence: Sentence, word: int, doer: int | None, target: int | None, places: Sequence[Place], held: Statement | None
) -> Place | None:
    """The place of an event, among the literal places of its sentence. `doer` and `target` head the phrases of the parties."""
    ranked = []
    belongs = _phrase_apart(sentence, word, doer)
    struck = _phrase_apart(sentence, word, target) if target is not None and _is_party(sentence, target) else set()
    for place in _sayable(places, held):
        at = _word_at(sentence, place.start, place.end)
        if at is None or at == word or (at in belongs and _tells_whose(sentence, at, doer)) or _of_another_deed(sentence, word, at):
            continue
        if at in struck and at != target and _tells_whose(sentence, at, target):
            continue
        far = _distance(sentence, word, at, held is not None)
        if far is not None:
            whence = _cases(sentence, at) & _WHENCE != set()
            ranked.append(
                (far, whence, at not in set(subtree(sentence, word)), abs(place.start - sentence.starts[word]), place.start, place)
            )
    if not ranked:
        return None
    best = min(ranked, key=lambda r: r[:5])
    elsewhere = [r for r in ranked if r[0] == ELSEWHERE]
    return None if best[0] == ELSEWHERE and len(elsewhere) > 1 else best[5]


def own_time(sentence: Sentence, word: int, doer: int | None, times: Sequence[Time], held: Statement | None) -> tuple[Time | None, bool]:
    """The time of an event among those of its sentence, and whether a time stands in its own clause."""
    ranked = []
    belongs = _phrase_apart(sentence, word, doer)
    for time in _sayable(times, held):
        at = _word_at(sentence, time.start, time.end)
        if at is None or (
            at in belongs and word not in subtree(sentence, at) and doer is not None and not _within_clause(sentence, at, doer)
        ):
            continue
        far = None if _of_another(sentence, word, at) else _distance(sentence, word, at, held is not None)
        apart = abs(time.start - sentence.starts[word])
        if far is None or (far > OWN and apart > TIME_REACH):
            continue
        coarse = {"time": 0, "date": 1}.get(time.kind, 2)
        ranked.append((far, coarse if far == OWN else 0, at not in subtree(sentence, word), apart, time.start, time))
    if not ranked:  # "the crush of 1994, in which 210 were trampled"
        words = {sentence.starts[w] for w in told_of(sentence, word)}
        of = [t for t in _sayable(times, held) if t.start in words]
        return (of[0], True) if len(of) == 1 else (None, False)
    best = min(ranked, key=lambda r: r[:5])
    return (None, False) if best[0] == ELSEWHERE and len(ranked) > 1 else (best[5], best[0] == OWN)


def not_carried(sentence: Sentence, word: int, times: Sequence[Time], carried: Time) -> bool:
    """Whether a time of another sentence is none of a verb's: its own sentence names an earlier year ("the worst in 1994"), or it
    tells of what has come of things by now, at no hour ("has destroyed").
    """
    if answered_for(sentence, word):
        return True  # the day on which somebody says a deed was his is not the deed's
    if any(len(t.value) == len("1994") and t.value.isdecimal() and t.value < carried.value[:4] for t in times):
        return True
    helpers = {sentence.words[c].lower() for c in children(sentence, word, "aux")}
    return "T" in carried.value and not helpers.isdisjoint(_HAS)


def _of_another_deed(sentence: Sentence, word: int, at: int) -> bool:
    """Whether a place tells which other event is meant: "the Orlen massacre", "the anniversary of the battle at Orlen"."""
    head = sentence.heads[at]
    if head >= 0 and head != word and base(sentence.relations[at]) in ("compound", "amod") and sentence.lemmas[head] in lists().nouns:
        return True
    remembered = standing_words()["past.remembered"]
    above = at
    while sentence.heads[above] >= 0 and sentence.universal[above] != "VERB":
        above = sentence.heads[above]
        if sentence.lemmas[above] in remembered and word not in subtree(sentence, above):
            return True
    return False


def _of_another(sentence: Sentence, word: int, at: int) -> bool:
    """Whether a time tells which other thing is meant: "the agreement of 9 May", "Friday's vote", "the 2020 war"."""
    head = sentence.heads[at]
    if head >= 0 and head in (sentence.heads[word], sentence.heads[sentence.heads[word]]) and answered_for(sentence, word):
        return True  # "claimed responsibility on Monday for the attack"
    if head < 0 or head == word or sentence.universal[head] not in ("NOUN", "PROPN", "NUM") or word in subtree(sentence, at):
        return False
    kind = base(sentence.relations[at])
    return (
        kind in ("nummod", "compound", "amod")
        or sentence.relations[at] == "nmod:poss"
        or bool(kind == "nmod" and _cases(sentence, at) & _OWNED)
    )


def _phrase_apart(sentence: Sentence, word: int, party: int | None) -> set[int]:
    """The words of a party's phrase, none where the event is itself told within it ("rebels who shelled Kadra")."""
    if party is None or party == word:
        return set()
    phrase = set(subtree(sentence, party))
    return phrase if word not in phrase else set()


def _sayable(records: Sequence[_R], held: Statement | None) -> list[_R]:
    """What stands in a statement's content, where a statement holds the event."""
    if held is None:
        return list(records)
    return [r for r in records if any(c.start <= r.start and r.end <= c.end for c in held.content)]


def _word_at(sentence: Sentence, start: int, end: int | None = None) -> int | None:
    """The word that heads what stands at an offset: of its words, the one that hangs on none of them."""
    inside = [w for w in range(len(sentence)) if start <= sentence.starts[w] < (end if end is not None else start + 1)]
    return next((w for w in inside if sentence.heads[w] not in inside), None)


def _cases(sentence: Sentence, word: int) -> set[str]:
    return {sentence.words[c].lower() for c in children(sentence, word, "case")}


def _is_party(sentence: Sentence, word: int) -> bool:
    """Whether a word is somebody, not something that stands somewhere."""
    lemma = sentence.lemmas[word]
    own = parties()
    people = (
        is_munition(sentence, word)
        or is_means(sentence, word)
        or lemma in own["state"]
        or lemma in own["non_state"]
        or lemma in own["armed"] - _FIXED
        or is_person(sentence, word)
    )
    return people or sentence.entities[word][2:] in ("PERSON", "ORG")


def _tells_whose(sentence: Sentence, at: int, party: int | None) -> bool:
    """Whether a place tells who somebody is ("troops from Varna"), not where they were ("police in Oremi")."""
    if at == party:
        return True
    return not _cases(sentence, at) & {"in", "at", "near", "outside", "around", "on"}


def _within_clause(sentence: Sentence, at: int, doer: int) -> bool:
    return base(sentence.relations[at]) in ("nmod", "obl") and sentence.heads[at] == doer and not _cases(sentence, at) & _OWNED


def clause_head(sentence: Sentence, word: int) -> int:
    """The word that heads the clause a word stands in; an infinitive's is the verb's above it."""
    at = word
    while sentence.heads[at] >= 0:
        kind = base(sentence.relations[at])
        verbal = sentence.universal[at] in ("VERB", "AUX") or bool(children(sentence, at, "cop", "nsubj"))
        if kind in ("ccomp", "advcl", "acl", "parataxis", "csubj") or (kind == "conj" and verbal):
            return at
        at = sentence.heads[at]
    return at


def _is_saying(sentence: Sentence, word: int) -> bool:
    return sentence.lemmas[word] in standing_words()["verb.reporting"] and (
        bool(children(sentence, word, "ccomp", "parataxis")) or base(sentence.relations[word]) == "parataxis"
    )


def _distance(sentence: Sentence, word: int, at: int, inside: bool) -> int | None:
    """How far a place or time is from an event; None where it belongs to something else. `inside`: within one statement."""
    own = clause_head(sentence, word)
    if own != word and base(sentence.relations[word]) not in ("acl",) and at in subtree(sentence, word):
        return OWN if clause_head(sentence, at) == own else BELOW
    there = clause_head(sentence, at)
    if there == own:
        return OWN
    outward = _outward(sentence, own, at)
    if outward is not None and there in outward:
        return SHARED
    if not inside and _is_saying(sentence, there):
        return None
    if at in subtree(sentence, own):
        return BELOW if _is_part(sentence, there, own) else None if _has_own_doer(sentence, there) else ELSEWHERE
    barrier = base(sentence.relations[own])
    if barrier in ("ccomp", "acl") or (barrier == "advcl" and _apart(sentence, own)):
        return None
    if base(sentence.relations[there]) in ("acl", "advcl") and (_has_own_doer(sentence, there) or sentence.relations[there] == "acl:relcl"):
        return None
    if base(sentence.relations[there]) == "conj" and at > word and _has_own_doer(sentence, there):
        return None
    # an adverb phrase of who speaks: "Speaking in Geneva, the minister said …"
    above = sentence.heads[there]
    if not inside and (_under_saying(sentence, there) or (above >= 0 and _is_saying(sentence, above) and there != own)):
        return None
    return ELSEWHERE


def _under_saying(sentence: Sentence, word: int) -> bool:
    at = word
    while at >= 0:
        if _is_saying(sentence, at) and base(sentence.relations[word]) != "ccomp":
            return True
        if base(sentence.relations[at]) == "ccomp":
            return False
        at = sentence.heads[at]
    return False


def _outward(sentence: Sentence, own: int, at: int) -> set[int] | None:
    """The clauses around one that it shares place and time with."""
    found: set[int] = set()
    here = own
    for _ in range(CLAUSES_UP):
        head, kind = sentence.heads[here], base(sentence.relations[here])
        if head < 0:
            break
        if kind == "conj":
            first = sentence.starts[subjects(sentence, head)[0]] if subjects(sentence, head) else sentence.start
            if subjects(sentence, here) and sentence.starts[at] > first:
                break  # "Rebels shelled Kadra and police arrested ten": only what stands in front is for both
            if at > here:
                break
        elif kind == "advcl":
            if _apart(sentence, here):
                break
        elif sentence.relations[here] == "acl:relcl" or kind in ("ccomp", "parataxis", "csubj"):
            break
        here = clause_head(sentence, head)
        if _is_saying(sentence, here):
            break
        found.add(here)
    return found or None


def _apart(sentence: Sentence, clause: int) -> bool:
    marks = {sentence.words[c].lower() for c in children(sentence, clause, "mark", "case", "advmod")}
    return bool(marks & _APART)


def _is_part(sentence: Sentence, below: int, own: int) -> bool:
    """Whether a clause below is a part of the event told: "…, killing six in Kadra"."""
    at = below
    while at != own and at >= 0:
        kind = base(sentence.relations[at])
        if kind in ("advcl", "acl") and sentence.relations[at] != "acl:relcl" and not subjects(sentence, at) and not _apart(sentence, at):
            at = clause_head(sentence, sentence.heads[at])
            continue
        return False
    return at == own


def _has_own_doer(sentence: Sentence, clause: int) -> bool:
    return bool(subjects(sentence, clause)) or base(sentence.relations[clause]) in ("ccomp", "parataxis") or _apart(sentence, clause)
