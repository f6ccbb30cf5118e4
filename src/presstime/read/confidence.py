"""How sure a name is: the share of those settled in the same way that were right where it was measured.

In: the way, and what more was the case. Out: a share between 0 and 1, from words/en/confidence.toml, which also says
where it was measured.

Example: `sure("metonym")` is 0.95: of a hundred capitals and countries that speak, 95 stood for their governments.
"""

from __future__ import annotations

from presstime.read.lexicon import words

__all__ = ["likely", "mention", "sure"]


def sure(how: str, given: str = "any") -> float:
    """The measured share for a way of settling; `given` says what more was the case, "any" where nothing did."""
    table = words("confidence")["right"][how]
    return float(table.get(given, table["any"]))


def likely(share: float, whom: str) -> float:
    """The measured share for a pronoun whose best candidate has this share of the likelihood. `whom`: "person" or "thing"."""
    steps = words("confidence")["right"]["pronoun"][whom]
    return float(steps[min(int(share * len(steps)), len(steps) - 1)])


def mention(heard: float | None) -> float:
    """The measured share of speakers' words that were right: by how sure the model is of them, None where it heard none."""
    table = words("confidence")["mention"]
    steps = table["heard"]
    return float(table["unheard"] if heard is None else steps[min(int(heard * len(steps)), len(steps) - 1)])
