"""Words of a statement → units that can be compared: what is done, with what, to what, and whether it is said not to be.

In: some words, and the parties whose names are looked for in them. Out: `Unit`s in order. A unit is a word's kin ("shelled",
"opened fire" and "artillery fire" share one), or its stem; what weighs more is rarer in English at large. Numbers and names
are units of their own. What stands under a "not" is marked.

Example: the units of "no shots were fired at the school" are those of "soldiers shot at the school", marked as negated.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from zlib import crc32

from presstime.combine.names import name_key
from presstime.read.kinship import SMALL_WORDS, party_key
from presstime.read.lemmas import lemma
from presstime.read.lexicon import words

__all__ = [
    "NAME_WEIGHT",
    "NUMBER_WEIGHT",
    "Token",
    "Unit",
    "claim_list",
    "is_common",
    "is_idle_no",
    "is_name",
    "is_small",
    "lemmas_of",
    "name_term",
    "negated_at",
    "stem_of",
    "term",
    "tokens",
    "unit_of",
]

Unit = tuple[int, ...]
"""What is compared of one word: its weight in tenths, 1 where it is negated else 0, then its terms."""

NAME_WEIGHT = 16
KIN_WEIGHT = 10
NUMBER_WEIGHT = 6
_BY_RANK = ((2_800, 6), (5_000, 9), (12_000, 11), (40_000, 14))
"""Weights by a word's place in a general vocabulary of English that is ordered by how frequent words are: "road" is in the
first 2,800, "granary" is not in it at all."""
_RARE = 15
_STEM = 7
_SHORTEST = 4
_PARTICIPLE = ("ed", "en", "able", "ible", "ing", "safe", "fit", "true", "paid", "sold", "hurt", "fed", "aware", "known", "sent", "seen")
"""Ends of words of which "un-" makes the contrary."""
_REACH = 6
"""Words behind a "not" that it is taken to hold for, if no clause begins between."""
_WORD = re.compile(r"n['’]t\b|[^\W_]+(?=n['’]t\b)|\d+(?:[.,:]\d+)*|[^\W_]+(?:-[^\W_]+)*|[,;:.!?…]|[“”\"]")


@dataclass(slots=True)
class Token:
    """A word of a text: where it begins, as it stands, and whether it opens a sentence."""

    start: int
    surface: str
    low: str
    first: bool


@cache
def claim_list(name: str) -> Any:
    """A list of words/claims.toml: a set of words, or a table."""
    found = _claims()[name]
    return frozenset(found) if isinstance(found, list) else found


@cache
def _claims() -> dict[str, Any]:
    return tomllib.loads((files("presstime.combine") / "words/claims.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=4_000)
def tokens(text: str, start: int = 0) -> tuple[Token, ...]:
    """The words and the marks that end clauses. `start` is where the text begins in its document."""
    found = []
    first = True
    for match in _WORD.finditer(text):
        surface = match[0]
        found.append(Token(start + match.start(), surface, surface.lower().replace("’", "'"), first))
        first = surface in (".", "!", "?", "“", ":") or (first and not surface[0].isalnum())
    return tuple(found)


@cache
def _rank() -> dict[str, int]:
    lines = (files("presstime.read") / "model/vocabulary.txt").read_text(encoding="utf-8").split("\n")
    return {word: number for number, word in enumerate(lines)}


@lru_cache(maxsize=50_000)
def weight_of(word: str) -> int:
    """What a word that is no name and has no kin weighs, in tenths."""
    rank = _rank().get(word)
    if rank is None:
        return _RARE
    return next((weight for most, weight in _BY_RANK if rank <= most), _RARE)


def term(name: str) -> int:
    """A name of a stem, a list of kin or a party as a number: notes are kept small."""
    return crc32(name.encode())


@cache
def _kin() -> dict[str, frozenset[str]]:
    """A word → the lists of kin it is in, those that reading one document goes by included."""
    found: dict[str, set[str]] = {}
    tables = [("deed", words("answers")["deeds"]), ("thing", words("answers")["things"]), ("kin", claim_list("kin"))]
    for kind, table in tables:
        for name, listed in table.items():
            for word in listed:
                if " " not in word:
                    found.setdefault(word, set()).add(f"{kind} {name}")
    for name, sides in claim_list("opposites").items():
        for number, listed in enumerate(sides):
            for word in listed:
                found.setdefault(word, set()).add(f"opposite {name} {number}")
    return {w: frozenset(names) for w, names in found.items()}


@lru_cache(maxsize=50_000)
def lemmas_of(low: str) -> tuple[str, ...]:
    """A word and the base forms it may have, as nothing is known of what kind of word it is."""
    return tuple(dict.fromkeys((low, lemma(low, "NNS"), lemma(low, "VBD"), lemma(low, "VBG"))))


@lru_cache(maxsize=50_000)
def is_small(low: str) -> bool:
    """Whether a word carries no matter."""
    return low in SMALL_WORDS or low in claim_list("small") or len(low) < 2 or low == "n't"


def _base(low: str) -> str:
    forms = lemmas_of(low)
    return min(forms[1:], key=len) if len(forms) > 1 else low


def stem_of(low: str) -> str:
    """The beginning that the forms of a word, and mostly its kin, share."""
    return _base(low).removesuffix("e")[:_STEM]


@lru_cache(maxsize=50_000)
def plain_terms(low: str) -> tuple[int, tuple[str, ...]]:
    """The weight and the terms of a word that is no name; no terms where it carries no matter."""
    forms = lemmas_of(low)
    kin = frozenset(name for form in forms for name in _kin().get(form, ()))
    real = sorted(name for name in kin if not name.startswith("opposite"))
    opposite = sorted(name for name in kin if name.startswith("opposite"))
    if is_small(low) and not opposite:
        return 0, ()
    base = _base(low)
    stem = f"={stem_of(low)}"
    if is_small(low):
        return 5, tuple(opposite)
    if real:
        return max(KIN_WEIGHT, min(weight_of(low), weight_of(base))), (stem, *real, *opposite)
    return min(weight_of(low), weight_of(base)), (stem, *opposite)


@lru_cache(maxsize=50_000)
def _not(low: str) -> str:
    """The word of which a word is the "not": "unlocked" is not "locked"; "" for most words."""
    bare = low.removeprefix("un").removeprefix("-")
    if bare == low or len(bare) < _SHORTEST or is_small(bare) or low in claim_list("no_not") or any(f in _kin() for f in lemmas_of(low)):
        return ""
    return bare if is_common(bare) and low.endswith(_PARTICIPLE) else ""


@lru_cache(maxsize=50_000)
def unit_of(low: str, negated: bool) -> Unit | None:
    """The unit of a word that is no name."""
    bare = _not(low)
    if bare:
        low, negated = bare, not negated
    number = claim_list("numbers").get(low)
    if low[0].isdigit() or number is not None:
        value = str(number) if number is not None else low.replace(",", "")
        return (NUMBER_WEIGHT, int(negated), term(f"#{value}"))
    weight, names = plain_terms(low)
    return (weight, int(negated), *(term(n) for n in names)) if names else None


@lru_cache(maxsize=50_000)
def name_term(surface: str) -> str:
    """A key that the forms of a name share ("Keldany", "Keldan"), countries by their codes."""
    bare = surface.removesuffix("'s").removesuffix("’s")
    key = party_key(bare)
    return f"n:iso:{key[1:]}" if key.startswith("@") else f"w:{name_key(bare)[:5]}"


def is_common(low: str) -> bool:
    """Whether a word is one of the general vocabulary of English, or a form of one."""
    return any(form in _rank() for form in lemmas_of(low))


def is_name(token: Token) -> bool:
    """Whether a word is a name or a part of one: a capital inside a sentence, or at its beginning a word that English lacks."""
    if not token.surface[0].isupper() or token.low in ("i",):
        return False
    if not token.first:
        return not is_small(token.low)
    if is_small(token.low) or any(form in _kin() for form in lemmas_of(token.low)):
        return False
    if name_term(token.surface).startswith("n:"):
        return True
    return not is_common(token.low)


def is_idle_no(found: Sequence[Token], at: int) -> bool:
    """Whether a "no" or "not" says no of nothing: "no fewer than", "not only", "no doubt"."""
    behind = found[at + 1].low if at + 1 < len(found) else ""
    return behind in claim_list("idle").get(found[at].low, ())


def negated_at(found: Sequence[Token]) -> frozenset[int]:
    """The numbers of the words that stand under a "not"."""
    no, ends = claim_list("no"), claim_list("ends")
    under: set[int] = set()
    for i, token in enumerate(found):
        if token.low not in no:
            continue
        if token.low in ("not", "n't", "never") and i and found[i - 1].low in claim_list("modal"):
            continue
        if is_idle_no(found, i):
            continue
        for j in range(i + 1, min(len(found), i + 1 + _REACH)):
            if not found[j].surface[0].isalnum() or found[j].low in ends:
                break
            under.add(j)
    return frozenset(under)
