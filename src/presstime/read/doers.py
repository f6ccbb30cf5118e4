"""Who does a verb: the words of its subject, its agent, or whoever a participle or a shared subject belongs to.

In: a parsed sentence and a verb. Out: the words of the doer, and by what they were found; none where the sentence does
not say. `noun_phrase` says which words belong to a name.

Example: in "Bel, the mayor, closed the road and warned of rain", the doer of "warned" is "Bel, the mayor" ("shared").
"""

from __future__ import annotations

from presstime.read.lexicon import cues
from presstime.read.tree import Sentence, base, children, subjects, subtree

__all__ = ["NOBODY", "QUOTES", "name_beside", "noun_phrase", "speaker_words", "trails"]

_RELATIVE = frozenset({"who", "which", "that", "whom"})
QUOTES = frozenset({"quote", "cite"})  # "the paper quoted Bel as saying that …" has Bel speak
NOBODY = frozenset({"nobody", "none", "nothing"})  # "nobody warned the town" is no act of anyone's


def speaker_words(sentence: Sentence, verb: int, depth: int = 0) -> tuple[tuple[int, ...], str]:
    """The words of whoever does a verb, and by what they were found; empty where the sentence does not say."""
    found = [w for w in subjects(sentence, verb) if sentence.relations[w] != "nsubj:outer"]
    below = base(sentence.relations[verb]) in ("advcl", "acl")
    participle = below and sentence.fine[verb] == "VBN" and not found and not children(sentence, verb, "aux")
    passive = participle or any(sentence.relations[w].endswith(":pass") for w in found) or bool(children(sentence, verb, "aux:pass"))
    if passive:
        agents = [w for w in children(sentence, verb, "obl") if any(sentence.lemmas[c] == "by" for c in children(sentence, w, "case"))]
        return (noun_phrase(sentence, agents[0]), "agent") if agents else ((), "")
    if found:
        subject = found[0]
        if sentence.lemmas[subject] in NOBODY or any(sentence.lemmas[w] == "no" for w in children(sentence, subject, "det")):
            return (), ""
        if sentence.lemmas[subject] in _RELATIVE and base(sentence.relations[verb]) == "acl" and sentence.heads[verb] >= 0:
            return noun_phrase(sentence, sentence.heads[verb]), "relative"
        if sentence.universal[subject] in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X"):
            return noun_phrase(sentence, subject), "subject"
        return (), ""
    bare = [
        w
        for w in children(sentence, verb, "obl", "nmod", "dislocated", "vocative", "dep", "obj")
        if w < verb and sentence.universal[w] in ("PROPN", "PRON") and not children(sentence, w, "case") and sentence.entities[w] != "O"
    ]
    if bare and sentence.fine[verb] in ("VBD", "VBZ", "VBP"):  # a subject that the parser did not take for one
        return noun_phrase(sentence, bare[0]), "subject"
    head, relation = sentence.heads[verb], base(sentence.relations[verb])
    if head < 0 or depth > 4:
        return (), ""
    if sentence.fine[verb] == "VBG" and sentence.lemmas[head] in QUOTES and sentence.words[verb - 1].lower() == "as":
        quoted = children(sentence, head, "obj") or [w for w in subjects(sentence, head) if sentence.relations[w].endswith(":pass")]
        return (noun_phrase(sentence, quoted[0]), "quoted") if quoted else ((), "")
    if relation == "acl" and sentence.fine[verb] in ("VBG", "VBD", "VBP", "VBZ"):
        return noun_phrase(sentence, head), "participle"
    if relation in ("conj", "advcl", "xcomp", "parataxis", "ccomp") and sentence.universal[head] in ("VERB", "AUX", "ADJ", "NOUN"):
        if relation == "ccomp" and head < verb:
            return (), ""
        words, _ = speaker_words(sentence, head, depth + 1)
        return words, "shared" if words else ""
    return (), ""


def trails(sentence: Sentence, verb: int) -> bool:
    """Whether a cue is a participle without a doer of its own ("…, adding that …"): whoever spoke before it speaks on."""
    return sentence.fine[verb] == "VBG" and not subjects(sentence, verb) and sentence.relations[verb] not in ("amod", "compound", "acl")


def noun_phrase(sentence: Sentence, head: int) -> tuple[int, ...]:
    """A noun with what belongs to its name: everything below it but relative clauses, asides and coordinated clauses."""
    times = cues().times
    left_out = [
        w
        for w in subtree(sentence, head)
        if sentence.relations[w] in ("acl:relcl", "parataxis", "ccomp", "advcl", "dep", "cop", "discourse")
        or (base(sentence.relations[w]) == "acl" and w > head)
        or (base(sentence.relations[w]) == "conj" and sentence.universal[w] in ("VERB", "AUX"))
        or (base(sentence.relations[w]) in ("nsubj", "mark", "aux") and sentence.heads[w] == head)
        or (w > head and sentence.lemmas[w] in times and base(sentence.relations[w]) in ("nmod", "obl") and sentence.entities[w] == "O")
    ]
    words = subtree(sentence, head, left_out)
    # one unbroken run around the head: a parser's stray attachment is no part of a name
    first = last = words.index(head)
    while first > 0 and words[first - 1] >= words[first] - 1:
        first -= 1
    while last + 1 < len(words) and words[last + 1] <= words[last] + 1:
        last += 1
    words = words[first : last + 1]
    while words and sentence.universal[words[-1]] == "PUNCT" and len(words) > 1:
        words.pop()
    while words and sentence.universal[words[0]] in ("PUNCT", "CCONJ", "ADP") and len(words) > 1 and words[0] != head:
        words.pop(0)
    return tuple(words)


def name_beside(sentence: Sentence, noun: int) -> list[int]:
    """The words of the name set beside a noun: "the union, the Guild of Drivers"; empty where there is none.

    A name with an "and" of its own ("the Tramway and Motor Guild") is often taken for the next in a list; one without an
    "and" before its last is no list.
    """
    listed = any(children(sentence, c, "cc") for c in children(sentence, noun, "conj"))
    for name in children(sentence, noun, "appos", *(() if listed else ("conj",))):
        own = subtree(sentence, name)
        while own and sentence.universal[own[0]] in ("PUNCT", "CCONJ"):
            own.pop(0)
        while own and sentence.universal[own[-1]] == "PUNCT":
            own.pop()
        whole = bool(own) and own == list(range(own[0], own[-1] + 1)) and sentence.words[own[0] - 1] == ","
        if whole and name > noun and sentence.universal[name] == "PROPN" and sentence.entities[name][2:] in ("", "ORG"):
            return own
    return []
