"""The days of the timeline → its entries as they are written: givers by name, origins counted, standing over all tellings.

In: what is settled of each day, the book, the story's world (people's decisions). Out: `TimelineEntry`s by when they
happened, by their earliest telling; those without a day come last, in the order of publication; and candidates.

Example: tellings at 11:10 by residents and 13:00 by the ombudsman → one entry from 11:10, both kept, `times_differ`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from presstime.combine.book import Book
from presstime.combine.event_told import Shown
from presstime.combine.event_when import ahead
from presstime.combine.moments import Interval, interval
from presstime.combine.stages import World
from presstime.combine.timeline import TIMELINE, Entry, OneDay, heeded
from presstime.findings import Candidate, Telling, TimelineEntry
from presstime.records import Standing

__all__ = ["TIMELINE", "present_background", "present_event_candidates", "present_timeline"]

LONG_BEFORE = 30
"""Days before the first document of the story from which on an event is recalled: a story's first papers sum up weeks."""
_DAY_SECONDS = 24 * 3600
_STANDINGS: tuple[Standing, ...] = ("reported", "claimed", "denied", "planned")

Precision = Literal["time", "part of a day", "day", "longer"]


def present_timeline(found: Iterable[OneDay], book: Book, world: World | None = None) -> tuple[TimelineEntry, ...]:
    """The timeline, by when things happened; what has no day comes last, in the order of publication."""
    return _presented(_parts(found, world)[0], book)


def present_background(found: Iterable[OneDay], book: Book, world: World | None = None) -> tuple[TimelineEntry, ...]:
    """What is only recalled, in the same order."""
    return _presented(_parts(found, world)[1], book)


def present_event_candidates(found: Iterable[OneDay], book: Book, world: World | None = None) -> tuple[Candidate, ...]:
    """Pairs of entries that may be one, the likeliest first; those that people have decided about are left out."""
    days = list(found)
    now = {name: entry.ids[0] for part in _parts(days, world) for entry in part for name in entry.ids}
    titles = {entry.ids[0]: _title(entry) for part in _parts(days, world) for entry in part}
    made: dict[tuple[str, str], Candidate] = {}
    for day in days:
        for pair in day.likely:
            one, other = now[pair.one], now[pair.other]
            if one != other and (one, other) not in made:
                names = titles[one], titles[other]
                made[one, other] = Candidate(kind="event", one=one, other=other, names=names, why=pair.why, score=pair.score)
    return tuple(sorted(made.values(), key=lambda c: (-c.score, c.one, c.other)))


# ---------------------------------------------------------------- entries


def _parts(found: Iterable[OneDay], world: World | None) -> tuple[list[Entry], list[Entry]]:
    """The entries of the timeline and those of the background, those that people have said are the same made one."""
    days = list(found)
    first = min((t.published for day in days for e in day.entries for t in e.tellings if t.published), default="")
    early = (date.fromisoformat(first) - timedelta(days=LONG_BEFORE)).isoformat() if first else ""
    parts: tuple[list[Entry], list[Entry]] = [], []
    for day in days:
        past = day.part == "past" or (day.part == "" and bool(day.day) and day.day < early)
        parts[past].extend(day.entries)
    return _one(parts[0], world), _one(parts[1], world)


def _one(entries: list[Entry], world: World | None) -> list[Entry]:
    """Entries, each with those that it is the same as by people's word."""
    same = [d for d in heeded(world.decisions) if d.verdict == "same"] if world is not None else []
    if not same:
        return entries
    by_id = {name: number for number, entry in enumerate(entries) for name in entry.ids}
    leader = list(range(len(entries)))

    def top(number: int) -> int:
        while leader[number] != number:
            number = leader[number]
        return number

    for decision in same:
        if decision.one in by_id and decision.other in by_id:
            a, b = sorted((top(by_id[decision.one]), top(by_id[decision.other])), key=lambda n: (entries[n].order, n))
            leader[b] = a
    joined: dict[int, list[Entry]] = {}
    for number, entry in enumerate(entries):
        joined.setdefault(top(number), []).append(entry)
    return [_together(sorted(own, key=lambda e: e.order)) for own in joined.values()]


def _together(entries: Sequence[Entry]) -> Entry:
    if len(entries) == 1:
        return entries[0]
    pairs = sorted(((e.order, n, t, i) for n, e in enumerate(entries) for t, i in zip(e.tellings, e.ids, strict=True)), key=lambda p: p[:2])
    return Entry(
        type=entries[0].type,
        place=next((e.place for e in entries if e.place is not None), None),
        tellings=tuple(t for _, _, t, _ in pairs),
        ids=tuple(i for _, _, _, i in pairs),
        order=entries[0].order,
    )


def _presented(entries: Iterable[Entry], book: Book) -> tuple[TimelineEntry, ...]:
    made = [(entry, _entry(entry, book)) for entry in entries]
    made.sort(key=lambda pair: (*_earliest(pair[0]), pair[0].order, pair[1].id))
    return tuple(entry for _, entry in made)


def _entry(entry: Entry, book: Book) -> TimelineEntry:
    narrow = min((t for t in entry.tellings if _covered(t.from_, t.to) is not None), key=_length, default=None)
    counted = book.independent((t.statement, t.document) for t in entry.tellings)
    return TimelineEntry(
        id=entry.ids[0],
        type=entry.type,
        place=entry.place,
        tellings=tuple(_telling(t, book) for t in entry.tellings),
        standing=_joint({t.standing for t in entry.tellings}),
        times_differ=_differ(entry.tellings),
        from_=narrow.from_ if narrow is not None else None,
        to=narrow.to if narrow is not None else None,
        precision=_precision(narrow) if narrow is not None else None,
        origins=counted.origins,
        independent_at_most=counted.at_most,
        counted=counted.counted,
        redirects=tuple(dict.fromkeys(i for i in entry.ids if i != entry.ids[0])),
    )


def _telling(telling: Shown, book: Book) -> Telling:
    origin = book.origin(telling.statement or "", telling.document)
    own = book.own.get(telling.document)
    giver = book.name(telling.giver) if telling.giver else (book.name(own) if own is not None and own in book.origins else telling.outlet)
    return Telling(event=telling.event, from_=telling.from_, to=telling.to, standing=telling.standing, giver=giver, origin=origin)


def _title(entry: Entry) -> str:
    """An entry in a few words, to be told from another: its type, place and time."""
    times = sorted(t.from_ for t in entry.tellings if t.from_)
    return ", ".join(w for w in (entry.type, entry.place, times[0] if times else None) if w)


# ---------------------------------------------------------------- standing and times


def _joint(standings: set[Standing]) -> Standing:
    """One standing for several tellings: denied by some and told by others is disputed."""
    if "disputed" in standings or ("denied" in standings and len(standings) > 1):
        return "disputed"
    return next((s for s in _STANDINGS if s in standings), "claimed")


class _Covered(NamedTuple):
    """What a telling's times cover, how many seconds that is, when it begins in ISO 8601, and, if less than a day, the same by the source's
    own clock."""

    times: Interval
    seconds: float
    begins: str
    clock: Interval


@lru_cache(maxsize=20_000)
def _covered(from_: str | None, to: str | None) -> _Covered | None:
    """What two times cover; None where they name no day. Of thousands of tellings most have the times of others."""
    first, last = interval(from_), interval(to)
    if first is None:
        return None
    start, end = (first[0], last[0]) if last is not None and last[0] > first[0] else first
    seconds = (end - start).total_seconds()
    own = timedelta(minutes=ahead(from_) if seconds < _DAY_SECONDS else 0)
    return _Covered((start, end), seconds, start.isoformat(), (start + own, end + own))


def _length(telling: Shown) -> float:
    covered = _covered(telling.from_, telling.to)
    assert covered is not None
    return covered.seconds


def _precision(telling: Shown) -> Precision:
    length = _length(telling)
    if length < _DAY_SECONDS:
        return "time" if length <= 60 else "part of a day"
    return "day" if length <= _DAY_SECONDS else "longer"


def _differ(tellings: Sequence[Shown]) -> bool:
    """Whether two tellings give times within the day that do not overlap, neither as told nor by the sources' own clocks.
    A whole day differs from none of its hours."""
    told = [c for t in tellings if (c := _covered(t.from_, t.to)) is not None and c.seconds < _DAY_SECONDS]
    return _parted([c.times for c in told]) and _parted([c.clock for c in told])


def _parted(covered: Sequence[Interval]) -> bool:
    return bool(covered) and max(a for a, _ in covered) >= min(b for _, b in covered)


def _earliest(entry: Entry) -> tuple[bool, str]:
    """When an entry begins, for order; what has no day comes last."""
    starts = [c.begins for t in entry.tellings if (c := _covered(t.from_, t.to)) is not None]
    return not starts, min(starts, default="")
