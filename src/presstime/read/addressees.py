"""To whom a statement is made.

In: the sentence of a cue, the cue, and for an appeal, a demand or an offer the words of its content. Out: the
addressee's words, or None. Whom the cue names comes first ("told reporters", "in a letter to the council"); then whom
the words call upon ("we urge the parties", "the council must act").

Example: "Bel told reporters that it rained" → "reporters"; "“We urge the council to act,” Bel said" → "the council".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from presstime.read.cue_acts import is_nationality
from presstime.read.doers import noun_phrase
from presstime.read.lexicon import cues, nouns, words
from presstime.read.tree import Sentence, base, children, span, subjects, subtree
from presstime.records import Act

__all__ = ["addressee_of"]

Cue = tuple[int, int] | None
Spans = Sequence[tuple[int, int]]


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(words("saying")[name])


def addressee_of(
    text: str,
    sentence: Sentence | None,
    cue: Cue,
    content: Spans,
    speaker: Sequence[int] = (),
    act: Act | None = None,
    inside: Sequence[Sentence] = (),
) -> str | None:
    """Whom it was said to: "told RFE/RL", "appealed to the council", "urged the parties to …", "speaking to reporters".

    `act` is the statement's and `inside` the sentences that its content touches: with them, whom the words themselves call upon.
    """
    if sentence is not None and cue is not None and 0 <= cue[1] < len(sentence):
        for word in _told(sentence, cue[1], content):
            if word not in speaker:
                return _words(text, sentence, word)
    for within in inside if act in ("appeal", "demand", "offer") else ():
        for word in _called_upon(within, content, act == "offer"):
            return _words(text, within, word)
    return None


def _words(text: str, sentence: Sentence, word: int) -> str | None:
    chosen = [w for w in noun_phrase(sentence, word) if not (w != word and base(sentence.relations[w]) == "case" and w < word)]
    where = [c for c in children(sentence, word, "nmod", "obl") if c > word and _cases(sentence, c) & {"in", "at", "on", "during", "after"}]
    if where and sentence.universal[word] == "NOUN":  # "reporters in the harbour": the place is where, not who
        chosen = [w for w in chosen if w < min(subtree(sentence, where[0]))]
    while chosen and sentence.universal[chosen[0]] in ("PUNCT", "CCONJ", "ADP"):
        chosen.pop(0)
    start, end = span(sentence, chosen or [word])
    return text[start:end] or None


_NOMINAL = ("NOUN", "PROPN", "PRON", "DET", "NUM")
_EMPTY = frozenset({"this", "that", "these", "those", "what", "which", "itself", "nothing", "something", "everything"})


def _cases(sentence: Sentence, word: int) -> set[str]:
    return {sentence.lemmas[c] for c in children(sentence, word, "case")}


def _somebody(sentence: Sentence, word: int) -> bool:
    """Whether a word can be spoken to."""
    if sentence.universal[word] == "PRON":
        return sentence.lemmas[word] not in _EMPTY and sentence.words[word].lower() not in ("it", "there", "nobody")
    return sentence.universal[word] in _NOMINAL and sentence.lemmas[word] not in _listed("not_told")


def _party(sentence: Sentence, word: int) -> bool:
    """Whether a word names somebody: a name, somebody's nationality, or a noun for people and bodies."""
    if sentence.entities[word] != "O" or sentence.universal[word] == "PROPN":
        return True
    table = nouns()
    known = {sentence.lemmas[word], sentence.words[word].lower()} & (table.body | table.group | table.person)
    national = any(is_nationality(sentence, c) for c in children(sentence, word, "amod"))
    return sentence.universal[word] == "NOUN" and (bool(known) or national)


# ---------------------------------------------------------------- named beside the cue


def _told(sentence: Sentence, verb: int, content: Spans) -> list[int]:
    """The heads of whom a cue is said to, the surest first."""
    lemma = sentence.lemmas[verb]
    outside = {w for w in sentence.below[verb] if not _in(sentence, w, content)}
    found = [w for w in children(sentence, verb, "iobj") if w > verb and _somebody(sentence, w) and not _asks(sentence, w)]
    if lemma in _listed("tells") or lemma in _listed("bids"):
        passive = [w for w in subjects(sentence, verb) if sentence.relations[w] == "nsubj:pass"]
        found += [w for w in passive if _somebody(sentence, w) and sentence.words[w].lower() not in ("you", "one")]
        below = [w for w in children(sentence, verb, "obj") if w > verb and not _asks(sentence, w)]
        if lemma in _listed("bids"):
            below = [w for w in below if _bidden(sentence, verb, w, w in outside)]
        found += [w for w in below if w not in found and sentence.universal[w] in _NOMINAL and sentence.lemmas[w] not in _EMPTY]
        if not found and lemma in _listed("tells"):
            found += _between(sentence, verb, content)
    if lemma in _listed("hears"):
        found += [w for w in subjects(sentence, verb) if w < verb or w in outside]
    found += _beside(sentence, verb, lemma, content)
    for w in children(sentence, verb, "advcl", "parataxis", "conj", "acl"):  # "speaking to reporters, she said"
        if sentence.fine[w] == "VBG" and w in outside:
            if sentence.lemmas[w] in _listed("speaking"):
                found += _beside(sentence, w, sentence.lemmas[w], content)
            if sentence.lemmas[w] in _listed("addressing"):
                found += [c for c in children(sentence, w, "obj", "iobj") if _somebody(sentence, c)]
    for x in children(sentence, verb, "xcomp"):
        if sentence.lemmas[x] in _listed("said_with"):
            found += [w for w in children(sentence, x, "obl") if "with" in _cases(sentence, w) and _party(sentence, w)]
    if not found and sentence.fine[verb] == "VBG":  # "told reporters that …, adding that …"
        for above in _cues_above(sentence, verb, content):
            return _told(sentence, above, content)
    return found


def _cues_above(sentence: Sentence, verb: int, content: Spans) -> list[int]:
    """The verb of saying that a participle cue goes on from, where there is one."""
    at = verb
    for _ in range(_STEPS):
        if base(sentence.relations[at]) not in ("advcl", "parataxis", "conj", "xcomp", "ccomp") or sentence.heads[at] < 0:
            return []
        at = sentence.heads[at]
        said = sentence.lemmas[at] in _listed("tells") | _listed("bids") | {"say", "write", "speak", "explain", "confirm"}
        if said and at < verb and not _in(sentence, at, content):
            return [at]
    return []


_STEPS = 3
"""How far up the tree the verb that a participle goes on from is looked for."""


def _between(sentence: Sentence, verb: int, content: Spans) -> list[int]:
    """Whom "told" is followed by, where the tree hangs the name elsewhere: the noun between the verb and what is said."""
    gap: list[int] = []
    for w in range(verb + 1, min(verb + _GAP, len(sentence))):
        if _in(sentence, w, content) or sentence.universal[w] in ("PUNCT", "SCONJ", "ADP", "VERB", "AUX", "PART"):
            break
        gap.append(w)
    return [w for w in gap if sentence.universal[w] in ("NOUN", "PROPN", "PRON") and sentence.heads[w] not in gap][-1:]


_GAP = 8
"""Words behind "told" within which its addressee is looked for."""


def _in(sentence: Sentence, word: int, content: Spans) -> bool:
    return any(a <= sentence.starts[word] < b for a, b in content)


def _beside(sentence: Sentence, verb: int, lemma: str, content: Spans) -> list[int]:
    """Those behind a preposition: "said to X", "called on X", "in a letter to X", "in an interview with X"."""
    found: list[int] = []
    media = cues().media | cues().issued | _listed("media")
    for w in children(sentence, verb, "obl", "obj", "nmod"):
        if _in(sentence, w, content) and lemma not in ("appeal", "call", "negotiate", "talk", "plead"):
            continue
        if w > verb and _addressed(sentence, w, lemma, verb):
            found.append(w)
        elif sentence.lemmas[w] in media and sentence.universal[w] in ("NOUN", "PROPN") and _one_text(sentence, w):
            for n in children(sentence, w, "nmod", "obl"):
                inner = _cases(sentence, n)
                outlet = _party(sentence, n) or sentence.lemmas[n] in _listed("outlets")
                if ("to" in inner and _somebody(sentence, n)) or ("with" in inner and outlet):
                    found.append(n)
    return found


def _one_text(sentence: Sentence, word: int) -> bool:
    """Not the "response" of "in response to critics"."""
    return sentence.lemmas[word] not in ("response", "reply", "answer") or bool(children(sentence, word, "det", "nmod:poss", "amod"))


def _addressed(sentence: Sentence, word: int, lemma: str, verb: int) -> bool:
    """Whether a noun behind a verb is whom the verb is said to, by its preposition."""
    cases = _cases(sentence, word)
    party = _party(sentence, word)
    at_once = verb + 1 < len(sentence) and sentence.lemmas[verb + 1] in ("on", "upon") and lemma == "call"
    somebody = _somebody(sentence, word) and not _asks(sentence, word)
    return (
        ("to" in cases and lemma in _listed("said_to") and somebody)
        or (bool(cases & {"on", "upon"}) and lemma in _listed("said_on") and (party or (somebody and at_once)))
        or ("at" in cases and lemma in _listed("said_at") and (party or sentence.universal[word] == "PRON"))
        or ("from" in cases and lemma in _listed("wanted_from") and party)
        or ("with" in cases and lemma in _listed("said_with") and (party or (somebody and lemma == "plead")))
        or ("before" in cases and lemma in _listed("said_before") and party)
    )


def _asks(sentence: Sentence, word: int) -> bool:
    """Whether a noun phrase is a question and not somebody: "asked what he had seen"."""
    first = min(subtree(sentence, word))
    return sentence.words[first].lower() in ("what", "which", "whose", "how", "why", "when", "where", "whether", "if")


def _bidden(sentence: Sentence, verb: int, word: int, outside: bool) -> bool:
    """Whether the object of "ask" or "urge" is somebody: a name, a pronoun, or a noun with something to do behind it."""
    if sentence.universal[word] in ("PRON", "PROPN", "DET") or sentence.entities[word] != "O":
        return True
    if sentence.lemmas[word] in _listed("not_told"):
        return False
    if outside and sentence.lemmas[verb] == "ask":
        return True
    behind = [w for w in children(sentence, verb, "xcomp", "ccomp", "advcl", "obl", "iobj", "obj", "parataxis") if w > word]
    bid = [w for w in behind if base(sentence.relations[w]) != "obl" or _cases(sentence, w) & {"for", "about", "against", "of", "on"}]
    return bool(bid) or _party(sentence, word)


# ---------------------------------------------------------------- called upon by the words


def _called_upon(sentence: Sentence, content: Spans, offered: bool) -> list[int]:
    """Whom the words of an appeal or a demand call upon, or whom an offer is made to."""
    held = [w for w in range(len(sentence)) if _in(sentence, w, content)]
    found: list[int] = []
    for w in held:
        lemma = sentence.lemmas[w]
        if offered:
            if lemma in _listed("said_with"):
                found += [c for c in children(sentence, w, "obl", "nmod") if "with" in _cases(sentence, c) and _party(sentence, c)]
        elif sentence.universal[w] == "VERB" and lemma in ("urge", "appeal", "call", "ask", "implore", "invite", "beg"):
            if lemma not in ("call", "appeal"):
                found += [
                    c for c in children(sentence, w, "obj", "iobj") if c > w and _somebody(sentence, c) and _bidden(sentence, w, c, False)
                ]
            on = {"appeal": {"to"}, "call": {"on", "upon"}}.get(lemma, {"on", "upon"})
            found += [c for c in children(sentence, w, "obl") if _cases(sentence, c) & on and _party(sentence, c)]
    if offered or found:
        return found
    for w in held:
        if sentence.lemmas[w] in ("must", "should") and sentence.heads[w] >= 0:
            found += [p for s in subjects(sentence, sentence.heads[w]) for p in _parties(sentence, s)]
    if not found and held:  # "the withdrawal of the Ardan forces"
        for top in [w for w in held if sentence.heads[w] not in held and sentence.universal[w] == "NOUN"][:1]:
            by = {"of", "by"} if sentence.lemmas[top] in _listed("own_deeds") else {"by"}
            whose = [c for c in children(sentence, top, "nmod") if _cases(sentence, c) & by]
            found += [p for c in whose for p in _parties(sentence, c)]
            if sentence.lemmas[top] in _listed("own_deeds"):
                found += [c for c in children(sentence, top, "nmod:poss") if _party(sentence, c)]
    return found


def _parties(sentence: Sentence, word: int) -> list[int]:
    """Somebody, or whose deed a deed is: "the army", "the shelling by the army"."""
    if _party(sentence, word):
        return [word]
    whose = [c for c in children(sentence, word, "nmod", "nmod:poss") if _cases(sentence, c) & {"of", "by", "'s", "’s"}]
    return [c for c in whose if _party(sentence, c)]
