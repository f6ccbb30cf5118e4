"""What people decide about a story: that two actors or events are the same, that they are not, and taking it back.

In: a story's folder and two ids of its findings. Out: a `Decision` in the ledger, which the next combining heeds. Nothing
is ever removed: undoing is an entry too. Example: `decide(folder, "same", "found-1f…", "found-9c…", by="desk")`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal

from presstime.corrections import undo_correction
from presstime.findings import Decision, Findings
from presstime.ids import make_id
from presstime.ledger import Ledger
from presstime.problems import InputError
from presstime.story import LEDGER, open_story

__all__ = ["decide", "decide_on", "standing_decisions", "undo", "undo_decision"]


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


def decide_on(
    ledger: Ledger,
    kind: Literal["actor", "event"],
    verdict: Literal["same", "apart"],
    one: str,
    other: str,
    *,
    by: str,
    why: str = "",
    now: datetime | None = None,
) -> Decision:
    """Enters a decision on two that are known to be there, in an open ledger; where it stands already, gives the earlier entry."""
    if not by.strip():
        raise InputError("say who decides: a decision without a name is not kept")
    if one == other:
        raise InputError(f"a decision is on two different {kind}s; give two ids")
    last = next((d for d in reversed(standing_decisions(ledger.decisions())) if {d.one, d.other} == {one, other}), None)
    if last is not None and last.verdict == verdict:
        return last
    return _enter(ledger, kind, verdict, one, other, by, why, now, None)


def undo_decision(ledger: Ledger, entry: str, *, by: str, why: str = "", now: datetime | None = None) -> Decision:
    """Enters, in an open ledger, that a decision is taken back; where it is already, gives that entry. Raises InputError.

    Taking back that it was taken back is deciding so once more.
    """
    held = {d.id: d for d in ledger.decisions()}
    taken = held.get(entry)
    if taken is not None and taken.verdict == "undone":
        first = held.get(taken.takes_back or "")
        taken = None
        if first is not None and first.verdict != "undone":
            return decide_on(ledger, first.kind, first.verdict, first.one, first.other, by=by, why=why, now=now)
    if taken is None:
        raise InputError(f"there is no decision {entry!r} that could be taken back; the log has them all")
    earlier = next((d for d in held.values() if d.takes_back == entry), None)
    return earlier or _enter(ledger, taken.kind, "undone", taken.one, taken.other, by, why, now, entry)


def standing_decisions(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that nobody has taken back, in their order."""
    held = tuple(decisions)
    gone = {d.takes_back for d in held if d.verdict == "undone"}
    return tuple(d for d in held if d.verdict != "undone" and d.id not in gone)


def undo(folder: Path, entry: str, *, by: str, why: str = "", now: datetime | None = None) -> str:
    """Enters that a decision, a correction or a whole act of corrections (a batch) is taken back; gives the new entry's id.

    Raises StoryError, InputError, LedgerError.
    """
    open_story(folder)
    with Ledger.open(folder / LEDGER, create=False) as ledger:
        earlier = {d.id: d for d in ledger.decisions()}
        if entry in earlier:
            taken = earlier[entry]
            return _enter(ledger, taken.kind, "undone", taken.one, taken.other, by, why, now, entry).id
        if any(entry in (c.id, c.batch) for c in ledger.corrections()):
            return undo_correction(ledger, entry, by=by, why=why, now=now)[0].id
        held = [*earlier, *(c.id for c in ledger.corrections())]
        raise InputError(f"there is no decision and no correction {entry}; the ledger has: {', '.join(held[-5:]) or 'none'}")


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
