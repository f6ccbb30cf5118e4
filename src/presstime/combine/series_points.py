"""The figures of one series → its lines: one a giver, what supersedes what, and the latest, lowest and highest of them.

In: the notes of figures that count the same. Out: `Line`s whose givers are references, and a summary. A giver's value stands
once until it changes; copies, repetitions and old values named again go to `also`. The next figure that says something
else at a later moment supersedes, a lower one too.

Example: 12 at 9:00, 15 at noon, and at 13:00 a reprint of the 12 → two points, the first superseded, the reprint in `also`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from presstime.combine.series_told import CUT, Noted, Told, Value, value_of
from presstime.combine.stages import Note
from presstime.findings import Conflict, Extreme, Line, Point

__all__ = ["Last", "draw_lines", "summarise"]

SAME_MOMENT = 6 * 60
"""Minutes between two figures that are of the same moment: within them two tolls that do not meet contradict each other.
A quarter of a day, as news agencies' morning, midday and evening rounds lie apart."""
_GROWING = frozenset({"killed", "destroyed"})
"""What can only grow: an older higher figure and a newer lower one cannot both be true, whatever lies between them."""
_ABOUT = 0.1
"""By which share a figure told with "about" may be off: one that is 10 % away does not contradict it."""
_ROUND = frozenset({"about", "at-least", "more-than"})
_OVER = 0.2
"""By which share a number may be over what "more than" or "at least" says, to be the same count in one text."""
_COMPARED = 30
"""The first so many givers whose latest figures are compared with one another."""
_NO_END = 1 << 60


@dataclass(slots=True)
class _Kept:
    """A point in the making: its first figure, when it is of, and what repeats it."""

    note: Note[Told]
    value: Value
    moment: int
    families: set[str]
    documents: set[str]
    also: list[str] = field(default_factory=list)
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Last:
    """A giver's latest figure."""

    giver: str
    figure: str
    low: int | None
    high: int | None
    qualifier: str
    moment: int


def draw_lines(notes: Noted) -> tuple[tuple[Line, ...], tuple[Last, ...]]:
    """The lines in order of their first points, and every giver's latest figure in the same order."""
    by_giver: dict[str, list[Note[Told]]] = {}
    for note in notes:
        by_giver.setdefault(note.data.giver, []).append(note)
    drawn = []
    for giver, own in by_giver.items():
        kept = _points(own)
        shown = next((n.data.shown for n in own if n.data.shown), "")
        points = tuple(_point(k) for k in kept)
        line = Line(giver=shown or giver, points=points, actor=None if CUT in giver else giver)
        end = [k for k in kept if k.superseded_by is None][-1]
        told = end.note.data
        last = Last(shown or giver, end.note.record, told.low, told.high, told.qualifier, end.moment)
        drawn.append(((kept[0].moment, kept[0].note.order, kept[0].note.record), line, last))
    drawn.sort(key=lambda d: d[0])
    return tuple(line for _, line, _ in drawn), tuple(last for _, _, last in drawn)


def _point(kept: _Kept) -> Point:
    told = kept.note.data
    return Point(
        figure=kept.note.record,
        as_of=told.as_of,
        low=told.low,
        high=told.high,
        qualifier=told.qualifier,
        superseded_by=kept.superseded_by,
        also=tuple(kept.also),
    )


# ---------------------------------------------------------------- one giver


def _points(own: Sequence[Note[Told]]) -> list[_Kept]:
    """A giver's points, oldest first."""
    own, old = _settled_beside(own)
    current: dict[str, set[Value]] = {}
    for n in own:
        if not n.data.earlier and n.record not in old:
            current.setdefault(n.data.document, set()).add(value_of(n.data))
    later_named = {value_of(n.data) for n in own if not n.data.earlier and n.record not in old}
    # "had put the toll at 19" beside "19 deaths": the document has no newer count
    old |= {n.record for n in own if n.data.earlier and value_of(n.data) not in current.get(n.data.document, set())}
    # what is named as an earlier count comes before what its document gives as the count now
    ordered = sorted(own, key=lambda n: (n.data.moment - (n.record in old), n.order, n.record))
    kept: list[_Kept] = []
    by_value: dict[Value, _Kept] = {}
    waiting: list[Note[Told]] = []
    for note in ordered:
        value = value_of(note.data)
        if note.record in old and value in later_named:
            waiting.append(note)
            continue
        known = by_value.get(value)
        if known is not None and _repeats(note, known, kept[-1], current.get(note.data.document, set())):
            _add(known, note)
        elif (alike := _alike(note, kept)) is not None:
            _add(alike, note)
        elif (rounded := _rounded(note, kept)) is not None:
            if note.data.qualifier == "exact" and rounded.note.data.qualifier != "exact":
                rounded.also.append(rounded.note.record)
                rounded.note, rounded.value = note, value
                by_value[value] = rounded
            else:
                _add(rounded, note)
        else:
            made = _Kept(note, value, note.data.moment - (note.record in old), set(), set())
            _add(made, note, first=True)
            kept.append(made)
            by_value[value] = made
    for note in waiting:
        _add(by_value.get(value_of(note.data)) or kept[-1], note)
    _supersede(kept)
    return kept


def _settled_beside(own: Sequence[Note[Told]]) -> tuple[list[Note[Told]], set[str]]:
    """A giver's figures without second numbers of a sentence that are none of its counts; and those that are old ones.

    Of two numbers the old one is that which the giver had given before, whatever words stand between them: "31 rather than
    33", after 33. The rest ("five died, three in the boat") only tells about the first.
    """
    second = [n for n in own if n.data.beside and not n.data.earlier]
    if not second:
        return list(own), set()
    first_at: dict[tuple[int | None, int | None], int] = {}
    for n in own:
        if not n.data.beside:
            number = n.data.low, n.data.high
            first_at[number] = min(n.data.published, first_at.get(number, n.data.published))
    beside: dict[str, list[Note[Told]]] = {}
    for n in second:
        beside.setdefault(n.data.document, []).append(n)
    old: set[str] = set()
    gone: set[str] = set()
    for n in own:
        if n.data.document not in beside or n.data.beside or n.data.earlier:
            continue
        mine = beside[n.data.document]
        before = first_at.get((n.data.low, n.data.high), n.data.published) < n.data.published
        known = {x.record for x in mine if first_at.get((x.data.low, x.data.high), x.data.published) < x.data.published}
        old |= known
        if before and not known and n.data.moved and len(mine) == 1:  # "instead of 33 now 31"
            old.add(n.record)
        else:
            gone.update(x.record for x in mine if x.record not in known)
    return [n for n in own if n.record not in gone], old


def _add(kept: _Kept, note: Note[Told], *, first: bool = False) -> None:
    kept.families.update((note.data.family, note.data.origin))
    kept.documents.add(note.data.document)
    if not first:
        kept.also.append(note.record)


def _repeats(note: Note[Told], known: _Kept, last: _Kept, current: set[Value]) -> bool:
    """Whether a value that the giver gave before is only named again, and not gone back to."""
    told = note.data
    if known is last or told.earlier:
        return True
    if last.value in current:
        return True  # the document has what is newer as well: it tells how the count went
    return not told.moved and (not told.alias or told.family in known.families or told.origin in known.families)


def _alike(note: Note[Told], kept: Sequence[_Kept]) -> _Kept | None:
    """The document's own earlier figure of the same number in looser or tighter words: "at least eight", "the eight"."""
    told = note.data
    if not kept or told.low is None:
        return None
    last = kept[-1]
    same = told.document in last.documents and told.low == last.note.data.low and told.moment == last.moment
    return last if same and told.qualifier != "range" and last.note.data.qualifier != "range" else None


def _rounded(note: Note[Told], kept: Sequence[_Kept]) -> _Kept | None:
    """The document's own figure of the same moment, of which this is a rounder or an exacter form: "about 60" and "61"."""
    last = kept[-1] if kept else None
    if last is None or note.data.document not in last.documents or note.data.moment != last.moment:
        return None
    told = (note.data, last.note.data)
    exact, loose = sorted(told, key=lambda t: t.qualifier != "exact")
    if exact.qualifier != "exact" or exact.low is None or loose.low is None or loose.qualifier not in _ROUND:
        return None
    most = loose.low * (1 + (_ABOUT if loose.qualifier == "about" else _OVER))
    least = loose.low * (1 - _ABOUT) if loose.qualifier == "about" else loose.low
    return last if least <= exact.low <= most else None


def _supersede(kept: Sequence[_Kept]) -> None:
    """Each point is superseded by the next that says something else of a later moment."""
    after = len(kept)  # the first point of a later moment
    for i in range(len(kept) - 1, -1, -1):
        earlier = kept[i]
        if i + 1 < len(kept) and kept[i + 1].moment > earlier.moment:
            after = i + 1
        later = next((kept[j] for j in range(after, len(kept)) if kept[j].value != earlier.value), None)
        if later is not None:
            earlier.superseded_by = later.note.record


# ---------------------------------------------------------------- all givers


def summarise(
    measure: str, lines: Sequence[Line], last: Sequence[Last]
) -> tuple[tuple[str, ...], Extreme | None, Extreme | None, tuple[Conflict, ...]]:
    """The latest figure of each giver, the lowest and the highest of them, and those that contradict each other.

    Of "at least 80" the 80 counts; words without a number are no extreme.
    """
    latest = tuple(x.figure for x in last)
    lows = [(x.low if x.low is not None else x.high, x) for x in last]
    highs = [(x.high if x.high is not None else x.low, x) for x in last]
    lowest = _extreme([(v, x) for v, x in lows if v is not None], min)
    highest = _extreme([(v, x) for v, x in highs if v is not None], max)
    numbered = [x for x in last if x.low is not None or x.high is not None][:_COMPARED]
    conflicts = tuple(
        Conflict(one=a.figure, other=b.figure) for i, a in enumerate(numbered) for b in numbered[i + 1 :] if _contradict(measure, a, b)
    )
    return latest, lowest, highest, conflicts


def _extreme(values: Sequence[tuple[int, Last]], choose: object) -> Extreme | None:
    if not values:
        return None
    value = min(v for v, _ in values) if choose is min else max(v for v, _ in values)
    who = [x for v, x in values if v == value]
    return Extreme(value=value, figures=tuple(x.figure for x in who), givers=tuple(x.giver for x in who))


def _contradict(measure: str, a: Last, b: Last) -> bool:
    """Whether two givers' figures cannot both be true of the same moment."""
    (low, high), (least, most) = _range(a), _range(b)
    if low <= most and least <= high:
        return False
    if abs(a.moment - b.moment) <= SAME_MOMENT:
        return True
    older_is_higher = (low > most) == (a.moment < b.moment)
    return measure in _GROWING and older_is_higher


def _range(x: Last) -> tuple[float, float]:
    """What a figure leaves open: "more than 80" begins at 81."""
    low = x.low if x.low is not None else 0
    high = x.high if x.high is not None else _NO_END
    if x.qualifier == "more-than":
        low += 1
    if x.qualifier == "less-than":
        high -= 1
    if x.qualifier == "about":
        return low * (1 - _ABOUT), high * (1 + _ABOUT)
    return low, high
