"""The tables of what was found across documents: origins, actors, claims, disputes, series, timeline, reactions, silences.

In: a `Shown`. Out: tables. What findings do not (yet) fill is empty; nothing is computed here that they do not say.
Example: a series of "killed" with two givers has a row in `series` and a row in `series_points` for each point of each giver.
"""

from __future__ import annotations

from presstime.findings import TimelineEntry
from presstime.records import Span
from presstime.show.export.shown import Shown
from presstime.show.export.table import Cell, Table, make_table
from presstime.show.export.tables_of_readings import span_cells
from presstime.show.material import actor_name, place_name

__all__ = [
    "actors",
    "candidates",
    "claims",
    "dispute_sides",
    "disputes",
    "origins",
    "points",
    "reactions",
    "series",
    "silences",
    "tellings",
    "timeline",
    "traces",
]

_ORIGINS = """
id text The origin's id
name text Whoever reported something first-hand
kind text report (an outlet's own), agency, or statement (one speaker's words on one occasion)
how text How that is known
documents list>documents The documents that carry it
passages list The passages that do
independent_at_most integer How many independent origins there can be at most among these documents
"""


def origins(shown: Shown) -> Table:
    """Who reported first-hand."""
    rows: list[tuple[Cell, ...]] = [
        (one.id, one.name, one.kind, one.how, one.documents, one.passages, one.independent_at_most)
        for one in shown.material.findings.origins
    ]
    return make_table("origins", "origin", "Who reported something first-hand, and who carries it.", _ORIGINS, rows)


_TRACES = """
record text The statement or figure
origin text>origins Its origin, which is not its document's
how text How that is known
"""


def traces(shown: Shown) -> Table:
    """Origins of single statements and figures."""
    rows: list[tuple[Cell, ...]] = [(one.record, one.origin, one.how) for one in shown.material.findings.traces]
    return make_table("traces", "trace", "Origins of single statements and figures.", _TRACES, rows)


_ACTORS = """
id text The actor's id
name text The name shown
names list Its other names
kind text person, organisation, government or group
country text Its country
role text Its role, in a source's words
affiliation text Whom it belongs to
members list The actors of single documents that it joins
redirects list Older ids of it
"""


def actors(shown: Shown) -> Table:
    """Who speaks and acts, across documents."""
    rows: list[tuple[Cell, ...]] = [
        (one.id, one.name, one.names, one.kind, one.country, one.role, one.affiliation, one.members, one.redirects)
        for one in shown.material.findings.actors
    ]
    return make_table("actors", "actor", "Who speaks and acts, joined across documents.", _ACTORS, rows)


_CANDIDATES = """
kind text actor or event
one text One finding
other text The other
names list What they are called
why text Why they may be one
score real How alike they are
"""


def candidates(shown: Shown) -> Table:
    """Findings that may be one and were left apart."""
    rows: list[tuple[Cell, ...]] = [
        (one.kind, one.one, one.other, one.names, one.why, one.score) for one in shown.material.findings.candidates
    ]
    return make_table("candidates", "candidate", "Two findings that may be one, for a person to decide.", _CANDIDATES, rows)


_CLAIMS = """
id text The claim's id
words text The words of the first statement of it
statements list>statements The statements that assert it
origins list>origins The origins behind them
independent_at_most integer How many independent origins there can be at most; 0 where that was not counted
counted text How that was counted
"""


def claims(shown: Shown) -> Table:
    """What is asserted."""
    rows: list[tuple[Cell, ...]] = [
        (one.id, one.words, one.statements, one.origins, one.independent_at_most, one.counted) for one in shown.material.findings.claims
    ]
    return make_table("claims", "claim", "What is asserted, by whichever statements.", _CLAIMS, rows)


_DISPUTES = """
id text The dispute's id
about text What it is about
claim text>claims The claim
claimed_by list Who asserts it
denied_by list Who denies it
denials list>statements The statements that deny it
no_response list Accused actors of whom nothing was found in what was gathered
"""


def disputes(shown: Shown) -> Table:
    """Claims and their denials, side by side."""
    rows: list[tuple[Cell, ...]] = [
        (one.id, one.about, one.claim, one.claimed_by, one.denied_by, one.denials, one.no_response)
        for one in shown.material.findings.disputes
    ]
    return make_table("disputes", "dispute", "A claim and those who deny it; neither is preferred.", _DISPUTES, rows)


_SIDES = """
dispute text>disputes The dispute
role text claims or denies
names list Who
words text Their words
at moment When it was first said or published
statements list>statements The statements
origins list>origins The origins behind them
independent_at_most integer How many independent origins there can be at most; 0 where that was not counted
counted text How that was counted
"""


def dispute_sides(shown: Shown) -> Table:
    """Each side of each dispute, in its own words."""
    rows: list[tuple[Cell, ...]] = [
        (one.id, side.role, side.names, side.words, side.at, side.statements, side.origins, side.independent_at_most, side.counted)
        for one in shown.material.findings.disputes
        for side in one.sides
    ]
    return make_table("dispute_sides", "side", "Each side of a dispute, in its own words.", _SIDES, rows)


_SERIES = """
id text The series' id
measure text What is counted
of text Of what, where things are counted
group text Of whom
place text Where: a place's id, a gazetteer's id, or a name
place_name text Where, in the source's spelling
event text Of which event
scope text event, total, past, part (of another figure) or more (on top of one)
givers list Who gives figures
latest list>figures The figures that nobody has superseded, one a giver
lowest integer The lowest of the latest figures
lowest_by list Who gives it
highest integer The highest of the latest figures
highest_by list Who gives it
conflicts list Pairs of figures that cannot both be true, as id/id
"""


def series(shown: Shown) -> Table:
    """One measure of one group at one place in one event."""
    rows: list[tuple[Cell, ...]] = []
    for one in shown.material.findings.series:
        rows.append(
            (
                *(one.id, one.measure, one.of, one.group, one.place, place_name(shown.index, one.place), one.event, one.scope),
                *(tuple(line.giver for line in one.lines), one.latest),
                *((one.lowest.value, one.lowest.givers) if one.lowest else (None, ())),
                *((one.highest.value, one.highest.givers) if one.highest else (None, ())),
                tuple(f"{pair.one}/{pair.other}" for pair in one.conflicts),
            )
        )
    return make_table("series", "series", "One measure of one group at one place in one event.", _SERIES, rows)


_POINTS = """
series text>series The series
giver text Who gives the figure
actor text>actors The giver among the actors
number integer Its place in the giver's line, oldest first, from 1
figure text>figures The figure
as_of text The moment it is of, else of publication
low integer At least so many
high integer At most so many
qualifier text How the words bound it
superseded_by text>figures The figure with which the same giver replaced it
also list>figures Copies and repetitions of it by the same giver
latest boolean Whether nobody has superseded it
"""


def points(shown: Shown) -> Table:
    """What each giver said over time."""
    rows: list[tuple[Cell, ...]] = []
    for one in shown.material.findings.series:
        for line in one.lines:
            actor = shown.index.found_actors.get(line.actor or "")
            for number, point in enumerate(line.points, 1):
                latest = point.figure in one.latest if one.latest else point.superseded_by is None
                rows.append(
                    (
                        *(one.id, line.giver, actor.id if actor else line.actor, number, point.figure, point.as_of, point.low, point.high),
                        *(point.qualifier, point.superseded_by, point.also, latest),
                    )
                )
    return make_table("series_points", "point", "What each giver of a series said over time.", _POINTS, rows)


_TIMELINE = """
id text The entry's id
type text Its PLOVER 2.0 type
place text Where: a place's id, a gazetteer's id, or a name
place_name text Where, in the source's spelling
standing text reported, claimed, denied, disputed, planned or hypothetical
times_differ boolean Whether its tellings put it at different times
from moment When it began at the earliest, by the narrowest time that a telling gives
to moment When it ended at the latest, exclusive
precision text time, part of a day, day or longer
tellings integer How many tellings there are
origins list>origins The origins behind them
independent_at_most integer How many independent origins there can be at most; 0 where that was not counted
counted text How that was counted
background boolean Whether it is only recalled
redirects list Older ids of it
"""


def timeline(shown: Shown) -> Table:
    """Events as they were told, once or often."""
    findings = shown.material.findings

    def row(one: TimelineEntry, background: bool) -> tuple[Cell, ...]:
        return (
            *(one.id, one.type, one.place, place_name(shown.index, one.place), one.standing, one.times_differ, one.from_, one.to),
            *(one.precision, len(one.tellings), one.origins, one.independent_at_most, one.counted, background, one.redirects),
        )

    rows = [*(row(one, False) for one in findings.timeline), *(row(one, True) for one in findings.background)]
    return make_table("timeline", "entry", "Events, each with all who tell of it.", _TIMELINE, rows)


_TELLINGS = """
entry text>timeline The entry of the timeline
event text>events The event as one document tells it
document text>documents That document
spans list Where its words stand
from moment When it began, by this telling
to moment When it ended, exclusive
standing text With what standing
giver text Who tells it
origin text>origins Whose reporting it is
"""


def tellings(shown: Shown) -> Table:
    """Every telling of every entry of the timeline."""
    findings, index = shown.material.findings, shown.index
    rows: list[tuple[Cell, ...]] = []
    for one in (*findings.timeline, *findings.background):
        for telling in one.tellings:
            event = index.events.get(telling.event)
            spans = (event.mentions or (Span(start=event.start, end=event.end),)) if event else ()
            rows.append(
                (
                    *(one.id, telling.event, index.document_of.get(telling.event), span_cells(spans), telling.from_, telling.to),
                    *(telling.standing, telling.giver, telling.origin),
                )
            )
    return make_table("tellings", "telling", "Every telling of every event of the timeline.", _TELLINGS, rows)


_REACTIONS = """
actor text Who: an actor's id or name
actor_name text Who
country text Their country
act text What they did in words
towards text Towards whom: an actor's id or name
towards_name text Towards whom
statements list>statements The statements that show it
first moment When it was first said or published
latest moment When it was last said or published
"""


def reactions(shown: Shown) -> Table:
    """What actors did in words towards others."""
    index = shown.index
    rows: list[tuple[Cell, ...]] = [
        (
            *(one.actor, actor_name(index, one.actor), one.country, one.act, one.towards),
            *(actor_name(index, one.towards) if one.towards else None, one.statements, one.first, one.latest),
        )
        for one in index.material.findings.reactions
        if one.statements
    ]
    return make_table("reactions", "reaction", "What an actor did in words towards another.", _REACTIONS, rows)


_SILENCES = """
actor text Who: an actor's id or name
actor_name text Who
because text>statements The statement that accused or called upon them
documents integer In how many documents nothing was found
as_of moment By when those were gathered
"""


def silences(shown: Shown) -> Table:
    """Actors accused or called upon of whom nothing was found in what was gathered. No refusal is meant."""
    rows: list[tuple[Cell, ...]] = [
        (one.actor, actor_name(shown.index, one.actor), one.because, one.documents, one.as_of) for one in shown.material.findings.silences
    ]
    meaning = "Actors accused or called upon of whom no statement was found in what was gathered. It is no refusal."
    return make_table("silences", "silence", meaning, _SILENCES, rows)
