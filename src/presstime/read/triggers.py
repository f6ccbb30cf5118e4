"""A sentence → the words that trigger its events, each with a PLOVER 2.0 type.

In comes a parsed sentence; out go `Trigger`s in order: verbs alone, verbs with what their frame asks for, and nouns
that name an event. What is asked, threatened or agreed below such a verb is no event of its own.

Example: "Rebels opened mortar fire and urged Oremi to yield." → ASSAULT at "opened mortar fire", REQUEST at "urged".
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from presstime.read.figure_words import is_person
from presstime.read.lemmas import lemma
from presstime.read.tree import Sentence, base, children, subtree
from presstime.records import EVENT_TYPES, EventType

__all__ = ["VERBAL", "Lists", "Trigger", "dependents", "find_triggers", "lists"]

VERB, FRAME, NOUN = 0.75, 0.8, 0.6
"""Confidence by what triggered the event."""
LONGEST_TRIGGER = 5
"""Words from a verb to what its frame asked for; where that is farther the verb alone is the trigger."""

VERBAL: frozenset[EventType] = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "AGREE"})
"""Types of what is done by words. They have no place of their own; what stands below them is their content."""


@dataclass(frozen=True, slots=True)
class Lists:
    """words/en/events.toml, turned from word to type."""

    verbs: dict[str, EventType]
    frames: dict[str, tuple[tuple[EventType, frozenset[str]], ...]]
    nouns: dict[str, EventType]
    modes: dict[str, tuple[tuple[str, frozenset[str]], ...]]
    words: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Trigger:
    """The word that tells an event, the words of its span, and the type."""

    word: int
    words: tuple[int, ...]
    type: EventType
    confidence: float
    spoken: bool = False
    """Whether the saying itself is the event: "must withdraw" a demand, "will not accept" a refusal."""


@cache
def lists() -> Lists:
    """The word lists, read once a process."""
    raw = tomllib.loads((files("presstime.read") / "words/en/events.toml").read_text(encoding="utf-8"))
    verbs: dict[str, EventType] = {}
    nouns: dict[str, EventType] = {}
    frames: dict[str, list[tuple[EventType, frozenset[str]]]] = {}
    for kind in EVENT_TYPES:
        for word in raw[kind]["verbs"].split():
            verbs.setdefault(word, kind)
        for word in raw[kind]["nouns"].split():
            nouns.setdefault(word, kind)
        for verb, slots in raw[kind].get("frames", {}).items():
            frames.setdefault(verb, []).append((kind, frozenset(slots.split())))
    modes = {kind: tuple((mode, frozenset(words.split())) for mode, words in table.items()) for kind, table in raw["modes"].items()}
    words = {name: frozenset(text.split()) for name, text in raw["words"].items()}
    return Lists(verbs, {v: tuple(f) for v, f in frames.items()}, nouns, modes, words)


def find_triggers(sentence: Sentence) -> list[Trigger]:
    """Every trigger of a sentence, in order."""
    tags = sentence.universal
    verbal = [t for w, tag in enumerate(tags) if tag in ("VERB", "ADJ") and (t := _verb_trigger(sentence, w)) is not None]
    asked = {w for t in verbal if t.type in VERBAL and not _of_a_deed(sentence, t) for w in _complements(sentence, t.word)}
    # a protest's demands are the protest's
    protests = [t.word for t in verbal if t.type == "PROTEST"]
    asked |= {t.word for t in verbal if t.type == "REQUEST" and any(_below(sentence, t.word, p) for p in protests)}
    kept = [_as_said(sentence, t) for t in verbal if t.word not in asked]
    covered = {w for t in verbal for w in t.words}
    must = lists().words["must"]
    spoken = [w for w, word in enumerate(sentence.words) if word.lower() in must and w not in asked]
    musts = [t for w in spoken if (t := _must(sentence, w)) is not None]
    under = {w for t in musts for w in subtree(sentence, sentence.heads[t.word])}
    kept = [t for t in kept if t.word not in under] + [t for t in musts if t.word not in asked]
    asked |= under
    nouns = [w for w, tag in enumerate(tags) if tag in ("NOUN", "PROPN") and w not in covered and w not in asked]
    nominal = [t for w in nouns if (t := _noun_trigger(sentence, w, kept)) is not None]
    # "clashes broke out" is one event, named by its noun
    doubled = {sentence.heads[n.word] for n in nominal if base(sentence.relations[n.word]) == "nsubj"}
    kept = [t for t in kept if t.word not in doubled or not any(n.type == t.type for n in nominal)]
    return sorted([*kept, *nominal], key=lambda t: t.word)


def _of_a_deed(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether what stands below is a deed said to be done: "denied that it shelled", "accused of shelling"."""
    return sentence.lemmas[trigger.word] in lists().words["of_a_deed"]


def _below(sentence: Sentence, word: int, above: int) -> bool:
    at = word
    while at >= 0 and at != above:
        at = sentence.heads[at]
    return at == above


def _must(sentence: Sentence, word: int) -> Trigger | None:
    """A demand by a word such as "must": "must withdraw" inside what somebody says."""
    words = lists().words
    if base(sentence.relations[word]) != "aux":
        return None
    verb = sentence.heads[word]
    head = sentence.heads[verb]
    said = base(sentence.relations[verb]) in ("ccomp", "parataxis") and head >= 0 and sentence.lemmas[head] in words["says"]
    said = said or any(sentence.lemmas[c] in words["says"] for c in children(sentence, verb, "parataxis", "ccomp"))
    return Trigger(word, tuple(range(word, verb + 1)) if 0 < verb - word <= 3 else (word,), "REQUEST", NOUN, spoken=True) if said else None


def _as_said(sentence: Sentence, trigger: Trigger) -> Trigger:
    """What is told with "will": a friendly deed is an agreement to do it, a hostile one a threat, a negated one a refusal."""
    words = lists().words
    verb = trigger.word
    head = sentence.heads[verb]
    helpers = {sentence.words[c].lower() for c in children(sentence, verb, "aux")}
    if not helpers & {"will", "'ll", "’ll", "wo", "would"}:
        return trigger
    said = head >= 0 and base(sentence.relations[verb]) == "ccomp" and sentence.lemmas[head] in words["says"]
    said = said or any(sentence.lemmas[c] in words["says"] for c in children(sentence, verb, "parataxis"))
    if not said or children(sentence, verb, "aux:pass"):
        return trigger
    kind: EventType = trigger.type
    if any(sentence.words[c].lower() in ("not", "n't", "n’t", "never") for c in children(sentence, verb, "advmod")):
        kind = "REJECT"
    elif kind in words["friendly"]:
        kind = "AGREE"
    elif kind in words["hostile"]:
        kind = "THREATEN"
    return Trigger(verb, trigger.words, kind, trigger.confidence, spoken=kind != trigger.type or kind == "REJECT")


def _is_verb(sentence: Sentence, word: int) -> bool:
    if sentence.universal[word] != "VERB":
        return False
    return base(sentence.relations[word]) not in ("amod", "compound", "case", "mark")


def _verb_trigger(sentence: Sentence, word: int) -> Trigger | None:
    """The trigger that a verb or an adjective is, if it is one."""
    known = lists()
    adjective = sentence.universal[word] == "ADJ" and sentence.lemmas[word] in ("ready", "willing", "prepared")
    if not _is_verb(sentence, word) and not adjective:
        return None
    verb = sentence.lemmas[word]
    frames = known.frames.get(verb, ())
    below = dependents(sentence, word) if frames else []
    for kind, slots in frames:
        if "*" in slots and children(sentence, word, "obj", "nsubj:pass", "ccomp"):
            return Trigger(word, (word,), kind, FRAME)
        met = [w for w, form in below if form in slots]
        if "@person" in slots:
            met += [w for w in children(sentence, word, "obj", "nsubj:pass") if is_person(sentence, w)]
        if met:
            return Trigger(word, tuple(_span_words(sentence, word, met)), kind, FRAME)
    kind_of_verb = known.verbs.get(verb)
    if kind_of_verb is None or adjective or not _sensible(sentence, word, verb, kind_of_verb):
        return None
    return Trigger(word, (word,), kind_of_verb, VERB)


def dependents(sentence: Sentence, verb: int) -> list[tuple[int, str]]:
    """The words a frame may ask for below a verb: objects, passive subjects, obliques, complements, particles, and "to"."""
    found: list[tuple[int, str]] = []
    words = lists().words
    for child in children(sentence, verb):
        relation = sentence.relations[child]
        if sentence.lemmas[child] in words["days"]:
            continue
        if relation in ("nsubj:pass", "compound:prt", "advmod") or base(relation) in ("obj", "obl", "iobj", "dep"):
            found.append((child, sentence.lemmas[child]))
            found += [(c, sentence.lemmas[c]) for c in children(sentence, child, "case")]
            found += [(child, sentence.lemmas[c]) for c in children(sentence, child, "conj", "compound", "amod")]
            if sentence.lemmas[child] in words["parts"]:
                found += [(c, sentence.lemmas[c]) for c in children(sentence, child, "nmod")]
        elif base(relation) in ("xcomp", "ccomp", "advcl"):
            if base(relation) != "advcl":
                found += [(c, "to") for c in children(sentence, child, "mark") if sentence.words[c].lower() == "to"]
            if base(relation) == "xcomp":
                found.append((child, sentence.lemmas[child]))
            if sentence.words[child].lower() not in ("according",) and base(relation) == "ccomp":
                found += [(c, "that") for c in children(sentence, child, "mark") if sentence.words[c].lower() == "that"]
        elif relation == "nsubj" and sentence.lemmas[verb] in words["by_subject"]:
            found.append((child, sentence.lemmas[child]))
    return found


def _span_words(sentence: Sentence, word: int, met: Sequence[int]) -> list[int]:
    """The trigger's words: the verb through what its frame asked for, where that is near and behind."""
    near = [w for w in met if 0 < w - word <= LONGEST_TRIGGER]
    return list(range(word, min(near) + 1)) if near else [word]


def _sensible(sentence: Sentence, word: int, verb: str, kind: EventType) -> bool:
    """Whether a verb that has other senses is meant in this one."""
    objects = children(sentence, word, "obj", "nsubj:pass")
    if kind == "ASSAULT" and verb in ("kill", "wound", "injure"):
        below = {sentence.lemmas[w] for w in subtree(sentence, word)}
        return not below & lists().words["accidents"]
    if verb in lists().words["need_object"]:
        return bool(objects)
    if verb == "ask":
        return any(sentence.relations[c] == "xcomp" for c in children(sentence, word)) or any(
            sentence.words[x].lower() == "for" for c in children(sentence, word, "obl") for x in children(sentence, c, "case")
        )
    return True


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
    if base(sentence.relations[word]) in ("compound", "flat", "amod"):
        return None
    noun = sentence.lemmas[word]
    kind = known.nouns.get(noun) or known.nouns.get(lemma(sentence.words[word], "NNS"))
    if kind is None:
        return None
    if noun == "strike" and any(sentence.lemmas[c] in ("hunger", "general", "worker", "day") for c in children(sentence, word)):
        kind = "PROTEST"
    relation, head = base(sentence.relations[word]), sentence.heads[word]
    if head >= 0:
        verb = sentence.lemmas[head]
        passive = sentence.relations[word] == "nsubj:pass" and verb in known.words["does"]
        if relation == "nsubj" and (passive or verb in known.words["happens"]):
            return Trigger(word, (word,), kind, NOUN)
        if relation == "obj" and verb in known.words["does"] and not any(t.word == head for t in verbal):
            return Trigger(word, (word,), kind, NOUN)
    if not verbal and relation in ("root", "nsubj", "obj", "obl"):
        return Trigger(word, (word,), kind, NOUN)
    return None
