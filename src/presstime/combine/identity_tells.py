"""What a document tells of short names, offices and spellings, and which of its names want to be told.

In: one reading's names. Out: what it tells and wants, each under a key where the other's comes: a short form that it
explains ("Tamsin Water Board (TWB)", "Fedpas"), who holds an office ("Fire Chief Rin"), whose given name goes with a
title ("Colonel Sorn" where another paper has "Colonel Sorn Vath"), a surname written in one word ("Vanleer", "Van Leer"),
and the one army of the story.

Example: "the fire chief" in one paper → "Olaf Rin", fire chief in another, where the story has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anyascii import anyascii

from presstime.combine.bodies import body_words, is_acronym
from presstime.combine.identity_beside import bracketed
from presstime.combine.identity_names import Named
from presstime.combine.identity_words import lists
from presstime.combine.names import is_named, name_key
from presstime.combine.people import fit, person_name
from presstime.combine.transliteration import consonants
from presstime.records import Reading

__all__ = ["Tell", "explained", "resolved", "tells_of", "titles_of"]

_SHORTEST = 3
"""Letters of a given name or short form that may stand alone."""
_LONGEST_SURNAME = 5
"""Letters from which on a surname in one word may be one that others write in two."""
_TITLE_LETTERS = 3
"""Letters that a title shares with its short form: "Col." and "Colonel"."""
_ROLE_WORDS = 2
"""Words that a description must have to be an office that one holds: "fire chief", not "chief"."""
_ALONE = "with a given name"
_GIVEN = frozenset({_ALONE})
"""The mark of a title that goes with a given name, whatever titles others print."""
_COMMON = frozenset({"mr", "ms", "mrs"})
"""Titles that anybody has."""
_LONGEST_SHORT = 5
"""Letters, with its stop, of a title that is cut short: a longer word with a stop ends a sentence."""
_BEFORE = 30
"""Characters before a name in which its titles stand."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Something told of `value` under a key, or wanted (`tells` false); `marks` are titles or a home that must agree."""

    key: str
    value: str
    tells: bool
    marks: tuple[str, ...] = ()


def explained(reading: Reading) -> Iterator[Tell]:
    """The short forms that a document explains."""
    for name, short in bracketed(reading).items():
        yield Tell(f"short:{name_key(short)}", name, True)


def tells_of(each: Named, reading: Reading, home: str | None) -> Iterator[Tell]:
    """What one name of a document tells, and what it wants."""
    form = name_key(each.name)
    words = form.split()
    single = len(each.name.split()) == 1
    if single and len(form) >= _SHORTEST and each.name[:1].isupper() and form not in lists().generic:
        yield Tell(f"short:{form}", each.name, False)
    if each.kind != "person":
        if form in lists().armies:
            yield Tell("army:", each.name, True, (home,) if home else ())
        return
    actor = each.actor
    parts = person_name(each.name)
    titles = tuple(sorted({t[:_TITLE_LETTERS] for t in titles_of(each, reading)} - _COMMON))
    office = all(w in lists().titles or w in lists().generic for w in words)
    if is_named(each.name) and each.name[:1].isupper() and parts.given and not office and not is_acronym(each.name):
        if not each.listed or " and " in each.name:
            return
        if actor is not None and actor.role and len(role := name_key(actor.role).split()) >= _ROLE_WORDS:
            yield Tell(f"role:{' '.join(role)}", each.name, True)
        if len(parts.given[0]) >= _SHORTEST and titles:
            yield Tell(f"given:{consonants(parts.given[0])}", each.name, True, titles)
            if consonants(parts.surname) != consonants(parts.given[0]):
                yield Tell(f"given:{consonants(parts.surname)}", each.name, True, titles)
        bare = re.sub(r"[^a-z]", "", anyascii(parts.surname).lower())
        particle = next((w for w in words[1:-1] if w in lists().particles), "") if len(words) > len(parts.given) + 1 else ""
        if "-" in parts.surname or particle:
            joined = f"{particle}{bare}"
            yield Tell(f"whole:{consonants(joined)}", f"{' '.join(parts.given)} {joined}".title(), False)
        elif len(bare) >= _LONGEST_SURNAME and len(parts.given) == 1:
            yield Tell(f"whole:{consonants(bare)}", f"{parts.given[0]} {bare}".title(), True)
        elif len(parts.given) > 1 and len(parts.given[1]) >= _LONGEST_SURNAME:  # "Ana Quiroga Mendes" may be "Ana Quiroga"
            yield Tell(f"whole:{consonants(parts.given[1])}", f"{parts.given[0]} {parts.given[1]}".title(), False)
    elif not parts.given and titles and not office and each.name[:1].isupper():
        marks = (*titles, _ALONE) if lists().given_titles & set(titles_of(each, reading)) else titles
        yield Tell(f"given:{consonants(parts.surname)}", each.name, False, marks)
    if len(words) >= _ROLE_WORDS and (office or not is_named(each.name)):
        yield Tell(f"role:{form}", each.name, False)


def titles_of(each: Named, reading: Reading) -> tuple[str, ...]:
    """The titles with which a document has somebody, in the role or right before the name."""
    actor = each.actor
    if actor is None:
        return ()
    text = reading.document.text
    found = set(name_key(actor.role or "").split())
    for mention in actor.mentions[:2]:
        own = person_name(text[mention.start : mention.end])
        found.update(own.titles)
        before = re.findall(r"[^\W\d_]+\.?", text[max(0, mention.start - _BEFORE) : mention.start])
        for word in reversed(before):
            ends = word.endswith(".") and len(word) > _LONGEST_SHORT
            if ends or not word[0].isupper() or word.rstrip(".").lower() not in lists().titles:
                break
            found.add(word.rstrip(".").lower())
    return tuple(sorted(w for w in found if w in lists().titles))


def resolved(kind: str, tells: Sequence[tuple[Tell, frozenset[str]]]) -> dict[int, str]:
    """For the wants among what came under one key (each with its document's places): the one name that is told."""
    if kind == "army":
        return _one_army(tells)
    told = [(t, where) for t, where in tells if t.tells]
    found: dict[int, str] = {}
    bearers: list[tuple[str, set[str], set[str]]] = []
    for tell, where in told:
        for name, places, marks in bearers:
            if name == tell.value or (kind != "short" and fit(name, tell.value) in ("same", "initial")):
                places |= where
                marks.update(tell.marks)
                break
        else:
            bearers.append((tell.value, set(where), set(tell.marks)))
    if kind == "short":
        bearers = bearers if len({body_words(name) for name, _, _ in bearers}) == 1 else []
    for number, (tell, where) in enumerate(tells):
        if tell.tells:
            continue
        if kind == "whole":
            fitting = [b for b in bearers if fit(b[0], tell.value) == "same"]
        elif kind == "given":
            fitting = [b for b in bearers if b[2] & set(tell.marks)] or (bearers if _GIVEN & set(tell.marks) else [])
        else:
            fitting = bearers
        if len(fitting) == 1 and (kind in ("short", "whole", "given") or fitting[0][1] & where):
            found[number] = tell.value if kind == "whole" else fitting[0][0]
    return found


def _one_army(tells: Sequence[tuple[Tell, frozenset[str]]]) -> dict[int, str]:
    """The army of the story's one country, by the fullest of its names, for those who tell of the same places."""
    if len({m for tell, _ in tells for m in tell.marks}) > 1:
        return {}
    best = max((tell.value for tell, _ in tells), key=lambda v: (len(name_key(v)), v))
    there = {place for tell, where in tells if name_key(tell.value) == name_key(best) for place in where}
    return {n: best for n, (tell, where) in enumerate(tells) if name_key(tell.value) != name_key(best) and where & there}
