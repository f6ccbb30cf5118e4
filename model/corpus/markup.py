"""Marked news text → articles with spans (GUIDE.md says what the marks mean).

In: the text of a corpus file. Out: its articles, each with its plain text and its statements, offsets in code points.
"[1s The board] [1c said] [1t it rained]." gives the text "The board said it rained." and one statement.

Run as `python -m model.corpus.markup FILE…` it checks files and says what is wrong, line by line.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from presstime.records import Act

__all__ = ["ACTS", "Article", "Marked", "MarkupError", "articles", "read_articles"]

ACTS = frozenset(get_args(Act))
"""DESIGN's acts, as the records have them."""
_OPEN = re.compile(r"\[(?P<number>\d+)(?P<role>[sctam])(?:/(?P<act>[a-z-]+))?(?:=(?P<name>[^|\[\]\n]+)\||(?= )) ?")
_TITLE = re.compile(r"## *(?P<id>[^|]+?) *\| *(?P<beat>[^|]+?) *\| *(?P<style>[^|]+?) *$")
_ROLES = {"s": "source", "c": "cue", "t": "content", "a": "addressee", "m": "medium"}

Span = tuple[int, int]


class MarkupError(ValueError):
    """A mark that cannot be understood; the message says where and why."""


@dataclass
class Marked:
    """One statement: its spans by role, the name its speaker stands for, and its act."""

    number: int
    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)
    addressee: list[Span] = field(default_factory=list)
    medium: list[Span] = field(default_factory=list)
    name: str | None = None
    act: str = "claim"


@dataclass
class Article:
    """One article: headline, then paragraphs, with an empty line between any two."""

    id: str
    beat: str
    style: str
    text: str
    statements: list[Marked]


def _near(text: str, at: int) -> str:
    return repr(text[max(0, at - 30) : at + 40])


def _unmark(text: str, where: str) -> tuple[str, list[Marked]]:
    """Plain text and statements of one article's marked text."""
    out: list[str] = []
    found: dict[int, Marked] = {}
    stack: list[tuple[Marked, str, int, int]] = []
    at = 0
    while at < len(text):
        c = text[at]
        if c == "\\" and text[at + 1 : at + 2] in ("[", "]"):
            out.append(text[at + 1])
            at += 2
        elif c == "[":
            m = _OPEN.match(text, at)
            if m is None:
                raise MarkupError(f"{where}: this bracket opens no mark (a literal one is written \\[): {_near(text, at)}")
            marked = found.setdefault(int(m["number"]), Marked(int(m["number"])))
            _note(marked, m, where, _near(text, at))
            stack.append((marked, m["role"], len(out), at))
            at = m.end()
        elif c == "]":
            if not stack:
                raise MarkupError(f"{where}: this bracket closes nothing: {_near(text, at)}")
            marked, role, start, _ = stack.pop()
            if not "".join(out[start:]).strip():
                raise MarkupError(f"{where}: an empty mark: {_near(text, at)}")
            getattr(marked, _ROLES[role]).append((start, len(out)))
            at += 1
        else:
            out.append(c)
            at += 1
    if stack:
        marked, role, _, opened = stack[-1]
        raise MarkupError(f"{where}: mark {marked.number}{role} is never closed: {_near(text, opened)}")
    return "".join(out), [found[k] for k in sorted(found)]


def _note(marked: Marked, m: re.Match[str], where: str, near: str) -> None:
    """What a mark says besides its span: the act of a cue, the name behind a mention."""
    if m["act"]:
        if m["role"] != "c" or m["act"] not in ACTS:
            raise MarkupError(f"{where}: {m['act']!r} is no act, or stands on something that is no cue: {near}")
        marked.act = m["act"]
    if m["name"]:
        if m["role"] != "s":
            raise MarkupError(f"{where}: only a speaker carries a name: {near}")
        marked.name = m["name"].strip()


def _check(article: Article) -> None:
    for s in article.statements:
        where = f"{article.id}: statement {s.number}"
        if not s.cue and not s.content:
            raise MarkupError(f"{where} has neither cue nor content")
        if len(s.source) > 1 or len(s.cue) > 1:
            raise MarkupError(f"{where} has two speakers or two cues: give the second statement a number of its own")


def articles(marked: str, file: str = "") -> list[Article]:
    """The articles of one file's marked text. Raises MarkupError at the first mark it cannot understand."""
    found: list[Article] = []
    pieces = re.split(r"(?m)^(?=## )", marked)
    for piece in pieces:
        if not piece.strip():
            continue
        head, _, body = piece.partition("\n")
        title = _TITLE.match(head)
        if title is None:
            raise MarkupError(f"{file}: an article begins with '## id | beat | style', not {head[:60]!r}")
        body = re.sub(r"(?m)^= ", "", body.strip())
        body = re.sub(r"\n{3,}", "\n\n", body)
        body = re.sub(r"(?<!\n)\n(?!\n)", "\n\n", body)
        text, statements = _unmark(body, f"{file}: {title['id']}")
        article = Article(title["id"], title["beat"], title["style"], text, statements)
        _check(article)
        found.append(article)
    names = [a.id for a in found]
    for name in names:
        if names.count(name) > 1:
            raise MarkupError(f"{file}: two articles are called {name}")
    return found


def read_articles(folder: Path) -> Iterator[Article]:
    """Every article of a folder's .txt files, in the order of their names."""
    for path in sorted(folder.glob("*.txt")):
        yield from articles(path.read_text(encoding="utf-8"), path.name)


def main(files: list[str]) -> int:
    """Check files, print what is wrong and what was found. 0 when all is well."""
    bad = 0
    for file in files:
        try:
            found = articles(Path(file).read_text(encoding="utf-8"), Path(file).name)
        except MarkupError as e:
            bad += 1
            print(e)
            continue
        words = sum(len(a.text.split()) for a in found)
        print(f"{file}: {len(found)} articles, {words} words, {sum(len(a.statements) for a in found)} statements")
    return int(bad > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
