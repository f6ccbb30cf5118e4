"""Erasing from a story: documents, statements or names go from the ledger and the archive, and a tombstone stays.

Comes in: a story's folder, what to erase, by whom and why. Goes out: what was taken out, and the files that still hold it. Example:
`erase_story(Path("flood"), ["Ana Lind"], by="the desk", why="she asked for it")` blackens the name in every document that has it.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from presstime.custody.leaving_out import named_in, strings_of
from presstime.custody.raw import raw_place, remove_raw
from presstime.ledger import Ledger
from presstime.ledger.bench_file import bench_path
from presstime.ledger.erasing import Erased
from presstime.ledger.folding import phrases_of
from presstime.problems import InputError
from presstime.read.reading import read_safely
from presstime.records import Document, Reading, Record, Span
from presstime.story import ARCHIVE, EDITIONS, LEDGER, STORY_FILE, Story, open_story

__all__ = ["ErasedFromStory", "erase_story"]

DERIVED = ("report.html", "brief.md", "findings.json")
_SHORT = 2
"""Characters of a word that is too short to be looked for alone: "al", "de"."""


class ErasedFromStory(Record, frozen=True):
    """What was taken out. `row` is the tombstone's; `still` are files that may hold it, for a person to see to; `lost` are other
    documents whose raw bytes went with it, since they lay in the same file. `words` are words of an erased name that still stand in
    some document, alone: another form of the name, or another person.
    """

    row: int
    documents: tuple[str, ...]
    rows: int
    raw: int
    removed: tuple[str, ...]
    still: tuple[str, ...]
    lost: tuple[str, ...]
    words: tuple[str, ...] = ()


def erase_story(folder: Path, targets: Sequence[str], *, by: str, why: str, now: datetime | None = None) -> ErasedFromStory:
    """Erases documents and statements (by id) and names from a story. Raises StoryError, LedgerError, and InputError for a slip.

    The report, the brief and findings.json are removed, for they are made anew by presstime report; the files of editions are a
    publisher's to withdraw, and are named.
    """
    story = open_story(folder)
    if not why.strip():
        raise InputError("say why with --why; it stands in the log for good, so name nobody in it")
    with Ledger.open(folder / LEDGER, create=False) as ledger:
        whole, parts, names = _sorted_out(ledger, targets)
        if names and named_in([why, by], names):
            raise InputError("the reason, or the name of whoever erases, holds what is to be erased; the log keeps both: put it otherwise")
        named = _documents_naming(ledger, names)
        if missing := [name for name in names if not named and not _elsewhere(folder, name)]:
            raise InputError(
                f"{missing[0]!r} is neither a document nor a statement, and stands nowhere in this story; check how it is written"
            )
        parts |= {document: parts.get(document, ()) for document in named if document not in whole}
        gone = {*whole, *parts}
        lost = [d for d in ledger.documents() if d.id not in gone and d.sha256 in {e.sha256 for e in ledger.documents() if e.id in gone}]
        raw = _raw_naming(folder / ARCHIVE, names)
        kinds = [*("document" for _ in whole), *(["statement"] if any(parts.values()) else []), *("name" for _ in names)]
        told = {
            "what": ", ".join(f"{kinds.count(kind)} {kind}{'s' if kinds.count(kind) > 1 else ''}" for kind in dict.fromkeys(kinds)),
            "at": (now or datetime.now(UTC)).isoformat(timespec="seconds"),
            "by": by,
            "why": why,
        }
        removed: list[str] = []

        def remove(done: Erased) -> None:
            shared = {each.sha256 for each in ledger.inputs()}
            removed.extend(remove_raw(folder / ARCHIVE, [each for each in done.raw if each not in shared], done.records))
            removed.extend(_remove_derived(folder))
            bench_path(folder / LEDGER).unlink(missing_ok=True)  # it holds words of statements, and is made anew

        done = ledger.log.erase(
            whole, parts, names, raw=raw, told=told, read=lambda document: _read(document, story), before_it_counts=remove
        )
        left = [document.text for document in ledger.documents()]
        words = [word for name in names for word in name.split() if len(word) > _SHORT and named_in(left, [word])]
    return ErasedFromStory(
        row=done.row,
        documents=done.documents,
        rows=done.rows,
        raw=sum(name.startswith(f"{ARCHIVE}/") for name in removed),
        removed=tuple(removed),
        still=_still(folder, done.editions, names),
        lost=tuple(each.id for each in lost),
        words=tuple(words),
    )


def _sorted_out(ledger: Ledger, targets: Sequence[str]) -> tuple[list[str], dict[str, tuple[Span, ...]], list[str]]:
    """Documents, the characters of statements by document, and names."""
    whole: list[str] = []
    parts: dict[str, tuple[Span, ...]] = {}
    names: list[str] = []
    for target in targets:
        if ledger.document(target) is not None:
            whole.append(target)
        elif (place := ledger.log.place_of(target)) is not None:
            parts[place[0]] = (*parts.get(place[0], ()), *place[1])
        elif phrases_of(target):
            names.append(target)
        else:
            raise InputError(f"{target!r} is neither a document, a statement nor a name")
    return whole, {document: spans for document, spans in parts.items() if document not in whole}, names


def _documents_naming(ledger: Ledger, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    found = []
    for document in ledger.documents():
        if named_in(strings_of(msgspec.to_builtins(document)), names):
            found.append(document.id)
    return found


def _elsewhere(folder: Path, name: str) -> bool:
    """Whether a name stands in raw files of the archive that are no documents."""
    return bool(_raw_naming(folder / ARCHIVE, [name]))


def _raw_naming(archive: Path, names: Sequence[str]) -> list[str]:
    """The hashes of raw files in which a name stands as text; packed files (PDF, zip) are known by the documents read from them."""
    found = []
    for file in sorted(archive.glob("??/*")) if names and archive.is_dir() else ():
        if not file.name.startswith("."):
            text = file.read_bytes().decode("utf-8", "ignore")
            if named_in([text], names):
                found.append(file.name)
    return [each for each in found if raw_place(archive, each).is_file()]


def _read(document: Document, story: Story) -> Reading:
    return read_safely(document, story.context)


def _remove_derived(folder: Path) -> list[str]:
    removed = []
    for name in DERIVED:
        if (folder / name).is_file():
            (folder / name).unlink()
            removed.append(name)
    if (folder / "report").is_dir():
        shutil.rmtree(folder / "report")
        removed.append("report")
    return removed


def _still(folder: Path, editions: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """Files of the story that hold, or may hold, what was erased."""
    found = [f"{EDITIONS}/{each}" for each in editions if (folder / EDITIONS / each).is_dir()]
    if names and named_in([(folder / STORY_FILE).read_text(encoding="utf-8", errors="replace")], names):
        found.append(STORY_FILE)
    return tuple(found)
