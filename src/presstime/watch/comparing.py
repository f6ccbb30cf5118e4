"""Two findings of one story, before and after new documents came in → what changed, each change once.

In: the findings that were compared last and those of now, with the readings they are made from. Out: `WatchedChange`s for
figures that moved, new disputes, denials of what stood, new reactions. Each rests on a document that has just come: what
combining merely arranges otherwise is no news. Where a giver's toll went from 3 to 7 and on to 9 between two looks, both
steps are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from presstime.combine.differences import Difference, find_differences
from presstime.combine.moments import interval
from presstime.findings import Dispute, Findings, Point, TimelineEntry
from presstime.ids import make_id
from presstime.records import Reading, Record
from presstime.show.differences import DifferenceLine, difference_lines
from presstime.show.material import Index, Material, index_material
from presstime.watch.changes import ChangeKind, WatchedChange

__all__ = ["find_changes"]


class _Found(Record, frozen=True):
    """A difference that is news: its kind of change, what makes its id, and the statements and figures it rests on."""

    kind: ChangeKind
    difference: Difference
    key: tuple[str, ...]
    statements: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    before: bool = False


def find_changes(
    before: Findings, after: Findings, readings: Sequence[Reading], *, title: str, time_zone: str, at: str
) -> tuple[WatchedChange, ...]:
    """What changed, in this order: disputes and denials, figures, reactions. `readings` are those of the later findings."""
    new = {found.id for found in after.documents} - {found.id for found in before.documents}
    if not new:
        return ()
    material = Material(title=title, as_of=after.as_of, time_zone=time_zone, findings=after, readings=tuple(readings))
    index = index_material(material)
    fresh = {record for record, document in index.document_of.items() if document in new}
    differences = find_differences(before, after)
    found = list(_disputes(before, after, differences, index, fresh))
    denying = {index.document_of[s] for each in found for s in each.statements if s in fresh}
    for each in _events(after, differences, fresh):
        if not denying & {index.document_of[event] for event in each.events if event in fresh}:
            found.append(each)
    said = {statement for each in found for statement in each.statements}
    found += _figures(after, index, fresh)
    found += _reactions(after, differences, fresh, said)
    lines = difference_lines([each.difference for each in found], index, index)
    return tuple(_change(each, line, index, at) for each, line in zip(found, lines, strict=True))


def _change(found: _Found, line: DifferenceLine, index: Index, at: str) -> WatchedChange:
    records = (*found.statements, *found.figures, *found.events)
    return WatchedChange(
        id=make_id("change", found.kind, *found.key),
        kind=found.kind,
        words=line.words,
        at=at,
        documents=tuple(dict.fromkeys(index.document_of[record] for record in records if record in index.document_of)),
        statements=found.statements,
        figures=found.figures,
        before=(line.before,) if line.before is not None and found.before else (),
        after=(line.after,) if line.after is not None else (),
    )


# ---------------------------------------------------------------- figures


def _figures(after: Findings, index: Index, fresh: set[str]) -> Iterator[_Found]:
    """Each step of each giver that a new document tells; not figures of earlier events, which are told as background."""
    for series in after.series:
        if series.scope == "past":
            continue
        for line in series.lines:
            stood = [point for point in line.points if point.figure not in fresh]
            last = stood[-1] if stood else None
            for point in line.points:
                if point.figure not in fresh or any(_surely_later(one, point) for one in stood):
                    continue
                if last is not None and _value(last) == _value(point):
                    continue
                difference = Difference(
                    kind="changed" if last is not None else "new",
                    of="figure",
                    before=series.id if last is not None else None,
                    after=series.id,
                    giver=line.giver,
                    was=last.figure if last is not None else None,
                    now=point.figure,
                )
                figures = (*((last.figure,) if last is not None else ()), point.figure)
                given = (index.figures[figure].statement for figure in figures if figure in index.figures)
                yield _Found(
                    kind="figure-moved",
                    difference=difference,
                    key=(point.figure,),
                    statements=tuple(dict.fromkeys(statement for statement in given if statement is not None)),
                    figures=figures,
                    before=last is not None,
                )
                last = point


def _surely_later(one: Point, other: Point) -> bool:
    """Whether a figure is of a later time than another, for sure: two of one day, or of no day, may be in either order."""
    this, that = interval(one.as_of), interval(other.as_of)
    return this is not None and that is not None and this[0] >= that[1]


def _value(point: Point) -> tuple[object, ...]:
    return point.low, point.high, point.qualifier


# ---------------------------------------------------------------- disputes and denials


def _disputes(before: Findings, after: Findings, differences: Iterable[Difference], index: Index, fresh: set[str]) -> Iterator[_Found]:
    """A dispute whose claim stood already is a denial of it; one whose claim is as new as its denial is a new dispute."""
    by_id = {dispute.id: dispute for dispute in after.disputes}
    for each in differences:
        if each.of != "dispute" or each.kind != "newly denied" or each.after not in by_id:
            continue
        dispute = by_id[each.after]
        claimed, denied = _sides(dispute, index)
        if not fresh & {*claimed, *denied}:
            continue
        standing = any(statement not in fresh for statement in claimed)
        new = sorted(fresh & set(denied)) or sorted(fresh & set(claimed))
        yield _Found(kind="denial" if standing else "new-dispute", difference=each, key=tuple(new), statements=(*claimed, *denied))


def _sides(dispute: Dispute, index: Index) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The statements of those who claim, and of those who deny."""
    claim = index.claims.get(dispute.claim)
    claimed = (*(claim.statements if claim else ()), *(s for side in dispute.sides if side.role == "claims" for s in side.statements))
    denied = (*dispute.denials, *(s for side in dispute.sides if side.role == "denies" for s in side.statements))
    return tuple(dict.fromkeys(claimed)), tuple(dict.fromkeys(denied))


def _events(after: Findings, differences: Iterable[Difference], fresh: set[str]) -> Iterator[_Found]:
    """Events that stood and are denied now."""
    by_id: dict[str, TimelineEntry] = {entry.id: entry for entry in after.timeline}
    for each in differences:
        if each.of != "event" or each.kind != "newly denied" or each.after not in by_id:
            continue
        tellings = tuple(telling.event for telling in by_id[each.after].tellings)
        if new := sorted(fresh & set(tellings)):
            yield _Found(kind="denial", difference=each, key=tuple(new), events=tellings, before=True)


# ---------------------------------------------------------------- reactions


def _reactions(after: Findings, differences: Iterable[Difference], fresh: set[str], said: set[str]) -> Iterator[_Found]:
    """Reactions that nobody had told before; what stands among the denials already is not told twice."""
    held = {statement: reaction for reaction in after.reactions for statement in reaction.statements}
    for each in differences:
        if each.of != "reaction" or each.kind != "new" or each.now not in held:
            continue
        statements = held[each.now].statements
        if set(statements) <= fresh and not said & set(statements):
            yield _Found(kind="new-reaction", difference=each, key=(each.now,), statements=statements)
