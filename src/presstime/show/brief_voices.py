"""What each side says, and how others react: statements by country and actor, in sentences.

In: a draft. Out: paragraphs, one an actor, under the country or kind they belong to. A side is everyone of a party's country; who reacts
is everyone else of whom combine found a reaction, and each of them is told of at least by name.
Example: under "Norrel", "Prime Minister Ralla Desmond said: “We stand with Vadisk.”"
"""

from __future__ import annotations

from collections.abc import Iterable

from presstime.findings import FoundActor
from presstime.records import ACTS, Statement
from presstime.show.anatomy import Paragraph, Sentence
from presstime.show.brief_disputes import parties
from presstime.show.drafting import FEWEST_WORDS, Draft
from presstime.show.material import Index
from presstime.show.voices import content_words, statements_in_order
from presstime.show.wording import WORDS, capital, country_words, join_words, plural_noun

__all__ = ["other_paragraphs", "reaction_paragraphs", "side_paragraphs"]

MAX_ACTORS = 5
"""Of one side; the report has them all."""
MAX_STATEMENTS_EACH = 3
MAX_REACTING = 40
"""Actors whose reaction is told in words; the others are named by what they did."""
MAX_REACTIONS_EACH = 4
MAX_OTHERS = 8
FIGURE_SHARE = 0.4
"""Of a statement's characters: more than that, and it is a figure with its verb, which the lead has."""
_UNTOLD = "(country not told)"
_BODIES = "Organisations"
_PEOPLE = "People whose country is not told"


def _sides(draft: Draft) -> tuple[frozenset[str], frozenset[str]]:
    """The parties' actor ids, and the countries that they belong to."""
    actors = [found for name in parties(draft.index) if (found := draft.names.actor(name)) is not None]
    return frozenset(a.id for a in actors), frozenset(a.country for a in actors if a.country)


def _counted(index: Index) -> set[str]:
    """The statements that say hardly more than a figure, which the lead has."""
    words: dict[str, int] = {}
    for figure in index.figures.values():
        if figure.statement:
            words[figure.statement] = words.get(figure.statement, 0) + len(figure.words)
    held = ((one, length) for one, length in words.items() if one in index.statements)
    return {one for one, length in held if length > FIGURE_SHARE * len(content_words(index, index.statements[one]))}


def _telling(index: Index, statement: Statement) -> bool:
    """Whether a statement says enough to stand alone, and is its speaker's rather than what another says of them."""
    return statement.act != "no-comment" and statement.reported_by is None and len(content_words(index, statement).split()) >= FEWEST_WORDS


def _heading(country: str | None, kind: str) -> str:
    if country:
        return country_words(country) or country
    return _PEOPLE if kind in ("person", "group") else _BODIES


def side_paragraphs(draft: Draft) -> list[Paragraph]:
    """What the parties, and others of their countries, say: as many sentences for one side as for another."""
    index = draft.index
    ids, countries = _sides(draft)
    counted = _counted(index)
    by_actor: dict[str, list[Statement]] = {}
    for statement in statements_in_order(index):
        found = draft.names.speaker(statement)
        if found is None or not (found.id in ids or found.country in countries):
            continue
        if statement.id not in counted and _telling(index, statement):
            by_actor.setdefault(found.id, []).append(statement)
    groups: dict[str, list[str]] = {}
    for reference in sorted(by_actor, key=lambda one: (one not in ids, -len(by_actor[one]))):
        actor = index.found_actors[reference]
        groups.setdefault(_heading(actor.country, actor.kind) if actor.country else _UNTOLD, []).append(reference)
    order = sorted(groups, key=lambda group: (group == _UNTOLD, -sum(len(by_actor[one]) for one in groups[group])))
    found_paragraphs: list[Paragraph] = []
    for group in order:
        heading: str | None = "Others who claim or deny" if group == _UNTOLD else group
        if order == [_UNTOLD]:
            heading = None
        count = 0
        for reference in groups[group]:
            if count == MAX_ACTORS:
                break
            if lines := _lines(draft, by_actor[reference], MAX_STATEMENTS_EACH):
                found_paragraphs.append(Paragraph(sentences=tuple(lines), heading=heading))
                heading, count = None, count + 1
    return found_paragraphs


def _ranked(statements: Iterable[Statement]) -> list[Statement]:
    """What does most first: own words before what is only told, and acts before mere claims."""
    return sorted(statements, key=lambda one: (one.form == "narrated", ACTS.index(one.act)))


def _lines(draft: Draft, statements: Iterable[Statement], most: int, *, must: bool = False) -> list[Sentence]:
    """Sentences for an actor's statements: first one of each act, then more of the same."""
    ranked = _ranked(statements)
    first_of_act = {one.act: one.id for one in reversed(ranked)}
    lines: list[Sentence] = []
    for statement in sorted(ranked, key=lambda one: first_of_act[one.act] != one.id):
        if len(lines) == most:
            break
        if (line := draft.statement(statement, also=bool(lines), must=must, again=must)) is not None:
            lines.append(line)
    return lines


def other_paragraphs(draft: Draft) -> list[Paragraph]:
    """Others who speak and have not been told of, witnesses among them: those in own words first, the most heard first."""
    index = draft.index
    counted = _counted(index)
    by_actor: dict[str, list[Statement]] = {}
    for statement in statements_in_order(index):
        reference = draft.names.reference(statement)
        if reference is not None and reference not in draft.told_of and statement.id not in counted and _telling(index, statement):
            by_actor.setdefault(reference, []).append(statement)

    def weight(reference: str) -> tuple[bool, int]:
        return not any(one.form == "direct" for one in by_actor[reference]), -len(by_actor[reference])

    found_paragraphs: list[Paragraph] = []
    for reference in sorted(by_actor, key=weight):
        if len(found_paragraphs) == MAX_OTHERS:
            break
        if lines := _lines(draft, by_actor[reference], MAX_REACTIONS_EACH):
            found_paragraphs.append(Paragraph(sentences=tuple(lines)))
    return found_paragraphs


def reaction_paragraphs(draft: Draft) -> list[Paragraph]:
    """Every actor who reacted and has not been told of, by country, organisations behind, then people alone."""
    index = draft.index
    disputed = {one for dispute in index.material.findings.disputes for one in dispute.denials}
    by_actor: dict[str, list[Statement]] = {}
    country: dict[str, str | None] = {}
    for reaction in index.material.findings.reactions:
        actor = draft.names.actor(reaction.actor)
        reference = actor.id if actor else reaction.actor
        country.setdefault(reference, reaction.country or (actor.country if actor else None))
        held = [index.statements[one] for one in reaction.statements if one in index.statements]
        kept = [one for one in held if one.act != "no-comment" and not (one.id in disputed and reference in draft.told_of)]
        by_actor.setdefault(reference, []).extend(kept)
    groups: dict[str, list[str]] = {}
    for reference, statements in by_actor.items():
        if statements:
            found = index.found_actors.get(reference)
            groups.setdefault(_heading(country[reference], _kind(draft, found)), []).append(reference)
    order = sorted(groups, key=lambda group: (group == _PEOPLE, group == _BODIES, -sum(len(by_actor[one]) for one in groups[group])))
    ranked = [(group, one) for group in order for one in sorted(groups[group], key=lambda each: -len(by_actor[each]))]
    lines: dict[str, list[Sentence]] = {}
    for _, reference in ranked:
        if len(lines) < MAX_REACTING and (mine := _lines(draft, by_actor[reference], MAX_REACTIONS_EACH)):
            lines[reference] = mine
            draft.told_of.add(reference)
    for _, reference in ranked:  # whoever has no sentence yet has one now, though its words lean on others'
        if reference not in draft.told_of and len(lines) < MAX_REACTING and (mine := _lines(draft, by_actor[reference], 1, must=True)):
            lines[reference] = mine
            draft.told_of.add(reference)
    paragraphs: list[Paragraph] = []
    heading: str | None = None
    for group, reference in ranked:
        if reference in lines:
            told = len(order) > 1 and heading != group
            paragraphs.append(Paragraph(sentences=tuple(lines[reference]), heading=group if told else None))
            heading = group
    rest = {reference: by_actor[reference] for _, reference in ranked if reference not in draft.told_of}
    return [*paragraphs, *_by_act(draft, rest)]


def _kind(draft: Draft, found: FoundActor | None) -> str:
    """What an actor is grouped as: whoever speaks for a body goes with the bodies."""
    if found is None:
        return "organisation"
    body = draft.names.actor(found.affiliation) if found.kind == "person" and found.affiliation else None
    return body.kind if body is not None else found.kind


def _by_act(draft: Draft, rest: dict[str, list[Statement]]) -> list[Paragraph]:
    """Who else reacted, named by what they did: no sentence of theirs could be made, or there are too many."""
    acts: dict[str, list[tuple[str, Statement]]] = {}
    for reference, statements in rest.items():
        first = _ranked(statements)[0]
        acts.setdefault(first.act, []).append((reference, first))
    lines = []
    for act in (one for one in ACTS if one in acts):
        names = join_words([draft.names.plain(reference) for reference, _ in acts[act]])
        noun = WORDS.act[act].noun
        one, none = len(acts[act]) == 1, act in ("condemnation", "concern", "support")
        what = noun if none else f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}" if one else plural_noun(noun)
        words = f"{capital(what)} {'is' if one or none else 'are'} also reported from {names}."
        if (line := draft.note(words, *(one.id for _, one in acts[act]), most=12)) is not None:
            lines.append(line)
    return [Paragraph(sentences=tuple(lines), heading="Others")] if lines else []
