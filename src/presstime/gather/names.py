"""What a file's name says: its kind, whether it is read at all, and how the name is shown.

In: a path, or a member's name in an archive. Out: a kind ("text", "markdown", "html", "jsonl", "zip"), or why the
file is not read. "notes/velmora.MD" is "markdown"; "._velmora.txt" is a sidecar that a system left beside a file.
"""

from __future__ import annotations

from typing import Literal

__all__ = ["EXTENSIONS", "Kind", "kind_of", "safe_name"]

Kind = Literal["text", "markdown", "html", "jsonl", "zip", "sidecar", "hidden", "unsupported"]

EXTENSIONS: dict[str, Kind] = {
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
    ".zip": "zip",
}
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
    kind = EXTENSIONS.get(_extension(names[-1]), "unsupported")
    if hidden_counts and any(name.startswith(".") for name in names):
        return "hidden"
    return kind


def safe_name(name: str) -> str:
    """`name` as valid Unicode without control characters, which are written as escapes (\\x1b)."""
    valid = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in valid)


def _extension(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""
