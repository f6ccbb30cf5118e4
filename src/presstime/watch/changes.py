"""What a change is: the record that the watch keeps in its outbox and that notifications are made of.

In: what differed between two findings of a story, or what became of a page. Out: `WatchedChange`s, each with an id that is
the same however often the same change is found. Example: "Changed: Ministry of Health, killed, Velm: 7; before: 3." is one
of kind "figure-moved", which rests on two figures and their documents.
"""

from __future__ import annotations

from typing import Literal, get_args

from presstime.records import Record

__all__ = ["CHANGE_KINDS", "ChangeKind", "WatchedChange"]

ChangeKind = Literal["figure-moved", "new-dispute", "denial", "new-reaction", "document-changed", "document-gone"]
CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)


class WatchedChange(Record, frozen=True):
    """One change. `words` are one line; `at` is when it was found, ISO 8601 with its offset.

    `documents`, `statements` and `figures` are the ids of all that the line rests on, on both sides: where one of them may
    not be shown, the change may not leave. `before` and `after` are lines, in the order of the text; either may be empty.
    """

    id: str
    kind: ChangeKind
    words: str
    at: str
    documents: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
