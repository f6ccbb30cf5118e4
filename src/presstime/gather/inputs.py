"""All that is given to gather, to Documents and Problems.

In: paths, and addresses of the web. Out: a Document for each text, in the order of the paths and of the names within
folders and archives; a Problem for whatever could not be read. "reports/" with one article and one picture in it gives a Document and a
Problem "unsupported".
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from presstime.gather.archive import open_archive
from presstime.gather.names import extension_of, is_address
from presstime.gather.opening import Input, Run, opened
from presstime.gather.walk import Source, sources
from presstime.mappings import Mapping
from presstime.problems import InputError
from presstime.records import Document, Problem
from presstime.settings import Fetching

__all__ = ["MAX_BYTES", "gather"]

MAX_BYTES = 10_000_000
"""A file of one text, or a line of JSON, may have this many bytes: a novel has one million."""
SHOWN = 20
"""So many files of a folder or archive that are not read are told one by one; an export holds thousands of pictures."""


def gather(
    paths: Sequence[Path | str],
    *,
    archive: Path | None,
    now: str,
    max_bytes: int = MAX_BYTES,
    mappings: Sequence[Mapping] = (),
    fetch: Fetching | None = None,
) -> Iterator[Document | Problem]:
    """A Document for each text under `paths`, and a Problem for each file that could not be read.

    A path may be an address of the web (http or https): its page is fetched, by the story's `fetch`, and captured.

    `archive` is the folder in which raw bytes are kept by hash (None keeps none), `now` the time of gathering, ISO
    8601 with its offset. The same paths give the same documents in the same order; the same document met twice is
    given once. `mappings` are the story's, for tables of layouts of their own. A document in another language than
    English is given, and a Problem "language" after it.

    Raises InputError where no path was given, or none of them exists.
    """
    if isinstance(paths, str | Path):
        paths = [paths]
    if not paths:
        raise InputError("Nothing was given to read: name a file, a folder or a .zip archive.")
    if not any(is_address(path) or _exists(path) for path in paths):
        names = ", ".join(str(path) for path in paths[:3])
        raise InputError(f"There is no file or folder {names}: check the path and the folder you are in.")
    keep = open_archive(archive, now) if archive is not None else None
    run = Run(keep=keep, now=now, max_bytes=max_bytes, mappings=mappings)
    return _once(_gathered(paths, archive.resolve() if archive is not None else None, run, fetch))


def _exists(path: Path | str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def _gathered(paths: Sequence[Path | str], archive: Path | None, run: Run, fetch: Fetching | None) -> Iterator[Document | Problem]:
    for fetched, group in groupby(paths, key=is_address):
        if fetched:
            from presstime.gather.fetch import fetch_documents

            yield from fetch_documents(group, run=run, archive=archive, settings=fetch)
            continue
        for given in group:
            yield from _few_unread(_from_path(given, archive, run), Path(given).name or ".")


def _from_path(given: Path | str, skip: Path | None, run: Run) -> Iterator[Document | Problem]:
    for source in sources(given, skip):
        if isinstance(source, Problem):
            yield source
            continue
        try:
            with source.path.open("rb") as stream:
                yield from opened(_input(source, stream), run)
        except OSError as error:
            why = f"The file cannot be read ({error.strerror or type(error).__name__}). Make it readable, or leave it out."
            yield Problem(where=source.name, what="unreadable", why=why)


def _input(source: Source, stream: BinaryIO) -> Input:
    folder = source.path.parent
    return Input(
        stream=stream,
        name=source.name,
        file_name=source.path.name,
        beside=lambda other: _beside(folder, other),
        hashed=lambda other: _hashed(folder, other),
    )


def _neighbour(folder: Path, other: str) -> Path | None:
    """A file in the folder, or in one of its folders; None for a path that leads out of it, by a link or otherwise."""
    try:
        path = (folder / other).resolve()
        return path if path.is_file() and path.is_relative_to(folder.resolve()) else None
    except (OSError, ValueError):
        return None


def _beside(folder: Path, other: str) -> bytes | None:
    path = _neighbour(folder, other)
    try:
        return path.read_bytes() if path is not None and path.stat().st_size <= MAX_BYTES else None
    except OSError:
        return None


def _hashed(folder: Path, other: str) -> str | None:
    path = _neighbour(folder, other)
    try:
        if path is None:
            return None
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _few_unread(found: Iterator[Document | Problem], where: str) -> Iterator[Document | Problem]:
    """What was found; past the first SHOWN files of kinds that are not read, the rest of them in one Problem."""
    more: Counter[str] = Counter()
    told = 0
    for item in found:
        if isinstance(item, Problem) and item.what in ("unsupported", "skipped"):
            told += 1
            if told > SHOWN:
                more[extension_of(item.where.rsplit("/", 1)[-1]) or "no ending"] += 1
                continue
        yield item
    if more:
        kinds = ", ".join(f"{count:,} {ending}" for ending, count in more.most_common(10))
        why = f"{sum(more.values()):,} more files were not read ({kinds}). Look whether a text is among them, and save it as .txt."
        yield Problem(where=where, what="unsupported", why=why)


def _once(found: Iterator[Document | Problem]) -> Iterator[Document | Problem]:
    """Each document once. An id that comes again with another text is a Problem, not a document lost."""
    seen: dict[str, tuple[str, str | None]] = {}
    repeated: str | None = None
    for item in found:
        if isinstance(item, Problem):
            if item.what != "language" or item.where != repeated:
                yield item
            continue
        repeated = None
        earlier = seen.get(item.id)
        if earlier is None:
            seen[item.id] = (item.text, item.name)
            yield item
            continue
        repeated = item.id
        if earlier[0] != item.text:
            why = f'The id "{item.id}" stands for another text in {earlier[1]}, which was taken. Give each document its own id.'
            yield Problem(where=item.name or item.id, what="duplicate-id", why=why)
