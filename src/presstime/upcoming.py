"""What publishing now would say: the correction note on the edition published last, what changed since, whose names would be held back.

In: a story's folder and a moment. Out: `Upcoming`; nothing is written. The note is the very one that an edition published at that moment
gets. Example: an editor has put "at least 51" right to "at least 15": the note says so before it is printed.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from presstime.compile import said_in, with_said
from presstime.editions import correction_note_of, last_published, lines_between
from presstime.ledger import Ledger
from presstime.problems import LedgerError
from presstime.records import Record
from presstime.show.held_back import find_held
from presstime.show.material import Material, index_material
from presstime.show.visible import visible_material
from presstime.story import LEDGER, open_story
from presstime.version import __version__

__all__ = ["Change", "HeldName", "Upcoming", "upcoming"]

MOST_CHANGES = 400


class Change(Record, frozen=True):
    """A line that differs from the edition published last: new, changed, withdrawn …, of what, and in words."""

    kind: str
    of: str
    words: str


class HeldName(Record, frozen=True):
    """A person whose name is held back, why, and what stands for it."""

    name: str
    reason: str
    instead: str


class Upcoming(Record, frozen=True):
    """What an edition published now would say. `fault` is why that cannot be told."""

    note: str | None = None
    changes: tuple[Change, ...] = ()
    more: int = 0
    held: tuple[HeldName, ...] = ()
    first: bool = False
    fault: str | None = None


def upcoming(folder: Path, now: datetime) -> Upcoming:
    """What publishing would say, from the last findings and everything that people have put right. Raises StoryError and LedgerError."""
    story = open_story(folder)
    with Ledger.open(folder / LEDGER, create=False) as ledger:
        findings = ledger.findings()
        if findings is None:
            raise LedgerError("nothing has been combined yet: add sources first")
        readings = tuple(ledger.corrected_readings(now, story.time_zone))
        said = said_in(ledger, readings, now)
        material = Material(
            title=story.title,
            as_of=findings.as_of,
            time_zone=story.time_zone,
            findings=findings,
            readings=readings,
            presstime=__version__,
        )
        shown = visible_material(with_said(material, said.beside), said.restrictions)
        note = correction_note_of(ledger, story, now)
    before = last_published(folder)
    lines = lines_between(before, shown) if before is not None else ()
    held = find_held(index_material(shown), shown.let_through)
    return Upcoming(
        note=note,
        changes=tuple(Change(kind=line.kind, of=line.of, words=line.words) for line in lines[:MOST_CHANGES]),
        more=max(0, len(lines) - MOST_CHANGES),
        held=tuple(HeldName(name=one.name, reason=one.reason, instead=one.instead) for one in held),
        first=before is None,
    )
