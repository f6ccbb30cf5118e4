"""What an earlier run has written before it was ended, so that the next one goes on from there.

In: the file beside the one that is being made, with a reading a line, and the documents in their order. Out: the readings that stand
there already, for as long as they are of the same documents by the same reader; from the first that is not, the documents. Half a line
at the end is cut off.

Example: a run was ended behind the third of five documents; `begun` gives three readings, then two documents.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from presstime.records import Document, Reader, Reading

__all__ = ["Written", "begun"]

_SAME = ("id", "sha256", "name", "url", "outlet", "byline", "published", "language", "text")
"""What of a document must be as it was. When it was gathered may differ: the first time stands. The rest is found in the text."""


@dataclass(frozen=True, slots=True)
class Written:
    """A reading that stands in the file already."""

    reading: Reading


def begun(path: Path, documents: Iterable[Document], reader: Reader) -> Iterator[Document | Written]:
    """The documents; those at the beginning that `path` has readings of, as these. What else is in the file is cut off.

    Whoever writes appends to the file, and only once this has given the first document, or has come to its end.
    """
    kept = _readings(path)
    end = 0
    at_beginning = True
    for document in documents:
        if at_beginning:
            reading, its_end = next(kept, (None, end))
            if reading is not None and reading.reader == reader and _same(reading.document, document):
                end = its_end
                yield Written(reading)
                continue
            at_beginning = False
            _cut(path, end)
        yield document
    if at_beginning:
        _cut(path, end)


def _readings(path: Path) -> Iterator[tuple[Reading, int]]:
    """Each whole reading of the file, and where its line ends."""
    if not path.exists():
        return
    end = 0
    with path.open("rb") as file:
        for line in file:
            end += len(line)
            try:
                reading = msgspec.json.decode(line, type=Reading)
            except msgspec.MsgspecError:
                return
            if not line.endswith(b"\n"):
                return
            yield reading, end


def _same(one: Document, other: Document) -> bool:
    return all(getattr(one, field) == getattr(other, field) for field in _SAME)


def _cut(path: Path, end: int) -> None:
    if path.exists():
        os.truncate(path, end)
