"""Paragraphs of a transcript or of a social network → who speaks in each: "BEL: We will not go.", "Bel (@bel): We left."

In: the text and its paragraphs. Out: `Turn`s: the name before a colon, in capitals, with a handle or one the document
knows, and the words behind it; or a name and handle behind a dash, and the words before it. Nothing else that has a
colon in it is a turn ("Casualties: the ministry counts five").

Example: `ANA BEL: It is over.` → name "ANA BEL", cue ":", content "It is over."
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from presstime.read.lexicon import nouns, words

__all__ = ["Turn", "find_turns"]

_NAME = r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,4}"
_HANDLE = r" ?\(@\w{1,30}\)"
_CLOCK = r" ?[\[(]\d{1,2}(?::\d\d){1,2}[\])]"
_TURN = re.compile(rf"[“\"'‘*_\[>]*({_NAME})({_HANDLE})?(?:\]|{_CLOCK})?(?:, [\w .'’-]{{2,60}})?[*_]*(:)[*_]*\s+(?=\S)")
_SIGNED = re.compile(rf"\s*([—–―]|--)\s*({_NAME}){_HANDLE}")
"""The frame of a message: its words, a dash, a name and a handle; what is behind the handle is its date."""
_ANOTHER = re.compile(rf"[”\"»“'’]\s+{_NAME}:\s+[“\"«„‘']")
"""Where a second speaker's quotation begins in the same paragraph: `Bel: “We left.” Kest: “I did not.”`"""
_NOT_NAMES = frozenset(words("speakers")["labels"]) | frozenset(words("quotes")["labels"])
_MARKS = tuple("“\"„«»‘'")


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's paragraph: offsets of the name, the colon (or dash) and the words. `block` is the one that the name is in."""

    name: tuple[int, int]
    cue: tuple[int, int]
    content: tuple[int, int]
    block: int


def find_turns(text: str, blocks: Sequence[tuple[int, int]], is_person: Callable[[str], bool]) -> list[Turn]:
    """Every paragraph that opens with a speaker's name and a colon. Two such paragraphs in capitals make a transcript."""
    found: list[tuple[Turn, bool]] = []
    shouted = 0
    for number, (start, end) in enumerate(blocks):
        match = _TURN.match(text, start, end)
        if match is None:
            signed = _signed(text, blocks, number)
            found.extend([(signed, True)] if signed else [])
            continue
        name = _without_title(text, *match.span(1))
        if text[slice(*name)].lower() in _NOT_NAMES or match[1].lower() in _NOT_NAMES:
            continue
        stop = end
        while stop > match.end() and text[stop - 1].isspace():
            stop -= 1
        titled = name[0] > match.start(1) and text[slice(*name)].isupper()
        sure = match[2] is not None or titled or is_person(text[slice(*name)])
        capitals = match[1].isupper() and len(match[1]) > 1
        if stop - match.end() < 2 or not (sure or capitals) or (match[2] and text[match.end()] in _MARKS):
            continue  # a quotation behind a name and handle is found by its marks
        if text[match.end()] in _MARKS and _ANOTHER.search(text, match.end(), end):
            continue
        shouted += capitals
        found.append((Turn(name, match.span(3), (match.end(), stop), number), sure))
    return [t for t, sure in found if shouted > 1 or sure]


def _without_title(text: str, start: int, end: int) -> tuple[int, int]:
    """A name without the titles before it: "MR. RELD" → "RELD"."""
    at = start
    for word in text[start:end].split(" ")[:-1]:
        if word.lower() not in nouns().titles:
            break
        at += len(word) + 1
    return at, end


def _signed(text: str, blocks: Sequence[tuple[int, int]], number: int) -> Turn | None:
    """A message without quotation marks that a dash, a name and a handle sign, in its paragraph or in the one behind it."""
    start, end = blocks[number]
    if "(@" not in text[start:end]:
        return None
    at = next((m.start() for m in re.finditer(r"\s*(?:[—–―]|--)", text[start:end]) if _SIGNED.match(text, start + m.start(), end)), None)
    if at is None or (at == 0 and number == 0):
        return None
    match = _SIGNED.match(text, start + at, end)
    a, b = (start, start + at) if at else blocks[number - 1]
    if match is None or text[a:b].lstrip().startswith(_MARKS) or b - a < 2:
        return None
    return Turn(_without_title(text, *match.span(2)), match.span(1), (a, b), number)
