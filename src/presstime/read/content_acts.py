"""The words of a statement → what they do, by their tree: whom they accuse, what the speaker will do, who must.

In: a content's words and sentences, its speaker's name and cue. Out: a `Content`, and answers to single questions about
it, which acts.py asks in DESIGN's order. No name counts but for being the speaker's or not.

Example: in "the army had shelled a school" the army does a wrong, so `accuses` holds unless the army is the speaker.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from presstime.read.cue_acts import has, is_nationality
from presstime.read.lexicon import nouns, words
from presstime.read.tree import Sentence, base, children, subjects, subtree
from presstime.records import Act

__all__ = [
    "Content",
    "accuses",
    "content_of",
    "demands",
    "doers_of",
    "intends",
    "is_negated",
    "is_own",
    "lemmas_of",
    "own_will",
    "party",
    "performed",
    "should",
    "threatens",
]


@dataclass(frozen=True, slots=True)
class Content:
    """The words of a content: which they are, which head its own clauses, and what stands for the speaker in them."""

    low: str
    words: tuple[tuple[Sentence, int], ...]
    tops: tuple[tuple[Sentence, int], ...]
    own: frozenset[str]
    name: frozenset[str]
    direct: bool
    speaks_for: Callable[[str], bool] | None


def content_of(
    kind: str,
    text: str,
    sentences: Sequence[Sentence],
    spans: Sequence[tuple[int, int]],
    speaker: str | None,
    cue: tuple[Sentence, int] | None,
    speaks_for: Callable[[str], bool] | None,
) -> Content:
    """A statement's content, taken apart: the words of `spans` in `sentences`, and what in them stands for the speaker."""
    held = [(s, w) for s in sentences for w in range(len(s)) if any(a <= s.starts[w] < b for a, b in spans)]
    inside = {(s.start, w) for s, w in held}
    tops = [(s, w) for s, w in held if (s.start, s.heads[w]) not in inside and s.universal[w] != "PUNCT"]
    known = {(s.start, w) for s, w in tops}
    for s, w in tops:  # grows while it is walked: what stands beside a clause of the content is one too
        beside = [c for c in children(s, w, "conj", "parataxis") if (s.start, c) in inside and (s.start, c) not in known]
        known.update((s.start, c) for c in beside)
        tops.extend((s, c) for c in beside)
    said = " ".join(text[a:b] for a, b in spans)
    name = _parts(speaker or "") | (_names_beside(*cue) if cue is not None else frozenset())
    direct = kind in ("quoted", "turn")
    own = frozenset({"we", "i"}) if direct else frozenset({"we", "i"}) | _pronouns(cue, name)
    return Content(" ".join(said.lower().split()), tuple(held), tuple(tops), own, name, direct, speaks_for)


_PLAIN = frozenset({"the", "of", "and", "for", "s", "office", "ministry", "minister", "president", "government", "a", "in", "side"})


def _parts(name: str) -> frozenset[str]:
    """The telling words of a name, "Nordia-Sarn’s" as "nordia" and "sarn"."""
    return frozenset(re.findall(r"\w+", name.lower())) - _PLAIN


def _names_beside(sentence: Sentence, verb: int) -> frozenset[str]:
    """Names in the speaker's own phrase: whoever is "the spokesman of the Union" speaks for the Union."""
    phrase = [w for s in subjects(sentence, verb)[:1] for w in subtree(sentence, s)]
    named = [w for w in phrase if sentence.words[w][:1].isupper() and not sentence.entities[w].endswith("PERSON")]
    return frozenset(part for w in named for part in _parts(sentence.words[w]))


def _pronouns(cue: tuple[Sentence, int] | None, name: frozenset[str]) -> frozenset[str]:
    """The pronouns that may stand for the speaker in what is said of it: after "she said" only "she"."""
    if cue is not None:
        sentence, verb = cue
        for subject in subjects(sentence, verb)[:1]:
            low = sentence.words[subject].lower()
            if low in ("he", "she", "it", "they"):
                return frozenset({low})
            if name & _parts(" ".join(sentence.words[w] for w in subtree(sentence, subject))):  # not "Berlin" for a government
                return _pronouns_of(sentence, subject, name)
    return frozenset({"it", "he", "she", "they"})


_FULL_NAME = 2
"""Words of a name from which on it is surely a person's, if it was taken for one."""


def _pronouns_of(sentence: Sentence, subject: int, name: frozenset[str]) -> frozenset[str]:
    """The pronouns that a noun may be taken up by."""
    table = nouns()
    near = {sentence.words[w].lower().rstrip(".") for w in subtree(sentence, subject) if w <= subject}
    if near & {"mr", "sir", "lord"}:
        return frozenset({"he"})
    if near & {"mrs", "ms", "miss", "dame", "lady"}:
        return frozenset({"she"})
    if sentence.entities[subject].endswith("PERSON") and len(name) < _FULL_NAME:
        return frozenset({"it", "he", "she", "they"})  # a lone name may be anybody's
    if sentence.entities[subject].endswith("PERSON") or sentence.lemmas[subject] in table.person | table.office:
        return frozenset({"they"}) if sentence.fine[subject] == "NNS" else frozenset({"he", "she"})
    if sentence.fine[subject] == "NNS":
        return frozenset({"they"})
    if sentence.entities[subject] != "O" or sentence.lemmas[subject] in table.body:
        return frozenset({"it", "they"})
    return frozenset({"it", "he", "she", "they"})


@cache
def lemmas_of(name: str) -> frozenset[str]:
    """A list of words/en/acts.toml."""
    return frozenset(words("acts")[name])


def doers_of(sentence: Sentence, verb: int) -> list[int]:
    """A verb's subjects, or those of the verb it is set beside."""
    found = subjects(sentence, verb)
    while not found and base(sentence.relations[verb]) == "conj":
        verb = sentence.heads[verb]
        found = subjects(sentence, verb)
    return found


def is_negated(sentence: Sentence, verb: int) -> bool:
    """Whether "not" or "never" stands by a verb."""
    beside = {form for w in children(sentence, verb, "advmod") for form in (sentence.lemmas[w], sentence.words[w].lower())}
    return bool(beside & {"not", "never", "n't", "n’t"})


def is_own(content: Content, sentence: Sentence, doer: int) -> bool:
    """Whether a doer in the content is the speaker: a pronoun for it, its name, or what is its own ("our troops")."""
    phrase = {doer, *children(sentence, doer, "nmod:poss", "compound", "flat", "amod", "nmod")}
    surface = {sentence.words[w].lower() for w in phrase}
    named = {part for w in phrase for part in _parts(sentence.words[w])}
    first = {"our", "my"} if content.direct else {"our", "my", "its", "his", "her", "their"}
    return (
        sentence.words[doer].lower() in content.own
        or bool(named & content.name)
        or bool(surface & first)
        or _for_speaker(content, sentence, doer)
    )


def _for_speaker(content: Content, sentence: Sentence, doer: int) -> bool:
    if content.speaks_for is None or sentence.entities[doer] == "O":
        return False
    return content.speaks_for(" ".join(sentence.words[w] for w in sorted({doer, *children(sentence, doer, "compound", "flat")})))


def party(sentence: Sentence, word: int) -> bool:
    """Whether a word names a party: a name, somebody's nationality, or a noun for a body or for people."""
    near = {word, *children(sentence, word, "compound", "flat", "amod", "nmod:poss")}
    if any(sentence.entities[w] != "O" or is_nationality(sentence, w) for w in near) or sentence.universal[word] == "PROPN":
        return True
    bodies = nouns().body | nouns().group | lemmas_of("bodies")
    return sentence.universal[word] == "NOUN" and bool({sentence.lemmas[word], sentence.words[word].lower()} & bodies)


def demands(content: Content) -> bool:
    """Whether the content says that a party must: "Ardan must stop", "the shelling by Ardan must be stopped"."""
    for sentence, word in content.words:
        lemma = sentence.lemmas[word]
        if lemma not in ("must", "have") or sentence.heads[word] < 0:
            continue
        if lemma == "have" and (word + 1 >= len(sentence) or sentence.lemmas[word + 1] != "to"):
            continue
        verb = sentence.heads[word] if lemma == "must" else word
        if lemma == "have" and children(sentence, verb, "aux"):
            continue  # "may have to", "would have to"
        for doer in subjects(sentence, verb):
            phrase = subtree(sentence, doer)
            if content.direct and sentence.words[doer].lower() in ("they", "you"):
                return True
            if is_own(content, sentence, doer):
                continue
            if party(sentence, doer) or any(sentence.entities[w] != "O" or is_nationality(sentence, w) for w in phrase):
                return True
    return False


def should(content: Content) -> bool:
    """Whether a clause of the content says that somebody should, other than that it should have been."""
    for sentence, word in content.words:
        if sentence.lemmas[word] != "should" or sentence.relations[word] != "aux" or not subjects(sentence, sentence.heads[word]):
            continue
        verb = sentence.heads[word]
        if base(sentence.relations[verb]) in ("advcl", "acl") or "have" in {sentence.lemmas[w] for w in children(sentence, verb, "aux")}:
            continue
        if not any(sentence.words[w].lower() == "i" for w in subjects(sentence, verb)):
            return True
    return False


def accuses(content: Content) -> bool:
    """Whether a party other than the speaker does a wrong in the content."""
    parties = [(s, w) for s, w in content.words if s.entities[w] != "O" and not _parts(s.words[w]) & content.name]
    if parties and has("accusation", content.low):
        return True
    for sentence, verb in content.words:
        if (
            sentence.universal[verb] != "VERB"
            or sentence.lemmas[verb] not in lemmas_of("wrongs")
            or sentence.relations[verb] == "acl:relcl"
        ):
            continue
        if base(sentence.relations[verb]) == "acl" and sentence.lemmas[sentence.heads[verb]] == "fact":
            continue  # "we deplore the fact that it broke its word": what is done with the fact counts
        helpers = {sentence.lemmas[w] for w in children(sentence, verb, "aux", "advmod", "mark")}
        if helpers & {"will", "would", "could", "may", "might", "not", "never", "if", "should", "must", "can"}:
            continue
        doers = [w for w in doers_of(sentence, verb) if not sentence.relations[w].endswith(":pass")]
        doers += [w for w in children(sentence, verb, "obl") if any(sentence.lemmas[c] == "by" for c in children(sentence, w, "case"))]
        if any(party(sentence, d) and not is_own(content, sentence, d) for d in doers):
            return True
    return False


def threatens(content: Content) -> bool:
    """Whether the content says what will be done to another unless, until or if."""
    wills = [(s, w) for s, w in content.words if s.lemmas[w] in ("will", "would", "'ll", "’ll", "shall") and s.relations[w] == "aux"]
    if not wills:
        return False
    if has("threat", content.low):
        return True
    conditional = any(s.lemmas[w] in lemmas_of("conditions") for s, w in content.words)
    for sentence, word in wills:
        verb = sentence.heads[word]
        if not conditional or sentence.lemmas[verb] not in lemmas_of("harms") or is_negated(sentence, verb):
            continue
        doers = subjects(sentence, verb)
        whoever = any(sentence.lemmas[w] in ("anyone", "whoever", "any", "anybody") for d in doers for w in subtree(sentence, d))
        if any(is_own(content, sentence, d) for d in doers) or (whoever and any(sentence.relations[d] == "nsubj:pass" for d in doers)):
            return True
    return False


def own_will(content: Content, negated: bool) -> bool:
    """Whether a main clause of the content says what the speaker will do (or, negated, will not)."""
    for sentence, verb in content.tops:
        helpers = {sentence.lemmas[w] for w in children(sentence, verb, "aux")}
        wills = {"will", "'ll", "’ll", "shall", "wo"} if content.direct else {"will", "'ll", "’ll", "shall", "wo", "would"}
        if not helpers & wills or helpers & {"have"} or children(sentence, verb, "cop") or is_negated(sentence, verb) != negated:
            continue
        if sentence.lemmas[verb] in lemmas_of("states") or sentence.universal[verb] != "VERB":
            continue
        if not negated and sentence.lemmas[verb] in lemmas_of("slight"):
            continue
        if any(sentence.relations[d] != "nsubj:pass" and is_own(content, sentence, d) for d in doers_of(sentence, verb)):
            return True
    return False


def intends(content: Content) -> bool:
    """Whether a main clause says what the speaker is about to do: "it plans to appeal", "it was working with others to prepare …"."""
    for sentence, verb in content.tops:
        if sentence.lemmas[verb] not in lemmas_of("intends") or is_negated(sentence, verb):
            continue
        below = [
            x for c in sentence.below[verb] for x in (c, *sentence.below[c]) if base(sentence.relations[x]) in ("xcomp", "advcl", "acl")
        ]
        to_do = [x for x in below if any(sentence.lemmas[m] == "to" for m in children(sentence, x, "mark"))]
        busy = sentence.lemmas[verb] not in ("work", "go", "prepare") or sentence.fine[verb] == "VBG"
        if to_do and busy and any(is_own(content, sentence, d) for d in doers_of(sentence, verb)):
            return True
    return False


@cache
def _performs() -> dict[str, Act]:
    return {phrase: act for act, listed in words("acts")["performs"].items() for phrase in listed}


def performed(content: Content) -> set[Act]:
    """The acts that the speaker performs by a verb of its own: "we urge", "I deplore", "the party calls on"."""
    table = _performs()
    found: set[Act] = set()
    tops = {(s.start, w) for s, w in content.tops}
    for sentence, verb in (*content.tops, *_resumed(content)):
        lemma = sentence.lemmas[verb]
        helpers = {sentence.lemmas[w] for w in children(sentence, verb, "aux")}
        if sentence.universal[verb] != "VERB" or is_negated(sentence, verb) or helpers - {"be", "do"}:
            continue
        if content.direct and sentence.fine[verb] == "VBD":
            continue  # "I congratulated him" tells of it
        if (sentence.start, verb) in tops and not any(is_own(content, sentence, d) for d in doers_of(sentence, verb)):
            continue
        behind = {
            sentence.lemmas[c] for o in children(sentence, verb, "obl", "nmod", "advcl") for c in children(sentence, o, "case", "mark")
        }
        act = table.get(lemma) or next((table[f"{lemma} {p}"] for p in sorted(behind) if f"{lemma} {p}" in table), None)
        if act:
            found.add(act)
    return found


def _resumed(content: Content) -> list[tuple[Sentence, int]]:
    """Verbs of a speech's "we" that the tree sets beside another's: "we deplore that it undermines the talks and urge …"."""
    if not content.direct or not any(s.words[d].lower() in ("we", "i") for s, w in content.tops for d in subjects(s, w)):
        return []
    found: list[tuple[Sentence, int]] = []
    for sentence, verb in content.words:
        plain = sentence.fine[verb] in ("VBP", "VB") and not children(sentence, verb, "nsubj", "aux", "mark")
        if plain and sentence.relations[verb] == "conj" and sentence.fine[sentence.heads[verb]] == "VBZ":
            found.append((sentence, verb))
    return found
