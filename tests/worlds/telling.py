"""Facts → sentences: what somebody says or an outlet tells, in the words of one wording, with every role marked.

In: a wording, the happenings and a draw. Out: `Sentence`s. A `Teller` writes one document, in one newsroom's spelling, and
remembers whom it has introduced.

Example: `teller.accuses(incident)` → "Maldorian forces had shelled the school in Hasnesk, the Veskian Defence Ministry said."
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.worlds.happenings import TYPES, Fact, Happenings, Incident, Toll
from tests.worlds.pieces import Mark, Piece, fill, plain

__all__ = ["Count", "Deed", "Says", "Sentence", "Teller", "filling", "wording"]

_WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_FILLER = tomllib.loads((Path(__file__).parent / "filler.toml").read_text())
_PARTS = {"MO": "morning", "AF": "afternoon", "EV": "evening", "NI": "night"}


@dataclass(frozen=True, slots=True)
class Says:
    """Who says a sentence, and what it does. `dispute` is the incident whose doer it claims ("claim") or denies ("denial")."""

    speaker: str
    act: str
    dispute: str | None = None
    side: str | None = None
    reaction: bool = False
    towards: str | None = None
    accused: str | None = None
    origin: str | None = None
    addressee: str | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """The deed that a sentence tells."""

    incident: str
    type: str
    standing: str
    past: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """A figure of a sentence. `giver` is an actor's key, or None for the outlet's own voice; `place` a town's name."""

    incident: str | None
    measure: str
    giver: str | None
    low: int | None
    high: int | None
    qualifier: str
    place: str | None = None
    group: str | None = None
    scope: str = "event"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A marked sentence and the facts it tells; `own` is the label of who reported it where that is not the document's origin."""

    piece: Piece
    says: Says | None = None
    deed: Deed | None = None
    counts: tuple[Count, ...] = ()


def filling(rng: Random) -> Sentence:
    """A sentence of no matter, put together from single words."""
    a, b, c, d = (rng.choice(_FILLER["adjectives"]) for _ in range(4))
    n, m, o = (rng.choice(_FILLER["nouns"]) for _ in range(3))
    return Sentence(plain(f"The {a} {b} {n} {rng.choice(_FILLER['verbs'])} a {c} {m} and a {d} {o} {rng.choice(_FILLER['adverbs'])}."))


@cache
def wording(name: str) -> dict[str, Any]:
    """One of the wordings, by name."""
    return tomllib.loads((Path(__file__).parent / "wording" / f"{name}.toml").read_text())


class Teller:
    """Writes the sentences of one document. `spelling` picks its newsroom's spelling; `today` is the day it is written on."""

    def __init__(self, world: Happenings, words: dict[str, Any], rng: Random, spelling: int, today: date, used: set[str]) -> None:
        self.world, self.words, self.rng, self.spelling, self.today, self.used = world, words, rng, spelling, today, used
        self.seen: set[str] = set()

    # ------------------------------------------------------------ words

    def pick(self, *path: str) -> str:
        found: Any = self.words
        for step in path:
            found = found[step]
        return str(self.rng.choice(found))

    def fresh(self, *path: str) -> str | None:
        """A pattern that nobody in this world has used; None where none is left."""
        found: Any = self.words
        for step in path:
            found = found[step]
        left = [p for p in found if p not in self.used]
        if not left:
            return None
        chosen = str(self.rng.choice(left))
        self.used.add(chosen)
        return chosen

    def actor(self, key: str) -> Piece:
        """An actor as this document calls it: in full with its role at first, by a shorter name later."""
        fact = self.world.cast[key]
        name = fact.names[self.spelling % len(fact.names)]
        first = key not in self.seen
        self.seen.add(key)
        if fact.kind != "person":
            shown = name if first or not fact.later or self._doubtful(fact) else fact.later[0]
            bare = 4 if shown.startswith("the ") else 0
            full = shown.split(" (")[0]
            return Piece(shown, (Mark("actor", bare, len(full), key),))
        surname = name.split()[-1]
        namesakes = [k for k in self.seen if k != key and self.world.cast[k].names[0].split()[-1] == fact.names[0].split()[-1]]
        if not first:
            return plain(name if namesakes else surname, "actor", key)
        slots = {"name": plain(name, "actor", key), "last": plain(surname, "actor", key)}
        if fact.body:
            slots["body"] = self.actor(fact.body)
        if fact.place:
            slots["place"] = self.place(fact.place)
        return fill(self.pick("people", fact.role or "resident"), slots)

    def _doubtful(self, fact: Fact) -> bool:
        """Whether the shorter name could mean another actor of this document ("the Foreign Ministry" of two countries)."""
        return any(k != fact.key and self.world.cast[k].later == fact.later for k in self.seen)

    def place(self, town: str) -> Piece:
        return plain(town, "place", town)

    def weekday(self, day: date) -> Piece:
        return plain(day.strftime("%A"), "time", (day.isoformat(), False))

    def when(self) -> Piece:
        words = fill(self.pick("times", "day"), {"day": self.today.strftime("%A")})
        return self._timed(words, self.today.isoformat(), False)

    def time(self, incident: Incident, teller: str) -> Piece:
        """When it happened: a clock's hour by the accuser ("first") or by another ("other"), a part of the day in own words ("part")."""
        minute = incident.minutes["other" if teller == "other" else "first"]
        hour, rest = divmod(minute, 60)
        day = incident.day.strftime("%A")
        if teller == "part":
            part = "MO" if hour < 12 else "AF" if hour < 18 else "EV"
            words = fill(self.pick("times", "part"), {"day": day, "part": _PARTS[part]})
            return self._timed(words, f"{incident.day.isoformat()}T{part}", False)
        about = self.rng.random() < 0.3
        half = "a.m." if hour < 12 else "p.m."
        slots = {"h12": f"{(hour - 1) % 12 + 1}:{rest:02} {half}", "h24": f"{hour:02}:{rest:02}", "day": day}
        words = fill(self.pick("times", "clock_about" if about else "clock"), slots)
        return self._timed(words, f"{incident.day.isoformat()}T{hour:02}:{rest:02}", about)

    def _timed(self, words: Piece, value: str, about: bool) -> Piece:
        return Piece(words.text, tuple(m._replace(value=(value, about)) for m in words.marks if m.kind == "time"))

    def number(self, low: int | None, high: int | None, qualifier: str) -> Piece:
        n, m = (low if low is not None else high) or 0, high or 0
        shown = _WORDS[n] if n < len(_WORDS) else str(n)
        return fill(self.pick("counts", qualifier), {"n": shown, "m": _WORDS[m] if m < len(_WORDS) else str(m)})

    def target(self, incident: Incident) -> str:
        targets = self.words["kinds"][incident.kind]["targets"]
        return str(self.rng.choice(targets[incident.target % len(targets)]))

    def deed(self, incident: Incident, how: str, teller: str) -> Piece:
        """A clause or gerund that tells the incident; `how` is a table of the wording: claimed, bare, gerund or denied."""
        slots: dict[str, Piece | str] = {
            "target": self.target(incident),
            "place": self.place(incident.town),
            "time": self.time(incident, teller),
        }
        pattern = self.pick("kinds", incident.kind, how)
        if "{doer}" in pattern and incident.doer:
            slots["doer"] = self.actor(incident.doer)
        return fill(pattern, slots)

    # ------------------------------------------------------------ sentences

    def sentence(self, pattern: str, slots: dict[str, Piece | str], **facts: Any) -> Sentence:
        if "{when}" in pattern:
            slots.setdefault("when", self.when())
        if "{day}" in pattern:
            slots.setdefault("day", self.weekday(self.today))
        return Sentence(fill(pattern, slots, sentence=True), **facts)

    def claims(
        self, incident: Incident, speaker: str | None = None, *, frame: str = "claim", outlet: str | None = None, teller: str = "first"
    ) -> Sentence:
        """The accuser's claim, as a clause or as an accusation; `outlet` is whom it was said to or who is cited."""
        who = speaker or incident.accuser or "ombudsman"
        accuse = frame == "accuse" or incident.kind == "blast"
        what = self.deed(incident, "gerund" if accuse else "claimed", teller)
        pattern = self.pick("frames", "accuse" if accuse else frame)
        slots: dict[str, Piece | str] = {"who": self.actor(who), "what": what, "outlet": outlet or ""}
        if accuse and incident.doer:
            slots["doer"] = self.actor(incident.doer)
        kind = TYPES[incident.kind]
        deed = Deed(incident.key, kind, "claimed") if kind else None
        says = Says(who, "accusation", incident.key, "claim", accused=incident.doer, origin=outlet if frame == "cited" else None)
        return self.sentence(pattern, slots, says=replace(says, addressee=outlet if frame == "told" else None), deed=deed)

    def tells(self, incident: Incident, teller: str = "part") -> Sentence:
        """The outlet's own voice, which names no doer."""
        kind = TYPES[incident.kind]
        deed = Deed(incident.key, kind or "", "reported")  # an accident is no deed; what is told of it is known all the same
        return self.sentence(self.pick("frames", "own"), {"what": self.deed(incident, "bare", teller)}, deed=deed)

    def denies(self, incident: Incident, how: str, by: str | None = None) -> Sentence:
        """The accused side's denial, loose or of the very deed, by its ministry or by another of its side."""
        who = by or incident.denier or ""
        says = Says(who, "denial", incident.key, "denial")
        if how == "loose":
            accuser = self.world.cast[incident.accuser or ""]
            slots: dict[str, Piece | str] = {"who": self.actor(who), "place": self.place(incident.town)}
            slots["accuser"] = self.actor(accuser.body or accuser.key)
            return self.sentence(self.pick("kinds", incident.kind, "loose"), slots, says=says)
        kind = TYPES[incident.kind]
        deed = Deed(incident.key, kind, "denied") if kind else None
        slots = {"who": self.actor(who), "what": self.deed(incident, "denied", "first")}
        return self.sentence(self.pick("frames", "deny"), slots, says=says, deed=deed)

    def counts(
        self, incident: Incident, toll: Toll, stage: int, *, own: bool = False, second: Toll | None = None, outlet: str | None = None
    ) -> Sentence:
        """A toll by its giver, as it stood at a stage; `own` puts it in the outlet's voice; `second` are the injured beside the killed."""
        who = toll.giver
        given = [self._count(incident, toll, stage, None if own else who)]
        slots: dict[str, Piece | str] = {
            "count": self.number(given[0].low, given[0].high, given[0].qualifier),
            "place": self.place(incident.town),
        }
        measure = toll.measure
        if second is not None:
            measure = "killed_injured"
            given.append(self._count(incident, second, stage, None if own else who))
            slots["count2"] = self.number(given[1].low, given[1].high, given[1].qualifier)
        clause = fill(self.pick("tolls", measure), slots)
        if own:
            return self.sentence(self.pick("frames", "own"), {"what": clause}, counts=tuple(given))
        frame = "cited" if outlet else "claim"
        pattern = self.pick("frames", frame)
        slots = {"who": self.actor(who), "what": clause, "outlet": outlet or ""}
        return self.sentence(pattern, slots, says=Says(who, "claim", origin=outlet), counts=tuple(given))

    def _count(self, incident: Incident, toll: Toll, stage: int, giver: str | None) -> Count:
        _, low, high, qualifier = [p for p in toll.points if p[0] <= stage][-1]
        measure = "killed" if toll.measure == "children" else toll.measure
        return Count(incident.key, measure, giver, low, high, qualifier, incident.town, toll.group)

    def revises(self, incident: Incident, toll: Toll, origin: str | None = None) -> Sentence:
        """A giver takes its toll back to a lower one."""
        old, new = toll.points[-2:]
        place = {"count": self.number(*new[1:]), "count2": self.number(*old[1:]), "place": self.place(incident.town)}
        given = tuple(Count(incident.key, "killed", toll.giver, p[1], p[2], p[3], incident.town) for p in (new, old))
        says = Says(toll.giver, "retraction", origin=origin)
        return self.sentence(self.pick("tolls", "revised"), {"who": self.actor(toll.giver), **place}, says=says, counts=given)

    def recalls(self, incident: Incident) -> Sentence | None:
        """An earlier event of the kind, with its dead; nothing of it belongs to the story's own tolls or timeline."""
        if not self.words["kinds"][incident.kind]["recall"]:
            return None
        dead = self.rng.randrange(11, 99)
        measure = "detained" if incident.kind in ("raid", "protest") else "killed"
        count = Count(None, measure, None, dead, dead, "exact", incident.town, scope="past")
        kind = TYPES[incident.kind]
        pattern = self.pick("kinds", incident.kind, "recall")
        deed = Deed(incident.key, kind, "reported", past=True) if kind and "<e>" in pattern else None
        slots: dict[str, Piece | str] = {"place": self.place(incident.town), "count": str(dead)}
        return self.sentence(pattern, slots, counts=(count,), deed=deed)

    def totals(self, low: int) -> Sentence:
        """The whole conflict's dead so far, in the outlet's own voice."""
        clause = fill(self.pick("tolls", "total"), {"count": str(low)})
        count = Count(None, "killed", None, low, low, "exact", scope="total")
        return self.sentence(self.pick("frames", "own"), {"what": clause}, counts=(count,))

    def quotes(self, incident: Incident, speaker: str) -> Sentence:
        """What a bystander says."""
        pattern = self.fresh("kinds", incident.kind, "quote") or self.pick("kinds", incident.kind, "quote")
        return self.sentence(pattern, {"who": self.actor(speaker)}, says=Says(speaker, "claim"))

    def reacts(self, incident: Incident, speaker: str, act: str, towards: str | None) -> Sentence:
        """A government or body abroad says what it makes of it."""
        slots: dict[str, Piece | str] = {"who": self.actor(speaker), "place": self.place(incident.town)}
        pattern = self.pick("reactions", act)
        if "{towards}" in pattern and towards:
            slots["towards"] = self.actor(towards)
        says = Says(speaker, act, reaction=True, towards=towards if "{towards}" in pattern else None)
        return self.sentence(pattern, slots, says=says)

    def silent(self, incident: Incident, speaker: str) -> Sentence:
        """Somebody asked says nothing."""
        slots: dict[str, Piece | str] = {"who": self.actor(speaker), "place": self.place(incident.town)}
        return self.sentence(self.pick("frames", "no_comment"), slots, says=Says(speaker, "no-comment", reaction=True))

    def colour(self, town: str) -> Sentence:
        """A paragraph of own prose, never the same one twice: once all are used, sentences put together from single words."""
        pattern = self.fresh("colour", "paragraphs")
        return self.sentence(pattern, {"place": self.place(town)}) if pattern else filling(self.rng)
