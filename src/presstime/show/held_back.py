"""Which names are held back: private people accused of something by name, and named victims.

In: an index, and the ids of actors whom a person has let through. Out: `Held` names, and a function that marks them in a draft or takes
them out of what is published, quotes and headlines included. Whoever holds an office or speaks for one is public.
Example: in a draft "Dob Larrick [held: named victim]"; published "[a fisherman]" within a quote, "a fisherman" outside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from presstime.findings import FoundActor
from presstime.records import Event, Reading, Record, Statement
from presstime.show.material import Index
from presstime.show.sentences import sentence_spans
from presstime.show.wording import WORDS

__all__ = ["Held", "find_held", "hold_words", "is_public"]

Reason = Literal["named victim", "accused by name"]
WINDOW = 200
"""Characters before a name in which it is looked for what befell the person."""
MAX_AGE_WORDS = 6
"""Words between a name and what befell it: an age, a trade, a place ("Ana Bel, 34, a nurse from Velm, was killed")."""
_NAME = r"[A-Z][\w’'-]+(?:\s(?:(?:al|bin|da|de|del|der|di|du|van|von|la|el)\s)*[A-Z][\w’'-]+){1,3}"
_CUES = re.compile(
    r"\b(?:killed|died|dead|shot|wounded|injured|missing|drowned|victims?|deaths?|body|arrest\w*|detained|charged|suspect\w*|identified|named)\b"
)
_LISTED = re.compile(
    r"(?:identified|named|victims?|dead|body|bodies|deaths?|funeral|suspects?|arrest) ?\w* ?(?:as|were|was|of|are|included?)?[\s,:]*"
    r"(?:[A-Z][^.;]{0,120})?\Z"
)
_OPENINGS = frozenset({"The", "A", "An", "In", "On", "At", "But", "And", "His", "Her", "Their"})


class Held(Record, frozen=True):
    """A name that is held back. `forms` are all ways in which it is written, longest first; `instead` is what stands for it."""

    actor: str
    name: str
    forms: tuple[str, ...]
    reason: Reason
    instead: str


class _Lists(msgspec.Struct, frozen=True):
    offices: frozenset[str]
    victim_after: tuple[str, ...]
    victim_before: tuple[str, ...]
    accused_after: tuple[str, ...]
    accused_before: tuple[str, ...]


@cache
def _lists() -> _Lists:
    return msgspec.toml.decode(files("presstime.show").joinpath("held_back.toml").read_bytes(), type=_Lists)


@cache
def _patterns() -> tuple[tuple[Reason, re.Pattern[str], re.Pattern[str]], ...]:
    """For each reason: what follows a name, from its end, and what stands before one, up to its beginning."""
    lists = _lists()

    def after(words: Iterable[str]) -> re.Pattern[str]:
        inner = rf"(?:,?\s[\w’'-]+){{0,{MAX_AGE_WORDS}}}?"
        return re.compile(rf"(?:{inner},|\s(?:and|,)\s{_NAME})?,?\s(?:{'|'.join(map(re.escape, words))})\b")

    def before(words: Iterable[str]) -> re.Pattern[str]:
        inner = rf"(?:(?:the|a|an|his|her|their|its)\s)?(?:[\w’'-]+\s){{0,3}}?(?:[\w’'-]+,\s)?(?:{_NAME}(?:,\s\d+)?,?\s(?:and\s)?){{0,8}}"
        return re.compile(rf"(?<!\w)(?i:{'|'.join(map(re.escape, words))}):?\s{inner}\Z")

    return (
        ("named victim", after(lists.victim_after), before(lists.victim_before)),
        ("accused by name", after(lists.accused_after), before(lists.accused_before)),
    )


def is_public(actor: FoundActor, roles: Iterable[str | None] = ()) -> bool:
    """Whether a person holds an office or speaks for one, by any role that is told."""
    offices = _lists().offices
    for role in (actor.role, *roles, actor.name):
        pieces = [piece.strip(",.;:()’'").lower() for piece in (role or "").split()]
        if role is actor.name:
            pieces = pieces[:-1]
        if any(piece in offices or piece.split("-")[-1] in offices for piece in pieces):
            return True
    return False


def find_held(index: Index, let_through: Collection[str] = ()) -> tuple[Held, ...]:
    """The names to be held back, in the order of the findings' actors; `let_through` are ids of actors, or names."""
    found: dict[str, Held] = {}
    mentions = _mentions(index)
    public = _public_names(index)
    places = {place.name for place in index.places.values()}
    for actor in index.material.findings.actors:
        roles = [index.actors[member].role for member in actor.members if member in index.actors]
        if actor.kind != "person" or actor.id in let_through or actor.name in let_through or is_public(actor, roles):
            continue
        if actor.name in places or any(one <= set(actor.name.split()) or set(actor.name.split()) <= one for one in public):
            continue
        if not any(character.isupper() for character in actor.name) or any(member in let_through for member in actor.members):
            continue
        reason = _reason(index, actor, mentions)
        if reason is not None:
            found[actor.id] = Held(actor=actor.id, name=actor.name, forms=_forms(index, actor), reason=reason, instead=_instead(actor))
    return (*found.values(), *_unknown(index, found, let_through))


def _public_names(index: Index) -> list[frozenset[str]]:
    """The names of office holders, as words: a short form or a second reading of one of them is public too."""
    roles = {actor.id: [index.actors[m].role for m in actor.members if m in index.actors] for actor in index.material.findings.actors}
    public = [one for one in index.material.findings.actors if one.kind == "person" and is_public(one, roles[one.id])]
    return [frozenset(piece for piece in actor.name.split() if piece[:1].isupper()) for actor in public if actor.name.split()]


def _mentions(index: Index) -> dict[str, list[tuple[str, int, int]]]:
    """Where each document's actor is named: document, start, end."""
    return {
        actor.id: [(reading.document.id, span.start, span.end) for span in actor.mentions]
        for reading in index.material.readings
        for actor in reading.actors
        if actor.kind == "person"
    }


def _reason(index: Index, actor: FoundActor, mentions: dict[str, list[tuple[str, int, int]]]) -> Reason | None:
    members = set(actor.members)
    for document, start, end in _named_at(index, actor, mentions):
        text = index.documents[document].text
        for reason, after, before in _patterns():
            if after.match(text, end) or before.search(text[max(0, start - WINDOW) : start]):
                return reason
    for reading in _readings(index, actor):
        for event in reading.events:
            if (befell := _by_event(event, members)) is not None:
                return befell
        for statement in reading.statements:
            own = statement.speaker is not None and statement.speaker.actor in members
            if own and statement.act == "denial" and statement.answers:
                return "accused by name"
            if not own and statement.act == "accusation" and _is_named(actor, mentions, reading.document.id, statement):
                return "accused by name"
    return None


def _named_at(index: Index, actor: FoundActor, mentions: dict[str, list[tuple[str, int, int]]]) -> Iterable[tuple[str, int, int]]:
    """Every place where the actor is named: as read, and wherever else the full name stands in those documents."""
    found = {one for member in actor.members for one in mentions.get(member, ())}
    whole = re.compile(rf"(?<!\w){re.escape(actor.name)}(?!\w)")
    for reading in _readings(index, actor):
        found.update((reading.document.id, *match.span()) for match in whole.finditer(reading.document.text))
    return sorted(found)


def _readings(index: Index, actor: FoundActor) -> list[Reading]:
    documents = dict.fromkeys(index.document_of[member] for member in actor.members if member in index.document_of)
    return [index.readings[document] for document in documents]


def _by_event(event: Event, members: set[str]) -> Reason | None:
    if event.recipient is None or event.recipient.actor not in members:
        return None
    if event.type == "ASSAULT":
        return "named victim"
    return "accused by name" if event.type in ("ACCUSE", "COERCE", "SANCTION") else None


def _is_named(actor: FoundActor, mentions: dict[str, list[tuple[str, int, int]]], document: str, statement: Statement) -> bool:
    """Whether the statement's content names the actor."""
    return any(
        holder == document and span.start <= start and end <= span.end
        for member in actor.members
        for holder, start, end in mentions.get(member, ())
        for span in statement.content
    )


def _forms(index: Index, actor: FoundActor) -> tuple[str, ...]:
    """The ways in which a person is named: as read anywhere, in full and by the family name alone."""
    forms = {actor.name, *(name for name in actor.names if name[:1].isupper())}
    last = actor.name.split()[-1]
    places = {place.name for place in index.places.values()}
    if len(last) > 2 and last not in places and sum(last in other.name.split() for other in index.material.findings.actors) == 1:
        forms.add(last)
    first = actor.name.split()[0]
    if len(actor.name.split()) > 1 and first[:1].isupper() and len(first) > 2:
        for member in actor.members:
            document = index.document_of.get(member)
            spans = index.actors[member].mentions if member in index.actors else ()
            if document and any(index.documents[document].text[s.start : s.end] == first for s in spans):
                forms.add(first)
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def _instead(actor: FoundActor) -> str:
    """What stands for a name: the role told, else that the source names somebody."""
    role = (actor.role or "").strip(" ,.;")
    role = re.split(r"\s(?:of|at|from|in|on)\s(?=\w*[A-Z]|the\s)", role)[0]
    if not role or any(piece in role for piece in actor.name.split()) or re.search(r"[“”\"]", role) or len(role.split()) > 5:
        return "a person named in the source"
    if role.split()[0].lower() in ("a", "an", "the"):
        return role
    return f"{'an' if role[:1].lower() in 'aeiou' else 'a'} {role}"


def _unknown(index: Index, found: dict[str, Held], let_through: Collection[str]) -> list[Held]:
    """Names in the words of victims and accused that no reading took for an actor."""
    known = {name for actor in index.material.findings.actors for name in (actor.name, *actor.names)}
    known |= {document.outlet for document in index.documents.values() if document.outlet}
    places = {place.name for place in index.places.values()}
    held = {form for one in found.values() for form in one.forms}
    extra: dict[str, Held] = {}
    for document in index.documents.values():
        for reason, name in _named(document.text):
            if name in known or name in held or name in places or name in let_through or name in extra:
                continue
            parts = name.split()
            if parts[0] in _OPENINGS or any(part in places or part.lower() in WORDS.grammar.body_nouns for part in parts):
                continue
            if any(part.lower().strip("’s") in _lists().offices or part.lower() in WORDS.grammar.days for part in parts):
                continue
            extra[name] = Held(actor=name, name=name, forms=(name,), reason=reason, instead="a person named in the source")
    return list(extra.values())


def _named(text: str) -> Iterable[tuple[Reason, str]]:
    """Names of two words and more that stand where a victim or a suspect is told of."""
    if not _CUES.search(text):
        return
    for span in sentence_spans(text, 0, len(text)):
        words = text[span.start : span.end]
        if not _CUES.search(words):
            continue
        for match in re.finditer(_NAME, words):
            listed = _LISTED.search(words[: match.start()]) is not None
            for reason, after, before in _patterns():
                if after.match(words, match.end()) or (listed and before.search(words[: match.start()])):
                    yield reason, match[0]
                    break


def hold_words(held: Collection[Held], *, published: bool, marked: bool = True, quoting: bool = False) -> Callable[[str], str]:
    """A function from words to the words that may be printed.

    In what is published every held name gives way to what stands for it, in brackets within a quote. In a draft the name stays, with
    its mark at the first mention in the words; with `marked` false a draft's words stay as they are (the passages in notes). With
    `quoting` all the words are a quote.
    """
    forms = {form: one for one in held for form in one.forms}
    if not forms or (not published and not marked):
        return lambda words: words
    pattern = re.compile(
        "|".join(rf"(?<!\w){re.escape(form)}(?:['’]s)?(?!\w)" for form in sorted(forms, key=lambda form: (-len(form), form)))
    )

    def hold(words: str) -> str:
        seen: set[str] = set()

        def instead(match: re.Match[str]) -> str:
            form = re.sub(r"['’]s\Z", "", match[0]) if match[0] not in forms else match[0]
            one, ending = forms[form], match[0][len(form) :]
            if not published:
                first = one.actor not in seen
                seen.add(one.actor)
                return f"{match[0]} [held: {one.reason}]" if first else match[0]
            before = words[: match.start()]
            if quoting or before.count("“") > before.count("”"):
                return f"[{one.instead}]{ending}"
            return (one.instead[:1].upper() + one.instead[1:] if not before.strip() else one.instead) + ending

        return pattern.sub(instead, words)

    return hold
