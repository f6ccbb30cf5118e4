"""Combine: readings → findings, one module per finding.

In: the readings that count as of a moment. Out: `Findings`, derived and nothing else: they can be made again from
the ledger at any time. Pure: the same readings and moment give the same findings.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from presstime.combine.disputes import find_disputes
from presstime.combine.duplicates import find_duplicates
from presstime.combine.identity import find_actors
from presstime.combine.origins import find_origins
from presstime.combine.reactions import find_reactions, find_silences
from presstime.combine.series import find_series
from presstime.combine.timeline import find_timeline
from presstime.findings import Findings, FoundDocument
from presstime.records import Context, Reading

__all__ = ["combine"]


def combine(readings: Iterable[Reading], *, as_of: str, context: Context, kind: Literal["draft", "published"] = "draft") -> Findings:
    """Everything that can be found in these readings. `as_of` is ISO 8601 with its offset."""
    # oldest first, and the undated last: whoever printed a text first is its original
    ordered = sorted(readings, key=lambda r: (r.document.published is None, r.document.published or "", r.document.id))
    documents = [r.document for r in ordered]
    samenesses = find_duplicates(documents)
    origins, origin_of = find_origins(documents, samenesses)
    origin_names = {o.id: o.name for o in origins}
    actors = find_actors(ordered, context.actors)
    by_member = {m: a for a in actors for m in a.members}
    names = {m: a.name for m, a in by_member.items()}
    claims, disputes = find_disputes(ordered, names)
    return Findings(
        as_of=as_of,
        kind=kind,
        documents=tuple(
            FoundDocument(id=s.document, version_of=s.version_of, near_copy_of=s.near_copy_of, origin=origin_of[s.document]) for s in samenesses
        ),
        origins=origins,
        actors=actors,
        claims=claims,
        disputes=disputes,
        series=find_series(ordered, names, {d: origin_names[o] for d, o in origin_of.items()}),
        timeline=find_timeline(ordered, names, {d: (o, origin_names[o]) for d, o in origin_of.items()}),
        reactions=find_reactions(ordered, by_member),
        silences=find_silences(ordered, by_member, as_of),
    )
