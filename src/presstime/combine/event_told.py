"""A reading's events → what is compared of each, and what is shown of it.

In: a reading, and what earlier steps know of its records. Out: `Told`s. What is done in words, what is merely thought of
and what only counts the dead is left out. A time that stands in another sentence than its event gives only its day.

Example: "Guns of Ardan shelled Velm at 11:10 on Tuesday" → kinds fire; doer Ardan; place Velm; 11:10 on that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import msgspec

from presstime.combine.event_place import NOWHERE, Site, site_of, spellings, text_around
from presstime.combine.event_when import How, When, when_of
from presstime.combine.event_words import deed_words, family_of, fitting, kinds_of, things_in
from presstime.combine.moments import day_of
from presstime.combine.names import is_pronoun, name_key
from presstime.combine.stages import Known
from presstime.combine.who import Who, reference, speaker_of, who
from presstime.read.kinship import names_in
from presstime.read.lexicon import words
from presstime.records import Event, EventType, Figure, Participant, Place, Reading, Standing, Statement, Time

__all__ = ["Deed", "Shown", "Told", "told_of"]

_BESIDE = 20
"""Characters between a count and its own verb ("23, the number of people killed")."""
_POSSESSIVE = re.compile(r"[’']s\b.*")


class Deed(msgspec.Struct, frozen=True, array_like=True):
    """What is compared of a telling; two that are equal are of one deed.

    `doers` are keys of whoever did it, none where the words name nobody; `by` and `targets` the things in the words for
    doer and target, `at` those in the place's name. `begin` and `end` are minutes since 1970 where an hour or part of a day
    is told with it, else 0, and `ahead` is how far its source's clock is ahead of UTC. `near` is a place that its paragraph
    names and it does not; `voice` whose words they are; `meant` tells a deed from what may be an accident: somebody did it,
    or with a weapon; `told` tells one from a mere mention: who, whom, where or when is told.
    """

    type: EventType
    kinds: tuple[str, ...]
    site: Site = NOWHERE
    near: tuple[str, ...] = ()
    doers: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    begin: int = 0
    end: int = 0
    ahead: int = 0
    voice: str = ""
    another: bool = False
    meant: bool = False
    told: bool = True


class Shown(msgspec.Struct, frozen=True, array_like=True):
    """What is shown of a telling. `giver` is a reference, None for the document's own voice, whose outlet is `outlet`."""

    event: str
    document: str
    standing: Standing
    from_: str | None = None
    to: str | None = None
    statement: str | None = None
    giver: str | None = None
    outlet: str = ""
    place: str | None = None
    published: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A telling. `day` is the day it is compared on, "" for none; `days` the last of those it can be of, where several."""

    position: int
    part: Literal["", "plan", "past"]
    family: str
    day: str
    last: str
    how: How
    deed: Deed
    shown: Shown


def told_of(reading: Reading, known: Known) -> Iterator[Told]:
    """Every telling of a deed in a reading. A mere mention ("the fighting") is none: it tells neither who, whom, where nor when."""
    if not any(family_of(e.type) for e in reading.events):
        return
    page = _Page(reading, known)
    for event in reading.events:
        family = family_of(event.type)
        if family is not None and event.standing != "hypothetical" and not page.is_toll(event):
            told = page.told(event, family)
            if told.deed.told or told.part == "past":
                yield told


class _Page:
    """One reading, with what is looked up in it for its events."""

    def __init__(self, reading: Reading, known: Known) -> None:
        self.reading, self.known = reading, known
        self.text, self.document = reading.document.text, reading.document.id
        self.times = {t.id: t for t in reading.times}
        self.timed: dict[str, list[Time]] = {}
        for time in reading.times:
            self.timed.setdefault(time.value, []).append(time)
        self.places = {p.id: p for p in reading.places}
        self.statements = {s.id: s for s in reading.statements}
        self.actors = {a.id: a for a in reading.actors}
        self.spelled = spellings(known.world.context)
        self.around = text_around(self.text, reading.places, reading.document.dateline)
        self.points = [p for p in sorted(reading.places, key=lambda p: p.start) if p.use == "literal" and not self.site(p).wide]
        self.published = day_of(reading.document.published) or ""
        origins = known.facts.get("origins", {}).get(self.document, ())
        self.voice = str(origins[0].origin) if origins else self.document

    def site(self, place: Place | None) -> Site:
        return site_of(place, self.spelled, self.around.get(name_key(place.name), frozenset()) if place is not None else frozenset())

    # ------------------------------------------------------------ one telling

    def told(self, event: Event, family: str) -> Told:
        statement = self.statements.get(event.statement or "")
        place = self.places.get(event.place or "") or self._struck(event)
        site = self.site(place)
        named = self._named_only(event) if place is None else None
        if named is not None:
            site = Site((self.spelled.get(name_key(named), name_key(named)),))
        when = self._when(event)
        doers, by = self._doers(event.actor, statement)
        struck = things_in(event.recipient.name) if event.recipient is not None else frozenset()
        at = things_in(place.name) if place is not None else frozenset()
        spoken = statement is not None and statement.speaker is not None and not is_pronoun(statement.speaker.name)
        giver = reference(self.known, self.document, statement.speaker) if statement is not None else None
        deed = Deed(
            type=event.type,
            kinds=self._kinds(event),
            site=site,
            near=() if site.keys else self._near(event),
            doers=doers,
            by=by,
            targets=tuple(sorted(struck - at)),
            at=tuple(sorted(at)),
            begin=when.begin,
            end=when.end,
            ahead=when.ahead,
            voice=(giver or "") if spoken else self.voice,
            another=self._another(event),
            told=bool(event.actor or event.recipient or site.keys or when.how in ("own", "span")),
            meant=event.means is not None or self._is_party(event.actor),
        )
        shown = Shown(
            event=event.id,
            document=self.document,
            standing=event.standing,
            from_=when.from_,
            to=when.to,
            statement=event.statement,
            giver=giver,
            outlet=self.reading.document.outlet or self.document,
            place=(place.gazetteer or place.name) if place is not None and site.keys else named,
            published=self.published,
        )
        part: Literal["", "plan", "past"] = "past" if event.scope == "past" else "plan" if event.standing == "planned" else ""
        # the day beside a denial is mostly that of denying
        how: How = "carried" if event.standing == "denied" and when.how == "own" and not when.begin else when.how
        return Told(event.start, part, family, when.year if part == "past" else when.day, when.last, how, deed, shown)

    def _struck(self, event: Event) -> Place | None:
        """The place that is itself what was struck ("shells hit Velm"), where the event has no other."""
        if event.recipient is None:
            return None
        begin, end = event.recipient.start, event.recipient.end
        inside = [p for p in self.places.values() if p.use == "literal" and begin <= p.start and p.end <= end]
        inside = [p for p in inside if not self.text[: p.start].rstrip().endswith((" from", "-"))]
        return inside[-1] if inside else None

    def _named_only(self, event: Event) -> str | None:
        """The bare name of what was shelled or taken, of whom nothing else is told: a place's. Nobody is brought in so."""
        whom = event.recipient
        if whom is None or re.fullmatch(r"[A-Z][\w-]+", whom.name) is None or is_pronoun(whom.name):
            return None
        actor = self.actors.get(whom.actor or "")
        if actor is not None and (actor.kind != "person" or actor.role or len(actor.mentions) > 1):
            return None
        return whom.name if {"fire", "advance"} & set(kinds_of(self.text[event.start : event.end])) else None

    def _kinds(self, event: Event) -> tuple[str, ...]:
        spans = [(m.start, m.end) for m in event.mentions] or [(event.start, event.end)]
        told = self.text[event.start : event.end]
        found = fitting(kinds_of(told), event.type, told)
        if found and not found[0].startswith("="):
            return found
        more = {kind for a, b in spans for kind in kinds_of(self.text[a:b]) if not kind.startswith("=")}
        return tuple(k for k in fitting(sorted(more), event.type, told) if not k.startswith("=")) or found

    def _another(self, event: Event) -> bool:
        before = re.findall(r"\w+", self.text[max(0, event.start - 24) : event.start].lower())[-2:]
        return not deed_words().another.isdisjoint(before)

    def _near(self, event: Event) -> tuple[str, ...]:
        """The place that goes without saying: the last named in the paragraph, else the only one in the text, else the dateline's."""
        begins = self.text.rfind("\n", 0, event.start) + 1
        named = [p for p in self.points if begins <= p.start < event.start]
        if named:
            return self.site(named[-1]).keys
        sites = {self.site(p).keys for p in self.points}
        head = name_key((self.reading.document.dateline or "").partition(",")[0])
        return next(iter(sites)) if len(sites) == 1 else (self.spelled.get(head, head),) if head else ()

    # ------------------------------------------------------------ who

    def _doers(self, someone: Participant | None, statement: Statement | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Keys of whoever did it, and the things in the words for them."""
        if someone is None:
            return (), ()
        by = tuple(sorted(things_in(someone.name)))
        first = re.findall(r"\w+", someone.name.lower())[:1]
        if first and first[0] in deed_words().speaker and statement is not None and statement.speaker is not None:
            return self._of_speaker(statement), by
        if first and first[0] in deed_words().owner:
            return (), by
        if statement is not None and statement.act == "accusation" and self._speaks(someone, statement):
            return (), ()  # who accuses has not done it: "the ministry blamed Ardan for having shelled the port"
        found = who(self.known, self.document, someone)
        if is_pronoun(someone.name):
            actor = self.actors.get(someone.actor or "")
            return self._keys(found, actor.name if actor is not None else ""), ()
        return self._keys(found, _POSSESSIVE.sub("", someone.name) if "’s" in someone.name or "'s" in someone.name else someone.name), by

    def _speaks(self, someone: Participant, statement: Statement) -> bool:
        speaker = statement.speaker
        if speaker is None:
            return False
        one, other = who(self.known, self.document, someone), speaker_of(self.known, self.document, statement)
        return (one is not None and other is not None and one.actor == other.actor) or name_key(someone.name) == name_key(speaker.name)

    def _of_speaker(self, statement: Statement) -> tuple[str, ...]:
        """Whom a speaker's own forces are of: never the person who speaks for them."""
        assert statement.speaker is not None
        found = speaker_of(self.known, self.document, statement)
        actor = self.actors.get(statement.speaker.actor or "")
        person = (found.kind if found is not None else actor.kind if actor is not None else "person") == "person"
        told = f"{actor.role or ''} {actor.affiliation or ''}" if person and actor is not None else "" if person else statement.speaker.name
        keys = set(self._keys(found, told, person=person))
        if found is not None and found.voice:
            keys.add(f"a:{found.voice}")
        return tuple(sorted(keys))

    def _keys(self, found: Who | None, name: str, *, person: bool = False) -> tuple[str, ...]:
        keys: set[str] = set()
        if found is not None and found.nation:
            keys.add(f"n:{found.nation}")
        if found is not None and found.standing == "named" and not person:
            keys.add(f"a:{found.actor}")
        nation = self.known.world.nations.in_name(name) if name else None
        if nation is not None:
            keys.add(f"n:{nation[0].key}")
        keys.update(f"n:iso:{k[1:]}" if k.startswith("@") else f"k:{k}" for k in names_in(name))
        return tuple(sorted(keys))

    # ------------------------------------------------------------ when

    def _when(self, event: Event) -> When:
        spans = ((event.start, event.end), *((m.start, m.end) for m in event.mentions))
        time = self.times.get(event.time or "")
        if time is None:
            return when_of(None, self.text, spans, self.published)
        # the same time may be told in several sentences
        return min((when_of(t, self.text, spans, self.published) for t in self.timed[time.value]), key=lambda w: w.how == "carried")

    # ------------------------------------------------------------ counts

    def is_toll(self, event: Event) -> bool:
        """Whether an event is no more than a count: "three people were killed", "the flood claimed 19 lives"."""
        told = set(re.findall(r"[a-z]+", self.text[event.start : event.end].lower()))
        lists = deed_words()
        harm, held = not told.isdisjoint(lists.harm), not told.isdisjoint(lists.held)
        told_more = harm and not set(kinds_of(" ".join(sorted(told - lists.harm)))).isdisjoint(lists.violent)  # "shot dead"
        if not (harm or held) or told_more or self._is_party(event.actor):
            return False
        if held and not harm and self._dated(event):
            return False
        reach = _BESIDE if harm and event.recipient is None else 0
        begin, end = event.start, event.end
        if event.recipient is not None:
            begin, end = min(begin, event.recipient.start), max(end, event.recipient.end)
        return any(f.start < end + reach and begin - reach < f.end and not _of_one(f) for f in self.reading.figures)

    def _dated(self, event: Event) -> bool:
        """Whether a time is told of an event itself, and not of somebody's saying it."""
        time, statement = self.times.get(event.time or ""), self.statements.get(event.statement or "")
        said = statement is not None and time is not None and not any(c.start <= time.start < c.end for c in statement.content)
        return not said and self._when(event).how in ("own", "span")

    def _is_party(self, someone: Participant | None) -> bool:
        """Whether a doer is somebody, and not what harms by itself."""
        if someone is None:
            return False
        said = re.findall(r"[a-z]+", someone.name.lower())
        if any(w in deed_words().causes or w.removesuffix("s") in deed_words().causes for w in said[-1:]) or not said:
            return False
        found = who(self.known, self.document, someone)
        known = found is not None and (found.standing == "named" or found.kind in ("person", "government"))
        named = someone.name[:1].isalpha() and bool(names_in(someone.name))
        return known or named or any(w in _armed() or w.removesuffix("s") in _armed() for w in said)


def _of_one(figure: Figure) -> bool:
    """Whether a count is of one, and told as somebody: "a guard was killed", not "one person died"."""
    return figure.low == figure.high == 1 and re.match(r"(?:an?|the)\b", figure.words, re.IGNORECASE) is not None


@lru_cache(maxsize=1)
def _armed() -> frozenset[str]:
    parties: Mapping[str, Any] = words("event_parties")
    return frozenset(w for kind in ("state", "non_state", "armed") for w in parties[kind].split())
