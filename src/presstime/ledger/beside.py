"""What people have said beside the readings: whose word each record is, checks, translations, owners of handles.

In: readings as they were read, and the ledger's corrections. Out: `Beside`, by the ids that the records now have: what the
report and the desk print beside a line. Example: "checked by Ana Lind: two photographs compared, no match" at a statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from presstime.ledger.anchors import by_document, in_force
from presstime.ledger.corrected import corrected_and_reviewed
from presstime.ledger.entries import Check, Correction, Reviewed, Translation
from presstime.records import Reading, Record

__all__ = ["Beside", "handle_key", "owners", "said_beside"]


T = TypeVar("T")


class Beside(Record, frozen=True):
    """`reviews`, of what people checked, corrected or added, and `translations` are by a record's id; `checks` by the id of
    a document or statement, or by a handle; `translates` has a document's id → that of the one that it translates; `handles`
    a handle → its owner's name. `orphans` are the entries that fit no record any more.
    """

    reviews: Mapping[str, Reviewed] = msgspec.field(default_factory=dict)
    checks: Mapping[str, tuple[Check, ...]] = msgspec.field(default_factory=dict)
    translations: Mapping[str, Translation] = msgspec.field(default_factory=dict)
    translates: Mapping[str, str] = msgspec.field(default_factory=dict)
    handles: Mapping[str, str] = msgspec.field(default_factory=dict)
    orphans: tuple[Correction, ...] = ()


def said_beside(readings: Iterable[Reading], corrections: Sequence[Correction]) -> Beside:
    """What people have said of these readings, given as they were read."""
    own = by_document(corrections)
    reviews: dict[str, Reviewed] = {}
    checks: dict[str, tuple[Check, ...]] = {}
    translations: dict[str, Translation] = {}
    translates: dict[str, str] = {}
    orphans: list[Correction] = []
    for reading in readings:
        mine = own.get(reading.document.id)
        if not mine:
            continue
        _, review = corrected_and_reviewed(reading, mine)
        orphans += review.orphans
        for record, entries in review.heeded.items():
            _take(record, entries, checks, translations)
            state = review.states[record]
            words = [one for one in entries if one.field not in ("check", "translation", "confidential", "embargo")]
            if state not in ("machine", "withdrawn") and words:
                reviews[record] = Reviewed(state=state, by=words[-1].by, at=words[-1].at, why=words[-1].why)
        of_document = [one for one in in_force(mine) if one.kind == "document"]
        _take(reading.document.id, of_document, checks, {})
        for one in of_document:
            if one.field == "translates":
                translates.pop(reading.document.id, None)
                if value := _value(one, str):
                    translates[reading.document.id] = value
    for one in in_force(corrections):
        if one.kind == "handle":
            _take(one.words, (one,), checks, {})
    return Beside(
        reviews=reviews,
        checks=checks,
        translations=translations,
        translates=translates,
        handles=owners(corrections),
        orphans=tuple(orphans),
    )


def owners(corrections: Iterable[Correction]) -> dict[str, str]:
    """Whose each account is, by its handle, as people have said last."""
    found: dict[str, str] = {}
    for one in in_force(corrections):
        if one.kind == "handle" and one.field == "owner":
            found.pop(one.words, None)
            if owner := _value(one, str):
                found[one.words] = owner
    return found


def handle_key(name: str) -> str:
    """A handle without what differs between two ways of writing it: "@Stepa" and "stepa" are one."""
    return name.strip().removeprefix("@").casefold()


def _take(about: str, entries: Iterable[Correction], checks: dict[str, tuple[Check, ...]], translations: dict[str, Translation]) -> None:
    for one in entries:
        if one.field == "check" and (check := _value(one, Check)) is not None:
            checks[about] = (*checks.get(about, ()), msgspec.structs.replace(check, entered_by=one.by, at=one.at))
        elif one.field == "translation":
            translations.pop(about, None)
            if (words := _value(one, Translation)) is not None:
                translations[about] = msgspec.structs.replace(words, by=one.by)


def _value(one: Correction, type_: type[T]) -> T | None:
    """What an entry says; None where it says nothing, or what cannot be read as that."""
    try:
        return msgspec.json.decode(one.after or "null", type=type_)
    except msgspec.MsgspecError:
        return None
