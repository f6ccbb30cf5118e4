"""What stands in the ledger beside readings and findings: records of people's and presstime's own doings.

Comes in and goes out: frozen records. Example: "killed: 15, not 51: a slip of the keys" by an editor is a
`Correction` of a figure, anchored to the words "51 people died"; the reading itself stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from presstime.ids import make_id
from presstime.records import Document, Problem, Record, Span

__all__ = [
    "Check",
    "Correction",
    "Edition",
    "Entered",
    "Hit",
    "Input",
    "Review",
    "Reviewed",
    "Signature",
    "State",
    "Translation",
    "new_correction",
]

State = Literal["machine", "checked", "corrected", "added", "withdrawn"]
"""Whose word a record is: the reader's alone; accepted as it stood; put right; marked by a person; taken out by one."""


class Entered(Record, frozen=True):
    """What entering did: `added` where the ledger changed, `problem` where the document could not be kept as it is."""

    document: str
    added: bool
    problem: Problem | None = None


class Hit(Record, frozen=True):
    """Something a search found. `statement` is None where it is the document's text; `excerpt` has [the words found]."""

    document: str
    statement: str | None
    excerpt: str


class Correction(Record, frozen=True):
    """What a person has put right or said: one field of one record, anchored to document, kind, spans and words.

    `before` and `after` are JSON text, so that any field can be corrected; `at` is ISO 8601. `kind` is a kind of record, or
    "document", or, with `document` None, "handle" or "name": then `words` are the handle or the name. `field` is a field of
    that, or "checked", "withdrawn", "added", a mark ("confidential", "embargo", "check", "translation", "translates",
    "owner", "let_through"), or "undone": then `takes_back` is the id of a correction or of a batch. Entries of one act
    share a `batch` and are undone together. docs/corrections.md has them all.
    """

    id: str
    document: str | None
    kind: str
    spans: tuple[Span, ...]
    words: str
    field: str
    before: str | None
    after: str | None
    by: str
    at: str
    why: str
    takes_back: str | None = None
    batch: str | None = None


class Check(Record, frozen=True):
    """That somebody checked a document, a statement or an account: `by` whom, `how`, with what `result`, and a note.

    `entered_by` and `at` (ISO 8601) are of the entry that says so.
    """

    by: str
    how: str
    result: str
    note: str = ""
    entered_by: str = ""
    at: str = ""


class Translation(Record, frozen=True):
    """A statement's words in another language (ISO 639 code), and who entered them."""

    language: str
    words: str
    by: str = ""


class Reviewed(Record, frozen=True):
    """What people have done to a record: its state, and who did it last, when (ISO 8601) and why."""

    state: State
    by: str
    at: str
    why: str = ""


class Review(Record, frozen=True):
    """What people have done to one reading. `states` has every record of it, by id, and those withdrawn from it.

    `last` has the newest entry about a record, be it in force or not: what an editor has seen when saving. `heeded` has
    the entries in force, oldest first. `orphans` are entries in force whose words or values fit no record any more.
    """

    states: Mapping[str, State] = msgspec.field(default_factory=dict)
    last: Mapping[str, Correction] = msgspec.field(default_factory=dict)
    heeded: Mapping[str, tuple[Correction, ...]] = msgspec.field(default_factory=dict)
    orphans: tuple[Correction, ...] = ()


class Input(Record, frozen=True):
    """A raw file that was gathered: the hash of its bytes, whence it came, and when (ISO 8601)."""

    sha256: str
    whence: str
    gathered: str


class Signature(Record, frozen=True):
    """What tells whether a document's current reading has changed, and when it counts. `reading` and `raw` are hashes."""

    document: str
    reading: str
    raw: str
    published: str | None
    gathered: str | None
    as_of: str | None


class Edition(Record, frozen=True):
    """A report frozen as of a moment: the findings it was made of, as JSON with its hash. Moments are ISO 8601.

    `inputs` is JSON: `documents`, each with its `id` and the hashes of the raw bytes (`sha256`) and of its reading
    (`reading`), the ids of the `corrections` and `decisions` that were heeded, and the `problems`. `correction` is the
    note on what changed since the edition published before it.
    """

    id: str
    kind: Literal["draft", "published"]
    as_of: str
    made_at: str
    sha256: str
    json: str
    title: str = ""
    time_zone: str = "UTC"
    made_with: str = ""
    inputs: str = "{}"
    correction: str | None = None


def new_correction(
    document: Document | None,
    kind: str,
    spans: tuple[Span, ...] = (),
    *,
    field: str,
    before: str | None,
    after: str | None,
    by: str,
    at: str,
    why: str,
    words: str | None = None,
    takes_back: str | None = None,
    batch: str | None = None,
    number: int | None = None,
) -> Correction:
    """A correction with its words and id filled in. The same correction made twice has the same id.

    `words` are taken from the document's text at the spans, unless given: a handle, a name, an actor who is mentioned
    nowhere. `number` tells equal entries at one moment apart: how many the ledger holds.
    """
    if words is None:
        words = " … ".join(document.text[span.start : span.end] for span in spans) if document is not None else ""
    where = ",".join(f"{span.start}:{span.end}" for span in spans)
    owner = None if document is None else document.id
    plain = document is not None and takes_back is None and batch is None and number is None
    more = () if plain else (words, takes_back, batch, number)
    made_id = make_id("correction", owner, kind, where, field, before, after, by, at, why, *more)
    return Correction(
        id=made_id,
        document=owner,
        kind=kind,
        spans=spans,
        words=words,
        field=field,
        before=before,
        after=after,
        by=by,
        at=at,
        why=why,
        takes_back=takes_back,
        batch=batch,
    )
