"""Readings' actors → actors across documents, and the `Cast` in which every other finding looks them up.

In: readings and the story's context. Out: `FoundActor`s. What is certain is joined: the names that story.toml lists
for one actor; the same folded name; a body's forms ("Greek Foreign Ministry", "Foreign Ministry of Greece"); a
government's ("Athens", "the Greek government"); a person's name with and without a title. Descriptions ("three
witnesses"), bare surnames and generic bodies ("the ministry") stay their document's own. A pronoun is nobody.

Example: "Keldany's Defence Ministry" in one paper and "Keldan Defence Ministry" in another → one actor, two names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from presstime.combine.names import is_named, is_pronoun, name_key
from presstime.combine.nations import Nation, Nations
from presstime.findings import FoundActor
from presstime.ids import make_id
from presstime.read.lexicon import nouns
from presstime.records import Actor, ActorKind, Context, KnownActor, Participant, Reading, Speaker, Statement

__all__ = ["Cast", "find_cast", "is_generic"]

Key = tuple[str, str]

_BODIES = frozenset(
    {"ministry", "government", "parliament", "army", "navy", "military", "police", "presidency", "cabinet", "forces", "guard", "embassy"}
)
"""Heads of bodies of which a country has one of a name, so that country and name tell them apart."""
_KINDS_OF_BODIES = frozenset({"armed", "foreign", "defence", "defense", "interior", "health", "state", "security"})
"""Words that with a body's name still leave open whose it is: "Armed Forces", "Foreign Ministry"."""
_GOVERNMENT = frozenset({"government", "authorities", "administration"})
_SPOKES = re.compile(r"\bspokes(?:man|woman|person)\b.*?\b(?:of|for)\s+(?:the\s+)?(?P<body>[^,;]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Cast:
    """Everyone found, and look-ups from a reading's records to them."""

    actors: tuple[FoundActor, ...]
    others: tuple[FoundActor, ...]
    """Actors whom the story knows and no reading lists; they can still be named in a statement's words."""
    nations: Nations
    _by_member: dict[str, FoundActor]
    _by_name: dict[tuple[str, str], FoundActor]
    """By document and folded name; document "" holds the names that mean one actor everywhere."""
    _voices: dict[str, FoundActor] = field(default_factory=dict)

    def member(self, actor: str | None) -> FoundActor | None:
        """Whom a reading's actor id stands for."""
        return self._by_member.get(actor or "")

    def named(self, name: str | None, document: str = "") -> FoundActor | None:
        """Whom a name stands for in a document, or anywhere; None where it may be several or nobody."""
        key = name_key(name or "")
        return self._by_name.get((document, key)) or self._by_name.get(("", key))

    def who(self, someone: Speaker | Participant | None, document: str) -> FoundActor | None:
        """Whom a speaker or a participant stands for."""
        if someone is None:
            return None
        return self.member(someone.actor) or self.named(someone.name, document)

    def speaker(self, statement: Statement, document: str) -> FoundActor | None:
        """Who makes a statement; None where that could not be told."""
        return self.who(statement.speaker, document)

    def speaker_name(self, statement: Statement, document: str) -> str | None:
        """A statement's speaker under the shown name; None where it could not be told."""
        found = self.speaker(statement, document)
        if found is not None:
            return found.name
        return None if statement.speaker is None or is_pronoun(statement.speaker.name) else statement.speaker.name

    def voice(self, actor: FoundActor) -> FoundActor:
        """The body for which a spokesperson speaks, where it is known; else the actor."""
        return self._voices.get(actor.id, actor)

    def nation(self, actor: FoundActor) -> Nation | None:
        """The country of a government or of a country's body: the one recorded, else the one that its names tell."""
        if actor.country:
            return self.nations.by_code(actor.country)
        if actor.kind == "person":
            return None
        for name in (actor.name, *actor.names):
            found = self.nations.in_name(name)
            # a country's press or clubs are not the country
            if found and (actor.kind == "government" or set(found[1]) & _BODIES):
                return found[0]
        return self.nations.capital_or_country(actor.name) if actor.kind == "government" else None


def find_cast(readings: Sequence[Reading], context: Context) -> Cast:
    """Every actor who spoke or is named in any reading, in order of the first mention."""
    joiner = _Joiner(context)
    groups: dict[Key, list[tuple[str, Actor]]] = {}
    for reading in readings:
        document = reading.document.id
        everyone = [a for a in _everyone(reading) if name_key(a.name) and not is_pronoun(a.name)]
        surnames = _surnames(everyone)
        for actor in everyone:
            full = surnames.get(name_key(actor.name)) if actor.kind == "person" else None
            groups.setdefault(joiner.key(full or actor, document), []).append((document, actor))
    found = {key: _found(key, [a for _, a in members], joiner) for key, members in groups.items()}
    by_member = {a.id: found[key] for key, members in groups.items() for _, a in members if a.id}
    by_name: dict[tuple[str, str], FoundActor] = {}
    everywhere: dict[str, set[str]] = defaultdict(set)
    for key, members in groups.items():
        for document, actor in members:
            by_name.setdefault((document, name_key(actor.name)), found[key])
            if key[0] != "apart":
                everywhere[name_key(actor.name)].add(found[key].id)
    by_id = {a.id: a for a in found.values()}
    by_name.update((("", name), by_id[next(iter(ids))]) for name, ids in everywhere.items() if len(ids) == 1)
    others: dict[Key, FoundActor] = {}
    for name, known in joiner.listed.items():
        if known not in found and known not in others:
            others[known] = _found(known, (), joiner)
        by_name[("", name)] = found.get(known) or others[known]
    cast = Cast(tuple(found.values()), tuple(others.values()), joiner.nations, by_member, by_name)
    for key, members in groups.items():
        if body := _spoken_for(found[key], members, cast):
            cast._voices[found[key].id] = body
    return cast


def _everyone(reading: Reading) -> Iterator[Actor]:
    """A reading's actors, and its speakers who are none of them, as actors without an id."""
    yield from reading.actors
    ids = {a.id for a in reading.actors}
    names = {name_key(a.name) for a in reading.actors}
    for s in reading.statements:
        if s.speaker is not None and s.speaker.actor not in ids and name_key(s.speaker.name) not in names:
            yield Actor(id="", name=s.speaker.name, kind=_kind(s.speaker.name))


def _kind(name: str) -> ActorKind:
    words = set(name_key(name).split())
    if words & (nouns().body | _BODIES) or name.startswith("The "):
        return "organisation"
    return "person" if name[:1].isupper() and len(words) > 1 else "group"


def is_generic(name: str) -> bool:
    """Whether a name is made of words for any body or person ("Foreign Ministry", "Police"): whose, only its document tells."""
    return all(w in nouns().group | nouns().body | nouns().person | _BODIES | _KINDS_OF_BODIES for w in name_key(name).split())


def _surnames(actors: Sequence[Actor]) -> dict[str, Actor]:
    """Bare surnames → the one person of the document who bears them."""
    bearers: dict[str, dict[str, Actor]] = defaultdict(dict)
    for a in actors:
        words = name_key(a.name).split()
        if a.kind == "person" and len(words) > 1:
            bearers[words[-1]].setdefault(_untitled(name_key(a.name)), a)
    return {name: next(iter(found.values())) for name, found in bearers.items() if len(found) == 1}


def _untitled(key: str) -> str:
    """A person's folded name without the titles before it, as long as two words are left."""
    words = key.split()
    while len(words) > 2 and (words[0] in nouns().titles or words[0] in nouns().person):
        words = words[1:]
    return " ".join(words)


class _Joiner:
    """Gives each actor the key under which it meets itself."""

    def __init__(self, context: Context) -> None:
        self.nations = Nations(context)
        bearers: dict[str, list[KnownActor]] = defaultdict(list)
        for known in context.actors:
            for key in {name_key(n) for n in (known.name, *known.names)} - {""}:
                bearers[key].append(known)
        self.story: dict[Key, KnownActor] = {}
        self.listed: dict[str, Key] = {}
        """The names that mean just one of the story's actors."""
        self.forms: dict[Key, Key] = {}
        for number, known in enumerate(context.actors):
            names = sorted({name_key(n) for n in (known.name, *known.names)} - {""})
            own = [n for n in names if all(other is known for other in bearers[n])]
            if not own:
                continue
            plain = name_key(known.name)
            story: Key = ("known", plain if plain in own else f"{plain} {number}")
            self.story[story] = known
            self.listed.update(dict.fromkeys(own, story))
            for written in (known.name, *known.names):
                form = self._form(written, known.kind, known.country)
                if form is not None:
                    self.forms.setdefault(form, story)

    def key(self, actor: Actor, document: str) -> Key:
        """The key of one document's actor."""
        name = name_key(actor.name)
        for written in (name, _untitled(name)):
            if written in self.listed:
                return self.listed[written]
        form = self._form(actor.name, actor.kind, actor.country)
        if form is not None:
            return self.forms.get(form, form)
        if is_generic(actor.name) or not is_named(actor.name) or (actor.kind == "person" and " " not in name):
            return "apart", f"{document} {actor.kind} {name}"
        return ("person", _untitled(name)) if actor.kind == "person" else ("body", name)

    def _form(self, name: str, kind: ActorKind, country: str | None) -> Key | None:
        """The key of a government or of a country's body; None for everybody else."""
        if kind not in ("government", "organisation"):
            return None
        found = self.nations.in_name(name)
        if found is None and country and (nation := self.nations.by_code(country)):
            found = nation, tuple(sorted(w for w in name_key(name).split() if w not in ("of", "the", "for", "and", "affairs")))
        if kind == "government" and (found is None or found[1]):
            bare = self.nations.capital_or_country(name)
            found = (bare, ()) if bare else found
        if found is None:
            return None
        nation, rest = found
        if (kind == "government" and not rest) or (rest and set(rest) <= _GOVERNMENT):
            return "government", nation.key
        return ("body of", f"{nation.key} {' '.join(rest)}") if len(rest) > 1 and set(rest) & _BODIES else None


def _found(key: Key, members: Sequence[Actor], joiner: _Joiner) -> FoundActor:
    names = [n for n, _ in Counter(m.name for m in members).most_common()]
    story = joiner.story.get(key)
    untitled = (n for n in names if key[0] == "person" and name_key(n) == key[1])
    shown = story.name if story else next(untitled, names[0])
    return FoundActor(
        id=make_id("found", *key),
        name=shown,
        names=tuple(n for n in names if n != shown),
        kind=story.kind if story else Counter(m.kind for m in members).most_common(1)[0][0],
        country=(story.country if story else None) or _country(key, members, joiner),
        role=(story.role if story else None) or next((m.role for m in members if m.role), None),
        affiliation=_affiliation(members),
        members=tuple(dict.fromkeys(m.id for m in members if m.id)),
    )


def _affiliation(members: Sequence[Actor]) -> str | None:
    """Whom the actor belongs to, where a reading tells it with the role; else the first told."""
    told = [m for m in members if m.affiliation]
    return next((m.affiliation for m in told if m.role), told[0].affiliation if told else None)


def _country(key: Key, members: Sequence[Actor], joiner: _Joiner) -> str | None:
    """The one country that the members' readings give, or that the key tells; None where they disagree."""
    told = {m.country for m in members if m.country}
    if key[0] in ("government", "body of") and key[1].startswith("iso:"):
        told.add(key[1].removeprefix("iso:").split()[0])
    return next(iter(told)) if len(told) == 1 else None


def _spoken_for(actor: FoundActor, members: Sequence[tuple[str, Actor]], cast: Cast) -> FoundActor | None:
    """The body of a spokesperson, by the role that the story or a reading gives."""
    if actor.kind != "person":
        return None
    roles = [("", actor.role, None), *((d, m.role, m.affiliation) for d, m in members)]
    if not any("spokes" in (role or "").lower() for _, role, _ in roles):
        return None
    for document, role, affiliation in roles:
        match = _SPOKES.search(role or "")
        for words in (match["body"] if match else None, affiliation):
            body = cast.named(words, document)
            if body is not None and body.kind != "person":
                return body
    return None
