"""The tables of what was read in each document: statements, figures, events, places and times.

In: a `Shown`. Out: tables. Every row names its document and the offsets of its words there (Unicode code points, end exclusive).
Example: "“We left at dawn,” Ilan Voss said." is a row of `statements`, speaker "Ilan Voss", words "“We left at dawn,”".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from presstime.records import Event, Figure, Participant, Reading, Span, Speaker, Statement
from presstime.show.export.shown import Shown, shown_words
from presstime.show.export.table import Cell, Table, make_table
from presstime.show.material import actor_name, place_name, speaker_name

__all__ = [
    "events",
    "figures",
    "giver_name",
    "origin_of",
    "places",
    "review_of",
    "span_cells",
    "statement_spans",
    "statements",
    "times",
    "unattributed",
]


def origin_of(shown: Shown, record: str, document: str) -> str | None:
    """The id of the origin of a record: its trace's, else its document's own."""
    found = shown.index.found_documents.get(document)
    return shown.traced.get(record) or (found.origin if found else None)


def review_of(shown: Shown, record: str) -> str:
    """What people have done to a record: "machine" where nobody has looked at it."""
    review = shown.material.reviews.get(record)
    return review.state if review is not None else "machine"


def giver_name(shown: Shown, figure: Figure | Event) -> str | None:
    """Who gives a figure or tells of an event: the statement's speaker; None in the outlet's own voice."""
    statement = shown.index.statements.get(figure.statement or "")
    return speaker_name(shown.index, statement) if statement else None


def statement_spans(statement: Statement) -> tuple[Span, ...]:
    """The spans of a statement's words: its content, else its cue."""
    return statement.content or ((statement.cue,) if statement.cue else ())


def span_cells(spans: Iterable[Span]) -> tuple[str, ...]:
    """Spans as texts: "120-149"."""
    return tuple(f"{span.start}-{span.end}" for span in spans)


def _readings(shown: Shown) -> Iterator[tuple[str, Reading]]:
    for reading in shown.material.readings:
        yield reading.document.id, reading


def _joined(shown: Shown, document: str, spans: Sequence[Span]) -> str:
    return " … ".join(shown_words(shown, document, span.start, span.end) for span in spans)


def _words(shown: Shown, document: str, one: Span | Speaker | Participant | None) -> str | None:
    return shown_words(shown, document, one.start, one.end) if one is not None else None


# ---------------------------------------------------------------- what is read

_STATEMENTS = """
id text The statement's id
document text>documents The document it stands in
start integer Where its words begin
end integer Where they end
spans list The offsets of its content, where that is in several pieces one each
words text Its words, verbatim; pieces are parted by an ellipsis
speaker text Who says it, under the name shown for that actor; empty where that could not be told
actor text>actors The speaker among the actors
speaker_words text The words that name the speaker there
how text By what the speaker was found
cue text The words that introduce it
form text direct, mixed, indirect or narrated
act text What it does: claim, denial, accusation…
medium text Through what it was said
addressee text To whom
said_at text When it was said, a TIMEX3 value
reported_by text>statements The statement in which another says that it was said
answers list>statements The statements that it denies or answers
claims list>claims The claims it is one of
origin text>origins Whose reporting it is
confidence real How sure the reader is, 0 to 1
review text Whose word it is: machine, checked, corrected or added by a person
"""


def statements(shown: Shown) -> Table:
    """Who said what, in which words."""
    index = shown.index
    of: dict[str, list[str]] = {}
    for claim in index.material.findings.claims:
        for each in claim.statements:
            of.setdefault(each, []).append(claim.id)
    rows: list[tuple[Cell, ...]] = []
    for document, reading in _readings(shown):
        for one in reading.statements:
            spans = statement_spans(one)
            actor = index.actor_of_member.get(one.speaker.actor or "") if one.speaker else None
            rows.append(
                (
                    *(one.id, document, min((s.start for s in spans), default=None), max((s.end for s in spans), default=None)),
                    *(span_cells(spans), _joined(shown, document, spans), speaker_name(index, one), actor.id if actor else None),
                    *(_words(shown, document, one.speaker), one.speaker.how if one.speaker else None, _words(shown, document, one.cue)),
                    *(one.form, one.act, one.medium, one.addressee, one.said_at, one.reported_by, one.answers),
                    *(tuple(of.get(one.id, ())), origin_of(shown, one.id, document), one.confidence, review_of(shown, one.id)),
                )
            )
    return make_table("statements", "statement", "Who said what: one statement a row.", _STATEMENTS, rows)


_FIGURES = """
id text The figure's id
document text>documents The document it stands in
start integer Where its words begin
end integer Where they end
words text Its words, verbatim
measure text What is counted: killed, injured, missing…
of text Of what, where things are counted
low integer At least so many; empty where the words bound nothing below
high integer At most so many; empty where the words bound nothing above
qualifier text exact, about, at-least, more-than, at-most, less-than, range or vague
certainty text preliminary, confirmed or feared, where the words say so
group text Of whom: civilians, children…
part_of text>figures The figure it is a part of
place text>places The place it is of
place_name text That place, in the source's spelling
cause text Of what, in the source's words
as_of text The moment it is of, a TIMEX3 value
scope text event, total (a running total) or past (another event)
statement text>statements The statement it stands in; empty in the outlet's own voice
giver text Who gives it; empty in the outlet's own voice
origin text>origins Whose reporting it is
confidence real How sure the reader is, 0 to 1
review text Whose word it is: machine, checked, corrected or added by a person
"""


def figures(shown: Shown) -> Table:
    """Every figure, as its giver bounds it. Words without a number stay words."""
    rows: list[tuple[Cell, ...]] = [
        (
            *(one.id, document, one.start, one.end, shown_words(shown, document, one.start, one.end), one.measure, one.of),
            *(one.low, one.high, one.qualifier, one.certainty, one.group, one.part_of, one.place, place_name(shown.index, one.place)),
            *(
                one.cause,
                one.as_of,
                one.scope,
                one.statement,
                giver_name(shown, one),
                origin_of(shown, one.id, document),
                one.confidence,
                review_of(shown, one.id),
            ),
        )
        for document, reading in _readings(shown)
        for one in reading.figures
    ]
    return make_table("figures", "figure", "Every figure with its bounds and its giver.", _FIGURES, rows)


_EVENTS = """
id text The event's id
document text>documents The document that tells of it
start integer Where the words that tell it first begin
end integer Where they end
mentions list The offsets of every telling in the document
words text The words that tell it first, verbatim
type text Its PLOVER 2.0 type
mode text Its PLOVER 2.0 mode, where the words tell one
sub_event text ACLED's name of the sub-event, where one fits
actor text>actors Who did it, among the actors
actor_name text Who did it
recipient text>actors To whom, among the actors
recipient_name text To whom or what
place text>places Where
place_name text Where, in the source's spelling
time text>times When
from moment When it began at the earliest
to moment When it ended at the latest, exclusive
means text With what
scope text event, or past for one that is only recalled
standing text reported, claimed, denied, disputed, planned or hypothetical
statement text>statements The statement it stands in; empty in the outlet's own voice
giver text Who tells of it; empty in the outlet's own voice
entry text>timeline The entry of the timeline it is a telling of
origin text>origins Whose reporting it is
confidence real How sure the reader is, 0 to 1
review text Whose word it is: machine, checked, corrected or added by a person
"""


def events(shown: Shown) -> Table:
    """Every event as one document tells it."""
    index = shown.index
    findings = index.material.findings
    entry_of = {telling.event: entry.id for entry in (*findings.timeline, *findings.background) for telling in entry.tellings}

    def party(one: Participant | None) -> tuple[str | None, str | None]:
        if one is None:
            return None, None
        found = index.actor_of_member.get(one.actor or "")
        return (found.id if found else None), (actor_name(index, one.actor) if one.actor else one.name)

    rows: list[tuple[Cell, ...]] = []
    for document, reading in _readings(shown):
        for one in reading.events:
            time = index.times.get(one.time or "")
            rows.append(
                (
                    *(one.id, document, one.start, one.end, span_cells(one.mentions or (Span(start=one.start, end=one.end),))),
                    *(shown_words(shown, document, one.start, one.end), one.type, one.mode, one.sub_event),
                    *(*party(one.actor), *party(one.recipient), one.place, place_name(index, one.place), one.time),
                    *((time.from_, time.to) if time else (None, None)),
                    *(one.means, one.scope, one.standing, one.statement, giver_name(shown, one), entry_of.get(one.id)),
                    *(origin_of(shown, one.id, document), one.confidence, review_of(shown, one.id)),
                )
            )
    return make_table("events", "event", "Every event as one document tells it.", _EVENTS, rows)


_PLACES = """
id text The place's id
document text>documents The document that names it
start integer Where the name begins
end integer Where it ends
name text The source's own spelling
names list Other names that the gazetteer knows
use text literal, metonym ("Paris said") or demonym ("Greek"); only literal ones are places where something is
gazetteer text The gazetteer's id
country text Its country, ISO 3166-1 alpha-2
province text Its first-level division, as the gazetteer names it
latitude real Degrees north, WGS 84
longitude real Degrees east, WGS 84
precision text How coarse the point is: town, district, region, country or area
kind text What is named: town, district, region, country, area, front, corridor, camp or facility
confidence real How sure the reader is, 0 to 1
review text Whose word it is: machine, checked, corrected or added by a person
"""


def places(shown: Shown) -> Table:
    """Every place named, in the source's spelling."""
    rows: list[tuple[Cell, ...]] = [
        (
            *(one.id, document, one.start, one.end, one.name, one.names, one.use, one.gazetteer, one.country, one.province),
            *(one.lat, one.lon, one.precision, one.kind, one.confidence, review_of(shown, one.id)),
        )
        for document, reading in _readings(shown)
        for one in reading.places
    ]
    return make_table("places", "place", "Every place named.", _PLACES, rows)


_TIMES = """
id text The time's id
document text>documents The document that names it
start integer Where the words begin
end integer Where they end
words text The words, verbatim
value text TIMEX3 value
kind text date, time, duration or set
from moment Where the interval it covers begins
to moment Where it ends, exclusive
approximate boolean Whether the words say about
confidence real How sure the reader is, 0 to 1
review text Whose word it is: machine, checked, corrected or added by a person
"""


def times(shown: Shown) -> Table:
    """Every time named."""
    rows: list[tuple[Cell, ...]] = [
        (
            *(one.id, document, one.start, one.end, shown_words(shown, document, one.start, one.end)),
            *(one.value, one.kind, one.from_, one.to, one.approximate, one.confidence, review_of(shown, one.id)),
        )
        for document, reading in _readings(shown)
        for one in reading.times
    ]
    return make_table("times", "time", "Every time named.", _TIMES, rows)


_UNATTRIBUTED = """
document text>documents The document
start integer Where the words begin
end integer Where they end
words text The words, verbatim
reason text Why they are no statement
"""


def unattributed(shown: Shown) -> Table:
    """Quoted words that are no statement."""
    rows: list[tuple[Cell, ...]] = [
        (document, one.start, one.end, shown_words(shown, document, one.start, one.end), one.reason)
        for document, reading in _readings(shown)
        for one in reading.unattributed
    ]
    return make_table("unattributed", "unattributed", "Quoted words that are no statement, and why.", _UNATTRIBUTED, rows)
