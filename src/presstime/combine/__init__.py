"""Combine: readings → findings, one module per finding.

In: the readings that count as of a moment, in any order. Out: `Findings`, derived and nothing else: they can be made
again from the ledger at any time. Pure: the same readings, moment and context give the same findings. docs/combine.md
says what each finding means and where its first version stops.

Example: `combine(readings, as_of="2026-03-03T20:00:00+02:00", context=Context()).disputes`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from presstime.combine.disputes import find_disputes
from presstime.combine.duplicates import Sameness, find_duplicates
from presstime.combine.identity import find_cast
from presstime.combine.moments import order_of
from presstime.combine.origins import find_origins
from presstime.combine.reactions import find_reactions
from presstime.combine.series import find_series
from presstime.combine.silences import find_silences
from presstime.combine.timeline import find_timeline
from presstime.findings import Findings, FoundDocument
from presstime.records import Context, Reading

__all__ = ["combine"]


def combine(readings: Iterable[Reading], *, as_of: str, context: Context, kind: Literal["draft", "published"] = "draft") -> Findings:
    """Everything that can be found in these readings. `as_of` is ISO 8601 with its offset. Of two readings of one document one counts."""
    ordered = _in_order(readings)
    documents = [r.document for r in ordered]
    cast = find_cast(ordered, context)
    samenesses = find_duplicates(documents)
    origins, origin_of = find_origins(documents, samenesses, cast)
    names = {o.id: o.name for o in origins}
    claims, disputes = find_disputes(ordered, cast)
    return Findings(
        as_of=as_of,
        kind=kind,
        documents=tuple(_found(s, origin_of[s.document]) for s in samenesses),
        origins=origins,
        actors=cast.actors,
        claims=claims,
        disputes=disputes,
        series=find_series(ordered, cast, {d: names[o] for d, o in origin_of.items()}),
        timeline=find_timeline(ordered, cast, context, {d: (o, names[o]) for d, o in origin_of.items()}),
        reactions=find_reactions(ordered, cast, origin_of),
        silences=find_silences(ordered, cast, as_of),
    )


def _found(same: Sameness, origin: str) -> FoundDocument:
    return FoundDocument(id=same.document, version_of=same.version_of, near_copy_of=same.near_copy_of, origin=origin)


def _in_order(readings: Iterable[Reading]) -> list[Reading]:
    """Oldest first, and the undated last: whoever printed a text first is its original."""
    by_document: dict[str, Reading] = {}
    for reading in readings:
        known = by_document.get(reading.document.id)
        # the ledger gives one reading a document; should there be two, the choice must not depend on their order
        if known is None or msgspec.json.encode(known) < msgspec.json.encode(reading):
            by_document[reading.document.id] = reading
    return sorted(by_document.values(), key=lambda r: (order_of(r.document.published, r.document.as_of), r.document.id))
