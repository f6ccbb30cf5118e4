"""Figures → series: one measure of one group, over time, a line per giver.

In: readings, the cast, the order and origin of documents. Out: `Series`. A figure's giver is its statement's speaker
(for a spokesperson the body), else, in the outlet's voice, the document's origin. Givers stand side by side; nothing
is added or averaged. Running totals, recalled events, parts of other figures and "two more" on top of them are series
of their own, and so is a toll of another town than most of the figures are of. A giver's point stands once: copies and
repetitions of it, and a number that is only named to be taken back, stay in the readings. A population is no toll and
makes no series.

Example: the ministry's "five dead" at 18:00 and "seven dead" at 20:00 → one line, the first point superseded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from presstime.combine.identity import Cast
from presstime.combine.moments import interval, is_clock, order_of
from presstime.combine.names import is_pronoun, name_key, singular_key
from presstime.findings import Line, Point, Series
from presstime.ids import make_id
from presstime.records import Figure, Place, Reading, Statement

__all__ = ["find_series"]

_NARROW = ("town", "district")
"""Precisions of places that tell one toll from another; in a region, a country or along a river is where all of it happens."""
_PAUSE = timedelta(days=31)
"""A longer pause between two documents that count the same thing makes two series."""
_NOT_SAID = "speaker not told"
_EVENTS = {"event": None, "total": "running totals", "past": "earlier events", "part": "parts of other figures"} | {
    "more": "on top of figures given before"
}
_Key = tuple[str, ...]
_WORD, _NEAR = 16, 60
"""Characters before a figure in which "another" stands, and in which another count may stand that it is more than."""
_MORE_BEFORE = re.compile(r"\b(?:another|a further|an additional)\s+$", re.IGNORECASE)
_MORE_WITHIN = re.compile(r"^(?:\w+ ){0,3}(?<!or )(?:more|further|additional)\b(?! than)(?= )", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Given:
    figure: Figure
    document: str
    giver: str
    as_of: str | None
    moment: datetime
    order: int
    place: str
    taken_back: bool


def find_series(readings: Sequence[Reading], cast: Cast, origin_name: Mapping[str, str]) -> tuple[Series, ...]:
    """Every series, in the order of their first figures. `origin_name` gives the name of a document's origin."""
    kinds: dict[_Key, list[_Given]] = {}
    order = 0
    for reading in readings:
        statements = {s.id: s for s in reading.statements}
        givers = {s.id: _giver(reading, s, cast, origin_name) for s in reading.statements}
        places = {p.id: p for p in reading.places}
        d = reading.document
        moment = order_of(d.published, d.as_of)
        for figure in reading.figures:
            if figure.measure == "population":
                continue
            order += 1
            giver = givers.get(figure.statement or "") or _outlet(reading, cast, origin_name)
            statement = statements.get(figure.statement or "")
            taken_back = statement is not None and statement.act == "retraction"
            as_of = figure.as_of or d.as_of or d.published
            given = _Given(figure, d.id, giver, as_of, moment, order, _where(places.get(figure.place or "")), taken_back)
            kinds.setdefault(_kind(figure, reading), []).append(given)
    found = []
    for kind, counted in kinds.items():
        for span, together in enumerate(_by_time(counted)):
            found += [_series((*key, str(span)), own) for key, own in _by_place(kind, together)]
    return tuple(s for s in found if s is not None)


def _giver(reading: Reading, s: Statement, cast: Cast, origin_name: Mapping[str, str]) -> str:
    if s.speaker is None:
        return _NOT_SAID
    found = cast.speaker(s, reading.document.id)
    if found is not None:
        return cast.voice(found).name
    if s.speaker.name.lower() in ("i", "we"):  # the post's own author
        return _outlet(reading, cast, origin_name)
    return _NOT_SAID if is_pronoun(s.speaker.name) else s.speaker.name


def _outlet(reading: Reading, cast: Cast, origin_name: Mapping[str, str]) -> str:
    name = origin_name[reading.document.id]
    actor = cast.named(name)
    return actor.name if actor else name


def _where(place: Place | None) -> str:
    return (place.gazetteer or place.name) if place is not None and place.precision in _NARROW else ""


def _on_top(f: Figure, reading: Reading) -> bool:
    """Whether a figure adds to one given before ("two more people died", "another 12 bodies"): no toll of its own.

    In "three died and 12 more were injured" the 12 are more than the dead, and all the injured there are.
    """
    if not (_MORE_BEFORE.search(reading.document.text[max(0, f.start - _WORD) : f.start]) or _MORE_WITHIN.search(f.words)):
        return False
    return not any(o.measure != f.measure and 0 <= f.start - o.end <= _NEAR for o in reading.figures)


def _kind(f: Figure, reading: Reading) -> _Key:
    """What is counted: figures of one kind can supersede one another. Recalled events meet only in their numbers."""
    role = "part" if f.part_of else "more" if f.scope == "event" and _on_top(f, reading) else f.scope
    alone = f.scope == "past" or (role == "part" and not f.group)  # "15 of them" and "20 of them" may be parts of anything
    past = (str(f.low), str(f.high)) if alone else ("", "")
    return (f.measure, singular_key(f.of or ""), singular_key(f.group or ""), role, *past)


def _by_time(given: Sequence[_Given]) -> list[list[_Given]]:
    """A kind's figures in spans without a long pause: what is counted again after a month is another event."""
    spans: list[list[_Given]] = []
    for g in sorted(given, key=lambda g: (g.moment, g.order)):
        if spans and g.moment - spans[-1][-1].moment <= _PAUSE:
            spans[-1].append(g)
        else:
            spans.append([g])
    return spans


def _by_place(kind: _Key, given: Sequence[_Given]) -> list[tuple[_Key, list[_Given]]]:
    """A kind's figures by place: those of no town go with the town that most are of, unless one document tells them apart."""
    documents: dict[str, set[str]] = defaultdict(set)
    for g in given:
        if g.place:
            documents[g.place].add(g.giver)
    placed = sum(len(d) for d in documents.values())
    main = next((p for p, d in documents.items() if 2 * len(d) > placed), "")
    apart = main == "" or any(_told_apart(a, b) for a in given if a.place == main for b in given if not b.place)
    groups: dict[str, list[_Given]] = {}
    for g in given:
        groups.setdefault("" if g.place == main and not apart else g.place, []).append(g)
    found = []
    for place, own in groups.items():
        everywhere = all(g.place == main for g in own) and main != ""
        found.append(((*kind, place or (main if everywhere else "")), own))
    return found


def _told_apart(placed: _Given, unplaced: _Given) -> bool:
    """Whether one giver has a number for the town beside another for everywhere, in one document."""
    same = placed.document == unplaced.document and placed.giver == unplaced.giver
    return same and _value(placed.figure) != _value(unplaced.figure)


def _series(key: _Key, given: list[_Given]) -> Series | None:
    first = given[0].figure
    lines: dict[str, list[_Given]] = {}
    for g in given:
        lines.setdefault(name_key(g.giver) or g.giver, []).append(g)
    made = tuple(Line(giver=own[0].giver, points=points) for own in lines.values() if (points := _points(own)))
    if not made:
        return None
    return Series(
        id=make_id("series", *key),
        measure=first.measure,
        of=first.of,
        group=first.group,
        place=key[-2] or None,
        event=_EVENTS[key[3]],
        lines=made,
    )


def _points(given: list[_Given]) -> tuple[Point, ...]:
    """A giver's figures, oldest first, each value once until it changes; the next one that says something else supersedes."""
    ordered = sorted(given, key=lambda g: (g.moment, g.order))
    kept: list[_Given] = []
    for g in ordered:
        others = [x for x in ordered if x.document == g.document and not x.taken_back]
        known = any(_value(x.figure) == _value(g.figure) for x in kept)
        if g.taken_back and (known or others):
            continue
        same_document = [x for x in kept if x.document == g.document]
        if any(_value(x.figure) == _value(g.figure) for x in (*kept[-1:], *same_document)):
            continue
        kept.append(g)
    points = []
    for i, g in enumerate(kept):
        later = next((x.figure.id for x in kept[i + 1 :] if _follows(x, g)), None)
        f = g.figure
        points.append(Point(figure=f.id, as_of=g.as_of, low=f.low, high=f.high, qualifier=f.qualifier, superseded_by=later))
    return tuple(points)


def _follows(later: _Given, earlier: _Given) -> bool:
    """Whether a figure replaces an earlier one: it says something else in a later document, or of a later hour in the same."""
    if _value(later.figure) == _value(earlier.figure):
        return False
    if later.document != earlier.document:
        return later.moment > earlier.moment
    a, b = (interval(x.figure.as_of) if is_clock(x.figure.as_of) else None for x in (earlier, later))
    return a is not None and b is not None and b[0] > a[0]


def _value(figure: Figure) -> tuple[object, ...]:
    # words alone ("dozens", "scores") tell vague figures apart
    return figure.low, figure.high, figure.qualifier, figure.words.lower() if figure.low is figure.high is None else ""
