"""The disputes section: a claim with its claimants beside the denials with theirs.

In: a view. Out: `DisputeRow`s with two sides, each of quotes with their sources.
Example: "shelling of the market": claimed by the Velm Council; denied by the Ministry of Defence.
"""

from __future__ import annotations

from presstime.records import Record
from presstime.show.rows import View
from presstime.show.voices import StatementRow, distinct, statement_row
from presstime.show.wording import capital

__all__ = ["DisputeRow", "dispute_rows"]


class DisputeRow(Record, frozen=True):
    """A claim and its denials. `no_response` names who was accused and of whom nothing was found."""

    anchor: str
    about: str
    claimed_by: tuple[str, ...]
    claims: tuple[StatementRow, ...]
    denied_by: tuple[str, ...]
    denials: tuple[StatementRow, ...]
    no_response: tuple[str, ...]


def dispute_rows(view: View) -> tuple[DisputeRow, ...]:
    """Every dispute, those with most voices first."""
    index = view.index
    found = []
    for number, dispute in enumerate(index.material.findings.disputes):
        claim = index.claims.get(dispute.claim)
        claims = [index.statements[one] for one in (claim.statements if claim else ()) if one in index.statements]
        denials = [index.statements[one] for one in dispute.denials if one in index.statements]
        found.append(
            DisputeRow(
                anchor=f"dispute-{number + 1}",
                about=capital(dispute.about),
                claimed_by=dispute.claimed_by,
                claims=tuple(statement_row(view, group) for group in distinct(index, claims)),
                denied_by=dispute.denied_by,
                denials=tuple(statement_row(view, group) for group in distinct(index, denials)),
                no_response=dispute.no_response,
            )
        )
    return tuple(sorted(found, key=lambda row: -(len(row.claims) + len(row.denials))))
