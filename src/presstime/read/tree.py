"""A parsed sentence, and the questions one asks of its tree.

`Sentence` is what read/language.py gives; the functions here only look at it. Indexes count the sentence's words
from 0; a root's head is -1. Relations are Universal Dependencies'.

Example: in "Baku denied the claims." `subjects(sentence, 1)` is [0], and `span(sentence, subtree(sentence, 3))` the
characters of "the claims".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["Sentence", "base", "children", "entity_spans", "is_clause", "span", "subjects", "subtree"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in plain arrays, one entry a word.

    `starts` and `ends` are offsets into the document's text. `universal` and `fine` are UPOS and Penn tags,
    `heads` indexes of heads (-1: root), `relations` UD relations, `entities` BIO tags over PERSON, ORG and LOC,
    `lemmas` lower-case base forms.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]
    universal: tuple[str, ...]
    fine: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    entities: tuple[str, ...]
    lemmas: tuple[str, ...]
    below: tuple[tuple[int, ...], ...] = field(default=(), repr=False, compare=False)
    """Each word's children, in order."""

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.starts[0]

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.ends[-1]

    def __len__(self) -> int:
        return len(self.words)


def base(relation: str) -> str:
    """A relation without its subtype: "nsubj:pass" → "nsubj"."""
    return relation.partition(":")[0]


def children(sentence: Sentence, word: int, *relations: str) -> list[int]:
    """The children of a word, in order; with relations named, those whose relation (or its base) is among them."""
    below = sentence.below[word]
    if not below:
        return []
    if not relations:
        return list(below)
    given = sentence.relations
    return [c for c in below if (r := given[c]) in relations or (":" in r and r.partition(":")[0] in relations)]


def subtree(sentence: Sentence, word: int, without: Iterable[int] = ()) -> list[int]:
    """A word and everything below it, in order; branches at the words in `without` are left out."""
    left_out, below = set(without), sentence.below
    found = [word]
    for w in found:  # grows as it is gone over
        found += [c for c in below[w] if c not in left_out] if left_out else below[w]
    return sorted(found)


def span(sentence: Sentence, words: Iterable[int]) -> tuple[int, int]:
    """The characters from the first to the last of some words."""
    chosen = list(words)
    return sentence.starts[min(chosen)], sentence.ends[max(chosen)]


def subjects(sentence: Sentence, verb: int) -> list[int]:
    """The subjects of a verb (nsubj, csubj, passives included)."""
    return children(sentence, verb, "nsubj", "csubj")


def is_clause(sentence: Sentence, word: int) -> bool:
    """Whether a word heads a clause: it has a subject, a finite auxiliary or copula, or is a finite verb."""
    return sentence.fine[word] in ("VBD", "VBZ", "VBP", "MD") or bool(children(sentence, word, "nsubj", "csubj", "cop", "aux"))


def _same_name(sentence: Sentence, first: int, word: int) -> bool:
    return sentence.universal[word] == "PROPN" and base(sentence.relations[word]) == "flat" and first <= sentence.heads[word] < word


def entity_spans(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Entities as (first word, behind the last word, type)."""
    found: list[tuple[int, int, str]] = []
    if sentence.entities.count("O") == len(sentence.entities):
        return found
    i = 0
    while i < len(sentence.entities):
        tag = sentence.entities[i]
        j = i + 1
        if tag != "O":
            while j < len(sentence.entities) and sentence.entities[j] == "I-" + tag[2:]:
                j += 1
            if tag[2:] == "PERSON":  # "Mira Tond" with only its first word tagged so: the tree knows that both are one name
                while j < len(sentence) and _same_name(sentence, i, j):
                    j += 1
            found.append((i, j, tag[2:]))
        i = j
    return found
