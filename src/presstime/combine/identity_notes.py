"""One reading → a note of every name that it uses for somebody, under a key where that somebody's other names come too.

In: a reading, and hints from other documents about its names. Out: notes of its actors, and of the names that only pass:
addressees, participants, outlets, credits, whom a person belongs to. Within the document a short name is led back to its
fuller one ("the Board", "Rin", "TWB"), where just one fits. Pure but for the hints.

Example: "Rin" in a document that has "Edda Rin" is noted with her full name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from presstime.combine.bodies import (
    body_key,
    body_words,
    has_head,
    initials,
    is_acronym,
    is_description,
    is_generic,
    parts_before,
    plain_words,
    proper,
)
from presstime.combine.identity_handles import kind_of, owner_of
from presstime.combine.identity_hints import HINTS, capital_of, land_of
from presstime.combine.identity_lands import land_of_body, land_of_government, land_of_office, land_of_place
from presstime.combine.identity_names import Named, everyone_in, outlet_name, parts_of, where_of
from presstime.combine.identity_records import Sighting, Sort
from presstime.combine.identity_tells import titles_of
from presstime.combine.identity_words import lists
from presstime.combine.names import is_named, name_key
from presstime.combine.people import fit, person_name, surname_key
from presstime.combine.stages import Known, Note, World
from presstime.records import KnownActor, Reading

__all__ = ["Sighting", "home_of", "sightings"]

_SEVERAL = re.compile(r"^[Bb]oth\b|\band the\b")
"""What shows that several are named at once."""
_LAND_WORDS = 2
"""Words that a land's bare name has at most."""


def sightings(reading: Reading, known: Known) -> Iterator[Note[Sighting]]:
    """A note of every name in a reading that stands for somebody."""
    story = _story(known.world)
    everyone = list(everyone_in(reading))
    fuller = _fuller(everyone, story, reading) | {(form, person): "" for form in _kept.several for person in (True, False)}
    shortened = {e.record for e in everyone for h in known.of(HINTS, e.record) if h.what == "short"}
    everyone = [replace(e, kind="organisation") if e.record in shortened and e.kind == "person" else e for e in everyone]
    told = {name_key(e.name): h.value for w in ("full", "short") for e in everyone for h in known.of(HINTS, e.record) if h.what == w}
    speaking = {s.speaker.actor for s in reading.statements if s.speaker is not None}
    where, home = where_of(reading), home_of(reading, known)
    for each in everyone:
        hints = known.of(HINTS, each.record)
        full = fuller.get((name_key(each.name), each.kind == "person"))
        if full is None:
            full = told.get(name_key(each.name))
        elif full:
            full = told.get(name_key(full), full)
        reads = next((h.value for h in hints if h.what == "order"), None)
        if reads is None and proper(each.name) != each.name:
            reads = proper(each.name)
        owner = owner_of(each.name, reading, known.world)
        if owner is not None:
            full, each = owner, replace(each, kind=kind_of(owner, each.kind))
        name = full or reads or each.name
        mine = story.get(name_key(name)) or story.get(name_key(_untitled(name)))
        person = each.kind == "person" and (mine is None or mine.kind == "person")
        land = None if each.record in shortened else land_of(known, each.record, each.kind == "person" and each.record in speaking)
        if mine is not None:
            sort, key, nation = _key(Named(each.record, 0, mine.name, mine.kind, True), None, home, known.world)
        else:
            sort, key, nation = _key(Named(each.record, 0, name, each.kind, True, each.actor), land, home, known.world)
        if person and sort == "name" and each.actor is not None:
            nation = land_of_office(each.actor.role, each.actor.affiliation, each.actor.country, known.world)
        a = each.actor
        data = Sighting(
            document=reading.document.id,
            name=each.name,
            form=name_key(each.name),
            kind=each.kind,
            sort=sort,
            listed=each.listed,
            full=None if full is None else name_key(full),
            reads=reads,
            known=name_key(mine.name) if mine else None,
            nation=nation,
            home=home if sort == "body" and nation is None else None,
            role=a.role if a else None,
            affiliation=a.affiliation if a else None,
            country=(mine.country if mine else None) or (a.country if a else None),
            titles=titles_of(each, reading) if person else (),
            where=where if sort == "body" and set(body_words(name)) & lists().generic else (),
        )
        yield Note(key or f"local:{reading.document.id}", each.record, known.at(each.position), data)


def home_of(reading: Reading, known: Known) -> str | None:
    """The country from which a document is datelined: the one that its dateline names, else the one whose capital it is."""
    dateline = reading.document.dateline
    if not dateline:
        return None
    city, _, land = (part.strip() for part in dateline.partition(","))
    for words in (land, city):
        found = land_of_place(words.title(), known.world) if words else None
        if found is not None:
            return found
    told = capital_of(known, reading.document.id, dateline)
    if told is not None:
        return told
    countries = (p.country for p in reading.places if p.country and name_key(p.name) == name_key(city))
    nation = known.world.nations.by_code(next(countries, None))
    return nation.key if nation else None


# ---------------------------------------------------------------- fuller names in the same document


def _fuller(everyone: Sequence[Named], story: dict[str, KnownActor], reading: Reading) -> dict[tuple[str, bool], str]:
    """Short names → the one fuller name of the document, "" where several fit. Keyed by folded name and whether a person."""
    found: dict[tuple[str, bool], str] = {}
    people = {name_key(e.name): e.name for e in everyone if e.kind == "person" and person_name(e.name).full and not _of_others(e.name)}
    named = (e for e in everyone if e.kind != "person" and (is_named(e.name) or has_head(e.name)) and not is_description(e.name))
    bodies = {name_key(proper(e.name)): proper(e.name) for e in named if len(body_words(e.name)) > 1 and not _SEVERAL.search(e.name)}
    for e in everyone:
        form = name_key(e.name)
        at = form, e.kind == "person"
        if at in found or form in story:
            continue
        if e.kind == "person" and not person_name(e.name).full and not is_acronym(e.name):
            bearers = _distinct([n for n in people.values() if fit(e.name, n) == "surname"])
        elif e.kind == "person" and not is_acronym(e.name):
            bearers = _distinct([n for f, n in people.items() if f != form and fit(e.name, n) == "initial" and len(n) > len(e.name)])
        else:
            bearers = [n for f, n in bodies.items() if f != form and _shortens(e.name, n)]
            bearers = [n for n in bearers if not any(_shortens(n, m) for m in bearers if m != n)]
            bearers = bearers or _by_role(e, everyone) or _of_itself(e, reading) or _in_brackets(e, everyone, reading)
        if bearers:
            found[at] = bearers[0] if len({body_words(b) for b in bearers}) == 1 else ""
    return found


def _of_others(name: str) -> bool:
    """Whether a name is a body's, or only says whose somebody is: "father of Edda Rin"."""
    return has_head(name) or is_description(name)


def _distinct(names: list[str]) -> list[str]:
    """One name for each person among some names."""
    kept: list[str] = []
    for name in names:
        if all(fit(name, other) not in ("same", "initial") for other in kept):
            kept.append(name)
    return kept


@lru_cache(maxsize=100_000)
def _shortens(short: str, name: str) -> bool:
    """Whether a body's name may be a short form of another: its last words, its first, or its initials."""
    if is_acronym(short):
        return re.sub(r"\W", "", re.sub(r"^the\s", "", short, flags=re.IGNORECASE)).lower() in initials(name)
    a, b = body_words(short), body_words(name)
    if name_key(parts_before(name)) == name_key(short) or (len(a) > 1 and name_key(name).startswith(f"{name_key(short)} and ")):
        return True
    if not a or len(a) >= len(b):
        return False
    rest = name[len(short) + 1 :] if name.lower().startswith(f"{short.lower()} ") else ""
    first = rest[:1].isupper() and short[:1].isupper() and not has_head(short) and a[0] not in lists().generic
    return b[len(b) - len(a) :] == a or first


def _by_role(e: Named, everyone: Sequence[Named]) -> list[str]:
    """ "The ministry" is that of the only minister of whom the document tells: "Interior Minister" → "Interior Ministry"."""
    if name_key(e.name) != "ministry":
        return []
    roles = {
        " ".join(match.group(0).split()).title() for o in everyone if o.actor for match in [_MINISTER.search(o.actor.role or "")] if match
    }
    return [re.sub(r"Minister$", "Ministry", role) for role in roles] if len(roles) == 1 else []


def _in_brackets(e: Named, everyone: Sequence[Named], reading: Reading) -> list[str]:
    """The body right behind which a short form stands in brackets, also where its letters are another language's."""
    if not is_acronym(e.name) or f"({e.name})" not in reading.document.text:
        return []
    text, bodies = reading.document.text, [o for o in everyone if o.actor and o.kind != "person" and o is not e and has_head(o.name)]
    marks = [(m.end, o.name) for o in bodies if o.actor for m in o.actor.mentions]
    return [name for end, name in marks if text.startswith(f" ({e.name})", end) or text[:end].endswith(f"({e.name})")][:1]


_MINISTER = re.compile(r"(?!prime)\b[a-z]+ minister\b", re.IGNORECASE)


def _of_itself(e: Named, reading: Reading) -> list[str]:
    """ "The company" in what a body publishes itself."""
    if name_key(e.name) not in lists().itself or not reading.document.outlet:
        return []
    outlet = outlet_name(reading.document.outlet)
    own = {name_key(outlet), " ".join(body_words(outlet))}
    same = [a.name for a in reading.actors if a.kind != "person" and ({name_key(a.name), " ".join(body_words(a.name))} & own)]
    return same[:1]


# ---------------------------------------------------------------- keys


@dataclass(slots=True)
class _Kept:
    """What was made of the last world asked about."""

    world: World | None = None
    story: dict[str, KnownActor] = field(default_factory=dict)
    several: frozenset[str] = frozenset()
    """Names that the story gives to several of its actors: nobody goes by them for certain."""


_kept = _Kept()


def _story(world: World) -> dict[str, KnownActor]:
    """The story's own actors by each folded name that means just one of them."""
    if _kept.world is not world:
        bearers: dict[str, list[KnownActor]] = {}
        for known in world.context.actors:
            for form in sorted({name_key(n) for n in (known.name, *known.names)} - {""}):
                bearers.setdefault(form, []).append(known)
        _kept.world, _kept.story = world, {form: them[0] for form, them in bearers.items() if len(them) == 1}
        _kept.several = frozenset(bearers) - frozenset(_kept.story)
    return _kept.story


def _untitled(name: str) -> str:
    parts = person_name(name)
    return " ".join((*parts.given, parts.surname)) if parts.titles and parts.given else name


def _key(named: Named, land: str | None, home: str | None, world: World) -> tuple[Sort, str, str | None]:
    """How a name is compared, the key under which its actor's other names come, and the key of its country.

    `land` is the key of the land that it is by other documents, `home` the country from which its document is datelined.
    """
    name, kind, actor = named.name, named.kind, named.actor
    country = actor.country if actor else None
    if land is not None:
        own = land_of_place(name, world) or land
        return "government", f"government:{own}", own
    if kind == "government" and len(parts_of(name)) > 1 and world.nations.capital_or_country(name) is None:
        return "local", "", None
    if _is_government(named, world):
        nation = land_of_government(name, country, world)
        if nation is not None:
            return "government", f"government:{nation}", nation
        if home is not None and not is_named(name):
            return "government", f"government:{home}", home
        return "local", "", None
    if has_head(name) and not is_description(name):
        body = kind != "person" or len(body_words(name)) > 1
        if body and (is_named(name) or not name_key(name).endswith("s")):
            return "body", f"body:{body_key(name)}", land_of_body(name, kind, country, world)
    if not is_named(name) or is_generic(name) or is_description(name):
        return "local", "", None
    return "name", f"name:{surname_key(name if kind == 'person' else ' '.join(plain_words(name)))}", None


def _is_government(named: Named, world: World) -> bool:
    """Whether a name is a whole government's: by its kind, or since it says so."""
    words = name_key(named.name).split()
    if words and words[-1] in ("government", "authorities") and len(words) <= _LAND_WORDS + 1:
        return True
    if words[:2] in (["government", "of"], ["republic", "of"], ["kingdom", "of"]):
        return True
    if named.kind != "government":
        return False
    found = world.nations.in_name(named.name)
    if found is not None:
        return not set(found[1]) - lists().governments
    return not has_head(named.name) and (len(words) == 1 or world.nations.capital_or_country(named.name) is not None)
