"""All that is given to gather, to Documents and Problems.

In: paths. Out: a Document for each text, in the order of the paths and of the names within folders and archives; a
Problem for whatever could not be read. "reports/" with one article and one picture in it gives a Document and a
Problem "unsupported".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from presstime.gather.archive import Archive, open_archive
from presstime.gather.content import document_of
from presstime.gather.jsonl import documents_from_json, documents_from_jsonl, with_language
from presstime.gather.names import Kind
from presstime.gather.text import text_content
from presstime.gather.walk import Source, sources
from presstime.gather.zipped import members, too_large
from presstime.problems import InputError
from presstime.records import Document, Problem

__all__ = ["MAX_BYTES", "gather"]

MAX_BYTES = 10_000_000
"""A file, a member of an archive or a line of JSON may have this many bytes: a novel has one million."""


def gather(paths: Sequence[Path | str], *, archive: Path | None, now: str, max_bytes: int = MAX_BYTES) -> Iterator[Document | Problem]:
    """A Document for each text under `paths`, and a Problem for each file that could not be read.

    `archive` is the folder in which raw bytes are kept by hash (None keeps none), `now` the time of gathering, ISO
    8601 with its offset. The same paths give the same documents in the same order; the same document met twice is
    given once. A document in another language than English is given, and a Problem "language" after it.

    Raises InputError where no path was given, or none of them exists.
    """
    if isinstance(paths, str | Path):
        paths = [paths]
    if not paths:
        raise InputError("Nothing was given to read: name a file, a folder or a .zip archive.")
    if not any(_exists(path) for path in paths):
        names = ", ".join(str(path) for path in paths[:3])
        raise InputError(f"There is no file or folder {names}: check the path and the folder you are in.")
    keep = open_archive(archive, now) if archive is not None else None
    return _once(_gathered(paths, keep, archive.resolve() if archive is not None else None, now, max_bytes))


def _exists(path: Path | str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def _gathered(
    paths: Sequence[Path | str], keep: Archive | None, skip: Path | None, now: str, max_bytes: int
) -> Iterator[Document | Problem]:
    for given in paths:
        for source in sources(given, skip):
            if isinstance(source, Problem):
                yield source
                continue
            try:
                with source.path.open("rb") as stream:
                    yield from _from_file(source, stream, keep, now, max_bytes)
            except OSError as error:
                why = f"The file cannot be read ({error.strerror or type(error).__name__}). Make it readable, or leave it out."
                yield Problem(where=source.name, what="unreadable", why=why)


def _from_file(source: Source, stream: BinaryIO, keep: Archive | None, now: str, max_bytes: int) -> Iterator[Document | Problem]:
    if source.kind == "zip" or source.path.suffix.lower() in (".jsonl", ".ndjson"):
        if keep is not None:
            keep.keep_file(stream, source.name)
            stream.seek(0)
        if source.kind == "zip":
            for member in members(stream, source.name, max_bytes=max_bytes):
                if isinstance(member, Problem):
                    yield member
                else:
                    if keep is not None:
                        keep.keep(member.data, member.name)
                    yield from _from_bytes(member.data, member.kind, member.name, member.file_name, now, max_bytes)
        else:
            found = documents_from_jsonl(_lines(stream, max_bytes), whence=source.name, now=now, max_bytes=max_bytes)
            yield from _or_empty(found, source.name)
        return
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        yield too_large(source.name, max_bytes)
        return
    if keep is not None:
        keep.keep(data, source.name)
    yield from _from_bytes(data, source.kind, source.name, source.path.name, now, max_bytes)


def _from_bytes(data: bytes, kind: Kind, name: str, file_name: str, now: str, max_bytes: int) -> Iterator[Document | Problem]:
    if kind == "jsonl":
        if file_name.lower().endswith(".json"):
            found = documents_from_json(data, whence=name, now=now, max_bytes=max_bytes)
        else:
            found = documents_from_jsonl(_lines(BytesIO(data), max_bytes), whence=name, now=now, max_bytes=max_bytes)
        yield from _or_empty(found, name)
        return
    if kind == "html":
        from presstime.gather.html import html_content

        content = html_content(data, name)
    else:
        content = text_content(data, name, markdown=kind == "markdown")
    if isinstance(content, Problem):
        yield content
        return
    document = document_of(content, name=name, file_name=file_name, data=data, now=now)
    document, other = with_language(document, content.language)
    yield document
    yield from content.problems
    yield from other


def _or_empty(found: Iterator[Document | Problem], name: str) -> Iterator[Document | Problem]:
    """What was found; a Problem where that is nothing at all, so that no file is passed over in silence."""
    item = None
    for item in found:
        yield item
    if item is None:
        yield Problem(where=name, what="empty", why="The file holds nothing. Save it again with its text, or leave it out.")


def _lines(stream: BinaryIO, max_bytes: int) -> Iterator[bytes]:
    """The stream's lines; of one that is too long, enough to see that it is, and not the rest."""
    while line := stream.readline(max_bytes + 3):
        yield line
        while len(line) == max_bytes + 3 and not line.endswith(b"\n"):
            line = stream.readline(max_bytes + 3)


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
