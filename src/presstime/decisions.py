"""What people decide about a story: that two actors or events are the same, that they are not, and taking it back.

In: a story's folder and two ids of its findings. Out: a `Decision` in the ledger, which the next combining heeds. Nothing
is ever removed: undoing is an entry too. Example: `decide(folder, "same", "found-1f…", "found-9c…", by="desk")`.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from presstime.findings import Decision, Findings
from presstime.ids import make_id
from presstime.ledger import Ledger
from presstime.problems import InputError
from presstime.story import LEDGER, open_story

__all__ = ["decide", "undo"]


def decide(
    folder: Path, verdict: Literal["same", "apart"], one: str, other: str, *, by: str, why: str = "", now: datetime | None = None
) -> Decision:
    """Enters a decision on two actors or two events, given by ids of the last findings. Raises StoryError, InputError, LedgerError."""
    open_story(folder)
    with Ledger.open(folder / LEDGER, create=False) as ledger:
        findings = ledger.findings()
        kinds = [_kind(findings, each) for each in (one, other)]
        for each, kind in zip((one, other), kinds, strict=True):
            if kind is None:
                raise InputError(
                    f"there is no actor and no event with the id {each}; take ids from findings.json, after combining the story"
                )
        if kinds[0] != kinds[1] or one == other:
            raise InputError("a decision is on two different actors, or on two different events; give two ids of one kind")
        return _enter(ledger, kinds[0] or "actor", verdict, one, other, by, why, now, None)


def undo(folder: Path, decision: str, *, by: str, why: str = "", now: datetime | None = None) -> Decision:
    """Enters that a decision is taken back. Raises StoryError, InputError, LedgerError."""
    open_story(folder)
    with Ledger.open(folder / LEDGER, create=False) as ledger:
        earlier = {d.id: d for d in ledger.decisions()}
        if decision not in earlier:
            raise InputError(f"there is no decision {decision}; the ledger has: {', '.join(list(earlier)[-5:]) or 'none'}")
        taken = earlier[decision]
        return _enter(ledger, taken.kind, "undone", taken.one, taken.other, by, why, now, decision)


def _kind(findings: Findings | None, reference: str) -> Literal["actor", "event"] | None:
    if findings is None:
        return None
    if any(reference == a.id or reference in a.redirects for a in findings.actors):
        return "actor"
    entries = (*findings.timeline, *findings.background)
    return "event" if any(reference == e.id or reference in e.redirects for e in entries) else None


def _enter(
    ledger: Ledger,
    kind: Literal["actor", "event"],
    verdict: Literal["same", "apart", "undone"],
    one: str,
    other: str,
    by: str,
    why: str,
    now: datetime | None,
    takes_back: str | None,
) -> Decision:
    at = (now or datetime.now().astimezone()).isoformat(timespec="seconds")
    number = len(ledger.decisions())  # two equal words at two times are two entries
    made = Decision(
        id=make_id("decision", number, kind, verdict, one, other, by, at, why, takes_back),
        kind=kind,
        verdict=verdict,
        one=one,
        other=other,
        by=by,
        at=at,
        why=why,
        takes_back=takes_back,
    )
    ledger.enter_decision(made)
    return made
