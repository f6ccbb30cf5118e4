"""Events whose day is not told, or told as several → the one day on which others tell of the same.

In: all tellings of one kind of deed at one place. Out: for those whose own words leave the day open the day to compare
them on, as facts for the timeline; nothing is said of the others. What fits events of two days is given none.

Example: "Guards led the mayor of Velm away", in a post without a date; others tell of it on 3 May → 3 May.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from presstime.combine.event_match import HEADS, Group, contradicts, likeness
from presstime.combine.event_told import Deed, Told, told_of
from presstime.combine.event_when import How
from presstime.combine.stages import Known, Note, Settled, Stage, World
from presstime.records import Reading

__all__ = ["EVENT_DAYS", "EventDay"]

BACK = 7
"""Days before the one known on which a deed told without its day may have been done: a paper sums up a week."""


class EventDay(msgspec.Struct, frozen=True, array_like=True):
    """The day of a telling that leaves it open; "" where it fits several."""

    day: str


class _Dated(msgspec.Struct, frozen=True, array_like=True):
    """What is noted. `last` ends the days that it may be of, where it tells several."""

    deed: Deed
    day: str
    last: str
    how: How


def _notes(reading: Reading, known: Known) -> Iterator[Note[_Dated]]:
    for told in told_of(reading, known):
        if not told.part and told.deed.site.keys:
            key = f"{told.family} {told.deed.site.keys[0]}"
            yield Note(key, told.shown.event, known.at(told.position), _Dated(_plain(told), told.day, told.last, told.how))


def _plain(told: Told) -> Deed:
    return msgspec.structs.replace(told.deed, voice="")


def _settle(key: str, notes: Sequence[Note[_Dated]], world: World) -> Settled[EventDay, None]:
    open_ = [n for n in notes if n.data.how != "own"]
    if not open_:
        return Settled()
    days: dict[str, dict[Deed, Group]] = {}
    for note in notes:
        if note.data.how == "own" and len(held := days.setdefault(note.data.day, {})) < HEADS and note.data.deed not in held:
            held[note.data.deed] = _group(note.data.deed)
    facts: dict[str, EventDay] = {}
    seen: dict[_Dated, str | None] = {}
    for note in open_:
        data = note.data
        if data not in seen:
            seen[data] = _day_of(data, days)
            if seen[data] is None and data.how == "none" and data.day:  # others that leave it open meet it there
                days.setdefault(data.day, {}).setdefault(data.deed, _group(data.deed))
        day = seen[data]
        if day is not None and day != data.day:
            facts[note.record] = EventDay(day)
    return Settled(facts=facts)


def _day_of(data: _Dated, days: dict[str, dict[Deed, Group]]) -> str | None:
    """The one day of what fits; "" where several do, None where none does."""
    possible = _possible(data, days)
    own = _group(data.deed)
    fits = [d for d in sorted(possible) if any(likeness(own, g) > 0 and contradicts(own, g) is None for g in days[d].values())]
    if data.day in fits and data.how == "carried":
        return data.day
    return None if not fits else fits[0] if len(fits) == 1 else ""


def _group(deed: Deed) -> Group:
    group = Group()
    group.take(deed)
    return group


def _possible(data: _Dated, days: Iterable[str]) -> list[str]:
    if not data.day:
        return list(days)
    first, last = date.fromisoformat(data.day), date.fromisoformat(data.last or data.day)
    if data.how != "span":
        first -= timedelta(days=BACK)
    return [day for day in days if day and first.isoformat() <= day <= last.isoformat()]


EVENT_DAYS: Stage[_Dated, EventDay, None] = Stage(
    name="event_days", data=_Dated, fact=EventDay, found=type(None), notes=_notes, settle=_settle
)
"""Which day a telling is compared on, where its own words leave that open."""
