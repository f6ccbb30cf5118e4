"""Bodies' names in the order of the text → the definite nouns that take them up again: "the Society", "the constabulary".

In: sentences with their entities, and the bodies' names with their places. Out: offsets of a short form and the name it
stands for, where the text before it has just one body so called. A noun that is also a place's ("the hospital", "the
port") or any body's counts only where it does or is told something; with another adjective it is another's.

Example: after "The Red Lily Society sent lorries.", in "The Society unloaded them." "The Society" is the Red Lily Society.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from presstime.read.lexicon import nouns, words
from presstime.read.tree import Sentence, base, children

__all__ = ["same_names", "short_names"]

_SMALL = frozenset({"the", "of", "for", "and", "a", "an", "in", "de", "’s", "'s", "&"})
Where = tuple[int, int]


@cache
def _kinds() -> frozenset[str]:
    """Nouns for bodies by which one may be taken up again."""
    return nouns().body | frozenset(words("speakers")["bodies"])


@cache
def _premises() -> frozenset[str]:
    return frozenset(words("speakers")["premises"])


def _heads(name: str) -> set[str]:
    """The nouns by which a body of this name is called for short: its last word, and the one before "of" or "for"."""
    parts = [p.lower() for p in name.split() if p.lower() not in ("the", "a", "an")]
    if len([p for p in parts if p not in _SMALL]) < 2:
        return set()
    cut = next((i for i, p in enumerate(parts) if p in ("of", "for")), len(parts))
    return {parts[cut - 1]} if cut else set()


def short_names(sentences: Sequence[Sentence], named: Mapping[str, Sequence[int]]) -> Iterator[tuple[Where, str]]:
    """Offsets and name of every short form. `named`: bodies' whole names with the offsets where they stand, in order."""
    called: dict[str, list[tuple[int, str]]] = {}
    for name, places in named.items():
        for noun in _heads(name):
            called.setdefault(noun, []).append((min(places), name))
    if not called:
        return
    for noun in called:
        called[noun].sort()
    for s in sentences:
        for w in range(1, len(s)):
            low = s.words[w].lower()
            if low not in called or s.words[w - 1].lower() != "the" or s.universal[w] not in ("NOUN", "PROPN"):
                continue
            before = called[low][: bisect_left(called[low], (s.starts[w], ""))]
            if len({name for _, name in before}) == 1 and _taken_up(s, w):
                yield (s.starts[w - 1], s.ends[w]), before[0][1]


def same_names(text: str, sentences: Sequence[Sentence], names: Sequence[str]) -> Iterator[tuple[Where, str]]:
    """Offsets where a body's whole name of two words or more stands again, letter by letter."""
    opening: dict[str, list[str]] = {}
    for name in names:
        parts = name.split()
        if len(parts) > 1 and all(p[:1].isupper() or p.lower() in _SMALL for p in parts):
            opening.setdefault(parts[0], []).append(name)
    for s in sentences:
        for w in range(len(s)):
            for name in opening.get(s.words[w], ()):
                at = s.starts[w], s.starts[w] + len(name)
                behind = text[at[1] : at[1] + 2]
                longer = behind[:1].isalnum() or (behind[:1] == " " and behind[1:].isupper())
                if not longer and text.startswith(name, at[0]):
                    yield at, name


def _taken_up(s: Sentence, w: int) -> bool:
    """Whether "the" and a noun stand for a body spoken of: nothing beside them says which, and they take part."""
    large = s.words[w][0].isupper() and not s.words[w].isupper()
    if not large and s.words[w].lower() not in _kinds():
        return False
    if w + 1 < len(s) and s.words[w + 1][0].isupper() and s.words[w + 1].isalpha():
        return False  # "the Society Islands"
    if base(s.relations[w]) in ("compound", "amod", "flat") or children(s, w, "amod", "compound", "flat", "acl:relcl:restr"):
        return False
    if any(s.lemmas[c] in ("of", "for", "in", "at", "from") for x in children(s, w, "nmod") for c in children(s, x, "case")):
        return False
    relation = base(s.relations[w])
    premises = s.words[w].lower() in _premises()
    if relation == "nsubj":
        return not premises or (s.universal[s.heads[w]] == "VERB" and not s.relations[w].endswith(":pass"))
    if premises:
        return False
    cases = {s.lemmas[c] for c in children(s, w, "case")}
    return large or relation in ("obj", "iobj", "nmod:poss") or (relation in ("obl", "nmod") and bool(cases & {"by", "to", "against"}))
