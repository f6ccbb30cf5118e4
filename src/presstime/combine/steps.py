"""The steps of combining, in order, and bringing a bench up to date with them.

In: a bench and the readings that count. Out: the bench with what every step has settled. A step of one level may need
the facts of earlier levels. Example: identity comes before series, since a line of a series is one giver's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from presstime.combine.claim_pairs import PAIRS
from presstime.combine.claims import CLAIMS
from presstime.combine.claims_repeated import REPEATED
from presstime.combine.claims_retold import RETOLD
from presstime.combine.copies import CopyFact, find_copies
from presstime.combine.engine import Beside, Source, run
from presstime.combine.event_day import EVENT_DAYS
from presstime.combine.hearings import HEARINGS
from presstime.combine.identity import IDENTITY
from presstime.combine.identity_hints import HINTS
from presstime.combine.identity_voices import VOICES
from presstime.combine.newsrooms import NEWSROOMS
from presstime.combine.origins import ORIGINS
from presstime.combine.reactions import REACTIONS
from presstime.combine.series import SERIES
from presstime.combine.silences import SILENCES
from presstime.combine.stages import Stage, World
from presstime.combine.timeline import TIMELINE
from presstime.combine.traces import TRACES
from presstime.findings import Decision
from presstime.ledger.bench import Bench
from presstime.version import __version__, context_hash

__all__ = ["BESIDE", "KINDS", "LEVELS", "bring_up_to_date", "facts", "outcomes"]

_FORM = "8"
"""Raised whenever a step's notes, facts or outcomes change their form or meaning: an older bench is then made anew."""
_ANEW = 0.3
"""The share of documents from which on, where so many are new or gone, everything is combined anew: that is quicker."""


LEVELS: tuple[tuple[Stage[Any, Any, Any], ...], ...] = (
    (HINTS, NEWSROOMS),
    (IDENTITY,),
    (ORIGINS, HEARINGS, VOICES, REPEATED),
    (TRACES, EVENT_DAYS, REACTIONS, SILENCES, PAIRS),
    (CLAIMS, RETOLD, TIMELINE, SERIES),
)
"""The steps after the finding of copies. Those of one level need facts of earlier levels only, and those of the first none."""
BESIDE = frozenset(stage.name for stage in (HINTS, NEWSROOMS, IDENTITY, VOICES, REPEATED, SILENCES, PAIRS, CLAIMS, RETOLD))
"""The steps that a second process takes, where there is one: about half of the work, and they need facts of one another only."""
KINDS: dict[str, type] = {"copies": CopyFact} | {stage.name: stage.fact for level in LEVELS for stage in level}


def bring_up_to_date(
    bench: Bench, source: Source, world: World, beside: Callable[[Mapping[str, tuple[str, str]]], Beside | None] = lambda _: None
) -> bool:
    """Brings a bench up to date with the readings that count; false where nothing had changed.

    `beside` gives a second process for the documents that count, or none.
    """
    made_with = f"{__version__} {_FORM} {context_hash(world.context)}"
    was, now = bench.documents(), source.signatures()
    moved = sum(now.get(d) != s for d, s in was.items()) + len(now.keys() - was.keys())
    if bench.state("made_with") != made_with or moved > _ANEW * len(was):
        bench.clear()
    decisions = msgspec.json.encode(world.decisions).decode()
    decided: list[str] = []
    if not bench.fresh and (before := bench.state("decisions") or "[]") != decisions:
        heeded = msgspec.json.decode(before, type=tuple[Decision, ...])
        decided = sorted({end for d in set(heeded) ^ set(world.decisions) for end in (d.one, d.other)})
    bench.remember("made_with", made_with)
    bench.remember("decisions", decisions)
    return run(bench, source, world, find_copies, LEVELS, KINDS, decided, beside)


def outcomes(bench: Bench, stage: Stage[Any, Any, Any]) -> Iterator[Any]:
    """What a step has settled, key by key."""
    decode = msgspec.msgpack.Decoder(stage.found).decode
    for _, data in bench.outcomes(stage.name):
        yield decode(data)


def facts(bench: Bench, stage: Stage[Any, Any, Any]) -> Iterator[tuple[str, Any]]:
    """A step's facts by record."""
    decode = msgspec.msgpack.Decoder(stage.fact).decode
    for record, _, data in bench.all_facts(stage.name):
        yield record, decode(data)
