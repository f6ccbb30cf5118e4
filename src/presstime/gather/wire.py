"""A wire file in the manner of RFC 822, a block of "Name: value" lines and the copy, to its content.

In: raw bytes and a name. Out: one `Content`. Names are looked up in wire.toml; a line that begins with white space goes on with
the one before. "Slug: VELM-ROAD", "Source: Norrel Press", an empty line and the copy give the outlet "Norrel Press".
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from presstime.gather.content import Content
from presstime.gather.decode import decode
from presstime.gather.header import HEADER_NAMES
from presstime.gather.pieces import Piece, one_line
from presstime.gather.stated import Stated
from presstime.gather.text import encoding_notes
from presstime.gather.wire_notes import embargo_problem, withdrawn_problem
from presstime.records import Problem

__all__ = ["header_names", "is_wire", "wire_content"]

MAX_HEADER_LINES = 300
SURE = 2
"""Names of a wire's header that must be there; one alone ("Source: …") may open an article."""
_LINE = re.compile(r"([A-Za-z][A-Za-z0-9 _-]{0,75}?)[ \t]*:[ \t]*(.*)$")


class _Lists:
    def __init__(self) -> None:
        with files("presstime.gather").joinpath("wire.toml").open("rb") as stream:
            tables = tomllib.load(stream)
        self.field = {name: field for field, names in tables["fields"].items() for name in names}
        self.sure = frozenset(tables["sure"]["names"])
        self.withdrawn = frozenset(tables["withdrawn"]["words"])


@cache
def _lists() -> _Lists:
    return _Lists()


def header_names(text: str) -> list[str]:
    """The names in the block of header lines that `text` begins with, as wire.toml writes them; none where it begins with none."""
    pairs, _ = _header(text)
    return [name for name, _ in pairs]


def is_wire(text: str) -> bool:
    """Whether a text begins with a wire's header, and not with the header lines that presstime has of its own (header.py)."""
    names, lists = set(header_names(text)), _lists()
    sure = names & lists.sure
    return bool(sure - HEADER_NAMES) and (len(sure) >= SURE or len(names & set(lists.field)) >= SURE)


def wire_content(data: bytes, name: str) -> Content | Problem:
    """The story of a wire file, its copy left as it is."""
    if not data.strip():
        return Problem(where=name, what="empty", why="The file holds nothing. Get it again, or leave it out.")
    decoded = decode(data, name)
    if isinstance(decoded, Problem):
        return decoded
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    pairs, start = _header(text)
    copy = text[start:].strip("\n")
    stated, lists = Stated(name), _lists()
    identity = None
    credits: tuple[str, ...] = ()
    for key, value in pairs:
        field = lists.field.get(key)
        if not value:
            continue
        if field == "published":
            stated.date(value, f"wire {key}")
        elif field == "embargo":
            stated.problems.append(embargo_problem(name, value))
        elif field == "status":
            if set(value.lower().split()) & lists.withdrawn:
                stated.problems.append(withdrawn_problem(name, value))
        elif field == "identity":
            identity = identity or value
        elif field == "credit":
            credits = (*credits, value)
        elif field is not None:
            stated.take(field, value, f"wire {key}")
    if credits and "outlet" not in stated.fields:
        stated.take("outlet", credits[0], "wire credit")
    if not copy.strip():
        why = "The file has a header but no copy. Ask the agency for it again, or leave it out."
        return Problem(where=name, what="empty", why=why)
    notes, problems = encoding_notes(decoded, name)
    stated.provenance.extend(notes)
    stated.problems.extend(problems)
    headline = one_line(stated.fields.get("headline"))
    if headline and not copy.lstrip().startswith(headline):
        head = Piece(text=headline, kind="headline")
        return stated.content([head, Piece(text=copy)], whence=identity, credits=credits)
    return stated.content([Piece(text=copy)], whence=identity, credits=credits)


def _header(text: str) -> tuple[list[tuple[str, str]], int]:
    """The names and values of the header that `text` begins with, and where its copy begins. Nothing where a line is neither."""
    pairs: list[tuple[str, str]] = []
    position = 0
    for _ in range(MAX_HEADER_LINES):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position:end].rstrip()
        if not line:
            return pairs, min(end + 1, len(text))
        if line[0] in " \t" and pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {line.strip()}".strip())
        elif found := _LINE.match(line):
            pairs.append((re.sub(r"[ _-]", "", found[1]).lower(), (found[2] or "").strip()))
        else:
            return [], 0
        position = end + 1
        if end == len(text):
            break
    return [], 0
