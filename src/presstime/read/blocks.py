"""A text → its blocks: the stretches that stand apart on the page.

In: plain text, with blank lines between paragraphs, or one paragraph a line, or hard-wrapped lines with indented
paragraphs. Out: the start and end of each block, in order, without white space at either end; together they hold
every character that is not white space.

Example: "Title\\n\\nA storm hit\\nthe coast." → "Title" and "A storm hit\\nthe coast."
"""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["find_blocks", "without_mail_marks"]

_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")
_ENDS = tuple(".!?:;…\"”’')]}»")
WRAP_AT_LEAST = 40
"""A line shorter than this was not broken because the page's edge was near."""
WRAP_AT_MOST = 120
"""Longer lines are whole paragraphs."""
LAST_LINE = 0.75
"""A line that ends a sentence and is shorter than this share of the longest is a paragraph's last."""
WRAPPED_SHARE = 0.5
"""A group of lines is hard-wrapped when at least this share of its breaks fall inside a sentence."""

_MAIL_MARK = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
"""What mail puts before every line of the message it answers."""

LONGER_WORD = 4
"""Only words of this many letters tell title case."""

Line = tuple[int, int]


def find_blocks(text: str) -> list[tuple[int, int]]:
    """The blocks of `text` as offsets, in order, trimmed of white space."""
    blocks: list[tuple[int, int]] = []
    for group in _groups(text):
        if len(group) == 1:
            blocks.append(_trim(text, *group[0]))
        else:
            blocks.extend(_paragraphs(text, group))
    return blocks


def without_mail_marks(text: str) -> str:
    """The text with the ">" before quoted lines of a mail blotted out by spaces, so that every offset stays."""
    return _MAIL_MARK.sub(lambda match: " " * len(match[0]), text)


def _depth(line: str) -> int:
    """How many messages back a line of a mail was written: the ">" before it."""
    mark = _MAIL_MARK.match(line)
    return mark[0].count(">") if mark else 0


def _groups(text: str) -> list[list[Line]]:
    """Runs of lines with no blank line between them."""
    groups: list[list[Line]] = []
    last_end: int | None = None
    last_depth = 0
    for match in _LINE.finditer(text):
        if not match.group().strip():
            last_end = None
            continue
        gap = text[last_end : match.start()] if last_end is not None else ""
        depth, bare = _depth(match.group()), not match.group().strip("> \t")
        if last_end is None or depth != last_depth or bare or (len(gap) > 1 and gap != "\r\n"):
            groups.append([])
        groups[-1].append((match.start(), match.end()))
        last_end, last_depth = (None if bare else match.end()), depth
    return groups


def _paragraphs(text: str, lines: list[Line]) -> list[tuple[int, int]]:
    """The paragraphs of a group of lines: joined where the page's edge broke them, else one a line."""
    lengths = [end - start for start, end in lines]
    longest = max(lengths)
    inside = [_breaks_inside(text, a, b) for a, b in pairwise(lines)]
    wrapped = longest <= WRAP_AT_MOST and sum(inside) >= WRAPPED_SHARE * len(inside)
    blocks = [lines[0]]
    for number, line in enumerate(lines[1:]):
        before = lines[number]
        if wrapped:
            ended = text[before[0] : before[1]].rstrip().endswith(_ENDS)
            new = ended and (_indent(text, line) > _indent(text, before) + 1 or lengths[number] < LAST_LINE * longest)
        else:
            new = not (inside[number] and text[line[0] : line[1]].lstrip()[:1].islower())
        if new:
            blocks.append(line)
        else:
            blocks[-1] = (blocks[-1][0], line[1])
    return [_trim(text, *block) for block in blocks]


def _breaks_inside(text: str, before: Line, after: Line) -> bool:
    """Whether the break between two lines falls inside a sentence."""
    words = text[before[0] : before[1]].rstrip()
    if words.endswith(_ENDS) and not words.endswith(("'", "’", '"', "”", ")")):
        return False
    following = without_mail_marks(text[after[0] : after[1]]).lstrip()
    if following[:1].islower():
        return True
    return WRAP_AT_LEAST <= len(words) <= WRAP_AT_MOST and not (_titled(words) and _titled(following))


def _titled(line: str) -> bool:
    """Whether a line is in title case, as a headline or the name of an office is; capitals throughout are none."""
    longer = [word for word in line.split() if len(word) >= LONGER_WORD and word[0].isalpha()]
    return bool(longer) and all(word[0].isupper() for word in longer) and not line.isupper()


def _indent(text: str, line: Line) -> int:
    words = text[line[0] : line[1]]
    return len(words) - len(words.lstrip())


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
