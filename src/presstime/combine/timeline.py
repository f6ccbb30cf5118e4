"""Events → timeline: what was done, each event with everyone's telling of it.

In: readings, the shown names of actors, the origin of each document. Out: `TimelineEntry`s in order of time. A first
version of sameness: events of one type at one place on one day, by one actor where both name one. Acts in words
(demands, accusations, rejections…) are reactions and do not stand here. Tellings that put it at different times stand
side by side.

Example: one paper has the shelling "at around 1 pm", another "at 1:20 pm" → one entry, two tellings, times differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from presstime.combine.names import name_key
from presstime.findings import Telling, TimelineEntry
from presstime.ids import make_id
from presstime.records import Event, EventType, Place, Reading, Standing, Time

__all__ = ["find_timeline"]

_DEEDS: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "PROTEST", "SANCTION", "AID", "CONSULT", "CONCEDE", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class _Told:
    event: Event
    telling: Telling
    day: str
    place: str | None
    actor: str


def find_timeline(readings: Sequence[Reading], name_of: Mapping[str, str], origin_of: Mapping[str, tuple[str, str]]) -> tuple[TimelineEntry, ...]:
    """Every deed of the event told, oldest first. `origin_of` gives a document's origin as (id, name)."""
    groups: dict[tuple[str, ...], list[_Told]] = {}
    for reading in readings:
        times = {t.id: t for t in reading.times}
        places = {p.id: p for p in reading.places}
        speakers = {s.id: name_of.get(s.speaker.actor or "", s.speaker.name) for s in reading.statements if s.speaker is not None}
        identity, origin = origin_of[reading.document.id]
        for event in reading.events:
            if event.type not in _DEEDS or event.scope == "past" or event.standing == "hypothetical":
                continue
            told = _told(event, reading, times, places, speakers.get(event.statement or "") or origin, identity)
            key = (event.type, told.place or event.id, told.day, told.actor)
            groups.setdefault(key, []).append(told)
    entries = [_entry(group) for group in _without_actor_joined(groups)]
    return tuple(sorted(entries, key=lambda e: (min(t.from_ or "9999" for t in e.tellings), e.id)))


def _told(
    event: Event, reading: Reading, times: Mapping[str, Time], places: Mapping[str, Place], giver: str, origin: str
) -> _Told:
    time = times.get(event.time or "")
    place = places.get(event.place or "")
    start = time.from_ if time else None
    telling = Telling(event=event.id, from_=start, to=time.to if time else None, standing=event.standing, giver=giver, origin=origin)
    day = (start or reading.document.published or "")[:10]
    actor = name_key(event.actor.name) if event.actor else ""
    return _Told(event, telling, day, (place.gazetteer or place.name) if place else None, actor)


def _without_actor_joined(groups: dict[tuple[str, ...], list[_Told]]) -> list[list[_Told]]:
    """A telling that names no actor joins the one that does, where there is just one at that place and day."""
    named: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for key in groups:
        if key[3]:
            named.setdefault(key[:3], []).append(key)
    for key in [k for k in groups if not k[3]]:
        others = named.get(key[:3], [])
        if len(others) == 1:
            groups[others[0]].extend(groups.pop(key))
    return list(groups.values())


def _entry(group: list[_Told]) -> TimelineEntry:
    first = group[0]
    standings = {t.event.standing for t in group}
    clock = {t.telling.from_ for t in group if t.telling.from_ and _is_clock(t.telling)}
    return TimelineEntry(
        id=make_id("entry", first.event.id),
        type=first.event.type,
        place=first.place,
        tellings=tuple(t.telling for t in group),
        standing=_joint(standings),
        times_differ=len(clock) > 1,
    )


def _is_clock(telling: Telling) -> bool:
    """Whether a telling gives the time of day rather than a day or part of one."""
    return telling.from_ is not None and telling.to is not None and telling.from_[:13] == telling.to[:13]


def _joint(standings: set[Standing]) -> Standing:
    """One standing for several tellings: denied by some and told by others is disputed."""
    if "disputed" in standings or ("denied" in standings and len(standings) > 1):
        return "disputed"
    order: tuple[Standing, ...] = ("reported", "claimed", "denied", "planned")
    return next((s for s in order if s in standings), "claimed")
