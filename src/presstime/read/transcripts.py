"""Paragraphs of a transcript → who speaks in each: "BEL: We will not go."

In: the text and its paragraphs. Out: `Turn`s: the name before a colon, in capitals or a name the document knows, and
the words behind it. Nothing else that has a colon in it is a turn ("Casualties: the ministry counts five").

Example: `ANA BEL: It is over.` → name "ANA BEL", cue ":", content "It is over."
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from presstime.read.lexicon import words

__all__ = ["Turn", "find_turns"]

_TURN = re.compile(r"[“\"'‘]*((?:[^\W\d_][\w.'’-]*)(?: [^\W\d_][\w.'’-]*){0,4})(:)\s+(?=\S)")
_NOT_NAMES = frozenset(words("speakers")["labels"])


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's paragraph: offsets of the name, the colon and the words."""

    name: tuple[int, int]
    cue: tuple[int, int]
    content: tuple[int, int]
    block: int


def find_turns(text: str, blocks: Sequence[tuple[int, int]], is_person: Callable[[str], bool]) -> list[Turn]:
    """Every paragraph that opens with a speaker's name and a colon. Two such paragraphs in capitals make a transcript."""
    found: list[Turn] = []
    shouted = 0
    for number, (start, end) in enumerate(blocks):
        match = _TURN.match(text, start, end)
        if match is None or match[1].lower() in _NOT_NAMES:
            continue
        stop = end
        while stop > match.end() and text[stop - 1].isspace():
            stop -= 1
        known = is_person(match[1])
        capitals = match[1].isupper() and len(match[1]) > 1
        if stop - match.end() < 2 or not (known or capitals):
            continue
        shouted += capitals
        found.append(Turn(match.span(1), match.span(2), (match.end(), stop), number))
    return [t for t in found if shouted > 1 or is_person(text[slice(*t.name)])]
