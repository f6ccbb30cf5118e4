"""A word and its fine tag → its base form, in lower case.

In comes one word as it stands in the text and its Penn tag; out goes the lemma: a table of irregular forms first,
then the spelling rules of English (-ies, doubling, the lost -e), each with its exceptions in words/en/irregular.toml.

Example: `lemma("SEIZED", "VBD")` is "seize", `lemma("policemen", "NNS")` is "policeman".
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources

__all__ = ["lemma"]

_VOWELS = frozenset("aeiou")
_DOUBLED = ("bb", "dd", "gg", "mm", "nn", "pp", "rr", "tt", "vv")
_AUXILIARIES = frozenset({"be", "have", "can", "will", "shall", "would"})
_SILENT_E = frozenset(
    v + c for v, consonants in (("a", "tmkdbpr"), ("u", "trmkdb"), ("i", "rnkdb"), ("o", "kdbp"), ("e", "d")) for c in consonants
)
"""Endings of a vowel and a consonant that have lost an -e (evacuat-ed); others keep (limit-ed)."""
_SHORT_IE = frozenset({"d", "l", "t", "v"})
"""died, lied, tied, vied: the base ends in -ie, not in -y."""


@cache
def _tables() -> dict[str, dict[str, str]]:
    source = resources.files("presstime.read").joinpath("words/en/irregular.toml")
    raw = tomllib.loads(source.read_text(encoding="utf-8"))
    verbs: dict[str, str] = {}
    for verb, forms in raw["verbs"].items():
        for form in forms:
            verbs.setdefault(form, verb)
    return {"verbs": verbs, "nouns": raw["nouns"], "adjectives": raw["adjectives"], "adverbs": raw["adverbs"], "words": raw["words"]}


@cache
def _listed(name: str) -> frozenset[str]:
    source = resources.files("presstime.read").joinpath("words/en/irregular.toml")
    raw = tomllib.loads(source.read_text(encoding="utf-8"))
    return frozenset(raw["spelling"][name].split())


@cache
def _verbs() -> frozenset[str]:
    return frozenset(_tables()["verbs"].values())


def lemma(word: str, fine_tag: str) -> str:
    """The base form of a word with this Penn tag, in lower case; a tag that is not inflected gives the word itself."""
    low = word.lower()
    if len(low) > 2 and low.endswith(("'s", "’s")):
        low = low[:-2]
    return _lemma(low, fine_tag)


@lru_cache(maxsize=100_000)  # a worker must not grow with every new word it meets
def _cached(low: str, tag: str) -> str:
    tables = _tables()
    if tag in ("VBD", "VBN", "VBG", "VBZ", "VBP", "VB", "MD"):
        return _verb(low, tag)
    if tag in ("NNS", "NNPS"):
        return _noun(low)
    if tag in ("JJR", "JJS"):
        return tables["adjectives"].get(low) or _positive(low, tag == "JJS")
    if tag in ("RBR", "RBS"):
        return tables["adverbs"].get(low) or tables["adjectives"].get(low) or _positive(low, tag == "RBS")
    if tag in ("NN", "NNP", "JJ", "CD"):
        return low
    return tables["words"].get(low, low)


def _lemma(low: str, tag: str) -> str:
    # hostile text would fill the cache with long junk
    return _cached(low, tag) if len(low) <= 40 else low


def _verb(low: str, tag: str) -> str:
    irregular = _tables()["verbs"]
    if tag == "VBZ":
        if low in ("'s", "’s"):
            return "be"
        if low in irregular:
            return irregular[low]
        return _third_person(low)
    if tag in ("VBD", "VBN"):
        if low in ("'d", "’d"):
            return "have"
        if low in irregular:
            return irregular[low]
        prefix = next((p for p in ("re", "un", "over", "out", "mis", "under") if low.startswith(p) and low[len(p) :] in irregular), None)
        if prefix is not None:
            return prefix + irregular[low[len(prefix) :]]
        return _past(low)
    if tag == "VBG":
        return _gerund(low)
    if low in ("'s", "’s"):
        return "be"
    return irregular[low] if irregular.get(low) in _AUXILIARIES and low not in ("will", "can") else low


def _third_person(low: str) -> str:
    if len(low) <= 3 or not low.endswith("s") or low.endswith("ss"):
        return low
    if low.endswith("ies"):
        return low[:-1] if low[:-3] in _SHORT_IE else low[:-3] + "y"
    if low.endswith(("sses", "shes", "xes", "zzes", "oes")):
        return low[:-2] if not low.endswith("zzes") or low[:-4] not in ("qui", "whi") else low[:-3]
    if low.endswith("ches"):
        return low[:-1] if low.endswith("aches") and low[:-2] in ("cach", "ach") else low[:-2]
    if low.endswith("ses") and low[:-2] in _listed("keep"):
        return low[:-2]
    return low[:-1]


def _past(low: str) -> str:
    if low.endswith("ied") and len(low) > 3:
        return low[:-1] if low[:-3] in _SHORT_IE or low == "belied" else low[:-3] + "y"
    if low.endswith("eed"):
        return low[:-1] if low.endswith(("greed", "freed", "creed", "teed", "reed")) else low
    if low.endswith(("oed", "yed")) and low[:-1] in ("dye", "eye", "tiptoe", "hoe"):
        return low[:-1]
    if low.endswith("ed") and len(low) > 3:
        return _stem(low[:-2])
    return low


def _gerund(low: str) -> str:
    if not low.endswith("ing") or len(low) <= 4:
        return low
    stem = low[:-3]
    if stem in ("dy", "ly", "ty", "vy", "bely", "unty"):
        return stem[:-1] + "ie"
    if stem in _listed("restore"):
        return stem + "e"
    if stem in _verbs() or not any(c in "aeiouy" for c in stem):
        return stem
    if stem + "e" in _verbs():
        return stem + "e"
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in _verbs():
        return stem[:-1]
    return _stem(stem)


def _stem(stem: str) -> str:
    """A regular verb's stem before -ed or -ing → its base: undouble, restore the -e, or leave as it is."""
    if stem in _listed("keep"):
        return stem
    if stem in _listed("restore"):
        return stem + "e"
    if stem in _listed("undouble") or stem in _listed("double_s") or stem in _listed("add_k"):
        return stem[:-1]
    if stem.endswith(_DOUBLED) and len(stem) > 3:
        return stem[:-1]
    for prefix in ("re", "un", "over", "dis", "mis", "out", "under", "pre", "de"):
        if stem.startswith(prefix) and stem[len(prefix) :] in _listed("restore"):
            return stem + "e"
    return stem + "e" if _takes_e(stem) else stem


def _takes_e(stem: str) -> bool:
    if len(stem) < 2:
        return False
    last, before = stem[-1], stem[-2]
    if last in "vcu":
        return True
    if last == "z":
        return before not in "tz"
    if last == "s":
        return before != "s"
    if last == "g":
        return True
    if last == "l" and before not in _VOWELS:
        return before not in "lrw"
    if before not in _VOWELS:
        return False
    # "ua", "ia", "io", "eo" are two syllables (evacuate, radiate); "qu" and "gu" before a vowel are one consonant
    apart = stem[-3:-1] in ("ia", "ua", "io", "eo") and last in "td"
    if len(stem) > 2 and stem[-3] in _VOWELS and stem[-4:-2] not in ("qu", "gu") and not apart:
        return False
    ending = before + last
    if ending in _SILENT_E:
        return ending != "ed" or len(stem) > 3
    return ending in ("ip", "im", "up") and len(stem) <= 5


def _noun(low: str) -> str:
    nouns = _tables()["nouns"]
    if low in nouns:
        return nouns[low]
    if low in _listed("same"):
        return low
    if "-" in low:
        head, _, tail = low.rpartition("-")
        return f"{head}-{_noun(tail)}" if tail else low
    if low.endswith("men") and len(low) > 4:
        return low[:-2] + "an"
    if len(low) <= 2 or not low.endswith("s") or low.endswith(("ss", "us")) or low[-2].isdigit():
        return low
    if low.endswith(("'s", "’s")):
        return low[:-2]
    if low.endswith("ies"):
        return low[:-3] + "y" if len(low) > 4 else low[:-1]
    if low.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return low[:-2]
    return low[:-1]


def _positive(low: str, superlative: bool) -> str:
    ending = "est" if superlative else "er"
    if not low.endswith(ending) or len(low) <= len(ending) + 2:
        return low
    stem = low[: -len(ending)]
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if stem.endswith(_DOUBLED):
        return stem[:-1]
    if stem in _listed("adjectives_keep"):
        return stem
    if stem[-1] in "vcsgz":
        return stem if stem.endswith(("ss", "ng")) and stem != "strang" else stem + "e"
    if stem[-1] == "l" and stem[-2] not in _VOWELS | {"l"}:
        return stem + "e"
    return stem + "e" if stem[-1] in "dktnrp" and stem[-2] in _VOWELS and stem[-3] not in _VOWELS else stem
