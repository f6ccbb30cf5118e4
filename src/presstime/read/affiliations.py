"""A phrase that says what somebody is → the role, and the country or body they belong to.

In: a sentence, the words of a phrase, and the noun that heads it. Out: an `Office`: the role in the text's words, the
affiliation as the text names it or, for a country's adjective, the country's name, and its ISO code. A country or body
stands before the role ("French", "Tesla", "the club's") or behind it ("of the Dawn Party", "at Saint Mary's hospital").

Example: "French Foreign Minister" → role "Foreign Minister", affiliation "France", country "FR".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from presstime.read.lands import country_in, country_named, nationality, region_named
from presstime.read.lexicon import nouns, words
from presstime.read.people import gender_of_word
from presstime.read.tree import Sentence, entity_spans, subtree

__all__ = ["Office", "is_body", "is_personal", "lists", "office_of"]

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_JOINS = ("of", "for", "at", "with", "from", "in", "on", "by", "under")
_BELONGS = frozenset({"of", "for", "at", "with", "from", "in"})
_DEFINITE = frozenset({"the", "its", "their", "his", "her", "our", "this", "that"})
_HYPHENS = frozenset({"-", "‑", "–"})
_AGE = re.compile(r"^\d+$|-year-old$", re.IGNORECASE)
_LONGEST_ROLE = 12
"""Words; what is longer is a tale and no role."""
_ENDINGS = ("ist", "man", "woman", "person", "eer", "ian", "er", "or", "ant", "ee")
"""Endings of nouns that are nearly always people's where they stand beside a name."""


@dataclass(frozen=True, slots=True)
class Office:
    """What somebody is, and whom they belong to. `weak` where the role is no more than a rank before the name.

    `at` are the characters of the affiliation's words; where it is only "its", those of the pronoun.
    """

    role: str | None
    affiliation: str | None = None
    country: str | None = None
    at: tuple[int, int] | None = None
    weak: bool = False


@cache
def lists() -> dict[str, frozenset[str]]:
    """The plain lists of words/en/actors.toml."""
    return {key: frozenset(value) for key, value in words("actors").items() if isinstance(value, list)}


# ---------------------------------------------------------------- kinds of nouns


def is_body(word: str) -> bool:
    """Whether a noun is one for a body ("union", "ministry")."""
    return word in nouns().body or word in lists()["bodies"]


def is_personal(sentence: Sentence, word: int) -> bool:
    """Whether a noun is one for a person ("nurse", "CEO")."""
    low = sentence.lemmas[word]
    if low in lists()["people"] or low in nouns().person or low in nouns().titles or low in lists()["ranks"] or gender_of_word(low):
        return True
    if low in lists()["things"] or low in lists()["fields"]:
        return False
    return (
        sentence.fine[word] in ("NN", "NNP") and low.endswith(_ENDINGS) and not is_body(low) and low not in words("speakers")["documents"]
    )


# ---------------------------------------------------------------- a phrase


def office_of(text: str, sentence: Sentence, phrase: Sequence[int], head: int) -> Office | None:
    """The role and affiliation that a phrase tells; None where it tells neither."""
    fore = [w for w in phrase if w < head]
    before = _trimmed(sentence, fore)
    role_before, affiliation, at, country, adjective = _fore(text, sentence, before, head)
    behind = [w for w in phrase if w > head]
    kept, after = _aft(text, sentence, behind, head)
    if after is not None and (affiliation is None or adjective):
        name, at, told = after
        affiliation, country = name, told or country
    elif affiliation is None and fore and sentence.words[fore[0]].lower() in ("its", "their"):
        at = sentence.starts[fore[0]], sentence.ends[fore[0]]
    chosen = [*role_before, head, *kept]
    role, weak = _role(text, sentence, chosen)
    weak = weak or sentence.lemmas[head] in lists()["anyone"]
    if role is None and affiliation is None:
        return None
    return Office(role, affiliation, country, at, weak)


def _trimmed(sentence: Sentence, found: list[int]) -> list[int]:
    """A phrase's first words without articles, ages and marks."""
    chosen = list(found)
    while chosen and (
        (sentence.universal[chosen[0]] in ("PUNCT", "CCONJ", "ADP", "PRON", "SCONJ") and not _is_acronym(sentence.words[chosen[0]]))
        or sentence.words[chosen[0]].lower() in ("now", "also", "currently", "himself", "herself")
        or (sentence.universal[chosen[0]] == "DET" and not _is_acronym(sentence.words[chosen[0]]))
        or sentence.relations[chosen[0]] in ("case", "fixed", "mark")
        or _AGE.search(sentence.words[chosen[0]])
        or sentence.words[chosen[0]].lower() in lists()["courtesies"]
        or (sentence.universal[chosen[0]] == "NUM" and not sentence.words[chosen[0]][0].isupper())
        or sentence.lemmas[chosen[0]] in ("year", "old")
    ):
        chosen.pop(0)
    return chosen


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper() and word.isalpha()


def _named(text: str, sentence: Sentence, found: Sequence[int]) -> tuple[str, tuple[int, int]]:
    start, end = sentence.starts[found[0]], sentence.ends[found[-1]]
    return " ".join(text[start:end].split()), (start, end)


_Fore = tuple[list[int], str | None, tuple[int, int] | None, str | None, bool]


def _fore(text: str, sentence: Sentence, before: list[int], head: int) -> _Fore:
    """What stands before the role's noun: the role's own words, whom one belongs to, and whether by an adjective alone."""
    owner = next((i for i in range(len(before) - 1, -1, -1) if sentence.words[before[i]] in _POSSESSIVE), None)
    if owner is not None and owner > 0 and _is_owner(sentence, before[owner]):
        whose, rest = before[:owner], before[owner + 1 :]
        if sentence.entities[whose[-1]].endswith("PERSON"):
            return before, None, None, None, False
        if sentence.lemmas[whose[-1]] in lists()["lands"] and all(sentence.words[w].islower() for w in whose):
            return rest, None, None, None, False
        name, at = _named(text, sentence, whose)
        country = country_named(name)
        if country is not None:
            return rest, country[0], at, country[1], False
        told = country_in(name)
        if is_personal(sentence, whose[-1]):  # "the German chancellor's spokeswoman"
            return rest, told[0] if told else None, at if told else None, told[1] if told else None, False
        if name.islower() and not is_body(sentence.lemmas[whose[-1]]):
            return before, None, None, None, False
        if name.islower():
            start = whose[0] - 1
            if start >= 0 and sentence.words[start].lower() == "the":
                name, at = _named(text, sentence, [start, *whose])
        return rest, name, at, told[1] if told else None, False
    body = _capital_body(sentence, before)
    if body is not None:
        name, at = _named(text, sentence, body)
        told = country_in(name)
        return [w for w in before if w not in body], name, at, told[1] if told else None, False
    for a, b, kind in entity_spans(sentence):
        if not before or b <= before[0] or a > before[-1]:
            continue
        first, last = max(a, before[0]), min(b, before[-1] + 1)
        while last > first and sentence.words[last - 1].lower() in _NO_END:
            last -= 1
        if last <= first or sentence.words[first].lower() in lists()["parties"]:
            continue
        if all(sentence.words[w].lower() in lists()["fields"] for w in range(first, last)):
            continue  # "Home Secretary"
        if any(sentence.universal[w] in ("NOUN", "CCONJ") for w in before if w < first):
            continue
        placed = kind == "PERSON" and last - first == 1 and first == before[0] and sentence.relations[first] == "compound"
        if kind == "PERSON" and not placed and not (last < head and is_body(sentence.lemmas[last])):
            continue
        whole, alone = _named(text, sentence, range(first, last))[0], last - first == 1
        if kind != "PERSON" and alone and nationality(whole) is not None and country_named(whole) is None:
            continue  # below: a country's adjective
        if kind == "PERSON" and last < head and is_body(sentence.lemmas[last]):
            last += 1
        while (
            kind == "ORG"
            and last < head
            and sentence.words[last][0].isupper()
            and sentence.words[head].islower()
            and not _is_role(sentence, last)
        ):
            last += 1  # "Human Rights Watch" heard as "Human Rights"
        while kind == "ORG" and first - 2 >= before[0] and sentence.words[first - 1].lower() in ("of", "for", "and", "&"):
            first -= 2
        while (
            kind == "ORG"
            and last + 1 < head
            and sentence.words[last].lower() in ("of", "for", "and", "the", "&")
            and sentence.words[head].islower()
        ):
            last += 1
            while last < head and sentence.words[last][0].isupper():
                last += 1
        if kind == "ORG" and first > before[0] and nationality(sentence.words[first - 1]) is not None:
            first -= 1
        if any(_is_role(sentence, w) for w in range(first, last)) and not is_body(sentence.lemmas[last - 1]):
            continue
        rest = [w for w in before if not first <= w < last and w >= before[0]]
        name, at = _named(text, sentence, range(first, last))
        country = country_named(name)
        if country is not None:
            return rest, country[0], at, country[1], False
        told = country_in(name) if kind != "LOC" else country_named(name, capitals=True) or region_named(name)
        return rest, name, at, told[1] if told else None, False
    for i, w in enumerate(before):
        word = sentence.words[w]
        hyphen = (w + 1 < len(sentence) and sentence.words[w + 1] in _HYPHENS) or (w and sentence.words[w - 1] in _HYPHENS)
        if hyphen or any(sentence.universal[x] in ("NOUN", "CCONJ") for x in before[:i]):
            continue
        if (found := nationality(word) or country_named(word)) is not None:
            return [*before[:i], *before[i + 1 :]], found[0], (sentence.starts[w], sentence.ends[w]), found[1], True
        if word.lower() in lists()["parties"] and word[0].isupper():
            return [*before[:i], *before[i + 1 :]], word, (sentence.starts[w], sentence.ends[w]), None, True
    if before and sentence.words[head].islower() and (sentence.universal[before[0]] == "PROPN" or _is_acronym(sentence.words[before[0]])):
        run = 1
        while run < len(before) and sentence.universal[before[run]] == "PROPN":
            run += 1
        if not any(_is_role(sentence, w) for w in before[:run]) and all(sentence.words[w][0].isupper() for w in before[:run]):
            name, at = _named(text, sentence, before[:run])
            return before[run:], name, at, None, False
    return before, None, None, None, False


def _capital_body(sentence: Sentence, before: Sequence[int]) -> Sequence[int] | None:
    """The words of a body written large before a role: "Russian Foreign Ministry" spokesman."""
    last = next(
        (i for i in range(len(before) - 1, -1, -1) if sentence.words[before[i]][0].isupper() and is_body(sentence.lemmas[before[i]])), None
    )
    if last is None:
        return None
    first = last
    while first > 0 and before[first - 1] == before[first] - 1 and sentence.words[before[first - 1]][0].isupper():
        first -= 1
    return before[first : last + 1] if last > first else None


_STOPS = frozenset({"(", "[", ",", ";", ":", "–", "—", '"', "“", "”", "‘", "``", "''"})
_NO_END = frozenset({"of", "the", "and", "for", "'s", "’s", "'", "’", ","})


def _is_owner(sentence: Sentence, mark: int) -> bool:
    head = sentence.heads[mark]
    return head >= 0 and head < mark and sentence.relations[head] == "nmod:poss"


def _is_role(sentence: Sentence, word: int) -> bool:
    low = sentence.words[word].lower()
    return low in nouns().titles or low in lists()["people"] or low in nouns().person


def _aft(
    text: str, sentence: Sentence, behind: Sequence[int], head: int
) -> tuple[list[int], tuple[str, tuple[int, int], str | None] | None]:
    """What stands behind the role's noun: the words that are the role's own, and whom one belongs to."""
    low = sentence.lemmas[head]
    kept: list[int] = []
    for i, w in enumerate(behind):
        word = sentence.words[w].lower()
        glued = sentence.words[w - 1] in _HYPHENS or (w + 1 < len(sentence) and sentence.words[w + 1] in _HYPHENS)
        if word in _STOPS:
            break
        if word in _JOINS and sentence.universal[w] in ("ADP", "SCONJ") and not glued and sentence.heads[w] > w:
            told = _belonging(text, sentence, word, behind[i + 1 :], sentence.heads[w], low)
            if told is not None:
                return kept, told if told[0] else None
        kept.append(w)
    return kept, None


def _belonging(
    text: str, sentence: Sentence, join: str, rest: Sequence[int], head: int, role: str
) -> tuple[str, tuple[int, int], str | None] | None:
    """Whom a phrase behind "of", "for", "at" says one belongs to; "" where it says only where; None where it is the role's own."""
    below = set(subtree(sentence, head))
    inner = []
    for w in rest:
        if w not in below or sentence.words[w] in (",", ";", "(", "—") or sentence.relations[w].startswith("acl"):
            break
        if sentence.universal[w] == "CCONJ" and any(
            is_personal(sentence, x) and sentence.entities[x] == "O" for x in rest if w < x <= w + 3
        ):
            break  # "a teacher at Velm School and mother of two"
        inner.append(w)
    if not inner or head not in inner:
        return None
    while sentence.universal[inner[-1]] in ("PUNCT", "CCONJ", "ADP", "DET") or sentence.words[inner[-1]] in _POSSESSIVE:
        inner.pop()
        if not inner:
            return None
    name, at = _named(text, sentence, inner)
    tags = {sentence.entities[w][2:] for w in inner if sentence.entities[w] != "O"}
    country = country_named(name)
    bare = [w for w in inner if sentence.universal[w] != "DET"]
    determined = sentence.words[inner[0]].lower() in _DEFINITE or any(sentence.relations[w] == "nmod:poss" for w in inner)
    if join == "from" and _is_place(sentence, head) and country is None:
        return "", at, None
    if role in lists()["bound"] and ((country is None and "ORG" not in tags) or (join == "of" and "ORG" not in tags)):
        return None
    if join not in _BELONGS:
        return None
    if country is not None:
        if join in ("of", "from") or (join == "for" and role.startswith(("spokes", "represent"))):
            return country[0], at, country[1]
        return ("", at, None) if join in ("in", "at") else None
    top = sentence.entities[head]
    field_ends = next((i for i, w in enumerate(bare) if sentence.universal[w] == "ADP"), len(bare))
    if (
        bare[:field_ends]
        and all(sentence.words[w].lower() in lists()["fields"] or sentence.universal[w] == "CCONJ" for w in bare[:field_ends])
        and field_ends < len(bare)
    ):
        return None  # "Foreign Affairs of North Macedonia": the field first
    if bare and all(sentence.words[w].lower() in lists()["fields"] or sentence.universal[w] in ("CCONJ", "PUNCT") for w in bare):
        return None
    if top.endswith("LOC") and "ORG" not in tags and not is_body(sentence.lemmas[head]):
        if join == "of" or role.startswith("spokes"):
            told = country_named(name, capitals=True) or region_named(name)
            return name, at, told[1] if told else None
        return ("", at, None) if join in ("in", "from", "at") else None
    if top.endswith("PERSON") and not is_body(sentence.lemmas[head]):
        return None
    if join == "in" and not (top.endswith("ORG") or is_body(sentence.lemmas[head])):
        return None
    own = sentence.lemmas[head]
    proper = top.endswith("ORG") or (is_body(own) and (tags or any(sentence.words[w][0].isupper() for w in bare)))
    capital = (
        sentence.universal[head] == "PROPN"
        and sentence.words[head][0].isupper()
        and own not in lists()["fields"]
        and not top.endswith("LOC")
    )
    if proper or capital or (is_body(own) and determined and own not in lists()["lands"]):
        if sentence.words[inner[0]].lower() in ("a", "an"):
            name, at = _named(text, sentence, inner[1:])
        told = country_in(name)
        return name, at, told[1] if told else None
    return None


def _is_place(sentence: Sentence, word: int) -> bool:
    """Whether a word names a place."""
    return sentence.entities[word].endswith("LOC")


def _role(text: str, sentence: Sentence, chosen: list[int]) -> tuple[str | None, bool]:
    """The role's words as the text has them, and whether they are no more than a rank; None where there is no role in them."""
    known = lists()
    small = known["courtesies"]
    plain = [w for w in chosen if sentence.words[w].lower() not in small or (sentence.words[w].islower() and sentence.words[w].isalpha())]
    if any(sentence.words[w].lower() not in known["ranks"] for w in plain):
        while sentence.words[plain[-1]].lower() in known["ranks"]:
            plain.pop()
    while plain and (sentence.universal[plain[-1]] in ("PUNCT", "CCONJ", "ADP", "DET") or sentence.words[plain[-1]] in _POSSESSIVE):
        plain.pop()
    while plain and sentence.universal[plain[0]] in ("PUNCT", "CCONJ", "ADP", "DET", "PART"):
        plain.pop(0)
    if not plain or len(plain) > _LONGEST_ROLE or not any(sentence.universal[w] in ("NOUN", "PROPN", "ADJ", "X") for w in plain):
        return None, False
    pieces: list[str] = []
    first, last = plain[0], -2
    for w in plain:
        if w == last + 1 and pieces:
            pieces[-1] = text[sentence.starts[first] : sentence.ends[w]]
        else:
            first = w
            pieces.append(text[sentence.starts[w] : sentence.ends[w]])
        last = w
    role = " ".join(" ".join(pieces).split())
    return role, all(sentence.words[w].lower() in known["ranks"] for w in plain)
