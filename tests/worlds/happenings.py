"""A seed → what happened: an invented region, its people and bodies, and incidents with their tolls and quarrels.

In: a seed. Out: `Happenings`, facts alone, without a word of how they are told. What makes them hard is chosen here: two
incidents of one kind on one day (in two towns, and in one town at two hours), two people of one surname, a toll revised
downward, a denial that names its claim loosely or answers one of two, an accusation nobody answers.

Example: incident "i1": shelling of Hasnesk on 4 May at 06:20, told by the Defence Ministry, denied loosely abroad.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

__all__ = ["Fact", "Happenings", "Incident", "Toll", "happen"]

_NAMES: dict[str, list[Any]] = tomllib.loads((Path(__file__).parent / "names.toml").read_text())
TYPES = {"shelling": "ASSAULT", "raid": "COERCE", "protest": "PROTEST", "movement": "MOBILIZE", "aid": "AID", "blast": None}


@dataclass(frozen=True, slots=True)
class Fact:
    """An actor. `names` are its full names in several newsrooms' spellings; `later` what it is called afterwards."""

    key: str
    kind: str
    names: tuple[str, ...]
    later: tuple[str, ...] = ()
    role: str | None = None
    body: str | None = None
    place: str | None = None
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Toll:
    """What one giver counts: (stage, low, high, qualifier), in order. One with a `group` is a part of the killed."""

    measure: str
    giver: str
    points: tuple[tuple[int, int | None, int | None, str], ...]
    group: str | None = None
    revised: bool = False


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that happened once. `denial` is loose, exact, beside (in the same document) or None; `minutes` by kind of teller."""

    key: str
    kind: str
    town: str
    day: date
    minutes: dict[str, int]
    target: int
    doer: str | None = None
    accuser: str | None = None
    denier: str | None = None
    denial: str | None = None
    silent: str | None = None
    tolls: tuple[Toll, ...] = ()


@dataclass(frozen=True, slots=True)
class Happenings:
    """Everything that happened, and who there is to tell of it."""

    seed: int
    start: date
    towns: tuple[str, ...]
    countries: tuple[tuple[str, str], ...]
    cast: dict[str, Fact]
    outlets: tuple[str, ...]
    agencies: tuple[str, ...]
    incidents: tuple[Incident, ...]
    total: int
    capitals: dict[str, str] = field(default_factory=dict)


class Inventor:
    """Draws names that are not drawn twice."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.used: set[str] = set()

    def town(self) -> str:
        return self._new(lambda: self.rng.choice(_NAMES["towns"]) + self.rng.choice(_NAMES["town_ends"]))

    def last(self) -> str:
        return self._new(lambda: self.rng.choice(_NAMES["last_begin"]) + self.rng.choice(_NAMES["last_end"]))

    def first(self) -> str:
        return str(self.rng.choice(_NAMES["first"]))

    def _new(self, draw: Callable[[], str]) -> str:
        for _ in range(40):
            name = draw()
            if name not in self.used:
                break
        else:  # the pool is used up: a large story goes on with double names
            while name in self.used:
                name = f"{draw()}-{draw()}"
        self.used.add(name)
        return name


def spelled(name: str) -> str:
    """A name in another newsroom's transliteration; the same name where no letter of it has another spelling."""
    for old, new in _NAMES["spellings"]:
        for a, b in ((old, new), (old.capitalize(), new.capitalize())):
            if a in name[1:] or name.startswith(a):
                at = name.rindex(a)
                return f"{name[:at]}{b}{name[at + len(a) :]}"
    return name


def person(key: str, inventor: Inventor, role: str, *, last: str | None = None, **fields: str | None) -> Fact:
    """A person under two spellings."""
    name = f"{inventor.first()} {last or inventor.last()}"
    both = tuple(dict.fromkeys((name, spelled(name))))
    return Fact(key=key, kind="person", names=both, later=tuple(n.split()[-1] for n in both), role=role, **fields)


def happen(seed: int) -> Happenings:
    """What happened, from a seed."""
    rng = Random(f"world {seed}")
    inventor = Inventor(rng)
    countries = tuple((c, d) for c, d in rng.sample(_NAMES["countries"], 6))
    towns = tuple(inventor.town() for _ in range(6))
    capitals = {side: inventor.town() for side in "ab"}
    cast = _cast(rng, inventor, towns, countries, capitals)
    outlets = tuple(o.format(town=inventor.town(), country=countries[0][0]) for o in rng.sample(_NAMES["outlets"], 9))
    agencies = tuple(a.format(town=inventor.town(), country=countries[i][0]) for i, a in enumerate(rng.sample(_NAMES["agencies"], 2)))
    start = date(2031, 1, 6) + timedelta(days=rng.randrange(900))
    incidents = tuple(_incidents(rng, start, towns, cast))
    return Happenings(seed, start, towns, countries, cast, outlets, agencies, incidents, rng.randrange(210, 390), capitals)


def _cast(
    rng: Random, inventor: Inventor, towns: tuple[str, ...], countries: tuple[tuple[str, str], ...], capitals: dict[str, str]
) -> dict[str, Fact]:
    made: list[Fact] = []
    for side, (country, _) in zip("abcdef", countries, strict=True):
        names = (country, capitals[side]) if side in capitals else (country,)
        made.append(Fact(f"gov_{side}", "government", names, side=side))
    for side, (country, demonym) in zip("ab", countries[:2], strict=True):
        for body in ("Defence", "Foreign", "Interior"):
            called = (f"the {demonym} {body} Ministry", f"{country}’s {body} Ministry", f"the {body} Ministry of {country}")
            made.append(Fact(f"{body.lower()}_{side}", "organisation", called, (f"the {body} Ministry",), side=side))
        made.append(Fact(f"forces_{side}", "group", (f"{demonym} forces",), side=side))
        made.append(Fact(f"guard_{side}", "organisation", (f"the {demonym} Border Guard", f"{country}’s Border Guard"), side=side))
    one, two = inventor.last(), inventor.last()
    made.append(person("spokes_a", inventor, "spokesperson", body="defence_a", last=two, side="a"))
    made.append(person("spokes_b", inventor, "spokesperson", body="defence_b", last=one, side="b"))
    made.append(person("ombudsman", inventor, "ombudsman"))
    for i, town in enumerate(towns):
        made.append(person(f"mayor_{i}", inventor, "mayor", place=town, last={0: one, 5: two}.get(i)))
        made.append(person(f"director_{i}", inventor, "director", place=town))
        made.append(person(f"resident_{i}", inventor, "resident", place=town))
        made.append(Fact(f"police_{i}", "organisation", (f"{town} police",)))
    made.append(person("union", inventor, "union"))
    made.append(Fact("company", "organisation", (rng.choice(_NAMES["companies"]).format(town=inventor.town()),)))
    for key, (name, acronym) in zip(("org", "relief"), rng.sample(_NAMES["organisations"], 2), strict=True):
        made.append(Fact(key, "organisation", (f"the {name} ({acronym})", f"the {name}"), (f"the {acronym}",)))
    return {f.key: f for f in made}


def _incidents(rng: Random, start: date, towns: tuple[str, ...], cast: dict[str, Fact]) -> list[Incident]:
    """One world's incidents. `x` accuses first; which side that is, is drawn."""
    x, y = rng.sample(("a", "b"), 2)
    day2, day3 = start + timedelta(days=1), start + timedelta(days=2)
    t = towns
    found = [
        _shelling("i1", rng, start, t[0], 0, rng.randrange(5 * 60, 8 * 60), x, y, denial="loose", fall=True),
        _shelling("i2", rng, start, t[1], 1, rng.randrange(6 * 60, 10 * 60), x, y, denial=None),
        _shelling("i3", rng, start, t[0], 0, rng.randrange(18 * 60 + 10, 21 * 60), y, x, denial=rng.choice(("exact", "exact", "loose"))),
    ]
    taken = rng.randrange(4, 19)
    raid = Incident("i4", "raid", t[2], day2, _minutes(rng, rng.randrange(420, 960)), rng.randrange(12), doer=f"guard_{y}")
    mayor = "mayor_2"
    held = (Toll("detained", mayor, ((0, taken, taken, "exact"), (1, taken + 2, taken + 2, "exact"))),)
    found.append(replace(raid, accuser=mayor, denier=f"foreign_{y}", denial=rng.choice(("beside", "loose", "exact")), tolls=held))
    police = "police_3"
    crowd = (Toll("detained", police, ((0, rng.randrange(20, 40), None, "at-least"), (1, n := rng.randrange(41, 70), n, "exact"))),)
    found.append(Incident("i5", "protest", t[3], day2, _minutes(rng, rng.randrange(600, 1000)), rng.randrange(12), tolls=crowd))
    dead = rng.randrange(3, 9)
    lost = (
        Toll("killed", "director_4", ((0, dead, dead, "exact"), (1, dead + 2, dead + 2, "exact"))),
        Toll("missing", f"interior_{x}", ((0, dead + 9, dead + 9, "about"), (1, dead + 4, dead + 4, "exact"))),
    )
    blast = Incident("i6", "blast", t[4], day2, _minutes(rng, rng.randrange(300, 700)), rng.randrange(12), doer="company")
    found.append(replace(blast, accuser="union", silent="company", tolls=lost))
    movement = Incident("i7", "movement", t[5], day3, _minutes(rng, rng.randrange(300, 600)), rng.randrange(12), doer=f"forces_{y}")
    found.append(replace(movement, accuser=f"spokes_{x}", denier=f"defence_{y}", denial=rng.choice(("loose", "beside"))))
    found.append(Incident("i8", "aid", t[0], day3, _minutes(rng, rng.randrange(600, 800)), rng.randrange(12), doer="relief"))
    # a second raid that day in another town, of which nobody says anything but the one who tells it
    other = Incident("i9", "raid", t[5], day2, _minutes(rng, rng.randrange(420, 960)), rng.randrange(12), doer=f"guard_{y}")
    fewer = (Toll("detained", "mayor_5", ((0, taken + 5, taken + 5, "exact"),)),)
    found.append(replace(other, accuser="mayor_5", tolls=fewer))
    return found


def _minutes(rng: Random, minute: int) -> dict[str, int]:
    """When it was, by who tells it: the accuser's hour, and one that another puts an hour or two apart."""
    return {"first": minute - minute % 5, "other": minute - minute % 5 + rng.choice((70, 95, 110))}


def _shelling(
    key: str, rng: Random, day: date, town: str, index: int, minute: int, x: str, y: str, *, denial: str | None, fall: bool = False
) -> Incident:
    dead = rng.randrange(5, 30)
    high = dead + rng.randrange(3, 9)
    giver = f"interior_{x}"
    last = (2, high - 2, high - 2, "exact") if fall else (2, high + 1, high + 1, "exact")
    tolls = [
        Toll("killed", giver, ((0, dead, None, "at-least"), (1, high, high, "exact"), last), revised=fall),
        Toll("injured", f"director_{index}", ((0, dead + 11, dead + 11, "about"), (1, dead + 30, dead + 30, "exact"))),
        Toll("children", giver, ((1, 3, 3, "exact"),), group="children"),
    ]
    if fall:
        tolls.append(Toll("killed", "ombudsman", ((1, high + 2, high + 5, "range"), (2, high + 3, high + 3, "exact"))))
    made = Incident(key, "shelling", town, day, _minutes(rng, minute), rng.randrange(12), doer=f"forces_{y}", tolls=tuple(tolls))
    accuser = f"spokes_{x}" if key == "i3" else f"defence_{x}"
    return replace(made, accuser=accuser, denier=f"foreign_{y}" if denial else None, denial=denial)
