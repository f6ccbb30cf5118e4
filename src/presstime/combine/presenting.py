"""What the steps have settled → `Findings`: references become names, and every claim its count of origins.

In: a bench that is up to date, and the moment. Out: the findings as of it. Nothing is found here that is not on the bench.

Example: a line of a series whose giver is an actor's id → the name under which that actor is shown.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from string import ascii_uppercase
from typing import Literal

from presstime.combine.book import Book
from presstime.combine.claims import CLAIMS, present_claims, present_disputes
from presstime.combine.claims_retold import RETOLD, with_retold
from presstime.combine.documents_present import present_documents
from presstime.combine.identity import IDENTITY, present_actors, present_candidates, present_lands
from presstime.combine.names import name_key
from presstime.combine.origins import ORIGINS, copied_documents, present_origins
from presstime.combine.reactions import REACTIONS, present_reactions
from presstime.combine.series import SERIES, present_series
from presstime.combine.silences import SILENCES, present_silences, silent_ids
from presstime.combine.stages import World
from presstime.combine.steps import facts, outcomes
from presstime.combine.timeline import TIMELINE
from presstime.combine.timeline_present import present_background, present_event_candidates, present_timeline
from presstime.combine.traces import TRACES, present_said, present_traces
from presstime.findings import Findings
from presstime.gazetteer import open_gazetteer
from presstime.ledger.bench import Bench

__all__ = ["present_findings"]


def present_findings(bench: Bench, world: World, as_of: str, kind: Literal["draft", "published"] = "draft") -> Findings:
    """Everything that a bench holds, as findings. `as_of` is ISO 8601 with its offset."""
    people, days, families = (tuple(outcomes(bench, stage)) for stage in (IDENTITY, TIMELINE, ORIGINS))
    actors = present_actors(people, world)
    traced = tuple(facts(bench, TRACES))
    book = Book(
        as_of=as_of,
        documents=len(bench.documents()),
        actors={a.id: a for a in actors},
        own={document: fact.origin for document, fact in facts(bench, ORIGINS)},
        traces={record: fact.origin for record, fact in traced},
        silent=frozenset(silent_ids(outcomes(bench, SILENCES))),
        nations=_nations(world) | dict(present_lands(people)),
        copied=frozenset(copied_documents(families)),
    )
    origins = present_origins(families, book)
    said = present_said(outcomes(bench, TRACES), replace(book, origins={o.id: o for o in origins}))
    book = replace(book, origins={o.id: o for o in (*origins, *said)})
    matters = with_retold(outcomes(bench, CLAIMS), outcomes(bench, RETOLD))
    return Findings(
        as_of=as_of,
        kind=kind,
        documents=present_documents(bench, families, book),
        origins=(*origins, *said),
        traces=present_traces(traced, book),
        actors=actors,
        candidates=(
            *present_candidates(people, book.actors),
            *present_event_candidates(days, book, world),
        ),
        claims=present_claims(matters, book),
        disputes=present_disputes(matters, book),
        series=present_series(outcomes(bench, SERIES), book),
        timeline=present_timeline(days, book, world),
        background=present_background(days, book, world),
        reactions=present_reactions(outcomes(bench, REACTIONS), book),
        silences=present_silences(outcomes(bench, SILENCES), book),
    )


def _nations(world: World) -> dict[str, str]:
    """The names of countries by their keys: the gazetteer's, and the story's own."""
    own = {f"story:{name_key(p.name)}": p.name for p in world.context.places if p.precision == "country"}
    return _countries() | own


@cache
def _countries() -> dict[str, str]:
    codes = (a + b for a in ascii_uppercase for b in ascii_uppercase)
    found = ((f"iso:{code}", open_gazetteer().by_id(f"iso:{code}")) for code in codes)
    return {key: country.name for key, country in found if country is not None}
