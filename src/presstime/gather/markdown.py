"""Markdown to plain text: its light marks are taken off, and what they said about the layout is kept.

In: Markdown without its front matter. Out: plain text, and parts (headline, headings, captions of pictures). "## The
road is **closed**" becomes the heading "The road is closed".
"""

from __future__ import annotations

import re

from presstime.records import Media, Part, PartKind, Span

__all__ = ["plain_text"]

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?)+")
_BULLET = re.compile(r"^[ \t]{0,8}[-*+][ \t]+(?=\S)")
_PICTURE_ALONE = re.compile(r"\s*!\[([^\[\]]{0,1000})\]\([^()\n]{0,2000}\)\s*$")
_MARKED = re.compile(r"[\[*_~`<\\]")
# The bounds keep every pattern linear, however hostile the text.
_INLINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<!\\)!?\[([^\[\]\n]{0,1000})\]\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)"), r"\1"),
    (re.compile(r"!?\[([^\[\]\n]{1,1000})\]\[[^\[\]\n]{0,200}\]"), r"\1"),
    (re.compile(r"<(https?://[^\s<>]{1,2000})>"), r"\1"),
    (re.compile(r"\*\*\*(?=\S)([^*\n]{1,1000})(?<=\S)\*\*\*"), r"\1"),
    (re.compile(r"\*\*(?=\S)((?:[^*\n]|\*(?!\*)){1,1000}?)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"(?<!\w)__(?=\S)([^\n_]{1,1000})(?<=\S)__(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]{1,1000})(?<![\s\\])\*(?!\*)"), r"\1"),
    (re.compile(r"(?<![\w\\])_(?=[^\s_])([^\n_]{1,1000})(?<![\s\\])_(?!\w)"), r"\1"),
    (re.compile(r"~~(?=\S)([^~\n]{1,1000})~~"), r"\1"),
    (re.compile(r"`([^`\n]{1,1000})`"), r"\1"),
    (re.compile(r"<br ?/?>", re.IGNORECASE), " "),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])"), r"\1"),
)


def plain_text(markdown: str) -> tuple[str, tuple[Part, ...], tuple[Media, ...]]:
    """`markdown` (with \\n newlines) as plain text, the parts its marks name, and its pictures' captions."""
    lines: list[tuple[str, PartKind | None]] = []
    headings = 0
    for line in _without_comments(markdown).split("\n"):
        if not line or line.isspace():
            lines.append((line, None))
            continue
        line = _QUOTE.sub("", line, count=1)
        if found := _HEADING.match(line):
            lines.append((_inline(found[2]), _heading_kind(len(found[1]), headings)))
            headings += 1
        elif (found := _UNDERLINE.match(line)) and lines and lines[-1][0].strip() and lines[-1][1] is None and _alone(lines):
            level = 1 if found[1].startswith("=") else 2
            lines[-1] = (lines[-1][0], _heading_kind(level, headings))
            headings += 1
        elif _RULE.match(line) or _FENCE.match(line):
            lines.append(("", None))
        elif found := _PICTURE_ALONE.match(line):
            lines.append((_inline(found[1]), "caption"))
        else:
            lines.append((_inline(_BULLET.sub("", line, count=1)), None))
    return _joined(lines)


def _joined(lines: list[tuple[str, PartKind | None]]) -> tuple[str, tuple[Part, ...], tuple[Media, ...]]:
    text: list[str] = []
    parts: list[Part] = []
    position = 0
    for line, kind in lines:
        if kind and (words := line.strip()):
            start = position + line.index(words[0])
            parts.append(Part(kind=kind, start=start, end=start + len(words)))
        text.append(line)
        position += len(line) + 1
    media = tuple(Media(caption=Span(start=part.start, end=part.end)) for part in parts if part.kind == "caption")
    return "\n".join(text), tuple(parts), media


def _alone(lines: list[tuple[str, PartKind | None]]) -> bool:
    """An underlined title is one line after an empty one; under a paragraph, dashes are only a rule."""
    return len(lines) < 2 or not lines[-2][0].strip() or lines[-2][1] is not None


def _heading_kind(level: int, before: int) -> PartKind:
    return "headline" if level == 1 and before == 0 else "heading"


def _without_comments(markdown: str) -> str:
    kept: list[str] = []
    position = 0
    while (start := markdown.find("<!--", position)) >= 0 and (end := markdown.find("-->", start)) >= 0:
        kept.append(markdown[position:start])
        position = end + 3
    return "".join(kept) + markdown[position:]


def _inline(line: str) -> str:
    if not _MARKED.search(line):
        return line
    for pattern, plain in _INLINE:
        line = pattern.sub(plain, line)
    return line
