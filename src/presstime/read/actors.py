"""Speakers and named people and bodies → the document's actors, each with role, affiliation and mentions.

In: whom the speakers' words stand for, and the sentences with their entities. Out: `Actor`s, one for everyone whom the
text links under several names, in the order in which they first appear. Role and affiliation are what titles,
appositions, predicates and brackets anywhere in the document tell (read/roles.py); the country is the one that name or
affiliation itself tells, never guessed from where someone speaks.

Example: "Ana Bel, a nurse at Sarn Hospital, said …  Bel added …" → one actor "Ana Bel", role "nurse", two mentions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from presstime.gazetteer import open_gazetteer
from presstime.ids import make_id
from presstime.read.affiliations import Office, lists
from presstime.read.lands import country_in, country_named
from presstime.read.linking import bodies, folded, land_key, person_name
from presstime.read.mentions import Where, brackets, mentions_of, written
from presstime.read.people import unbracketed, whole_spans
from presstime.read.roles import described_office, offices_told
from presstime.read.speakers import Named, Resolver
from presstime.read.tree import Sentence
from presstime.records import Actor, ActorKind, Span, Statement

__all__ = ["find_actors", "speaking_actors"]

_REACH = 700
"""Characters back to a body that "its" or "the company" may stand for."""


@dataclass(slots=True)
class _Found:
    """An actor as it is put together."""

    name: str
    kind: ActorKind
    country: str | None = None
    mentions: set[Where] = field(default_factory=set)
    offices: list[tuple[int, Office]] = field(default_factory=list)
    known: Named | None = None


_Bodies = Sequence[tuple[Where, _Found, bool]]
"""Mentions of bodies in the order of the text, and whether they speak there."""


def find_actors(
    document_id: str,
    text: str,
    sentences: Sequence[Sentence],
    named: Sequence[tuple[Where, Named]],
    resolver: Resolver,
) -> tuple[Actor, ...]:
    """Every actor of the document, in the order of the first mention."""
    mentions = mentions_of(text, sentences, named, resolver)
    full_names = frozenset(m.name for m in mentions if m.kind == "person" and " " in m.name)
    names = list(dict.fromkeys(unbracketed(m.name) for m in mentions if m.kind in ("organisation", "government") and m.name[:1].isupper()))
    short = bodies(names, brackets(sentences, text))
    found: dict[tuple[bool, str], _Found] = {}
    by_place: dict[Where, _Found] = {}
    lands: dict[str, tuple[bool, str]] = {}
    people = {folded(m.name) for m in mentions if m.kind == "person"}
    for mention in mentions:
        name = person_name(mention.name, full_names) if mention.kind == "person" else mention.name
        is_person = mention.kind == "person" or (mention.kind == "organisation" and folded(name) in people and resolver.is_person(name))
        if is_person and mention.kind != "person":
            name = resolver.full_name(name)
        known = mention.who if mention.who is not None and mention.who.how == "known" else resolver.known_as(name)
        if known is not None:
            name, is_person = known.name, known.kind == "person"
        elif not is_person:
            name = short.get(folded(unbracketed(name)), unbracketed(name))
        key = (is_person, folded(name))
        if (
            not is_person
            and known is None
            and key not in found
            and mention.kind != "group"
            and (land := land_key(name, mention.kind)) is not None
        ):
            key = lands.setdefault(land, key)
        actor = found.get(key)
        if actor is None:
            actor = found[key] = _Found(name, known.kind if known else "person" if is_person else mention.kind)
        actor.country = actor.country or (known.country if known else mention.country)
        actor.mentions.add(mention.at)
        actor.known = actor.known or known
        by_place.setdefault(mention.at, actor)
    _tell(text, sentences, by_place)
    said = {at for at, _ in named}
    spoken = [(at, by_place[at], at in said) for at in sorted(by_place) if by_place[at].kind in ("organisation", "government")]
    actors = [_actor(document_id, actor, spoken) for actor in found.values()]
    return tuple(sorted(actors, key=lambda a: (a.mentions[0].start, a.mentions[0].end, a.id)))


def speaking_actors(statements: Sequence[Statement], actors: Sequence[Actor]) -> dict[tuple[int, int, str], str]:
    """The actor's id of each speaker, by its words' offsets and its name."""
    by_place: dict[Where, list[Actor]] = {}
    for actor in actors:
        for m in actor.mentions:
            by_place.setdefault((m.start, m.end), []).append(actor)
    found = {}
    for s in statements:
        if s.speaker is not None and (those := by_place.get((s.speaker.start, s.speaker.end))):
            best = next((a for a in those if a.name == s.speaker.name), those[0])
            found[s.speaker.start, s.speaker.end, s.speaker.name] = best.id
    return found


# ---------------------------------------------------------------- roles


def _tell(text: str, sentences: Sequence[Sentence], by_place: Mapping[Where, _Found]) -> None:
    """Gives each person what the sentences tell of every mention."""
    starts = [s.start for s in sentences]
    for at, actor in sorted(by_place.items(), key=lambda item: item[0]):
        if actor.kind != "person":
            continue
        number = bisect_right(starts, at[0]) - 1
        if number < 0:
            continue
        sentence = sentences[number]
        inside = [(a, b, kind) for a, b, kind in whole_spans(sentence) if at[0] <= sentence.starts[a] and sentence.ends[b - 1] <= at[1]]
        told: list[Office] = []
        own = [(a, b) for a, b, kind in inside if kind == "PERSON" or (sentence.starts[a], sentence.ends[b - 1]) == at]
        own = [(a, b) for a, b in own if folded(written(text, sentence, a, b)).split()[-1] in folded(actor.name).split()]
        if own:
            a, b = own[-1]
            told = list(offices_told(text, sentence, a, b))
        else:
            words = [w for w in range(len(sentence)) if at[0] <= sentence.starts[w] and sentence.ends[w] <= at[1]]
            if len(words) == 1 and sentence.universal[words[0]] == "PRON":
                told = list(offices_told(text, sentence, words[0], words[0] + 1))
            elif folded(actor.name) in folded(text[at[0] : at[1]]) and (office := described_office(text, sentence, at)) is not None:
                told = [office]
        actor.offices += [(at[0], office) for office in told]


def _actor(document_id: str, found: _Found, spoken: _Bodies) -> Actor:
    role, affiliation, country = None, None, found.country
    if found.kind == "person":
        role, affiliation, told = _office(found, spoken)
        country = country or told
        if found.known is not None:
            role = found.known.role or role
    else:
        land = country_in(found.name) if found.name[:1].isupper() or found.kind != "government" else None
        own = country_named(found.name) if found.kind == "government" else None
        if own is not None or land is not None:
            name, code = own or land or ("", "")
            affiliation, country = name, country or code
        elif country is not None and found.known is None:
            affiliation = _name_of(country)
    return Actor(
        id=make_id("actor", document_id, found.kind, folded(found.name)),
        name=found.name,
        kind=found.kind,
        role=role,
        affiliation=affiliation,
        country=country,
        mentions=tuple(Span(start=a, end=b) for a, b in sorted(found.mentions)),
    )


def _name_of(code: str) -> str | None:
    found = open_gazetteer().by_id(f"iso:{code}")
    return None if found is None else found.name


def _office(found: _Found, spoken: _Bodies) -> tuple[str | None, str | None, str | None]:
    """Role, affiliation and country: the first told, where no later one says more of the same."""
    best: Office | None = None
    for _, office in found.offices:
        if office.role is None or (found.name.istitle() and office.role.lower() in folded(found.name).split()):
            continue
        if best is None or (_lesser(best) and not _lesser(office)) or (_fuller(office, best) and not office.weak):
            best = office
    belonging = [o for _, o in found.offices if _whose(o, spoken)[0] is not None]
    if best is not None and _whose(best, spoken)[0] is not None:
        belonging.insert(0, best)
    role = best.role if best is not None else None
    if not belonging:
        return role, None, best.country if best is not None else None
    affiliation, country = _whose(belonging[0], spoken)
    country = country or (best.country if best is not None else None)
    return role, affiliation, country


def _lesser(office: Office) -> bool:
    """Whether a role is no more than a rank, short or in full: "Gen.", "Colonel"."""
    return office.weak or all(w in lists()["full_ranks"] for w in (office.role or "").lower().split())


def _fuller(office: Office, other: Office) -> bool:
    ours, theirs = set((office.role or "").lower().split()), set((other.role or "").lower().split())
    return theirs < ours or (theirs == ours and other.affiliation is None and office.affiliation is not None)


def _whose(office: Office, spoken: _Bodies) -> tuple[str | None, str | None]:
    """An office's affiliation and country; "its" and "the company" are the body that was spoken of, where there is one."""
    if office.at is None:
        return office.affiliation, office.country
    start = office.at[0]
    words = office.affiliation or ""
    noun = words.split()[-1].lower() if words else ""
    definite = words.lower().startswith("the ") and words[4:].islower() and len(words.split()) == 2
    if words and not definite:
        return words, office.country
    for n in range(bisect_right(spoken, start, key=lambda item: item[0][0]) - 1, -1, -1):
        at, actor, speaks = spoken[n]
        if start - at[1] > _REACH:
            break
        if at[1] > start:
            continue
        if noun in folded(actor.name).split() or (speaks and (not words or (noun in lists()["trades"] and actor.kind == "organisation"))):
            return actor.name, office.country or actor.country or (country_in(actor.name) or (None, None))[1]
    return office.affiliation, office.country
