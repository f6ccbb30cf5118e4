"""Names → the country that they are, or whose body or office they name; also of countries that no gazetteer has.

In: a name, a role, a dateline; the story's own countries; hints from other documents. Out: a key: "iso:GR", "story:…",
or "land:…" with the stem that the land's name and its people's share. A ministry, a parliament or an army that is named
after something is named after a land; of other bodies that is not certain.

Example: "Ostrian Foreign Ministry" and "Ostria's army" → "land:ostr", where Ostria is in no gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from presstime.combine.bodies import body_words, land_stem
from presstime.combine.identity_words import lists
from presstime.combine.names import name_key
from presstime.combine.stages import World
from presstime.records import ActorKind

__all__ = ["land_key", "land_of_body", "land_of_government", "land_of_office", "land_of_place"]

_WHOSE = re.compile(
    r"(?P<land>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)[’']s\b|\b(?:of|to|from)\s+(?:the\s+)?(?P<after>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)\s*$"
)


def land_key(stem: str) -> str:
    """The key of a land by the stem of its name."""
    return f"land:{stem}"


def land_of_place(name: str, world: World) -> str | None:
    """The country that a bare name is, or whose capital it is: in the gazetteer, or by the story's own governments."""
    found = world.nations.capital_or_country(name)
    return found.key if found else _told(world).get(land_stem(name))


def land_of_government(name: str, country: str | None, world: World) -> str | None:
    """The country of a government: "Athens", "Greek government", "Government of Ostria"."""
    found = world.nations.in_name(name)
    if found is not None and not set(found[1]) - lists().governments:
        return found[0].key
    bare = " ".join(government_core(name))
    told = land_of_place(name, world) or (land_of_place(bare.title(), world) if bare else None)
    if told is None and country and (nation := world.nations.by_code(country)):
        return nation.key
    return told or (land_key(land_stem(bare)) if bare else None)


def government_core(name: str) -> list[str]:
    """The words of a government's name that tell whose it is."""
    return [w for w in name_key(name).split() if w not in lists().governments and w not in lists().small and w not in lists().near]


def land_of_body(name: str, kind: ActorKind, country: str | None, world: World) -> str | None:
    """The country whose body it is, where the name tells."""
    found = world.nations.in_name(name)
    words = body_words(name)
    if found is not None and set(words) & lists().national:
        return found[0].key
    if country and kind == "government" and (nation := world.nations.by_code(country)):
        return nation.key
    own = _before(words)
    if not own or found is not None:
        return None
    stem = land_stem(" ".join(own))
    told = _told(world).get(stem)
    if told is not None:
        return told
    return land_key(stem) if set(words) & lists().states and not any(w in lists().generic for w in own) else None


def _before(words: Sequence[str]) -> tuple[str, ...]:
    """The words before those that any land's body of this kind has."""
    cut = len(words)
    while cut and words[cut - 1] in lists().generic:
        cut -= 1
    return tuple(words[:cut])


def land_of_office(role: str | None, affiliation: str | None, country: str | None, world: World) -> str | None:
    """The country whose office somebody holds: "Ostria's foreign minister"; of other roles none is told."""
    if not role or not set(re.findall(r"[a-z]+", role.lower())) & lists().state_offices:
        return None
    if country and (nation := world.nations.by_code(country)):
        return nation.key
    for words in (affiliation, role):
        found = world.nations.in_name(words) if words else None
        if found is not None:
            return found[0].key
    if affiliation:
        return land_of_body(affiliation, "organisation", None, world) or _bare(affiliation, world)
    match = _WHOSE.search(role)
    return _bare(match["land"] or match["after"], world) if match else None


def _bare(words: str, world: World) -> str | None:
    """A land by its bare name; None where the words are a body's or longer than a land's name."""
    own = government_core(words)
    if not own or len(own) > 2 or not words[:1].isupper() or any(w in lists().heads or w in lists().generic for w in own):
        return None
    stem = land_stem(" ".join(own))
    return _told(world).get(stem) or land_key(stem)


_kept: list[tuple[World, dict[str, str]]] = []


def _told(world: World) -> dict[str, str]:
    """The story's own governments: the stem of each of their names → their land's key."""
    if not _kept or _kept[0][0] is not world:
        found: dict[str, str] = {}
        for known in world.context.actors:
            if known.kind != "government":
                continue
            nation = world.nations.by_code(known.country) or next(
                (n for name in (known.name, *known.names) if (n := world.nations.capital_or_country(name))), None
            )
            key = nation.key if nation else land_key(land_stem(" ".join(government_core(known.name)) or known.name))
            for name in (known.name, *known.names):
                if core := government_core(name):
                    found.setdefault(land_stem(" ".join(core)), key)
        _kept[:] = [(world, found)]
    return _kept[0][1]
