"""A denial and a claim → how likely it is that the one answers the other.

In: what is compared of both. Out: a score, the logarithm of the odds; nothing where it cannot be. What is weighed is in
`FEATURES`; the weights are in words/claim_weights.toml, one table for denials and one for claims that gainsay another
("nobody of ours was there"), and are fitted by bench/claim_weights.py. No single sign decides: a denial that shares no word
with a claim may answer it where the claim points at the denier, and one that shares many does not where another town is
meant.

Example: "Velmora denied having been told of any fire near Osk" and "Velmori guns shelled the granary in Osk" → 1.2.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from operator import mul

from presstime.combine.claim_words import NAME_WEIGHT, NUMBER_WEIGHT, Unit
from presstime.combine.claims_alike import Ready, far, opposed
from presstime.combine.claims_told import FALSE, NONE, OURS, THAT, THEIRS
from presstime.combine.near_words import near

__all__ = ["ANSWERED", "FEATURES", "FEW", "answers", "features", "may_answer"]

ANSWERED = 100.0
"""The score of a claim that the denial's own document ties to it."""
FEW = 12
"""Tenths of weight up to which a denial hardly tells what it denies."""
OWNED = 2.0
"""What it adds that a denial which tells nothing of the matter names whose claim it denies ("the accusation made by Velmor"), and
that claim points at the denier. By judgement: the stories hold too few of these to fit it."""
KIN = 0.8
"""How near two words of one list of kin are taken to be, where the table of near words has nothing nearer."""
LITTLE = 400
"""Characters between what stands a little before and what stands behind it: two or three sentences."""
_AGAINST = 0.5
"""Nearness from which on a "not" before only one of two words is one against the other."""

FEATURES = (
    "always",  # 1
    "share",  # of what the denial is of, the share that the claim has, in words that are near
    "back",  # … and the other way round
    "amount",  # how much that is
    "exact",  # … in the same words
    "rare",  # whether a rare word is among them
    "mutual",  # the lesser share
    "names",  # names in both
    "at denier",  # the claim points at the denier
    "blamed",  # … as the doer
    "owner",  # the denial says whose claim it denies, and it is the claimer's
    "other owner",  # … and it is another's
    "named",  # the denial names the claimer
    "other numbers",
    "same numbers",
    "other town",
    "same place",
    "other hour",
    "other doer",
    "same doer",
    "not against",  # words under a "not" in one of them only
    "opposed",  # "open", "shut"
    "accusing",  # the claim accuses
    "same document",
    "just before",  # the claim is what somebody else said just before, in the same document
    "after",  # the claim was printed after the denial
    "few",  # the denial hardly tells what it denies
    "takes up",  # it says "the claim", "that"
    "ours",
    "theirs",
    "none",
    "false",
    "ours at denier",
    "share at denier",
    "few, just before",
    "claim few",
    "opposed, share",
    "no met",  # of what stands under a "not", the share that the claim has without it
    "number not so",  # a number under a "not" that the claim has
    "number conflict",  # other numbers for what is shared
    "accusing denier",
    "little before",  # the claim stands a little before it on the same page
    "little after",
    "other names",
    "claim no",  # the claim says no, and the denial does not
    "both no",
    "few, same place",
    "few, other town",
    "few, owner",
)


_OWNED = tuple(FEATURES.index(name) for name in ("owner", "at denier", "few"))


@cache
def _weights(kind: str) -> tuple[float, ...]:
    table = tomllib.loads((files("presstime.combine") / "words/claim_weights.toml").read_text(encoding="utf-8"))[kind]
    return tuple(float(table.get(name, 0.0)) for name in FEATURES)  # a new sign weighs nothing before it is fitted


def may_answer(denial: Ready, claim: Ready) -> bool:
    """Whether the one may answer the other at all: nobody answers himself, nor a denial."""
    if claim.told.role == "denies" or denial.voices & claim.voices or denial.speaker & claim.speaker:
        return False
    if not claim.told.plain and denial.told.document != claim.told.document:
        return False  # "a crime", "we are worried" is denied where it was said, if at all
    if denial.told.role == "denies":
        at_denier = denial.speaker & (claim.parties | claim.doers)
        # who denies what is his own ("its troops") answers no claim about somebody else
        return not (denial.told.own and claim.doers and not at_denier and not denial.parties & claim.speaker - denial.speaker)
    d, c = denial.told, claim.told
    if d.document == c.document and d.span[0] < c.span[1] and c.span[0] < d.span[1]:
        return False  # the one is told within the other
    if denial.denied & claim.denied or (denial.stems == claim.stems and denial.denied == claim.denied):
        return False  # they say no of the same, or just the same
    return d.plain and c.plain and (bool(denial.denied or d.tone) or opposed(denial, claim))


def answers(denial: Ready, claim: Ready, record: str, after: bool) -> float | None:
    """How likely a denial answers a claim with this id; None where it cannot. `after`: the claim was printed after it."""
    if not may_answer(denial, claim):
        return None
    if denial.told.tone & THAT and denial.told.before != record:
        return None  # "that is a tale" is said of what was said before it
    weights = _weights("denials" if denial.told.role == "denies" else "gainsaying")
    signs = features(denial, claim, record, after)
    score: float = sum(map(mul, weights, signs))
    return score + OWNED if all(signs[n] for n in _OWNED) else score


def features(denial: Ready, claim: Ready, record: str, after: bool) -> tuple[float, ...]:
    """What is weighed of a pair, in the order of `FEATURES`."""
    d, c = denial.told, claim.told
    whole, met, against, exact, rare = _covered(d.units, c.units)
    other_whole, other_met, _, _, _ = _covered(c.units, d.units)
    share = met / whole if whole else 0.0
    back = other_met / other_whole if other_whole else 0.0
    at = bool(denial.speaker & (claim.parties | claim.doers)) or bool(denial.called & claim.terms)
    owner = bool(denial.owner & claim.speaker) or bool(denial.owner_called & claim.called)
    ours = bool(d.tone & OURS)
    other_town = bool(denial.towns and claim.towns and not denial.towns & claim.towns)
    named = frozenset(k[2:] for k in denial.owner if k.startswith("p:"))  # "the account from Osk" is of what was done there
    contrary = opposed(denial, claim)
    same_place = bool((denial.places or frozenset(d.beside) or named) & claim.places)
    return (
        1.0,
        share,
        back,
        min(met / 30, 1.5),
        min(exact / 20, 1.5),
        max(0.0, rare - 8) / 7,
        min(share, back),
        min(len(denial.names & claim.names), 2) / 2,
        at,
        bool(denial.speaker & claim.doers),
        owner,
        bool(denial.owner or denial.owner_called) and not owner,
        bool(denial.parties & claim.speaker - denial.speaker),
        bool(denial.numbers and claim.numbers and not denial.numbers & claim.numbers),
        bool(denial.numbers & claim.numbers),
        other_town,
        same_place,
        far(denial, claim),
        bool(denial.doers and claim.doers and not denial.doers & claim.doers),
        bool(denial.doers & claim.doers),
        min(against / 10, 2.0),
        contrary,
        c.accusing,
        d.document == c.document,
        d.before == record,
        after,
        whole <= FEW,
        d.pointing,
        ours,
        bool(d.tone & THEIRS),
        bool(d.tone & NONE),
        bool(d.tone & FALSE),
        at and ours,
        at * share,
        d.before == record and whole <= FEW,
        other_whole <= FEW,
        contrary * share,
        _no_met(denial, claim),
        any(u[1] and u[0] == NUMBER_WEIGHT and u[2] in claim.terms - claim.denied for u in d.units),
        bool(denial.numbers and claim.numbers and not denial.numbers & claim.numbers) * min(share, back),
        at and c.accusing,
        d.document == c.document and 0 <= d.span[0] - c.span[1] <= LITTLE,
        d.document == c.document and 0 <= c.span[0] - d.span[1] <= LITTLE,
        bool(denial.names and claim.names and not denial.names & claim.names),
        bool(claim.denied) and not denial.denied and not d.denying,
        bool(claim.denied and denial.denied),
        whole <= FEW and same_place,
        whole <= FEW and other_town,
        whole <= FEW and owner,
    )


def _no_met(denial: Ready, claim: Ready) -> float:
    """Of what stands under a "not" in the one, the share by weight that the other has without it."""
    theirs = {u[2]: u for u in claim.told.units if not u[1] and not _is_name(u)}
    under = [u for u in denial.told.units if u[1] and not _is_name(u)]
    met = sum(u[0] * (1.0 if u[2] in theirs else _nearest(u, theirs)[0]) for u in under)
    return met / sum(u[0] for u in under) if under else 0.0


def _covered(units: Sequence[Unit], others: Sequence[Unit]) -> tuple[float, float, float, float, int]:
    """Some words beside another statement's, names left out: their weight, what of it is met, what of that is denied in one
    of them only, what is met in the same words, and the weight of the rarest of these."""
    theirs: Mapping[int, Unit] = {u[2]: u for u in others if not _is_name(u)}
    whole = met = against = exact = 0.0
    rare = 0
    for unit in units:
        if _is_name(unit):
            continue
        weight = unit[0]
        whole += weight
        same = theirs.get(unit[2])
        best: Unit | None
        if same is not None:
            nearness, best = 1.0, same
            exact += weight
            rare = max(rare, weight if weight != NUMBER_WEIGHT else 0)
        else:
            nearness, best = _nearest(unit, theirs)
        if best is not None:
            met += weight * nearness
            if nearness >= _AGAINST and unit[1] != best[1]:
                against += weight * nearness
    return whole, met, against, exact, rare


def _nearest(unit: Unit, others: Mapping[int, Unit]) -> tuple[float, Unit | None]:
    table = near(unit[2])
    if len(unit) <= 3 and others.keys().isdisjoint(table):  # nothing is near, and no list of kin has it
        return 0.0, None
    nearness, best = 0.0, None
    for stem, other in others.items():
        value = table.get(stem, 0.0)
        if value < KIN and len(unit) > 3 and len(other) > 3 and any(t in other[3:] for t in unit[3:]):
            value = KIN
        if value > nearness:
            nearness, best = value, other
    return nearness, best


def _is_name(unit: Unit) -> bool:
    return unit[0] == NAME_WEIGHT and len(unit) == 3
