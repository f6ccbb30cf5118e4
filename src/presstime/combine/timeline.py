"""Events → timeline: what was done, each event with everyone's telling of it.

In: readings, the cast and each document's origin. Out: `TimelineEntry`s in order of time. Tellings are of one event
where they are of one type, at one place, on one day, share the doer, the target, the means or the word, and differ in
neither doer nor means; a telling without a day joins the one event that it fits. Two hours in one mouth are two events;
in two mouths they are one whose times differ. Acts in words are reactions, counts of the dead are figures, and what is
only denied is a denial: none of these stands here.

Example: one paper has the shelling "at around 1 pm", another "at 1:20 pm" → one entry, two tellings, times differ.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from presstime.combine.identity import Cast
from presstime.combine.moments import Interval, day_of, interval, is_clock
from presstime.combine.names import is_pronoun, name_key
from presstime.findings import Telling, TimelineEntry
from presstime.ids import make_id
from presstime.read.answers import content_words
from presstime.records import Context, Event, EventType, Participant, Place, Reading, Standing, Time

__all__ = ["find_timeline"]

_DEEDS: frozenset[EventType] = frozenset(
    {"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "PROTEST", "SANCTION", "AID", "CONSULT", "CONCEDE", "COOPERATE"}
)
_LAST = "9999"
_COUNTED = re.compile(r"(?:been |were |was )?(?:killed|dead|died|deaths?|injured|wounded|hurt|missing|displaced|evacuated)", re.IGNORECASE)
_BESIDE = 20
"""Characters between a count and its own verb ("23 the number of people killed")."""


@dataclass(frozen=True, slots=True)
class _Told:
    event: Event
    telling: Telling
    day: str | None
    published: str | None
    place: str | None
    where: str
    coarse: bool
    doer: str
    struck: frozenset[str]
    words: str
    order: int


def find_timeline(
    readings: Sequence[Reading], cast: Cast, context: Context, origin_of: Mapping[str, tuple[str, str]]
) -> tuple[TimelineEntry, ...]:
    """Every deed of the event told, oldest first. `origin_of` gives a document's origin as (id, name)."""
    spellings = {name_key(n): name_key(p.name) for p in context.places for n in (*p.names, p.name)}
    told: list[_Told] = []
    for reading in readings:
        times = {t.id: t for t in reading.times}
        places = {p.id: p for p in reading.places}
        statements = {s.id: s for s in reading.statements}
        counted = [(f.start, f.end, f.scope) for f in reading.figures]
        origin = origin_of[reading.document.id]
        text = reading.document.text
        for event in reading.events:
            if (
                event.type not in _DEEDS
                or event.scope == "past"
                or event.standing == "hypothetical"
                or _is_toll(event, text[event.start : event.end], counted)
            ):
                continue
            statement = statements.get(event.statement or "")
            giver = (cast.speaker_name(statement, reading.document.id) if statement else None) or origin[1]
            place = places.get(event.place or "")
            place = place if place is not None and place.use == "literal" else None
            told.append(_tell(event, reading, times.get(event.time or ""), place, giver, origin[0], cast, spellings, len(told)))
    groups: list[list[_Told]] = []
    for one in sorted(told, key=lambda t: (t.day is None, t.order)):  # those with a day first: the others join them
        fitting = [g for g in groups if _fits(one, g)]
        if len(fitting) == 1 or (fitting and one.day is not None):
            fitting[0].append(one)
        else:
            groups.append([one])
    # what is only denied was told by nobody: the denial itself is a statement
    entries = [_entry(sorted(g, key=lambda t: t.order)) for g in groups if any(t.event.standing != "denied" for t in g)]
    return tuple(sorted(entries, key=lambda e: (_first(e), e.id)))


def _is_toll(event: Event, words: str, counted: Sequence[tuple[int, int, str]]) -> bool:
    """Whether an event is no more than a count of people or things: "three people were killed", "23 killed since January"."""
    own = _COUNTED.fullmatch(words) is not None
    reach = _BESIDE if own else 0
    return any(a < event.end + reach and event.start < b + reach and (event.actor is None or scope != "event") for a, b, scope in counted)


def _tell(
    event: Event,
    reading: Reading,
    time: Time | None,
    place: Place | None,
    giver: str,
    origin: str,
    cast: Cast,
    spellings: Mapping[str, str],
    order: int,
) -> _Told:
    covered = time is not None and time.kind in ("date", "time")
    start = (time.from_ or (time.value if interval(time.value) else None)) if time is not None and covered else None
    end = time.to if time is not None and covered else None
    telling = Telling(event=event.id, from_=start, to=end, standing=event.standing, giver=giver, origin=origin)
    shown = (place.gazetteer or place.name) if place else None
    name = name_key(place.name) if place else ""
    where = "" if place is None else place.gazetteer or spellings.get(name, name)
    text = reading.document.text[event.start : event.end]
    published = day_of(reading.document.published)
    doer = _doer(event.actor, reading, cast)
    coarse = place is not None and place.precision in ("country", "region")
    return _Told(event, telling, day_of(start), published, shown, where, coarse, doer, _struck(event), name_key(text), order)


def _doer(participant: Participant | None, reading: Reading, cast: Cast) -> str:
    """A key for who did it: the country that the words name, else the actor; "" where the words do not tell."""
    if participant is None or is_pronoun(participant.name):
        return ""
    told = cast.nations.in_name(participant.name)
    if told is not None:
        return told[0].key
    actor = cast.who(participant, reading.document.id)
    nation = cast.nation(actor) if actor else None
    if nation is not None:
        return nation.key
    if actor is not None:
        return actor.id
    # "its troops", "the men": somebody's, but not told whose
    return name_key(participant.name) if participant.name[:1].isupper() else ""


def _struck(event: Event) -> frozenset[str]:
    """The words of whom or what it was done to, cut so that their forms meet."""
    return frozenset(content_words(event.recipient.name)) if event.recipient is not None else frozenset()


def _fits(one: _Told, group: Sequence[_Told]) -> bool:
    return all(_same(one, other) for other in group)


def _same(a: _Told, b: _Told) -> bool:
    """Whether two tellings can be of one event."""
    if a.event.type != b.event.type or (a.doer and b.doer and a.doer != b.doer):
        return False
    if a.telling.origin == b.telling.origin and a.words == b.words and a.day == b.day and a.where == b.where and a.doer == b.doer:
        return _not_apart(a, b)  # the same words in copies of one text
    if (a.event.standing == "planned") != (b.event.standing == "planned"):
        return False
    if a.event.mode and b.event.mode and a.event.mode != b.event.mode:
        return False
    same_doer = bool(a.doer) and a.doer == b.doer
    if not (same_doer or a.struck & b.struck or a.words == b.words or (a.event.mode and a.event.mode == b.event.mode)):
        return False
    if a.where != b.where and not (same_doer and a.struck and a.struck == b.struck and not (a.where and b.where)):
        return False  # told without its place, it must be the same in all else
    if (not a.where or a.coarse) and not same_doer:
        return False  # much happens in a country on one day
    if a.day is not None and b.day is not None:
        return a.day == b.day and _not_apart(a, b)
    day = a.day or b.day
    told = b.published if a.day else a.published
    return day is not None and (told is None or day <= told)


def _not_apart(a: _Told, b: _Told) -> bool:
    """Whether one mouth does not put them at two different hours."""
    if a.event.id == b.event.id:
        return True
    return not (a.telling.giver == b.telling.giver and _differ([a.telling, b.telling]))


def _entry(group: list[_Told]) -> TimelineEntry:
    first = next((t for t in group if t.place is not None), group[0])
    return TimelineEntry(
        id=make_id("entry", group[0].event.id),
        type=first.event.type,
        place=first.place,
        tellings=tuple(t.telling for t in group),
        standing=_joint({t.event.standing for t in group}),
        times_differ=_differ([t.telling for t in group]),
    )


def _differ(tellings: Sequence[Telling]) -> bool:
    """Whether two tellings give times within the day that do not overlap."""
    covered = [c for t in tellings if (c := _covered(t)) is not None]
    return bool(covered) and max(a for a, _ in covered) >= min(b for _, b in covered)


def _covered(telling: Telling) -> Interval | None:
    """The part of a day that a telling names; None for a whole day or more."""
    start, end = interval(telling.from_), interval(telling.to)
    if start is None or (end is None and not is_clock(telling.from_)):
        return None
    span = (start[0], end[0]) if end is not None and end[0] > start[0] else start
    return span if (span[1] - span[0]).total_seconds() < 24 * 3600 else None


def _joint(standings: set[Standing]) -> Standing:
    """One standing for several tellings: denied by some and told by others is disputed."""
    if "disputed" in standings or ("denied" in standings and len(standings) > 1):
        return "disputed"
    order: tuple[Standing, ...] = ("reported", "claimed", "denied", "planned")
    return next((s for s in order if s in standings), "claimed")


def _first(entry: TimelineEntry) -> str:
    """When an entry begins, for order; what has no time comes last."""
    starts = [c[0].isoformat() for t in entry.tellings if (c := interval(t.from_)) is not None]
    return min(starts, default=_LAST)
