"""What the coding schemes share: which events make rows, who took part, of what kind, where, and what the words say.

In: a `Shown` and its timeline. Out: a `Coded` for each event that is no plan and no mere memory. Where tellings disagree on who did it
or to whom, nobody is named: the rows' notes and evidence have every telling.
Example: "Rebels shelled the port of Velm" → a Coded with actor1 "Rebels" of the kind "rebel", place Velm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import msgspec

from presstime.findings import TimelineEntry
from presstime.records import Event, Participant, Place, Record
from presstime.show.export.evidence import RecordEvidence, entry_evidence, shortened
from presstime.show.export.geojson import located
from presstime.show.export.shown import Shown
from presstime.show.export.when import When, event_when

__all__ = ["LABEL", "Coded", "Country", "Party", "PartyKind", "coded_events", "codes", "countries", "one_of", "party_of"]

LABEL = "machine-coded candidate"
"""What every coded row says it is."""

_HAPPENED = frozenset({"reported", "claimed", "disputed", "denied"})
PartyKind = Literal["protesters", "rioters", "external", "state", "rebel", "political_militia", "identity_militia", "civilians"]


class Party(Record, frozen=True):
    """Who took part. `kind` is None where the words do not tell; `country` is ISO 3166-1; `at_home` of forces that never leave.

    `acts` is false of what is no party: "homes", "the harbour".
    """

    name: str
    acts: bool = True
    kind: PartyKind | None = None
    country: str | None = None
    at_home: bool = False


class Coded(Record, frozen=True):
    """An event to be coded. `tellings` are the readings' events; `disagree` says of which party the tellings name several."""

    entry: TimelineEntry
    events: tuple[Event, ...]
    when: When | None
    place: Place | None
    actor: Party | None
    recipient: Party | None
    disagree: tuple[str, ...]
    evidence: tuple[RecordEvidence, ...]


class Country(Record, frozen=True):
    """A country's numeric code and ACLED's region."""

    region: str
    iso: int | None = None


def codes(name: str) -> dict[str, Any]:
    """A table of words/, by its name."""
    return _table(name)


@cache
def _table(name: str) -> dict[str, Any]:
    data = files("presstime.show.export").joinpath("words", f"{name}.toml").read_bytes()
    return msgspec.toml.decode(data, type=dict[str, Any])


@cache
def countries() -> dict[str, Country]:
    """Countries by their two letters."""
    return {code: msgspec.convert(row, Country) for code, row in _table("countries").items()}


def one_of(values: Iterator[Any] | list[Any]) -> Any:
    """The one value that all agree on, leaving out None; None where there is none, or several."""
    found = list(dict.fromkeys(value for value in values if value is not None))
    return found[0] if len(found) == 1 else None


def coded_events(shown: Shown) -> Iterator[Coded]:
    """Every event of the timeline that is told as having happened, with what its tellings agree on."""
    index = shown.index
    for entry in shown.material.findings.timeline:
        events = tuple(index.events[t.event] for t in entry.tellings if t.event in index.events)
        if entry.standing not in _HAPPENED or not events or all(event.scope == "past" for event in events):
            continue
        sides = {name: _parties(shown, [getattr(event, name) for event in events]) for name in ("actor", "recipient")}
        yield Coded(
            entry=entry,
            events=events,
            when=event_when(entry, shown.material.time_zone),
            place=located(shown, entry) or _named(shown, events),
            actor=sides["actor"][0] if len(sides["actor"]) == 1 else None,
            recipient=sides["recipient"][0] if len(sides["recipient"]) == 1 else None,
            disagree=tuple(
                f"{name}: {' / '.join(shortened(p.name) for p in parties)}" for name, parties in sides.items() if len(parties) > 1
            ),
            evidence=entry_evidence(shown, entry),
        )


def _named(shown: Shown, events: tuple[Event, ...]) -> Place | None:
    """A place that is named though it has no point."""
    found = (shown.index.places.get(event.place or "") for event in events)
    return next((place for place in found if place is not None and place.use == "literal"), None)


def _parties(shown: Shown, told: list[Participant | None]) -> list[Party]:
    """The parties that tellings name, each once: the same actor, or the same words up to a comma."""
    found: dict[str, Party] = {}
    for one in told:
        if one is not None:
            party = party_of(shown, one)
            actor = shown.index.actor_of_member.get(one.actor or "")
            found.setdefault(actor.id if actor else party.name.casefold().removeprefix("the ").partition(",")[0], party)
    return list(found.values())


def party_of(shown: Shown, participant: Participant) -> Party:
    """Who a participant is, of what kind and country, as far as words and readings tell."""
    index = shown.index
    found = index.actor_of_member.get(participant.actor or "")
    own = index.actors.get(participant.actor or "")
    name = found.name if found else own.name if own else participant.name
    country = (found.country if found else None) or (own.country if own else None)
    words = _base_forms(f"{participant.name} {name}")
    kinds = [kind for kind, listed in _table("parties").items() if kind != "at_home" and words & set(listed.split())]
    kind: PartyKind | None = msgspec.convert(kinds[0], PartyKind) if kinds else None
    actor_kind = found.kind if found else own.kind if own else None
    if kind is None and actor_kind == "government":
        kind = "state"
    acts = kind is not None or own is not None
    return Party(name=name, acts=acts, kind=kind, country=country, at_home=bool(words & set(_table("parties")["at_home"].split())))


def _base_forms(text: str) -> set[str]:
    """Words and pairs of words as base forms: rough English plurals are enough for lists of nouns."""
    words = re.findall(r"[\w-]+", text.casefold())
    single = [_singular(word) for word in words]
    return {*words, *single, *(f"{a}_{b}" for a, b in zip(words, single[1:], strict=False))}


def _singular(word: str) -> str:
    irregular = {"men": "man", "women": "woman", "children": "child", "people": "people"}
    for plural, one in irregular.items():
        if word.endswith(plural):
            return word.removesuffix(plural) + one
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
