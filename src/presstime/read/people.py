"""A document's sentences → the people it names: full names, genders, and the words that describe them.

In: parsed sentences. Out: `People`, which answers what a surname stands for, what is told of a name ("the mayor", "71"),
and whether it is a woman's or a man's. All of a document is read first: "Bel" in a headline is "Ana Bel" of the third
paragraph. Gender comes from titles, from what they are called, and, softly, from the given name.

Example: from "Mayor Ana Bel, 52, a Republican" `full_name("Bel")` is "Ana Bel", described as mayor, republican, 52-year-old.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from presstime.read.lexicon import nouns, words
from presstime.read.tree import Sentence, base, children, entity_spans

__all__ = [
    *("People", "Told", "bare_name", "describing", "doubles", "gender_of_word", "given_gender"),
    *("initials", "owns", "person_spans", "unbracketed", "whole_spans"),
]

_GLUE = frozenset({"-", "‑", "–", "’", "'", "."})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_PARTY = re.compile(r"^[(\[]?(R|D|I)\s*[-–,]")
_STATED = re.compile(r"^[RDI][-–][A-Z]")
_PARTIES = {"R": "republican", "D": "democrat", "I": "independent"}


@dataclass(slots=True)
class Told:
    """What a document tells of one it names: `nouns` head what it is called, `words` stand beside them."""

    nouns: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    gender: str = ""
    """ "f", "m", or "" where nothing sure is told."""


@cache
def _given() -> dict[str, str]:
    table = words("given_names")
    found = dict.fromkeys(table["female"].split(), "f")
    for name in table["male"].split():
        found[name] = "" if name in found else "m"
    return found


@cache
def _endings() -> tuple[tuple[str, ...], tuple[str, ...]]:
    table = words("given_names")
    return tuple(table["female_endings"]), tuple(table["male_endings"])


def given_gender(name: str) -> tuple[str, bool]:
    """The gender that the first name of a full name suggests ("f", "m" or ""), and whether the name is a listed one."""
    first = re.split(r"[\s-]", name.lower())[0]
    if first in _given():
        return _given()[first], True
    female, male = _endings()
    surname = name.lower().split()[-1]
    if surname.endswith(tuple(words("given_names")["female_surnames"])):
        return "f", False
    if first.endswith(female):
        return "f", False
    return ("m", False) if first.endswith(male) else ("", False)


def gender_of_word(word: str) -> str:
    """ "f" or "m" for a title or noun that tells it ("Mrs.", "widow", "king"), else ""."""
    table = words("speakers")["gendered"]
    low = word.lower()
    return "f" if low in table["female"] else "m" if low in table["male"] else ""


def bare_name(name: str) -> str:
    """A name on one line, without its possessive, titles before it, and marks around it: "Mr. Ochs's" → "Ochs"."""
    found = " ".join(name.split()).strip(' ,;:()[]-–—"“”')
    for suffix in ("'s", "’s", "'", "’"):
        found = found.removesuffix(suffix)
    parts = found.split()
    while len(parts) > 1 and parts[0].lower() in nouns().titles:
        parts.pop(0)
    return " ".join(parts)


def person_spans(sentence: Sentence) -> list[tuple[int, int]]:
    """People's names as (first word, behind the last), whole where a hyphen divides them, without titles and stray marks."""
    return [(a, b) for a, b, kind in whole_spans(sentence) if kind == "PERSON"]


def whole_spans(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Entities whose names are whole: hyphens join, marks at either end and titles are left out."""
    found: list[tuple[int, int, str]] = []
    for a, b, kind in entity_spans(sentence):
        if sentence.words[a] in _PARTIES or (a and sentence.words[a - 1] in _PARTIES and sentence.words[a] == "-"):
            continue  # "(R-Wyo.)" is a party and a state
        if b - a == 1 and _STATED.match(sentence.words[a]):
            continue
        while b + 1 < len(sentence) and sentence.words[b] in _GLUE and _touch(sentence, b - 1, b) and _cased(sentence, b + 1):
            b += 2
        if b < len(sentence) and sentence.words[b - 1] in ("-", "‑") and _touch(sentence, b - 1) and _cased(sentence, b):
            b += 1
        while a > 0 and sentence.words[a] in ("-", "‑") and _touch(sentence, a - 1):
            a -= 1
        while a > 1 and sentence.words[a - 1] in ("-", "‑") and _touch(sentence, a - 2, a - 1) and _cased(sentence, a - 2):
            a -= 2
        while b > a and (not any(c.isalnum() for c in sentence.words[b - 1]) or sentence.words[b - 1] in _POSSESSIVE):
            b -= 1
        if kind == "PERSON":
            whole = (a, b)
            while a + 1 < b and sentence.words[a].lower() in nouns().titles:
                a += 1
            if b - a == 1 and a and whole[0] < a and sentence.words[a].lower() in words("actors")["nobody"]:
                continue  # "Prime Minister" names nobody
        if b <= a or not _cased(sentence, a) or (a and sentence.words[a - 1] in ("-", "‑") and _touch(sentence, a - 1)):
            continue
        if found and a < found[-1][1]:
            if b <= found[-1][1]:
                continue
            a = found.pop()[0]
        found.append((a, b, kind))
    return found


def _touch(sentence: Sentence, *words: int) -> bool:
    """Whether each of some words stands right before the next, without a space."""
    return all(w >= 0 and w + 1 < len(sentence) and sentence.ends[w] == sentence.starts[w + 1] for w in words)


def _cased(sentence: Sentence, word: int) -> bool:
    first = sentence.words[word][:1]
    return first.isalpha() and (first.isupper() or not first.islower())


# ---------------------------------------------------------------- what is told


def describing(sentence: Sentence, a: int, b: int) -> Told:
    """What a sentence tells of the name in words a to b: its title, what is set beside it, what it is said to be."""
    told = Told()
    inside = range(a, b)
    top = next((w for w in inside if sentence.heads[w] not in inside), a)
    _titles(sentence, a, told)
    for w in inside:
        for child in children(sentence, w, "appos", "compound", "amod", "nmod:desc", "dep", "nummod"):
            if child not in inside and sentence.relations[child] != "nmod:poss":
                _note(sentence, child, told)
        for child in children(sentence, w, "acl:relcl"):
            if children(sentence, child, "cop"):
                _note(sentence, child, told)
    head, relation = sentence.heads[top], base(sentence.relations[top])
    beside = (
        relation in ("appos", "flat", "compound", "nmod") and not children(sentence, top, "case") and (relation != "compound" or head < a)
    )
    if head >= 0 and beside and sentence.universal[head] in ("NOUN", "PROPN", "ADJ"):
        _note(sentence, head, told)
    if head >= 0 and relation == "nsubj" and children(sentence, head, "cop") and sentence.universal[head] in ("NOUN", "PROPN"):
        _note(sentence, head, told)
    _behind(sentence, b, told)
    return told


def _titles(sentence: Sentence, a: int, told: Told) -> None:
    """The words right before a name, back to what cannot belong to it: "former Deputy Mayor Ana Bel"."""
    w = a - 1
    last = True
    while w >= 0 and a - w <= 8 and sentence.universal[w] in ("NOUN", "PROPN", "ADJ") and not sentence.entities[w].endswith("PERSON"):
        low = sentence.words[w].lower()
        if low in nouns().titles or (last and sentence.universal[w] == "NOUN"):
            _called(low, told)
        told.words.add(low)
        last = False
        w -= 1
    if sentence.words[a].lower() in nouns().titles:
        _called(sentence.words[a].lower(), told)


def _called(low: str, told: Told) -> None:
    table = words("speakers")["called"]
    word = table.get(low, low)
    told.nouns.add(word)
    told.words.update((low, word))
    told.gender = told.gender or gender_of_word(low)


def _note(sentence: Sentence, word: int, told: Told) -> None:
    """A noun that describes, with what stands before it, and the nouns coordinated with it."""
    for w in (word, *children(sentence, word, "conj")):
        if sentence.universal[w] == "NUM" and sentence.words[w].isdigit() and 10 < int(sentence.words[w]) < 110:
            told.nouns.add(f"{sentence.words[w]}-year-old")
        if sentence.universal[w] not in ("NOUN", "PROPN", "ADJ"):
            continue
        _called(sentence.lemmas[w], told)
        told.words.update(sentence.words[x].lower() for x in children(sentence, w, "compound", "amod", "nmod", "nmod:poss", "flat"))


def _behind(sentence: Sentence, b: int, told: Told) -> None:
    """An age behind a comma ("Bel, 71,") and a party in brackets ("(R-Wyo.)")."""
    if b + 1 < len(sentence) and sentence.words[b] in (",", "("):
        age = sentence.words[b + 1]
        if age.isdigit() and 10 < int(age) < 110:
            told.nouns.add(f"{age}-year-old")
        follows = sentence.words[b + 2] if b + 2 < len(sentence) else ""
        if sentence.words[b] == "(" and age in _PARTIES and follows[:1] in ("-", "–", ","):
            told.nouns.add(_PARTIES[age])
            told.words.update(w.lower() for w in sentence.words[b + 2 : b + 5])
        elif sentence.words[b] == "(" and (match := _PARTY.match(age)):
            told.nouns.add(_PARTIES[match[1]])


# ---------------------------------------------------------------- people


def unbracketed(name: str) -> str:
    """A body's name without its short form behind it: "Harbour Watch (HW)" → "Harbour Watch"."""
    return re.sub(r"\s*\([^()]*\)?$", "", name) or name


def initials(name: str) -> tuple[str, ...]:
    """The acronyms that a body's name may have: of its capitalised words, and of all: "OSCE", "OFSACIE"."""
    capitals = [w for w in re.split(r"[\s-]", name) if w[:1].isupper() and w != "The"]
    every = [w for w in re.split(r"[\s-]", name) if w[:1].isalpha() and w.lower() != "the"]
    return tuple(dict.fromkeys("".join(w[0] for w in parts).upper() for parts in (capitals, every) if 2 <= len(parts) <= 6))


class People:
    """The people a document names. Look-ups are by whole name or by the part that a shorter mention gives."""

    def __init__(self, text: str, sentences: Iterable[Sentence]) -> None:
        """Reads every name of the sentences; of two spellings of one name the longer holds."""
        self.told: dict[str, Told] = {}
        self._whole: dict[str, str] = {}
        self._ends: dict[str, list[str]] = {}
        self._parts: dict[str, list[str]] = {}
        self._by_noun: dict[str, list[str]] = {}
        self.acronyms: dict[str, str] = {}
        """Initials of the bodies named in full: "GAO" → "Government Accountability Office"."""
        shorts: list[tuple[str, Told]] = []
        for sentence in sentences:
            for a, b, kind in whole_spans(sentence):
                name = " ".join(text[sentence.starts[a] : sentence.ends[b - 1]].split())
                if kind == "ORG":
                    self._shorten(name)
                if kind != "PERSON":
                    continue
                told = describing(sentence, a, b)
                if " " in name and len(name.split()) <= 5 and not name.isupper():
                    self._learn(name, told)
                else:
                    shorts.append((name, told))
        for name, told in shorts:
            full = self.full_name(name)
            if " " in full and name.lower() in nouns().titles:
                told = Told()  # "Prince" is Ana Prince here, and no prince
            _add(self.told.setdefault(full, Told()), told)
            self._whole.setdefault(full.lower(), full)
        for name, told in self.told.items():
            for noun in told.nouns:
                self._by_noun.setdefault(noun, []).append(name)

    def _shorten(self, name: str) -> None:
        for short in initials(name):
            self.acronyms.setdefault(short, name.removeprefix("The ").removeprefix("the "))

    def only(self, noun: str, beside: set[str]) -> str | None:
        """The one person of the document who is called by a noun, where all that stands beside it is told too; or None."""
        found = [n for n in self._by_noun.get(noun, ()) if " " in n]
        if len(found) != 1 or not beside <= self.told[found[0]].words:
            return None
        return found[0]

    def _learn(self, name: str, told: Told) -> None:
        name = self._whole.setdefault(name.lower(), name)
        if name not in self.told:
            parts = name.lower().split()
            for n in range(1, len(parts)):
                self._ends.setdefault(" ".join(parts[n:]), []).append(name)
            pieces = {*parts[:-1], *(p for part in parts for p in part.split("-") if len(p) > 2), " ".join(parts[:-1])}
            pieces.add(f"{parts[0]} {parts[-1]}")
            pieces.add(f"{parts[0]} {parts[-1].split('-')[-1]}")
            pieces.add("".join(p[0] for p in re.split(r"[\s-]", name.lower()) if p))
            for piece in pieces:
                self._parts.setdefault(piece, []).append(name)
        _add(self.told.setdefault(name, Told()), told)

    def called(self, name: str) -> Sequence[str]:
        """Every full name that a name may be short for, the likeliest kind of shortening alone: surnames before given names."""
        low = bare_name(name).lower()
        if low in self._ends:
            return [*self._ends[low], *([self._whole[low]] if low in self._whole and " " in low else [])]
        if low in self._whole and " " in low:
            longer = [n for n in self._parts.get(low, ()) if len(n) > len(low)]
            return longer or [self._whole[low]]
        if low in self._parts and (len(low) > 3 or not low.isalpha() or name[:1].isupper()):
            return self._parts[low]
        return [self._whole[low]] if low in self._whole else []

    def full_name(self, name: str) -> str:
        """A person's name as fully as the document has it: "Bel" → "Ana Bel"; the longest where several have it."""
        found = self.called(name)
        return found[-1] if found else bare_name(name) or name

    def is_person(self, name: str) -> bool:
        """Whether the document names a person so, or by a name that ends so."""
        low = name.lower()
        return low in self._ends or (" " in low and low in self._whole)

    def gender(self, name: str) -> tuple[str, float]:
        """ "f", "m" or "", and how sure: 1 by title or noun, 0.9 by a listed given name, 0.6 by a name's ending."""
        told = self.told.get(name)
        if told is not None and told.gender:
            return told.gender, 1.0
        gender, listed = given_gender(name)
        if " " not in name and not listed:
            return "", 0.0
        return (gender, 0.9 if listed else 0.6) if gender else ("", 0.0)


def _add(known: Told, more: Told) -> None:
    known.nouns |= more.nouns
    known.words |= more.words
    known.gender = known.gender or more.gender


def owns(sentence: Sentence, words: Sequence[int], person: int) -> bool:
    """Whether a person's name, with the titles before it, stands behind an "of" or "for", and a noun before that."""
    before = [w for w in words if w < person]
    while before and (sentence.words[before[-1]].lower() in nouns().titles or sentence.universal[before[-1]] in ("ADJ", "DET")):
        before.pop()
    of = bool(before) and sentence.lemmas[before[-1]] in ("of", "for")
    return of and any(sentence.universal[w] == "NOUN" for w in before)


def doubles(sentence: Sentence, head: int, a: int, b: int) -> bool:
    """Whether a name hangs on the very word that the phrase's head hangs on: "Council chair Ana Bel" taken for two subjects."""
    top = next((w for w in range(a, b) if sentence.heads[w] not in range(a, b)), a)
    return head < a and sentence.heads[top] == sentence.heads[head] and sentence.relations[top] == sentence.relations[head]
