"""Speakers, and names in a statement's words → the keys of the sides they belong to.

In: a speaker or participant with what is known of him, or some words. Out: keys; two that share one may be one side. A key
is an actor's id, a country's, or the beginning of a name. Two bodies of one country are one side only where both speak for it.

Example: the keys of "Keldan Defence Ministry" are its id, Keldany's key and "w:kelda"; those of "Keldan guns" the last two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from presstime.combine.claim_words import Token, claim_list, is_common, is_name, is_small, name_term, unit_of
from presstime.combine.names import is_pronoun, name_key
from presstime.combine.stages import Known, World
from presstime.combine.who import Who, who
from presstime.read.kinship import names_in
from presstime.records import Actor, KnownActor, Participant, Reading, Speaker

__all__ = ["called_of", "keys_of", "keys_of_words", "name_keys", "story_keys", "terms_called", "voices_of"]

_LAST = re.compile(r"[^\W\d_][\w’'-]*$")


def voices_of(found: Who | None, name: str) -> tuple[str, ...]:
    """Under what a speaker is himself: his own id and that of the body he speaks for, else his folded name."""
    if found is None:
        return () if is_pronoun(name) else (f"name:{name_key(name)}",)
    return (found.actor, found.voice) if found.voice else (found.actor,)


def keys_of(reading: Reading, known: Known, someone: Speaker | Participant | None) -> frozenset[str]:
    """The keys of a speaker or a participant."""
    if someone is None:
        return frozenset()
    found = who(known, reading.document.id, someone)
    actor = next((a for a in reading.actors if a.id == someone.actor), None) if someone.actor else None
    keys: set[str] = set()
    if found is not None:
        keys.add(f"a:{found.actor}")
        keys.update([f"a:{found.voice}"] if found.voice else [])
        keys.update([f"n:{found.nation}"] if found.nation else [])
    name = actor.name if actor is not None else someone.name
    if is_pronoun(name):
        return frozenset(keys)
    keys |= _named(name, actor, found is not None, known.world)
    dateline = reading.document.dateline
    if dateline and not any(c.isupper() for c in name) and not (actor is not None and actor.affiliation):
        keys |= _seat(dateline, known.world)
    return frozenset(keys)


def _seat(dateline: str, world: World) -> frozenset[str]:
    """The keys of whoever is meant by "the government" in a report from a capital."""
    place = dateline.split(",")[0].strip().title()
    nation = world.nations.capital_or_country(place)
    return story_keys(place, world) | (frozenset({f"n:{nation.key}"}) if nation is not None else frozenset())


def called_of(reading: Reading, someone: Speaker | Participant | None) -> frozenset[int]:
    """The terms of the words by which a speaker may be called without his name: "the army", "the self-defence force", "a doctor"."""
    if someone is None or is_pronoun(someone.name):
        return frozenset()
    actor = next((a for a in reading.actors if a.id == someone.actor), None) if someone.actor else None
    told = [someone.name] if actor is None or actor.kind != "person" else [*(w for w in (actor.role, actor.affiliation) if w)]
    if actor is not None and actor.kind != "person":
        told.append(actor.name)
    return frozenset(t for words in told for t in terms_called(words))


@lru_cache(maxsize=20_000)
def terms_called(words: str) -> frozenset[int]:
    """The terms of a description's words, those left out that any body has."""
    found: set[int] = set()
    for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", words.replace("’s", "").replace("'s", "")):
        low = word.lower()
        if low in claim_list("bodies") and low not in claim_list("called"):
            continue
        unit = unit_of(low, False)
        found.update(unit[2:] if unit is not None else ())
    return frozenset(found)


def _named(name: str, actor: Actor | None, known: bool, world: World) -> set[str]:
    keys: set[str] = set(story_keys(name, world))
    if actor is not None and actor.kind == "person":
        last = _LAST.search(name)
        keys |= {f"p:{name_key(last[0])}"} if last and not known else set()
        for told in (actor.role, actor.affiliation):
            keys |= name_keys(told, world, rare=True) if told else set()
    else:
        keys |= name_keys(name, world)
        keys |= name_keys(actor.affiliation, world) if actor is not None and actor.affiliation else set()
    whole = [name] if actor is None or actor.kind != "person" else [actor.affiliation or ""]
    keys |= {f"o:{name_key(w)}" for w in whole if _is_full_name(w)}
    if actor is not None and actor.country:
        keys.add(f"n:iso:{actor.country}")
    return keys


def _is_full_name(words: str) -> bool:
    """Whether words are the name of a body, of more than one word: "Lake Board", not "Four marchers"."""
    capital = [w for w in words.split() if w[:1].isupper()]
    return len(capital) > 1 and capital[0].lower() not in claim_list("numbers") and not is_small(capital[0].lower())


@lru_cache(maxsize=20_000)
def _prefixes(words: str, rare: bool) -> frozenset[str]:
    plain = {
        w
        for w in re.findall(r"[^\W\d_]+", words)
        if w.lower() in claim_list("numbers") or is_small(w.lower()) or w.lower() in claim_list("bodies")
    }
    plain |= {w for w in re.findall(r"[^\W\d_]+", words) if rare and is_common(w.lower())}
    kept = " ".join(w for w in re.findall(r"[^\W\d_]+", words.replace("’s", "").replace("'s", "")) if w not in plain)
    return frozenset(f"n:iso:{k[1:]}" if k.startswith("@") else f"w:{k}" for k in names_in(kept))


def name_keys(words: str, world: World, rare: bool = False) -> set[str]:
    """The keys of the names in some words, and of the country in them. `rare`: words that English has are no names there."""
    keys = {*_prefixes(words, rare), *story_keys(words, world)}
    found = world.nations.in_name(words)
    if found is not None:
        keys.add(f"n:{found[0].key}")
    return keys


def story_keys(words: str, world: World) -> frozenset[str]:
    """The keys of a story's own actors under one of whose names some words are: its capitals speak for its governments."""
    return _story(world.context.actors).get(name_key(words), frozenset())


@lru_cache(maxsize=8)
def _story(actors: tuple[KnownActor, ...]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for actor in actors:
        for name in (actor.name, *actor.names):
            found[name_key(name)] = found.get(name_key(name), frozenset()) | {f"s:{name_key(actor.name)}"}
    return found


def keys_of_words(found: Sequence[Token], world: World) -> list[tuple[int, frozenset[str]]]:
    """The names in some words: the number of each one's first word, and its keys. Names of several words are one."""
    named: list[tuple[int, frozenset[str]]] = []
    i = 0
    while i < len(found):
        if not is_name(found[i]):
            i += 1
            continue
        j = i + 1
        while j < len(found) and is_name(found[j]) and not found[j].first:
            j += 1
        run = [t.surface.removesuffix("'s").removesuffix("’s") for t in found[i:j]]
        if all(word.lower() in claim_list("bodies") for word in run):
            i = j
            continue
        keys = set(story_keys(" ".join(run), world))
        for word in run:
            if word.lower() not in claim_list("bodies"):
                keys |= {name_term(word)} | story_keys(word, world)
                keys |= {f"p:{name_key(word)}"}
        if len(run) > 1:
            keys.add(f"o:{name_key(' '.join(run))}")
        nation = world.nations.in_name(" ".join(run))
        if nation is not None:
            keys.add(f"n:{nation[0].key}")
        named.append((i, frozenset(keys)))
        i = j
    return named
