"""Deeds of one day → which of them are one. In: what is compared of each, every different one once. Out: groups.

Two tellings are of one event where their words name one kind of deed, enough of place, doer, target and hour is the same
and nothing differs. Two hours in one mouth are two events; in two mouths they are one whose times differ. What is told
without its place, or fits several events, joins one only where it fits no other; else it stays apart, and is proposed.
Deeds that differ in nothing that could part them are taken as one first, and each is tried with a few groups only.

Example: "shelled the bridge in Velm at 11:10" and "guns opened fire on Velm at 13:00", told by two → one group.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec.structs import replace

from presstime.combine.event_place import Site, pooled, relation
from presstime.combine.event_told import Deed
from presstime.combine.event_words import deed_words, kin_deeds, single, unlisted

__all__ = ["Doubt", "Group", "causeless", "contradicts", "gathered", "likeness"]

NEAR_HOURS = 180
"""Minutes apart at which two voices' hours may still be of one deed: accounts of one shelling lay up to two hours apart
in the made stories and the model document, two shellings of one town in a day eight hours or more."""
FAR_HOURS = 360
"""The same where doer and target are told and the same."""
_MORE = 2
"""Of doer, target and hour, how many two deeds must share where a word of one is of no list."""
_MOST = 3
"""The same where both words are of a list, and name deeds of two kinds. With both rules, four worlds of wording not tuned on
went from 0.65 to 0.95 (F1), and twenty hand-written stories stayed as they were."""
ONE_VOICE = 30
"""Minutes apart at which one voice's two hours may be of one deed: rounding."""
HEADS = 20
"""Groups among which a deed is tried for each of its keys, and different places, doers and hours kept of a group: bounds the
work where a long war has many deeds of one kind on one day."""
DOUBTS = 200
"""Doubts kept of one day."""
DOUBTED = 5
"""How alike two tellings must be for a person to be asked, where something differs: the same place, and doer or target."""
_POINTS: dict[str, float] = {"same": 3.0, "within": 2.0, "near": 1.5, "unknown": 1.0}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two groups that may be one, by their numbers, why, and how likely (0 to 1)."""

    one: int
    other: int
    why: str
    score: float


@dataclass(slots=True)
class Group:
    """Deeds that are one: their numbers, and all that they tell."""

    numbers: list[int] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    sites: dict[Site, None] = field(default_factory=dict)
    near: set[str] = field(default_factory=set)
    doers: dict[tuple[str, ...], None] = field(default_factory=dict)
    by: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    at: set[str] = field(default_factory=set)
    voices: dict[tuple[int, int, int], set[str]] = field(default_factory=dict)
    """Who tells each hour."""
    tellers: set[str] = field(default_factory=set)
    another: bool = False

    def take(self, deed: Deed, number: int = 0) -> None:
        """Adds a deed. Of places, doers and hours no more than `HEADS` different ones are kept."""
        self.numbers.append(number)
        self.kinds.update(deed.kinds)
        if deed.site.keys and len(self.sites) < HEADS:
            self.sites.setdefault(deed.site)
        if deed.doers and len(self.doers) < HEADS:
            self.doers.setdefault(deed.doers)
        self.near.update(deed.near)
        self.by.update(deed.by)
        self.targets.update(deed.targets)
        self.at.update(deed.at)
        self.tellers.add(deed.voice)
        hour = deed.begin, deed.end, deed.ahead
        if deed.begin and (hour in self.voices or len(self.voices) < HEADS):
            self.voices.setdefault(hour, set()).add(deed.voice)
        self.another = self.another or deed.another

    def merge(self, other: Group) -> None:
        """Adds all that another group tells."""
        self.numbers += other.numbers
        self.kinds |= other.kinds
        self.near |= other.near
        self.by |= other.by
        self.targets |= other.targets
        self.at |= other.at
        self.tellers |= other.tellers
        for site in list(other.sites)[: max(0, HEADS - len(self.sites))]:
            self.sites.setdefault(site)
        for doer in list(other.doers)[: max(0, HEADS - len(self.doers))]:
            self.doers.setdefault(doer)
        for hour, voices in other.voices.items():
            if hour in self.voices or len(self.voices) < HEADS:
                self.voices.setdefault(hour, set()).update(voices)
        self.another = self.another or other.another

    @property
    def wide(self) -> bool:
        """Whether no place narrower than a region is told."""
        return all(site.wide for site in self.sites)


@dataclass(slots=True)
class _Gathering:
    groups: list[Group] = field(default_factory=list)
    at_key: dict[str, list[int]] = field(default_factory=dict)
    whom: dict[str, list[int]] = field(default_factory=dict)
    wide: list[int] = field(default_factory=list)
    undecided: dict[Hashable, int] = field(default_factory=dict)
    doubts: dict[tuple[int, int], Doubt] = field(default_factory=dict)


def gathered(deeds: Sequence[Deed], kept_apart: Sequence[tuple[int, int]] = ()) -> tuple[list[Group], list[Doubt]]:
    """Groups of deeds, each a number in `deeds`, and what is doubtful. `deeds` are in the order in which they were first told;
    `kept_apart` are pairs of numbers that people have said are two events."""
    known = pooled(deed.site for deed in deeds)
    apart: dict[int, set[int]] = {}
    for a, b in kept_apart:
        apart.setdefault(a, set()).add(b)
        apart.setdefault(b, set()).add(a)
    cores: dict[Hashable, Group] = {}
    first: dict[Hashable, Deed] = {}
    for number, deed in enumerate(deeds):
        placed = replace(deed, site=known[deed.site]) if deed.site in known else deed
        key = number if number in apart else _core(placed)
        cores.setdefault(key, Group()).take(placed, number)
        first.setdefault(key, placed)
    made = _Gathering()
    for key in sorted(cores, key=lambda k: (not isinstance(k, int), *_fullness(first[k]), cores[k].numbers[0])):
        _take(made, cores[key], key, {b for n in cores[key].numbers for b in apart.get(n, ())} if apart else set())
    return made.groups, sorted(made.doubts.values(), key=lambda d: (-d.score, d.one, d.other))[:DOUBTS]


def _core(deed: Deed) -> Hashable:
    """What can part a deed from another: where there is one of its kind at a place, neither its target nor its words do."""
    core = (deed.kinds, deed.site, deed.doers, deed.begin, deed.end, deed.ahead, deed.another)
    if deed.site.keys and not deed.site.wide and deed_words().single.issuperset(deed.kinds):
        return core
    return (*core, deed.near, deed.by, deed.targets, deed.at, "" if deed.doers else deed.voice)


def _fullness(deed: Deed) -> tuple[bool, ...]:
    """What tells more comes first: others join it."""
    return (not deed.site.keys, deed.site.wide, not deed.begin, not deed.doers, not deed.targets)


def _take(made: _Gathering, core: Group, key: Hashable, apart: set[int]) -> None:
    sure = bool(core.sites) and not core.wide
    fits: list[tuple[float, int]] = []
    doubtful: list[tuple[int, str, float]] = []
    for at in _tried(made, core):
        group = made.groups[at]
        alike = likeness(core, group)
        if alike <= 0 or not apart.isdisjoint(group.numbers):
            continue
        why = contradicts(core, group)
        if why is None:
            fits.append((alike, at))
            if len(fits) > 1 and not sure:
                break
        elif alike >= DOUBTED:
            doubtful.append((at, why, 0.3))
    best = max((alike for alike, _ in fits), default=0.0)
    among = [at for alike, at in fits if not sure or alike == best]
    if len(among) == 1 or (among and apart):
        chosen: int | None = among[0]
    else:
        key = (tuple(sorted(core.kinds)), tuple(core.doers), tuple(core.sites), tuple(sorted(core.near))) if among else key
        chosen = made.undecided.get(key) if among else None
    if chosen is None:
        chosen = len(made.groups)
        made.groups.append(Group())
        if among:
            made.undecided[key] = chosen
            doubtful += [(at, "it fits more than one event", 0.5) for at in among[:3]]
    made.groups[chosen].merge(core)
    if not among or chosen in among:  # what fits several is no event that others join
        _index(made, chosen, core)
    for at, why, score in doubtful:
        if at != chosen and len(made.doubts) < DOUBTS:
            made.doubts.setdefault((at, chosen), Doubt(at, chosen, why, score))


def _tried(made: _Gathering, core: Group) -> list[int]:
    """The groups that a deed may be of, the first told first: those of its place, or of its doer or target."""
    found: set[int] = set()
    for site in core.sites:
        for key in (*site.keys, *(k for k in site.within if ":" not in k)):
            found.update(made.at_key.get(key, ())[:HEADS])
    for key in sorted(core.near):
        found.update(made.at_key.get(key, ())[:HEADS])
    if not core.sites or core.wide:
        for key in sorted({k for doers in core.doers for k in doers} | core.targets):
            found.update(made.whom.get(key, ())[:HEADS])
    else:
        found.update(made.wide[:HEADS])
    return sorted(found)


def _index(made: _Gathering, at: int, core: Group) -> None:
    keys = {k for site in core.sites for k in (*site.keys, *(w for w in site.within if ":" not in w))} | core.near
    for held in (*(made.at_key.setdefault(k, []) for k in keys), *(made.whom.setdefault(k, []) for d in core.doers for k in d)):
        if len(held) < HEADS and at not in held:
            held.append(at)
    for held in (made.whom.setdefault(k, []) for k in core.targets | core.at):
        if len(held) < HEADS and at not in held:
            held.append(at)
    if core.sites and core.wide and len(made.wide) < HEADS and at not in made.wide:
        made.wide.append(at)


# ---------------------------------------------------------------- two deeds


def contradicts(a: Group, b: Group) -> str | None:
    """What says that two tellings are of two events, in words; None where nothing does."""
    if any(_relation(x, y) == "apart" for x in a.sites for y in b.sites):
        return "the places differ"
    if any(_parted(x, y) for x in a.doers for y in b.doers):
        return "whoever did it differs"
    if a.voices and b.voices:
        both = bool(a.doers and b.doers and a.targets & b.targets)
        limit = FAR_HOURS if both else NEAR_HOURS
        for one, mine in a.voices.items():
            for other, theirs in b.voices.items():
                gap = _gap(one, other)
                if gap > limit:
                    return "the hours are far apart"
                if gap > ONE_VOICE and not mine.isdisjoint(theirs):
                    return "one voice tells them at two hours"
                if gap >= 0 and (a.another or b.another) and not mine.isdisjoint(theirs):
                    return "one voice tells one of them as another"
    return None


def likeness(a: Group, b: Group) -> float:
    """How much of two tellings is the same, where that is enough for one event; 0 where it is not."""
    kin = kin_deeds(a.kinds, b.kinds)
    strange = unlisted(a.kinds) or unlisted(b.kinds)
    place = _placed(a, b)
    if place == "apart":
        return 0
    doer = any(_sided(x, y) for x in a.doers for y in b.doers)
    by = not doer and not a.by.isdisjoint(b.by)
    target = bool((a.targets | a.at) & (b.targets | b.at) - (a.at & b.at))
    timed = bool(a.voices and b.voices)
    hour = timed and any(_gap(x, y) < 0 for x in a.voices for y in b.voices)
    one_only = single(a.kinds, b.kinds)
    disjoint = bool(a.targets and b.targets) and not target
    if not kin:  # a word of no list may mean any deed of its type, another word the same deed: more must be the same
        enough = place in ("same", "near") and doer + target + hour >= (_MORE if strange else _MOST)
    elif place == "same" and not (a.wide and b.wide):
        enough = one_only or doer or hour or (target and not disjoint) or (by and not disjoint)
    elif place == "same":
        enough = doer and (one_only or target)
    elif place in ("within", "near"):
        enough = target or (one_only and (doer or hour or place == "near")) or (not disjoint and (doer or (by and hour)))
    else:
        enough = (doer and not disjoint) or (target and (by or hour or not a.tellers.isdisjoint(b.tellers)))
    if not enough:
        return 0
    return _POINTS[place] + 2 * doer + by + 2 * target + 2 * hour + 0.5 * (a.kinds == b.kinds) - 0.5 * (timed and not hour)


def _placed(a: Group, b: Group) -> str:
    """How their places stand to each other; "near" where one has none of its own, and its paragraph names the other's."""
    if a.sites and b.sites:
        found = {_relation(x, y) for x in a.sites for y in b.sites}
        return next(r for r in ("same", "within", "unknown", "apart") if r in found)
    keys, near = ({k for s in a.sites for k in s.keys}, b.near) if a.sites else ({k for s in b.sites for k in s.keys}, a.near)
    if keys:
        return "unknown" if keys.isdisjoint(near) else "near"
    return "unknown" if a.near.isdisjoint(b.near) else "near"


_relation = lru_cache(maxsize=50_000)(relation)


@lru_cache(maxsize=50_000)
def _sided(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two doers are one, or of one side: a key is the same, or one name is the other's adjective ("nova", "novan")."""
    return not set(a).isdisjoint(b) or any(_begins(x, y) for x in a for y in b)


@lru_cache(maxsize=50_000)
def _parted(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two doers are of two sides: both are told by country, or both by name, and nothing is the same."""
    if not a or not b or _sided(a, b):
        return False
    one, other = ({k[0] for k in keys} for keys in (a, b))
    return ("n" in one and "n" in other) or ("n" not in one and "n" not in other and "k" in one and "k" in other)


def _begins(a: str, b: str) -> bool:
    return a[:2] == b[:2] == "k:" and min(len(a), len(b)) >= len("k:nova") and (a.startswith(b) or b.startswith(a))


def _gap(a: tuple[int, int, int], b: tuple[int, int, int]) -> int:
    """Minutes between two told hours, below 0 where they overlap; by the sources' own clocks where these are nearer, since
    the hour that a paper prints is mostly that of the place, whatever zone its own dateline is in."""
    told = max(a[0], b[0]) - min(a[1], b[1])
    return min(told, max(a[0] + a[2], b[0] + b[2]) - min(a[1] + a[2], b[1] + b[2]))


def causeless(deeds: Sequence[Deed]) -> bool:
    """Whether nobody is said to have done what may be an accident: a blast, a fire, a collapse."""
    return all(not d.meant and set(d.kinds) <= deed_words().causeless for d in deeds)
