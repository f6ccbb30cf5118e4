"""Credit lines and photographs' credits → the names in them.

In: the words of one block. Out: the names of those whose copy or picture it was, in the order they are given.

Example: "(Stories from Meridian Wire, Radio Vela and The Harbour Post were used to compile this report.)"
→ "Meridian Wire", "Radio Vela", "The Harbour Post"
"""

from __future__ import annotations

import re

from presstime.read.layout_words import LayoutWords

__all__ = ["bracketed_credit", "caption_credit", "is_agency", "names_in_credit", "signed_off", "sourced_name"]

LONGEST_CREDIT = 500
"""A credit line is no longer than this many characters."""
_WRAPPING = " \t\r\n\xa0()[]{}—–―-_*•|."
_SPLIT = re.compile(r"\s*;\s*|\s*,\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s+|\s+/\s+|\s*\|\s*")
_ROLE = re.compile(
    r"^(?:(?:additional )?(?:reporting|writing|editing|photography|edited|written|compiled)|with) by\s+|^(?:by|with|the staff of|from)\s+",
    re.IGNORECASE,
)
_EDITING = re.compile(r"^(?:editing|edited)\b", re.IGNORECASE)
_PLACE_TAIL = re.compile(r"\s+(?:in|from|at)\s+[^,;]{1,60}$")
_SIGNED = re.compile(r"(?<=[.!?”\"’'…])\s+(?:\((?P<bracket>[^()]{2,60})\)|[—–―-]{1,2}\s?(?P<dash>[^—–―().]{2,40}))\.?$")
_BRACKETED = re.compile(r"\((?P<credit>[A-Z][^()]{1,60})\)\.?$")
_SOURCED = re.compile(r"[—–]\s(?P<name>[^—–,]{2,60}),[^—–]{0,60}\d{4}\.?$")
LONGEST_NAME = 7
"""A name has no more words than this."""


def is_agency(words: str, layout: LayoutWords) -> bool:
    """Whether the words are nothing but agencies' names, such as "Reuters" or "AP, AFP"."""
    bare = _peel(words)
    first = _SPLIT.split(bare, maxsplit=1)[0]
    if first and first not in layout.agencies and first.removeprefix("with ") not in layout.agencies:
        return False  # nearly every block
    names = [name for name in _SPLIT.split(bare) if name]
    return bool(names) and all(name in layout.agencies or name.removeprefix("with ") in layout.agencies for name in names)


def names_in_credit(words: str, layout: LayoutWords) -> tuple[str, ...] | None:
    """The names in a credit line, an empty tuple for one that names none; None where the words are no credit line."""
    if len(words) > LONGEST_CREDIT:
        return None
    bare = _peel(words)
    if is_agency(words, layout):
        return _names(bare)
    if bare[:5].lower() == "with " and not is_agency(bare[5:], layout) and not words.lstrip().startswith(("(", "—", "–", "-")):
        if _is_named(bare):
            return _names(bare)
        return None  # "With the army at the gates" begins many a sentence
    for pattern in layout.credit_patterns:
        match = pattern.match(bare)
        if match:
            names = _names(match["names"])
            return names if names else None
    return None


def _is_named(bare: str) -> bool:
    """Whether the words after "with" are nothing but names: "With Norrel Press and Ana Dell"."""
    pieces = bare.replace(",", " ").split()[1:]
    return 0 < len(pieces) <= LONGEST_NAME + 1 and all(word[0].isupper() or word in ("and", "of", "in") for word in pieces)


def sourced_name(words: str) -> str | None:
    """The outlet in an entry of a list of sources: "“Title” — Outlet, 3 May 2020" → "Outlet"."""
    match = _SOURCED.search(words[-200:])
    return match["name"].strip() if match else None


def signed_off(words: str, layout: LayoutWords) -> tuple[int, tuple[str, ...]] | None:
    """Where an agency's name that closes a paragraph begins, and the names: "… the coast. (Reuters)"."""
    tail = max(0, len(words) - 100)
    match = _SIGNED.search(words[tail:])
    if not match:
        return None
    inner = match["bracket"] or match["dash"]
    if not is_agency(inner, layout):
        return None
    at = tail + match.start()
    while words[at].isspace():
        at += 1
    return at, _names(_peel(inner))


def caption_credit(words: str, layout: LayoutWords) -> tuple[bool, str | None]:
    """Whether the words say that they are of a picture, and whose picture it is where they say so."""
    for pattern in layout.media_patterns:
        match = pattern.search(words)
        if match:
            credit = match["credit"].strip(" .:;,|-–—/()")
            return True, credit or None
    lowered = words.lower()
    return any(map(lowered.__contains__, layout.media_words)), None


def bracketed_credit(words: str) -> str | None:
    """The name in brackets that closes a caption already told as one: "… in Sarn (Radio Vela)"."""
    match = _BRACKETED.search(words[-80:])
    return match["credit"] if match and not any(letter.isdigit() for letter in match["credit"]) else None


def _peel(words: str) -> str:
    return words.strip(_WRAPPING)


def _names(listed: str) -> tuple[str, ...]:
    """The names in a list joined with commas and "and"; editors are left out, since the copy is not theirs."""
    names: list[str] = []
    for clause in listed.split(";"):
        if _EDITING.match(clause.strip()):
            continue
        for piece in _SPLIT.split(clause):
            name = _PLACE_TAIL.sub("", _ROLE.sub("", piece.strip(_WRAPPING))).strip(_WRAPPING)
            name = name.removeprefix("the ")
            if name and len(name.split()) <= LONGEST_NAME and any(letter.isupper() for letter in name) and name not in names:
                names.append(name)
    return tuple(names)
