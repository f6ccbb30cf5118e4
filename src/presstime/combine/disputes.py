"""What was settled of claims → `Claim`s and `Dispute`s as findings: names for references, words, times and origins.

In: the settled claims and the book. Out: claims that are denied or that two documents make, and a dispute for each that is
denied, all in the order in which the claims were first made. Both sides are listed alike and neither is picked; each name
stands once. Who was accused and of whom nothing was found is named beside them.

Example: claimed by "Lake Board", denied by "Ardan", about "boats turned back two rescuers at Velm".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from presstime.combine.book import Book
from presstime.combine.claim_words import claim_list
from presstime.combine.names import name_key
from presstime.findings import Claim, Dispute, Side
from presstime.ids import make_id

__all__ = ["ClaimsFound", "Matter", "Saying", "present_claims", "present_disputes"]

_ABOUT = 160
"""Characters of a claim's words that name a dispute."""
_TELLING = 4
"""Words from which on a denial says what it denies: "denied it" does not."""


class Saying(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One statement of a claim or a dispute, as it is shown.

    `speaker` is an actor's id or the words for him; `voices` the references under which he is himself. `relayed`: somebody else
    only says that he said it, in the statement `within`. `accused` are references. `order` is where it stands in the story.
    """

    record: str
    document: str
    start: int
    speaker: str | None
    voices: tuple[str, ...]
    words: str
    cue: str = ""
    form: str
    act: str
    at: str | None
    relayed: bool = False
    accused: tuple[str, ...] = ()
    within: str | None = None
    order: str = ""


class Matter(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One claim with what denies it, in order. `named_by` is the statement whose words name it."""

    claims: tuple[Saying, ...]
    denials: tuple[Saying, ...]
    named_by: str
    order: str


class ClaimsFound(msgspec.Struct, frozen=True, array_like=True):
    """The claims of one group of statements that hang together."""

    matters: tuple[Matter, ...]


def present_claims(found: Iterable[ClaimsFound], book: Book) -> tuple[Claim, ...]:
    """Every claim that is denied or that statements of two documents make, in the order in which they were first made."""
    return tuple(_claim(matter, book) for matter in _in_order(found))


def present_disputes(found: Iterable[ClaimsFound], book: Book) -> tuple[Dispute, ...]:
    """Every dispute, in the order in which the claims were first made."""
    made = (_dispute(matter, book) for matter in _in_order(found) if matter.denials)
    return tuple(d for d in made if d is not None)


def _in_order(found: Iterable[ClaimsFound]) -> list[Matter]:
    return sorted((_without_reporters(m) for each in found for m in each.matters), key=lambda m: (m.order, m.claims[0].record))


def _naming(matter: Matter) -> Saying:
    return next(s for s in matter.claims if s.record == matter.named_by)


def _id(matter: Matter, kind: str) -> str:
    return make_id(kind, matter.named_by)


def _claim(matter: Matter, book: Book) -> Claim:
    counted = book.independent((s.record, s.document) for s in matter.claims)
    return Claim(
        id=_id(matter, "claim"),
        statements=_records(matter.claims),
        words=_naming(matter).words,
        origins=counted.origins,
        independent_at_most=counted.at_most,
        counted=counted.counted,
    )


def _without_reporters(matter: Matter) -> Matter:
    """The matter without statements that only report a claim which stands there itself: whoever reports it does not make it."""
    within = {s.within for s in matter.claims if s.within is not None}
    claims = tuple(s for s in matter.claims if s.record not in within)
    if not claims:
        return matter
    named_by = matter.named_by
    if named_by in within:
        named_by = next((s.record for s in claims if s.within == named_by), claims[0].record)
    return msgspec.structs.replace(matter, claims=claims, named_by=named_by)


def _dispute(matter: Matter, book: Book) -> Dispute | None:
    claimed, denied = _names(matter.claims, book), _names(matter.denials, book)
    if not denied or not claimed or set(claimed) & set(denied):
        return None
    accused = dict.fromkeys(a for s in matter.claims for a in s.accused)
    return Dispute(
        id=_id(matter, "dispute"),
        about=_about(_naming(matter)),
        claim=_id(matter, "claim"),
        claimed_by=claimed,
        denied_by=denied,
        denials=_records(matter.denials),
        no_response=tuple(dict.fromkeys(book.name(a) for a in accused if a in book.silent and not _answered(book.name(a), denied))),
        sides=(_side("claims", matter.claims, claimed, book), _side("denies", matter.denials, denied, book)),
    )


def _answered(name: str, denied: Sequence[str]) -> bool:
    """Whether a body of the same side denies: "Keldan forces" are answered for by the "Keldan Defence Ministry"."""
    own = {w for w in re.findall(r"\w+", name) if w[:1].isupper() and w.lower() not in ("the", "of")}
    return any(own & set(re.findall(r"\w+", other)) for other in denied)


def _side(role: Literal["claims", "denies"], said: Sequence[Saying], names: tuple[str, ...], book: Book) -> Side:
    counted = book.independent((s.record, s.document) for s in said)
    return Side(
        role=role,
        names=names,
        statements=_records(said),
        words=next((s.words for s in _plainest_first(role, said) if s.words), ""),
        at=min((s.at for s in said if s.at), default=None),
        origins=counted.origins,
        independent_at_most=counted.at_most,
        counted=counted.counted,
    )


def _plainest_first(role: Literal["claims", "denies"], said: Sequence[Saying]) -> list[Saying]:
    """Those whose words tell best what the side says first: a denial in so many words before an account that only differs."""

    def plain(one: Saying) -> tuple[bool, bool]:
        tells = one.form != "narrated" and len(one.words.split()) >= _TELLING
        return not (tells and (role == "claims" or one.act == "denial")), not tells

    return sorted(said, key=plain)


def _records(said: Sequence[Saying]) -> tuple[str, ...]:
    """Ids of statements."""
    return tuple(s.record for s in said)


def _names(said: Sequence[Saying], book: Book) -> tuple[str, ...]:
    """Who says it, each once; whoever is nobody in particular, or only relayed it, gives way to those who are somebody."""
    spoken = dict.fromkeys(s.speaker for s in said if s.speaker is not None)
    named = [_without_page(book.name(speaker), book) for speaker in spoken]
    sure = [name for name in named if name_key(name) not in claim_list("nobody")]
    return tuple(dict.fromkeys(sure or named))


def _without_page(name: str, book: Book) -> str:
    """A name without where its bearer's words were put out: "Lake League on Townboard" is the Lake League, if there is one."""
    head, _, page = name.partition(" on ")
    if not page[:1].isupper():
        return name
    known = {name_key(n) for actor in book.actors.values() for n in (actor.name, *actor.names)}
    return head if name_key(head) in known else name


def _about(first: Saying) -> str:
    """What a dispute is called: the claim's words; with their verb where the act alone is told ("accused the board of …")."""
    words = f"{first.cue} {first.words}" if first.cue else first.words
    bare = words.strip().rstrip(",;.").strip()
    inner = bare.strip("“”\"'").rstrip(",;.").strip()
    if inner.count("“") == inner.count("”") and inner.count('"') % 2 == 0:
        bare = inner
    return bare if len(bare) <= _ABOUT else bare[:_ABOUT].rsplit(" ", 1)[0] + " …"
