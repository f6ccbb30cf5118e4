"""The words of a statement → whether they say that something is not so, or that somebody is to blame, by their tree.

In: a content's words (content_acts.py). Out: answers to single questions, which acts.py asks. That nobody was hurt, that
no train runs or that a thing is not known denies nothing: what is denied is a wrong, a deed of the speaker's own, or
another's words.

Example: "no shell of ours fell on the school" denies; "no bus runs on Sundays" does not.
"""

from __future__ import annotations

from functools import cache

from presstime.read.content_acts import Content, doers_of, is_negated, is_own, lemmas_of, party
from presstime.read.lexicon import nouns, words
from presstime.read.tree import Sentence, children, subtree

__all__ = ["blames", "calls_untrue", "denies_wrong", "not_of_oneself"]

_PAST = frozenset({"did", "had", "have", "has", "was", "were", "'ve", "’ve", "been"})
_NOBODY = frozenset({"nobody", "none", "nothing"})
_OTHERS = frozenset({"he", "she", "they", "you"})


def calls_untrue(content: Content) -> bool:
    """ "The “false” allegations", "the minister is wrong", "that report is not correct"."""
    for sentence, word in content.words:
        asserted = sentence.lemmas[word] in lemmas_of("assertions")
        if asserted and any(sentence.lemmas[c] in lemmas_of("untrue") for c in children(sentence, word, "amod")):
            return True
    return any(_mistaken(content, sentence, top) for sentence, top in content.tops)


def _mistaken(content: Content, sentence: Sentence, top: int) -> bool:
    """Whether a clause says of another, or of another's words, that it is wrong or not right."""
    lemma = sentence.lemmas[top]
    words_of_others = lemmas_of("assertions") | _pointers()
    untrue = lemma in (lemmas_of("untrue") | lemmas_of("untruths")) and bool(children(sentence, top, "cop"))
    if untrue and not is_negated(sentence, top) and any(sentence.lemmas[d] in words_of_others for d in doers_of(sentence, top)):
        return True
    wrong = lemma in lemmas_of("mistaken") and not is_negated(sentence, top)
    if not wrong and not (lemma in lemmas_of("not_so") and is_negated(sentence, top)):
        return False
    if not children(sentence, top, "cop") or children(sentence, top, "xcomp", "ccomp", "csubj", "advcl", "aux"):
        return False  # "wrong to close the school"; "may be wrong"
    for doer in doers_of(sentence, top):
        low = sentence.words[doer].lower()
        if sentence.lemmas[doer] in lemmas_of("assertions") | _counts():
            return True
        other = (low in _OTHERS and low not in content.own) or (sentence.universal[doer] in ("PROPN", "NOUN") and _somebody(sentence, doer))
        if wrong and other and not is_own(content, sentence, doer):
            return True
    return False


@cache
def _pointers() -> frozenset[str]:
    return frozenset({"this", "that", "these", "all"})


def _somebody(sentence: Sentence, word: int) -> bool:
    return party(sentence, word) or sentence.lemmas[word] in nouns().person | nouns().office


def _counts() -> frozenset[str]:
    return frozenset(words("answers")["pointers"]["counts"])


def denies_wrong(content: Content) -> bool:
    """Whether a wrong, or a deed of the speaker's own, is said not to have been done: "its guns had not fired", "nobody of ours fired"."""
    for sentence, verb in content.tops:
        if _there_never_was(content, sentence, verb):
            return True
        doers = doers_of(sentence, verb)
        by_verb, by_doer = is_negated(sentence, verb), any(_none(sentence, d) for d in doers)
        if not by_verb and not by_doer and not _never(sentence, verb):
            continue
        helpers = {sentence.words[w].lower() for w in children(sentence, verb, "aux", "aux:pass", "cop")}
        if not helpers & _PAST and sentence.fine[verb] != "VBD":
            continue
        own = any(is_own(content, sentence, d) or _of_ours(content, sentence, d) for d in doers)
        suffered = any(sentence.relations[d] == "nsubj:pass" for d in doers)
        if sentence.lemmas[verb] in lemmas_of("wrongs") and (own or (by_verb and suffered)):
            return True
        if by_doer and any(_of_ours(content, sentence, d) and sentence.lemmas[d] in _armed() for d in doers):
            return True
        if own and (_own_deed(sentence, verb) or _never_had(sentence, verb) or (by_doer and _was_there(sentence, verb))):
            return True
    return False


def _there_never_was(content: Content, sentence: Sentence, verb: int) -> bool:
    """ "There has never been wire on that rail", "there is no dam of ours"; not "there has never been such a storm"."""
    around = {verb, sentence.heads[verb]} if sentence.heads[verb] >= 0 else {verb}
    if not any(sentence.words[c].lower() == "there" for w in around for c in children(sentence, w, "expl", "nsubj")):
        return False
    thing = next((w for w in (verb, *children(sentence, verb, "nsubj", "obj")) if sentence.universal[w] in ("NOUN", "PROPN", "PRON")), None)
    if thing is None or sentence.words[thing].lower() == "there":
        return False
    if _none(sentence, thing) and _of_ours(content, sentence, thing):
        return True
    below = {sentence.lemmas[w] for w in subtree(sentence, thing)}
    never = any(sentence.lemmas[c] == "never" for w in (verb, thing) for c in children(sentence, w, "advmod"))
    return never and not below & _OUTDONE and not any(sentence.fine[w] in ("JJR", "JJS", "RBR", "RBS") for w in subtree(sentence, thing))


_OUTDONE = frozenset({"such", "like", "so", "as", "before", "this", "time"})


def not_of_oneself(content: Content) -> bool:
    """Whether a clause in the past says no, and speaks of the speaker: "no letter had reached him", "nobody had warned the firm"."""
    for sentence, verb in content.tops:
        doers = doers_of(sentence, verb)
        if not is_negated(sentence, verb) and not any(_none(sentence, d) for d in doers) and not _never(sentence, verb):
            things = children(sentence, verb, "obj")
            if not any(_none(sentence, o) for o in things):
                continue
        helpers = {sentence.words[w].lower() for w in children(sentence, verb, "aux", "aux:pass", "cop")}
        if not helpers & _PAST and sentence.fine[verb] != "VBD":
            continue
        mine = content.own | {"us", "me", "our", "my"} if content.direct else {*content.own, *(_OBLIQUE.get(w, w) for w in content.own)}
        near = [w for w in subtree(sentence, verb) if sentence.universal[w] in ("PRON", "PROPN", "NOUN")]
        if any(sentence.words[w].lower() in mine or is_own(content, sentence, w) for w in near):
            return True
    return False


_OBLIQUE = {"he": "him", "she": "her", "they": "them", "we": "us", "i": "me"}


def _none(sentence: Sentence, doer: int) -> bool:
    """Whether a doer is nobody: "no soldier", "none", "not a single gun"."""
    if sentence.lemmas[doer] in _NOBODY or sentence.words[doer].lower() in _NOBODY:
        return True
    return any(sentence.lemmas[d] in ("no", "not", "neither") for d in children(sentence, doer, "det", "advmod", "cc:preconj"))


def _never(sentence: Sentence, verb: int) -> bool:
    """ "At no time did we fire": "no" in what says when."""
    times = children(sentence, verb, "obl")
    return any(sentence.lemmas[t] in ("time", "point", "moment", "stage") and _none(sentence, t) for t in times)


def _of_ours(content: Content, sentence: Sentence, doer: int) -> bool:
    """ "No gun of ours", "nobody in my uniform"; after "said" of a body also "none of its men"."""
    mine = {"ours", "our", "my", "mine"} if content.direct else {"ours", "our", "my", "mine", "its", "theirs"}
    below = {sentence.words[w].lower() for c in children(sentence, doer, "nmod") for w in subtree(sentence, c)}
    return bool(below & mine)


def _own_deed(sentence: Sentence, verb: int) -> bool:
    lemma = sentence.lemmas[verb]
    behind = {sentence.lemmas[c] for c in children(sentence, verb, "compound:prt", "advmod")}
    listed = lemmas_of("own_deeds")
    return lemma in listed or any(f"{lemma} {b}" in listed for b in behind)


def _never_had(sentence: Sentence, verb: int) -> bool:
    """ "He had never owned a boat": what one never had to do with; not "never such a spring"."""
    never = any(sentence.lemmas[c] == "never" for c in children(sentence, verb, "advmod"))
    if not never:
        return False
    things = children(sentence, verb, "obj")
    if sentence.lemmas[verb] == "have":
        return any(sentence.lemmas[o] in _armed() for o in things)
    such = any(sentence.lemmas[d] in ("such", "so") for o in things for d in children(sentence, o, "det", "amod", "det:predet"))
    return sentence.lemmas[verb] in lemmas_of("own_states") and not such


@cache
def _armed() -> frozenset[str]:
    """Troops, and what they fire or fly."""
    table = words("answers")["things"]
    return frozenset({*table["forces"], *table["weapons"], *table["aircraft"]})


def _was_there(sentence: Sentence, top: int) -> bool:
    """ "No fighter of ours was within the fence": the place is what the clause says."""
    return bool(children(sentence, top, "cop")) and bool(children(sentence, top, "case"))


def blames(content: Content) -> bool:
    """Whether the blame is another's: "responsibility lies with Ardan", "Ardan bears the blame", "the mayor is to blame"."""
    for sentence, top in content.tops:
        if is_negated(sentence, top) or children(sentence, top, "aux"):
            continue
        lemma, doers = sentence.lemmas[top], doers_of(sentence, top)
        nouns = lemmas_of("blame")
        whom: list[int] = []
        if lemma in lemmas_of("lies") and any(sentence.lemmas[d] in nouns for d in doers):
            whom = [o for o in children(sentence, top, "obl", "nmod") if {sentence.lemmas[c] for c in children(sentence, o, "case")} & _ON]
        elif lemma in lemmas_of("bears") and any(sentence.lemmas[o] in nouns for o in children(sentence, top, "obj")):
            whom = doers
        elif lemma in ("responsible", "blame") and (children(sentence, top, "cop") or _to_blame(sentence, top)):
            whom = doers if lemma == "blame" or _for_deed(sentence, top) else []
        if any(_somebody(sentence, w) and not is_own(content, sentence, w) for w in whom):
            return True
    return False


_ON = frozenset({"with", "on", "upon", "to"})


def _to_blame(sentence: Sentence, top: int) -> bool:
    return any(sentence.lemmas[m] == "to" for m in children(sentence, top, "mark"))


def _for_deed(sentence: Sentence, top: int) -> bool:
    """ "Responsible for the attack", not "for the railways": what for is a wrong or a harm."""
    return any(sentence.lemmas[o] in lemmas_of("harmful") for o in children(sentence, top, "obl", "nmod"))
