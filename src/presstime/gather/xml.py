"""XML of any vocabulary to a tree, safely: no entity is expanded, nothing is loaded, damage is told.

In: raw bytes and a name. Out: the root, with Problems where the file was cut short; or a Problem (empty, binary, encoding,
entities, broken, too-large). `<!ENTITY a "&b;&b;">` in a feed gives the Problem "entities".
"""

from __future__ import annotations

import re
from typing import Any

from presstime.gather.decode import decode
from presstime.gather.text import encoding_notes
from presstime.records import Problem, Provenance, Record

__all__ = ["Tree", "TreeText", "clean_markup", "local", "root_name", "words_of", "xml_tree"]

MAX_XML_ELEMENTS = 500_000
"""Elements of one file. 10,000,000 bytes, a file's limit, hold 300,000 elements of a news item with its subjects."""

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,30})[\"']")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ELEMENT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_BEFORE_ROOT = (("<?", "?>"), ("<!--", "-->"), ("<!DOCTYPE", ">"), ("<!doctype", ">"))


class TreeText(Record, frozen=True):
    """The markup of a file as text, without its XML declaration, and what is to be said of its encoding."""

    markup: str
    provenance: tuple[Provenance, ...] = ()
    problems: tuple[Problem, ...] = ()


class Tree(Record, frozen=True):
    """A parsed file: its root element, and what is to be said of its encoding and its end."""

    root: Any
    provenance: tuple[Provenance, ...] = ()
    problems: tuple[Problem, ...] = ()


def clean_markup(data: bytes, name: str) -> TreeText | Problem:
    """The file's markup as text that an XML parser can take; a Problem where it declares entities of its own."""
    if not data.strip():
        return Problem(where=name, what="empty", why="The file holds nothing. Get it again, or leave it out.")
    declared = _DECLARED.search(data[:1024])
    decoded = decode(data, name, declared=declared[1].decode("ascii") if declared else None)
    if isinstance(decoded, Problem):
        return decoded
    markup = _NOT_XML.sub(" ", _DECLARATION.sub("", decoded.text, count=1)).lstrip()
    if _ENTITY.search(markup):
        why = "The file declares entities of its own, by which a small file can grow without end or call for others: it was not read. "
        return Problem(where=name, what="entities", why=why + "Have it written without a DTD of its own, or give the text as .txt.")
    provenance, problems = encoding_notes(decoded, name)
    promised = declared[1].decode("ascii").lower() if declared else "utf-8"
    if decoded.encoding == "windows-1252" and promised.replace("-", "") == "utf8":
        why = "The file is not in UTF-8, as XML is unless it says otherwise, and was read as windows-1252. Check its names and marks."
        problems = (*problems, Problem(where=name, what="encoding", why=why))
    return TreeText(markup=markup, provenance=provenance, problems=problems)


def xml_tree(data: bytes, name: str) -> Tree | Problem:
    """The file as a tree. One that is cut short or damaged is read as far as it goes, with a Problem "broken"."""
    from lxml import etree

    text = clean_markup(data, name)
    if isinstance(text, Problem):
        return text
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, RecursionError):
        root = None
    if root is None:
        why = "The file cannot be taken apart as XML. Get it again, or give its text as .txt."
        return Problem(where=name, what="broken", why=why)
    if sum(1 for _ in root.iter()) > MAX_XML_ELEMENTS:
        why = f"The file has more than the {MAX_XML_ELEMENTS:,} elements allowed. Split it into its items."
        return Problem(where=name, what="too-large", why=why)
    problems = text.problems
    fatal = next((error for error in parser.error_log if error.level_name == "FATAL"), None)
    if fatal is not None:
        why = f"The file is damaged or cut short (line {fatal.line}): what could be read of it was read. Get it again."
        problems = (*problems, Problem(where=name, what="broken", why=why))
    return Tree(root=root, provenance=text.provenance, problems=problems)


def root_name(head: str) -> str | None:
    """The name of the first element, without its prefix, of a file that begins with `head`; None where it is no markup."""
    position = 0
    while True:
        while position < len(head) and (head[position].isspace() or head[position] == "\ufeff"):
            position += 1
        ends = next((end for begin, end in _BEFORE_ROOT if head.startswith(begin, position)), None)
        if ends is None:
            found = _ELEMENT.match(head, position)
            return found[1] if found else None
        inner = head.find("[", position, head.find(ends, position) + 1) if ends == ">" else -1
        past = head.find(ends, head.find("]", inner) if inner >= 0 else position)
        if past < 0:
            return None
        position = past + len(ends)


def local(element: Any) -> str:
    """An element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def words_of(element: Any) -> str:
    """All text within an element, on one line; empty where there is no element."""
    return "" if element is None else " ".join("".join(element.itertext()).split())
