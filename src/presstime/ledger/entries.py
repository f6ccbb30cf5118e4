"""What stands in the ledger beside readings and findings: records of people's and presstime's own doings.

Comes in and goes out: frozen records. Example: "killed: 15, not 51: a slip of the keys" by an editor is a
`Correction` of a figure, anchored to the words "51 people died"; the reading itself stays as it was.
"""

from __future__ import annotations

from typing import Literal

from presstime.ids import make_id
from presstime.records import Document, Problem, Record, Span

__all__ = ["Correction", "Edition", "Entered", "Hit", "Input", "new_correction"]


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


class Edition(Record, frozen=True):
    """A report frozen as of a moment: the findings it was made of, as JSON with its hash. Moments are ISO 8601."""

    id: str
    kind: Literal["draft", "published"]
    as_of: str
    made_at: str
    sha256: str
    json: str


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
