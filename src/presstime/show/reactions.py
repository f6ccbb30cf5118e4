"""The reactions section: what others did in words, by country and actor, and of whom no response was found.

In: a view. Out: `ReactionGroup`s and `SilenceRow`s. A silence is worded as what was gathered, beside the words that called for an
answer, and never as a refusal.
Example: "No response from the Harbour Authority found in the 14 documents gathered by 20:00, 3 March 2026."
"""

from __future__ import annotations

from presstime.findings import Reaction, Silence
from presstime.records import Record
from presstime.show.material import actor_name
from presstime.show.moments import moment_words
from presstime.show.rows import View
from presstime.show.voices import StatementRow, distinct, statement_row
from presstime.show.wording import country_words, plural

__all__ = ["ReactionGroup", "ReactionRow", "SilenceRow", "no_response_words", "reaction_groups", "silence_rows"]

NO_COUNTRY = "Country not known"


class ReactionRow(Record, frozen=True):
    """What an actor did in words: each statement, and towards whom; `when` is the first and the latest time."""

    actor: str
    statements: tuple[tuple[str | None, StatementRow], ...]
    when: str | None = None


class ReactionGroup(Record, frozen=True):
    """The reactions from one country."""

    country: str
    rows: tuple[ReactionRow, ...]


class SilenceRow(Record, frozen=True):
    """An actor of whom no response was found, and the statement that called for one."""

    words: str
    actor: str
    because: StatementRow | None


def reaction_groups(view: View) -> tuple[ReactionGroup, ...]:
    """The reactions by country, in alphabetical order; those whose country is not told come last."""
    groups: dict[str, dict[str, list[Reaction]]] = {}
    for reaction in view.index.material.findings.reactions:
        if any(one in view.index.statements for one in reaction.statements):
            actors = groups.setdefault(country_words(reaction.country) or NO_COUNTRY, {})
            actors.setdefault(actor_name(view.index, reaction.actor), []).append(reaction)
    order = sorted(groups.items(), key=lambda item: (item[0] == NO_COUNTRY, item[0]))
    return tuple(
        ReactionGroup(country=country, rows=tuple(_row(view, actor, reactions) for actor, reactions in sorted(actors.items())))
        for country, actors in order
    )


def _row(view: View, actor: str, reactions: list[Reaction]) -> ReactionRow:
    first = min((one.first for one in reactions if one.first), default=None)
    latest = max((one.latest for one in reactions if one.latest), default=None)
    when = moment_words(first, view.time_zone)
    if first != latest:
        when = f"{when} to {moment_words(latest, view.time_zone)}"
    lines = tuple(line for reaction in reactions for line in _lines(view, reaction))
    return ReactionRow(actor=actor, statements=lines, when=when)


def _lines(view: View, reaction: Reaction) -> list[tuple[str | None, StatementRow]]:
    index = view.index
    statements = [index.statements[one] for one in reaction.statements if one in index.statements]
    towards = actor_name(index, reaction.towards) if reaction.towards else None
    return [(towards, statement_row(view, group)) for group in distinct(index, statements)]


def no_response_words(actor: str | None, documents: int, as_of: str, time_zone: str) -> str:
    """The one wording of a silence."""
    who = f" from {actor}" if actor else ""
    return f"No response{who} found in the {plural(documents, 'document')} gathered by {moment_words(as_of, time_zone)}"


def silence_rows(view: View) -> tuple[SilenceRow, ...]:
    """Every silence, by actor; several calls on the same actor are several lines."""
    index = view.index
    found = []
    for silence in index.material.findings.silences:
        found.append(_silence(view, silence))
    return tuple(sorted(found, key=lambda row: row.actor))


def _silence(view: View, silence: Silence) -> SilenceRow:
    because = view.index.statements.get(silence.because)
    actor = actor_name(view.index, silence.actor)
    return SilenceRow(
        words=no_response_words(actor, silence.documents, silence.as_of, view.time_zone),
        actor=actor,
        because=statement_row(view, [because]) if because else None,
    )
