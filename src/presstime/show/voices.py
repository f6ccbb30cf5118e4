"""Who said what: every statement, by actor, in the source's words.

In: a view. Out: `Voice`s, one an actor, with their statements; the same words in several documents are one line with several sources.
The same lines are indexed by act and by time. What has no speaker, and quoted words that are no statement, are kept apart with the
reason.
Example: under "Ministry of Health", "“We have 12 dead,”", claim, quoted, in a statement, The Velm Post.
"""

from __future__ import annotations

from collections.abc import Callable

from presstime.findings import FoundActor
from presstime.records import ACTS, Record, Statement
from presstime.show.material import Index, speaker_name
from presstime.show.moments import moment_words, timex_words
from presstime.show.reviews import Mark, check_words, review_mark, translation_words
from presstime.show.rows import (
    Quote,
    Source,
    View,
    line_anchors,
    normal,
    origin_count,
    origin_words,
    quote_span,
    quote_statement,
    source,
    sources,
)
from presstime.show.wording import WORDS, capital, country_words, plural

__all__ = [
    "IndexGroup",
    "IndexLine",
    "Loose",
    "StatementRow",
    "Voice",
    "content_words",
    "distinct",
    "loose_quotes",
    "statement_row",
    "statements_by_act",
    "statements_by_time",
    "statements_in_order",
    "voices",
]

INDEX_WORDS = 70
"""Characters of a statement in the indexes by act and by time: with its time and speaker a line of a desktop page."""


class StatementRow(Record, frozen=True):
    """A statement. `answers` are the lines of what it answers; `origins` how many independent origins the line can have at most, and
    `others` how many with everyone else who says so.

    `moment` is when it was said, else published, for order, and `when` the same in words.
    """

    lines: tuple[str, ...]
    speaker: str | None
    quote: Quote
    form: str
    act: str
    details: tuple[str, ...]
    answers: tuple[str, ...]
    sources: tuple[Source, ...]
    origins: str = ""
    others: str | None = None
    moment: str = ""
    when: str = ""
    review: Mark | None = None
    checks: tuple[str, ...] = ()


class Voice(Record, frozen=True):
    """An actor and what it said."""

    anchor: str
    name: str
    names: tuple[str, ...]
    about: tuple[str, ...]
    rows: tuple[StatementRow, ...]


class IndexLine(Record, frozen=True):
    """A line of an index: the way to the statement, who said it, when, and its first words."""

    anchor: str | None
    speaker: str
    act: str
    when: str
    words: str


class IndexGroup(Record, frozen=True):
    """Some lines of an index under one heading: an act, or a day."""

    title: str
    lines: tuple[IndexLine, ...]


class Loose(Record, frozen=True):
    """Quoted words without a speaker, and why."""

    lines: tuple[str, ...]
    quote: Quote
    reason: str
    source: Source


def content_words(index: Index, statement: Statement) -> str:
    """A statement's content as it stands in the text, its spans joined by a space."""
    text = index.documents[index.document_of[statement.id]].text
    return " ".join(text[span.start : span.end] for span in statement.content)


def statements_in_order(index: Index) -> list[Statement]:
    """Every statement, by its document's date, then as it stands in the text; those of near copies come last."""

    def key(statement: Statement) -> tuple[bool, str, str, int]:
        document = index.documents[index.document_of[statement.id]]
        found = index.found_documents.get(document.id)
        copy = bool(found and found.near_copy_of)
        spans = statement.content or ((statement.cue,) if statement.cue else ())
        return (copy, document.published or document.gathered or "", document.id, spans[0].start if spans else 0)

    return sorted(index.statements.values(), key=key)


def voices(view: View) -> tuple[Voice, ...]:
    """The actors with what they said, most statements first."""
    index = view.index
    by_actor: dict[str, dict[tuple[str, str], list[Statement]]] = {}
    for statement in statements_in_order(index):
        name = speaker_name(index, statement)
        if name is None:
            continue
        words = normal(content_words(index, statement))
        key = (words, statement.act) if words else (statement.id, statement.act)
        by_actor.setdefault(name, {}).setdefault(key, []).append(statement)
    found = []
    for number, (name, groups) in enumerate(by_actor.items()):
        actor = index.actor_of_name.get(name)
        about = [] if actor is None else _about(actor)
        names = tuple(other for other in (actor.names if actor else ()) if other != name)
        rows = tuple(statement_row(view, statements) for statements in groups.values())
        found.append(Voice(anchor=f"actor-{number + 1}", name=name, names=names, about=tuple(about), rows=rows))
    return tuple(sorted(found, key=lambda voice: (-len(voice.rows), voice.name.casefold())))


def _about(actor: FoundActor) -> list[str]:
    """Role, whom they belong to, kind and country, each told once."""
    country = country_words(actor.country)
    body = None if actor.affiliation in (actor.name, country) else actor.affiliation
    return [word for word in (actor.role, body, WORDS.kind[actor.kind], country) if word]


def statement_row(view: View, statements: list[Statement]) -> StatementRow:
    """One line for statements of the same words; the first gives the wording."""
    index = view.index
    first = statements[0]
    document = index.documents[index.document_of[first.id]]
    details = [first.medium and f"medium: {first.medium}", first.addressee and f"to {first.addressee}"]
    details.append(first.said_at and f"said {timex_words(first.said_at)}")
    reporter = index.statements.get(first.reported_by) if first.reported_by else None
    if reporter is not None:
        details.append(f"as told by {speaker_name(index, reporter) or 'a speaker not told'}")
    details += [translation_words(index, statement.id) for statement in statements]
    return StatementRow(
        lines=line_anchors(view, *(statement.id for statement in statements)),
        speaker=speaker_name(index, first),
        quote=quote_statement(view, document, first),
        form=WORDS.form[first.form],
        act=WORDS.act[first.act].noun,
        details=tuple(detail for detail in details if detail),
        answers=line_anchors(view, *first.answers),
        sources=sources(view, (statement.id for statement in statements)),
        origins=origin_words(view, (statement.id for statement in statements)),
        others=_others(view, statements),
        moment=document.published or document.gathered or "",
        review=review_mark(view, (statement.id for statement in statements)),
        checks=tuple(words for statement in statements for words in check_words(index, statement.id)),
        when=timex_words(first.said_at) or moment_words(document.published, view.time_zone) or "undated",
    )


def _others(view: View, statements: list[Statement]) -> str | None:
    """Of a line whose claim others make too, how many origins the claim can have at most."""
    claim = view.index.claims.get(view.claim_of.get(statements[0].id, ""))
    if claim is None or claim.independent_at_most <= origin_count(view, (statement.id for statement in statements))[1]:
        return None
    return f"with all who say so: at most {plural(claim.independent_at_most, 'independent origin')}"


# ---------------------------------------------------------------- the same lines by act and by time


def statements_by_act(found: tuple[Voice, ...]) -> tuple[IndexGroup, ...]:
    """The statements by act, in the record's order of acts; within one by time."""
    order = [WORDS.act[act].noun for act in ACTS]
    return _groups(found, lambda row: (order.index(row.act), capital(row.act)))


def statements_by_time(found: tuple[Voice, ...]) -> tuple[IndexGroup, ...]:
    """The statements by the day on which they were published, oldest first."""
    return _groups(found, lambda row: (row.moment[:10] or "9", moment_words(row.moment[:10] or None) or "No date told"))


def _groups(found: tuple[Voice, ...], key: Callable[[StatementRow], tuple[int | str, str]]) -> tuple[IndexGroup, ...]:
    groups: dict[tuple[int | str, str], list[StatementRow]] = {}
    for row in sorted((row for voice in found for row in voice.rows), key=lambda row: row.moment or "9"):
        groups.setdefault(key(row), []).append(row)
    return tuple(
        IndexGroup(title=title, lines=tuple(_index_line(row) for row in rows))
        for (_, title), rows in sorted(groups.items(), key=lambda group: group[0])
    )


def _index_line(row: StatementRow) -> IndexLine:
    words = " ".join("".join(piece.text for piece in row.quote.pieces if piece.marked or piece.text == " … ").split())
    return IndexLine(
        anchor=row.lines[0] if row.lines else None,
        speaker=row.speaker or "a speaker not told",
        act=row.act,
        when=row.when,
        words=words if len(words) <= INDEX_WORDS else f"{words[:INDEX_WORDS].rsplit(' ', 1)[0]} …",
    )


def distinct(index: Index, statements: list[Statement]) -> list[list[Statement]]:
    """Statements of the same speaker and words together, in order."""
    groups: dict[tuple[str | None, str], list[Statement]] = {}
    for statement in statements:
        groups.setdefault((speaker_name(index, statement), normal(content_words(index, statement)) or statement.id), []).append(statement)
    return list(groups.values())


def loose_quotes(view: View) -> tuple[Loose, ...]:
    """Statements whose speaker could not be told, and quoted words that are no statement."""
    index = view.index
    found = []
    for statement in statements_in_order(index):
        if statement.speaker is None:
            document = index.documents[index.document_of[statement.id]]
            quote = quote_statement(view, document, statement)
            lines = line_anchors(view, statement.id)
            found.append(Loose(lines=lines, quote=quote, reason="speaker not told", source=source(view, statement.id)))
    for reading in index.material.readings:
        for number, words in enumerate(reading.unattributed):
            of = f"{reading.document.id}-unattributed-{number}"
            quote = quote_span(view, reading.document, words.start, words.end)
            lines = line_anchors(view, of)
            found.append(Loose(lines=lines, quote=quote, reason=words.reason, source=source(view, of, reading.document.id)))
    return tuple(found)
