"""Marked text: a pattern and what fills its slots → a piece, which is text and where each role stands in it.

In: a pattern of a wording and pieces for its slots. Out: `Piece`s, whose marks always hold the words they claim.

Example: "{who} <v>said</v> <c>{what}</c>." with who "the mayor" and what "it rained" → "The mayor said it rained.",
with a mark "cue" on "said", "content" on "it rained" and "slot:who" on "The mayor".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

__all__ = ["Mark", "Piece", "fill", "joined", "plain", "replaced"]

TAGS = {"v": "cue", "c": "content", "e": "event", "f": "figure", "g": "figure2", "t": "time"}
_TOKEN = re.compile(r"\{(\w+)\}|<(/?)(\w)>")


class Mark(NamedTuple):
    """A role that words of a piece have; `value` is what they stand for."""

    kind: str
    start: int
    end: int
    value: Any = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Text and its marks."""

    text: str
    marks: tuple[Mark, ...] = ()

    def first(self, kind: str) -> Mark | None:
        """The first mark of a kind."""
        return next((m for m in self.marks if m.kind == kind), None)


def plain(text: str, kind: str | None = None, value: Any = None) -> Piece:
    """A piece of plain text, marked whole where a kind is given."""
    return Piece(text, (Mark(kind, 0, len(text), value),) if kind else ())


def fill(pattern: str, slots: Mapping[str, Piece | str], *, sentence: bool = False) -> Piece:
    """The pattern with its slots filled. A slot gets a mark "slot:NAME"; a sentence's first letter is made a capital."""
    text = ""
    marks: list[Mark] = []
    opened: dict[str, int] = {}
    for before, slot, opens, closes, after in _tokens(pattern):
        text += before
        if slot:
            filler = slots[slot]
            piece = filler if isinstance(filler, Piece) else plain(filler)
            if not piece.text and text.endswith(" "):
                text = text[:-1]
            marks.append(Mark(f"slot:{slot}", len(text), len(text) + len(piece.text)))
            marks.extend(_shifted(piece.marks, len(text)))
            text += piece.text
            if ", " in piece.text and slot in ("who", "accuser") and after == " ":
                text += ","  # "Orla Venn, the mayor," before its verb
        elif closes:
            marks.append(Mark(closes, opened.pop(closes), len(text)))
        elif opens:
            opened[opens] = len(text)
    if sentence:
        first = next((i for i, c in enumerate(text) if c.isalnum()), 0)
        text = text[:first] + text[first].upper() + text[first + 1 :]
    return Piece(text, tuple(marks))


@cache
def _tokens(pattern: str) -> list[tuple[str, str, str, str, str]]:
    """What stands before each slot or tag, which it is, and the character after it; the rest of the pattern last."""
    found = []
    at = 0
    for token in _TOKEN.finditer(pattern):
        kind = TAGS[token[3]] if token[3] else ""
        opens, closes = ("", kind) if token[2] else (kind, "")
        found.append((pattern[at : token.start()], token[1] or "", opens, closes, pattern[token.end() : token.end() + 1]))
        at = token.end()
    return [*found, (pattern[at:], "", "", "", "")]


def joined(pieces: Iterable[Piece], between: str) -> Piece:
    """Pieces one after the other."""
    text = ""
    marks: list[Mark] = []
    for piece in pieces:
        text += between if text else ""
        marks.extend(_shifted(piece.marks, len(text)))
        text += piece.text
    return Piece(text, tuple(marks))


def replaced(piece: Piece, old: str, new: str) -> Piece:
    """A piece with every whole word `old` made `new`; marks go on holding what they held. Names and figures stay."""
    out = piece
    for found in reversed(list(re.finditer(rf"\b{re.escape(old)}\b", piece.text))):
        a, b = found.span()
        # a change may lie inside a mark or outside it, never across its edge
        if any(m.start < b and a < m.end and not (m.start <= a and b <= m.end) for m in out.marks):
            continue
        if any(m.kind in ("actor", "place", "time") and m.start < b and a < m.end for m in out.marks):
            continue
        more = len(new) - len(old)
        marks = tuple(
            Mark(m.kind, m.start + (more if m.start >= b else 0), m.end + (more if m.end >= b else 0), m.value) for m in out.marks
        )
        out = Piece(out.text[:a] + new + out.text[b:], marks)
    return out


def _shifted(marks: Iterable[Mark], by: int) -> Iterable[Mark]:
    return [Mark(kind, start + by, end + by, value) for kind, start, end, value in marks] if by else marks
