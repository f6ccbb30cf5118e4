"""Toponyms → the same, with the camps, fronts, corridors, hospitals, airports and other sites of the text among them.

Comes in: sentences, their toponyms, the gazetteer. Goes out: toponyms in order, none overlapping; a site's `site` says
what it is, its `key` is its whole name where the gazetteer has that, else the name before the noun. `settle` gives a
site that is in no gazetteer the point of the town it is named after or stands in, no finer than that town.
Example: "Surgeons at the al-Shifa hospital in Gaza City" → "al-Shifa hospital" (facility), "Gaza City".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from presstime.gazetteer import Candidate, Gazetteer, fold
from presstime.read.holders import distance
from presstime.read.lexicon import words
from presstime.read.place_words import word_lists
from presstime.read.toponyms import HYPHENS, Toponym
from presstime.read.tree import Sentence
from presstime.read.whereabouts import Choice

__all__ = ["settle", "with_sites"]

Site = Literal["front", "corridor", "camp", "facility"]
LONGEST = 6
"""The most words of a name before its noun."""
NEAR_TOWN = 15_000
"""A town that a site is named after must have so many people, or lie in a country the text names otherwise."""
MAIN_NAME = 10
"""Where the town has another name mainly, so many times as many people."""
BETWEEN = frozenset(
    (", ", " (", " in ", ", in ", " in the ", " in central ", " of ", " in the city of ", " in downtown ", " near ", ", near ", " outside ")
)
"""What stands between a site and the place it is in or near."""
REACH_KM = 150.0
"""A town that a site is named after lies at most so far from the place the site is said to be in."""


@dataclass(frozen=True, slots=True)
class SiteWords:
    """The lists of words/en/places.toml that tell sites."""

    nouns: dict[str, Site]
    between: frozenset[str]
    shelter: frozenset[str]
    joints: frozenset[str]
    where: frozenset[str]
    built: frozenset[str]
    articles: frozenset[str]
    lines: dict[str, tuple[tuple[str, ...], ...]]


@cache
def site_words() -> SiteWords:
    """The lists, read once. `lines` are by their first word."""
    table = words("places")
    nouns: dict[str, Site] = {noun: kind for kind, listed in table["sites"].items() for noun in listed}
    lines: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name in table["site-words"]["lines"]:
        parts = tuple(name.split())
        lines[parts[0]] = (*lines.get(parts[0], ()), parts)
    sets = {name: frozenset(table["site-words"][name]) for name in ("between", "shelter", "joints", "where", "built", "articles")}
    return SiteWords(nouns=nouns, lines=lines, **sets)


def with_sites(
    text: str, sentences: Sequence[Sentence], toponyms: Sequence[Toponym], gazetteer: Gazetteer, known: frozenset[str] = frozenset()
) -> list[Toponym]:
    """The toponyms of a document with its sites; a site takes the place of the toponyms inside it. `known`: the story's."""
    by_sentence: dict[int, list[Toponym]] = {}
    for t in toponyms:
        by_sentence.setdefault(t.sentence, []).append(t)
    found: list[Toponym] = []
    for number, sentence in enumerate(sentences):
        own = [t for t in by_sentence.get(number, []) if not of_candidate(sentence, t.first, t.last + 1)]
        for site in sites(text, sentence, number, own, gazetteer, known):
            inside = [t for t in own if t.first <= site.last and site.first <= t.last]
            if all(site.first <= t.first and t.last <= site.last for t in inside):
                own = sorted([t for t in own if t not in inside] + [site], key=lambda t: t.start)
        found += own
    return found


def sites(text: str, s: Sentence, number: int, own: Sequence[Toponym], gazetteer: Gazetteer, known: frozenset[str]) -> list[Toponym]:
    """The sites of one sentence, from left to right, none overlapping."""
    lists, found = site_words(), []
    behind = 0
    for k, word in enumerate(s.words):
        if k < behind:
            continue
        span: tuple[int, int, Site] | None = None
        if word in lists.lines:
            span = line(s, k, lists)
        elif word == "Camp" and k + 1 < len(s.words) and s.words[k + 1][0].isupper():
            span = camp(text, s, k, own, gazetteer)
        elif (kind := lists.nouns.get(word.lower())) is not None and k > behind:
            span = named(text, s, k, kind, behind, own, gazetteer, lists)
        if span is None:
            continue
        first, last, kind = span
        whole = text[s.starts[first] : s.ends[last]]
        told = fold(whole) in known or bool(gazetteer.candidates(whole))
        after = not told and kind != "corridor" and word not in lists.lines and word != "Camp"
        key = name_before(text, s, first, last, own, gazetteer) if after else whole
        found.append(Toponym(s.starts[first], s.ends[last], key, number, first, last, "place", "LOC", None, kind))
        behind = last + 1
    return found


def line(s: Sentence, k: int, lists: SiteWords) -> tuple[int, int, Site] | None:
    """A line between armies that begins at word k."""
    for parts in lists.lines[s.words[k]]:
        if s.words[k : k + len(parts)] == parts:
            return k, k + len(parts) - 1, "front"
    return None


def camp(text: str, s: Sentence, k: int, own: Sequence[Toponym], gazetteer: Gazetteer) -> tuple[int, int, Site] | None:
    """ "Camp Ashraf", from its first word on: where the model or the gazetteer takes it for a place."""
    held = next((t for t in own if t.first == k and t.last > k and t.role == "place"), None)
    if held is not None:
        return held.first, held.last, "camp"
    whole = text[s.starts[k] : s.ends[k + 1]]
    return (k, k + 1, "camp") if s.entities[k + 1][2:] == "LOC" or gazetteer.candidates(whole) else None


def named(
    text: str, s: Sentence, k: int, kind: Site, behind: int, own: Sequence[Toponym], gazetteer: Gazetteer, lists: SiteWords
) -> tuple[int, int, Site] | None:
    """A name and the noun at word k: "Jenin refugee camp", "the Donetsk front line"; None where nothing is named."""
    last = k
    if kind == "front" and k + 1 < len(s.words) and s.words[k + 1] in ("line", "lines"):
        last = k + 1
    if kind == "front" and (s.words[k] != s.words[k].lower()):  # "Islamic Front" is a group
        return None
    start = k
    while start > behind:
        owned = s.words[start - 1] in ("'s", "’s", "'", "’") and start - 2 > behind  # "Children's"
        step = 2 if owned else 1
        if s.words[start - step].lower() not in lists.between:
            break
        start -= step
    first = name_start(s, start, behind, lists)
    if first is None:
        return None
    name = text[s.starts[first] : s.ends[start - 1]]
    whole = text[s.starts[first] : s.ends[last]]
    found = gazetteer.candidates(whole)
    known = bool(found)
    if kind == "facility" and s.words[k][0].isupper() and any(c.kind in ("town", "district") for c in found):
        return None  # College Station is a town
    inner = [t for t in own if first <= t.first and t.last <= last and t.role == "place"]
    if not known and not is_name(s, first, start, kind, name, inner, gazetteer):
        return None
    if last + 1 < len(s.words) and (s.entities[last + 1][:1] == "I" or (s.words[k][0].isupper() and s.words[last + 1] == "of")):
        return None  # "the London School of Economics"
    tags = {tag[2:] for tag in s.entities[first:start]} - {""}
    if kind in ("front", "corridor"):
        town = any(c.kind == "region" or c.population >= NEAR_TOWN for c in gazetteer.candidates(name))
        return (first, last, kind) if known or "LOC" in tags or inner or town else None
    if kind == "camp":
        shelter = any(s.words[i].lower() in lists.shelter for i in range(start, k))
        if start == k and of_candidate(s, first, k):
            return None
        return (first, last, kind) if known or "LOC" in tags or shelter else None
    before = s.words[first - 1].lower() if first else ""
    if not known and before in ("a", "an"):  # "a Kabul hospital": one of several
        return None
    if "PERSON" in tags and s.words[k].islower() and not known and not inner:
        return None
    if "ORG" in tags and not known and not located(s, first, last, lists):
        return None
    return first, last, kind


def of_candidate(s: Sentence, first: int, behind: int) -> bool:
    """Whether a name before word `behind` is a politician's: "aides in the Harmon camp"."""
    if first < 3 or behind >= len(s.words) or s.words[behind] != "camp" or s.words[first - 1].lower() != "the":
        return False
    return s.lemmas[first - 3] in word_lists().aides


def name_start(s: Sentence, start: int, behind: int, lists: SiteWords) -> int | None:
    """Where a name that ends before word `start` begins: capitalised words, with the little words between them."""
    at, first = start, None
    while at > behind and start - at < LONGEST:
        word = s.words[at - 1]
        if word[0].isupper() and word.lower() not in ("the", "a", "an"):
            first = at - 1
        elif first == at and word in HYPHENS:
            pass
        elif first is not None and word in lists.articles and s.words[at] in HYPHENS:  # "al-Shifa"
            first = at - 1
        elif first == at and word in lists.joints and at - 2 >= behind and s.words[at - 2][0].isupper():  # "Deir el Balah"
            pass
        else:
            break
        if first == at and word in HYPHENS | lists.joints:
            first = at - 1
        at -= 1
    while first is not None and first < start and (s.words[first] in HYPHENS or s.words[first] in lists.joints - lists.articles):
        first += 1
    return first if first is not None and first < start else None


def is_name(s: Sentence, first: int, start: int, kind: Site, name: str, inner: Sequence[Toponym], gazetteer: Gazetteer) -> bool:
    """Whether the words before a site's noun are a name: not a people's, a direction, a country or initials only."""
    words_, lists = s.words[first:start], word_lists()
    if not any(s.words[i][0].isupper() and (i > 0 or s.universal[i] == "PROPN") for i in range(first, start)):
        return False
    if all(w.lower() in lists.parts | lists.never for w in words_) or gazetteer.demonym(name) is not None:
        return False
    if words_[0].isupper() and len(words_[0]) <= 5 and words_[0].isalpha():
        return False
    return kind in ("front", "corridor") or not any(c.kind == "country" for c in gazetteer.candidates(name))


def located(s: Sentence, first: int, last: int, lists: SiteWords) -> bool:
    """Whether something is said to be at, in or near the site."""
    at = first - 1
    of = at - 1 if at >= 1 and s.words[at].lower() == "the" else at
    if of >= 1 and s.words[of].lower() == "of":
        return s.lemmas[of - 1].lower() in lists.built
    while at >= 0 and (s.words[at].lower() in ("the", "its", "his", "her", "their") or s.universal[at] in ("ADJ", "NUM")):
        at -= 1
    return at >= 0 and s.lemmas[at].lower() in lists.where


def name_before(text: str, s: Sentence, first: int, last: int, own: Sequence[Toponym], gazetteer: Gazetteer) -> str:
    """What a site may be named after: the longest place's name it begins with, else a place within it, else the whole."""
    for end in range(last, first, -1):
        name = text[s.starts[first] : s.ends[end - 1]]
        rest = {w.lower() for w in s.words[end:last]}
        taken = any(t.first == first and t.last == end - 1 for t in own)
        if not taken and not rest <= site_words().between | word_lists().generic.keys() | {"'s", "’s"}:
            continue
        if gazetteer.candidates(name) and name.lower() not in word_lists().never | word_lists().parts:
            return name
    inner = next((t.key for t in own if first <= t.first and t.last <= last and t.role == "place"), None)
    return inner or text[s.starts[first] : s.ends[last]]


def settle(text: str, toponyms: Sequence[Toponym], choices: Sequence[Choice]) -> list[Choice]:
    """The choices, those of sites mended: a town far from where a site is said to be is not what it is named after."""
    settled = list(choices)
    pairs = list(zip(toponyms, choices, strict=True))
    others = [c.candidate for t, c in pairs if t.site is None and c.candidate is not None and c.candidate.kind in ("town", "district")]
    told: dict[str, Choice] = {}
    for number, (t, choice) in enumerate(pairs):
        if t.site is None and t.role == "place" and choice.candidate is None and choice.known is None:
            beside, word = container(text, toponyms, choices, number)
            if beside is not None and (beside.kind in ("country", "region") or word == "near"):
                settled[number] = Choice(beside, None, choice.confidence, word)
        if t.site is None or choice.known is not None:
            continue
        whole = fold(text[t.start : t.end])
        beside, word = container(text, toponyms, choices, number)
        itself = choice.candidate if fold(t.key) == whole else None
        if itself is None or (beside is not None and itself.country not in (None, beside.country)):
            settled[number] = borrowed(choice if itself is None else None, beside, word, others)
        if settled[number].candidate is None and whole in told:
            settled[number] = told[whole]
        elif settled[number].candidate is not None:
            told.setdefault(whole, settled[number])
    return settled


def borrowed(choice: Choice | None, beside: Candidate | None, word: Literal["in", "near"], others: Sequence[Candidate]) -> Choice:
    """The town a site is named after or, failing that, the place it is said to be in; nothing where neither is sure.

    `others` are the towns of the text: one near them vouches for a small town, or one whose name is a person's too.
    """
    c = choice.candidate if choice is not None else None
    if c is not None:
        if beside is not None:
            wide = beside.kind in ("country", "region")
            fits = c.country == beside.country and (wide or distance(c, beside) < REACH_KM)
        else:
            least = NEAR_TOWN if c.match == "name" else MAIN_NAME * NEAR_TOWN
            doubtful = c.kind == "town" and (c.population < least or c.name.lower() in word_lists().seldom | word_lists().given)
            fits = not doubtful or any(distance(c, p) < REACH_KM for p in others)
        if fits:
            return Choice(c, None, choice.confidence if choice else 0.3, "name")
    return Choice(beside, None, 0.5 if beside is not None else 0.3, word)


def container(
    text: str, toponyms: Sequence[Toponym], choices: Sequence[Choice], number: int
) -> tuple[Candidate | None, Literal["in", "near"]]:
    """The place a site is said to be in or near: "the Orlova hospital in Vinnytsia", "Orlova hospital, Vinnytsia"."""
    if number + 1 < len(toponyms):
        t, other = toponyms[number], toponyms[number + 1]
        between = text[t.end : other.start]
        if other.role == "place" and other.site is None and between in BETWEEN:
            return choices[number + 1].candidate, "near" if "near" in between or "outside" in between else "in"
    return None, "in"
