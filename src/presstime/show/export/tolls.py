"""The dead of an event, as coding schemes count them: which figures belong to it, and which number stands for them, if any.

In: a `Shown`, and two policies that the user states: what a word such as "dozens" stands for, and which toll to take where they
conflict. Out: for each entry of the timeline its `Toll`s, and a `Count` of them. Nothing is adjudicated: where tolls cannot all be
true and no policy was given, there is no best number, only the lowest and the highest that were given.

Which figures: a number of killed belongs to the one event told in its sentence, else to the one event told in its paragraph, with the
other figures of its series, if none of these belongs to another event. Running totals, parts and earlier events belong to none.
Example: "at least 12" and "15" → low 12, best 15, high 15; "12" and "15" → low 12, no best, high 15.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal
from zoneinfo import ZoneInfo

from presstime.findings import Series
from presstime.records import Document, Figure, Record, Span
from presstime.show.export.coding import codes
from presstime.show.export.evidence import shortened
from presstime.show.export.shown import Shown, shown_words
from presstime.show.export.tables_of_readings import giver_name
from presstime.show.export.when import parse_moment
from presstime.show.material import outlet_name
from presstime.show.sentences import blocks, sentence_around

__all__ = ["Count", "Policy", "Toll", "count_tolls", "entry_tolls", "of_group", "toll_line", "totals"]


class Policy(Record, frozen=True):
    """What the user has stated. `words` turns words into numbers; `toll` picks one of several that conflict."""

    words: Literal["acled", "24", "none"] = "none"
    toll: Literal["latest", "lowest", "highest"] | None = None


class Toll(Record, frozen=True):
    """One giver's latest figure for an event. `moment` is when it was given (ISO 8601), for the policy "latest"."""

    figure: str
    giver: str
    words: str
    low: int | None
    high: int | None
    group: str | None
    moment: str
    document: str


class Count(Record, frozen=True):
    """The lowest and highest number given, and the one that all tolls allow. `conflict` says that they cannot all be true."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    conflict: bool = False


# ---------------------------------------------------------------- which figures belong to which event


def entry_tolls(shown: Shown) -> dict[str, tuple[Toll, ...]]:
    """The tolls of each entry of the timeline that has any, one a giver and series, in the order of the series."""
    tied = _tied(shown)
    found: dict[str, list[Toll]] = {}
    told: set[str] = set()
    for series in shown.material.findings.series:
        figures = [f for line in series.lines for point in line.points for f in (point.figure, *point.also)]
        told.update(figures)
        entries = {tied[f] for f in figures if f in tied}
        if series.measure == "killed" and series.scope == "event" and len(entries) == 1:
            found.setdefault(entries.pop(), []).extend(_series_tolls(shown, series))
    for figure, entry in tied.items():
        if figure not in told:
            one = shown.index.figures[figure]
            document = shown.index.documents[shown.index.document_of[figure]]
            found.setdefault(entry, []).append(_toll(shown, one, giver_name(shown, one) or outlet_name(document), one.group, None))
    return {entry: tuple(tolls) for entry, tolls in found.items()}


def _series_tolls(shown: Shown, series: Series) -> list[Toll]:
    tolls = []
    for line in series.lines:
        for point in line.points:
            figure = shown.index.figures.get(point.figure)
            latest = point.figure in series.latest if series.latest else point.superseded_by is None
            if figure is not None and latest and figure.scope == "event" and figure.part_of is None:
                tolls.append(_toll(shown, figure, line.giver, series.group or figure.group, point.as_of))
    return tolls


def _toll(shown: Shown, figure: Figure, giver: str, group: str | None, as_of: str | None) -> Toll:
    document = shown.index.documents[shown.index.document_of[figure.id]]
    zone = ZoneInfo(shown.material.time_zone)
    moment = parse_moment(as_of, zone) or parse_moment(document.published, zone) or parse_moment(document.gathered, zone)
    return Toll(
        figure=figure.id,
        giver=giver,
        words=shown_words(shown, document.id, figure.start, figure.end),
        low=figure.low,
        high=figure.high,
        group=group,
        moment=moment.isoformat() if moment else "",
        document=document.id,
    )


def _tied(shown: Shown) -> dict[str, str]:
    """The entry of each figure of killed that stands with just one."""
    entry_of = {telling.event: entry.id for entry in shown.material.findings.timeline for telling in entry.tellings}
    tied: dict[str, str] = {}
    for reading in shown.material.readings:
        told = [
            (span, entry_of[event.id])
            for event in reading.events
            if event.id in entry_of and event.scope == "event"
            for span in event.mentions or (Span(start=event.start, end=event.end),)
        ]
        parts = blocks(reading.document) if told else ()
        for figure in reading.figures:
            if figure.measure == "killed" and figure.scope == "event" and figure.part_of is None and told:
                part = next((Span(start=p.start, end=p.end) for p in parts if p.start <= figure.start < p.end), None)
                entry = _beside(reading.document, figure, told, part)
                if entry is not None:
                    tied[figure.id] = entry
    return tied


def _beside(document: Document, figure: Figure, told: Sequence[tuple[Span, str]], part: Span | None) -> str | None:
    """The one entry told in the figure's own words, else in its sentence, else in its paragraph."""
    for around in (Span(start=figure.start, end=figure.end), sentence_around(document, figure.start, figure.end), part):
        entries = {entry for span, entry in told if around is not None and span.start < around.end and span.end > around.start}
        if entries:
            return entries.pop() if len(entries) == 1 else None
    return None


# ---------------------------------------------------------------- which number stands for them


def of_group(tolls: Sequence[Toll], words: frozenset[str]) -> tuple[Toll, ...]:
    """The tolls of one group, by its words: "civilians"."""
    return tuple(toll for toll in tolls if toll.group is not None and set(re.findall(r"\w+", toll.group.casefold())) & words)


def totals(tolls: Sequence[Toll]) -> tuple[Toll, ...]:
    """The tolls of everybody; where there is none, those of the only group that is told. Groups are never added up."""
    everybody = tuple(toll for toll in tolls if toll.group is None)
    groups = {toll.group for toll in tolls}
    return everybody or (tuple(tolls) if len(groups) == 1 else ())


def bounds(toll: Toll, policy: Policy) -> tuple[int | None, int | None]:
    """The numbers that bound a toll; for words without a number those of the policy, if it has one for them."""
    if toll.low is not None or toll.high is not None or policy.words == "none":
        return toll.low, toll.high
    known: dict[str, int] = codes("tolls")[policy.words]
    found = [known[word] for word in re.findall(r"\w+", toll.words.casefold()) if word in known]
    return (found[0], None) if len(found) == 1 else (None, None)


def count_tolls(tolls: Sequence[Toll], policy: Policy) -> Count:
    """The numbers for tolls of one group. Best is what all of them allow, or what the user's policy picks.

    All allow one number where their bounds have only it in common, or, where nothing bounds them above, the highest "at least".
    """
    known = [(toll, low, high) for toll in tolls for low, high in [bounds(toll, policy)] if low is not None or high is not None]
    if not known:
        return Count()
    numbers = [number for _, low, high in known for number in (low, high) if number is not None]
    least = max((low for _, low, _ in known if low is not None), default=None)
    most = min((high for _, _, high in known if high is not None), default=None)
    conflict = least is not None and most is not None and least > most
    best = least if most is None or least == most else None
    if policy.toll == "lowest":
        best = min(numbers)
    elif policy.toll == "highest":
        best = max(numbers)
    elif policy.toll == "latest":
        last = max(toll.moment for toll, _, _ in known)
        given = {
            low if low is not None else high for toll, low, high in known if toll.moment == last and (low is None or high in (None, low))
        }
        best = given.pop() if len(given) == 1 else None
    return Count(low=min(numbers), best=best, high=max(numbers), conflict=conflict)


def toll_line(toll: Toll) -> str:
    """A toll in a row's notes: giver, words, group, document."""
    group = f" ({toll.group})" if toll.group else ""
    return f"{toll.giver}{group}: “{shortened(toll.words)}” [{toll.document}]"
