"""The disputes section: a claim beside its denials, each side with its words, its time and how many origins it can have at most.

In: a view. Out: `DisputeRow`s with two sides, each of quotes with their sources.
Example: "shelling of the market": said by the Velm Council, at most 2 independent origins; denied by the Ministry of Defence.
"""

from __future__ import annotations

import re

from presstime.findings import Dispute, Side
from presstime.records import Record
from presstime.show.moments import moment_words
from presstime.show.rows import View, counted_words, origin_words
from presstime.show.voices import StatementRow, distinct, statement_row
from presstime.show.wording import capital, plural

__all__ = ["DisputeRow", "SideRow", "claim_words", "dispute_rows"]

SHORT = 120
"""Characters of a claim on the first screen: three lines of its card."""
_STOP = re.compile(r"[.,](?=”$)")
_PARTED = re.compile(r"[,.]?[”\"]\s*…\s*[“\"]")


class SideRow(Record, frozen=True):
    """One side of a dispute. `since` is when it was first said; `origins` how many independent origins it can have, and `counted` why."""

    names: tuple[str, ...]
    rows: tuple[StatementRow, ...]
    since: str | None
    origins: str
    counted: str


class DisputeRow(Record, frozen=True):
    """A claim and its denials. `no_response` names who was accused and of whom nothing was found; `short` is `about`, cut."""

    anchor: str
    about: str
    short: str
    claims: SideRow
    denials: SideRow
    no_response: tuple[str, ...]


def claim_words(words: str) -> str:
    """A claim's words as one quotation: no quotation marks around them or between their parts, single ones within."""
    told = _PARTED.sub(" … ", " ".join(words.split()))
    opened, closed = told.count("“"), told.count("”")
    if told.startswith("“") and (told.endswith("”") or opened > closed):
        told = told[1:].removesuffix("”")
    elif opened < closed:
        told = told.removesuffix("”")
    elif opened > closed:
        told += "”"
    return capital(_STOP.sub("", told.strip("\"' ,.;")).replace("“", "‘").replace("”", "’"))


def _shortened(words: str) -> str:
    return words if len(words) <= SHORT else f"{words[:SHORT].rsplit(' ', 1)[0]} …"


def dispute_rows(view: View) -> tuple[DisputeRow, ...]:
    """Every dispute, those with most voices first."""
    found = [_row(view, number, dispute) for number, dispute in enumerate(view.index.material.findings.disputes)]
    return tuple(sorted(found, key=lambda row: -(len(row.claims.rows) + len(row.denials.rows))))


def _row(view: View, number: int, dispute: Dispute) -> DisputeRow:
    claim = view.index.claims.get(dispute.claim)
    sides = {side.role: side for side in dispute.sides}
    about = claim_words(dispute.about)
    return DisputeRow(
        anchor=f"dispute-{number + 1}",
        about=about,
        short=_shortened(about),
        claims=_side(view, sides.get("claims"), dispute.claimed_by, claim.statements if claim else ()),
        denials=_side(view, sides.get("denies"), dispute.denied_by, dispute.denials),
        no_response=dispute.no_response,
    )


def _side(view: View, side: Side | None, names: tuple[str, ...], statements: tuple[str, ...]) -> SideRow:
    """A side as combined; where the findings have no sides, from the claim's statements or the denials."""
    index = view.index
    said = [one for one in (side.statements if side else statements) if one in index.statements]
    alone = len({index.document_of[one] for one in said}) < 2
    counted = counted_words(side.counted) if side and side.independent_at_most and not alone else ""
    return SideRow(
        names=side.names if side else names,
        rows=tuple(statement_row(view, group) for group in distinct(index, [index.statements[one] for one in said])),
        since=moment_words(side.at, view.time_zone) if side else None,
        origins=_at_most(side) if counted and side else origin_words(view, said) if said else "",
        counted=counted,
    )


def _at_most(side: Side) -> str:
    return "at most one origin" if side.independent_at_most == 1 else f"at most {plural(side.independent_at_most, 'independent origin')}"
