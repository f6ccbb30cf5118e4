"""What a file's name says: its kind by its ending, whether it is read at all, and how the name is shown.

In: a path, or a member's name in an archive. Out: a kind ("text", "markdown", "html", "pdf" …), or why the file is not
read. "notes/velmora.MD" is "markdown"; "._velmora.txt" is a sidecar that a system left beside a file. What is in a file
counts for more than its ending: formats.py looks into it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

__all__ = ["EXTENSIONS", "Format", "Kind", "extension_of", "is_address", "kind_of", "safe_name"]

Format = Literal[
    "text",
    "markdown",
    "html",
    "jsonl",
    "csv",
    "zip",
    "gzip",
    "tar",
    "warc",
    "pdf",
    "mail",
    "mbox",
    "wire",
    "feed",
    "listing",
    "news-xml",
    "xml",
    "telegram-page",
    "x-archive",
]
Kind = Format | Literal["sidecar", "hidden", "unsupported"]

EXTENSIONS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".zip": "zip",
    ".wacz": "zip",
    ".docx": "zip",
    ".gz": "gzip",
    ".tgz": "gzip",
    ".tar": "tar",
    ".warc": "warc",
    ".pdf": "pdf",
    ".eml": "mail",
    ".mbox": "mbox",
    ".mbx": "mbox",
    ".wire": "wire",
    ".rss": "feed",
    ".atom": "feed",
    ".opml": "listing",
    ".xml": "xml",
    ".nitf": "xml",
}
"""The kind of a file by its ending, where its content does not tell another."""
_SIDECARS = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx", ".git", ".gitignore", ".gitkeep", ".svn", ".hg", ".directory"})
"""Files and folders that systems and tools leave beside others, in lower case; never somebody's document."""


def kind_of(relative: str, *, hidden_counts: bool = True) -> Kind:
    """The kind of the file at `relative`, a path with forward slashes, by its extension and the names above it.

    "sidecar" is never a document; "hidden" has a name, or lies in a folder, that begins with a full stop. A path
    that was given by name is read even where it is hidden (`hidden_counts=False`).
    """
    names = [name for name in relative.split("/") if name not in ("", ".", "..")]
    if not names:
        return "unsupported"
    if any(name.lower() in _SIDECARS or name.startswith("._") for name in names):
        return "sidecar"
    kind: Kind = EXTENSIONS.get(extension_of(names[-1]), "unsupported")
    if hidden_counts and any(name.startswith(".") for name in names):
        return "hidden"
    return kind


def is_address(given: str | Path) -> bool:
    """Whether what was given is an address of the web, and no path. One stroke is enough: a Path takes the other away."""
    return re.match(r"https?:/", str(given), re.IGNORECASE) is not None


def safe_name(name: str) -> str:
    """`name` as valid Unicode without control characters, which are written as escapes (\\x1b)."""
    valid = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in valid)


def extension_of(name: str) -> str:
    """A file name's ending with its full stop, in lower case; empty where it has none."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""
