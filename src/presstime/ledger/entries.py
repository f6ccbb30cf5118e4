"""What stands in the ledger beside readings and findings: records of people's and presstime's own doings.

Comes in and goes out: frozen records. Example: "killed: 15, not 51: a slip of the keys" by an editor is a
`Correction` of a figure, anchored to the words "51 people died"; the reading itself stays as it was.
"""

from __future__ import annotations

from typing import Literal

from presstime.ids import make_id
from presstime.records import Document, Problem, Record, Span

__all__ = ["Correction", "Edition", "Entered", "Hit", "Input", "Signature", "new_correction"]


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
    """A human correction of one field of one record, anchored to document, kind, spans and words.

    `before` and `after` are JSON text, so that any field can be corrected; `at` is ISO 8601.
    """

    id: str
    document: str
    kind: str
    spans: tuple[Span, ...]
    words: str
    field: str
    before: str | None
    after: str | None
    by: str
    at: str
    why: str


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
    document: Document,
    kind: str,
    spans: tuple[Span, ...],
    *,
    field: str,
    before: str | None,
    after: str | None,
    by: str,
    at: str,
    why: str,
) -> Correction:
    """A correction with its words and id filled in. The same correction made twice has the same id."""
    words = " … ".join(document.text[span.start : span.end] for span in spans)
    where = ",".join(f"{span.start}:{span.end}" for span in spans)
    made_id = make_id("correction", document.id, kind, where, field, before, after, by, at, why)
    return Correction(
        id=made_id,
        document=document.id,
        kind=kind,
        spans=spans,
        words=words,
        field=field,
        before=before,
        after=after,
        by=by,
        at=at,
        why=why,
    )
