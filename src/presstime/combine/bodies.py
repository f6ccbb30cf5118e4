"""A body's name → the words that tell it from others, in one order, and whose country's it is.

In: a name as written ("Ministry of Defence of Keldany", "Keldan Defense Ministry", "the Water Board", "Mellor Hydro AG").
Out: its words without small ones, the head last and what qualifies it before; the short forms' key. Whether a word is a
country's or a people's name, `lands` says.

Example: "Board of Water of Tamsin" and "Tamsin Water Board" → ("tamsin", "water", "board").
"""

from __future__ import annotations

import re
from functools import lru_cache

from presstime.combine.identity_words import lists
from presstime.combine.names import name_key, singular_key

__all__ = [
    "body_key",
    "body_words",
    "has_head",
    "initials",
    "is_acronym",
    "is_description",
    "is_generic",
    "land_stem",
    "parts_before",
    "plain_words",
    "proper",
]

_CHAIN = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?", re.IGNORECASE)
_OWNER = re.compile(r"(?:the\s+)?(?P<whose>[^’']+)[’']s?\s+(?P<body>.+)", re.IGNORECASE)
"""A body named after whose it is: "Keldany's Defence Ministry"."""
_CALLED = re.compile(r"\b(?:calling (?:itself|themselves)|called|known as|named)\s+(?:the\s+)?(?P<name>[A-Z].+)")
_KIND_OF = re.compile(r"(?P<kind>(?:[A-Z]?[a-z’'-]+\s)*[a-z-]+)\s(?P<name>[A-Z][\w’'-]*(?:\s.+)?)$")
_KIND_BEHIND = re.compile(r"(?:the\s+)?(?P<name>[A-Z][\w’-]+)\s(?P<kind>[a-z]+)$")
_INITIALS = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z]*")
_LONGEST_ACRONYM = 8
_LONG = 4
"""Initials beyond which one of them may be left out."""
_ANY_LANDS = 2
"""Words up to which a name made of such words may be any land's: "Electoral Board", but not "State Security Committee"."""
_LONGEST_SMALL = 3
"""Letters of small words that tell nothing ("of", "and"); "Situations" tells something, though short names leave it out."""
_SHORTEST_STEM = 3
"""Letters that must be left of a land's name without its ending."""


@lru_cache(maxsize=50_000)
def body_words(name: str) -> tuple[str, ...]:
    """The words of a body's name in one order: what stands behind "of" or "for" comes first, the head last."""
    listed = lists()
    owner = _OWNER.match(name)
    if owner and has_head(owner["body"]):
        return (
            (*body_words(owner["whose"]), *body_words(owner["body"]))
            if name_key(owner["whose"]) not in listed.near and owner["whose"] not in listed.places
            else body_words(owner["body"])
        )
    parts = _CHAIN.split(name) if has_head(name) else [name]
    if len(parts) > 1:  # "Ostrian Ministry of Defence": what stands before the head stays first, but not in "Foreign Ministry of Ostria"
        before, _, head = parts[0].rpartition(" ")
        own = all(w in listed.generic or w in listed.small for w in name_key(before).split())
        parts = parts if own else [head, *parts[1:], before]
    words: list[str] = []
    for part in reversed(parts):
        for word in singular_keys(part):
            same = listed.same.get(word, word)
            if same not in listed.small:
                words += same.split()
    while len(words) > 1 and words[-1] in listed.companies:
        words.pop()
    while len(words) > 1 and words[0] in listed.near:
        words.pop(0)
    return tuple(words)


def singular_keys(words: str) -> list[str]:
    """Folded words, each without its plural, but for those of the lists as they stand."""
    listed = lists()
    folded = name_key(words).split()
    return [w if w in listed.same or w in listed.near or w.endswith("ss") else singular_key(w) or w for w in folded]


def plain_words(name: str) -> tuple[str, ...]:
    """The words of a name as they stand, without article and company endings."""
    words = name_key(name).split()
    while len(words) > 1 and words[-1] in lists().companies:
        words.pop()
    return tuple(words)


@lru_cache(maxsize=50_000)
def has_head(name: str) -> bool:
    """Whether a name is by its words a body's: it ends in a head ("Water Board"), or has one before "of" ("League of…")."""
    first = name_key(_CHAIN.split(name, maxsplit=1)[0]).split()
    last = plain_words(name)
    return bool(first and first[-1] in lists().heads) or bool(last and last[-1] in lists().heads)


def parts_before(name: str) -> str:
    """What stands before "of" or "for" in a body's name: "Northern Front" of "Northern Front for Home Rule"; else nothing."""
    first, *rest = _CHAIN.split(name)
    return first if rest and " " in name_key(first) else ""


@lru_cache(maxsize=50_000)
def body_key(name: str) -> str:
    """A key under which a body's long and short forms meet: its head with the word before it."""
    return " ".join(body_words(name)[-2:])


@lru_cache(maxsize=50_000)
def proper(name: str) -> str:
    """The name in a longer description: "a group calling itself the Sons of Tamsin", "Haulage firm Ardent Lines"; else the whole."""
    behind = _KIND_BEHIND.match(name)
    if behind and behind["kind"] in lists().kinds and name_key(behind["name"]) not in lists().generic:
        return behind["name"]
    match = _CALLED.search(name) or _KIND_OF.match(name)
    return match["name"] if match and (match.re is _CALLED or name_key(match["kind"]).split()[-1] in lists().generic) else name


@lru_cache(maxsize=50_000)
def is_description(name: str) -> bool:
    """Whether a name only says what somebody is of whom: "lawyers of Morning Alliance", "head of the Water Board"."""
    first = re.sub(r"^(?:the|a|an)\s+", "", _CHAIN.split(name, maxsplit=1)[0], flags=re.IGNORECASE)
    words = name_key(first).split()
    return first[:1].islower() and bool(words) and not words[-1].isdigit() and words[-1] not in lists().heads and bool(_CHAIN.search(name))


@lru_cache(maxsize=50_000)
def is_generic(name: str) -> bool:
    """Whether a name is made of words for any body or person ("Foreign Ministry", "Police"): whose, only its document tells."""
    words = [w for w in name_key(name).split() if w not in lists().near and (w not in lists().small or len(w) > _LONGEST_SMALL)]
    if not all(w in lists().generic or w in lists().small for w in words):
        return False
    return len(words) <= _ANY_LANDS or not name[:1].isupper() or bool(lists().states & set(words))


@lru_cache(maxsize=50_000)
def initials(name: str) -> frozenset[str]:
    """What a name's capitalised words may be shortened to: "vwb"; of a long name also with one of them left out."""
    bare = re.sub(r"['’]s\b", "", name)
    found: set[str] = set()
    for words in (re.findall(r"[^\W\d_]+", bare), re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", bare)):
        letters = "".join(w[0] for w in words if w[0].isupper() and w.lower() != "the").lower()
        if len(letters) > 1:
            found.add(letters)
        if len(letters) > _LONG:  # "Self-Defence Force of Upper Tamsin" may be the SDFT
            found.update(letters[:n] + letters[n + 1 :] for n in range(1, len(letters)))
    return frozenset(found)


@lru_cache(maxsize=50_000)
def is_acronym(name: str) -> bool:
    """Whether a name is written as initials are: "VWB", "the OPS"."""
    bare = re.sub(r"^(?:the|The)\s+", "", name).replace(".", "").strip()
    return bool(_INITIALS.fullmatch(bare)) and len(bare) <= _LONGEST_ACRONYM and sum(c.isupper() for c in bare) * 2 > len(bare)


@lru_cache(maxsize=50_000)
def land_stem(word: str) -> str:
    """What a land's name and the name of its people share: "Ostria", "Ostrian" → "ostr"; "Keldany", "Keldan" → "keld"."""
    stem = name_key(word).replace(" ", "")
    stripped = True
    while stripped:
        stripped = False
        for ending in lists().endings:
            if stem.endswith(ending) and len(stem) - len(ending) >= _SHORTEST_STEM + (len(ending) == 1):
                stem, stripped = stem.removesuffix(ending), True
                break
    return stem
