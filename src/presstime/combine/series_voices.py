"""Figures in an outlet's own voice → those that only repeat what its text has somebody say.

In: the notes of a measure. Out: the same notes; one in an outlet's own voice, whose number and qualifier one giver of the
same text (or of another text of the same origin) has too, is that giver's. An outlet that counts for itself keeps its line.

Example: "Nine people died in Velm. … The toll of nine came from the Lake Board, …" → both are the Lake Board's.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace as with_fields

from presstime.combine.incidents import OWN
from presstime.combine.series_told import CUT, List, Noted, Told
from presstime.combine.stages import Note

__all__ = ["given_by_others"]

_Number = tuple[int | None, int | None]
_MOST = 30
"""The first so many figures of one number and text that are looked at."""


def given_by_others(notes: Noted) -> List:
    """The notes, those in an outlet's own voice under the one giver who has their number in the same text."""
    given: dict[tuple[str, _Number], List] = {}
    first: dict[_Number, List] = {}
    for n in sorted(notes, key=lambda n: (n.order, n.record)):
        if not n.data.own and not n.data.earlier and _is_somebody(n.data):
            for text in _texts(n.data):
                given.setdefault((text, _number(n.data)), []).append(n)
        if not n.data.known and not n.data.own and not n.data.earlier and _is_somebody(n.data):
            first.setdefault(_number(n.data), []).append(n)
    found = []
    for n in notes:
        if n.data.known and (one := _known(n, first)) is not None:
            n = _of(one, n, earlier=True)
        elif n.data.own and not n.data.single:
            n = _given(n, given)
        found.append(n)
    return found


def _known(note: Note[Told], first: dict[_Number, List]) -> Told | None:
    """The first figure of a number that is named as a known one; None where the giver has it too, or nobody had it."""
    fits = [m.data for m in first.get(_number(note.data), ())[:_MOST] if m.order < note.order and _counts_alike(note.data, m.data)]
    return fits[0] if fits and all(m.giver != note.data.giver for m in fits) else None


def _of(one: Told, note: Note[Told], *, earlier: bool) -> Note[Told]:
    """A figure under another's giver."""
    data = with_fields(
        note.data, giver=one.giver, alias=one.alias, shown=one.shown, heads=one.heads, field=one.field, land=one.land, called=one.called
    )
    return Note(note.key, note.record, note.order, with_fields(data, earlier=earlier or data.earlier), note.links)


def _given(note: Note[Told], given: dict[tuple[str, _Number], List]) -> Note[Told]:
    told = note.data
    for text in _texts(told):
        there = given.get((text, _number(told)), ())[:_MOST]
        # what a copy of the text, or a later one, says of somebody is no news about who was meant here
        fits = [m.data for m in there if (m.data.document == told.document or m.order < note.order) and _repeated(told, m.data)]
        if len({m.giver for m in fits}) == 1:
            return _of(fits[0], note, earlier=False)
    return note


def _texts(told: Told) -> Iterator[str]:
    """What a figure's text is known by, the nearest first: its document, those that are copies or versions of it, its origin."""
    yield told.document
    if told.family != told.document:
        yield told.family
    yield f"{CUT}{told.origin}"


def _number(told: Told) -> _Number:
    return (told.low, None) if told.low is not None else (None, told.high)


def _is_somebody(told: Told) -> bool:
    return bool(told.low or told.high) and not told.giver.startswith("speaker not told")


def _repeated(told: Told, given: Told) -> bool:
    """Whether an outlet only repeats what somebody gave: "about 80" is no repetition of "80 are in hospital"."""
    return (told.low, told.high, told.qualifier) == (given.low, given.high, given.qualifier) and _counts_alike(told, given)


def _counts_alike(one: Told, other: Told) -> bool:
    """Whether two figures of one number can be the same count: of one group, and not of two places by their own words."""
    if (one.group, one.nation) != (other.group, other.nation) or one.part != other.part:
        return False
    if one.begins and other.begins and (one.ends <= other.begins or other.ends <= one.begins):
        return False
    return one.place == other.place or one.sure < OWN or other.sure < OWN or one.wide or other.wide
