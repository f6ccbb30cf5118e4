"""The report's sections: every row of it, and the same as pieces of HTML that can be put on pages.

In: a view, the documents' anchors and marked texts, and what changed. Out: `Rows`, everything the report lists; and `Section`s, in the
order of the page.
Example: the section "voices" has one piece an actor, with a heading and the actor's statements.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import structs

from presstime.records import Record
from presstime.show.changes import Changes
from presstime.show.disputes import DisputeRow, dispute_rows
from presstime.show.figures import FigureTable, figure_tables
from presstime.show.paging import Piece, Section, lean
from presstime.show.passages import Block
from presstime.show.reactions import ReactionGroup, SilenceRow, reaction_groups, silence_rows
from presstime.show.rows import View
from presstime.show.sources import DocumentRow, OriginRow, ProblemRow, document_rows, origin_rows, problem_rows
from presstime.show.timeline import EntryRow, OtherEvent, background_rows, entry_rows, other_events
from presstime.show.voices import IndexGroup, Loose, Voice, loose_quotes, statements_by_act, statements_by_time, voices
from presstime.show.wording import plural

__all__ = ["Rows", "make_sections", "report_rows"]

TOGETHER = 60
"""Rows of one table or one actor in one piece: some 60 kB, well below a page."""
SMALL = 0.25
"""Of a section's share on the first page, where there are side pages: for what is only a way into the rest."""


class Rows(Record, frozen=True):
    """Everything the report lists, in order."""

    tables: tuple[FigureTable, ...]
    disputes: tuple[DisputeRow, ...]
    entries: tuple[EntryRow, ...]
    background: tuple[EntryRow, ...]
    other: tuple[OtherEvent, ...]
    voices: tuple[Voice, ...]
    reactions: tuple[ReactionGroup, ...]
    silences: tuple[SilenceRow, ...]
    loose: tuple[Loose, ...]
    origins: tuple[OriginRow, ...]
    documents: tuple[DocumentRow, ...]
    problems: tuple[ProblemRow, ...]
    changes: Changes | None


def report_rows(view: View, anchors: dict[str, str], blocks: dict[str, tuple[Block, ...]], changes: Changes | None) -> Rows:
    """Every row of the report. `anchors` are the documents' anchors, `blocks` their marked texts."""
    return Rows(
        tables=figure_tables(view),
        disputes=dispute_rows(view),
        entries=entry_rows(view),
        background=background_rows(view),
        other=other_events(view),
        voices=voices(view),
        reactions=reaction_groups(view),
        silences=silence_rows(view),
        loose=loose_quotes(view),
        origins=origin_rows(view, anchors),
        documents=document_rows(view, anchors, blocks),
        problems=problem_rows(view),
        changes=changes,
    )


def make_sections(lines: Any, rows: Rows, as_of: str, evidence: str) -> tuple[Section, ...]:
    """The sections, in the order of the page. `lines` are the templates of single rows, by name."""
    gathered = f"{plural(len(rows.documents), 'document')} gathered by {as_of}"
    changed = tuple(
        Piece(html=lines.change(line), lead=lines.index_lead(group.title))
        for group in (rows.changes.groups if rows.changes else ())
        for line in group.lines
    )
    reactions = tuple(
        Piece(html=lean(lines.reaction(row)), lead=lines.lead(group.country)) for group in rows.reactions for row in group.rows
    )
    acts, times = statements_by_act(rows.voices), statements_by_time(rows.voices)
    return (
        Section(key="changes", title="What changed", pieces=changed, opening='<ul class="lines">', closing="</ul>"),
        Section(key="figures", title="Figures", pieces=_tables(lines, rows.tables)),
        Section(key="disputes", title="Disputes", pieces=_pieces(lines.dispute(row, gathered) for row in rows.disputes)),
        Section(
            key="timeline", title="Timeline", pieces=_pieces(map(lines.entry, rows.entries)), opening='<ol class="events">', closing="</ol>"
        ),
        Section(
            key="background",
            title="Background",
            pieces=_pieces(map(lines.entry, rows.background)),
            part=SMALL,
            opening='<ol class="events">',
            closing="</ol>",
        ),
        Section(key="other", title="Not on the timeline", pieces=_pieces(map(lines.other, rows.other)), part=SMALL),
        Section(
            key="actors",
            title="Actors",
            pieces=_pieces(map(lines.actor, rows.voices)),
            opening='<ul class="actors">',
            closing="</ul>",
            part=SMALL,
        ),
        Section(
            key="acts",
            title="Statements by act",
            pieces=_index(lines, acts, act=False),
            part=SMALL,
            opening='<ul class="lines">',
            closing="</ul>",
        ),
        Section(
            key="times",
            title="Statements by time",
            pieces=_index(lines, times, act=True),
            part=SMALL,
            opening='<ul class="lines">',
            closing="</ul>",
        ),
        Section(key="voices", title="Who said what", pieces=_voices(lines, rows.voices)),
        Section(key="reactions", title="Reactions", pieces=reactions),
        Section(key="silences", title="No response found", pieces=_pieces(map(lines.silence, rows.silences))),
        Section(key="loose", title="Without a speaker", pieces=_pieces(map(lines.loose, rows.loose)), part=SMALL),
        Section(
            key="origins",
            title="Origins",
            pieces=_pieces(map(lines.origin, rows.origins)),
            part=SMALL,
            opening='<ul class="plain">',
            closing="</ul>",
        ),
        Section(
            key="sources",
            title="Sources",
            pieces=_pieces(map(lines.document_row, rows.documents)),
            opening=lines.documents_head(),
            closing=lines.table_foot(),
        ),
        Section(
            key="problems",
            title="Problems",
            pieces=_pieces(map(lines.problem, rows.problems)),
            opening=lines.problems_head(len(rows.problems)),
            closing=lines.table_foot(),
        ),
        Section(key="evidence", title="Evidence", pieces=_pieces(lines.document(row, evidence) for row in rows.documents), part=0),
    )


def _pieces(written: Iterable[str]) -> tuple[Piece, ...]:
    return tuple(Piece(html=lean(html)) for html in written)


def _tables(lines: Any, tables: Iterable[FigureTable]) -> tuple[Piece, ...]:
    return _pieces(
        lines.figure_table(structs.replace(table, rows=table.rows[start : start + TOGETHER]), start)
        for table in tables
        for start in range(0, len(table.rows), TOGETHER)
    )


def _voices(lines: Any, found: Iterable[Voice]) -> tuple[Piece, ...]:
    return _pieces(
        lines.voice(structs.replace(voice, rows=voice.rows[start : start + TOGETHER]), start)
        for voice in found
        for start in range(0, len(voice.rows), TOGETHER)
    )


def _index(lines: Any, groups: Iterable[IndexGroup], *, act: bool) -> tuple[Piece, ...]:
    return tuple(
        Piece(html=lean(lines.index_line(line, act)), lead=lines.index_lead(f"{group.title} ({len(group.lines)})"))
        for group in groups
        for line in group.lines
    )
