"""Those who act without speaking: groups and governments that do a deed, and governments that are addressed or accused.

In: sentences, and what was settled before. Out: the words, the name, the kind and the country of each. A country or a
capital is its government where it does what governments do; several people are a group where they do anything.

Example: in "Protesters blocked the road after Ankara recalled its envoy" the group "Protesters" and Turkey's government.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from presstime.read.doers import noun_phrase
from presstime.read.lands import country_named
from presstime.read.lexicon import words
from presstime.read.people import unbracketed
from presstime.read.tree import Sentence, base, children, entity_spans
from presstime.records import ActorKind

__all__ = ["acting"]

_LONGEST = 8
"""Words of a group's description that are kept."""


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    table = words("actors")["acting"]
    return frozenset(table["groups"]), frozenset(table["deeds"]), frozenset(table["towards"]), frozenset(table["bodies"])


def acting(
    text: str, sentences: Sequence[Sentence], settled: Callable[[int, int], list[tuple[int, int]]]
) -> Iterator[tuple[tuple[int, int], str, ActorKind, str | None]]:
    """Offsets, name, kind and country of every group and government that does something."""
    groups, deeds, towards, bodies = _lists()
    for s in sentences:
        for w in range(len(s)):
            verb, acted_on = _verb_of(s, w), _verb_over(s, w)
            if verb < 0 and acted_on < 0:
                continue
            if verb >= 0 and s.words[w].lower() in groups and s.entities[w] == "O":
                phrase = [x for x in noun_phrase(s, w) if not (s.universal[x] in ("DET", "PRON") and x < w)]
                if len(phrase) > _LONGEST:
                    phrase = [x for x in phrase if x <= w]
                at = s.starts[phrase[0]], s.ends[phrase[-1]]
                name = unbracketed(" ".join(text[at[0] : at[1]].split()))
                proper = w > 0 and " " in name and all(part[0].isupper() for part in name.split())
                if not settled(*at):
                    yield at, name, "organisation" if proper else "group", None
            elif s.words[w].lower() in bodies and s.entities[w] == "O" and _definite(s, w):
                if verb < 0 and not (acted_on >= 0 and s.lemmas[acted_on] in towards):
                    continue
                phrase = [x for x in noun_phrase(s, w) if x <= w and s.universal[x] not in ("DET", "PUNCT")]
                at = s.starts[phrase[0]], s.ends[w]
                name = unbracketed(" ".join(text[at[0] : at[1]].split()))
                if len(phrase) <= _LONGEST and not settled(*at):
                    yield at, name, "government" if s.lemmas[w] in words("speakers")["governments"] else "organisation", None
            elif s.entities[w].endswith("LOC") and not children(s, w, "case"):
                does = verb >= 0 and s.lemmas[verb] in deeds
                span = next(((a, b) for a, b, _ in entity_spans(s) if a <= w < b), None)
                if span is None or not (does or (acted_on >= 0 and s.lemmas[acted_on] in towards)):
                    continue
                at = s.starts[span[0]], s.ends[span[1] - 1]
                country = country_named(" ".join(text[at[0] : at[1]].split()), capitals=True)
                if country is not None and not settled(*at):
                    yield at, country[0], "government", country[1]


def _definite(s: Sentence, word: int) -> bool:
    """Whether a noun is that of one body: "the constabulary", "the Kesh government"; no "army of ants"."""
    the = any(s.words[d].lower() == "the" for d in children(s, word, "det"))
    return the and not children(s, word, "nmod") and s.fine[word] in ("NN", "NNP")


def _verb_of(sentence: Sentence, word: int) -> int:
    """The verb that a word does, as its subject or behind "by"; -1 where it does none."""
    head, relation = sentence.heads[word], sentence.relations[word]
    if relation == "conj" and head >= 0 and sentence.relations[head] == "nsubj":  # "Kesh and Varna agreed"
        head, relation = sentence.heads[head], "nsubj"
    if head < 0 or sentence.universal[head] != "VERB":
        return -1
    if relation == "nsubj":
        return head
    agent = base(relation) == "obl" and any(sentence.words[c].lower() == "by" for c in children(sentence, word, "case"))
    return head if agent and children(sentence, head, "aux:pass", "nsubj:pass") else -1


def _verb_over(sentence: Sentence, word: int) -> int:
    """The verb that is done to a word, as its object or passive subject; -1 where none is."""
    head, relation = sentence.heads[word], sentence.relations[word]
    return head if head >= 0 and relation in ("obj", "nsubj:pass") and sentence.universal[head] == "VERB" else -1
