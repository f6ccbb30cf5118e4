"""The truth and readings → the best findings that could be made of these readings.

In: a truth, readings and their keys. Out: `Findings` that make no mistake of their own: what they lack, reading did not give. With true
readings they score 1 everywhere, which shows that the metrics ask for nothing that cannot be had; with readings of the
text they show how far combining can come at most.

Example: a toll that was not read at all is a point that is missing here too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from presstime.findings import (
    Claim,
    Dispute,
    Findings,
    FoundActor,
    FoundDocument,
    Line,
    Point,
    Reaction,
    Series,
    Silence,
    Telling,
    TimelineEntry,
)
from presstime.records import Reading

__all__ = ["best_findings"]


def best_findings(truth: Any, readings: Sequence[Reading], keys: Mapping[str, str]) -> Findings:
    """Findings without a mistake of combining."""
    by_key = {keys[r.document.id]: r for r in readings}
    disputes = [_dispute(n, d, by_key) for n, d in enumerate(truth.disputes)]
    made = [d for d in disputes if d is not None]
    return Findings(
        as_of=truth.as_of,
        documents=tuple(FoundDocument(id=r.document.id, origin=truth.origins.get(keys[r.document.id])) for r in readings),
        actors=_actors(truth, by_key),
        claims=tuple(c for c, _ in made),
        disputes=tuple(d for _, d in made),
        series=tuple(s for n, t in enumerate(truth.series) if (s := _series(n, t, by_key)) is not None),
        timeline=tuple(e for n, t in enumerate(truth.timeline) if (e := _entry(n, t, by_key)) is not None),
        reactions=tuple(_reaction(t, by_key) for t in truth.reactions if _statements([t["at"]], by_key, t["act"])),
        silences=tuple(
            Silence(actor=t["actor"], because=_statements([t["because"]], by_key)[0], documents=len(readings), as_of=truth.as_of)
            for t in truth.silences
            if _statements([t["because"]], by_key)
        ),
    )


def _meets(record: Any, place: Sequence[Any]) -> bool:
    return bool(record.start < place[2] and place[1] < record.end)


def _actors(truth: Any, by_key: Mapping[str, Reading]) -> tuple[FoundActor, ...]:
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for number, actor in enumerate(truth.actors):
        for place in actor["mentions"]:
            for read in by_key[place[0]].actors if place[0] in by_key else ():
                votes[read.id][number] += sum(_meets(m, place) for m in read.mentions)
    members: dict[int, list[str]] = defaultdict(list)
    for id_, counts in votes.items():
        number, most = counts.most_common(1)[0]
        if most:
            members[number].append(id_)
    return tuple(
        FoundActor(id=f"found-{n}", name=a["name"], names=(), kind=a["kind"], members=tuple(members[n])) for n, a in enumerate(truth.actors)
    )


def _statements(places: Sequence[Sequence[Any]], by_key: Mapping[str, Reading], act: str | None = None) -> list[str]:
    found = []
    for place in places:
        for s in by_key[place[0]].statements if place[0] in by_key else ():
            if any(_meets(span, place) for span in (*s.content, *((s.cue,) if s.cue else ()))) and act in (None, s.act):
                found.append(s.id)
    return list(dict.fromkeys(found))


def _dispute(number: int, true: Any, by_key: Mapping[str, Reading]) -> tuple[Claim, Dispute] | None:
    claims, denials = _statements(true["claims"], by_key), _statements(true["denials"], by_key)
    if not claims or not denials:
        return None
    claim = Claim(id=f"claim-{number}", statements=tuple(claims), words=true["about"])
    sides = {"claimed_by": tuple(true["claimed_by"]), "denied_by": tuple(true["denied_by"])}
    return claim, Dispute(id=f"dispute-{number}", about=true["about"], claim=claim.id, denials=tuple(denials), **sides)


def _series(number: int, true: Any, by_key: Mapping[str, Reading]) -> Series | None:
    lines = []
    for line in true["lines"]:
        points = []
        for p in line["points"]:
            value = (p["low"], p["high"], p["qualifier"])
            read = (
                f.id
                for place in (p["at"], *p.get("also", ()))
                if place[0] in by_key
                for f in by_key[place[0]].figures
                if _meets(f, place) and (f.low, f.high, f.qualifier) == value and f.measure == true["measure"]
            )
            if (figure := next(read, None)) is not None:
                later = "later" if p["superseded"] else None
                points.append(Point(figure=figure, as_of=None, low=p["low"], high=p["high"], qualifier=p["qualifier"], superseded_by=later))
        if points:
            lines.append(Line(giver=line["giver"], points=tuple(points)))
    return Series(id=f"series-{number}", measure=true["measure"], scope=true["scope"], lines=tuple(lines)) if lines else None


def _entry(number: int, true: Any, by_key: Mapping[str, Reading]) -> TimelineEntry | None:
    told = {
        e.id: e
        for place in true["tellings"]
        if place[0] in by_key
        for e in by_key[place[0]].events
        if any(_meets(m, place) for m in (e.mentions or (e,))) and e.type == true["type"]
    }
    if not told or true.get("optional"):
        return None
    tellings = tuple(Telling(event=e.id, standing=e.standing, giver="") for e in told.values())
    return TimelineEntry(id=f"entry-{number}", type=true["type"], place=true["place"], tellings=tellings, standing=true["standing"])


def _reaction(true: Any, by_key: Mapping[str, Reading]) -> Reaction:
    statements = tuple(_statements([true["at"]], by_key, true["act"]))
    return Reaction(actor=true["actor"], country=true["country"], act=true["act"], towards=true["towards"], statements=statements)
