"""A text → the stretches of it that stand in quotation marks.

In: a text and the stretch of one paragraph. Out: the stretches between opening and closing marks, marks included. Words
in them are somebody's words, which two reporters may both have heard; the words around them are the reporter's own.

Example: “The wall held,” the keeper said. → one stretch, “The wall held,”
"""

from __future__ import annotations

import re

__all__ = ["quoted_stretches"]

_MARK = re.compile('[“”„‟"«»「」『』‹›]')
_OPENS = {"“": "”", "„": "“”‟", "‟": "”", "«": "»", "「": "」", "『": "』", "‹": "›", "»": "«", "”": "”"}
"""Opening marks and what closes them. Swedish and Finnish open with the mark that closes elsewhere, some German papers too."""


def quoted_stretches(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The quoted stretches of text[start:end], in order. A quotation that the paragraph does not close runs to its end."""
    found: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    for mark in _MARK.finditer(text, start, end):
        sign, at = mark[0], mark.start()
        if opened is None:
            if sign == '"':
                opened = (at, '"')
            elif sign in _OPENS and not (sign in "”»" and _closes(text, at, start, end)):
                opened = (at, _OPENS[sign])
        elif sign in opened[1]:
            found.append((opened[0], mark.end()))
            opened = None
    if opened is not None and opened[1] != '"':
        found.append((opened[0], end))
    return found


def _closes(text: str, at: int, start: int, end: int) -> bool:
    """Whether a mark that may open or close stands behind a word, as closing ones do."""
    return (at > start and not text[at - 1].isspace()) or at + 1 >= end or text[at + 1].isspace()
