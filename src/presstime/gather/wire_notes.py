"""What an agency says about an item beside its words: that it is under embargo, or withdrawn.

In: where the item stands and the agency's own words. Out: Problems: both are for a person to act on before anything is
published. "2026-03-05T06:00:00Z" as an embargo gives the Problem "embargo".
"""

from __future__ import annotations

from presstime.records import Problem

__all__ = ["embargo_problem", "withdrawn_problem"]

LONGEST_SHOWN = 120


def embargo_problem(where: str, words: str) -> Problem:
    """The item is not to be published before a time."""
    why = f"The item is under embargo ({' '.join(words.split())[:LONGEST_SHOWN]}). It was read: mark it as under embargo before publishing."
    return Problem(where=where, what="embargo", why=why)


def withdrawn_problem(where: str, words: str) -> Problem:
    """Whoever sent the item has withdrawn it."""
    why = f'Its sender has withdrawn the item ("{" ".join(words.split())[:LONGEST_SHOWN]}"). It was kept: look for what replaces it.'
    return Problem(where=where, what="withdrawn", why=why)
