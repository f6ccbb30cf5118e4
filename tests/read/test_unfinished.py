"""Going on with a file of readings that an ended run has left."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from presstime.read.unfinished import Written, begun
from presstime.records import Document, Reader, Reading

READER = Reader(presstime="1", model="m", context="c")
DOCUMENTS = [Document(id=name, sha256="", text=f"Text of {name}.", gathered="2026-03-04T12:00:00+00:00") for name in "abcde"]


def line(document: Document, reader: Reader = READER) -> bytes:
    found = msgspec.structs.replace(document, headline="Found in the text", gathered="2026-03-03T08:00:00+00:00")
    return msgspec.json.encode(Reading(document=found, reader=reader)) + b"\n"


def names(items: list[Document | Written]) -> list[str]:
    """Ids; those that stand in the file already in capitals."""
    return [each.reading.document.id.upper() if isinstance(each, Written) else each.id for each in items]


def left(tmp_path: Path, *pieces: bytes) -> Path:
    path = tmp_path / ".readings.jsonl.part"
    path.write_bytes(b"".join(pieces))
    return path


@pytest.mark.parametrize("whole", range(6))
def test_what_is_written_is_kept_and_the_rest_is_read(whole: int, tmp_path: Path) -> None:
    lines = [line(each) for each in DOCUMENTS]
    path = left(tmp_path, *lines[:whole])
    assert names(list(begun(path, DOCUMENTS, READER))) == [*"ABCDE"[:whole], *"abcde"[whole:]]
    assert path.read_bytes() == b"".join(lines[:whole])


@pytest.mark.parametrize("much", [1, 20, -1])
def test_half_a_line_is_cut_off(much: int, tmp_path: Path) -> None:
    path = left(tmp_path, line(DOCUMENTS[0]), line(DOCUMENTS[1])[:much])
    assert names(list(begun(path, DOCUMENTS, READER))) == ["A", "b", "c", "d", "e"]
    assert path.read_bytes() == line(DOCUMENTS[0])


@pytest.mark.parametrize(
    "other",
    [
        line(DOCUMENTS[1], Reader(presstime="2", model="m", context="c")),
        line(DOCUMENTS[1], Reader(presstime="1", model="m", context="another story's")),
        line(msgspec.structs.replace(DOCUMENTS[1], text="Corrected since.")),
        line(msgspec.structs.replace(DOCUMENTS[1], published="2026-03-04")),
        line(DOCUMENTS[3]),
        b"\x00\xff\n",
        b"\n",
    ],
)
def test_from_the_first_that_does_not_fit_all_is_read_again(other: bytes, tmp_path: Path) -> None:
    path = left(tmp_path, line(DOCUMENTS[0]), other, line(DOCUMENTS[2]))
    assert names(list(begun(path, DOCUMENTS, READER))) == ["A", "b", "c", "d", "e"]
    assert path.read_bytes() == line(DOCUMENTS[0])


def test_readings_of_documents_that_are_no_longer_given_are_cut_off(tmp_path: Path) -> None:
    path = left(tmp_path, *(line(each) for each in DOCUMENTS))
    assert names(list(begun(path, DOCUMENTS[:2], READER))) == ["A", "B"]
    assert path.read_bytes() == line(DOCUMENTS[0]) + line(DOCUMENTS[1])


def test_without_an_earlier_run_all_is_read(tmp_path: Path) -> None:
    path = tmp_path / ".readings.jsonl.part"
    assert names(list(begun(path, DOCUMENTS, READER))) == ["a", "b", "c", "d", "e"]
    assert not path.exists()
