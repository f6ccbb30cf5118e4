"""What of the outbox may leave: changes without those that rest on what is confidential or under embargo.

In: changes, the story's ledger, a moment. Out: those of which everything may be shown then, decided by
`show.visible.visible_material` alone. A change that rests on three statements of which one is confidential stays here. Of a
page that was altered, a sentence that may not be shown is cut from the lines. A mark on one version of a page holds for the
later ones too. Example: "the order came at night" is confidential in the first version; no line of the second repeats it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from presstime.findings import Findings
from presstime.ledger import Ledger
from presstime.records import Document, Reading, Record
from presstime.show.export.shown import CUT
from presstime.show.material import Material
from presstime.show.pruning import MASK
from presstime.show.sentences import sentence_around
from presstime.show.visible import Restrictions, restrictions_of, visible_material
from presstime.watch.changes import WatchedChange

__all__ = ["Showing", "shown_changes", "what_may_leave"]

_COVERED = re.compile(rf"{MASK}(?:\s*{MASK})*")
_WORD = re.compile(r"[^\W_]+")
_RUN = 4
"""Words in a row that two texts have in common only where one repeats the other; what is not hidden may repeat itself."""

_Words = tuple[str, ...]


class Showing(Record, frozen=True):
    """What may leave: changes, the readings of their documents as gathered, and what people have marked."""

    changes: tuple[WatchedChange, ...]
    readings: tuple[Reading, ...]
    restrictions: Restrictions


def shown_changes(changes: Sequence[WatchedChange], ledger: Ledger, now: datetime) -> tuple[WatchedChange, ...]:
    """The changes that may be shown at a moment. One whose documents the ledger does not have is not shown."""
    return what_may_leave(changes, ledger, now).changes


def what_may_leave(changes: Sequence[WatchedChange], ledger: Ledger, now: datetime) -> Showing:
    """The changes that may be shown at a moment, and what is needed to quote their documents."""
    moment = now.isoformat(timespec="seconds")
    restrictions = restrictions_of(ledger.corrections(), moment)
    wanted = dict.fromkeys(document for each in changes for document in each.documents)
    marked = _marked(ledger, restrictions)
    readings = tuple(ledger.corrected_readings_of((*wanted, *(one for one in marked if one not in wanted))))
    material = Material(title="", as_of=moment, time_zone="UTC", findings=Findings(as_of=moment), readings=readings)
    left = {reading.document.id: reading for reading in visible_material(material, restrictions, moment).readings}
    records = {record for reading in left.values() for record in _records(reading)}
    gathered = {reading.document.id: reading for reading in readings}
    hidden = _Hidden(gathered, left)
    found = []
    for each in changes:
        if not left.keys() >= set(each.documents) or not records.issuperset((*each.statements, *each.figures)):
            continue
        pages = {_page(gathered[name].document) for name in each.documents}
        if hidden.wholly(pages) or any(hidden.among(words, pages) for words in (each.words, *_sentences(each, gathered))):
            continue
        before, after = (tuple(CUT if hidden.among(line, pages) else line for line in side) for side in (each.before, each.after))
        found.append(replace(each, before=before, after=after))
    kept = dict.fromkeys(document for each in found for document in each.documents)
    return Showing(
        changes=tuple(found), readings=tuple(reading for reading in readings if reading.document.id in kept), restrictions=restrictions
    )


def _marked(ledger: Ledger, restrictions: Restrictions) -> tuple[str, ...]:
    """The documents in which something is marked, or that are marked themselves."""
    records = (*sorted(restrictions.confidential), *sorted(restrictions.embargoes))
    found = [record for record in records if ledger.document(record) is not None]
    found += [document for record in records if (document := ledger.document_of_record("statement", record)) is not None]
    return tuple(dict.fromkeys((*found, *(passage.document for passage in restrictions.passages))))


class _Hidden:
    """What may not be shown of each page, in any of its versions."""

    def __init__(self, gathered: Mapping[str, Reading], left: Mapping[str, Reading]) -> None:
        self._pages: set[str] = set()
        self._runs: dict[str, set[_Words]] = {}
        self._texts: dict[str, list[_Words]] = {}
        for name, reading in gathered.items():
            page = _page(reading.document)
            if name not in left:
                self._pages.add(page)
                continue
            text, masked = reading.document.text, left[name].document.text
            if text == masked:
                continue
            pieces = [_words(text[match.start() : match.end()]) for match in _COVERED.finditer(masked)]
            self._texts.setdefault(page, []).extend(pieces)
            told = {run for piece in _COVERED.split(masked) for run in _runs(_words(piece))}
            self._runs.setdefault(page, set()).update({run for piece in pieces for run in _runs(piece)} - told)

    def wholly(self, pages: Iterable[str]) -> bool:
        """Whether a version of one of these pages is kept out as a whole."""
        return not self._pages.isdisjoint(pages)

    def among(self, text: str, pages: Iterable[str]) -> bool:
        """Whether a text repeats what is hidden of these pages, or is a piece of it."""
        words = _words(text)
        for page in pages:
            if not self._runs.get(page, set()).isdisjoint(_runs(words)):
                return True
            if words and len(words) < _RUN and any(_within(words, piece) for piece in self._texts.get(page, ())):
                return True
        return False


def _page(document: Document) -> str:
    return document.url or document.id


def _words(text: str) -> _Words:
    return tuple(_WORD.findall(text.casefold()))


def _runs(words: _Words) -> set[_Words]:
    return {words[at : at + _RUN] for at in range(len(words) - _RUN + 1)}


def _within(words: _Words, piece: _Words) -> bool:
    return any(piece[at : at + len(words)] == words for at in range(len(piece) - len(words) + 1))


def _sentences(change: WatchedChange, gathered: Mapping[str, Reading]) -> Iterable[str]:
    """The sentences that a change's statements and figures stand in: they are quoted with it."""
    wanted = {*change.statements, *change.figures}
    for name in change.documents:
        reading = gathered[name]
        spans = [(one.start, one.end) for one in reading.figures if one.id in wanted]
        spans += [(span.start, span.end) for one in reading.statements if one.id in wanted for span in one.content]
        for start, end in spans:
            around = sentence_around(reading.document, start, end)
            yield reading.document.text[around.start : around.end]


def _records(reading: Reading) -> Iterable[str]:
    return (*(one.id for one in reading.statements), *(one.id for one in reading.figures))
