"""The circumstances of a statement: in what medium, to whom, when it was said.

In: the sentence of a cue and the times of the document. Out: words and TIMEX values, None where nothing is said.
Example: "Bel wrote on Facebook on Monday" → medium "Facebook", said_at the Monday's value.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from presstime.read.addressees import addressee_of
from presstime.read.lexicon import cues, words
from presstime.read.tree import Sentence, base, children, subjects, subtree
from presstime.records import Time

__all__ = ["addressee_of", "medium_of", "said_at_of"]

Cue = tuple[int, int] | None
Spans = Sequence[tuple[int, int]]

_INSIDE = ("nmod", "conj", "compound", "flat")
"""Relations by which a word belongs to the noun above it."""
_SAME_DEED = ("advcl", "xcomp", "conj", "parataxis", "acl", "dep")
"""Relations between two verbs of one speaker: "speaking at a rally, she said"."""


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(words("saying")[name])


@cache
def _media() -> frozenset[str]:
    return cues().media | cues().issued | _listed("media")


def medium_of(
    text: str, sentence: Sentence | None, cue: Cue, speaker: Sequence[int], content: Spans, before: Sentence | None = None
) -> str | None:
    """A platform or a kind of text named beside the cue: "on X", "in a joint statement", "the statement said".

    `before` is the sentence before the cue's in its paragraph: "… read a statement. It said …" is still the statement.
    """
    if sentence is None or cue is None or not 0 <= cue[1] < len(sentence):
        return None
    verb = cue[1]
    found: list[tuple[bool, int, int]] = []
    for w in range(len(sentence)):
        if any(a <= sentence.starts[w] < b for a, b in content) or w == verb:
            continue
        platform = _platform(sentence, w)
        if not platform and not _medium(sentence, w):
            continue
        if (not platform and _speaks(sentence, w, verb, speaker)) or _holds(sentence, w, verb, content, platform):
            found.append((not platform, abs(w - verb), w))
    if found:  # "in a post on X" is on X
        return _named(text, sentence, min(found)[2], platform=not min(found)[0])
    if before is not None and _goes_on(sentence, verb):
        return _in_sentence_before(text, before, any(sentence.words[w].lower() == "it" for w in subjects(sentence, verb)))
    return None


def _in_sentence_before(text: str, before: Sentence, it: bool) -> str | None:
    """The medium of the sentence before, which the one that goes on with "he" or "it" is still in."""
    issued = [w for w in range(len(before)) if before.universal[w] == "NOUN" and _spoke(before, w)]
    if issued and it:
        return _named(text, before, issued[0], platform=False)
    table = cues()
    told = [
        w for w in range(len(before)) if before.universal[w] == "VERB" and before.lemmas[w] in table.says.keys() | table.narrated.keys()
    ]
    texts = [w for w in told if base(before.relations[w]) == "acl" and before.lemmas[before.heads[w]] in _media()]
    return next((m for m in (medium_of(text, before, (0, w), (), ()) for w in texts) if m), None)


def _platform(sentence: Sentence, word: int) -> bool:
    low = sentence.words[word].lower().rstrip(".")
    if low == "media":
        return word > 0 and sentence.words[word - 1].lower() == "social"
    return low in cues().platforms and sentence.words[word][:1].isupper()


def _medium(sentence: Sentence, word: int) -> bool:
    """Whether a word is the head of a medium's name: not the "page" of "a 60-page ruling", not the "response" of "in response to"."""
    if sentence.universal[word] not in ("NOUN", "PROPN") or sentence.lemmas[word] not in _media():
        return False
    if base(sentence.relations[word]) in ("compound", "amod", "flat", "fixed", "nummod") or children(sentence, word, "nummod"):
        return False
    return sentence.lemmas[word] not in ("response", "reply", "answer") or bool(children(sentence, word, "det", "nmod:poss", "amod"))


def _speaks(sentence: Sentence, word: int, verb: int, speaker: Sequence[int]) -> bool:
    """Whether a text is itself the speaker: "the ministry's statement said"."""
    if sentence.lemmas[word] not in cues().issued or sentence.universal[word] == "PROPN":
        return False
    heads = word in speaker and sentence.heads[word] not in speaker
    inverted = sentence.lemmas[verb] in ("read", "add", "go") and word > verb and word in children(sentence, verb, "obj", "nsubj", "obl")
    return heads or word in subjects(sentence, verb) or inverted


def _holds(sentence: Sentence, word: int, verb: int, content: Spans, platform: bool) -> bool:
    """Whether the cue's words stand in this medium: the medium hangs on the cue, or on a verb of the same deed."""
    if sentence.heads[verb] == word and base(sentence.relations[verb]) == "acl":  # "a statement saying", "a video in which he said"
        settled = children(sentence, word, "det", "nmod:poss", "amod")  # not "was given notice, denying that …"
        inner = {sentence.lemmas[c] for w in children(sentence, verb, "obl", "obj", "nsubj") for c in (w, *children(sentence, w, "case"))}
        return bool(settled) and (sentence.relations[verb] != "acl:relcl" or "in" in inner)
    above = sentence.heads[verb]
    if sentence.heads[word] == above and above >= 0 and sentence.fine[verb] == "VBG" and sentence.lemmas[above] in _listed("issues"):
        settled = children(sentence, word, "det", "nmod:poss", "amod")  # not "given notice"
        return base(sentence.relations[word]) == "obj" and bool(settled)  # "made a statement on Monday, saying that …"
    top, cases = word, _cases(sentence, word)
    aside = bool(cases & {"in", "on", "via"}) and bool(children(sentence, word, "nmod:poss") or _indefinite(sentence, word))
    while base(sentence.relations[top]) in _INSIDE and sentence.heads[top] >= 0:
        if sentence.universal[sentence.heads[top]] not in ("NOUN", "PROPN"):
            break
        top = sentence.heads[top]
        cases |= _cases(sentence, top)
    lemma = sentence.lemmas[word]
    if not cases & _listed("within") or (cases <= {"by", "through"} and lemma not in _listed("means") and not platform):
        return False
    if top != word and not platform and not aside and sentence.lemmas[top] not in _media():
        return False  # "in the preface of the report": what holds the words is the preface
    governor = sentence.heads[top]
    if governor < 0:
        return True
    if governor == verb or any(a <= sentence.starts[governor] < b for a, b in content):
        return True
    return _same_deed(sentence, governor, verb, word)


def _indefinite(sentence: Sentence, word: int) -> bool:
    return any(sentence.lemmas[d] in ("a", "an") for d in children(sentence, word, "det"))


def _cases(sentence: Sentence, word: int) -> set[str]:
    return {sentence.lemmas[c] for c in children(sentence, word, "case")}


def _same_deed(sentence: Sentence, governor: int, verb: int, word: int) -> bool:
    """Whether the medium's verb and the cue are done at once: a participle beside the cue, or a cue behind a medium set in front."""
    at, steps = verb, 0
    while at >= 0 and steps < 4:
        if at == governor:  # the cue hangs below: "said in a post on Monday, adding that …", "in a letter, denied it and asked …"
            return True if sentence.fine[verb] == "VBG" else word < governor
        told_of = sentence.universal[at] == "NOUN" and sentence.lemmas[at] in _media()  # "on X, released a video in which he said …"
        if base(sentence.relations[at]) not in _SAME_DEED and not told_of:
            break
        at, steps = sentence.heads[at], steps + 1
    return sentence.heads[governor] == verb and sentence.fine[governor] == "VBG" and base(sentence.relations[governor]) in _SAME_DEED


def _named(text: str, sentence: Sentence, word: int, platform: bool) -> str:
    """The medium's words: its kind before it, and one of several for all."""
    if platform:
        first = word - 1 if sentence.words[word].lower() == "media" else word
        return text[sentence.starts[first] : sentence.ends[word]].rstrip(".")
    kinds = cues().kinds | _listed("kinds")
    kind = [c for c in children(sentence, word, "amod", "compound") if c < word and sentence.words[c].lower() in kinds]
    first = min([*kind, word])
    if sentence.fine[word] == "NNS" and sentence.lemmas[word] in cues().issued:
        return (text[sentence.starts[first] : sentence.starts[word]] + sentence.lemmas[word]).strip()
    return text[sentence.starts[first] : sentence.ends[word]]


def _goes_on(sentence: Sentence, verb: int) -> bool:
    """Whether a cue's speaker is a pronoun, so that its sentence may go on in the medium of the one before."""
    at = verb
    while not subjects(sentence, at) and base(sentence.relations[at]) == "conj":
        at = sentence.heads[at]
    return any(sentence.words[w].lower() in ("it", "he", "she", "they") for w in subjects(sentence, at))


def _spoke(sentence: Sentence, word: int) -> bool:
    """Whether a text is what speaks in its sentence: subject of a cue, or behind "read"."""
    head = sentence.heads[word]
    if sentence.lemmas[word] not in cues().issued or head < 0 or sentence.lemmas[head] not in cues().says:
        return False
    return base(sentence.relations[word]) == "nsubj" or sentence.lemmas[head] == "read"


def said_at_of(sentence: Sentence | None, cue: Cue, content: Spans, times: Sequence[Time]) -> str | None:
    """The value of a date or time in the cue's own clause: beside the cue, outside the content and not a mere duration."""
    if sentence is None or cue is None or not 0 <= cue[1] < len(sentence):
        return None
    at = sentence.starts[cue[1]]
    inside = [t for t in times if sentence.start <= t.start < sentence.end and not any(a <= t.start < b for a, b in content)]
    near = [t for t in inside if t.kind in ("date", "time") and t.value[:1].isdigit() and not _dates_other(sentence, cue[1], t)]
    best = min(near, key=lambda t: abs(t.start - at), default=None)
    return best.value if best is not None and abs(best.start - at) <= _NEAR else None


def _dates_other(sentence: Sentence, verb: int, time: Time) -> bool:
    """Whether a time dates something else than the cue: what the subject did ("who resigned on Monday"), or a relative clause."""
    word = next((w for w in range(len(sentence)) if sentence.starts[w] >= time.start), None)
    if word is None:
        return False
    if any(word in subtree(sentence, s) for s in subjects(sentence, verb)):
        return True
    above = next((w for w in (word, *_above(sentence, word)) if sentence.universal[w] == "VERB"), verb)
    joined = sentence.relations[verb] == "conj" and sentence.heads[verb] == above and bool(subjects(sentence, verb))
    if joined and word > above:  # "The talks began on 10 August and Marovia says …"
        return True
    own = {verb, *_above(sentence, verb)}
    return any(sentence.relations[w] == "acl:relcl" and w not in own for w in (word, *_above(sentence, word)))


def _above(sentence: Sentence, word: int) -> list[int]:
    found: list[int] = []
    while sentence.heads[word] >= 0 and len(found) < len(sentence):
        word = sentence.heads[word]
        found.append(word)
    return found


_NEAR = 60
"""Characters between a cue and the time it was said; farther ones mostly date something else."""
