"""Speakers and named people and bodies → the document's actors, each with its mentions.

In: whom the speakers' words stand for, and the sentences with their entities. Out: `Actor`s, one a name and kind, in
the order in which they first appear. The country is the one the name or role itself tells ("French Foreign
Ministry"), never guessed from where someone speaks.

Example: "Ana Bel, a nurse, said …  Bel added …" → one actor "Ana Bel", role "a nurse", two mentions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from presstime.ids import make_id
from presstime.read.lexicon import nouns
from presstime.read.nearby import touching
from presstime.read.speakers import Named, Resolver
from presstime.read.tree import Sentence, entity_spans
from presstime.records import Actor, ActorKind, Span

__all__ = ["find_actors"]

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def find_actors(
    document_id: str,
    text: str,
    sentences: Sequence[Sentence],
    named: Sequence[tuple[tuple[int, int], Named]],
    resolver: Resolver,
    country_of: Callable[[str], str | None],
) -> tuple[Actor, ...]:
    """Every actor of the document. `country_of` gives the ISO code that a name or role tells, or None."""
    found: dict[tuple[str, str], tuple[str, ActorKind, str | None, str | None, set[tuple[int, int]]]] = {}

    def add(name: str, kind: ActorKind, role: str | None, country: str | None, mention: tuple[int, int]) -> None:
        key = (kind, _ARTICLE.sub("", name).lower())
        if key not in found:
            found[key] = (name, kind, role, country, set())
        first = found[key]
        found[key] = (first[0], kind, first[2] or role, first[3] or country, first[4])
        found[key][4].add(mention)

    for span, who in named:
        add(who.name, who.kind, who.role, who.country, span)
    generic = nouns().body | nouns().group | nouns().person
    settled = touching([span for span, _ in named], lambda s: (s,))
    as_named = {who.name.lower(): who for _, who in named}
    for sentence in sentences:
        for a, b, kind in entity_spans(sentence):
            start, end = sentence.starts[a], sentence.ends[b - 1]
            name = " ".join(text[start:end].split())
            known = resolver.known_as(name)
            if any(x <= start and end <= y for x, y in settled(start, end)) or name.lower() in generic:
                continue  # its speaker is who it stands for, whatever kind the entity seems to be; "Ministry" alone is no name
            if known is not None:
                add(known.name, known.kind, known.role, known.country, (start, end))
            elif name.lower() in as_named and as_named[name.lower()].kind != "person":
                who = as_named[name.lower()]
                add(who.name, who.kind, who.role, who.country, (start, end))
            elif kind == "PERSON" and b - a == 1 and resolver.government_of(name) is not None:
                continue  # a capital or country taken for a person
            elif kind == "PERSON":
                add(resolver.full_name(name), "person", None, None, (start, end))
            elif kind == "ORG":
                add(name, "organisation", None, None, (start, end))
    actors = []
    for (kind, low), (name, _, role, country, mentions) in found.items():
        actors.append(
            Actor(
                id=make_id("actor", document_id, kind, low),
                name=name,
                kind=kind,  # type: ignore[arg-type]
                role=role,
                country=country or country_of(name) or (country_of(role) if role else None),
                mentions=tuple(Span(start=a, end=b) for a, b in sorted(mentions)),
            )
        )
    return tuple(sorted(actors, key=lambda a: a.mentions[0].start))


def actor_id(document_id: str, who: Named) -> str:
    """The id of the actor that `find_actors` makes of a speaker."""
    return make_id("actor", document_id, who.kind, _ARTICLE.sub("", who.name).lower())
