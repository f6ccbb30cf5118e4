"""Events → timeline: what was done, each event with everyone's telling of it, its standing and its times.

In: every telling of a deed of one kind on one day. Out: the events that these are, and what is left for a person to decide.
Acts in words are reactions, counts of the dead are figures, and what is only denied was told by nobody: none of these
stands here. What is planned is an entry of its own, apart from the deed; what is recalled goes to the background.

Example: one paper has the shelling "at around 1 pm", another "at 1:20 pm" → one entry, two tellings, times differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from presstime.combine.event_day import EVENT_DAYS
from presstime.combine.event_match import Group, causeless, gathered
from presstime.combine.event_told import Deed, Shown, told_of
from presstime.combine.stages import Known, Note, Settled, Stage, World
from presstime.findings import Decision
from presstime.ids import make_id
from presstime.records import EventType, Reading

__all__ = ["TIMELINE", "Entry", "Likely", "OneDay", "entry_id", "heeded"]


class _Told(msgspec.Struct, frozen=True, array_like=True):
    """What is noted of a telling: what is compared and what is shown."""

    deed: Deed
    shown: Shown


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An event: its tellings in order. `ids` are its ids by each of them, its own first."""

    type: EventType
    place: str | None
    tellings: tuple[Shown, ...]
    ids: tuple[str, ...]
    order: str


class Likely(msgspec.Struct, frozen=True, kw_only=True):
    """Two entries that may be one, by their ids."""

    one: str
    other: str
    why: str
    score: float


class OneDay(msgspec.Struct, frozen=True, kw_only=True):
    """What is settled of one kind of deed on one day. `part` tells deeds from plans and from what is only recalled."""

    part: str
    day: str
    entries: tuple[Entry, ...]
    likely: tuple[Likely, ...] = ()


def entry_id(event: str) -> str:
    """The id that a timeline entry has by one of its tellings."""
    return _entry_id(event)


@lru_cache(maxsize=200_000)
def _entry_id(event: str) -> str:
    return make_id("entry", event)


def heeded(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """People's decisions about events that stand: the last of each pair, and none that was taken back."""
    gone = {d.takes_back for d in decisions if d.verdict == "undone"}
    last: dict[frozenset[str], Decision] = {}
    for decision in sorted(decisions, key=lambda d: (d.at, d.id)):
        if decision.kind == "event" and decision.verdict != "undone" and decision.id not in gone:
            last[frozenset((decision.one, decision.other))] = decision
    return tuple(last.values())


# ---------------------------------------------------------------- notes


def _notes(reading: Reading, known: Known) -> Iterator[Note[_Told]]:
    for told in told_of(reading, known):
        found = known.of(EVENT_DAYS, told.shown.event)
        day = found[0].day if found and not told.part else told.day
        shown = told.shown
        if told.how == "carried" and day != told.day:  # the day that was carried on is another deed's
            shown = msgspec.structs.replace(shown, from_=None, to=None)
        key = " ".join((*((told.part,) if told.part else ()), told.family, day))
        yield Note(key, shown.event, known.at(told.position), _Told(told.deed, shown))


# ---------------------------------------------------------------- settling


def _settle(key: str, notes: Sequence[Note[_Told]], world: World) -> Settled[None, OneDay]:
    words = key.split(" ")
    part = words[0] if words[0] in ("plan", "past") else ""
    alike: dict[Deed, list[int]] = {}
    named, pairs = _decided(notes, world)
    alone: list[tuple[Deed, list[int]]] = []
    for number, note in enumerate(notes):
        if number in named:
            alone.append((note.data.deed, [number]))
        else:
            alike.setdefault(note.data.deed, []).append(number)
    held = sorted([*alone, *alike.items()], key=lambda pair: pair[1][0])
    at = {numbers[0]: n for n, (_, numbers) in enumerate(held)}
    groups, doubts = gathered([deed for deed, _ in held], [(at[a], at[b]) for a, b in pairs])
    entries: dict[int, Entry] = {}
    for number, group in enumerate(groups):
        entry = _entry(group, held, notes)
        if entry is not None:
            entries[number] = entry
    parted = {frozenset((d.one, d.other)) for d in heeded(world.decisions) if d.verdict == "apart"}
    likely = []
    for doubt in doubts:
        one, other = entries.get(doubt.one), entries.get(doubt.other)
        if one is None or other is None or _parted(one, other, parted):
            continue
        likely.append(Likely(one=one.ids[0], other=other.ids[0], why=doubt.why, score=doubt.score))
    if not entries:
        return Settled()
    return Settled(OneDay(part=part, day=words[-1], entries=tuple(sorted(entries.values(), key=lambda e: e.order)), likely=tuple(likely)))


def _decided(notes: Sequence[Note[_Told]], world: World) -> tuple[set[int], list[tuple[int, int]]]:
    """The notes whose entries people have put apart, and the pairs."""
    wanted = [(d.one, d.other) for d in heeded(world.decisions) if d.verdict == "apart"]
    if not wanted:
        return set(), []
    names = {name for pair in wanted for name in pair}
    number = {name: n for n, note in enumerate(notes) if (name := entry_id(note.record)) in names}
    pairs = [(number[a], number[b]) for a, b in wanted if a in number and b in number]
    return {n for pair in pairs for n in pair}, pairs


def _parted(one: Entry, other: Entry, parted: set[frozenset[str]]) -> bool:
    if not parted:
        return False
    return any(not pair.isdisjoint(one.ids) and not pair.isdisjoint(other.ids) for pair in parted)


def _entry(group: Group, held: Sequence[tuple[Deed, list[int]]], notes: Sequence[Note[_Told]]) -> Entry | None:
    """An event of its tellings; None where it is only denied, or nobody is said to have done what may be an accident."""
    numbers = sorted(n for member in group.numbers for n in held[member][1])
    told = [notes[n].data for n in numbers]
    if all(t.shown.standing == "denied" for t in told) or causeless([held[n][0] for n in group.numbers]):
        return None
    first = next(t for t in told if t.shown.standing != "denied")
    placed = sorted((t.deed.site.wide, n, t.shown.place) for n, t in enumerate(told) if t.shown.place is not None)
    return Entry(
        type=first.deed.type,
        place=placed[0][2] if placed else None,
        tellings=tuple(t.shown for t in told),
        ids=tuple(entry_id(t.shown.event) for t in told),
        order=notes[numbers[0]].order,
    )


TIMELINE = Stage(name="timeline", data=_Told, fact=type(None), found=OneDay, notes=_notes, settle=_settle, decided=True)
"""The events of each day."""
