"""Statements of all documents → which of them go together: those that assert the same, and denials with what they may answer.

In: readings and whom their names stand for. Out: facts, per statement the statements that it goes with, how, and how well.
A statement is noted under several keys: its weightiest words, pairs of them, whom it points at, who says it. A statement that
denies is noted under the words near its own too. Under a key each is compared with the last few different ones before it
only, so that a key's work grows with its notes and no faster; and a key is settled day by day.

Example: "shelled the granary at Osk" and "opened fire on Osk’s granary" meet under (Osk, attack) → the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

import msgspec

from presstime.combine.claim_words import NUMBER_WEIGHT, claim_list, term
from presstime.combine.claims_alike import Ready, ready, same
from presstime.combine.claims_repeated import REPEATED
from presstime.combine.claims_told import Told, told_in
from presstime.combine.denials import answers
from presstime.combine.near_words import neighbours
from presstime.combine.stages import Known, Note, Settled, Stage, World
from presstime.ids import make_id
from presstime.records import Reading

__all__ = ["PAIRS", "Link", "PairFact", "is_repeated"]

HEADS = 8
"""Different statements under a key with which each one is compared: those just before it. 8 and 16 gave the same disputes on the
20 stories and on six made worlds; 8 settles 3,000 made documents in 2.5 s where 16 took 7.6 s."""
BEST = 4
"""Claims that a denial keeps under a key, the best fitting."""
LEAST = -0.7
"""The score (logarithm of the odds) below which a pair is not kept: `claims` chooses none below -0.62."""
_WEIGHTIEST, _PAIRED = 6, 4
_NEAR, _NEAR_ENOUGH = 3, 0.42
_MOST_KEYS = 28
_MOST_SIDES = 4
_MOST_KEPT = 100_000
"""Statements, and pairs of them, of which it is remembered what was made."""


class Link(msgspec.Struct, frozen=True, array_like=True):
    """What one statement has to do with another, and for a denial how well it fits."""

    other: str
    kind: Literal["same", "denies"]
    score: float = 0.0


class PairFact(msgspec.Struct, frozen=True, array_like=True):
    """What one key shows of one statement; no links for one that others are linked to."""

    links: tuple[Link, ...] = ()


def is_repeated(known: Known, record: str) -> bool:
    """Whether a statement only repeats an earlier one word for word."""
    return any(fact.first != record for fact in known.of(REPEATED, record))


def _notes(reading: Reading, known: Known) -> Iterator[Note[Told]]:
    first = {s.id for s in reading.statements if not is_repeated(known, s.id)}
    found = list(told_in(reading, known, first))
    before = {t.before for _, _, t in found if t.before and _may_deny(t)}
    for record, at, told in found:
        order = known.at(at)
        keys = [*_words(told), *_sides(told)]
        keys += [f"b|{record}"] if record in before else []
        keys += [f"b|{told.before}"] if told.before and _may_deny(told) else []
        if any(key.startswith("m|") for key in keys):
            keys.append(f"e|{make_id('alike', *(str(part) for part in _alike_to(told)))}")
        for key in dict.fromkeys(keys):
            yield Note(key, record, order, told)


# ---------------------------------------------------------------- keys


def _may_deny(told: Told) -> bool:
    return told.role == "denies" or bool(told.tone) or any(u[1] for u in told.units)


def _words(told: Told) -> list[str]:
    """The weightiest words, each and in pairs; of what may deny also the words near them."""
    ranked = [u for u in sorted(told.units, key=lambda u: -u[0]) if u[0] != NUMBER_WEIGHT]  # equals in the order of the text
    denies = _may_deny(told)
    found = []
    for unit in ranked[: 2 * _WEIGHTIEST if denies else _WEIGHTIEST]:
        found += [f"t|{t:x}" for t in (unit[2], *(_either().get(t, t) for t in unit[3:5]))]
        found += [f"t|{t:x}" for t in neighbours(unit[2], _NEAR, _NEAR_ENOUGH)] if denies else []
    found = list(dict.fromkeys(found))[:_MOST_KEYS]
    numbers = [u for u in told.units if u[0] == NUMBER_WEIGHT][:1]
    paired = [_either().get(u[3], u[3]) if len(u) > 3 else u[2] for u in (*ranked[:_PAIRED], *numbers)]
    return found + [f"m|{min(x, y):x}|{max(x, y):x}" for i, x in enumerate(paired) for y in paired[i + 1 :]]


@cache
def _either() -> dict[int, int]:
    """For the terms of each side of what cannot both be, one term for both."""
    return {term(f"opposite {name} {side}"): term(f"either {name}") for name in claim_list("opposites") for side in (0, 1)}


def _sides(told: Told) -> Iterator[str]:
    """The sides that a claim points at, and the side that denies; who makes a claim, and whose claim is denied."""
    if _may_deny(told):
        yield from (f"s|{s}" for s in _proper(told.speaker))
        yield from (f"o|{s}" for s in _proper(told.owner or told.parties))
        yield from (f"c|{t:x}" for t in told.called[:_MOST_SIDES])
    if told.role == "claims":
        pointed = told.parties if told.accusing or not told.doers else told.doers
        yield from (f"s|{s}" for s in _proper(pointed) if s not in told.speaker)
        yield from (f"o|{s}" for s in _proper(told.speaker))


def _proper(keys: Sequence[str]) -> list[str]:
    """Actors before countries and the beginnings of names; no last names."""
    return [k for k in keys if not k.startswith("p:")][:_MOST_SIDES]


# ---------------------------------------------------------------- settling

_Alike = tuple[object, ...]


def _settle(key: str, notes: Sequence[Note[Told]], world: World) -> Settled[PairFact, None]:
    """Compares the statements of a day under one key, each with the last few different ones before it."""
    if key.startswith("e|"):
        first = notes[0].record
        facts = {n.record: PairFact((Link(first, "same"),)) for n in notes if n.record != first and not n.earlier}
        return Settled(facts=facts | {first: PairFact()} if facts else {}, handed_on=(first,))
    paired = key.startswith("m|")
    links: dict[str, list[Link]] = {}
    claims: deque[tuple[str, Ready]] = deque(maxlen=HEADS)
    denials: deque[tuple[str, Ready]] = deque(maxlen=HEADS)
    seen: set[_Alike] = set()
    for note in notes:
        told = note.data
        alike = _alike_to(told)
        if alike in seen:  # the same in hardly other words
            continue
        seen.add(alike)
        one = _ready(told)
        may_gainsay = _may_deny(told) or bool(one.sided)
        if not note.earlier:
            if may_gainsay:
                scored = [(s, c) for c, claim in claims if (s := _score(one, claim, c, False)) is not None]
                for score, claimed in sorted(scored, key=lambda a: (-a[0], a[1]))[:BEST]:
                    _link(links, note.record, Link(claimed, "denies", score))
            if told.role == "claims":
                for denial, other in denials:
                    later = _score(other, one, note.record, True)
                    if later is None:
                        continue
                    back = None if other.told.role == "denies" else _score(one, other, denial, False)
                    if back is None or back < later:  # of two claims one gainsays the other, and not both each other
                        _link(links, denial, Link(note.record, "denies", later))
            if paired:
                before = claims if told.role == "claims" else denials
                like = next((c for c, other in reversed(before) if _same(one, other)), None)
                if like is not None:
                    _link(links, note.record, Link(like, "same"))
        if told.role == "claims":
            claims.append((note.record, one))
        if may_gainsay:
            denials.append((note.record, one))
    facts = {record: PairFact(tuple(_kept(own))) for record, own in links.items()}
    return Settled(facts=facts, handed_on=[record for heads in (claims, denials) for record, _ in heads])


def _alike_to(told: Told) -> _Alike:
    """What is the same in statements that differ in hardly a word."""
    return told.role, told.voices, told.units, told.places, told.doers, told.owner


class _Weighed:
    """What was made of statements and of pairs of them, each once a run: a pair meets under several keys.

    By the identity of what is kept, which is quicker than by its value; what is kept is held here, and so stays itself.
    """

    def __init__(self) -> None:
        self.ready: dict[int, tuple[Told, Ready]] = {}
        self.scores: dict[tuple[int, int, str, bool], tuple[Ready, Ready, float | None]] = {}


_weighed = _Weighed()


def _ready(told: Told) -> Ready:
    found = _weighed.ready.get(id(told))
    if found is None:
        if len(_weighed.ready) >= _MOST_KEPT:
            _weighed.ready.clear()
        found = _weighed.ready[id(told)] = told, ready(told)
    return found[1]


def _score(denial: Ready, claim: Ready, record: str, after: bool) -> float | None:
    """How well a denial fits a claim; None where that is too little for it ever to be chosen."""
    at = id(denial), id(claim), record, after
    known = _weighed.scores.get(at)
    if known is None:
        if len(_weighed.scores) >= _MOST_KEPT:
            _weighed.scores.clear()
        score = answers(denial, claim, record, after)
        rounded = None if score is None else round(score, 2)
        if rounded is not None and rounded < LEAST:
            rounded = None
        known = _weighed.scores[at] = denial, claim, rounded
    return known[2]


def _same(one: Ready, other: Ready) -> bool:
    if one.told.role != other.told.role:
        return False
    return (one.told.role == "claims" or bool(one.voices & other.voices)) and same(one, other)


def _link(links: dict[str, list[Link]], record: str, link: Link) -> None:
    links.setdefault(record, []).append(link)
    links.setdefault(link.other, [])


def _kept(links: Sequence[Link]) -> Iterator[Link]:
    """The links of a statement, of its denied claims the best fitting."""
    yield from (link for link in links if link.kind == "same")
    yield from sorted((link for link in links if link.kind == "denies"), key=lambda k: (-k.score, k.other))[:BEST]


PAIRS = Stage(name="claim_pairs", data=Told, fact=PairFact, found=type(None), notes=_notes, settle=_settle, chained=True)
