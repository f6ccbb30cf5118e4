"""The matrix of reactions: who did what in words, at one look, silences included.

In: a view. Out: a `Matrix`, or None where nobody reacted: columns are the acts that occur, in the order of the record's list, and last "no
response found"; rows are actors, grouped by country, then organisations of none. A cell has how many statements there are, the way to the
first, and towards whom.
Example: the row of an invented union has "2" under condemnation and "1" under appeal.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from presstime.records import ACTS, Act, Record, Statement
from presstime.show.material import Index, actor_name, speaker_name
from presstime.show.passages import printable
from presstime.show.reactions import NO_COUNTRY, no_response_words
from presstime.show.rows import View
from presstime.show.voices import distinct
from presstime.show.wording import WORDS, capital, country_words, join_words, plural

__all__ = ["Cell", "Matrix", "MatrixGroup", "MatrixRow", "matrix"]

SILENT = "no response found"
ORGANISATIONS = "Organisations"
_LAST = (ORGANISATIONS, NO_COUNTRY)
MOST_ROWS = 80
"""Actors shown, those with most statements first; 80 rows are about five screens, and the lines below have everyone."""
MOST_TOWARDS = 3


class Cell(Record, frozen=True):
    """How many statements of one act; `anchor` leads to the first. `words` say the same in full, for who does not see the column."""

    column: str
    count: int = 0
    anchor: str | None = None
    words: str = ""
    shown: str = ""


class MatrixRow(Record, frozen=True):
    """An actor and its cells, one a column."""

    actor: str
    cells: tuple[Cell, ...]


class MatrixGroup(Record, frozen=True):
    """The actors of one country."""

    country: str
    rows: tuple[MatrixRow, ...]


class Matrix(Record, frozen=True):
    """The matrix; `more` counts the actors left out."""

    columns: tuple[str, ...]
    groups: tuple[MatrixGroup, ...]
    more: int


@dataclass(kw_only=True)
class _Actor:
    country: str
    statements: dict[Act, dict[str, Statement]] = field(default_factory=dict)
    towards: dict[Act, list[str]] = field(default_factory=dict)
    silences: list[tuple[str | None, str]] = field(default_factory=list)

    def add(self, statement: Statement, act: Act, towards: str | None) -> None:
        self.statements.setdefault(act, {})[statement.id] = statement
        if towards is not None and towards not in self.towards.setdefault(act, []):
            self.towards[act].append(towards)

    @property
    def size(self) -> int:
        return sum(len(one) for one in self.statements.values()) + len(self.silences)


def _country(index: Index, name: str, told: str | None = None) -> str:
    found = index.actor_of_name.get(name)
    country = country_words(told or (found.country if found else None))
    return country or (ORGANISATIONS if found and found.kind == "organisation" else NO_COUNTRY)


def _gather(view: View) -> dict[str, _Actor]:
    index = view.index
    actors: dict[str, _Actor] = {}
    for reaction in index.material.findings.reactions:
        name = actor_name(index, reaction.actor)
        actor = actors.setdefault(name, _Actor(country=_country(index, name, reaction.country)))
        towards = actor_name(index, reaction.towards) if reaction.towards else None
        for one in reaction.statements:
            if one in index.statements:
                actor.add(index.statements[one], reaction.act, towards)
    for statement in index.statements.values():
        speaker = speaker_name(index, statement) if statement.act == "no-comment" else None
        if speaker is not None:
            actors.setdefault(speaker, _Actor(country=_country(index, speaker))).add(statement, "no-comment", None)
    for silence in index.material.findings.silences:
        name = actor_name(index, silence.actor)
        words = no_response_words(name, silence.documents, silence.as_of, view.time_zone)
        actor = actors.setdefault(name, _Actor(country=_country(index, name)))
        actor.silences.append((view.line_of.get(silence.because), words))
    return {name: actor for name, actor in actors.items() if actor.size}


def matrix(view: View) -> Matrix | None:
    """The matrix of everyone who reacted, or of whom no response was found."""
    actors = _gather(view)
    if not actors:
        return None
    order = sorted(actors, key=lambda name: (-actors[name].size, name))
    kept = {name: actors[name] for name in order[:MOST_ROWS]}
    acts = [act for act in ACTS if any(act in actor.statements for actor in kept.values())]
    silent = any(actor.silences for actor in kept.values())
    groups: dict[str, list[MatrixRow]] = {}
    for name in sorted(kept, key=str.casefold):
        actor = kept[name]
        cells = [_cell(view, name, actor, act) for act in acts]
        if silent:
            cells.append(_silent_cell(actor))
        groups.setdefault(actor.country, []).append(MatrixRow(actor=printable(name), cells=tuple(cells)))
    countries = sorted(groups, key=lambda country: (country in _LAST and 1 + _LAST.index(country), country.casefold()))
    return Matrix(
        columns=(*(capital(WORDS.act[act].noun) for act in acts), *((capital(SILENT),) if silent else ())),
        groups=tuple(MatrixGroup(country=printable(country), rows=tuple(groups[country])) for country in countries),
        more=len(actors) - len(kept),
    )


def _cell(view: View, name: str, actor: _Actor, act: Act) -> Cell:
    noun = WORDS.act[act].noun
    told = distinct(view.index, list(actor.statements.get(act, {}).values()))
    if not told:
        return Cell(column=capital(noun))
    towards = actor.towards.get(act, [])
    rest = [f"{len(towards) - MOST_TOWARDS} more"] if len(towards) > MOST_TOWARDS else []
    whom = f", towards {join_words(towards[:MOST_TOWARDS] + rest)}" if towards else ""
    return Cell(
        column=capital(noun),
        count=len(told),
        anchor=next((view.line_of[one.id] for group in told for one in group if one.id in view.line_of), None),
        words=printable(f"{plural(len(told), 'statement')} by {name}, {noun}{whom}"),
        shown=str(len(told)),
    )


def _silent_cell(actor: _Actor) -> Cell:
    if not actor.silences:
        return Cell(column=capital(SILENT))
    anchor, words = actor.silences[0]
    count = len(actor.silences)
    more = f" ({plural(count, 'call')} for an answer)" if count > 1 else ""
    return Cell(column=capital(SILENT), count=count, anchor=anchor, words=printable(words + more), shown="none")
