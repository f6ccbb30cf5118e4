"""Two findings of one story → what is new, changed, withdrawn, newly denied and newly corroborated between them.

In: the earlier findings and the later. Out: `Difference`s, each with the ids on both sides and what it says in either, as
values. A finding is the same one where its id or most of its records are: a series by its figures, an event by its
tellings, a dispute by its statements, so that a late first telling, which changes an id, is no new event.

Example: a ministry's "3 killed" stands in the earlier findings and its "7 killed" in the later → changed, "3" before "7".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, TypeVar

from presstime.findings import Dispute, Findings, Line, Point, Series, TimelineEntry
from presstime.records import Record

__all__ = ["Difference", "find_differences"]

_R = TypeVar("_R", bound=Record)

Kind = Literal["new", "changed", "withdrawn", "newly denied", "newly corroborated"]


class Difference(Record, frozen=True, kw_only=True):
    """One difference. `before` and `after` are ids in the earlier and the later findings: of a document, a series, a dispute…

    `giver` is whose figure it is; `was` and `now` are what it said, each a figure's id, a standing, names or a time.
    """

    kind: Kind
    of: Literal["document", "figure", "dispute", "event", "claim", "reaction", "silence"]
    before: str | None = None
    after: str | None = None
    giver: str | None = None
    was: str | None = None
    now: str | None = None


def find_differences(earlier: Findings, later: Findings) -> tuple[Difference, ...]:
    """Every difference, by what it is of: documents, figures, disputes, events, claims, reactions, silences."""
    return (
        *_documents(earlier, later),
        *_figures(earlier, later),
        *_disputes(earlier, later),
        *_events(earlier, later),
        *_claims(earlier, later),
        *_reactions(earlier, later),
        *_silences(earlier, later),
    )


def _pairs(
    earlier: Sequence[_R], later: Sequence[_R], key: Callable[[_R], str], held: Callable[[_R], Iterable[str]]
) -> list[tuple[_R | None, _R | None]]:
    """Each finding with its counterpart: by id, else the one with which it shares most records; None where there is none."""
    left = {key(one): one for one in earlier}
    holders: dict[str, str] = {record: key(one) for one in earlier for record in held(one)}
    pairs: list[tuple[_R | None, _R | None]] = []
    waiting: list[_R] = []
    for new in later:
        if key(new) in left:
            pairs.append((left.pop(key(new)), new))
        else:
            waiting.append(new)
    for new in waiting:
        counts: dict[str, int] = {}
        for record in held(new):
            holder = holders.get(record)
            if holder in left:
                counts[holder] = counts.get(holder, 0) + 1
        best = max(sorted(counts), key=counts.__getitem__, default=None)
        pairs.append((left.pop(best) if best is not None else None, new))
    order = {key(new): number for number, new in enumerate(later)}
    pairs.sort(key=lambda pair: order[key(pair[1])] if pair[1] is not None else -1)
    return [*pairs, *((old, None) for old in left.values())]


def _documents(earlier: Findings, later: Findings) -> Iterable[Difference]:
    for old, new in _pairs(earlier.documents, later.documents, lambda d: d.id, lambda d: ()):
        if old is None and new is not None:
            kind: Kind = "changed" if new.version_of is not None else "new"
            yield Difference(kind=kind, of="document", before=new.version_of, after=new.id)
        elif old is not None and new is None:
            yield Difference(kind="withdrawn", of="document", before=old.id)


# ---------------------------------------------------------------- figures


def _figures(earlier: Findings, later: Findings) -> Iterable[Difference]:
    for old, new in _pairs(earlier.series, later.series, lambda s: s.id, _figures_of):
        lines = _pairs(
            old.lines if old else (), new.lines if new else (), lambda line: line.actor or line.giver, lambda line: _in_line(line)
        )
        before, after = old.id if old else None, new.id if new else None
        for was, now in lines:
            last, latest = _last(was), _last(now)
            giver = next(line.giver for line in (now, was) if line is not None)
            if last is None and latest is not None:
                yield Difference(kind="new", of="figure", before=before, after=after, giver=giver, now=latest.figure)
            elif last is not None and latest is None:
                yield Difference(kind="withdrawn", of="figure", before=before, after=after, giver=giver, was=last.figure)
            elif last is not None and latest is not None and _value(last) != _value(latest):
                yield Difference(kind="changed", of="figure", before=before, after=after, giver=giver, was=last.figure, now=latest.figure)


def _figures_of(series: Series) -> Iterable[str]:
    return (figure for line in series.lines for figure in _in_line(line))


def _in_line(line: Line) -> Iterable[str]:
    return (figure for point in line.points for figure in (point.figure, *point.also))


def _last(line: Line | None) -> Point | None:
    """What the giver says now: the last of its figures that it has not replaced."""
    return next((p for p in reversed(line.points) if p.superseded_by is None), line.points[-1]) if line else None


def _value(point: Point) -> tuple[object, ...]:
    return point.low, point.high, point.qualifier


# ---------------------------------------------------------------- disputes, events, claims


def _disputes(earlier: Findings, later: Findings) -> Iterable[Difference]:
    for old, new in _pairs(earlier.disputes, later.disputes, lambda d: d.id, _said_in):
        if old is None and new is not None:
            yield Difference(kind="newly denied", of="dispute", after=new.id, now=", ".join(new.denied_by))
        elif old is not None and new is None:
            yield Difference(kind="withdrawn", of="dispute", before=old.id)
        elif old is not None and new is not None:
            joined = [name for name in new.denied_by if name not in old.denied_by]
            if joined:
                yield Difference(kind="newly denied", of="dispute", before=old.id, after=new.id, now=", ".join(joined))
            elif set(old.claimed_by) != set(new.claimed_by) or set(old.denied_by) != set(new.denied_by):
                sides = (f"{', '.join(d.claimed_by)} / {', '.join(d.denied_by)}" for d in (old, new))
                yield Difference(kind="changed", of="dispute", before=old.id, after=new.id, was=next(sides), now=next(sides))


def _said_in(dispute: Dispute) -> Iterable[str]:
    return (*dispute.denials, *(s for side in dispute.sides for s in side.statements))


def _events(earlier: Findings, later: Findings) -> Iterable[Difference]:
    for old, new in _pairs(earlier.timeline, later.timeline, lambda e: e.id, lambda e: (t.event for t in e.tellings)):
        if old is None and new is not None:
            yield Difference(kind="new", of="event", after=new.id, now=new.standing)
        elif old is not None and new is None:
            yield Difference(kind="withdrawn", of="event", before=old.id, was=old.standing)
        elif old is not None and new is not None:
            yield from _event(old, new)


def _event(old: TimelineEntry, new: TimelineEntry) -> Iterable[Difference]:
    if old.standing != new.standing:
        kind: Kind = "newly denied" if new.standing in ("disputed", "denied") else "changed"
        yield Difference(kind=kind, of="event", before=old.id, after=new.id, was=old.standing, now=new.standing)
    if (old.from_, old.to) != (new.from_, new.to):
        yield Difference(kind="changed", of="event", before=old.id, after=new.id, was=_when(old), now=_when(new))
    if old.independent_at_most == 1 < new.independent_at_most:
        yield Difference(kind="newly corroborated", of="event", before=old.id, after=new.id, now=new.counted)


def _when(entry: TimelineEntry) -> str:
    return "/".join(time for time in (entry.from_, entry.to) if time) or "no time told"


def _claims(earlier: Findings, later: Findings) -> Iterable[Difference]:
    for old, new in _pairs(earlier.claims, later.claims, lambda c: c.id, lambda c: c.statements):
        if old is not None and new is not None and old.independent_at_most <= 1 < new.independent_at_most:
            yield Difference(kind="newly corroborated", of="claim", before=old.id, after=new.id, now=new.counted)


# ---------------------------------------------------------------- reactions, silences


def _reactions(earlier: Findings, later: Findings) -> Iterable[Difference]:
    for old, new in _pairs(earlier.reactions, later.reactions, lambda r: f"{r.actor}|{r.act}|{r.towards}", lambda r: r.statements):
        if old is None and new is not None:
            yield Difference(kind="new", of="reaction", giver=new.actor, now=new.statements[0])
        elif old is not None and new is None:
            yield Difference(kind="withdrawn", of="reaction", giver=old.actor, was=old.statements[0])


def _silences(earlier: Findings, later: Findings) -> Iterable[Difference]:
    for old, new in _pairs(earlier.silences, later.silences, lambda s: s.actor, lambda s: ()):
        if old is None and new is not None:
            yield Difference(kind="new", of="silence", giver=new.actor, now=new.because)
        elif old is not None and new is None:
            yield Difference(kind="withdrawn", of="silence", giver=old.actor, was=old.because)
