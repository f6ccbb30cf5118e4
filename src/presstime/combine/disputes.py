"""Denials → disputes: a claim, who makes it, who denies it, in whose words.

In: readings and the actors across them. Out: `Claim`s and `Dispute`s, inside each document (a first version: across
documents only where one document's denial and another's claim were joined by equal words). Both sides are listed
alike, and no side is picked.

Example: "Ardan said mines killed six. Velmora denied the claims." → a dispute, claimed by Ardan, denied by Velmora.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from presstime.findings import Claim, Dispute
from presstime.ids import make_id
from presstime.records import Reading, Statement

__all__ = ["find_disputes"]

_ABOUT = 160
"""Characters of a claim's words that name a dispute."""


def find_disputes(readings: Sequence[Reading], name_of: Mapping[str, str]) -> tuple[tuple[Claim, ...], tuple[Dispute, ...]]:
    """Every dispute found. `name_of` gives the shown name of a reading's actor id."""
    claims: list[Claim] = []
    disputes: list[Dispute] = []
    merged: dict[str, int] = {}
    for reading in readings:
        by_id = {s.id: s for s in reading.statements}
        groups: dict[str, list[Statement]] = {}
        for s in reading.statements:
            for answered in s.answers:
                if answered in by_id:
                    groups.setdefault(answered, []).append(s)
        for claim_id, denials in groups.items():
            claimed = by_id[claim_id]
            words = words_of(reading, claimed)
            key = " ".join(words.lower().split())
            if key in merged:  # the same words in another document: one claim, more statements
                at = merged[key]
                claims[at], disputes[at] = _joined(claims[at], disputes[at], claimed, denials, name_of)
                continue
            merged[key] = len(claims)
            claim = Claim(id=make_id("claim", claim_id), statements=(claim_id,), words=words)
            claims.append(claim)
            disputes.append(
                Dispute(
                    id=make_id("dispute", claim_id),
                    about=words if len(words) <= _ABOUT else words[:_ABOUT].rsplit(" ", 1)[0] + " …",
                    claim=claim.id,
                    claimed_by=_names([claimed], name_of),
                    denied_by=_names(denials, name_of),
                    denials=tuple(d.id for d in denials),
                )
            )
    return tuple(claims), tuple(disputes)


def words_of(reading: Reading, statement: Statement) -> str:
    """A statement's content as its document has it, parts joined by an ellipsis."""
    return " … ".join(" ".join(reading.document.text[c.start : c.end].split()) for c in statement.content)


def _joined(
    claim: Claim, dispute: Dispute, claimed: Statement, denials: Sequence[Statement], name_of: Mapping[str, str]
) -> tuple[Claim, Dispute]:
    from msgspec.structs import replace

    return (
        replace(claim, statements=(*claim.statements, claimed.id)),
        replace(
            dispute,
            claimed_by=tuple(dict.fromkeys((*dispute.claimed_by, *_names([claimed], name_of)))),
            denied_by=tuple(dict.fromkeys((*dispute.denied_by, *_names(denials, name_of)))),
            denials=(*dispute.denials, *(d.id for d in denials)),
        ),
    )


def _names(statements: Sequence[Statement], name_of: Mapping[str, str]) -> tuple[str, ...]:
    names = (name_of.get(s.speaker.actor or "", s.speaker.name) for s in statements if s.speaker is not None)
    return tuple(dict.fromkeys(names))
