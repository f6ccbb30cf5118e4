"""Figures of one measure → those that count the same thing: at one place, in one incident, of one group.

In: the notes of a measure. Out: `Scene`s. What sets places apart is in `series_places`, what sets incidents apart in
`series_incidents`; here givers and places get one reference each, and groups their own scenes. Linear in the notes.

Example: 12 dead of the morning's shelling of Velm, 5 of the evening's, and 3 at Osk → three scenes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from msgspec.structs import replace as with_fields

from presstime.combine.measures import is_anybody
from presstime.combine.names import singular_key
from presstime.combine.series_incidents import by_incident
from presstime.combine.series_places import by_place
from presstime.combine.series_told import List, Noted, Scene, Told, Value, value_of
from presstime.combine.series_voices import given_by_others

__all__ = ["scenes_of"]

_PAUSE = 31 * 24 * 60
"""Minutes: a longer pause between two documents that count the same thing makes two series."""
_ONE = "person"
_COMPARED = 40
"""The first so many bodies whose names are compared with one another."""
_FEWEST_INITIALS = 3


def scenes_of(notes: Noted) -> list[Scene]:
    """The scenes of one measure, in order of their places, incidents and groups."""
    named = given_by_others(_one_name_each(notes))
    found = []
    for number, span in enumerate(_by_time(named)):
        for where in by_place(span):
            for what in by_incident(where):
                found += [replace(scene, key=(*scene.key, str(number))) for scene in _by_group(what)]
    return found


def _one_name_each(notes: Noted) -> List:
    """The notes with one reference for each giver and each place: outlets that are actors, towns that one text only spells."""
    givers: dict[str, str] = {}
    ids: dict[str, set[str]] = defaultdict(set)
    for n in notes:
        told = n.data
        if told.alias and told.alias != told.giver:
            givers[told.alias] = min(told.giver, givers.get(told.alias, told.giver))
        if told.place and told.place != told.place_name:
            ids[told.place_name].add(told.place)
    givers |= _heads(notes) | _bodies(notes, givers)
    spelled = {n.data.place_name for n in notes if n.data.place and n.data.place == n.data.place_name}
    places = {name: next(iter(ids[name])) for name in spelled if len(ids.get(name, ())) == 1}
    places |= _parts(notes, spelled - places.keys())
    found: List = []
    for n in notes:
        told = n.data
        giver, place = givers.get(told.giver, told.giver), places.get(told.place, told.place)
        giver = givers.get(giver, giver)
        place = places.get(place, place)
        towns = tuple(places.get(places.get(t, t), places.get(t, t)) for t in told.towns)
        if (giver, place, towns) != (told.giver, told.place, told.towns):
            n = replace(n, data=with_fields(told, giver=giver, place=place, towns=towns))
        found.append(n)
    return found


def _heads(notes: Noted) -> dict[str, str]:
    """Ministers → their ministries, where only one that gives a figure can be theirs."""
    ministers = {(n.data.giver, n.data.heads, n.data.land) for n in notes if n.data.heads}
    ministries = {(n.data.giver, n.data.field, n.data.land) for n in notes if n.data.field}
    found = {}
    alone = len({n.data.land for n in notes if n.data.land}) < 2  # with two countries, whose minister it is must be told
    for minister, office, land in sorted(ministers):
        own = {m for m, f, where in ministries if _is_ministry_of(office, f) and (land == where or (alone and not (land and where)))}
        if len(own) == 1:
            found[minister] = next(iter(own))
    return found


def _bodies(notes: Noted, same: Mapping[str, str]) -> dict[str, str]:
    """Bodies → the one body of these that is called by their initials or by more words; more words must bring the same
    number. A government that is told to count → the one body that is named as its own: "Ostria put its own dead at 12"."""
    called: dict[str, set[frozenset[str]]] = defaultdict(set)
    values: dict[str, set[Value]] = defaultdict(set)
    rules = set()
    for n in notes:
        giver = same.get(n.data.giver, n.data.giver)
        if n.data.called:
            called[giver].add(frozenset(n.data.called.split()))
            values[giver].add(value_of(n.data))
        if n.data.rules:
            rules.add(giver)
    found = {}
    for giver, names in sorted(called.items()):
        fits = {
            other
            for other, others in list(called.items())[:_COMPARED]
            if other != giver
            and any(
                (one < two and (giver in rules or not values[giver].isdisjoint(values[other]))) or _are_initials(one, two)
                for one in names
                for two in others
            )
        }
        if len(fits) == 1 and next(iter(fits)) not in found:
            found[giver] = next(iter(fits))
    return found


def _are_initials(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a name of one word has the initials of another's words, in whatever order these are kept."""
    if len(one) != 1 or len(other) < _FEWEST_INITIALS:
        return False
    return sorted(next(iter(one))) == sorted(w[0] for w in other)


def _is_ministry_of(office: str, field: str) -> bool:
    """Whether a minister's field is a ministry's; one of them may have the name of a country besides."""
    one, other = set(office.split()), set(field.split())
    return bool(one and other) and (one <= other or other <= one)


def _parts(notes: Noted, spelled: set[str]) -> dict[str, str]:
    """Names that are another place's with common nouns behind: "Velm refinery" is at Velm."""
    shown = {n.data.place_name: n.data.place_shown for n in notes if n.data.place_name in spelled}
    every = {n.data.place_name: n.data.place for n in notes if n.data.place}
    found = {}
    for name in spelled:
        words = name.split()
        for length in range(len(words) - 1, 0, -1):
            head = " ".join(words[:length])
            rest = shown[name].split()[length:]
            if head in every and all(w[:1].islower() for w in rest):
                found[name] = every[head]
                break
    return found


def _by_time(notes: Noted) -> list[List]:
    """Notes in spans without a long pause: what is counted again after a month is another event."""
    spans: list[List] = []
    last = 0
    for n in sorted(notes, key=lambda n: (n.data.published, n.order, n.record)):
        if spans and n.data.published - last <= _PAUSE:
            spans[-1].append(n)
        else:
            spans.append([n])
        last = n.data.published
    return spans


# ---------------------------------------------------------------- groups


def _by_group(scene: Scene) -> list[Scene]:
    """The figures of one incident by group. Words that only describe those who were there make no group of their own,
    unless one document has a number for them beside another for all."""
    described = _described_apart(scene.notes)
    nations: dict[tuple[str, str], set[str]] = defaultdict(set)
    for n in scene.notes:
        if n.data.group and n.data.nation:
            nations[n.data.giver, n.data.group].add(n.data.nation)
    counted = any(not n.data.single and not n.data.group for n in scene.notes)
    groups: dict[tuple[str, str], List] = {}
    for n in scene.notes:
        told = n.data
        if told.single and counted:
            key = (told.noun or _ONE, "")  # a victim who is told of is no new toll
        elif told.group:
            own = nations.get((told.giver, told.group), set())
            key = (told.group, told.nation or (next(iter(own)) if len(own) == 1 else ""))
        else:
            noun = _noun(told)
            key = (noun, "") if noun in described else ("", "")
        groups.setdefault(key, []).append(n)
    return [replace(scene, notes=groups[key], key=(*scene.key, *key), group=key[0], main=scene.main) for key in sorted(groups)]


def _noun(told: Told) -> str:
    """The description under which a figure is counted, folded; "" where it fits anybody there."""
    return "" if not told.noun or told.group or is_anybody(told.noun) else singular_key(told.noun)


def _described_apart(notes: List) -> set[str]:
    """Descriptions that make a group of their own: a document has a number for them beside another for all, or for others
    ("eight of them miners"); or they are far fewer than all who were counted by then; or by others, who give no number for all."""
    told: dict[str, dict[str, set[Value]]] = {}
    values: dict[str, set[tuple[int | None, int | None]]] = defaultdict(set)
    givers: dict[str, set[str]] = defaultdict(set)
    for n in notes:
        if n.data.group or n.data.earlier:
            continue
        noun = _noun(n.data)
        told.setdefault(n.data.document, {}).setdefault(noun, set()).add(value_of(n.data))
        values[noun].add((n.data.low, n.data.high))
        givers[noun].add(n.data.giver)
    found: set[str] = set()
    few = _far_fewer(notes)
    for nouns in told.values():
        if len(nouns) > 1:
            every = nouns.get("", set())
            found.update(noun for noun, own in nouns.items() if noun and own.isdisjoint(every))
    every_value, every_giver = values.get("", set()), givers.get("", set())
    most = _most(every_value)
    for x, own in values.items():
        others = givers[x].isdisjoint(every_giver) and (not every_value or 2 * _most(own) < most)
        if x and own.isdisjoint(every_value) and (x in few or others):
            found.add(x)
    # a part that is told with its noun is always a group of its own
    found.update(_noun(n.data) for n in notes if n.data.part and not n.data.group)
    return found - {""}


def _most(values: set[tuple[int | None, int | None]]) -> int:
    return max((v for low, high in values for v in (low, high) if v), default=0)


def _far_fewer(notes: List) -> set[str]:
    """Descriptions all of whose numbers are less than half of what had been counted by then: "two rowers", when 20 were dead."""
    most = 0
    found: dict[str, bool] = {}
    for n in sorted(notes, key=lambda n: (n.data.published, _noun(n.data) != "")):
        noun, number = _noun(n.data), max(n.data.low or 0, n.data.high or 0)
        if n.data.group or n.data.earlier:
            continue
        if not noun:
            most = max(most, number)
        elif number:
            found[noun] = found.get(noun, True) and 2 * number < most
    return {noun for noun, few in found.items() if few}
