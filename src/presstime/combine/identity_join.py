"""The names under one key → which of them are one actor's.

In: sightings, in order. Out: actors with ids, redirects and the names they go by; for every sighting a `Who`; and the
pairs that may be one and were left apart. First people's decisions hold, then the story's own actors, then what the
names tell; a short name joins only where one bearer fits. Each name is compared with a few others at most, so that a
key with thousands of sightings takes no longer than reading them.

Example: "Rin" with "Edda Rin" alone in the story → hers; with "Edda Rin" and "Olaf Rin" → apart, and both are proposed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from presstime.combine.bodies import has_head
from presstime.combine.identity_bodies import join_bodies
from presstime.combine.identity_decisions import Decided, decided
from presstime.combine.identity_people import join_people
from presstime.combine.identity_records import Found, People, Sighting
from presstime.combine.identity_units import Joined, Unit, units_of
from presstime.combine.names import is_named, name_key
from presstime.combine.stages import Note, Settled, World
from presstime.combine.who import Who
from presstime.records import ActorKind

__all__ = ["settle_names"]

_EARLY = 5
"""Sightings that tell an actor's kind: the first few, so that what was settled once stays."""


def settle_names(key: str, notes: Sequence[Note[Sighting]], world: World) -> Settled[Who, People]:
    """Everyone under one key."""
    units = units_of(notes)
    decisions = decided(world.decisions)
    joined = Joined(units, decisions.apart)
    by_id = {i: u for u in reversed(units) for i in (u.also, u.id) if i}
    for one, other in sorted(decisions.same):
        if one in by_id and other in by_id:
            joined.join(by_id[one], by_id[other], forced=True)
    _known(units, joined)
    sort = key.partition(":")[0]
    if sort == "government":
        for unit in units[1:]:
            joined.join(units[0], unit)
    elif sort == "body":
        join_bodies(units, joined)
    elif sort == "name":
        join_people(units, joined)
    actors: list[Found] = []
    facts: dict[str, Who] = {}
    ids: dict[int, str] = {}
    for group in joined.groups():
        found = _found(group, notes, world, decisions)
        for unit in group:
            ids[unit.number] = found.id
        actors.append(found)
        if found.shown:
            named = any(is_named(name) for name, _ in found.names)
            who = Who(actor=found.id, kind=found.kind, nation=found.nation, standing="named" if named else "described")
            facts.update((notes[n].record, who) for u in group for n in u.sightings)
    unsure = joined.unsure(ids, {a.id for a in actors if a.shown})
    return Settled(People(actors=tuple(actors), unsure=unsure), facts) if actors else Settled()


def _known(units: Sequence[Unit], joined: Joined) -> None:
    """Joins the names of each of the story's own actors."""
    first: dict[str, Unit] = {}
    for unit in units:
        if unit.known is not None:
            joined.join(first.setdefault(unit.known, unit), unit)


def _found(group: Sequence[Unit], notes: Sequence[Note[Sighting]], world: World, decisions: Decided) -> Found:
    numbers = sorted(n for u in group for n in u.sightings)
    seen = [notes[n].data for n in numbers]
    listed = [s for s in seen if s.listed] or seen
    lead = next((u for u in group if u.document is None and not u.also), group[0])
    story = next((k for s in seen if s.known for k in world.context.actors if _is(k.name, s.known)), None)
    counted = Counter(s.name for s in listed)
    best = max(counted, key=lambda n: (_rank(n, group), counted[n], -next(i for i, s in enumerate(listed) if s.name == n)))
    land = world.nations.by_code(nation_code) if (nation_code := _one_code(seen)) and seen[0].sort == "government" else None
    if land is not None and land.name in counted and not has_head(best):
        best = land.name  # "Russia" before "Russian"
    shown_first = story.name if story else _fuller(best, seen)
    names = [(shown_first, counted.get(shown_first, 0)), *((n, c) for n, c in counted.most_common() if n != shown_first)]
    ids = {i for u in group for i in (u.id, u.also) if i}
    root = decisions.root(ids)
    id_ = root or lead.id
    countries = {s.country for s in seen if s.country}
    nations = {s.nation for s in seen if s.nation}
    country = (story.country if story else None) or (next(iter(countries)) if len(countries) == 1 else None)
    nation = next(iter(nations)) if len(nations) == 1 else None
    if country is None and nation is not None and nation.startswith("iso:"):
        country = nation.removeprefix("iso:")
    told = [s for s in seen if s.affiliation]
    return Found(
        id=id_,
        order=notes[numbers[0]].order,
        names=tuple(names),
        kind=story.kind if story else "government" if seen[0].sort == "government" else _kind(listed),
        redirects=tuple(sorted((ids | set(decisions.joined(root))) - {id_})),
        members=tuple(dict.fromkeys(notes[n].record for n in numbers if notes[n].data.listed and notes[n].record.startswith("actor-"))),
        country=country,
        nation=nation,
        role=(story.role if story else None) or next((s.role for s in seen if s.role), None),
        affiliation=next((s.affiliation for s in told if s.role), told[0].affiliation if told else None),
        known=story is not None,
        shown=story is not None or any(s.listed or (s.nation is not None and s.sort != "name") for s in seen),
    )


def _one_code(seen: Sequence[Sighting]) -> str | None:
    """The code of the one country that all sightings are of."""
    nations = {s.nation for s in seen if s.nation}
    only = next(iter(nations)) if len(nations) == 1 else ""
    return only.removeprefix("iso:") if only.startswith("iso:") else None


def _fuller(name: str, seen: Sequence[Sighting]) -> str:
    """The name, or where it is one word alone the fullest that some document prints in passing: "Press" is "Norrel Press"."""
    own = name_key(name).split()
    fuller = [s.name for s in seen if s.kind != "person" and len(own) == 1 and set(own) < set(name_key(s.name).split())]
    return max(fuller, key=fuller.count, default=name)


def _is(name: str, form: str) -> bool:
    return name_key(name) == form


def _rank(name: str, group: Sequence[Unit]) -> int:
    """Full names are shown before short ones, names before initials and titles."""
    return max(u.rank for u in group if name in u.names)


def _kind(listed: Sequence[Sighting]) -> ActorKind:
    return Counter(s.kind for s in listed[:_EARLY]).most_common(1)[0][0]
