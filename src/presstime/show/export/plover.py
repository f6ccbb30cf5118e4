"""PLOVER 2.0 JSON Lines: an event a line, for a coder to check.

In: a `Shown` and the policies for tolls. Out: one JSON object a line. Events of the timeline are one each, with all their tellings;
what is done in words (demands, accusations, threats…) and stands on no timeline is one for each document that tells it. The fields are
those in which PLOVER events are published (POLECAT), in lower case with underscores; what no reading tells (contexts, intensity, COW
codes, Wikipedia ids) is null or empty. Each line says that it is a machine-coded candidate and has its evidence.
Example: `{"status":"machine-coded candidate","event_type":"ASSAULT","event_mode":"heavy-weapons","quad_code":"MATERIAL CONFLICT",…}`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from presstime.records import Event, Place
from presstime.show.export.cells import storable
from presstime.show.export.coding import LABEL, Party, coded_events, one_of, party_of
from presstime.show.export.evidence import RecordEvidence, record_evidence
from presstime.show.export.shown import Shown
from presstime.show.export.tolls import Policy, Toll, count_tolls, entry_tolls, toll_line, totals
from presstime.show.wording import country_words

__all__ = ["QUAD_CODES", "plover"]

QUAD_CODES = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "VERBAL COOPERATION"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "MATERIAL COOPERATION"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "VERBAL CONFLICT"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "MATERIAL CONFLICT"),
}
"""PLOVER's four classes of its sixteen types."""
_SECTORS = {"state": ["GOV"], "rebel": ["REB"], "civilians": ["CVL"]}
"""Sectors of PLOVER that the kinds of parties settle."""


def plover(shown: Shown, policy: Policy) -> bytes:
    """The lines: the timeline first, then what is on none."""
    lines = [*_timeline(shown, policy), *_others(shown)]
    return "".join(storable(json.dumps(line, ensure_ascii=False, separators=(",", ":"))) + "\n" for line in lines).encode("utf-8")


def _timeline(shown: Shown, policy: Policy) -> Iterator[dict[str, Any]]:
    tolls = entry_tolls(shown)
    for coded in coded_events(shown):
        when = coded.when
        line = _line(shown, coded.entry.id, coded.entry.type, coded.events, coded.actor, coded.recipient, coded.place, coded.evidence)
        line["event_date"] = when.first.isoformat() if when and when.days == 1 else None
        line["event_dates"] = [when.first.isoformat(), when.last.isoformat()] if when else None
        line["standing"] = coded.entry.standing
        line["disagree"] = list(coded.disagree)
        line["independent_origins_at_most"] = coded.entry.independent_at_most or None
        line["dead"] = _dead(tolls.get(coded.entry.id, ()), policy)
        yield line


def _others(shown: Shown) -> Iterator[dict[str, Any]]:
    """Events that no entry of the timeline tells: what is done in words. Memories are left out."""
    findings = shown.material.findings
    told = {telling.event for entry in (*findings.timeline, *findings.background) for telling in entry.tellings}
    for event in shown.index.events.values():
        if event.id in told or event.scope == "past" or event.standing in ("planned", "hypothetical"):
            continue
        actor, recipient = (party_of(shown, one) if one else None for one in (event.actor, event.recipient))
        place = shown.index.places.get(event.place or "")
        line = _line(shown, event.id, event.type, (event,), actor, recipient, place, record_evidence(shown, event.id))
        time = shown.index.times.get(event.time or "")
        days = [iso[:10] for iso in (time.from_, time.to) if iso] if time else []
        line["event_date"] = None
        line["event_dates"] = days if len(days) == 2 else None
        line["standing"] = event.standing
        line["disagree"] = []
        line["independent_origins_at_most"] = None
        line["dead"] = None
        yield line


def _line(
    shown: Shown,
    ident: str,
    kind: str,
    events: Sequence[Event],
    actor: Party | None,
    recipient: Party | None,
    place: Place | None,
    evidence: Sequence[RecordEvidence],
) -> dict[str, Any]:
    located = place is not None and place.use == "literal"
    sources = list({one.document: one for one in evidence}.values())
    return {
        "event_id": ident,
        "status": LABEL,
        "ontology": "PLOVER 2.0",
        "event_type": kind,
        "event_mode": one_of([event.mode for event in events]),
        "quad_code": QUAD_CODES[kind],
        "intensity": None,
        "contexts": [],
        **_side("actor", actor, one_of([event.actor.name for event in events if event.actor])),
        **_side("recipient", recipient, one_of([event.recipient.name for event in events if event.recipient])),
        "placename": place.name if place and located else None,
        "province": place.province if place and located else None,
        "country": country_words(place.country) if place and located else None,
        "latitude": place.lat if place and located else None,
        "longitude": place.lon if place and located else None,
        "geonames_id": _geonames(place) if place and located else None,
        "precision": place.precision if place and located else None,
        "source": [one.outlet for one in sources],
        "publication_date": [one.published for one in sources],
        "evidence": [msgspec.to_builtins(one) for one in evidence],
        "version": f"presstime {shown.material.presstime}",
    }


def _side(role: str, party: Party | None, words: str | None) -> dict[str, Any]:
    return {
        f"{role}_name": party.name if party else None,
        f"{role}_name_raw": words,
        f"{role}_country": party.country if party else None,
        f"{role}_sectors": _SECTORS.get(party.kind or "", []) if party else [],
    }


def _geonames(place: Place) -> str | None:
    source, _, ident = (place.gazetteer or "").partition(":")
    return ident if source == "geonames" else None


def _dead(tolls: Sequence[Toll], policy: Policy) -> dict[str, Any] | None:
    if not tolls:
        return None
    count = count_tolls(totals(tolls), policy)
    stated = {"words": policy.words, "toll": policy.toll}
    return {"low": count.low, "best": count.best, "high": count.high, "conflict": count.conflict, "policy": stated} | {
        "tolls": [toll_line(toll) for toll in tolls]
    }
