"""Statements that go together → claims, and disputes: what each denial answers, once all that it may answer is known.

In: the links that `claim_pairs` found, and in each document what its denials answer there. Out: per group of linked statements
its claims, each with those who make it and those who deny it. Statements that assert the same are one claim. A denial answers
what its own document ties it to, else the claim that fits best; where two fit equally well it answers neither. Nobody disputes
with himself.

Example: three papers' tellings of one shelling and the two denials of it, one of them only "the accusation", are one dispute.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from presstime.combine.claim_pairs import PAIRS, Link, is_repeated
from presstime.combine.claim_words import NAME_WEIGHT
from presstime.combine.claims_alike import Ready, apart, meeting, ready, unlike
from presstime.combine.claims_repeated import REPEATED
from presstime.combine.claims_retold import answers_in, retold_in
from presstime.combine.claims_sayings import saying_of
from presstime.combine.claims_told import ASSERTING, Told, told_in
from presstime.combine.denials import ANSWERED, FEW, answers
from presstime.combine.disputes import ClaimsFound, Matter, Saying, present_claims, present_disputes
from presstime.combine.stages import Known, Note, Settled, Stage, World
from presstime.records import Reading

__all__ = ["CLAIMS", "present_claims", "present_disputes"]

DENIES, GAINSAYS = 0.4, 0.4
"""How likely it must be that a denial answers a claim, and that a claim gainsays another, beside the others it may answer and beside
answering none. At 0.35, 0.4 and 0.45 38, 36 and 32 of the 74 disputes of 20 stories are found, with 31, 24 and 21 that are none."""
TIE = 0.25
"""Scores nearer than this fit equally well."""
LINKED = 1.0
"""What it adds to a score that a document itself links the two, though the claim has none of the names in the denial."""
LATER_HOURS = 12
"""A claim last made so many hours after another is the one that a loose denial answers."""
MUCH_LESS = 1.0
"""A claim that fits by so much less than the best is not looked at, so that fewer statements hang together: with 1 and with 9 the 20
stories give the same disputes, with 0.5 one more that is none."""
NEAR, NEAR_SIDES, NEAR_SPEAKER = 0.5, 0.6, 0.3
NEAR_WEIGHT = 12
"""What two claims must share, as a share of the shorter one and in tenths, to be one where one and the same denial answers both;
and twice that weight where they only have denials of one side; two claims of one speaker need share less."""
_RIVALS = 8
"""Claims that are weighed against one another for a denial."""
_COMPARED = 4
"""Members of a claim with which a new one must agree about numbers, places and doers."""
_LEAST_WORDS = 12
"""Tenths of weight from which on a claim's words can name a dispute: "the claim" cannot."""


class Node(msgspec.Struct, frozen=True, array_like=True):
    """A statement that goes together with others: how it is shown, what is compared of it, its links and answers."""

    saying: Saying
    told: Told | None
    links: tuple[Link, ...] = ()
    answers: tuple[str, ...] = ()
    repeats: str = ""
    """The statement that it repeats word for word: what is true of that is true of this."""
    retold: bool = False
    """Whether others repeat it word for word (`claims_retold`)."""


def _notes(reading: Reading, known: Known) -> Iterator[Note[Node]]:
    pairs = known.all_of(PAIRS)
    statements = {s.id: s for s in reading.statements}
    answers = answers_in(reading)
    told_again = known.all_of(REPEATED)
    wanted = {*pairs, *told_again, *answers, *(a for targets in answers.values() for a in targets)} & statements.keys()
    wanted -= retold_in(reading, known)
    if not wanted:
        return
    repeats = {r: told_again[r][0].first for r in wanted if is_repeated(known, r)}
    told = {record: (at, what) for record, at, what in told_in(reading, known, wanted - repeats.keys())}
    for record in sorted(wanted):
        at, what = told.get(record, (None, None))
        saying = saying_of(reading, known, statements[record], what, at)
        links = _likely(dict.fromkeys(link for fact in pairs.get(record, ()) for link in fact.links))
        if record in repeats:
            links.append(Link(repeats[record], "same"))
        own = answers.get(record, ())
        first = record in told_again and record not in repeats
        node = Node(saying, what, tuple(links), own, repeats.get(record, ""), first)
        yield Note("", record, saying.order, node, tuple(dict.fromkeys((*(k.other for k in links), *own))))


def _likely(links: Iterable[Link]) -> list[Link]:
    """The links without those to claims that fit much less well than another: these are never chosen."""
    kept = list(links)
    best = max((k.score for k in kept if k.kind == "denies"), default=0.0)
    return [k for k in kept if k.kind == "same" or k.score >= best - MUCH_LESS]


# ---------------------------------------------------------------- settling


class _Group:
    """One claim in the making: its statements, by id."""

    def __init__(self, first: str) -> None:
        self.members: dict[str, None] = {first: None}
        self.denials: dict[str, None] = {}


def _settle(key: str, notes: Sequence[Note[Node]], world: World) -> Settled[None, ClaimsFound]:
    nodes = {n.record: n.data for n in notes}
    nodes = {r: _like_first(n, nodes.get(n.repeats)) for r, n in nodes.items()}
    order = {n.record: n.order for n in notes}
    firsts = {r: ready(n.told) for r, n in nodes.items() if n.told is not None and n.repeats not in nodes}
    look = {r: firsts[n.repeats if n.repeats in firsts else r] for r, n in nodes.items() if n.told is not None}
    of: dict[str, _Group] = {}
    for record, node in nodes.items():
        if not _is_denial(node):
            _join(record, node, nodes, look, of)
    answered = _answers(nodes, order, look, of)
    groups = _merged(answered, nodes, look, of)
    matters = [m for g in groups if (m := _matter(g, nodes, order)) is not None]
    return Settled(ClaimsFound(tuple(sorted(matters, key=lambda m: (m.order, m.claims[0].record))))) if matters else Settled()


def _like_first(node: Node, first: Node | None) -> Node:
    """A statement that is told again is what it was the first time."""
    if first is None:
        return node
    return msgspec.structs.replace(node, told=first.told, saying=msgspec.structs.replace(node.saying, act=first.saying.act))


def _is_denial(node: Node) -> bool:
    return node.saying.act == "denial" or (node.told is not None and node.told.role == "denies")


def _join(record: str, node: Node, nodes: Mapping[str, Node], look: Mapping[str, Ready], of: dict[str, _Group]) -> None:
    """Puts a claim with those it was found to be the same as; nothing in a claim may contradict the rest of it."""
    own = of.setdefault(record, _Group(record))
    for link in node.links:
        other = nodes.get(link.other)
        if link.kind != "same" or other is None or _is_denial(other):
            continue
        group = of.setdefault(link.other, _Group(link.other))
        if group is own:
            continue
        few, many = list(own.members)[:_COMPARED], list(group.members)[:_COMPARED]
        if any(apart(look[a], look[b]) for a in few for b in many if a in look and b in look):
            continue
        group.members.update(own.members)
        for member in own.members:
            of[member] = group
        own = group


def _same_voice(a: Node, b: Node) -> bool:
    return bool(set(a.saying.voices) & set(b.saying.voices))


def _answers(
    nodes: Mapping[str, Node], order: Mapping[str, str], look: Mapping[str, Ready], of: Mapping[str, _Group]
) -> dict[str, list[_Group]]:
    """What each denial answers."""
    found: dict[str, list[_Group]] = {}
    waiting: dict[str, list[str]] = {}
    firsts: dict[int, str] = {}
    for record, node in nodes.items():
        scores: dict[int, tuple[float, _Group, str]] = {}
        for target, score in [*((a, ANSWERED) for a in node.answers), *((k.other, k.score) for k in node.links if k.kind == "denies")]:
            other = nodes.get(target)
            if other is None or target not in of or _same_voice(node, other) or not _deniable(other, score):
                continue
            score = _trusted(score, look.get(record), look.get(target), target)
            group = of[target]
            first = firsts.get(id(group))
            if first is None:
                first = firsts[id(group)] = min(group.members, key=lambda m: (order[m], m))
            if record in group.members or _same_voice(node, nodes[first]):
                continue
            known = scores.get(id(group))
            if known is None or known[0] < score:
                scores[id(group)] = (score, group, target)
        if scores:
            least = DENIES if _is_denial(node) else GAINSAYS
            chosen = _chosen(list(scores.values()), nodes, look, order, order[record], least)
            if chosen:
                found[record] = chosen
        if _is_denial(node) and record not in found:
            waiting[record] = [k.other for k in node.links if k.kind == "same"]
    # a denial that is told again answers what it answered before
    for record, others in waiting.items():
        again = next((found[o] for o in others if o in found), None)
        if again is not None:
            found[record] = again
    for record, node in nodes.items():
        for link in node.links:
            if link.kind == "same" and record in found and link.other in waiting and link.other not in found:
                found[link.other] = found[record]
    return found


def _trusted(score: float, denial: Ready | None, claim: Ready | None, target: str) -> float:
    """The score of a link: that of a document's own link is as any other's where the claim has none of the denial's names."""
    if score < ANSWERED or denial is None or claim is None or denial.told.pointing or denial.weight <= FEW:
        return score
    strange = bool(denial.objects) and not denial.objects & claim.terms
    weighed = answers(denial, claim, target, False) if strange else None
    return score if not strange else LINKED if weighed is None else weighed + LINKED


def _deniable(node: Node, score: float) -> bool:
    """Whether a statement can be denied: one that asserts; in its own document also a demand that takes something for granted."""
    act = node.saying.act
    if node.saying.form == "narrated" and act == "claim" and (node.told is None or sum(u[0] for u in node.told.units) < _LEAST_WORDS):
        return False
    return act in ASSERTING or (score >= ANSWERED and act not in ("retraction", "no-comment", "denial"))


def _chosen(
    scores: list[tuple[float, _Group, str]],
    nodes: Mapping[str, Node],
    look: Mapping[str, Ready],
    order: Mapping[str, str],
    moment: str,
    least: float,
) -> list[_Group]:
    """The claim that fits best, with others that are near it; of claims that fit as well the latest before it, if that is clear."""
    scores.sort(key=lambda s: (-s[0], order[s[2]], s[2]))
    best = scores[0][0]
    if best < ANSWERED:
        first = scores[0]
        others = [s for s in scores[1:_RIVALS] if not _same_voice(nodes[first[2]], nodes[s[2]])]
        others = [s for s in others if not _near(look.get(first[2]), look.get(s[2]))]
        odds = [math.exp(s[0]) for s in (first, *others)]
        if odds[0] < least * (1 + sum(odds)):
            return []
    rivals = [s for s in scores if s[0] >= (best if best >= ANSWERED else best - TIE)]
    if best >= ANSWERED:
        return [group for _, group, _ in rivals]
    first = rivals[0]
    if all(_near(look.get(first[2]), look.get(other[2])) for other in rivals[1:]):
        return [group for _, group, _ in rivals]
    last = sorted(((max((order[m] for m in g.members if order[m] < moment), default=""), g) for _, g, _ in rivals), key=lambda x: x[0])
    return [last[-1][1]] if _hours(last[-2][0], last[-1][0]) >= LATER_HOURS else []


def _hours(one: str, other: str) -> float:
    """The hours between two orders of records; none where either is of no known time."""
    try:
        a, b = (datetime.fromisoformat(o.split(" ")[0]) for o in (one, other))
    except ValueError:
        return 0.0
    return (b - a).total_seconds() / 3600


def _near(a: Ready | None, b: Ready | None, share: float = NEAR, weight: int = NEAR_WEIGHT) -> bool:
    """Whether two claims are of one matter, where one and the same denial answers both."""
    if a is None or b is None:
        return False
    short, long = (a, b) if a.weight <= b.weight else (b, a)
    met = meeting(short.told.units, long)
    matter = sum(u[0] for u in short.told.units if not (u[0] == NAME_WEIGHT and len(u) == 3))
    if met.weight < weight or met.matter < share * matter or not met.matter or met.against:
        return False
    return not unlike(a, b)


def _merged(
    answered: Mapping[str, Sequence[_Group]], nodes: Mapping[str, Node], look: Mapping[str, Ready], of: Mapping[str, _Group]
) -> list[_Group]:
    """Groups with their denials; those near one another that one denial, or one side's denials, answer are one."""
    gainsaying = {r for r in answered if not _is_denial(nodes[r])}
    for record, groups in answered.items():
        for group in groups:
            if record not in group.members:
                group.denials[record] = None
    kept: dict[int, _Group] = {}
    for group in of.values():
        for record in [m for m in group.members if m in gainsaying and not group.denials]:
            group.members.pop(record)
        if group.members:
            kept[id(group)] = group
    found: list[_Group] = []
    sides = {id(g): frozenset().union(*(look[d].speaker for d in g.denials if d in look)) for g in kept.values() if g.denials}
    at: dict[str, list[_Group]] = {}  # denied claims by the denials and the denying sides that they have
    for group in kept.values():
        marks = sorted({*group.denials, *sides.get(id(group), ())})
        near = {id(g): g for mark in marks for g in at.get(mark, ())[:_COMPARED]}
        into = next((g for g in near.values() if _one(g, group, nodes, look)), None)
        if into is None:
            found.append(group)
            for mark in marks:
                at.setdefault(mark, []).append(group)
        else:
            into.members.update(group.members)
            into.denials.update(group.denials)
    return _unmirrored(found, nodes, look)


def _unmirrored(groups: Sequence[_Group], nodes: Mapping[str, Node], look: Mapping[str, Ready]) -> list[_Group]:
    """The groups, a dispute told from both ends once: "no siren sounded" denied by "the sirens sounded", and the other way round."""
    found: list[_Group] = []
    by_voice: dict[str, list[_Group]] = {}
    for group in groups:
        denying = _voices_of(group.denials, nodes)
        met = {id(g): g for voice in sorted(denying) for g in by_voice.get(voice, ())[:_COMPARED]}
        other = next((g for g in met.values() if _mirrored(group, g, nodes, look)), None)
        if other is not None:
            other.denials.update(dict.fromkeys(m for m in group.members if m not in other.members))
            other.members.update(dict.fromkeys(d for d in group.denials if d not in other.denials))
            continue
        found.append(group)
        for voice in sorted(_voices_of(group.members, nodes)) if group.denials else ():
            by_voice.setdefault(voice, []).append(group)
    return found


def _mirrored(a: _Group, b: _Group, nodes: Mapping[str, Node], look: Mapping[str, Ready]) -> bool:
    """Whether what denies the one is what the other claims, and the other way round."""
    return all(
        any(_same_said(d, m, nodes, look) for d in list(one.denials)[:_COMPARED] for m in list(other.members)[:_COMPARED])
        for one, other in ((a, b), (b, a))
    )


def _same_said(one: str, other: str, nodes: Mapping[str, Node], look: Mapping[str, Ready]) -> bool:
    """Whether two statements are one, or one voice's on one matter."""
    if one == other:
        return True
    return bool(_voices_of((one,), nodes) & _voices_of((other,), nodes)) and _near(look.get(one), look.get(other))


def _one(a: _Group, b: _Group, nodes: Mapping[str, Node], look: Mapping[str, Ready]) -> bool:
    """Whether two denied claims are one: nobody on both sides, a denial or a denying side in common, and one matter."""
    for one, other in ((a, b), (b, a)):
        if _voices_of(one.members, nodes) & _voices_of(other.denials, nodes):
            return False
    shared = bool(a.denials.keys() & b.denials.keys())
    share, weight = (NEAR, NEAR_WEIGHT) if shared else (NEAR_SIDES, 2 * NEAR_WEIGHT)
    if _voices_of(a.members, nodes) & _voices_of(b.members, nodes):
        share, weight = NEAR_SPEAKER, NEAR_WEIGHT
    few, many = list(a.members)[:_COMPARED], list(b.members)[:_COMPARED]
    return any(_near(look.get(x), look.get(y), share, weight) for x in few for y in many)


def _voices_of(records: Iterable[str], nodes: Mapping[str, Node]) -> set[str]:
    return {v for r in records for v in nodes[r].saying.voices}


def _matter(group: _Group, nodes: Mapping[str, Node], order: Mapping[str, str]) -> Matter | None:
    """A claim that is denied, or that two documents make; None for what is neither."""
    claims = sorted(group.members, key=lambda r: (order[r], r))
    # whoever denies it is not among those who make it, though his words may be alike: only the first to make it is
    denying = {v for d in group.denials for v in nodes[d].saying.voices}
    claims = [c for c in claims if c == claims[0] or not denying & set(nodes[c].saying.voices)]
    voices = {v for c in claims for v in nodes[c].saying.voices}
    denials = sorted((d for d in group.denials if not voices & set(nodes[d].saying.voices)), key=lambda r: (order[r], r))
    if not denials and len({nodes[c].saying.document for c in claims}) < 2 and not any(nodes[c].retold for c in claims):
        return None
    names_it = next((c for c in _told_first(claims, nodes) if _full(nodes[c])), claims[0])
    return Matter(
        claims=tuple(nodes[c].saying for c in claims),
        denials=tuple(nodes[d].saying for d in denials),
        named_by=names_it,
        order=order[claims[0]],
    )


def _told_first(claims: Iterable[str], nodes: Mapping[str, Node]) -> list[str]:
    """Claims in their words before those of which only the act is told."""
    return sorted(claims, key=lambda c: nodes[c].saying.form == "narrated")


def _full(node: Node) -> bool:
    return node.told is not None and sum(u[0] for u in node.told.units) >= _LEAST_WORDS


CLAIMS = Stage(name="claims", data=Node, fact=type(None), found=ClaimsFound, notes=_notes, settle=_settle, linked=True)
