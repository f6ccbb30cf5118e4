"""Documents → origins: whose first-hand reporting each carries, and how we know.

In: what copying found, and whom documents credit. Out: an `OriginFact` for each document, and one for each passage that
it carries of another family. A copy has its original's origin; a family of copies that a dateline, byline or credit line
gives to an agency has that agency's; a body's own page is the origin of its reprints; a report compiled from several
others, and everything else, is its own outlet's. How many are independent is always an upper bound: two outlets may have
copied in ways no text shows.

Example: "VELM (North Shore Agency) — …" in three papers → one origin, "North Shore Agency", three documents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from presstime.combine.book import Book
from presstime.combine.comparing import Passage
from presstime.combine.copies import copy_of
from presstime.combine.credited import (
    Credit,
    Source,
    credits_of,
    is_agency_name,
    is_body_name,
    is_combined,
    is_newsroom_name,
    sources_in,
    uses_agencies,
)
from presstime.combine.moments import interval, is_clock
from presstime.combine.newsrooms import Newsroom, newsroom
from presstime.combine.stages import Known, Note, Settled, Stage, World
from presstime.findings import Origin
from presstime.ids import make_id
from presstime.records import Document, Reading

__all__ = [
    "ORIGINS",
    "Family",
    "Kind",
    "OriginFact",
    "copied_documents",
    "hows_of",
    "newsroom_of",
    "origin_id",
    "passage_id",
    "present_origins",
]

Kind = Literal["report", "agency", "statement"]

CREDITED = 0.3
"""A document that credits a newsroom by name, and has this share of its words from one family, carries that family's report."""
AT_LARGE = 0.4
"""The share where a byline only says "and agencies": of two hand-made papers with a third of their words from an agency, the
one that named it was written as that agency's copy and the one that did not as the paper's own."""
_OWN = "its own report, as far as the text shows"


class OriginFact(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """Whose first-hand reporting a document, or a passage of one, is; and how we know."""

    origin: str
    name: str
    kind: Kind
    how: str


class _Carrier(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A document of a family, or (`of` is set) a passage that a document of another family has from one of this.

    `outlet` and `credit` are newsrooms; `how` says where that one is credited. `itself` tells that the outlet gives its own
    name in the dateline, as agencies do; `body` that it is no newsroom and speaks for itself.
    """

    document: str
    outlet: Newsroom
    label: str
    published: str | None
    credit: Newsroom | None = None
    how: str | None = None
    itself: bool = False
    body: bool = False
    near: float | None = None
    version: bool = False
    combined: tuple[str, ...] = ()
    of: str | None = None
    where: str | None = None
    words: int = 0


class _Member(msgspec.Struct, frozen=True, array_like=True):
    """A document, its place in the order, and how its origin is known."""

    document: str
    order: str
    how: str
    copied: bool


class Family(msgspec.Struct, frozen=True, array_like=True):
    """A family of documents: its origin, its members, and the passages that others carry of it (document, where, how)."""

    origin: str
    name: str
    kind: Kind
    members: tuple[_Member, ...]
    passages: tuple[tuple[str, str, str, str], ...]


def origin_id(key: str) -> str:
    """The id of the origin that a newsroom's reporting is."""
    return make_id("origin", key)


def passage_id(document: str, passage: Passage) -> str:
    """The record id of a passage of a document."""
    return make_id("passage", document, passage.start, passage.end)


def newsroom_of(document: Document, known: Known) -> Newsroom:
    """The newsroom, or body, that publishes a document."""
    if document.outlet:
        return newsroom(known, document.id, document.outlet)[0]
    return Newsroom(document.id, document.name or document.id)


# ---------------------------------------------------------------- noting


def _notes(reading: Reading, known: Known) -> Iterator[Note[_Carrier]]:
    document = reading.document
    fact = copy_of(known.facts, document.id)
    outlet = newsroom_of(document, known)
    credited = [(c, newsroom(known, document.id, c.name)[0]) for c in credits_of(document)]
    combined = is_combined(document)
    root = document.id if combined and fact.near_copy_of is not None and fact.shared < _COMPILED else fact.root
    whole = next(((c, n) for c, n in credited if c.whole and n.key != outlet.key), None) or _cited_throughout(document, known, outlet)
    if root == document.id and not combined:
        root = _credited_family(fact.carried, fact.words, credited, outlet, document) or root
    label = document.outlet or document.name or document.id
    own = _Carrier(
        document=document.id,
        outlet=outlet,
        label=label,
        published=document.published,
        credit=whole[1] if whole and not combined else None,
        how=whole[0].how if whole and not combined else None,
        itself=any(n.key == outlet.key and c.whole for c, n in credited),
        body=is_body_name(document.outlet or ""),
        near=fact.shared if root != document.id and (fact.near_copy_of is not None or fact.version_of is None) else None,
        version=root != document.id and fact.near_copy_of is None and fact.version_of is not None,
        combined=tuple(dict.fromkeys(n.name for _, n in credited)) if combined else (),
    )
    yield Note(root, document.id, known.order, own)
    for passage in (*fact.carried, *fact.heard):
        if passage.root != root or passage in fact.heard:
            at = f"{document.id}:{passage.start}-{passage.end}"
            data = msgspec.structs.replace(own, of=passage.of, where=at, words=passage.words)
            yield Note(passage.root, passage_id(document.id, passage), known.at(passage.start), data)


_COMPILED = 0.8
"""A report that calls itself compiled is another's copy only from this share on."""


def _cited_throughout(document: Document, known: Known, outlet: Newsroom) -> tuple[Credit, Newsroom] | None:
    """The newsroom from which a report has what it tells: cited in its first paragraph, again later, and no other is."""
    cited: list[Newsroom] = []
    paragraphs = [p for p in document.parts if p.kind == "paragraph"]
    in_first = 0
    for paragraph in paragraphs:
        for sentence in re.split(r"(?<=[.!?”])\s+|\n", document.text[paragraph.start : paragraph.end]):
            found = {
                name for s in sources_in(sentence) if (name := _cited_newsroom(document, known, s)) is not None and name.key != outlet.key
            }
            cited += sorted(found, key=lambda n: n.key)
        in_first = in_first or len(cited)
        if not in_first:
            return None
    if len(cited) < 2 or len({n.key for n in cited}) > 1:
        return None
    return Credit(cited[0].name, "cited from it throughout", True), cited[0]


def _cited_newsroom(document: Document, known: Known, source: Source) -> Newsroom | None:
    found, sure = newsroom(known, document.id, source.name)
    return found if is_newsroom_name(found.name) or (sure and not is_body_name(found.name)) else None


def _credited_family(
    carried: Sequence[Passage], words: int, credited: Sequence[tuple[Credit, Newsroom]], outlet: Newsroom, document: Document
) -> str | None:
    """The family that a document has much from, where it credits an agency, or agencies at large."""
    named = any(n.key != outlet.key for _, n in credited)
    if not words or not (named or uses_agencies(document)):
        return None
    shares: dict[str, int] = defaultdict(int)
    for passage in carried:
        shares[passage.root] += passage.words
    root = max(shares, key=lambda r: (shares[r], r), default=None)
    return root if root is not None and shares[root] >= (CREDITED if named else AT_LARGE) * words else None


# ---------------------------------------------------------------- settling


def _settle(key: str, notes: Sequence[Note[_Carrier]], world: World) -> Settled[OriginFact, Family]:
    """One family of copies, and whoever carries passages of it."""
    members = [n for n in notes if n.data.of is None]
    asking = [n for n in notes if n.data.of is not None]
    if not members:
        return Settled()
    whose, kind, why = _whose([n.data for n in members])
    origin = origin_id(whose.key)
    by_document = {n.data.document: n.data for n in members}
    facts: dict[str, OriginFact] = {}
    found = []
    first = members[0].data
    for n in members:
        how = _how(n.data, first, whose, why)
        facts[n.record] = OriginFact(origin=origin, name=whose.name, kind=kind, how=how)
        found.append(_Member(n.record, n.order, how, n.data.outlet.key != whose.key))
    passages = []
    for n in asking:
        from_ = by_document.get(n.data.of or "")
        if from_ is None:
            continue
        how = f"these words stand in {_report(from_)}{_ago(from_.published, n.data.published)}"
        facts[n.record] = OriginFact(origin=origin, name=whose.name, kind=kind, how=how)
        if n.data.words and n.data.outlet.key != whose.key:
            passages.append((n.data.document, n.order, n.data.where or "", f"{n.data.words} words of it stand in {n.data.label}"))
    return Settled(found=Family(origin, whose.name, kind, tuple(found), tuple(passages)), facts=facts)


def _whose(members: Sequence[_Carrier]) -> tuple[Newsroom, Kind, str]:
    """Whose report a family is, what that one is, and why; members are in order of publication."""
    first = members[0]
    outlets = {m.outlet.key: m.outlet for m in reversed(members)}
    credits = [m for m in members if m.credit is not None]
    body = next((m for m in members if m.body), None)
    inside = next((m for m in credits if m.credit is not None and m.credit.key in outlets), None)
    if first.itself or (is_agency_name(first.outlet.name) and first.credit is None):
        return first.outlet, "agency", _OWN
    if inside is not None and inside.credit is not None:
        kind: Kind = "agency" if not next(m.body for m in members if m.outlet.key == inside.credit.key) else "statement"
        return outlets[inside.credit.key], kind, f"a copy of it is {inside.how}"
    if body is not None and not (credits and body.near):
        return body.outlet, "statement", "it published this itself"
    if credits:
        best = min(
            credits, key=lambda m: _WEIGHT.index((m.how or "").rpartition(" ")[2]) if (m.how or "").rpartition(" ")[2] in _WEIGHT else 9
        )
        assert best.credit is not None
        cited = (best.how or "").startswith("cited") and not is_agency_name(best.credit.name)
        return best.credit, "report" if cited else "agency", f"a copy of it is {best.how}"
    agency = next((m for m in members if m.itself or is_agency_name(m.outlet.name)), None)
    if agency is not None:
        return agency.outlet, "agency", "a copy of it is an agency's own"
    return first.outlet, "report", _OWN


_WEIGHT = ("dateline", "it", "byline", "line")
"""The last words of how a credit is given, in order of how much it says."""


def _how(member: _Carrier, first: _Carrier, whose: Newsroom, why: str) -> str:
    if member.combined:
        return f"combined from {', '.join(member.combined)}"
    if member.version:
        return "a later version of the same page"
    if member.near is not None and member.document != first.document:
        share = f"{round(member.near * 100)}% of its own words stand in {_report(first)}"
        return f"{share}; {member.how}" if member.credit is not None and member.how else share
    if member.credit is not None and member.credit.key == whose.key and member.how:
        return member.how
    if member.outlet.key == whose.key:
        return "it published this itself" if member.body else _OWN
    return why


def _report(carrier: _Carrier) -> str:
    what = "own statement" if carrier.body else "report"
    return f"{carrier.outlet.name}’s {what}"


def _ago(earlier: str | None, later: str | None) -> str:
    """How much earlier something was published, in words."""
    a, b = interval(earlier), interval(later)
    if a is None or b is None:
        return ""
    if not (is_clock(earlier) and is_clock(later)):
        return f", published on {(earlier or '')[:10]}"
    minutes = round((b[0] - a[0]).total_seconds() / 60)
    if minutes <= 0:
        return ", published at the same time"
    for size, unit in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= (2 * size if size == 1440 else size):
            number = round(minutes / size)
            return f", published {number} {unit}{'s' if number != 1 else ''} earlier"
    return ""


ORIGINS = Stage(name="origins", data=_Carrier, fact=OriginFact, found=Family, notes=_notes, settle=_settle)


# ---------------------------------------------------------------- presenting


def present_origins(found: Iterable[Family], book: Book) -> tuple[Origin, ...]:
    """Every newsroom's origin, in the order in which its first document was published; documents in that order too.

    One outlet's several own reports are one newsroom's work: one independent origin at most.
    """
    groups: dict[str, list[Family]] = defaultdict(list)
    for family in found:
        groups[family.origin].append(family)
    made: list[tuple[str, Origin]] = []
    for origin, families in groups.items():
        members = sorted((m for f in families for m in f.members), key=lambda m: (m.order, m.document))
        passages = sorted((p for f in families for p in f.passages), key=lambda p: p[1])
        documents = tuple(dict.fromkeys((*(m.document for m in members), *(p[0] for p in passages))))
        kinds = {f.kind for f in families}
        kind: Kind = "agency" if "agency" in kinds else "statement" if "statement" in kinds else "report"
        first = min(families, key=lambda f: f.members[0].order)
        made.append(
            (
                members[0].order,
                Origin(
                    id=origin,
                    name=first.name,
                    kind=kind,
                    passages=tuple(p[2] for p in passages),
                    documents=documents,
                    how="; ".join(dict.fromkeys((*(m.how for m in members), *(p[3] for p in passages)))),
                    independent_at_most=1,
                ),
            )
        )
    return tuple(o for _, o in sorted(made, key=lambda m: (m[0], m[1].id)))


def copied_documents(found: Iterable[Family]) -> frozenset[str]:
    """The documents that carry another's report."""
    return frozenset(m.document for f in found for m in f.members if m.copied)


def hows_of(found: Iterable[Family]) -> dict[str, str]:
    """How each document's origin is known."""
    return {m.document: m.how for f in found for m in f.members}
