"""Parsed sentences → frames: a cue, its speaker's words and what it introduces, as the tree has them.

In: a sentence and which of its characters are quoted. Out: `Frame`s. Four kinds: `said` (a clause is what is said:
"said that …", "…, X said", "according to X, …"), `narrated` (an object or infinitive: "condemned the attack",
"offered to negotiate"), `noun` ("X's claim that …") and `silent` ("did not comment"). Quotes find their own cues in
quoted.py; here a cue inside a quote is no cue, for it belongs to the one quoted.

Example: "Baku denied that it had opened fire" → cue "denied", speaker "Baku", content "it had opened fire".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from presstime.read.doers import QUOTES, noun_phrase, speaker_words, trails
from presstime.read.lexicon import cues
from presstime.read.tree import Sentence, base, children, span, subjects, subtree
from presstime.records import Act

__all__ = ["Frame", "frames_of", "is_cue", "is_unreal"]

_UNREAL = frozenset({"would", "could", "should", "may", "might", "can", "will", "shall", "must"})
_GOES_ON = frozenset({"go", "continue", "proceed"})


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue with what it introduces. `words` index the sentence's words; `speaker` is empty where none was found.

    `content` are spans of characters; `speaker_by` says how the speaker was found; `group` is the cue's act.
    """

    sentence: int
    cue: int
    cue_span: tuple[int, int]
    speaker: tuple[int, ...]
    speaker_by: str
    content: tuple[tuple[int, int], ...]
    kind: Literal["said", "narrated", "noun", "silent", "quoted"]
    group: Act
    lemma: str


def is_cue(sentence: Sentence, word: int) -> bool:
    """Whether a word is a verb that can introduce a quote."""
    return sentence.universal[word] in ("VERB", "AUX") and sentence.lemmas[word] in cues().says


def frames_of(sentence: Sentence, number: int, quoted: Sequence[bool]) -> list[Frame]:
    """The frames of one sentence; `quoted[i]` is whether word i stands in quotation marks."""
    found: list[Frame] = []
    for word in range(len(sentence)):
        if quoted[word]:
            continue
        frame = None
        if sentence.words[word].lower() == "according":
            frame = _according(sentence, number, word)
        elif sentence.universal[word] == "VERB" or (sentence.universal[word] == "AUX" and sentence.relations[word] == "root"):
            frame = _silent(sentence, number, word) or _said(sentence, number, word) or _narrated(sentence, number, word)
        elif sentence.universal[word] == "NOUN" and sentence.lemmas[word] in cues().nouns:
            frame = _noun(sentence, number, word)
        if frame is not None:
            found.append(frame)
    return found


# ---------------------------------------------------------------- said


def _said(sentence: Sentence, number: int, verb: int) -> Frame | None:
    lemma = sentence.lemmas[verb]
    group = cues().says.get(lemma)
    if group is None or is_unreal(sentence, verb):
        return None
    clause = _clause(sentence, verb)
    if clause is None:
        return None
    head, words = clause
    speaker, how = speaker_words(sentence, verb)
    if (not speaker and not trails(sentence, verb)) or verb in speaker:
        return None
    content = _content(sentence, head, [w for w in words if w not in set(speaker)], verb)
    if content is None:
        return None
    return Frame(number, verb, span(sentence, [verb]), speaker, how, (content,), "said", group, lemma)


def _clause(sentence: Sentence, verb: int) -> tuple[int, list[int]] | None:
    """The clause a verb introduces: its head and words. A complement, or the clause the verb is set beside."""
    below = children(sentence, verb, "ccomp")
    if below:
        head = below[0]
        left_out = [w for w in children(sentence, verb) if w != head]
        words = subtree(sentence, head, left_out)
        words = [w for w in words if not (w < verb < head)]
        return head, words
    if sentence.lemmas[verb] in ("say", "tell", "add", "state", "insist", "warn", "write", "note", "report", "claim", "explain"):
        for c in children(sentence, verb, "parataxis", "xcomp"):
            if c > verb and (subjects(sentence, c) or base(sentence.relations[c]) == "xcomp") and not is_cue(sentence, c):
                return c, subtree(sentence, c)
    for c in children(sentence, verb, "obl", "obj"):  # "said in a statement that …": parsers hang the clause on the noun
        for clause in children(sentence, c, "acl", "ccomp") if c > verb else ():
            if any(sentence.lemmas[m] == "that" and sentence.universal[m] == "SCONJ" for m in children(sentence, clause, "mark")):
                return clause, subtree(sentence, clause)
    relation, head = base(sentence.relations[verb]), sentence.heads[verb]
    if relation == "parataxis" and head >= 0 and (head < verb or subjects(sentence, head)) and not children(sentence, verb, "obj"):
        words = subtree(sentence, head, [verb])
        before = [w for w in words if w < verb] if head < verb else [w for w in words if w > verb]
        return (head, before) if len(before) > 1 else None
    if relation == "advcl" and head >= 0 and any(sentence.lemmas[m] == "as" for m in children(sentence, verb, "mark")):
        words = subtree(sentence, head, [verb])
        return (head, words) if len(words) > 2 else None
    return None


def _content(sentence: Sentence, head: int, words: list[int], verb: int) -> tuple[int, int] | None:
    """The characters of a clause, without a leading "that" and without marks at its ends."""
    words = [w for w in words if w != verb]
    if not words:
        return None
    side = [w for w in words if w > verb] if head > verb else [w for w in words if w < verb]
    while side and ((sentence.lemmas[side[0]] == "that" and sentence.relations[side[0]] == "mark") or sentence.words[side[0]] in ",:;–—-"):
        side.pop(0)
    while side and sentence.words[side[-1]] in (".", ",", ";", ":", "–", "—", "-", "and"):
        side.pop()
    return span(sentence, side) if side else None


def is_unreal(sentence: Sentence, verb: int) -> bool:
    """Whether the cue is no act that took place: "would say", "to say", "if he says"."""
    helpers = {sentence.lemmas[w] for w in children(sentence, verb, "aux")}
    if helpers & _UNREAL:
        return True
    marks = {sentence.lemmas[w] for w in children(sentence, verb, "mark")}
    if "to" in marks and sentence.fine[verb] == "VB":
        head = sentence.heads[verb]
        return head < 0 or sentence.lemmas[head] not in _GOES_ON
    return bool(marks & {"if", "unless", "whether"})


# ---------------------------------------------------------------- narrated, according to, nouns, silence


def _phrase(sentence: Sentence, verb: int) -> tuple[str, int, Act] | None:
    """A listed verb phrase at this verb: (phrase, its last word, act)."""
    lemma = sentence.lemmas[verb]
    for c in sentence.below[verb]:
        if c <= verb:
            continue
        act = cues().phrases.get(f"{lemma} {sentence.lemmas[c]}")
        if act:
            return f"{lemma} {sentence.lemmas[c]}", c, act
        for case in children(sentence, c, "case", "mark"):
            act = cues().phrases.get(f"{lemma} {sentence.lemmas[case]}") if case > verb else None
            if act:
                return f"{lemma} {sentence.lemmas[case]}", verb, act
    return None


def _narrated(sentence: Sentence, number: int, verb: int) -> Frame | None:
    lemma = sentence.lemmas[verb]
    table = cues()
    phrase = _phrase(sentence, verb)
    group = phrase[2] if phrase else table.narrated.get(lemma)
    if lemma in table.either and group is None:
        objects = [w for w in children(sentence, verb, "obj", "nsubj:pass") if not _asserts(sentence, w)]
        group = "refusal" if {sentence.lemmas[w] for w in objects} & table.refused else "denial"
    if group is None or is_unreal(sentence, verb):
        return None
    if (lemma == "back" and not children(sentence, verb, "obj", "nsubj:pass")) or (lemma in QUOTES and sentence.fine[verb] == "VBG"):
        return None  # "backed into a wall"; "citing the ministry", which another cue beside it tells
    particles = {sentence.lemmas[w] for w in children(sentence, verb, "compound:prt")}
    if lemma == "call" and not phrase:  # "called him a liar" says something of him; "called him" does not
        if not (children(sentence, verb, "obj") and children(sentence, verb, "xcomp")):
            return None
        group = "claim"
    if (lemma == "seek" or (lemma == "appeal" and not children(sentence, verb, "obl"))) and not phrase:
        return None
    if particles and not phrase and lemma in ("back", "call", "order"):
        return None
    speaker, how = speaker_words(sentence, verb)
    if not speaker and not trails(sentence, verb):
        return None
    last = phrase[1] if phrase else verb
    words = _complement(sentence, verb, last, speaker) or _pointer(sentence, verb)
    if not words and how == "agent":  # "the report was rejected by the council"
        words = [w for s in subjects(sentence, verb)[:1] for w in subtree(sentence, s)]
    if not words:
        return None
    cue_end = sentence.ends[last] if phrase and last != verb and last - verb <= 2 else sentence.ends[verb]
    cue = (sentence.starts[verb], cue_end)
    return Frame(number, verb, cue, speaker, how, (span(sentence, words),), "narrated", group, phrase[0] if phrase else lemma)


def _asserts(sentence: Sentence, noun: int) -> bool:
    """Whether a noun's clause says that something is so: "any suggestion that officers fired", not "that he resign"."""
    for clause in children(sentence, noun, "acl", "ccomp"):
        helpers = [w for w in children(sentence, clause, "aux", "aux:pass", "cop") if sentence.lemmas[w] not in ("should", "must")]
        forms = {sentence.fine[w] for w in (clause, *helpers)}
        marked = any(sentence.lemmas[m] == "that" for m in children(sentence, clause, "mark"))
        if (
            marked
            and forms & {"VBD", "VBZ", "VBP", "MD"}
            and "should" not in {sentence.lemmas[w] for w in children(sentence, clause, "aux")}
        ):
            return True
    return False


_COMPLEMENTS = ("obj", "iobj", "xcomp", "ccomp", "obl", "advcl")


def _complement(sentence: Sentence, verb: int, last: int, speaker: Sequence[int]) -> list[int]:
    """What a narrated verb is about: from its first complement to the end of its last, times and media left out at the ends."""
    chosen: list[int] = []
    seen_core = False
    for c in sentence.below[verb]:
        relation = base(sentence.relations[c])
        if c <= verb or c in speaker or relation not in _COMPLEMENTS:
            continue
        if relation in ("obl", "advcl") and seen_core and _is_adjunct(sentence, c):
            continue
        if relation == "obl" and not seen_core and _is_adjunct(sentence, c) and c != last:
            continue
        if relation == "advcl" and not seen_core and sentence.fine[c] != "VB":
            continue
        if relation == "advcl" and sentence.fine[c] == "VBG" and is_cue(sentence, c):
            continue  # "rejected the offer, saying that …": a cue of its own
        own = subtree(sentence, c)
        if c == last:  # "express concern": the noun belongs to the cue, what hangs on it is the content
            own = own if len(own) == 1 else [w for w in own if w > c] or own
        chosen.extend(own)
        seen_core = True
    if not chosen:
        return []
    first, end = min(chosen), max(chosen)
    words = [w for w in range(first, end + 1) if w not in speaker]
    if len(words) > 1 and sentence.lemmas[words[0]] == "that" and sentence.relations[words[0]] == "mark":
        words.pop(0)
    while words and sentence.universal[words[-1]] == "PUNCT" and sentence.words[words[-1]] not in "”\"’»'":
        words.pop()
    return words


def _pointer(sentence: Sentence, verb: int) -> list[int]:
    """The "that" of "denied that while …", which parsers take for the mark of a clause that is not there."""
    behind = verb + 1
    if behind >= len(sentence) or sentence.words[behind].lower() not in ("that", "this", "it"):
        return []
    alone = behind + 1 == len(sentence) or sentence.universal[behind + 1] in ("SCONJ", "PUNCT", "CCONJ")
    return [behind] if alone or sentence.heads[behind] == verb else []


def _is_adjunct(sentence: Sentence, word: int) -> bool:
    """Whether a complement says when, where or in what medium the cue's act was done rather than what was said."""
    cases = {sentence.lemmas[c] for c in children(sentence, word, "case", "mark")}
    if sentence.relations[word] in ("obl:tmod", "obl:unmarked"):
        return True
    if cases & {"in", "on", "at", "during", "after", "before", "via", "through", "while", "when"}:
        lemma = sentence.lemmas[word]
        table = cues()
        in_time = lemma in table.times or bool(cases & {"after", "before", "while", "when", "during"})
        return in_time or lemma in table.media or lemma in table.platforms
    return False


def _according(sentence: Sentence, number: int, word: int) -> Frame | None:
    """ "according to X": X speaks, and the clause around the phrase is what is said."""
    phrase = sentence.heads[word]
    if phrase < 0 or word + 1 >= len(sentence) or sentence.lemmas[word + 1] != "to":
        return None
    if phrase < word:  # the parser hung the noun below "according"
        below = [c for c in children(sentence, word, "obl", "nmod", "obj") if c > word]
        if not below:
            return None
        phrase, top = below[0], word
    else:
        top = phrase
    inside = set(subtree(sentence, top))
    clause = sentence.heads[top]
    if clause < 0:
        return None
    while sentence.heads[clause] >= 0 and not (sentence.universal[clause] in ("VERB", "AUX") or children(sentence, clause, "cop", "nsubj")):
        clause = sentence.heads[clause]
    if sentence.heads[clause] >= 0 and base(sentence.relations[clause]) in ("xcomp", "acl", "ccomp", "advcl", "conj") and min(inside) == 0:
        while sentence.heads[clause] >= 0:
            clause = sentence.heads[clause]
    words = [w for w in subtree(sentence, clause) if w not in inside]
    side = [w for w in words if w < word] if word > clause else [w for w in words if w > max(inside)]
    while side and sentence.universal[side[0]] == "PUNCT" and sentence.words[side[0]] not in '“"‘«':
        side.pop(0)
    while side and sentence.words[side[-1]] in (",", ".", ";", ":", "-", "–", "—"):
        side.pop()
    speaker = tuple(w for w in noun_phrase(sentence, phrase) if w > word + 1)
    if len(side) < 2 or not speaker:
        return None
    cue = (sentence.starts[word], sentence.ends[word + 1])
    return Frame(number, word, cue, speaker, "according-to", (span(sentence, side),), "said", "claim", "according")


def _noun(sentence: Sentence, number: int, noun: int) -> Frame | None:
    """ "X's claim that …" """
    below = children(sentence, noun, "acl", "ccomp")
    clauses = [c for c in below if any(sentence.lemmas[m] == "that" for m in children(sentence, c, "mark"))]
    owners = children(sentence, noun, "nmod:poss") or [
        c
        for c in children(sentence, noun, "nmod")
        if c < (clauses or [0])[0] and any(sentence.lemmas[m] in ("by", "from", "of") for m in children(sentence, c, "case"))
    ]
    if not clauses or not owners:
        return None
    content = _content(sentence, clauses[0], subtree(sentence, clauses[0]), noun)
    speaker = tuple(w for w in noun_phrase(sentence, owners[0]) if sentence.words[w] not in ("'s", "’s", "'", "’", "by", "from", "of"))
    if content is None or not speaker:
        return None
    lemma = sentence.lemmas[noun]
    return Frame(number, noun, span(sentence, [noun]), speaker, "possessive", (content,), "noun", cues().nouns[lemma], lemma)


def _rings_out(sentence: Sentence, verb: int) -> bool:
    """ "Did not pick up the telephone", "did not return calls"."""
    lemma = sentence.lemmas[verb]
    if lemma not in ("pick", "return", "take", "answer"):
        return False
    if not any(sentence.lemmas[w] in ("not", "never") and w < verb for w in children(sentence, verb, "advmod")):
        return False
    things = {sentence.lemmas[w] for w in children(sentence, verb, "obj", "obl")}
    return bool(things & cues().rings) and (lemma != "pick" or any(sentence.lemmas[w] == "up" for w in sentence.below[verb]))


def _silent(sentence: Sentence, number: int, verb: int) -> Frame | None:
    """ "did not react", "declined to comment": expected to speak and did not."""
    lemma = sentence.lemmas[verb]
    if lemma in ("decline", "refuse"):
        below = [c for c in children(sentence, verb, "xcomp") if sentence.lemmas[c] in cues().silent]
        if not below:
            return None
        first, last = verb, below[0]
    elif lemma in cues().silent and any(sentence.lemmas[w] in ("not", "never") for w in children(sentence, verb, "advmod")):
        helpers = [w for w in children(sentence, verb, "aux") if w < verb]
        if not helpers or sentence.lemmas[helpers[0]] not in ("do", "have") or children(sentence, verb, "ccomp"):
            return None
        first, last = helpers[0], verb
    elif _rings_out(sentence, verb) or (
        lemma == "reach" and {"not", "comment"} <= {sentence.lemmas[w] for w in children(sentence, verb, "advmod", "obl")}
    ):
        first, last = min(children(sentence, verb, "aux", "advmod")), verb
    else:
        return None
    unreached = children(sentence, verb, "nsubj:pass") if lemma == "reach" else []
    speaker, how = (noun_phrase(sentence, unreached[0]), "subject") if unreached else speaker_words(sentence, verb)
    if not speaker:
        return None
    rest = [w for c in sentence.below[last] if c > last and base(sentence.relations[c]) in _COMPLEMENTS for w in subtree(sentence, c)]
    content = span(sentence, rest) if rest else (sentence.starts[last], sentence.ends[last])
    return Frame(number, last, (sentence.starts[first], sentence.ends[last]), speaker, how, (content,), "silent", "no-comment", lemma)
