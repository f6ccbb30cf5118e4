"""ACLED's columns: a row for each event of the timeline that ACLED's definitions may cover, for a coder to check.

In: a `Shown` and the policies for tolls. Out: rows, each labelled a machine-coded candidate in `tags` and `notes`; `notes` has every
telling's words with document and offsets, every toll and what the tellings disagree on. Codes that cannot be known are empty:
`source_scale`, `admin2`, `admin3`, a side on which tellings disagree, fatalities where tolls conflict and no policy was given.
Example: "Shells fell on Velm" → Explosions/Remote violence, Shelling/artillery/missile attack, geo_precision 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from presstime.records import Event
from presstime.show.export.coding import LABEL, Coded, Party, coded_events, codes, countries, one_of
from presstime.show.export.evidence import evidence_lines, shortened
from presstime.show.export.shown import Shown
from presstime.show.export.table import Cell
from presstime.show.export.tolls import Policy, Toll, count_tolls, entry_tolls, toll_line, totals
from presstime.show.export.when import parse_moment, telling_words
from presstime.show.wording import country_words, plural

__all__ = ["COLUMNS", "acled_rows", "inter_code", "sub_event_of"]

COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)
_DAYS = {1: 1, 7: 2, 31: 3}
"""Up to so many days an event is coded with this time_precision: the day, the week, the month."""
_GEO = {"town": 1, "area": 2, "district": 2, "region": 3}
"""geo_precision by what the point stands for: a town; the surroundings of one; a larger region. A country has none."""
_UNNAMED = {"protesters": "Protesters", "rioters": "Rioters", "civilians": "Civilians"}
_INTER = {"rebel": 2, "political_militia": 3, "identity_militia": 4, "rioters": 5, "protesters": 6, "civilians": 7, "external": 8}


def acled_rows(shown: Shown, policy: Policy) -> list[tuple[Cell, ...]]:
    """The rows, in the order of the timeline. Events of other kinds (aid, talks, statements) are not in ACLED."""
    tolls = entry_tolls(shown)
    zone = ZoneInfo(shown.material.time_zone)
    moment = parse_moment(shown.material.as_of, zone) or datetime(1980, 1, 1, tzinfo=UTC)
    rows = []
    for coded in coded_events(shown):
        typed = _types(coded.events)
        if any(typed):
            rows.append(_row(shown, coded, typed, tolls.get(coded.entry.id, ()), policy, int(moment.timestamp())))
    return rows


def sub_event_of(events: Sequence[Event]) -> str | None:
    """ACLED's sub-event, where the tellings that name one agree."""
    modes: dict[str, str] = codes("acled")["mode"]
    return one_of([event.sub_event for event in events]) or (
        None if any(event.sub_event for event in events) else one_of([modes.get(event.mode or "") for event in events])
    )


def _types(events: Sequence[Event]) -> tuple[str | None, str | None, str | None]:
    """disorder_type, event_type and sub_event_type; all None for what is not in ACLED."""
    table = codes("acled")
    sub_event = sub_event_of(events)
    told = [event.sub_event for event in events if event.sub_event]
    kind = table["event_type"].get(sub_event) or one_of([table["event_type"].get(each) for each in told])
    disorder = table["disorder_type"].get(sub_event) or table["disorder_type"].get(kind)
    settled = table["type"].get(events[0].type, {})
    return disorder or settled.get("disorder_type"), kind or settled.get("event_type") or None, sub_event


def inter_code(party: Party | None, country: str | None) -> int | None:
    """The code of a party's type; a state's forces are 1 at home and 8 elsewhere, and have none where that is not known."""
    if party is None or party.kind is None:
        return None
    if party.kind != "state":
        return _INTER[party.kind]
    if party.country and country:
        return 1 if party.country == country else 8
    return 1 if party.at_home else None


def _name(party: Party | None, country: str | None) -> str | None:
    if party is None or not party.acts:
        return None
    where = country_words(country)
    return f"{_UNNAMED[party.kind]} ({where})" if party.kind in _UNNAMED and where else party.name


def _row(shown: Shown, coded: Coded, typed: tuple[str | None, ...], tolls: Sequence[Toll], policy: Policy, moment: int) -> tuple[Cell, ...]:
    when, place = coded.when, coded.place
    precision = next((code for days, code in _DAYS.items() if when is not None and when.days <= days), None)
    country = place.country if place else None
    known = countries().get(country or "")
    one, other = inter_code(coded.actor, country), inter_code(coded.recipient, country)
    pointed = place is not None and place.precision in _GEO and place.lat is not None
    count = count_tolls(totals(tolls), policy)
    violent = typed[1] in ("Violence against civilians", "Explosions/Remote violence", "Battles") or "Excessive force" in (typed[2] or "")
    targeted = violent and coded.recipient is not None and coded.recipient.kind in ("civilians", "protesters")
    return (
        coded.entry.id,
        when.first.isoformat() if when and precision else None,
        when.first.year if when and when.first.year == when.last.year else None,
        precision,
        *typed,
        *(_name(coded.actor, country), None, one, _name(coded.recipient, country), None, other),
        _interaction(coded, one, other),
        "Civilian targeting" if targeted else None,
        *(known.iso if known else None, known.region if known else None, country_words(country)),
        *(place.province if place else None, None, None, place.name if place else None),
        *((place.lat, place.lon, _GEO[place.precision or "town"]) if place is not None and pointed else (None, None, None)),
        "; ".join(dict.fromkeys(one.outlet for one in coded.evidence)),
        None,
        _notes(shown, coded, tolls, policy),
        count.best,
        LABEL,
        moment,
    )


def _interaction(coded: Coded, one: int | None, other: int | None) -> int | None:
    """The joint code, the lower first; of one actor alone only where no telling names a second."""
    alone = coded.recipient is None or not coded.recipient.acts
    alone = alone and not any(each.startswith("recipient") for each in coded.disagree)
    if one is not None and other is not None:
        return 10 * min(one, other) + max(one, other)
    return 10 * one if one is not None and alone else None


def _notes(shown: Shown, coded: Coded, tolls: Sequence[Toll], policy: Policy) -> str:
    entry = coded.entry
    lines = [f"{LABEL.capitalize()}, not reviewed. Standing: {entry.standing}."]
    if coded.when is not None and (coded.when.differ or entry.times_differ):
        lines.append(f"Times differ: {'; '.join(dict.fromkeys(telling_words(shown.index, one) for one in entry.tellings))}.")
    lines += [f"Tellings disagree on the {each}." for each in coded.disagree]
    lines += [
        f"No party, but named: {shortened(party.name)}." for party in (coded.actor, coded.recipient) if party is not None and not party.acts
    ]
    names = list(dict.fromkeys(event.sub_event for event in coded.events if event.sub_event))
    if len(names) > 1:
        lines.append(f"Sub-events told: {', '.join(names)}.")
    if tolls:
        count = count_tolls(totals(tolls), policy)
        stated = f"words as numbers: {policy.words}; conflicting tolls: {policy.toll or 'left empty'}"
        lines.append(f"Tolls{' (in conflict)' if count.conflict else ''}: {'; '.join(map(toll_line, tolls))}. Policy: {stated}.")
    most = entry.independent_at_most
    lines.append(f"At most {plural(most, 'independent origin')}." if most else "Origins not counted.")
    lines += ["Evidence:", *evidence_lines(coded.evidence)]
    return " ".join(lines)
