"""The same done to several records as one act, undone together: a town's name wherever it stands, in any documents.

In: an open ledger, the ids of records, what is to be done, who and why. Out: the `Correction`s entered. Raises InputError where one of them
is not there, or nothing would change. Example: `correct_alike(ledger, refs, {"gazetteer": "x:1", "lat": 50.1, "lon": 8.2}, by="Ana")`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from presstime.correction_act import acting, find_record, put_changes
from presstime.correction_values import check_record, fitted
from presstime.ledger import Correction, Ledger
from presstime.problems import InputError

__all__ = ["correct_alike", "review_alike"]


def correct_alike(
    ledger: Ledger, refs: Sequence[str], fields: Mapping[str, Any], *, by: str, why: str = "", now: datetime | None = None
) -> tuple[Correction, ...]:
    """Puts the same fields of several records right as one act, undone together: a town's name wherever it stands, in any documents.

    A record that is so already is left. Raises InputError, also where all are.
    """
    with acting(ledger, by, why, now, several=True) as act:
        entered: list[Correction] = []
        for ref in dict.fromkeys(refs):
            target = find_record(ledger, ref)
            made = target.record
            for field, value in fields.items():
                made = fitted(replace(target, record=made), field, value)
            check_record(target.kind, made, target.document, target.find)
            entered += put_changes(act, target, made)
        if not entered:
            raise InputError("they are so already; accept them to say that it is right")
        return tuple(entered)


def review_alike(
    ledger: Ledger, refs: Sequence[str], field: Literal["checked", "withdrawn"], *, by: str, why: str = "", now: datetime | None = None
) -> tuple[Correction, ...]:
    """Accepts several records as they stand, or withdraws them, as one act. What a person has accepted already is left."""
    with acting(ledger, by, why, now, several=True) as act:
        entered: list[Correction] = []
        for ref in dict.fromkeys(refs):
            target = find_record(ledger, ref)
            earlier = target.review.heeded.get(ref, ())
            if field != "checked" or not earlier or earlier[-1].field != "checked":
                entered.append(act.put(target.document, target.kind, target.spans, target.words, field, False, True))
        if not entered:
            raise InputError("they are accepted already")
        return tuple(entered)
