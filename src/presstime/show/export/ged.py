"""UCDP GED's columns: a row for each event of armed force with somebody killed, for a coder to check.

In: a `Shown` and the policies for tolls. Out: rows whose `id` begins with "candidate-" and whose `source_article` has each source with
document, offsets and words. `low` and `high` are the lowest and highest number given; `best` is empty where tolls conflict, unless a
policy picks one. `deaths_a` and `deaths_b` are empty, since no reading tells whose the dead were; `deaths_civilians` is of figures of
civilians, and `deaths_unknown` what best leaves. An event of which no figure of killed is found makes no row.
Example: "12 villagers were killed when rebels attacked Velm" → type_of_violence 3, side_b "Civilians", best 12.
"""

from __future__ import annotations

from collections.abc import Sequence

from presstime.records import Place
from presstime.show.export.coding import Coded, Party, coded_events
from presstime.show.export.evidence import MOST_LINES, RecordEvidence, record_evidence, shortened
from presstime.show.export.shown import Shown
from presstime.show.export.table import Cell
from presstime.show.export.tolls import Policy, Toll, count_tolls, entry_tolls, of_group, totals
from presstime.show.export.when import When
from presstime.show.wording import country_words

__all__ = ["COLUMNS", "date_precision", "ged_rows", "where_precision"]

COLUMNS = (
    *("id", "year", "type_of_violence", "side_a", "side_b", "number_of_sources", "source_article", "source_office", "source_date"),
    *("source_headline", "source_original", "where_prec", "where_coordinates", "adm_1", "adm_2", "latitude", "longitude", "country"),
    *("event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"),
    *("best", "high", "low"),
)
_DAYS = {1: 1, 6: 2, 7: 3, 31: 4, 366: 5}
"""Up to so many days an event is coded with this date_prec: the day, two to six days, a week, a month, a year."""
_WHERE = {"town": 1, "district": 3, "region": 4, "area": 5, "country": 6}
_NEAR = frozenset({"camp", "facility"})
"""Kinds of places whose point is that of the town they stand in or are named after: within some 25 km, which is where_prec 2."""
_LINES = frozenset({"front", "corridor"})
_ORGANISED = {"state": "state", "external": "state", "rebel": "other", "political_militia": "other", "identity_militia": "other"}
_CIVILIANS = frozenset({"civilian", "civilians", "villagers", "residents", "children", "women", "inhabitants"})


def ged_rows(shown: Shown, policy: Policy) -> list[tuple[Cell, ...]]:
    """The rows, in the order of the timeline."""
    tolls = entry_tolls(shown)
    return [
        _row(shown, coded, tolls[coded.entry.id], policy)
        for coded in coded_events(shown)
        if coded.entry.type == "ASSAULT" and tolls.get(coded.entry.id)
    ]


def date_precision(when: When | None) -> int | None:
    """date_prec by how many days the event can lie on; None for more than a year."""
    return next((code for days, code in _DAYS.items() if when is not None and when.days <= days), None)


def where_precision(place: Place | None) -> int | None:
    """where_prec by what is named and what the point stands for."""
    if place is None:
        return None
    if place.kind in _LINES:
        return 5
    return 2 if place.kind in _NEAR and place.precision == "town" else _WHERE.get(place.precision or "")


def _violence(actor: Party | None, recipient: Party | None) -> int | None:
    """1 with a state on a side and an organised party on the other, 2 with none a state, 3 against civilians."""
    sides = [_ORGANISED.get(party.kind or "") if party else None for party in (actor, recipient)]
    if sides[0] is not None and recipient is not None and recipient.kind == "civilians":
        return 3
    if None in sides:
        return None
    return 1 if "state" in sides else 2


def _row(shown: Shown, coded: Coded, tolls: Sequence[Toll], policy: Policy) -> tuple[Cell, ...]:
    when, place = coded.when, coded.place
    count = count_tolls(totals(tolls), policy)
    civilians = count_tolls(of_group(tolls, _CIVILIANS), policy).best
    unknown = count.best - (civilians or 0) if count.best is not None and count.best >= (civilians or 0) else None
    evidence = [*coded.evidence, *(one for toll in tolls for one in record_evidence(shown, toll.figure))]
    documents = list({one.document: one for one in evidence}.values())
    precision = date_precision(when)
    pointed = place is not None and place.lat is not None and place.precision != "country"
    violence = _violence(coded.actor, coded.recipient)
    return (
        f"candidate-{coded.entry.id}",
        when.first.year if when and when.first.year == when.last.year else None,
        violence,
        coded.actor.name if coded.actor and coded.actor.acts else None,
        "Civilians" if violence == 3 else coded.recipient.name if coded.recipient and coded.recipient.acts else None,
        len(documents),
        _articles(evidence),
        "; ".join(dict.fromkeys(one.outlet for one in documents)),
        "; ".join(dict.fromkeys((one.published or "")[:10] for one in documents if one.published)),
        "; ".join(dict.fromkeys(one.headline for one in documents if one.headline)),
        "; ".join(dict.fromkeys(toll.giver for toll in tolls)),
        where_precision(place),
        place.name if place else None,
        *(place.province if place else None, None),
        *((place.lat, place.lon) if place is not None and pointed else (None, None)),
        country_words(place.country) if place else None,
        1 if when is not None and when.days == 1 and not when.differ else None,
        precision,
        *((when.first.isoformat(), when.last.isoformat()) if when and precision else (None, None)),
        *(None, None, civilians, unknown, count.best, count.high, count.low),
    )


def _articles(evidence: Sequence[RecordEvidence]) -> str:
    """Each source as UCDP cites it, "office,date,headline", with where the words stand in it."""
    cited = dict.fromkeys(
        f"{one.outlet},{(one.published or '')[:10]},{one.headline or ''}"
        f" ({one.document}, characters {one.start}-{one.end}: “{shortened(one.sentence)}”)"
        for one in evidence
    )
    more = (f"and {len(cited) - MOST_LINES} more",) if len(cited) > MOST_LINES else ()
    return "; ".join((*tuple(cited)[:MOST_LINES], *more))
