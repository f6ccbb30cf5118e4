"""What other documents tell about a name, before it is settled whose it is: a land, what initials stand for, which word comes first.

In: readings. Out: for a name that its own document does not explain, a `Hint` from the documents that do: that "Ostria"
is a land (another paper has "Ostria's government"), that "TWB" is the "Tamsin Water Board" (the only body of the story
with these initials), that "Norrick" is "Norrick Energy", that "Vardanyan Anahit" has her surname first. Where two
explanations fit, there is no hint.

Example: "the TWB said" in one paper, "Tamsin Water Board" in another → a hint for the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal

import msgspec

from presstime.combine.bodies import (
    body_words,
    has_head,
    initials,
    is_acronym,
    is_description,
    is_generic,
    land_stem,
    parts_before,
    proper,
)
from presstime.combine.identity_lands import land_key, land_of_place
from presstime.combine.identity_names import Named, everyone_in, where_of
from presstime.combine.identity_states import government_place, places_told, states_told
from presstime.combine.identity_tells import Tell, explained, resolved, tells_of
from presstime.combine.identity_words import lists
from presstime.combine.names import is_named, name_key
from presstime.combine.people import person_name
from presstime.combine.stages import Known, Note, Settled, Stage, World
from presstime.combine.transliteration import consonants
from presstime.combine.who import passing_id
from presstime.read.lexicon import words
from presstime.records import Reading

__all__ = ["HINTS", "Hint", "capital_of", "land_of"]

What = Literal["compound", "land", "capital", "called", "full", "order", "short", "placed"]
"""A land that a text tells of; its capital; what a reading takes for a government; a fuller name; the order of words; what a
short form is of, where a text explains it; a place that the gazetteer does not know."""


class Hint(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A hint about a name: its land's stem, the fuller name, or the name in the order of given name and surname."""

    what: What
    value: str


class Told(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What one document tells (`tells`), or a name of it that wants to be told (none)."""

    tells: What | None = None
    value: str = ""
    where: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


_LAND = r"(?P<{}>[A-Z][\w’'-]*[^\W\d_](?:\s[A-Z][\w-]+)?)"
_STATE = (
    r"(?:[Gg]overnment|[Pp]arliament|[Ee]mbassy|[Aa]rmy|[Nn]avy|[Aa]ir [Ff]orce|[Aa]rmed [Ff]orces|[Mm]inistry"
    r"|(?:[Pp]rime |[\w-]+ )?[Mm]inister|[Pp]resident|[Aa]mbassador)"
)
_OF_STATE = (
    r"(?:[Gg]overnment|[Pp]arliament|[Aa]rmy|[Pp]resident|[Pp]rime [Mm]inister|[Ee]mbassy|[Rr]epublic|[Kk]ingdom"
    r"|[Mm]inistry(?: of [\w ]{3,20})?)"
)
_OWNED = re.compile(r"[’']s\s+(?:[\w-]+\s+){0,2}?" + _STATE + r"\b")
_OWNER = re.compile(_LAND.format("land") + r"$")
_LONGEST = 40
"""Characters before "'s government" among which a land's name is looked for."""
_HEADED = re.compile(r"\b" + _OF_STATE + r" of " + _LAND.format("land"))
_HEADS = tuple(f"{w} of " for w in ("overnment", "arliament", "rmy", "resident", "inister", "mbassy", "epublic", "ingdom", "inistry"))
"""Of these one must stand in a text in which that matches; they are found much sooner."""
_CAPITALS = (
    re.compile(_LAND.format("city") + r",?\s+(?:which is\s+)?the capital of " + _LAND.format("land")),
    re.compile(_LAND.format("city") + r",\s+" + _LAND.format("land") + r"[’']s capital\b"),
    re.compile(r"\b[Tt]he " + _LAND.format("land") + r" capital,?\s+" + _LAND.format("city")),
    re.compile(_LAND.format("land") + r"[’']s capital,?\s+" + _LAND.format("city")),
)
_LAND_WORDS = 2
"""Words that a land's name has at most."""
_BODIES = 50
"""Bodies of one head that short forms are compared with."""
_OWN = "a land's or place's own"
"""The mark of a body of which every land or place has one: its name with the place is no short form of another."""
_SHORTEST = 3
"""Letters that a land's name and initials must have."""


def _notes(reading: Reading, known: Known) -> Iterator[Note[Told]]:
    """What a document tells of names, and which names it leaves to others to tell."""
    document = reading.document.id
    text = reading.document.text
    told: set[tuple[str, What, str]] = set()
    owners = (_OWNER.search(text, max(0, m.start() - _LONGEST), m.start()) for m in _OWNED.finditer(text))
    headed = _HEADED.finditer(text) if any(words in text for words in _HEADS) else ()
    for match in (*(m for m in owners if m), *headed):
        if land := _proper(match["land"]):
            told.add((f"land:{land_stem(land)}", "land", _land(land, known)))
    for pattern in _CAPITALS if "capital" in text else ():
        for match in pattern.finditer(text):
            named, city = _proper(match["land"]), _proper(match["city"])
            if named and city:
                told.add((f"land:{land_stem(named)}", "land", _land(named, known)))
                told.add((f"land:{land_stem(city)}", "capital", _land(named, known)))
    for land in dict.fromkeys(states_told(reading)):
        if named := _proper(land):
            told.add((f"land:{land_stem(named)}", "called", _land(named, known)))
    for place in places_told(reading):
        told.add((f"land:{land_stem(place)}", "placed", _land(place, known)))
    if reading.document.dateline:
        city = reading.document.dateline.partition(",")[0]
        yield Note(f"land:{land_stem(city)}", passing_id(document, f"dateline {city}"), known.at(0), Told())
    where, home = where_of(reading), _home(reading, known)
    for each in everyone_in(reading):
        for note in _of_name(each, told, known):
            yield replace(note, data=msgspec.structs.replace(note.data, where=where)) if note.key.startswith("head:") else note
        for tell in tells_of(each, reading, home):
            told_name: What | None = "full" if tell.tells else None
            yield Note(
                tell.key, each.record, known.at(each.position), Told(tells=told_name, value=tell.value, where=where, marks=tell.marks)
            )
    for tell in explained(reading):
        record = passing_id(document, f"told {tell.value} {tell.key}")
        yield Note(tell.key, record, known.at(0), Told(tells="full", value=tell.value, where=where))
    for key, what, value in sorted(told):
        yield Note(key, passing_id(document, f"told {what} {value} {key}"), known.at(0), Told(tells=what, value=value))


def _of_name(each: Named, told: set[tuple[str, What, str]], known: Known) -> Iterator[Note[Told]]:
    """What a name tells, or wants to be told."""
    name = proper(each.name)
    form = name_key(name)
    lower = not is_named(name) and not (has_head(name) and form not in lists().itself)
    if not form or lower or is_description(name):
        return
    order = known.at(each.position)
    place = government_place(each.name) if known.world.nations.in_name(each.name) is None else None
    if place is not None:
        if "-" in place:  # "Nagor-Velm's leadership" is what others call Velm's
            told.add((f"land:{land_stem(place.rpartition('-')[2])}", "compound", land_key(land_stem(place))))
            told.add((f"land:{land_stem(place)}", "called", land_key(land_stem(place))))
        yield Note(f"land:{land_stem(place)}", each.record, order, Told())
        return
    if is_acronym(name):
        yield Note(f"initials:{_letters(name)}", each.record, order, Told())
        return
    count = len(form.split())
    if has_head(name) or (each.kind != "person" and count > 1):
        if count == _LAND_WORDS and not has_head(name) and each.name[:1].isupper():
            yield Note(f"land:{land_stem(each.name)}", each.record, order, Told())
        yield from _of_body(each, name, told, order)
        return
    if each.kind == "government" and count == 1 and each.listed:
        told.add((f"land:{land_stem(each.name)}", "called", _land(each.name, known)))
    untitled = each.actor is None or not (each.actor.role or each.actor.affiliation)
    if each.kind == "person" and not untitled:
        count = len(form.split()) + 1
    elif "-" in each.name:
        count = len(name.split())
    short = count == 1 or (count == _LAND_WORDS and (each.kind != "person" or untitled))
    if short and not is_generic(each.name) and len(form) >= _SHORTEST and each.name[:1].isupper():
        yield Note(f"land:{land_stem(each.name)}", each.record, order, Told())
    if count == 1 and each.kind == "organisation" and not is_generic(each.name):
        yield Note(f"brand:{form}", each.record, order, Told())
    parts = person_name(each.name)
    if each.kind == "person" and len(parts.given) == 1 and len(parts.given[0]) > 2 and not parts.titles:
        key = " ".join(sorted((consonants(parts.given[0]), consonants(parts.surname))))
        yield Note(f"order:{key}", each.record, order, Told(value=f"{parts.given[0]} {parts.surname}"))


def _of_body(each: Named, name: str, told: set[tuple[str, What, str]], order: str) -> Iterator[Note[Told]]:
    """What a body's name tells: its initials, its first word, what stands before "of"; and its head, which others share."""
    words = body_words(name)
    proper_name = name[:1].isupper() and len(words) > 1
    if proper_name and words[-1] not in lists().states:
        told.update((f"initials:{letters}", "full", name) for letters in initials(name) if len(letters) >= _SHORTEST)
        before = parts_before(name)
        if before and not is_generic(before):
            told.update((f"brand:{key}", "full", name) for key in (name_key(before), " ".join(body_words(before))))
    if words[-1] in lists().national:  # of these every land has one, and what they are named after is a land
        if words[-1] not in lists().states and words[-1] not in lists().common:
            marks = (_OWN,) if len(words) > 1 else ()
            yield Note(f"head:{words[-1]}", each.record, order, Told(tells="full" if proper_name else None, value=name, marks=marks))
        return
    brand = name_key(name).split()[0]
    owned = "’s " in name or "'s " in name
    if proper_name and each.kind != "person" and brand not in lists().generic and not owned:
        told.add((f"brand:{brand}", "full", name))
    if len(words) > 1 and words[-1] in lists().heads:
        yield Note(f"brand:{name_key(name)}", each.record, order, Told())
    if words[-1] in lists().heads:
        yield Note(f"head:{words[-1]}", each.record, order, Told(tells="full" if proper_name else None, value=name))


def _land(name: str, known: Known) -> str:
    """The key of a land: the gazetteer's or the story's, else by its stem."""
    return land_of_place(name, known.world) or land_key(land_stem(name))


def _proper(name: str) -> str | None:
    """A land's or city's name, without words that only begin a sentence; None where nothing is left."""
    kept = [w for w in name.split() if name_key(w) not in lists().generic and name_key(w) not in _openers()]
    bare = re.sub(r"[’']s$", "", " ".join(kept))
    return bare if len(name_key(bare)) >= _SHORTEST else None


@cache
def _openers() -> frozenset[str]:
    return lists().near | lists().small | lists().titles | lists().openers | lists().states


def _letters(name: str) -> str:
    return name_key(re.sub(r"^[Tt]he\s+", "", name).replace(".", "")).replace(" ", "")


_WANTED: dict[str, What] = {"short": "short", "role": "full", "given": "full", "whole": "order", "army": "full"}
"""What is told of the names that want it, by the kind of key."""


def _home(reading: Reading, known: Known) -> str | None:
    """The country that a document's dateline names, or whose capital it names."""
    for part in reversed((reading.document.dateline or "").split(",")):
        if found := land_of_place(part.strip().title(), known.world):
            return found
    return None


def _settle(key: str, notes: Sequence[Note[Told]], world: World) -> Settled[Hint, None]:
    """What all documents tell under one key, for the names that want it."""
    kind = key.partition(":")[0]
    if kind == "order":
        return Settled(None, _orders(notes))
    if kind == "head":
        return Settled(None, _short_forms(notes))
    if kind in _WANTED:
        tells = [(Tell(key, n.data.value, n.data.tells is not None, n.data.marks), frozenset(n.data.where)) for n in notes]
        return Settled(None, {notes[n].record: Hint(what=_WANTED[kind], value=v) for n, v in resolved(kind, tells).items()})
    values: dict[tuple[What, str], str] = {}
    for note in notes:
        if note.data.tells:
            canonical = " ".join(sorted(body_words(note.data.value))) if note.data.tells == "full" else note.data.value
            values.setdefault((note.data.tells, canonical), note.data.value)
    hint: Hint | None = None
    for what in ("compound", "land", "capital", "called", "full", "placed"):
        told = sorted(v for (w, _), v in values.items() if w == what)
        if told:
            hint = Hint(what=what, value=told[0]) if len(told) == 1 or what == "land" else None
            break
    if hint is None:
        return Settled()
    return Settled(None, {n.record: hint for n in notes if n.data.tells is None})


def _short_forms(notes: Sequence[Note[Told]]) -> dict[str, Hint]:
    """For bodies' names of one head: the only body that has all their words and more.

    A head alone ("the board") is a body's only where its document tells of a place that a document with the full name
    tells of, too.
    """
    bodies: dict[tuple[str, ...], tuple[str, set[str]]] = {}
    for note in notes:
        if note.data.tells:
            bodies.setdefault(body_words(note.data.value), (note.data.value, set()))[1].update(note.data.where)
    longest = dict(sorted(bodies.items(), key=lambda b: (-len(b[0]), b[0]))[:_BODIES])
    fuller: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    found: dict[str, Hint] = {}
    for note in notes:
        words = body_words(note.data.value)
        if _OWN in note.data.marks:
            continue
        if words not in fuller:
            holding = [b for b in longest if len(b) > len(words) and set(words) < set(b)]
            fuller[words] = [b for b in holding if not any(set(b) < set(other) for other in holding)]
        if len(fuller[words]) == 1:
            name, where = longest[fuller[words][0]]
            if len(words) > 1 or where & set(note.data.where):
                found[note.record] = Hint(what="full", value=name)
    return found


def _orders(notes: Sequence[Note[Told]]) -> dict[str, Hint]:
    """For names that are seen in both orders: the one whose first word is a known given name, else the one seen first."""
    first = notes[0].data.value.split()
    lead = [consonants(w) for w in first]
    if lead[0] == lead[1]:
        return {}
    turned = [n for n in notes if [consonants(w) for w in n.data.value.split()] != lead]
    if not turned:
        return {}
    given = _given()
    if first[0] not in given and turned[0].data.value.split()[0] in given:
        turned = [n for n in notes if [consonants(w) for w in n.data.value.split()] == lead]
    return {n.record: Hint(what="order", value=" ".join(reversed(n.data.value.split())).title()) for n in turned}


@cache
def _given() -> frozenset[str]:
    table = words("given_names")
    return frozenset(w.lower() for listed in table.values() if isinstance(listed, list) for w in listed)


HINTS: Stage[Told, Hint, None] = Stage(name="hints", data=Told, fact=Hint, found=type(None), notes=_notes, settle=_settle)


def land_of(known: Known, record: str, speaks: bool = False) -> str | None:
    """The key of the land that a name is, or whose capital it is, as other documents tell; for one who speaks also of a mere place."""
    told = ("compound", "land", "capital", "called", *(("placed",) if speaks else ()))
    return next((h.value for h in known.of(HINTS, record) if h.what in told), None)


def capital_of(known: Known, document: str, dateline: str | None) -> str | None:
    """The key of the land whose capital a document is datelined."""
    if not dateline:
        return None
    hints = known.of(HINTS, passing_id(document, f"dateline {dateline.partition(',')[0]}"))
    return next((h.value for h in hints if h.what == "capital"), None)
