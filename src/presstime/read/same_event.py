"""A document's tellings of events → its events: what is told twice is one event with two mentions.

In come events in the order of the text, each with what tells tellings apart; out go the events, the first telling of
each with what later ones add. Two tellings are of one event where their words are of one kind of deed, nothing of
theirs differs (who, to whom, where, when, with what) and enough is the same; "the attack" takes up the last one told.
What several speakers claim stays one event of each, with the same facts.
What one says and another says is not so is disputed; what was first told as a claim stays one.

Example: "Rebels shelled Kadra on Monday, the mayor said. The shelling killed two." → one ASSAULT, claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from msgspec.structs import replace

from presstime.read.lexicon import words
from presstime.read.triggers import VERBAL
from presstime.records import Event, EventType, Participant, Place, Span, Standing, Statement, Time

__all__ = ["TAKEN_UP_BACK", "Telling", "disputed", "kin", "kin_lines", "merged"]

ENOUGH = 2
"""How many of doer, target, place, day and taking up must be the same."""
SENTENCES_BACK = 40
"""How many sentences back a telling of the same event may stand; one that takes it up ("the attack"), far fewer."""
TAKEN_UP_BACK = 6
_OPEN = 60
"""The last so many events that a telling may be of; only lists of one word over and over hold more so near."""
_COMPARED = 40
"""The last so many tellings of an event that another must agree with: more would take a long text's square of time."""

_OF_FACT: frozenset[Standing] = frozenset({"reported", "claimed", "denied", "disputed"})
_TAKING_PLACE: frozenset[EventType] = frozenset(
    {"ASSAULT", "COERCE", "CONSULT", "PROTEST", "RETREAT", "MOBILIZE", "AID", "CONCEDE", "COOPERATE", "SANCTION"}
)

_FACTS = ("mode", "actor", "recipient", "place", "means", "sub_event")


@dataclass(frozen=True, slots=True)
class Telling:
    """One telling: its event, its sentence's number, the trigger's base form, and how it is worded."""

    event: Event
    sentence: int
    lemma: str
    taking_up: bool
    """A noun with "the", "this" or an owner."""
    another: bool
    """Worded as another event: "a second attack"."""
    dated: bool
    """Whether its time stands in its own sentence."""
    part_of: str | None = None
    """The id of the event in the same sentence that it tells once more."""


@dataclass(frozen=True, slots=True)
class _Kin:
    groups: Mapping[str, frozenset[int]]
    taking_up: frozenset[str]
    another: frozenset[str]
    light: frozenset[str]
    generic: frozenset[str]
    numbers: frozenset[str]
    plain: frozenset[str]


@cache
def kin() -> _Kin:
    """words/en/event_kin.toml, each word with the numbers of its lines."""
    table = words("event_kin")
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(table["kin"]):
        for word in line.split():
            groups.setdefault(word, set()).add(number)
    sets = {name: frozenset(table[name].split()) for name in ("taking_up", "another", "light", "generic", "numbers", "plain")}
    return _Kin(groups={w: frozenset(n) for w, n in groups.items()}, **sets)


def merged(
    tellings: Sequence[Telling], places: Mapping[str, Place], times: Mapping[str, Time], statements: Sequence[Statement] = ()
) -> list[Event]:
    """One event for all tellings of it, in the order of the first; for what several speakers claim, one of each speaker,
    so that nobody's claim is lost in another's."""
    givers = {s.id: s.speaker.actor or s.speaker.name for s in statements if s.speaker is not None}
    groups: list[list[Telling]] = []
    parted: list[bool] = []
    wholes = {told.part_of for told in tellings}
    of_type: dict[EventType, list[int]] = {}
    for told in tellings:
        # those told too long ago are of nothing that follows, unless one is said to be part of the other
        kept = [g for g in of_type.get(told.event.type, ()) if told.sentence - groups[g][-1].sentence <= SENTENCES_BACK or parted[g]]
        if len(kept) > _OPEN:  # those told longest ago are given up, not those first told
            kept = sorted(sorted(kept, key=lambda g: groups[g][-1].sentence)[-_OPEN:])
        open_groups = of_type[told.event.type] = kept
        fitting = [g for g in open_groups if _is_of(told, groups[g], places, times)]
        # of several the one told last; of one sentence's the first, which is its main clause's
        at = max(fitting, key=lambda g: (groups[g][-1].sentence, -g), default=None)
        if at is None:
            at = len(groups)
            open_groups.append(at)
            groups.append([])
            parted.append(False)
        groups[at].append(told)
        parted[at] = parted[at] or told.part_of is not None or told.event.id in wholes
    events = [event for group in groups for event in _by_giver(group, givers)]
    return sorted(events, key=lambda e: (e.start, e.end))


def _by_giver(group: Sequence[Telling], givers: Mapping[str, str]) -> list[Event]:
    """The event that a group of tellings is of; where it is only claimed, and by several, one of each speaker, with what
    the others told of it: "the shelling" is where and by whom the first said it was. A denial goes against all of them."""
    whole = _joined([t.event for t in group], [t.dated for t in group])
    by: dict[str, list[Telling]] = {}
    others: list[Telling] = []
    for told in group:
        giver = givers.get(told.event.statement or "") if told.event.standing in ("claimed", "disputed") else None
        (by.setdefault(giver, []) if giver else others).append(told)
    if whole.standing not in ("claimed", "disputed") or len(by) < 2:
        return [whole]
    first = next(iter(by))
    by[first] = sorted([*by[first], *others], key=lambda t: (t.sentence, t.event.start))
    apart = [_joined([t.event for t in own], [t.dated for t in own]) for own in by.values()]
    filled = [{name: getattr(e, name) or getattr(whole, name) for name in (*_FACTS, "time")} for e in apart]
    return [replace(e, standing=whole.standing, **facts) for e, facts in zip(apart, filled, strict=True)]


def _is_of(told: Telling, group: Sequence[Telling], places: Mapping[str, Place], times: Mapping[str, Time]) -> bool:
    last, late = group[-1], group[-_COMPARED:]  # what is told once more is told in one sentence
    if told.part_of is not None or any(t.part_of == told.event.id for t in late):
        return any(told.part_of == t.event.id or t.part_of == told.event.id for t in late)
    if told.sentence - last.sentence > SENTENCES_BACK:
        return False
    return all(_one(told, other, places, times) for other in group[:1]) and all(
        not _differ(told, other, places, times) for other in group[1:][-_COMPARED:]
    )


def _one(b: Telling, a: Telling, places: Mapping[str, Place], times: Mapping[str, Time]) -> bool:
    """Whether a later telling is of the same event as an earlier one."""
    if b.event.type in VERBAL or b.event.type not in _TAKING_PLACE or b.another or b.event.scope != a.event.scope:
        return False
    if b.event.standing == "hypothetical" or a.event.standing == "hypothetical":
        return False
    if (a.event.standing == "planned") != (b.event.standing == "planned"):
        return False
    if _differ(b, a, places, times):
        return False
    back = TAKEN_UP_BACK if b.lemma != a.lemma else SENTENCES_BACK
    takes_up = b.taking_up and b.lemma in kin().taking_up and b.sentence - a.sentence <= back
    of_kind = bool(kin_lines(a.lemma) & kin_lines(b.lemma))
    if b.sentence == a.sentence and not takes_up:
        return False
    if not of_kind and not (takes_up and b.lemma in kin().generic):
        return False
    if takes_up:
        return True
    return _alike(b, a, places, times) >= ENOUGH


def kin_lines(lemma: str) -> frozenset[int | str]:
    """The numbers of the lines that name a word's kind of deed; the word itself where it is in none."""
    return frozenset(kin().groups.get(lemma, ())) or frozenset({lemma})


def _key(participant: Participant | None) -> frozenset[str]:
    """The telling words of a participant's name, their plural left out."""
    return frozenset() if participant is None else _telling_words(participant.name)


@lru_cache(maxsize=4096)
def _telling_words(name: str) -> frozenset[str]:
    said = name.lower().replace("’s", "").replace("'s", "").split()
    bare = (w.strip(".,;:“”\"'()") for w in said)
    return frozenset(w.removesuffix("s") for w in bare if w and w not in kin().plain and not w[0].isdigit())


def _numbers(participant: Participant | None) -> frozenset[str]:
    said = participant.name.lower().split() if participant is not None else []
    return frozenset(w for w in said if w[0].isdigit() or w in kin().numbers)


def _apart(a: Participant | None, b: Participant | None, near: Callable[[frozenset[str], frozenset[str]], bool]) -> bool:
    if a is None or b is None or (a.actor is not None and a.actor == b.actor):
        return False
    one, other = _key(a), _key(b)
    numbers = _numbers(a), _numbers(b)
    if numbers[0] and numbers[1] and numbers[0] != numbers[1]:
        return True
    return bool(one and other) and not near(one, other)


def _share(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a & b)


def _differ(b: Telling, a: Telling, places: Mapping[str, Place], times: Mapping[str, Time]) -> bool:
    """Whether something of two tellings cannot be of one event."""
    one, other = a.event, b.event
    if one.mode and other.mode and one.mode != other.mode and not b.taking_up:
        return True
    where = [places[e.place] for e in (one, other) if e.place is not None and e.place in places]
    named_in_target = any(p.name.lower() in (e.recipient.name.lower() if e.recipient else "") for p in where for e in (one, other))
    if len(where) == 2 and _where(where[0]) != _where(where[1]) and where[0].precision == where[1].precision:
        return True
    if _apart(one.actor, other.actor, _share) or (_apart(one.recipient, other.recipient, _share) and not named_in_target):
        return True
    if one.means and other.means and not set(one.means.lower().split()) & set(other.means.lower().split()) and not b.taking_up:
        return True
    return a.dated and b.dated and _times_apart(times.get(one.time or ""), times.get(other.time or ""))


def _where(place: Place) -> str:
    return place.gazetteer or place.name.lower()


def _times_apart(a: Time | None, b: Time | None) -> bool:
    if a is None or b is None or a.id == b.id or a.value == b.value:
        return False
    if a.from_ and a.to and b.from_ and b.to:
        return a.to <= b.from_ or b.to <= a.from_
    return a.value[:10] != b.value[:10]


def _alike(b: Telling, a: Telling, places: Mapping[str, Place], times: Mapping[str, Time]) -> int:
    one, other = a.event, b.event
    where = [_where(places[e.place]) for e in (one, other) if e.place is not None and e.place in places]
    same_place = len(where) == 2 and where[0] == where[1]
    same_day = a.dated and b.dated and one.time is not None and other.time is not None
    pairs = ((one.actor, other.actor), (one.recipient, other.recipient))
    same = [x is not None and y is not None and (bool(_key(x) & _key(y)) or (x.actor is not None and x.actor == y.actor)) for x, y in pairs]
    return sum([*same, same_place, same_day])


def _joined(group: Sequence[Event], dated: Sequence[bool]) -> Event:
    """The first telling, with what the later ones add and a standing for all."""
    first = group[0]
    spans = tuple(Span(start=e.start, end=e.end) for e in group)
    if len(group) == 1:
        return replace(first, mentions=spans)
    # what somebody claims adds nothing to what the outlet reports
    alike = [(e, own) for e, own in zip(group, dated, strict=True) if e.standing in (first.standing, "reported")]
    filled = {field: next((value for e, _ in alike if (value := getattr(e, field)) is not None), None) for field in _FACTS}
    of_own = [e.time for e, own in alike if own and e.time is not None]
    time = of_own[0] if of_own else next((e.time for e, _ in alike if e.time is not None), None)
    standings = {e.standing for e in group}
    standing, statement = first.standing, first.statement
    if standings <= _OF_FACT and "denied" in standings and len(standings) > 1:
        standing = "disputed"
        statement = next((e.statement for e in group if e.standing != "denied"), statement)
    elif first.standing == "denied" and "disputed" in standings:
        standing = "disputed"
    return replace(first, mentions=spans, time=time, standing=standing, statement=statement, **filled)


def disputed(events: Sequence[Event], statements: Sequence[Statement]) -> list[Event]:
    """The events, those told in a statement that another denies marked as disputed."""
    told_in: dict[str, set[EventType]] = {}
    for event in events:
        if event.statement is not None and event.standing == "denied":
            told_in.setdefault(event.statement, set()).add(event.type)
    # a denial that tells what is not so denies that; one that tells nothing denies all of what it answers
    against: dict[str, list[set[EventType]]] = {}
    for denial in statements:
        if denial.act == "denial":
            for answered in denial.answers:
                against.setdefault(answered, []).append(told_in.get(denial.id, set()))

    def is_disputed(event: Event) -> bool:
        if event.standing != "claimed" or event.statement is None or event.type in VERBAL:
            return False
        return any(not types or event.type in types for types in against.get(event.statement, ()))

    return [replace(e, standing="disputed") if is_disputed(e) else e for e in events]
