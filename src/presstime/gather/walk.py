"""Paths to the files that are to be read, in order.

In: paths of files and folders as the caller gave them. Out: `Source` records, or Problems for what is not there or
is not read. "reports/" with b.txt and a.txt in it gives a.txt, then b.txt, named "reports/a.txt" and "reports/b.txt".
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from presstime.gather.names import Kind, kind_of, safe_name
from presstime.records import Problem, Record

__all__ = ["Source", "sources"]


class Source(Record, frozen=True):
    """A file to read: its path, the name it goes by (never a machine's full path) and its kind by that name."""

    path: Path
    name: str
    kind: Kind


def sources(given: Path | str, skip: Path | None) -> Iterator[Source | Problem]:
    """The file at `given`, or all files of the folder there and of those in it, sorted. `skip` is left out.

    Links to folders are not followed, and what is neither a file nor a folder is never opened.
    """
    path = Path(given)
    shown = _shown(path)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        why = "There is no such file or folder here, or it may not be opened. Check the path."
        yield Problem(where=shown or ".", what="missing", why=why)
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, shown, skip)
    elif stat.S_ISREG(mode):
        kind = kind_of(path.name, hidden_counts=False)
        yield Source(path=path, name=shown, kind=kind)
    else:
        yield _odd(shown)


def _folder(folder: Path, shown: str, skip: Path | None) -> Iterator[Source | Problem]:
    found = False
    for path, inner in _files(folder, "", skip):
        name = safe_name("/".join(part for part in (shown, inner) if part))
        kind = kind_of(inner)
        if isinstance(path, str):
            found = True
            yield Problem(where=name, what="unreadable", why=path)
        elif kind == "sidecar" or (kind == "hidden" and kind_of(inner, hidden_counts=False) == "unsupported"):
            continue
        elif kind == "hidden":
            found = True
            yield Problem(where=name, what="skipped", why="The file is hidden. Name it by itself if it is to be read.")
        elif not path.is_file():
            found = True
            yield _odd(name)
        else:
            found = True
            yield Source(path=path, name=name, kind=kind)
    if not found:
        why = "The folder holds no files. Put the reports in it, or give another."
        yield Problem(where=shown or ".", what="empty", why=why)


def _files(folder: Path, inner: str, skip: Path | None) -> Iterator[tuple[Path | str, str]]:
    """Every file below `folder` with its path from there, or, for a folder that cannot be listed, why."""
    # A stack, not recursion: folders can be nested deeper than Python's own limit.
    stack: list[tuple[Path, str]] = [(folder, inner)]
    while stack:
        path, inner = stack.pop()
        if inner and path.is_dir() and not path.is_symlink():
            if kind_of(inner + "/x.txt") == "sidecar":
                continue
        elif inner:
            yield path, inner
            continue
        if skip is not None and path.resolve() == skip:
            continue
        try:
            entries = sorted(os.scandir(path), key=lambda entry: entry.name)
        except OSError as error:
            yield f"The folder cannot be listed ({error.strerror}). Make it readable, or leave it out.", inner
            continue
        stack.extend((path / entry.name, f"{inner}/{entry.name}" if inner else entry.name) for entry in reversed(entries))


def _odd(name: str) -> Problem:
    return Problem(where=name, what="unsupported", why="This is neither a file nor a folder of its own. Give what it points to.")


def _shown(path: Path) -> str:
    """A path as given, or, where it is absolute or climbs, its last name: records hold no machine's paths."""
    if path.is_absolute() or ".." in path.parts:
        return safe_name(path.name)
    return "" if path == Path() else safe_name(path.as_posix())
